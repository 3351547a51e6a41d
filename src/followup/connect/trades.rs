//! Which trades help each other: one works for the other, or both have the same customers and can
//! send them on.
//!
//! What a library adds to the vocabulary takes part through its sector. A test reads the lists
//! against the vocabulary.

mod lists;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::library::vocabulary::{IndustryId, Vocabulary};
use lists::{FOR_EVERYBODY, SERVES, SHARED_CUSTOMERS, lines};

/// How one trade helps another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Service {
    /// It works for that trade in particular.
    Particular,
    /// It works for any business.
    Any,
}

/// Which trades help each other.
#[derive(Debug)]
pub(super) struct Trades<'v> {
    vocabulary: &'v Vocabulary,
    for_everybody: FxHashSet<IndustryId>,
    /// The helpers of a trade or a sector.
    helpers: FxHashMap<IndustryId, Vec<IndustryId>>,
    /// Customers that trades share, and those trades.
    shared: Vec<(&'static str, Vec<IndustryId>)>,
    /// The places in `shared` that a trade is in.
    groups: FxHashMap<IndustryId, Vec<usize>>,
}

impl<'v> Trades<'v> {
    pub(super) fn new(vocabulary: &'v Vocabulary) -> Self {
        // A library may hide a trade: then nobody is of it.
        let id = |slug| vocabulary.by_slug(slug);
        let mut helpers: FxHashMap<IndustryId, Vec<IndustryId>> = FxHashMap::default();
        for (helper, helped) in lines(SERVES) {
            let Some(helper) = id(helper) else { continue };
            for helped in helped.filter_map(id) {
                helpers.entry(helped).or_default().push(helper);
            }
        }
        let shared = lines(SHARED_CUSTOMERS);
        let shared: Vec<(&str, Vec<IndustryId>)> = shared
            .map(|(customers, trades)| (customers, trades.filter_map(id).collect()))
            .collect();
        let mut groups: FxHashMap<IndustryId, Vec<usize>> = FxHashMap::default();
        for (number, (_, trades)) in shared.iter().enumerate() {
            for trade in trades {
                groups.entry(*trade).or_default().push(number);
            }
        }
        let for_everybody = FOR_EVERYBODY.split_whitespace();
        Trades {
            vocabulary,
            for_everybody: for_everybody.filter_map(id).collect(),
            helpers,
            shared,
            groups,
        }
    }

    /// How `helper` helps `helped`, if it does. Nobody needs somebody of their own trade.
    pub(super) fn service(&self, helper: IndustryId, helped: IndustryId) -> Option<Service> {
        if helper == helped {
            return None;
        }
        let works_for = |trade| {
            let helpers = self.helpers.get(&trade);
            helpers.is_some_and(|helpers| helpers.contains(&helper))
        };
        if works_for(helped) || works_for(self.vocabulary.sector_of(helped)) {
            return Some(Service::Particular);
        }
        let is_any = self.for_everybody.contains(&helper);
        is_any.then_some(Service::Any)
    }

    /// The sector that a trade lies in.
    pub(super) fn sector_of(&self, trade: IndustryId) -> IndustryId {
        self.vocabulary.sector_of(trade)
    }

    /// The trades that work for one in particular.
    pub(super) fn helpers(&self, helped: IndustryId) -> impl Iterator<Item = IndustryId> {
        let sector = self.vocabulary.sector_of(helped);
        let own = self.helpers.get(&helped);
        let of_sector = self.helpers.get(&sector).filter(|_| sector != helped);
        own.into_iter().chain(of_sector).flatten().copied()
    }

    /// The customers that two trades have in common.
    pub(super) fn shared_customers(&self, a: IndustryId, b: IndustryId) -> Option<&'static str> {
        if a == b {
            return None;
        }
        let (a, b) = (self.groups.get(&a)?, self.groups.get(&b)?);
        let both = a.iter().find(|group| b.contains(group))?;
        self.shared.get(*both).map(|(customers, _)| *customers)
    }

    /// The trades that have customers in common with one.
    pub(super) fn neighbours(&self, trade: IndustryId) -> impl Iterator<Item = IndustryId> {
        let groups = self.groups.get(&trade).into_iter().flatten();
        groups
            .filter_map(|group| self.shared.get(*group))
            .flat_map(|(_, trades)| trades)
            .copied()
            .filter(move |other| *other != trade)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_trade_of_the_lists_is_in_the_vocabulary() {
        let vocabulary = Vocabulary::builtin();
        let served =
            lines(SERVES).flat_map(|(helper, helped)| std::iter::once(helper).chain(helped));
        let shared = lines(SHARED_CUSTOMERS).flat_map(|(_, trades)| trades);
        let unknown: Vec<&str> = FOR_EVERYBODY
            .split_whitespace()
            .chain(served)
            .chain(shared)
            .filter(|slug| vocabulary.by_slug(slug).is_none())
            .collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }

    #[test]
    fn each_trade_has_one_line() {
        let mut helpers: Vec<&str> = lines(SERVES).map(|(helper, _)| helper).collect();
        let all = helpers.len();
        helpers.sort_unstable();
        helpers.dedup();
        assert_eq!(helpers.len(), all);
        // Each line was read.
        assert_eq!(all, SERVES.trim().lines().count());
    }

    #[test]
    fn help_has_a_direction() {
        let vocabulary = Vocabulary::builtin();
        let trades = Trades::new(&vocabulary);
        let id = |slug: &str| vocabulary.by_slug(slug).unwrap();
        let service = |a: &str, b: &str| trades.service(id(a), id(b));
        assert_eq!(
            service("home-inspection", "real-estate-agency"),
            Some(Service::Particular)
        );
        assert_eq!(service("real-estate-agency", "home-inspection"), None);
        assert_eq!(service("bookkeeping", "roofing"), Some(Service::Any));
        assert_eq!(service("bookkeeping", "bookkeeping"), None);
        // What is for a sector is for its trades.
        assert_eq!(
            service("building-supply", "roofing"),
            Some(Service::Particular)
        );
        assert_eq!(
            trades.shared_customers(id("roofing"), id("hvac")),
            Some("people with a house to keep up")
        );
        assert_eq!(trades.shared_customers(id("roofing"), id("roofing")), None);
    }
}
