//! `goodturn due`: who is to hear from you, and what to give them.

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Date;
use rayon::prelude::*;
use serde_json::{Value, json};

use super::giving::Giving;
use super::links::{self, Link};
use super::list::pretty;
use super::outcome::{self, Failure, Outcome, count};
use super::table::{self, Column};
use super::{Globals, workspace, write};
use crate::people::calendar::{Event, calendar};
use crate::people::due::{Due, agenda};
use crate::people::private::replace;
use crate::people::{Person, due};

/// What `due` can be told.
#[derive(Debug, Args)]
#[command(
    after_help = "A promise is due from the day it was made, a meeting is followed up after two
days, then everybody's own cadence counts from the last contact.

--json gives a list of objects with `person` (the handle), `name`, `email`,
`due`, `why` (promise, met or cadence), `reason` and `piece`."
)]
pub struct DueArgs {
    /// With those who are due in the days to come
    #[arg(
        long,
        value_name = "DAYS",
        default_value_t = 0,
        hide_default_value = true
    )]
    ahead: u16,
    /// Write a calendar with everybody's next day, past and to come
    #[arg(long, value_name = "FILE")]
    ics: Option<PathBuf>,
    /// As JSON, for other programs
    #[arg(long)]
    json: bool,
}

/// A piece of the library that fits a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it is on the web.
    pub address: String,
}

/// Shows who is due, each with the piece that fits best.
pub fn run(globals: &Globals, args: &DueArgs) -> Result<Outcome, Failure> {
    let giving = Giving::open(globals)?;
    let (record, people) = (&giving.record, &giving.private.people);
    let ranking = giving.ranking()?;
    // Without a base_url the addresses are short of their beginning; commands for letters say so.
    let base = links::base(&giving.workspace, &mut Vec::new());
    let piece = |person: &Person| {
        let (_, wanted) = giving.wanted(person, None);
        let choice = ranking.choose(&wanted, 1);
        let link = Link::new(&base, &choice.suggestions.first()?.piece);
        Some(Piece {
            id: link.id().to_owned(),
            title: link.title.to_owned(),
            address: link.url,
        })
    };
    let today = workspace::today()?;
    let to_come = record
        .entries
        .iter()
        .filter(|entry| due::day(entry.at) > today);
    let to_come = to_come.count();
    let agenda = agenda(people, record, today);
    if let Some(path) = &args.ics {
        write_calendar(path, &agenda, &piece, today)?;
        let days = count(agenda.len(), "reminder", "reminders");
        let summary = format!("Wrote {days} to {}", write::shown(path));
        return Ok(giving.into_private(Vec::new()).outcome(summary));
    }
    let until = today
        .checked_add(jiff::Span::new().days(args.ahead))
        .unwrap_or(Date::MAX);
    let shown: Vec<(&Due<'_>, Option<Piece>)> = agenda
        .par_iter()
        .filter(|due| due.by(until))
        .map(|due| (due, piece(due.person)))
        .collect();
    outcome::print(&match (args.json, shown.is_empty()) {
        (true, _) => pretty(
            &shown
                .iter()
                .map(|(due, piece)| entry(due, piece.as_ref()))
                .collect(),
        ),
        (false, true) => nobody(&agenda),
        (false, false) => text(&shown),
    });
    let mut problems = Vec::new();
    if to_come > 0 {
        let lines = count(to_come, "line", "lines");
        let message = format!("the ledger has {lines} of days still to come: they do not count");
        let problem = crate::diagnostics::Diagnostic::warning(message)
            .help("was a clock wrong? See what they say: goodturn given --all");
        problems.push(problem);
    }
    Ok(giving.into_private(problems).outcome(""))
}

fn nobody(agenda: &[Due<'_>]) -> String {
    let next = agenda
        .iter()
        .filter_map(|due| Some((due.on?, due.person)))
        .min_by_key(|(on, _)| *on);
    match next {
        Some((on, person)) => format!("Nobody is due. The next is {} on {on}.", person.name),
        None => "Nobody is due. `goodturn people edit PERSON --met WHERE` or --cadence DAYS \
                 reminds you in time."
            .to_owned(),
    }
}

fn entry(due: &Due<'_>, piece: Option<&Piece>) -> Value {
    json!({
        "person": due.person.stem,
        "name": due.person.name,
        "email": due.person.email(),
        "due": due.on,
        "why": due.why.name(),
        "reason": due.why.words(),
        "piece": piece.map(|piece| json!({
            "id": piece.id,
            "title": piece.title,
            "address": piece.address,
        })),
    })
}

fn text(shown: &[(&Due<'_>, Option<Piece>)]) -> String {
    let has_pieces = shown.iter().any(|(_, piece)| piece.is_some());
    let mut columns = vec![
        Column::Fixed,
        Column::Fixed,
        Column::Flexible,
        Column::Flexible,
    ];
    let mut heading = vec!["SINCE", "PERSON", "NAME", "WHY"];
    if has_pieces {
        columns.push(Column::Flexible);
        heading.push("TO GIVE");
    }
    let mut rows: Vec<Vec<String>> = vec![heading.into_iter().map(str::to_owned).collect()];
    for (due, piece) in shown {
        let mut row = vec![
            due.on.map_or_else(String::new, |on| on.to_string()),
            due.person.stem.clone(),
            due.person.name.clone(),
            due.why.words(),
        ];
        if has_pieces {
            let piece = piece.as_ref();
            row.push(piece.map_or_else(String::new, |piece| {
                format!("{} ({})", piece.title, piece.id)
            }));
        }
        rows.push(row);
    }
    table::render(&columns, &rows, table::terminal_width())
}

fn write_calendar(
    path: &Path,
    agenda: &[Due<'_>],
    piece: &impl Fn(&Person) -> Option<Piece>,
    today: Date,
) -> Result<(), Failure> {
    let events: Vec<Event<'_>> = agenda
        .iter()
        .map(|due| Event {
            due,
            piece: piece(due.person).map(|piece| format!("{}: {}", piece.title, piece.address)),
        })
        .collect();
    // The same file again and again, as calendars want it; what else is there is not ours.
    let is_ours =
        |text: &[u8]| text.starts_with(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Goodturn//");
    match std::fs::read(path) {
        Ok(there) if !is_ours(&there) => {
            return Err(Failure::usage(
                format!("{} is no calendar of Goodturn", write::shown(path)),
                "choose another name: it would be overwritten",
            ));
        }
        _ => {}
    }
    let text = calendar(&events, today);
    replace(path, text.as_bytes(), true).map_err(|error| write::failed(path, &error))
}
