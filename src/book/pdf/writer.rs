//! The text of a chapter as Typst code: what is common to its blocks and its lines.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::code::{self, printable, push_literal};
use super::facts::{Facts, text_of};
use super::pictures::Pictures;
use crate::book::{Element, Node};
use crate::diagnostics::Diagnostic;

/// Elements inside elements that are still set as what they are. Typst gives up at 72 layouts
/// within one another, and a quote in a list in a cell is three; nobody can read that deep.
pub(super) const DEEPEST: usize = 20;

/// Underline and strike cannot be told apart by a screen reader where both hold (PDF/UA-1), so
/// only the outer one is set.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// Below the text.
    Under,
    /// Through the text.
    Through,
}

/// Writes the code of one book, chapter by chapter.
pub(super) struct Writer<'a> {
    /// The code so far.
    pub out: String,
    pub facts: &'a Facts<'a>,
    pub pictures: &'a Pictures,
    /// What to tell the author.
    pub warnings: Vec<Diagnostic>,
    /// Every character that is shown, with the chapter that shows it first.
    pub characters: BTreeMap<char, usize>,
    /// The number of the chapter that is being written.
    pub chapter: usize,
    /// How wide a line is here, in points.
    pub width: f64,
    /// A word longer than this may break here.
    pub long_word: usize,
    /// How many elements are open.
    pub depth: usize,
    /// Whether something of this chapter lies too deep.
    pub too_deep: bool,
    /// The pictures of this chapter that say nothing in words.
    pub silent: Vec<&'a str>,
    /// Whether a space comes before what is written next in this line.
    pub space: bool,
    /// Whether nothing has been written in this line yet.
    pub fresh: bool,
    /// The line under or through the text here.
    pub line: Option<Line>,
    /// Whether this is inside a link.
    pub linked: bool,
    /// The notes that are being written.
    pub open_notes: Vec<&'a str>,
    /// The notes that are written already, with their numbers.
    pub notes: HashMap<&'a str, usize>,
    /// The number of the last note of this chapter.
    pub numbered: usize,
    /// Notes that could not be brought to the foot of a page and stand at their chapter's end.
    pub stray: HashSet<&'a str>,
    /// Labels that are written already.
    pub labels: HashSet<&'a str>,
    /// The ranks of the open headings of this chapter.
    pub ranks: Vec<u8>,
    /// The level of this chapter's heading.
    pub level: usize,
}

impl<'a> Writer<'a> {
    /// A writer that has written nothing.
    pub fn new(facts: &'a Facts<'a>, pictures: &'a Pictures, width: f64) -> Self {
        Writer {
            out: String::new(),
            facts,
            pictures,
            warnings: Vec::new(),
            characters: BTreeMap::new(),
            chapter: 0,
            width,
            long_word: code::LONG_WORD,
            depth: 0,
            too_deep: false,
            silent: Vec::new(),
            space: false,
            fresh: true,
            line: None,
            linked: false,
            open_notes: Vec::new(),
            notes: HashMap::new(),
            numbered: 0,
            stray: HashSet::new(),
            labels: HashSet::new(),
            ranks: Vec::new(),
            level: 1,
        }
    }

    /// A literal whose characters the reader will see.
    pub fn shown(&mut self, text: &str) -> String {
        let text = printable(text);
        self.remember(&text);
        code::literal(&text)
    }

    fn remember(&mut self, text: &str) {
        for c in text.chars() {
            self.characters.entry(c).or_insert(self.chapter);
        }
    }

    /// Text within a line: runs of space become one, long words may break.
    pub fn text(&mut self, text: &str) {
        let text = printable(text);
        let mut line = String::with_capacity(text.len() + 1);
        for c in text.chars() {
            if matches!(c, ' ' | '\n' | '\t') {
                self.space = true;
                continue;
            }
            if std::mem::take(&mut self.space) && !self.fresh {
                line.push(' ');
            }
            self.fresh = false;
            line.push(c);
        }
        self.remember(&line);
        self.pieces(&line);
    }

    /// The space that is due, before something opens.
    pub fn due_space(&mut self) {
        if std::mem::take(&mut self.space) && !self.fresh {
            self.out.push_str("\" \";");
            // One space is enough, also if what opens begins with one.
            self.fresh = true;
        }
    }

    /// Literals with breaks allowed between them.
    pub fn pieces(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        for (n, piece) in code::pieces(text, self.long_word).into_iter().enumerate() {
            if n > 0 {
                self.out.push_str("z;");
            }
            push_literal(&mut self.out, piece);
            self.out.push(';');
        }
    }

    /// Something that stands in the line like a word.
    pub fn word(&mut self, code: &str) {
        self.due_space();
        self.fresh = false;
        self.out.push_str(code);
        self.out.push(';');
    }

    /// Writes `open`, then what `write` writes, then `close`; or nothing if that wrote nothing.
    pub fn around(&mut self, open: &str, close: &str, write: impl FnOnce(&mut Self)) {
        let before = self.out.len();
        self.out.push_str(open);
        let start = self.out.len();
        write(self);
        if self.out.len() == start {
            self.out.truncate(before);
        } else {
            self.out.push_str(close);
        }
    }

    /// A line of its own: what `write` writes neither begins nor ends with a space.
    pub fn line(&mut self, write: impl FnOnce(&mut Self)) {
        let outer = (self.space, self.fresh);
        (self.space, self.fresh) = (false, true);
        write(self);
        (self.space, self.fresh) = outer;
    }

    /// What `write` writes, in letters so large, or a cell so narrow, that words are long sooner.
    pub fn large(&mut self, write: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.long_word, code::LONG_WORD_OF_HEADING);
        write(self);
        self.long_word = outer;
    }

    /// What `write` writes, in a column narrower by `by` points.
    pub fn narrower(&mut self, by: f64, write: impl FnOnce(&mut Self)) {
        let outer = self.width;
        self.width = (self.width - by).max(60.0);
        write(self);
        self.width = outer;
    }

    /// The place that links to this element lead to, if there are any.
    pub fn place(&mut self, element: &'a Element) {
        if let Some(id) = self.label(element) {
            self.out.push_str("at(");
            push_literal(&mut self.out, id);
            self.out.push_str(");");
        }
    }

    /// The label of this element, if a link leads to it and nothing has that label yet.
    pub fn label(&mut self, element: &'a Element) -> Option<&'a str> {
        let id = element.attribute("id")?;
        self.take_label(id)
    }

    /// The label `id`, if a link leads to it and nothing has it yet.
    pub fn take_label(&mut self, id: &'a str) -> Option<&'a str> {
        (self.facts.targets.contains(id) && self.labels.insert(id)).then_some(id)
    }

    /// Goes into an element. Where that is too deep, only its words are written.
    pub fn enter(&mut self, element: &'a Element, write: impl FnOnce(&mut Self)) {
        if self.depth >= DEEPEST {
            self.too_deep = true;
            self.text(&text_of(&element.children));
            return;
        }
        self.depth += 1;
        write(self);
        self.depth -= 1;
    }
}

/// Whether an element is a block.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}

/// Whether an element is never shown.
pub(super) fn is_hidden(element: &Element) -> bool {
    matches!(
        element.name.as_str(),
        "colgroup" | "head" | "link" | "meta" | "noscript" | "script" | "style" | "template"
    ) || element.attribute("role") == Some("doc-backlink")
        || element.attribute("hidden").is_some()
}

/// Whether a node begins a block: it is one, or a wrapper such as `span` with one inside.
pub(super) fn starts_block(node: &Node) -> bool {
    let Node::Element(element) = node else {
        return false;
    };
    if is_block(&element.name) {
        return true;
    }
    let mut inside = false;
    if !element.children.is_empty() {
        super::facts::each(&element.children, |below| inside |= is_block(&below.name));
    }
    inside
}

/// The nodes in an element that its kind has no place for, such as text between list items.
/// `takes` says which elements have one.
pub(super) fn strays(
    element: &Element,
    takes: impl Fn(&Element) -> bool,
) -> impl Iterator<Item = &Node> {
    element.children.iter().filter(move |node| match node {
        Node::Element(element) => !is_hidden(element) && !takes(element),
        text => !is_blank(text),
    })
}

/// Whether there is nothing to see in a node: space between elements.
pub(super) fn is_blank(node: &Node) -> bool {
    match node {
        Node::Text(text) => text.chars().all(|c| matches!(c, ' ' | '\n' | '\t' | '\r')),
        Node::Element(element) => is_hidden(element),
    }
}
