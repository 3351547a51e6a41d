//! `goodturn people list`: everybody.

use clap::Args;
use rayon::prelude::*;

use super::to_json;
use crate::commands::list::pretty;
use crate::commands::outcome::{self, Failure, Outcome, count};
use crate::commands::private::{self, Private};
use crate::commands::table::{self, Column};
use crate::commands::{Globals, trades};
use crate::library::vocabulary::IndustryId;
use crate::people::{Person, Trade};

/// What `people list` can be told.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  goodturn people list --industry construction
  goodturn people list --event \"Chamber breakfast\" --json

A trade with a question mark is guessed from company, title or groups.
--json gives a list of objects; `person` is the handle for other commands.")]
pub struct ListArgs {
    /// Only those of this trade or sector, guesses included
    #[arg(short, long, value_name = "INDUSTRY")]
    industry: Option<String>,
    /// Only those you met at an event with these words in its name or day
    #[arg(short, long, value_name = "WORDS")]
    event: Option<String>,
    /// As JSON, for other programs
    #[arg(long)]
    json: bool,
}

/// Lists people by the names of their files.
pub fn run(globals: &Globals, args: &ListArgs) -> Result<Outcome, Failure> {
    let private = private::open(globals)?;
    let wanted = trades::resolve(&private.vocabulary, args.industry.as_slice())?;
    let wanted = wanted.first().copied();
    let everybody: Vec<&Person> = private.people.iter().collect();
    let found: Vec<(&Person, Trade)> = everybody
        .into_par_iter()
        .filter(|person| {
            args.event
                .as_deref()
                .is_none_or(|event| met_at(person, event))
        })
        .map(|person| (person, Trade::of(person, &private.vocabulary)))
        .filter(|(_, trade)| wanted.is_none_or(|wanted| is_in(&private, trade, wanted)))
        .collect();
    if args.json {
        let people = found
            .iter()
            .map(|(person, _)| to_json(person, &private.vocabulary));
        outcome::print(&pretty(&people.collect()));
        return Ok(private.outcome(""));
    }
    if found.is_empty() {
        outcome::print(match private.people.is_empty() {
            true => "Nobody yet: goodturn people add, or goodturn people import FILE",
            false => "Nobody here is like that.",
        });
        return Ok(private.outcome(""));
    }
    outcome::print(&text(&private, &found));
    let summary = match found.len() {
        0..=20 => String::new(),
        many => count(many, "person", "people"),
    };
    Ok(private.outcome(summary))
}

/// Whether somebody was met at an event: each word is in its name or is its day.
fn met_at(person: &Person, event: &str) -> bool {
    let words: Vec<String> = event.split_whitespace().map(str::to_lowercase).collect();
    person.met.iter().any(|met| {
        let date = met.date.map_or_else(String::new, |date| date.to_string());
        let text = format!("{} {date}", met.text.to_lowercase());
        words.iter().all(|word| text.contains(word.as_str()))
    })
}

fn is_in(private: &Private, trade: &Trade, wanted: IndustryId) -> bool {
    let own = trade.industry();
    own.is_some_and(|own| private.vocabulary.contains(wanted, own))
}

fn text(private: &Private, found: &[(&Person, Trade)]) -> String {
    let columns = [
        Column::Fixed,
        Column::Flexible,
        Column::Flexible,
        Column::Flexible,
        Column::Flexible,
        Column::Fixed,
    ];
    let heading = ["PERSON", "NAME", "COMPANY", "INDUSTRY", "EMAIL", "MET"];
    let mut rows = vec![heading.map(str::to_owned).to_vec()];
    rows.extend(found.iter().map(|(person, trade)| {
        let trade = match trade {
            Trade::Guessed(id, _) => format!("{}?", private.vocabulary.get(*id).slug),
            trade => trade.words(&private.vocabulary),
        };
        vec![
            person.stem.clone(),
            person.name.clone(),
            person.company.clone().unwrap_or_default(),
            trade,
            person.email().unwrap_or_default().to_owned(),
            person
                .last_met()
                .map_or_else(String::new, |day| day.to_string()),
        ]
    }));
    table::render(&columns, &rows, table::terminal_width())
}
