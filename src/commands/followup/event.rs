//! Everybody whom the user met at an event.

use jiff::civil::Date;

use crate::commands::giving::Giving;
use crate::commands::outcome::Failure;
use crate::diagnostics::{Diagnostic, did_you_mean};
use crate::people::{Dated, Person};

/// The people met at an event, typed as it is called, with or without its day behind it
/// ("Chamber breakfast 2026-11-17"). Who asked to be left alone is not among them.
///
/// # Errors
/// Nobody was met there.
pub fn met_at(giving: &Giving, typed: &str) -> Result<Vec<Person>, Failure> {
    let event = Event::parse(typed);
    let people = giving.private.people.iter();
    let met: Vec<Person> = people
        .filter(|person| !person.do_not_contact && person.met.iter().any(|met| event.is(met)))
        .cloned()
        .collect();
    if !met.is_empty() {
        return Ok(met);
    }
    let people = giving.private.people.iter();
    let mut known: Vec<&str> = people
        .flat_map(|person| person.met.iter().map(|met| met.text.as_str()))
        .filter(|name| !name.is_empty())
        .collect();
    known.sort_unstable();
    known.dedup();
    let near = did_you_mean(&event.name, known.iter().copied());
    Err(Failure::Usage(Box::new(
        Diagnostic::error(format!("you met nobody at `{}`", typed.trim()))
            .maybe_help(near)
            .help("goodturn people edit PERSON --met \"NAME\" --on DAY says where you met"),
    )))
}

/// Where a letter says that they met: the event that was typed, else the last one.
pub fn of(person: &Person, typed: Option<&str>) -> Option<String> {
    let event = typed.map(Event::parse);
    let met = person.met.iter();
    let met = met.filter(|met| event.as_ref().is_none_or(|event| event.is(met)));
    let last = met.max_by_key(|met| met.date)?;
    (!last.text.is_empty()).then(|| last.text.clone())
}

/// What an event is called, as it was typed, without its day.
pub fn title(typed: &str) -> String {
    let words: Vec<&str> = typed.split_whitespace().collect();
    match words.as_slice() {
        [name @ .., day] if !name.is_empty() && day.parse::<Date>().is_ok() => name.join(" "),
        words => words.join(" "),
    }
}

struct Event {
    name: String,
    day: Option<Date>,
}

impl Event {
    fn parse(typed: &str) -> Event {
        let typed = typed.trim();
        let (name, last) = typed
            .rsplit_once(char::is_whitespace)
            .unwrap_or(("", typed));
        match last.parse() {
            Ok(day) => Event {
                name: name.trim().to_lowercase(),
                day: Some(day),
            },
            Err(_) => Event {
                name: typed.to_lowercase(),
                day: None,
            },
        }
    }

    fn is(&self, met: &Dated) -> bool {
        (self.name.is_empty() || met.text.to_lowercase() == self.name)
            && self.day.is_none_or(|day| met.date == Some(day))
    }
}
