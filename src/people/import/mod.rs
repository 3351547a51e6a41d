//! Bringing people in from other programs: vCards, and the tables that LinkedIn, Google Contacts
//! and Outlook export.
//!
//! In: the bytes of a file. Out: a card for each person in it ([`read`]), with what could not be
//! read, by line; then ([`plan`]) who of them is new and what they add to those who are known.
//! Nothing that a card says already is ever changed.

mod csv;
mod merge;
mod text;
mod vcards;

use std::sync::Arc;

use super::Person;
use crate::diagnostics::{Diagnostic, Place};

pub use merge::{Change, Plan, plan};

/// What is noted of somebody whom a LinkedIn export names, on the day of the connection.
pub const CONNECTED: &str = "Connected on LinkedIn";

/// What a file holds.
#[derive(Clone, Debug)]
pub struct Batch {
    /// What kind of file it is, in words: "a LinkedIn export".
    pub kind: &'static str,
    /// Everybody in it, in order. Their files have no name yet.
    pub people: Vec<Person>,
    /// What was left aside, as warnings with their lines.
    pub problems: Vec<Diagnostic>,
}

/// Reads a file that messages call `file`. `step` is called for each person that was read.
///
/// # Errors
/// It is no kind of file that is known.
pub fn read(file: &str, bytes: Vec<u8>, step: impl Fn() + Sync) -> Result<Batch, Box<Diagnostic>> {
    let (text, problem) = text::decode(bytes);
    let source = Source {
        file: file.into(),
        text: text.into(),
    };
    let mut batch = match vcards::is_vcards(&source.text) {
        true => vcards::read(&source, step),
        false => csv::read(&source, step)?,
    };
    if let Some(problem) = problem {
        batch
            .problems
            .insert(0, problem.at(Place::file(source.file)));
    }
    Ok(batch)
}

/// A file that is read.
struct Source {
    file: Arc<str>,
    text: Arc<str>,
}

impl Source {
    /// Something in the file that is left aside.
    fn problem(&self, span: std::ops::Range<usize>, message: impl Into<String>) -> Diagnostic {
        let place = Place::span(self.file.clone(), span).with_text(self.text.clone());
        Diagnostic::warning(message).at(place)
    }
}

/// Whether a card tells anything to know a person by.
fn is_somebody(person: &Person) -> bool {
    person.written_name.is_some()
        || person.email().is_some()
        || person.company.is_some()
        || !person.phones.is_empty()
}

#[cfg(test)]
mod tests;
