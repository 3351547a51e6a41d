//! Ids that are unique in the book, and links that lead somewhere.

use std::collections::{HashMap, HashSet};

use percent_encoding::percent_decode_str;
use url::Url;

use super::rewrite::{Rewritten, element};
use super::{Addresses, Destination};
use crate::book::{Element, Node};

/// Schemes of links that a reader of e-books can follow.
const SCHEMES: &[&str] = &["http", "https", "mailto", "tel", "sms", "ftp"];

/// Where the ids of a chapter's author lead in the book.
pub(super) struct Ids<'a> {
    /// The chapters, by key.
    chapters: HashMap<&'a str, HashMap<String, String>>,
}

impl<'a> Ids<'a> {
    /// Gives each id of the chapters its name in the book: the chapter's key, a hyphen and the
    /// author's id, made a name of XML and unique.
    pub fn give(chapters: &[(&'a str, &Rewritten)]) -> Ids<'a> {
        let mut used: HashSet<String> = chapters.iter().map(|(key, _)| (*key).to_owned()).collect();
        let mut all = HashMap::new();
        for (key, chapter) in chapters {
            let mut own = HashMap::new();
            let nodes = chapter.notes.iter().chain(&chapter.tree);
            for node in nodes {
                give(node, key, &mut own, &mut used);
            }
            for (gone, now) in &chapter.moved {
                let now = now.as_ref().and_then(|now| own.get(now));
                let now = now.cloned().unwrap_or_else(|| (*key).to_owned());
                own.insert(gone.clone(), now);
            }
            all.insert(*key, own);
        }
        Ids { chapters: all }
    }

    /// The id in the book of an author's id; of the chapter, if that id is not there.
    fn find(&self, chapter: &str, fragment: Option<&str>) -> Option<String> {
        let ids = self.chapters.get(chapter)?;
        let found = fragment.and_then(|fragment| lookup(ids, fragment));
        Some(found.unwrap_or_else(|| chapter.to_owned()))
    }
}

/// Looks an id up as a link has it: as it stands, else without percent signs.
fn lookup(ids: &HashMap<String, String>, fragment: &str) -> Option<String> {
    let decoded = percent_decode_str(fragment).decode_utf8_lossy();
    let found = ids.get(fragment).or_else(|| ids.get(decoded.as_ref()));
    found.cloned()
}

fn give(node: &Node, key: &str, own: &mut HashMap<String, String>, used: &mut HashSet<String>) {
    let Node::Element(element) = node else {
        return;
    };
    if let Some(id) = element.attribute("id") {
        let name = unique(&format!("{key}-{}", xml_name(id)), used);
        own.insert(id.to_owned(), name);
    }
    for child in &element.children {
        give(child, key, own, used);
    }
}

/// The name, or the name with the first free number.
pub(super) fn unique(name: &str, used: &mut HashSet<String>) -> String {
    let mut free = name.to_owned();
    let mut number = 2;
    while !used.insert(free.clone()) {
        free = format!("{name}-{number}");
        number += 1;
    }
    free
}

/// What XML takes as the rest of a name without colons (`NameChar`, XML 1.0, section 2.3). Other
/// characters become `_`.
pub fn xml_name(text: &str) -> String {
    let is_name = |c: char| {
        matches!(c,
            '-' | '.' | '0'..='9' | 'A'..='Z' | '_' | 'a'..='z' | '\u{B7}'
            | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{37D}'
            | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{203F}'..='\u{2040}'
            | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}'
            | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
    };
    text.chars()
        .map(|c| if is_name(c) { c } else { '_' })
        .collect()
}

/// Gives the nodes of a chapter their ids and settles its links.
pub(super) fn settle(
    nodes: Vec<Node>,
    chapter: &str,
    ids: &Ids<'_>,
    addresses: &dyn Addresses,
) -> Vec<Node> {
    let settler = Settler {
        chapter,
        ids,
        addresses,
    };
    settler.nodes(nodes)
}

struct Settler<'a> {
    chapter: &'a str,
    ids: &'a Ids<'a>,
    addresses: &'a dyn Addresses,
}

impl Settler<'_> {
    fn nodes(&self, nodes: Vec<Node>) -> Vec<Node> {
        let mut settled = Vec::with_capacity(nodes.len());
        for node in nodes {
            match node {
                Node::Element(element) => self.element(element, &mut settled),
                text => settled.push(text),
            }
        }
        settled
    }

    fn element(&self, mut element: Element, out: &mut Vec<Node>) {
        element.children = self.nodes(element.children);
        for (name, value) in &mut element.attributes {
            if name == "id"
                && let Some(id) = self.ids.find(self.chapter, Some(value))
            {
                *value = id;
            }
        }
        if element.name != "a" {
            out.push(Node::Element(element));
            return;
        }
        let is_reference = element.attribute("role").is_some();
        let href = element.attribute("href").unwrap_or_default().to_owned();
        match self.href(&href, is_reference) {
            Some(settled) => {
                for (name, value) in &mut element.attributes {
                    if name == "href" {
                        value.clone_from(&settled);
                    }
                }
                out.push(Node::Element(element));
            }
            None => out.extend(without_link(element)),
        }
    }

    /// Where a link leads: `#id`, or a full address.
    fn href(&self, href: &str, is_reference: bool) -> Option<String> {
        let (key, fragment) = match href.strip_prefix('#') {
            Some("") => return None,
            Some(fragment) => {
                // A link to nowhere in its own chapter says nothing.
                let ids = self.ids.chapters.get(self.chapter)?;
                let id = lookup(ids, fragment)?;
                let is_chapter = id == self.chapter;
                return (!is_chapter || !is_reference).then(|| format!("#{id}"));
            }
            None => match self.addresses.link(self.chapter, href) {
                Destination::Chapter { key, fragment } => (key, fragment),
                Destination::Web(address) => return web(&address),
                Destination::Nowhere => return None,
            },
        };
        let id = self.ids.find(&key, fragment.as_deref())?;
        Some(format!("#{id}"))
    }
}

/// What is left of a link that leads nowhere.
fn without_link(link: Element) -> Vec<Node> {
    match link.attribute("id") {
        Some(id) => {
            let mut anchor = element("span", link.children.clone());
            if let Node::Element(anchor) = &mut anchor {
                anchor.attributes.push(("id".to_owned(), id.to_owned()));
            }
            vec![anchor]
        }
        None => link.children,
    }
}

/// A full address as the URL standard writes it; `None` for one that is none, or that no reader
/// of e-books can follow.
pub fn web(address: &str) -> Option<String> {
    let url = Url::parse(address.trim()).ok()?;
    let is_known = SCHEMES.contains(&url.scheme());
    let has_host =
        !matches!(url.scheme(), "http" | "https" | "ftp") || url.host_str().is_some_and(is_host);
    (is_known && has_host).then(|| strict(url.as_str()))
}

/// Whether a host has no empty part, such as `..`; a dot may end it.
fn is_host(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    host.split('.').all(|label| !label.is_empty())
}

/// The URL standard lets characters stand that RFC 3986 does not know; checkers go by the latter.
fn strict(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    let mut brackets_may_stand = true;
    let mut in_fragment = false;
    for (at, c) in url.char_indices() {
        // Brackets stand around the address of a host only.
        if brackets_may_stand && at > "https://".len() && matches!(c, '/' | '?' | '#') {
            brackets_may_stand = false;
        }
        let is_bracket = matches!(c, '[' | ']') && !brackets_may_stand;
        let is_bare_percent = c == '%'
            && !url
                .as_bytes()
                .get(at + 1..at + 3)
                .is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        match c {
            // Only the first begins the fragment.
            '#' if std::mem::replace(&mut in_fragment, true) => out.push_str("%23"),
            ' ' => out.push_str("%20"),
            '%' if is_bare_percent => out.push_str("%25"),
            '\\' => out.push_str("%5C"),
            '^' => out.push_str("%5E"),
            '`' => out.push_str("%60"),
            '{' => out.push_str("%7B"),
            '|' => out.push_str("%7C"),
            '}' => out.push_str("%7D"),
            '[' if is_bracket => out.push_str("%5B"),
            ']' if is_bracket => out.push_str("%5D"),
            c => out.push(c),
        }
    }
    out
}
