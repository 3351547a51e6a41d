//! From the HTML of chapters to cleaned trees: one tree per chapter, which the reader, the EPUB
//! and the PDF are made from.
//!
//! In: the HTML of each chapter's body, as the site renders it, and where its addresses lead. Out:
//! a [`Node`] tree for each, of the elements that the table in [`rules`] lists, sound whatever the
//! author wrote.

mod arena;
mod rewrite;
pub mod rules;
mod sections;
mod settle;

pub use sections::{Section, sections};
pub use settle::{web, xml_name};

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::book::Node;
use crate::diagnostics::{Diagnostic, Place};

/// A chapter as the site renders it.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// Its key; unique in the book, as [`keys`] makes them.
    pub key: String,
    /// The HTML of its body, without the heading of the chapter itself.
    pub html: String,
    /// The author's file, for messages.
    pub file: Arc<str>,
    /// Where in that file pictures are named, by their address.
    pub pictures: HashMap<String, Range<usize>>,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// To a chapter of the same book, or to an id in it as its author wrote it.
    Chapter {
        /// The chapter's key.
        key: String,
        /// The id.
        fragment: Option<String>,
    },
    /// To this full address.
    Web(String),
    /// To nothing that a reader of the book can reach.
    Nowhere,
}

/// What the cleaner asks the library.
pub trait Addresses: Sync {
    /// Where a link in the chapter leads. Never asked of a bare fragment.
    fn link(&self, chapter: &str, href: &str) -> Destination;

    /// The key in [`Book::pictures`](crate::book::Book::pictures) of a picture in the chapter;
    /// `None` for one that the book does not hold.
    fn picture(&self, chapter: &str, src: &str) -> Option<String>;
}

/// Cleans the chapters of a book. The trees come in the order of the chapters, each with its
/// footnotes at its end. Ids begin with the chapter's key and are unique in the book.
///
/// What had to be left out goes to `problems`, as warnings.
pub fn clean(
    chapters: &[Rendered],
    addresses: &dyn Addresses,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Vec<Node>> {
    let read = chapters.par_iter().map(|chapter| {
        let html = arena::Html::parse(&chapter.html);
        let rewritten = rewrite::rewrite(&html, &chapter.key, addresses);
        let told = tell(chapter, html.flattened, &rewritten);
        (rewritten, told)
    });
    let (rewritten, told): (Vec<_>, Vec<_>) = read.unzip();
    problems.extend(told.into_iter().flatten());
    let with_keys: Vec<_> = chapters
        .iter()
        .map(|chapter| chapter.key.as_str())
        .zip(&rewritten)
        .collect();
    let ids = settle::Ids::give(&with_keys);
    chapters
        .par_iter()
        .zip(rewritten)
        .map(|(chapter, rewritten)| {
            let mut nodes = rewritten.tree;
            nodes.extend(rewritten.notes);
            settle::settle(nodes, &chapter.key, &ids, addresses)
        })
        .collect()
}

/// Keys for chapters, from names such as the stems of their files: lower-case names of XML,
/// unique, in the same order.
pub fn keys<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut used = HashSet::new();
    let key = |name: &str| {
        let slug = crate::library::slug(name);
        let slug = match slug.as_str() {
            "" => "chapter".to_owned(),
            slug if slug.starts_with(|c: char| c.is_ascii_alphabetic()) => slug.to_owned(),
            slug => format!("c{slug}"),
        };
        settle::unique(&settle::xml_name(&slug), &mut used)
    };
    names.into_iter().map(key).collect()
}

/// What a reader of the book misses.
fn tell(chapter: &Rendered, flattened: bool, rewritten: &rewrite::Rewritten) -> Vec<Diagnostic> {
    let mut told = Vec::new();
    let whole = Place::file(chapter.file.clone());
    let mut tell = |place: &Place, message: String, help: &str| {
        let told_of = Diagnostic::warning(message).at(place.clone());
        told.push(told_of.help(help));
    };
    if flattened {
        tell(
            &whole,
            "elements lie more than 100 levels deep here; the book shows the innermost side by side"
                .to_owned(),
            "close the elements or quotes that are open",
        );
    }
    let remote = &rewritten.remote_pictures;
    let first = remote.iter().find_map(|src| chapter.pictures.get(src));
    let first = first.map(|span| Place::span(chapter.file.clone(), span.clone()));
    let first = first.as_ref().unwrap_or(&whole);
    match remote.len() {
        0 => {}
        1 => tell(
            first,
            "a picture of another website is not part of the book: its words stand in its place"
                .to_owned(),
            "save it beside the chapter, if its licence allows, and show that file",
        ),
        n => tell(
            first,
            format!(
                "{n} pictures of other websites are not part of the book: their words stand in their places"
            ),
            "save them beside the chapter, if their licences allow, and show those files",
        ),
    }
    if rewritten.drawings > 0 {
        tell(
            &whole,
            "a drawing or formula within the text (`<svg>`, `<math>`, `data:`) is not part of the book"
                .to_owned(),
            "save it as a picture of its own and show that",
        );
    }
    told
}

#[cfg(test)]
mod tests;
