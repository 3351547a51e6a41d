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

mod directive;
mod expanded;
mod expander;
mod selection;

use std::borrow::Cow;
use std::cell::LazyCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::dialect::Dialect;
use super::markdown;
use super::walk;
use crate::diagnostics::{Diagnostic, Severity};
use directive::{OPEN, Piece, pieces};
pub(super) use expanded::Expanded;
use expanded::Part;
use expander::{Expander, Open, Page};

/// Where files may be taken from, and how much.
#[derive(Clone, Debug)]
pub(super) struct Bounds {
    /// The folder that files must lie in.
    pub root: PathBuf,
    /// The most bytes that a text may grow to.
    pub most: u64,
    /// What a problem is.
    pub severity: Severity,
    /// What files may hold.
    pub dialect: Dialect,
    /// What messages call the folder.
    pub what: &'static str,
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
    pub(super) fn at(disk: PathBuf) -> Self {
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

/// Puts what a chapter includes into its text, from `start` on. Nothing where there is nothing to
/// put in. What cannot be had is told, and left out.
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
        chain: vec![Open {
            disk: canonical(disk),
            file: Arc::clone(file),
            at: 0..0,
        }],
        files: Vec::new(),
        problems,
    };
    let mut expanded = String::with_capacity(text.len());
    let mut parts = Vec::new();
    let page = Page { file, disk, text };
    let literal = LazyCell::new(|| markdown::literal_ranges(text, start));
    for (of, piece) in pieces(text, start) {
        let shown = match &piece {
            Piece::Own => text.get(of.clone()).map(Cow::Borrowed),
            // In code, and behind a backslash of its own, the backslash would be seen; elsewhere
            // Markdown takes it away, and needs it: the words would be a block's otherwise.
            Piece::Plain => {
                let is_code = || literal.iter().any(|code| code.contains(&of.start));
                let is_second = text
                    .get(..of.start)
                    .is_some_and(|text| text.ends_with('\\'));
                let from = of.start + usize::from(is_second || is_code());
                text.get(from..of.end).map(Cow::Borrowed)
            }
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

pub(super) fn canonical(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

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
            what: "the library",
            dialect: Dialect::Own,
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
        for (text, shown) in [
            // Markdown takes the backslash away.
            ("\\{{#include a.md}} {{#title T}}!", "\\{{#include a.md}} !"),
            ("\\\\{{#include a.md}}", "\\{{#include a.md}}"),
            ("`\\{{#include a.md}}`", "`{{#include a.md}}`"),
            (
                "```\n\\{{#include a.md}}\n```",
                "```\n{{#include a.md}}\n```",
            ),
        ] {
            let (expanded, _) = expanded(folder.path(), text);
            assert_eq!(expanded.expect("a text").text, shown);
        }
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
        assert_eq!(text, "");
        assert_eq!(
            message,
            "these files include each other: book/a.md → book/b.txt → book/a.md"
        );
        let (text, message) = told("{{#include many.txt}}");
        assert!(
            text.len() < 12_000 && message.contains("is more than 0 MB"),
            "{message}"
        );
        assert!(told("{{#include ../private/p.txt}}").1.contains("private/"));
        for outside in ["/etc/hostname", "/nowhere/at/all", "../../nowhere"] {
            let message = told(&format!("{{{{#include {outside}}}}}")).1;
            assert!(message.contains("outside of the library"), "{message}");
        }
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
