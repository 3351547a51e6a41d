//! `goodturn handout`: unlisted pages with the pieces picked for one person or one event.

mod end;
mod list;
pub mod new;

use clap::{Args, Subcommand};

use super::Globals;
use super::outcome::{Failure, Outcome};

/// What `handout` can be told.
#[derive(Debug, Args)]
pub struct HandoutArgs {
    #[command(subcommand)]
    command: HandoutCommand,
}

#[derive(Debug, Subcommand)]
enum HandoutCommand {
    /// Make one, for a person or an event
    New(new::NewArgs),
    /// Show all of them, and whether they are open
    List(list::ListArgs),
    /// End one: its page then says that it is closed
    End(end::EndArgs),
}

/// Makes, shows or ends handouts.
pub fn run(globals: &Globals, args: &HandoutArgs) -> Result<Outcome, Failure> {
    match &args.command {
        HandoutCommand::New(args) => new::run(globals, args),
        HandoutCommand::List(args) => list::run(globals, args),
        HandoutCommand::End(args) => end::run(globals, args),
    }
}
