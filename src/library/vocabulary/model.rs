//! One industry, and the number that stands for it.

use std::collections::BTreeMap;

use super::words::Normaliser;

/// Stands for an industry within the [`Vocabulary`](super::Vocabulary) that gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IndustryId(u16);

impl IndustryId {
    /// The most industries that a vocabulary can hold.
    pub(super) const LIMIT: usize = u16::MAX as usize;

    /// The industry at this place in [`Vocabulary::industries`](super::Vocabulary::industries).
    pub(super) fn new(index: usize) -> Self {
        debug_assert!(index < Self::LIMIT);
        IndustryId(index as u16)
    }

    /// The industries from one place up to, not including, another.
    pub(super) fn range(
        from: usize,
        to: usize,
    ) -> impl DoubleEndedIterator<Item = IndustryId> + use<> {
        (from..to).map(Self::new)
    }

    /// The industry's place in [`Vocabulary::industries`](super::Vocabulary::industries).
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// A sector, or a trade inside one.
#[derive(Clone, Debug)]
pub struct Industry {
    /// The lower-case word with hyphens that addresses are made of.
    pub slug: String,
    /// The English name, as people of the trade call it.
    pub name: String,
    /// The name in other languages, by language code.
    pub names: BTreeMap<String, String>,
    /// NAICS 2022 codes of two to six digits, each standing for all codes that begin with it, or
    /// ranges of sectors (`31-33`).
    pub naics: Vec<String>,
    /// What else people type for it.
    pub aliases: Vec<String>,
    /// The sector that the trade lies in; `None` for a sector.
    pub sector: Option<IndustryId>,
    /// The key of every phrase, in the order of [`Industry::phrases`]. Making keys is what costs
    /// time in loading, so it is done once.
    keys: Vec<Box<str>>,
}

impl Industry {
    /// An industry that is nobody's trade yet, without names in other languages, codes or aliases.
    pub(super) fn new(slug: String, name: String) -> Self {
        Industry {
            slug,
            name,
            names: BTreeMap::new(),
            naics: Vec::new(),
            aliases: Vec::new(),
            sector: None,
            keys: Vec::new(),
        }
    }

    /// To be called before a slug, name or alias changes.
    pub(super) fn forget_keys(&mut self) {
        self.keys.clear();
    }

    pub(super) fn has_keys(&self) -> bool {
        !self.keys.is_empty()
    }

    /// Whether this is the industry's slug, its name or its name in another language.
    pub(super) fn goes_by(&self, text: &str) -> bool {
        self.slug == text || self.name == text || self.names.values().any(|name| name == text)
    }

    /// Makes the keys anew, after the last change of a slug, name or alias.
    pub(super) fn make_keys(&mut self, normaliser: &mut Normaliser) {
        self.keys = self
            .texts()
            .map(|(_, text)| normaliser.key(text).into())
            .collect();
    }

    /// Everything that leads to the industry: what it is, its text and its key.
    pub(super) fn phrases(&self) -> impl Iterator<Item = (Label<'_>, &str, &str)> {
        self.texts()
            .zip(&self.keys)
            .map(|((label, text), key)| (label, text, key.as_ref()))
    }

    fn texts(&self) -> impl Iterator<Item = (Label<'_>, &str)> {
        let own = [
            (Label::Slug, self.slug.as_str()),
            (Label::Name, self.name.as_str()),
        ];
        let aliases = self.aliases.iter().map(|a| (Label::Alias, a.as_str()));
        let names = self
            .names
            .iter()
            .map(|(lang, name)| (Label::Translation(lang), name.as_str()));
        own.into_iter().chain(aliases).chain(names)
    }

    /// The name in a language, else in the language without its region, else in English.
    pub(super) fn name_in(&self, lang: &str) -> &str {
        let base = || lang.split(['-', '_']).next().unwrap_or(lang);
        self.names
            .get(lang)
            .or_else(|| self.names.get(base()))
            .unwrap_or(&self.name)
    }
}

/// What a phrase is to its industry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label<'a> {
    Slug,
    Name,
    Alias,
    /// The name in this language.
    Translation(&'a str),
}
