//! `{{#include FILE}}` as mdBook has it: other files that become part of a chapter's text before
//! it is read as Markdown.
//!
//! In: the text of a chapter and where it may take from. Out: the text with everything in it, and
//! for each part of it the place in the chapter's own file that it stands for, so that messages
//! point at what the author wrote there.
//!
//! The forms are those of mdBook's guide ("mdBook-specific features"): `{{#include FILE}}`,
//! `FILE:5`, `FILE:5:`, `FILE::10`, `FILE:2:10`, `FILE:NAME` for what stands between the lines
//! with `ANCHOR: NAME` and `ANCHOR_END: NAME`; `rustdoc_include` is the same, `playground` makes a
//! code block, `title` is left out, and a backslash in front makes it plain text.

use std::borrow::Cow;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::walk;
use crate::config::display_path;
use crate::diagnostics::{Diagnostic, Place, Severity, did_you_mean, io_reason};

/// How deep files may include files.
const DEEPEST: usize = 10;

/// What every directive begins with.
const OPEN: &str = "{{#";

/// Where files may be taken from, and how much.
#[derive(Clone, Debug)]
pub(super) struct Bounds {
    /// The folder that files must lie in.
    pub root: PathBuf,
    /// The most bytes that a text may grow to.
    pub most: u64,
    /// What a problem is.
    pub severity: Severity,
}

/// A file that a text was made with, and what it looked like: 0 for one that was not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Included {
    /// Its path on the disk.
    pub disk: PathBuf,
    /// [`walk::stamp`] of it.
    pub stamp: u64,
}

impl Included {
    fn at(disk: PathBuf) -> Self {
        let stamp = stamp(&disk);
        Included { disk, stamp }
    }

    /// Whether the file is as it was.
    pub fn is_unchanged(&self) -> bool {
        stamp(&self.disk) == self.stamp
    }
}

fn stamp(disk: &Path) -> u64 {
    std::fs::metadata(disk).map_or(0, |metadata| walk::stamp(&metadata))
}

/// A text with everything in it.
#[derive(Debug)]
pub(super) struct Expanded {
    /// The text.
    pub text: String,
    /// The files that it was made with.
    pub files: Vec<Included>,
    parts: Vec<Part>,
}

/// A part of an expanded text.
#[derive(Debug)]
struct Part {
    /// Where it starts.
    at: usize,
    /// The bytes of the author's file that it stands for.
    of: Range<usize>,
    /// Whether it is the author's own text, byte for byte.
    is_own: bool,
}

impl Expanded {
    /// Some stretches of a text, an empty line between them.
    pub fn of(text: &str, stretches: impl Iterator<Item = Range<usize>>) -> Self {
        let mut taken = String::new();
        let mut parts = Vec::new();
        for of in stretches {
            let words = text.get(of.clone()).unwrap_or_default();
            let end = of.end;
            let mut part = |at, of, is_own| parts.push(Part { at, of, is_own });
            part(taken.len(), of, true);
            taken.push_str(words);
            part(taken.len(), end..end, false);
            taken.push_str("\n\n");
        }
        Expanded {
            text: taken,
            files: Vec::new(),
            parts,
        }
    }

    /// The bytes of the author's file that some bytes of the text stand for.
    pub fn place(&self, span: &Range<usize>) -> Range<usize> {
        let start = match self.part(span.start) {
            Some(part) if part.is_own => part.of.start + (span.start - part.at),
            Some(part) => part.of.start,
            None => span.start,
        };
        // An end lies in the part that ends there.
        let end = match self.part(span.end.saturating_sub(1).max(span.start)) {
            Some(part) if part.is_own => part.of.start + (span.end - part.at),
            Some(part) => part.of.end,
            None => span.end,
        };
        start..end.max(start)
    }

    fn part(&self, at: usize) -> Option<&Part> {
        let after = self.parts.partition_point(|part| part.at <= at);
        self.parts.get(after.checked_sub(1)?)
    }
}

/// Puts what a chapter includes into its text, from `start` on. Nothing where there is nothing to
/// put in. What cannot be had stays as it is written, and is told.
pub(super) fn expand(
    file: &Arc<str>,
    disk: &Path,
    text: &str,
    start: usize,
    bounds: &Bounds,
    problems: &mut Vec<Diagnostic>,
) -> Option<Expanded> {
    if !text.get(start..)?.contains(OPEN) {
        return None;
    }
    let mut expander = Expander {
        bounds,
        root: canonical(&bounds.root),
        private: canonical(&canonical(&bounds.root).join("private")),
        budget: bounds.most,
        chain: vec![canonical(disk)],
        files: Vec::new(),
        problems,
    };
    let mut expanded = String::with_capacity(text.len());
    let mut parts = Vec::new();
    let page = Page { file, disk, text };
    for (of, piece) in pieces(text, start) {
        let shown = match &piece {
            Piece::Own => text.get(of.clone()).map(Cow::Borrowed),
            Piece::Plain => text.get(of.start + 1..of.end).map(Cow::Borrowed),
            Piece::Directive(directive) => Some(expander.directive(&page, &of, directive)),
        };
        parts.push(Part {
            at: expanded.len(),
            is_own: matches!(piece, Piece::Own),
            of,
        });
        expanded.push_str(&shown.unwrap_or_default());
    }
    let files = expander.files;
    Some(Expanded {
        text: expanded,
        files,
        parts,
    })
}

/// A stretch of a text.
enum Piece<'t> {
    /// The author's own words.
    Own,
    /// A directive that a backslash makes plain text.
    Plain,
    Directive(Directive<'t>),
}

/// What stands between `{{#` and `}}`.
struct Directive<'t> {
    word: &'t str,
    argument: &'t str,
}

/// Parts a text at its directives. What lies before `start` is the author's own.
fn pieces(text: &str, start: usize) -> Vec<(Range<usize>, Piece<'_>)> {
    let mut pieces = Vec::new();
    let (mut own, mut from) = (0, start);
    while let Some(found) = text.get(from..).and_then(|rest| rest.find(OPEN)) {
        let open = from + found;
        let Some((directive, end)) = directive_at(text, open) else {
            from = open + OPEN.len();
            continue;
        };
        let is_plain = text[..open].ends_with('\\');
        let begin = match is_plain {
            true => open - 1,
            false => open,
        };
        pieces.push((own..begin, Piece::Own));
        let piece = match is_plain {
            true => Piece::Plain,
            false => Piece::Directive(directive),
        };
        pieces.push((begin..end, piece));
        (own, from) = (end, end);
    }
    pieces.push((own..text.len(), Piece::Own));
    pieces
}

/// The words that directives begin with.
const WORDS: [&str; 5] = [
    "include",
    "rustdoc_include",
    "playground",
    "playpen",
    "title",
];

/// The directive at a place, and where it ends; nothing for what is none.
fn directive_at(text: &str, open: usize) -> Option<(Directive<'_>, usize)> {
    let inside = text.get(open + OPEN.len()..)?;
    let length = inside.find("}}")?;
    let inside = inside.get(..length)?;
    if inside.contains('\n') {
        return None;
    }
    let (word, argument) = inside.split_once(char::is_whitespace)?;
    let argument = argument.trim();
    let is_known = WORDS.contains(&word) && !argument.is_empty();
    is_known.then_some((
        Directive { word, argument },
        open + OPEN.len() + length + "}}".len(),
    ))
}

/// A file whose text is being expanded.
struct Page<'a> {
    /// As messages name it.
    file: &'a Arc<str>,
    disk: &'a Path,
    text: &'a str,
}

struct Expander<'a> {
    bounds: &'a Bounds,
    root: PathBuf,
    private: PathBuf,
    /// How many more bytes may be put in.
    budget: u64,
    /// The files that are open, the chapter first.
    chain: Vec<PathBuf>,
    files: Vec<Included>,
    problems: &'a mut Vec<Diagnostic>,
}

/// Why a file cannot be included, and what to do about it.
struct Refused {
    message: String,
    help: String,
}

fn refused(message: impl Into<String>, help: impl Into<String>) -> Refused {
    Refused {
        message: message.into(),
        help: help.into(),
    }
}

impl Expander<'_> {
    /// What stands for a directive.
    fn directive<'t>(
        &mut self,
        page: &Page<'t>,
        of: &Range<usize>,
        directive: &Directive<'_>,
    ) -> Cow<'t, str> {
        if directive.word == "title" {
            return Cow::Borrowed("");
        }
        match self.take(page, directive) {
            Ok(text) => Cow::Owned(text),
            Err(Refused { message, help }) => {
                let place = Place::span(Arc::clone(page.file), of.clone());
                self.problems.push(
                    Diagnostic::new(self.bounds.severity, message)
                        .at(place)
                        .help(help),
                );
                // Nothing that somebody wrote is lost.
                Cow::Borrowed(page.text.get(of.clone()).unwrap_or_default())
            }
        }
    }

    fn take(&mut self, page: &Page<'_>, directive: &Directive<'_>) -> Result<String, Refused> {
        // What follows a playground's file are words for the playground.
        let is_code = directive.word.starts_with("play");
        let argument = match is_code {
            true => directive.argument.split_whitespace().next(),
            false => Some(directive.argument),
        };
        let (name, selection) = Selection::read(argument.unwrap_or_default());
        let disk = self.find(page, name)?;
        let text = self.text(name, &disk)?;
        let taken = selection.of(&text).map_err(|problem| match problem {
            Missing::Line(line) => refused(
                format!(
                    "{name} has no line {line}: it ends at {}",
                    text.lines().count()
                ),
                "give lines that are there",
            ),
            Missing::Anchor(anchor) => refused(
                format!("{name} has no line with `ANCHOR: {anchor}`"),
                did_you_mean(&anchor, anchors(&text)).unwrap_or_else(|| {
                    format!("mark the part with `ANCHOR: {anchor}` and `ANCHOR_END: {anchor}`")
                }),
            ),
        })?;
        let left = self.budget.checked_sub(taken.len() as u64);
        self.budget = left.ok_or_else(|| {
            let most = self.bounds.most / 1_000_000;
            refused(
                format!("with all that it includes, this text is more than {most} MB large"),
                "include less, or raise `max_file_mb` in goodturn.yaml",
            )
        })?;
        if is_code {
            return Ok(format!("```rust\n{}\n```", taken.trim_end()));
        }
        let shown: Arc<str> = display_path(&self.root, &disk).into();
        self.chain.push(disk.clone());
        let inner = Page {
            file: &shown,
            disk: &disk,
            text: &text,
        };
        let expanded = self.nested(&inner, &taken);
        self.chain.pop();
        Ok(expanded)
    }

    /// What was taken of a file, with all that it includes in its turn.
    fn nested(&mut self, page: &Page<'_>, taken: &str) -> String {
        if !taken.contains(OPEN) {
            return taken.to_owned();
        }
        // Where lines were left out, places are those of the whole file as far as they are known.
        let offset = page.text.find(taken).unwrap_or(0);
        let mut expanded = String::with_capacity(taken.len());
        for (of, piece) in pieces(taken, 0) {
            match piece {
                Piece::Own => expanded.push_str(&taken[of]),
                Piece::Plain => expanded.push_str(&taken[of.start + 1..of.end]),
                Piece::Directive(directive) => {
                    let place = of.start + offset..of.end + offset;
                    expanded.push_str(&self.directive(page, &place, &directive));
                }
            }
        }
        expanded
    }

    /// The file that a directive names, and that it may take from.
    fn find(&mut self, page: &Page<'_>, name: &str) -> Result<PathBuf, Refused> {
        let folder = page.disk.parent().unwrap_or(Path::new("."));
        let written = folder.join(name);
        let Ok(disk) = written.canonicalize() else {
            self.files.push(Included::at(written.clone()));
            let near = std::fs::read_dir(written.parent().unwrap_or(folder));
            let names: Vec<String> = near
                .into_iter()
                .flatten()
                .flatten()
                .map(|entry| entry.file_name().to_string_lossy().into_owned())
                .collect();
            let wanted = name.rsplit('/').next().unwrap_or(name);
            let help = did_you_mean(wanted, names.iter().map(String::as_str))
                .unwrap_or_else(|| "write the file, or take the line out".into());
            return Err(refused(format!("there is no file {name} to include"), help));
        };
        if disk.starts_with(&self.private) {
            return Err(refused(
                format!("{name} lies in private/, which is never published"),
                "take the line out",
            ));
        }
        if !disk.starts_with(&self.root) {
            return Err(refused(
                format!("{name} lies outside of the library"),
                "copy the file into the library",
            ));
        }
        if self.chain.contains(&disk) {
            let mut names: Vec<String> = self
                .chain
                .iter()
                .map(|path| display_path(&self.root, path))
                .collect();
            names.push(display_path(&self.root, &disk));
            return Err(refused(
                format!("this file includes itself: {}", names.join(" → ")),
                "take one of these lines out",
            ));
        }
        if self.chain.len() > DEEPEST {
            return Err(refused(
                format!("files include files more than {DEEPEST} deep"),
                "include the last of them directly",
            ));
        }
        Ok(disk)
    }

    fn text(&mut self, name: &str, disk: &Path) -> Result<String, Refused> {
        self.files.push(Included::at(disk.to_owned()));
        let metadata = std::fs::metadata(disk).ok();
        if metadata.as_ref().is_some_and(|found| !found.is_file()) {
            return Err(refused(
                format!("{name} is no file that can be included"),
                "name a file of text",
            ));
        }
        if metadata.is_some_and(|found| found.len() > self.bounds.most) {
            let most = self.bounds.most / 1_000_000;
            return Err(refused(
                format!("{name} is larger than {most} MB"),
                "include less, or raise `max_file_mb` in goodturn.yaml",
            ));
        }
        let bytes = std::fs::read(disk).map_err(|error| {
            let reason = io_reason(&error);
            refused(
                format!("{name} cannot be read: {reason}"),
                "look at its permissions",
            )
        })?;
        String::from_utf8(bytes).map_err(|_| {
            refused(
                format!("{name} is not UTF-8 text"),
                "only text can be included; a picture is shown with ![…](…)",
            )
        })
    }
}

/// Which lines of a file are meant, counted from 1.
#[derive(Debug, PartialEq, Eq)]
enum Selection<'t> {
    All,
    /// From a line to another one, both included.
    Lines(usize, Option<usize>),
    Anchor(&'t str),
}

/// What a file does not have.
enum Missing {
    Line(usize),
    Anchor(String),
}

impl<'t> Selection<'t> {
    /// Parts the name of a file from the selection behind it.
    fn read(argument: &'t str) -> (&'t str, Selection<'t>) {
        let Some((name, rest)) = argument.split_once(':') else {
            return (argument, Selection::All);
        };
        let mut parts = rest.splitn(3, ':').map(str::trim);
        let (first, second) = (parts.next().unwrap_or_default(), parts.next());
        let number = |text: &str| text.parse::<usize>().ok().filter(|line| *line > 0);
        let selection = match (number(first), second) {
            (Some(line), None) => Selection::Lines(line, Some(line)),
            (Some(line), Some(last)) => Selection::Lines(line, number(last)),
            (None, Some(last)) if first.is_empty() => match number(last) {
                Some(last) => Selection::Lines(1, Some(last)),
                None => Selection::All,
            },
            (None, _) if first.is_empty() => Selection::All,
            (None, _) => Selection::Anchor(first),
        };
        (name, selection)
    }

    /// The lines of a text, without the line break at the end.
    fn of(&self, text: &str) -> Result<String, Missing> {
        match self {
            Selection::All => Ok(text.trim_end_matches(['\n', '\r']).to_owned()),
            Selection::Lines(first, last) => {
                let lines: Vec<&str> = text.lines().collect();
                let end = last.unwrap_or(lines.len()).min(lines.len());
                match lines.get(first - 1..end) {
                    Some(chosen) if !chosen.is_empty() => Ok(chosen.join("\n")),
                    _ => Err(Missing::Line(*first)),
                }
            }
            Selection::Anchor(name) => anchored(text, name),
        }
    }
}

/// The lines between `ANCHOR: name` and `ANCHOR_END: name`, without the lines of other anchors.
fn anchored(text: &str, name: &str) -> Result<String, Missing> {
    let mut lines = text.lines();
    if !lines.any(|line| anchor(line, "ANCHOR:") == Some(name)) {
        return Err(Missing::Anchor(name.to_owned()));
    }
    let inside = lines.take_while(|line| anchor(line, "ANCHOR_END:") != Some(name));
    let is_mark =
        |line: &&str| anchor(line, "ANCHOR:").is_some() || anchor(line, "ANCHOR_END:").is_some();
    Ok(inside
        .filter(|line| !is_mark(line))
        .collect::<Vec<_>>()
        .join("\n"))
}

/// The name behind a mark in a line.
fn anchor<'l>(line: &'l str, mark: &str) -> Option<&'l str> {
    let (_, rest) = line.split_once(mark)?;
    rest.split_whitespace().next()
}

fn anchors(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| anchor(line, "ANCHOR:"))
}

fn canonical(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: &str = "one\n// ANCHOR: a\ntwo\n// ANCHOR: b\nthree\n// ANCHOR_END: b\nfour\n// ANCHOR_END: a\nfive\n";

    fn taken(argument: &str) -> Option<String> {
        let (name, selection) = Selection::read(argument);
        assert_eq!(name, "x.rs");
        selection.of(CODE).ok()
    }

    #[test]
    fn lines_are_chosen_as_mdbook_has_it() {
        assert_eq!(taken("x.rs").as_deref(), Some(CODE.trim_end()));
        assert_eq!(taken("x.rs:1").as_deref(), Some("one"));
        assert_eq!(
            taken("x.rs:7:").as_deref(),
            Some("four\n// ANCHOR_END: a\nfive")
        );
        assert_eq!(taken("x.rs::2").as_deref(), Some("one\n// ANCHOR: a"));
        assert_eq!(taken("x.rs:2:3").as_deref(), Some("// ANCHOR: a\ntwo"));
        assert_eq!(
            taken("x.rs:8:99").as_deref(),
            Some("// ANCHOR_END: a\nfive")
        );
        assert_eq!(taken("x.rs:a").as_deref(), Some("two\nthree\nfour"));
        assert_eq!(taken("x.rs:b").as_deref(), Some("three"));
        assert_eq!(taken("x.rs:10"), None);
        assert_eq!(taken("x.rs:5:3"), None);
        assert_eq!(taken("x.rs:c"), None);
    }

    /// A folder with files in it.
    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, text).expect("written");
        }
        folder
    }

    fn expanded(folder: &Path, text: &str) -> (Option<Expanded>, Vec<Diagnostic>) {
        let bounds = Bounds {
            root: folder.to_owned(),
            most: 10_000,
            severity: Severity::Error,
        };
        let mut problems = Vec::new();
        let disk = folder.join("book/a.md");
        let expanded = expand(&"book/a.md".into(), &disk, text, 0, &bounds, &mut problems);
        (expanded, problems)
    }

    #[test]
    fn places_lead_back_to_what_the_author_wrote() {
        let folder = folder(&[
            ("book/a.md", ""),
            ("book/b.txt", "much longer than its line\n"),
        ]);
        let text = "Before {{#include b.txt}} and [a link](x.md).";
        let (expanded, problems) = expanded(folder.path(), text);
        let expanded = expanded.expect("something to put in");
        assert_eq!(
            (expanded.text.as_str(), problems.len()),
            ("Before much longer than its line and [a link](x.md).", 0)
        );
        let find = |part: &str, whole: &str| {
            let start = whole.find(part).expect("it is there");
            start..start + part.len()
        };
        let place = |part| expanded.place(&find(part, &expanded.text));
        assert_eq!(place("[a link](x.md)"), find("[a link](x.md)", text));
        assert_eq!(place("longer"), find("{{#include b.txt}}", text));
        assert_eq!(place("Before"), find("Before", text));
        assert_eq!(place("its line and"), find("{{#include b.txt}} and", text));
        assert!(expanded.files.iter().all(Included::is_unchanged));
        std::fs::write(folder.path().join("book/b.txt"), "other").expect("written");
        assert!(!expanded.files.iter().all(Included::is_unchanged));
    }

    #[test]
    fn other_curly_braces_stay() {
        let folder = folder(&[("book/a.md", "")]);
        for text in [
            "{{ callout() }}",
            "{{#",
            "{{#include}}",
            "{{#include\na}}",
            "{{#if x}}",
        ] {
            let (expanded, problems) = expanded(folder.path(), text);
            assert!(problems.is_empty(), "{text}");
            assert!(
                expanded.is_none_or(|expanded| expanded.text == text),
                "{text}"
            );
        }
        let (expanded, _) = expanded(folder.path(), "\\{{#include a.md}} {{#title T}}!");
        assert_eq!(expanded.expect("a text").text, "{{#include a.md}} !");
    }

    #[test]
    fn files_that_include_each_other_come_to_an_end() {
        let ten = "{{#include c.txt}}".repeat(10);
        let folder = folder(&[
            ("book/a.md", ""),
            ("book/b.txt", "{{#include ../book/a.md}}"),
            ("book/c.txt", &"x".repeat(2_000)),
            ("book/many.txt", &ten),
            ("private/p.txt", "secret"),
        ]);
        std::fs::write(folder.path().join("book/a.md"), "{{#include b.txt}}").expect("written");
        let told = |text: &str| {
            let (expanded, problems) = expanded(folder.path(), text);
            let messages: Vec<String> = problems.into_iter().map(|p| p.message).collect();
            (expanded.expect("a text").text, messages.join("\n"))
        };
        let (text, message) = told("{{#include b.txt}}");
        assert_eq!(text, "{{#include ../book/a.md}}");
        assert_eq!(
            message,
            "this file includes itself: book/a.md → book/b.txt → book/a.md"
        );
        let (text, message) = told("{{#include many.txt}}");
        assert!(
            text.len() < 12_000 && message.contains("is more than 0 MB"),
            "{message}"
        );
        assert!(told("{{#include ../private/p.txt}}").1.contains("private/"));
        assert!(
            told("{{#include /etc/hostname}}")
                .1
                .contains("outside of the library")
        );
        assert!(
            told("{{#include c.tx}}")
                .1
                .contains("there is no file c.tx")
        );
        assert!(
            told("{{#include ../book}}")
                .1
                .contains("no file that can be included")
        );
    }
}
