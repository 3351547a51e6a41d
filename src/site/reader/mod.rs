//! The reader of books: what the pages of one book share, the page that holds all of it, and
//! what its search looks through.
//!
//! A book of a hundred chapters has a hundred pages, each with the contents of the whole book. So
//! the contents are made once, and every page is given the same value.

mod print;
mod search;

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;
use tera::{Map, Value};
use xxhash_rust::xxh3::Xxh3;

use super::context::{book_minutes, map};
use super::ebook;
use super::plan::{Output, Plan, file_at, print_address, search_address};
use crate::library::{BookPart, ChapterEntry, DocId, Document, Library};
use crate::source::front_matter::Kind;

/// What is known of every book.
#[derive(Clone, Default)]
pub(super) struct Readers {
    books: HashMap<DocId, Arc<Reader>>,
}

/// What the pages of one book share.
struct Reader {
    /// `doc.book` of templates.
    book: Value,
    places: HashMap<DocId, Place>,
}

/// Where a chapter stands.
#[derive(Default)]
struct Place {
    /// The heading of its part.
    part: Option<String>,
    /// How many words stand before it in the book.
    before: u32,
}

impl Readers {
    /// Looks through all books.
    pub fn new(library: &Library, plan: &Plan) -> Self {
        let documents: Vec<(DocId, &Document)> = library.iter().collect();
        let books = documents.par_iter().filter_map(|(id, document)| {
            let is_book = document.kind == Kind::Book;
            is_book.then(|| (*id, Arc::new(Reader::new(library, plan, document))))
        });
        Readers {
            books: books.collect(),
        }
    }

    /// The same after one document was read anew.
    pub fn refreshed(&self, library: &Library, plan: &Plan, id: DocId) -> Self {
        let mut readers = self.clone();
        let document = library.document(id);
        let book = document.chapter.as_ref().map_or(id, |chapter| chapter.book);
        if let Some(reader) = readers.books.get_mut(&book) {
            *reader = Arc::new(Reader::new(library, plan, library.document(book)));
        }
        readers
    }

    /// A book as templates know it.
    pub fn book(&self, id: DocId) -> Value {
        let reader = self.books.get(&id);
        reader.map_or_else(Value::none, |reader| reader.book.clone())
    }

    /// Adds to `doc` what the page of a chapter has besides.
    pub fn add_chapter(&self, doc: &mut Map, library: &Library, id: DocId) {
        let Some(chapter) = &library.document(id).chapter else {
            return;
        };
        let beside = |id: Option<DocId>| match id.map(|id| library.document(id)) {
            Some(other) => Value::from(map! {
                "title" => other.title.as_str(),
                "url" => library.base.path(&other.address),
                "number" => other.chapter.as_ref().and_then(|chapter| chapter.number.as_deref()),
            }),
            None => Value::none(),
        };
        let reader = self.books.get(&chapter.book);
        let place = reader.and_then(|reader| reader.places.get(&id));
        doc.extend(map! {
            "book" => self.book(chapter.book),
            "number" => chapter.number.as_deref(),
            "previous" => beside(chapter.previous),
            "next" => beside(chapter.next),
            "part" => place.and_then(|place| place.part.as_deref()),
            "before" => place.map_or(0, |place| place.before),
        });
    }
}

impl Reader {
    fn new(library: &Library, plan: &Plan, book: &Document) -> Self {
        let chapters = ebook::written(book);
        let mut places = HashMap::new();
        let mut words = 0;
        for id in &chapters {
            let part = None;
            let place = Place {
                part,
                before: words,
            };
            places.insert(*id, place);
            words += library.document(*id).source.body.words;
        }
        for part in &book.parts {
            name_part(part.title.as_deref(), &part.chapters, &mut places);
        }
        Reader {
            book: value(library, plan, book, &chapters, words),
            places,
        }
    }
}

/// Tells chapters which part they stand in.
fn name_part(title: Option<&str>, chapters: &[ChapterEntry], places: &mut HashMap<DocId, Place>) {
    for entry in chapters {
        if let Some(place) = entry.document.and_then(|id| places.get_mut(&id)) {
            place.part = title.map(str::to_owned);
        }
        name_part(title, &entry.children, places);
    }
}

/// A book's contents and what is said of it.
fn value(library: &Library, plan: &Plan, book: &Document, chapters: &[DocId], words: u32) -> Value {
    let special = book.source.book.clone().unwrap_or_default();
    let url = |id: &DocId| library.base.path(&library.document(*id).address);
    let print = print_address(book);
    let search = search_address(book);
    let is_printed = matches!(plan.get(&file_at(&print)), Some(Output::Print(_)));
    let is_searched = matches!(
        plan.get(search.trim_start_matches('/')),
        Some(Output::BookSearch(_))
    );
    let mark = || mark(library, chapters);
    let part = |part: &BookPart| {
        Value::from(map! {
            "title" => part.title.as_deref(),
            "chapters" => entries(library, &part.chapters),
        })
    };
    let count = book.parts.iter().map(|part| count(&part.chapters));
    // What is remembered of a book shows something of every chapter.
    let revisions = chapters.iter().map(|id| library.document(*id).revision);
    let revision = book.revision + revisions.sum::<u32>();
    Value::from(map! {
        "id" => book.id.as_str(),
        "revision" => revision,
        "title" => book.title.as_str(),
        "url" => library.base.path(&book.address),
        "subtitle" => special.subtitle,
        "edition" => special.edition,
        "licence" => special.licence,
        "parts" => book.parts.iter().map(part).collect::<Vec<_>>(),
        "first" => chapters.first().map(url),
        "count" => count.sum::<usize>(),
        "minutes" => book_minutes(library, book),
        "words" => words,
        "print" => is_printed.then(|| library.base.path(&print)),
        "search" => is_searched.then(|| format!("{}?v={}", library.base.path(&search), mark())),
    })
}

fn entries(library: &Library, chapters: &[ChapterEntry]) -> Value {
    let entry = |entry: &ChapterEntry| {
        let document = entry.document.map(|id| library.document(id));
        Value::from(map! {
            "id" => document.map(|document| document.id.as_str()),
            "title" => entry.title.as_str(),
            "url" => document.map(|document| library.base.path(&document.address)),
            "number" => entry.number.as_deref(),
            "minutes" => document.map_or(0, Document::minutes),
            "chapters" => entries(library, &entry.children),
        })
    };
    Value::from(chapters.iter().map(entry).collect::<Vec<_>>())
}

fn count(entries: &[ChapterEntry]) -> usize {
    entries.iter().map(|entry| 1 + count(&entry.children)).sum()
}

/// Eight digits that change when the text of a chapter does, so that no browser searches an old
/// text.
fn mark(library: &Library, chapters: &[DocId]) -> String {
    let mut hash = Xxh3::new();
    for id in chapters {
        let document = library.document(*id);
        hash.update(document.address.as_bytes());
        hash.update(document.title.as_bytes());
        hash.update(document.source.body.fragment.html.as_bytes());
    }
    format!("{:08x}", hash.digest() as u32)
}
