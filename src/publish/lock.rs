//! One Goodturn at a time: an advisory lock on a file beside the output.
//!
//! The second one fails at once. To wait would hide a stuck build, and after the wait it would
//! publish what it read before; who wants to wait can simply build again.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::Error;
use super::disk::Identity;

/// How often the file may be found deleted between opening and locking it.
const ATTEMPTS: usize = 100;

/// Held while a Goodturn works on an output. Dropping it takes the file away, and the folders that
/// were made for it if nothing else came to be in them.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    file: Option<File>,
    /// Folders made for the file, innermost first.
    made: Vec<PathBuf>,
}

impl Lock {
    /// Locks `path` for work on `out`, making the folders that lead there.
    pub(super) fn acquire(path: &Path, out: &Path) -> Result<Lock, Error> {
        let folder = path.parent().unwrap_or(Path::new(""));
        let mut lock = Lock {
            path: path.to_owned(),
            file: None,
            made: folder
                .ancestors()
                .take_while(|folder| !folder.exists())
                .map(Path::to_owned)
                .collect(),
        };
        let not_writable = |source| Error::NotWritable {
            folder: folder.to_owned(),
            source,
        };
        fs::create_dir_all(folder).map_err(not_writable)?;
        for _ in 0..ATTEMPTS {
            // A file of some other kind under this name is not ours to open, a link least of all.
            match fs::symlink_metadata(path) {
                Ok(metadata) if !metadata.is_file() => {
                    return Err(Error::StageTaken {
                        path: path.to_owned(),
                    });
                }
                _ => {}
            }
            // Opened for writing since some network file systems lock such files only; nothing is
            // ever written.
            let file = OpenOptions::new()
                .create(true)
                .truncate(false)
                .write(true)
                .open(path)
                .map_err(not_writable)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    return Err(Error::Busy {
                        out: out.to_owned(),
                    });
                }
                // Some network file systems cannot lock. Better to publish unlocked, each swap is
                // still whole, than not at all.
                Err(TryLockError::Error(_)) => {}
            }
            // The one that held it may have deleted it before letting go, and then the lock is on
            // a file that nobody else will find.
            let held = file.metadata().map_err(Error::io("look at", path))?;
            if Identity::from(&held)
                == fs::symlink_metadata(path)
                    .ok()
                    .as_ref()
                    .and_then(Identity::from)
            {
                lock.file = Some(file);
                return Ok(lock);
            }
        }
        Err(Error::Busy {
            out: out.to_owned(),
        })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if let Some(file) = &self.file {
            // While it is held, so that nobody can have locked what is deleted. Not if there is
            // something in it: then it is not ours.
            let empty = file.metadata().is_ok_and(|metadata| metadata.len() == 0);
            if empty && cfg!(unix) {
                // Nothing is lost if it stays.
                let _ = fs::remove_file(&self.path);
            }
        }
        for folder in &self.made {
            match fs::remove_dir(folder) {
                Err(error) if error.kind() != ErrorKind::NotFound => break,
                _ => {}
            }
        }
    }
}
