//! The list of what Goodturn wrote, kept in the output itself: it tells the next build its own
//! files from those that somebody else put there.
//!
//! A header with the number of files, then one path a line, in order. The number is there to know
//! a list that was cut short from a whole one: with a short list Goodturn's own files would pass
//! for somebody else's.

use std::path::Path;

use rustc_hash::FxHashSet;

use super::Error;
use super::paths::ancestors;

/// The manifest's own name, at the top of the output.
pub(super) const NAME: &str = ".goodturn-manifest";

const HEADER: &str = "goodturn-manifest 1 ";

/// The paths that Goodturn wrote at its last build, and the folders that these made necessary.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    text: String,
    files: FxHashSet<Box<str>>,
    folders: FxHashSet<Box<str>>,
}

impl Manifest {
    /// The text for these paths, which are in order.
    pub(super) fn text(paths: &[&str]) -> String {
        let mut text = format!("{HEADER}{}\n", paths.len());
        text.reserve(paths.iter().map(|path| path.len() + 1).sum());
        for path in paths {
            text.push_str(path);
            text.push('\n');
        }
        text
    }

    /// Reads the manifest of `folder`; `None` where it has none. What is no plain file is not
    /// Goodturn's, whatever its name.
    pub(super) fn read(folder: &Path) -> Result<Option<Manifest>, Error> {
        let path = folder.join(NAME);
        match std::fs::symlink_metadata(&path) {
            Ok(metadata) if metadata.is_file() => {}
            _ => return Ok(None),
        }
        let bytes = std::fs::read(&path).map_err(Error::io("read", &path))?;
        let damaged = |problem| Error::Manifest {
            path: path.clone(),
            problem,
        };
        let text = String::from_utf8(bytes)
            .map_err(|_| damaged("the list of Goodturn's files is damaged: it is not text"))?;
        Self::parse(text).map(Some).map_err(damaged)
    }

    fn parse(text: String) -> Result<Manifest, &'static str> {
        let mut lines = text.lines();
        let header = lines.next().unwrap_or_default();
        let Some(count) = header.strip_prefix(HEADER) else {
            return Err(if header.starts_with("goodturn-manifest ") {
                "the list of Goodturn's files was written by a newer Goodturn"
            } else {
                "the list of Goodturn's files is damaged: it does not start as one"
            });
        };
        let mut manifest = Manifest::default();
        for path in lines {
            manifest.files.insert(path.into());
            for folder in path
                .rsplit_once('/')
                .into_iter()
                .flat_map(|(f, _)| ancestors(f))
            {
                if !manifest.folders.insert(folder.into()) {
                    break;
                }
            }
        }
        if count.trim().parse() != Ok(manifest.files.len()) {
            return Err("the list of Goodturn's files is damaged: it is not complete");
        }
        manifest.text = text;
        Ok(manifest)
    }

    /// Whether Goodturn wrote the file with this path.
    pub(super) fn has(&self, path: &str) -> bool {
        self.files.contains(path)
    }

    /// Whether the folder was made for a file that Goodturn wrote.
    pub(super) fn has_folder(&self, path: &str) -> bool {
        self.folders.contains(path)
    }

    /// Whether the list reads just so.
    pub(super) fn reads(&self, text: &str) -> bool {
        self.text == text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let text = Manifest::text(&["a/b/c", "a/d", "e"]);
        let manifest = Manifest::parse(text.clone()).unwrap();
        assert!(manifest.reads(&text));
        assert!(manifest.has("a/b/c") && manifest.has("e") && !manifest.has("a"));
        assert!(manifest.has_folder("a/b") && manifest.has_folder("a"));
        assert!(!manifest.has_folder("e") && !manifest.has_folder("a/b/c"));
    }

    #[test]
    fn line_ends_that_git_changed_are_understood() {
        let text = Manifest::text(&["a", "b"]).replace('\n', "\r\n");
        assert!(Manifest::parse(text).unwrap().has("a"));
    }

    #[test]
    fn a_damaged_list_is_not_believed() {
        for text in [
            "",
            "\0\0\0\0",
            "a\nb\n",
            "goodturn-manifest 1 2\na\n",
            "goodturn-manifest 1 x\n",
            "goodturn-manifest 2 0\n",
        ] {
            assert!(Manifest::parse(text.to_owned()).is_err(), "{text:?}");
        }
    }
}
