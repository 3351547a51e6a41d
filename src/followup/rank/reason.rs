//! Why a piece is suggested: as data, and in words.

use jiff::civil::Date;

use crate::followup::wanted::Origin;
use crate::library::vocabulary::{IndustryId, Vocabulary};

/// Why a piece is suggested.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// It is for their trade.
    Trade(IndustryId),
    /// It is for the whole sector that their trade lies in.
    Sector(IndustryId),
    /// It is for a trade within their sector.
    Inside(IndustryId),
    /// It is for everybody.
    General,
    /// It holds words that speak of them.
    Words {
        /// The words as they were written, those that tell most first.
        words: Vec<String>,
        /// Where they come from.
        origin: Origin,
    },
}

impl Reason {
    /// The name of what this is, for other programs.
    pub fn name(&self) -> &'static str {
        match self {
            Reason::Trade(_) => "trade",
            Reason::Sector(_) => "sector",
            Reason::Inside(_) => "inside",
            Reason::General => "general",
            Reason::Words { origin, .. } => match origin {
                Origin::About => "about",
                Origin::Promised(_) => "promised",
                Origin::Need => "need",
                Origin::Interest => "interest",
                Origin::Note(_) => "note",
                Origin::Hobby => "hobby",
                Origin::Expertise => "expertise",
                Origin::Work => "work",
            },
        }
    }

    /// The trade or sector that it speaks of.
    pub fn industry(&self) -> Option<IndustryId> {
        match self {
            Reason::Trade(id) | Reason::Sector(id) | Reason::Inside(id) => Some(*id),
            Reason::General | Reason::Words { .. } => None,
        }
    }

    /// The reason in words, to follow the title of a piece. A day of another year than `today`
    /// is said with its year.
    pub fn words(&self, vocabulary: &Vocabulary, today: Date) -> String {
        match self {
            Reason::Trade(id) => format!("for their trade: {}", vocabulary.name(*id, "en")),
            Reason::Inside(id) => {
                format!(
                    "for a trade of their sector: {}",
                    vocabulary.name(*id, "en")
                )
            }
            Reason::Sector(id) => format!("for their sector: {}", vocabulary.name(*id, "en")),
            Reason::General => "for everybody".to_owned(),
            Reason::Words { words, origin } => {
                format!("mentions {}, {}", listed(words), told(*origin, today))
            }
        }
    }
}

/// "a", "a and b", "a, b and c".
fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

fn told(origin: Origin, today: Date) -> String {
    let on = |day: Option<Date>| match day {
        Some(day) if day.year() == today.year() => format!(" on {}", day.strftime("%-d %B")),
        Some(day) => format!(" on {}", day.strftime("%-d %B %Y")),
        None => String::new(),
    };
    match origin {
        Origin::About => "which you asked for".to_owned(),
        Origin::Promised(day) => format!("which you promised{}", on(day)),
        Origin::Need => "which they look for".to_owned(),
        Origin::Interest => "an interest of theirs".to_owned(),
        Origin::Note(day) => format!("which you noted{}", on(day)),
        Origin::Hobby => "from their free time".to_owned(),
        Origin::Expertise => "which they know well".to_owned(),
        Origin::Work => "from their work".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn reasons_are_told_in_plain_words() {
        let vocabulary = Vocabulary::builtin();
        let told = |reason: Reason| reason.words(&vocabulary, date(2026, 11, 24));
        let words = |words: &[&str], origin| {
            told(Reason::Words {
                words: words.iter().map(|word| (*word).to_owned()).collect(),
                origin,
            })
        };
        assert_eq!(
            words(&["hiring"], Origin::Note(Some(date(2026, 11, 3)))),
            "mentions hiring, which you noted on 3 November"
        );
        assert_eq!(
            words(
                &["budget", "year"],
                Origin::Promised(Some(date(2025, 1, 9)))
            ),
            "mentions budget and year, which you promised on 9 January 2025"
        );
        assert_eq!(
            words(&["a", "b", "c"], Origin::Note(None)),
            "mentions a, b and c, which you noted"
        );
        let hvac = vocabulary.resolve("hvac").unwrap();
        assert_eq!(
            told(Reason::Trade(hvac)),
            "for their trade: Heating and air conditioning (HVAC)"
        );
    }
}
