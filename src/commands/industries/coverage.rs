//! `goodturn industries coverage`: what the library has for whom, and where it is empty.

use std::collections::BTreeMap;

use clap::Args;
use serde_json::{Value, json};

use crate::commands::Globals;
use crate::commands::list::pretty;
use crate::commands::outcome::{self, Failure, Outcome, count};
use crate::commands::table::{self, Column};
use crate::commands::workspace::{self, Options};
use crate::diagnostics::Diagnostic;
use crate::library::vocabulary::{IndustryId, Vocabulary};
use crate::library::{DocId, Document, Library};
use crate::source::front_matter::Kind;

/// How many empty trades of a sector are named without `--verbose`.
const NAMED: usize = 6;

/// What `coverage` can be told.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  goodturn industries coverage

A piece for a trade counts for its sector, too; translations count once.
--json gives `general`, `sectors` (each with `trades` and `empty`) and `empty_sectors`.")]
pub struct CoverageArgs {
    /// As JSON, for other programs
    #[arg(long)]
    pub json: bool,
}

/// Shows the coverage.
pub fn run(globals: &Globals, args: &CoverageArgs) -> Result<Outcome, Failure> {
    let workspace = workspace::open(globals)?;
    let loaded = workspace.load(globals, &Options::default())?;
    let coverage = Coverage::of(&loaded.library);
    let vocabulary = &loaded.library.vocabulary;
    outcome::print(&match args.json {
        true => pretty(&coverage.json(vocabulary)),
        false => coverage.text(vocabulary, globals.verbose),
    });
    let problems = loaded.problems.into_iter();
    Ok(Outcome {
        root: workspace.folders.root,
        problems: problems.filter(Diagnostic::is_error).collect(),
        summary: String::new(),
    })
}

/// How many there are of each kind of resource.
#[derive(Clone, Copy, Debug, Default)]
struct Counts([usize; Kind::RESOURCES.len()]);

impl Counts {
    fn add(&mut self, kind: Kind) {
        let kinds = Kind::RESOURCES.iter().zip(&mut self.0);
        for (_, number) in kinds.filter(|(own, _)| **own == kind) {
            *number += 1;
        }
    }

    fn json(self) -> Value {
        let kinds = Kind::RESOURCES.iter().zip(self.0);
        kinds
            .map(|(kind, number)| (kind.plural().to_owned(), json!(number)))
            .collect()
    }

    fn cells(self) -> impl Iterator<Item = String> {
        self.0.into_iter().map(|number| match number {
            0 => "–".to_owned(),
            number => number.to_string(),
        })
    }
}

/// What there is for whom.
#[derive(Debug, Default)]
struct Coverage {
    general: Counts,
    industries: BTreeMap<IndustryId, Counts>,
}

impl Coverage {
    fn of(library: &Library) -> Self {
        let mut coverage = Coverage::default();
        for (id, document) in library.resources() {
            if is_first(library, id, document) {
                coverage.add(&library.vocabulary, document);
            }
        }
        coverage
    }

    fn add(&mut self, vocabulary: &Vocabulary, document: &Document) {
        let own = document.industries.iter();
        let mut places: Vec<IndustryId> = own
            .flat_map(|id| [*id, vocabulary.sector_of(*id)])
            .collect();
        places.sort();
        places.dedup();
        for place in places {
            self.industries.entry(place).or_default().add(document.kind);
        }
        if document.source.front.general {
            self.general.add(document.kind);
        }
    }

    fn counts(&self, id: IndustryId) -> Option<Counts> {
        self.industries.get(&id).copied()
    }

    fn json(&self, vocabulary: &Vocabulary) -> Value {
        let slug = |id: IndustryId| json!(vocabulary.get(id).slug);
        let entry = |id: IndustryId, counts: Counts| {
            let industry = vocabulary.get(id);
            let mut entry = json!({"slug": industry.slug, "name": industry.name});
            entry["counts"] = counts.json();
            entry
        };
        let sectors = vocabulary.sectors().filter_map(|sector| {
            let mut value = entry(sector, self.counts(sector)?);
            let (used, empty) = self.trades(vocabulary, sector);
            value["trades"] = used
                .into_iter()
                .map(|(id, counts)| entry(id, counts))
                .collect();
            value["empty"] = empty.into_iter().map(slug).collect();
            Some(value)
        });
        json!({
            "general": self.general.json(),
            "sectors": sectors.collect::<Value>(),
            "empty_sectors": self.empty_sectors(vocabulary).map(slug).collect::<Value>(),
        })
    }

    /// The trades of a sector that have something, and those that have nothing.
    fn trades(
        &self,
        vocabulary: &Vocabulary,
        sector: IndustryId,
    ) -> (Vec<(IndustryId, Counts)>, Vec<IndustryId>) {
        let mut used = Vec::new();
        let mut empty = Vec::new();
        for trade in vocabulary.trades(sector) {
            match self.counts(trade) {
                Some(counts) => used.push((trade, counts)),
                None => empty.push(trade),
            }
        }
        (used, empty)
    }

    fn empty_sectors(&self, vocabulary: &Vocabulary) -> impl Iterator<Item = IndustryId> {
        let sectors = vocabulary.sectors();
        sectors.filter(|sector| self.counts(*sector).is_none())
    }

    fn text(&self, vocabulary: &Vocabulary, verbose: bool) -> String {
        let most = match verbose {
            true => usize::MAX,
            false => NAMED,
        };
        let width = table::terminal_width();
        let mut blocks = vec![self.table(vocabulary, width)];
        let lines = vocabulary.sectors().filter_map(|sector| {
            self.counts(sector)?;
            let (_, empty) = self.trades(vocabulary, sector);
            let named = named(vocabulary, &empty, most)?;
            let line = format!("{}: {named}", vocabulary.get(sector).name);
            Some(table::wrap(&line, "  ", width))
        });
        let lines: Vec<String> = lines.collect();
        if !lines.is_empty() {
            blocks.push(format!(
                "Nothing yet for these trades:\n{}",
                lines.join("\n")
            ));
        }
        let sectors: Vec<IndustryId> = self.empty_sectors(vocabulary).collect();
        if let Some(named) = named(vocabulary, &sectors, most) {
            let number = count(sectors.len(), "whole sector", "whole sectors");
            let named = table::wrap(&named, "  ", width);
            blocks.push(format!("Nothing yet for {number}:\n{named}"));
        }
        blocks.join("\n\n")
    }

    fn table(&self, vocabulary: &Vocabulary, width: Option<usize>) -> String {
        let mut columns = vec![Column::Flexible];
        let mut heading = vec!["INDUSTRY".to_owned()];
        for kind in Kind::RESOURCES {
            columns.push(Column::Number);
            heading.push(kind.plural().to_uppercase());
        }
        let row = |name: String, counts: Counts| {
            let mut row = vec![name];
            row.extend(counts.cells());
            row
        };
        let mut rows = vec![heading, row("Everybody".to_owned(), self.general)];
        for sector in vocabulary.sectors() {
            let Some(counts) = self.counts(sector) else {
                continue;
            };
            rows.push(row(vocabulary.get(sector).name.clone(), counts));
            for (trade, counts) in self.trades(vocabulary, sector).0 {
                rows.push(row(format!("  {}", vocabulary.get(trade).name), counts));
            }
        }
        table::render(&columns, &rows, width)
    }
}

/// Whether it is the first of its translations: each piece counts once.
fn is_first(library: &Library, id: DocId, document: &Document) -> bool {
    let mut others = document.translations.iter();
    others.all(|other| *other > id || !library.document(*other).is_listed())
}

/// The slugs, at most so many, with the number of the others.
fn named(vocabulary: &Vocabulary, ids: &[IndustryId], most: usize) -> Option<String> {
    let slugs = ids.iter().take(most);
    let slugs: Vec<&str> = slugs.map(|id| vocabulary.get(*id).slug.as_str()).collect();
    match ids.len().saturating_sub(most) {
        _ if ids.is_empty() => None,
        0 => Some(slugs.join(", ")),
        more => Some(format!("{} … and {more} more (-v)", slugs.join(", "))),
    }
}
