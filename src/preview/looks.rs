//! What the files beside content/ look like: enough to see which of them are others than before.

use std::collections::BTreeMap;
use std::path::Path;

use crate::config::{Folders, display_path};
use crate::library::lock::LOCK_FILE;
use crate::source::walk;
use crate::workspace::INDUSTRIES;

/// The folders of the look of a library.
pub(super) const LOOK: [&str; 3] = ["templates", "static", "themes"];

/// The stamps of the files beside content/, by their names in messages.
#[derive(Debug, Default)]
pub(super) struct Looks {
    settings: BTreeMap<String, u64>,
    look: BTreeMap<String, u64>,
}

/// Which of them changed.
#[derive(Debug, Default)]
pub(super) struct Changed {
    /// goodturn.yaml, industries.yaml, goodturn.lock.
    pub settings: Vec<String>,
    /// Templates, static files and the rest of a theme.
    pub look: Vec<String>,
}

impl Changed {
    /// Whether nothing did.
    pub fn is_empty(&self) -> bool {
        self.settings.is_empty() && self.look.is_empty()
    }

    /// All of them, by their names in messages.
    pub fn all(&self) -> impl Iterator<Item = String> {
        self.settings.iter().chain(&self.look).cloned()
    }
}

impl Looks {
    /// Looks at the files of a library.
    pub fn at(folders: &Folders) -> Self {
        let settings = [
            (folders.config_name(), folders.config.clone()),
            (INDUSTRIES.to_owned(), folders.part(INDUSTRIES)),
            (LOCK_FILE.to_owned(), folders.part(LOCK_FILE)),
        ];
        let settings = settings.into_iter().filter_map(|(name, path)| {
            let metadata = std::fs::metadata(path).ok()?;
            Some((name, walk::stamp(&metadata)))
        });
        let look = LOOK.iter().flat_map(|part| {
            let folder = folders.part(part);
            // What is wrong with a link is told when the theme is loaded.
            let entries = match folder.is_dir() {
                true => walk::walk_static(&folders.root, &folder, &mut Vec::new()),
                false => Vec::new(),
            };
            entries
                .into_iter()
                .map(|entry| shown(&folders.root, &entry))
        });
        Looks {
            settings: settings.collect(),
            look: look.collect(),
        }
    }

    /// Which files are others than they were.
    pub fn since(&self, before: &Looks) -> Changed {
        Changed {
            settings: differing(&self.settings, &before.settings),
            look: differing(&self.look, &before.look),
        }
    }
}

fn shown(root: &Path, entry: &walk::Entry) -> (String, u64) {
    (display_path(root, &entry.disk), entry.stamp)
}

fn differing(now: &BTreeMap<String, u64>, before: &BTreeMap<String, u64>) -> Vec<String> {
    let gone = before.keys().filter(|name| !now.contains_key(*name));
    let new = now
        .iter()
        .filter(|(name, stamp)| before.get(*name) != Some(stamp));
    new.map(|(name, _)| name).chain(gone).cloned().collect()
}
