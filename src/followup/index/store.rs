//! What the index holds, laid out so that it is used as it lies in its file: read in one go,
//! checked, never unpacked (rkyv).

use rkyv::{Archive, Serialize};

use super::FIELDS;

/// The whole index.
#[derive(Clone, Debug, Default, Archive, Serialize)]
pub(super) struct Stored {
    /// The languages of the pieces, sorted.
    pub langs: Vec<String>,
    /// Every resource, sorted by path.
    pub pieces: Vec<Record>,
    /// How many words each field holds in all pieces together.
    pub totals: [u64; FIELDS],
    /// Every word that occurs, without accents; see [`spelled`].
    pub words: Strings,
    /// For each word, where its postings end among those of all words.
    pub ends: Vec<u32>,
    /// For each language, the stems of the words that occur in it.
    pub stems: Vec<StemTable>,
}

/// What is known of a resource without reading it.
#[derive(Clone, Debug, Default, Archive, Serialize)]
pub(super) struct Record {
    /// A hash of all that its words are read from.
    pub hash: u64,
    pub path: String,
    pub title: String,
    pub summary: String,
    pub address: String,
    pub short_address: String,
    pub id: String,
    /// As [`crate::source::front_matter::Kind::name`] has it.
    pub kind: String,
    /// The number of its language.
    pub lang: u32,
    /// Its industries, by slug.
    pub industries: Vec<String>,
    pub general: bool,
    /// Its topics, by slug.
    pub topics: Vec<String>,
    /// What it has in common with its translations.
    pub translations: String,
    pub draft: bool,
    /// When it was written or last changed in substance, in seconds since 1970.
    pub fresh: Option<i64>,
    /// From when on it is published.
    pub publish: Option<i64>,
    /// From when on it is no longer shown.
    pub expires: Option<i64>,
    /// The first moment after the day by which the author wanted to look at it again.
    pub overdue: Option<i64>,
    /// How many words each field holds.
    pub lengths: [u32; FIELDS],
}

/// Sorted stems, and for each the number of a word that has it. A stem may stand several times.
#[derive(Clone, Debug, Default, Archive, Serialize)]
pub(super) struct StemTable {
    pub stems: Strings,
    pub words: Vec<u32>,
}

/// Many short texts in one.
#[derive(Clone, Debug, Default, Archive, Serialize)]
pub(super) struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    pub fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len() as u32);
    }
}

impl ArchivedStrings {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn get(&self, at: usize) -> Option<&str> {
        let end = self.ends.get(at)?.to_native() as usize;
        let start = match at.checked_sub(1) {
            Some(before) => self.ends.get(before)?.to_native() as usize,
            None => 0,
        };
        self.text.get(start..end)
    }

    /// The number of the first text, in sorted order, that is not `before`.
    pub fn first(&self, before: impl Fn(&str) -> bool) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            match self.get(middle).is_some_and(&before) {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        low
    }

    /// The texts from a number on, with their numbers.
    pub fn from(&self, at: usize) -> impl Iterator<Item = (usize, &str)> {
        (at..self.len()).map_while(|at| Some((at, self.get(at)?)))
    }
}

/// A word as the index sorts it: without accents, then, where that is another, as it is written.
pub(super) fn sorted_by(folded: &str, word: &str) -> String {
    match folded == word {
        true => word.to_owned(),
        false => format!("{folded}\0{word}"),
    }
}

/// A word of the index without accents, and as it is written.
pub(super) fn spelled(word: &str) -> (&str, &str) {
    word.split_once('\0').unwrap_or((word, word))
}
