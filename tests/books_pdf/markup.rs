//! Trees for tests, written as they read: well-formed HTML whose every attribute is quoted.

use goodturn::book::{Element, Node};

/// The tree of `source`. Panics on what is not well-formed: tests only.
pub fn tree(source: &str) -> Vec<Node> {
    let mut open: Vec<(Element, Vec<Node>)> = Vec::new();
    let mut nodes: Vec<Node> = Vec::new();
    let mut rest = source;
    while !rest.is_empty() {
        let Some(tag) = rest.strip_prefix('<') else {
            let end = rest.find('<').unwrap_or(rest.len());
            nodes.push(Node::Text(unescape(&rest[..end])));
            rest = &rest[end..];
            continue;
        };
        let end = tag.find('>').expect("a tag ends");
        let inside = &tag[..end];
        rest = &tag[end + 1..];
        if let Some(name) = inside.strip_prefix('/') {
            let (mut element, outer) = open.pop().expect("something is open");
            assert_eq!(name, element.name, "tags are nested");
            element.children = std::mem::replace(&mut nodes, outer);
            nodes.push(Node::Element(element));
            continue;
        }
        let element = start(inside.trim_end_matches('/'));
        if inside.ends_with('/') {
            nodes.push(Node::Element(element));
        } else {
            open.push((element, std::mem::take(&mut nodes)));
        }
    }
    assert!(open.is_empty(), "every tag is closed");
    nodes
}

fn start(inside: &str) -> Element {
    let (name, mut rest) = inside.split_once(' ').unwrap_or((inside, ""));
    let mut attributes = Vec::new();
    while let Some((key, after)) = rest.split_once("=\"") {
        let (value, after) = after.split_once('"').expect("a value ends");
        attributes.push((key.trim().to_owned(), unescape(value)));
        rest = after;
    }
    Element {
        name: name.to_owned(),
        attributes,
        children: Vec::new(),
    }
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}
