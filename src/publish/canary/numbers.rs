//! Numbers of phones in any spelling: `+1 (555) 867-5309`, `555.867.5309`, `0155 58675309`.
//!
//! Digits are compared, whatever stands between them; a number with that of its country
//! (ITU-T E.164: one to three digits) and one without are the same.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

/// The last digits, by which numbers are looked up. What has fewer could be anything.
const KEY: usize = 9;
/// The most digits of a number (ITU-T E.164, section 6.2.1), with a zero or two before it.
const MOST: usize = 17;
/// How many digits the number of a country has at most.
const COUNTRY: usize = 3;
/// How many characters may stand between two digits, as in `) `.
const BETWEEN: usize = 3;

/// Numbers to look for.
#[derive(Debug, Default)]
pub(super) struct Numbers(FxHashMap<u64, Vec<(String, usize)>>);

impl Numbers {
    /// Adds the digits of a number, with its place in the list. One that is too short to be told
    /// from other numbers is left out.
    pub fn add(&mut self, digits: &str, place: usize) {
        let digits = digits.trim_start_matches('0');
        if let Some(key) = key(digits.as_bytes()) {
            self.0
                .entry(key)
                .or_default()
                .push((digits.to_owned(), place));
        }
    }

    /// Adds the places of the numbers that stand in these bytes.
    pub fn find(&self, bytes: &[u8], found: &mut BTreeSet<usize>) {
        if self.0.is_empty() {
            return;
        }
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            if !byte.is_ascii_digit() {
                at += 1;
                continue;
            }
            let run = Run::at(bytes, at);
            at = run.end;
            if run.is_alone {
                self.in_run(&run, found);
            }
        }
    }

    /// Looks at each row of groups: a date or the number of a line may stand before a number.
    fn in_run(&self, run: &Run, found: &mut BTreeSet<usize>) {
        for (at, start) in run.groups.iter().enumerate() {
            let ends = run.groups.iter().skip(at + 1).copied();
            for end in ends.chain([run.digits.len()]) {
                let digits = run.digits.get(*start..end).unwrap_or_default();
                found.extend(self.like(digits));
            }
        }
    }

    /// The places of the numbers that are the same as this one.
    fn like<'a>(&'a self, digits: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
        let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
        let digits = digits.get(zeros..).unwrap_or_default();
        let known = key(digits).and_then(|key| self.0.get(&key));
        let same = move |known: &str| {
            let (known, length) = (known.as_bytes(), digits.len());
            known.len().abs_diff(length) <= COUNTRY
                && (known.ends_with(digits) || digits.ends_with(known))
        };
        known
            .into_iter()
            .flatten()
            .filter(move |(known, _)| same(known))
            .map(|(_, place)| *place)
    }
}

/// The last digits as a number.
fn key(digits: &[u8]) -> Option<u64> {
    let start = digits.len().checked_sub(KEY)?;
    std::str::from_utf8(digits.get(start..)?).ok()?.parse().ok()
}

/// Digits with no more between them than a number of a phone has.
struct Run {
    digits: Vec<u8>,
    /// Where each group of digits begins.
    groups: Vec<usize>,
    /// The byte after it.
    end: usize,
    /// Whether it is no part of a word, and no longer than a number with a date before it.
    is_alone: bool,
}

impl Run {
    fn at(bytes: &[u8], start: usize) -> Run {
        let before = start.checked_sub(1).and_then(|at| bytes.get(at));
        let mut run = Run {
            digits: Vec::new(),
            groups: vec![0],
            end: start,
            is_alone: !before.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_'),
        };
        let (mut at, mut between) = (start, 0);
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'0'..=b'9' => {
                    if between > 0 {
                        run.groups.push(run.digits.len());
                    }
                    between = 0;
                    // More are counted, and not kept.
                    if run.digits.len() <= 2 * MOST {
                        run.digits.push(*byte);
                    } else {
                        run.groups.clear();
                    }
                    run.end = at + 1;
                }
                b' ' | b'-' | b'.' | b'/' | b'(' | b')' | 0xC2 | 0xA0 if between < BETWEEN => {
                    between += 1;
                }
                _ => break,
            }
            at += 1;
        }
        let after = bytes.get(run.end);
        run.is_alone &= !after.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
        run.is_alone &= run.digits.len() <= MOST + 4;
        run
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> bool {
        let mut numbers = Numbers::default();
        numbers.add("15558675309", 0);
        numbers.add("491701234567", 1);
        numbers.add("5550100", 2);
        let mut found = BTreeSet::new();
        numbers.find(text.as_bytes(), &mut found);
        !found.is_empty()
    }

    #[test]
    fn spellings_of_a_number_are_one() {
        for text in [
            "+1 555 867 5309",
            "call (555) 867-5309, or write",
            "555.867.5309",
            "5558675309",
            "001-555-867-5309",
            "1. 555 867 5309",
            "2026-03-01 555-867-5309",
            "tel:+15558675309\"",
            "555\u{a0}867\u{a0}5309",
            "0170 1234567",
            "+49 (0)170 / 1234567",
        ] {
            assert!(found(text), "{text}");
        }
        for text in [
            "555 867 5308",
            "867 5309",
            "a5558675309",
            "5558675309b",
            "15558675309000000000",
            "5550100",
            "",
        ] {
            assert!(!found(text), "{text}");
        }
        // A drawing is full of numbers.
        let path = "555 867 5309 ".repeat(40);
        assert!(!found(&path));
    }
}
