//! What to read next: pieces that share an industry, topics or words.
//!
//! Each shared feature counts by its inverse document frequency (Spärck Jones 1972). To stay
//! near-linear, a feature that very many documents have offers only some of them as candidates:
//! the cost is bounded by the number of features of a document, not by the size of the library.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::document::{DocId, Document};

/// How many pieces are suggested.
const SUGGESTED: usize = 5;
/// How many documents a feature offers at most, around the one that asks.
const OFFERED: usize = 48;

/// A shared feature: hashed, so that all kinds of them live in one map.
type Feature = u64;

/// For each document, the listed ones of its language that share most with it.
pub(super) fn related(documents: &[Document]) -> Vec<Vec<DocId>> {
    let features: Vec<Vec<(Feature, f32)>> = documents
        .par_iter()
        .map(|document| match document.is_live() {
            true => features(document),
            false => Vec::new(),
        })
        .collect();
    let mut postings: FxHashMap<Feature, Vec<u32>> = FxHashMap::default();
    for (at, document) in documents.iter().enumerate() {
        if document.is_listed() {
            for (feature, _) in features.get(at).into_iter().flatten() {
                postings.entry(*feature).or_default().push(at as u32);
            }
        }
    }
    let total = documents.len() as f32;
    features
        .par_iter()
        .enumerate()
        .map_init(
            || Scores::new(documents.len()),
            |scores, (at, features)| {
                scores.add_all(at as u32, features, &postings, total);
                scores.take_best(at, documents)
            },
        )
        .collect()
}

/// How much each document shares with the one that asks. Kept from one to the next: what is
/// cleared is only what was touched.
struct Scores {
    by_document: Vec<f32>,
    touched: Vec<u32>,
}

impl Scores {
    fn new(documents: usize) -> Self {
        Scores {
            by_document: vec![0.0; documents],
            touched: Vec::new(),
        }
    }

    fn add_all(
        &mut self,
        at: u32,
        features: &[(Feature, f32)],
        postings: &FxHashMap<Feature, Vec<u32>>,
        total: f32,
    ) {
        for (feature, weight) in features {
            let Some(sharing) = postings.get(feature) else {
                continue;
            };
            let rarity = (1.0 + total / sharing.len() as f32).ln();
            for other in around(sharing, at) {
                if let Some(score) = self.by_document.get_mut(*other as usize) {
                    if *score == 0.0 {
                        self.touched.push(*other);
                    }
                    *score += weight * rarity;
                }
            }
        }
    }

    /// The best of them, and everything cleared for the next.
    fn take_best(&mut self, at: usize, documents: &[Document]) -> Vec<DocId> {
        let own_book = documents
            .get(at)
            .and_then(|document| document.chapter.as_ref())
            .map(|chapter| chapter.book.index());
        let mut scored: Vec<(f32, i64, u32)> = Vec::with_capacity(self.touched.len());
        for other in self.touched.drain(..) {
            let index = other as usize;
            let Some(score) = self.by_document.get_mut(index) else {
                continue;
            };
            let score = std::mem::take(score);
            if index != at && own_book != Some(index) {
                scored.push((score, documents[index].timestamp, other));
            }
        }
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
}

/// The features of a document, each with how much it says.
fn features(document: &Document) -> Vec<(Feature, f32)> {
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

/// The documents of a posting list around the one that asks.
fn around(sharing: &[u32], at: u32) -> &[u32] {
    let middle = sharing.partition_point(|other| *other < at);
    let from = middle
        .saturating_sub(OFFERED / 2)
        .min(sharing.len().saturating_sub(OFFERED));
    let to = (from + OFFERED).min(sharing.len());
    sharing.get(from..to).unwrap_or_default()
}
