//! A library's own industries.yaml, which adds to the built-in vocabulary, renames or hides.
//!
//! ```yaml
//! add:
//!   - slug: food-truck-park
//!     name: Food truck park
//!     sector: accommodation-and-food   # or `none`: a sector of its own
//!     naics: ["722330"]
//!     aliases: [truck court]
//!     names: { es: Parque de camiones de comida }
//! rename:
//!   hvac: { name: Heating and cooling, aliases: [comfort systems] }
//!   farm: { slug: crops }              # the old slug and name still lead here
//! hide: [mining]                       # a hidden sector hides its trades …
//! show: [quarry]                       # … but these, each then a sector of its own
//! ```
//!
//! In: the built-in vocabulary and the file's text. Out: the industries that the library knows,
//! and everything wrong with the file.

mod merge;
mod read;
#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::Arc;

use super::Vocabulary;
use super::model::Industry;
use crate::diagnostics::{self, Diagnostic, Place};
use crate::yaml::Node;

/// The built-in industries changed by industries.yaml, and the problems in it.
pub(super) fn apply(
    builtin: &Vocabulary,
    file: &str,
    text: &str,
) -> (Vec<Industry>, Vec<Diagnostic>) {
    let bom = text.len() - text.trim_start_matches('\u{feff}').len();
    let node = match Node::from_yaml(file, text, bom..text.len()) {
        Ok(node) => node,
        Err(error) => return (builtin.industries().to_vec(), vec![*error]),
    };
    let mut problems = Problems::new(file, text);
    let own = read::read(&node, &mut problems);
    let industries = merge::merge(builtin, &own, &mut problems);
    (industries, problems.finish())
}

/// A word of the file and the bytes where it stands.
#[derive(Clone, Debug)]
struct Word {
    text: String,
    span: Range<usize>,
}

/// What is wrong with the file, as it is found.
struct Problems<'a> {
    file: Arc<str>,
    text: &'a str,
    found: Vec<Diagnostic>,
}

impl<'a> Problems<'a> {
    fn new(file: &str, text: &'a str) -> Self {
        Problems {
            file: file.into(),
            text,
            found: Vec::new(),
        }
    }

    /// Notes a problem with what stands at `span`.
    fn push(&mut self, span: &Range<usize>, problem: Diagnostic) {
        // The parser lets some values reach to the next line: mark what is seen.
        let seen = self.text.get(span.clone()).unwrap_or_default().trim_end();
        let start = self.text.floor_char_boundary(span.start);
        let span = start..start + seen.len();
        let place = Place::span(Arc::clone(&self.file), span);
        self.found.push(problem.at(place));
    }

    /// All problems in the order of the file.
    fn finish(mut self) -> Vec<Diagnostic> {
        diagnostics::sort(&mut self.found);
        self.found
    }
}
