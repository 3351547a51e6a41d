//! What the name of a file says.

use super::dates::{self, Moment};
use super::{Reader, book, walk};

impl Reader<'_> {
    pub(super) fn split_name<'p>(&self, path: &'p str) -> Name<'p> {
        let file = walk::file_name(path);
        let stem = match walk::is_markdown(file) {
            true => file.rsplit_once('.').map_or(file, |(stem, _)| stem),
            false => file,
        };
        let (stem, mut lang) = match stem.rsplit_once('.') {
            Some((rest, lang)) if self.languages.contains(&lang) && !rest.is_empty() => {
                (rest, Some(lang))
            }
            _ => (stem, None),
        };
        let mut folder = walk::parent(path);
        // content/fr/… holds what is French, too.
        let first = folder.split('/').next().unwrap_or_default();
        if lang.is_none() && self.languages.contains(&first) {
            lang = Some(first);
            folder = folder[first.len()..].trim_start_matches('/');
        }
        let (date, stem) = match dates::split_dated_name(stem) {
            Some((date, rest)) => (Some(date), rest),
            None => (None, stem),
        };
        Name {
            stem,
            lang,
            date,
            translation_key: book::join(folder, stem),
        }
    }
}

/// The parts of a file's name.
pub(super) struct Name<'p> {
    pub stem: &'p str,
    pub lang: Option<&'p str>,
    pub date: Option<Moment>,
    pub translation_key: String,
}

/// A file's name as a title: `making-introductions` becomes "Making introductions".
pub(super) fn humanize(stem: &str) -> String {
    let words = stem.replace(['-', '_'], " ");
    let words = words.trim();
    let mut chars = words.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => "Untitled".to_owned(),
    }
}
