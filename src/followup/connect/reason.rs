//! Why two people should know each other: as data, and in words.

use crate::language;
use crate::library::vocabulary::{IndustryId, Vocabulary};

use super::member::Skill;

/// One of two people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The one who is named first.
    One,
    /// The other.
    Other,
}

impl Side {
    /// The other of the two.
    pub fn opposite(self) -> Side {
        match self {
            Side::One => Side::Other,
            Side::Other => Side::One,
        }
    }
}

/// How somebody can give what another one looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gives<'a> {
    /// It is their trade.
    Trade(IndustryId),
    /// They offer it, in these words.
    Offer(&'a str),
    /// They know it well.
    Knowledge(&'a str),
    /// It is what they do for a living.
    Work(&'a str),
}

impl<'a> Gives<'a> {
    pub(super) fn of(skill: Skill, text: &'a str) -> Gives<'a> {
        match skill {
            Skill::Offers => Gives::Offer(text),
            Skill::Knows => Gives::Knowledge(text),
            Skill::Work => Gives::Work(text),
        }
    }
}

/// Why two people should know each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason<'a> {
    /// One looks for what the other can give.
    Need {
        /// Who looks for it.
        whose: Side,
        /// What, as it was written.
        need: &'a str,
        /// How the other can give it.
        gives: Gives<'a>,
    },
    /// The trade of one works for that of the other.
    Service {
        /// Whose trade works.
        helper: Side,
        /// It.
        trade: IndustryId,
        /// The trade that it works for; none where it works for any business.
        helped: Option<IndustryId>,
    },
    /// Their trades have customers in common whom they can send to each other.
    Customers(&'static str),
    /// One is interested in what the other knows well.
    Teaches {
        /// Who is interested.
        whose: Side,
        /// In what.
        interest: &'a str,
    },
    /// Both like the same.
    Interest(&'a str),
    /// Both were there.
    Event(&'a str),
    /// Both like to be written in a language that is not the library's.
    Language(&'a str),
}

impl Reason<'_> {
    /// The name of what this is, for other programs.
    pub fn name(&self) -> &'static str {
        match self {
            Reason::Need { .. } => "need",
            Reason::Service { .. } => "trade",
            Reason::Customers(_) => "customers",
            Reason::Teaches { .. } => "expertise",
            Reason::Interest(_) => "interest",
            Reason::Event(_) => "event",
            Reason::Language(_) => "language",
        }
    }

    /// Whether it is that the other one looks for the trade of `helper`.
    pub(super) fn is_need_for_trade(&self, helper: Side) -> bool {
        matches!(self, Reason::Need { whose, gives: Gives::Trade(_), .. } if *whose == helper.opposite())
    }

    /// Who is helped by it; none where both are alike.
    pub fn helped(&self) -> Option<Side> {
        match self {
            Reason::Need { whose, .. } | Reason::Teaches { whose, .. } => Some(*whose),
            Reason::Service { helper, .. } => Some(helper.opposite()),
            _ => None,
        }
    }

    /// The reason in words. `call` gives the name of either of them.
    pub fn words<'n>(&self, vocabulary: &Vocabulary, call: impl Fn(Side) -> &'n str) -> String {
        let name = |trade: IndustryId| vocabulary.name(trade, "en");
        match *self {
            Reason::Need { whose, need, gives } => {
                let (who, other) = (call(whose), call(whose.opposite()));
                let how = match gives {
                    Gives::Trade(trade) => {
                        format!("that is {other}'s trade, {}", name(trade))
                    }
                    Gives::Offer(text) => format!("{other} offers \"{text}\""),
                    Gives::Knowledge(text) => format!("{other} knows \"{text}\" well"),
                    Gives::Work(text) => format!("{other} does that for a living (\"{text}\")"),
                };
                format!("{who} looks for \"{need}\": {how}")
            }
            Reason::Service {
                helper,
                trade,
                helped,
            } => {
                let (who, trade) = (call(helper), name(trade));
                match helped {
                    Some(helped) => {
                        let other = call(helper.opposite());
                        format!("{who}'s trade serves {other}'s: {trade}, {}", name(helped))
                    }
                    None => format!("{who}'s trade serves any business: {trade}"),
                }
            }
            Reason::Customers(customers) => {
                format!("both have customers among {customers}, and can send them to each other")
            }
            Reason::Teaches { whose, interest } => format!(
                "{} is interested in \"{interest}\", which {} knows well",
                call(whose),
                call(whose.opposite())
            ),
            Reason::Interest(what) => format!("both like {what}"),
            Reason::Event(event) => format!("both were at {event}"),
            Reason::Language(lang) => match language::own_name(lang) {
                Some(name) => format!("both like to be written in {name}"),
                None => format!("both like to be written in `{lang}`"),
            },
        }
    }
}
