//! Where documents are found: by path, by address, by short id, by file name.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::document::{DocId, Document};
use super::lock::ShortId;
use crate::source::book::is_own_page;
use crate::source::walk::file_name;

/// Why a file of a book is not part of a build that its contents leave out.
pub(super) const UNLISTED: &str = "not listed in its book";

/// Where the documents of a library are found. It knows nothing of what they say.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    by_path: FxHashMap<Arc<str>, DocId>,
    by_address: FxHashMap<String, DocId>,
    by_id: FxHashMap<ShortId, DocId>,
    by_file_name: FxHashMap<String, Vec<DocId>>,
    hidden: FxHashMap<Arc<str>, Hidden>,
    hidden_ids: FxHashMap<ShortId, Arc<str>>,
}

/// A document that exists but is not part of this build.
#[derive(Debug)]
pub(super) struct Hidden {
    /// Why, in words.
    pub why: &'static str,
    /// Its short id, where it has one already.
    pub id: Option<ShortId>,
    /// Its file, as messages name it.
    pub file: Arc<str>,
}

impl Catalogue {
    /// `hidden` are the documents that exist but are not part of this build, by path.
    pub fn new(documents: &[Document], hidden: FxHashMap<Arc<str>, Hidden>) -> Self {
        let ids = hidden.iter();
        let ids = ids.filter_map(|(path, hidden)| Some((hidden.id?, path.clone())));
        let mut catalogue = Catalogue {
            hidden_ids: ids.collect(),
            hidden,
            ..Catalogue::default()
        };
        for (at, document) in documents.iter().enumerate() {
            let id = DocId::new(at);
            let path = &document.source.path;
            catalogue.by_path.insert(path.clone(), id);
            catalogue.by_address.insert(document.address.clone(), id);
            catalogue.by_id.insert(document.id, id);
            let name = file_name(path);
            if !is_own_page(name) {
                let same = catalogue.by_file_name.entry(name.to_owned());
                same.or_default().push(id);
            }
        }
        catalogue
    }

    pub fn by_path(&self, path: &str) -> Option<DocId> {
        self.by_path.get(path).copied()
    }

    pub fn by_id(&self, id: &str) -> Option<DocId> {
        self.by_id.get(&ShortId::parse(id).ok()?).copied()
    }

    pub fn by_address(&self, address: &str) -> Option<DocId> {
        self.by_address.get(address).copied()
    }

    /// The first document of a file name, wherever it lies.
    pub fn by_file_name(&self, name: &str) -> Option<DocId> {
        self.by_file_name.get(name)?.first().copied()
    }

    /// Why the document at a path is not part of this build.
    pub fn hidden(&self, path: &str) -> Option<&'static str> {
        Some(self.hidden.get(path)?.why)
    }

    /// The file of the document of an id that is not part of this build, and why it is not.
    pub fn hidden_id(&self, id: &str) -> Option<(&str, &'static str)> {
        let path = self.hidden_ids.get(&ShortId::parse(id).ok()?)?;
        let hidden = self.hidden.get(path)?;
        Some((&hidden.file, hidden.why))
    }
}
