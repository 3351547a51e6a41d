//! Why an industry was found, in plain words.

use std::fmt;

use crate::library::vocabulary::model::{Industry, IndustryId, Label};
use crate::library::vocabulary::words;

/// An industry that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// The industry.
    pub industry: IndustryId,
    /// Why it was found, for people: its `Display` is a few plain words.
    pub reason: Reason,
}

/// Why an industry was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Its slug was typed.
    Slug,
    /// Its English name was typed.
    Name,
    /// Its name in another language was typed.
    Translation {
        /// The language's code.
        lang: String,
        /// The name.
        name: String,
    },
    /// This alias was typed.
    Alias(String),
    /// One code lies inside the other, or is the same.
    Naics {
        /// The longer code.
        code: String,
        /// The code that it lies inside.
        inside: String,
    },
    /// Some words are those of its name or of an alias.
    Words {
        /// The words that are the same, as the vocabulary spells them.
        words: Vec<String>,
        /// What they are part of: [`Reason::Slug`], [`Reason::Name`], [`Reason::Alias`] or
        /// [`Reason::Translation`].
        of: Box<Reason>,
    },
    /// A word or phrase of its is spelled nearly so.
    Close(String),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::Slug => f.write_str("slug"),
            Reason::Name => f.write_str("name"),
            Reason::Translation { lang, name } => write!(f, "name `{name}` ({lang})"),
            Reason::Alias(alias) => write!(f, "alias `{alias}`"),
            Reason::Naics { code, inside } if code == inside => write!(f, "NAICS {code}"),
            Reason::Naics { code, inside } => write!(f, "NAICS {code} lies inside {inside}"),
            Reason::Words { words, of } => {
                let plural = if words.len() == 1 { "" } else { "s" };
                let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
                write!(
                    f,
                    "shares the word{plural} {} with the {of}",
                    words.join(", ")
                )
            }
            Reason::Close(text) => write!(f, "close to `{text}`"),
        }
    }
}

impl Industry {
    /// Which of the industry's words was typed exactly.
    pub(super) fn exact_reason(&self, typed: &str) -> Reason {
        let place_of = |key: &str| self.phrases().position(|(_, _, own)| own == key);
        let key = words::key(typed);
        let typed = typed.trim();
        let place = self
            .phrases()
            .position(|(_, text, _)| text.eq_ignore_ascii_case(typed))
            .or_else(|| place_of(&key))
            .or_else(|| words::singulars(&key).find_map(place_of))
            .unwrap_or_default();
        self.phrase_reason(place)
    }

    /// The phrase at this place, as a reason.
    pub(super) fn phrase_reason(&self, place: usize) -> Reason {
        match self.phrases().nth(place) {
            Some((Label::Name, ..)) => Reason::Name,
            Some((Label::Alias, text, _)) => Reason::Alias(text.to_owned()),
            Some((Label::Translation(lang), text, _)) => Reason::Translation {
                lang: lang.to_owned(),
                name: text.to_owned(),
            },
            Some((Label::Slug, ..)) | None => Reason::Slug,
        }
    }
}
