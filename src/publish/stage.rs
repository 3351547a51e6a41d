//! The stage: where the new site is put together, beside the output, under a name of its own.
//!
//! ```text
//! public/               the output
//! .public.lock          held while a Goodturn works on it
//! .public.staging/
//!   goodturn-stage      the marker: Goodturn made this folder; which folder `site` was at first
//!   site/               the new site; after the swap by exchange, the old one
//!   previous/           the old site, where folders cannot be exchanged
//! ```
//!
//! The marker is written before anything else and deleted last. It holds the identity (device and
//! inode) of `site`: the swap gives the name to another folder, so whoever comes upon the stage of
//! a killed run knows by this alone whether `site` is a stage that may be thrown away or the old
//! site, which may hold files of somebody else.
//!
//! Files of the stage are always created, never opened for writing by a name that was there
//! before. This is what makes hard links to the old site safe: a published file is never modified,
//! only replaced.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::disk::{self, Identity, with_folder};
use super::manifest;
use super::tree::Foreign;
use super::{Error, compare};

const MARKER: &str = "goodturn-stage";
/// The marker while it is being written.
const MARKER_DRAFT: &str = "goodturn-stage.new";

/// The names beside an output folder that Goodturn uses while it works.
#[derive(Clone, Debug)]
pub(super) struct Places {
    /// The output folder.
    pub(super) out: PathBuf,
    /// The folder that holds it.
    pub(super) parent: PathBuf,
    /// The lock.
    pub(super) lock: PathBuf,
    /// The folder that holds all that follows.
    pub(super) container: PathBuf,
    /// The new site; after an exchange, the old one.
    pub(super) site: PathBuf,
    /// The old site, where folders cannot be exchanged.
    pub(super) previous: PathBuf,
    name: OsString,
}

impl Places {
    /// The names for work on `out`, whose links are resolved.
    pub(super) fn beside(out: &Path) -> Result<Places, Error> {
        let (Some(parent), Some(name)) = (out.parent(), out.file_name()) else {
            return Err(Error::NoParent {
                out: out.to_owned(),
            });
        };
        let container = parent.join(dotted(name, ".staging"));
        Ok(Places {
            out: out.to_owned(),
            parent: parent.to_owned(),
            lock: parent.join(dotted(name, ".lock")),
            site: container.join("site"),
            previous: container.join("previous"),
            container,
            name: name.to_owned(),
        })
    }

    /// A folder beside the output that is not there yet, for files that would be lost otherwise.
    pub(super) fn make_rescue(&self) -> Result<PathBuf, Error> {
        let mut count = 1;
        loop {
            let suffix = match count {
                1 => ".rescued".to_owned(),
                n => format!(".rescued-{n}"),
            };
            let path = self.parent.join(dotted(&self.name, &suffix));
            match fs::create_dir(&path) {
                Ok(()) => return Ok(path),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => count += 1,
                Err(error) => return Err(Error::io("create the folder", path)(error)),
            }
        }
    }

    fn marker(&self) -> PathBuf {
        self.container.join(MARKER)
    }

    /// What stands in the marker; `None` if there is none.
    pub(super) fn read_marker(&self) -> Option<String> {
        let path = self.marker();
        let metadata = fs::symlink_metadata(&path).ok()?;
        // Whatever stands in it, the folder that it marks is Goodturn's.
        metadata
            .is_file()
            .then(|| fs::read_to_string(path).unwrap_or_default())
    }

    /// Whether `site` is still the folder that was made for the stage, as `marker` has it.
    pub(super) fn is_stage(&self, marker: &str) -> bool {
        marker.lines().next() == Some(&describe(Identity::of(&self.site)))
    }

    /// Takes away a container whose marker was never finished, if there is nothing else in it.
    pub(super) fn remove_empty_container(&self) -> Result<(), Error> {
        // Both are empty folders at that time, or these calls fail and change nothing.
        let _ = fs::remove_dir(&self.site);
        let only_draft = |entry: io::Result<fs::DirEntry>| {
            entry.is_ok_and(|entry| entry.file_name() == MARKER_DRAFT)
        };
        if fs::read_dir(&self.container).is_ok_and(|mut entries| entries.all(only_draft)) {
            self.remove_container()?;
        }
        Ok(())
    }

    /// Takes away the container, which holds nothing but the marker any more.
    pub(super) fn remove_container(&self) -> Result<(), Error> {
        disk::remove_file(&self.container.join(MARKER_DRAFT))?;
        disk::remove_file(&self.marker())?;
        disk::remove_folder(&self.container)
    }
}

/// `.NAMEsuffix`.
fn dotted(name: &OsStr, suffix: &str) -> OsString {
    let mut dotted = OsString::from(".");
    dotted.push(name);
    dotted.push(suffix);
    dotted
}

fn describe(identity: Option<Identity>) -> String {
    match identity {
        Some(Identity { device, inode }) => format!("goodturn-stage 1 {device} {inode}"),
        None => "goodturn-stage 1".to_owned(),
    }
}

/// A site in the making. Dropped before the swap, it is taken away.
#[derive(Debug)]
pub(super) struct Stage<'a> {
    places: &'a Places,
    made: Option<Identity>,
    swapped: bool,
}

impl<'a> Stage<'a> {
    /// Makes an empty stage. No other may be there.
    pub(super) fn create(places: &'a Places) -> Result<Stage<'a>, Error> {
        let create = |path: &Path| {
            fs::create_dir(path).map_err(|error| match error.kind() {
                ErrorKind::AlreadyExists => Error::StageTaken {
                    path: path.to_owned(),
                },
                _ => Error::io("create the folder", path)(error),
            })
        };
        create(&places.container)?;
        let mut stage = Stage {
            places,
            made: None,
            swapped: false,
        };
        create(&places.site)?;
        stage.made = Identity::of(&places.site);
        let draft = places.container.join(MARKER_DRAFT);
        let text = format!(
            "{}\nGoodturn stages a site here. It may be deleted while no goodturn runs.\n",
            describe(stage.made)
        );
        // Renamed into place, so that a marker is always whole.
        fs::write(&draft, text)
            .and_then(|()| fs::rename(&draft, places.marker()))
            .map_err(Error::io("write", places.marker()))?;
        stage.take_after_old();
        Ok(stage)
    }

    /// Gives the new site's folder the group and the permissions of the old one's: it takes its
    /// place, and a web server may depend on them. That they cannot be given stops nothing.
    #[cfg(unix)]
    fn take_after_old(&self) {
        use std::os::unix::fs::{MetadataExt, chown};
        if let (Ok(old), Ok(new)) = (
            fs::symlink_metadata(&self.places.out),
            fs::symlink_metadata(&self.places.site),
        ) {
            if old.gid() != new.gid() {
                let _ = chown(&self.places.site, None, Some(old.gid()));
            }
            if old.mode() != new.mode() {
                let _ = fs::set_permissions(&self.places.site, old.permissions());
            }
        }
    }

    #[cfg(not(unix))]
    fn take_after_old(&self) {}

    /// Writes a file of the site.
    pub(super) fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        create_new(&self.places.site.join(path))
            .and_then(|mut file| file.write_all(bytes))
            .map_err(|source| write_error(path, source))
    }

    /// Copies `from` to a file of the site, along with its modification time. Its permissions are
    /// those of any new file: what is published must be readable, whoever may read the original.
    pub(super) fn copy(&self, path: &str, from: &Path) -> Result<(), Error> {
        let copy = || -> io::Result<()> {
            let (mut source, metadata) = open_source(from)?;
            let mut file = create_new(&self.places.site.join(path))?;
            // On Linux this is copy_file_range, which shares the blocks where the file system can.
            io::copy(&mut source, &mut file)?;
            file.set_modified(metadata.modified()?)
        };
        copy().map_err(|source| Error::Copy {
            from: from.to_owned(),
            path: path.to_owned(),
            source,
        })
    }

    /// Takes over a file of the old site as it is.
    pub(super) fn link(&self, path: &str) -> Result<(), Error> {
        let (old, new) = (self.places.out.join(path), self.places.site.join(path));
        link_or_copy(&old, &new).map_err(|source| write_error(path, source))
    }

    /// Takes over what Goodturn did not write, in the given order: folders before what is in them.
    pub(super) fn carry(&self, foreign: &[Foreign]) -> Result<(), Error> {
        for Foreign { path, folder } in foreign {
            let (old, new) = (self.places.out.join(path), self.places.site.join(path));
            let carried = if *folder {
                fs::create_dir_all(&new)
            } else {
                match link_or_copy(&old, &new) {
                    // Somebody deleted it meanwhile.
                    Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
                    outcome => outcome,
                }
            };
            carried.map_err(|source| write_error(&path.display().to_string(), source))?;
        }
        // Only now, since each new file changes its folder's time; inner ones before outer ones.
        for Foreign { path, .. } in foreign.iter().rev().filter(|foreign| foreign.folder) {
            let (old, new) = (self.places.out.join(path), self.places.site.join(path));
            // A folder without its old time is no reason to fail.
            let _ = copy_folder_looks(&old, &new);
        }
        Ok(())
    }

    /// Writes the list of the site's files, the last one of them.
    pub(super) fn write_manifest(&self, text: &str) -> Result<(), Error> {
        self.write(manifest::NAME, text.as_bytes())
    }

    /// Whether the folder under the stage's name is still the one that was made: what was written
    /// in another one is not the site.
    pub(super) fn is_intact(&self) -> bool {
        disk::is_folder(&self.places.site) && Identity::of(&self.places.site) == self.made
    }

    /// Says that the stage is now the output, and not to be taken away.
    pub(super) fn swapped(mut self) {
        self.swapped = true;
    }
}

impl Drop for Stage<'_> {
    fn drop(&mut self) {
        if !self.swapped && (self.made.is_none() || self.is_intact()) {
            // What stays is taken away by the next run; the error that led here is worth more.
            let _ =
                disk::remove_tree(&self.places.site).and_then(|()| self.places.remove_container());
        }
    }
}

fn write_error(path: &str, source: io::Error) -> Error {
    Error::Write {
        path: path.to_owned(),
        source,
    }
}

/// A new file, with the folders that lead to it; that there is one already is an error.
fn create_new(path: &Path) -> io::Result<File> {
    with_folder(path, |path| {
        OpenOptions::new().write(true).create_new(true).open(path)
    })
}

/// Gives a second name to what `old` names, whatever it is; where the file system or the system's
/// rules refuse that, makes a copy with the same modification time.
fn link_or_copy(old: &Path, new: &Path) -> io::Result<()> {
    match with_folder(new, |new| fs::hard_link(old, new)) {
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::Unsupported
                    | ErrorKind::PermissionDenied
                    | ErrorKind::TooManyLinks
                    | ErrorKind::CrossesDevices
                    | ErrorKind::InvalidInput
            ) =>
        {
            copy_as_is(old, new)
        }
        outcome => outcome,
    }
}

/// A copy of a file or link, with time and permissions.
fn copy_as_is(old: &Path, new: &Path) -> io::Result<()> {
    let metadata = fs::symlink_metadata(old)?;
    if metadata.is_symlink() {
        return with_folder(new, |new| copy_link(&fs::read_link(old)?, new));
    }
    if !metadata.is_file() {
        return Err(io::Error::new(
            ErrorKind::Unsupported,
            "it is neither a file nor a folder nor a link",
        ));
    }
    let mut file = create_new(new)?;
    io::copy(&mut File::open(old)?, &mut file)?;
    file.set_permissions(metadata.permissions())?;
    file.set_modified(metadata.modified()?)
}

#[cfg(unix)]
fn copy_link(target: &Path, new: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, new)
}

#[cfg(not(unix))]
fn copy_link(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::Error::new(
        ErrorKind::Unsupported,
        "links cannot be copied on this system",
    ))
}

fn copy_folder_looks(old: &Path, new: &Path) -> io::Result<()> {
    let metadata = fs::symlink_metadata(old)?;
    fs::set_permissions(new, metadata.permissions())?;
    File::open(new)?.set_modified(metadata.modified()?)
}

/// A file that is to be copied into the site, opened.
pub(super) fn open_source(from: &Path) -> io::Result<(File, fs::Metadata)> {
    let metadata = fs::metadata(from)?;
    if !metadata.is_file() {
        // To open a pipe would wait for somebody to fill it.
        return Err(io::Error::new(ErrorKind::Unsupported, "it is not a file"));
    }
    Ok((File::open(from)?, metadata))
}

/// Whether `old` has not changed since; for the files that Goodturn wrote and wants again.
pub(super) fn is_unchanged(old: &Path, content: &super::Content) -> bool {
    match content {
        super::Content::Bytes(bytes) => compare::holds(old, bytes),
        super::Content::File(from) => fs::metadata(from)
            .is_ok_and(|metadata| metadata.is_file() && compare::is_copy(old, from, &metadata)),
    }
}
