//! How a command ends: what is shown of its problems, and its exit code.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ColorChoice;

use super::Globals;
use crate::diagnostics::{self, Diagnostic, Renderer, any_error};
use crate::library::Library;
use crate::source::front_matter::Kind;

/// How many warnings are shown without `--verbose`.
const SHOWN_WARNINGS: usize = 40;

/// What a command that could do its work leaves behind.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The library's folder: paths of problems start there.
    pub root: PathBuf,
    /// Problems met on the way. An error among them makes the exit code 1.
    pub problems: Vec<Diagnostic>,
    /// What to say at the end; nothing where there is an error.
    pub summary: String,
}

/// Why a command could not do its work at all.
#[derive(Debug)]
pub enum Failure {
    /// It was called wrongly: exit code 2.
    Usage(Box<Diagnostic>),
    /// Problems that end it: exit code 1.
    Problems(PathBuf, Vec<Diagnostic>),
}

impl Failure {
    /// A wrong use, with a way out.
    pub fn usage(message: impl Into<String>, help: impl Into<String>) -> Self {
        Failure::Usage(Box::new(Diagnostic::error(message).help(help)))
    }
}

/// Colours as asked for; `NO_COLOR` and pipes count with `auto`.
pub fn choose_colors(choice: ColorChoice) {
    let choice = match choice {
        ColorChoice::Auto => anstream::ColorChoice::Auto,
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
    };
    choice.write_global();
}

/// Shows how a command ended; gives its exit code.
pub fn report(globals: &Globals, outcome: Result<Outcome, Failure>) -> ExitCode {
    match outcome {
        Ok(outcome) => {
            let failed = any_error(&outcome.problems);
            show(globals, &outcome.root, outcome.problems);
            if failed {
                return ExitCode::from(1);
            }
            if !globals.quiet && !outcome.summary.is_empty() {
                print(&outcome.summary);
            }
            ExitCode::SUCCESS
        }
        Err(Failure::Problems(root, problems)) => {
            show(globals, &root, problems);
            ExitCode::from(1)
        }
        Err(Failure::Usage(problem)) => {
            show(globals, Path::new("."), vec![*problem]);
            ExitCode::from(2)
        }
    }
}

/// Writes to standard output. A reader that went away (`| head`) is no error.
pub fn print(text: &str) {
    let mut out = anstream::stdout().lock();
    let _ = writeln!(out, "{text}");
    let _ = out.flush();
}

/// Shows problems on standard error, sorted by file, errors all and warnings as far as they help.
pub fn show(globals: &Globals, root: &Path, mut problems: Vec<Diagnostic>) {
    diagnostics::sort(&mut problems);
    problems.dedup();
    let errors = problems.iter().filter(|problem| problem.is_error()).count();
    let warnings = problems.len() - errors;
    if globals.quiet {
        problems.retain(Diagnostic::is_error);
    }
    let limit = match globals.verbose {
        true => usize::MAX,
        false => SHOWN_WARNINGS,
    };
    let color = anstream::AutoStream::choice(&std::io::stderr()) != anstream::ColorChoice::Never
        && (std::io::stderr().is_terminal()
            || anstream::ColorChoice::global() == anstream::ColorChoice::Always);
    let mut renderer = Renderer::new(root, color);
    let mut out = anstream::stderr().lock();
    let mut shown = 0;
    for problem in &problems {
        if !problem.is_error() {
            shown += 1;
            if shown > limit {
                continue;
            }
        }
        let _ = writeln!(out, "{}\n", renderer.render(problem));
    }
    if shown > limit {
        let _ = writeln!(
            out,
            "… and {} more warnings; --verbose shows them all\n",
            shown - limit
        );
    }
    if errors > 0 {
        let _ = writeln!(out, "{}", counts(errors, warnings));
    }
}

fn counts(errors: usize, warnings: usize) -> String {
    match warnings {
        0 => count(errors, "error", "errors"),
        _ => format!(
            "{}, {}",
            count(errors, "error", "errors"),
            count(warnings, "warning", "warnings")
        ),
    }
}

/// A number with its noun: "1 article", "27 articles", "1,234 files".
pub fn count(number: usize, one: &str, many: &str) -> String {
    let noun = if number == 1 { one } else { many };
    format!("{} {noun}", grouped(number))
}

/// A number with a comma after each thousand.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// What a library holds, by kind: "12 articles, 2 books".
pub fn holdings(library: &Library) -> String {
    let of = |kind: Kind| {
        library
            .documents
            .iter()
            .filter(|d| d.kind == kind && d.is_live())
            .count()
    };
    let mut parts = Vec::new();
    for (kind, one, many) in [
        (Kind::Article, "article", "articles"),
        (Kind::Book, "book", "books"),
        (Kind::Chapter, "chapter", "chapters"),
        (Kind::Link, "link", "links"),
        (Kind::File, "file", "files"),
        (Kind::Page, "page", "pages"),
        (Kind::Handout, "handout", "handouts"),
    ] {
        if of(kind) > 0 {
            parts.push(count(of(kind), one, many));
        }
    }
    match parts.is_empty() {
        true => "nothing yet".to_owned(),
        false => parts.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_readable() {
        assert_eq!(count(1, "file", "files"), "1 file");
        assert_eq!(count(1_234_567, "file", "files"), "1,234,567 files");
    }
}
