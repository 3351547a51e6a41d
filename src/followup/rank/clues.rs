//! How well pieces answer the words that speak of a person.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::reason::Reason;
use crate::followup::index::{Hits, Index, words_of};
use crate::followup::wanted::{Clue, Origin};

/// The most different words that are looked for: beyond them is a diary, not a note.
const MOST_WORDS: usize = 500;

/// A word tells something of a piece if at most so large a part of the rarest word's rarity is
/// missing: words that half of the library holds tell nothing.
const TELLING: f64 = 0.25;

/// A note counts half after so many days: people change.
const HALF_LIFE: f64 = 365.0;

/// A clue that a piece answers less than this is not given as a reason.
const LEAST: f64 = 0.08;

/// The most words that a reason names.
const MOST_NAMED: usize = 3;

/// How well a piece answers all clues, and the reasons, the strongest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Answers {
    pub score: f64,
    pub reasons: Vec<(f64, Reason)>,
    /// Whether what was asked for or promised is what the piece is about.
    pub is_asked_for: bool,
}

/// The pieces that answer clues, by number.
pub(super) fn answers(index: &Index<'_>, clues: &[Clue], today: Date) -> BTreeMap<u32, Answers> {
    let mut answers: BTreeMap<u32, Answers> = BTreeMap::new();
    let mut known: FxHashMap<String, Hits> = FxHashMap::default();
    let most = rarest(index);
    for clue in clues {
        let words = words_of(&clue.text);
        let mut telling: Vec<&str> = Vec::new();
        for word in &words {
            if !known.contains_key(word) {
                if known.len() >= MOST_WORDS {
                    continue;
                }
                known.insert(word.clone(), index.hits(&index.term(word, false)));
            }
            let rarity = known.get(word).map_or(0.0, |hits| hits.rarity);
            if rarity >= TELLING * most {
                telling.push(word);
            }
        }
        // A long text has more words that fit by chance.
        let share = weight(clue.origin, today) / (telling.len().max(1) as f64).sqrt();
        let mut by_piece: BTreeMap<u32, Vec<(f64, &str, bool)>> = BTreeMap::new();
        for word in telling {
            for hit in known.get(word).map_or(&[][..], |hits| &hits.hits) {
                let part = match (hit.is_prominent, is_asked_for(clue.origin)) {
                    (true, _) => 1.0,
                    (false, true) => 0.6,
                    (false, false) => 0.3,
                };
                let score = share * part * hit.score / most;
                let found = by_piece.entry(hit.piece).or_default();
                found.push((score, word, hit.is_prominent));
            }
        }
        for (piece, words) in by_piece {
            answers.entry(piece).or_default().add(clue.origin, words);
        }
    }
    for answers in answers.values_mut() {
        answers.reasons.sort_by(|a, b| b.0.total_cmp(&a.0));
    }
    answers
}

impl Answers {
    fn add(&mut self, origin: Origin, mut words: Vec<(f64, &str, bool)>) {
        let score: f64 = words.iter().map(|(score, ..)| score).sum();
        self.score += score;
        // Of several words those that only stand somewhere in the text say little.
        let is_asked_for = is_asked_for(origin);
        self.is_asked_for |= is_asked_for && words.iter().any(|(.., prominent)| *prominent);
        words.retain(|(.., prominent)| *prominent || is_asked_for);
        if score < LEAST || words.is_empty() {
            return;
        }
        words.sort_by(|a, b| b.0.total_cmp(&a.0));
        let words = words.into_iter().take(MOST_NAMED);
        let words = words.map(|(_, word, _)| word.to_owned()).collect();
        self.reasons.push((score, Reason::Words { words, origin }));
    }
}

/// The rarity of a word that a single piece holds.
fn rarest(index: &Index<'_>) -> f64 {
    let pieces = index.len() as f64;
    (1.0 + (pieces - 0.5) / 1.5).ln().max(f64::MIN_POSITIVE)
}

/// Whether the words are a wish rather than a trait.
fn is_asked_for(origin: Origin) -> bool {
    matches!(origin, Origin::About | Origin::Promised(_))
}

/// How much words count by where they come from.
fn weight(origin: Origin, today: Date) -> f64 {
    match origin {
        Origin::About => 4.0,
        Origin::Promised(_) => 3.0,
        Origin::Need => 2.0,
        Origin::Interest => 1.2,
        Origin::Note(day) => 1.2 * day.map_or(0.5, |day| faded(day, today)),
        Origin::Hobby => 0.8,
        Origin::Expertise | Origin::Work => 0.5,
    }
}

fn faded(day: Date, today: Date) -> f64 {
    let days = today.duration_since(day).as_hours().max(0) as f64 / 24.0;
    0.5_f64.powf(days / HALF_LIFE)
}
