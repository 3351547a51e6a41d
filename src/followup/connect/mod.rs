//! Whom to bring together: who among the people could help whom, and why.
//!
//! In: the people, their introductions so far, and the vocabulary. Out: pairs, the best first, each
//! with its reasons: somebody looks for what another one offers, knows or does for a living; one
//! trade works for the other, or both have customers in common; they like the same. That they were
//! at the same event, or share a language, helps, and is no reason by itself. The best reason
//! counts whole, each further one half. Everything follows from what the cards say: the same comes
//! out each time.
//!
//! Looking for one person's pairs compares that person with everybody. Looking for the best of all
//! pairs compares each person only with those who have a word, a wish or a trade in common with
//! them, so that it does not grow with the square of the people.

mod candidates;
mod judge;
mod member;
mod phrase;
mod reason;
#[cfg(test)]
mod tests;
mod trades;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::library::vocabulary::Vocabulary;
use crate::people::{Act, Person, Record};
use candidates::Candidates;
use member::{Member, Reading};
use phrase::Words;
pub use reason::{Gives, Reason, Side};
use trades::Trades;

/// In a list of the best pairs, one person is at most so often: the list is for all of them.
const TIMES: usize = 2;

/// Two people who should know each other.
#[derive(Clone, Debug)]
pub struct Pair<'a> {
    /// One of them; where pairs of one person were asked for, that person.
    pub one: &'a Person,
    /// The other.
    pub other: &'a Person,
    /// How good it is: of use only against other pairs.
    pub score: f64,
    /// Why, the strongest reason first. Never empty.
    pub reasons: Vec<Reason<'a>>,
}

/// Everybody who can be brought together.
pub struct Circle<'a> {
    members: Vec<Member<'a>>,
    words: Words,
    trades: Trades<'a>,
    /// The language that counts as everybody's.
    language: &'a str,
    /// Pairs that were introduced to each other already, by UID, the lesser first.
    introduced: FxHashSet<(&'a str, &'a str)>,
}

impl<'a> Circle<'a> {
    /// Everybody but those who asked to be left alone. `language` is the library's own.
    pub fn new(
        people: impl Iterator<Item = &'a Person>,
        record: &'a Record,
        vocabulary: &'a Vocabulary,
        language: &'a str,
    ) -> Circle<'a> {
        let willing: Vec<&Person> = people.filter(|person| !person.do_not_contact).collect();
        let read: Vec<Reading<'a>> = willing
            .into_par_iter()
            .map(|person| Reading::of(person, vocabulary, language))
            .collect();
        let mut words = Words::default();
        let members = read
            .into_iter()
            .map(|one| one.numbered(&mut words))
            .collect();
        Circle {
            members,
            words,
            trades: Trades::new(vocabulary),
            language,
            introduced: introduced(record),
        }
    }

    /// Whether nothing is known of a person that could bring them together with anybody.
    pub fn is_unknown(&self, person: &Person) -> bool {
        let member = self.members.iter().find(|one| one.person.uid == person.uid);
        member.is_none_or(|member| !member.says_something())
    }

    /// The people whom `person` should know, at most `number`, the best first.
    pub fn of(&self, person: &Person, number: usize) -> Vec<Pair<'a>> {
        let Some(one) = self.members.iter().position(|m| m.person.uid == person.uid) else {
            return Vec::new();
        };
        let others = 0..self.members.len();
        let mut pairs: Vec<Pair<'a>> = others
            .into_par_iter()
            .filter_map(|other| self.pair(one, other))
            .collect();
        best_first(&mut pairs);
        pairs.truncate(number);
        pairs
    }

    /// The best pairs of all, at most `number`, nobody more than twice.
    pub fn best(&self, number: usize) -> Vec<Pair<'a>> {
        let candidates = Candidates::new(&self.members, &self.trades);
        let each = 0..self.members.len();
        let mut pairs: Vec<Pair<'a>> = each
            .into_par_iter()
            .flat_map_iter(|one| self.best_of(one, &candidates))
            .collect();
        best_first(&mut pairs);
        let mut times: FxHashMap<&str, usize> = FxHashMap::default();
        let mut seen = FxHashSet::default();
        pairs.retain(|pair| {
            let uids = [pair.one.uid.as_str(), pair.other.uid.as_str()];
            let is_left = uids
                .iter()
                .all(|uid| times.get(uid).is_none_or(|n| *n < TIMES));
            if !is_left || !seen.insert(key(uids[0], uids[1])) {
                return false;
            }
            for uid in uids {
                *times.entry(uid).or_default() += 1;
            }
            true
        });
        pairs.truncate(number);
        pairs
    }

    /// The best pairs of one among the candidates: no more than one list can show of them.
    fn best_of(&self, one: usize, candidates: &Candidates) -> Vec<Pair<'a>> {
        let others = candidates.of(one, &self.members, &self.trades);
        let mut pairs: Vec<Pair<'a>> = others
            .into_iter()
            // Whichever of the two comes upon the other, the pair reads the same.
            .filter_map(|other| self.pair(one.min(other), one.max(other)))
            .collect();
        best_first(&mut pairs);
        pairs.truncate(TIMES * 2);
        pairs
    }

    /// Two people with the reasons why they should know each other, if there are any.
    fn pair(&self, one: usize, other: usize) -> Option<Pair<'a>> {
        let (a, b) = (self.members.get(one)?, self.members.get(other)?);
        let is_known = self.introduced.contains(&key(&a.person.uid, &b.person.uid));
        let is_colleague = a.company.is_some() && a.company == b.company;
        if one == other || is_known || is_colleague {
            return None;
        }
        let (score, reasons) = self.judge(a, b)?;
        Some(Pair {
            one: a.person,
            other: b.person,
            score,
            reasons,
        })
    }
}

/// The best first; of equals, the one that comes first in the folder of people.
fn best_first(pairs: &mut [Pair<'_>]) {
    pairs.sort_by(|a, b| {
        let by_score = b.score.total_cmp(&a.score);
        let by_one = || a.one.stem.cmp(&b.one.stem);
        let by_other = || a.other.stem.cmp(&b.other.stem);
        by_score.then_with(by_one).then_with(by_other)
    });
}

fn introduced(record: &Record) -> FxHashSet<(&str, &str)> {
    let acts = record
        .entries
        .iter()
        .filter(|entry| entry.act == Act::Introduced);
    let mut pairs = FxHashSet::default();
    for act in acts {
        for (at, one) in act.people.iter().enumerate() {
            let others = act.people.iter().skip(at + 1);
            pairs.extend(others.map(|other| key(one, other)));
        }
    }
    pairs
}

fn key<'u>(one: &'u str, other: &'u str) -> (&'u str, &'u str) {
    (one.min(other), one.max(other))
}
