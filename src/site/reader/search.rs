//! What the search in a book looks through: its text by chapters and headings.
//!
//! It is a script that gives a value, not JSON: a policy that lets pages of the site load its own
//! scripts and nothing else (`default-src 'none'; script-src 'self'`) allows it.

use rayon::prelude::*;
use serde_json::json;

use crate::book::clean::{Section, sections};
use crate::diagnostics::Diagnostic;
use crate::library::{DocId, Document};
use crate::site::{Site, ebook};

impl Site {
    /// A module whose default export is `{chapters, sections}`. `chapters` holds the address and
    /// the title of each chapter; `sections` the number of its chapter, the fragment (empty before
    /// the first heading), the heading and the text of each section, in reading order. Where the
    /// book's front page says something, it comes first.
    ///
    /// # Errors
    /// What goes wrong in a block of a chapter.
    pub(in crate::site) fn book_search(&self, id: DocId) -> Result<String, Vec<Diagnostic>> {
        let library = self.library();
        let pages: Vec<DocId> = std::iter::once(id)
            .chain(ebook::written(library.document(id)))
            .collect();
        let read = pages.par_iter().map(|id| self.body(*id));
        let read: Vec<Result<String, Vec<Diagnostic>>> = read.collect();
        let mut bodies = Vec::with_capacity(read.len());
        let mut failed = Vec::new();
        for body in read {
            match body {
                Ok(html) => bodies.push(html),
                Err(told) => failed.extend(told),
            }
        }
        if !failed.is_empty() {
            return Err(failed);
        }
        let split: Vec<Vec<Section>> = bodies.par_iter().map(|html| sections(html)).collect();
        let chapter = |id: &DocId| {
            let document = library.document(*id);
            json!([library.base.path(&document.address), shown_title(document)])
        };
        let section = |(at, section): (usize, &Section)| {
            let fragment = section.id.as_deref().unwrap_or_default();
            json!([at, fragment, section.title, section.text])
        };
        let flat = split.iter().enumerate();
        let flat = flat.flat_map(|(at, sections)| sections.iter().map(move |one| (at, one)));
        let value = json!({
            "chapters": pages.iter().map(chapter).collect::<Vec<_>>(),
            "sections": flat.map(section).collect::<Vec<_>>(),
        });
        Ok(format!("export default {value};\n"))
    }
}

/// The title with its number, as the contents have it.
fn shown_title(document: &Document) -> String {
    let chapter = document.chapter.as_ref();
    match chapter.and_then(|chapter| chapter.number.as_deref()) {
        Some(number) => format!("{number} {}", document.title),
        None => document.title.clone(),
    }
}
