//! With whom each person is worth comparing, so that not everybody is compared with everybody.

use rustc_hash::FxHashMap;

use super::member::Member;
use super::phrase::{Phrase, WordId};
use super::trades::Trades;
use crate::library::vocabulary::IndustryId;

/// Of a list longer than this, only the first are compared. What all in it have in common counts
/// the same for each; who has more in common is in another, shorter list as well.
const LONGEST: usize = 64;

/// Who has what.
pub(super) struct Candidates {
    /// Who has a word in what they look for, can do or like.
    by_word: FxHashMap<WordId, Vec<usize>>,
    /// Who is of a trade.
    by_trade: FxHashMap<IndustryId, Vec<usize>>,
    /// Who looks for a trade.
    by_wish: FxHashMap<IndustryId, Vec<usize>>,
}

impl Candidates {
    pub(super) fn new(members: &[Member<'_>], trades: &Trades<'_>) -> Candidates {
        let mut candidates = Candidates {
            by_word: FxHashMap::default(),
            by_trade: FxHashMap::default(),
            by_wish: FxHashMap::default(),
        };
        for (at, member) in members.iter().enumerate() {
            for word in phrases(member).flat_map(|phrase| &phrase.words) {
                add(&mut candidates.by_word, *word, at);
            }
            if let Some(trade) = member.trade {
                add(&mut candidates.by_trade, trade, at);
                let sector = trades.sector_of(trade);
                if sector != trade {
                    add(&mut candidates.by_trade, sector, at);
                }
            }
            for trade in member.needs.iter().flat_map(|need| &need.trades) {
                add(&mut candidates.by_wish, *trade, at);
            }
        }
        candidates
    }

    /// Those with whom a member is to be compared, sorted. A pair comes up at one of the two at
    /// least.
    pub(super) fn of(&self, at: usize, members: &[Member<'_>], trades: &Trades<'_>) -> Vec<usize> {
        let Some(member) = members.get(at) else {
            return Vec::new();
        };
        let mut others = Vec::new();
        let mut take = |list: Option<&Vec<usize>>| {
            others.extend(list.into_iter().flatten().take(LONGEST));
        };
        for phrase in phrases(member) {
            for word in &phrase.words {
                take(self.by_word.get(word));
            }
            for trade in &phrase.trades {
                take(self.by_trade.get(trade));
                take(self.by_wish.get(trade));
            }
        }
        if let Some(trade) = member.trade {
            take(self.by_wish.get(&trade));
            take(self.by_wish.get(&trades.sector_of(trade)));
            for other in trades.helpers(trade).chain(trades.neighbours(trade)) {
                take(self.by_trade.get(&other));
            }
        }
        others.sort_unstable();
        others.dedup();
        others
    }
}

fn add<K: Eq + std::hash::Hash>(lists: &mut FxHashMap<K, Vec<usize>>, key: K, at: usize) {
    let list = lists.entry(key).or_default();
    // Members are added in order: one who has a word twice is its last.
    if list.last() != Some(&at) {
        list.push(at);
    }
}

fn phrases<'m, 'a>(member: &'m Member<'a>) -> impl Iterator<Item = &'m Phrase<'a>> {
    let skills = member.skills.iter().map(|(_, phrase)| phrase);
    member.needs.iter().chain(skills).chain(&member.interests)
}
