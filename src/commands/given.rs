//! `goodturn given`: what was given to whom.

use clap::Args;

use super::list::pretty;
use super::outcome::{self, Failure, Outcome};
use super::private::{self, Private};
use super::table::{self, Column};
use super::{Globals, acts};
use crate::library::lock::Lock;
use crate::people::{Act, Entry, due};

/// What `given` can be told.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  goodturn given ana
  goodturn given --resource xw5bc
  goodturn given --all --json

--json gives a list of objects with `at`, `act`, `people` (handles),
`resources` (ids), `note`, `event` and `letter`.")]
pub struct GivenArgs {
    /// Only what was given to this person
    #[arg(value_name = "PERSON")]
    person: Option<String>,
    /// Only to whom this piece was given
    #[arg(short, long, value_name = "ID")]
    resource: Option<String>,
    /// Everything in the ledger: drafts, answers and promises, too
    #[arg(short, long)]
    all: bool,
    /// As JSON, for other programs
    #[arg(long)]
    json: bool,
}

/// Shows the ledger, the newest first.
pub fn run(globals: &Globals, args: &GivenArgs) -> Result<Outcome, Failure> {
    let mut private = private::open(globals)?;
    let record = private.record()?;
    let lock = private.lock()?;
    let person = match &args.person {
        Some(typed) => Some(private.person(typed)?.uid.clone()),
        None => None,
    };
    let resource = acts::pieces(&private, args.resource.as_slice())?;
    let found: Vec<&Entry> = record
        .entries
        .iter()
        .rev()
        .filter(|entry| args.all || (entry.act.gives() && entry.act != Act::Forgotten))
        .filter(|entry| person.as_ref().is_none_or(|uid| entry.concerns(uid)))
        .filter(|entry| resource.iter().all(|id| entry.resources.contains(id)))
        .collect();
    outcome::print(&match (args.json, found.is_empty()) {
        (true, _) => pretty(
            &found
                .iter()
                .map(|entry| acts::to_json(&private, entry))
                .collect(),
        ),
        (false, true) => nothing(args),
        (false, false) => text(&private, &lock, &found),
    });
    Ok(private.outcome(""))
}

fn nothing(args: &GivenArgs) -> String {
    match (&args.person, &args.resource) {
        (Some(person), None) => format!(
            "Nothing was given to {person} yet. After giving something: goodturn sent {person} --pick ID"
        ),
        (None, Some(_)) => "That piece was given to nobody yet.".to_owned(),
        _ => "Nothing was given yet.".to_owned(),
    }
}

fn text(private: &Private, lock: &Lock, found: &[&Entry]) -> String {
    let columns = [
        Column::Fixed,
        Column::Flexible,
        Column::Fixed,
        Column::Flexible,
        Column::Flexible,
    ];
    let heading = ["DAY", "PERSON", "ACT", "PIECES", "NOTE"];
    let mut rows = vec![heading.map(str::to_owned).to_vec()];
    rows.extend(found.iter().map(|entry| {
        let people = entry.people.iter();
        let people: Vec<&str> = people.map(|uid| name(private, uid)).collect();
        let pieces = entry.resources.iter();
        let pieces: Vec<String> = pieces.map(|id| piece(lock, id)).collect();
        let said = [&entry.note, &entry.event];
        let said: Vec<&str> = said.into_iter().flatten().map(String::as_str).collect();
        vec![
            due::day(entry.at).to_string(),
            people.join(", "),
            entry.act.name().to_owned(),
            pieces.join(", "),
            said.join("; "),
        ]
    }));
    table::render(&columns, &rows, table::terminal_width())
}

fn name<'a>(private: &'a Private, uid: &str) -> &'a str {
    let person = private.people.by_uid(uid);
    person.map_or("(no card)", |person| person.name.as_str())
}

fn piece(lock: &Lock, id: &str) -> String {
    match acts::source(lock, id) {
        Some(source) => format!("{id} ({source})"),
        None => id.to_owned(),
    }
}
