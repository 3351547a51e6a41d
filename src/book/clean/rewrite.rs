//! From HTML as a browser reads it to a tree that every reader of e-books can show.
//!
//! Blocks never stand in a line: an element within a line that holds blocks, such as `<em>` around
//! two paragraphs, is put around the text of each instead.

mod lists;
mod tables;

use std::collections::{HashMap, HashSet};

use super::arena::{Html, Id, Kind};
use super::rules::{self, Fate, fate};
use super::{Addresses, Destination};
use crate::book::{Element, Node};

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

    /// The last of the ids becomes the element's; links to the others lead to it as well.
    fn give_ids(&mut self, element: &mut Element, mut ids: Vec<String>) {
        let Some(own) = ids.pop() else {
            return;
        };
        for other in ids {
            self.result.moved.insert(other, Some(own.clone()));
        }
        element.attributes.insert(0, ("id".to_owned(), own));
    }

    /// The ids that wait, and the element's own, which comes last.
    fn ids(&mut self, id: Id) -> Vec<String> {
        let mut ids = std::mem::take(&mut self.waiting);
        ids.extend(self.own_id(id));
        ids
    }

    /// The element's id, unless another has it.
    pub fn own_id(&mut self, id: Id) -> Option<String> {
        let attribute = |name| self.html.attribute(id, name);
        let own = match self.html.name(id) {
            "a" => attribute("id").or_else(|| attribute("name")),
            _ => attribute("id"),
        }?;
        (!own.is_empty() && self.seen.insert(own.to_owned())).then(|| own.to_owned())
    }

    /// The attributes of an element that is called `name` from now on, without its id.
    pub fn attributes(&self, id: Id, name: &str) -> Vec<(String, String)> {
        let mut kept = Vec::new();
        let mut keep = |name: &str, value: &str| kept.push((name.to_owned(), value.to_owned()));
        let classes: Vec<&str> = self
            .html
            .classes(id)
            .filter(|class| rules::classes(name).contains(class))
            .collect();
        if !classes.is_empty() {
            keep("class", &classes.join(" "));
        }
        for attribute in rules::text_attributes(name) {
            if let Some(value) = self.html.attribute(id, attribute)
                && !value.trim().is_empty()
            {
                keep(attribute, &characters(value));
            }
        }
        for (attribute, least, greatest) in rules::number_attributes(name) {
            let value = self.html.attribute(id, attribute);
            let value = value.and_then(|value| value.trim().parse::<i64>().ok());
            if let Some(value) = value.filter(|value| (least..=greatest).contains(&value)) {
                keep(attribute, &value.to_string());
            }
        }
        if let Some(lang) = self.html.attribute(id, "lang")
            && rules::is_language(lang)
        {
            keep("lang", lang);
        }
        if let Some(dir) = self.html.attribute(id, "dir") {
            let dir = dir.to_ascii_lowercase();
            if matches!(dir.as_str(), "ltr" | "rtl" | "auto") {
                keep("dir", &dir);
            }
        }
        kept
    }

    // Blocks.

    fn block(&mut self, id: Id, own: Fate, place: Place, out: &mut Vec<Node>) {
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
    fn opened_block(&mut self, id: Id, place: Place, out: &mut Vec<Node>) {
        let own = self.own_id(id);
        self.waiting.extend(own);
        let inner = self.flow(self.html.children(id), place);
        out.extend(inner);
    }

    /// A paragraph, or what is one in a book.
    fn one_line(&mut self, id: Id, place: Place, out: &mut Vec<Node>) {
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

    pub fn holds_block_inside(&self, id: Id) -> bool {
        let mut children = self.html.children(id).iter();
        children.any(|child| self.holds_block.get(*child).copied().unwrap_or_default())
    }

    /// A heading, on the level that is one below the heading that it belongs to.
    fn heading(&mut self, id: Id, level: u8, place: Place, out: &mut Vec<Node>) {
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

    fn preformatted(&mut self, id: Id, place: Place, out: &mut Vec<Node>) {
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

    fn group(&mut self, id: Id, place: Place, out: &mut Vec<Node>) {
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

    /// A figure: what it shows, then its caption.
    fn figure(&mut self, id: Id, place: Place, out: &mut Vec<Node>) {
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

    /// Puts an element of a line around the text of each block in it.
    fn distribute(&mut self, id: Id, own: Fate, place: Place, out: &mut Vec<Node>) {
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

    // Footnotes.

    /// The footnotes, as Goodturn writes them: a list whose items have ids.
    fn notes(&mut self, id: Id, place: Place, out: &mut Vec<Node>) {
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

    // Within a line.

    /// Everything within a line. Blocks leave their text, apart by a space.
    pub fn phrasing(&mut self, ids: &[Id], place: Place, out: &mut Vec<Node>) {
        for id in ids {
            self.inline(*id, place, out);
        }
    }

    fn inline(&mut self, id: Id, place: Place, out: &mut Vec<Node>) {
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
    fn opened(&mut self, id: Id, place: Place, out: &mut Vec<Node>) {
        let own = self.own_id(id);
        anchor(own, out);
        self.phrasing(self.html.children(id), place, out);
    }

    /// An element within a line, with what is in it; one that is empty leaves its anchor.
    fn within(&mut self, id: Id, mut element: Element, place: Place, out: &mut Vec<Node>) {
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
    fn inline_element(&self, id: Id, name: &str) -> Option<Element> {
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
    fn link_element(&self, id: Id, place: Place) -> Option<Element> {
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

    fn is_note_reference(&self, id: Id) -> bool {
        let is_reference = |id: &str| id.starts_with("fnref-");
        self.html.attribute(id, "id").is_some_and(is_reference)
    }

    /// A picture of the book; one of the web leaves its words.
    fn picture(&mut self, id: Id, out: &mut Vec<Node>) {
        let html = self.html;
        let alt = html.attribute(id, "alt").unwrap_or_default();
        let alt = characters(alt);
        let src = html.attribute(id, "src").unwrap_or_default();
        let own = self.own_id(id);
        let Some(src) = self.addresses.picture(self.chapter, src) else {
            // One that is not there, or is no picture, has been told.
            match src.split_once(':') {
                Some(("data", _)) => self.result.drawings += 1,
                Some(_) => self.result.remote_pictures.push(src.to_owned()),
                None if src.starts_with("//") => self.result.remote_pictures.push(src.to_owned()),
                None => {}
            }
            anchor(own, out);
            push_text(out, &alt);
            return;
        };
        let mut attributes: Vec<(String, String)> =
            own.map(|own| ("id".to_owned(), own)).into_iter().collect();
        attributes.push(("src".to_owned(), src));
        attributes.push(("alt".to_owned(), alt));
        attributes.extend(self.attributes(id, "img"));
        out.push(Node::Element(Element {
            name: "img".to_owned(),
            attributes,
            children: Vec::new(),
        }));
    }

    /// A box to tick; other inputs go.
    fn task_box(&self, id: Id, out: &mut Vec<Node>) {
        if self.html.attribute(id, "type") == Some("checkbox") {
            let is_done = self.html.attribute(id, "checked").is_some();
            push_text(out, if is_done { "☑" } else { "☐" });
        }
    }

    /// A video, a frame and the like: a link with its title.
    fn embed(&mut self, id: Id, place: Place, out: &mut Vec<Node>) {
        let html = self.html;
        let own = self.own_id(id);
        anchor(own, out);
        let all = html.below(html.children(id));
        let sources =
            std::iter::once(id).chain(all.iter().copied().filter(|id| html.name(*id) == "source"));
        let src = sources
            .filter_map(|id| {
                html.attribute(id, "src")
                    .or_else(|| html.attribute(id, "data"))
            })
            .find(|src| !src.trim().is_empty());
        let title = ["title", "aria-label"]
            .iter()
            .find_map(|name| html.attribute(id, name))
            .map(characters);
        let title = title.filter(|title| !title.trim().is_empty());
        let is_raw = html.name(id) == "iframe";
        let Some(src) = src.filter(|_| !place.in_link) else {
            match title {
                Some(title) => push_text(out, &title),
                None if !is_raw => self.phrasing(html.children(id), place, out),
                None => {}
            }
            return;
        };
        let words = title.unwrap_or_else(|| match self.addresses.link(self.chapter, src) {
            Destination::Web(address) => address,
            _ => src.to_owned(),
        });
        let mut link = element("a", vec![Node::Text(words)]);
        if let Node::Element(link) = &mut link {
            link.attributes.push(("href".to_owned(), src.to_owned()));
        }
        out.push(link);
    }

    /// Ruby with its readings; without any it is plain text.
    fn ruby(&mut self, id: Id, place: Place, out: &mut Vec<Node>) {
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

    // What goes.

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

/// Whether a figure can be made of it.
fn is_block_or_picture(node: &Node) -> bool {
    match node {
        Node::Text(_) => false,
        Node::Element(element) => {
            element.name == "img"
                || fate(&element.name).is_block()
                || element.children.iter().any(is_block_or_picture)
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

/// An element without attributes.
pub(super) fn element(name: &str, children: Vec<Node>) -> Node {
    Node::Element(Element {
        name: name.to_owned(),
        attributes: Vec::new(),
        children,
    })
}

/// An empty element that a link can lead to.
fn anchor(id: Option<String>, out: &mut Vec<Node>) {
    if let Some(id) = id {
        out.push(Node::Element(Element {
            name: "span".to_owned(),
            attributes: vec![("id".to_owned(), id)],
            children: Vec::new(),
        }));
    }
}

/// Whether `rp` stands as HTML wants it: on both sides of an `rt`, or nowhere.
fn rp_is_paired(nodes: &[Node]) -> bool {
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

/// Adds text to the text before it, if that is text.
pub(super) fn push_text(out: &mut Vec<Node>, text: &str) {
    match out.last_mut() {
        Some(Node::Text(before)) => before.push_str(text),
        _ if text.is_empty() => {}
        _ => out.push(Node::Text(text.to_owned())),
    }
}

/// Text without characters that XML does not know.
fn characters(text: &str) -> String {
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

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n')
}

fn collect_ids(nodes: &[Node], ids: &mut Vec<String>) {
    for node in nodes {
        if let Node::Element(element) = node {
            ids.extend(element.attribute("id").map(str::to_owned));
            collect_ids(&element.children, ids);
        }
    }
}
