//! What a file takes from the book that it lies in.

use super::dialect::Dialect;

/// What a file takes from the book that it lies in; by default, from none.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Within<'a> {
    /// Whose Markdown it is written in.
    pub dialect: Dialect,
    /// The language of the book, where the book says it.
    pub lang: Option<&'a str>,
}
