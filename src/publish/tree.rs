//! What is in the output folder now: files that Goodturn wrote, and those that it did not.

use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;

use super::disk::{self, spell, walk};
use super::manifest::{self, Manifest};
use super::{Error, paths};

/// How many foreign files an error names.
const NAMED: usize = 5;

/// An output folder, looked through.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// What Goodturn wrote at its last build; `None` where it never did.
    pub(super) manifest: Option<Manifest>,
    /// Those of its files that are still there.
    pub(super) ours: FxHashSet<String>,
    /// Everything else, folders before what is in them.
    pub(super) foreign: Vec<Foreign>,
}

/// Something in the output that Goodturn did not put there.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Foreign {
    /// Its path relative to the output.
    pub(super) path: PathBuf,
    /// Whether it is a folder; a link to one is not.
    pub(super) folder: bool,
}

enum Found {
    Ours(String),
    Foreign(Foreign),
}

impl Tree {
    /// Looks through `out`, which may be missing. Unless foreign files are to be kept, they are an
    /// error, and the search ends once there are enough of them to name.
    pub(super) fn read(out: &Path, keep_foreign: bool) -> Result<Tree, Error> {
        if !disk::exists(out)? {
            return Ok(Tree::default());
        }
        let manifest = Manifest::read(out)?;
        let walk = walk(
            out,
            |path, _, kind| {
                Ok(match spell(path) {
                    Some(path) if kind.is_file() && path == manifest::NAME => None,
                    Some(path)
                        if kind.is_file() && manifest.as_ref().is_some_and(|m| m.has(&path)) =>
                    {
                        Some(Found::Ours(path))
                    }
                    Some(path)
                        if kind.is_dir()
                            && manifest.as_ref().is_some_and(|m| m.has_folder(&path)) =>
                    {
                        None
                    }
                    _ => Some(Found::Foreign(Foreign {
                        path: path.to_owned(),
                        folder: kind.is_dir(),
                    })),
                })
            },
            |found| {
                let is_file = |found: &&Found| matches!(found, Found::Foreign(f) if !f.folder);
                !keep_foreign && found.iter().filter(is_file).nth(NAMED).is_some()
            },
        )?;
        let mut tree = Tree::default();
        for found in walk.found {
            match found {
                Found::Ours(path) => {
                    tree.ours.insert(path);
                }
                Found::Foreign(foreign) => tree.foreign.push(foreign),
            }
        }
        tree.foreign.sort_unstable();
        tree.manifest = manifest;
        if !keep_foreign {
            tree.refuse_foreign(out)?;
            // Empty folders are nobody's work; a new output does without them.
            tree.foreign.clear();
        }
        Ok(tree)
    }

    fn refuse_foreign(&self, out: &Path) -> Result<(), Error> {
        let mut files = self.foreign.iter().filter(|foreign| !foreign.folder);
        let names: Vec<String> = files
            .by_ref()
            .take(NAMED)
            .map(|foreign| foreign.path.display().to_string())
            .collect();
        if names.is_empty() {
            return Ok(());
        }
        Err(Error::Foreign {
            out: out.to_owned(),
            names,
            more: files.next().is_some(),
            ours: self.manifest.is_some(),
        })
    }

    /// Sees to it that no foreign file is where the site, whose paths these are, wants its own.
    pub(super) fn check_room(&self, out: &Path, paths: &[&str]) -> Result<(), Error> {
        if self.foreign.is_empty() {
            return Ok(());
        }
        let mut files: FxHashSet<&str> = paths.iter().copied().collect();
        files.insert(manifest::NAME);
        let folders: FxHashSet<&str> = paths
            .iter()
            .filter_map(|path| path.rsplit_once('/'))
            .flat_map(|(folder, _)| paths::ancestors(folder))
            .collect();
        let names: Vec<String> = self
            .foreign
            .iter()
            .filter(|foreign| {
                // A name that is no text is no path of the site, but a folder above may be.
                let mut outer = foreign.path.ancestors().filter_map(spell);
                outer.any(|path| files.contains(path.as_str()))
                    || !foreign.folder
                        && spell(&foreign.path).is_some_and(|path| folders.contains(path.as_str()))
            })
            .map(|foreign| foreign.path.display().to_string())
            .collect();
        if names.is_empty() {
            return Ok(());
        }
        Err(Error::InTheWay {
            out: out.to_owned(),
            names,
        })
    }
}
