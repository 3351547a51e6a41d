//! Taking files into a text, within bounds.

use std::borrow::Cow;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::directive::{Directive, OPEN, Piece, pieces};
use super::selection::{Missing, Selection, anchors};
use super::{Bounds, Included, canonical};
use crate::config::display_path;
use crate::diagnostics::{Diagnostic, Place, did_you_mean, io_reason};
use crate::source::dialect::Dialect;
use crate::source::{front_matter, gitbook};

/// How deep files may include files.
const DEEPEST: usize = 10;

/// A file whose text is being expanded.
pub(super) struct Page<'a> {
    /// As messages name it.
    pub file: &'a Arc<str>,
    pub disk: &'a Path,
    pub text: &'a str,
}

pub(super) struct Expander<'a> {
    pub bounds: &'a Bounds,
    pub root: PathBuf,
    pub private: PathBuf,
    /// How many more bytes may be put in.
    pub budget: u64,
    /// The files that are open, the chapter first.
    pub chain: Vec<Open>,
    pub files: Vec<Included>,
    pub problems: &'a mut Vec<Diagnostic>,
}

/// A file that is open while others are taken into it.
pub(super) struct Open {
    pub disk: PathBuf,
    /// As messages name it.
    pub file: Arc<str>,
    /// Its directive that is being followed.
    pub at: Range<usize>,
}

/// Why a file cannot be included, and what to do about it.
struct Refused {
    message: String,
    help: String,
    /// Where, if not at the directive.
    place: Option<Place>,
}

fn refused(message: impl Into<String>, help: impl Into<String>) -> Refused {
    Refused {
        message: message.into(),
        help: help.into(),
        place: None,
    }
}

impl Expander<'_> {
    /// What stands for a directive.
    pub fn directive<'t>(
        &mut self,
        page: &Page<'t>,
        of: &Range<usize>,
        directive: &Directive<'_>,
    ) -> Cow<'t, str> {
        if directive.word == "title" {
            return Cow::Borrowed("");
        }
        if let Some(open) = self.chain.last_mut() {
            open.at = of.clone();
        }
        match self.take(page, directive) {
            Ok(text) => Cow::Owned(text),
            Err(refused) => {
                let here = || Place::span(Arc::clone(page.file), of.clone());
                self.problems.push(
                    Diagnostic::new(self.bounds.severity, refused.message)
                        .at(refused.place.unwrap_or_else(here))
                        .help(refused.help),
                );
                // Told once: left in the text, it would be told again as a foreign tag.
                Cow::Borrowed("")
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
        let mut text = self.text(name, &disk)?;
        if self.bounds.dialect == Dialect::GitBook {
            // What GitBook includes is a page, with a head that is none of this one's.
            let start = front_matter::split(&text).body_start;
            let shown = display_path(&self.root, &disk);
            let pages = gitbook::Pages::new(self.bounds, &disk);
            let translated = gitbook::translate(&shown, &text, start, pages, self.problems);
            if let Some(translated) = translated {
                text = translated.text;
                self.files.extend(translated.files);
            }
            text.drain(..start);
        }
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
        self.chain.push(Open {
            disk: disk.clone(),
            file: Arc::clone(&shown),
            at: 0..0,
        });
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
        let what = self.bounds.what;
        let outside = || {
            refused(
                format!("{name} lies outside of {what}, where nothing is taken from"),
                format!("put a copy of the file into {what}"),
            )
        };
        let Ok(disk) = written.canonicalize() else {
            // What is there, and what is not, is no business of a library's text.
            if !plain(&canonical(folder).join(name)).starts_with(&self.root) {
                return Err(outside());
            }
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
            return Err(outside());
        }
        if let Some(circle) = self.circle(&disk) {
            return Err(circle);
        }
        if self.chain.len() > DEEPEST {
            return Err(refused(
                format!("files include files more than {DEEPEST} deep"),
                "include the last of them directly",
            ));
        }
        Ok(disk)
    }

    /// What is wrong with including a file that is open. It is told of the same file whichever of
    /// them is read, so that a circle of chapters is told once.
    fn circle(&self, disk: &Path) -> Option<Refused> {
        let from = self.chain.iter().position(|open| open.disk == disk)?;
        let mut members: Vec<&Open> = self.chain.iter().skip(from).collect();
        let first = (0..members.len()).min_by_key(|at| &members[*at].file)?;
        members.rotate_left(first);
        let place = members
            .first()
            .map(|open| Place::span(Arc::clone(&open.file), open.at.clone()));
        let mut names: Vec<&str> = members.iter().map(|open| open.file.as_ref()).collect();
        names.extend(names.first().copied());
        let message = match members.len() {
            1 => "this file includes itself".to_owned(),
            _ => format!("these files include each other: {}", names.join(" → ")),
        };
        Some(Refused {
            place,
            ..refused(message, "take one of these lines out")
        })
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

/// A path without `.` and `..`, as far as it goes; nothing is looked for on the disk.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}
