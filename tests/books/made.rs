//! Books made by the real program, in libraries of their own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// The fixture, copied to where it may be written to.
pub fn traps() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/traps");
    copy(&fixture, folder.path());
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        match path.is_dir() {
            true => copy(&path, &target),
            false => drop(fs::copy(&path, &target).expect("a copy")),
        }
    }
}

/// Runs the program in a library.
pub fn goodturn(library: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_goodturn"))
        .current_dir(library)
        .args(["--color", "never"])
        .args(arguments)
        .env("SOURCE_DATE_EPOCH", "1800000000")
        .env("COLUMNS", "80")
        .output()
        .expect("goodturn runs")
}

/// What the program said, when it did what it was asked for.
pub fn done(output: Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    said
}

/// A file of target/books/, where what tests make can be looked at.
fn kept(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/books");
    fs::create_dir_all(&folder).expect("target/ can be written");
    folder.join(name)
}

/// Makes a book of the library as EPUB or PDF, by the ending of `name`.
pub fn book(library: &Path, path: &str, name: &str) -> (PathBuf, String) {
    let file = kept(name);
    let ending = file.extension().and_then(|ending| ending.to_str());
    let option = format!("--{}", ending.expect("an ending"));
    let arguments = ["book", path, &option, file.to_str().expect("a path")];
    let told = done(goodturn(library, &arguments));
    (file, told)
}
