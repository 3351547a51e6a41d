//! `goodturn man`: manual pages.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Command, CommandFactory};
use clap_mangen::Man;

use super::Cli;
use super::outcome::{Failure, Outcome, count};
use super::write::failed;

/// What `man` can be told.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  goodturn man ~/.local/share/man/man1")]
pub struct ManArgs {
    /// Where the pages go, one for each command; else the main page is shown
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
}

/// Writes the manual pages.
pub fn run(args: &ManArgs) -> Result<Outcome, Failure> {
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    let Some(dir) = &args.dir else {
        let page = page(&command).map_err(|error| failed(Path::new("the page"), &error))?;
        let _ = std::io::stdout().lock().write_all(&page);
        return Ok(Outcome::default());
    };
    std::fs::create_dir_all(dir).map_err(|error| failed(dir, &error))?;
    let pages = write_all(&command, dir)?;
    Ok(Outcome {
        summary: format!(
            "Wrote {} to {}",
            count(pages, "page", "pages"),
            dir.display()
        ),
        ..Outcome::default()
    })
}

/// Writes the page of a command and those of the commands below it; gives their number.
fn write_all(command: &Command, dir: &Path) -> Result<usize, Failure> {
    let path = dir.join(Man::new(command.clone()).get_filename());
    page(command)
        .and_then(|page| std::fs::write(&path, page))
        .map_err(|error| failed(&path, &error))?;
    let mut pages = 1;
    for below in command
        .get_subcommands()
        .filter(|below| !below.is_hide_set())
    {
        pages += write_all(below, dir)?;
    }
    Ok(pages)
}

fn page(command: &Command) -> std::io::Result<Vec<u8>> {
    let mut page = Vec::new();
    Man::new(command.clone()).render(&mut page)?;
    Ok(page)
}
