//! Raw HTML in Markdown: its links become links of the library, and it is sanitised if asked.

use std::collections::HashMap;

use lol_html::html_content::Element;
use lol_html::{RewriteStrSettings, element, rewrite_str};

use super::is_outside;

/// Stands for the number of a link until the HTML is cut at these.
const CUT: char = '\u{E002}';

/// What the author's HTML is made of: text, and the links in it.
#[derive(Debug, Default, PartialEq)]
pub struct RawHtml {
    /// HTML between the links; one more than there are links.
    pub pieces: Vec<String>,
    /// The targets of the links, unescaped, and whether each is a picture or other source.
    pub links: Vec<(String, bool)>,
    /// The same of links that lead out of the library; they stay as they are.
    pub outside: Vec<(String, bool)>,
    /// The `id` and `name` attributes.
    pub ids: Vec<String>,
}

/// Takes the links of this site out of a piece of HTML, which may be half of an element.
pub fn take_links(html: &str) -> RawHtml {
    let plain = || RawHtml {
        pieces: vec![html.to_owned()],
        ..RawHtml::default()
    };
    let lower = html.to_ascii_lowercase();
    if !["href", "src", "id=", "name=", "poster"]
        .iter()
        .any(|word| lower.contains(word))
    {
        return plain();
    }
    let (mut links, mut outside) = (Vec::new(), Vec::new());
    let mut ids = Vec::new();
    let result = rewrite_str(
        html,
        RewriteStrSettings::new().append_element_content_handler(element!("*", |el| {
            for (attribute, is_source) in [("href", false), ("src", true), ("poster", true)] {
                take_link(el, attribute, is_source, &mut links, &mut outside)?;
            }
            ids.extend(
                ["id", "name"]
                    .iter()
                    .filter_map(|name| el.get_attribute(name)),
            );
            Ok(())
        })),
    );
    match result {
        Ok(rewritten) => RawHtml {
            pieces: rewritten.split(CUT).map(str::to_owned).collect(),
            links,
            outside,
            ids,
        },
        Err(_) => plain(),
    }
}

fn take_link(
    el: &mut Element<'_, '_>,
    attribute: &str,
    is_source: bool,
    links: &mut Vec<(String, bool)>,
    outside: &mut Vec<(String, bool)>,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let Some(target) = el.get_attribute(attribute) else {
        return Ok(());
    };
    let Some(plain) = plain(&target) else {
        return Ok(());
    };
    if is_outside(&plain) {
        outside.push((plain, is_source));
    } else if is_local(&plain) {
        links.push((plain, is_source));
        el.set_attribute(attribute, &CUT.to_string())?;
    }
    Ok(())
}

/// An address without HTML's escapes. `None` if it has a character that browsers take in their
/// own way (a line break vanishes, a backslash is a slash) or a rare entity: such an address is
/// better left as its author wrote it.
fn plain(target: &str) -> Option<String> {
    const ENTITIES: [(&str, char); 6] = [
        ("&amp;", '&'),
        ("&quot;", '"'),
        ("&#39;", '\''),
        ("&apos;", '\''),
        ("&lt;", '<'),
        ("&gt;", '>'),
    ];
    let is_odd = |c: char| c.is_control() || matches!(c, '\\' | '`');
    if target.contains(is_odd) {
        return None;
    }
    let mut plain = String::with_capacity(target.len());
    let mut rest = target;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at(at);
        plain.push_str(before);
        let known = ENTITIES.iter().find(|(entity, _)| from.starts_with(entity));
        rest = match known {
            Some((entity, c)) => {
                plain.push(*c);
                &from[entity.len()..]
            }
            None if is_entity(from) => return None,
            None => {
                plain.push('&');
                &from[1..]
            }
        };
    }
    plain.push_str(rest);
    Some(plain)
}

/// Whether a text begins with an entity: `&name;` or `&#1234;`.
fn is_entity(text: &str) -> bool {
    let name = text[1..].split_once(';').map(|(name, _)| name);
    name.is_some_and(|name| {
        let name = name.strip_prefix('#').unwrap_or(name);
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric())
    })
}

/// Whether an address lies within the library: no scheme, no host.
fn is_local(target: &str) -> bool {
    let scheme = target.split(['/', '?', '#']).next().unwrap_or_default();
    !target.is_empty()
        && !scheme.contains(':')
        && !target.starts_with("//")
        && !target.contains(CUT)
}

/// How deep elements may lie in each other for HTML to be sanitised: making a tree of them costs
/// the square of the depth.
const DEEPEST: usize = 256;

/// How deep elements lie in each other at most. Elements that are empty, and those that the next
/// one of their kind ends, do not make it deeper.
fn depth(html: &str) -> usize {
    const FLAT: [&str; 24] = [
        "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link",
        "meta", "optgroup", "option", "p", "param", "source", "td", "th", "tr", "track", "wbr",
        "tbody",
    ];
    let (mut depth, mut deepest) = (0_usize, 0);
    // An end that fits no start ends nothing.
    let mut open: HashMap<String, usize> = HashMap::new();
    for tag in html.split('<').skip(1) {
        let (is_end, tag) = match tag.strip_prefix('/') {
            Some(tag) => (true, tag),
            None => (false, tag),
        };
        let len = tag
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '-')
            .unwrap_or(tag.len());
        let name = tag.get(..len).unwrap_or_default();
        let name = name.to_ascii_lowercase();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || FLAT.contains(&name.as_str()) {
            continue;
        }
        let count = open.entry(name).or_default();
        match (is_end, *count) {
            (true, 0) => {}
            (true, _) => {
                *count -= 1;
                depth -= 1;
            }
            (false, _) => {
                *count += 1;
                depth += 1;
            }
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// Takes scripts, styles, frames, forms and event handlers out of a block of HTML and closes what
/// is left open. `None` for a block that is nested beyond all sense.
pub fn sanitize_block(html: &str) -> Option<String> {
    if depth(html) > DEEPEST {
        return None;
    }
    let clean = ammonia::Builder::default()
        .add_generic_attributes(["class", "id"])
        .link_rel(None)
        .url_relative(ammonia::UrlRelative::PassThrough)
        .clean(html)
        .to_string();
    Some(clean)
}

/// Lets a single inline tag pass if it is harmless and has no attributes.
pub fn sanitize_inline(tag: &str) -> &str {
    const HARMLESS: [&str; 20] = [
        "abbr", "b", "br", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s",
        "small", "strong", "sub", "sup", "u", "wbr",
    ];
    let name = tag
        .trim_start_matches('<')
        .trim_start_matches('/')
        .trim_end_matches('>')
        .trim_end_matches('/')
        .trim_end();
    match HARMLESS.contains(&name.to_ascii_lowercase().as_str()) {
        true => tag,
        false => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_cut_out_and_others_stay() {
        let raw = take_links(
            r#"<p id="x"><a href="a.md?x&amp;y">A</a><img src='b c.png'><a href="https://a.org">"#,
        );
        assert_eq!(
            raw.links,
            [("a.md?x&y".to_owned(), false), ("b c.png".to_owned(), true)]
        );
        assert_eq!(raw.ids, ["x"]);
        assert_eq!(raw.pieces.len(), 3);
        assert!(raw.pieces[2].contains("https://a.org"));
    }

    #[test]
    fn an_address_that_is_not_plain_stays_as_written() {
        for html in [
            r#"<a href="/b\/">"#,
            "<a href=\"&ouml;.html\">",
            "<a href=\"a\nb\">",
        ] {
            let raw = take_links(html);
            assert_eq!((raw.pieces.concat().as_str(), raw.links.len()), (html, 0));
        }
        let raw = take_links(r#"<a href="&quot;x&quot;?a=1&b;=2&amp;c">"#);
        assert_eq!(raw.links, []);
        let raw = take_links(r#"<a href="&quot;x&quot;?a=1&b=2&amp;c">"#);
        assert_eq!(raw.links, [("\"x\"?a=1&b=2&c".to_owned(), false)]);
    }

    #[test]
    fn half_an_element_is_fine() {
        assert_eq!(take_links("</div>").pieces, ["</div>"]);
        assert_eq!(take_links("<a href=\"x\">").links.len(), 1);
    }

    #[test]
    fn depth_is_counted_as_a_browser_nests() {
        assert_eq!(
            depth("<ul><li>a<li>b<li><b>c</b></ul><p>d<br><p>e < f </"),
            2
        );
        assert_eq!(depth(&"<div>".repeat(1_000)), 1_000);
        assert_eq!(depth(&"<div></b>".repeat(1_000)), 1_000);
        assert_eq!(sanitize_block(&"<div>".repeat(1_000)), None);
    }

    #[test]
    fn what_is_dangerous_falls_away() {
        let clean = sanitize_block("<div onclick=\"x()\"><script>alert(1)</script><b>ok</b>");
        assert_eq!(clean.as_deref(), Some("<div><b>ok</b></div>"));
        assert_eq!(sanitize_inline("<a href=\"javascript:x\">"), "");
        assert_eq!(sanitize_inline("<SUP>"), "<SUP>");
    }
}
