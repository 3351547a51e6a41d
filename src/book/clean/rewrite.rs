//! From HTML as a browser reads it to a tree that every reader of e-books can show.
//!
//! Blocks never stand in a line: an element within a line that holds blocks, such as `<em>` around
//! two paragraphs, is put around the text of each instead.

mod attributes;
mod blocks;
mod embedded;
mod figures;
mod ids;
mod lines;
mod lists;
mod nodes;
mod notes;
mod ruby;
mod tables;

use std::collections::{HashMap, HashSet};

use super::Addresses;
use super::arena::{Html, Id, Kind};
use super::rules::{self, Fate, fate};
use crate::book::{Element, Node};
use ids::collect_ids;
pub(super) use nodes::element;
use nodes::{is_shown, trim};

/// Deeper than this, only text is taken. The reader of HTML keeps to fewer levels; this holds
/// should it ever not.
const DEEPEST: u32 = 250;

/// What a chapter became, before its ids and links are settled.
#[derive(Default)]
pub(super) struct Rewritten {
    /// The text. Ids stand as the author has them, and so do the addresses of links.
    pub tree: Vec<Node>,
    /// The footnotes, as `aside`s.
    pub notes: Vec<Node>,
    /// Ids whose element is gone, and the id that they lead to now; `None` for the chapter.
    pub moved: HashMap<String, Option<String>>,
    /// The addresses of pictures of the web that were left out.
    pub remote_pictures: Vec<String>,
    /// How many drawings, formulas and pictures within the text were left out.
    pub drawings: usize,
}

/// Where a piece of the tree stands.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// Text beside blocks becomes a paragraph.
    pub paragraphs: bool,
    /// Headings may stand here.
    pub headings: bool,
    /// Inside a link.
    pub in_link: bool,
    depth: u32,
}

impl Place {
    /// The top of a chapter.
    const TOP: Place = Place {
        paragraphs: true,
        headings: true,
        in_link: false,
        depth: 0,
    };

    fn deeper(self) -> Self {
        let depth = self.depth + 1;
        Place { depth, ..self }
    }
}

/// Rewrites one chapter.
pub(super) struct Rewriter<'a> {
    pub html: &'a Html,
    addresses: &'a dyn Addresses,
    chapter: &'a str,
    /// Which nodes hold blocks, by their number.
    holds_block: Vec<bool>,
    /// Elements within a line that stand around the blocks being made.
    around: Vec<Element>,
    /// Ids of elements that are gone; the next block gets them.
    waiting: Vec<String>,
    seen: HashSet<String>,
    /// The levels that the author gave to the headings above.
    levels: Vec<u8>,
    result: Rewritten,
}

/// Rewrites the HTML of a chapter.
pub(super) fn rewrite(html: &Html, chapter: &str, addresses: &dyn Addresses) -> Rewritten {
    let mut rewriter = Rewriter {
        html,
        addresses,
        chapter,
        holds_block: holds_block(html),
        around: Vec::new(),
        waiting: Vec::new(),
        seen: HashSet::new(),
        levels: Vec::new(),
        result: Rewritten::default(),
    };
    rewriter.result.tree = rewriter.flow(html.top(), Place::TOP);
    for id in std::mem::take(&mut rewriter.waiting) {
        rewriter.result.moved.insert(id, None);
    }
    rewriter.result
}

/// For every node, whether a block is it or is in it.
fn holds_block(html: &Html) -> Vec<bool> {
    let mut holds = vec![false; html.len()];
    for id in html.below(html.top()).into_iter().rev() {
        let own = fate(html.name(id));
        let is_block = own.is_block()
            || own != Fate::Dropped
                && html
                    .children(id)
                    .iter()
                    .any(|child| holds.get(*child).copied().unwrap_or_default());
        if let Some(slot) = holds.get_mut(id) {
            *slot = is_block;
        }
    }
    holds
}

impl Rewriter<'_> {
    /// Blocks and text, as blocks (or text between blocks, where the place has no paragraphs).
    pub fn flow(&mut self, ids: &[Id], place: Place) -> Vec<Node> {
        let mut out = Vec::new();
        let mut run = Vec::new();
        let mut rest = ids.iter().copied().peekable();
        let place = place.deeper();
        while let Some(id) = rest.next() {
            let is_block = self.holds_block.get(id).copied().unwrap_or_default();
            if !is_block || place.depth > DEEPEST {
                self.inline(id, place, &mut run);
                continue;
            }
            self.end_run(&mut run, place, &mut out);
            let own = fate(self.html.name(id));
            // Parts of lists that lie outside of one, up to the next other thing.
            if matches!(own, Fate::Item | Fate::Term | Fate::Definition) {
                let is_term = own != Fate::Item;
                let mut stray = vec![id];
                while let Some(next) = rest.next_if(|next| self.belongs(*next, is_term)) {
                    stray.push(next);
                }
                match is_term {
                    true => self.terms(&stray, place, &mut out),
                    false => self.stray_items(&stray, place, &mut out),
                }
                continue;
            }
            self.block(id, own, place, &mut out);
        }
        self.end_run(&mut run, place, &mut out);
        out
    }

    /// Whether a node goes on with the list that a stray item has begun.
    fn belongs(&self, id: Id, is_term: bool) -> bool {
        match self.html.kind(id) {
            Kind::Text(text) => text.trim().is_empty(),
            Kind::Silent => true,
            Kind::Element { .. } => match fate(self.html.name(id)) {
                Fate::Item => !is_term,
                Fate::Term | Fate::Definition => is_term,
                _ => false,
            },
        }
    }

    /// Ends a run of text between blocks.
    fn end_run(&mut self, run: &mut Vec<Node>, place: Place, out: &mut Vec<Node>) {
        let run = std::mem::take(run);
        if run.is_empty() {
            return;
        }
        if place.paragraphs {
            let before = std::mem::take(&mut self.waiting);
            self.paragraph("p", run, before, Vec::new(), out);
        } else {
            let run = self.line(run);
            out.extend(run);
        }
    }

    /// What stands in a line, trimmed, within what stands around it. Empty if nothing is shown;
    /// ids in it then wait for the next block.
    fn line(&mut self, run: Vec<Node>) -> Vec<Node> {
        let run = trim(run);
        if !run.iter().any(is_shown) {
            collect_ids(&run, &mut self.waiting);
            return Vec::new();
        }
        self.surround(run)
    }

    fn surround(&self, mut run: Vec<Node>) -> Vec<Node> {
        for around in self.around.iter().rev() {
            let mut element = around.clone();
            element.children = run;
            run = vec![Node::Element(element)];
        }
        run
    }

    /// A block of one line, unless it is empty.
    fn paragraph(
        &mut self,
        name: &str,
        run: Vec<Node>,
        ids: Vec<String>,
        attributes: Vec<(String, String)>,
        out: &mut Vec<Node>,
    ) {
        let children = self.line(run);
        self.finish(name, children, ids, attributes, out);
    }

    /// Puts an element out, unless it is empty. `ids` are those that lead to it.
    fn finish(
        &mut self,
        name: &str,
        children: Vec<Node>,
        mut ids: Vec<String>,
        attributes: Vec<(String, String)>,
        out: &mut Vec<Node>,
    ) {
        if children.is_empty() {
            ids.append(&mut self.waiting);
            self.waiting = ids;
            return;
        }
        let mut element = Element {
            name: name.to_owned(),
            attributes,
            children,
        };
        self.give_ids(&mut element, ids);
        out.push(Node::Element(element));
    }

    fn is_left_out(&self, id: Id) -> bool {
        let html = self.html;
        let on_screen = rules::ONLY_ON_SCREEN;
        fate(html.name(id)) == Fate::Dropped
            || html.classes(id).any(|class| on_screen.contains(&class))
            || html.attribute(id, "hidden").is_some()
            || html.name(id) == "span" && html.attribute(id, "aria-hidden") == Some("true")
    }

    fn leave_out(&mut self, id: Id) {
        let own = self.own_id(id);
        self.waiting.extend(own);
        let name = self.html.name(id);
        // A drawing that says nothing to those who cannot see it is an ornament.
        let is_ornament = self.html.attribute(id, "aria-hidden") == Some("true");
        if matches!(name, "svg" | "math") && !is_ornament {
            self.result.drawings += 1;
        }
    }
}

/// The same place, where text becomes paragraphs.
pub(super) fn with_paragraphs(place: Place) -> Place {
    Place {
        paragraphs: true,
        ..place
    }
}
