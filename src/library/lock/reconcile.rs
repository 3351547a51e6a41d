//! Brings the lock and the documents together.

use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::ops::Range;

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
    let (lock, changes) = case.new_lock(&identity, &addresses);
    Reconciled {
        redirects: case.redirects(&identity, &addresses, &destinations),
        lock,
        changes,
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
    /// The entries, those of an id beside each other, by address.
    entries: Vec<&'a Entry>,
    /// Which of them each id has.
    by_id: FxHashMap<ShortId, Range<usize>>,
}

impl<'a> Known<'a> {
    fn new(old: &'a Lock) -> Self {
        let mut known = Known {
            by_source: FxHashMap::default(),
            by_address: FxHashMap::default(),
            entries: old.entries.iter().collect(),
            by_id: FxHashMap::default(),
        };
        known.entries.sort_by_key(|entry| entry.id);
        let mut start = 0;
        for lines in known.entries.chunk_by(|one, other| one.id == other.id) {
            let range = start..start + lines.len();
            start = range.end;
            known
                .by_id
                .extend(lines.first().map(|line| (line.id, range)));
        }
        known.by_source.reserve(known.by_id.len());
        known.by_address.reserve(known.entries.len());
        for entry in old.entries.iter() {
            if let Some(origin) = &entry.origin {
                known.by_source.entry(&origin.source).or_insert(entry.id);
            }
            let folded = address::fold(&entry.address);
            known.by_address.entry(folded).or_insert(entry.id);
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
    pub(super) fn entries_of(&self, id: ShortId) -> impl Iterator<Item = &'a Entry> + Clone {
        let range = self.by_id.get(&id).cloned().unwrap_or_default();
        self.entries[range].iter().copied()
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = ShortId> {
        self.by_id.keys().copied()
    }

    /// The line of an id's current address. A merge may leave two: the one that agrees with the
    /// claim counts.
    fn current(&self, id: ShortId, claim: &Claim<'_>) -> Option<&'a Entry> {
        let mut lines = self.entries_of(id).filter(|line| line.origin.is_some());
        let has_source = |line: &&Entry| {
            let origin = line.origin.as_ref();
            origin.is_some_and(|origin| origin.source == claim.source)
        };
        (lines.clone().find(|line| is_at(line, claim)))
            .or_else(|| lines.clone().find(has_source))
            .or_else(|| lines.next())
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
            let mut lines = self.known.entries_of(identity.ids[at]);
            let current = self.known.current(identity.ids[at], claim);
            if let Some(line) = current.or_else(|| lines.next()) {
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
            others: self.known.entries_of(gone.id).count().saturating_sub(1),
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
            (entry.address != self.claims[at].address).then_some((entry.address.as_str(), at))
        });
        let aliases = addresses.new_aliases.iter();
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
        // Most of them are sorted already, which only a stable sort makes use of.
        redirects.sort();
        redirects.dedup_by(|later, earlier| later.from == earlier.from);
        redirects
    }

    fn new_lock(&self, identity: &Identity<'_>, addresses: &Addresses<'_>) -> (Lock, Changes) {
        let (new, changes) = self.new_entries(identity, addresses);
        let is_former = |entry: &Entry| {
            let owner = identity.owner.get(&entry.id);
            let owner = owner.filter(|at| entry.origin.is_some() && self.is_published(**at));
            owner.is_some_and(|at| !is_at(entry, &self.claims[*at]))
        };
        let old = &self.old.entries;
        let doubled = old.iter().zip(old.iter().skip(1));
        let doubled = doubled.filter(|(one, other)| one.address == other.address);
        if new.is_empty() && doubled.count() == 0 && !old.iter().any(is_former) {
            // Nearly always there is nothing to sort, and nothing to write.
            return (self.old.clone(), changes);
        }
        let mut entries: Vec<Entry> = (old.iter())
            .map(|entry| match is_former(entry) {
                true => former(&entry.address, entry.id),
                false => entry.clone(),
            })
            .chain(new)
            .collect();
        entries.sort_by(Entry::by_address);
        // A current address comes first, and makes a former one of the same text needless.
        entries.dedup_by(|later, earlier| later.address == earlier.address);
        let lock = Lock {
            entries: entries.into(),
            text: "".into(),
        };
        (lock, changes)
    }

    /// The lines that the old lock lacks. A document that is where the lock says gets no line, even
    /// if its text is another one by now: an edit leaves the lock alone.
    fn new_entries(
        &self,
        identity: &Identity<'_>,
        addresses: &Addresses<'_>,
    ) -> (Vec<Entry>, Changes) {
        let mut entries = Vec::new();
        let mut changes = Changes::default();
        for &at in self.order.iter().filter(|at| self.is_published(**at)) {
            let (claim, id) = (&self.claims[at], identity.ids[at]);
            if claim.standing != Standing::Public {
                changes.retired.push(claim.address.to_owned());
            }
            let line = self.known.current(id, claim);
            if line.is_some_and(|line| is_at(line, claim)) {
                continue;
            }
            entries.push(Entry {
                address: claim.address.to_owned(),
                id,
                origin: Some(Origin {
                    source: claim.source.to_owned(),
                    fingerprint: claim.fingerprint,
                }),
                span: 0..0,
            });
            match line.or(self.known.entries_of(id).next()) {
                Some(line) => changes.moved.push(Moved::new(line, claim)),
                None => changes.added.push(Added {
                    id,
                    source: claim.source.to_owned(),
                    address: claim.address.to_owned(),
                }),
            }
        }
        for (address, at) in &addresses.new_aliases {
            if self.is_published(*at) {
                entries.push(former(address, identity.ids[*at]));
                changes.redirected.push(Redirected {
                    from: address.clone(),
                    to: self.claims[*at].address.to_owned(),
                });
            }
        }
        (entries, changes)
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
