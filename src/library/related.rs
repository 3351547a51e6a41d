//! What to read next: pieces that share an industry, topics or words.
//!
//! Each shared feature counts by its inverse document frequency (Spärck Jones 1972). To stay
//! near-linear, a feature that very many documents have offers only some of them as candidates:
//! the cost is bounded by the number of features of a document, not by the size of the library.
//! What goes with a document is looked up when its page is made, so that a preview pays for the
//! page that is looked at and for no other.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::document::{DocId, Document};

/// How many pieces are suggested.
const SUGGESTED: usize = 5;
/// How many documents a feature offers at most, around the one that asks.
const OFFERED: usize = 48;

/// A shared feature: hashed, so that all kinds of them live in one list.
type Feature = u64;

/// Which listed documents have which features.
#[derive(Debug, Default)]
pub(super) struct Related {
    /// Sorted by feature, then by document: one block of memory, quick to copy.
    postings: Vec<(Feature, u32)>,
}

impl Related {
    pub fn new(documents: &[Document]) -> Self {
        let mut postings: Vec<(Feature, u32)> = documents
            .par_iter()
            .enumerate()
            .flat_map_iter(|(at, document)| postings_of(at as u32, document))
            .collect();
        postings.par_sort_unstable();
        Related { postings }
    }

    /// The same with another document in the place of one; nothing when that changes nothing.
    pub fn replaced(&self, id: DocId, before: &Document, after: &Document) -> Option<Related> {
        let at = id.index() as u32;
        let mut gone = postings_of(at, before);
        let mut new = postings_of(at, after);
        gone.sort_unstable();
        new.sort_unstable();
        if gone == new {
            return None;
        }
        let mut postings = Vec::with_capacity(self.postings.len() + new.len());
        let mut new = new.into_iter().peekable();
        for posting in &self.postings {
            while let Some(first) = new.next_if(|first| first < posting) {
                postings.push(first);
            }
            if gone.binary_search(posting).is_err() {
                postings.push(*posting);
            }
        }
        postings.extend(new);
        Some(Related { postings })
    }

    /// The listed documents of its language that share most with a document, the best first.
    pub fn to(&self, id: DocId, documents: &[Arc<Document>]) -> Vec<DocId> {
        let Some(document) = documents.get(id.index()) else {
            return Vec::new();
        };
        let total = documents.len() as f32;
        let mut scores: FxHashMap<u32, f32> = FxHashMap::default();
        for (feature, weight) in features(document) {
            let sharing = self.sharing(feature);
            let rarity = (1.0 + total / sharing.len() as f32).ln();
            for (_, other) in around(sharing, id.index() as u32) {
                *scores.entry(*other).or_default() += weight * rarity;
            }
        }
        scores.remove(&(id.index() as u32));
        // Nobody needs to be led from a chapter to its own book.
        if let Some(chapter) = &document.chapter {
            scores.remove(&(chapter.book.index() as u32));
        }
        best(scores, documents)
    }

    /// The postings of a feature.
    fn sharing(&self, feature: Feature) -> &[(Feature, u32)] {
        let from = self.postings.partition_point(|(other, _)| *other < feature);
        let rest = self.postings.get(from..).unwrap_or_default();
        let to = rest.partition_point(|(other, _)| *other == feature);
        rest.get(..to).unwrap_or_default()
    }
}

fn postings_of(at: u32, document: &Document) -> Vec<(Feature, u32)> {
    if !document.is_listed() {
        return Vec::new();
    }
    let features = features(document).into_iter();
    features.map(|(feature, _)| (feature, at)).collect()
}

/// The documents with the highest scores; the newer one between equals.
fn best(scores: FxHashMap<u32, f32>, documents: &[Arc<Document>]) -> Vec<DocId> {
    let scored = scores.into_iter().filter_map(|(at, score)| {
        let other = documents.get(at as usize)?;
        Some((score, other.timestamp, at))
    });
    let mut scored: Vec<(f32, i64, u32)> = scored.collect();
    let best = |a: &(f32, i64, u32), b: &(f32, i64, u32)| {
        b.0.total_cmp(&a.0)
            .then_with(|| b.1.cmp(&a.1))
            .then_with(|| a.2.cmp(&b.2))
    };
    if scored.len() > SUGGESTED {
        scored.select_nth_unstable_by(SUGGESTED, best);
        scored.truncate(SUGGESTED);
    }
    scored.sort_by(best);
    let ids = scored.into_iter().map(|(_, _, at)| DocId::new(at as usize));
    ids.collect()
}

/// The features of a document, each with how much it says.
fn features(document: &Document) -> Vec<(Feature, f32)> {
    if !document.is_live() {
        return Vec::new();
    }
    let lang = xxhash_rust::xxh3::xxh3_64(document.lang().as_bytes());
    let feature = |kind: u64, value: u64| {
        lang ^ (value.wrapping_mul(0x9E37_79B9_7F4A_7C15)).rotate_left(kind as u32 * 7 + 1) ^ kind
    };
    let mut features = Vec::new();
    for industry in &document.industries {
        features.push((feature(1, industry.index() as u64), 3.0));
    }
    for topic in &document.topics {
        let hash = xxhash_rust::xxh3::xxh3_64(topic.as_bytes());
        features.push((feature(2, hash), 2.0));
    }
    for term in &document.source.terms {
        features.push((feature(3, u64::from(*term)), 1.0));
    }
    if features.is_empty() {
        features.push((feature(4, 0), 0.1));
    }
    features
}

/// The postings around the document that asks.
fn around(sharing: &[(Feature, u32)], at: u32) -> &[(Feature, u32)] {
    let middle = sharing.partition_point(|(_, other)| *other < at);
    let from = middle
        .saturating_sub(OFFERED / 2)
        .min(sharing.len().saturating_sub(OFFERED));
    let to = (from + OFFERED).min(sharing.len());
    sharing.get(from..to).unwrap_or_default()
}
