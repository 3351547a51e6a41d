//! Whether Git keeps what is private: private/ has to be ignored, and may not be in the history.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::private::FOLDER;
use crate::diagnostics::{Diagnostic, Place};

/// Where Git is told what to ignore.
const IGNORE: &str = ".gitignore";

/// What private/ may hold. A rule may be about the folder, about a part of it, or take a file out
/// again that another rule has left out: so each is asked for.
const INSIDE: &[&str] = &[
    "people/somebody.vcf",
    "ledger.jsonl",
    "letters/sent/letter.eml",
    "letters/drafts/letter.eml",
    "notes/note.md",
    "mail.yaml",
    "me.vcf",
];

/// What private/ holds, wherever a folder with it may have stood before it was called so.
const ELSEWHERE: &[&str] = &[":(glob)**/people/*.vcf", ":(glob)**/ledger.jsonl"];

/// What is wrong with the repository that a library lies in. Where there is none, or no Git,
/// nothing is.
pub fn problems(root: &Path) -> Vec<Diagnostic> {
    if !answers(root, &["rev-parse", "--is-inside-work-tree"]) {
        return Vec::new();
    }
    let mut problems = Vec::new();
    let there = root.join(FOLDER).exists();
    problems.extend(not_ignored(root).filter(|_| there));
    let tracked = says(root, &["ls-files", "--", FOLDER]);
    if let Some(first) = &tracked {
        problems.push(
            Diagnostic::error(format!("Git keeps {first}, which is private")).help(format!(
                "take it out of Git; the files stay: git rm -r --cached {FOLDER}"
            )),
        );
    }
    match touched(root, &[FOLDER]) {
        Some(commit) => problems.push(in_history(&format!("{FOLDER}/"), &commit, FOLDER)),
        None if tracked.is_none() => problems.extend(renamed(root)),
        None => {}
    }
    problems
}

/// A rule is missing, or does not hold for all that private/ may hold.
fn not_ignored(root: &Path) -> Option<Diagnostic> {
    let inside: Vec<String> = INSIDE
        .iter()
        .map(|file| format!("{FOLDER}/{file}"))
        .collect();
    let mut args = vec!["check-ignore", "--no-index", "--"];
    args.extend(inside.iter().map(String::as_str));
    let output = git(root, &args)?;
    // 1: none of them is ignored. More than that: Git cannot tell.
    if output.status.code().is_none_or(|code| code > 1) {
        return None;
    }
    let ignored = String::from_utf8_lossy(&output.stdout).into_owned();
    let ignored: Vec<&str> = ignored.lines().collect();
    let open = inside
        .iter()
        .find(|file| !ignored.contains(&file.as_str()))?;
    let what = match ignored.is_empty() {
        true => format!("{FOLDER}/"),
        false => format!("all of {FOLDER}/: {open} would be kept"),
    };
    Some(
        Diagnostic::error(format!("Git does not ignore {what}"))
            .at(Place::file(IGNORE))
            .help(format!("add this line to {IGNORE}: /{FOLDER}/")),
    )
}

/// The last commit that touched any of these paths, on any branch or in a stash.
fn touched(root: &Path, paths: &[&str]) -> Option<String> {
    // What was added on a branch and taken away before it was merged is in the history as well;
    // without --full-history Git leaves that out.
    let mut args = vec![
        "log",
        "--all",
        "--full-history",
        "--no-show-signature",
        "--format=%h",
        "--max-count=1",
        "--",
    ];
    args.extend(paths);
    says(root, &args)
}

/// What is private is in the history under another name: as a file that is the same, or in a
/// folder that is built as private/ is.
fn renamed(root: &Path) -> Option<Diagnostic> {
    if let Some(file) = same_file(root) {
        return Some(
            Diagnostic::error(format!("Git keeps a copy of {file} under another name"))
                .help(format!("find where: git log --all --full-history --name-only --find-object=$(git hash-object {file})"))
                .help(format!("{REWRITE} --path NAME --invert-paths")),
        );
    }
    let commit = touched(root, ELSEWHERE)?;
    let show = [
        "show",
        "--no-show-signature",
        "--name-only",
        "--format=",
        &commit,
        "--",
    ];
    let mut args = show.to_vec();
    args.extend(ELSEWHERE);
    let file = says(root, &args);
    let file = file.unwrap_or_else(|| "a file that looks private".to_owned());
    Some(in_history(&file, &commit, &file))
}

const REWRITE: &str =
    "whoever gets the repository gets the people; take them out of all of it: git filter-repo";

fn in_history(what: &str, commit: &str, path: &str) -> Diagnostic {
    Diagnostic::error(format!(
        "{what} is in the history of Git (last touched by {commit})"
    ))
    .help(format!("{REWRITE} --path {path} --invert-paths"))
    .help("what was pushed already is elsewhere, too: see that it is deleted there")
}

/// A file of private/ that is in the repository as it is, whatever it is called there.
fn same_file(root: &Path) -> Option<String> {
    let files: Vec<String> = walkdir::WalkDir::new(root.join(FOLDER))
        .sort_by_file_name()
        .into_iter()
        .flatten()
        .filter(|entry| entry.file_type().is_file())
        // An empty file is the same everywhere.
        .filter(|entry| entry.metadata().is_ok_and(|found| found.len() > 0))
        .filter_map(|entry| {
            let path = entry.path().strip_prefix(root).ok()?.to_str()?.to_owned();
            (!path.contains('\n')).then_some(path)
        })
        .collect();
    if files.is_empty() {
        return None;
    }
    let asked = files.join("\n") + "\n";
    // As they are, without what attributes would make of them when they are added.
    let hash = ["hash-object", "--no-filters", "--stdin-paths"];
    let ids = fed(root, &hash, &asked)?;
    let known = fed(root, &["cat-file", "--batch-check=%(objectname)"], &ids)?;
    let at = known.lines().position(|line| !line.ends_with(" missing"))?;
    files.into_iter().nth(at)
}

/// What a command of Git says to what it is given.
fn fed(root: &Path, args: &[&str], input: &str) -> Option<String> {
    let mut child = command(root, args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut stdin = child.stdin.take()?;
    let input = input.to_owned();
    // It answers while it is asked: neither may wait for the other.
    let asks = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().ok()?;
    // That it ended early is told by its status.
    let _ = asks.join();
    let text = output.status.success().then_some(output.stdout)?;
    Some(String::from_utf8_lossy(&text).into_owned())
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
    command(root, args).stdin(Stdio::null()).output().ok()
}

fn command(root: &Path, args: &[&str]) -> Command {
    let mut command = Command::new("git");
    command
        // A repository may name a program of its own to watch files: it is not to be started.
        // Names are wanted as they are.
        .args([
            "-c",
            "core.fsmonitor=false",
            "-c",
            "core.quotePath=false",
            "-C",
        ])
        .arg(root)
        .args(args)
        .env("GIT_OPTIONAL_LOCKS", "0");
    // A hook of Git runs with these, which may be about another repository.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        command.env_remove(name);
    }
    command
}
