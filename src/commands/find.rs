//! `goodturn find`: pieces by words, with links that are ready to be pasted.

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::links::{self, Link};
use super::list::ResourceKind;
use super::outcome::{self, Failure, Outcome};
use super::{Globals, list, table, trades, workspace};
use crate::diagnostics::{Diagnostic, did_you_mean};
use crate::followup::find::{Answer, Found, Query, find};
use crate::followup::shelf::Shelf;
use crate::library::vocabulary::Vocabulary;
use crate::source::front_matter::Kind;

/// What `find` can be told.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  goodturn find hiring apprentices
  goodturn find --industry hvac slow season
  goodturn find no-shows --as html

The links are the short ones, which keep working when a piece is renamed or moved.")]
pub struct FindArgs {
    /// Words to look for; the last one may be the beginning of a word
    #[arg(value_name = "WORDS", required = true)]
    words: Vec<String>,
    /// Only what is for this trade or sector
    #[arg(short, long, value_name = "INDUSTRY")]
    industry: Option<String>,
    /// Only this kind
    #[arg(short, long, value_name = "KIND")]
    kind: Option<ResourceKind>,
    /// How many pieces at most
    #[arg(short, value_name = "N", default_value_t = 10)]
    number: usize,
    /// How to write them
    #[arg(long = "as", value_name = "FORM", default_value = "text")]
    form: Form,
}

/// How pieces are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For people
    Text,
    /// A Markdown list
    Markdown,
    /// An HTML list
    Html,
    /// For other programs
    Json,
}

/// Finds pieces, the best first.
pub fn run(globals: &Globals, args: &FindArgs) -> Result<Outcome, Failure> {
    let workspace = workspace::open(globals)?;
    let root = workspace.folders.root.clone();
    let failed = |told| Failure::Problems(root.clone(), told);
    let mut problems = Vec::new();
    let vocabulary = workspace.vocabulary(&mut problems);
    let industry = trades::resolve(&vocabulary, args.industry.as_slice())?;
    let shelf = Shelf::open(&workspace, globals.quiet).map_err(failed)?;
    let base = links::base(&workspace, &mut problems);
    let words = args.words.join(" ");
    let query = Query {
        words: &words,
        industry: industry.first().copied(),
        kind: args.kind.map(Kind::from),
        now: workspace::now()?,
    };
    let Some(index) = shelf.index() else {
        return Err(failed(shelf.problems));
    };
    let mut answer = find(&index, &vocabulary, &query);
    answer.found.truncate(args.number);
    problems.extend(unknown(&answer));
    problems.extend(shelf.problems.iter().cloned());
    let found = answer.found.iter();
    let shown: Vec<Link<'_>> = found.map(|found| Link::new(&base, &found.piece)).collect();
    outcome::print(&match args.form {
        Form::Json => list::pretty(&json(&answer, &shown, &vocabulary)),
        Form::Markdown => links::markdown(&shown),
        Form::Html => links::html(&shown),
        Form::Text if shown.is_empty() => "Nothing in the library is like that.".to_owned(),
        Form::Text => text(&answer, &shown, &vocabulary),
    });
    Ok(Outcome {
        root: workspace.folders.root,
        problems,
        summary: String::new(),
    })
}

/// Words that nothing in the library holds.
fn unknown(answer: &Answer<'_>) -> Vec<Diagnostic> {
    let unknown = answer.unknown.iter().map(|(word, meant)| {
        let help = did_you_mean(word, meant.iter().map(String::as_str));
        Diagnostic::warning(format!("no piece has the word `{word}`")).maybe_help(help)
    });
    unknown.collect()
}

fn text(answer: &Answer<'_>, links: &[Link<'_>], vocabulary: &Vocabulary) -> String {
    let width = table::terminal_width();
    let entries = answer.found.iter().zip(links).map(|(found, link)| {
        let reason = format!("({})", reason(found, vocabulary));
        let mut lines = vec![table::bold(&table::clean(link.title))];
        if !link.summary.is_empty() {
            lines.push(table::wrap(&table::clean(&link.summary), "  ", width));
        }
        lines.push(table::wrap(&table::clean(&reason), "  ", width));
        lines.push(format!("  {}", link.url));
        lines.join("\n")
    });
    entries.collect::<Vec<_>>().join("\n\n")
}

/// What it is, whom it is for, and which of the words it holds.
fn reason(found: &Found<'_>, vocabulary: &Vocabulary) -> String {
    let mut parts = vec![found.piece.kind().name().to_owned()];
    let lang = found.piece.lang();
    let trades = found.trades.iter().map(|id| vocabulary.name(*id, lang));
    let trades: Vec<&str> = trades.collect();
    if !trades.is_empty() {
        parts.push(format!("for {}", trades.join(", ")));
    }
    if !found.words.is_empty() {
        parts.push(format!("matches {}", found.words.join(", ")));
    }
    parts.join("; ")
}

fn json(answer: &Answer<'_>, links: &[Link<'_>], vocabulary: &Vocabulary) -> Value {
    let entries = answer.found.iter().zip(links).map(|(found, link)| {
        let mut entry = link.json();
        if let Value::Object(fields) = &mut entry {
            let slugs = found.trades.iter().map(|id| &vocabulary.get(*id).slug);
            fields.insert("words".into(), json!(found.words));
            fields.insert("trades".into(), json!(slugs.collect::<Vec<_>>()));
        }
        entry
    });
    entries.collect()
}
