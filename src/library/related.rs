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
        .map(|(at, features)| nearest(at as u32, features, &postings, total, documents))
        .collect()
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

fn nearest(
    at: u32,
    features: &[(Feature, f32)],
    postings: &FxHashMap<Feature, Vec<u32>>,
    total: f32,
    documents: &[Document],
) -> Vec<DocId> {
    let mut scores: FxHashMap<u32, f32> = FxHashMap::default();
    for (feature, weight) in features {
        let Some(sharing) = postings.get(feature) else {
            continue;
        };
        let rarity = (1.0 + total / sharing.len() as f32).ln();
        for other in around(sharing, at) {
            *scores.entry(*other).or_default() += weight * rarity;
        }
    }
    scores.remove(&at);
    let own_book = documents
        .get(at as usize)
        .and_then(|d| d.chapter.as_ref())
        .map(|c| c.book);
    let mut scored: Vec<(u32, f32)> = scores
        .into_iter()
        .filter(|(other, _)| own_book.map(|book| book.index()) != Some(*other as usize))
        .collect();
    let timestamp = |at: u32| {
        documents
            .get(at as usize)
            .map_or(i64::MIN, Document::timestamp)
    };
    scored.sort_by(|a, b| {
        b.1.total_cmp(&a.1)
            .then_with(|| timestamp(b.0).cmp(&timestamp(a.0)))
            .then_with(|| a.0.cmp(&b.0))
    });
    scored
        .into_iter()
        .take(SUGGESTED)
        .map(|(other, _)| DocId::new(other as usize))
        .collect()
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
