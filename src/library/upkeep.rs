//! Dates that ask the author for something: a review that is due, a piece that nobody will see.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Library;
use crate::diagnostics::{Diagnostic, Place};
use crate::source::Source;

/// The pieces whose `review_by` has passed. `now` is in seconds since 1970.
///
/// The day itself still counts as in time, in UTC like every date of a library.
pub fn overdue(library: &Library, now: i64) -> Vec<Diagnostic> {
    let Ok(now) = Timestamp::from_second(now) else {
        return Vec::new();
    };
    let today = TimeZone::UTC.to_datetime(now).date();
    let live = library.documents.iter().filter(|d| d.is_live());
    live.filter_map(|document| review(&document.source, today))
        .collect()
}

fn review(source: &Source, today: Date) -> Option<Diagnostic> {
    let due = source.front.review_by.filter(|due| *due < today)?;
    let problem = format!("this piece was to be looked at again by {due}");
    let help = "see whether all of it still holds, then set a new day, or take `review_by` out";
    Some(
        Diagnostic::warning(problem)
            .at(key(source, "review_by"))
            .help(help),
    )
}

/// A piece that expires before it is published, or at the same moment: nobody would ever see it.
pub(super) fn never_shown(source: &Source) -> Option<Diagnostic> {
    let front = &source.front;
    let expires = front.expires?;
    let (name, start) = match (front.publish, front.date) {
        (Some(publish), _) => ("`publish`", publish),
        (None, Some(date)) => ("`date`", date),
        (None, None) => ("the date in its name", source.name_date?),
    };
    if expires.timestamp() > start.timestamp() {
        return None;
    }
    let problem = format!("this piece expires before it is published: {name} is {start}");
    Some(
        Diagnostic::warning(problem)
            .at(key(source, "expires"))
            .help("give it a later `expires`, or take the key out"),
    )
}

fn key(source: &Source, name: &str) -> Place {
    match source.front.key_span(name) {
        Some(span) => Place::span(source.file.clone(), span),
        None => Place::file(source.file.clone()),
    }
}
