//! Files that are costly to make, kept from one run to the next: `.goodturn/books/` in the library.
//!
//! Each is named after the mark of all that it is made from, so that it is never out of date, with
//! a note beside it of what was told when it was made. Nothing in the cache cannot be made again:
//! what cannot be read counts as not there, and whoever likes may delete it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

/// The cache's folder: its path in the library.
pub const CACHE: &str = ".goodturn/books";

/// The sizes of what was made last, by path.
const SIZES: &str = "sizes.json";

/// What was not used for so long is deleted: 30 days.
const LIFETIME: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// Below this the time of the last use is not noted again: a day.
const OFTEN: Duration = Duration::from_secs(24 * 60 * 60);

/// A folder with files that were made before.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: PathBuf,
}

/// What was told when a file was made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// How large it is, in bytes: after a power failure a file may be cut off.
    pub size: u64,
    /// Warnings: each a message, and what to do about it.
    pub warnings: Vec<(String, Vec<String>)>,
}

impl Cache {
    /// The cache of the library in a folder. Nothing is written before there is something to keep.
    pub fn of(root: &Path) -> Cache {
        Cache {
            folder: root.join(CACHE),
        }
    }

    /// A file that was kept, with what was told of it; nothing where there is none.
    pub fn find(&self, name: &str) -> Option<(PathBuf, Note)> {
        let note = fs::read(self.note(name)).ok()?;
        let note: Note = serde_json::from_slice(&note).ok()?;
        let path = self.folder.join(name);
        let found = fs::symlink_metadata(&path).ok()?;
        (found.is_file() && found.len() == note.size).then_some((path, note))
    }

    /// Keeps a file: whole or not at all. Says where it is.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn keep(&self, name: &str, bytes: &[u8], note: Note) -> io::Result<PathBuf> {
        let size = bytes.len() as u64;
        let note = Note { size, ..note };
        fs::create_dir_all(&self.folder)?;
        let path = self.folder.join(name);
        put(&path, bytes)?;
        put(&self.note(name), &serde_json::to_vec(&note)?)?;
        Ok(path)
    }

    /// The sizes of the files that the last build made, by their paths on the site.
    pub fn sizes(&self) -> BTreeMap<String, u64> {
        let text = fs::read(self.folder.join(SIZES)).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    /// Keeps the sizes for the preview.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn keep_sizes(&self, sizes: &BTreeMap<String, u64>) -> io::Result<()> {
        if *sizes == self.sizes() {
            return Ok(());
        }
        fs::create_dir_all(&self.folder)?;
        put(&self.folder.join(SIZES), &serde_json::to_vec(sizes)?)
    }

    /// Notes that these files were used, and deletes what was not for a long time. What fails is
    /// tried again by the next run.
    pub fn tidy(&self, used: &[String]) {
        let now = SystemTime::now();
        let Ok(entries) = fs::read_dir(&self.folder) else {
            return;
        };
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let age = entry.metadata().and_then(|metadata| metadata.modified());
            let age = age
                .ok()
                .and_then(|changed| now.duration_since(changed).ok());
            let age = age.unwrap_or_default();
            let is_used = used.contains(&name) || name == SIZES;
            if is_used && age > OFTEN {
                let _ = File::open(entry.path()).and_then(|file| file.set_modified(now));
            } else if !is_used && age > LIFETIME && !name.ends_with(NOTE) {
                let _ = fs::remove_file(entry.path());
                let _ = fs::remove_file(self.note(&name));
            }
        }
    }

    fn note(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}{NOTE}"))
    }
}

/// How the name of a note ends.
const NOTE: &str = ".json";

/// Writes a file beside its place first, so that it is never half written there.
fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let staged = path.with_extension(format!("{}.new", std::process::id()));
    let written = fs::write(&staged, bytes).and_then(|()| fs::rename(&staged, path));
    if written.is_err() {
        // What is left of it is of no use to anybody.
        let _ = fs::remove_file(&staged);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    fn age(path: &Path, days: u64) {
        let then = SystemTime::now() - Duration::from_secs(days * 24 * 60 * 60);
        File::open(path)
            .and_then(|file| file.set_modified(then))
            .expect("a time");
    }

    #[test]
    fn what_is_kept_is_found_with_what_was_told() {
        let root = tempfile::tempdir().expect("a folder");
        let cache = Cache::of(root.path());
        assert!(cache.find("a.pdf").is_none());
        let note = Note {
            size: 5,
            warnings: vec![("no letter".into(), vec!["add a font".into()])],
        };
        let path = cache.keep("a.pdf", b"bytes", note.clone()).expect("kept");
        assert_eq!(cache.find("a.pdf"), Some((path.clone(), note)));
        assert_eq!(fs::read(&path).expect("a file"), b"bytes");
        fs::write(&path, b"byt").expect("written");
        assert!(cache.find("a.pdf").is_none(), "it is cut off");
        fs::write(&path, b"bytes").expect("written");
        assert!(cache.find("a.pdf").is_some());
        // A note that cannot be read means that nothing is there.
        fs::write(cache.note("a.pdf"), b"{").expect("written");
        assert!(cache.find("a.pdf").is_none());
    }

    #[test]
    fn what_is_no_longer_used_goes_after_a_month() {
        let root = tempfile::tempdir().expect("a folder");
        let cache = Cache::of(root.path());
        for (name, days) in [("old.pdf", 40), ("used.pdf", 40), ("new.pdf", 2)] {
            age(
                &cache.keep(name, b"x", Note::default()).expect("kept"),
                days,
            );
        }
        cache.tidy(&["used.pdf".into()]);
        let is_there = |name| cache.find(name).is_some();
        assert_eq!(
            ["old.pdf", "used.pdf", "new.pdf"].map(is_there),
            [false, true, true]
        );
        // It was used today.
        cache.tidy(&[]);
        assert!(is_there("used.pdf"));
    }
}
