//! The PDF of a book, set by Typst.
//!
//! In: a [`Book`] and the picture on its cover. Out: a PDF of 6 by 9 inches, tagged for screen
//! readers and, where every character has its sign, conforming to PDF/UA-1 (ISO 14289-1).
//!
//! The book becomes Typst code in which every piece of the author's text is a string literal;
//! `style.typ` says what it looks like. Typst sees that code, the fonts and the pictures, and
//! nothing else: no file, no network, no clock. The same book makes the same bytes.

mod blocks;
pub(crate) mod code;
mod facts;
mod figures;
mod glyphs;
mod inline;
mod listing;
mod lists;
mod marks;
mod pictures;
mod set;
mod table;
#[cfg(test)]
mod tests;
mod whole;
mod world;
mod writer;

use std::panic::{AssertUnwindSafe, catch_unwind};

use typst::foundations::Bytes;

use super::{Book, Picture};
use crate::diagnostics::Diagnostic;
use pictures::Pictures;
pub(crate) use whole::language;
use world::{BookWorld, Fonts};

/// How much stack each thread of Typst gets: its layout goes as deep as the text does.
const STACK: usize = 64 << 20;

/// A PDF.
#[derive(Clone, Debug)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// Whether it says of itself that it conforms to PDF/UA-1. If not, a warning says why.
    pub accessible: bool,
    /// What the author should know: characters without a sign, pictures without words.
    pub warnings: Vec<Diagnostic>,
}

/// Sets a book as PDF, with a cover as its first page where there is one. The fonts that its author adds are taken for what the bundled ones lack.
///
/// # Errors
/// A font that is no font; a book without text; a book that Typst cannot set.
pub fn pdf(book: &Book, cover: Option<&Picture>) -> Result<Pdf, Vec<Diagnostic>> {
    let fonts = Fonts::new(&book.fonts)?;
    apart(book, || make(book, cover, &fonts))
}

/// Sets pages that are no book's, from Typst code in which all text is string literals: `about`
/// gives title and id, `shown` is all that can be read, and the code finds `drawings` as
/// `pictures`.
///
/// # Errors
/// Typst cannot set it.
pub(crate) fn leaf(
    about: &Book,
    code: String,
    shown: &str,
    drawings: &[Vec<u8>],
) -> Result<Pdf, Vec<Diagnostic>> {
    let fonts = Fonts::new(&[])?;
    let characters = shown.chars().map(|c| (c, 0)).collect();
    let missing = glyphs::missing(&characters, &[&about.title], &fonts);
    let may_conform = missing.is_none() && !glyphs::has_private(&characters);
    let drawings: Vec<Bytes> = drawings.iter().cloned().map(Bytes::new).collect();
    apart(about, || {
        let world = BookWorld::new(code, &drawings, &fonts)?;
        let set = set::set(about, &world, may_conform)?;
        Ok(Pdf {
            bytes: set.bytes,
            pages: set.pages,
            accessible: set.accessible,
            warnings: missing.into_iter().chain(set.warnings).collect(),
        })
    })
}

/// Runs Typst in threads of its own, which it may end.
fn apart(
    book: &Book,
    make: impl FnOnce() -> Result<Pdf, Vec<Diagnostic>> + Send,
) -> Result<Pdf, Vec<Diagnostic>> {
    let pool = rayon::ThreadPoolBuilder::new()
        .stack_size(STACK)
        .build()
        .map_err(|error| {
            vec![Diagnostic::error(format!(
                "the PDF cannot be set: no thread can be started: {error}"
            ))]
        })?;
    let made = pool.install(|| catch_unwind(AssertUnwindSafe(make)));
    // What Typst remembers for a next time would only take memory: the next book is another one.
    comemo::evict(0);
    made.unwrap_or_else(|_| Err(vec![set::trouble(book, "it gave up")]))
}

fn make(book: &Book, cover: Option<&Picture>, fonts: &Fonts) -> Result<Pdf, Vec<Diagnostic>> {
    let chapters = facts::chapters(book);
    if chapters.is_empty() {
        let title = code::one_line(&book.title);
        let message = format!("the book \u{201c}{title}\u{201d} has no text to make a PDF from");
        return Err(vec![
            Diagnostic::error(message).help("write at least one chapter"),
        ]);
    }
    let mut warnings = Vec::new();
    let empty = BookWorld::new(String::new(), &[], fonts)?;
    let pictures = Pictures::of_book(book, cover, &empty, &mut warnings);
    let written = whole::write(book, &chapters, &pictures, fonts);
    warnings.extend(written.warnings);
    let titles: Vec<&str> = chapters
        .iter()
        .map(|placed| placed.chapter.title.as_str())
        .collect();
    let missing = glyphs::missing(&written.characters, &titles, fonts);
    let may_conform = missing.is_none() && !glyphs::has_private(&written.characters);
    warnings.extend(missing);
    let world = BookWorld::new(written.code, &pictures.bytes, fonts)?;
    let set = set::set(book, &world, may_conform)?;
    warnings.extend(set.warnings);
    Ok(Pdf {
        bytes: set.bytes,
        pages: set.pages,
        accessible: set.accessible,
        warnings,
    })
}
