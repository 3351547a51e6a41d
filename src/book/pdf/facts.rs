//! What must be known of the whole book before its first line is written: which places links lead
//! to, and the notes that references bring to the foot of their page.

use std::collections::{HashMap, HashSet};

use crate::book::{Book, Chapter, Element, Node};

/// Chapters below chapters below chapters: deeper ones are set like their parents.
const DEEPEST_CHAPTER: usize = 12;

/// The facts.
#[derive(Default)]
pub(super) struct Facts<'a> {
    /// The ids that links lead to and that something in the book has.
    pub targets: HashSet<&'a str>,
    /// The notes that something refers to, by their ids.
    pub notes: HashMap<&'a str, &'a Element>,
}

/// A chapter in its place in the book.
#[derive(Clone, Copy)]
pub(super) struct Placed<'a> {
    /// How deep it lies: 1 for a chapter that is in no other and in no part with a title.
    pub level: usize,
    /// The title of the part that it opens.
    pub part: Option<&'a str>,
    /// The chapter.
    pub chapter: &'a Chapter,
}

/// Every chapter that is written, in order. A chapter without text is left out unless there are
/// chapters below it.
pub(super) fn chapters(book: &Book) -> Vec<Placed<'_>> {
    let mut found = Vec::new();
    for part in &book.parts {
        let title = part
            .title
            .as_deref()
            .filter(|title| !title.trim().is_empty());
        let mut opens = title;
        let top = if title.is_some() { 2 } else { 1 };
        let mut waiting: Vec<_> = part.chapters.iter().rev().map(|c| (top, c)).collect();
        while let Some((level, chapter)) = waiting.pop() {
            if !chapter.tree.is_empty() || !chapter.children.is_empty() {
                found.push(Placed {
                    level,
                    part: opens.take(),
                    chapter,
                });
            }
            let below = (level + 1).min(DEEPEST_CHAPTER);
            waiting.extend(chapter.children.iter().rev().map(|c| (below, c)));
        }
    }
    found
}

impl<'a> Facts<'a> {
    /// Gathers them from every chapter.
    pub fn of(chapters: &[Placed<'a>]) -> Self {
        let mut links = HashSet::new();
        let mut ids = HashSet::new();
        let mut notes = HashMap::new();
        let mut waiting = Vec::new();
        for placed in chapters {
            ids.insert(placed.chapter.key.as_str());
            each(&placed.chapter.tree, |element| {
                let id = element.attribute("id").filter(|id| !id.is_empty());
                ids.extend(id);
                links.extend(inside(element).filter(|_| !is_reference(element)));
                if let (Some(id), true) = (id, is_note(element)) {
                    notes.entry(id).or_insert(element);
                }
            });
            waiting.extend(references(&placed.chapter.tree));
        }
        // A note that only notes refer to which nothing refers to is never reached.
        let mut reached: HashSet<&str> = HashSet::new();
        while let Some(id) = waiting.pop() {
            if let (Some(note), true) = (notes.get(id), reached.insert(id)) {
                waiting.extend(references(&note.children));
            }
        }
        notes.retain(|id, _| reached.contains(id));
        links.retain(|id| ids.contains(id));
        Facts {
            targets: links,
            notes,
        }
    }

    /// Whether this element is a note that something refers to.
    pub fn is_at_foot(&self, element: &Element) -> bool {
        let note = element.attribute("id").and_then(|id| self.notes.get(id));
        note.is_some_and(|note| std::ptr::eq(*note, element))
    }
}

/// The notes that `nodes` refer to, apart from what notes among them refer to.
fn references(nodes: &[Node]) -> Vec<&str> {
    let mut found = Vec::new();
    let mut waiting: Vec<&Node> = nodes.iter().rev().collect();
    while let Some(node) = waiting.pop() {
        if let Node::Element(element) = node {
            found.extend(inside(element).filter(|_| is_reference(element)));
            if !is_note(element) {
                waiting.extend(element.children.iter().rev());
            }
        }
    }
    found
}

/// Where a link inside the book leads.
pub(super) fn inside(element: &Element) -> Option<&str> {
    let to = element.attribute("href")?.strip_prefix('#')?;
    (element.name == "a" && !to.is_empty()).then_some(to)
}

/// Whether this refers to a note.
pub(super) fn is_reference(element: &Element) -> bool {
    element.name == "a" && element.attribute("role") == Some("doc-noteref")
}

/// Whether this is a note.
pub(super) fn is_note(element: &Element) -> bool {
    matches!(
        element.attribute("role"),
        Some("doc-footnote" | "doc-endnote")
    )
}

/// Calls `look` with every element, in order, however deep.
pub(super) fn each<'a>(nodes: &'a [Node], mut look: impl FnMut(&'a Element)) {
    let mut waiting: Vec<&Node> = nodes.iter().rev().collect();
    while let Some(node) = waiting.pop() {
        if let Node::Element(element) = node {
            look(element);
            waiting.extend(element.children.iter().rev());
        }
    }
}

/// All the text below `nodes`, however deep.
pub(super) fn text_of(nodes: &[Node]) -> String {
    let mut out = String::new();
    let mut waiting: Vec<&Node> = nodes.iter().rev().collect();
    while let Some(node) = waiting.pop() {
        match node {
            Node::Text(text) => out.push_str(text),
            Node::Element(element) if element.name == "br" => out.push('\n'),
            Node::Element(element) => waiting.extend(element.children.iter().rev()),
        }
    }
    out
}
