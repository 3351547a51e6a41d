//! Where `replaced_by` leads in the end.

use crate::diagnostics::Diagnostic;

use super::reconcile::Case;
use super::{Destination, Standing, Target, messages};

/// The destination of each claim: itself, or what took its place, however many steps away.
pub(super) fn resolve(case: &Case<'_>, problems: &mut Vec<Diagnostic>) -> Vec<Destination> {
    let mut walk = Walk {
        case,
        known: vec![None; case.claims.len()],
        passed: vec![false; case.claims.len()],
        problems,
    };
    for &start in &case.order {
        let mut path = Vec::new();
        let end = walk.follow(start, &mut path);
        for at in path {
            walk.known[at] = Some(end.clone());
        }
    }
    let known = walk.known.into_iter().enumerate();
    known
        .map(|(at, destination)| destination.unwrap_or(Destination::Claim(at)))
        .collect()
}

struct Walk<'w, 'a> {
    case: &'w Case<'a>,
    known: Vec<Option<Destination>>,
    /// The claims that were passed on the way; those whose destination is still unknown are on the
    /// way now.
    passed: Vec<bool>,
    problems: &'w mut Vec<Diagnostic>,
}

impl Walk<'_, '_> {
    /// Goes from claim to claim up to one that stays, noting in `path` the claims on the way.
    fn follow(&mut self, start: usize, path: &mut Vec<usize>) -> Destination {
        let claims = self.case.claims;
        let mut at = start;
        loop {
            if let Some(end) = &self.known[at] {
                return end.clone();
            }
            let claim = &claims[at];
            path.push(at);
            self.passed[at] = true;
            match claim.standing {
                Standing::ReplacedBy(Target::Url(url)) => return Destination::Url(url.to_owned()),
                Standing::ReplacedBy(Target::Claim(next)) => {
                    // The index is the caller's, so that nothing is taken for granted.
                    if next >= claims.len() || !self.case.is_visible(next) {
                        let problem = messages::replaced_by_hidden(claim, claims.get(next));
                        self.problems.push(problem);
                        return Destination::Claim(at);
                    }
                    if self.passed[next] && self.known[next].is_none() {
                        self.problems.push(messages::replaced_by_itself(claim));
                        return Destination::Claim(next);
                    }
                    at = next;
                }
                _ => return Destination::Claim(at),
            }
        }
    }
}
