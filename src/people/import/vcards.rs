//! Files of vCards, as many as there are in one. Those of version 4.0 come in as they are; older
//! ones are written anew in version 4.0 by calcard.

use std::borrow::Cow;
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
    let mut stray: Vec<Range<usize>> = Vec::new();
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
                (None, _) => stray.push(start..start + line.trim_end().len()),
            }
        } else if begun.is_none() && !line.trim().is_empty() {
            stray.push(start..start + line.trim_end().len());
        }
        if !line.trim().is_empty() {
            is_agent = line.trim().to_ascii_uppercase().starts_with("AGENT");
        }
    }
    if let Some(first) = begun {
        problems.push(cut_off(first..first + "BEGIN:VCARD".len()));
    }
    problems.extend(told_strays(source, &stray));
    (cards, problems)
}

/// Lines between cards: of several the first is shown.
fn told_strays(source: &Source, stray: &[Range<usize>]) -> Option<Diagnostic> {
    let first = stray.first()?.clone();
    let message = match stray.len() {
        1 => "this line belongs to no card: it is left aside".to_owned(),
        many => format!(
            "this line belongs to no card, and {} more do not either: they are left aside",
            many - 1
        ),
    };
    let help = "a card goes from BEGIN:VCARD to END:VCARD";
    Some(source.problem(first, message).help(help))
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
    let read = Card::parse_any(&labelled(text));
    let mut written = String::with_capacity(text.len() + 64);
    read.write_to(&mut written, VCardVersion::V4_0).ok()?;
    Card::parse(written).ok()
}

/// Phones write `ENCODING=QUOTED-PRINTABLE` in UTF-8 without saying so (vCard 2.1, section 2.1.2,
/// asks for a CHARSET): where the bytes are UTF-8, it is said for them.
fn labelled(text: &str) -> Cow<'_, str> {
    const QUOTED: &str = "QUOTED-PRINTABLE";
    if !text.to_ascii_uppercase().contains(QUOTED) {
        return Cow::Borrowed(text);
    }
    let mut labelled = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while !rest.is_empty() {
        let (line, after) = rest.split_at(quoted_length(rest));
        rest = after;
        let parts = line.split_once(':').filter(|(head, value)| {
            let head = head.to_ascii_uppercase();
            head.contains(QUOTED) && !head.contains("CHARSET") && is_quoted_utf8(value)
        });
        match parts {
            Some((head, value)) => labelled.extend([head, ";CHARSET=UTF-8:", value]),
            None => labelled.push_str(line),
        }
    }
    Cow::Owned(labelled)
}

/// How long the first line is, with those that it goes on over by a `=` at its end.
fn quoted_length(text: &str) -> usize {
    let mut length = 0;
    for line in text.split_inclusive('\n') {
        length += line.len();
        if !line.trim_end_matches(['\r', '\n']).ends_with('=') {
            break;
        }
    }
    length
}

/// Whether the bytes that a quoted-printable text (RFC 2045, section 6.7) names are UTF-8.
fn is_quoted_utf8(text: &str) -> bool {
    let byte = |part: &str| u8::from_str_radix(part.get(..2)?, 16).ok();
    let mut bytes = Vec::new();
    let mut parts = text.split('=');
    bytes.extend(parts.next().unwrap_or_default().bytes());
    for part in parts {
        if let Some(byte) = byte(part) {
            bytes.push(byte);
            bytes.extend(part.bytes().skip(2));
        }
    }
    !bytes.is_ascii() && std::str::from_utf8(&bytes).is_ok()
}
