//! `goodturn people export`: people for other programs.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::commands::outcome::{self, Failure, Outcome, count};
use crate::commands::private::{self, Private};
use crate::commands::{Globals, write};
use crate::people::private::replace;
use crate::people::{Dated, Person};

/// What `people export` can be told.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  goodturn people export --out everybody.vcf
  goodturn people export ana bo --to csv")]
pub struct ExportArgs {
    /// Whom; nobody means everybody
    #[arg(value_name = "PERSON")]
    people: Vec<String>,
    /// As what; else by the name of the file
    #[arg(long, value_name = "FORMAT")]
    to: Option<Format>,
    /// Where to; else to the terminal
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// vCards, as they are kept
    Vcard,
    /// A table, which `people import` reads again
    Csv,
}

/// Writes people.
pub fn run(globals: &Globals, args: &ExportArgs) -> Result<Outcome, Failure> {
    let private = private::open(globals)?;
    let people: Vec<&Person> = match args.people.is_empty() {
        true => private.people.iter().collect(),
        false => chosen(&private, &args.people)?,
    };
    let is_csv = |out: &PathBuf| {
        out.extension()
            .is_some_and(|ext| ext.eq_ignore_ascii_case("csv"))
    };
    let format = args
        .to
        .unwrap_or(match args.out.as_ref().is_some_and(is_csv) {
            true => Format::Csv,
            false => Format::Vcard,
        });
    let text = match format {
        Format::Vcard => people.iter().map(|person| person.card().text()).collect(),
        Format::Csv => table(&people)?,
    };
    let Some(out) = &args.out else {
        outcome::print(text.trim_end());
        return Ok(private.outcome(""));
    };
    if out.symlink_metadata().is_ok() {
        return Err(Failure::usage(
            format!("{} is there already", write::shown(out)),
            "nothing is ever overwritten: move that file away first",
        ));
    }
    replace(out, text.as_bytes(), true).map_err(|error| write::failed(out, &error))?;
    let summary = format!(
        "Wrote {} to {}",
        count(people.len(), "person", "people"),
        write::shown(out)
    );
    Ok(private.outcome(summary))
}

fn chosen<'a>(private: &'a Private, typed: &[String]) -> Result<Vec<&'a Person>, Failure> {
    typed.iter().map(|typed| private.person(typed)).collect()
}

fn table(people: &[&Person]) -> Result<String, Failure> {
    let failed = |error: &dyn std::fmt::Display| {
        Failure::usage(
            format!("the table cannot be written: {error}"),
            "try --to vcard",
        )
    };
    let mut csv = csv::Writer::from_writer(Vec::new());
    let heading = [
        "Name",
        "Given Name",
        "Email",
        "Phone",
        "Company",
        "Title",
        "Industry",
        "Met",
        "Promised",
        "Days Between Letters",
        "Do Not Contact",
        "Interests",
        "Hobbies",
        "Expertise",
        "Offers",
        "Needs",
        "Groups",
        "URL",
        "Language",
        "Notes",
        "UID",
    ];
    csv.write_record(heading).map_err(|error| failed(&error))?;
    for person in people {
        csv.write_record(row(person))
            .map_err(|error| failed(&error))?;
    }
    let bytes = csv.into_inner().map_err(|error| failed(&error))?;
    String::from_utf8(bytes).map_err(|error| failed(&error))
}

/// The cells of a person; several values are joined as Google does it.
fn row(person: &Person) -> [String; 21] {
    let several = |values: &[String]| values.join(" ::: ");
    let commas = |values: &[String]| values.join("; ");
    let one = |value: &Option<String>| value.clone().unwrap_or_default();
    let notes: Vec<String> = person.notes.iter().map(|note| note.text.clone()).collect();
    let days = |dated_texts: &[Dated]| {
        let texts: Vec<String> = dated_texts.iter().map(dated).collect();
        several(&texts)
    };
    [
        person.written_name.clone().unwrap_or_default(),
        one(&person.given),
        several(&person.emails),
        several(&person.phones),
        one(&person.company),
        one(&person.title),
        one(&person.industry),
        days(&person.met),
        days(&person.promises),
        person
            .cadence
            .map_or_else(String::new, |days| days.to_string()),
        match person.do_not_contact {
            true => "yes".to_owned(),
            false => String::new(),
        },
        commas(&person.interests),
        commas(&person.hobbies),
        commas(&person.expertise),
        commas(&person.offers),
        commas(&person.needs),
        commas(&person.categories),
        several(&person.profiles),
        one(&person.language),
        several(&notes),
        person.uid.clone(),
    ]
    .map(harmless)
}

fn dated(dated: &Dated) -> String {
    match dated.date {
        Some(date) => format!("{date};{}", dated.text),
        None => dated.text.clone(),
    }
}

/// A cell that no spreadsheet takes for a formula: one that begins like one gets a quotation mark
/// before it (<https://owasp.org/www-community/attacks/CSV_Injection>). A phone number may begin
/// with a plus.
fn harmless(cell: String) -> String {
    let is_number = |text: &str| {
        text.chars()
            .all(|c| c.is_ascii_digit() || " +-().".contains(c))
    };
    match cell.chars().next() {
        Some('=' | '@' | '\t' | '\r') => format!("'{cell}"),
        Some('+' | '-') if !is_number(&cell) => format!("'{cell}"),
        _ => cell,
    }
}
