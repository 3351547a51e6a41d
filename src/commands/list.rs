//! `goodturn list`: what the library holds.

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::outcome::{self, Failure, Outcome};
use super::table::{self, Column};
use super::workspace::{self, Loaded, Options};
use super::{Globals, trades};
use crate::diagnostics::Diagnostic;
use crate::library::vocabulary::IndustryId;
use crate::library::{Document, Library, slug};
use crate::site::resource;
use crate::source::front_matter::Kind;

/// What `list` can be told.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  goodturn list --industry dentist
  goodturn list --kind book --json

--json gives a list of objects with the fields of resources.json, and with
`path` (the file in the library), `draft` and `scheduled`.")]
pub struct ListArgs {
    /// Only this kind
    #[arg(short, long, value_name = "KIND")]
    kind: Option<ResourceKind>,
    /// Only what is for this trade or sector
    #[arg(short, long, value_name = "INDUSTRY")]
    industry: Option<String>,
    /// Only this topic
    #[arg(short, long, value_name = "TOPIC")]
    topic: Option<String>,
    /// Only this language
    #[arg(short, long, value_name = "LANG")]
    lang: Option<String>,
    /// With drafts, and with what is to be published on a later day
    #[arg(long)]
    drafts: bool,
    /// As JSON, for other programs
    #[arg(long)]
    json: bool,
}

/// The kinds of resources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ResourceKind {
    Article,
    Book,
    Link,
    File,
}

impl From<ResourceKind> for Kind {
    fn from(kind: ResourceKind) -> Self {
        match kind {
            ResourceKind::Article => Kind::Article,
            ResourceKind::Book => Kind::Book,
            ResourceKind::Link => Kind::Link,
            ResourceKind::File => Kind::File,
        }
    }
}

/// Lists the resources, the newest first.
pub fn run(globals: &Globals, args: &ListArgs) -> Result<Outcome, Failure> {
    let workspace = workspace::open(globals)?;
    let options = Options {
        drafts: args.drafts,
        future: args.drafts,
        base_url: None,
        ..Options::default()
    };
    let Loaded {
        library, problems, ..
    } = workspace.load(globals, &options)?;
    let filter = Filter::new(&library, args)?;
    let mut found: Vec<&Document> = library
        .resources()
        .map(|(_, document)| document)
        .filter(|document| filter.lets(&library, document))
        .collect();
    // Documents are sorted by path; that order stays between those of one day.
    found.sort_by_key(|document| std::cmp::Reverse(document.timestamp));
    outcome::print(&match (args.json, found.is_empty()) {
        (true, _) => pretty(&found.iter().map(|d| entry(&library, d)).collect()),
        (false, true) => "Nothing in the library is like that.".to_owned(),
        (false, false) => text(&library, &found, table::terminal_width()),
    });
    Ok(Outcome {
        root: workspace.folders.root,
        // Warnings are for `build`; an error may be why something is missing here.
        problems: problems.into_iter().filter(Diagnostic::is_error).collect(),
        summary: String::new(),
    })
}

/// What is to be shown.
struct Filter<'a> {
    kind: Option<Kind>,
    industry: Option<IndustryId>,
    topic: Option<String>,
    lang: Option<&'a str>,
}

impl<'a> Filter<'a> {
    fn new(library: &Library, args: &'a ListArgs) -> Result<Self, Failure> {
        let industry = trades::resolve(&library.vocabulary, args.industry.as_slice())?;
        Ok(Filter {
            kind: args.kind.map(Kind::from),
            industry: industry.first().copied(),
            topic: args.topic.as_deref().map(slug),
            lang: args.lang.as_deref(),
        })
    }

    fn lets(&self, library: &Library, document: &Document) -> bool {
        let inside = |wanted: IndustryId| {
            let mut own = document.industries.iter();
            own.any(|own| library.vocabulary.contains(wanted, *own))
        };
        self.kind.is_none_or(|kind| document.kind == kind)
            && self.industry.is_none_or(inside)
            && self
                .topic
                .as_ref()
                .is_none_or(|topic| document.topics.contains(topic))
            && self
                .lang
                .is_none_or(|lang| document.lang().eq_ignore_ascii_case(lang))
    }
}

fn entry(library: &Library, document: &Document) -> Value {
    let mut entry = resource(library, document);
    if let Value::Object(fields) = &mut entry {
        fields.insert("path".into(), json!(document.source.file.as_ref()));
        fields.insert("draft".into(), json!(document.draft));
        fields.insert("scheduled".into(), json!(document.scheduled));
    }
    entry
}

/// JSON as people can read it as well.
pub fn pretty(value: &Value) -> String {
    // A `Value` has no key that JSON could not hold.
    serde_json::to_string_pretty(value).unwrap_or_default()
}

fn text(library: &Library, found: &[&Document], width: Option<usize>) -> String {
    let columns = [
        Column::Fixed,
        Column::Fixed,
        Column::Flexible,
        Column::Flexible,
        Column::Fixed,
        Column::Fixed,
    ];
    let heading = ["ID", "KIND", "TITLE", "INDUSTRIES", "DATE", "ADDRESS"];
    let mut rows = vec![heading.map(str::to_owned).to_vec()];
    rows.extend(found.iter().map(|document| {
        vec![
            document.id.to_string(),
            document.kind.name().to_owned(),
            title(document),
            industries(library, document),
            document
                .date
                .map_or_else(String::new, |date| date.date().to_string()),
            document.short_address(),
        ]
    }));
    table::render(&columns, &rows, width)
}

fn title(document: &Document) -> String {
    match (document.draft, document.scheduled) {
        (true, _) => format!("(draft) {}", document.title),
        (false, true) => format!("(later) {}", document.title),
        (false, false) => document.title.clone(),
    }
}

fn industries(library: &Library, document: &Document) -> String {
    let slugs = document.industries.iter();
    let slugs = slugs.map(|id| library.vocabulary.get(*id).slug.as_str());
    let mut shown: Vec<&str> = slugs.collect();
    if document.source.front.general {
        shown.push("everybody");
    }
    shown.join(", ")
}
