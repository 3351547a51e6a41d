//! Small helps with the file system: what a path really is, and walking without following links.

use std::fs::{self, DirEntry, FileType, Metadata};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::Error;

/// A file or folder whatever its name: it stays the same when renamed. Systems that do not tell
/// have none; what Goodturn does with it is needed on Unix only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Identity {
    /// The device.
    pub(super) device: u64,
    /// The inode.
    pub(super) inode: u64,
}

impl Identity {
    /// The identity of what `path` names, links not followed.
    pub(super) fn of(path: &Path) -> Option<Identity> {
        Self::from(&fs::symlink_metadata(path).ok()?)
    }

    #[cfg(unix)]
    pub(super) fn from(metadata: &Metadata) -> Option<Identity> {
        use std::os::unix::fs::MetadataExt;
        Some(Identity {
            device: metadata.dev(),
            inode: metadata.ino(),
        })
    }

    #[cfg(not(unix))]
    pub(super) fn from(_: &Metadata) -> Option<Identity> {
        None
    }
}

/// Whether anything has this name, a dangling link included.
pub(super) fn exists(path: &Path) -> Result<bool, Error> {
    match fs::symlink_metadata(path) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(Error::io("look at", path)(error)),
    }
}

/// Whether this is a folder, not a link to one.
pub(super) fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir())
}

/// A path of the output as the manifest spells it; `None` if it cannot stand there.
pub(super) fn spell(relative: &Path) -> Option<String> {
    let text = relative.to_str()?;
    Some(if std::path::MAIN_SEPARATOR == '/' {
        text.to_owned()
    } else {
        text.replace(std::path::MAIN_SEPARATOR, "/")
    })
}

/// Does what makes a file at `path`; if its folder is missing, makes that and tries again.
///
/// Trying first is what makes a folder cost one call more, and a file in a folder that is there
/// none.
pub(super) fn with_folder<T>(path: &Path, make: impl Fn(&Path) -> io::Result<T>) -> io::Result<T> {
    match make(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            make(path)
        }
        outcome => outcome,
    }
}

/// What a walk came upon.
#[derive(Debug, Default)]
pub(super) struct Walk<T> {
    /// What `visit` said, in no order.
    pub(super) found: Vec<T>,
    /// Every folder below the root, relative to it, outer ones before inner ones.
    pub(super) folders: Vec<PathBuf>,
}

/// Walks a folder level by level, in parallel, never following a link. `visit` gets everything
/// that is found, folders included, with its path relative to the root; `enough` may end the walk
/// early, between two levels.
///
/// Level by level, and not by recursion, since a folder that somebody else filled may be as deep as
/// it likes.
pub(super) fn walk<T: Send>(
    root: &Path,
    visit: impl Fn(&Path, &DirEntry, FileType) -> Result<Option<T>, Error> + Sync,
    enough: impl Fn(&[T]) -> bool,
) -> Result<Walk<T>, Error> {
    let mut walk = Walk {
        found: Vec::new(),
        folders: Vec::new(),
    };
    let mut level = vec![PathBuf::new()];
    while !level.is_empty() && !enough(&walk.found) {
        let read: Vec<(Vec<PathBuf>, Vec<T>)> = level
            .par_iter()
            .map(|folder| read_folder(root, folder, &visit))
            .collect::<Result<_, _>>()?;
        let mut next = Vec::new();
        for (folders, found) in read {
            next.extend(folders);
            walk.found.extend(found);
        }
        walk.folders.extend_from_slice(&next);
        level = next;
    }
    Ok(walk)
}

fn read_folder<T>(
    root: &Path,
    folder: &Path,
    visit: &(impl Fn(&Path, &DirEntry, FileType) -> Result<Option<T>, Error> + Sync),
) -> Result<(Vec<PathBuf>, Vec<T>), Error> {
    let full = root.join(folder);
    let (mut folders, mut found) = (Vec::new(), Vec::new());
    let entries = match fs::read_dir(&full) {
        Ok(entries) => entries,
        // Somebody deleted it since its parent was read.
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok((folders, found)),
        Err(error) => return Err(Error::io("read the folder", full)(error)),
    };
    for entry in entries {
        let entry = entry.map_err(Error::io("read the folder", &full))?;
        let kind = entry
            .file_type()
            .map_err(Error::io("look at", entry.path()))?;
        let relative = folder.join(entry.file_name());
        found.extend(visit(&relative, &entry, kind)?);
        if kind.is_dir() {
            folders.push(relative);
        }
    }
    Ok((folders, found))
}

/// Takes away a folder and all that is in it, which Goodturn made: links go, what they lead to
/// stays.
pub(super) fn remove_tree(root: &Path) -> Result<(), Error> {
    if !exists(root)? {
        return Ok(());
    }
    let walk = walk(
        root,
        |_, entry, kind| -> Result<Option<()>, Error> {
            if !kind.is_dir() {
                remove_file(&entry.path())?;
            }
            Ok(None)
        },
        |_| false,
    )?;
    for folder in walk.folders.iter().rev() {
        remove_folder(&root.join(folder))?;
    }
    remove_folder(root)
}

/// Deletes a file; that it is gone already is fine.
pub(super) fn remove_file(path: &Path) -> Result<(), Error> {
    gone(fs::remove_file(path)).map_err(Error::io("delete", path))
}

/// Deletes an empty folder; that it is gone already is fine.
pub(super) fn remove_folder(path: &Path) -> Result<(), Error> {
    gone(fs::remove_dir(path)).map_err(Error::io("delete the folder", path))
}

fn gone(outcome: io::Result<()>) -> io::Result<()> {
    match outcome {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        outcome => outcome,
    }
}
