//! Publishing, as a build uses it: what is refused, what is kept, and what a killed or failed run
//! leaves behind.
//!
//! Some tests mount small file systems of their own and therefore need root; without it they fail
//! and say so, since what they show must not go untested unnoticed.

mod foreign;
mod killed;
#[path = "../support/mount.rs"]
mod mount;
mod mounted;
mod refused;
mod stopped;
mod written;

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use goodturn::publish::{
    Content, Error, Folders, Guarded, Options, PublishError, Relation, Report, guard, publish,
};
use tempfile::TempDir;

const MANIFEST: &str = ".goodturn-manifest";
const KEEP: Options = Options { keep_foreign: true };

/// A library in a folder of its own.
struct Library {
    root: PathBuf,
    _dir: Option<TempDir>,
}

impl Library {
    fn new() -> Self {
        Self::within(tempfile::tempdir().unwrap())
    }

    fn within(dir: TempDir) -> Self {
        let root = dir.path().canonicalize().unwrap().join("library");
        fs::create_dir_all(root.join("content")).unwrap();
        Library {
            root,
            _dir: Some(dir),
        }
    }

    fn at(root: &Path) -> Self {
        Library {
            root: root.to_owned(),
            _dir: None,
        }
    }

    fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    fn out(&self) -> PathBuf {
        self.path("public")
    }

    fn guard_out(&self, out: &Path, options: Options) -> Result<Guarded, Error> {
        guard(
            &Folders {
                library: &self.root,
                content: &self.path("content"),
                private: &self.path("private"),
                inputs: &[],
                out,
            },
            options,
        )
    }

    fn guard(&self, options: Options) -> Result<Guarded, Error> {
        self.guard_out(&self.out(), options)
    }

    /// Publishes these files.
    fn build(&self, files: &[(&str, &str)]) -> Report {
        self.try_build(files, Options::default()).unwrap()
    }

    fn try_build(&self, files: &[(&str, &str)], options: Options) -> Result<Report, Error> {
        self.build_with(files, options, || {})
    }

    fn build_with(
        &self,
        files: &[(&str, &str)],
        options: Options,
        before_swap: impl FnOnce(),
    ) -> Result<Report, Error> {
        let files: BTreeMap<&str, &str> = files.iter().copied().collect();
        let paths: Vec<&str> = files.keys().copied().collect();
        let produce = |path: &str| Ok(Content::Bytes(files[path].into()));
        let outcome = publish::<Infallible, _>(self.guard(options)?, &paths, produce, || {
            before_swap();
            Ok(())
        });
        match outcome {
            Ok(report) => Ok(report),
            Err(PublishError::Publish(error)) => Err(error),
            Err(other) => panic!("{other:?}"),
        }
    }

    /// What is beside the output that was not there before the first build.
    fn litter(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(&self.root)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .filter(|name| name.starts_with(".public"))
            .collect();
        names.sort();
        names
    }
}

/// Every file below a folder with its bytes, a link with an arrow and where it leads; links are
/// not followed.
fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(root) {
        let entry = entry.unwrap();
        let name = entry.path().strip_prefix(root).unwrap();
        let name = name.to_string_lossy().into_owned();
        if entry.file_type().is_symlink() {
            let target = fs::read_link(entry.path()).unwrap();
            let arrow = format!("-> {}", target.display());
            files.insert(name, arrow.into_bytes());
        } else if entry.file_type().is_file() {
            files.insert(name, fs::read(entry.path()).unwrap());
        }
    }
    files
}

fn site(out: &Path) -> BTreeMap<String, String> {
    files(out)
        .into_iter()
        .filter(|(name, _)| name != MANIFEST)
        .map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap()))
        .collect()
}

fn expected(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect()
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn modified(path: &Path) -> SystemTime {
    fs::symlink_metadata(path).unwrap().modified().unwrap()
}

/// Makes a file look as if it was written long ago, so that writing it anew would show.
fn age(path: &Path) -> SystemTime {
    let then = SystemTime::UNIX_EPOCH + Duration::new(1_000_000_000, 123_456_789);
    fs::File::open(path).unwrap().set_modified(then).unwrap();
    modified(path)
}

const A: &[(&str, &str)] = &[
    ("index.html", "home"),
    ("r/abc/index.html", "to a"),
    ("articles/a/index.html", "a"),
    ("style.css", "body {}"),
];
const B: &[(&str, &str)] = &[
    ("index.html", "home, changed"),
    ("articles/a/index.html", "a"),
    ("articles/b/index.html", "b"),
    ("style.css", "body {}"),
];

/// Sees to it that the guard refuses `out` for how it lies to something that is read.
#[track_caller]
fn refused(library: &Library, out: &Path, relation: Relation) {
    match library.guard_out(out, KEEP) {
        Err(Error::Overlap { relation: is, .. }) => assert_eq!(is, relation, "{}", out.display()),
        other => panic!("{}: {other:?}", out.display()),
    }
    assert!(library.litter().is_empty());
}
