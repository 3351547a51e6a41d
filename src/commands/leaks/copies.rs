//! Copies of private files among what is published: a card in static/, notes in content/. They may
//! hold anything, so the whole file counts, and not only an address that is known.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::commands::private;
use crate::config::{Folders, display_path};
use crate::diagnostics::{Diagnostic, Place};

/// What is published as it is, or made into pages.
const PUBLISHED: &[&str] = &["content", "static"];

/// A file with fewer bytes says nothing of anybody.
const LEAST: u64 = 32;

/// What of one's own card may be seen by everybody: `goodturn me --vcf` hands out no more.
const PUBLIC: &[&str] = &[
    "BEGIN", "VERSION", "FN", "N", "ORG", "TITLE", "EMAIL", "TEL", "URL", "END",
];

/// The copies.
pub fn problems(folders: &Folders) -> Vec<Diagnostic> {
    let mut private: BTreeMap<u64, Vec<PathBuf>> = BTreeMap::new();
    for (file, length) in files(&folders.part(private::FOLDER)) {
        if length >= LEAST && !is_public(&file) {
            private.entry(length).or_default().push(file);
        }
    }
    if private.is_empty() {
        return Vec::new();
    }
    let mut problems = Vec::new();
    for folder in PUBLISHED {
        for (file, length) in files(&folders.part(folder)) {
            let alike = private.get(&length).into_iter().flatten();
            // Almost no file has the length of another.
            let same = alike.clone().find(|own| is_same(own, &file));
            if let Some(own) = same {
                let own = display_path(&folders.root, own);
                problems.push(
                    Diagnostic::error(format!("this is a copy of {own}, which is never published"))
                        .at(Place::file(display_path(&folders.root, &file)))
                        .help("take it away from here"),
                );
            }
        }
    }
    problems
}

/// Every plain file below a folder with its length, but for hidden ones. Links are not followed:
/// those that lead into private/ are refused when content/ is read.
fn files(folder: &Path) -> impl Iterator<Item = (PathBuf, u64)> {
    let is_seen = |entry: &DirEntry| {
        entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
    };
    // private/ itself may be a link.
    let folder = fs::canonicalize(folder).map_or_else(
        |_| folder.to_owned(),
        |real| match folder.is_symlink() {
            true => real,
            false => folder.to_owned(),
        },
    );
    WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(is_seen)
        .flatten()
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| {
            let length = entry.metadata().ok()?.len();
            Some((entry.into_path(), length))
        })
}

fn is_same(one: &Path, other: &Path) -> bool {
    match (fs::read(one), fs::read(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// Whether a file is the user's own card, with nothing in it that is not handed out.
fn is_public(file: &Path) -> bool {
    let is_own = file.file_name().is_some_and(|name| name == "me.vcf");
    let text = fs::read_to_string(file).unwrap_or_default();
    is_own
        && text
            .lines()
            .filter(|line| !line.starts_with([' ', '\t']))
            .all(|line| {
                let name = line.split([':', ';']).next().unwrap_or_default();
                name.is_empty() || PUBLIC.contains(&name.to_ascii_uppercase().as_str())
            })
}
