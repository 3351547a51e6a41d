//! The list of what Goodturn wrote, kept in the output itself: it tells the next build its own
//! files from those that somebody else put there.
//!
//! A header with the number of files, then one path a line, in order. The number is there to know
//! a list that was cut short from a whole one: with a short list Goodturn's own files would pass
//! for somebody else's.
//!
//! The list is uploaded with the site, so anybody may read it. The addresses of handouts are not to
//! be found there: one line stands for all of them.

use std::path::Path;

use rustc_hash::FxHashSet;

use super::Error;
use super::paths::ancestors;
use crate::library::handout;

/// The manifest's own name, at the top of the output.
pub(super) const NAME: &str = ".goodturn-manifest";

const HEADER: &str = "goodturn-manifest 1 ";

/// The line that stands for the pages of all handouts.
const HANDOUTS: &str = "h/*/index.html";

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
        let is_named = |path: &&str| handout::token_of_file(path).is_none();
        let mut lines: Vec<&str> = paths.iter().copied().filter(is_named).collect();
        if lines.len() < paths.len() {
            let place = lines.partition_point(|path| *path < HANDOUTS);
            lines.insert(place, HANDOUTS);
        }
        let mut text = format!("{HEADER}{}\n", lines.len());
        text.reserve(lines.iter().map(|path| path.len() + 1).sum());
        for path in lines {
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
            || handout::token_of_file(path).is_some() && self.files.contains(HANDOUTS)
    }

    /// Whether the folder was made for a file that Goodturn wrote.
    pub(super) fn has_folder(&self, path: &str) -> bool {
        let is_handout = || {
            let token = path.strip_prefix("h/");
            token.is_some_and(handout::is_token) && self.files.contains(HANDOUTS)
        };
        self.folders.contains(path) || is_handout()
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
    fn handouts_are_not_named_and_yet_known() {
        let path = |token: &str| format!("h/{token}/index.html");
        let (one, other) = ("2".repeat(27), "k".repeat(27));
        let paths = [path(&one), "h/index.html".to_owned(), path(&other)];
        let text = Manifest::text(&paths.each_ref().map(String::as_str));
        assert_eq!(
            text,
            "goodturn-manifest 1 2\nh/*/index.html\nh/index.html\n"
        );
        let manifest = Manifest::parse(text).unwrap();
        assert!(paths.iter().all(|path| manifest.has(path)));
        assert!(manifest.has_folder("h") && manifest.has_folder(&format!("h/{one}")));
        for other in ["h/ana/index.html", "h/notes.html"] {
            assert!(!manifest.has(other), "{other}");
        }
        assert!(!manifest.has_folder("h/ana"));
        let none = Manifest::parse(Manifest::text(&["h/index.html"])).unwrap();
        assert!(!none.has(&path(&one)) && !none.has_folder(&format!("h/{one}")));
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
