//! The marks around what is quoted, language by language.

use super::base;

/// The marks of a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotes {
    /// Before and after what is quoted.
    pub outer: (&'static str, &'static str),
    /// The same inside of a quotation.
    pub inner: (&'static str, &'static str),
}

impl Quotes {
    /// The marks of English, and of languages of which nothing else is known here.
    pub const ENGLISH: Quotes = Quotes {
        outer: ("“", "”"),
        inner: ("‘", "’"),
    };

    /// The marks of a language, by its code. They are those of the Unicode CLDR ("delimiters");
    /// French has narrow spaces inside of them.
    pub fn of(lang: &str) -> Quotes {
        let (outer, inner) = match (base(lang), lang) {
            (_, "de-CH" | "de-LI" | "fr-CH" | "it-CH") => (("«", "»"), ("‹", "›")),
            ("de" | "cs" | "sk" | "sl" | "bg" | "is" | "et" | "lt", _) => (("„", "“"), ("‚", "‘")),
            ("fr", _) => (("«\u{202F}", "\u{202F}»"), ("“", "”")),
            ("es" | "it" | "ca" | "gl" | "eu" | "el", _) | (_, "pt-PT") => (("«", "»"), ("“", "”")),
            ("pl" | "ro", _) => (("„", "”"), ("«", "»")),
            ("hu", _) => (("„", "”"), ("»", "«")),
            ("hr" | "sr" | "bs", _) => (("„", "”"), ("‚", "’")),
            ("ru" | "uk" | "be", _) => (("«", "»"), ("„", "“")),
            ("sv" | "fi", _) => (("”", "”"), ("’", "’")),
            ("nb" | "nn" | "no", _) => (("«", "»"), ("‘", "’")),
            _ => return Quotes::ENGLISH,
        };
        Quotes { outer, inner }
    }
}
