//! Tables of people: the exports of LinkedIn, Google Contacts and Outlook, our own, and any other
//! table whose headers say plainly what is in the columns.

mod columns;

use std::ops::Range;

use ::csv::{ReaderBuilder, StringRecord};
use jiff::civil::Date;
use rayon::prelude::*;

use super::{Batch, Source, is_somebody};
use crate::diagnostics::{Diagnostic, Place};
use crate::people::card::NewLine;
use crate::people::name::Parts;
use crate::people::person::tidy;
use crate::people::{Card, Person};
use columns::{Column, Table};

/// The header is looked for in this many rows: LinkedIn writes notes before it.
const PREAMBLE: usize = 20;

/// What may stand between two cells.
const DELIMITERS: [u8; 3] = *b",;\t";

/// A row of more lines than this has lost its closing quote.
const LONGEST_ROW: u64 = 200;

/// What Google writes between several values in one cell.
const JOINT: &str = ":::";

/// A row with its place in the text.
struct Row {
    cells: StringRecord,
    span: Range<usize>,
    lines: u64,
}

/// Reads every row.
///
/// # Errors
/// No row is a header that is known.
pub(super) fn read(source: &Source, step: impl Fn() + Sync) -> Result<Batch, Box<Diagnostic>> {
    let found = DELIMITERS.iter().find_map(|delimiter| {
        let mut rows = rows(&source.text, *delimiter);
        let table = rows
            .by_ref()
            .take(PREAMBLE)
            .find_map(|row| Table::of(&row.cells))?;
        Some((table, rows.collect::<Vec<_>>()))
    });
    let Some((table, rows)) = found else {
        return Err(unknown(source));
    };
    let read: Vec<(Option<Person>, Vec<Diagnostic>)> = rows
        .into_par_iter()
        .map(|row| {
            step();
            read_row(source, &table, &row)
        })
        .collect();
    let mut batch = Batch {
        kind: table.kind,
        people: Vec::with_capacity(read.len()),
        problems: left_columns(source, &table).into_iter().collect(),
    };
    for (person, problems) in read {
        batch.people.extend(person);
        batch.problems.extend(problems);
    }
    Ok(batch)
}

/// The columns of which nothing comes in.
fn left_columns(source: &Source, table: &Table) -> Option<Diagnostic> {
    let left = table.left.join("`, `");
    (!left.is_empty()).then(|| {
        Diagnostic::warning(format!("nothing is taken from these columns: `{left}`"))
            .at(Place::file(source.file.clone()))
            .help("call one of them Notes, and what it says is noted")
    })
}

/// The rows of a table, empty ones left out.
fn rows(text: &str, delimiter: u8) -> impl Iterator<Item = Row> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    std::iter::from_fn(move || {
        let mut cells = StringRecord::new();
        // Text in memory can be read, and it is UTF-8: the end is all that stops this.
        let more = reader.read_record(&mut cells).unwrap_or(false);
        more.then(|| {
            let start = cells.position().map_or(0, |at| at.byte() as usize);
            let end = reader.position().byte() as usize;
            let first = cells.position().map_or(0, ::csv::Position::line);
            Row {
                span: start..end,
                lines: reader.position().line().saturating_sub(first),
                cells,
            }
        })
    })
    .filter(|row| row.cells.iter().any(|cell| !cell.trim().is_empty()))
}

fn read_row(source: &Source, table: &Table, row: &Row) -> (Option<Person>, Vec<Diagnostic>) {
    let line = first_line(source, &row.span);
    let aside = |message: String, label: &str| {
        let problem = source.problem(line.clone(), message).label(label);
        (None, vec![problem])
    };
    let written = source.text.get(row.span.clone()).unwrap_or_default();
    if row.lines > 1 && written.matches('"').count() % 2 == 1 {
        let lines = written.trim_end().lines().count();
        return aside(
            format!("a quotation mark in this row is never closed: {lines} lines are left aside"),
            "close it, or take it out, and import the file again",
        );
    }
    if row.lines > LONGEST_ROW {
        return aside(
            format!("this row goes on for {} lines: it is left aside", row.lines),
            "a quotation mark is missing in or after it",
        );
    }
    if row
        .cells
        .iter()
        .skip(table.width())
        .any(|cell| !cell.trim().is_empty())
    {
        return aside(
            format!(
                "this row has {} cells, the header has {}: it is left aside",
                row.cells.len(),
                table.width()
            ),
            "put text with a comma in it between quotation marks",
        );
    }
    let mut draft = Draft::default();
    let mut problems = Vec::new();
    for (column, cell) in table.columns.iter().zip(row.cells.iter()) {
        for text in cell.split(JOINT).filter_map(tidy_lines) {
            if let Err(wrong) = draft.take(*column, text) {
                problems.push(source.problem(line.clone(), wrong));
            }
        }
    }
    let person = Person::read("", draft.card());
    if is_somebody(&person) {
        return (Some(person), problems);
    }
    aside(
        "this row has no name, email address, company or phone: it is left aside".to_owned(),
        "nobody to be known by it",
    )
}

/// Where the first line of a row lies.
fn first_line(source: &Source, span: &Range<usize>) -> Range<usize> {
    let text = source.text.get(span.clone()).unwrap_or_default();
    let skipped = text.len() - text.trim_start_matches(['\r', '\n']).len();
    let start = span.start + skipped;
    let text = source.text.get(start..span.end).unwrap_or_default();
    start..start + text.find(['\r', '\n']).unwrap_or(text.len())
}

/// Text without spaces around it; lines are kept, for notes.
fn tidy_lines(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// What the cells of a row have said so far.
#[derive(Default)]
struct Draft {
    name: Option<String>,
    /// Family, given, middle name, prefix, suffix: the order of vCard.
    parts: [Option<String>; 5],
    notes: Vec<NewLine>,
    lines: Vec<NewLine>,
}

impl Draft {
    /// # Errors
    /// Why a cell is left out.
    fn take(&mut self, column: Column, text: String) -> Result<(), String> {
        let one_line = || tidy(&text).unwrap_or_default();
        let line = match column {
            Column::Ignored => return Ok(()),
            Column::Name => {
                self.name = Some(one_line());
                return Ok(());
            }
            Column::Part(at) => {
                if let Some(part) = self.parts.get_mut(at) {
                    *part = Some(one_line());
                }
                return Ok(());
            }
            Column::Email => {
                let email = one_line();
                if !email.contains('@') || email.contains(' ') {
                    return Err(format!("`{email}` is no email address: it is left out"));
                }
                NewLine::text("EMAIL", &email)
            }
            Column::Text(name) => NewLine::text(name, &one_line()),
            Column::Address(name) => NewLine::address(name, &one_line()),
            Column::Categories => {
                // Google marks the groups of its own with a star: nobody made them.
                let own = |name: &&str| !name.is_empty() && !name.starts_with('*');
                let names = text.split([';', ',']).map(str::trim);
                let names: Vec<&str> = names.filter(own).collect();
                if names.is_empty() {
                    return Ok(());
                }
                NewLine::parts("CATEGORIES", &names, ',')
            }
            Column::List(name) => {
                let parts = text.split([';', ',']).filter_map(tidy);
                self.lines
                    .extend(parts.map(|part| NewLine::text(name, &part)));
                return Ok(());
            }
            Column::Note => {
                self.notes.push(NewLine::text("NOTE", &text));
                return Ok(());
            }
            Column::Connected => {
                let date = Date::strptime("%d %b %Y", one_line())
                    .or_else(|_| one_line().parse())
                    .map_err(|_| format!("`{text}` is no date: it is left out"))?;
                let name = format!("NOTE;CREATED={}T000000Z", date.strftime("%Y%m%d"));
                self.notes.push(NewLine::text(&name, super::CONNECTED));
                return Ok(());
            }
            Column::Dated(name) => {
                let dated = crate::people::person::dated(&text);
                let date = dated.date.map_or_else(String::new, |date| date.to_string());
                NewLine::parts(name, &[&date, &dated.text], ';')
            }
            Column::Flag(name) => match one_line().to_lowercase().as_str() {
                "yes" | "y" | "true" | "1" | "x" => NewLine::text(name, "TRUE"),
                "no" | "n" | "false" | "0" => return Ok(()),
                other => return Err(format!("`{other}` is neither yes nor no: it is left out")),
            },
        };
        if !self.lines.contains(&line) {
            self.lines.push(line);
        }
        Ok(())
    }

    fn card(self) -> Card {
        let [family, given, middle, prefix, suffix] = &self.parts;
        let whole = [prefix, given, middle, family, suffix];
        let whole: Vec<&str> = whole.into_iter().flatten().map(String::as_str).collect();
        let name = self
            .name
            .clone()
            .or_else(|| (!whole.is_empty()).then(|| whole.join(" ")));
        let mut lines: Vec<NewLine> = Vec::new();
        lines.extend(name.as_ref().map(|name| NewLine::text("FN", name)));
        let only_given = [family, middle, prefix, suffix]
            .iter()
            .all(|part| part.is_none());
        match (&name, given) {
            // The rest of the whole name is the family's.
            (Some(name), Some(given)) if only_given && self.name.is_some() => {
                lines.push(Parts::with_given(name, given).line());
            }
            _ if self.parts.iter().any(Option::is_some) => {
                let parts = self
                    .parts
                    .each_ref()
                    .map(|part| part.as_deref().unwrap_or_default());
                lines.push(NewLine::parts("N", &parts, ';'));
            }
            _ => {}
        }
        lines.extend(self.lines);
        lines.extend(self.notes);
        Card::of(&lines)
    }
}

fn unknown(source: &Source) -> Box<Diagnostic> {
    let told = |problem: &str| Diagnostic::error(problem).at(Place::file(source.file.clone()));
    Box::new(match source.text.trim().is_empty() {
        true => told("this file is empty")
            .help("export the people once more: nothing was written into it"),
        false => told("this is no file of people that is known here")
            .help("known are vCards (.vcf), and the CSV exports of LinkedIn (Connections.csv), Google Contacts and Outlook")
            .help("any other CSV comes in if its first row names the columns: name, email, phone, company, title, notes"),
    })
}
