//! What bad input gets: each test makes a small library with something wrong in it, runs the real
//! program and looks at what it says and how it ends.
//!
//! Some tests mount a small file system or become another user, and therefore need root; without
//! it they fail and say so, since what they show must not go untested unnoticed.

mod addresses;
mod blocks;
mod books;
mod bytes;
mod depth;
mod files;
mod includes;
mod lenient;
mod links;
mod many;
mod names;
mod output;
mod properties;
mod settings;
mod templates;
mod yaml;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A library in a folder of its own.
struct Library {
    root: PathBuf,
    dir: TempDir,
}

impl Library {
    /// Settings and an article that are in order.
    fn new() -> Self {
        Library::bare()
            .write("goodturn.yaml", "title: Test\n")
            .write("content/fine.md", "# Fine\n\nNothing is wrong here.\n")
    }

    /// An empty folder.
    fn bare() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().canonicalize().unwrap().join("library");
        fs::create_dir(&root).unwrap();
        Library { root, dir }
    }

    /// A library with one more file.
    fn with(path: &str, text: &str) -> Self {
        Library::new().write(path, text)
    }

    fn write(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        self.put(path, bytes);
        self
    }

    fn put(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn link(self, path: &str, target: &str) -> Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(target, path).unwrap();
        self
    }

    fn run(&self, args: &[&str]) -> Run {
        self.run_command(Command::new(env!("CARGO_BIN_EXE_goodturn")).args(args))
    }

    fn run_command(&self, command: &mut Command) -> Run {
        let output = command
            .current_dir(&self.root)
            .env("NO_COLOR", "1")
            .env_remove("SOURCE_DATE_EPOCH")
            .output()
            .unwrap_or_else(|error| panic!("{command:?}: {error}"));
        Run::new(&output, self.dir.path())
    }

    fn build(&self) -> Run {
        self.run(&["build"])
    }

    /// Lets everybody read the library and the program, which may lie where only root can go.
    fn open_to_all(&self) {
        fs::copy(
            env!("CARGO_BIN_EXE_goodturn"),
            self.dir.path().join("goodturn"),
        )
        .unwrap();
        let chmod = Command::new("chmod")
            .args(["-R", "go+rX"])
            .arg(self.dir.path())
            .status();
        assert!(chmod.unwrap().success());
    }

    /// Builds as somebody who is not root, whom permissions bind.
    fn build_unprivileged(&self) -> Run {
        let program = self.dir.path().join("goodturn");
        match is_root() {
            true => self.run_command(
                Command::new("setpriv")
                    .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
                    .arg(program)
                    .arg("build"),
            ),
            false => self.run_command(Command::new(program).arg("build")),
        }
    }
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output().unwrap();
    output.stdout.starts_with(b"0\n")
}

/// How the program ended, and what it said.
struct Run {
    code: Option<i32>,
    out: String,
    told: String,
}

impl Run {
    fn new(output: &Output, dir: &Path) -> Self {
        let dir = dir.canonicalize().unwrap();
        let text = |bytes: &[u8]| {
            let text = String::from_utf8_lossy(bytes);
            text.replace(dir.to_str().unwrap(), "…")
                .trim_end()
                .to_owned()
        };
        let run = Run {
            code: output.status.code(),
            out: text(&output.stdout),
            told: text(&output.stderr),
        };
        assert!(run.code.is_some(), "ended by a signal: {}", run.told);
        assert!(!run.told.contains("panicked"), "{}", run.told);
        run
    }

    #[track_caller]
    fn ended(self, code: i32) -> String {
        assert_eq!(self.code, Some(code), "{}\n{}", self.out, self.told);
        self.told
    }

    /// What was told; problems in the content ended the run.
    #[track_caller]
    fn refused(self) -> String {
        self.ended(1)
    }

    /// What was told; the program was called wrongly.
    #[track_caller]
    fn misused(self) -> String {
        self.ended(2)
    }

    /// What was told; the site was built.
    #[track_caller]
    fn built(self) -> String {
        self.ended(0)
    }
}

/// The beginning of a text that goes on for long.
fn beginning(text: &str) -> String {
    text.lines().take(12).collect::<Vec<_>>().join("\n")
}
