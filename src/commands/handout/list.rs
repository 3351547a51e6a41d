//! `goodturn handout list`: every handout, and whether it is open.

use clap::Args;
use serde_json::{Value, json};

use crate::commands::Globals;
use crate::commands::list::pretty;
use crate::commands::outcome::{self, Failure, Outcome};
use crate::commands::table::{self, Column};
use crate::commands::workspace::{self, Loaded, Options};
use crate::diagnostics::Diagnostic;
use crate::library::Library;
use crate::library::handout::{Handout, State};
use crate::library::lock::Lock;

/// What `handout list` can be told.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// As JSON, for other programs
    #[arg(long)]
    json: bool,
}

/// Shows every handout, the newest first.
pub fn run(globals: &Globals, args: &ListArgs) -> Result<Outcome, Failure> {
    let workspace = workspace::open(globals)?;
    let Loaded {
        library,
        old_lock,
        problems,
        ..
    } = workspace.load(globals, &Options::default())?;
    let mut handouts: Vec<Handout<'_>> = library.handouts().collect();
    handouts.sort_by_key(|handout| std::cmp::Reverse(handout.document.timestamp));
    let shown = handouts
        .iter()
        .map(|handout| Shown::new(&library, &old_lock, handout));
    let shown: Vec<Shown<'_>> = shown.collect();
    outcome::print(&match (args.json, shown.is_empty()) {
        (true, _) => pretty(&shown.iter().map(Shown::json).collect()),
        (false, true) => {
            "There is none yet: goodturn handout new --for PERSON --pick ID".to_owned()
        }
        (false, false) => text(&shown),
    });
    Ok(Outcome {
        root: workspace.folders.root,
        // Warnings are for `build`; an error may be why something is missing here.
        problems: problems.into_iter().filter(Diagnostic::is_error).collect(),
        summary: String::new(),
    })
}

/// A handout, and what is to be shown of it.
struct Shown<'a> {
    handout: Handout<'a>,
    url: String,
    pieces: Vec<&'a str>,
    /// Whether a build has made its page.
    is_built: bool,
}

impl<'a> Shown<'a> {
    fn new(library: &'a Library, lock: &Lock, handout: &Handout<'a>) -> Self {
        let address = &handout.document.address;
        let pieces = handout.pieces().iter();
        Shown {
            handout: *handout,
            url: library.base.full(address),
            pieces: pieces.map(|id| library.document(*id).id.as_str()).collect(),
            is_built: lock.at(address).is_some(),
        }
    }

    /// Its state in a word, and until when.
    fn state(&self) -> (&'static str, Option<String>) {
        match self.handout.state() {
            State::Open(until) => ("open", until.map(|until| until.date().to_string())),
            State::Expired(until) => ("expired", Some(until.date().to_string())),
            State::Ended => ("ended", None),
        }
    }

    fn json(&self) -> Value {
        let (state, until) = self.state();
        let document = self.handout.document;
        json!({
            "token": self.handout.token(),
            "title": document.title,
            "url": self.url,
            "state": state,
            "until": until,
            "built": self.is_built,
            "date": document.date.map(|date| date.date().to_string()),
            "lang": document.lang(),
            "resources": self.pieces,
            "path": document.source.file.as_ref(),
        })
    }

    fn row(&self) -> Vec<String> {
        let document = self.handout.document;
        let state = match self.state() {
            ("open", Some(until)) => format!("open until {until}"),
            ("expired", Some(until)) => format!("expired {until}"),
            (state, _) => state.to_owned(),
        };
        vec![
            document.title.clone(),
            self.pieces.join(", "),
            document
                .date
                .map_or_else(String::new, |date| date.date().to_string()),
            match self.is_built {
                true => state,
                false => format!("{state}, not built yet"),
            },
            self.url.clone(),
        ]
    }
}

fn text(shown: &[Shown<'_>]) -> String {
    let columns = [
        Column::Flexible,
        Column::Flexible,
        Column::Fixed,
        Column::Fixed,
        Column::Fixed,
    ];
    let heading = ["TITLE", "PIECES", "MADE", "STATE", "ADDRESS"];
    let mut rows = vec![heading.map(str::to_owned).to_vec()];
    rows.extend(shown.iter().map(Shown::row));
    // An address that is cut short is none.
    table::render(&columns, &rows, None)
}
