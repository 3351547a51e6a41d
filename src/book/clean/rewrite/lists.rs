//! Lists: items only in lists, terms only before what they mean.

use super::super::arena::{Id, Kind};
use super::super::rules::{Fate, fate};
use super::nodes::{element, trim};
use super::{Place, Rewriter, with_paragraphs};
use crate::book::{Element, Node};

/// Where an item's content stands: its text is no paragraph of its own.
fn in_item(place: Place) -> Place {
    Place {
        paragraphs: false,
        ..place
    }
}

impl Rewriter<'_> {
    /// A list with its items.
    pub(super) fn list(&mut self, id: Id, name: &str, place: Place, out: &mut Vec<Node>) {
        let ids = self.ids(id);
        let attributes = self.attributes(id, name);
        let items = self.items(self.html.children(id), place);
        self.finish(name, items, ids, attributes, out);
    }

    /// Items without a list get one.
    pub(super) fn stray_items(&mut self, ids: &[Id], place: Place, out: &mut Vec<Node>) {
        let waiting = std::mem::take(&mut self.waiting);
        let items = self.items(ids, place);
        self.finish("ul", items, waiting, Vec::new(), out);
    }

    /// The items of a list. What is no item goes on with the item before it.
    fn items(&mut self, ids: &[Id], place: Place) -> Vec<Node> {
        let html = self.html;
        let is_item = |id: &Id| fate(html.name(*id)) == Fate::Item;
        let mut items = Vec::new();
        for run in ids.chunk_by(|a, b| is_item(a) == is_item(b)) {
            if run.first().is_some_and(is_item) {
                items.extend(run.iter().map(|id| self.item(*id, place)));
                continue;
            }
            let more = self.flow(run, in_item(place));
            match items.last_mut() {
                _ if more.is_empty() => {}
                Some(Node::Element(item)) => item.children.extend(more),
                _ => items.push(element("li", more)),
            }
        }
        items
    }

    fn item(&mut self, id: Id, place: Place) -> Node {
        let ids = self.ids(id);
        let mut item = Element {
            name: "li".to_owned(),
            attributes: self.attributes(id, "li"),
            children: self.flow(self.html.children(id), in_item(place)),
        };
        self.give_ids(&mut item, ids);
        Node::Element(item)
    }

    /// The terms and meanings of a `dl`, out of the `div`s that may group them.
    pub(super) fn parts_of_terms(&self, ids: &[Id]) -> Vec<Id> {
        let mut parts = Vec::new();
        for id in ids {
            let children = self.html.children(*id);
            let holds_terms = fate(self.html.name(*id)) == Fate::Group
                && children.iter().any(|child| self.is_term(*child));
            match holds_terms {
                true => parts.extend(children),
                false => parts.push(*id),
            }
        }
        parts
    }

    fn is_term(&self, id: Id) -> bool {
        matches!(fate(self.html.name(id)), Fate::Term | Fate::Definition)
    }

    /// A list of terms. A meaning without a term is plain text before it.
    pub(super) fn terms(&mut self, parts: &[Id], place: Place, out: &mut Vec<Node>) {
        let html = self.html;
        let ids = std::mem::take(&mut self.waiting);
        let mut inner: Vec<Node> = Vec::new();
        for id in parts {
            if matches!(html.kind(*id), Kind::Silent) {
                continue;
            }
            match fate(html.name(*id)) {
                Fate::Term => self.term(*id, place, &mut inner),
                Fate::Definition if inner.is_empty() => {
                    self.opened_block(*id, with_paragraphs(place), out);
                }
                Fate::Definition => {
                    let ids = self.ids(*id);
                    let mut meaning = Element {
                        name: "dd".to_owned(),
                        attributes: self.attributes(*id, "dd"),
                        children: self.flow(html.children(*id), in_item(place)),
                    };
                    self.give_ids(&mut meaning, ids);
                    inner.push(Node::Element(meaning));
                }
                _ => {
                    let more = self.flow(&[*id], in_item(place));
                    match inner.last_mut() {
                        _ if more.is_empty() => {}
                        Some(Node::Element(last)) if last.name == "dd" => {
                            last.children.extend(more);
                        }
                        Some(_) => inner.push(element("dd", more)),
                        None => out.extend(self.flow(&[*id], with_paragraphs(place))),
                    }
                }
            }
        }
        if matches!(inner.last(), Some(Node::Element(last)) if last.name == "dt") {
            inner.push(element("dd", Vec::new()));
        }
        self.finish("dl", inner, ids, Vec::new(), out);
    }

    fn term(&mut self, id: Id, place: Place, out: &mut Vec<Node>) {
        let ids = self.ids(id);
        let mut line = Vec::new();
        self.phrasing(self.html.children(id), place, &mut line);
        let attributes = self.attributes(id, "dt");
        self.paragraph("dt", trim(line), ids, attributes, out);
    }
}
