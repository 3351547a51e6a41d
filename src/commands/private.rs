//! What commands about people begin with: private/ of the library, and who is meant.

use std::path::PathBuf;

use jiff::Timestamp;
use jiff::civil::Date;

use super::outcome::{Failure, Outcome};
use super::{Globals, ask, workspace};
use crate::diagnostics::{Diagnostic, any_error};
use crate::library::lock::{LOCK_FILE, Lock};
use crate::library::vocabulary::Vocabulary;
use crate::people::{Entry, Found, Ledger, People, Person, Record};
use crate::workspace::vocabulary_in;

/// The folder of what is never published.
pub const FOLDER: &str = "private";

/// The people of a library, and what was given to them.
pub struct Private {
    /// The library's folder.
    pub root: PathBuf,
    /// Its industries.
    pub vocabulary: Vocabulary,
    /// Everybody.
    pub people: People,
    /// What was given to whom.
    pub ledger: Ledger,
    /// What is wrong with cards and ledger, as warnings.
    pub problems: Vec<Diagnostic>,
}

/// Reads the people of the library. Its settings and its content are not read.
pub fn open(globals: &Globals) -> Result<Private, Failure> {
    let folders = workspace::folders(globals)?;
    let mut problems = Vec::new();
    let vocabulary = vocabulary_in(&folders.root, &mut problems);
    let folder = folders.part(FOLDER);
    let (people, told) = People::open(&folder);
    problems.extend(told);
    if any_error(&problems) {
        return Err(Failure::Problems(folders.root, problems));
    }
    Ok(Private {
        root: folders.root,
        vocabulary,
        people,
        ledger: Ledger::open(&folder),
        problems,
    })
}

impl Private {
    /// The person that was typed. Where several are meant, asks at a terminal.
    ///
    /// # Errors
    /// Nobody is meant, or several and nobody can be asked.
    pub fn person(&self, typed: &str) -> Result<&Person, Failure> {
        match self.people.find(typed) {
            Found::One(person) => Ok(person),
            Found::None(near) => Err(nobody(typed, &near, self.people.is_empty())),
            Found::Many(many) if ask::can_ask() => {
                let question = format!("Which {typed}?");
                let at = ask::choose(&question, many.iter().map(|person| label(person)).collect())?;
                many.get(at).copied().ok_or_else(|| several(typed, &many))
            }
            Found::Many(many) => Err(several(typed, &many)),
        }
    }

    /// Everything in the ledger; what cannot be read of it goes to the problems.
    ///
    /// # Errors
    /// It cannot be read at all.
    pub fn record(&mut self) -> Result<Record, Failure> {
        let mut record = self
            .ledger
            .read()
            .map_err(|problem| self.failed(*problem))?;
        self.problems.append(&mut record.problems);
        Ok(record)
    }

    /// Adds an act with these people to the ledger. A card without a UID is given one first, so
    /// that the ledger still knows the person when the file is renamed.
    ///
    /// # Errors
    /// It cannot be written: nothing is recorded.
    pub fn record_act(&mut self, people: &[&Person], entry: &Entry) -> Result<(), Failure> {
        for person in people.iter().filter(|person| !person.has_uid()) {
            let mut person = Person::clone(person);
            person.change(|_| {});
            self.save(person)?;
        }
        let told = self.ledger.append(entry);
        let told = told.map_err(|problem| self.failed(*problem))?;
        self.problems.extend(told);
        Ok(())
    }

    /// Writes a card that was changed.
    ///
    /// # Errors
    /// It cannot be written: the old one is there still.
    pub fn save(&mut self, person: Person) -> Result<(), Failure> {
        let saved = self.people.save(person);
        saved.map_err(|problem| self.failed(*problem))
    }

    /// The pieces that were ever published.
    ///
    /// # Errors
    /// The lock cannot be read.
    pub fn lock(&self) -> Result<Lock, Failure> {
        let path = self.root.join(LOCK_FILE);
        if !path.exists() {
            return Ok(Lock::default());
        }
        let text = crate::diagnostics::read_text(&path, LOCK_FILE)
            .map_err(|problem| self.failed(*problem))?;
        Lock::parse(&text).map_err(|told| Failure::Problems(self.root.clone(), told))
    }

    /// A problem that ends the command.
    pub fn failed(&self, problem: Diagnostic) -> Failure {
        Failure::Problems(self.root.clone(), vec![problem])
    }

    /// How the command ends, with what was met on the way.
    pub fn outcome(self, summary: impl Into<String>) -> Outcome {
        Outcome {
            root: self.root,
            problems: self.problems,
            summary: summary.into(),
        }
    }
}

/// The moment that counts as now.
pub fn now() -> Result<Timestamp, Failure> {
    Timestamp::from_second(workspace::now()?).map_err(|_| {
        Failure::usage(
            "SOURCE_DATE_EPOCH is in no year that a calendar has",
            "give it as seconds since 1970, or leave it away",
        )
    })
}

/// A day as it is typed: `2026-11-17`, `today`, `yesterday`.
pub fn day(typed: &str) -> Result<Date, String> {
    let today = || workspace::today().map_err(|_| "SOURCE_DATE_EPOCH is no moment".to_owned());
    match typed.trim().to_lowercase().as_str() {
        "today" => today(),
        "yesterday" => today()?.yesterday().map_err(|error| error.to_string()),
        other => other
            .parse()
            .map_err(|_| "write a day as 2026-11-17, or today, or yesterday".to_owned()),
    }
}

/// A person in a line: name, company and email address, then the handle.
pub fn label(person: &Person) -> String {
    let mut parts = vec![person.name.as_str()];
    parts.extend(
        person
            .company
            .as_deref()
            .filter(|company| *company != person.name),
    );
    parts.extend(person.email().filter(|email| *email != person.name));
    format!("{} [{}]", parts.join(", "), person.stem)
}

fn nobody(typed: &str, near: &[&str], is_empty: bool) -> Failure {
    let problem = Diagnostic::error(format!("nobody here is called `{typed}`"));
    let quoted: Vec<String> = near.iter().map(|stem| format!("`{stem}`")).collect();
    let near = (!quoted.is_empty()).then(|| format!("did you mean {}?", quoted.join(" or ")));
    let way = match is_empty {
        true => "there is nobody yet: `goodturn people add` or `goodturn people import FILE`",
        false => "`goodturn people list` shows everybody",
    };
    Failure::Usage(Box::new(problem.maybe_help(near).help(way)))
}

fn several(typed: &str, many: &[&Person]) -> Failure {
    let problem = Diagnostic::error(format!("`{typed}` is more than one person"));
    let shown = many.iter().take(8);
    let problem = shown.fold(problem, |problem, person| problem.help(label(person)));
    Failure::Usage(Box::new(
        problem.help("give the name between the brackets, or the email address"),
    ))
}
