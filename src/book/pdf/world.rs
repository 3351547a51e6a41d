//! All that Typst can see while it sets a book: one text, the fonts, the pictures. No file, no
//! network, no packages and no clock.

use typst::diag::{FileError, FileResult};
use typst::foundations::{Array, Bytes, Datetime, Duration, Value};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::book::{self, fonts};
use crate::diagnostics::Diagnostic;

/// The fonts that a book can be set in.
pub(super) struct Fonts {
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    /// The families of the fonts that the author added.
    pub own: Vec<String>,
}

impl Fonts {
    /// The bundled fonts and those of the author.
    ///
    /// # Errors
    /// One for each of the author's files that holds no font.
    pub fn new(extra: &[book::Font]) -> Result<Self, Vec<Diagnostic>> {
        let mut loaded: Vec<Font> = Vec::new();
        for (_, bytes) in fonts::all() {
            loaded.extend(Font::iter(Bytes::new(*bytes)));
        }
        let mut own: Vec<String> = Vec::new();
        let mut errors = Vec::new();
        for book::Font { name, bytes } in extra {
            let before = loaded.len();
            loaded.extend(Font::iter(Bytes::new(bytes.clone())));
            let added = loaded.get(before..).unwrap_or_default();
            if added.is_empty() {
                errors.push(
                    Diagnostic::error(format!("{name} is no font"))
                        .help("a font is a file of TrueType or OpenType: .ttf, .otf or .ttc; a .woff2 must be unpacked first"),
                );
            }
            for font in added {
                let family = font.info().family.clone();
                if !own.contains(&family) {
                    own.push(family);
                }
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let book = LazyHash::new(FontBook::from_fonts(&loaded));
        Ok(Fonts {
            book,
            fonts: loaded,
            own,
        })
    }

    /// Whether any font has a sign for `c`.
    pub fn covers(&self, c: char) -> bool {
        self.fonts
            .iter()
            .any(|font| font.info().coverage.contains(u32::from(c)))
    }
}

/// The world.
pub(super) struct BookWorld<'a> {
    library: LazyHash<Library>,
    fonts: &'a Fonts,
    main: Source,
}

impl<'a> BookWorld<'a> {
    /// A world that holds the code of a book, which finds its pictures as `pictures`.
    pub fn new(
        code: String,
        pictures: &[Bytes],
        fonts: &'a Fonts,
    ) -> Result<Self, Vec<Diagnostic>> {
        let path = VirtualPath::new("book.typ").map_err(|_| {
            vec![Diagnostic::error(
                "the PDF cannot be set: its text has no name",
            )]
        })?;
        let id = FileId::new(RootedPath::new(VirtualRoot::Project, path));
        let mut library = Library::default();
        let pictures: Array = pictures.iter().cloned().map(Value::Bytes).collect();
        let scope = library.global.scope_mut();
        scope.define("pictures", pictures);
        super::marks::define(scope);
        Ok(BookWorld {
            library: LazyHash::new(library),
            fonts,
            main: Source::new(id, code),
        })
    }
}

impl World for BookWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        match id == self.main.id() {
            true => Ok(self.main.clone()),
            false => Err(FileError::AccessDenied),
        }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
