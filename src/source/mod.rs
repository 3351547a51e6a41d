//! Reading files: one file becomes one [`Source`].
//!
//! In: a path in content/ and the settings that reading depends on. Out: front matter with the
//! place of every key, the Markdown rendered once (see [`markdown`]), and a few numbers about the
//! text. A source knows nothing of other files, so files are read in parallel and re-read alone.

pub mod book;
pub mod dates;
pub mod front_matter;
pub mod lone;
pub mod markdown;
pub mod split;
pub mod walk;

mod book_settings;
mod books;
mod dialect;
mod gitbook;
mod include;
mod name;
mod reader;
mod readings;
mod splitting;
mod terms;
mod within;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostics::Place;
use crate::library::lock::Fingerprint;
use book::Outline;
use dates::Moment;
use front_matter::FrontMatter;
pub use include::Included;
use markdown::Body;
pub use reader::Reader;
pub use readings::{Differences, Readings};
use walk::Entry;

/// One file (or one book's folder) as the author wrote it.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its path relative to content/; a book's is its folder.
    pub path: Arc<str>,
    /// The file as messages name it: relative to the library.
    pub file: Arc<str>,
    /// What the author says about it.
    pub front: FrontMatter,
    /// The date in its file name, as Jekyll has it.
    pub name_date: Option<Moment>,
    /// The text, rendered.
    pub body: Body,
    /// What it is called: front matter, else the first heading, else the file's name.
    pub title: String,
    /// Its language.
    pub lang: String,
    /// What its translations share: the path without extension and language.
    pub translation_key: String,
    /// A number that says how alike two texts are, for finding moved files.
    pub fingerprint: Fingerprint,
    /// The words of title, summary and headings, hashed, sorted: for related pieces.
    pub terms: Vec<u32>,
    /// The files that its text includes.
    pub included: Vec<Included>,
    /// For a book: the order of its chapters and what is only said of books.
    pub book: Option<BookSource>,
}

/// What is only said of books.
#[derive(Clone, Debug, Default)]
pub struct BookSource {
    /// The order of the chapters.
    pub outline: Outline,
    /// The line below the title.
    pub subtitle: Option<String>,
    /// Which edition.
    pub edition: Option<String>,
    /// Under which licence.
    pub licence: Option<String>,
    /// Who publishes it, where that is not the library.
    pub publisher: Option<String>,
    /// The one file that all chapters are taken out of, if there is one.
    pub whole: Option<Whole>,
}

/// A file that is taken apart into the chapters of a book.
#[derive(Clone, Debug)]
pub struct Whole {
    /// Its path relative to content/.
    pub path: Arc<str>,
    /// Where it is said that it is taken apart.
    pub place: Place,
    /// Where each heading lies now, by the fragment that led to it while the file was one.
    pub headings: BTreeMap<String, Moved>,
}

/// Where a heading of a file lies that is taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The path of its chapter; none for what stands before the first.
    pub chapter: Option<String>,
    /// The fragment that leads to it there; none where the page begins with it.
    pub fragment: Option<String>,
}

/// Everything read from content/.
#[derive(Debug, Default)]
pub struct Sources {
    /// Documents, books and chapters, sorted by path.
    pub documents: Vec<Arc<Source>>,
    /// Files that are published as they are.
    pub assets: Vec<Entry>,
    /// Markdown files that documents lead to and that are none: paths relative to content/.
    pub unlisted: Vec<Arc<str>>,
}
