//! What stands on lines of its own: paragraphs, headings, quotes, code, notes to the side.

use super::code::push_literal;
use super::facts::{each, text_of};
use super::figures::only_pictures;
use super::listing::fit;
use super::writer::{DEEPEST, Writer, is_blank, is_block, is_hidden, starts_block};
use crate::book::{Element, Node};

/// How wide a character of code is, in points: 8.2 points of JetBrains Mono, 0.6 em each.
const CODE_CHARACTER: f64 = 8.2 * 0.6;
/// How much narrower code is than its column, in points.
const CODE_INSET: f64 = 22.0;
/// How much quotes and callouts narrow the column, in points.
const QUOTE_INSET: f64 = 14.0;
const CALLOUT_INSET: f64 = 22.0;
/// Code of no more lines stands on one page.
const FEW_LINES: usize = 14;
/// So do callouts and tables of no more characters.
const FEW_CHARACTERS: usize = 800;

impl<'a> Writer<'a> {
    /// Blocks; loose lines between them become paragraphs.
    pub fn flow(&mut self, nodes: &'a [Node]) {
        self.runs(nodes, true);
    }

    /// Blocks; loose lines between them stay as they are, and so does a paragraph that comes
    /// first: for what stands beside a number or a bullet.
    pub fn loose(&mut self, nodes: &'a [Node]) {
        let start = nodes.iter().position(|node| !is_blank(node)).unwrap_or(0);
        let nodes = nodes.get(start..).unwrap_or_default();
        match nodes.split_first() {
            Some((Node::Element(first), rest)) if first.name == "p" => {
                self.place(first);
                self.line(|w| w.enter(first, |w| w.inline(&first.children)));
                self.runs(rest, true);
            }
            _ => self.runs(nodes, false),
        }
    }

    fn runs(&mut self, nodes: &'a [Node], paragraphs: bool) {
        let mut rest = nodes;
        while let Some(first) = rest.first() {
            if starts_block(first) {
                if let Node::Element(element) = first {
                    self.block_in_place(element);
                }
                rest = rest.get(1..).unwrap_or_default();
                continue;
            }
            let end = rest.iter().position(starts_block).unwrap_or(rest.len());
            let (run, after) = rest.split_at(end);
            rest = after;
            match paragraphs {
                true => self.paragraph(run),
                false => self.line(|w| w.inline(run)),
            }
        }
    }

    /// A block, or its words alone where it lies too deep.
    fn block_in_place(&mut self, element: &'a Element) {
        if is_hidden(element) {
            return;
        }
        if self.depth < DEEPEST {
            return self.enter(element, |w| w.block(element));
        }
        self.around("p({", "});", |w| w.line(|w| w.enter(element, |_| {})));
    }

    fn paragraph(&mut self, nodes: &'a [Node]) {
        if let Some(pictures) = only_pictures(nodes) {
            for (picture, link) in pictures {
                let to = link.and_then(|link| self.destination(link));
                self.large_picture(picture, to);
            }
            return;
        }
        self.around("p({", "});", |w| w.line(|w| w.inline(nodes)));
    }

    fn block(&mut self, element: &'a Element) {
        let children = element.children.as_slice();
        match element.name.as_str() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => return self.heading(element),
            "p" if !is_title(element) => return self.paragraph_with_place(element),
            _ => self.place(element),
        }
        if self.facts.is_at_foot(element) {
            return;
        }
        match element.name.as_str() {
            "blockquote" => self.narrower(QUOTE_INSET, |w| {
                w.around("quoted({", "});", |w| w.flow(children));
            }),
            "ul" | "ol" | "menu" | "dir" => self.list(element),
            "dl" => self.definitions(element),
            "pre" => self.listing(element),
            "hr" => self.out.push_str("ornament;"),
            "figure" => self.figure(element),
            "table" => self.table(element),
            "summary" | "figcaption" | "caption" | "dt" => {
                self.around("p(strong({", "}));", |w| w.line(|w| w.inline(children)));
            }
            "p" if is_title(element) => {
                self.around("p(strong({", "}));", |w| w.line(|w| w.inline(children)));
            }
            "div" => match callout_colour(element) {
                Some(colour) => self.narrower(CALLOUT_INSET, |w| {
                    let whole = stays_whole(children);
                    let open = format!("callout(rgb(\"{colour}\"),{whole},{{");
                    w.around(&open, "});", |w| w.flow(children));
                }),
                None => self.flow(children),
            },
            name if is_block(name) => self.flow(children),
            "a" => match self.destination(element) {
                Some(to) if !self.linked => {
                    self.linked = true;
                    self.flow_linked(&to, children);
                    self.linked = false;
                }
                _ => self.flow(children),
            },
            _ => self.flow(children),
        }
    }

    /// A link around blocks links each of their pictures and words: that is what one can click.
    fn flow_linked(&mut self, to: &str, children: &'a [Node]) {
        each(children, |below| {
            if below.name == "img" {
                self.large_picture(below, Some(to.to_owned()));
            }
        });
        let open = format!("p(link({to},{{");
        for node in children
            .iter()
            .filter(|node| !text_of(std::slice::from_ref(node)).trim().is_empty())
        {
            self.around(&open, "}));", |w| {
                w.line(|w| w.inline(std::slice::from_ref(node)))
            });
        }
    }

    fn paragraph_with_place(&mut self, element: &'a Element) {
        if only_pictures(&element.children).is_some() {
            self.place(element);
            return self.paragraph(&element.children);
        }
        if element.children.iter().any(starts_block) {
            self.place(element);
            return self.flow(&element.children);
        }
        let before = self.out.len();
        self.out.push_str("p({");
        self.place(element);
        let start = self.out.len();
        self.line(|w| w.inline(&element.children));
        if self.out.len() == start {
            self.out.truncate(before);
            // The label, if there was one, is still to be written.
            if let Some(id) = element.attribute("id") {
                self.labels.remove(id);
                self.place(element);
            }
        } else {
            self.out.push_str("});");
        }
    }

    /// A heading one level below the last one that ranks higher, so that no level is skipped.
    fn heading(&mut self, element: &'a Element) {
        let rank = element
            .name
            .bytes()
            .last()
            .map_or(2, |digit| digit.saturating_sub(b'0'));
        while self.ranks.last().is_some_and(|&last| last >= rank) {
            self.ranks.pop();
        }
        let depth = self.ranks.len() + 1;
        if text_of(&element.children).trim().is_empty() {
            return self.place(element);
        }
        self.ranks.push(rank);
        let level = (self.level + depth).min(6);
        let name = super::code::optional(self.label(element));
        let open = format!("section({level},{depth},{name},{{");
        self.around(&open, "});", |w| {
            w.large(|w| w.line(|w| w.inline(&element.children)))
        });
    }

    fn listing(&mut self, element: &'a Element) {
        let text = text_of(&element.children);
        let text = super::code::printable(text.strip_prefix('\n').unwrap_or(&text));
        if text.trim().is_empty() {
            return;
        }
        let columns = ((self.width - CODE_INSET) / CODE_CHARACTER).max(8.0) as usize;
        let listing = fit(&text, columns);
        let shown = self.shown(&listing.lines.join("\n"));
        let whole = listing.lines.len() <= FEW_LINES;
        if listing.turned.is_empty() {
            self.out.push_str(&format!("plain-code({whole},{shown});"));
            return;
        }
        let turned: String = listing
            .turned
            .iter()
            .map(|line| format!("{line},"))
            .collect();
        self.out
            .push_str(&format!("code({whole},({turned}),{shown});"));
    }

    /// Writes a note whose reference could not be one, in a listing for example.
    fn stray_note(&mut self, element: &'a Element) {
        let id = element.attribute("id").unwrap_or_default();
        if self.facts.is_at_foot(element) && !self.notes.contains_key(id) && self.stray.insert(id) {
            self.flow(&element.children);
        }
    }

    /// Writes the nodes that a list or a table has no place for before it.
    pub fn write_strays(&mut self, strays: impl Iterator<Item = &'a Node>) {
        for node in strays {
            self.flow(std::slice::from_ref(node));
        }
    }

    /// The code of a chapter's text, with the places that found no better spot at its start.
    pub fn chapter_text(&mut self, nodes: &'a [Node]) -> String {
        let outer = std::mem::take(&mut self.out);
        (self.ranks, self.depth, self.too_deep) = (Vec::new(), 0, false);
        self.numbered = 0;
        self.flow(nodes);
        each(nodes, |element| self.stray_note(element));
        let text = std::mem::replace(&mut self.out, outer);
        let mut places = String::new();
        each(nodes, |element| {
            if let Some(id) = self.label(element) {
                places.push_str("at(");
                push_literal(&mut places, id);
                places.push_str(");");
            }
        });
        places + &text
    }
}

/// The elements among `nodes`.
pub(super) fn elements(nodes: &[Node]) -> impl Iterator<Item = &Element> {
    nodes.iter().filter_map(|node| match node {
        Node::Element(element) if !is_hidden(element) => Some(element),
        _ => None,
    })
}

/// The colour of a callout's edge; none for what is not a callout.
fn callout_colour(element: &Element) -> Option<&'static str> {
    let classes = element.attribute("class").unwrap_or_default();
    classes.split_whitespace().find_map(|class| match class {
        "alert-tip" => Some("#2e7d4f"),
        "alert-important" | "alert-warning" => Some("#b7791f"),
        "alert-caution" => Some("#b3372f"),
        "alert-note" | "checklist" | "card" => Some("#1d4e79"),
        _ => None,
    })
}

/// Whether some blocks are so short that a page that ends within them would look torn.
pub(super) fn stays_whole(nodes: &[Node]) -> bool {
    let mut has_picture = false;
    each(nodes, |element| has_picture |= element.name == "img");
    !has_picture && text_of(nodes).chars().count() <= FEW_CHARACTERS
}

/// Whether a paragraph is the title of a callout.
fn is_title(paragraph: &Element) -> bool {
    let class = paragraph.attribute("class").unwrap_or_default();
    ["alert-title", "checklist-title", "card-title", "summary"].contains(&class)
}
