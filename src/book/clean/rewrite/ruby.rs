//! Readings beside East Asian characters.

use super::super::arena::Id;
use super::super::rules::{Fate, fate};
use super::ids::anchor;
use super::nodes::element;
use super::{Place, Rewriter};
use crate::book::Node;

impl Rewriter<'_> {
    /// Ruby with its readings; without any it is plain text.
    pub(super) fn ruby(&mut self, id: Id, place: Place, out: &mut Vec<Node>) {
        let html = self.html;
        let own = self.own_id(id);
        anchor(own, out);
        let mut inner = Vec::new();
        let mut has_text = false;
        for child in html.children(id) {
            match fate(html.name(*child)) {
                Fate::RubyText(name) => {
                    let mut text = Vec::new();
                    self.phrasing(html.children(*child), place, &mut text);
                    has_text |= name == "rt";
                    inner.push(element(name, text));
                }
                _ => self.inline(*child, place, &mut inner),
            }
        }
        // A reading must follow what it reads.
        let starts_well = matches!(inner.first(), Some(Node::Text(_)));
        if has_text && starts_well && rp_is_paired(&inner) {
            out.push(element("ruby", inner));
            return;
        }
        for node in inner {
            match node {
                Node::Element(part) if matches!(part.name.as_str(), "rt" | "rp") => {
                    out.extend(part.children);
                }
                other => out.push(other),
            }
        }
    }
}

/// Whether `rp` stands as HTML wants it: on both sides of an `rt`, or nowhere.
pub(super) fn rp_is_paired(nodes: &[Node]) -> bool {
    let names: Vec<&str> = nodes
        .iter()
        .filter_map(|node| match node {
            Node::Element(part) if matches!(part.name.as_str(), "rt" | "rp") => {
                Some(part.name.as_str())
            }
            _ => None,
        })
        .collect();
    names.iter().all(|name| *name == "rt")
        || names.len().is_multiple_of(3) && names.chunks(3).all(|three| three == ["rp", "rt", "rp"])
}
