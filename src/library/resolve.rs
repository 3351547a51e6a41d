//! Joining the sources into a library: the one stage that sees everything at once.

mod addresses;
mod books;
mod terms;
mod translations;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::assets::Assets;
use super::authors::AuthorIndex;
use super::catalogue::{Catalogue, Hidden, UNLISTED};
use super::document::{DocId, Document, Standing};
use super::lock::{self, Lock};
use super::redirects::redirects;
use super::related::Related;
use super::settle::{Joined, join};
use super::vocabulary::{IndustryId, Vocabulary};
use super::{Library, kind, shelves, upkeep};
use crate::config::{BaseUrl, Config};
use crate::diagnostics::Diagnostic;
use crate::source::front_matter::Kind;
use crate::source::walk::file_name;
use crate::source::{Source, Sources};
pub(super) use addresses::foreign_address;
pub(super) use books::inside;
use translations::translations;

/// What is part of a build.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Drafts, too.
    pub drafts: bool,
    /// What is to be published on a later day, and what has expired, too.
    pub future: bool,
    /// The moment that counts as now, in seconds since 1970.
    pub now: i64,
}

/// A library, and what happened to its addresses.
#[derive(Debug)]
pub struct Outcome {
    /// The library.
    pub library: Library,
    /// Every address ever published, as it is after this build.
    pub lock: Lock,
    /// What is new in the lock.
    pub changes: lock::Changes,
}

/// Joins the sources.
pub fn resolve(
    config: Arc<Config>,
    base: BaseUrl,
    vocabulary: Arc<Vocabulary>,
    sources: Sources,
    old_lock: &Lock,
    options: Options,
    problems: &mut Vec<Diagnostic>,
) -> Outcome {
    let mut resolver = Resolver {
        config,
        base,
        vocabulary,
        options,
        problems,
        assets: Assets::new(sources.assets),
        industry_words: FxHashMap::default(),
        topic_names: BTreeMap::new(),
        topics_that_are_trades: BTreeMap::new(),
        authors: AuthorIndex::default(),
    };
    resolver.run(sources.documents, sources.unlisted, old_lock)
}

struct Resolver<'a> {
    config: Arc<Config>,
    base: BaseUrl,
    vocabulary: Arc<Vocabulary>,
    options: Options,
    problems: &'a mut Vec<Diagnostic>,
    assets: Assets,
    /// Words already looked up: most documents use the same few.
    industry_words: FxHashMap<String, Option<IndustryId>>,
    topic_names: BTreeMap<String, String>,
    /// Topics that name a trade, and how many documents carry them.
    topics_that_are_trades: BTreeMap<String, (IndustryId, usize)>,
    authors: AuthorIndex,
}

/// Whether a source is part of the build.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    In,
    Draft,
    Scheduled,
}

impl Resolver<'_> {
    fn run(
        &mut self,
        sources: Vec<Arc<Source>>,
        unlisted: Vec<Arc<str>>,
        old_lock: &Lock,
    ) -> Outcome {
        self.authors = AuthorIndex::new(&self.config);
        let mut kept: Vec<(Arc<Source>, Part)> = Vec::with_capacity(sources.len());
        let mut hidden: FxHashMap<Arc<str>, Hidden> = FxHashMap::default();
        for source in sources {
            self.problems.extend(upkeep::never_shown(&source));
            let part = self.part(&source);
            let why = match part {
                Part::Draft => Some("a draft"),
                Part::Scheduled => Some("scheduled for a later day"),
                Part::In => None,
            };
            if let Some(why) = why {
                let (id, file) = (None, source.file.clone());
                hidden.insert(source.path.clone(), Hidden { why, id, file });
            }
            if !is_empty_section(&source) {
                kept.push((source, part));
            }
        }
        let dropped = self.drop_unlisted_chapters(&mut kept);
        let unlisted = unlisted.into_iter().chain(dropped);
        for path in unlisted {
            let file = self.config.shown(&path).into();
            let (why, id) = (UNLISTED, None);
            hidden.insert(path, Hidden { why, id, file });
        }
        let (addresses, reconciled) = self.addresses(&kept, old_lock);
        let mut documents = Vec::with_capacity(kept.len());
        for (((source, part), address), id) in kept.into_iter().zip(addresses).zip(reconciled.ids) {
            if part == Part::In {
                documents.push(self.document(source, address, id));
            } else if let Some(hidden) = hidden.get_mut(&source.path) {
                hidden.id = Some(id);
            }
        }
        let redirects = redirects(&documents, &reconciled.redirects);
        self.bind_books(&mut documents);
        self.profiles(&mut documents);
        translations(&mut documents);
        let mut shelves = shelves::fill(&documents, &self.vocabulary, &self.topic_names);
        for lang in self.config.language_codes() {
            shelves.entry(lang.to_owned()).or_default();
        }
        let catalogue = Catalogue::new(&documents, hidden);
        let mut library = Library {
            config: self.config.clone(),
            base: self.base.clone(),
            vocabulary: self.vocabulary.clone(),
            authors: Arc::new(std::mem::take(&mut self.authors.authors)),
            shelves: Arc::new(shelves),
            assets: Arc::new(std::mem::take(&mut self.assets)),
            redirects: Arc::new(redirects),
            related: Arc::new(Related::new(&documents)),
            catalogue: Arc::new(catalogue),
            documents: documents.into_iter().map(Arc::new).collect(),
        };
        self.settle_links(&mut library);
        self.tell_topics_that_are_trades();
        Outcome {
            library,
            lock: reconciled.lock,
            changes: reconciled.changes,
        }
    }

    fn tell(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    fn part(&self, source: &Source) -> Part {
        if source.front.draft && !self.options.drafts {
            Part::Draft
        } else if self.is_scheduled(source) && !self.options.future {
            Part::Scheduled
        } else {
            Part::In
        }
    }

    fn is_scheduled(&self, source: &Source) -> bool {
        let start = source
            .front
            .publish
            .or(source.front.date)
            .or(source.name_date);
        start.is_some_and(|start| start.timestamp() > self.options.now)
    }

    fn has_expired(&self, source: &Source) -> bool {
        source
            .front
            .expires
            .is_some_and(|end| end.timestamp() <= self.options.now)
    }

    fn document(&mut self, source: Arc<Source>, address: String, id: lock::ShortId) -> Document {
        let kind = kind::of(&source);
        let front = &source.front;
        let standing = match (&front.retired, &front.replaced_by) {
            (_, Some(_)) => Standing::Replaced(String::new()),
            (Some(retired), None) => Standing::Retired(retired.reason.clone()),
            (None, None) if self.has_expired(&source) && !self.options.future => Standing::Expired,
            (None, None) => Standing::Live,
        };
        let expired = standing == Standing::Live && self.has_expired(&source);
        let industries = self.industries(&source);
        let topics = self.topics(&source);
        let authors = self.authors_of(&source);
        if standing == Standing::Live {
            self.problems.extend(kind::problems(&source, kind));
        }
        let date = front.date.or(source.name_date);
        Document {
            kind,
            title: source.title.clone(),
            summary: kind::summary(&source, kind),
            id,
            address,
            industries,
            topics,
            authors,
            date,
            timestamp: date.map_or(i64::MIN, |date| date.timestamp()),
            translations: Vec::new(),
            hrefs: Vec::new(),
            sizes: Vec::new(),
            image: None,
            file: None,
            formats: kind::formats(&source, kind),
            fonts: Vec::new(),
            chapter: None,
            parts: Vec::new(),
            pieces: Vec::new(),
            standing,
            draft: front.draft,
            scheduled: self.is_scheduled(&source),
            expired,
            revision: 0,
            source,
        }
    }

    /// Documents that are profiles of authors.
    fn profiles(&mut self, documents: &mut [Document]) {
        for (at, document) in documents.iter().enumerate() {
            if document.kind == Kind::Author {
                self.authors.document(&document.source, DocId::new(at));
            }
        }
    }

    /// Settles links, pictures and files of every document, in parallel.
    fn settle_links(&mut self, library: &mut Library) {
        let severity = self.config.severity();
        let settled: Vec<(Joined, Vec<Diagnostic>)> = library
            .documents
            .par_iter()
            .map(|document| join(library, document, severity))
            .collect();
        for (document, (joined, problems)) in library.documents.iter_mut().zip(settled) {
            // Nobody else has the document yet: nothing is copied.
            joined.give(Arc::make_mut(document));
            self.problems.extend(problems);
        }
    }
}

/// Zola's and Hugo's `_index.md` often holds nothing but settings of a section.
pub(super) fn is_empty_section(source: &Source) -> bool {
    file_name(&source.path) == "_index.md" && source.body.is_empty()
}
