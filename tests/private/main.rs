//! What is never published, from outside: the real command on libraries with canaries in every
//! private file, and on repositories of Git.

mod git;
mod imports;
mod leaks;
mod published;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// The first of March 2026.
const NOW: &str = "1772323200";

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
    /// With settings, a piece, and these files.
    fn new(files: &[(&str, &str)]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let library = Library { dir };
        library.write(
            "goodturn.yaml",
            "title: Shelf\nbase_url: https://shelf.example/\n",
        );
        library.write(
            "content/welcome.md",
            "---\ntitle: Welcome\nsummary: S\ngeneral: true\n---\nHello.\n",
        );
        for (path, text) in files {
            library.write(path, text);
        }
        library
    }

    fn path(&self, relative: &str) -> PathBuf {
        self.dir.path().join(relative)
    }

    fn write(&self, relative: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(relative);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// A card with these lines.
    fn card(&self, stem: &str, lines: &str) {
        let text = format!("BEGIN:VCARD\nVERSION:4.0\n{lines}\nEND:VCARD\n");
        self.write(&format!("private/people/{stem}.vcf"), text);
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_goodturn"));
        command
            .current_dir(self.dir.path())
            .args(args)
            .env("SOURCE_DATE_EPOCH", NOW)
            .env("COLUMNS", "80");
        command
    }

    fn run(&self, args: &[&str]) -> Ran {
        Ran::from(self.command(args).output().unwrap())
    }

    /// Every file below a folder, with its path there.
    fn files(&self, folder: &str) -> Vec<(String, Vec<u8>)> {
        files(&self.path(folder))
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

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap();
            (path.display().to_string(), fs::read(entry.path()).unwrap())
        })
        .collect()
}
