//! How good it is to bring two people together, and why.

use super::Circle;
use super::member::{Member, Skill};
use super::phrase::Phrase;
use super::reason::{Gives, Reason, Side};
use super::trades::Service;
use crate::language;
use crate::library::vocabulary::IndustryId;

/// What it counts that one looks for what is the other's trade, …
const NEEDED_TRADE: f64 = 3.0;
/// … what the other offers, …
const NEEDED_OFFER: f64 = 3.0;
/// … what the other knows well, …
const NEEDED_KNOWLEDGE: f64 = 2.4;
/// … what the other does for a living.
const NEEDED_WORK: f64 = 2.0;
/// What it counts that one trade works for the other in particular, …
const SERVICE: f64 = 1.2;
/// … or for any business.
const SERVICE_TO_ANY: f64 = 0.4;
/// What customers in common count.
const CUSTOMERS: f64 = 1.0;
/// What it counts that one is interested in what the other knows well.
const TEACHES: f64 = 1.2;
/// What it counts that both like the same.
const INTEREST: f64 = 0.8;
/// What it counts that both were at the same event, or share a language that others do not.
const BESIDE: f64 = 0.2;
/// What is left of the score where they like to be written in different languages.
const FOREIGN: f64 = 0.5;
/// The strongest reason must count so much: "works for any business" is none by itself.
const LEAST: f64 = 0.6;

type Found<'a> = Vec<(f64, Reason<'a>)>;

impl<'a> Circle<'a> {
    /// How good a pair is, and the reasons, the strongest first; nothing where there is none.
    pub(super) fn judge(
        &self,
        one: &Member<'a>,
        other: &Member<'a>,
    ) -> Option<(f64, Vec<Reason<'a>>)> {
        let mut found = Found::new();
        self.needs(Side::One, one, other, &mut found);
        self.needs(Side::Other, other, one, &mut found);
        self.trades_of(one, other, &mut found);
        self.interests(one, other, &mut found);
        // Stable: of reasons that count the same, the first found comes first.
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        found.first().filter(|(best, _)| *best >= LEAST)?;
        self.beside(one, other, &mut found);
        let best = found.first().map_or(0.0, |(best, _)| *best);
        let sum: f64 = found.iter().map(|(score, _)| score).sum();
        let score = best + (sum - best) / 2.0;
        let score = if differ(one, other) {
            score * FOREIGN
        } else {
            score
        };
        Some((score, found.into_iter().map(|(_, reason)| reason).collect()))
    }

    /// What one looks for and the other can give: for each wish the best way.
    fn needs(&self, whose: Side, one: &Member<'a>, other: &Member<'a>, found: &mut Found<'a>) {
        for need in &one.needs {
            let by_skill = other.skills.iter().filter_map(|(skill, phrase)| {
                let alike = self.answers(need, phrase)?;
                let gives = Gives::of(*skill, phrase.text);
                Some((alike * weight(*skill), gives))
            });
            let by_trade = other.trade.filter(|trade| self.is_named(need, *trade));
            let by_trade = by_trade.map(|trade| (NEEDED_TRADE, Gives::Trade(trade)));
            let best = by_trade
                .into_iter()
                .chain(by_skill)
                .reduce(|best, next| if next.0 > best.0 { next } else { best });
            if let Some((score, gives)) = best {
                let need = need.text;
                found.push((score, Reason::Need { whose, need, gives }));
            }
        }
    }

    fn answers(&self, need: &Phrase<'_>, skill: &Phrase<'_>) -> Option<f64> {
        let same_trade = need.trades.iter().any(|trade| skill.trades.contains(trade));
        match same_trade {
            true => Some(1.0),
            false => self.words.alike(need, skill),
        }
    }

    /// Whether a wish names a trade, or the sector that it lies in.
    fn is_named(&self, need: &Phrase<'_>, trade: IndustryId) -> bool {
        let sector = self.trades.sector_of(trade);
        need.trades
            .iter()
            .any(|named| [trade, sector].contains(named))
    }

    fn trades_of(&self, one: &Member<'a>, other: &Member<'a>, found: &mut Found<'a>) {
        let (Some(a), Some(b)) = (one.trade, other.trade) else {
            return;
        };
        for (helper, trade, helped) in [(Side::One, a, b), (Side::Other, b, a)] {
            let (score, helped) = match self.trades.service(trade, helped) {
                None => continue,
                Some(Service::Particular) => (SERVICE, Some(helped)),
                Some(Service::Any) => (SERVICE_TO_ANY, None),
            };
            // That somebody looks for that very trade is said already.
            if found
                .iter()
                .any(|(_, reason)| reason.is_need_for_trade(helper))
            {
                continue;
            }
            let reason = Reason::Service {
                helper,
                trade,
                helped,
            };
            found.push((score, reason));
        }
        if let Some(customers) = self.trades.shared_customers(a, b) {
            found.push((CUSTOMERS, Reason::Customers(customers)));
        }
    }

    fn interests(&self, one: &Member<'a>, other: &Member<'a>, found: &mut Found<'a>) {
        for interest in &one.interests {
            let shared = other.interests.iter();
            let alike = shared.filter_map(|theirs| self.words.alike(interest, theirs));
            if let Some(alike) = alike.reduce(f64::max) {
                found.push((INTEREST * alike, Reason::Interest(interest.text)));
            }
        }
        for (whose, learner, knower) in [(Side::One, one, other), (Side::Other, other, one)] {
            for interest in &learner.interests {
                let known = knower
                    .skills
                    .iter()
                    .filter(|(skill, _)| *skill != Skill::Work);
                let alike = known.filter_map(|(_, known)| self.words.alike(interest, known));
                if let Some(alike) = alike.reduce(f64::max) {
                    let interest = interest.text;
                    found.push((TEACHES * alike, Reason::Teaches { whose, interest }));
                }
            }
        }
    }

    /// What helps, and is no reason by itself.
    fn beside(&self, one: &Member<'a>, other: &Member<'a>, found: &mut Found<'a>) {
        let event = one.events.iter().find(|(own, _)| {
            let mut theirs = other.events.iter();
            theirs.any(|(event, _)| event == own)
        });
        found.extend(event.map(|(_, event)| (BESIDE, Reason::Event(event))));
        let own = one.person.language.as_deref();
        let shared = own.filter(|lang| {
            let is_shared =
                other.person.language.as_deref().map(language::base) == Some(language::base(lang));
            is_shared && language::base(lang) != language::base(self.language)
        });
        found.extend(shared.map(|lang| (BESIDE, Reason::Language(lang))));
    }
}

fn weight(skill: Skill) -> f64 {
    match skill {
        Skill::Offers => NEEDED_OFFER,
        Skill::Knows => NEEDED_KNOWLEDGE,
        Skill::Work => NEEDED_WORK,
    }
}

/// Whether both say what they like to be written in, and it is not the same.
fn differ(one: &Member<'_>, other: &Member<'_>) -> bool {
    let one = one.person.language.as_deref().map(language::base);
    let other = other.person.language.as_deref().map(language::base);
    one.is_some() && other.is_some() && one != other
}
