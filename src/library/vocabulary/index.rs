//! From a word or a code to its industry, by hash.

use rustc_hash::FxHashMap;

use super::model::{Industry, IndustryId};
use super::naics::Code;
use super::words;

/// A text longer than this, in bytes, is no word for an industry and is not looked at.
const LONGEST: usize = 1024;

/// Every key and every code with the industry that it means.
#[derive(Debug)]
pub(super) struct Index {
    keys: FxHashMap<Box<str>, IndustryId>,
    codes: FxHashMap<Box<str>, IndustryId>,
}

impl Index {
    /// Where two industries claim the same key or code, the first has it.
    pub(super) fn new(industries: &[Industry]) -> Self {
        let size = industries
            .iter()
            .map(|industry| industry.phrases().count())
            .sum();
        let mut index = Index {
            keys: FxHashMap::with_capacity_and_hasher(size, Default::default()),
            codes: FxHashMap::default(),
        };
        for (id, industry) in IndustryId::range(0, industries.len()).zip(industries) {
            for (_, _, key) in industry.phrases() {
                index.keys.entry(key.into()).or_insert(id);
            }
            for code in industry.naics.iter().filter_map(|code| Code::parse(code)) {
                for prefix in code.prefixes() {
                    index.codes.entry(prefix.into()).or_insert(id);
                }
            }
        }
        // A phrase without words would answer to every other such phrase.
        index.keys.remove("");
        index
    }

    /// The industry that a word or a code means.
    pub(super) fn resolve(&self, word: &str) -> Option<IndustryId> {
        if word.len() > LONGEST {
            return None;
        }
        let key = words::key(word);
        self.resolve_key(&key)
            .or_else(|| words::singulars(&key).find_map(|key| self.resolve_key(key)))
            .or_else(|| self.resolve_code(&Code::parse(word)?))
    }

    fn resolve_key(&self, key: &str) -> Option<IndustryId> {
        self.keys.get(key).copied()
    }

    fn resolve_code(&self, code: &Code<'_>) -> Option<IndustryId> {
        match code {
            Code::Prefix(code) => (2..=code.len())
                .rev()
                .find_map(|end| self.codes.get(code.get(..end)?).copied()),
            // A range means an industry only if all of it does.
            Code::Sectors(range) => {
                let mut ids = range
                    .clone()
                    .map(|sector| self.codes.get(sector.to_string().as_str()));
                let first = ids.next().flatten()?;
                ids.all(|id| id == Some(first)).then_some(*first)
            }
        }
    }
}
