//! From a typed word to the words of the index.

use std::collections::BTreeMap;

use super::store::spelled;
use super::{Index, folded_stem, tokens};
use crate::diagnostics::nearest;
use crate::language::words::{Stems, fold};

/// Words that only begin like the typed one count this much of it.
const BEGINNING: f64 = 0.4;

/// So many letters tell a word by its beginning.
const TELLING: usize = 3;

/// The most words that a beginning stands for.
const MOST: usize = 200;

/// A typed word, and the words of the index that it stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// As it was typed, in lower case.
    pub typed: String,
    /// Words of the index by number: in which languages, and how much each counts.
    pub(super) words: BTreeMap<u32, Variant>,
}

/// A word that a term stands for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Variant {
    /// A flag for each language of the index.
    pub langs: Vec<bool>,
    pub weight: f64,
}

impl Term {
    /// Whether no piece holds it.
    pub fn is_unknown(&self) -> bool {
        self.words.is_empty()
    }
}

/// The words of a text as they are looked for, each once, in order.
pub fn words_of(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    tokens::words(text, |word| {
        if !found.iter().any(|known| known == word) {
            found.push(word.to_owned());
        }
    });
    found
}

impl Index<'_> {
    /// What a word (as [`words_of`] gives it) stands for: in each language the words of its stem.
    /// With `beginning`, also words that begin like it, as the last word of a query may not be
    /// typed to its end.
    pub fn term(&self, typed: &str, beginning: bool) -> Term {
        let mut term = Term {
            typed: typed.to_owned(),
            words: BTreeMap::new(),
        };
        let folded = plain(typed);
        let same: Vec<(usize, &str)> = self.same_letters(&folded).collect();
        for (number, lang) in self.stored.langs.iter().enumerate() {
            let stems = Stems::of(lang);
            let mut keys = vec![folded_stem(&stems, typed)];
            // "presentacion" means what "presentación" means.
            keys.extend(same.iter().map(|(_, word)| folded_stem(&stems, word)));
            keys.sort_unstable();
            keys.dedup();
            for word in keys.iter().flat_map(|stem| self.with_stem(number, stem)) {
                self.add(&mut term, word, number);
            }
        }
        if beginning && folded.chars().count() >= TELLING.min(least_telling(&folded)) {
            self.add_beginnings(&mut term, &folded);
        }
        term
    }

    /// Words that were meant instead of one that no piece holds, the nearest first.
    pub fn meant(&self, typed: &str) -> Vec<String> {
        let words = self.stored.words.from(0);
        let words = words.map(|(_, word)| spelled(word).1);
        let words = words.filter(|word| word.chars().all(char::is_alphabetic));
        let near = nearest(typed, words);
        near.into_iter().map(str::to_owned).collect()
    }

    fn add(&self, term: &mut Term, word: u32, lang: usize) {
        let variant = term.words.entry(word).or_insert_with(|| Variant {
            langs: vec![false; self.stored.langs.len()],
            weight: 1.0,
        });
        if let Some(flag) = variant.langs.get_mut(lang) {
            *flag = true;
        }
    }

    fn add_beginnings(&self, term: &mut Term, folded: &str) {
        let words = &self.stored.words;
        let first = words.first(|word| spelled(word).0 < folded);
        let beginning = words.from(first).take(MOST);
        let beginning = beginning.take_while(|(_, word)| word.starts_with(folded));
        for (number, _) in beginning {
            term.words.entry(number as u32).or_insert_with(|| Variant {
                langs: vec![true; self.stored.langs.len()],
                weight: BEGINNING,
            });
        }
    }

    /// The words with these letters, whatever their accents.
    fn same_letters(&self, folded: &str) -> impl Iterator<Item = (usize, &str)> {
        let words = &self.stored.words;
        let first = words.first(|word| spelled(word).0 < folded);
        let same = words.from(first).map(|(at, word)| (at, spelled(word)));
        let same = same.take_while(move |(_, (letters, _))| *letters == folded);
        same.map(|(at, (_, word))| (at, word))
    }

    /// The words of a stem in a language.
    fn with_stem(&self, lang: usize, stem: &str) -> Vec<u32> {
        let Some(table) = self.stored.stems.get(lang) else {
            return Vec::new();
        };
        let first = table.stems.first(|other| other < stem);
        let same = table.stems.from(first);
        let same = same.take_while(|(_, other)| *other == stem);
        same.filter_map(|(at, _)| Some(table.words.get(at)?.to_native()))
            .collect()
    }
}

/// Letters without accents.
pub(super) fn plain(word: &str) -> String {
    fold(word).replace(' ', "")
}

/// A single character of an East Asian script tells a word; a letter does not.
fn least_telling(folded: &str) -> usize {
    match folded.is_ascii() {
        true => TELLING,
        false => 1,
    }
}
