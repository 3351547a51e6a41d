//! Footnotes: taken out of the text, and put at the end of the chapter.

use super::super::arena::Id;
use super::{Place, Rewriter, with_paragraphs};
use crate::book::{Element, Node};

impl Rewriter<'_> {
    /// The footnotes, as Goodturn writes them: a list whose items have ids.
    pub(super) fn notes(&mut self, id: Id, place: Place, out: &mut Vec<Node>) {
        let html = self.html;
        let lists = html.children(id).iter().copied();
        let items: Vec<Id> = lists
            .filter(|list| html.name(*list) == "ol")
            .flat_map(|list| html.children(list))
            .copied()
            .filter(|item| html.name(*item) == "li" && html.attribute(*item, "id").is_some())
            .collect();
        if items.is_empty() {
            self.group(id, place, out);
            return;
        }
        for item in items {
            let Some(own) = self.own_id(item) else {
                continue;
            };
            let waiting = std::mem::take(&mut self.waiting);
            let place = Place {
                headings: false,
                ..with_paragraphs(place)
            };
            let children = self.flow(html.children(item), place);
            let mut note = Element {
                name: "aside".to_owned(),
                attributes: vec![("role".to_owned(), "doc-footnote".to_owned())],
                children,
            };
            let mut ids = std::mem::replace(&mut self.waiting, waiting);
            ids.push(own);
            self.give_ids(&mut note, ids);
            self.result.notes.push(Node::Element(note));
        }
    }

    pub(super) fn is_note_reference(&self, id: Id) -> bool {
        let is_reference = |id: &str| id.starts_with("fnref-");
        self.html.attribute(id, "id").is_some_and(is_reference)
    }
}
