//! Which industries free words may mean, best first, and why.

mod reason;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::lexicon::{Letters, Lexicon, Phrase, PhraseId, WordId};
use super::model::{Industry, IndustryId};
use super::naics::Code;
use super::{Vocabulary, words};
use crate::language::words::fold;

pub use reason::{Match, Reason};

/// Words beyond this many are not looked at: nobody describes a trade at such length.
const MOST_WORDS: usize = 48;

/// The most matches that a search gives.
const MOST_MATCHES: usize = 12;

/// The most industries that are suggested for an unknown word.
const MOST_SUGGESTIONS: usize = 3;

/// A match must be at least this good; below it are words that most trades share.
const LEAST_SCORE: f32 = 1.2;

/// … and reach this part of the best match's score.
const LEAST_PART: f32 = 0.15;

/// What a phrase scores on top of its words if all of it is there: in order and together, …
const WHOLE: f32 = 10.0;
/// … anywhere in the query, …
const SCATTERED: f32 = 7.0;
/// … or with slips of the finger.
const NEARLY: f32 = 4.0;

/// A phrase whose words tell as much as this gets all of the above.
const TELLING_WEIGHT: f32 = 4.0;

/// A phrase whose words tell less than this is nothing by itself.
const LEAST_WEIGHT: f32 = 1.0;

impl Vocabulary {
    /// The industries that free words may mean ("realtor", "531210", "I run a small dentist office
    /// in Ohio"), best first, at most a dozen. One that the words hit exactly, as
    /// [`Vocabulary::resolve`] would find it, comes first. Words that mean no trade give nothing.
    pub fn search(&self, text: &str) -> Vec<Match> {
        let by_code = Code::parse(text).map_or_else(Vec::new, |code| self.search_code(&code));
        match by_code.is_empty() {
            true => self.search_words(text, Spelling::Any),
            false => by_code,
        }
    }

    /// The industries that a text speaks of without being a question for one, such as the name of a
    /// company or a note: as [`Vocabulary::search`], but words count only as the vocabulary spells
    /// them, and no codes.
    pub fn mentioned(&self, text: &str) -> Vec<Match> {
        match Code::parse(text) {
            Some(_) => Vec::new(),
            None => self.search_words(text, Spelling::Exact),
        }
    }

    /// Whether a text holds a whole name of an industry that has several words: "IT services".
    pub fn spells_out(&self, industry: IndustryId, text: &str) -> bool {
        let spaced = |text: &str| {
            let words: Vec<String> = fold(text).split_whitespace().map(str::to_owned).collect();
            (words.len(), format!(" {} ", words.join(" ")))
        };
        let (_, text) = spaced(text);
        let mut phrases = self.get(industry).phrases();
        phrases.any(|(_, phrase, _)| {
            let (words, phrase) = spaced(&phrase.replace('-', " "));
            words > 1 && text.contains(&phrase)
        })
    }

    fn search_words(&self, text: &str, spelling: Spelling) -> Vec<Match> {
        let query = Query::new(text, self.lexicon(), spelling);
        let exact = self.resolve(text);
        let mut found: BTreeMap<IndustryId, (f32, Reason)> = BTreeMap::new();
        let mut note = |industry, score, reason| {
            let entry = found.entry(industry);
            let old = entry.or_insert((f32::MIN, Reason::Slug));
            if score > old.0 {
                *old = (score, reason);
            }
        };
        if exact.is_none() && spelling == Spelling::Any {
            for (phrase, score) in query.close_phrases() {
                let industry = self.get(phrase.industry);
                let text = industry
                    .phrases()
                    .nth(phrase.place)
                    .map(|(_, text, _)| text);
                let reason = Reason::Close(text.unwrap_or(&industry.slug).to_owned());
                note(phrase.industry, score, reason);
            }
        }
        for (phrase, score, hits) in query.scored_phrases() {
            let industry = self.get(phrase.industry);
            note(
                phrase.industry,
                score,
                query.reason(phrase, &hits, industry),
            );
        }
        if let Some(industry) = exact {
            found.insert(industry, (f32::MAX, self.get(industry).exact_reason(text)));
        }
        best(found)
    }

    /// The slugs of the industries nearest to a word that means none, best first, at most three.
    pub fn nearest(&self, word: &str) -> Vec<&str> {
        self.search(word)
            .iter()
            .take(MOST_SUGGESTIONS)
            .map(|found| self.get(found.industry).slug.as_str())
            .collect()
    }

    /// "did you mean `hvac`?", for a word that means no industry, if one is near enough.
    pub fn suggestion(&self, word: &str) -> Option<String> {
        let slugs: Vec<String> = self
            .nearest(word)
            .iter()
            .map(|slug| format!("`{slug}`"))
            .collect();
        match slugs.as_slice() {
            [] => None,
            [one] => Some(format!("did you mean {one}?")),
            [rest @ .., last] => Some(format!("did you mean {} or {last}?", rest.join(", "))),
        }
    }

    /// The industries that a code lies inside, the longest code first, then those that lie inside
    /// it.
    fn search_code(&self, typed: &Code<'_>) -> Vec<Match> {
        let mut found: Vec<((bool, usize), Match)> = Vec::new();
        for (id, industry) in self.iter() {
            let reason = industry
                .naics
                .iter()
                .filter_map(|code| code_reason(typed, code))
                .min_by_key(|(rank, _)| *rank);
            if let Some((rank, reason)) = reason {
                let industry = id;
                found.push((rank, Match { industry, reason }));
            }
        }
        // Stable: of two that are as good, the first listed comes first.
        found.sort_by_key(|(rank, _)| *rank);
        found.truncate(MOST_MATCHES);
        found.into_iter().map(|(_, found)| found).collect()
    }
}

/// Which spellings of a word count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spelling {
    /// The vocabulary's own.
    Exact,
    /// Those near it, too, and words that only begin like it.
    Any,
}

/// How an industry's code relates to the typed one, if at all; the lower the rank, the better.
fn code_reason(typed: &Code<'_>, own: &str) -> Option<((bool, usize), Reason)> {
    let code = Code::parse(own)?;
    let typed_text = typed.to_string();
    if code.contains(typed) {
        let depth = usize::MAX - code.digits();
        let reason = Reason::Naics {
            code: typed_text,
            inside: own.to_owned(),
        };
        Some(((false, depth), reason))
    } else if typed.contains(&code) {
        let reason = Reason::Naics {
            code: own.to_owned(),
            inside: typed_text,
        };
        Some(((true, 0), reason))
    } else {
        None
    }
}

/// The matches that are worth showing, best first.
fn best(found: BTreeMap<IndustryId, (f32, Reason)>) -> Vec<Match> {
    let mut found: Vec<(IndustryId, (f32, Reason))> = found.into_iter().collect();
    found.sort_by(|a, b| b.1.0.total_cmp(&a.1.0));
    let top = found
        .iter()
        .map(|(_, (score, _))| *score)
        .find(|score| *score < f32::MAX)
        .unwrap_or(0.0);
    let least = LEAST_SCORE.max(top * LEAST_PART);
    found
        .into_iter()
        .take_while(|(_, (score, _))| *score >= least)
        .take(MOST_MATCHES)
        .map(|(industry, (_, reason))| Match { industry, reason })
        .collect()
}

/// A typed text, looked up word by word.
struct Query<'a> {
    lexicon: &'a Lexicon,
    /// The words without the spaces between them.
    closed: Letters,
    /// For each word, what it may be.
    readings: Vec<Vec<Reading<'a>>>,
}

/// A word that a typed word may be.
#[derive(Clone, Copy)]
struct Reading<'a> {
    word: WordId,
    /// 1 for the word itself, less for one that is only spelled like it.
    certainty: f32,
    /// How that one is spelled.
    spelling: Option<&'a str>,
}

impl<'a> Query<'a> {
    fn new(text: &str, lexicon: &'a Lexicon, spelling: Spelling) -> Self {
        let mut words = words::words(text);
        words.truncate(MOST_WORDS);
        let readings = words
            .iter()
            .map(|word| readings(word, lexicon, spelling))
            .collect();
        Query {
            lexicon,
            closed: Letters::new(&words.concat()),
            readings,
        }
    }

    /// The phrases that look like the whole query with a slip or two, or with its spaces wrong.
    fn close_phrases(&self) -> Vec<(&'a Phrase, f32)> {
        self.lexicon
            .phrases
            .iter()
            .filter_map(|phrase| {
                let edits = self.closed.distance(&phrase.closed)?;
                Some((phrase, WHOLE + NEARLY - 2.0 * edits as f32))
            })
            .collect()
    }

    /// Each phrase that shares a word with the query, its score, and the words that it shares.
    fn scored_phrases(&self) -> Vec<(&'a Phrase, f32, Vec<Reading<'a>>)> {
        let mut by_phrase: BTreeMap<PhraseId, Vec<Reading<'a>>> = BTreeMap::new();
        for reading in self.readings.iter().flatten() {
            for phrase in self.lexicon.phrases_with(reading.word) {
                let hits = by_phrase.entry(*phrase).or_default();
                match hits.iter_mut().find(|hit| hit.word == reading.word) {
                    None => hits.push(*reading),
                    Some(hit) if hit.certainty < reading.certainty => *hit = *reading,
                    Some(_) => {}
                }
            }
        }
        by_phrase
            .into_iter()
            .filter_map(|(number, hits)| {
                let phrase = self.lexicon.phrases.get(number as usize)?;
                Some((phrase, self.score(phrase, &hits), hits))
            })
            .collect()
    }

    /// The more telling the shared words, and the more of the phrase they are, the better.
    fn score(&self, phrase: &Phrase, hits: &[Reading<'_>]) -> f32 {
        if phrase.weight < LEAST_WEIGHT {
            return 0.0;
        }
        let shared: f32 = hits
            .iter()
            .map(|hit| self.lexicon.weight(hit.word) * hit.certainty)
            .sum();
        let certain = hits.iter().all(|hit| hit.spelling.is_none());
        let bonus = match (is_whole(phrase, hits), certain) {
            (true, true) if self.holds(phrase) => WHOLE,
            (true, true) => SCATTERED,
            (true, false) => NEARLY,
            (false, _) => 0.0,
        };
        // "shop" is all of an alias as well, but says little.
        bonus * (phrase.weight / TELLING_WEIGHT).min(1.0).powi(2) + shared * shared / phrase.weight
    }

    /// Whether the phrase stands in the query as it is.
    fn holds(&self, phrase: &Phrase) -> bool {
        let is = |readings: &Vec<Reading<'_>>, word: &WordId| {
            readings
                .iter()
                .any(|reading| reading.word == *word && reading.spelling.is_none())
        };
        self.readings.windows(phrase.words.len().max(1)).any(|run| {
            run.iter()
                .zip(&phrase.words)
                .all(|(readings, word)| is(readings, word))
        })
    }

    /// Why a phrase was found.
    fn reason(&self, phrase: &Phrase, hits: &[Reading<'_>], industry: &Industry) -> Reason {
        let of = industry.phrase_reason(phrase.place);
        let slip = hits.iter().find_map(|hit| hit.spelling);
        if let Some(spelling) = slip {
            return Reason::Close(spelling.to_owned());
        }
        if is_whole(phrase, hits) {
            return of;
        }
        let written = industry.phrases().nth(phrase.place);
        let written = words::words(written.map_or("", |(_, text, _)| text));
        let words = phrase
            .words
            .iter()
            .zip(written)
            .filter(|(word, _)| hits.iter().any(|hit| hit.word == **word))
            .filter(|(word, _)| self.lexicon.weight(**word) >= LEAST_WEIGHT)
            .map(|(_, spelling)| spelling)
            .collect();
        let of = Box::new(of);
        Reason::Words { words, of }
    }
}

/// Whether every word of a phrase was hit.
fn is_whole(phrase: &Phrase, hits: &[Reading<'_>]) -> bool {
    phrase
        .words
        .iter()
        .all(|word| hits.iter().any(|hit| hit.word == *word))
}

/// The most words that a word may be spelled like.
const MOST_READINGS: usize = 6;

/// What a typed word may be: itself if the vocabulary knows it, else words spelled like it and
/// words that begin with it.
fn readings<'a>(typed: &str, lexicon: &'a Lexicon, spelling: Spelling) -> Vec<Reading<'a>> {
    if let Some(word) = lexicon.word(&words::stem(typed)) {
        return vec![Reading {
            word,
            certainty: 1.0,
            spelling: None,
        }];
    }
    if spelling == Spelling::Exact {
        return Vec::new();
    }
    let letters = Letters::new(typed);
    let near = lexicon.spelled_like(&letters);
    let least = near.first().map(|(edits, _)| *edits);
    let slips = near
        .into_iter()
        .take_while(|(edits, _)| Some(*edits) == least)
        .map(|(edits, spelling)| (0.9 - 0.2 * edits as f32, spelling));
    let begun = letters
        .is_telling()
        .then(|| lexicon.beginning_with(typed))
        .into_iter()
        .flatten()
        .map(|spelling| (0.5, spelling));
    slips
        .chain(begun)
        .take(MOST_READINGS)
        .map(|(certainty, spelling)| Reading {
            word: spelling.word,
            certainty,
            spelling: Some(spelling.text.as_str()),
        })
        .collect()
}
