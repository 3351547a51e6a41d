//! `goodturn people import`: bringing people in from other programs.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::commands::outcome::{self, Failure, Outcome, count};
use crate::commands::private::{self, Private};
use crate::commands::{Globals, write};
use crate::diagnostics::{Diagnostic, Place, Progress, any_error, io_reason};
use crate::people::import::{self, Batch, Plan};
use crate::people::{Person, Trade};

/// How many people a dry run names, unless --verbose asks for all.
const NAMED: usize = 40;

/// How many namesakes are named.
const NAMESAKES: usize = 5;

/// What `people import` can be told.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  goodturn people import contacts.vcf
  goodturn people import Connections.csv --dry-run

Who is known by UID, email address or profile is not added twice. What a card
says already is never changed; what it lacks is added.")]
pub struct ImportArgs {
    /// vCards, or the CSV exports of LinkedIn, Google Contacts and Outlook
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Show what would change, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Brings people in.
pub fn run(globals: &Globals, args: &ImportArgs) -> Result<Outcome, Failure> {
    let mut private = private::open(globals)?;
    let mut incoming = Vec::new();
    let mut lines = Vec::new();
    for file in &args.files {
        match read(file, globals.quiet) {
            Ok(batch) => {
                lines.push(format!("{}: {}", write::shown(file), held(&batch)));
                private.problems.extend(batch.problems);
                incoming.extend(batch.people);
            }
            Err(problem) => private.problems.push(*problem),
        }
    }
    let plan = import::plan(&private.people, incoming);
    let (new, changed) = (plan.new.len(), plan.changed.len());
    let namesakes = namesakes(&private, &plan);
    private.problems.extend(namesakes);
    if args.dry_run {
        outcome::print(&difference(&private, &plan, globals.verbose));
    } else {
        carry_out(&mut private, plan, globals.quiet)?;
    }
    // An error shows no summary: what was done in spite of it is to be known.
    let summary = summary(lines, new, changed, args.dry_run);
    if any_error(&private.problems) && !globals.quiet {
        outcome::print(&summary);
    }
    Ok(private.outcome(summary))
}

fn read(path: &Path, quiet: bool) -> Result<Batch, Box<Diagnostic>> {
    let name = write::shown(path);
    let bytes = std::fs::read(path).map_err(|error| {
        let problem = format!("cannot be read: {}", io_reason(&error));
        Diagnostic::error(problem).at(Place::file(name.as_str()))
    })?;
    // About as many as there are: to count them exactly is to read them.
    let progress = Progress::new("reading", bytes.len() / 200, quiet);
    import::read(&name, bytes, || progress.step())
}

fn held(batch: &Batch) -> String {
    let people = count(batch.people.len(), "person", "people");
    match batch.problems.len() {
        0 => format!("{}, {people}", batch.kind),
        _ => format!(
            "{}, {people}; what was left aside is told above",
            batch.kind
        ),
    }
}

/// Writes what is new; those who are known first, so that a run that is stopped adds nobody twice.
fn carry_out(private: &mut Private, plan: Plan, quiet: bool) -> Result<(), Failure> {
    let progress = Progress::new("writing", plan.new.len() + plan.changed.len(), quiet);
    let changed = plan
        .changed
        .into_iter()
        .map(|change| change.person)
        .collect();
    let saved = private.people.save_all(changed, || progress.step());
    saved.map_err(|problem| private.failed(*problem))?;
    let cards = plan
        .new
        .iter()
        .map(|person| person.card().clone())
        .collect();
    let added = private.people.add_all(cards, || progress.step());
    added.map_err(|problem| {
        let help = "those before it are in; import the file again, and the rest comes in";
        private.failed(problem.help(help))
    })?;
    Ok(())
}

/// That somebody who is new may be somebody who is known: they share a name, and nothing by which
/// people are told to be the same.
fn namesakes(private: &Private, plan: &Plan) -> Option<Diagnostic> {
    let found = private.people.namesakes(&plan.new);
    let named = found.iter().take(NAMESAKES);
    let mut named: Vec<String> = named
        .map(|(new, known)| format!("{} ({})", new.name, known.stem))
        .collect();
    let more = found.len().saturating_sub(NAMESAKES);
    if more > 0 {
        named.push(format!("and {more} more"));
    }
    let names = named.join(", ");
    (!found.is_empty()).then(|| {
        Diagnostic::warning(format!("new, with the name of somebody known: {names}"))
            .help("where they are the same, delete one: goodturn people forget HANDLE")
    })
}

fn difference(private: &Private, plan: &Plan, all: bool) -> String {
    let new = plan.new.iter().map(|person| {
        let trade = Trade::of(person, &private.vocabulary).words(&private.vocabulary);
        format!("+ {}", [about(person), trade].join("  ").trim_end())
    });
    let changed = plan
        .changed
        .iter()
        .map(|change| format!("~ {}: {}", change.person.name, change.added.join(", ")));
    let all_lines = plan.new.len() + plan.changed.len();
    let shown = if all { all_lines } else { NAMED };
    // Those that are not shown need no guess.
    let mut text: Vec<String> = new.chain(changed).take(shown).collect();
    if all_lines > shown {
        let more = count(all_lines - shown, "more", "more");
        text.push(format!("… and {more}; --verbose shows them all"));
    }
    if plan.same > 0 {
        text.push(format!(
            "= {} known already",
            count(plan.same, "person", "people")
        ));
    }
    text.join("\n")
}

fn about(person: &Person) -> String {
    let mut parts = vec![person.name.as_str()];
    parts.extend(
        person
            .company
            .as_deref()
            .filter(|company| *company != person.name),
    );
    parts.extend(person.email().filter(|email| *email != person.name));
    parts.join(", ")
}

fn summary(mut lines: Vec<String>, new: usize, changed: usize, dry_run: bool) -> String {
    let (added, got) = match dry_run {
        true => ("would be added", "would get something new"),
        false => ("added", "got something new"),
    };
    lines.push(match (new, changed) {
        (0, 0) => "Nothing new.".to_owned(),
        (new, 0) => format!("{} {added}", count(new, "person", "people")),
        (new, changed) => format!(
            "{} {added}, {changed} {got}",
            count(new, "person", "people")
        ),
    });
    lines.join("\n")
}
