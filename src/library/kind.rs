//! What a document is, and what that asks of its head.

use super::handout;
use crate::diagnostics::{Diagnostic, Place};
use crate::source::Source;
use crate::source::front_matter::{BookFormat, Kind};
use crate::source::walk::file_name;

/// The kind that a source says outright, or that is read off what it has.
pub(super) fn of(source: &Source) -> Kind {
    let front = &source.front;
    match front.kind {
        Some(kind) => kind,
        None if front.link.is_some() => Kind::Link,
        None if front.file.is_some() => Kind::File,
        None if file_name(&source.path) == "_index.md" => Kind::Page,
        None => Kind::Article,
    }
}

/// What the reader gets from it: as the author says, else how the text begins.
pub(super) fn summary(source: &Source, kind: Kind) -> String {
    match (&source.front.summary, kind) {
        (Some(summary), _) => summary.clone(),
        (None, Kind::Link | Kind::File) if source.front.why.is_some() => String::new(),
        (None, _) => source.body.excerpt.clone(),
    }
}

/// The files that it is also given as: a book in every format, unless its head says otherwise; an
/// article in those that its head asks for.
pub(super) fn formats(source: &Source, kind: Kind) -> Vec<BookFormat> {
    match (kind, &source.front.formats) {
        (kind, Some(formats)) if has_formats(kind) => formats.clone(),
        (Kind::Book, None) => BookFormat::ALL.to_vec(),
        _ => Vec::new(),
    }
}

/// What its kind asks for and its head does not say.
pub(super) fn problems(source: &Source, kind: Kind) -> Vec<Diagnostic> {
    let front = &source.front;
    let whole = || Place::file(source.file.clone());
    let mut problems = match kind {
        Kind::Handout => handout::problems(source),
        _ => Vec::new(),
    };
    match (kind, &front.link) {
        (Kind::Link, None) => {
            let help = "add link: with the full address of the page";
            problems.push(
                Diagnostic::error("this link has no `link:`")
                    .at(whole())
                    .help(help),
            );
        }
        (Kind::Link, Some(link)) if !is_web_address(&link.text) => {
            let problem = format!("`{}` is no full address of a page", link.text);
            let help = "write it with https:// at its start";
            let place = Place::span(source.file.clone(), link.span.clone());
            problems.push(Diagnostic::error(problem).at(place).help(help));
        }
        _ => {}
    }
    if let (Some(span), true) = (front.key_span("formats"), !has_formats(kind)) {
        let problem = format!("a {} is not given as EPUB or PDF", kind.name());
        let place = Place::span(source.file.clone(), span);
        let help = match kind {
            Kind::Chapter => "write `formats:` into the book.yaml of its book",
            _ => "take `formats:` out: it is for books and articles",
        };
        problems.push(Diagnostic::warning(problem).at(place).help(help));
    }
    let has_reason = front.why.is_some() || front.summary.is_some();
    if matches!(kind, Kind::Link | Kind::File) && !has_reason {
        let place = match front.key_span("link").or_else(|| front.key_span("file")) {
            Some(span) => Place::span(source.file.clone(), span),
            None => whole(),
        };
        let help = "say in a line whom it helps and how: why: …";
        problems.push(
            Diagnostic::warning(format!("this {} does not say why it helps", kind.name()))
                .at(place)
                .help(help),
        );
    }
    problems
}

fn has_formats(kind: Kind) -> bool {
    matches!(kind, Kind::Book | Kind::Article)
}

fn is_web_address(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        !rest.is_empty() && !rest.starts_with('/') && !rest.contains(char::is_whitespace)
    })
}
