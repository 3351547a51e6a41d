//! After a piece was saved: the library with its new text, sharing all the rest.
//!
//! Most saves change what a piece says and nothing that others see of it: not its address, its
//! kind, its industries, its day. Then its own document is all that has to be made anew, whatever
//! the size of the library. What reaches further is left to [`super::resolve`]; the outcome is
//! the same either way.

use std::sync::Arc;

use percent_encoding::percent_decode_str;

use super::Library;
use super::address::address;
use super::document::{DocId, Document};
use super::resolve::{foreign_address, is_empty_section};
use super::settle::join;
use super::{kind, upkeep};
use crate::diagnostics::Severity;
use crate::source::Source;
use crate::source::front_matter::{FrontMatter, Kind, Word};

impl Library {
    /// The library with a source read anew, and the document that it belongs to. Nothing when
    /// the change reaches further, or when anything is wrong with the new text: then everything
    /// is to be resolved.
    ///
    /// `all_is_well` says that nothing is wrong with this library: else a new heading may mend a
    /// link of another piece.
    pub fn refreshed(&self, source: Arc<Source>, all_is_well: bool) -> Option<(Library, DocId)> {
        let id = self.by_path(&source.path)?;
        let before = self.documents.get(id.index())?;
        let is_alone = is_seen_alike(&before.source, &source, &self.config.language)
            && self.is_titled_alike(before, &source)
            && (all_is_well || before.source.body.ids == source.body.ids)
            && !self.leads_to_lost_heading(&before.source, &source);
        if !is_alone || upkeep::never_shown(&source).is_some() {
            return None;
        }
        if !kind::problems(&source, before.kind).is_empty() {
            return None;
        }
        let title = match before.kind {
            Kind::Chapter => before.title.clone(),
            _ => source.title.clone(),
        };
        let mut document = Document {
            title,
            summary: kind::summary(&source, before.kind),
            revision: before.revision + 1,
            source,
            ..before.as_ref().clone()
        };
        let (joined, problems) = join(self, &document, Severity::Error);
        if !problems.is_empty() {
            return None;
        }
        joined.give(&mut document);
        let related = self.related.replaced(id, before, &document);
        let mut documents = self.documents.clone();
        *documents.get_mut(id.index())? = Arc::new(document);
        let library = Library {
            config: self.config.clone(),
            base: self.base.clone(),
            vocabulary: self.vocabulary.clone(),
            documents,
            authors: self.authors.clone(),
            shelves: self.shelves.clone(),
            assets: self.assets.clone(),
            redirects: self.redirects.clone(),
            catalogue: self.catalogue.clone(),
            related: related.map_or_else(|| self.related.clone(), Arc::new),
        };
        Some((library, id))
    }

    /// A chapter's title stands in its book's contents as well.
    fn is_titled_alike(&self, before: &Document, after: &Source) -> bool {
        before.kind != Kind::Chapter || before.source.title == after.title
    }

    /// Whether somebody links to a heading that is gone.
    fn leads_to_lost_heading(&self, before: &Source, after: &Source) -> bool {
        let is_lost = |id: &&String| after.body.ids.binary_search(id).is_err();
        let lost: Vec<&str> = before
            .body
            .ids
            .iter()
            .filter(is_lost)
            .map(String::as_str)
            .collect();
        if lost.is_empty() {
            return false;
        }
        let names_lost = |target: &str| {
            target.split_once('#').is_some_and(|(_, fragment)| {
                lost.contains(&percent_decode_str(fragment).decode_utf8_lossy().as_ref())
            })
        };
        self.documents.iter().any(|document| {
            let body = &document.source.body;
            body.links.iter().any(|link| names_lost(&link.target))
                || body.calls.iter().any(|call| call.names_fragment())
        })
    }
}

/// Whether all that other pieces, lists and the lock see of a source is as before.
fn is_seen_alike(before: &Source, after: &Source, language: &str) -> bool {
    let stays = |source: &Source| {
        let front = &source.front;
        source.book.is_none()
            && front.retired.is_none()
            && front.replaced_by.is_none()
            && front.kind != Some(Kind::Author)
    };
    stays(before)
        && stays(after)
        && before.lang == after.lang
        // A book without any text is not given as a file.
        && before.body.is_empty() == after.body.is_empty()
        && before.translation_key == after.translation_key
        && address(before, language) == address(after, language)
        && foreign_address(before) == foreign_address(after)
        && is_empty_section(before) == is_empty_section(after)
        && heads_are_alike(&before.front, &after.front)
}

/// Whether two heads say the same but for the title and other words for readers.
fn heads_are_alike(before: &FrontMatter, after: &FrontMatter) -> bool {
    let text = |word: &Option<Word>| word.as_ref().map(|word| word.text.clone());
    let alike = |one: &[Word], other: &[Word]| {
        let texts = |words: &[Word]| words.iter().map(|w| w.text.clone()).collect::<Vec<_>>();
        texts(one) == texts(other)
    };
    before.kind == after.kind
        && before.draft == after.draft
        && before.publish == after.publish
        && before.date == after.date
        && before.expires == after.expires
        && before.general == after.general
        && before.weight == after.weight
        && before.formats == after.formats
        && text(&before.id) == text(&after.id)
        && text(&before.link) == text(&after.link)
        && text(&before.file) == text(&after.file)
        && alike(&before.aliases, &after.aliases)
        && alike(&before.industries, &after.industries)
        && alike(&before.topics, &after.topics)
        && alike(&before.categories, &after.categories)
        && alike(&before.authors, &after.authors)
}
