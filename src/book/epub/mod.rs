//! The EPUB: an e-book as EPUB 3.3 has it (<https://www.w3.org/TR/epub-33/>), which readers of
//! EPUB 2 and Kindle's converter understand as well.
//!
//! In: a [`Book`] and the picture on its cover. Out: the bytes of the file, the same each time.

mod contents;
mod package;
mod pages;
mod plan;

use std::io::{Cursor, Write};

use rayon::prelude::*;
use zip::write::{PreparedZipFile, SimpleFileOptions};
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use super::{Book, Picture};
use crate::diagnostics::Diagnostic;
use plan::Plan;

/// The words of an EPUB's own pages, in the language of the book.
#[derive(Clone, Debug, Hash)]
pub struct Words {
    /// The heading of the contents.
    pub contents: String,
    /// The name of the cover.
    pub cover: String,
    /// The name of the title page.
    pub title_page: String,
    /// The name of the place where the text begins.
    pub beginning: String,
    /// The name of the list of such places.
    pub landmarks: String,
    /// For readers who cannot see: how the text is made.
    pub accessible: String,
    /// The same: all pictures are described.
    pub described: String,
    /// The same: not all pictures are described.
    pub undescribed: String,
}

impl Default for Words {
    fn default() -> Self {
        Words {
            contents: "Contents".into(),
            cover: "Cover".into(),
            title_page: "Title page".into(),
            beginning: "Beginning".into(),
            landmarks: "Landmarks".into(),
            accessible: "The text has headings and a table of contents, and can be shown in any size and colour.".into(),
            described: "All pictures are described in words.".into(),
            undescribed: "Some pictures are not described in words.".into(),
        }
    }
}

/// The style of every page.
const STYLE: &str = include_str!("style.css");

/// Where the package lies.
const CONTAINER: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/content.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"#;

/// Makes the EPUB of a book. `cover` is the picture on its cover; `words` stand on pages of its
/// own.
///
/// # Errors
/// A book without text; a file of four gigabytes or more.
pub fn epub(book: &Book, cover: &Picture, words: &Words) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let plan = Plan::new(book, cover);
    if plan.chapters.is_empty() {
        let problem = format!("the book \"{}\" has no text", book.title);
        return Err(vec![
            Diagnostic::error(problem).help("write a chapter that is not empty"),
        ]);
    }
    let mut files: Vec<(String, Vec<u8>)> = vec![
        ("META-INF/container.xml".into(), CONTAINER.into()),
        inside("content.opf", package::package(&plan, words)),
        inside("nav.xhtml", contents::nav(&plan, words)),
        inside("toc.ncx", contents::ncx(&plan)),
        inside("style.css", STYLE.to_owned()),
        inside("cover.xhtml", pages::cover(&plan, words)),
        inside("title.xhtml", pages::title(&plan, words)),
    ];
    let chapters: Vec<_> = plan
        .chapters
        .par_iter()
        .map(|chapter| inside(&chapter.file, pages::chapter(&plan, chapter)))
        .collect();
    files.extend(
        plan.parts
            .iter()
            .map(|part| inside(&part.file, pages::part(&plan, part))),
    );
    files.extend(chapters);
    let pictures = plan.pictures.values();
    files.extend(
        std::iter::once(&plan.cover)
            .chain(pictures)
            .map(|picture| (format!("EPUB/{}", picture.file), picture.bytes.to_vec())),
    );
    pack(files).map_err(|error| {
        vec![Diagnostic::error(format!(
            "the EPUB cannot be packed: {error}"
        ))]
    })
}

/// A file of the publication.
fn inside(name: &str, text: String) -> (String, Vec<u8>) {
    (format!("EPUB/{name}"), text.into_bytes())
}

/// Packs the files as OCF wants it: `mimetype` first, stored and without extra fields. Times and
/// permissions are the same on every machine.
fn pack(files: Vec<(String, Vec<u8>)>) -> zip::result::ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
        .system(System::Unix);
    let stored = options.compression_method(CompressionMethod::Stored);
    let deflated = options.compression_method(CompressionMethod::Deflated);
    let prepared: zip::result::ZipResult<Vec<PreparedZipFile>> = files
        .par_iter()
        .map(|(name, bytes)| {
            let options = if is_compressed(name) {
                stored
            } else {
                deflated
            };
            PreparedZipFile::from_data(name, options, bytes)
        })
        .collect();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("mimetype", stored)?;
    zip.write_all(b"application/epub+zip")?;
    for file in prepared? {
        zip.add_prepared_file(file)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Whether a file does not get smaller by packing.
fn is_compressed(name: &str) -> bool {
    [".png", ".jpg", ".gif", ".webp"]
        .iter()
        .any(|ending| name.ends_with(ending))
}
