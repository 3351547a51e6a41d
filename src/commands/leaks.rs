//! Seeing to it that nothing of the people is published: every byte of the site is looked through
//! for their email addresses, phone numbers and ids, and a hit fails the build.
//!
//! What goodturn.yaml says is the site's own and may be published: the address of whoever keeps
//! the library, who may well be in their own address book.

mod copies;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Mutex;

use super::private;
use super::workspace::Workspace;
use crate::diagnostics::{Diagnostic, Place, io_reason};
use crate::people::{People, Person};
use crate::publish::{Canaries, Search, Word};
use crate::site::{Content, Output, Site};

/// A number with fewer digits than this could be anything.
const LEAST_DIGITS: usize = 7;

/// A number with as many is known again in any spelling; with fewer, only as it was written.
const LEAST_FREE_DIGITS: usize = 10;

/// How many of the files that would give something away are named.
const NAMED: usize = 3;

/// What may not be published, and what was found of it.
pub struct Watch {
    root: PathBuf,
    canaries: Canaries,
    secrets: Vec<Secret>,
    /// The places of secrets that the settings say may be published.
    public: BTreeSet<usize>,
    /// By the place of the secret, the files that it was found in.
    found: Mutex<BTreeMap<usize, BTreeSet<String>>>,
    /// By file, what of it could not be looked through.
    unread: Mutex<BTreeMap<String, BTreeSet<String>>>,
}

/// Something of a person that may not be published.
struct Secret {
    word: Word,
    /// What it is: "the email address".
    what: &'static str,
    /// The card that it is from.
    card: String,
}

impl Watch {
    /// Reads the people of a library, with what is wrong with their cards, and with copies of
    /// private files among what is published; nothing where there is nobody.
    pub fn new(workspace: &Workspace) -> (Option<Watch>, Vec<Diagnostic>) {
        let folders = &workspace.folders;
        let (people, mut problems) = People::open(&folders.part(private::FOLDER));
        problems.extend(copies::problems(folders));
        if people.is_empty() {
            return (None, problems);
        }
        let secrets: Vec<Secret> = people.iter().flat_map(secrets).collect();
        let words: Vec<Word> = secrets.iter().map(|secret| secret.word.clone()).collect();
        let canaries = Canaries::new(&words).unwrap_or_else(|reason| {
            let problem = format!("the site cannot be searched for what is private: {reason}");
            problems.push(Diagnostic::error(problem));
            None
        });
        let settings = std::fs::read(&folders.config).unwrap_or_default();
        let watch = canaries.map(|canaries| Watch {
            root: folders.root.clone(),
            public: canaries.find(&settings).found,
            canaries,
            secrets,
            found: Mutex::default(),
            unread: Mutex::default(),
        });
        (watch, problems)
    }

    /// What of the people stands in a text: "the email address of private/people/ana.vcf".
    pub fn found_in(&self, text: &str) -> Vec<String> {
        let found = self.search(text.as_bytes()).found.into_iter();
        let secrets = found.filter_map(|at| self.secrets.get(at));
        secrets.map(Secret::name).collect()
    }

    fn search(&self, bytes: &[u8]) -> Search {
        let mut search = self.canaries.find(bytes);
        search.found.retain(|at| !self.public.contains(at));
        search
    }

    /// Lets a file of the site pass, or keeps in mind what is in it; [`Watch::told`] tells.
    ///
    /// # Errors
    /// Something private is in it, or it cannot be read.
    pub fn pass(&self, path: &str, content: Content) -> Result<Content, Vec<Diagnostic>> {
        let is_clean = match &content {
            Content::Bytes(bytes) => self.lets_pass(path, bytes),
            Content::File(from) => {
                let bytes = std::fs::read(from).map_err(|error| {
                    let problem =
                        format!("{} cannot be read: {}", from.display(), io_reason(&error));
                    vec![Diagnostic::error(problem)]
                })?;
                self.lets_pass(path, &bytes)
            }
        };
        match is_clean {
            true => Ok(content),
            false => Err(Vec::new()),
        }
    }

    /// Whether there is nothing private in a file or its name; what is, is kept in mind.
    pub fn lets_pass(&self, path: &str, bytes: &[u8]) -> bool {
        let search = self.search(bytes);
        if !search.unread.is_empty() {
            held(&self.unread).insert(path.to_owned(), search.unread);
        }
        let mut in_name = self.canaries.in_name(path.as_bytes());
        in_name.retain(|at| !self.public.contains(at));
        let mut is_clean = true;
        for at in search.found.into_iter().chain(in_name) {
            is_clean = false;
            let mut found = held(&self.found);
            found.entry(at).or_default().insert(path.to_owned());
        }
        is_clean
    }

    /// What could not be looked through, as warnings.
    pub fn doubts(&self) -> Vec<Diagnostic> {
        let unread = held(&self.unread);
        let told = unread.iter().map(|(path, reasons)| {
            let reasons: Vec<&str> = reasons.iter().map(String::as_str).collect();
            let problem = format!("{path} was not looked through for what is private as a whole");
            Diagnostic::warning(problem)
                .help(reasons.join("; "))
                .help("see for yourself that nothing of the people you met is in it")
        });
        told.collect()
    }

    /// What would have been given away: one error for each word, where its source says it.
    pub fn told(&self, site: &Site) -> Vec<Diagnostic> {
        let found = held(&self.found);
        let told = found.iter().filter_map(|(at, paths)| {
            let problem = self.secrets.get(*at)?.told(paths);
            Some(match self.place(*at, site, paths) {
                Some(place) => problem.at(place).label("it is private"),
                None => problem,
            })
        });
        told.collect()
    }

    /// Where a document of content/ says it, or the file that holds it.
    fn place(&self, at: usize, site: &Site, paths: &BTreeSet<String>) -> Option<Place> {
        let outputs = site.plan().iter();
        let outputs = outputs.filter(|(path, _)| paths.contains(*path));
        let mut assets = Vec::new();
        let mut documents = Vec::new();
        for (path, output) in outputs {
            match output {
                Output::Document(id) | Output::Handout(id) => documents.push(*id),
                Output::Asset(asset) => assets.push(format!("content/{asset}")),
                Output::Static => assets.push(format!("static/{path}")),
                _ => {}
            }
        }
        // What is written to a file of its own has no path in the plan.
        if documents.is_empty() && assets.is_empty() {
            documents.extend(site.library().iter().map(|(id, _)| id));
        }
        let in_text = documents.into_iter().find_map(|id| {
            let file = site.library().document(id).source.file.clone();
            self.line_of(at, &file)
        });
        let mut there = assets.into_iter();
        in_text.or_else(|| {
            let asset = there.find(|asset| self.root.join(asset).is_file())?;
            self.line_of(at, &asset).or(Some(Place::file(asset)))
        })
    }

    /// The line of a file that says it.
    fn line_of(&self, at: usize, file: &str) -> Option<Place> {
        let text = std::fs::read_to_string(self.root.join(file)).ok()?;
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            if self.canaries.find(line.as_bytes()).found.contains(&at) {
                let span = self.secrets.get(at)?.span(line.trim_end());
                return Some(Place::span(file, start + span.start..start + span.end));
            }
            start += line.len();
        }
        None
    }
}

/// A poisoned lock only means that another thread panicked.
fn held<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// What is private of a person.
fn secrets(person: &Person) -> Vec<Secret> {
    let secret = |what, word| Secret {
        word,
        what,
        card: person.file.clone(),
    };
    let text = |text: &str| Word::Text(text.to_owned());
    let mut secrets = Vec::new();
    let uid = person.uid.trim_start_matches("urn:uuid:");
    // An id that somebody else's program made may be as short as a number of a page.
    if uid.len() >= LEAST_DIGITS {
        secrets.push(secret("the id", text(uid)));
    }
    for email in person.emails.iter().filter(|email| email.contains('@')) {
        secrets.push(secret("the email address", text(email)));
    }
    for phone in &person.phones {
        let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
        let is_bare = digits.len() == phone.len();
        if digits.len() >= LEAST_FREE_DIGITS {
            secrets.push(secret("the phone number", Word::Number(digits)));
        } else if digits.len() >= LEAST_DIGITS && !is_bare {
            secrets.push(secret("the phone number", text(phone)));
        }
    }
    secrets
}

impl Secret {
    /// What it is, and whose.
    fn name(&self) -> String {
        format!("{} of {}", self.what, self.card)
    }

    fn told(&self, paths: &BTreeSet<String>) -> Diagnostic {
        let problem = Diagnostic::error(format!("{} would be published", self.name()));
        let mut named: Vec<&str> = paths.iter().take(NAMED).map(String::as_str).collect();
        let more = format!("{} more", paths.len().saturating_sub(NAMED));
        if paths.len() > NAMED {
            named.push(&more);
        }
        problem
            .help(format!("it is in {}: take it out", named.join(", ")))
            .help(
                "if everybody may see it, say so in goodturn.yaml, for example:\n\
                 extra: { public: [ana@example.org] }",
            )
    }

    /// Where it stands in a line that holds it; the whole line where it is written in another way.
    fn span(&self, line: &str) -> std::ops::Range<usize> {
        let found = match &self.word {
            Word::Text(text) => {
                let start = line.to_ascii_lowercase().find(&text.to_ascii_lowercase());
                start.map(|start| start..start + text.len())
            }
            // From its first digit to its last, where the line has no others.
            Word::Number(digits) => {
                let all = line.match_indices(|c: char| c.is_ascii_digit());
                let all: Vec<usize> = all.map(|(at, _)| at).collect();
                let (first, last) = (all.first().copied(), all.last().copied());
                let fits = all.len() <= digits.len() + 2;
                first
                    .zip(last)
                    .filter(|_| fits)
                    .map(|(first, last)| first..last + 1)
            }
        };
        let start = line.len() - line.trim_start().len();
        found.unwrap_or(start..line.len())
    }
}
