//! `goodturn handout end`: the page stays, and says that it is closed.

use clap::Args;

use crate::commands::outcome::{Failure, Outcome};
use crate::commands::workspace::{self, Loaded, Options, Workspace};
use crate::commands::{Globals, write};
use crate::diagnostics::{Diagnostic, Place, did_you_mean, read_text};
use crate::followup::handout::{ended, ended_stub};
use crate::library::handout::{State, address_of, token_in};
use crate::library::lock::Lock;
use crate::people::private::replace;

/// What `handout end` can be told.
#[derive(Debug, Args)]
#[command(
    after_help = "The address keeps working: its page says that it is closed, with a way to the
library. What its readers have copied before is not in Goodturn's hands."
)]
pub struct EndArgs {
    /// Which one: its token or its address (see `goodturn handout list`)
    #[arg(value_name = "TOKEN")]
    token: String,
}

/// Writes into the file of a handout that it is ended.
pub fn run(globals: &Globals, args: &EndArgs) -> Result<Outcome, Failure> {
    let workspace = workspace::open(globals)?;
    // Also one that is a draft still.
    let options = Options {
        drafts: true,
        ..Options::default()
    };
    let Loaded {
        library, old_lock, ..
    } = workspace.load(globals, &options)?;
    let token = token_in(&args.token);
    let Some(handout) = library.handout(token) else {
        if let Some(file) = lost(&old_lock, token) {
            write::create(&workspace.folders.root.join(&file), &ended_stub())?;
            return Ok(outcome(workspace, &file, ""));
        }
        let tokens: Vec<&str> = library.handouts().map(|handout| handout.token()).collect();
        return Err(Failure::Usage(Box::new(
            Diagnostic::error(format!("there is no handout `{token}`"))
                .maybe_help(did_you_mean(token, tokens))
                .help("`goodturn handout list` shows all of them"),
        )));
    };
    let file = handout.document.source.file.to_string();
    if handout.state() == State::Ended {
        let summary = format!("{file} is ended already");
        return Ok(Outcome {
            root: workspace.folders.root,
            problems: Vec::new(),
            summary,
        });
    }
    let path = workspace.folders.root.join(&file);
    let failed = |problem| Failure::Problems(workspace.folders.root.clone(), vec![problem]);
    let text = read_text(&path, &file).map_err(|problem| failed(*problem))?;
    let text = ended(&text).ok_or_else(|| {
        let problem = Diagnostic::error("this file has no head to say in that it is ended");
        failed(problem.at(Place::file(file.as_str())))
    })?;
    // Others may read what is published, also after it was written by what keeps private files.
    let written = std::fs::metadata(&path).and_then(|before| {
        replace(&path, text.as_bytes(), true)?;
        std::fs::set_permissions(&path, before.permissions())
    });
    written.map_err(|error| write::failed(&path, &error))?;
    let back = "\n  to open it again, take the line `retired` out of its head";
    Ok(outcome(workspace, &file, back))
}

fn outcome(workspace: Workspace, file: &str, back: &str) -> Outcome {
    let root = workspace.folders.root;
    let problems = Vec::new();
    let summary =
        format!("Ended: {file}\n  its page says so once the site is built and uploaded{back}");
    Outcome {
        root,
        problems,
        summary,
    }
}

/// The file of a handout that was published and is gone.
fn lost(lock: &Lock, token: &str) -> Option<String> {
    let entry = lock.at(&address_of(token))?;
    let source = &entry.origin.as_ref()?.source;
    Some(format!("content/{source}"))
}
