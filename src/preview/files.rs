//! Opening a file of the library for a browser.
//!
//! The walk has looked at every file, but that was a while ago: one may have been replaced by a
//! symbolic link since. So its real path is looked at again each time.

use std::fs::{File, Metadata};
use std::io;
use std::path::Path;

use crate::config::Folders;

/// Opens a file for reading.
///
/// # Errors
/// It is not there, is no plain file, or really lies outside of the library or in private/.
pub fn open(folders: &Folders, disk: &Path) -> io::Result<(File, Metadata)> {
    let root = folders.root.canonicalize()?;
    let real = disk.canonicalize()?;
    let refused = || io::Error::from(io::ErrorKind::NotFound);
    if !real.starts_with(&root) || is_private(folders, &root, &real) {
        return Err(refused());
    }
    // Before it is opened: a pipe would wait for somebody to write.
    if !std::fs::symlink_metadata(&real)?.is_file() {
        return Err(refused());
    }
    let file = open_real(&real)?;
    let metadata = file.metadata()?;
    match metadata.is_file() {
        true => Ok((file, metadata)),
        false => Err(refused()),
    }
}

/// Whether a real path lies in private/, which may itself be a link.
fn is_private(folders: &Folders, root: &Path, real: &Path) -> bool {
    let private = folders.part("private").canonicalize();
    real.starts_with(root.join("private")) || private.is_ok_and(|private| real.starts_with(private))
}

/// Opens a path that has been looked at, and no link that was put there since.
#[cfg(unix)]
fn open_real(real: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
    std::fs::OpenOptions::new()
        .read(true)
        .custom_flags(flags.bits() as i32)
        .open(real)
}

/// Opens a path that has been looked at.
#[cfg(not(unix))]
fn open_real(real: &Path) -> io::Result<File> {
    File::open(real)
}
