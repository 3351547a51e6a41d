//! Books: one folder of Markdown, and three faces made from one tree per chapter.
//!
//! In: a [`Book`]: what its pages say, as cleaned trees, with its pictures. Out: an EPUB, a PDF
//! and a cover.

pub mod clean;
pub mod cover;
pub mod epub;
pub mod fonts;
pub mod markup;
#[cfg(feature = "pdf")]
pub mod pdf;
mod picture;
mod press;
mod tree;

use std::collections::BTreeMap;

pub use fonts::Font;
pub use press::{Face, Press, Printed};
pub use tree::{Element, Node};

/// A book, or an article that is given as one, ready to be set.
#[derive(Clone, Debug, Default, Hash)]
pub struct Book {
    /// Its permanent id, the same for every edition.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// The line below the title.
    pub subtitle: Option<String>,
    /// Who wrote it, in the order of the cover.
    pub authors: Vec<String>,
    /// The language, as BCP 47 has it.
    pub lang: String,
    /// What the reader gets from it.
    pub summary: Option<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// The names of its industries and topics.
    pub subjects: Vec<String>,
    /// The slug of its first industry, which colours the cover.
    pub industry: Option<String>,
    /// The licence, in words.
    pub licence: Option<String>,
    /// Which edition, in words.
    pub edition: Option<String>,
    /// The day it was published: `2026-11-23`.
    pub date: Option<String>,
    /// The moment of its last change, in seconds since 1970.
    pub modified: i64,
    /// Its address on the web, where that is known.
    pub url: Option<String>,
    /// Its parts in order. Chapters before, between or after parts are in parts without a title.
    pub parts: Vec<Part>,
    /// The pictures that its trees show, by the `src` that they have there.
    pub pictures: BTreeMap<String, Picture>,
    /// The author's own cover.
    pub cover: Option<Picture>,
    /// Fonts that the author adds, for what the bundled ones lack.
    pub fonts: Vec<Font>,
}

/// A part of a book.
#[derive(Clone, Debug, Default, Hash)]
pub struct Part {
    /// Its heading.
    pub title: Option<String>,
    /// Its chapters.
    pub chapters: Vec<Chapter>,
}

/// A chapter.
#[derive(Clone, Debug, Default, Hash)]
pub struct Chapter {
    /// What its id and the ids in its tree begin with; unique in the book: `pricing`. Links
    /// inside the book lead to `#pricing`, or to `#pricing-some-heading`.
    pub key: String,
    /// What it is called.
    pub title: String,
    /// Its number, such as `2.1`.
    pub number: Option<String>,
    /// The text, without the heading of the chapter itself; none for a line of the contents that
    /// is not written yet.
    pub tree: Vec<Node>,
    /// The chapters below it.
    pub children: Vec<Chapter>,
}

/// A picture's bytes, with their true type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Picture {
    /// What it is, read from its bytes: `image/png`, `image/jpeg`, `image/gif`, `image/webp` or
    /// `image/svg+xml`.
    pub media_type: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
    /// Width and height in pixels.
    pub size: Option<(u32, u32)>,
}
