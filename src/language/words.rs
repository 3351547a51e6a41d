//! When two words count as the same: without case and accents, and by their stems.
//!
//! Stems are those of the Snowball project (<https://snowballstem.org/>), for the languages that
//! it knows.

use std::borrow::Cow;

use rust_stemmers::{Algorithm, Stemmer};

/// A word longer than this, in bytes, is none of a language and is left as it is.
const LONG_WORD: usize = 64;

/// Lower case without accents; apostrophes vanish, all other punctuation becomes a space.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_ascii_alphanumeric() => folded.push(c.to_ascii_lowercase()),
            '\'' | '’' | '‘' | 'ʼ' | '′' | '`' | '´' => {}
            // Accents that stand as characters of their own, and characters that are not seen.
            c if is_mark(c) => {}
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

/// Whether a word of a language only holds others together: "the", "for", "dass". In lower case.
/// The lists are those of NLTK; of a language without one nothing is said.
pub fn is_filler(word: &str, lang: &str) -> bool {
    let listed = stop_words::lookup(super::base(lang));
    listed.is_some_and(|listed| listed.contains(&word))
}

/// Accents that stand as characters of their own, and characters that are not seen.
pub fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{feff}')
}

/// Letters with accents, ligatures, and the wide letters of East Asian keyboards.
fn is_latin(c: char) -> bool {
    matches!(
        c,
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{fb00}'..='\u{fb06}' | '\u{ff10}'..='\u{ff5a}'
    )
}

/// Cuts the words of one language to their stems.
pub struct Stems(Option<Stemmer>);

impl Stems {
    /// The stems of a language (`fr`, `pt-BR`). Words of a language that Snowball does not know
    /// are their own stems.
    pub fn of(lang: &str) -> Stems {
        let algorithm = match super::base(lang) {
            "ar" => Algorithm::Arabic,
            "da" => Algorithm::Danish,
            "de" => Algorithm::German,
            "el" => Algorithm::Greek,
            "en" => Algorithm::English,
            "es" => Algorithm::Spanish,
            "fi" => Algorithm::Finnish,
            "fr" => Algorithm::French,
            "hu" => Algorithm::Hungarian,
            "it" => Algorithm::Italian,
            "nb" | "nn" | "no" => Algorithm::Norwegian,
            "nl" => Algorithm::Dutch,
            "pt" => Algorithm::Portuguese,
            "ro" => Algorithm::Romanian,
            "ru" => Algorithm::Russian,
            "sv" => Algorithm::Swedish,
            "ta" => Algorithm::Tamil,
            "tr" => Algorithm::Turkish,
            _ => return Stems(None),
        };
        Stems(Some(Stemmer::create(algorithm)))
    }

    /// The stem of a word in lower case.
    pub fn stem<'a>(&self, word: &'a str) -> Cow<'a, str> {
        match &self.0 {
            Some(stemmer) if word.len() <= LONG_WORD => stemmer.stem(word),
            _ => Cow::Borrowed(word),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KNOWN: [&str; 18] = [
        "ar", "da", "de", "el", "en", "es", "fi", "fr", "hu", "it", "nb", "nl", "pt", "ro", "ru",
        "sv", "ta", "tr",
    ];

    #[test]
    fn a_word_is_cut_as_its_language_cuts_it() {
        let stem = |lang, word| Stems::of(lang).stem(word).into_owned();
        assert_eq!(stem("en-GB", "hiring"), "hire");
        assert_eq!(stem("es", "restaurantes"), stem("es", "restaurante"));
        assert_eq!(stem("fr", "pratiques"), stem("fr", "pratique"));
        assert_eq!(stem("tlh", "hiring"), "hiring");
    }

    proptest! {
        #[test]
        fn no_word_stops_a_stemmer(word in "\\w{0,40}|[a-zäöüßéèâñçğıŋα-ωа-яء-ي]{0,24}") {
            let word = word.to_lowercase();
            for lang in KNOWN {
                Stems::of(lang).stem(&word);
            }
        }
    }
}
