//! Whether Git keeps what is private: private/ has to be ignored, and may not be in the history.

use std::path::Path;
use std::process::{Command, Output};

use super::private::FOLDER;
use crate::diagnostics::{Diagnostic, Place};

/// Where Git is told what to ignore.
const IGNORE: &str = ".gitignore";

/// What is wrong with the repository that a library lies in. Where there is none, or no Git, or
/// nothing private yet, nothing is.
pub fn problems(root: &Path) -> Vec<Diagnostic> {
    if !root.join(FOLDER).exists() || !answers(root, &["rev-parse", "--is-inside-work-tree"]) {
        return Vec::new();
    }
    let mut problems = Vec::new();
    // Any file in there will do: a rule may be about the folder or about what is in it.
    let inside = format!("{FOLDER}/people/somebody.vcf");
    let ignored = git(root, &["check-ignore", "--quiet", "--no-index", &inside]);
    if ignored.is_some_and(|output| output.status.code() == Some(1)) {
        problems.push(
            Diagnostic::error(format!("Git does not ignore {FOLDER}/"))
                .at(Place::file(IGNORE))
                .help(format!("add this line to {IGNORE}: /{FOLDER}/")),
        );
    }
    let tracked = says(root, &["ls-files", "--", FOLDER]);
    if let Some(first) = &tracked {
        problems.push(
            Diagnostic::error(format!("Git keeps {first}, which is private")).help(format!(
                "take it out of Git; the files stay: git rm -r --cached {FOLDER}"
            )),
        );
    }
    if let Some(commit) = says(
        root,
        &["log", "--all", "--format=%h", "--max-count=1", "--", FOLDER],
    ) {
        problems.push(
            Diagnostic::error(format!(
                "{FOLDER}/ is in the history of Git (last touched by {commit})"
            ))
            .help(format!(
                "whoever gets the repository gets the people; take them out of all of it: \
                 git filter-repo --path {FOLDER} --invert-paths"
            ))
            .help("what was pushed already is elsewhere, too: see that it is deleted there"),
        );
    }
    problems
}

/// The first line that a command of Git says, if it says anything.
fn says(root: &Path, args: &[&str]) -> Option<String> {
    let output = git(root, args).filter(|output| output.status.success())?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().next().map(str::to_owned)
}

fn answers(root: &Path, args: &[&str]) -> bool {
    git(root, args).is_some_and(|output| output.status.success())
}

/// Runs a command of Git that only looks. Nothing where there is no Git.
fn git(root: &Path, args: &[&str]) -> Option<Output> {
    Command::new("git")
        // A repository may name a program of its own to watch files: it is not to be started.
        .args(["-c", "core.fsmonitor=false", "-C"])
        .arg(root)
        .args(args)
        .env("GIT_OPTIONAL_LOCKS", "0")
        .output()
        .ok()
}
