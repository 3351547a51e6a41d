//! Words that may never be published, looked for in every byte that is about to be.
//!
//! In: plain strings (this room knows nothing of people) and the bytes of a file. Out: which of the
//! strings is in there, and what could not be looked through. All are looked for at once, with the
//! automaton of Aho and Corasick (crate aho-corasick), whatever their number; numbers of phones in
//! any spelling (`numbers`). What lies packed in a file is unpacked (`inside`, `pdf`).

mod inside;
mod numbers;
mod pdf;

use std::collections::BTreeSet;

use aho_corasick::{AhoCorasick, MatchKind};

use numbers::Numbers;

/// Signs that a text may be written in another way: then it is read as well and searched again.
const SIGNS: [&str; 7] = [
    "\0@\0", "%40", "&#64;", "&#x40;", "&#064;", "&commat;", "\\u0040",
];

/// A word to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// Text as it stands; case does not matter.
    Text(String),
    /// The number of a phone, as its digits: found with whatever stands between them, with and
    /// without the number of the country.
    Number(String),
}

/// Words to look for. A word that is only a part of a longer one does not count: `ana@a.example`
/// is not in `juana@a.example`.
#[derive(Debug)]
pub struct Canaries {
    /// The texts, and after them the signs.
    texts: AhoCorasick,
    /// The place in the list of each text.
    places: Vec<usize>,
    numbers: Numbers,
}

/// What a search came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// The places in the list of the words that were found.
    pub found: BTreeSet<usize>,
    /// In words, what could not be looked through.
    pub unread: BTreeSet<String>,
}

impl Canaries {
    /// Nothing where there are no words, which then cost nothing. The place of a word in the list
    /// is what [`Canaries::find`] gives.
    ///
    /// # Errors
    /// There are more than the automaton can hold, in words.
    pub fn new(words: &[Word]) -> Result<Option<Canaries>, String> {
        if words.is_empty() {
            return Ok(None);
        }
        let (mut texts, mut places, mut numbers) = (Vec::new(), Vec::new(), Numbers::default());
        for (place, word) in words.iter().enumerate() {
            match word {
                Word::Text(text) => {
                    texts.push(text.as_str());
                    places.push(place);
                }
                Word::Number(digits) => numbers.add(digits, place),
            }
        }
        texts.extend(SIGNS);
        let texts = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .build(texts)
            .map_err(|error| error.to_string())?;
        Ok(Some(Canaries {
            texts,
            places,
            numbers,
        }))
    }

    /// Looks through a file, and through what lies packed in it.
    pub fn find(&self, bytes: &[u8]) -> Search {
        inside::look(self, bytes)
    }

    /// Looks through the name of a file, with and without its ending: `ana@a.example.txt`.
    pub fn in_name(&self, name: &[u8]) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        self.in_bytes(name, &mut found);
        if let Some(end) = name.iter().rposition(|byte| *byte == b'.') {
            self.in_bytes(name.get(..end).unwrap_or_default(), &mut found);
        }
        found
    }

    /// The words that stand in these bytes as they are.
    fn in_bytes(&self, bytes: &[u8], found: &mut BTreeSet<usize>) {
        if self.in_text(bytes, found) {
            for text in [plain(bytes), narrow(bytes, 0), narrow(bytes, 1)] {
                self.in_text(&text, found);
            }
        }
    }

    /// The same for one way to read them; gives whether there may be others.
    fn in_text(&self, bytes: &[u8], found: &mut BTreeSet<usize>) -> bool {
        let mut signs = false;
        for hit in self.texts.find_overlapping_iter(bytes) {
            match self.places.get(hit.pattern().as_usize()) {
                None => signs = true,
                Some(place) if is_whole(bytes, hit.start(), hit.end()) => {
                    found.insert(*place);
                }
                Some(_) => {}
            }
        }
        self.numbers.find(bytes, found);
        signs
    }
}

/// The bytes with `@` for what stands for it in addresses, HTML and JSON.
fn plain(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(byte) = rest.first() {
        let sign = SIGNS.iter().skip(1).find(|sign| {
            let start = rest.get(..sign.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(sign.as_bytes()))
        });
        let taken = match sign.filter(|_| matches!(byte, b'%' | b'&' | b'\\')) {
            Some(sign) => {
                out.push(b'@');
                sign.len()
            }
            None => {
                out.push(*byte);
                1
            }
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    out
}

/// Text in UTF-16 of either order as bytes, a space for what is no ASCII; `from` is 0 or 1, as
/// such text may begin at any byte.
fn narrow(bytes: &[u8], from: usize) -> Vec<u8> {
    let bytes = bytes.get(from..).unwrap_or_default();
    let pairs = bytes.chunks_exact(2);
    pairs
        .map(|pair| match pair {
            [0, byte] | [byte, 0] if byte.is_ascii() => *byte,
            _ => b' ',
        })
        .collect()
}

/// Whether a match is a word of its own: no letter or digit goes on before or after it, nor what
/// would make it a part of a longer address.
fn is_whole(bytes: &[u8], start: usize, end: usize) -> bool {
    let at = |place: usize| bytes.get(place).copied().unwrap_or(b' ');
    let before = start.checked_sub(1).map_or(b' ', at);
    let (after, next) = (at(end), at(end + 1));
    let goes_on = match after {
        // The end of a sentence is none of an address.
        b'.' | b'-' => next.is_ascii_alphanumeric(),
        after => after.is_ascii_alphanumeric() || after == b'@',
    };
    !goes_on && !before.is_ascii_alphanumeric() && !b".+-_%".contains(&before)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canaries() -> Canaries {
        let words = [
            Word::Text("ana@a.example".into()),
            Word::Text("juana@a.example".into()),
            Word::Number("15558675309".into()),
        ];
        Canaries::new(&words).unwrap().unwrap()
    }

    fn found(text: &[u8]) -> Vec<usize> {
        canaries().find(text).found.into_iter().collect()
    }

    #[test]
    fn whole_words_only_whatever_their_case() {
        assert_eq!(found(b"<a href=\"mailto:Ana@A.example\">Ana</a>."), [0]);
        assert_eq!(found(b"write to juana@a.example."), [1]);
        for other in ["x.ana@a.example", "ana@a.example.org", "ana@a.examples"] {
            assert!(found(other.as_bytes()).is_empty(), "{other}");
        }
        assert!(Canaries::new(&[]).unwrap().is_none());
    }

    #[test]
    fn other_ways_to_write_it_are_read() {
        for text in [
            "mailto:ana%40a.example",
            "ana&#64;a.example",
            "ana&#X40;a.example",
            "ana&commat;a.example",
            "{\"a\": \"ana\\u0040a.example\"}",
        ] {
            assert_eq!(found(text.as_bytes()), [0], "{text}");
        }
        let little: Vec<u8> = "x ana@a.example"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let big: Vec<u8> = "x ana@a.example"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        for wide in [little, big] {
            assert_eq!(found(&wide), [0]);
            assert_eq!(found(&[&b"?"[..], &wide].concat()), [0]);
        }
        let longer: Vec<u8> = "juana@a.example"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(found(&longer), [1]);
    }
}
