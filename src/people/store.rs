//! Keeping people: making, changing and taking away their files.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::card::Card;
use super::find::fold;
use super::person::made_uid;
use super::{People, Person, private};
use crate::diagnostics::{Diagnostic, Place, io_reason};

/// The longest name of a file, in bytes, before `.vcf` and a number.
const LONGEST: usize = 60;

/// How many people of one name there may be.
const NAMESAKES: usize = 10_000;

impl People {
    /// The file of a person.
    pub fn path(&self, person: &Person) -> PathBuf {
        // Its ending may be written in capitals: as the file is called.
        let name = person.file.rsplit('/').next().unwrap_or(&person.file);
        self.folder.join(name)
    }

    /// Makes a file for a new card, as [`People::add_all`] does.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn add(&mut self, card: Card) -> Result<&Person, Box<Diagnostic>> {
        let stems = self.add_all(vec![card], || {})?;
        let added = stems.first().and_then(|stem| self.by_stem(stem));
        added.ok_or_else(|| self.failed(&ErrorKind::NotFound.into()))
    }

    /// Makes a file for each new card, named after the person (`ana-ruiz.vcf`; for the second Ana
    /// Ruiz, `ana-ruiz-2.vcf`), and calls `step` for each. A card without a UID is given one. All
    /// are on the disk when this returns. Gives the names of the files without `.vcf`, in order.
    ///
    /// # Errors
    /// One cannot be written. Those that were written until then stay.
    pub fn add_all(
        &mut self,
        cards: Vec<Card>,
        step: impl Fn() + Sync,
    ) -> Result<Vec<String>, Box<Diagnostic>> {
        if cards.is_empty() {
            return Ok(Vec::new());
        }
        private::make_folder(&self.folder).map_err(|error| self.failed(&error))?;
        private::sweep(&self.folder);
        let people: Vec<Person> = cards
            .into_par_iter()
            .map(|card| Person::read("", card))
            .collect();
        let written: Vec<Result<Person, io::Error>> = self
            .number(people)
            .into_par_iter()
            .map(|(stem, number, person)| {
                step();
                self.write_new(&stem, number, person)
            })
            .collect();
        let mut stems = Vec::with_capacity(written.len());
        let mut failed = None;
        for outcome in written {
            match outcome {
                Ok(person) => {
                    stems.push(person.stem.clone());
                    self.people.push(person);
                }
                Err(error) => failed = Some(error),
            }
        }
        self.people.sort_by(|a, b| a.stem.cmp(&b.stem));
        let synced = private::sync_all_in(&self.folder);
        match failed.or(synced.err()) {
            Some(error) => Err(self.failed(&error)),
            None => Ok(stems),
        }
    }

    /// Each new person with the name of the file, and the number to begin with among namesakes.
    fn number(&self, people: Vec<Person>) -> Vec<(String, usize, Person)> {
        let taken: FxHashSet<&str> = self.people.iter().map(|p| p.stem.as_str()).collect();
        let mut last: FxHashMap<String, usize> = FxHashMap::default();
        let mut numbered = Vec::with_capacity(people.len());
        for person in people {
            let stem = stem(&person.name);
            let number = last.entry(stem.clone()).or_default();
            *number += 1;
            while taken.contains(with_number(&stem, *number).as_str()) {
                *number += 1;
            }
            numbered.push((stem, *number, person));
        }
        numbered
    }

    /// Writes a new card; goes on counting where another process, or a file that is no card, has
    /// the name.
    fn write_new(&self, stem: &str, first: usize, person: Person) -> io::Result<Person> {
        for number in first..=first + NAMESAKES {
            let stem = with_number(stem, number);
            let uid = made_uid(&format!("{stem}\n{}", person.card().text()));
            let person = person.clone().placed(&self.name, &stem, uid);
            let path = self.path(&person);
            match private::create(&path, person.card().text().as_bytes()) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                outcome => return outcome.map(|()| person),
            }
        }
        Err(io::Error::other("too many people have this name"))
    }

    /// Writes a card that was changed, in the place of the old one.
    ///
    /// # Errors
    /// It cannot be written, or another program has changed it since it was read: it is as it was.
    pub fn save(&mut self, person: Person) -> Result<(), Box<Diagnostic>> {
        self.save_all(vec![person], || {})
    }

    /// As [`People::save`], for many; calls `step` for each.
    ///
    /// # Errors
    /// One cannot be written, or was changed meanwhile. Those that were written until then stay.
    pub fn save_all(
        &mut self,
        people: Vec<Person>,
        step: impl Fn() + Sync,
    ) -> Result<(), Box<Diagnostic>> {
        let write = |person: &Person| {
            step();
            self.overwrite(person, people.len() == 1)
        };
        let written: Result<Vec<()>, Box<Diagnostic>> = people.par_iter().map(write).collect();
        written?;
        if people.len() > 1 {
            private::sync_all_in(&self.folder).map_err(|error| self.failed(&error))?;
        }
        for person in people {
            if let Ok(at) = self.position(&person.stem)
                && let Some(old) = self.people.get_mut(at)
            {
                *old = person;
            }
        }
        Ok(())
    }

    /// Puts a card in the place of the one that was read, unless that is another one by now.
    fn overwrite(&self, person: &Person, sync: bool) -> Result<(), Box<Diagnostic>> {
        let path = self.path(person);
        let text = person.card().text();
        let there = fs::read(&path).map_err(|error| self.failed(&error))?;
        if there == text.as_bytes() {
            // Another run wrote the same.
            return Ok(());
        }
        let read = self.by_stem(&person.stem).map(|old| old.card().text());
        if read.is_some_and(|read| there != read.as_bytes()) {
            return Err(Box::new(
                Diagnostic::error("another program has changed this card meanwhile")
                    .at(Place::file(person.file.as_str()))
                    .help("it is left as that program wrote it: do the same once more"),
            ));
        }
        private::replace(&path, text.as_bytes(), sync).map_err(|error| self.failed(&error))
    }

    /// Takes a person's file away, with what killed runs and editors left of it.
    ///
    /// # Errors
    /// It cannot be deleted.
    pub fn remove(&mut self, stem: &str) -> Result<(), Box<Diagnostic>> {
        let path = match self.by_stem(stem) {
            Some(person) => self.path(person),
            None => return Ok(()),
        };
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(self.failed(&error)),
            _ => {
                self.remove_remains(stem, &path);
                private::sync_folder(&path);
                self.people.retain(|person| person.stem != stem);
                Ok(())
            }
        }
    }

    /// Takes away the hidden files beside a card: copies for an editor, and what was being written.
    fn remove_remains(&self, stem: &str, path: &Path) {
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let (copy, staged) = (format!(".{stem}.edit.vcf"), format!(".{file}."));
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name == copy || (name.starts_with(&staged) && private::is_staged(&name)) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// The person whose file has this name, without `.vcf`.
    pub fn by_stem(&self, stem: &str) -> Option<&Person> {
        self.people.get(self.position(stem).ok()?)
    }

    fn position(&self, stem: &str) -> Result<usize, usize> {
        self.people
            .binary_search_by(|person| person.stem.as_str().cmp(stem))
    }

    fn failed(&self, error: &io::Error) -> Box<Diagnostic> {
        let problem = format!("the card cannot be written: {}", io_reason(error));
        let help = match error.kind() {
            ErrorKind::StorageFull => "free some space, then do it again",
            ErrorKind::NotFound => "another program has taken it away meanwhile",
            _ => "see who owns the folder and who may write there",
        };
        Box::new(
            Diagnostic::error(problem)
                .at(Place::file(self.name.as_str()))
                .help(help),
        )
    }
}

/// The name of the file of the one with this number among namesakes.
fn with_number(stem: &str, number: usize) -> String {
    match number {
        1 => stem.to_owned(),
        number => format!("{stem}-{number}"),
    }
}

/// The name of a file for a person: small Latin letters and digits with hyphens between.
fn stem(name: &str) -> String {
    let name = name.split('@').next().unwrap_or(name);
    let mut stem = fold(name).replace([' ', '@'], "-");
    // Letters of the Latin alphabet only, by now.
    stem.truncate(LONGEST);
    match stem.trim_end_matches('-') {
        "" => "person".to_owned(),
        stem => stem.to_owned(),
    }
}
