//! The files that books and articles are also given as: which there are, what they are made from,
//! and what pages tell of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::Value;

use super::context::map;
use super::plan::{self, face_file};
use super::{Content, Output, Site};
use crate::book::{Face, Press, cover};
use crate::diagnostics::{Diagnostic, Place};
use crate::library::{DocId, Document, Library, Picture};
use crate::source::front_matter::Kind;

/// How many bytes the files have that books are given as, by their paths in the plan. They are
/// known once they were made, so whoever makes them says so: a page never waits for a PDF.
pub type Sizes = BTreeMap<String, u64>;

impl Site {
    /// The same site, with the sizes of the files that its books are given as.
    pub fn with_sizes(self, sizes: Arc<Sizes>) -> Site {
        Site { sizes, ..self }
    }

    /// The documents that are given as files as well, each with these files by their paths in the
    /// plan.
    pub fn faces(&self) -> BTreeMap<DocId, Vec<(&str, Face)>> {
        let mut faces: BTreeMap<DocId, Vec<(&str, Face)>> = BTreeMap::new();
        for (path, output) in self.plan().iter() {
            if let Output::Face(id, face) = output {
                faces.entry(*id).or_default().push((path, *face));
            }
        }
        faces
    }

    /// What a document's files are made from. The press for covers alone knows nothing of the
    /// text, so that a cover stays as it is when the text changes. What had to be left out goes to
    /// `problems`, as warnings.
    ///
    /// # Errors
    /// As [`Site::ebook`].
    pub fn press(
        &self,
        id: DocId,
        covers: bool,
        problems: &mut Vec<Diagnostic>,
    ) -> Result<Press, Vec<Diagnostic>> {
        let book = match covers {
            true => self.bare_book(id, problems)?,
            false => self.ebook(id, problems)?,
        };
        let words = self.book_words(&book.lang);
        Ok(Press::new(book, words))
    }

    /// Makes a file that a document is also given as.
    pub(super) fn face(&self, id: DocId, face: Face) -> Result<Content, Vec<Diagnostic>> {
        let press = self.press(id, face.is_cover(), &mut Vec::new())?;
        let printed = press.print(face).map_err(|told| self.placed(id, told))?;
        Ok(Content::Bytes(printed.bytes))
    }

    /// What was told of a book, with the book as its place where nothing nearer is known.
    pub fn placed(&self, id: DocId, told: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let file = &self.library().document(id).source.file;
        let at_least = |problem: Diagnostic| match problem.place {
            Some(_) => problem,
            None => problem.at(Place::file(file.clone())),
        };
        told.into_iter().map(at_least).collect()
    }

    /// The files of a document's text, as its page offers them.
    pub(super) fn downloads(&self, document: &Document) -> Value {
        let offered = |face: &Face| {
            let path = face_file(&document.address, *face);
            let size = match self.plan().get(&path)? {
                Output::Face(..) => self.sizes.get(&path).copied(),
                // The author's own file stands there.
                Output::Asset(asset) => self.library().assets.get(asset).map(|entry| entry.size),
                _ => return None,
            };
            Some(Value::from(map! {
                "format" => face.ending(),
                "name" => face.ending().to_uppercase(),
                "file" => path.rsplit('/').next(),
                "url" => self.library().base.path(&format!("/{path}")),
                "size" => size,
            }))
        };
        let faces = [Face::Epub, Face::Pdf];
        Value::from(faces.iter().filter_map(offered).collect::<Vec<_>>())
    }
}

/// A face of a book that shows its cover, as a picture; nothing where the author's own cover is
/// all there is.
pub(super) fn made_cover(library: &Library, document: &Document, face: Face) -> Option<Picture> {
    let is_made = document.kind == Kind::Book && plan::faces(library, document).contains(&face);
    is_made.then(|| Picture {
        url: library
            .base
            .path(&format!("/{}", face_file(&document.address, face))),
        size: document.image.is_none().then_some(cover::SIZE),
    })
}
