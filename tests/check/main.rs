//! `goodturn check`, as people call it: the real command on small libraries, and on a server of
//! our own for links that lead out.

mod content;
mod external;
mod server;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

use tempfile::TempDir;

/// A library in a folder of its own.
struct Library {
    dir: TempDir,
}

/// How a command ended.
#[derive(Debug, PartialEq, Eq)]
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Library {
    /// With settings and these files below it.
    fn new(files: &[(&str, &str)]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let library = Library { dir };
        library.write("goodturn.yaml", "title: Test\n");
        library.write(
            "content/welcome.md",
            "---\ntitle: Welcome\nsummary: S\n---\nHello.\n",
        );
        for (path, text) in files {
            library.write(path, text);
        }
        library
    }

    fn path(&self, relative: &str) -> PathBuf {
        self.dir.path().join(relative)
    }

    fn write(&self, relative: &str, text: &str) {
        let path = self.path(relative);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Runs goodturn on it, on 10 March 2026.
    fn run(&self, args: &[&str]) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_goodturn"));
        command
            .arg("-C")
            .arg(self.dir.path())
            .args(args)
            .env("SOURCE_DATE_EPOCH", "1773136800")
            .env("GOODTURN_CHECK_LOCAL", "1");
        // A proxy would answer in place of our server.
        for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
            command.env_remove(name).env_remove(name.to_lowercase());
        }
        Ran::from(command.output().unwrap())
    }

    /// Every file and folder with what would change if it were written.
    fn listing(&self) -> BTreeMap<PathBuf, (u64, SystemTime)> {
        listing(self.dir.path())
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Ran {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

fn listing(root: &Path) -> BTreeMap<PathBuf, (u64, SystemTime)> {
    walkdir::WalkDir::new(root)
        .into_iter()
        .map(|entry| {
            let entry = entry.unwrap();
            let metadata = entry.metadata().unwrap();
            let looks = (metadata.len(), metadata.modified().unwrap());
            (entry.into_path(), looks)
        })
        .collect()
}
