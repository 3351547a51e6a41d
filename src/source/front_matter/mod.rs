//! The head of a Markdown file: what the author says about the piece.
//!
//! YAML between `---` lines or TOML between `+++` lines, with the keys that Hugo, Zola and Jekyll
//! writers already use. A problem with one key leaves the others as they are.

mod head;
mod keys;
mod kind;
mod reader;
#[cfg(test)]
mod tests;
mod values;

use std::ops::Range;

use jiff::civil::Date;

use super::dates::Moment;
use super::split::Rule;
use crate::diagnostics::Diagnostic;
use crate::yaml::Node;

pub use head::{Format, Head, Split, split, unclosed};
pub use kind::{BookFormat, Kind};
pub use reader::from_node;

/// A word that an author wrote, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word.
    pub text: String,
    /// Its bytes in the file.
    pub span: Range<usize>,
}

/// Everything an author can say at the head of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FrontMatter {
    /// The bytes of the whole head in the file, its fences included.
    pub span: Range<usize>,
    /// What the piece is called.
    pub title: Option<String>,
    /// What it is called where there is little room.
    pub short_title: Option<String>,
    /// What the reader gets from it, in a sentence or two.
    pub summary: Option<String>,
    /// When it was written.
    pub date: Option<Moment>,
    /// When it was last changed in substance.
    pub updated: Option<Moment>,
    /// From when on it is published.
    pub publish: Option<Moment>,
    /// From when on it is no longer shown.
    pub expires: Option<Moment>,
    /// When the author wants to look at it again.
    pub review_by: Option<Date>,
    /// The last part of its address, instead of the file's name.
    pub slug: Option<Word>,
    /// Its short id, where the author fixes it.
    pub id: Option<Word>,
    /// Other addresses that lead to it.
    pub aliases: Vec<Word>,
    /// The trades it is for.
    pub industries: Vec<Word>,
    /// Free tags.
    pub topics: Vec<Word>,
    /// Hugo's and Jekyll's categories: topics, unless they name an industry.
    pub categories: Vec<Word>,
    /// Who wrote it.
    pub authors: Vec<Word>,
    /// Whether it is for everybody.
    pub general: bool,
    /// Why it helps (links and files).
    pub why: Option<String>,
    /// Not for publishing yet.
    pub draft: bool,
    /// Its picture.
    pub image: Option<Word>,
    /// Its place among its neighbours; smaller is earlier.
    pub weight: Option<i64>,
    /// Its language.
    pub lang: Option<Word>,
    /// The page that a link leads to.
    pub link: Option<Word>,
    /// The file that is given.
    pub file: Option<Word>,
    /// The files that a book or an article is also given as; none where nothing is said of it.
    pub formats: Option<Vec<BookFormat>>,
    /// Fonts for the letters that the bundled ones lack.
    pub fonts: Vec<Word>,
    /// That the file is taken apart into the chapters of a book.
    pub split: Option<Rule>,
    /// Said outright: the kind.
    pub kind: Option<Kind>,
    /// What a handout says to whom it is for.
    pub line: Option<String>,
    /// The ids of the pieces in a handout.
    pub resources: Vec<Word>,
    /// No longer given, with the reason where there is one.
    pub retired: Option<Retired>,
    /// What took its place: a path of the library or a full address.
    pub replaced_by: Option<Word>,
    /// Keys of the author's own, for templates.
    pub extra: serde_json::Map<String, serde_json::Value>,
    /// Where each key stood.
    keys: Vec<(&'static str, Range<usize>)>,
}

/// `retired: true`, or `retired:` with a reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retired {
    /// What to tell people who come by an old link.
    pub reason: Option<String>,
}

impl FrontMatter {
    /// Whether the author wrote more than these keys.
    pub fn says_more_than(&self, keys: &[&str]) -> bool {
        self.keys.iter().any(|(name, _)| !keys.contains(name))
    }

    /// The bytes of a key, by its first name, if the author wrote it.
    pub fn key_span(&self, key: &str) -> Option<Range<usize>> {
        self.keys
            .iter()
            .find(|(name, _)| *name == key)
            .map(|(_, span)| span.clone())
    }
}

/// Reads a head. `lenient` turns a value of a wrong type into a warning; the value is left out.
///
/// # Errors
/// Text that is no YAML or TOML at all, with its place.
pub fn parse(
    file: &str,
    text: &str,
    head: &Head,
    lenient: bool,
    problems: &mut Vec<Diagnostic>,
) -> Result<FrontMatter, Box<Diagnostic>> {
    let node = match head.format {
        Format::Yaml => Node::from_yaml(file, text, head.inside.clone())?,
        Format::Toml => crate::toml::node(file, text, head.inside.clone())?,
    };
    Ok(from_node(file, node, &[], lenient, problems))
}

/// Text as it can be shown: without space around it, and with a space for each control character
/// (`"\x07"`), which no XML may hold. Line breaks stay.
pub(crate) fn shown(text: &str) -> String {
    let text = match text.contains(char::is_control) {
        true => text.replace(|c: char| c.is_control() && c != '\n', " "),
        false => text.to_owned(),
    };
    text.trim().to_owned()
}
