//! Writing what is private: folders that only their owner may enter (0700), files that only their
//! owner may read (0600), each written beside its place first and then put there whole.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Makes a private folder and those above it that are missing.
///
/// # Errors
/// It cannot be made.
pub fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// How to open a private file: one that is made is for its owner alone.
pub fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Puts a private file in the place of what is there. After a crash the old or the new text is
/// there, never a part; with `sync`, the new one once this returns.
///
/// # Errors
/// It cannot be written; what was there is as it was.
pub fn replace(path: &Path, text: &[u8], sync: bool) -> io::Result<()> {
    let staged = staged(path);
    let write = || -> io::Result<()> {
        let mut file = open_staged(&staged)?;
        file.write_all(text)?;
        if sync {
            file.sync_all()?;
        }
        fs::rename(&staged, path)?;
        if sync {
            sync_folder(path);
        }
        Ok(())
    };
    write().inspect_err(|_| {
        // What is left of it is of no use to anybody.
        let _ = fs::remove_file(&staged);
    })
}

/// Writes a private file where there is none. It is on the disk after [`sync_all_in`] its folder.
///
/// # Errors
/// There is one ([`ErrorKind::AlreadyExists`]), or it cannot be written.
pub fn create(path: &Path, text: &[u8]) -> io::Result<()> {
    let staged = staged(path);
    let write = || -> io::Result<()> {
        open_staged(&staged)?.write_all(text)?;
        rename_new(&staged, path)
    };
    write().inspect_err(|_| {
        // What is left of it is of no use to anybody.
        let _ = fs::remove_file(&staged);
    })
}

/// Gives a file a name that no other has.
fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "android"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
            // Some file systems cannot do this.
            Err(Errno::INVAL | Errno::NOSYS) => {}
            outcome => return Ok(outcome?),
        }
    }
    // A second name, unlike a new name, never takes the place of a file that is there.
    fs::hard_link(from, to)?;
    fs::remove_file(from)
}

/// Sees to it that what was made or renamed in a file's folder is on the disk.
pub fn sync_folder(path: &Path) {
    // Some systems cannot open folders; what is in the file itself is safe without it.
    if let Some(folder) = path.parent().and_then(|folder| File::open(folder).ok()) {
        let _ = folder.sync_all();
    }
}

/// Sees to it that everything written to a folder's file system is on the disk: for many files at
/// once.
///
/// # Errors
/// The disk says that something could not be written.
pub fn sync_all_in(folder: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "android"))]
    rustix::fs::syncfs(File::open(folder)?)?;
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    for entry in fs::read_dir(folder)? {
        File::open(entry?.path())?.sync_all()?;
    }
    Ok(())
}

/// Takes away what killed runs left of files that they were writing in a folder. What is younger
/// than an hour may be somebody's work still.
pub fn sweep(folder: &Path) {
    let is_left = |entry: &fs::DirEntry| {
        let modified = entry.metadata().and_then(|data| data.modified());
        let age = modified.ok().and_then(|at| at.elapsed().ok());
        is_staged(&entry.file_name().to_string_lossy()) && age.is_some_and(|age| age > LEFT)
    };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries.filter(is_left) {
        // What cannot be deleted harms nobody: hidden files are no cards.
        let _ = fs::remove_file(entry.path());
    }
}

/// After this time, a file that was being written is what a killed run left.
const LEFT: Duration = Duration::from_secs(3600);

/// Whether a file of this name is one that is being written, or was when its run was killed.
pub fn is_staged(name: &str) -> bool {
    let process = name
        .strip_suffix(".new")
        .and_then(|name| name.rsplit_once('.'));
    name.starts_with('.') && process.is_some_and(|(_, process)| process.parse::<u32>().is_ok())
}

/// A name beside `path` that no other process uses.
fn staged(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.new", std::process::id()))
}

/// A file that a killed process of the same number left is overwritten.
fn open_staged(path: &Path) -> io::Result<File> {
    options().write(true).create(true).truncate(true).open(path)
}
