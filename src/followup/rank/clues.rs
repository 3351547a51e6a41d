//! How well pieces answer the words that speak of a person.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::reason::Reason;
use crate::followup::index::{Hits, Index, words_of};
use crate::followup::wanted::{Clue, Origin};
use crate::language::words::is_filler;

/// The most different words that are looked for: beyond them is a diary, not a note.
const MOST_WORDS: usize = 500;

/// A word tells something of a piece if at most so large a part of the rarest word's rarity is
/// missing: words that half of the library holds tell nothing.
const TELLING: f64 = 0.25;

/// A word that is prominent in less than this part of the pieces that hold it is no subject of
/// theirs: "her", "second", "wants". It counts the less, and is never given as a reason.
const SUBJECT: f64 = 0.2;

/// Where something is asked for right now, all else counts this part.
const BESIDE: f64 = 0.25;

/// So well, and with at least half of its words, a piece for another trade must answer a wish to be
/// suggested.
const WISH: f64 = 0.3;

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
    /// Whether it answers a wish so well that it may be one for another trade.
    pub is_wish: bool,
    /// The promise that it keeps, if it is what was promised.
    pub keeps: Option<String>,
}

/// Words that were looked up already, for this person or another.
#[derive(Default)]
pub(super) struct KnownWords(Mutex<FxHashMap<String, Arc<Hits>>>);

impl KnownWords {
    /// The pieces that hold a word; none where the word is less rare than `least`, and so
    /// tells nothing.
    fn get(&self, index: &Index<'_>, word: &str, least: f64) -> Arc<Hits> {
        // What a thread that failed left in it is whole: entries are only added.
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(hits) = lock().get(word) {
            return Arc::clone(hits);
        }
        let mut hits = index.hits(&index.term(word, false));
        if hits.rarity < least {
            hits.hits = Vec::new();
        }
        let hits = Arc::new(hits);
        lock().insert(word.to_owned(), Arc::clone(&hits));
        hits
    }
}

/// The pieces that answer clues, by number.
pub(super) fn answers(
    index: &Index<'_>,
    looked_up: &KnownWords,
    clues: &[Clue],
    today: Date,
) -> BTreeMap<u32, Answers> {
    let mut answers: BTreeMap<u32, Answers> = BTreeMap::new();
    let mut known: FxHashMap<String, Arc<Hits>> = FxHashMap::default();
    let is_about = clues.iter().any(|clue| clue.origin == Origin::About);
    let most = rarest(index);
    for clue in clues {
        let mut words: Vec<String> = words_of(&clue.text);
        // In a small library the rarest of words may be "for".
        words.retain(|word| !index.langs().any(|lang| is_filler(word, lang)));
        for word in &words {
            if known.len() < MOST_WORDS && !known.contains_key(word) {
                known.insert(word.clone(), looked_up.get(index, word, TELLING * most));
            }
        }
        let rarity = |word: &String| known.get(word).map_or(0.0, |hits| hits.rarity);
        words.retain(|word| rarity(word) >= TELLING * most);
        // A long text has more words that fit by chance.
        let length = (words.len().max(1) as f64).sqrt();
        let beside = match is_about && clue.origin != Origin::About {
            true => BESIDE,
            false => 1.0,
        };
        let share = weight(clue.origin, today) * beside / (length * most);
        for (piece, found) in found(&words, &known, clue.origin) {
            answers
                .entry(piece)
                .or_default()
                .add(clue, found, words.len(), share);
        }
    }
    for answers in answers.values_mut() {
        // What is asked for now is what the letter is about.
        answers.keeps.take_if(|_| is_about);
        answers.reasons.sort_by(|a, b| b.0.total_cmp(&a.0));
    }
    answers
}

/// A word that was found in a piece.
struct Word<'a> {
    word: &'a str,
    score: f64,
    /// Whether it tells what the piece is about.
    is_told: bool,
    /// Whether it stands where the piece says what it is: in the title, the summary, a heading.
    is_prominent: bool,
}

/// The pieces that hold words of one clue, and which.
fn found<'a>(
    words: &'a [String],
    known: &FxHashMap<String, Arc<Hits>>,
    origin: Origin,
) -> BTreeMap<u32, Vec<Word<'a>>> {
    let mut found: BTreeMap<u32, Vec<Word<'a>>> = BTreeMap::new();
    let is_asked_for = matches!(origin, Origin::About | Origin::Promised(_));
    for word in words {
        let Some(hits) = known.get(word) else {
            continue;
        };
        let subject = match is_asked_for {
            true => 1.0,
            false => (hits.prominence / SUBJECT).min(1.0),
        };
        for hit in &hits.hits {
            let part = match (hit.is_prominent, is_asked_for) {
                (true, _) => 1.0,
                (false, true) => 0.6,
                (false, false) => 0.3,
            };
            found.entry(hit.piece).or_default().push(Word {
                word,
                score: part * subject * hit.score,
                is_told: is_asked_for || (hit.is_prominent && subject == 1.0),
                is_prominent: hit.is_prominent,
            });
        }
    }
    found
}

impl Answers {
    /// Adds what a piece answers of one clue, which has `of` telling words; `share` is what they
    /// count.
    fn add(&mut self, clue: &Clue, mut words: Vec<Word<'_>>, of: usize, share: f64) {
        let origin = clue.origin;
        let score = share * words.iter().map(|word| word.score).sum::<f64>();
        self.score += score;
        let prominent = words.iter().filter(|word| word.is_prominent).count();
        // Two of three: a piece about introductions is not the introduction that was promised.
        if matches!(origin, Origin::Promised(_)) && 3 * prominent >= 2 * of {
            self.keeps.get_or_insert_with(|| clue.text.clone());
        }
        words.retain(|word| word.is_told);
        if score < LEAST || words.is_empty() {
            return;
        }
        self.is_wish |= is_wish(origin) && score >= WISH && 2 * words.len() >= of;
        words.sort_by(|a, b| b.score.total_cmp(&a.score));
        let words = words.into_iter().take(MOST_NAMED);
        let words = words.map(|word| word.word.to_owned()).collect();
        self.reasons.push((score, Reason::Words { words, origin }));
    }
}

/// The rarity of a word that a single piece holds.
fn rarest(index: &Index<'_>) -> f64 {
    let pieces = index.len() as f64;
    (1.0 + (pieces - 0.5) / 1.5).ln().max(f64::MIN_POSITIVE)
}

/// Whether the words say what somebody would like to have.
fn is_wish(origin: Origin) -> bool {
    matches!(
        origin,
        Origin::About | Origin::Promised(_) | Origin::Need | Origin::Interest
    )
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
