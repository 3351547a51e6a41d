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
mod chapters;
mod document;
mod links;
mod redirects;
mod related;
mod resolve;
mod settle;
mod shelves;
mod upkeep;

pub use address::slug;
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

use rustc_hash::FxHashMap;

use crate::config::{BaseUrl, Config};
use lock::{Lock, ShortId};
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
    pub documents: Vec<Document>,
    /// Who wrote them.
    pub authors: Vec<Author>,
    /// The lists, by language.
    pub shelves: BTreeMap<String, Shelves>,
    /// For each document, the ones to read next.
    pub related: Vec<Vec<DocId>>,
    /// Files that are published as they are.
    pub assets: Assets,
    /// Addresses that lead elsewhere: from, and the document that they lead to.
    pub redirects: Vec<(String, DocId)>,
    /// Every address ever published, as it is after this build.
    pub lock: Lock,
    by_path: FxHashMap<Arc<str>, DocId>,
    by_address: FxHashMap<String, DocId>,
    by_id: FxHashMap<ShortId, DocId>,
    /// Documents that exist but are not part of this build, by path, and why.
    hidden: FxHashMap<Arc<str>, &'static str>,
    /// Where documents of one file name lie.
    by_file_name: FxHashMap<String, Vec<DocId>>,
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
            .map(|(at, document)| (DocId::new(at), document))
    }

    /// The document at a path relative to content/.
    pub fn by_path(&self, path: &str) -> Option<DocId> {
        self.by_path.get(path).copied()
    }

    /// The document with a short id.
    pub fn by_id(&self, id: &str) -> Option<DocId> {
        self.by_id.get(&ShortId::parse(id).ok()?).copied()
    }

    /// The document at an address, such as `/articles/a/`.
    pub fn by_address(&self, address: &str) -> Option<DocId> {
        self.by_address.get(address).copied()
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
