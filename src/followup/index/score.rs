//! How well a piece answers a word: BM25F.
//!
//! Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, Foundations and
//! Trends in Information Retrieval 3(4), 2009, section 3.6: how often each field holds the word is
//! weighed by the field and by its length against others, summed over the fields, and only then
//! saturated. How rare a word is (the inverse document frequency) makes stop words count nothing
//! in any language, without a list of them; the `1 +` keeps it above zero.

use super::postings::Counts;
use super::{FIELDS, Index, Term};

/// How soon more of the same word stops to count.
pub(super) const K1: f64 = 1.2;

/// What each field counts, in the order of [`FIELDS`].
pub(super) const WEIGHTS: [f64; FIELDS] = [5.0, 3.0, 3.0, 2.0, 1.0];

/// How much the length of each field counts.
pub(super) const LENGTHS: [f64; FIELDS] = [0.4, 0.5, 0.4, 0.6, 0.75];

/// A piece that holds a word.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// The number of the piece.
    pub piece: u32,
    /// How well it answers.
    pub score: f64,
    /// Whether its title, summary, topics or headings hold it, not only its text.
    pub is_prominent: bool,
}

/// The pieces that hold a word.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hits {
    /// How rare the word is: zero for one that every piece holds.
    pub rarity: f64,
    /// The part of its pieces in which it is prominent: large for a word that pieces are about,
    /// small for one that stands in any text.
    pub prominence: f64,
    /// The pieces, sorted by number.
    pub hits: Vec<Hit>,
}

impl Index<'_> {
    /// The pieces that hold a word.
    pub fn hits(&self, term: &Term) -> Hits {
        let mut found: Vec<Option<(f64, bool)>> = vec![None; self.stored.pieces.len()];
        let mut exact = 0;
        // The exact words first: how rare the word is depends on them alone, if there are any.
        for is_exact in [true, false] {
            for (word, variant) in &term.words {
                if (variant.weight == 1.0) != is_exact {
                    continue;
                }
                for (piece, counts) in self.postings(*word as usize) {
                    let Some(record) = self.stored.pieces.get(piece as usize) else {
                        continue;
                    };
                    let lang = record.lang.to_native() as usize;
                    if !variant.langs.get(lang).copied().unwrap_or_default() {
                        continue;
                    }
                    let lengths = record.lengths.map(|length| length.to_native());
                    let weight = variant.weight * self.weighed(&counts, &lengths);
                    let is_prominent = counts.iter().rev().skip(1).any(|count| *count > 0);
                    if let Some(found) = found.get_mut(piece as usize) {
                        let (sum, prominent) = found.get_or_insert((0.0, false));
                        *sum += weight;
                        *prominent |= is_prominent;
                    }
                }
            }
            if is_exact {
                exact = found.iter().flatten().count();
            }
        }
        let holding = match exact {
            0 => found.iter().flatten().count(),
            exact => exact,
        };
        let rarity = rarity(found.len(), holding);
        let hits = (0..).zip(found).filter_map(|(piece, found)| {
            let (sum, is_prominent) = found?;
            Some(Hit {
                piece,
                score: rarity * sum / (K1 + sum),
                is_prominent,
            })
        });
        let hits: Vec<Hit> = hits.collect();
        let prominent = hits.iter().filter(|hit| hit.is_prominent).count();
        Hits {
            rarity,
            prominence: prominent as f64 / hits.len().max(1) as f64,
            hits,
        }
    }

    /// How often a piece holds a word: weighed by field, against the field's usual length.
    fn weighed(&self, counts: &Counts, lengths: &Counts) -> f64 {
        let pieces = self.stored.pieces.len().max(1) as f64;
        let mut sum = 0.0;
        for (at, count) in counts.iter().enumerate() {
            let (Some(weight), Some(b), Some(length), Some(total)) = (
                WEIGHTS.get(at),
                LENGTHS.get(at),
                lengths.get(at),
                self.stored.totals.get(at),
            ) else {
                continue;
            };
            if *count == 0 {
                continue;
            }
            let usual = total.to_native() as f64 / pieces;
            sum += weight * f64::from(*count) / (1.0 - b + b * f64::from(*length) / usual);
        }
        sum
    }
}

/// The inverse document frequency of a word that `holding` of `pieces` hold.
fn rarity(pieces: usize, holding: usize) -> f64 {
    let (pieces, holding) = (pieces as f64, holding as f64);
    (1.0 + (pieces - holding + 0.5) / (holding + 0.5)).ln()
}
