//! `goodturn industries`: which trades there are, and which one a typed word means.

mod coverage;

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::Globals;
use super::list::pretty;
use super::outcome::{self, Failure, Outcome};
use super::table;
use super::workspace;
use crate::library::vocabulary::{Industry, IndustryId, Vocabulary};

/// What `industries` can be told.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
#[command(after_help = "Examples:
  goodturn industries realtor
  goodturn industries I run a small dentist office
  goodturn industries coverage

--json gives a list of objects with `slug`, `name`, `naics` and `reason`.
A library's industries.yaml counts; without a library the built-in list does.")]
pub struct IndustriesArgs {
    /// What somebody calls their trade, or a NAICS code; nothing shows all industries
    #[arg(value_name = "WORDS")]
    words: Vec<String>,
    /// As JSON, for other programs
    #[arg(long)]
    json: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Show what the library has for each industry, and where it is empty
    Coverage(coverage::CoverageArgs),
}

/// Shows industries.
pub fn run(globals: &Globals, args: &IndustriesArgs) -> Result<Outcome, Failure> {
    match (&args.command, args.words.as_slice()) {
        (Some(Command::Coverage(args)), _) => return coverage::run(globals, args),
        // An option before the word hides from clap that it is a command.
        (None, [word]) if word == "coverage" => {
            return coverage::run(globals, &coverage::CoverageArgs { json: args.json });
        }
        (None, _) => {}
    }
    let (root, vocabulary, problems) = workspace::vocabulary(globals)?;
    let text = match (args.words.is_empty(), args.json) {
        (true, false) => tree(&vocabulary),
        (true, true) => pretty(&everything(&vocabulary)),
        (false, json) => {
            let found = found(&vocabulary, &args.words.join(" "));
            match (json, found.is_empty()) {
                (true, _) => pretty(&found.iter().map(|found| found.json(&vocabulary)).collect()),
                (false, true) => nothing(&args.words.join(" ")),
                (false, false) => matches(&vocabulary, &found),
            }
        }
    };
    outcome::print(&text);
    Ok(Outcome {
        root,
        problems,
        summary: String::new(),
    })
}

/// An industry, and why it is shown.
struct Found {
    industry: IndustryId,
    reason: String,
}

impl Found {
    fn json(&self, vocabulary: &Vocabulary) -> Value {
        let industry = vocabulary.get(self.industry);
        json!({
            "slug": industry.slug,
            "name": industry.name,
            "naics": industry.naics,
            "reason": self.reason,
        })
    }
}

fn found(vocabulary: &Vocabulary, words: &str) -> Vec<Found> {
    let found = vocabulary.search(words).into_iter();
    found
        .map(|found| Found {
            industry: found.industry,
            reason: found.reason.to_string(),
        })
        .collect()
}

/// The whole vocabulary in the shape of what is found.
fn everything(vocabulary: &Vocabulary) -> Value {
    let found = vocabulary.iter().map(|(id, industry)| Found {
        industry: id,
        reason: match industry.sector {
            None => "sector".to_owned(),
            Some(sector) => format!("trade of `{}`", vocabulary.get(sector).slug),
        },
    });
    found.map(|found| found.json(vocabulary)).collect()
}

/// Each with its reason below: a table would have to cut the reasons.
fn matches(vocabulary: &Vocabulary, found: &[Found]) -> String {
    let lines = found.iter().map(|found| {
        let industry = vocabulary.get(found.industry);
        let name = table::bold(&industry.name);
        format!("{name}{}\n  {}", details(industry), found.reason)
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn nothing(words: &str) -> String {
    format!(
        "No industry is known by `{}`.

Try another word for it, or add the trade to your library's industries.yaml:

  add:
    - slug: food-truck-park
      name: Food truck park
      sector: accommodation-food
      aliases: [truck court]",
        table::clean(words)
    )
}

fn tree(vocabulary: &Vocabulary) -> String {
    let mut blocks = Vec::new();
    for sector in vocabulary.sectors() {
        let industry = vocabulary.get(sector);
        let mut lines = vec![format!(
            "{}{}",
            table::bold(&industry.name),
            details(industry)
        )];
        for trade in vocabulary.trades(sector) {
            let trade = vocabulary.get(trade);
            lines.push(format!("  {}{}", trade.name, details(trade)));
        }
        blocks.push(lines.join("\n"));
    }
    blocks.join("\n\n")
}

/// What to write for the industry, and its codes.
fn details(industry: &Industry) -> String {
    match industry.naics.is_empty() {
        true => format!("  {}", industry.slug),
        false => format!("  {} ({})", industry.slug, industry.naics.join(" ")),
    }
}
