//! What stands within a line: words, emphasis, links. Blocks leave their text.

use super::super::arena::{Id, Kind};
use super::super::rules::{self, Fate, fate};
use super::ids::anchor;
use super::nodes::{characters, element, is_shown, push_text};
use super::{DEEPEST, Place, Rewriter};
use crate::book::{Element, Node};

impl Rewriter<'_> {
    /// Everything within a line. Blocks leave their text, apart by a space.
    pub(super) fn phrasing(&mut self, ids: &[Id], place: Place, out: &mut Vec<Node>) {
        for id in ids {
            self.inline(*id, place, out);
        }
    }

    pub(super) fn inline(&mut self, id: Id, place: Place, out: &mut Vec<Node>) {
        let html = self.html;
        if let Kind::Text(text) = html.kind(id) {
            push_text(out, &characters(text));
            return;
        }
        if matches!(html.kind(id), Kind::Silent) {
            return;
        }
        if self.is_left_out(id) {
            self.leave_out(id);
            return;
        }
        if place.depth > DEEPEST {
            push_text(out, &characters(&html.text(id)));
            return;
        }
        let place = place.deeper();
        let children = html.children(id);
        match fate(html.name(id)) {
            Fate::Inline(name) => match self.inline_element(id, name) {
                Some(element) => self.within(id, element, place, out),
                None => self.opened(id, place, out),
            },
            Fate::Link => match self.link_element(id, place) {
                Some(element) => {
                    let place = Place {
                        in_link: true,
                        ..place
                    };
                    self.within(id, element, place, out);
                }
                None => self.opened(id, place, out),
            },
            Fate::Break(name) => out.push(element(name, Vec::new())),
            Fate::Rule => out.push(element("br", Vec::new())),
            Fate::Picture => self.picture(id, out),
            Fate::Box => self.task_box(id, out),
            Fate::Embed => self.embed(id, place, out),
            Fate::Ruby => self.ruby(id, place, out),
            own if own.is_block() => {
                push_text(out, " ");
                let shown = self.own_id(id);
                anchor(shown, out);
                self.phrasing(children, place, out);
                push_text(out, " ");
            }
            _ => self.opened(id, place, out),
        }
    }

    /// What is in an element that goes, with an anchor if the element has an id.
    pub(super) fn opened(&mut self, id: Id, place: Place, out: &mut Vec<Node>) {
        let own = self.own_id(id);
        anchor(own, out);
        self.phrasing(self.html.children(id), place, out);
    }

    /// An element within a line, with what is in it; one that is empty leaves its anchor.
    pub(super) fn within(
        &mut self,
        id: Id,
        mut element: Element,
        place: Place,
        out: &mut Vec<Node>,
    ) {
        let own = self.own_id(id);
        let mut inner = Vec::new();
        self.phrasing(self.html.children(id), place, &mut inner);
        let is_shown = inner.iter().any(is_shown);
        if !is_shown {
            anchor(own, out);
            out.append(&mut inner);
            return;
        }
        if let Some(own) = own {
            element.attributes.insert(0, ("id".to_owned(), own));
        }
        element.children = inner;
        out.push(Node::Element(element));
    }

    /// The element that takes the place of one within a line; `None` if it says nothing.
    pub(super) fn inline_element(&self, id: Id, name: &str) -> Option<Element> {
        let mut attributes = self.attributes(id, name);
        let has_dir = attributes
            .iter()
            .any(|(name, value)| name == "dir" && value != "auto");
        let says_nothing = name == "span" && attributes.is_empty() || name == "bdo" && !has_dir;
        if says_nothing {
            return None;
        }
        if name == "code" {
            let is_language = |class: &&str| {
                class.starts_with("language-")
                    && class
                        .chars()
                        .all(|c| rules::is_character(c) && !c.is_whitespace())
            };
            if let Some(language) = self.html.classes(id).find(is_language) {
                attributes.insert(0, ("class".to_owned(), language.to_owned()));
            }
        }
        Some(Element {
            name: name.to_owned(),
            attributes,
            children: Vec::new(),
        })
    }

    /// A link as the author wrote it; it is settled when all ids are known.
    pub(super) fn link_element(&self, id: Id, place: Place) -> Option<Element> {
        let href = self.html.attribute(id, "href")?;
        if place.in_link || self.around.iter().any(|around| around.name == "a") {
            return None;
        }
        let mut attributes = vec![("href".to_owned(), href.to_owned())];
        attributes.extend(self.attributes(id, "a"));
        if href.starts_with("#fn-") && self.is_note_reference(id) {
            attributes.push(("role".to_owned(), "doc-noteref".to_owned()));
        }
        Some(Element {
            name: "a".to_owned(),
            attributes,
            children: Vec::new(),
        })
    }
}
