//! Files of vCards, as many as there are in one. Those of version 4.0 come in as they are; older
//! ones are written anew in version 4.0 by calcard.

use std::ops::Range;

use calcard::vcard::VCardVersion;
use rayon::prelude::*;

use super::{Batch, Source, is_somebody};
use crate::diagnostics::Diagnostic;
use crate::people::{Card, Person};

/// Whether text begins as a vCard does.
pub(super) fn is_vcards(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .next()
        .is_some_and(|line| is_line(line, "BEGIN:VCARD"))
}

/// Reads every card.
pub(super) fn read(source: &Source, step: impl Fn() + Sync) -> Batch {
    let (spans, mut problems) = split(source);
    let read: Vec<(Option<Person>, Option<Diagnostic>)> = spans
        .into_par_iter()
        .map(|span| {
            step();
            read_card(source, span)
        })
        .collect();
    let mut people = Vec::with_capacity(read.len());
    for (person, problem) in read {
        people.extend(person);
        problems.extend(problem);
    }
    Batch {
        kind: "vCards",
        people,
        problems,
    }
}

fn is_line(line: &str, what: &str) -> bool {
    line.trim().eq_ignore_ascii_case(what)
}

/// Where each card lies. Cards inside cards (AGENT of version 2.1) are part of the outer one.
fn split(source: &Source) -> (Vec<Range<usize>>, Vec<Diagnostic>) {
    let (mut cards, mut problems) = (Vec::new(), Vec::new());
    let mut begun: Option<usize> = None;
    let (mut at, mut depth) = (0, 0_usize);
    let mut is_agent = false;
    let cut_off = |span| {
        source
            .problem(span, "this card was cut off: it is left aside")
            .label("no END:VCARD follows")
    };
    for line in source.text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if is_line(line, "BEGIN:VCARD") {
            match begun {
                Some(_) if is_agent => depth += 1,
                Some(first) => {
                    problems.push(cut_off(first..first + "BEGIN:VCARD".len()));
                    (begun, depth) = (Some(start), 0);
                }
                None => begun = Some(start),
            }
        } else if is_line(line, "END:VCARD") {
            match (begun, depth) {
                (Some(_), 1..) => depth -= 1,
                (Some(first), 0) => {
                    cards.push(first..at);
                    begun = None;
                }
                (None, _) => {}
            }
        }
        if !line.trim().is_empty() {
            is_agent = line.trim().to_ascii_uppercase().starts_with("AGENT");
        }
    }
    if let Some(first) = begun {
        problems.push(cut_off(first..first + "BEGIN:VCARD".len()));
    }
    (cards, problems)
}

fn read_card(source: &Source, span: Range<usize>) -> (Option<Person>, Option<Diagnostic>) {
    let begin = span.start..span.start + "BEGIN:VCARD".len();
    let text = source.text.get(span).unwrap_or_default();
    let Some(card) = modern(text) else {
        let problem = source.problem(begin, "this card cannot be read: it is left aside");
        return (None, Some(problem));
    };
    let person = Person::read("", card);
    match is_somebody(&person) {
        true => (Some(person), None),
        false => {
            let problem = source
                .problem(
                    begin,
                    "this card has no name, email address, company or phone: it is left aside",
                )
                .help("give the person a name in your address book, then bring them in again");
            (None, Some(problem))
        }
    }
}

/// The card in version 4.0.
fn modern(text: &str) -> Option<Card> {
    let card = Card::parse(text);
    if let Ok(card) = &card
        && card.lines().any(|(name, line)| {
            name == "VERSION" && line.split(':').nth(1).is_some_and(|v| v.trim() == "4.0")
        })
    {
        return Some(card.clone());
    }
    let read = Card::parse_any(text);
    let mut written = String::with_capacity(text.len() + 64);
    read.write_to(&mut written, VCardVersion::V4_0).ok()?;
    Card::parse(written).ok()
}
