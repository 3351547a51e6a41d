//! The press: makes the files that a book is given as.
//!
//! In: a [`Book`]. Out: each [`Face`] of it, and beforehand the mark of all that goes into it, by
//! which a file that was made before is known again.

use std::fs::Metadata;
use std::hash::{Hash, Hasher};
use std::sync::{LazyLock, OnceLock};
use std::time::UNIX_EPOCH;

use xxhash_rust::xxh3::Xxh3;

use super::cover::{self, Cover};
use super::{Book, Picture, epub};
use crate::diagnostics::Diagnostic;

/// One of the files that a book is given as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Face {
    /// An e-book.
    Epub,
    /// Pages to print, or to read on a large screen.
    Pdf,
    /// The designed cover as a drawing: small, and sharp at any size.
    CoverSvg,
    /// The cover as a picture for other sites and programs that take no drawing.
    CoverJpeg,
    /// The same without any loss.
    CoverPng,
}

impl Face {
    /// The ending of its file.
    pub fn ending(self) -> &'static str {
        match self {
            Face::Epub => "epub",
            Face::Pdf => "pdf",
            Face::CoverSvg => "svg",
            Face::CoverJpeg => "jpg",
            Face::CoverPng => "png",
        }
    }

    /// Whether it shows the cover and nothing else of the book.
    pub fn is_cover(self) -> bool {
        matches!(self, Face::CoverSvg | Face::CoverJpeg | Face::CoverPng)
    }

    /// Whether this program can make it: one that was built without the feature `pdf` makes no
    /// PDF.
    pub fn can_be_made(self) -> bool {
        self != Face::Pdf || cfg!(feature = "pdf")
    }
}

/// A file that was made.
#[derive(Clone, Debug)]
pub struct Printed {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has, where it has pages.
    pub pages: Option<usize>,
    /// What the author should know: letters that no font has, pictures without words.
    pub warnings: Vec<Diagnostic>,
}

/// Makes the files of one book.
pub struct Press {
    book: Book,
    words: epub::Words,
    designed: OnceLock<Result<Designed, Diagnostic>>,
}

/// The cover that a book without one of its own gets.
struct Designed {
    cover: Cover,
    picture: Picture,
    warnings: Vec<Diagnostic>,
}

impl Press {
    /// A press for a book. `words` stand on the pages of its EPUB that are not the author's.
    pub fn new(book: Book, words: epub::Words) -> Self {
        Press {
            book,
            words,
            designed: OnceLock::new(),
        }
    }

    /// The book.
    pub fn book(&self) -> &Book {
        &self.book
    }

    /// The mark of everything that a face is made from, this program included.
    pub fn mark(&self, face: Face) -> u128 {
        let mut hash = Xxh3::new();
        (*PROGRAM).hash(&mut hash);
        (face, &self.book, &self.words).hash(&mut hash);
        hash.digest128()
    }

    /// Makes a face.
    ///
    /// # Errors
    /// A book without text; a cover of the author's of another type; what Typst or the packer cannot do; [`Face::can_be_made`].
    pub fn print(&self, face: Face) -> Result<Printed, Vec<Diagnostic>> {
        let mut warnings = Vec::new();
        if face.is_cover()
            && let Some(own) = &self.book.cover
        {
            return own_cover(own, face);
        }
        let (bytes, pages) = match face {
            Face::Epub => {
                let cover = self.cover(&mut warnings)?;
                (epub::epub(&self.book, cover, &self.words)?, None)
            }
            Face::Pdf => {
                let cover = self.cover(&mut warnings)?;
                let (bytes, pages) = self.pdf(cover, &mut warnings)?;
                (bytes, Some(pages))
            }
            Face::CoverSvg => {
                let designed = self.designed(&mut warnings)?;
                (designed.cover.svg.clone().into_bytes(), None)
            }
            Face::CoverJpeg => {
                let designed = self.designed(&mut warnings)?;
                (designed.picture.bytes.clone(), None)
            }
            Face::CoverPng => {
                let designed = self.designed(&mut warnings)?;
                let png = designed.cover.png(cover::SIZE.0);
                (png.map_err(|problem| vec![*problem])?, None)
            }
        };
        Ok(Printed {
            bytes,
            pages,
            warnings,
        })
    }

    /// The author's cover, else a designed one.
    fn cover(&self, warnings: &mut Vec<Diagnostic>) -> Result<&Picture, Vec<Diagnostic>> {
        match &self.book.cover {
            Some(own) => Ok(own),
            None => Ok(&self.designed(warnings)?.picture),
        }
    }

    /// The designed cover, drawn once.
    fn designed(&self, warnings: &mut Vec<Diagnostic>) -> Result<&Designed, Vec<Diagnostic>> {
        let designed = self.designed.get_or_init(|| {
            let mut warnings = Vec::new();
            let cover = cover::cover(&self.book, &mut warnings).map_err(|problem| *problem)?;
            let picture = cover.picture().map_err(|problem| *problem)?;
            Ok(Designed {
                cover,
                picture,
                warnings,
            })
        });
        let designed = designed.as_ref().map_err(|problem| vec![problem.clone()])?;
        warnings.extend(designed.warnings.iter().cloned());
        Ok(designed)
    }

    #[cfg(feature = "pdf")]
    fn pdf(
        &self,
        cover: &Picture,
        warnings: &mut Vec<Diagnostic>,
    ) -> Result<(Vec<u8>, usize), Vec<Diagnostic>> {
        let made = super::pdf::pdf(&self.book, Some(cover))?;
        warnings.extend(made.warnings);
        Ok((made.bytes, made.pages))
    }

    #[cfg(not(feature = "pdf"))]
    fn pdf(
        &self,
        _: &Picture,
        _: &mut Vec<Diagnostic>,
    ) -> Result<(Vec<u8>, usize), Vec<Diagnostic>> {
        let message = "this goodturn was built without PDF";
        let help = "take one that was built with the feature `pdf`";
        Err(vec![Diagnostic::error(message).help(help)])
    }
}

/// The author's own cover, which is given as it is.
fn own_cover(own: &Picture, face: Face) -> Result<Printed, Vec<Diagnostic>> {
    let ending = own.media_type.rsplit('/').next().unwrap_or_default();
    let ending = match ending {
        "jpeg" => "jpg",
        other => other,
    };
    if ending != face.ending() {
        let message = format!("the book has a cover of its own, and that is a .{ending}");
        let help = format!("ask for a .{ending}");
        return Err(vec![Diagnostic::error(message).help(help)]);
    }
    Ok(Printed {
        bytes: own.bytes.clone(),
        pages: None,
        warnings: Vec::new(),
    })
}

/// The mark of this program: another one may make other bytes from the same book. Its version does
/// not tell enough while it is being worked on, so its file counts, too.
static PROGRAM: LazyLock<u64> = LazyLock::new(|| {
    let file = std::env::current_exe().and_then(std::fs::metadata).ok();
    let changed = |file: &Metadata| file.modified().ok()?.duration_since(UNIX_EPOCH).ok();
    let mut hash = Xxh3::new();
    env!("CARGO_PKG_VERSION").hash(&mut hash);
    file.as_ref()
        .map(|file| (file.len(), changed(file)))
        .hash(&mut hash);
    hash.finish()
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{Chapter, Font, Node, Part};

    fn book() -> Book {
        Book {
            id: "k3f9".into(),
            title: "A Fair Price".into(),
            lang: "en".into(),
            parts: vec![Part {
                title: None,
                chapters: vec![Chapter {
                    key: "one".into(),
                    title: "One".into(),
                    tree: vec![Node::Text("Ask.".into())],
                    ..Chapter::default()
                }],
            }],
            ..Book::default()
        }
    }

    #[test]
    fn a_mark_changes_with_all_that_goes_into_a_face() {
        let mark = |change: &dyn Fn(&mut Book)| {
            let mut book = book();
            change(&mut book);
            Press::new(book, epub::Words::default()).mark(Face::Epub)
        };
        let before = mark(&|_| ());
        assert_eq!(before, mark(&|_| ()));
        let changes: [&dyn Fn(&mut Book); 6] = [
            &|book| book.title.push('s'),
            &|book| book.modified += 1,
            &|book| book.parts[0].chapters[0].tree = vec![Node::Text("Ask!".into())],
            &|book| {
                let picture = Picture {
                    media_type: "image/png",
                    bytes: vec![1],
                    size: None,
                };
                book.pictures.insert("a.png".into(), picture);
            },
            &|book| {
                book.fonts.push(Font {
                    name: "a.ttf".into(),
                    bytes: vec![1],
                });
            },
            &|book| book.summary = Some("More".into()),
        ];
        let marks: std::collections::BTreeSet<u128> = changes.iter().map(|c| mark(c)).collect();
        assert_eq!(marks.len(), changes.len());
        assert!(!marks.contains(&before));
    }

    #[test]
    fn the_faces_of_a_book_share_its_cover() {
        let press = Press::new(book(), epub::Words::default());
        let drawing = press.print(Face::CoverSvg).expect("a drawing").bytes;
        let picture = press.print(Face::CoverJpeg).expect("a picture").bytes;
        let epub = press.print(Face::Epub).expect("an EPUB").bytes;
        assert!(drawing.starts_with(b"<svg") && picture.starts_with(&[0xff, 0xd8]));
        assert!(epub.windows(64).any(|part| part == &picture[..64]));
    }
}
