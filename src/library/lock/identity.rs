//! Which document is which: the short id of every claim, and the documents that are gone.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostics::Diagnostic;

use super::moves::{self, Trace};
use super::reconcile::Case;
use super::{Entry, Fingerprint, ShortId, Standing, messages};

/// Who is who.
pub(super) struct Identity<'a> {
    /// The id of each claim.
    pub(super) ids: Vec<ShortId>,
    /// The claim of each id.
    pub(super) owner: FxHashMap<ShortId, usize>,
    /// The claims that could not have their id, and got another one.
    pub(super) refused: Vec<bool>,
    /// The published documents without a claim, by address.
    pub(super) gone: Vec<Gone<'a>>,
}

/// A published document without a claim.
pub(super) struct Gone<'a> {
    pub(super) id: ShortId,
    /// The line of its current address.
    pub(super) entry: &'a Entry,
    /// Claims that it may have become.
    pub(super) perhaps: Vec<usize>,
}

/// Finds out who is who. What front matter says goes first, then the path that the lock knows,
/// then the signs of a move; what is left is new.
pub(super) fn identify<'a>(case: &Case<'a>, problems: &mut Vec<Diagnostic>) -> Identity<'a> {
    let mut work = Work {
        case,
        said: Vec::new(),
        refused: vec![false; case.claims.len()],
        ids: vec![None; case.claims.len()],
        owner: FxHashMap::default(),
        problems,
    };
    work.owner.reserve(case.claims.len());
    work.read_ids();
    work.by_path();
    work.by_front_matter();
    let gone = work.by_move();
    work.report_changed_ids(&gone);
    work.finish(gone)
}

struct Work<'w, 'a> {
    case: &'w Case<'a>,
    /// The id that each claim has in its front matter.
    said: Vec<Option<ShortId>>,
    /// The claims whose front matter has an id that they cannot have.
    refused: Vec<bool>,
    ids: Vec<Option<ShortId>>,
    owner: FxHashMap<ShortId, usize>,
    problems: &'w mut Vec<Diagnostic>,
}

impl<'a> Work<'_, 'a> {
    fn read_ids(&mut self) {
        self.said = vec![None; self.case.claims.len()];
        let mut first_of: FxHashMap<ShortId, usize> = FxHashMap::default();
        for &at in &self.case.order {
            let claim = &self.case.claims[at];
            match claim.id.map(ShortId::parse) {
                None => {}
                Some(Err(bad)) => self.problems.push(messages::bad_id(claim, &bad)),
                Some(Ok(id)) => {
                    self.said[at] = Some(id);
                    match first_of.get(&id) {
                        Some(&first) => self.said_twice(first, at, id, &mut first_of),
                        None => {
                            first_of.insert(id, at);
                        }
                    }
                }
            }
        }
    }

    /// The one that the lock knows keeps the id, or else the first one.
    fn said_twice(
        &mut self,
        first: usize,
        second: usize,
        id: ShortId,
        first_of: &mut FxHashMap<ShortId, usize>,
    ) {
        let claims = self.case.claims;
        let knows = |at: usize| self.case.known.id_of_source(claims[at].source) == Some(id);
        let (keeps, loses) = if knows(second) && !knows(first) {
            (second, first)
        } else {
            (first, second)
        };
        let problem = messages::id_said_twice(&claims[keeps], &claims[loses], id, knows(keeps));
        self.problems.push(problem);
        first_of.insert(id, keeps);
        self.said[loses] = None;
        self.refused[loses] = true;
    }

    fn by_path(&mut self) {
        let case = self.case;
        for &at in &case.order {
            let claim = &case.claims[at];
            let Some(id) = case.known.id_of_source(claim.source) else {
                continue;
            };
            if self.said[at].is_some() {
                continue;
            }
            match self.owner.get(&id) {
                None => self.assign(at, id),
                Some(&other) => {
                    let first = &case.claims[other];
                    self.problems
                        .push(messages::two_files_of_one_id(first, claim, id));
                    self.refused[at] = true;
                }
            }
        }
    }

    fn by_front_matter(&mut self) {
        let case = self.case;
        for &at in &case.order {
            let Some(id) = self.said[at] else { continue };
            match self.owner.get(&id) {
                None => self.assign(at, id),
                Some(&other) => {
                    let (claim, owner) = (&case.claims[at], &case.claims[other]);
                    self.problems
                        .push(messages::id_of_another(claim, owner, id));
                    self.refused[at] = true;
                }
            }
        }
    }

    fn by_move(&mut self) -> Vec<Gone<'a>> {
        let case = self.case;
        let mut gone = self.without_claim();
        if gone.is_empty() {
            return gone;
        }
        let missing: Vec<Trace<'_>> = gone.iter().map(|gone| trace_of(gone.entry)).collect();
        let new: Vec<usize> = (case.order.iter().copied())
            .filter(|at| self.ids[*at].is_none() && !self.refused[*at])
            .collect();
        let traces: Vec<Trace<'_>> = new
            .iter()
            .map(|at| &case.claims[*at])
            .map(|claim| Trace {
                source: claim.source,
                address: claim.address,
                fingerprint: claim.fingerprint,
            })
            .collect();
        let moves = moves::find(&missing, &traces);
        for (gone, found) in gone.iter().zip(&moves.certain) {
            if let Some(found) = found {
                self.assign(new[*found], gone.id);
            }
        }
        for (gone, perhaps) in gone.iter_mut().zip(moves.perhaps) {
            gone.perhaps = perhaps.into_iter().map(|at| new[at]).collect();
        }
        gone.retain(|gone| !self.owner.contains_key(&gone.id));
        gone
    }

    /// The ids of the lock that no claim has, each with the line of its current address.
    fn without_claim(&self) -> Vec<Gone<'a>> {
        let mut seen = FxHashSet::default();
        let entries = self.case.old.entries.iter();
        entries
            .filter(|entry| !self.owner.contains_key(&entry.id) && seen.insert(entry.id))
            .map(|entry| {
                let mut lines = self.case.known.entries_of(entry.id);
                let current = lines.find(|line| line.origin.is_some());
                Gone {
                    id: entry.id,
                    entry: current.unwrap_or(entry),
                    perhaps: Vec::new(),
                }
            })
            .collect()
    }

    /// A document is not gone if its file is still there and only says another id.
    fn report_changed_ids(&mut self, gone: &[Gone<'a>]) {
        for gone in gone {
            if let Some((at, now)) = self.changed_id(gone) {
                let claim = &self.case.claims[at];
                self.problems
                    .push(messages::id_changed(claim, gone.id, now));
            }
        }
    }

    fn changed_id(&self, gone: &Gone<'_>) -> Option<(usize, ShortId)> {
        let origin = gone.entry.origin.as_ref()?;
        let at = self.case.claim_of_source(&origin.source)?;
        self.said[at].map(|now| (at, now))
    }

    fn assign(&mut self, at: usize, id: ShortId) {
        self.ids[at] = Some(id);
        self.owner.insert(id, at);
    }

    /// Gives ids to what is new, and leaves in `gone` what was not reported yet.
    fn finish(mut self, mut gone: Vec<Gone<'a>>) -> Identity<'a> {
        gone.retain(|gone| self.changed_id(gone).is_none());
        let mut taken: FxHashSet<ShortId> = self.case.known.ids().collect();
        taken.extend(self.said.iter().flatten());
        let case = self.case;
        // What is published must not depend on which drafts lie about.
        let is_hidden = |at: &usize| {
            matches!(
                case.claims[*at].standing,
                Standing::Hidden(_) | Standing::Shown
            )
        };
        let (hidden, published): (Vec<usize>, Vec<usize>) =
            case.order.iter().partition(|at| is_hidden(at));
        for at in published.into_iter().chain(hidden) {
            if self.ids[at].is_none() {
                let id = new_id(case.claims[at].source, &taken);
                taken.insert(id);
                self.assign(at, id);
            }
        }
        let unset = || ShortId::derive("", 0);
        Identity {
            ids: self
                .ids
                .into_iter()
                .map(|id| id.unwrap_or_else(unset))
                .collect(),
            owner: self.owner,
            refused: self.refused,
            gone,
        }
    }
}

/// The first free id of a path. Ids of digits alone are passed over, since YAML would take one in
/// front matter for a number.
fn new_id(source: &str, taken: &FxHashSet<ShortId>) -> ShortId {
    let mut attempt = 0;
    loop {
        let id = ShortId::derive(source, attempt);
        if !id.is_number() && !taken.contains(&id) {
            return id;
        }
        attempt += 1;
    }
}

fn trace_of(entry: &Entry) -> Trace<'_> {
    let origin = entry.origin.as_ref();
    Trace {
        source: origin.map_or("", |origin| &origin.source),
        address: &entry.address,
        fingerprint: origin.map_or(Fingerprint::default(), |origin| origin.fingerprint),
    }
}
