//! Where everything stands: addresses and aliases, settled with the lock.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::{Part, Resolver};
use crate::diagnostics::{Diagnostic, Place};
use crate::library::address::address;
use crate::library::lock::{self, Claim, Lock};
use crate::library::redirects::{Goal, Places};
use crate::source::Source;
use crate::source::front_matter::Kind;

impl Resolver<'_> {
    /// Settles every address with the lock.
    pub(super) fn addresses(
        &mut self,
        kept: &[(Arc<Source>, Part)],
        old_lock: &Lock,
    ) -> (Vec<String>, Settled) {
        let default = &self.config.language;
        let mut addresses: Vec<String> = kept
            .par_iter()
            .map(|(source, _)| address(source, default))
            .collect();
        if !self.config.strict {
            self.part_equal_addresses(kept, &mut addresses);
        }
        let aliases = self.aliases(kept, &addresses);
        let places = Places::new(kept, &addresses);
        let claims: Vec<Claim<'_>> = kept
            .iter()
            .zip(&addresses)
            .zip(&aliases)
            .map(|(((source, part), address), aliases)| {
                self.claim(source, *part, address, aliases, &places)
            })
            .collect();
        let outcome = lock::reconcile(old_lock, &claims);
        self.problems.extend(outcome.diagnostics);
        let redirects = outcome
            .redirects
            .into_iter()
            .filter_map(|redirect| match redirect.to {
                lock::Destination::Claim(at) => {
                    Some((redirect.from, Goal::Path(claims.get(at)?.source.to_owned())))
                }
                lock::Destination::Url(url) => Some((redirect.from, Goal::Url(url))),
            })
            .collect();
        let settled = Settled {
            ids: outcome.ids,
            redirects,
            lock: outcome.lock,
            changes: outcome.changes,
        };
        drop(claims);
        (addresses, settled)
    }

    /// Jekyll's posts may share a name and differ by date. In a library that is not strict the
    /// later ones get their date, or a number, at the end of their address.
    fn part_equal_addresses(&mut self, kept: &[(Arc<Source>, Part)], addresses: &mut [String]) {
        let mut taken: HashMap<String, usize> = HashMap::new();
        for (at, ((source, _), address)) in kept.iter().zip(addresses).enumerate() {
            let Some(first) = taken.get(&address.to_lowercase()).copied() else {
                taken.insert(address.to_lowercase(), at);
                continue;
            };
            let date = source
                .name_date
                .or(source.front.date)
                .map(|date| date.date().to_string());
            let numbers = (2..).map(|number: usize| number.to_string());
            let free = date
                .into_iter()
                .chain(numbers)
                .map(|mark| format!("{}-{mark}/", address.trim_end_matches('/')))
                .find(|address| !taken.contains_key(&address.to_lowercase()));
            let Some(free) = free else { continue };
            if let Some((other, _)) = kept.get(first) {
                let message = format!("{} has the address {address} already", other.file);
                self.tell(
                    Diagnostic::warning(message)
                        .at(Place::file(source.file.clone()))
                        .help(format!("this one is at {free}; a `slug:` gives it another")),
                );
            }
            taken.insert(free.to_lowercase(), at);
            *address = free;
        }
    }

    /// The aliases of every document. In a library that is not strict, one that somebody else
    /// has already is left out with a warning; else the lock tells of it.
    fn aliases(&mut self, kept: &[(Arc<Source>, Part)], addresses: &[String]) -> Vec<Vec<String>> {
        let plain = |address: &str| address.trim_matches('/').to_lowercase();
        let mut taken: HashMap<String, usize> = HashMap::new();
        if !self.config.strict {
            let places = addresses.iter().enumerate();
            taken.extend(places.map(|(at, address)| (plain(address), at)));
        }
        let mut aliases = Vec::with_capacity(kept.len());
        for (at, (source, _)) in kept.iter().enumerate() {
            let mut own = Vec::new();
            for word in &source.front.aliases {
                let owner = *taken.entry(plain(&word.text)).or_insert(at);
                if owner == at || self.config.strict {
                    own.push(word.text.clone());
                } else if let Some((other, _)) = kept.get(owner) {
                    self.tell(
                        Diagnostic::warning(format!(
                            "the alias `{}` already leads to {}",
                            word.text, other.file
                        ))
                        .at(Place::span(source.file.clone(), word.span.clone())),
                    );
                }
            }
            if !self.config.strict
                && let Some(address) = foreign_address(source)
            {
                taken.entry(plain(address)).or_insert_with(|| {
                    own.push(address.to_owned());
                    at
                });
            }
            aliases.push(own);
        }
        aliases
    }

    fn claim<'c>(
        &self,
        source: &'c Source,
        part: Part,
        address: &'c str,
        aliases: &'c [String],
        places: &Places<'_>,
    ) -> Claim<'c> {
        let front = &source.front;
        let place = match front.key_span("slug").or_else(|| front.key_span("title")) {
            Some(span) => Place::span(source.file.clone(), span),
            None => Place::file(source.file.clone()),
        };
        let standing = ["replaced_by", "draft", "publish"];
        Claim {
            source: &source.path,
            address,
            id: front.id.as_ref().map(|word| word.text.as_str()),
            // Two handouts say much the same, and one must never be taken for another that is gone.
            fingerprint: match front.kind {
                Some(Kind::Handout) => lock::Fingerprint::default(),
                _ => source.fingerprint,
            },
            aliases,
            standing: self.standing_of_claim(source, part, places),
            place,
            marks: lock::Marks {
                id: front.key_span("id"),
                aliases: front.key_span("aliases"),
                standing: standing.iter().find_map(|key| front.key_span(key)),
            },
        }
    }

    fn standing_of_claim<'c>(
        &self,
        source: &'c Source,
        part: Part,
        places: &Places<'_>,
    ) -> lock::Standing<'c> {
        let front = &source.front;
        match (part, &front.replaced_by) {
            (Part::Draft, _) => lock::Standing::Hidden(lock::Hidden::Draft),
            (Part::Scheduled, _) => lock::Standing::Hidden(lock::Hidden::Scheduled),
            (Part::In, _) if front.draft || self.is_scheduled(source) => lock::Standing::Shown,
            (Part::In, Some(word)) => lock::Standing::ReplacedBy(places.find(source, &word.text)),
            (Part::In, None) if front.retired.is_some() => lock::Standing::Retired,
            (Part::In, None) if self.has_expired(source) => lock::Standing::Expired,
            (Part::In, None) => lock::Standing::Public,
        }
    }
}

/// What the lock says, with redirects by the path of their document.
pub(super) struct Settled {
    pub ids: Vec<lock::ShortId>,
    pub redirects: Vec<(String, Goal)>,
    pub lock: Lock,
    pub changes: lock::Changes,
}

/// The address that Hugo's `url`, Jekyll's `permalink` or Zola's `path` gave to a page: links to
/// it go on working. One with placeholders (`/:year/:title/`) says nothing of a page.
pub(in crate::library) fn foreign_address(source: &Source) -> Option<&str> {
    let extra = &source.front.extra;
    let given = ["url", "permalink", "path"]
        .iter()
        .find_map(|key| extra.get(*key)?.as_str())?;
    let is_path =
        !given.contains(':') && !given.contains("..") && !given.trim_matches('/').is_empty();
    is_path.then_some(given)
}
