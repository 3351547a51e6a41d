//! Books and their chapters.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Part, Resolver};
use crate::diagnostics::{Diagnostic, Place};
use crate::library::chapters::{self, Bound};
use crate::library::document::{DocId, Document};
use crate::library::handout;
use crate::source::Source;
use crate::source::front_matter::Kind;
use crate::source::split::MARK;
use crate::source::walk::is_markdown;

/// What a book lists.
struct Contents {
    /// The paths of its chapters.
    listed: FxHashSet<String>,
    /// Where it lists them.
    file: Arc<str>,
}

impl Contents {
    /// Those of every book, by what the paths of its chapters begin with.
    fn of_all(sources: &[(Arc<Source>, Part)]) -> FxHashMap<String, Contents> {
        let books = sources.iter().filter_map(|(source, _)| {
            let listed = source.book.as_ref()?.outline.walk().into_iter();
            let contents = Contents {
                listed: listed.filter_map(|(_, _, c)| c.path.clone()).collect(),
                file: source.file.clone(),
            };
            Some((inside(source), contents))
        });
        books.collect()
    }
}

/// What [`inside`] may be of the books that a path lies in, the innermost first.
fn beginnings(path: &str) -> impl Iterator<Item = &str> {
    let ends = path.char_indices().rev();
    let ends = ends.filter(|(_, c)| matches!(*c, '/' | MARK));
    ends.filter_map(|(at, _)| path.get(..=at)).chain([""])
}

impl Resolver<'_> {
    /// Files of a book that its contents do not list are not published.
    pub(super) fn drop_unlisted_chapters(
        &mut self,
        kept: &mut Vec<(Arc<Source>, Part)>,
    ) -> Vec<Arc<str>> {
        let books = Contents::of_all(kept);
        let mut dropped = Vec::new();
        if books.is_empty() {
            return dropped;
        }
        kept.retain(|(source, _)| {
            let book = beginnings(&source.path).find_map(|beginning| books.get(beginning));
            let Some(book) = book.filter(|_| source.book.is_none()) else {
                return true;
            };
            let is_listed = book.listed.contains(source.path.as_ref());
            if !is_listed {
                dropped.push(source.path.clone());
                self.problems.push(
                    Diagnostic::warning(
                        "this file is not listed in its book, so it is not published",
                    )
                    .at(Place::file(source.file.clone()))
                    .help(format!(
                        "list it in {}, or move it out of the book",
                        book.file
                    )),
                );
            }
            is_listed
        });
        dropped
    }

    /// Finds the chapters of every book. What is only said of the book holds for its chapters.
    pub(super) fn bind_books(&mut self, documents: &mut [Document]) {
        let mut bound: Vec<(usize, Bound)> = Vec::new();
        for (at, document) in documents.iter().enumerate() {
            let Some(special) = &document.source.book else {
                continue;
            };
            let folder = inside(&document.source);
            let from = documents.partition_point(|d| d.source.path.as_ref() < folder.as_str());
            let inside = documents
                .iter()
                .enumerate()
                .skip(from)
                .take_while(|(_, d)| d.source.path.starts_with(&folder))
                .filter(|(other, _)| *other != at)
                .map(|(at, d)| (d.source.path.as_ref(), (DocId::new(at), d.source.as_ref())))
                .collect();
            let source = &document.source;
            let book = DocId::new(at);
            bound.push((
                at,
                chapters::bind(book, source, special, &inside, &self.config, self.problems),
            ));
        }
        for (at, book) in bound {
            let Some(head) = documents.get(at).cloned() else {
                continue;
            };
            for (id, chapter, title) in book.order {
                if let Some(document) = documents.get_mut(id.index()) {
                    if document.kind == Kind::Handout {
                        self.problems.push(handout::in_a_book(&document.source));
                    }
                    document.kind = Kind::Chapter;
                    document.title = title;
                    document.chapter = Some(chapter);
                    inherit(document, &head);
                }
            }
            if let Some(document) = documents.get_mut(at) {
                document.parts = book.parts;
            }
        }
    }
}

/// What the paths of a book's chapters begin with: they lie in its folder, which may be content/
/// itself, or are taken out of the one file that it is.
pub(in crate::library) fn inside(book: &Source) -> String {
    match book.path.as_ref() {
        "" => String::new(),
        file if is_markdown(file) => format!("{file}{MARK}"),
        folder => format!("{folder}/"),
    }
}

/// What a book says of itself holds for a chapter that does not say otherwise.
fn inherit(chapter: &mut Document, book: &Document) {
    if chapter.industries.is_empty() {
        chapter.industries.clone_from(&book.industries);
    }
    if chapter.topics.is_empty() {
        chapter.topics.clone_from(&book.topics);
    }
    if chapter.source.front.authors.is_empty() {
        chapter.authors.clone_from(&book.authors);
    }
    if chapter.date.is_none() {
        chapter.date = book.date;
        chapter.timestamp = book.timestamp;
    }
    chapter.draft |= book.draft;
    chapter.scheduled |= book.scheduled;
    chapter.expired |= book.expired;
    if !book.is_live() && chapter.is_live() {
        chapter.standing = book.standing.clone();
    }
}
