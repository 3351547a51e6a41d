//! Joining the sources into a library: the one stage that sees everything at once.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::address::{address, slug};
use super::assets::Assets;
use super::authors::AuthorIndex;
use super::catalogue::{Catalogue, Hidden, UNLISTED};
use super::chapters::{self, Bound};
use super::document::{DocId, Document, Standing};
use super::lock::{self, Claim, Lock};
use super::redirects::{Goal, Places, redirects};
use super::related::Related;
use super::settle::{Joined, join};
use super::vocabulary::{IndustryId, Vocabulary};
use super::{Library, handout, kind, shelves, upkeep};
use crate::config::{BaseUrl, Config};
use crate::diagnostics::{Diagnostic, Place};
use crate::source::front_matter::{Kind, Word};
use crate::source::split::MARK;
use crate::source::walk::{file_name, is_markdown};
use crate::source::{Source, Sources};

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
        let front = &source.front;
        let now = self.options.now;
        let start = front.publish.or(front.date).or(source.name_date);
        if front.draft && !self.options.drafts {
            Part::Draft
        } else if start.is_some_and(|start| start.timestamp() > now) && !self.options.future {
            Part::Scheduled
        } else {
            Part::In
        }
    }

    /// Files of a book that its contents do not list are not published.
    fn drop_unlisted_chapters(&mut self, kept: &mut Vec<(Arc<Source>, Part)>) -> Vec<Arc<str>> {
        let mut books: Vec<(String, Vec<String>, Arc<str>)> = Vec::new();
        for (source, _) in kept.iter() {
            if let Some(book) = &source.book {
                let listed = book.outline.walk();
                let paths = listed
                    .iter()
                    .filter_map(|(_, _, c)| c.path.clone())
                    .collect();
                books.push((inside(source), paths, source.file.clone()));
            }
        }
        let mut dropped = Vec::new();
        if books.is_empty() {
            return dropped;
        }
        let mut told = Vec::new();
        kept.retain(|(source, _)| {
            let inside = books
                .iter()
                .filter(|(folder, ..)| source.path.starts_with(folder.as_str()))
                .max_by_key(|(folder, ..)| folder.len());
            let Some((_, listed, book)) = inside.filter(|_| source.book.is_none()) else {
                return true;
            };
            let is_listed = listed
                .iter()
                .any(|path| path.as_str() == source.path.as_ref());
            if !is_listed {
                dropped.push(source.path.clone());
                told.push(
                    Diagnostic::warning(
                        "this file is not listed in its book, so it is not published",
                    )
                    .at(Place::file(source.file.clone()))
                    .help(format!("list it in {book}, or move it out of the book")),
                );
            }
            is_listed
        });
        self.problems.extend(told);
        dropped
    }

    /// Settles every address with the lock.
    fn addresses(
        &mut self,
        kept: &[(Arc<Source>, Part)],
        old_lock: &Lock,
    ) -> (Vec<String>, Settled) {
        let default = &self.config.language;
        let mut addresses: Vec<String> = kept
            .par_iter()
            .map(|(source, _)| address(source, default))
            .collect();
        if !self.config.strict {
            self.part_equal_addresses(kept, &mut addresses);
        }
        let aliases = self.aliases(kept, &addresses);
        let places = Places::new(kept, &addresses);
        let claims: Vec<Claim<'_>> = kept
            .iter()
            .zip(&addresses)
            .zip(&aliases)
            .map(|(((source, part), address), aliases)| {
                self.claim(source, *part, address, aliases, &places)
            })
            .collect();
        let outcome = lock::reconcile(old_lock, &claims);
        self.problems.extend(outcome.diagnostics);
        let redirects = outcome
            .redirects
            .into_iter()
            .filter_map(|redirect| match redirect.to {
                lock::Destination::Claim(at) => {
                    Some((redirect.from, Goal::Path(claims.get(at)?.source.to_owned())))
                }
                lock::Destination::Url(url) => Some((redirect.from, Goal::Url(url))),
            })
            .collect();
        let settled = Settled {
            ids: outcome.ids,
            redirects,
            lock: outcome.lock,
            changes: outcome.changes,
        };
        drop(claims);
        (addresses, settled)
    }

    /// Jekyll's posts may share a name and differ by date. In a library that is not strict the
    /// later ones get their date, or a number, at the end of their address.
    fn part_equal_addresses(&mut self, kept: &[(Arc<Source>, Part)], addresses: &mut [String]) {
        let mut taken: HashMap<String, usize> = HashMap::new();
        for (at, ((source, _), address)) in kept.iter().zip(addresses).enumerate() {
            let Some(first) = taken.get(&address.to_lowercase()).copied() else {
                taken.insert(address.to_lowercase(), at);
                continue;
            };
            let date = source
                .name_date
                .or(source.front.date)
                .map(|date| date.date().to_string());
            let numbers = (2..).map(|number: usize| number.to_string());
            let free = date
                .into_iter()
                .chain(numbers)
                .map(|mark| format!("{}-{mark}/", address.trim_end_matches('/')))
                .find(|address| !taken.contains_key(&address.to_lowercase()));
            let Some(free) = free else { continue };
            if let Some((other, _)) = kept.get(first) {
                let message = format!("{} has the address {address} already", other.file);
                self.tell(
                    Diagnostic::warning(message)
                        .at(Place::file(source.file.clone()))
                        .help(format!("this one is at {free}; a `slug:` gives it another")),
                );
            }
            taken.insert(free.to_lowercase(), at);
            *address = free;
        }
    }

    /// The aliases of every document. In a library that is not strict, one that somebody else
    /// has already is left out with a warning; else the lock tells of it.
    fn aliases(&mut self, kept: &[(Arc<Source>, Part)], addresses: &[String]) -> Vec<Vec<String>> {
        let plain = |address: &str| address.trim_matches('/').to_lowercase();
        let mut taken: HashMap<String, usize> = HashMap::new();
        if !self.config.strict {
            let places = addresses.iter().enumerate();
            taken.extend(places.map(|(at, address)| (plain(address), at)));
        }
        let mut aliases = Vec::with_capacity(kept.len());
        for (at, (source, _)) in kept.iter().enumerate() {
            let mut own = Vec::new();
            for word in &source.front.aliases {
                let owner = *taken.entry(plain(&word.text)).or_insert(at);
                if owner == at || self.config.strict {
                    own.push(word.text.clone());
                } else if let Some((other, _)) = kept.get(owner) {
                    self.tell(
                        Diagnostic::warning(format!(
                            "the alias `{}` already leads to {}",
                            word.text, other.file
                        ))
                        .at(Place::span(source.file.clone(), word.span.clone())),
                    );
                }
            }
            if !self.config.strict
                && let Some(address) = foreign_address(source)
            {
                taken.entry(plain(address)).or_insert_with(|| {
                    own.push(address.to_owned());
                    at
                });
            }
            aliases.push(own);
        }
        aliases
    }

    fn claim<'c>(
        &self,
        source: &'c Source,
        part: Part,
        address: &'c str,
        aliases: &'c [String],
        places: &Places<'_>,
    ) -> Claim<'c> {
        let front = &source.front;
        let place = match front.key_span("slug").or_else(|| front.key_span("title")) {
            Some(span) => Place::span(source.file.clone(), span),
            None => Place::file(source.file.clone()),
        };
        let standing = ["replaced_by", "draft", "publish"];
        Claim {
            source: &source.path,
            address,
            id: front.id.as_ref().map(|word| word.text.as_str()),
            // Two handouts say much the same, and one must never be taken for another that is gone.
            fingerprint: match front.kind {
                Some(Kind::Handout) => lock::Fingerprint::default(),
                _ => source.fingerprint,
            },
            aliases,
            standing: self.standing_of_claim(source, part, places),
            place,
            marks: lock::Marks {
                id: front.key_span("id"),
                aliases: front.key_span("aliases"),
                standing: standing.iter().find_map(|key| front.key_span(key)),
            },
        }
    }

    fn standing_of_claim<'c>(
        &self,
        source: &'c Source,
        part: Part,
        places: &Places<'_>,
    ) -> lock::Standing<'c> {
        let front = &source.front;
        match (part, &front.replaced_by) {
            (Part::Draft, _) => lock::Standing::Hidden(lock::Hidden::Draft),
            (Part::Scheduled, _) => lock::Standing::Hidden(lock::Hidden::Scheduled),
            (Part::In, _) if front.draft || self.is_scheduled(source) => lock::Standing::Shown,
            (Part::In, Some(word)) => lock::Standing::ReplacedBy(places.find(source, &word.text)),
            (Part::In, None) if front.retired.is_some() => lock::Standing::Retired,
            (Part::In, None) if self.has_expired(source) => lock::Standing::Expired,
            (Part::In, None) => lock::Standing::Public,
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

    fn industries(&mut self, source: &Source) -> Vec<IndustryId> {
        let mut industries = Vec::new();
        for word in &source.front.industries {
            match self.industry(&word.text) {
                Some(id) if !industries.contains(&id) => industries.push(id),
                Some(_) => {}
                None => self.tell_unknown_industry(source, word),
            }
        }
        industries
    }

    fn industry(&mut self, word: &str) -> Option<IndustryId> {
        if let Some(found) = self.industry_words.get(word) {
            return *found;
        }
        let found = self.vocabulary.resolve(word);
        self.industry_words.insert(word.to_owned(), found);
        found
    }

    fn tell_unknown_industry(&mut self, source: &Source, word: &Word) {
        let near = self.vocabulary.nearest(&word.text);
        let quoted: Vec<String> = near
            .iter()
            .take(3)
            .map(|slug| format!("`{slug}`"))
            .collect();
        let help = match quoted.is_empty() {
            true => "`goodturn industries WORDS…` finds the right word; \
                     industries.yaml adds one of your own"
                .to_owned(),
            false => format!("did you mean {}?", quoted.join(" or ")),
        };
        self.tell(
            Diagnostic::new(
                self.config.severity(),
                format!("unknown industry `{}`", word.text),
            )
            .at(Place::span(source.file.clone(), word.span.clone()))
            .help(help),
        );
    }

    /// Topics and categories; those that name a trade are counted, to be offered as such.
    fn topics(&mut self, source: &Source) -> Vec<String> {
        let mut slugs: Vec<String> = Vec::new();
        for word in source.front.topics.iter().chain(&source.front.categories) {
            let slug = slug(&word.text);
            if slug.is_empty() || slugs.contains(&slug) {
                continue;
            }
            if source.front.industries.is_empty()
                && let Some(industry) = self.industry(&word.text)
            {
                let entry = self.topics_that_are_trades.entry(word.text.clone());
                entry.or_insert((industry, 0)).1 += 1;
            }
            self.topic_names
                .entry(slug.clone())
                .or_insert_with(|| word.text.clone());
            slugs.push(slug);
        }
        slugs
    }

    fn tell_topics_that_are_trades(&mut self) {
        if self.topics_that_are_trades.is_empty() {
            return;
        }
        let mut most: Vec<_> = self.topics_that_are_trades.iter().collect();
        most.sort_by_key(|(word, (_, count))| (std::cmp::Reverse(*count), word.as_str()));
        let shown: Vec<String> = most
            .iter()
            .take(5)
            .map(|(word, (id, count))| {
                format!("`{word}` ({count}) is {}", self.vocabulary.name(*id, "en"))
            })
            .collect();
        let rest = most.len().saturating_sub(5);
        let more = if rest > 0 {
            format!(", and {rest} more")
        } else {
            String::new()
        };
        self.tell(
            Diagnostic::warning("some topics name an industry")
                .help(format!("{}{more}", shown.join(", ")))
                .help("write them as `industries:` so that people of that trade find the pieces"),
        );
    }

    fn authors_of(&mut self, source: &Source) -> Vec<super::AuthorId> {
        let mut authors = Vec::new();
        for word in &source.front.authors {
            let id = self.authors.find(&word.text);
            if !authors.contains(&id) {
                authors.push(id);
            }
        }
        if authors.is_empty()
            && let Some(author) = self.config.author.clone()
        {
            authors.push(self.authors.find(&author));
        }
        authors
    }

    /// Finds the chapters of every book. What is only said of the book holds for its chapters.
    fn bind_books(&mut self, documents: &mut [Document]) {
        let mut bound: Vec<(usize, Bound)> = Vec::new();
        for (at, document) in documents.iter().enumerate() {
            let Some(special) = &document.source.book else {
                continue;
            };
            let folder = inside(&document.source);
            let from = documents.partition_point(|d| d.source.path.as_ref() < folder.as_str());
            let inside = documents
                .iter()
                .enumerate()
                .skip(from)
                .take_while(|(_, d)| d.source.path.starts_with(&folder))
                .filter(|(other, _)| *other != at)
                .map(|(at, d)| (d.source.path.as_ref(), (DocId::new(at), d.source.as_ref())))
                .collect();
            let source = &document.source;
            let book = DocId::new(at);
            bound.push((
                at,
                chapters::bind(book, source, special, &inside, &self.config, self.problems),
            ));
        }
        for (at, book) in bound {
            let Some(head) = documents.get(at).cloned() else {
                continue;
            };
            for (id, chapter, title) in book.order {
                if let Some(document) = documents.get_mut(id.index()) {
                    if document.kind == Kind::Handout {
                        self.problems.push(handout::in_a_book(&document.source));
                    }
                    document.kind = Kind::Chapter;
                    document.title = title;
                    document.chapter = Some(chapter);
                    inherit(document, &head);
                }
            }
            if let Some(document) = documents.get_mut(at) {
                document.parts = book.parts;
            }
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

/// What the paths of a book's chapters begin with: they lie in its folder, which may be content/
/// itself, or are taken out of the one file that it is.
pub(super) fn inside(book: &Source) -> String {
    match book.path.as_ref() {
        "" => String::new(),
        file if is_markdown(file) => format!("{file}{MARK}"),
        folder => format!("{folder}/"),
    }
}

/// The address that Hugo's `url`, Jekyll's `permalink` or Zola's `path` gave to a page: links to
/// it go on working. One with placeholders (`/:year/:title/`) says nothing of a page.
pub(super) fn foreign_address(source: &Source) -> Option<&str> {
    let extra = &source.front.extra;
    let given = ["url", "permalink", "path"]
        .iter()
        .find_map(|key| extra.get(*key)?.as_str())?;
    let is_path =
        !given.contains(':') && !given.contains("..") && !given.trim_matches('/').is_empty();
    is_path.then_some(given)
}

/// What the lock says, with redirects by the path of their document.
struct Settled {
    ids: Vec<lock::ShortId>,
    redirects: Vec<(String, Goal)>,
    lock: Lock,
    changes: lock::Changes,
}

/// Zola's and Hugo's `_index.md` often holds nothing but settings of a section.
pub(super) fn is_empty_section(source: &Source) -> bool {
    file_name(&source.path) == "_index.md" && source.body.is_empty()
}

/// What a book says of itself holds for a chapter that does not say otherwise.
fn inherit(chapter: &mut Document, book: &Document) {
    if chapter.industries.is_empty() {
        chapter.industries.clone_from(&book.industries);
    }
    if chapter.topics.is_empty() {
        chapter.topics.clone_from(&book.topics);
    }
    if chapter.source.front.authors.is_empty() {
        chapter.authors.clone_from(&book.authors);
    }
    if chapter.date.is_none() {
        chapter.date = book.date;
        chapter.timestamp = book.timestamp;
    }
    chapter.draft |= book.draft;
    chapter.scheduled |= book.scheduled;
    chapter.expired |= book.expired;
    if !book.is_live() && chapter.is_live() {
        chapter.standing = book.standing.clone();
    }
}

/// Documents that share a key are translations of each other.
fn translations(documents: &mut [Document]) {
    let mut groups: HashMap<String, Vec<DocId>> = HashMap::new();
    let all = documents.iter().enumerate();
    for (at, document) in all.filter(|(_, document)| document.kind != Kind::Handout) {
        let key = document.source.translation_key.clone();
        groups.entry(key).or_default().push(DocId::new(at));
    }
    for group in groups.into_values().filter(|group| group.len() > 1) {
        for id in &group {
            let own = documents.get(id.index()).map(|d| d.lang().to_owned());
            let others: Vec<DocId> = group
                .iter()
                .copied()
                .filter(|other| {
                    let document = documents.get(other.index());
                    document.is_some_and(|d| d.is_live() && Some(d.lang()) != own.as_deref())
                })
                .collect();
            if let Some(document) = documents.get_mut(id.index()) {
                document.translations = others;
            }
        }
    }
}
