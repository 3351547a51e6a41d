//! Codes of NAICS 2022: what they look like, and which lies inside which.

use std::fmt;
use std::ops::RangeInclusive;

/// The sectors of NAICS 2022 by their first two digits; three of them are ranges.
const SECTORS: [RangeInclusive<u8>; 20] = [
    11..=11,
    21..=21,
    22..=22,
    23..=23,
    31..=33,
    42..=42,
    44..=45,
    48..=49,
    51..=51,
    52..=52,
    53..=53,
    54..=54,
    55..=55,
    56..=56,
    61..=61,
    62..=62,
    71..=71,
    72..=72,
    81..=81,
    92..=92,
];

/// A code of two to six digits, or a range of sectors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Code<'a> {
    /// `238220`, or `23` for all codes that begin with it.
    Prefix(&'a str),
    /// `31-33`.
    Sectors(RangeInclusive<u8>),
}

impl<'a> Code<'a> {
    /// Reads a code as people type it: `238220`, `NAICS 238220`, `31-33`. `None` if `text` does
    /// not look like one.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let text = text.trim();
        let text = match text.split_at_checked(5) {
            Some((label, code)) if label.eq_ignore_ascii_case("naics") => {
                code.trim_start_matches([' ', ':', '#'])
            }
            _ => text,
        };
        if let Some((from, to)) = text.split_once(['-', '–']) {
            let (from, to) = (two_digits(from.trim())?, two_digits(to.trim())?);
            return (from < to).then_some(Code::Sectors(from..=to));
        }
        let shaped = (2..=6).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        shaped.then_some(Code::Prefix(text))
    }

    /// Whether NAICS 2022 has the sector (or exactly the range of sectors) that the code names.
    pub(super) fn is_in_naics(&self) -> bool {
        match self {
            Code::Prefix(code) => code
                .get(..2)
                .and_then(two_digits)
                .is_some_and(|sector| SECTORS.iter().any(|range| range.contains(&sector))),
            Code::Sectors(range) => SECTORS.contains(range),
        }
    }

    /// How many digits the code has: the more, the fewer firms it stands for.
    pub(super) fn digits(&self) -> usize {
        match self {
            Code::Prefix(code) => code.len(),
            Code::Sectors(_) => 2,
        }
    }

    /// The code as prefixes: itself, or each sector of the range.
    pub(super) fn prefixes(&self) -> Vec<String> {
        match self {
            Code::Prefix(code) => vec![(*code).to_owned()],
            Code::Sectors(range) => range.clone().map(|sector| sector.to_string()).collect(),
        }
    }

    /// Whether every code that `inner` stands for is one that this code stands for.
    pub(super) fn contains(&self, inner: &Code<'_>) -> bool {
        let outer = self.prefixes();
        inner
            .prefixes()
            .iter()
            .all(|code| outer.iter().any(|prefix| code.starts_with(prefix.as_str())))
    }
}

impl fmt::Display for Code<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Code::Prefix(code) => f.write_str(code),
            Code::Sectors(range) => write!(f, "{}-{}", range.start(), range.end()),
        }
    }
}

fn two_digits(text: &str) -> Option<u8> {
    let shaped = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
    shaped.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_type() {
        assert_eq!(Code::parse(" 238220 "), Some(Code::Prefix("238220")));
        assert_eq!(Code::parse("NAICS 23"), Some(Code::Prefix("23")));
        assert_eq!(Code::parse("naics: 531"), Some(Code::Prefix("531")));
        assert_eq!(Code::parse("31-33"), Some(Code::Sectors(31..=33)));
        assert_eq!(Code::parse("44–45"), Some(Code::Sectors(44..=45)));
        for wrong in [
            "", "2", "2382201", "23a", "33-31", "311-33", "naics", "é238",
        ] {
            assert_eq!(Code::parse(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn knows_the_sectors() {
        let known = |text| Code::parse(text).is_some_and(|code| code.is_in_naics());
        assert!(known("238220") && known("32") && known("31-33"));
        assert!(!known("99") && !known("31-32") && !known("01"));
    }

    #[test]
    fn a_code_lies_inside_its_beginnings() {
        let contains = |outer, inner| {
            Code::parse(outer)
                .zip(Code::parse(inner))
                .is_some_and(|(outer, inner)| outer.contains(&inner))
        };
        assert!(contains("23", "238220") && contains("31-33", "32"));
        assert!(contains("238220", "238220") && contains("31-33", "31-33"));
        assert!(!contains("238220", "23") && !contains("31", "31-33"));
    }
}
