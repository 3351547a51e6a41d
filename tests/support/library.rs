//! A library in a folder of its own, which goes with the test.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// A library in a folder of its own.
pub struct Library {
    dir: TempDir,
}

impl Library {
    /// A folder with these files.
    pub fn of(files: &[(&str, &str)]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let library = Library { dir };
        for (path, text) in files {
            library.write(path, text);
        }
        library
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        self.dir.path()
    }

    /// What lies in it at a path.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root().join(relative)
    }

    /// Writes a file, and the folders above it.
    pub fn write(&self, relative: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(relative);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}
