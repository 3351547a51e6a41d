//! Where a letter goes: a draft on the disk, a window to write in, or the terminal. Whatever it
//! is, the ledger says that it was drafted, never that it was sent.

use std::io::ErrorKind;
use std::path::PathBuf;

use super::write::{Written, shown};
use super::{FollowupArgs, Form};
use crate::commands::outcome::Failure;
use crate::commands::private::{FOLDER, Private, now};
use crate::commands::write;
use crate::diagnostics::Diagnostic;
use crate::followup::letter::compose::{self, LONGEST, Window};
use crate::followup::letter::{DRAFTS, message};
use crate::people::private::{create, make_folder, sync_all_in};
use crate::people::{Act, Entry, Person, due};

/// What became of a letter.
pub struct Delivered {
    /// What to tell the user.
    pub shown: String,
    /// Whether the ledger says that it was drafted.
    pub is_drafted: bool,
    /// What did not go as it was meant to.
    pub problem: Option<Diagnostic>,
}

/// Delivers a letter, and records that it was drafted.
///
/// # Errors
/// It cannot be written, or not be recorded.
pub fn deliver(
    private: &mut Private,
    args: &FollowupArgs,
    person: &Person,
    written: &Written,
    form: Form,
) -> Result<Delivered, Failure> {
    if args.dry_run {
        let shown = match form {
            Form::Html => written.letter.html.trim_end().to_owned(),
            _ => shown(&written.letter),
        };
        return Ok(Delivered {
            shown,
            is_drafted: false,
            problem: None,
        });
    }
    let mut draft = None;
    let mut problem = None;
    let mut told = match form {
        Form::Text => shown(&written.letter),
        Form::Html => written.letter.html.trim_end().to_owned(),
        Form::Eml => save(private, person, written, &mut draft)?,
        Form::Mailto | Form::Gmail | Form::Outlook => match opened(written, form) {
            Ok(told) => told,
            // The letter is not lost: it is kept as a draft.
            Err(why) => {
                let kept = save(private, person, written, &mut draft)?;
                problem = Some(why);
                kept
            }
        },
    };
    let mut entry = Entry::new(now()?, Act::Drafted, &person.uid)
        .with_resources(written.pieces.iter().cloned())
        .with_note(Some(written.letter.subject.clone()));
    entry.event.clone_from(&written.event);
    entry.letter = draft;
    private.record_act(person, &entry)?;
    if form != Form::Text && form != Form::Html {
        told.push_str(&format!(
            "\n  once it is sent: goodturn sent {}{}",
            person.stem,
            picks(written)
        ));
    }
    Ok(Delivered {
        shown: told,
        is_drafted: true,
        problem,
    })
}

fn picks(written: &Written) -> String {
    written
        .pieces
        .iter()
        .map(|id| format!(" --pick {id}"))
        .collect()
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
    person: &Person,
    written: &Written,
    draft: &mut Option<String>,
) -> Result<String, Failure> {
    let at = now()?;
    let bytes = message::draft(&written.letter, at).map_err(|problem| {
        let help = match written.letter.from.email {
            None => "say --from \"Your Name <you@your.example>\" once: it is remembered".to_owned(),
            Some(_) => format!("goodturn people edit {} --email ADDRESS", person.stem),
        };
        let problem = problem.help(help);
        private.failed(problem)
    })?;
    let on_disk = private.root.join(FOLDER).join(DRAFTS);
    let failed = |path: &PathBuf, error| write::failed(path, &error);
    make_folder(&on_disk).map_err(|error| failed(&on_disk, error))?;
    let name = format!("{}-{}", due::day(at), person.stem);
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
    Ok(format!("Drafted for {}: {FOLDER}/{shown}", person.name))
}
