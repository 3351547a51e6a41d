//! The commands as people use them: the real program, run in folders of its own.

mod ask;
mod book;
#[cfg(all(feature = "clipboard", target_os = "linux"))]
mod clipboard;
mod connect;
mod downloads;
mod followup;
mod gitbook;
mod handout;
mod help;
mod industries;
mod init;
mod letters;
mod list;
mod lone;
#[cfg(feature = "smtp")]
mod mail;
mod me;
#[cfg(target_os = "linux")]
#[path = "../support/mount.rs"]
mod mount;
mod new;
mod odd_people;
mod people;
mod private_input;
#[cfg(target_os = "linux")]
mod safe;
mod sheet;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// 2026-01-02, at noon.
const NOW: &str = "1767355200";

/// A folder to work in.
struct Desk {
    dir: TempDir,
}

/// What a run of the program left.
#[derive(Debug)]
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Desk {
    /// An empty folder.
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        Desk { dir }
    }

    /// A folder that `init` made a library of, for these trades.
    fn library(industries: &[&str]) -> Self {
        let desk = Desk::new();
        let mut args = vec!["init", "--yes", "--title", "Ann's shelf", "--name", "Ann"];
        for industry in industries {
            args.extend(["--industry", industry]);
        }
        desk.run(&args).fine();
        desk
    }

    fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// Every file, sorted.
    fn files(&self) -> Vec<String> {
        let mut files = Vec::new();
        collect(self.dir.path(), self.dir.path(), &mut files);
        files.sort();
        files
    }

    fn command(&self) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("goodturn"));
        command
            .current_dir(self.dir.path())
            .env("SOURCE_DATE_EPOCH", NOW)
            .env("COLUMNS", "80")
            .env_remove("NO_COLOR");
        command
    }

    fn run(&self, args: &[&str]) -> Ran {
        Ran::of(self.command().args(args).output().unwrap())
    }

    /// Builds; fails on any error or warning.
    fn builds_clean(&self) {
        let ran = self.run(&["build", "--out", "public"]);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{ran:?}");
    }
}

impl Ran {
    fn of(output: Output) -> Self {
        Ran {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// What it wrote, when all went well and it had nothing to complain about.
    fn fine(self) -> String {
        assert_eq!((self.code, self.err.as_str()), (Some(0), ""), "{self:?}");
        self.out
    }

    /// What it complained about, when it was used wrongly.
    fn refused(self) -> String {
        assert_eq!((self.code, self.out.as_str()), (Some(2), ""), "{self:?}");
        self.err
    }

    fn json(self) -> Value {
        serde_json::from_str(&self.fine()).unwrap()
    }
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            files.push(path.strip_prefix(root).unwrap().display().to_string());
        }
    }
}
