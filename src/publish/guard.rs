//! Checks, before any work is done, that the output folder may be written at all.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use super::Options;
use super::disk::{self, Identity};
use super::error::{Error, Relation};
use super::lock::Lock;
use super::retire::recover;
use super::stage::Places;
use super::swap::Method;
use super::tree::Tree;

/// What else a library holds that Goodturn or its author works in. The output is never one of
/// these, whether they are there or not.
const OWN: &[&str] = &[
    "content",
    "templates",
    "themes",
    "static",
    "private",
    "src",
    ".git",
    ".goodturn",
    "goodturn.yaml",
    "goodturn.lock",
    "industries.yaml",
];

/// The folders that a build has to do with. Any of them may be missing still, and may lead through
/// links; relative ones start at the working folder.
#[derive(Clone, Copy, Debug)]
pub struct Folders<'a> {
    /// The library's root.
    pub library: &'a Path,
    /// What is published.
    pub content: &'a Path,
    /// What is never published.
    pub private: &'a Path,
    /// Other files and folders that are read: a theme elsewhere, a cache.
    pub inputs: &'a [PathBuf],
    /// The output.
    pub out: &'a Path,
}

/// An output folder that may be written, held against other runs until this is dropped.
#[derive(Debug)]
pub struct Guarded {
    pub(super) places: Places,
    pub(super) tree: Tree,
    pub(super) method: Method,
    pub(super) rescued: Vec<PathBuf>,
    // Let go last.
    pub(super) _lock: Lock,
}

impl Guarded {
    /// The output folder, links resolved.
    pub fn out(&self) -> &Path {
        &self.places.out
    }
}

/// Checks that the output folder may be written, takes the lock, tidies up after a killed run and
/// looks through what is there.
///
/// Nothing else is written: where this fails, or what it gives is dropped without publishing, the
/// output is as it was.
pub fn guard(folders: &Folders<'_>, options: Options) -> Result<Guarded, Error> {
    let out = resolve(folders.out)?;
    check_overlaps(folders, &out)?;
    let places = Places::beside(&out)?;
    check_kind(&places)?;
    check_mount(&places)?;
    let lock = Lock::acquire(&places.lock, &out)?;
    check_writable(&places)?;
    let rescued = recover(&places)?;
    let tree = Tree::read(&out, options.keep_foreign)?;
    Ok(Guarded {
        places,
        tree,
        method: Method::default(),
        rescued,
        _lock: lock,
    })
}

/// Looks whether the output folder may be written, without taking the lock or tidying up: for a
/// command that writes nothing.
///
/// # Errors
/// The same errors that [`guard`] would give, but for another run that is at work.
pub fn look(folders: &Folders<'_>, options: Options) -> Result<(), Error> {
    let out = resolve(folders.out)?;
    check_overlaps(folders, &out)?;
    let places = Places::beside(&out)?;
    check_kind(&places)?;
    check_mount(&places)?;
    check_writable(&places)?;
    Tree::read(&out, options.keep_foreign).map(drop)
}

/// Sees to it that the output and what is read keep clear of each other.
fn check_overlaps(folders: &Folders<'_>, out: &Path) -> Result<(), Error> {
    let library = resolve(folders.library)?;
    let content = resolve(folders.content)?;
    let private = resolve(folders.private)?;

    if is_within(&private, &content) {
        return Err(Error::PrivateInside {
            private,
            inside: content,
        });
    }
    let refuse = |relation, input: &Path| {
        Err(Error::Overlap {
            out: out.to_owned(),
            relation,
            input: input.to_owned(),
        })
    };
    // The output lies inside the library as a rule.
    match relation(out, &library) {
        None | Some(Relation::Inside) => {}
        Some(relation) => return refuse(relation, &library),
    }
    if relation(out, &private) == Some(Relation::Contains) {
        return Err(Error::PrivateInside {
            private,
            inside: out.to_owned(),
        });
    }
    let mut inputs = vec![content, private];
    for input in folders.inputs {
        inputs.push(resolve(input)?);
    }
    for name in OWN {
        inputs.push(resolve(&library.join(name))?);
    }
    for input in &inputs {
        if let Some(relation) = relation(out, input) {
            return refuse(relation, input);
        }
    }
    // A repository's own folder, wherever the library lies in the repository.
    match out.ancestors().find(|folder| folder.ends_with(".git")) {
        Some(git) if git == out => refuse(Relation::Is, git),
        Some(git) => refuse(Relation::Inside, git),
        None => Ok(()),
    }
}

/// How `out` lies to `input`, if they have to do with each other.
fn relation(out: &Path, input: &Path) -> Option<Relation> {
    match (is_within(out, input), is_within(input, out)) {
        (true, true) => Some(Relation::Is),
        (true, false) => Some(Relation::Inside),
        (false, true) => Some(Relation::Contains),
        (false, false) => None,
    }
}

/// Whether `inner` is `outer` or lies in it, both resolved. Names are not everything: a folder may
/// be mounted at two places, or be spelt in upper case where that makes no difference.
fn is_within(inner: &Path, outer: &Path) -> bool {
    if inner.starts_with(outer) {
        return true;
    }
    let Some(outer) = Identity::of(outer) else {
        return false;
    };
    inner
        .ancestors()
        .any(|folder| Identity::of(folder) == Some(outer))
}

/// The path with all links resolved, as far as it exists, and `..` taken away.
fn resolve(path: &Path) -> Result<PathBuf, Error> {
    let failed = |source| Error::io("find", path)(source);
    let absolute = std::path::absolute(path).map_err(failed)?;
    let mut resolved = PathBuf::new();
    for component in absolute.components() {
        match component {
            Component::CurDir => {}
            // What is resolved so far has no links in it, so the parent is the one that is meant.
            Component::ParentDir => {
                resolved.pop();
            }
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => {
                resolved.push(component);
                match fs::symlink_metadata(&resolved) {
                    Ok(metadata) if metadata.is_symlink() => {
                        // A link that leads nowhere, or round in a circle, is an error.
                        resolved = fs::canonicalize(&resolved).map_err(failed)?;
                    }
                    Ok(_) => {}
                    Err(error)
                        if matches!(
                            error.kind(),
                            ErrorKind::NotFound | ErrorKind::NotADirectory
                        ) => {}
                    Err(error) => return Err(failed(error)),
                }
            }
        }
    }
    Ok(resolved)
}

/// Sees to it that the output and the way there are folders, as far as they exist.
fn check_kind(places: &Places) -> Result<(), Error> {
    for folder in places.out.ancestors() {
        match fs::symlink_metadata(folder) {
            Ok(metadata) if metadata.is_dir() => return Ok(()),
            Ok(_) => {
                return Err(Error::NotAFolder {
                    out: folder.to_owned(),
                });
            }
            Err(_) => {}
        }
    }
    Ok(())
}

/// Sees to it that the output can change places with another folder.
fn check_mount(places: &Places) -> Result<(), Error> {
    let out = Identity::of(&places.out);
    let parent = Identity::of(&places.parent);
    let other_device =
        matches!((out, parent), (Some(out), Some(parent)) if out.device != parent.device);
    if other_device || is_mount_root(&places.out) {
        return Err(Error::MountPoint {
            out: places.out.clone(),
        });
    }
    Ok(())
}

/// Whether the system says that something is mounted here. A folder may be mounted on another of
/// the same device, as containers do.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn is_mount_root(path: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    statx(CWD, path, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::empty())
        .is_ok_and(|stat| stat.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn is_mount_root(_: &Path) -> bool {
    false
}

/// Sees to it that the folder beside which the site is staged can be written, and the output
/// itself, out of which the old files are deleted.
fn check_writable(places: &Places) -> Result<(), Error> {
    for folder in [&places.parent, &places.out] {
        match may_write(folder) {
            Err(source) if source.kind() != ErrorKind::NotFound => {
                return Err(Error::NotWritable {
                    folder: folder.clone(),
                    source,
                });
            }
            _ => {}
        }
    }
    disk::exists(&places.out).map(|_| ())
}

#[cfg(unix)]
fn may_write(folder: &Path) -> io::Result<()> {
    use rustix::fs::{Access, access};
    Ok(access(folder, Access::WRITE_OK | Access::EXEC_OK)?)
}

#[cfg(not(unix))]
fn may_write(_: &Path) -> io::Result<()> {
    Ok(())
}
