//! The industry vocabulary: which trades there are, and which one a typed word means.
//!
//! In: the built-in list (vocabulary.yaml beside this file) and, where there is one, the text of
//! the library's own industries.yaml. Out: a [`Vocabulary`], which finds the industry behind a
//! slug, a name in any language, an alias or a NAICS code, and suggests one for a word that it
//! does not know.
//!
//! Codes are those of NAICS 2022, the North American Industry Classification System of the US
//! Census Bureau (<https://www.census.gov/naics/>); the words are our own. Words are compared by
//! their stems, cut with the English stemmer of the Snowball project
//! (<https://snowballstem.org/>).

mod builtin;
mod index;
mod lexicon;
mod model;
mod naics;
mod own;
mod search;
mod slug;
#[cfg(test)]
mod tests;
mod words;

use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use crate::diagnostics::Diagnostic;
use index::Index;
use lexicon::Lexicon;

pub use model::{Industry, IndustryId};
pub use search::{Match, Reason};

/// Every industry that a library knows, and the words that lead to each.
///
/// A vocabulary never changes once it is made; a clone shares it and costs nothing. An
/// [`IndustryId`] belongs to the vocabulary that gave it.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    /// Each sector followed by its trades.
    industries: Vec<Industry>,
    index: Index,
    /// The industries by their slugs, once somebody asks by one.
    slugs: OnceLock<FxHashMap<String, IndustryId>>,
    /// What [`Vocabulary::search`] needs beyond `index`; most commands never do.
    lexicon: OnceLock<Lexicon>,
}

impl Vocabulary {
    /// The built-in vocabulary: the 20 sectors of NAICS 2022 and our trades beneath them. It is
    /// read at the first call, then shared.
    pub fn builtin() -> Vocabulary {
        static BUILTIN: OnceLock<Vocabulary> = OnceLock::new();
        BUILTIN.get_or_init(builtin::read).clone()
    }

    /// The built-in vocabulary as changed by a library's own industries.yaml, given as the name to
    /// show in messages (its path relative to the library) and its text; `None` where the library
    /// has no such file.
    ///
    /// Gives every problem in the file, in its order. What is wrong is left out and the rest
    /// holds, so that one slip does not make every document that names an industry fail as well.
    pub fn load(own: Option<(&str, &str)>) -> (Vocabulary, Vec<Diagnostic>) {
        let builtin = Self::builtin();
        match own {
            None => (builtin, Vec::new()),
            Some((file, text)) => {
                let (industries, diagnostics) = own::apply(&builtin, file, text);
                (Self::new(industries), diagnostics)
            }
        }
    }

    /// `industries`: each sector followed by its trades.
    fn new(industries: Vec<Industry>) -> Self {
        let index = Index::new(&industries);
        Vocabulary {
            shared: Arc::new(Shared {
                industries,
                index,
                slugs: OnceLock::new(),
                lexicon: OnceLock::new(),
            }),
        }
    }

    /// Every industry, each sector followed by its trades.
    pub fn industries(&self) -> &[Industry] {
        &self.shared.industries
    }

    /// Every industry with its id, each sector followed by its trades.
    pub fn iter(&self) -> impl Iterator<Item = (IndustryId, &Industry)> {
        self.ids().zip(self.industries())
    }

    /// The ids of all industries, in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = IndustryId> + use<> {
        IndustryId::range(0, self.industries().len())
    }

    /// The sectors, in order.
    pub fn sectors(&self) -> impl Iterator<Item = IndustryId> {
        self.ids().filter(|id| self.get(*id).sector.is_none())
    }

    /// The trades of a sector, in order; none for a trade.
    pub fn trades(&self, sector: IndustryId) -> impl Iterator<Item = IndustryId> {
        IndustryId::range(sector.index() + 1, self.industries().len())
            .take_while(move |id| self.get(*id).sector == Some(sector))
    }

    /// The industry behind an id.
    ///
    /// # Panics
    /// May panic if `id` was given by another vocabulary.
    pub fn get(&self, id: IndustryId) -> &Industry {
        &self.shared.industries[id.index()]
    }

    /// The industry with exactly this slug. Costs one hash look-up.
    pub fn by_slug(&self, slug: &str) -> Option<IndustryId> {
        let slugs = self.shared.slugs.get_or_init(|| {
            let slugs = self
                .iter()
                .map(|(id, industry)| (industry.slug.clone(), id));
            slugs.collect()
        });
        slugs.get(slug).copied()
    }

    /// The sector of a trade; a sector is its own.
    pub fn sector_of(&self, id: IndustryId) -> IndustryId {
        self.get(id).sector.unwrap_or(id)
    }

    /// Whether `industry` is `sector` or lies inside it: whether what is meant for `industry`
    /// belongs on the page of `sector`.
    pub fn contains(&self, sector: IndustryId, industry: IndustryId) -> bool {
        sector == industry || self.get(industry).sector == Some(sector)
    }

    /// What the industry is called in a language (`fr`, `pt-BR`), or in English where the
    /// vocabulary has no name in it.
    pub fn name(&self, id: IndustryId, lang: &str) -> &str {
        self.get(id).name_in(lang)
    }

    /// The industry that a word means: a slug, a name in any language, an alias, or a NAICS code
    /// (`238220`, `31-33`), whatever its case, accents, punctuation or plural.
    ///
    /// A code means the industry with the longest code that it lies inside, and of several with
    /// the same code the first listed. Costs one or two hash look-ups.
    pub fn resolve(&self, word: &str) -> Option<IndustryId> {
        self.shared.index.resolve(word)
    }

    /// Makes what searching needs, which the first search would do otherwise.
    pub fn prepare(&self) {
        self.lexicon();
    }

    fn lexicon(&self) -> &Lexicon {
        self.shared
            .lexicon
            .get_or_init(|| Lexicon::new(self.industries()))
    }
}
