//! `goodturn people edit`: changing what is known of somebody.

use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;

use super::fields::{Fields, set_name};
use crate::commands::outcome::{Failure, Outcome};
use crate::commands::private::{self, Private};
use crate::commands::{Globals, workspace};
use crate::diagnostics::io_reason;
use crate::people::private::create;
use crate::people::{Act, Card, Entry, NotACard, Person};

/// What `people edit` can be told.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  goodturn people edit ana --industry roofer --cadence 90
  goodturn people edit ana --title \"\"      takes the title away
  goodturn people edit ana                 opens the card in $EDITOR")]
pub struct EditArgs {
    /// Who: a handle, a name or an email address
    #[arg(value_name = "PERSON")]
    person: String,
    /// Another name
    #[arg(long)]
    name: Option<String>,
    #[command(flatten)]
    fields: Fields,
}

/// Changes the card.
pub fn run(globals: &Globals, args: &EditArgs) -> Result<Outcome, Failure> {
    args.fields.check()?;
    let mut private = private::open(globals)?;
    let before = private.person(&args.person)?.clone();
    let today = workspace::today()?;
    let mut person = before.clone();
    let mut copy = None;
    match (&args.name, args.fields.is_empty()) {
        (None, true) => {
            let path = copy.insert(copy_of(&private, &before));
            person = in_editor(path, &before)?;
        }
        (name, _) => person.change(|card| {
            if let Some(name) = name.as_deref().filter(|name| !name.trim().is_empty()) {
                set_name(card, name);
            }
            args.fields.write(card, today);
        }),
    }
    let is_same = person.card() == before.card();
    if !is_same {
        let saved = private.people.save(person.clone());
        let kept = copy.as_deref().map(kept);
        saved.map_err(|problem| private.failed(problem.maybe_help(kept)))?;
    }
    if let Some(copy) = copy {
        // The card holds it now; a copy that stays would be shown instead next time.
        let _ = std::fs::remove_file(copy);
    }
    if is_same {
        return Ok(private.outcome("Nothing changed."));
    }
    let summary = format!("Changed {}", person.file);
    for promise in person
        .promises
        .iter()
        .filter(|new| !before.promises.contains(new))
    {
        let entry = Entry::new(private::now()?, Act::Promised, &person.uid);
        private.record_act(&[&person], &entry.with_note(Some(promise.text.clone())))?;
    }
    Ok(private.outcome(summary))
}

/// Opens a copy of the card in the user's editor; the card changes only if the copy is a card
/// still.
fn in_editor(copy: &Path, person: &Person) -> Result<Person, Failure> {
    let cannot = |what: &str, error: &std::io::Error| {
        Failure::usage(
            format!("{what}: {}", io_reason(error)),
            "set $EDITOR to your editor, or use options: goodturn people edit --help",
        )
    };
    let text = person.card().text();
    // One that an editor that was killed left behind is worth keeping.
    match create(copy, text.as_bytes()) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
        outcome => outcome.map_err(|error| cannot("the card cannot be copied", &error))?,
    }
    let editor = editor();
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or("vi");
    let ended = Command::new(program).args(words).arg(copy).status();
    let ended = ended.map_err(|error| cannot(&format!("`{program}` cannot be started"), &error))?;
    if !ended.success() {
        return Err(Failure::usage(
            format!("`{program}` ended with an error: the card is as it was"),
            format!("what you wrote is in {}", shown(copy)),
        ));
    }
    read(copy, person)
}

/// Where the copy lies that the editor opens.
fn copy_of(private: &Private, person: &Person) -> PathBuf {
    let path = private.people.path(person);
    path.with_file_name(format!(".{}.edit.vcf", person.stem))
}

/// What is said of a copy that stays.
fn kept(copy: &Path) -> String {
    format!(
        "what you wrote is in {}: goodturn people edit goes on with it",
        shown(copy)
    )
}

fn read(copy: &Path, person: &Person) -> Result<Person, Failure> {
    let refused = |why: &str| Failure::usage(format!("{why}: nothing was changed"), kept(copy));
    let bytes = std::fs::read(copy).map_err(|error| refused(&io_reason(&error)))?;
    let text = String::from_utf8(bytes).map_err(|_| refused("the card is not UTF-8"))?;
    let card = Card::parse(text).map_err(|wrong| {
        refused(match wrong {
            NotACard::NoBeginning => "the line BEGIN:VCARD is missing",
            NotACard::NoEnd => "the line END:VCARD is missing",
            NotACard::Several => "there are several cards in it",
        })
    })?;
    let mut edited = Person::read(&person.file, card);
    if edited.uid != person.uid && person.has_uid() {
        // Without it, what was given to them would be nobody's.
        edited.keep_uid(&person.uid);
    }
    Ok(edited)
}

/// The user's editor.
fn editor() -> String {
    let set = |name| {
        std::env::var(name)
            .ok()
            .filter(|value| !value.trim().is_empty())
    };
    let usual = if cfg!(windows) { "notepad" } else { "vi" };
    set("VISUAL")
        .or_else(|| set("EDITOR"))
        .unwrap_or_else(|| usual.to_owned())
}

fn shown(path: &Path) -> String {
    crate::commands::write::shown(path)
}
