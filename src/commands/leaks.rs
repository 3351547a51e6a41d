//! Seeing to it that nothing of the people is published: every byte of the site is looked through
//! for their email addresses, phone numbers and ids, and a hit fails the build.
//!
//! What goodturn.yaml says is the site's own and may be published: the address of whoever keeps
//! the library, who may well be in their own address book.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::private;
use super::workspace::Workspace;
use crate::diagnostics::{Diagnostic, Place, io_reason};
use crate::people::{People, Person};
use crate::publish::Canaries;
use crate::site::{Content, Output, Site};

/// A number with fewer digits than this could be anything.
const LEAST_DIGITS: usize = 7;

/// Digits without anything between them could be part of anything, unless there are this many.
const LEAST_BARE_DIGITS: usize = 10;

/// How many of the files that would give something away are named.
const NAMED: usize = 3;

/// What may not be published, and what was found of it.
pub struct Watch {
    root: PathBuf,
    canaries: Canaries,
    secrets: Vec<Secret>,
    /// By the place of the secret, the files that it was found in.
    found: Mutex<BTreeMap<usize, BTreeSet<String>>>,
}

/// Something of a person that may not be published.
struct Secret {
    word: String,
    /// What it is: "the email address".
    what: &'static str,
    /// The card that it is from.
    card: String,
}

impl Watch {
    /// Reads the people of a library, with what is wrong with their cards; nothing where there is
    /// nobody.
    pub fn new(workspace: &Workspace) -> (Option<Watch>, Vec<Diagnostic>) {
        let (people, mut problems) = People::open(&workspace.folders.part(private::FOLDER));
        if people.is_empty() {
            return (None, problems);
        }
        let settings = std::fs::read_to_string(&workspace.folders.config).unwrap_or_default();
        let settings = settings.to_lowercase();
        let mut secrets: Vec<Secret> = people.iter().flat_map(secrets).collect();
        secrets.retain(|secret| !settings.contains(&secret.word.to_lowercase()));
        let words: Vec<String> = secrets.iter().map(|secret| secret.word.clone()).collect();
        let canaries = Canaries::new(&words).unwrap_or_else(|reason| {
            let problem = format!("the site cannot be searched for what is private: {reason}");
            problems.push(Diagnostic::error(problem));
            None
        });
        let watch = canaries.map(|canaries| Watch {
            root: workspace.folders.root.clone(),
            canaries,
            secrets,
            found: Mutex::default(),
        });
        (watch, problems)
    }

    /// What of the people stands in a text: "the email address of private/people/ana.vcf".
    pub fn found_in(&self, text: &str) -> Vec<String> {
        let found = self.canaries.find(text.as_bytes()).into_iter();
        let secrets = found.filter_map(|at| self.secrets.get(at));
        secrets.map(Secret::name).collect()
    }

    /// Lets a file of the site pass, or keeps in mind what is in it; [`Watch::told`] tells.
    ///
    /// # Errors
    /// Something private is in it, or it cannot be looked through.
    pub fn pass(&self, path: &str, content: Content) -> Result<Content, Vec<Diagnostic>> {
        let mut found = self.canaries.find(path.as_bytes());
        match &content {
            Content::Bytes(bytes) => found.extend(self.canaries.find(bytes)),
            Content::File(from) => {
                let bytes = std::fs::read(from).map_err(|error| {
                    let problem =
                        format!("{} cannot be read: {}", from.display(), io_reason(&error));
                    vec![Diagnostic::error(problem)]
                })?;
                found.extend(self.canaries.find(&bytes));
            }
        }
        if found.is_empty() {
            return Ok(content);
        }
        // A poisoned lock only means that another thread panicked.
        let mut all = self
            .found
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        for at in found {
            all.entry(at).or_default().insert(path.to_owned());
        }
        Err(Vec::new())
    }

    /// What would have been given away: one error for each word, where its source says it.
    pub fn told(&self, site: &Site) -> Vec<Diagnostic> {
        let found = self
            .found
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        let told = found.iter().filter_map(|(at, paths)| {
            let secret = self.secrets.get(*at)?;
            Some(secret.told(&self.root, site, paths))
        });
        told.collect()
    }
}

/// What is private of a person.
fn secrets(person: &Person) -> Vec<Secret> {
    let secret = |what, word: &str| Secret {
        word: word.to_owned(),
        what,
        card: person.file.clone(),
    };
    let mut secrets = vec![secret("the id", person.uid.trim_start_matches("urn:uuid:"))];
    for email in person.emails.iter().filter(|email| email.contains('@')) {
        secrets.push(secret("the email address", email));
    }
    for phone in &person.phones {
        let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
        let is_bare = digits.len() == phone.len();
        if digits.len() >= LEAST_DIGITS && !is_bare {
            secrets.push(secret("the phone number", phone));
        }
        if digits.len() >= LEAST_BARE_DIGITS {
            secrets.push(secret("the phone number", &digits));
        }
    }
    // An id that somebody else's program made may be as short as a number of a page.
    secrets.retain(|secret| secret.word.len() >= LEAST_DIGITS);
    secrets
}

impl Secret {
    /// What it is, and whose.
    fn name(&self) -> String {
        format!("{} of {}", self.what, self.card)
    }

    fn told(&self, root: &Path, site: &Site, paths: &BTreeSet<String>) -> Diagnostic {
        let problem = Diagnostic::error(format!("{} would be published", self.name()));
        let problem = match self.place(root, site, paths) {
            Some(place) => problem.at(place).label("it is private"),
            None => problem,
        };
        let mut named: Vec<&str> = paths.iter().take(NAMED).map(String::as_str).collect();
        let more = format!("{} more", paths.len().saturating_sub(NAMED));
        if paths.len() > NAMED {
            named.push(&more);
        }
        problem
            .help(format!(
                "it is in {} of the site: take it out",
                named.join(", ")
            ))
            .help(
                "if everybody may see it, say so in goodturn.yaml, for example:\n\
                 extra: { public: [ana@example.org] }",
            )
    }

    /// Where a document of content/ says it.
    fn place(&self, root: &Path, site: &Site, paths: &BTreeSet<String>) -> Option<Place> {
        let word = self.word.to_ascii_lowercase();
        let mut documents = site
            .plan()
            .iter()
            .filter_map(|(path, output)| match output {
                Output::Document(id) | Output::Handout(id) if paths.contains(path) => {
                    Some(site.library().document(*id))
                }
                _ => None,
            });
        documents.find_map(|document| {
            let file = document.source.file.clone();
            let text = std::fs::read_to_string(root.join(file.as_ref())).ok()?;
            let start = text.to_ascii_lowercase().find(&word)?;
            Some(Place::span(file, start..start + word.len()))
        })
    }
}
