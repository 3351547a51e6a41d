//! A document of the library: a source whose place among the others is settled.

use std::sync::Arc;

use super::assets::FileFacts;
use super::authors::AuthorId;
use super::chapters::BookPart;
use super::lock::ShortId;
use super::vocabulary::IndustryId;
use crate::source::Source;
use crate::source::dates::Moment;
use crate::source::front_matter::{BookFormat, Kind};

/// The number of a document in its library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocId(u32);

impl DocId {
    pub(super) fn new(index: usize) -> Self {
        DocId(index as u32)
    }

    /// Its place in [`super::Library::documents`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Whether a document is there to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is.
    Live,
    /// It was given out once and is no longer; the reason where there is one.
    Retired(Option<String>),
    /// It expired on its own day.
    Expired,
    /// Another page took its place: its full address or path on the site.
    Replaced(String),
}

/// A picture with its size in pixels, where that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its address on the site, with the base address's path.
    pub url: String,
    /// Width and height.
    pub size: Option<(u32, u32)>,
}

impl Picture {
    /// Whether it is a drawing (SVG), going by its name.
    pub fn is_drawing(&self) -> bool {
        self.url.to_ascii_lowercase().ends_with(".svg")
    }
}

/// A chapter's place in its book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// The book.
    pub book: DocId,
    /// Its number, such as `2.1`, if it is numbered.
    pub number: Option<String>,
    /// The chapter before it.
    pub previous: Option<DocId>,
    /// The chapter after it.
    pub next: Option<DocId>,
}

/// A document of the library.
#[derive(Clone, Debug)]
pub struct Document {
    /// What the author wrote.
    pub source: Arc<Source>,
    /// What it is.
    pub kind: Kind,
    /// What it is called here; a chapter may be called otherwise in its book's contents.
    pub title: String,
    /// What the reader gets from it; may be empty.
    pub summary: String,
    /// Its short id.
    pub id: ShortId,
    /// Its address, such as `/articles/a/`.
    pub address: String,
    /// The industries that it names, best known first.
    pub industries: Vec<IndustryId>,
    /// The slugs of its topics.
    pub topics: Vec<String>,
    /// Who wrote it.
    pub authors: Vec<AuthorId>,
    /// When it was written.
    pub date: Option<Moment>,
    /// The moment that lists sort by, in seconds since 1970; undated pieces come last.
    pub timestamp: i64,
    /// The same document in other languages, this one excluded.
    pub translations: Vec<DocId>,
    /// For each link of the body, where it leads on the site; empty for links that lead outside.
    pub hrefs: Vec<String>,
    /// The sizes of pictures, by the number of their link.
    pub sizes: Vec<(u32, (u32, u32))>,
    /// Its picture.
    pub image: Option<Picture>,
    /// What is known of the file that it gives.
    pub file: Option<FileFacts>,
    /// The files that it is also given as.
    pub formats: Vec<BookFormat>,
    /// The fonts that those add to the bundled ones, by their paths in content/.
    pub fonts: Vec<String>,
    /// Its place in a book.
    pub chapter: Option<Chapter>,
    /// A book's contents.
    pub parts: Vec<BookPart>,
    /// The pieces in a handout.
    pub pieces: Vec<DocId>,
    /// Whether it is there to be read.
    pub standing: Standing,
    /// Not for publishing yet; here only because drafts were asked for.
    pub draft: bool,
    /// Not published before a later day; here only because that was asked for.
    pub scheduled: bool,
    /// Its day is over; here to be read only because that was asked for.
    pub expired: bool,
    /// How often its text was read anew since the library was resolved.
    pub revision: u32,
}

impl Document {
    /// The language.
    pub fn lang(&self) -> &str {
        &self.source.lang
    }

    /// Whether lists show it: a resource that is there to be read.
    pub fn is_listed(&self) -> bool {
        self.kind.is_resource() && self.is_live()
    }

    /// Whether it is there to be read.
    pub fn is_live(&self) -> bool {
        self.standing == Standing::Live
    }

    /// How long it takes to read, in minutes, at 220 words a minute; at least one.
    pub fn minutes(&self) -> u32 {
        self.source.body.words.div_ceil(220).max(1)
    }

    /// The short address: `/r/ID/`.
    pub fn short_address(&self) -> String {
        self.id.address()
    }
}
