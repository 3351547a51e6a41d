//! Taking the old site away, and tidying up after a run that was killed.
//!
//! Only what the old site's manifest names is deleted. Anything else in it, put there by somebody
//! while the site was being built, moves to where it was, now in the new site; if there is something
//! else already, it moves to a folder `.public.rescued` beside the output, and the report says so.

use std::fs;
use std::path::{Path, PathBuf};

use super::Error;
use super::disk::{self, Identity, spell, walk};
use super::manifest::{self, Manifest};
use super::stage::Places;
use super::{compare, swap};

/// How often a folder that somebody keeps filling is gone through.
const ROUNDS: usize = 3;

/// Puts right what a killed run left beside the output. Comes back with the files that had to be
/// moved elsewhere.
pub(super) fn recover(places: &Places) -> Result<Vec<PathBuf>, Error> {
    if !disk::exists(&places.container)? {
        return Ok(Vec::new());
    }
    let Some(marker) = places.read_marker() else {
        // Without a marker it is Goodturn's only if there is nothing in it yet.
        places.remove_empty_container()?;
        return match disk::exists(&places.container)? {
            true => Err(Error::StageTaken {
                path: places.container.clone(),
            }),
            false => Ok(Vec::new()),
        };
    };
    let mut rescued = Vec::new();
    if disk::exists(&places.previous)? {
        if disk::exists(&places.out)? {
            rescued.extend(retire(places, swap::Old::InPrevious)?);
        } else {
            // Killed between the two steps of the swap.
            fs::rename(&places.previous, &places.out)
                .map_err(Error::io("put back", &places.out))?;
        }
    }
    if disk::exists(&places.site)? {
        if places.is_stage(&marker) {
            disk::remove_tree(&places.site)?;
        } else {
            rescued.extend(retire(places, swap::Old::InSite)?);
        }
    }
    places.remove_container()?;
    Ok(rescued)
}

/// Takes the old site away. Comes back with the files that could not stay where they were.
pub(super) fn retire(places: &Places, old: swap::Old) -> Result<Vec<PathBuf>, Error> {
    let root = match old {
        swap::Old::None => return Ok(Vec::new()),
        swap::Old::InSite => &places.site,
        swap::Old::InPrevious => &places.previous,
    };
    let mut leavings = Leavings {
        places,
        root,
        rescue: None,
        rescued: Vec::new(),
    };
    if !disk::is_folder(root) {
        // Somebody put a file or a link in the output's place just before the swap.
        leavings.rescue(root, Path::new("out"))?;
        return Ok(leavings.rescued);
    }
    let manifest = Manifest::read(root)?;
    let is_ours = |path: &Path| {
        spell(path).is_some_and(|path| manifest.as_ref().is_some_and(|m| m.has(&path)))
    };
    for round in 1.. {
        let walk = walk(
            root,
            |path, entry, kind| {
                if kind.is_dir() || path == Path::new(manifest::NAME) && kind.is_file() {
                    return Ok(None);
                }
                if kind.is_file() && is_ours(path) {
                    disk::remove_file(&entry.path())?;
                    return Ok(None);
                }
                Ok(Some(path.to_owned()))
            },
            |_| false,
        )?;
        for path in walk.found {
            // A stage that somebody copied looks like an old site without a manifest; it is not to
            // be mixed into the new one.
            leavings.settle(&path, manifest.is_some())?;
        }
        let mut emptied = Ok(());
        for folder in walk.folders.iter().rev() {
            emptied = emptied.and(disk::remove_folder(&root.join(folder)));
        }
        match emptied {
            Ok(()) => break,
            // Somebody is still adding to it.
            Err(_) if round < ROUNDS => {}
            Err(error) => return Err(error),
        }
    }
    // Last, so that a run that is killed before can be taken up again.
    disk::remove_file(&root.join(manifest::NAME))?;
    disk::remove_folder(root)?;
    Ok(leavings.rescued)
}

/// What is left in an old site when Goodturn's own files are gone.
struct Leavings<'a> {
    places: &'a Places,
    /// The old site.
    root: &'a Path,
    /// The folder for what finds no other place, once it is needed.
    rescue: Option<PathBuf>,
    rescued: Vec<PathBuf>,
}

impl Leavings<'_> {
    /// Finds a place for one file of the old site, never losing it.
    fn settle(&mut self, path: &Path, adopt: bool) -> Result<(), Error> {
        let (old, new) = (self.root.join(path), self.places.out.join(path));
        if Identity::of(&new).is_some() && Identity::of(&old) == Identity::of(&new) {
            // Carried over by a second name.
            return disk::remove_file(&old);
        }
        let stays = if disk::exists(&new).unwrap_or(true) {
            // Carried over as a copy: the original takes its place.
            self.has_plain_way(path) && are_equal(&old, &new)
        } else {
            adopt && self.make_way(path)
        };
        if stays && fs::rename(&old, &new).is_ok() {
            return Ok(());
        }
        self.rescue(&old, path)
    }

    /// Moves something out of harm's way, to `path` in the folder for that.
    fn rescue(&mut self, from: &Path, path: &Path) -> Result<(), Error> {
        let folder = match &self.rescue {
            Some(folder) => folder.clone(),
            None => self.rescue.insert(self.places.make_rescue()?).clone(),
        };
        let to = folder.join(path);
        disk::with_folder(&to, |to| fs::rename(from, to)).map_err(Error::io("move away", from))?;
        self.rescued.push(to);
        Ok(())
    }

    /// Whether the folders above `path` are folders of the new site, not links to others.
    fn has_plain_way(&self, path: &Path) -> bool {
        above(path).all(|folder| disk::is_folder(&self.places.out.join(folder)))
    }

    /// Makes the folders above `path` in the new site; `false` if something is in the way.
    fn make_way(&self, path: &Path) -> bool {
        let mut folders: Vec<&Path> = above(path).collect();
        folders.reverse();
        folders.iter().all(|folder| {
            let folder = self.places.out.join(folder);
            disk::is_folder(&folder) || fs::create_dir(&folder).is_ok()
        })
    }
}

/// The folders above a relative path, the innermost first.
fn above(path: &Path) -> impl Iterator<Item = &Path> {
    path.ancestors()
        .skip(1)
        .filter(|folder| !folder.as_os_str().is_empty())
}

/// Whether two files, or two links, say the same.
fn are_equal(one: &Path, other: &Path) -> bool {
    match (fs::read_link(one), fs::read_link(other)) {
        (Ok(one), Ok(other)) => one == other,
        (Err(_), Err(_)) => compare::are_equal(one, other),
        _ => false,
    }
}
