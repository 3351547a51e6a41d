//! What searching needs: every phrase by its words, how telling each word is, and which words look
//! alike.

use rustc_hash::{FxHashMap, FxHashSet};

use super::model::{Industry, IndustryId};
use super::words;

/// A word's number in a [`Lexicon`].
pub(super) type WordId = u32;

/// A phrase's number in a [`Lexicon`].
pub(super) type PhraseId = u32;

/// Words of plain speech, and those that any firm says of itself. They count only as part of a
/// whole phrase ("IT support", "drop in centre"), hardly at all by themselves.
const PLAIN: &[&str] = &[
    "am", "an", "are", "as", "at", "be", "been", "big", "business", "by", "can", "company", "do",
    "firm", "from", "get", "guy", "has", "have", "he", "help", "her", "here", "his", "how", "i",
    "im", "in", "into", "is", "it", "its", "ive", "job", "large", "like", "little", "local",
    "make", "many", "me", "more", "my", "new", "no", "not", "on", "one", "or", "our", "out", "own",
    "owner", "people", "run", "she", "small", "so", "some", "start", "that", "their", "them",
    "they", "this", "to", "up", "us", "want", "was", "we", "what", "where", "which", "who", "with",
    "work", "you", "your",
];

/// How much a [`PLAIN`] word tells.
const PLAIN_WEIGHT: f32 = 0.1;

/// All phrases of a vocabulary, taken apart.
#[derive(Debug)]
pub(super) struct Lexicon {
    pub(super) phrases: Vec<Phrase>,
    /// By stem.
    words: FxHashMap<Box<str>, WordId>,
    /// For each word, how much it tells: the fewer industries use it, the more.
    weights: Vec<f32>,
    /// For each word, the phrases that hold it.
    postings: Vec<Vec<PhraseId>>,
    /// Every word as it is written, in alphabetical order.
    spellings: Vec<Spelling>,
}

/// A slug, name or alias.
#[derive(Debug)]
pub(super) struct Phrase {
    pub(super) industry: IndustryId,
    /// Which of the industry's phrases it is.
    pub(super) place: usize,
    /// Its words in order.
    pub(super) words: Vec<WordId>,
    /// How much all of its words tell.
    pub(super) weight: f32,
    /// Its words as written, without spaces: "realestate" is a slip as well.
    pub(super) closed: Letters,
}

/// A word as it is written.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spelling {
    pub(super) text: Letters,
    pub(super) word: WordId,
}

impl Lexicon {
    pub(super) fn new(industries: &[Industry]) -> Self {
        let mut seen = FxHashSet::default();
        let mut lexicon = Lexicon {
            phrases: Vec::new(),
            words: FxHashMap::default(),
            weights: Vec::new(),
            postings: Vec::new(),
            spellings: Vec::new(),
        };
        for (id, industry) in IndustryId::range(0, industries.len()).zip(industries) {
            for (place, (_, text, key)) in industry.phrases().enumerate() {
                lexicon.add(id, place, text, key, &mut seen);
            }
        }
        lexicon.spellings.sort_unstable();
        lexicon.weigh(industries.len());
        lexicon
    }

    /// Adds a phrase; `seen` are the spellings that are there already.
    fn add(
        &mut self,
        industry: IndustryId,
        place: usize,
        text: &str,
        key: &str,
        seen: &mut FxHashSet<Box<str>>,
    ) {
        let number = self.phrases.len() as PhraseId;
        let written = words::plain(text);
        let closed = Letters::new(&written.replace(' ', ""));
        let mut ids = Vec::new();
        for (stem, spelling) in key.split(' ').zip(written.split(' ')) {
            let word = self.intern(stem);
            ids.push(word);
            if let Some(posting) = self.postings.get_mut(word as usize)
                && posting.last() != Some(&number)
            {
                posting.push(number);
            }
            if !seen.contains(spelling) {
                let text = Letters::new(spelling);
                self.spellings.push(Spelling { text, word });
                seen.insert(spelling.into());
            }
        }
        self.phrases.push(Phrase {
            industry,
            place,
            words: ids,
            weight: 0.0,
            closed,
        });
    }

    fn intern(&mut self, stem: &str) -> WordId {
        if let Some(word) = self.words.get(stem) {
            return *word;
        }
        let word = self.postings.len() as WordId;
        self.words.insert(stem.into(), word);
        self.postings.push(Vec::new());
        word
    }

    /// Says how much each word tells, then each phrase.
    fn weigh(&mut self, industries: usize) {
        self.weights = self
            .postings
            .iter()
            .map(|posting| {
                let mut users: Vec<Option<IndustryId>> = posting
                    .iter()
                    .map(|phrase| Some(self.phrases.get(*phrase as usize)?.industry))
                    .collect();
                users.dedup();
                (1.0 + industries as f32 / users.len().max(1) as f32).ln()
            })
            .collect();
        for plain in PLAIN {
            if let Some(word) = self.words.get(words::stem(plain).as_ref())
                && let Some(weight) = self.weights.get_mut(*word as usize)
            {
                *weight = PLAIN_WEIGHT;
            }
        }
        let weights = &self.weights;
        for phrase in &mut self.phrases {
            let weight = |word: &WordId| weights.get(*word as usize);
            phrase.weight = phrase.words.iter().filter_map(weight).sum();
        }
    }

    /// The word with this stem.
    pub(super) fn word(&self, stem: &str) -> Option<WordId> {
        self.words.get(stem).copied()
    }

    /// How much a word tells.
    pub(super) fn weight(&self, word: WordId) -> f32 {
        self.weights.get(word as usize).copied().unwrap_or(0.0)
    }

    /// The phrases that hold a word.
    pub(super) fn phrases_with(&self, word: WordId) -> &[PhraseId] {
        self.postings.get(word as usize).map_or(&[], Vec::as_slice)
    }

    /// The words written in nearly the same letters, nearest first.
    pub(super) fn spelled_like(&self, word: &Letters) -> Vec<(usize, &Spelling)> {
        let mut near: Vec<(usize, &Spelling)> = self
            .spellings
            .iter()
            .filter_map(|spelling| Some((word.distance(&spelling.text)?, spelling)))
            .collect();
        near.sort();
        near
    }

    /// The words that begin with these letters, in alphabetical order.
    pub(super) fn beginning_with(&self, start: &str) -> &[Spelling] {
        let from = self
            .spellings
            .partition_point(|spelling| spelling.text.as_str() < start);
        let rest = self.spellings.get(from..).unwrap_or_default();
        let count = rest.partition_point(|spelling| spelling.text.as_str().starts_with(start));
        rest.get(..count).unwrap_or_default()
    }
}

/// A word or phrase that is compared letter by letter.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Letters {
    text: Box<str>,
    count: usize,
    /// A bit for each letter that occurs. Two words one edit apart differ in at most two bits,
    /// which rules out nearly all pairs at once.
    mask: u64,
}

/// Nothing shorter is taken for a slip of the finger: too many words are one letter away.
const SHORT: usize = 4;

/// Nothing longer is anybody's trade.
const LONG: usize = 48;

impl Letters {
    pub(super) fn new(text: &str) -> Self {
        let bit = |c: char| 1u64 << (u32::from(c) % 64);
        Letters {
            count: text.chars().count(),
            mask: text.chars().fold(0, |mask, c| mask | bit(c)),
            text: text.into(),
        }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the letters are enough to tell a word by its beginning.
    pub(super) fn is_telling(&self) -> bool {
        (SHORT..=LONG).contains(&self.count)
    }

    /// The number of edits between two words, if it is small enough to be a slip. Of a short word
    /// the first letter must be right: "horse" is not "house", but "house" is not "mouse" either.
    pub(super) fn distance(&self, other: &Letters) -> Option<usize> {
        let allowed = match self.count {
            SHORT..=7 => 1,
            8..=12 => 2,
            13..=LONG => 3,
            _ => return None,
        };
        if self.count.abs_diff(other.count) > allowed
            || (self.mask ^ other.mask).count_ones() as usize > 2 * allowed
            || (self.count <= 5 && self.text.chars().next() != other.text.chars().next())
        {
            return None;
        }
        let distance = strsim::osa_distance(&self.text, &other.text);
        (distance <= allowed).then_some(distance)
    }
}
