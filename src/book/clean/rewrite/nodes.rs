//! Small things that all rewriting does with nodes.

use super::super::rules;
use crate::book::{Element, Node};

/// An element without attributes.
pub(in crate::book::clean) fn element(name: &str, children: Vec<Node>) -> Node {
    Node::Element(Element {
        name: name.to_owned(),
        attributes: Vec::new(),
        children,
    })
}

/// Adds text to the text before it, if that is text.
pub(super) fn push_text(out: &mut Vec<Node>, text: &str) {
    match out.last_mut() {
        Some(Node::Text(before)) => before.push_str(text),
        _ if text.is_empty() => {}
        _ => out.push(Node::Text(text.to_owned())),
    }
}

/// Text without characters that XML does not know.
pub(super) fn characters(text: &str) -> String {
    text.chars().filter(|c| rules::is_character(*c)).collect()
}

/// Whether a reader sees anything of it.
pub(super) fn is_shown(node: &Node) -> bool {
    match node {
        Node::Text(text) => !text.trim().is_empty(),
        Node::Element(element) => element.name == "img" || element.children.iter().any(is_shown),
    }
}

/// Takes the spaces away before and after a line.
pub(super) fn trim(mut run: Vec<Node>) -> Vec<Node> {
    while let Some(Node::Text(text)) = run.first_mut() {
        let trimmed = text.trim_start_matches(is_space);
        if !trimmed.is_empty() {
            *text = trimmed.to_owned();
            break;
        }
        run.remove(0);
    }
    while let Some(Node::Text(text)) = run.last_mut() {
        text.truncate(text.trim_end_matches(is_space).len());
        if !text.is_empty() {
            break;
        }
        run.pop();
    }
    run
}

pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n')
}
