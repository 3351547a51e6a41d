//! `goodturn people forget`: deleting somebody.

use clap::Args;

use crate::commands::outcome::{Failure, Outcome, count};
use crate::commands::{Globals, ask, private};

/// What `people forget` can be told.
#[derive(Debug, Args)]
#[command(
    after_help = "The card is deleted and the lines of the ledger that concern the person
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
    // The ledger first: if that fails, the person can still be named.
    let blanked = private.ledger.forget(&person.uid, &words, private::now()?);
    let blanked = blanked.map_err(|problem| private.failed(*problem))?;
    let removed = private.people.remove(&person.stem);
    removed.map_err(|problem| private.failed(*problem))?;
    let lines = match blanked {
        0 => "the ledger said nothing of them".to_owned(),
        lines => format!("{} of the ledger blanked", count(lines, "line", "lines")),
    };
    let summary = format!(
        "Deleted {}; {lines}\n  Letters in private/letters/, backups and address books that share the folder \
         are yours to look through.",
        person.file
    );
    Ok(private.outcome(summary))
}
