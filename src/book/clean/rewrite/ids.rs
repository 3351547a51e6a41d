//! The ids that links lead to: where the element that had one is gone, another gets it.

use super::super::arena::Id;
use super::Rewriter;
use crate::book::{Element, Node};

impl Rewriter<'_> {
    /// The last of the ids becomes the element's; links to the others lead to it as well.
    pub(super) fn give_ids(&mut self, element: &mut Element, mut ids: Vec<String>) {
        let Some(own) = ids.pop() else {
            return;
        };
        for other in ids {
            self.result.moved.insert(other, Some(own.clone()));
        }
        element.attributes.insert(0, ("id".to_owned(), own));
    }

    /// The ids that wait, and the element's own, which comes last.
    pub(super) fn ids(&mut self, id: Id) -> Vec<String> {
        let mut ids = std::mem::take(&mut self.waiting);
        ids.extend(self.own_id(id));
        ids
    }

    /// The element's id, unless another has it.
    pub(super) fn own_id(&mut self, id: Id) -> Option<String> {
        let attribute = |name| self.html.attribute(id, name);
        let own = match self.html.name(id) {
            "a" => attribute("id").or_else(|| attribute("name")),
            _ => attribute("id"),
        }?;
        (!own.is_empty() && self.seen.insert(own.to_owned())).then(|| own.to_owned())
    }
}

/// An empty element that a link can lead to.
pub(super) fn anchor(id: Option<String>, out: &mut Vec<Node>) {
    if let Some(id) = id {
        out.push(Node::Element(Element {
            name: "span".to_owned(),
            attributes: vec![("id".to_owned(), id)],
            children: Vec::new(),
        }));
    }
}

pub(super) fn collect_ids(nodes: &[Node], ids: &mut Vec<String>) {
    for node in nodes {
        if let Node::Element(element) = node {
            ids.extend(element.attribute("id").map(str::to_owned));
            collect_ids(&element.children, ids);
        }
    }
}
