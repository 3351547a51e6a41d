//! `goodturn people forget`: deleting somebody.

use std::io::ErrorKind;
use std::path::{Component, Path};

use clap::Args;

use crate::commands::outcome::{Failure, Outcome, count};
use crate::commands::private::Private;
use crate::commands::{Globals, ask, private, write};
use crate::followup::letter::{DRAFTS, SENT};
use crate::people::Person;

/// What `people forget` can be told.
#[derive(Debug, Args)]
#[command(
    after_help = "The card and the drafts of letters are deleted, and the lines of the ledger that concern the person
are blanked; one line stays that says that somebody was forgotten, not whom."
)]
pub struct ForgetArgs {
    /// Who: a handle, a name or an email address
    #[arg(value_name = "PERSON")]
    person: String,
    /// Do not ask whether you are sure
    #[arg(short, long)]
    yes: bool,
}

/// Deletes the card and blanks the ledger.
pub fn run(globals: &Globals, args: &ForgetArgs) -> Result<Outcome, Failure> {
    let mut private = private::open(globals)?;
    let person = private.person(&args.person)?.clone();
    if !args.yes {
        let who = private::label(&person);
        if !ask::can_ask() {
            return Err(Failure::usage(
                format!("this would delete {who}"),
                "say --yes if you are sure: it cannot be undone",
            ));
        }
        if !ask::yes(&format!("Delete {who} and what the ledger says of them?"))? {
            return Ok(private.outcome("Nothing was deleted."));
        }
    }
    let mut words = person.emails.clone();
    // A name of one word could be in anybody's line.
    words.extend(
        person
            .written_name
            .clone()
            .filter(|name| name.contains(' ')),
    );
    // Letters before the ledger, which names them.
    let letters = delete_letters(&mut private, &person)?;
    // The ledger first: if that fails, the person can still be named.
    let blanked = private.ledger.forget(&person.uid, &words, private::now()?);
    let blanked = blanked.map_err(|problem| private.failed(*problem))?;
    let removed = private.people.remove(&person.stem);
    removed.map_err(|problem| private.failed(*problem))?;
    let lines = match blanked {
        0 => "the ledger said nothing of them".to_owned(),
        lines => format!("{} of the ledger blanked", count(lines, "line", "lines")),
    };
    let letters = match letters {
        0 => String::new(),
        letters => format!("; {} deleted", count(letters, "letter", "letters")),
    };
    let summary = format!(
        "Deleted {}; {lines}{letters}\n  Letters that you sent, backups and address books that share the folder \
         are yours to look through.",
        person.file
    );
    Ok(private.outcome(summary))
}

/// Deletes the letters that the ledger names for a person, drafts and copies of what was sent; gives
/// how many there were.
fn delete_letters(private: &mut Private, person: &Person) -> Result<usize, Failure> {
    let record = private.record()?;
    let folder = private.root.join(private::FOLDER);
    let mut deleted = 0;
    for letter in record
        .of(&person.uid)
        .filter_map(|entry| entry.letter.as_ref())
    {
        let path = Path::new(letter);
        // What the ledger says is text that anybody may have changed: it leads nowhere else.
        let is_inside = path
            .components()
            .all(|part| matches!(part, Component::Normal(_)));
        if !is_inside || ![DRAFTS, SENT].iter().any(|folder| path.starts_with(folder)) {
            continue;
        }
        match std::fs::remove_file(folder.join(path)) {
            Ok(()) => deleted += 1,
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(write::failed(&folder.join(path), &error)),
        }
    }
    Ok(deleted)
}
