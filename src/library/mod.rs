//! The model: what the library holds, joined from all sources.
//!
//! In: [`crate::source::Sources`], the settings, the vocabulary and the lock. Out: a [`Library`],
//! an immutable snapshot in which industries, topics, authors, chapters, addresses, links and
//! related pieces are settled. [`resolve`] is the only stage that sees everything at once; it
//! stays close to linear in the number of documents.

pub mod lock;
pub mod vocabulary;

mod address;
mod assets;
mod authors;
mod catalogue;
mod chapters;
mod document;
pub mod handout;
mod kind;
mod links;
mod redirects;
mod refresh;
mod related;
mod resolve;
mod settle;
mod shelves;
mod upkeep;

pub use address::{encode_path, slug};
pub use assets::{Assets, FileFacts, format_name};
pub use authors::{Author, AuthorId};
pub use chapters::{BookPart, ChapterEntry};
pub use document::{Chapter, DocId, Document, Picture, Standing};
pub use links::{Broken, Target};
pub use resolve::{Options, Outcome, resolve};
pub use shelves::{Shelf, Shelves, Topic};
pub use upkeep::overdue;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::{BaseUrl, Config};
use catalogue::Catalogue;
use related::Related;
use vocabulary::Vocabulary;

/// A library as it stood at one moment.
#[derive(Debug)]
pub struct Library {
    /// The settings.
    pub config: Arc<Config>,
    /// Where the site will be.
    pub base: BaseUrl,
    /// The industries.
    pub vocabulary: Arc<Vocabulary>,
    /// Every document that is part of this build, sorted by path.
    pub documents: Vec<Arc<Document>>,
    /// Who wrote them.
    pub authors: Arc<Vec<Author>>,
    /// The lists, by language.
    pub shelves: Arc<BTreeMap<String, Shelves>>,
    /// Files that are published as they are.
    pub assets: Arc<Assets>,
    /// Addresses that lead elsewhere: from, and the document that they lead to.
    pub redirects: Arc<Vec<(String, DocId)>>,
    catalogue: Arc<Catalogue>,
    related: Arc<Related>,
}

impl Library {
    /// A document.
    pub fn document(&self, id: DocId) -> &Document {
        // A DocId is only ever made for a document of its own library.
        &self.documents[id.index()]
    }

    /// Every document with its number.
    pub fn iter(&self) -> impl Iterator<Item = (DocId, &Document)> {
        self.documents
            .iter()
            .enumerate()
            .map(|(at, document)| (DocId::new(at), document.as_ref()))
    }

    /// The document at a path relative to content/.
    pub fn by_path(&self, path: &str) -> Option<DocId> {
        self.catalogue.by_path(path)
    }

    /// The document with a short id.
    pub fn by_id(&self, id: &str) -> Option<DocId> {
        self.catalogue.by_id(id)
    }

    /// The document at an address, such as `/articles/a/`.
    pub fn by_address(&self, address: &str) -> Option<DocId> {
        self.catalogue.by_address(address)
    }

    /// What to read after a document, the best first.
    pub fn related(&self, id: DocId) -> Vec<DocId> {
        self.related.to(id, &self.documents)
    }

    /// What is known of a file that is published as it is.
    pub fn file_facts(&self, path: &str) -> Option<FileFacts> {
        self.assets.facts(path, &self.base.prefix)
    }

    /// The number of the author at a place in [`Library::authors`].
    pub fn author_id(&self, at: usize) -> Option<AuthorId> {
        (at < self.authors.len()).then(|| AuthorId::new(at))
    }

    /// The resources that are given: no pages, no chapters, nothing retired.
    pub fn resources(&self) -> impl Iterator<Item = (DocId, &Document)> {
        self.iter().filter(|(_, document)| document.is_listed())
    }
}
