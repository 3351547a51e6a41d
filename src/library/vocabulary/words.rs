//! When two phrases count as the same: keys.
//!
//! A phrase's key is its words in lower case without accents, each cut to its stem, small words
//! left out: "Cafés & the Bakeries" and "cafe bakery" both give "cafe bakeri".

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::language::words::{Stems, fold};

/// Words that tell no industry from another.
const SMALL: [&str; 5] = ["and", "of", "the", "a", "for"];

/// The words of a text in lower case, without accents, apostrophes, punctuation and small words,
/// with single spaces between.
pub(super) fn plain(text: &str) -> String {
    join(text, |word, plain| plain.push_str(word))
}

/// The words of [`plain`], one by one.
pub(super) fn words(text: &str) -> Vec<String> {
    let plain = plain(text);
    let words = plain.split(' ').filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// The key of a phrase; empty where it has no word at all.
pub(super) fn key(text: &str) -> String {
    let stems = english();
    join(text, |word, key| key.push_str(&stem_with(&stems, word)))
}

/// The stem of a word as [`words`] gives it.
pub(super) fn stem(word: &str) -> Cow<'_, str> {
    stem_with(&english(), word)
}

/// What a key (or a stem) may be the plural of, where the stemmer sees none: "cpas" and "ngos", as
/// it takes only words that it could pronounce, and "buses".
pub(super) fn singulars(key: &str) -> impl Iterator<Item = &str> {
    let ends_in = |text: &str, endings: &[&str]| endings.iter().any(|end| text.ends_with(end));
    let spoken = key
        .strip_suffix('e')
        .filter(|start| ends_in(start, &["s", "x", "z", "ch", "sh"]));
    let spelled = key
        .strip_suffix('s')
        .filter(|start| start.ends_with(|c: char| c.is_ascii_alphanumeric()));
    spelled.into_iter().chain(spoken)
}

/// Makes many keys, remembering the stems: the stemmer is slow against a look-up, and the words of
/// a vocabulary come back often.
pub(super) struct Normaliser {
    english: Stems,
    stems: FxHashMap<String, Box<str>>,
}

impl Normaliser {
    pub(super) fn new() -> Self {
        Normaliser {
            english: english(),
            stems: FxHashMap::default(),
        }
    }

    /// The same as [`key`].
    pub(super) fn key(&mut self, text: &str) -> String {
        join(text, |word, key| {
            if let Some(stem) = self.stems.get(word) {
                key.push_str(stem);
                return;
            }
            let stem = stem_with(&self.english, word);
            key.push_str(&stem);
            self.stems.insert(word.to_owned(), stem.into());
        })
    }
}

fn english() -> Stems {
    Stems::of("en")
}

/// Joins what `push` makes of each word with single spaces.
fn join(text: &str, mut push: impl FnMut(&str, &mut String)) -> String {
    let folded = fold(text);
    let mut key = String::with_capacity(folded.len());
    for word in folded.split(' ') {
        if word.is_empty() || SMALL.contains(&word) {
            continue;
        }
        if !key.is_empty() {
            key.push(' ');
        }
        push(word, &mut key);
    }
    key
}

/// Snowball's English stem, and one thing that it leaves out: "repairmen" are "repairman".
fn stem_with<'a>(english: &Stems, word: &'a str) -> Cow<'a, str> {
    // The stemmer knows English only.
    if !word.is_ascii() {
        return Cow::Borrowed(word);
    }
    let stem = english.stem(word);
    match stem.strip_suffix("men") {
        Some(start) => Cow::Owned(format!("{start}man")),
        None => stem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_punctuation_plural_and_small_words_do_not_count() {
        assert_eq!(key("Cafés & the Bakeries"), key("cafe, bakery"));
        assert_eq!(key("cafe\u{301}"), key("CAFÉ"));
        assert_eq!(key("Children's museum"), key("childrens museums"));
        assert_eq!(key("children’s"), key("children's"));
        assert_eq!(key("day-care"), key("Day  Care"));
        assert_eq!(key("School of the Arts"), key("school arts"));
        assert_eq!(key("handymen"), key("Handyman"));
        assert_eq!(key("Ｐｌｕｍｂｅｒ"), key("plumber"));
        assert_eq!(key("Bäckerei"), "backerei");
    }

    #[test]
    fn plurals_that_the_stemmer_leaves_have_a_singular() {
        let has = |plural: &str, singular: &str| {
            let stem = key(plural);
            stem == key(singular) || singulars(&stem).any(|stem| stem == key(singular))
        };
        assert!(has("CPAs", "CPA") && has("NGOs", "ngo") && has("buses", "bus"));
        assert!(!has("s", "") && !has("a s", "a") && !has("care", "car"));
    }

    #[test]
    fn different_words_stay_different() {
        assert_ne!(key("roofer"), key("roofing"));
        assert_ne!(key("real estate"), key("estate real"));
        assert_ne!(key("建筑"), key("见助"));
    }

    #[test]
    fn a_text_without_words_has_no_key() {
        for text in ["", " ", "the", "— & —", "'", "🔧"] {
            assert_eq!(key(text), "", "{text:?}");
        }
    }

    #[test]
    fn remembering_stems_changes_nothing() {
        let mut normaliser = Normaliser::new();
        for text in [
            "Law firms",
            "firms",
            "Cabinet d’avocats",
            "",
            "law the firm",
        ] {
            assert_eq!(normaliser.key(text), key(text));
        }
    }
}
