//! `goodturn people`: those the user met.

mod add;
mod edit;
mod export;
mod fields;
mod forget;
mod import;
mod list;
mod note;
mod show;

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::Globals;
use super::outcome::{Failure, Outcome};
use crate::library::vocabulary::Vocabulary;
use crate::people::{Dated, Person, Trade};

/// What `people` can be told.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  goodturn people import Connections.csv
  goodturn people add \"Ana Ruiz\" --email ana@ruiz.example --met \"Chamber breakfast\"
  goodturn people note ana wants to hire in spring

Everybody is a vCard in private/people/, which is never published.")]
pub struct PeopleArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Bring people in from vCards, LinkedIn, Google Contacts or Outlook
    Import(import::ImportArgs),
    /// Add somebody
    Add(add::AddArgs),
    /// Show everybody
    List(list::ListArgs),
    /// Show what is known of somebody
    Show(show::ShowArgs),
    /// Change what is known of somebody
    Edit(edit::EditArgs),
    /// Write down something about somebody
    Note(note::NoteArgs),
    /// Delete somebody, and what the ledger says of them
    Forget(forget::ForgetArgs),
    /// Write people as vCards or as a table
    Export(export::ExportArgs),
}

/// Does what was asked for.
pub fn run(globals: &Globals, args: &PeopleArgs) -> Result<Outcome, Failure> {
    match &args.command {
        Command::Import(args) => import::run(globals, args),
        Command::Add(args) => add::run(globals, args),
        Command::List(args) => list::run(globals, args),
        Command::Show(args) => show::run(globals, args),
        Command::Edit(args) => edit::run(globals, args),
        Command::Note(args) => note::run(globals, args),
        Command::Forget(args) => forget::run(globals, args),
        Command::Export(args) => export::run(globals, args),
    }
}

/// A person as JSON. `person` is the handle, which every command takes; `industry` is the slug,
/// and `industry_guessed` tells whether it was only guessed; dates may be null.
fn to_json(person: &Person, vocabulary: &Vocabulary) -> Value {
    let trade = Trade::of(person, vocabulary);
    let slug = trade.industry().map(|id| vocabulary.get(id).slug.as_str());
    let dated = |list: &[Dated]| -> Value {
        let list = list.iter();
        list.map(|dated| json!({ "date": dated.date, "text": dated.text }))
            .collect()
    };
    json!({
        "person": person.stem,
        "uid": person.uid,
        "name": person.name,
        "given": person.given,
        "family": person.family,
        "emails": person.emails,
        "phones": person.phones,
        "company": person.company,
        "title": person.title,
        "industry": slug,
        "industry_guessed": matches!(trade, Trade::Guessed(..)),
        "industry_written": person.industry,
        "groups": person.categories,
        "met": dated(&person.met),
        "interests": person.interests,
        "hobbies": person.hobbies,
        "expertise": person.expertise,
        "offers": person.offers,
        "needs": person.needs,
        "promises": dated(&person.promises),
        "kept": dated(&person.kept),
        "notes": dated(&person.notes),
        "cadence": person.cadence,
        "do_not_contact": person.do_not_contact,
        "language": person.language,
        "pages": person.profiles,
        "file": person.file,
    })
}
