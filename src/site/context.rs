//! What templates are given; docs/templates.md is the contract.
//!
//! A card is made once for each document and shared by every list that shows it: a list holds
//! references, never copies of what it lists.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;
use tera::{Map, Value};

use super::Site;
use super::faces::made_cover;
use super::plan::{List, home_address, list_address};
use crate::book::Face;
use crate::library::vocabulary::IndustryId;
use crate::library::{Author, AuthorId, ChapterEntry, DocId, Document, Library, Picture};
use crate::source::front_matter::Kind;
use crate::source::markdown::table_of_contents;

/// How many industries a card names.
const ON_A_CARD: usize = 3;

/// Builds a map for a template.
macro_rules! map {
    ($($key:literal => $value:expr),* $(,)?) => {{
        let mut map = tera::Map::new();
        $(map.insert(tera::value::Key::from($key), tera::Value::from($value));)*
        map
    }};
}
pub(super) use map;

/// The cards of all documents, and the names and addresses that they share.
#[derive(Clone)]
pub(super) struct Cards {
    cards: Vec<Value>,
    terms: Arc<Terms>,
}

/// Names with the addresses of their lists, by language.
#[derive(Default)]
struct Terms {
    industries: HashMap<(String, IndustryId), Value>,
    topics: HashMap<(String, String), Value>,
    authors: HashMap<(String, AuthorId), Value>,
}

impl Cards {
    /// Makes the card of every document, in parallel.
    pub fn new(library: &Library) -> Self {
        let terms = Arc::new(Terms::new(library));
        let cards = library.documents.par_iter();
        let cards = cards.map(|document| Value::from(terms.card(library, document, ON_A_CARD)));
        Cards {
            cards: cards.collect(),
            terms,
        }
    }

    /// The same with a new card for one document.
    pub fn refreshed(&self, library: &Library, id: DocId) -> Self {
        let mut cards = self.clone();
        if let Some(card) = cards.cards.get_mut(id.index()) {
            *card = Value::from(self.terms.card(library, library.document(id), ON_A_CARD));
        }
        cards
    }

    /// The card of a document.
    pub fn get(&self, id: DocId) -> Value {
        self.cards
            .get(id.index())
            .cloned()
            .unwrap_or_else(Value::none)
    }

    /// The cards of several documents.
    pub fn all(&self, ids: impl IntoIterator<Item = DocId>) -> Value {
        Value::from(ids.into_iter().map(|id| self.get(id)).collect::<Vec<_>>())
    }
}

impl Terms {
    fn new(library: &Library) -> Self {
        let mut terms = Terms::default();
        for (lang, shelves) in library.shelves.iter() {
            for id in shelves.industries.keys() {
                let name = library.vocabulary.name(*id, lang);
                let list = List::Industry(*id, None);
                terms
                    .industries
                    .insert((lang.clone(), *id), term(library, lang, name, &list));
            }
            for (slug, topic) in &shelves.topics {
                let list = List::Topic(slug.clone());
                let value = term(library, lang, &topic.name, &list);
                terms.topics.insert((lang.clone(), slug.clone()), value);
            }
            for id in shelves.authors.keys() {
                let name = &library.authors[id.index()].name;
                let value = term(library, lang, name, &List::Author(*id));
                terms.authors.insert((lang.clone(), *id), value);
            }
        }
        terms
    }

    /// A document's card, with so many of its industries at most.
    fn card(&self, library: &Library, document: &Document, industries: usize) -> Map {
        let front = &document.source.front;
        let lang = document.lang().to_owned();
        let named =
            |id: &IndustryId| {
                let known = self.industries.get(&(lang.clone(), *id)).cloned();
                known.unwrap_or_else(|| Value::from(map! {
                "name" => library.vocabulary.name(*id, &lang),
                "url" => library.base.path(&list_address(library, &lang, &List::Industries)),
            }))
            };
        let topic = |slug: &String| self.topics.get(&(lang.clone(), slug.clone())).cloned();
        let author = |id: &AuthorId| {
            let known = self.authors.get(&(lang.clone(), *id)).cloned();
            known.unwrap_or_else(|| {
                Value::from(map! {
                    "name" => library.authors[id.index()].name.as_str(),
                    "url" => Value::none(),
                })
            })
        };
        let minutes = match document.kind {
            Kind::Link | Kind::File => 0,
            Kind::Book => book_minutes(library, document),
            _ => document.minutes(),
        };
        map! {
            "title" => document.title.as_str(),
            "short_title" => front.short_title.as_deref().unwrap_or(&document.title),
            "summary" => document.summary.as_str(),
            "url" => library.base.path(&document.address),
            "kind" => document.kind.name(),
            "lang" => lang.as_str(),
            "date" => document.date.map(|date| date.to_string()),
            "updated" => front.updated.map(|date| date.to_string()),
            "minutes" => minutes,
            "industries" => document.industries.iter().take(industries).map(named).collect::<Vec<_>>(),
            "general" => front.general,
            "topics" => document.topics.iter().filter_map(topic).collect::<Vec<_>>(),
            "authors" => document.authors.iter().map(author).collect::<Vec<_>>(),
            "image" => picture(document.image.as_ref(), &document.title),
            "cover" => picture(cover(library, document).as_ref(), &document.title),
            "host" => front.link.as_ref().map(|link| host(&link.text).to_owned()),
            "why" => front.why.as_deref(),
            "format" => document.file.as_ref().map(|file| file.format.as_str()),
            "size" => document.file.as_ref().map(|file| file.size),
            "draft" => document.draft,
            "scheduled" => document.scheduled,
            "expired" => document.expired,
            "id" => document.id.as_str(),
            "revision" => document.revision,
        }
    }
}

fn term(library: &Library, lang: &str, name: &str, list: &List) -> Value {
    let url = library.base.path(&list_address(library, lang, list));
    Value::from(map! { "name" => name, "url" => url })
}

pub(super) fn book_minutes(library: &Library, book: &Document) -> u32 {
    fn add(library: &Library, chapters: &[ChapterEntry]) -> u32 {
        let one = |entry: &ChapterEntry| {
            let own = entry
                .document
                .map_or(0, |id| library.document(id).minutes());
            own + add(library, &entry.children)
        };
        chapters.iter().map(one).sum()
    }
    book.parts
        .iter()
        .map(|part| add(library, &part.chapters))
        .sum()
}

/// The cover of a book: the author's own, else the designed one.
fn cover(library: &Library, document: &Document) -> Option<Picture> {
    let own = document
        .image
        .clone()
        .filter(|_| document.kind == Kind::Book);
    own.or_else(|| made_cover(library, document, Face::CoverSvg))
}

/// A picture as templates know it.
pub(super) fn picture(picture: Option<&Picture>, alt: &str) -> Value {
    match picture {
        Some(picture) => Value::from(map! {
            "url" => picture.url.as_str(),
            "width" => picture.size.map(|(width, _)| width),
            "height" => picture.size.map(|(_, height)| height),
            "alt" => alt,
        }),
        None => Value::none(),
    }
}

/// The host of an address, without `www.`.
pub(super) fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}

impl Site {
    /// The variable `doc` of a document's own page.
    pub(super) fn doc(&self, id: DocId, html: String) -> Value {
        let library = &self.library;
        let document = library.document(id);
        let lang = document.lang();
        let mut doc = self.cards.terms.card(library, document, usize::MAX);
        let front = &document.source.front;
        let more = map! {
            "html" => Value::safe_string(&html),
            "toc" => Value::from_serializable(&table_of_contents(&document.source.body.headings)),
            "words" => document.source.body.words,
            "extra" => Value::from_serializable(&front.extra),
            "authors" => document.authors.iter().map(|id| self.author(*id, lang)).collect::<Vec<_>>(),
            "short_url" => library.base.full(&document.short_address()),
            "translations" => self.translations(document),
            "related" => self.cards.all(library.related(id)),
            "downloads" => self.downloads(document),
            "review_by" => front.review_by.map(|date| date.to_string()),
        };
        doc.extend(more);
        // A picture that the text shows is not shown above it as well.
        if document
            .image
            .as_ref()
            .is_some_and(|image| document.hrefs.contains(&image.url))
        {
            doc.insert("image".into(), Value::none());
        }
        match document.kind {
            Kind::Link => {
                let url = front
                    .link
                    .as_ref()
                    .map(|link| link.text.as_str())
                    .unwrap_or_default();
                doc.insert(
                    "link".into(),
                    Value::from(map! { "url" => url, "host" => host(url) }),
                );
            }
            Kind::File => {
                doc.insert("file".into(), self.file(document));
            }
            Kind::Book => {
                doc.insert("book".into(), self.readers.book(id));
            }
            Kind::Chapter => self.readers.add_chapter(&mut doc, library, id),
            Kind::Article | Kind::Page | Kind::Author | Kind::Handout => {}
        }
        Value::from(doc)
    }

    fn translations(&self, document: &Document) -> Value {
        let value = |id: &DocId| {
            let other = self.library.document(*id);
            Value::from(map! {
                "lang" => other.lang(),
                "name" => self.language_name(other.lang()),
                "url" => self.library.base.path(&other.address),
                "title" => other.title.as_str(),
            })
        };
        Value::from(document.translations.iter().map(value).collect::<Vec<_>>())
    }

    pub(super) fn file(&self, document: &Document) -> Value {
        match &document.file {
            Some(file) => file_value(file),
            None => Value::none(),
        }
    }

    /// An author as the foot of a piece shows them.
    pub(super) fn author(&self, id: AuthorId, lang: &str) -> Value {
        let author: &Author = &self.library.authors[id.index()];
        let has_page = self
            .library
            .shelves
            .get(lang)
            .is_some_and(|shelves| shelves.authors.contains_key(&id));
        let url = has_page.then(|| {
            let list = List::Author(id);
            self.library
                .base
                .path(&list_address(&self.library, lang, &list))
        });
        let link = |link: &crate::config::AuthorLink| {
            Value::from(map! { "name" => link.name.as_str(), "url" => link.url.as_str() })
        };
        let bio = self
            .bios
            .get(id.index())
            .map(String::as_str)
            .unwrap_or_default();
        Value::from(map! {
            "name" => author.name.as_str(),
            "role" => author.role.as_deref(),
            "bio" => Value::safe_string(bio),
            "photo" => picture(self.photos.get(id.index()).and_then(Option::as_ref), &author.name),
            "url" => url,
            "initials" => initials(&author.name),
            "links" => author.links.iter().map(link).collect::<Vec<_>>(),
        })
    }

    /// What a language is called by those who speak it.
    pub(super) fn language_name(&self, lang: &str) -> String {
        let named = self
            .library
            .config
            .languages
            .get(lang)
            .and_then(|language| language.name.clone());
        named
            .or_else(|| crate::language::own_name(lang).map(str::to_owned))
            .unwrap_or_else(|| lang.to_owned())
    }

    /// The home page of a language as pages link to it.
    pub(super) fn home_url(&self, lang: &str) -> String {
        self.library.base.path(&home_address(&self.library, lang))
    }
}

/// A file that is given, as templates know it.
pub(super) fn file_value(file: &crate::library::FileFacts) -> Value {
    Value::from(map! {
        "url" => file.url.as_str(),
        "name" => file.name.as_str(),
        "format" => file.format.as_str(),
        "size" => file.size,
        "pages" => file.pages,
        "title" => file.title.as_deref(),
    })
}

/// The first letters of the first and the last name.
fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let letters = match words.as_slice() {
        [] => Vec::new(),
        [one] => vec![*one],
        [first, .., last] => vec![*first, *last],
    };
    letters
        .iter()
        .filter_map(|word| word.chars().next())
        .flat_map(char::to_uppercase)
        .collect()
}
