//! What a change touched, in words for the terminal.

use std::fmt;

use crate::library::{DocId, Document, Library};
use crate::source::front_matter::Kind;

/// What a change touched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touched {
    /// Single pages, by address, and how many lists show something else of them.
    Pages {
        /// The addresses of the pages.
        pages: Vec<String>,
        /// The number of lists.
        lists: usize,
    },
    /// Files that are published as they are, such as styles and pictures.
    Files(Vec<String>),
    /// Anything.
    Site,
    /// Nothing: what changed cannot be read.
    Nothing,
}

impl Default for Touched {
    fn default() -> Self {
        Touched::Pages {
            pages: Vec::new(),
            lists: 0,
        }
    }
}

impl Touched {
    /// Adds a document that was read anew.
    pub(super) fn add(&mut self, before: &Library, after: &Library, id: DocId) {
        let Touched::Pages { pages, lists } = self else {
            return;
        };
        let (old, new) = (before.document(id), after.document(id));
        pages.push(after.base.path(&new.address));
        if new.is_listed() && !is_shown_alike(old, new) {
            *lists += lists_of(after, new);
        }
    }
}

/// Whether lists show the same of two states of a document.
fn is_shown_alike(old: &Document, new: &Document) -> bool {
    let (one, other) = (&old.source.front, &new.source.front);
    old.title == new.title
        && old.summary == new.summary
        && old.image == new.image
        && old.minutes() == new.minutes()
        && one.short_title == other.short_title
        && one.updated == other.updated
        && one.why == other.why
}

/// How many lists a document stands on: its kind's, those of its industries with their sectors,
/// of its topics and its authors.
fn lists_of(library: &Library, document: &Document) -> usize {
    let vocabulary = &library.vocabulary;
    let industries = document.industries.iter();
    let mut industries: Vec<_> = industries
        .flat_map(|id| [*id, vocabulary.sector_of(*id)])
        .collect();
    industries.sort_unstable();
    industries.dedup();
    let kinds = usize::from(document.kind != Kind::Page);
    kinds + industries.len() + document.topics.len() + document.authors.len()
}

impl fmt::Display for Touched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Touched::Pages { pages, lists } => {
                some(f, pages, "pages")?;
                match lists {
                    0 => Ok(()),
                    1 => f.write_str(" and 1 list"),
                    lists => write!(f, " and {lists} lists"),
                }
            }
            Touched::Files(files) => some(f, files, "files"),
            Touched::Site => f.write_str("the whole site"),
            Touched::Nothing => f.write_str("nothing yet"),
        }
    }
}

/// One by its name, several by their number.
fn some(f: &mut fmt::Formatter<'_>, all: &[String], many: &str) -> fmt::Result {
    match all {
        [one] => f.write_str(one),
        all => write!(f, "{} {many}", all.len()),
    }
}
