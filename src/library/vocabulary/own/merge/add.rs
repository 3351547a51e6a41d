//! New industries, and the sectors that they lie in.

use super::super::Word;
use super::super::read::Entry;
use super::{Claim, Merge};
use crate::diagnostics::{Diagnostic, did_you_mean};
use crate::library::vocabulary::model::{Industry, IndustryId};
use crate::library::vocabulary::naics::Code;
use crate::library::vocabulary::slug::slug_from;

/// What `sector:` says of an industry that is a sector of its own.
const NO_SECTOR: &str = "none";

impl Merge<'_, '_> {
    /// Adds what can be added; gives the place of each new industry with its entry.
    pub(super) fn add_all<'e>(&mut self, entries: &'e [Entry]) -> Vec<(usize, &'e Entry)> {
        entries
            .iter()
            .filter_map(|entry| Some((self.add(entry)?, entry)))
            .collect()
    }

    fn add(&mut self, entry: &Entry) -> Option<usize> {
        let at = self.industries.len();
        if at + 1 >= IndustryId::LIMIT {
            let limit = IndustryId::LIMIT;
            let problem = Diagnostic::error(format!("more than {limit} industries"));
            self.problems.push(&entry.span, problem);
            return None;
        }
        let slug = match &entry.slug {
            Some(slug) => self.checked_slug(slug)?,
            None => {
                self.missing_slug(entry);
                return None;
            }
        };
        if self.refuse_taken_slug(&slug) || self.claim(at, "slug", &slug) == Claim::Refused {
            return None;
        }
        let name = match &entry.name {
            Some(name) => name.text.clone(),
            None => {
                let problem =
                    Diagnostic::error(format!("the industry `{}` has no `name`", slug.text));
                self.problems.push(&slug.span, problem);
                slug.text.clone()
            }
        };
        let mut industry = Industry::new(slug.text, name);
        industry.naics = self.checked_codes(&entry.naics);
        self.industries.push(industry);
        self.sectors.push(None);
        self.hidden.push(false);
        if let Some(name) = &entry.name {
            self.claim(at, "name", name);
        }
        self.set_words(at, entry);
        Some(at)
    }

    fn missing_slug(&mut self, entry: &Entry) {
        let slug = entry.name.as_ref().and_then(|name| slug_from(&name.text));
        let problem = Diagnostic::error("an added industry has no `slug`")
            .maybe_help(slug.map(|slug| format!("add the line `slug: {slug}`")));
        self.problems.push(&entry.span, problem);
    }

    /// Says so if the slug itself belongs to another industry, not only a word like it.
    fn refuse_taken_slug(&mut self, slug: &Word) -> bool {
        let key = self.normaliser.key(&slug.text);
        let owner = self.claims.get(&key).copied();
        let taken = owner.is_some_and(|owner| {
            self.industries
                .get(owner)
                .is_some_and(|industry| industry.slug == slug.text)
        });
        if taken {
            let is_builtin = owner.is_some_and(|owner| owner < self.builtin.industries().len());
            let problem =
                Diagnostic::error(format!("there is an industry `{}` already", slug.text)).help(
                    if is_builtin {
                        "it is built in: to change it, write it under `rename`"
                    } else {
                        "it is added further up: keep one of the two"
                    },
                );
            self.problems.push(&slug.span, problem);
        }
        taken
    }

    fn checked_codes(&mut self, codes: &[Word]) -> Vec<String> {
        let mut good = Vec::new();
        for code in codes {
            match Code::parse(&code.text) {
                Some(parsed) if parsed.is_in_naics() => good.push(code.text.clone()),
                Some(_) => {
                    let problem =
                        Diagnostic::error(format!("NAICS 2022 has no sector for `{}`", code.text))
                            .help("codes are listed at https://www.census.gov/naics/");
                    self.problems.push(&code.span, problem);
                }
                None => {
                    let problem = Diagnostic::error(format!("`{}` is not a NAICS code", code.text))
                        .help("a code is two to six digits, or a range of sectors: \"31-33\"");
                    self.problems.push(&code.span, problem);
                }
            }
        }
        good
    }

    /// Puts each added trade into its sector.
    pub(super) fn place(&mut self, added: &[(usize, &Entry)]) {
        // A sector may be added further down than its trades.
        let trades: Vec<usize> = added
            .iter()
            .filter(|(_, entry)| !entry.is_sector())
            .map(|(at, _)| *at)
            .collect();
        for (at, entry) in added {
            let Some(sector) = &entry.sector else {
                let problem = Diagnostic::error("an added industry has no `sector`").help(
                    "name the sector that it lies in, or write `sector: none` \
                     if it is a sector of its own",
                );
                let span = entry.slug.as_ref().map_or(&entry.span, |slug| &slug.span);
                self.problems.push(span, problem);
                continue;
            };
            if entry.is_sector() {
                continue;
            }
            let found = self.sector_named(sector, &trades);
            if let Some(place) = self.sectors.get_mut(*at) {
                *place = found;
            }
        }
    }

    /// The sector that a word means, or a problem. `trades` are the added trades.
    fn sector_named(&mut self, word: &Word, trades: &[usize]) -> Option<usize> {
        let found = self.claims.get(&self.normaliser.key(&word.text)).copied();
        let problem = match found {
            None => {
                let unknown = Diagnostic::error(format!("unknown sector `{}`", word.text));
                unknown.help(self.sector_help(word))
            }
            Some(at) => {
                let sector = self.sectors.get(at).copied().flatten();
                if sector.is_none() && !trades.contains(&at) {
                    return Some(at);
                }
                let slug_of = |at: usize| self.industries.get(at).map(|i| i.slug.as_str());
                Diagnostic::error(format!("`{}` is a trade, not a sector", word.text)).maybe_help(
                    sector
                        .and_then(slug_of)
                        .map(|slug| format!("its sector is `{slug}`")),
                )
            }
        };
        self.problems.push(&word.span, problem);
        None
    }

    /// The nearest sector, else all of them.
    fn sector_help(&self, word: &Word) -> String {
        if let Some(hidden) = self.builtin.by_slug(&word.text) {
            return format!("`{}` is hidden here", self.builtin.get(hidden).slug);
        }
        let slugs = || {
            self.industries
                .iter()
                .zip(&self.sectors)
                .zip(&self.hidden)
                .filter(|((_, sector), hidden)| sector.is_none() && !**hidden)
                .map(|((industry, _), _)| industry.slug.as_str())
        };
        did_you_mean(&word.text, slugs()).unwrap_or_else(|| {
            let slugs: Vec<&str> = slugs().collect();
            format!("the sectors are: {}", slugs.join(", "))
        })
    }
}

impl Entry {
    /// Whether this is to be a sector of its own, as is one that does not say.
    fn is_sector(&self) -> bool {
        self.sector.as_ref().is_none_or(|s| s.text == NO_SECTOR)
    }
}
