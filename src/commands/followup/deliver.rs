//! Where a letter goes: a draft on the disk, a window to write in, or the terminal. Whatever it
//! is, the ledger says that it was drafted, never that it was sent.

use std::io::ErrorKind;
use std::path::PathBuf;

use super::Form;
use super::write::{Written, shown};
use crate::commands::outcome::{self, Failure};
use crate::commands::private::{FOLDER, Private, now};
use crate::commands::write;
use crate::diagnostics::Diagnostic;
use crate::followup::letter::compose::{self, LONGEST, Window};
use crate::followup::letter::{DRAFTS, Letter, message};
use crate::people::private::{create, make_folder, sync_all_in};
use crate::people::{Act, Entry, Person, due};

/// What became of a letter.
pub struct Delivered {
    /// What to tell the user.
    pub shown: String,
    /// Whether that is the letter itself.
    pub is_letter: bool,
    /// Whether the ledger says that it was drafted.
    pub is_drafted: bool,
    /// What did not go as it was meant to.
    pub problem: Option<Diagnostic>,
}

impl Delivered {
    /// Tells the user; letters have an empty line between them.
    pub fn tell(&self, is_first: bool) {
        if self.is_letter && !is_first {
            outcome::print("\n");
        }
        outcome::print(&self.shown);
    }
}

/// Shows a letter, and does nothing else.
pub fn dry(letter: &Letter, form: Form) -> Delivered {
    Delivered {
        shown: match form {
            Form::Html => letter.html.trim_end().to_owned(),
            _ => shown(letter),
        },
        is_letter: true,
        is_drafted: false,
        problem: None,
    }
}

/// Delivers a letter to one or more people, and records that it was drafted. `next` is the command
/// to run once it is sent.
///
/// # Errors
/// It cannot be written, or not be recorded.
pub fn deliver(
    private: &mut Private,
    people: &[&Person],
    written: &Written,
    form: Form,
    next: &str,
) -> Result<Delivered, Failure> {
    let mut draft = None;
    let mut problem = None;
    let mut told = match form {
        Form::Text => shown(&written.letter),
        Form::Html => written.letter.html.trim_end().to_owned(),
        Form::Eml => save(private, people, written, &mut draft)?,
        Form::Mailto | Form::Gmail | Form::Outlook => match opened(written, form) {
            Ok(told) => told,
            // The letter is not lost: it is kept as a draft.
            Err(why) => {
                let kept = save(private, people, written, &mut draft)?;
                problem = Some(why);
                kept
            }
        },
    };
    let mut entry = Entry::new(now()?, Act::Drafted, "")
        .with_resources(written.pieces.iter().cloned())
        .with_note(Some(written.letter.subject.clone()));
    entry.people = people.iter().map(|person| person.uid.clone()).collect();
    entry.event.clone_from(&written.event);
    entry.letter = draft;
    private.record_act(people, &entry)?;
    let is_letter = matches!(form, Form::Text | Form::Html);
    if !is_letter {
        told.push_str(&format!("\n  once it is sent: {next}"));
    }
    Ok(Delivered {
        shown: told,
        is_letter,
        is_drafted: true,
        problem,
    })
}

/// Opens a window with the letter in it.
fn opened(written: &Written, form: Form) -> Result<String, Diagnostic> {
    let (window, place) = match form {
        Form::Gmail => (Window::Gmail, "Gmail"),
        Form::Outlook => (Window::Outlook, "Outlook on the web"),
        _ => (Window::Mailto, "your mail program"),
    };
    let address = compose::address(&written.letter, window);
    let length = address.chars().count();
    if window == Window::Mailto && length > LONGEST {
        return Err(Diagnostic::warning(format!(
            "the letter is too long to be handed to a mail program by its address: {length} characters, {LONGEST} at most"
        ))
        .help("it is kept as a draft, which mail programs open as well"));
    }
    match open::that_detached(&address) {
        Ok(()) => Ok(format!("Opened in {place}: {}", written.letter.subject)),
        Err(error) => Err(
            Diagnostic::warning(format!("{place} cannot be opened: {error}"))
                .help("the letter is kept as a draft, which mail programs open as well"),
        ),
    }
}

/// Writes a draft that mail programs open; `draft` is its path in private/ afterwards.
fn save(
    private: &Private,
    people: &[&Person],
    written: &Written,
    draft: &mut Option<String>,
) -> Result<String, Failure> {
    let at = now()?;
    let bytes = message::draft(&written.letter, at).map_err(|problem| {
        let help = match written.letter.from.email {
            None => "say --from \"Your Name <you@your.example>\" once: it is remembered".to_owned(),
            Some(_) => {
                let lacks = people.iter().find(|person| person.email().is_none());
                let who = lacks
                    .or(people.first())
                    .map_or("PERSON", |person| &person.stem);
                format!("goodturn people edit {who} --email ADDRESS")
            }
        };
        let problem = problem.help(help);
        private.failed(problem)
    })?;
    let on_disk = private.root.join(FOLDER).join(DRAFTS);
    let failed = |path: &PathBuf, error| write::failed(path, &error);
    make_folder(&on_disk).map_err(|error| failed(&on_disk, error))?;
    let each =
        |part: fn(&Person) -> &str| people.iter().map(|person| part(person)).collect::<Vec<_>>();
    let stems = each(|person| &person.stem).join("-and-");
    let name = format!("{}-{stems}", due::day(at));
    for number in 1.. {
        let name = match number {
            1 => format!("{name}.eml"),
            _ => format!("{name}-{number}.eml"),
        };
        let path = on_disk.join(&name);
        match create(&path, &bytes) {
            Ok(()) => {
                sync_all_in(&on_disk).map_err(|error| failed(&path, error))?;
                *draft = Some(format!("{DRAFTS}/{name}"));
                break;
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(failed(&path, error)),
        }
    }
    let shown = draft.as_deref().unwrap_or_default();
    Ok(format!(
        "Drafted for {}: {FOLDER}/{shown}",
        each(|person| &person.name).join(" and ")
    ))
}
