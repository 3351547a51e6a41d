//! What is never published, from outside: the real command on libraries with canaries in every
//! private file, and on repositories of Git.

mod git;
mod imports;
mod leaks;
#[path = "../support/library.rs"]
mod library;
mod published;
#[path = "../support/ran.rs"]
mod ran;

use std::fs;
use std::path::Path;
use std::process::Command;

use library::Library;
use ran::Ran;

/// The first of March 2026.
const NOW: &str = "1772323200";

impl Library {
    /// With settings, a piece, and these files.
    fn new(files: &[(&str, &str)]) -> Self {
        let own = [
            (
                "goodturn.yaml",
                "title: Shelf\nbase_url: https://shelf.example/\n",
            ),
            (
                "content/welcome.md",
                "---\ntitle: Welcome\nsummary: S\ngeneral: true\n---\nHello.\n",
            ),
        ];
        Library::of(&[&own, files].concat())
    }

    /// A card with these lines.
    fn card(&self, stem: &str, lines: &str) {
        let text = format!("BEGIN:VCARD\nVERSION:4.0\n{lines}\nEND:VCARD\n");
        self.write(&format!("private/people/{stem}.vcf"), text);
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_goodturn"));
        command
            .current_dir(self.root())
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
