//! When two phrases count as the same: keys.
//!
//! A phrase's key is its words in lower case without accents, each cut to its stem, small words
//! left out: "Cafés & the Bakeries" and "cafe bakery" both give "cafe bakeri".

use std::borrow::Cow;

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

/// Words that tell no industry from another.
const SMALL: [&str; 5] = ["and", "of", "the", "a", "for"];

/// A word longer than this, in bytes, is nobody's trade and is left as it is.
const LONG_WORD: usize = 64;

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
    let stemmer = stemmer();
    join(text, |word, key| key.push_str(&stem_with(&stemmer, word)))
}

/// The stem of a word as [`words`] gives it.
pub(super) fn stem(word: &str) -> Cow<'_, str> {
    stem_with(&stemmer(), word)
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
    stemmer: Stemmer,
    stems: FxHashMap<String, Box<str>>,
}

impl Normaliser {
    pub(super) fn new() -> Self {
        Normaliser {
            stemmer: stemmer(),
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
            let stem = stem_with(&self.stemmer, word);
            key.push_str(&stem);
            self.stems.insert(word.to_owned(), stem.into());
        })
    }
}

fn stemmer() -> Stemmer {
    Stemmer::create(Algorithm::English)
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
fn stem_with<'a>(stemmer: &Stemmer, word: &'a str) -> Cow<'a, str> {
    // The stemmer knows English only, and counts on words of a sensible length.
    if !word.is_ascii() || word.len() > LONG_WORD {
        return Cow::Borrowed(word);
    }
    let stem = stemmer.stem(word);
    match stem.strip_suffix("men") {
        Some(start) => Cow::Owned(format!("{start}man")),
        None => stem,
    }
}

/// Lower case without accents; apostrophes vanish, all other punctuation becomes a space.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_ascii_alphanumeric() => folded.push(c.to_ascii_lowercase()),
            '\'' | '’' | '‘' | 'ʼ' | '′' | '`' | '´' => {}
            // Accents that stand as characters of their own, and characters that are not seen.
            '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{feff}' => {}
            c if is_latin(c) && c.is_alphanumeric() => {
                let plain = deunicode::deunicode_char(c).unwrap_or_default();
                folded.extend(
                    plain
                        .chars()
                        .filter(char::is_ascii_alphanumeric)
                        .map(|c| c.to_ascii_lowercase()),
                );
            }
            // Other scripts stay: spelled in Latin letters, different words may fall together.
            c if c.is_alphanumeric() => folded.extend(c.to_lowercase()),
            _ => folded.push(' '),
        }
    }
    folded
}

/// Letters with accents, ligatures, and the wide letters of East Asian keyboards.
fn is_latin(c: char) -> bool {
    matches!(
        c,
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{fb00}'..='\u{fb06}' | '\u{ff10}'..='\u{ff5a}'
    )
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
