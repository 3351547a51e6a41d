//! The built-in industries and what industries.yaml asks for, made one list.

mod add;

use std::collections::hash_map;

use rustc_hash::FxHashMap;

use super::read::{Entry, Own};
use super::{Problems, Word};
use crate::diagnostics::Diagnostic;
use crate::library::vocabulary::Vocabulary;
use crate::library::vocabulary::model::{Industry, IndustryId, Label};
use crate::library::vocabulary::slug::{is_slug, slug_from};
use crate::library::vocabulary::words::Normaliser;

/// Each sector followed by its trades, as the library knows them.
pub(super) fn merge(builtin: &Vocabulary, own: &Own, problems: &mut Problems) -> Vec<Industry> {
    let mut merge = Merge::new(builtin, problems);
    merge.hide(own);
    merge.claim_builtin(own);
    for (slug, changes) in &own.rename {
        merge.rename(slug, changes);
    }
    let added = merge.add_all(&own.add);
    merge.keep_old_words();
    merge.place(&added);
    merge.finish()
}

/// The list in the making. Industries are known by their place in `industries`, built-in ones
/// first; sectors and trades are sorted out at the end.
struct Merge<'a, 'p> {
    builtin: &'a Vocabulary,
    problems: &'a mut Problems<'p>,
    normaliser: Normaliser,
    industries: Vec<Industry>,
    /// The sector of each industry.
    sectors: Vec<Option<usize>>,
    hidden: Vec<bool>,
    /// Which industry each key means.
    claims: FxHashMap<String, usize>,
    /// Slugs and names that a rename took away; they still lead to their industry as long as no
    /// other wants them.
    old_words: Vec<(usize, String)>,
}

/// What became of the wish that a word should mean an industry.
#[derive(PartialEq)]
enum Claim {
    New,
    /// It does already.
    Repeated,
    /// It means another, or has nothing to tell it by.
    Refused,
}

impl<'a, 'p> Merge<'a, 'p> {
    fn new(builtin: &'a Vocabulary, problems: &'a mut Problems<'p>) -> Self {
        let industries = builtin.industries().to_vec();
        let sectors = industries
            .iter()
            .map(|industry| industry.sector.map(IndustryId::index))
            .collect();
        Merge {
            builtin,
            problems,
            normaliser: Normaliser::new(),
            hidden: vec![false; industries.len()],
            industries,
            sectors,
            claims: FxHashMap::default(),
            old_words: Vec::new(),
        }
    }

    /// The built-in industry with this slug, or a problem that names the nearest.
    fn known(&mut self, slug: &Word) -> Option<usize> {
        let found = self.builtin.by_slug(&slug.text).map(IndustryId::index);
        if found.is_none() {
            let problem = Diagnostic::error(format!("unknown industry `{}`", slug.text))
                .maybe_help(self.builtin.suggestion(&slug.text));
            self.problems.push(&slug.span, problem);
        }
        found
    }

    fn hide(&mut self, own: &Own) {
        let hidden: Vec<usize> = own.hide.iter().filter_map(|w| self.known(w)).collect();
        for (at, flag) in self.hidden.iter_mut().enumerate() {
            let sector = self.sectors.get(at).copied().flatten();
            *flag = hidden.contains(&at) || sector.is_some_and(|sector| hidden.contains(&sector));
        }
        for word in &own.show {
            let Some(at) = self.known(word) else { continue };
            if hidden.contains(&at) {
                let problem = Diagnostic::error(format!(
                    "`{}` is listed under `hide` as well as under `show`",
                    word.text
                ))
                .help("`show` is for trades of a hidden sector: keep one of the two lines");
                self.problems.push(&word.span, problem);
            } else if self.is_hidden(at) {
                self.reveal(at);
            } else {
                let problem = Diagnostic::warning(format!(
                    "`{}` is not hidden, so there is nothing to show",
                    word.text
                ));
                self.problems.push(&word.span, problem);
            }
        }
    }

    /// Keeps a trade of a hidden sector, as a sector of its own.
    fn reveal(&mut self, at: usize) {
        if let (Some(hidden), Some(sector)) = (self.hidden.get_mut(at), self.sectors.get_mut(at)) {
            *hidden = false;
            *sector = None;
        }
    }

    /// An industry about to change.
    fn edit(&mut self, at: usize) -> Option<&mut Industry> {
        let industry = self.industries.get_mut(at)?;
        industry.forget_keys();
        Some(industry)
    }

    fn is_hidden(&self, at: usize) -> bool {
        self.hidden.get(at).copied().unwrap_or(false)
    }

    /// Every word of a built-in industry is taken, but those of hidden ones and those that a
    /// rename is about to replace. Done before any rename, so that two industries may swap names.
    fn claim_builtin(&mut self, own: &Own) {
        let renames: FxHashMap<&str, &Entry> = own
            .rename
            .iter()
            .map(|(slug, changes)| (slug.text.as_str(), changes))
            .collect();
        for (at, industry) in self.builtin.industries().iter().enumerate() {
            if self.is_hidden(at) {
                continue;
            }
            let changes = renames.get(industry.slug.as_str());
            for (label, text, key) in industry.phrases() {
                if changes.is_some_and(|changes| changes.replaces(label)) {
                    self.old_words.push((at, text.to_owned()));
                } else {
                    self.claims.entry(key.to_owned()).or_insert(at);
                }
            }
        }
    }

    /// Makes `word` lead to the industry at `at`; `what` is what the word is to it.
    fn claim(&mut self, at: usize, what: &str, word: &Word) -> Claim {
        let key = self.normaliser.key(&word.text);
        if key.is_empty() {
            let problem = Diagnostic::error(format!(
                "the {what} `{}` has no word to tell it by",
                word.text
            ));
            self.problems.push(&word.span, problem);
            return Claim::Refused;
        }
        let owner = match self.claims.entry(key) {
            hash_map::Entry::Vacant(free) => {
                free.insert(at);
                return Claim::New;
            }
            hash_map::Entry::Occupied(taken) => *taken.get(),
        };
        if owner == at {
            return Claim::Repeated;
        }
        let slug = self.industries.get(owner).map_or("", |i| i.slug.as_str());
        let problem =
            Diagnostic::error(format!("the {what} `{}` already means `{slug}`", word.text)).help(
                if owner < self.builtin.industries().len() {
                    format!(
                        "one word leads to one industry: leave it out, or hide `{slug}` \
                         if the library has no use for it"
                    )
                } else {
                    "one word leads to one industry: leave it out in one of the two".to_owned()
                },
            );
        self.problems.push(&word.span, problem);
        Claim::Refused
    }

    fn rename(&mut self, slug: &Word, changes: &Entry) {
        let Some(at) = self.known(slug) else { return };
        if self.is_hidden(at) {
            let problem = Diagnostic::error(format!("`{}` is renamed but hidden", slug.text))
                .help("a trade of a hidden sector stays if it is listed under `show`");
            self.problems.push(&slug.span, problem);
            return;
        }
        if let Some(slug) = changes
            .slug
            .as_ref()
            .and_then(|slug| self.checked_slug(slug))
            && self.claim(at, "slug", &slug) != Claim::Refused
            && let Some(industry) = self.edit(at)
        {
            industry.slug = slug.text;
        }
        if let Some(name) = &changes.name
            && self.claim(at, "name", name) != Claim::Refused
            && let Some(industry) = self.edit(at)
        {
            industry.name.clone_from(&name.text);
        }
        self.set_words(at, changes);
    }

    /// Aliases and names in other languages, as far as they are free.
    fn set_words(&mut self, at: usize, entry: &Entry) {
        for alias in &entry.aliases {
            if self.claim(at, "alias", alias) == Claim::New
                && let Some(industry) = self.edit(at)
            {
                industry.aliases.push(alias.text.clone());
            }
        }
        for (lang, name) in &entry.names {
            if self.claim(at, "name", name) != Claim::Refused
                && let Some(industry) = self.edit(at)
            {
                industry.names.insert(lang.clone(), name.text.clone());
            }
        }
    }

    /// The slug if it is well formed, else a problem and the nearest one that is.
    fn checked_slug(&mut self, slug: &Word) -> Option<Word> {
        if is_slug(&slug.text) {
            return Some(slug.clone());
        }
        let better = slug_from(&slug.text);
        let problem = Diagnostic::error(format!("`{}` cannot be a slug", slug.text))
            .label("lower-case letters, digits and single hyphens")
            .maybe_help(better.as_ref().map(|better| format!("write `{better}`")));
        self.problems.push(&slug.span, problem);
        better.map(|text| Word {
            text,
            span: slug.span.clone(),
        })
    }

    /// What a rename replaced still leads to its industry, unless another took it.
    fn keep_old_words(&mut self) {
        for (at, text) in std::mem::take(&mut self.old_words) {
            let key = self.normaliser.key(&text);
            let hash_map::Entry::Vacant(free) = self.claims.entry(key) else {
                continue;
            };
            free.insert(at);
            // A rename that was refused replaced nothing.
            if let Some(industry) = self.edit(at)
                && !industry.goes_by(&text)
            {
                industry.aliases.push(text);
            }
        }
    }

    /// Each sector followed by its trades, with their keys.
    fn finish(mut self) -> Vec<Industry> {
        let mut order: Vec<(usize, bool, usize)> = (0..self.industries.len())
            .filter(|at| !self.is_hidden(*at))
            .map(|at| {
                let sector = self.sectors.get(at).copied().flatten();
                (sector.unwrap_or(at), sector.is_some(), at)
            })
            .collect();
        order.sort_unstable();
        let mut finished: Vec<Industry> = Vec::with_capacity(order.len());
        let mut sector_id = None;
        for (_, is_trade, at) in order {
            let Some(industry) = self.industries.get(at) else {
                continue;
            };
            let mut industry = industry.clone();
            if !is_trade {
                sector_id = Some(IndustryId::new(finished.len()));
            }
            industry.sector = sector_id.filter(|_| is_trade);
            if !industry.has_keys() {
                industry.make_keys(&mut self.normaliser);
            }
            finished.push(industry);
        }
        finished
    }
}

impl Entry {
    /// Whether a rename puts something in the place of this phrase.
    fn replaces(&self, label: Label<'_>) -> bool {
        match label {
            Label::Slug => self.slug.is_some(),
            Label::Name => self.name.is_some(),
            Label::Alias => false,
            Label::Translation(lang) => self.names.iter().any(|(own, _)| own == lang),
        }
    }
}
