//! Which addresses are free: no two documents at one, and none where readers expect another.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::diagnostics::Diagnostic;

use super::identity::Identity;
use super::reconcile::Case;
use super::{Destination, ShortId, address, messages};

/// What became of the addresses that were asked for.
#[derive(Default)]
pub(super) struct Addresses<'a> {
    /// The claim at each address, by the address in small letters. Hidden claims are at none.
    pub(super) current: FxHashMap<Cow<'a, str>, usize>,
    /// The aliases that are honoured and not yet in the lock, each with its claim.
    pub(super) new_aliases: Vec<(String, usize)>,
    /// The claim that asks for the address of a document that is gone.
    pub(super) address_of_gone: FxHashMap<ShortId, usize>,
    /// The claim that has the address of a document that is gone as an alias.
    pub(super) alias_of_gone: FxHashMap<ShortId, usize>,
}

/// Checks all addresses, then all aliases.
pub(super) fn settle<'a>(
    case: &Case<'a>,
    identity: &Identity<'a>,
    destinations: &[Destination],
    problems: &mut Vec<Diagnostic>,
) -> Addresses<'a> {
    let mut work = Work {
        case,
        identity,
        destinations,
        found: Addresses::default(),
        alias_owner: FxHashMap::default(),
        problems,
    };
    work.found.current.reserve(case.claims.len());
    let visible = case.order.iter().filter(|at| case.is_visible(**at));
    for &at in visible.clone() {
        work.address(at);
    }
    for &at in visible {
        for alias in case.claims[at].aliases {
            work.alias(at, alias);
        }
    }
    work.found
}

struct Work<'w, 'a> {
    case: &'w Case<'a>,
    identity: &'w Identity<'a>,
    destinations: &'w [Destination],
    found: Addresses<'a>,
    /// The claim of each new alias, by the alias in small letters.
    alias_owner: FxHashMap<String, usize>,
    problems: &'w mut Vec<Diagnostic>,
}

impl Work<'_, '_> {
    fn address(&mut self, at: usize) {
        let claims = self.case.claims;
        let claim = &claims[at];
        if let Err(why) = address::check(claim.address) {
            self.problems.push(messages::bad_address(claim, &why));
            return;
        }
        let folded = address::fold(claim.address);
        let first = *self.found.current.entry(folded.clone()).or_insert(at);
        if first != at {
            self.two_at_one(first, at);
            return;
        }
        let known = &self.case.known;
        let Some(led_to) = known.id_of_address(&folded) else {
            return;
        };
        if self.identity.refused[at] {
            // Its id is wrong: the address may well be its own.
            return;
        }
        let own = self.identity.ids[at];
        match self.identity.owner.get(&led_to) {
            _ if led_to == own => {
                let mut before = known.entries_of(own);
                let spelt = before.clone().any(|line| line.address == claim.address);
                let other = before.find(|line| address::fold(&line.address) == folded);
                if let (false, Some(line)) = (spelt, other) {
                    self.problems
                        .push(messages::capitals_only(claim, &line.address));
                }
            }
            Some(&owner) => {
                // Two at one address is another problem, and reported as such.
                let moved = address::fold(claims[owner].address) != folded;
                if moved || !self.case.is_visible(owner) {
                    self.problems
                        .push(messages::former_address(claim, &claims[owner]));
                }
            }
            None => {
                self.found.address_of_gone.entry(led_to).or_insert(at);
            }
        }
    }

    /// The one that was there first keeps the address, as far as the lock can tell.
    fn two_at_one(&mut self, first: usize, second: usize) {
        let claims = self.case.claims;
        let was_there = |at: usize| {
            let mut lines = self.case.known.entries_of(self.identity.ids[at]);
            lines.any(|line| line.address == claims[at].address)
        };
        let (keeps, changes) = if was_there(second) && !was_there(first) {
            (second, first)
        } else {
            (first, second)
        };
        let folded = address::fold(claims[keeps].address);
        self.found.current.insert(folded, keeps);
        let problem = messages::one_address(&claims[keeps], &claims[changes]);
        self.problems.push(problem);
    }

    fn alias(&mut self, at: usize, alias: &str) {
        let claims = self.case.claims;
        let claim = &claims[at];
        let address = match address::of_alias(alias) {
            Ok(address) => address,
            Err(why) => {
                self.problems.push(messages::bad_alias(claim, alias, &why));
                return;
            }
        };
        if address == claim.address {
            return;
        }
        let folded = address::fold(&address);
        if folded == address::fold(claim.address) {
            self.problems
                .push(messages::alias_capitals_only(claim, &address));
            return;
        }
        if let Some(&owner) = self.found.current.get(&folded) {
            if !self.leads_to(owner, at) {
                let owner = &claims[owner];
                self.problems
                    .push(messages::alias_is_address(claim, alias, owner));
            }
            return;
        }
        let own = self.identity.ids[at];
        let led_to = self.case.known.id_of_address(&folded);
        if led_to == Some(own) {
            let mut before = self.case.known.entries_of(own);
            if before.any(|line| line.address == address) {
                return;
            }
        } else if let Some(led_to) = led_to {
            match self.identity.owner.get(&led_to) {
                Some(&owner) if self.leads_to(owner, at) => {}
                Some(&owner) => {
                    let owner = &claims[owner];
                    self.problems
                        .push(messages::alias_is_former(claim, alias, owner));
                }
                None => {
                    self.found.alias_of_gone.entry(led_to).or_insert(at);
                }
            }
            return;
        }
        match self.alias_owner.get(folded.as_ref()) {
            Some(&first) if first != at => {
                self.problems
                    .push(messages::one_alias(&claims[first], claim, alias))
            }
            _ => {
                self.alias_owner.insert(folded.into_owned(), at);
                self.found.new_aliases.push((address.into_owned(), at));
            }
        }
    }

    /// Whether the claim `from` was replaced by the claim `to`, so that its addresses lead there
    /// already.
    fn leads_to(&self, from: usize, to: usize) -> bool {
        self.destinations[from] == Destination::Claim(to)
    }
}
