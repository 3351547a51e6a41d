//! Making files for the user, never over one that is there.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::outcome::Failure;
use crate::diagnostics::{Diagnostic, io_reason};

/// Writes a new file and the folders that it needs.
///
/// # Errors
/// A file of that name is there, whoever put it there and when; or it cannot be written.
pub fn create(path: &Path, text: &str) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    match file.and_then(|mut file| file.write_all(text.as_bytes())) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(Failure::usage(
            format!("{} is there already", shown(path)),
            "nothing is ever overwritten: move that file away first",
        )),
        Err(error) => Err(failed(path, &error)),
    }
}

/// Makes a folder and those above it.
///
/// # Errors
/// It cannot be made.
pub fn make_folder(folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder).map_err(|error| failed(folder, &error))
}

/// A file or folder that cannot be written.
pub fn failed(path: &Path, error: &std::io::Error) -> Failure {
    let problem = format!("{} cannot be written: {}", shown(path), io_reason(error));
    Failure::Problems(PathBuf::from("."), vec![Diagnostic::error(problem)])
}

/// A path as people write it: without `./` at its start.
pub fn shown(path: &Path) -> String {
    path.strip_prefix(".").unwrap_or(path).display().to_string()
}
