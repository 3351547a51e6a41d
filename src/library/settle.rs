//! What the rest of the library gives to a document: where its links lead, its picture, its file.

use super::address::encode_path;
use super::document::{DocId, Document, Picture, Standing};
use super::links::Target;
use super::{FileFacts, Library};
use crate::diagnostics::{Diagnostic, Place, Severity, did_you_mean};
use crate::source::front_matter::{Kind, Word};
use crate::source::walk::{file_name, parent};

/// What the rest of the library gives to a document.
#[derive(Default)]
pub(super) struct Joined {
    pub hrefs: Vec<String>,
    pub sizes: Vec<(u32, (u32, u32))>,
    pub image: Option<Picture>,
    pub fonts: Vec<String>,
    pub file: Option<FileFacts>,
    pub pieces: Vec<DocId>,
    pub replaced_by: Option<String>,
}

impl Joined {
    /// Gives it to the document.
    pub fn give(self, document: &mut Document) {
        document.hrefs = self.hrefs;
        document.sizes = self.sizes;
        document.image = self.image;
        document.fonts = self.fonts;
        document.file = self.file;
        document.pieces = self.pieces;
        if let Some(replaced_by) = self.replaced_by {
            document.standing = Standing::Replaced(replaced_by);
        }
    }
}

/// Finds what the rest of the library gives to a document, and what is wrong with it.
pub(super) fn join(
    library: &Library,
    document: &Document,
    severity: Severity,
) -> (Joined, Vec<Diagnostic>) {
    let mut joined = Joined::default();
    let mut problems = Vec::new();
    let file = &document.source.file;
    for (number, link) in document.source.body.links.iter().enumerate() {
        match library.settle(document, link) {
            Ok(settled) => {
                if let Some(size) = settled.size {
                    joined.sizes.push((number as u32, size));
                }
                joined.hrefs.push(settled.href);
            }
            Err(broken) => {
                joined.hrefs.push(encode_path(&link.target));
                problems.push(
                    Diagnostic::new(severity, broken.message)
                        .at(Place::span(file.clone(), link.span.clone()))
                        .maybe_help(broken.help),
                );
            }
        }
    }
    let mut word = |word: &Word, severity: Severity| match library.target(document, &word.text) {
        Ok(target) => Some(target),
        Err(broken) => {
            problems.push(
                Diagnostic::new(severity, broken.message)
                    .at(Place::span(file.clone(), word.span.clone()))
                    .maybe_help(broken.help),
            );
            None
        }
    };
    let front = &document.source.front;
    if let Some(image) = &front.image
        && let Some(target) = word(image, severity)
    {
        joined.image = Some(picture(library, &target, &image.text));
    }
    if let Some(replaced_by) = &front.replaced_by
        && let Some(target) = word(replaced_by, Severity::Error)
    {
        joined.replaced_by = Some(library.href(&target, &replaced_by.text));
    }
    joined.fonts = fonts(library, document, &mut problems);
    if document.kind == Kind::File && document.is_live() {
        joined.file = given_file(library, document, &mut problems);
    }
    if document.kind == Kind::Handout && document.is_live() {
        let (pieces, told) = library.picked(document);
        joined.pieces = pieces;
        problems.extend(told);
    }
    (joined, problems)
}

fn picture(library: &Library, target: &Target, written: &str) -> Picture {
    let size = match target {
        Target::Asset(path) => library.assets.picture_size(path),
        _ => None,
    };
    let url = library.href(target, written);
    Picture { url, size }
}

/// The fonts of a book, by their paths in content/: they must be there.
fn fonts(library: &Library, document: &Document, problems: &mut Vec<Diagnostic>) -> Vec<String> {
    let mut fonts = Vec::new();
    for word in &document.source.front.fonts {
        match library.target(document, &word.text) {
            Ok(Target::Asset(path)) => fonts.push(path),
            other => {
                let near = other.err().and_then(|broken| broken.help);
                let help = near.unwrap_or_else(|| {
                    "put the file beside the book and give its name: a .ttf, .otf or .ttc".into()
                });
                let place = Place::span(document.source.file.clone(), word.span.clone());
                let problem = format!("there is no font `{}`", word.text);
                problems.push(Diagnostic::error(problem).at(place).help(help));
            }
        }
    }
    fonts
}

/// The file that a document gives: it must be there.
fn given_file(
    library: &Library,
    document: &Document,
    problems: &mut Vec<Diagnostic>,
) -> Option<FileFacts> {
    let front = &document.source.front;
    let file = &document.source.file;
    let Some(word) = &front.file else {
        let help = "add file: with the name of the file beside this one";
        problems.push(
            Diagnostic::error("this file has no `file:`")
                .at(Place::file(file.clone()))
                .help(help),
        );
        return None;
    };
    match library.target(document, &word.text) {
        Ok(Target::Asset(path)) => library.assets.facts(&path, &library.base.prefix),
        other => {
            let folder = parent(&document.source.path);
            let names = library
                .assets
                .iter()
                .filter(|entry| parent(&entry.path) == folder);
            let near = did_you_mean(&word.text, names.map(|entry| file_name(&entry.path)));
            let help = near.unwrap_or_else(|| match other {
                Err(broken) => broken
                    .help
                    .unwrap_or_else(|| "put it beside this page".into()),
                Ok(_) => "put it into content/, beside this page".into(),
            });
            problems.push(
                Diagnostic::error(format!("there is no file `{}` to give", word.text))
                    .at(Place::span(file.clone(), word.span.clone()))
                    .help(help),
            );
            None
        }
    }
}
