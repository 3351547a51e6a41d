//! The people that the user met, and what was given to them. Private: nothing of it is published.
//!
//! In: `private/people/`, one vCard each, which an address book may share, and
//! `private/ledger.jsonl`. Out: [`People`], who are found by what the user types; a [`Person`] for
//! each card; a [`Ledger`] that acts are added to.
//!
//! Only [`crate::commands`] and the rooms of letters may import this one: what makes the site
//! cannot even name a person (tests/private reads the imports).

pub mod calendar;
mod card;
pub mod due;
mod find;
mod guess;
pub mod import;
pub mod ledger;
pub mod name;
mod person;
pub mod private;
mod store;

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::diagnostics::{Diagnostic, Place, io_reason};

pub use card::{Card, NewLine, NotACard};
pub use find::Found;
pub use guess::{From, Trade};
pub use ledger::{Act, Entry, Ledger, Record};
pub use person::{Dated, Person, own};

/// The folder of cards in private/.
pub const FOLDER: &str = "people";

/// Everybody the user met, sorted by the names of their files.
#[derive(Clone, Debug)]
pub struct People {
    /// The folder of cards.
    folder: PathBuf,
    /// As messages name it.
    name: String,
    people: Vec<Person>,
}

impl People {
    /// Reads every card in a private/ folder, with what is wrong: a file that is no card is left
    /// aside and reported. Where there is no folder yet, there is nobody.
    pub fn open(private: &Path) -> (People, Vec<Diagnostic>) {
        let folder = private.join(FOLDER);
        let parent = private.file_name().unwrap_or_default().to_string_lossy();
        let name = format!("{parent}/{FOLDER}");
        let mut problems = Vec::new();
        let files = card_files(&folder, &name, &mut problems);
        let read: Vec<Result<Person, Box<Diagnostic>>> = files
            .par_iter()
            .map(|file| read_person(&folder.join(file), format!("{name}/{file}")))
            .collect();
        let mut people = Vec::with_capacity(read.len());
        for outcome in read {
            match outcome {
                Ok(person) => people.push(person),
                Err(problem) => problems.push(*problem),
            }
        }
        let people = People {
            folder,
            name,
            people,
        };
        problems.extend(people.doubled());
        (people, problems)
    }

    /// Everybody, sorted by the names of their files.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Person> {
        self.people.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.people.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// The person that a line of the ledger speaks of.
    pub fn by_uid(&self, uid: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.uid == uid)
    }

    /// Cards with one UID: the ledger could not tell them apart.
    fn doubled(&self) -> Vec<Diagnostic> {
        let mut seen: rustc_hash::FxHashMap<&str, &str> = rustc_hash::FxHashMap::default();
        let mut problems = Vec::new();
        for person in &self.people {
            if let Some(first) = seen.insert(&person.uid, &person.file) {
                let problem = format!("this card has the same UID as {first}");
                problems.push(
                    Diagnostic::warning(problem)
                        .at(Place::file(person.file.as_str()))
                        .help("delete one of the two, or the line UID in the copy"),
                );
            }
        }
        problems
    }
}

/// The names of the cards in a folder, sorted. Hidden files belong to other programs.
fn card_files(folder: &Path, name: &str, problems: &mut Vec<Diagnostic>) -> Vec<String> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Vec::new(),
        Err(error) => {
            let problem = format!("the people cannot be read: {}", io_reason(&error));
            let problem = Diagnostic::error(problem).at(Place::file(name));
            problems.push(problem.help("it is to be a folder of cards that you may read"));
            return Vec::new();
        }
    };
    let mut files = Vec::new();
    for entry in entries.flatten() {
        let file = entry.file_name();
        let is_card = Path::new(&file)
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("vcf"));
        match file.into_string() {
            Ok(file) if is_card && !file.starts_with('.') => files.push(file),
            Err(file) if is_card => {
                let shown = file.to_string_lossy();
                problems.push(
                    Diagnostic::warning("the name of this card is not UTF-8: it is left out")
                        .at(Place::file(format!("{name}/{shown}")))
                        .help("give the file a plain name"),
                );
            }
            _ => {}
        }
    }
    files.sort_by(|a, b| stem_of(a).cmp(stem_of(b)).then_with(|| a.cmp(b)));
    files
}

/// The name of a file without its ending.
fn stem_of(file: &str) -> &str {
    let stem = Path::new(file).file_stem().and_then(|stem| stem.to_str());
    stem.unwrap_or(file)
}

fn read_person(path: &Path, file: String) -> Result<Person, Box<Diagnostic>> {
    let text = crate::diagnostics::read_text(path, &file).map_err(|mut problem| {
        // One card that cannot be read is no reason to do nothing for all the others.
        problem.severity = crate::diagnostics::Severity::Warning;
        problem
    })?;
    let card = Card::parse(text).map_err(|wrong| {
        let (message, help) = match wrong {
            NotACard::NoBeginning => (
                "this is no vCard: it is left out",
                "a card begins with a line BEGIN:VCARD",
            ),
            NotACard::NoEnd => (
                "this card was cut off: it is left out",
                "the line END:VCARD is missing; get the card from your address book again",
            ),
            NotACard::Several => (
                "several cards in one file: it is left out",
                "move the file away and bring it in: goodturn people import FILE",
            ),
        };
        Diagnostic::warning(message)
            .at(Place::file(file.as_str()))
            .help(help)
    })?;
    Ok(Person::read(&file, card))
}

#[cfg(test)]
mod tests;
