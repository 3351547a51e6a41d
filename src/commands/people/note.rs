//! `goodturn people note`: something to remember.

use clap::Args;
use jiff::civil::Date;

use crate::commands::outcome::{Failure, Outcome};
use crate::commands::{Globals, private, workspace};
use crate::people::NewLine;

/// What `people note` can be told.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  goodturn people note ana wants to hire two roofers in spring")]
pub struct NoteArgs {
    /// Who: a handle, a name or an email address
    #[arg(value_name = "PERSON")]
    person: String,
    /// What to remember
    #[arg(value_name = "TEXT", required = true)]
    text: Vec<String>,
}

/// Writes the note, with today's date.
pub fn run(globals: &Globals, args: &NoteArgs) -> Result<Outcome, Failure> {
    let mut private = private::open(globals)?;
    let today = workspace::today()?;
    let mut person = private.person(&args.person)?.clone();
    let text = args.text.join(" ");
    if text.trim().is_empty() {
        return Err(Failure::usage(
            "there is nothing to note",
            "write it after the name",
        ));
    }
    person.change(|card| card.push(&line(&text, today)));
    let summary = format!("Noted in {}", person.file);
    private.save(person)?;
    Ok(private.outcome(summary))
}

/// A note of a day (RFC 9554, section 4.3).
pub fn line(text: &str, today: Date) -> NewLine {
    let name = format!("NOTE;CREATED={}T000000Z", today.strftime("%Y%m%d"));
    NewLine::text(&name, text.trim())
}
