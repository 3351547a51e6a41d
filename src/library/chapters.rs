//! A book's chapters, joined to the documents that they are.

use std::collections::HashMap;

use super::document::{Chapter, DocId};
use crate::config::Config;
use crate::diagnostics::{Diagnostic, Place, did_you_mean};
use crate::source::book::{OutlineChapter, OutlineItem};
use crate::source::{BookSource, Source};

/// A part of a book, or the chapters that stand before, between or after its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BookPart {
    /// Its heading.
    pub title: Option<String>,
    /// Its chapters.
    pub chapters: Vec<ChapterEntry>,
}

/// A line of a book's contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChapterEntry {
    /// What the contents call it.
    pub title: String,
    /// The chapter; none for one that is not written yet.
    pub document: Option<DocId>,
    /// Its number, if it is numbered.
    pub number: Option<String>,
    /// The chapters below it.
    pub children: Vec<ChapterEntry>,
}

/// A book with its chapters found.
#[derive(Debug, Default)]
pub(super) struct Bound {
    pub parts: Vec<BookPart>,
    /// The chapters in reading order, with their place and the title that the contents give.
    pub order: Vec<(DocId, Chapter, String)>,
}

/// Finds the chapters of a book. `chapters` are the sources in the book's folder, by path.
pub(super) fn bind(
    book: DocId,
    source: &Source,
    special: &BookSource,
    chapters: &HashMap<&str, (DocId, &Source)>,
    config: &Config,
    problems: &mut Vec<Diagnostic>,
) -> Bound {
    let mut binder = Binder {
        book,
        inside: super::resolve::inside(source),
        chapters,
        config,
        problems,
        bound: Bound::default(),
        seen: HashMap::new(),
        count: 0,
    };
    for item in &special.outline.items {
        binder.item(item);
    }
    binder.connect();
    binder.tell_unlisted(source);
    if binder.bound.order.is_empty() {
        let (place, help) = match &special.whole {
            Some(whole) => (
                whole.place.clone(),
                "begin each chapter with a heading of the level that `split:` names",
            ),
            None => (
                Place::file(source.file.clone()),
                "put Markdown files beside it, or list them under `chapters:`",
            ),
        };
        binder.problems.push(
            Diagnostic::new(
                config.severity(),
                format!("the book \"{}\" has no chapters", source.title),
            )
            .at(place)
            .help(help),
        );
    }
    binder.bound
}

struct Binder<'a> {
    book: DocId,
    inside: String,
    chapters: &'a HashMap<&'a str, (DocId, &'a Source)>,
    config: &'a Config,
    problems: &'a mut Vec<Diagnostic>,
    bound: Bound,
    seen: HashMap<String, Place>,
    count: usize,
}

impl Binder<'_> {
    fn item(&mut self, item: &OutlineItem) {
        match item {
            OutlineItem::Part(title) => self.bound.parts.push(BookPart {
                title: Some(title.clone()),
                chapters: Vec::new(),
            }),
            OutlineItem::Chapter(chapter) => {
                let number = chapter.numbered.then(|| {
                    self.count += 1;
                    self.count.to_string()
                });
                let is_numbered = number.is_some();
                let Some(entry) = self.entry(chapter, number) else {
                    return;
                };
                // An unnumbered chapter after a part's numbered ones belongs to no part.
                let fits = self.bound.parts.last().is_some_and(|part| {
                    part.chapters
                        .last()
                        .is_none_or(|last| last.number.is_some() == is_numbered)
                        && (is_numbered || part.title.is_none())
                });
                if !fits {
                    self.bound.parts.push(BookPart::default());
                }
                if let Some(part) = self.bound.parts.last_mut() {
                    part.chapters.push(entry);
                }
            }
        }
    }

    fn entry(&mut self, chapter: &OutlineChapter, number: Option<String>) -> Option<ChapterEntry> {
        let mut title = chapter.title.clone();
        let document = match &chapter.path {
            None => None,
            Some(path) => match self.find(path, chapter) {
                Some((id, source)) => {
                    let shown = title.get_or_insert_with(|| source.title.clone()).clone();
                    let place = Chapter {
                        book: self.book,
                        number: number.clone(),
                        previous: None,
                        next: None,
                    };
                    self.bound.order.push((id, place, shown));
                    Some(id)
                }
                // Those below a chapter that is not there are not lost with it.
                None if !chapter.children.is_empty() => None,
                None => return None,
            },
        };
        let children = chapter
            .children
            .iter()
            .enumerate()
            .filter_map(|(at, child)| {
                let number = number.as_ref().map(|number| format!("{number}.{}", at + 1));
                self.entry(child, number)
            })
            .collect();
        Some(ChapterEntry {
            title: title.unwrap_or_default(),
            document,
            number,
            children,
        })
    }

    fn find(&mut self, path: &str, chapter: &OutlineChapter) -> Option<(DocId, &Source)> {
        if let Some(first) = self.seen.insert(path.to_owned(), chapter.place.clone()) {
            let help = format!("it is already listed in {}", first.file);
            self.tell(
                format!("the chapter `{path}` is listed twice"),
                chapter,
                Some(help),
            );
            return None;
        }
        let found = self.chapters.get(path).copied();
        if found.is_none() {
            let name = crate::source::walk::file_name(path);
            let names = self
                .chapters
                .keys()
                .map(|path| crate::source::walk::file_name(path));
            let help = match path.starts_with(&self.inside) {
                false => "chapters lie in the folder of their book: move the file there".to_owned(),
                true => did_you_mean(name, names)
                    .unwrap_or_else(|| "write the file, or take the line out".to_owned()),
            };
            self.tell(
                format!("there is no chapter {}", self.config.shown(path)),
                chapter,
                Some(help),
            );
        }
        found
    }

    fn tell(&mut self, message: String, chapter: &OutlineChapter, help: Option<String>) {
        self.problems.push(
            Diagnostic::new(self.config.severity(), message)
                .at(chapter.place.clone())
                .maybe_help(help),
        );
    }

    /// Chapters know the one before and the one after.
    fn connect(&mut self) {
        let ids: Vec<DocId> = self.bound.order.iter().map(|(id, ..)| *id).collect();
        for (at, (_, chapter, _)) in self.bound.order.iter_mut().enumerate() {
            chapter.previous = at
                .checked_sub(1)
                .and_then(|before| ids.get(before))
                .copied();
            chapter.next = ids.get(at + 1).copied();
        }
    }

    fn tell_unlisted(&mut self, source: &Source) {
        let mut unlisted: Vec<&Source> = self
            .chapters
            .values()
            .map(|(_, chapter)| *chapter)
            .filter(|chapter| !self.seen.contains_key(chapter.path.as_ref()))
            .collect();
        unlisted.sort_by(|a, b| a.path.cmp(&b.path));
        for chapter in unlisted {
            self.problems.push(
                Diagnostic::warning("this file is not listed in its book, so it is not published")
                    .at(Place::file(chapter.file.clone()))
                    .help(format!(
                        "list it in {}, or move it out of the book",
                        source.file
                    )),
            );
        }
    }
}
