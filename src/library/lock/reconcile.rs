//! Brings the lock and the documents together.

use rustc_hash::FxHashMap;
use std::borrow::Cow;

use crate::diagnostics::{self, Diagnostic};

use super::addresses::{self, Addresses};
use super::identity::{self, Gone, Identity};
use super::{
    Added, Changes, Claim, Destination, Entry, Lock, Moved, Origin, Reconciled, Redirect,
    Redirected, ShortId, Standing, address, destinations, messages,
};

/// Gives every document its id, keeps every address that was ever published leading to its
/// document, and says where that cannot be done.
///
/// The result does not depend on the order of the claims. `claims` may come in any order and hold
/// anything; what contradicts itself is reported. The cost is linear in the number of claims and
/// entries, but for documents that were moved and renamed at once, which are compared with each
/// other.
pub fn reconcile(old: &Lock, claims: &[Claim<'_>]) -> Reconciled {
    let case = Case::new(old, claims);
    let mut problems = Vec::new();
    let identity = identity::identify(&case, &mut problems);
    let destinations = destinations::resolve(&case, &mut problems);
    let addresses = addresses::settle(&case, &identity, &destinations, &mut problems);
    case.report_hidden(&identity, &mut problems);
    for gone in &identity.gone {
        problems.push(case.gone(gone, &addresses));
    }
    diagnostics::sort(&mut problems);
    Reconciled {
        redirects: case.redirects(&identity, &addresses, &destinations),
        lock: case.new_lock(&identity, &addresses),
        changes: case.changes(&identity, &addresses),
        ids: identity.ids,
        destinations,
        diagnostics: problems,
    }
}

/// What [`reconcile`] was given, made ready to be looked up.
pub(super) struct Case<'a> {
    pub(super) old: &'a Lock,
    pub(super) known: Known<'a>,
    pub(super) claims: &'a [Claim<'a>],
    /// The claims by source path: the order in which all work is done.
    pub(super) order: Vec<usize>,
    by_source: FxHashMap<&'a str, usize>,
}

/// The old lock.
pub(super) struct Known<'a> {
    by_source: FxHashMap<&'a str, ShortId>,
    by_address: FxHashMap<Cow<'a, str>, ShortId>,
    by_id: FxHashMap<ShortId, Vec<&'a Entry>>,
}

impl<'a> Known<'a> {
    fn new(old: &'a Lock) -> Self {
        let mut known = Known {
            by_source: FxHashMap::default(),
            by_address: FxHashMap::default(),
            by_id: FxHashMap::default(),
        };
        for entry in &old.entries {
            if let Some(origin) = &entry.origin {
                known.by_source.entry(&origin.source).or_insert(entry.id);
            }
            let folded = address::fold(&entry.address);
            known.by_address.entry(folded).or_insert(entry.id);
            known.by_id.entry(entry.id).or_default().push(entry);
        }
        known
    }

    pub(super) fn id_of_source(&self, source: &str) -> Option<ShortId> {
        self.by_source.get(source).copied()
    }

    /// `folded` is an address in small letters.
    pub(super) fn id_of_address(&self, folded: &str) -> Option<ShortId> {
        self.by_address.get(folded).copied()
    }

    /// The lines of an id, by address.
    pub(super) fn entries_of(&self, id: ShortId) -> &[&'a Entry] {
        self.by_id.get(&id).map_or(&[], Vec::as_slice)
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = ShortId> {
        self.by_id.keys().copied()
    }

    /// The line of an id's current address. A merge may leave two: the one that agrees with the
    /// claim counts.
    fn current(&self, id: ShortId, claim: &Claim<'_>) -> Option<&'a Entry> {
        let lines = || self.entries_of(id).iter().copied();
        let origin = |line: &Entry| {
            line.origin
                .as_ref()
                .map(|origin| origin.source == claim.source)
        };
        lines()
            .find(|line| origin(line) == Some(true) && line.address == claim.address)
            .or_else(|| lines().find(|line| origin(line) == Some(true)))
            .or_else(|| lines().find(|line| origin(line).is_some()))
    }
}

impl<'a> Case<'a> {
    fn new(old: &'a Lock, claims: &'a [Claim<'a>]) -> Self {
        let mut order: Vec<usize> = (0..claims.len()).collect();
        order.sort_by_key(|at| (claims[*at].source, claims[*at].address));
        let mut by_source = FxHashMap::default();
        for &at in &order {
            by_source.entry(claims[at].source).or_insert(at);
        }
        Case {
            old,
            known: Known::new(old),
            claims,
            order,
            by_source,
        }
    }

    pub(super) fn claim_of_source(&self, source: &str) -> Option<usize> {
        self.by_source.get(source).copied()
    }

    /// Whether the build answers at the claim's address.
    pub(super) fn is_visible(&self, at: usize) -> bool {
        !matches!(self.claims[at].standing, Standing::Hidden(_))
    }

    /// Whether the claim's addresses enter the lock.
    fn is_published(&self, at: usize) -> bool {
        self.is_visible(at) && self.claims[at].standing != Standing::Shown
    }

    /// Published documents that became drafts, or are scheduled for later.
    fn report_hidden(&self, identity: &Identity<'_>, problems: &mut Vec<Diagnostic>) {
        for &at in &self.order {
            let claim = &self.claims[at];
            let hidden = match claim.standing {
                Standing::Hidden(why) => Some(why),
                Standing::Shown => None,
                _ => continue,
            };
            let lines = self.known.entries_of(identity.ids[at]);
            let current = self.known.current(identity.ids[at], claim);
            if let Some(line) = current.or(lines.first().copied()) {
                problems.push(messages::hidden(claim, hidden, &line.address));
            }
        }
    }

    fn gone(&self, gone: &Gone<'a>, addresses: &Addresses<'_>) -> Diagnostic {
        let claim = |at: &usize| &self.claims[*at];
        messages::Gone {
            lock: self.old,
            id: gone.id,
            entry: gone.entry,
            others: self.known.entries_of(gone.id).len().saturating_sub(1),
            perhaps: gone.perhaps.iter().map(claim).collect(),
            alias_of: addresses.alias_of_gone.get(&gone.id).map(claim),
            address_of: addresses.address_of_gone.get(&gone.id).map(claim),
        }
        .diagnostic()
    }

    fn redirects(
        &self,
        identity: &Identity<'_>,
        addresses: &Addresses<'_>,
        destinations: &[Destination],
    ) -> Vec<Redirect> {
        let former = self.old.entries.iter().filter_map(|entry| {
            let at = *identity.owner.get(&entry.id)?;
            Some((entry.address.as_str(), at))
        });
        let aliases = addresses.aliases.iter();
        let aliases = aliases.map(|(address, at)| (address.as_str(), *at));
        let replaced = (self.order.iter()).map(|at| (self.claims[*at].address, *at));
        let has_page = |from: &str| {
            let at = addresses.current.get(&address::fold(from));
            at.is_some_and(|at| destinations[*at] == Destination::Claim(*at))
        };
        let mut redirects: Vec<Redirect> = former
            .chain(aliases)
            .chain(replaced.filter(|(_, at)| destinations[*at] != Destination::Claim(*at)))
            .filter(|(from, at)| self.is_visible(*at) && !has_page(from))
            .map(|(from, at)| Redirect {
                from: from.to_owned(),
                to: destinations[at].clone(),
            })
            .collect();
        redirects.sort_unstable();
        redirects.dedup_by(|a, b| a.from == b.from);
        redirects
    }

    fn new_lock(&self, identity: &Identity<'_>, addresses: &Addresses<'_>) -> Lock {
        let mut entries = Vec::with_capacity(self.old.entries.len() + self.claims.len());
        for &at in &self.order {
            if self.is_published(at) {
                entries.push(self.current_entry(identity.ids[at], &self.claims[at]));
            }
        }
        for entry in &self.old.entries {
            let owner = identity.owner.get(&entry.id);
            match owner.filter(|at| self.is_published(**at)) {
                Some(_) => entries.push(former(&entry.address, entry.id)),
                None => entries.push(entry.clone()),
            }
        }
        for (address, at) in &addresses.aliases {
            if self.is_published(*at) {
                entries.push(former(address, identity.ids[*at]));
            }
        }
        entries.sort_by(Entry::in_file_order);
        // The current address comes first, and makes the former one of the same text needless.
        entries.dedup_by(|later, earlier| later.address == earlier.address);
        Lock {
            entries,
            text: "".into(),
        }
    }

    /// The line of a claim's current address: the old one as long as it is right, so that an edit
    /// of the text leaves the lock alone.
    fn current_entry(&self, id: ShortId, claim: &Claim<'_>) -> Entry {
        match self.known.current(id, claim) {
            Some(line) if is_at(line, claim) => line.clone(),
            _ => Entry {
                address: claim.address.to_owned(),
                id,
                origin: Some(Origin {
                    source: claim.source.to_owned(),
                    fingerprint: claim.fingerprint,
                }),
                span: 0..0,
            },
        }
    }

    fn changes(&self, identity: &Identity<'_>, addresses: &Addresses<'_>) -> Changes {
        let mut changes = Changes::default();
        for &at in self.order.iter().filter(|at| self.is_published(**at)) {
            let (claim, id) = (&self.claims[at], identity.ids[at]);
            if claim.standing != Standing::Public {
                changes.retired.push(claim.address.to_owned());
            }
            if self.known.entries_of(id).is_empty() {
                changes.added.push(Added {
                    id,
                    source: claim.source.to_owned(),
                    address: claim.address.to_owned(),
                });
                continue;
            }
            let line = self.known.current(id, claim);
            if !line.is_some_and(|line| is_at(line, claim)) {
                let source = line.and_then(|line| line.origin.as_ref());
                changes.moved.push(Moved {
                    id,
                    source: (
                        source.map(|origin| origin.source.clone()),
                        claim.source.to_owned(),
                    ),
                    address: (
                        line.map(|line| line.address.clone()),
                        claim.address.to_owned(),
                    ),
                });
            }
        }
        for (address, at) in &addresses.aliases {
            let is_new = self.known.id_of_address(&address::fold(address)).is_none();
            if is_new && self.is_published(*at) {
                changes.redirected.push(Redirected {
                    from: address.clone(),
                    to: self.claims[*at].address.to_owned(),
                });
            }
        }
        changes
    }
}

/// Whether a line says where the claim is.
fn is_at(line: &Entry, claim: &Claim<'_>) -> bool {
    let same_source = |origin: &Origin| origin.source == claim.source;
    line.address == claim.address && line.origin.as_ref().is_some_and(same_source)
}

fn former(address: &str, id: ShortId) -> Entry {
    Entry {
        address: address.to_owned(),
        id,
        origin: None,
        span: 0..0,
    }
}
