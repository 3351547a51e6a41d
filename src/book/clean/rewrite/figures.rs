//! Figures: what they show, with one caption.

use super::super::arena::Id;
use super::super::rules::fate;
use super::nodes::element;
use super::{Place, Rewriter, with_paragraphs};
use crate::book::Node;

impl Rewriter<'_> {
    /// A figure: what it shows, then its caption.
    pub(super) fn figure(&mut self, id: Id, place: Place, out: &mut Vec<Node>) {
        let html = self.html;
        let ids = self.ids(id);
        let is_caption = |id: &Id| html.name(*id) == "figcaption";
        let children = html.children(id);
        let attributes = self.attributes(id, "figure");
        let inside = Place {
            paragraphs: false,
            headings: false,
            ..place
        };
        let mut inner = Vec::new();
        for part in children.split(is_caption) {
            inner.extend(self.flow(part, inside));
        }
        let mut captions = children.iter().copied().filter(is_caption);
        let caption = captions.next();
        if inner.is_empty() {
            let later = std::mem::replace(&mut self.waiting, ids);
            self.waiting.extend(later);
            for caption in caption.into_iter().chain(captions) {
                self.opened_block(caption, with_paragraphs(place), out);
            }
            return;
        }
        if !inner.iter().any(is_block_or_picture) {
            // A picture that was left out: its words.
            inner = vec![element("p", inner)];
        }
        // A second caption is a paragraph.
        for more in captions {
            self.opened_block(more, with_paragraphs(inside), &mut inner);
        }
        if let Some(caption) = caption {
            let own = self.own_id(caption).into_iter().collect();
            let mut line = Vec::new();
            self.phrasing(html.children(caption), inside, &mut line);
            let attributes = self.attributes(caption, "figcaption");
            self.paragraph("figcaption", line, own, attributes, &mut inner);
        }
        self.finish("figure", inner, ids, attributes, out);
    }
}

/// Whether a figure can be made of it.
pub(super) fn is_block_or_picture(node: &Node) -> bool {
    match node {
        Node::Text(_) => false,
        Node::Element(element) => {
            element.name == "img"
                || fate(&element.name).is_block()
                || element.children.iter().any(is_block_or_picture)
        }
    }
}
