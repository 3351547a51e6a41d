//! Books, as readers and checkers see them: EPUBs made from nasty chapters, from every example of
//! the CommonMark specification and from real libraries go through EPUBCheck and Ace.
//!
//! The tools are those that `bash tests/run` installs. The EPUBs stay in target/books/, to be
//! looked at.

mod commonmark;
mod covers;
mod fonts;
mod library;
mod made;
mod nasty;
mod rules;
mod same;
mod tools;
mod traps;

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use goodturn::book::clean::{Addresses, Destination, Rendered, clean};
use goodturn::book::cover::cover;
use goodturn::book::epub::{Words, epub};
use goodturn::book::{Book, Chapter, Part, Picture};
use goodturn::diagnostics::Diagnostic;

/// Addresses of a book that has no library around it: `KEY.md` leads to a chapter, pictures are
/// known by their name.
struct Plain<'a> {
    keys: Vec<&'a str>,
    pictures: Vec<&'a str>,
}

impl Addresses for Plain<'_> {
    fn link(&self, _: &str, href: &str) -> Destination {
        let (path, fragment) = match href.split_once('#') {
            Some((path, fragment)) => (path, Some(fragment.to_owned())),
            None => (href, None),
        };
        match path.strip_suffix(".md") {
            Some(key) if self.keys.contains(&key) => Destination::Chapter {
                key: key.to_owned(),
                fragment,
            },
            _ if href.contains(':') => Destination::Web(href.to_owned()),
            _ => Destination::Nowhere,
        }
    }

    fn picture(&self, _: &str, src: &str) -> Option<String> {
        let known = self.pictures.contains(&src);
        known.then(|| src.to_owned())
    }
}

/// A book of chapters: key, title and HTML.
fn bound(
    title: &str,
    chapters: &[(&str, &str, String)],
    pictures: Vec<(&str, Picture)>,
) -> (Book, Vec<Diagnostic>) {
    let rendered: Vec<Rendered> = chapters
        .iter()
        .map(|(key, _, html)| Rendered {
            key: (*key).to_owned(),
            html: html.clone(),
            file: Arc::from(format!("{key}.md")),
            pictures: HashMap::new(),
        })
        .collect();
    let addresses = Plain {
        keys: chapters.iter().map(|(key, ..)| *key).collect(),
        pictures: pictures.iter().map(|(name, _)| *name).collect(),
    };
    let mut problems = Vec::new();
    let trees = clean(&rendered, &addresses, &mut problems);
    let chapters = chapters
        .iter()
        .zip(trees)
        .map(|((key, title, _), tree)| Chapter {
            key: (*key).to_owned(),
            title: (*title).to_owned(),
            tree,
            ..Chapter::default()
        })
        .collect();
    let book = Book {
        id: title.to_owned(),
        title: title.to_owned(),
        subtitle: Some("With <all> its \"traps\" & more".into()),
        authors: vec!["Ada Byron".into(), "Grace Murray".into()],
        lang: "en".into(),
        summary: Some("What it is about.".into()),
        publisher: Some("Goodturn Press".into()),
        subjects: vec!["Construction".into(), "Pricing".into()],
        industry: Some("construction".into()),
        licence: Some("CC BY 4.0".into()),
        edition: Some("Second edition".into()),
        date: Some("2026-11-23".into()),
        modified: 1_790_000_000,
        url: Some("https://example.org/books/traps/".into()),
        parts: vec![Part {
            title: None,
            chapters,
        }],
        pictures: pictures
            .into_iter()
            .map(|(name, picture)| (name.to_owned(), picture))
            .collect(),
        ..Book::default()
    };
    (book, problems)
}

/// Makes the EPUB of a book, with its cover, and keeps it and the cover in target/books/.
fn written(book: &Book, name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/books");
    fs::create_dir_all(&folder).expect("target/ can be written");
    let made = cover(book, &mut Vec::new()).expect("a cover");
    let front = match &book.cover {
        Some(own) => own.clone(),
        None => made.picture().expect("a picture"),
    };
    fs::write(folder.join(format!("{name}.jpg")), &front.bytes).expect("target/ can be written");
    let bytes = epub(book, &front, &Words::default()).expect("an EPUB");
    let path = folder.join(format!("{name}.epub"));
    fs::write(&path, bytes).expect("target/ can be written");
    path
}

/// Sets a book as PDF: whole, with every page, as qpdf sees it.
#[cfg(feature = "pdf")]
fn set(book: &Book, name: &str) {
    let made = goodturn::book::pdf::pdf(book, book.cover.as_ref()).expect("a PDF");
    assert!(made.pages > 0);
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("target/books/{name}.pdf"));
    fs::write(&path, made.bytes).expect("target/ can be written");
    let checked = std::process::Command::new("qpdf")
        .arg("--check")
        .arg(&path)
        .output();
    let checked = checked.expect("qpdf runs; `bash tests/run` installs it");
    let told = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert!(checked.status.success(), "{told}");
}

#[cfg(not(feature = "pdf"))]
fn set(_: &Book, _: &str) {}
