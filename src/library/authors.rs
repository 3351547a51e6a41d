//! Who wrote what: profiles from goodturn.yaml and from content, and plain names.

use std::collections::HashMap;

use super::address::slug;
use super::document::DocId;
use crate::config::{AuthorLink, AuthorProfile, Config};
use crate::source::Source;

/// The number of an author in the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AuthorId(u32);

impl AuthorId {
    pub(super) fn new(index: usize) -> Self {
        AuthorId(index as u32)
    }

    /// Its place in [`super::Library::authors`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Somebody who wrote something.
#[derive(Clone, Debug)]
pub struct Author {
    /// The name to show.
    pub name: String,
    /// The last part of the address of their page.
    pub slug: String,
    /// What they do.
    pub role: Option<String>,
    /// A few sentences in Markdown, from goodturn.yaml.
    pub bio: Option<String>,
    /// A picture: a path as the author of the library wrote it.
    pub photo: Option<String>,
    /// Where to find them.
    pub links: Vec<AuthorLink>,
    /// The document that is their profile, where there is one.
    pub document: Option<DocId>,
}

/// Finds authors by the words used in front matter; unknown ones are taken as names.
#[derive(Debug, Default)]
pub(super) struct AuthorIndex {
    pub authors: Vec<Author>,
    by_word: HashMap<String, AuthorId>,
    /// The words of one document, remembered: most documents share theirs.
    exact: HashMap<String, AuthorId>,
}

impl AuthorIndex {
    /// The profiles of the settings.
    pub fn new(config: &Config) -> Self {
        let mut index = AuthorIndex::default();
        for (key, profile) in &config.authors {
            index.profile(key, profile);
        }
        index
    }

    fn profile(&mut self, key: &str, profile: &AuthorProfile) {
        let name = profile.name.clone().unwrap_or_else(|| key.to_owned());
        let id = self.push(Author {
            slug: slug(key),
            name: name.clone(),
            role: profile.role.clone(),
            bio: profile.bio.clone(),
            photo: profile.photo.as_ref().map(|photo| photo.value.clone()),
            links: profile.links.clone(),
            document: None,
        });
        self.by_word.insert(slug(key), id);
        self.by_word.entry(slug(&name)).or_insert(id);
    }

    /// A profile written as a document (`kind: author`).
    pub fn document(&mut self, source: &Source, document: DocId) -> AuthorId {
        let key = slug(crate::source::walk::file_name(&source.translation_key));
        let text = |name: &str| {
            source
                .front
                .extra
                .get(name)
                .and_then(|value| value.as_str())
        };
        let links: Vec<AuthorLink> = source
            .front
            .extra
            .get("links")
            .and_then(|links| serde_json::from_value(links.clone()).ok())
            .unwrap_or_default();
        let id = match self.by_word.get(&key) {
            Some(id) => *id,
            None => self.push(Author {
                name: source.title.clone(),
                slug: key.clone(),
                role: None,
                bio: None,
                photo: None,
                links: Vec::new(),
                document: None,
            }),
        };
        if let Some(author) = self.authors.get_mut(id.index()) {
            author.name.clone_from(&source.title);
            author.role = text("role").map(str::to_owned).or(author.role.take());
            author.photo = source
                .front
                .image
                .as_ref()
                .map(|word| word.text.clone())
                .or(author.photo.take());
            author.document = Some(document);
            if !links.is_empty() {
                author.links = links;
            }
        }
        self.by_word.insert(slug(&source.title), id);
        self.by_word.insert(key, id);
        id
    }

    /// The author that a word means.
    pub fn find(&mut self, word: &str) -> AuthorId {
        if let Some(id) = self.exact.get(word) {
            return *id;
        }
        let mut key = slug(word);
        if key.is_empty() {
            key = format!("{:08x}", xxhash_rust::xxh3::xxh3_64(word.as_bytes()) as u32);
        }
        let id = match self.by_word.get(&key) {
            Some(id) => *id,
            None => {
                let id = self.push(Author {
                    name: word.to_owned(),
                    slug: key.clone(),
                    role: None,
                    bio: None,
                    photo: None,
                    links: Vec::new(),
                    document: None,
                });
                self.by_word.insert(key, id);
                id
            }
        };
        self.exact.insert(word.to_owned(), id);
        id
    }

    fn push(&mut self, author: Author) -> AuthorId {
        self.authors.push(author);
        AuthorId::new(self.authors.len() - 1)
    }
}
