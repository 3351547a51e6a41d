//! Capitals: names that are written in nothing else, and what they say.

use super::words::is_particle;

/// Whether a word is written in capitals only, two at least.
pub fn is_capitals(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic());
    word.chars().all(|c| !c.is_lowercase()) && letters.filter(|c| c.is_uppercase()).count() > 1
}

/// Whether two capitals are the short form of given names: `JP`, not `LI`.
pub fn is_short_form(word: &str) -> bool {
    let mut letters = word.chars();
    match (letters.next(), letters.next(), letters.next()) {
        (Some(first), Some(second), None) => {
            is_capitals(word) && (is_vowel(first) || !is_vowel(second))
        }
        _ => false,
    }
}

fn is_vowel(letter: char) -> bool {
    "AEIOUYÁÉÍÓÚÄËÏÖÜ".contains(letter)
}

/// Whether several words are written in capitals only, in Latin letters. A word alone may be an
/// abbreviation; Greek capitals have lost their accents.
pub fn is_shouted(name: &str) -> bool {
    let latin =
        |c: char| !c.is_alphabetic() || matches!(c, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
    let words = name
        .split(' ')
        .filter(|word| word.chars().any(char::is_alphabetic));
    let is_long = |word: &str| word.chars().count() > 2;
    name.chars().all(|c| latin(c) && !c.is_lowercase())
        && words.clone().count() > 1
        && words.clone().any(is_long)
}

/// A name in capitals as it is written otherwise: `María de la Cruz`, `John McDonald`.
pub fn softened(name: &str) -> String {
    let mut softened = Vec::new();
    for word in name.split(' ') {
        let small = word.to_lowercase();
        softened.push(match softened.is_empty() {
            _ if is_short_form(word) => word.to_owned(),
            false if is_particle(word) => small,
            _ => capitalized(&small),
        });
    }
    softened.join(" ")
}

/// A large letter at the beginning, and after hyphen, apostrophe, point and `Mc`.
fn capitalized(small: &str) -> String {
    let mut word = String::with_capacity(small.len());
    let mut is_first = true;
    for c in small.chars() {
        match is_first {
            true => word.extend(c.to_uppercase()),
            false => word.push(c),
        }
        is_first = matches!(c, '-' | '\'' | '’' | '.') || word == "Mc";
    }
    word
}
