//! `goodturn completions`: what a shell needs to complete commands.

use std::io::Write;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::Cli;
use super::outcome::{Failure, Outcome};

/// What `completions` can be told.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  goodturn completions fish > ~/.config/fish/completions/goodturn.fish")]
pub struct CompletionsArgs {
    /// The shell that you use
    shell: Shell,
}

/// Writes the completions to standard output.
pub fn run(args: &CompletionsArgs) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "goodturn", &mut script);
    // A reader that went away is no error.
    let _ = std::io::stdout().lock().write_all(&script);
    Ok(Outcome::default())
}
