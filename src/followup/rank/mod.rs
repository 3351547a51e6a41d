//! Which pieces to give to a person, and why.
//!
//! The score of a piece is a sum of parts that can each be told: whether it is for the person's
//! trade, whether it answers words that speak of them, what kind it is, how fresh. What they were
//! given, what is not there to be read and what they cannot read is left out before; what remains
//! is chosen for variety. Everything follows from what is known and from the day: the same comes
//! out each time, on any machine.

mod clues;
mod reason;
#[cfg(test)]
mod tests;
mod varied;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use rustc_hash::{FxHashMap, FxHashSet};

use super::index::{Index, Piece};
use super::wanted::Wanted;
use crate::language;
use crate::library::vocabulary::{IndustryId, Vocabulary};
use crate::source::front_matter::Kind;
use clues::{Answers, KnownWords};
pub use reason::Reason;

/// What each trade counts that a piece is for.
const TRADE: f64 = 1.0;
/// … its sector as a whole, …
const SECTOR: f64 = 0.6;
/// … a trade within a sector, where no more is known of the person, …
const INSIDE: f64 = 0.5;
/// … everybody.
const GENERAL: f64 = 0.35;

/// What answering all words perfectly counts; half of it is reached at [`HALF_ANSWERED`].
const WORDS: f64 = 2.0;
const HALF_ANSWERED: f64 = 0.8;

/// What it counts that a piece was promised: it comes before all others.
const PROMISED: f64 = 4.0;

/// What a piece counts that was written today; half of it after [`HALF_LIFE`] seconds.
const FRESH: f64 = 0.15;
const HALF_LIFE: f64 = 2.0 * 365.25 * 86_400.0;

/// What a kind counts at most.
const KIND: f64 = 0.1;

/// What a piece in another language than the library's own counts, where nothing is known of what
/// the person reads.
const OTHER_LANGUAGE: f64 = 0.7;

/// A piece that is suggested.
#[derive(Clone)]
pub struct Suggestion<'a> {
    /// The piece.
    pub piece: Piece<'a>,
    /// How good it is: of use only against others for the same person.
    pub score: f64,
    /// Why, the strongest reason first. Never empty.
    pub reasons: Vec<Reason>,
}

/// What can be given to a person.
#[derive(Clone)]
pub struct Choice<'a> {
    /// The pieces, the best first.
    pub suggestions: Vec<Suggestion<'a>>,
    /// What the library lacks for them.
    pub lack: Option<Lack>,
}

/// What a library lacks for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// Nothing is for their trade.
    Nothing(IndustryId),
    /// They were given everything that is for their trade.
    AllGiven(IndustryId),
}

/// What ranking depends on besides the person. What is found out for one person is kept for the
/// next.
pub struct Ranking<'a> {
    /// What there is to give.
    pub index: Index<'a>,
    /// The industries.
    pub vocabulary: &'a Vocabulary,
    language: &'a str,
    now: i64,
    /// The industries of each piece.
    industries: Vec<Vec<IndustryId>>,
    words: KnownWords,
}

impl<'a> Ranking<'a> {
    /// Ranks the pieces of an index. `language` is the library's own, `now` the moment that counts
    /// as now, in seconds since 1970.
    pub fn new(
        index: Index<'a>,
        vocabulary: &'a Vocabulary,
        language: &'a str,
        now: i64,
    ) -> Ranking<'a> {
        let mut known: FxHashMap<&str, Option<IndustryId>> = FxHashMap::default();
        let mut id = |slug| {
            *known
                .entry(slug)
                .or_insert_with(|| vocabulary.by_slug(slug))
        };
        let pieces = index.pieces();
        let industries = pieces.map(|(_, piece)| piece.industries().filter_map(&mut id).collect());
        Ranking {
            index,
            vocabulary,
            language,
            now,
            industries: industries.collect(),
            words: KnownWords::default(),
        }
    }

    /// Chooses at most `number` pieces for a person.
    pub fn choose(&self, wanted: &Wanted, number: usize) -> Choice<'a> {
        let mut answers = clues::answers(&self.index, &self.words, &wanted.clues, self.today());
        let given = self.given(wanted);
        let mut ranked = Vec::new();
        let (mut is_there, mut is_left) = (false, false);
        for (at, piece) in self.index.pieces() {
            if piece.hold(self.now).is_some() || !reads(wanted, &piece) {
                continue;
            }
            let trade = self.trade(wanted, at, &piece);
            let is_for_trade = trade
                .as_ref()
                .is_some_and(|(_, why)| *why != Reason::General);
            let is_new = !given.contains(piece.translations());
            is_there |= is_for_trade;
            is_left |= is_for_trade && is_new;
            let answers = answers.remove(&at).unwrap_or_default();
            if is_new {
                ranked.extend(self.suggestion(wanted, piece, trade, answers));
            }
        }
        ranked.sort_by(|a, b| {
            let by_score = b.score.total_cmp(&a.score);
            by_score.then_with(|| a.piece.address().cmp(b.piece.address()))
        });
        let lack = match (wanted.industry, is_there, is_left) {
            (Some(industry), false, _) => Some(Lack::Nothing(industry)),
            (Some(industry), true, false) => Some(Lack::AllGiven(industry)),
            _ => None,
        };
        Choice {
            suggestions: varied::choose(ranked, number),
            lack,
        }
    }

    /// The promise that the first of some pieces keeps which keeps one, in the words of the card.
    pub fn kept(&self, wanted: &Wanted, ids: &[&str]) -> Option<String> {
        let answers = clues::answers(&self.index, &self.words, &wanted.clues, self.today());
        ids.iter().find_map(|id| {
            let (at, _) = self.index.pieces().find(|(_, piece)| piece.id() == *id)?;
            answers.get(&at)?.keeps.clone()
        })
    }

    /// The day that counts as today.
    pub fn today(&self) -> Date {
        let moment = Timestamp::from_second(self.now).unwrap_or_default();
        Offset::UTC.to_datetime(moment).date()
    }

    /// What the given pieces have in common with their translations: nobody wants the same twice
    /// in another language.
    fn given(&self, wanted: &Wanted) -> FxHashSet<&'a str> {
        let ids: FxHashSet<&str> = wanted.given.iter().map(String::as_str).collect();
        let given = self
            .index
            .pieces()
            .filter(|(_, piece)| ids.contains(piece.id()));
        given.map(|(_, piece)| piece.translations()).collect()
    }

    /// How much a piece is for a person's trade; nothing where it is for another one.
    fn trade(&self, wanted: &Wanted, at: u32, piece: &Piece<'_>) -> Option<(f64, Reason)> {
        let own = self
            .industries
            .get(at as usize)
            .map_or(&[][..], Vec::as_slice);
        let general = piece.is_general().then_some((GENERAL, Reason::General));
        let Some(theirs) = wanted.industry else {
            return general;
        };
        let contains = |outer, inner| self.vocabulary.contains(outer, inner);
        if own.contains(&theirs) {
            Some((TRADE, Reason::Trade(theirs)))
        } else if let Some(sector) = own.iter().find(|own| contains(**own, theirs)) {
            Some((SECTOR, Reason::Sector(*sector)))
        } else if let Some(inner) = own.iter().find(|own| contains(theirs, **own)) {
            Some((INSIDE, Reason::Inside(*inner)))
        } else {
            general
        }
    }

    /// The piece with its score and reasons; nothing where there is no reason to give it.
    fn suggestion(
        &self,
        wanted: &Wanted,
        piece: Piece<'a>,
        trade: Option<(f64, Reason)>,
        answers: Answers,
    ) -> Option<Suggestion<'a>> {
        // A piece for roofers is nothing for a dentist, unless it answers a wish of theirs.
        let is_for_others = trade.is_none() && wanted.industry.is_some();
        if is_for_others && !answers.is_wish {
            return None;
        }
        let words = WORDS * answers.score / (answers.score + HALF_ANSWERED);
        let mut parts: Vec<(f64, Reason)> = trade.into_iter().collect();
        let by_trade: f64 = parts.iter().map(|(part, _)| part).sum();
        parts.extend(answers.reasons);
        if parts.is_empty() {
            return None;
        }
        parts.sort_by(|a, b| b.0.total_cmp(&a.0));
        let is_foreign = wanted.languages.is_empty()
            && language::base(piece.lang()) != language::base(self.language);
        let promised = answers.keeps.as_ref().map_or(0.0, |_| PROMISED);
        let score = by_trade + words + promised + KIND * kind(piece.kind()) + self.fresh(&piece);
        Some(Suggestion {
            piece,
            score: score * if is_foreign { OTHER_LANGUAGE } else { 1.0 },
            reasons: parts.into_iter().map(|(_, reason)| reason).collect(),
        })
    }

    fn fresh(&self, piece: &Piece<'_>) -> f64 {
        let age = piece.fresh().map(|day| self.now.saturating_sub(day).max(0));
        age.map_or(0.0, |age| FRESH * 0.5_f64.powf(age as f64 / HALF_LIFE))
    }
}

/// Whether a person can read a piece, as far as that is known. Regions do not matter.
fn reads(wanted: &Wanted, piece: &Piece<'_>) -> bool {
    let lang = language::base(piece.lang());
    let mut reads = wanted.languages.iter();
    wanted.languages.is_empty()
        || reads.any(|known| language::base(known).eq_ignore_ascii_case(lang))
}

/// What asks least of somebody's time, and shows most of the giver, comes first.
fn kind(kind: Kind) -> f64 {
    match kind {
        Kind::Article => 1.0,
        Kind::File => 0.8,
        Kind::Link => 0.5,
        _ => 0.3,
    }
}
