//! Where a letter goes: a draft on the disk, a window to write in, the clipboard, the terminal, or
//! the mail server. The ledger says that it was drafted; that it was sent, only once a server took
//! it.

use std::io::{self, ErrorKind};

use jiff::Timestamp;

use super::Form;
#[cfg(feature = "smtp")]
use super::outbox::{self, Outbox};
use super::write::{Written, shown};
use crate::commands::outcome::{self, Failure};
use crate::commands::private::{FOLDER, Private, now};
use crate::commands::write;
use crate::diagnostics::Diagnostic;
#[cfg(feature = "smtp")]
use crate::followup::letter::SENT;
use crate::followup::letter::compose::{self, LONGEST, Window};
use crate::followup::letter::{DRAFTS, Letter, message};
use crate::people::private::{create, make_folder, sweep, sync_all_in};
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

/// A letter to be delivered, and what is known of it.
pub struct Handing<'a> {
    /// To whom.
    pub people: &'a [&'a Person],
    /// The letter.
    pub written: &'a Written,
    /// What the ledger is to say once it is sent.
    #[cfg_attr(
        not(feature = "smtp"),
        expect(dead_code, reason = "only what is sent from here is recorded as sent")
    )]
    pub act: Act,
    /// The command to run once it is sent.
    pub next: &'a str,
}

/// What letters of a run go out by.
#[derive(Default)]
pub struct Post {
    #[cfg(feature = "smtp")]
    outbox: Outbox,
}

impl Post {
    /// Delivers a letter, and records that it was drafted; one that went out, also that it was
    /// sent.
    ///
    /// # Errors
    /// It cannot be written, or not be recorded.
    pub fn deliver(
        &mut self,
        private: &mut Private,
        handing: &Handing,
        form: Form,
    ) -> Result<Delivered, Failure> {
        let written = handing.written;
        let at = now()?;
        let mut draft = None;
        let mut problem = None;
        let told = match form {
            Form::Text => shown(&written.letter),
            Form::Html => written.letter.html.trim_end().to_owned(),
            Form::Eml => save(private, handing, at, &mut draft)?,
            #[cfg(feature = "smtp")]
            Form::Smtp => {
                self.outbox.settings(private)?;
                save(private, handing, at, &mut draft)?
            }
            _ => match opened(written, form) {
                Ok(told) => told,
                // The letter is not lost: it is kept as a draft.
                Err(why) => {
                    let kept = save(private, handing, at, &mut draft)?;
                    problem = Some(why);
                    kept
                }
            },
        };
        private.record_act(handing.people, &handing.entry(Act::Drafted, at, &draft))?;
        #[cfg(feature = "smtp")]
        if let (Form::Smtp, Some(draft)) = (form, &draft) {
            match self.send(private, handing, at, draft)? {
                Ok(no_copy) => {
                    return Ok(Delivered {
                        shown: format!("Sent to {}: {}", handing.names(), written.letter.subject),
                        is_letter: false,
                        is_drafted: true,
                        problem: no_copy,
                    });
                }
                Err(why) => problem = Some(why),
            }
        }
        let is_letter = matches!(form, Form::Text | Form::Html);
        let next = match is_letter {
            true => String::new(),
            false => format!("\n  once it is sent: {}", handing.next),
        };
        Ok(Delivered {
            shown: told + &next,
            is_letter,
            is_drafted: true,
            problem,
        })
    }

    /// Sends a letter that is kept as a draft. What the server took is a draft no more: a copy of it
    /// takes its place, or a warning says why not.
    #[cfg(feature = "smtp")]
    fn send(
        &mut self,
        private: &mut Private,
        handing: &Handing,
        at: Timestamp,
        draft: &str,
    ) -> Result<Result<Option<Diagnostic>, Diagnostic>, Failure> {
        let bytes = match self.outbox.send(private, &handing.written.letter, at)? {
            Ok(bytes) => bytes,
            Err(refusal) => {
                let names = handing.names();
                return Ok(Err(outbox::problem(&refusal, &names, handing.next)));
            }
        };
        let copy = file_sent(private, draft, &bytes);
        let letter = copy.as_ref().ok().cloned();
        let recorded = private.record_act(handing.people, &handing.entry(handing.act, at, &letter));
        recorded.map_err(|failure| match failure {
            Failure::Problems(root, told) => {
                let next = handing.next;
                let add = |problem: Diagnostic| {
                    problem.help(format!("the letter itself is sent; to record that: {next}"))
                };
                Failure::Problems(root, told.into_iter().map(add).collect())
            }
            usage => usage,
        })?;
        Ok(Ok(copy.err().map(|error| {
            Diagnostic::warning(format!(
                "the letter is sent, but no copy of it is kept: {}",
                crate::diagnostics::io_reason(&error)
            ))
            .help(format!("the draft is there still: {FOLDER}/{draft}"))
        })))
    }
}

impl Handing<'_> {
    /// The people as they are spoken of.
    fn names(&self) -> String {
        let names = self.people.iter().map(|person| person.name.as_str());
        names.collect::<Vec<_>>().join(" and ")
    }

    /// A line of the ledger about the letter; `letter` is its file in private/.
    fn entry(&self, act: Act, at: Timestamp, letter: &Option<String>) -> Entry {
        let mut entry = Entry::new(at, act, "")
            .with_resources(self.written.pieces.iter().cloned())
            .with_note(Some(self.written.letter.subject.clone()));
        entry.people = self
            .people
            .iter()
            .map(|person| person.uid.clone())
            .collect();
        entry.event.clone_from(&self.written.event);
        entry.letter.clone_from(letter);
        entry
    }
}

/// Opens a window with the letter in it.
fn opened(written: &Written, form: Form) -> Result<String, Diagnostic> {
    let (window, place) = match form {
        #[cfg(feature = "clipboard")]
        Form::Copy => return copied(written),
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

/// Copies the letter.
#[cfg(feature = "clipboard")]
fn copied(written: &Written) -> Result<String, Diagnostic> {
    match super::clipboard::copy(&written.letter) {
        Ok(()) => Ok(format!("Copied: {}", written.letter.subject)),
        Err(reason) => Err(
            Diagnostic::warning(format!("nothing can be copied here: {reason}"))
                .help("the letter is kept as a draft, which mail programs open"),
        ),
    }
}

/// Writes a draft that mail programs open; `draft` is its path in private/ afterwards.
fn save(
    private: &Private,
    handing: &Handing,
    at: Timestamp,
    draft: &mut Option<String>,
) -> Result<String, Failure> {
    let letter = &handing.written.letter;
    let bytes = message::draft(letter, at).map_err(|problem| {
        let help = match letter.from.email {
            None => "say --from \"Your Name <you@your.example>\" once: it is remembered".to_owned(),
            Some(_) => {
                let lacks = handing
                    .people
                    .iter()
                    .find(|person| person.email().is_none());
                let who = lacks
                    .or(handing.people.first())
                    .map_or("PERSON", |person| &person.stem);
                format!("goodturn people edit {who} --email ADDRESS")
            }
        };
        private.failed(problem.help(help))
    })?;
    let stems: Vec<&str> = handing
        .people
        .iter()
        .map(|person| person.stem.as_str())
        .collect();
    let stem = format!("{}-{}", due::day(at), stems.join("-and-"));
    let path = file(private, DRAFTS, &stem, &bytes)
        .map_err(|error| write::failed(&private.root.join(FOLDER).join(DRAFTS), &error))?;
    let told = format!("Drafted for {}: {FOLDER}/{path}", handing.names());
    *draft = Some(path);
    Ok(told)
}

/// Keeps a letter that was sent, in the place of its draft; gives its path in private/.
#[cfg(feature = "smtp")]
fn file_sent(private: &Private, draft: &str, bytes: &[u8]) -> io::Result<String> {
    let draft = private.root.join(FOLDER).join(draft);
    let stem = draft.file_stem().unwrap_or_default().to_string_lossy();
    let kept = file(private, SENT, &stem, bytes)?;
    std::fs::remove_file(&draft)?;
    Ok(kept)
}

/// Writes a letter under a name that no other has; gives its path in private/.
fn file(private: &Private, folder: &str, stem: &str, bytes: &[u8]) -> io::Result<String> {
    let on_disk = private.root.join(FOLDER).join(folder);
    make_folder(&on_disk)?;
    sweep(&on_disk);
    let mut number = 1;
    loop {
        let name = match number {
            1 => format!("{stem}.eml"),
            _ => format!("{stem}-{number}.eml"),
        };
        match create(&on_disk.join(&name), bytes).and_then(|()| sync_all_in(&on_disk)) {
            Ok(()) => return Ok(format!("{folder}/{name}")),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err(error),
        }
    }
}
