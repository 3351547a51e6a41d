//! Markup as text: escaping, and a cleaned tree as the XHTML of an EPUB or the HTML of a page.

use std::collections::HashMap;

use crate::book::{Element, Node};

/// Text for XML or HTML, as content or within quotes.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_escaped(&mut out, text);
    out
}

/// Adds text to XML or HTML, as content or within quotes. Characters that XML does not know are left out.
pub fn push_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if crate::book::clean::rules::is_character(c) => out.push(c),
            _ => {}
        }
    }
}

/// What the addresses in a tree become in the file that it is written to.
pub trait Links {
    /// The address of a link that the tree has as `href`; `None` for one that leads to nothing in
    /// this file, whose words alone are written.
    fn href(&self, href: &str) -> Option<String>;
    /// The address of a picture that the tree has as `src`; `None` for one that is left out.
    fn src(&self, src: &str) -> Option<String>;
}

/// The language that a tree is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// XHTML, with what EPUB 3.3 adds (<https://www.w3.org/TR/epub-33/#sec-xhtml>).
    Epub,
    /// HTML of a page that holds the whole book: the book's title is the heading above those of
    /// the chapters, so headings stand a level lower here.
    Page,
}

/// Writes a tree. Trees from [`clean`](crate::book::clean::clean) are shallow, so this may go
/// down by recursion.
pub fn write(nodes: &[Node], syntax: Syntax, links: &dyn Links, out: &mut String) {
    let mut writer = Writer {
        syntax,
        links,
        references: HashMap::new(),
        out,
    };
    writer.collect_references(nodes);
    writer.nodes(nodes);
}

struct Writer<'a> {
    syntax: Syntax,
    links: &'a dyn Links,
    /// For each footnote, the id of its first reference and what stands there.
    references: HashMap<&'a str, (&'a str, String)>,
    out: &'a mut String,
}

impl<'a> Writer<'a> {
    fn collect_references(&mut self, nodes: &'a [Node]) {
        for node in nodes {
            let Node::Element(element) = node else {
                continue;
            };
            if element.attribute("role") == Some("doc-noteref")
                && let Some(note) = element.attribute("href")
                && let Some(id) = element.attribute("id")
            {
                let note = note.trim_start_matches('#');
                let number = text(&element.children);
                self.references.entry(note).or_insert((id, number));
            }
            self.collect_references(&element.children);
        }
    }

    fn nodes(&mut self, nodes: &'a [Node]) {
        for node in nodes {
            match node {
                Node::Text(text) => push_escaped(self.out, text),
                Node::Element(element) if element.name == "aside" => self.note(element),
                Node::Element(element) => self.element(element),
            }
        }
    }

    fn element(&mut self, element: &'a Element) {
        if element.name == "img" {
            self.picture(element);
            return;
        }
        if element.name == "a"
            && let Some(href) = element.attribute("href")
            && self.links.href(href).is_none()
        {
            self.nodes(&element.children);
            return;
        }
        // On a page, wide tables scroll by themselves.
        let is_boxed = self.is_page() && element.name == "table";
        if is_boxed {
            self.out.push_str("<div class=\"table\" tabindex=\"0\">");
        }
        self.open(element);
        if matches!(element.name.as_str(), "br" | "hr" | "wbr") {
            self.end_empty();
        } else {
            self.out.push('>');
            self.nodes(&element.children);
            self.close(&element.name);
        }
        if is_boxed {
            self.out.push_str("</div>");
        }
        if is_block(&element.name) {
            self.out.push('\n');
        }
    }

    fn is_page(&self) -> bool {
        self.syntax == Syntax::Page
    }

    /// What an element is called here.
    fn name<'n>(&self, name: &'n str) -> &'n str {
        match (self.syntax, name) {
            (Syntax::Page, "h2") => "h3",
            (Syntax::Page, "h3") => "h4",
            (Syntax::Page, "h4") => "h5",
            (Syntax::Page, "h5") => "h6",
            _ => name,
        }
    }

    /// Ends the tag of an element that holds nothing.
    fn end_empty(&mut self) {
        self.out.push_str(match self.syntax {
            Syntax::Epub => "/>",
            Syntax::Page => ">",
        });
    }

    /// Writes a start tag up to its end.
    fn open(&mut self, element: &Element) {
        self.out.push('<');
        self.out.push_str(self.name(&element.name));
        for (name, value) in &element.attributes {
            match (name.as_str(), value.as_str()) {
                ("href", href) => {
                    if let Some(href) = self.links.href(href) {
                        self.attribute("href", &href);
                    }
                }
                ("lang", lang) if !self.is_page() => {
                    self.attribute("lang", lang);
                    self.attribute("xml:lang", lang);
                }
                ("role", "doc-noteref") if !self.is_page() => {
                    self.attribute("epub:type", "noteref");
                    self.attribute("role", "doc-noteref");
                }
                (name, value) => self.attribute(name, value),
            }
        }
        // Code runs from left to right in every language.
        if element.name == "pre" && element.attribute("dir").is_none() {
            self.attribute("dir", "ltr");
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        push_escaped(self.out, value);
        self.out.push('"');
    }

    fn close(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(self.name(name));
        self.out.push('>');
    }

    /// A picture; one that cannot be shown leaves its words.
    fn picture(&mut self, element: &Element) {
        match self.links.src(element.attribute("src").unwrap_or_default()) {
            Some(src) => {
                self.out.push_str("<img");
                for (name, value) in &element.attributes {
                    match name.as_str() {
                        "src" => self.attribute("src", &src),
                        // The style fits pictures to the screen; some readers would stretch them.
                        "width" | "height" if !self.is_page() => {}
                        name => self.attribute(name, value),
                    }
                }
                self.end_empty();
            }
            None => push_escaped(self.out, element.attribute("alt").unwrap_or_default()),
        }
    }

    /// A footnote, which readers show where its number is touched. The number before it leads
    /// back to the text.
    fn note(&mut self, note: &'a Element) {
        let id = note.attribute("id").unwrap_or_default();
        self.out.push_str(match self.syntax {
            Syntax::Epub => "<aside epub:type=\"footnote\" role=\"doc-footnote\"",
            Syntax::Page => "<aside role=\"doc-footnote\"",
        });
        self.attribute("id", id);
        self.out.push('>');
        let mut children = note.children.as_slice();
        let back = self.references.get(id).map(|(reference, number)| {
            let mut back = String::from("<a role=\"doc-backlink\" href=\"#");
            push_escaped(&mut back, reference);
            back.push_str("\">");
            push_escaped(&mut back, number);
            back.push_str("</a> ");
            back
        });
        if let Some(back) = back {
            match children {
                [Node::Element(first), rest @ ..] if first.name == "p" => {
                    self.open(first);
                    self.out.push('>');
                    self.out.push_str(&back);
                    self.nodes(&first.children);
                    self.out.push_str("</p>\n");
                    children = rest;
                }
                _ => {
                    self.out.push_str("<p>");
                    self.out.push_str(back.trim_end());
                    self.out.push_str("</p>\n");
                }
            }
        }
        self.nodes(children);
        self.out.push_str("</aside>\n");
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "blockquote"
            | "div"
            | "pre"
            | "ul"
            | "ol"
            | "li"
            | "dl"
            | "dt"
            | "dd"
            | "table"
            | "caption"
            | "thead"
            | "tbody"
            | "tfoot"
            | "tr"
            | "th"
            | "td"
            | "figure"
            | "figcaption"
            | "hr"
    )
}

/// All text in some nodes.
pub(super) fn text(nodes: &[Node]) -> String {
    let mut all = String::new();
    for node in nodes {
        match node {
            Node::Text(text) => all.push_str(text),
            // A footnote's number is no part of a heading.
            Node::Element(element)
                if element.attribute("role") == Some("doc-noteref") && nodes.len() > 1 => {}
            Node::Element(element) => all.push_str(&text(&element.children)),
        }
    }
    all
}
