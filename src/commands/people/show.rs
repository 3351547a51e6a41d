//! `goodturn people show`: what is known of somebody.

use clap::Args;
use serde_json::{Value, json};

use super::to_json;
use crate::commands::list::pretty;
use crate::commands::outcome::{self, Failure, Outcome};
use crate::commands::private::{self, Private};
use crate::commands::table::{bold, clean, terminal_width, wrap};
use crate::commands::{Globals, acts};
use crate::people::{Dated, Person, Record, Trade};

/// How many of the last acts are shown.
const ACTS: usize = 10;

/// How wide the names of fields are.
const MARGIN: usize = 12;

/// What `people show` can be told.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// Who: a handle, a name or an email address
    #[arg(value_name = "PERSON")]
    person: String,
    /// As JSON, with everything that was done in `acts`
    #[arg(long)]
    json: bool,
}

/// Shows one person.
pub fn run(globals: &Globals, args: &ShowArgs) -> Result<Outcome, Failure> {
    let mut private = private::open(globals)?;
    let record = private.record()?;
    let person = private.person(&args.person)?;
    let shown = match args.json {
        true => pretty(&with_acts(&private, person, &record)),
        false => text(&private, person, &record),
    };
    outcome::print(&shown);
    Ok(private.outcome(""))
}

fn with_acts(private: &Private, person: &Person, record: &Record) -> Value {
    let mut value = to_json(person, &private.vocabulary);
    let acts = record
        .of(&person.uid)
        .map(|entry| acts::to_json(private, entry));
    if let Value::Object(fields) = &mut value {
        fields.insert("acts".into(), json!(acts.collect::<Vec<_>>()));
    }
    value
}

fn text(private: &Private, person: &Person, record: &Record) -> String {
    let trade = Trade::of(person, &private.vocabulary).words(&private.vocabulary);
    let list = |values: &[String]| values.join(", ");
    let dated = |values: &[Dated]| -> Vec<String> { values.iter().map(day_and_text).collect() };
    let mut fields: Vec<(&str, Vec<String>)> = vec![
        ("company", person.company.iter().cloned().collect()),
        ("title", person.title.iter().cloned().collect()),
        ("industry", vec![trade]),
        ("email", person.emails.clone()),
        ("phone", person.phones.clone()),
        ("page", person.profiles.clone()),
        ("met", dated(&person.met)),
        ("interests", vec![list(&person.interests)]),
        ("hobbies", vec![list(&person.hobbies)]),
        ("expertise", vec![list(&person.expertise)]),
        ("offers", vec![list(&person.offers)]),
        ("needs", vec![list(&person.needs)]),
        ("promised", dated(&person.promises)),
        ("kept", dated(&person.kept)),
        ("notes", dated(&person.notes)),
        ("groups", vec![list(&person.categories)]),
        ("language", person.language.iter().cloned().collect()),
    ];
    if let Some(days) = person.cadence {
        fields.push(("cadence", vec![format!("every {days} days")]));
    }
    if person.do_not_contact {
        fields.push(("contact", vec!["asked to be left alone".to_owned()]));
    }
    let acts: Vec<_> = record.of(&person.uid).rev().take(ACTS).collect();
    fields.push(("done", acts.into_iter().map(acts::in_words).collect()));
    fields.push(("card", vec![person.file.clone()]));
    let mut lines = vec![bold(&clean(&person.name))];
    for (name, values) in fields {
        let values = values.iter().filter(|value| !value.is_empty());
        for (at, value) in values.enumerate() {
            let name = if at == 0 { name } else { "" };
            lines.push(field(name, value));
        }
    }
    lines.join("\n")
}

/// A field with its value, which goes on below itself where it is long.
fn field(name: &str, value: &str) -> String {
    let indent = " ".repeat(MARGIN);
    let value = clean(&value.replace("\r\n", " / ").replace('\n', " / "));
    let wrapped = wrap(&value, &indent, terminal_width());
    format!("{name:<MARGIN$}{}", wrapped.trim_start())
}

fn day_and_text(dated: &Dated) -> String {
    match dated.date {
        Some(date) if dated.text.is_empty() => date.to_string(),
        Some(date) => format!("{date}  {}", dated.text),
        None => dated.text.clone(),
    }
}
