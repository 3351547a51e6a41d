//! The folder that becomes a library: what may be there already, and what stays untouched.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::commands::outcome::Failure;
use crate::commands::write;
use crate::config::FILE_NAME;
use crate::diagnostics::io_reason;

/// What a folder may hold and still count as empty: what a new repository begins with, and what
/// macOS puts everywhere.
const HARMLESS: &[&str] = &[".git", ".gitignore", "readme.md", "license", ".ds_store"];

/// How many of the files in the way are named.
const NAMED: usize = 3;

/// A folder that is free for a library.
#[derive(Debug)]
pub struct Target {
    /// The folder; it may not be there yet.
    pub dir: PathBuf,
}

impl Target {
    /// Refuses a folder that holds anything that is not [`HARMLESS`].
    ///
    /// # Errors
    /// What is in the way.
    pub fn check(dir: PathBuf) -> Result<Self, Failure> {
        let entries = match std::fs::read_dir(&dir) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Target { dir }),
            Err(error) => {
                let reason = match dir.is_file() {
                    true => "it is a file".to_owned(),
                    false => io_reason(&error),
                };
                let message = format!("{} cannot become a library: {reason}", dir.display());
                return Err(Failure::usage(message, "give the name of a new folder"));
            }
        };
        let names = entries.flatten().map(|entry| entry.file_name());
        let mut names: Vec<String> = names
            .map(|name| name.to_string_lossy().into_owned())
            .filter(|name| !HARMLESS.contains(&name.to_lowercase().as_str()))
            .collect();
        names.sort();
        match names.is_empty() {
            true => Ok(Target { dir }),
            false => Err(refusal(&dir, &names)),
        }
    }

    /// A name for the library: that of its folder.
    pub fn title(&self) -> String {
        let real = std::path::absolute(&self.dir).unwrap_or_else(|_| self.dir.clone());
        let name = real.file_name().unwrap_or_default().to_string_lossy();
        let words = name.replace(['-', '_'], " ");
        let mut letters = words.trim().chars();
        match letters.next() {
            Some(first) if first.is_alphanumeric() => first.to_uppercase().chain(letters).collect(),
            _ => "My library".to_owned(),
        }
    }

    /// Refuses to begin where any of these files is there: all or nothing.
    ///
    /// # Errors
    /// The first that is.
    pub fn refuse_taken<'a>(&self, paths: impl Iterator<Item = &'a str>) -> Result<(), Failure> {
        let mut taken = paths.filter(|path| self.dir.join(path).symlink_metadata().is_ok());
        match taken.next() {
            None => Ok(()),
            Some(path) => Err(refusal(&self.dir, &[path.to_owned()])),
        }
    }

    /// Adds to .gitignore what it lacks of these lines.
    ///
    /// # Errors
    /// It cannot be read or written.
    pub fn ignore(&self, lines: &[&str]) -> Result<(), Failure> {
        let path = self.dir.join(".gitignore");
        let old = match std::fs::read(&path) {
            Ok(old) => old,
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(write::failed(&path, &error)),
        };
        let old = String::from_utf8_lossy(&old);
        let bare = |line: &str| line.trim().trim_matches('/').to_owned();
        let missing = lines
            .iter()
            .filter(|line| !old.lines().any(|own| bare(own) == bare(line)));
        let mut added = String::new();
        if !old.is_empty() && !old.ends_with('\n') {
            added.push('\n');
        }
        for line in missing {
            added.push_str(line);
            added.push('\n');
        }
        if added.trim().is_empty() {
            return Ok(());
        }
        let file = OpenOptions::new().append(true).create(true).open(&path);
        file.and_then(|mut file| file.write_all(added.as_bytes()))
            .map_err(|error| write::failed(&path, &error))
    }

    /// What was made, and what to type next.
    pub fn next_steps(&self, title: &str) -> String {
        let dir = write::shown(&self.dir);
        let (place, inside) = match dir.as_str() {
            "" => ("this folder".to_owned(), String::new()),
            dir => (dir.to_owned(), format!("-C {} ", for_shell(dir))),
        };
        format!(
            "Made {title} in {place}

Next:
  goodturn {inside}build
  goodturn {inside}new article \"A title\""
        )
    }
}

/// A path as it can be typed after a command.
fn for_shell(path: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./\\:~".contains(c);
    match path.chars().all(is_plain) {
        true => path.to_owned(),
        false => format!("'{}'", path.replace('\'', "'\\''")),
    }
}

fn refusal(dir: &Path, names: &[String]) -> Failure {
    let shown = write::shown(dir);
    let place = match shown.as_str() {
        "" => "this folder",
        shown => shown,
    };
    if names.iter().any(|name| name == FILE_NAME) {
        return Failure::usage(
            format!("{place} is a library already: it holds {FILE_NAME}"),
            "`goodturn build` makes its site; nothing here was changed",
        );
    }
    let mut named: Vec<String> = names
        .iter()
        .take(NAMED)
        .map(|name| format!("`{name}`"))
        .collect();
    if names.len() > NAMED {
        named.push(format!("{} more", names.len() - NAMED));
    }
    let named = match named.as_slice() {
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        named => named.concat(),
    };
    let other = free_name(dir);
    Failure::usage(
        format!("{place} is not empty: it holds {named}"),
        format!(
            "choose a new folder: goodturn init {}",
            for_shell(&write::shown(&other))
        ),
    )
}

/// A folder that is not there yet: inside of this one, or beside one that was named.
fn free_name(dir: &Path) -> PathBuf {
    let base = match dir.file_name() {
        Some(name) => format!("{}-library", name.to_string_lossy()),
        None => "library".to_owned(),
    };
    let numbered = |number: usize| match number {
        1 => dir.with_file_name(&base),
        number => dir.with_file_name(format!("{base}-{number}")),
    };
    let inside = |number: usize| match number {
        1 => dir.join(&base),
        number => dir.join(format!("{base}-{number}")),
    };
    (1..100)
        .map(|number| match dir.file_name() {
            Some(_) => numbered(number),
            None => inside(number),
        })
        .find(|path| !path.exists())
        .unwrap_or_else(|| inside(100))
}
