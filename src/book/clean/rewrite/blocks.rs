//! Blocks: paragraphs, headings, quotes, code, groups.

use super::super::arena::Id;
use super::super::rules::Fate;
use super::nodes::{element, is_shown, trim};
use super::{Place, Rewriter, with_paragraphs};
use crate::book::{Element, Node};

impl Rewriter<'_> {
    pub(super) fn block(&mut self, id: Id, own: Fate, place: Place, out: &mut Vec<Node>) {
        if self.is_left_out(id) {
            self.leave_out(id);
            return;
        }
        let html = self.html;
        let children = html.children(id);
        match own {
            Fate::Paragraph => self.one_line(id, place, out),
            Fate::Heading(level) if place.headings => self.heading(id, level, place, out),
            Fate::Heading(_) => {
                let ids = self.ids(id);
                let mut line = Vec::new();
                self.phrasing(children, place, &mut line);
                let strong = element("strong", trim(line));
                self.paragraph("p", vec![strong], ids, Vec::new(), out);
            }
            Fate::Preformatted => self.preformatted(id, place, out),
            Fate::Group if html.has_class(id, "footnotes") => self.notes(id, place, out),
            Fate::Group => self.group(id, place, out),
            Fate::Quote => {
                let ids = self.ids(id);
                let attributes = self.attributes(id, "blockquote");
                let inner = self.flow(children, with_paragraphs(place));
                self.finish("blockquote", inner, ids, attributes, out);
            }
            Fate::Rule => {
                let mut rule = Element {
                    name: "hr".to_owned(),
                    attributes: Vec::new(),
                    children: Vec::new(),
                };
                let ids = self.ids(id);
                self.give_ids(&mut rule, ids);
                out.push(Node::Element(rule));
            }
            Fate::List(name) => self.list(id, name, place, out),
            Fate::Terms => {
                let ids = self.ids(id);
                self.waiting = ids;
                let parts = self.parts_of_terms(children);
                self.terms(&parts, place, out);
            }
            Fate::Table => self.table(id, place, out),
            Fate::Figure => self.figure(id, place, out),
            Fate::Caption => self.opened_block(id, with_paragraphs(place), out),
            // An element of a line that holds blocks.
            Fate::Inline(_) | Fate::Link => self.distribute(id, own, place, out),
            _ => self.opened_block(id, place, out),
        }
    }

    /// A block that goes; what is in it stays.
    pub(super) fn opened_block(&mut self, id: Id, place: Place, out: &mut Vec<Node>) {
        let own = self.own_id(id);
        self.waiting.extend(own);
        let inner = self.flow(self.html.children(id), place);
        out.extend(inner);
    }

    /// A paragraph, or what is one in a book.
    pub(super) fn one_line(&mut self, id: Id, place: Place, out: &mut Vec<Node>) {
        let html = self.html;
        let children = html.children(id);
        let is_summary = html.name(id) != "p";
        if self.holds_block_inside(id) {
            // Only raw HTML makes these: a heading in a summary, a list in a button.
            self.opened_block(id, with_paragraphs(place), out);
            return;
        }
        let ids = self.ids(id);
        let mut line = Vec::new();
        self.phrasing(children, place.deeper(), &mut line);
        let mut attributes = self.attributes(id, "p");
        if is_summary {
            attributes.retain(|(name, _)| name != "class");
            attributes.insert(0, ("class".to_owned(), "summary".to_owned()));
        }
        self.paragraph("p", line, ids, attributes, out);
    }

    pub(super) fn holds_block_inside(&self, id: Id) -> bool {
        let mut children = self.html.children(id).iter();
        children.any(|child| self.holds_block.get(*child).copied().unwrap_or_default())
    }

    /// A heading, on the level that is one below the heading that it belongs to.
    pub(super) fn heading(&mut self, id: Id, level: u8, place: Place, out: &mut Vec<Node>) {
        let ids = self.ids(id);
        let mut line = Vec::new();
        self.phrasing(self.html.children(id), place.deeper(), &mut line);
        let children = self.line(line);
        if children.is_empty() {
            self.finish("h2", children, ids, Vec::new(), out);
            return;
        }
        while self.levels.last().is_some_and(|above| *above >= level) {
            self.levels.pop();
        }
        self.levels.push(level);
        let name = format!("h{}", (self.levels.len() + 1).min(6));
        let attributes = self.attributes(id, &name);
        self.finish(&name, children, ids, attributes, out);
    }

    pub(super) fn preformatted(&mut self, id: Id, place: Place, out: &mut Vec<Node>) {
        let ids = self.ids(id);
        let place = place.deeper();
        let mut line = Vec::new();
        self.phrasing(self.html.children(id), place, &mut line);
        let line = match line.iter().any(is_shown) {
            true => self.surround(line),
            false => Vec::new(),
        };
        let attributes = self.attributes(id, "pre");
        self.finish("pre", line, ids, attributes, out);
    }

    pub(super) fn group(&mut self, id: Id, place: Place, out: &mut Vec<Node>) {
        let attributes = self.attributes(id, "div");
        let is_card = self.html.has_class(id, "card");
        if attributes.is_empty() {
            self.opened_block(id, with_paragraphs(place), out);
            return;
        }
        let ids = self.ids(id);
        let place = Place {
            headings: place.headings && !is_card,
            ..with_paragraphs(place)
        };
        let inner = self.flow(self.html.children(id), place);
        self.finish("div", inner, ids, attributes, out);
    }

    /// Puts an element of a line around the text of each block in it.
    pub(super) fn distribute(&mut self, id: Id, own: Fate, place: Place, out: &mut Vec<Node>) {
        let waiting = self.own_id(id);
        self.waiting.extend(waiting);
        let around = match own {
            Fate::Inline(name) => self.inline_element(id, name),
            _ => self.link_element(id, place),
        };
        let place = Place {
            in_link: place.in_link || around.as_ref().is_some_and(|around| around.name == "a"),
            ..place
        };
        let is_around = around.is_some();
        self.around.extend(around);
        let inner = self.flow(self.html.children(id), place);
        if is_around {
            self.around.pop();
        }
        out.extend(inner);
    }
}
