//! Text as words.
//!
//! A word is a run of letters and digits in lower case, accents kept, so that a stemmer of its
//! language can cut it; punctuation and apostrophes part words ("l'avocat" is "l" and "avocat").
//! Scripts that put no spaces between words give each pair of neighbouring characters instead
//! (bigrams, as is usual for Chinese and Japanese: Manning, Raghavan and Schütze, Introduction to
//! Information Retrieval, 2008, section 2.2.1).

use crate::language::words::is_mark;

/// A word longer than this, in bytes, is cut: it is no word, and would only fill the index.
const LONGEST: usize = 64;

/// Calls `each` with every word of a text, in order.
pub(super) fn words(text: &str, mut each: impl FnMut(&str)) {
    let mut word = String::new();
    let mut unspaced: Vec<char> = Vec::new();
    for c in text.chars() {
        if is_mark(c) {
            // Neither a letter nor a break.
            if !word.is_empty() && word.len() < LONGEST {
                word.push(c);
            }
        } else if is_unspaced(c) {
            end(&mut word, &mut each);
            unspaced.push(c);
        } else if c.is_alphanumeric() {
            pairs(&mut unspaced, &mut each);
            if word.len() < LONGEST {
                word.extend(c.to_lowercase());
            }
        } else {
            end(&mut word, &mut each);
            pairs(&mut unspaced, &mut each);
        }
    }
    end(&mut word, &mut each);
    pairs(&mut unspaced, &mut each);
}

/// Ends a word. A single Latin letter says nothing: it is what an apostrophe left.
fn end(word: &mut String, each: &mut impl FnMut(&str)) {
    let is_letter = word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !word.is_empty() && !is_letter {
        each(word);
    }
    word.clear();
}

/// Ends a run of characters without spaces between words.
fn pairs(run: &mut Vec<char>, each: &mut impl FnMut(&str)) {
    let mut say = |characters: &[char]| each(&characters.iter().collect::<String>());
    match run.as_slice() {
        [] => {}
        [one] => say(&[*one]),
        many => many.windows(2).for_each(say),
    }
    run.clear();
}

/// Scripts without spaces between words, and Korean, which writes small words onto others: Thai,
/// Lao, Burmese, Khmer, kana, Han, Hangul.
fn is_unspaced(c: char) -> bool {
    matches!(
        c,
        '\u{0e01}'..='\u{0eff}'
            | '\u{1000}'..='\u{109f}'
            | '\u{1100}'..='\u{11ff}'
            | '\u{1780}'..='\u{17ff}'
            | '\u{3041}'..='\u{30ff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7af}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        words(text, |word| found.push(word.to_owned()));
        found
    }

    #[test]
    fn words_are_lower_case_and_keep_their_accents() {
        assert_eq!(
            split("Follow-up: the Café’s 2 HVAC crews"),
            ["follow", "up", "the", "café", "2", "hvac", "crews"]
        );
        assert_eq!(
            split("l'avocat, d’abord; don't"),
            ["avocat", "abord", "don"]
        );
        assert_eq!(
            split("cafe\u{301} soft\u{ad}en"),
            ["cafe\u{301}", "soft\u{ad}en"]
        );
        assert!(split(" — … 🔧 ' ").is_empty());
    }

    #[test]
    fn what_has_no_spaces_becomes_pairs() {
        assert_eq!(split("東京都 a店 b"), ["東京", "京都", "店"]);
        assert_eq!(split("iPhoneの修理"), ["iphone", "の修", "修理"]);
        assert_eq!(split("한국어를"), ["한국", "국어", "어를"]);
    }

    #[test]
    fn what_is_no_word_is_cut() {
        let found = split(&"a".repeat(10_000));
        assert_eq!(found, ["a".repeat(LONGEST)]);
    }
}
