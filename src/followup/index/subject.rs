//! What of a library is looked through: every resource, and the texts of its fields.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::Xxh3;

use super::postings::Counts;
use super::store::Record;
use super::{BODY, FIELDS, text, tokens};
use crate::library::{DocId, Document, Library};
use crate::source::dates::Moment;

/// A resource with the texts that its words are read from.
pub(super) struct Subject<'a> {
    /// What is known of it; the lengths of its fields only once it was read.
    pub record: Record,
    fields: [Vec<Cow<'a, str>>; FIELDS],
}

/// The words of a resource.
pub(super) struct Words {
    /// How often each field holds each word, as it is written in lower case.
    pub counts: BTreeMap<String, Counts>,
    /// How many words each field holds.
    pub lengths: Counts,
}

/// Every resource of a library, sorted by path; `langs` are the languages that are numbered.
pub(super) fn subjects<'a>(library: &'a Library, langs: &[String]) -> Vec<Subject<'a>> {
    let mut chapters: FxHashMap<DocId, Vec<&Document>> = FxHashMap::default();
    for (_, document) in library.iter() {
        if let Some(chapter) = &document.chapter {
            chapters.entry(chapter.book).or_default().push(document);
        }
    }
    let resources: Vec<(DocId, &Document)> = library.resources().collect();
    let subjects = resources.into_par_iter().map(|(id, document)| {
        let chapters = chapters.get(&id).map_or(&[][..], Vec::as_slice);
        Subject::new(library, document, chapters, langs)
    });
    subjects.collect()
}

impl<'a> Subject<'a> {
    fn new(
        library: &'a Library,
        document: &'a Document,
        chapters: &[&'a Document],
        langs: &[String],
    ) -> Self {
        let fields = fields(library, document, chapters);
        let mut record = record(library, document, langs);
        record.hash = hash(document.lang(), &fields);
        Subject { record, fields }
    }

    /// Reads its words: what takes time.
    pub fn words(&self) -> Words {
        let mut words = Words {
            counts: BTreeMap::new(),
            lengths: Counts::default(),
        };
        for (at, texts) in self.fields.iter().enumerate() {
            for text in texts {
                match at == BODY {
                    true => words.read(at, &text::of_html(text)),
                    false => words.read(at, text),
                }
            }
        }
        words
    }
}

impl Words {
    fn read(&mut self, field: usize, text: &str) {
        tokens::words(text, |word| {
            let one_more = |counts: &mut Counts| {
                if let Some(count) = counts.get_mut(field) {
                    *count += 1;
                }
            };
            one_more(&mut self.lengths);
            match self.counts.get_mut(word) {
                Some(counts) => one_more(counts),
                None => one_more(self.counts.entry(word.to_owned()).or_default()),
            }
        });
    }
}

/// The texts of a resource's fields. A book's chapters are part of it; a link and a file have
/// their reason instead of a long text.
fn fields<'a>(
    library: &'a Library,
    document: &'a Document,
    chapters: &[&'a Document],
) -> [Vec<Cow<'a, str>>; FIELDS] {
    let front = &document.source.front;
    let book = document.source.book.as_ref();
    let mut fields: [Vec<Cow<'a, str>>; FIELDS] = Default::default();
    let [title, summary, subjects, headings, body] = &mut fields;
    title.push(document.title.as_str().into());
    title.extend(
        book.and_then(|book| book.subtitle.as_deref())
            .map(Cow::from),
    );
    summary.push(document.summary.as_str().into());
    summary.extend(front.why.as_deref().map(Cow::from));
    let topics = front.topics.iter().chain(&front.categories);
    subjects.extend(topics.map(|topic| Cow::from(topic.text.as_str())));
    for id in &document.industries {
        let name = library.vocabulary.name(*id, document.lang());
        subjects.push(name.into());
    }
    let is_part = |chapter: &&&Document| chapter.is_live() && (document.draft || !chapter.draft);
    for chapter in chapters.iter().filter(is_part) {
        headings.push(chapter.title.as_str().into());
    }
    let own = std::iter::once(document);
    for part in own.chain(chapters.iter().filter(is_part).copied()) {
        let titles = part.source.body.headings.iter();
        headings.extend(titles.map(|heading| Cow::from(heading.title.as_str())));
        body.push(part.source.body.fragment.html.as_str().into());
    }
    fields
}

/// A hash that is another when any text, or the language, is.
fn hash(lang: &str, fields: &[Vec<Cow<'_, str>>; FIELDS]) -> u64 {
    let mut hasher = Xxh3::new();
    let add = |hasher: &mut Xxh3, text: &str| {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    };
    add(&mut hasher, lang);
    for texts in fields {
        // With their number, so that a text cannot pass from one field into the next unseen.
        hasher.update(&(texts.len() as u64).to_le_bytes());
        texts.iter().for_each(|text| add(&mut hasher, text));
    }
    hasher.digest()
}

fn record(library: &Library, document: &Document, langs: &[String]) -> Record {
    let front = &document.source.front;
    let start = front.publish.or(front.date).or(document.source.name_date);
    let slugs = document.industries.iter();
    let slugs = slugs.map(|id| library.vocabulary.get(*id).slug.clone());
    let lang = langs.iter().position(|lang| lang == document.lang());
    let day_after = front.review_by.and_then(|day| day.tomorrow().ok());
    Record {
        hash: 0,
        path: document.source.path.to_string(),
        title: document.title.clone(),
        summary: match (&front.why, document.summary.as_str()) {
            (Some(why), "") => why.clone(),
            (_, summary) => summary.to_owned(),
        },
        address: document.address.clone(),
        short_address: document.short_address(),
        id: document.id.to_string(),
        kind: document.kind.name().to_owned(),
        lang: lang.unwrap_or_default() as u32,
        industries: slugs.collect(),
        general: front.general,
        topics: document.topics.clone(),
        translations: document.source.translation_key.clone(),
        draft: document.draft,
        fresh: front.updated.or(document.date).map(|day| day.timestamp()),
        publish: start.map(|start| start.timestamp()),
        expires: front.expires.map(|end| end.timestamp()),
        overdue: day_after.map(|day| Moment::day(day).timestamp()),
        lengths: Counts::default(),
    }
}
