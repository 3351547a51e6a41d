//! Whose Markdown a book is written in.

use super::walk::BookFolder;

/// What the files of a book may hold besides Markdown and blocks of ours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// Nothing else.
    #[default]
    Own,
    /// GitBook's tags: `{% hint style="info" %}`.
    GitBook,
    /// Lines of Rust that are there for the compiler, not for the reader: `# fn main() {`.
    MdBook,
}

impl Dialect {
    /// The dialect of a book, by the files that it is made of. A SUMMARY.md without a book.toml may
    /// be anybody's; GitBook's tags are nothing else in the other one.
    pub fn of(book: &BookFolder) -> Self {
        match (&book.mdbook, &book.summary) {
            (Some(_), _) => Dialect::MdBook,
            (None, Some(_)) => Dialect::GitBook,
            (None, None) => Dialect::Own,
        }
    }
}
