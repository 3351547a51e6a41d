//! Finding the files of a library: one walk over content/, nothing read yet.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use crate::diagnostics::{Diagnostic, Place};

/// What lies in content/.
#[derive(Debug, Default)]
pub struct Files {
    /// Markdown files that are documents of their own, sorted by path.
    pub documents: Vec<Entry>,
    /// Folders that are books, by their path.
    pub books: BTreeMap<String, BookFolder>,
    /// Everything else: published as it is, sorted by path.
    pub assets: Vec<Entry>,
}

/// A file in content/.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its path relative to content/, with forward slashes.
    pub path: String,
    /// Its path on the disk.
    pub disk: PathBuf,
    /// Its size in bytes.
    pub size: u64,
    /// A number that is another when the file was written anew.
    pub stamp: u64,
}

/// A number that is another when a file was written, replaced or touched.
///
/// The time at which its entry changed (ctime) counts where there is one: a copy that keeps the
/// old file's date, such as `cp -p` makes, changes that all the same.
pub fn stamp(metadata: &std::fs::Metadata) -> u64 {
    let modified = metadata.modified().ok();
    let since = modified.and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
    let modified = since.map_or(0, |since| since.as_nanos() as u64);
    #[cfg(unix)]
    let changed = {
        use std::os::unix::fs::MetadataExt;
        let seconds = metadata.ctime() as u64;
        [metadata.ino(), seconds, metadata.ctime_nsec() as u64]
    };
    #[cfg(not(unix))]
    let changed = [0; 3];
    let [inode, seconds, nanoseconds] = changed;
    let parts = [metadata.len(), modified, inode, seconds, nanoseconds];
    xxhash_rust::xxh3::xxh3_64(parts.map(u64::to_le_bytes).as_flattened())
}

/// A folder that is a book.
#[derive(Debug, Default)]
pub struct BookFolder {
    /// book.yaml, if there is one.
    pub settings: Option<Entry>,
    /// mdBook's book.toml, if there is one.
    pub mdbook: Option<Entry>,
    /// The older GitBook's book.json, if there is one.
    pub gitbook: Option<Entry>,
    /// SUMMARY.md, if there is one.
    pub summary: Option<Entry>,
    /// The path of the file with the book's own text, where it is not found by its name.
    pub readme: Option<String>,
    /// The Markdown files in it, sorted by path.
    pub chapters: Vec<Entry>,
}

/// Walks over `content`. Symbolic links are followed within the library `root`; one that leads
/// out of it, round in a circle or into private/ is a problem.
pub fn walk(root: &Path, content: &Path, problems: &mut Vec<Diagnostic>) -> Files {
    sort(walk_content(root, content, problems))
}

/// Every file that [`walk`] finds, sorted by path, before it is said what each of them is.
pub fn walk_content(root: &Path, content: &Path, problems: &mut Vec<Diagnostic>) -> Vec<Entry> {
    entries(root, content, is_ignored, problems)
}

/// Every file below a folder of the theme or of static/, sorted by path; hidden ones such as
/// `.nojekyll` and `.well-known/` too. The rules for symbolic links are those of [`walk`].
pub fn walk_static(root: &Path, folder: &Path, problems: &mut Vec<Diagnostic>) -> Vec<Entry> {
    let is_left =
        |name: &OsStr, _: bool| name == ".git" || name == ".DS_Store" || name == ".gitkeep";
    entries(root, folder, is_left, problems)
}

/// Every Markdown file below a folder, sorted by its path there. Symbolic links are followed within
/// `root`.
pub fn walk_markdown(root: &Path, folder: &Path, problems: &mut Vec<Diagnostic>) -> Vec<Entry> {
    let mut entries = walk_content(root, folder, problems);
    entries.retain(|entry| is_markdown(&entry.path));
    entries
}

fn entries(
    root: &Path,
    content: &Path,
    is_ignored: fn(&OsStr, bool) -> bool,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Entry> {
    let mut walk = Walk {
        is_ignored,
        root: canonical(root),
        // It may be a link itself.
        private: canonical(&canonical(root).join("private")),
        shown_root: root.to_owned(),
        content,
        problems,
        entries: Vec::new(),
    };
    walk.run();
    // Here and not in the walk, which would look for the name in every path it compares.
    walk.entries
        .par_sort_unstable_by(|a, b| a.path.cmp(&b.path));
    walk.measure();
    walk.entries
}

/// The real path, or the path itself where it cannot be found out.
fn canonical(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

struct Walk<'a> {
    is_ignored: fn(&OsStr, bool) -> bool,
    root: PathBuf,
    private: PathBuf,
    shown_root: PathBuf,
    content: &'a Path,
    problems: &'a mut Vec<Diagnostic>,
    entries: Vec<Entry>,
}

impl Walk<'_> {
    fn run(&mut self) {
        let mut walk = WalkDir::new(self.content).follow_links(true).into_iter();
        while let Some(next) = walk.next() {
            let entry = match next {
                Ok(entry) => entry,
                Err(error) => {
                    self.tell_walk_error(&error);
                    continue;
                }
            };
            if entry.depth() == 0 {
                continue;
            }
            let is_dir = entry.file_type().is_dir();
            if (self.is_ignored)(entry.file_name(), is_dir) || !self.may_enter(&entry) {
                if is_dir {
                    walk.skip_current_dir();
                }
                continue;
            }
            if entry.file_type().is_file() {
                self.file(&entry);
            }
        }
    }

    /// Asks for sizes and stamps, of several files at once: in a large library that is most of a
    /// walk.
    fn measure(&mut self) {
        self.entries.par_iter_mut().for_each(|entry| {
            // A file that is gone by now is told of by whoever reads it.
            if let Ok(metadata) = std::fs::metadata(&entry.disk) {
                entry.size = metadata.len();
                entry.stamp = stamp(&metadata);
            }
        });
    }

    /// Whether an entry may be published at all.
    fn may_enter(&mut self, entry: &walkdir::DirEntry) -> bool {
        if entry.depth() == 1 && entry.file_type().is_dir() && entry.file_name() == "private" {
            let help = "move it out of content/: private/ lies beside content/, never inside";
            self.tell(
                entry.path(),
                "private/ would be published from here",
                Some(help),
            );
            return false;
        }
        if !entry.path_is_symlink() {
            return true;
        }
        let target = canonical(entry.path());
        // A link to a folder that holds private/ leads into it as well.
        if target.starts_with(&self.private) || self.private.starts_with(&target) {
            let help = "take the link out, or move the file to content/ if it may be public";
            self.tell(
                entry.path(),
                "this link leads into private/, which is never published",
                Some(help),
            );
            return false;
        }
        if !target.starts_with(&self.root) {
            let message = format!(
                "this link leads out of the library, to {}",
                target.display()
            );
            let help = "copy the file into content/ instead";
            self.tell(entry.path(), &message, Some(help));
            return false;
        }
        true
    }

    fn file(&mut self, entry: &walkdir::DirEntry) {
        let relative = entry
            .path()
            .strip_prefix(self.content)
            .unwrap_or(entry.path());
        let path = relative.to_str().map(|path| match MAIN_SEPARATOR {
            '/' => path.to_owned(),
            separator => path.replace(separator, "/"),
        });
        let Some(path) = path.filter(|path| !path.contains(['\\', '\n', '\r'])) else {
            let help = "rename the file with letters that every system can write";
            return self.tell(
                entry.path(),
                "this file's name cannot be an address",
                Some(help),
            );
        };
        self.entries.push(Entry {
            path,
            disk: entry.path().to_owned(),
            size: 0,
            stamp: 0,
        });
    }

    fn tell_walk_error(&mut self, error: &walkdir::Error) {
        let path = error.path().unwrap_or(self.content).to_owned();
        if error.loop_ancestor().is_some() {
            let help = "take the symbolic link out";
            return self.tell(&path, "this link leads round in a circle", Some(help));
        }
        let reason = error
            .io_error()
            .map_or_else(|| error.to_string(), crate::diagnostics::io_reason);
        let is_link = std::fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_symlink());
        match is_link {
            true => self.tell(
                &path,
                "this link leads nowhere",
                Some("take it out or mend it"),
            ),
            false => self.tell(&path, &format!("cannot be read: {reason}"), None),
        }
    }

    fn tell(&mut self, path: &Path, message: &str, help: Option<&str>) {
        let shown = crate::config::display_path(&self.shown_root, path);
        self.problems.push(
            Diagnostic::error(message)
                .at(Place::file(shown))
                .maybe_help(help),
        );
    }
}

/// Hidden files and what editors and systems leave behind.
pub fn is_ignored(name: &OsStr, is_dir: bool) -> bool {
    let name = name.to_string_lossy();
    name.starts_with('.')
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || matches!(name.as_ref(), "Thumbs.db" | "desktop.ini")
        || (is_dir && name == "node_modules")
}

/// Whether a file is Markdown.
pub fn is_markdown(path: &str) -> bool {
    let extension = path.rsplit_once('.').map(|(_, extension)| extension);
    extension
        .is_some_and(|ext| ext.eq_ignore_ascii_case("md") || ext.eq_ignore_ascii_case("markdown"))
}

/// The folder of a path; empty for a file at the top.
pub fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// The last part of a path.
pub fn file_name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// Parts documents, books and other files; in each they stay sorted by path.
fn sort(entries: Vec<Entry>) -> Files {
    let mut files = Files::default();
    for entry in &entries {
        match file_name(&entry.path) {
            "book.yaml" | "book.yml" => {
                book(&mut files, parent(&entry.path)).settings = Some(entry.clone());
            }
            "book.toml" => book(&mut files, parent(&entry.path)).mdbook = Some(entry.clone()),
            _ => {}
        }
    }
    for entry in entries
        .iter()
        .filter(|entry| file_name(&entry.path) == "SUMMARY.md")
    {
        let folder = parent(&entry.path);
        // mdBook keeps the chapters of a book in src/ below its book.toml.
        let folder = match folder.strip_suffix("/src") {
            Some(outer) if files.books.contains_key(outer) => outer,
            _ => folder,
        };
        book(&mut files, folder).summary = Some(entry.clone());
    }
    // A book.toml alone is somebody else's file.
    files
        .books
        .retain(|_, book| book.settings.is_some() || book.summary.is_some());
    for entry in entries
        .iter()
        .filter(|entry| file_name(&entry.path) == "book.json")
    {
        if let Some(book) = files.books.get_mut(parent(&entry.path)) {
            book.gitbook = Some(entry.clone()).filter(|_| book.summary.is_some());
        }
    }
    for entry in entries {
        let name = file_name(&entry.path);
        if matches!(
            name,
            "book.yaml" | "book.yml" | "SUMMARY.md" | "book.toml" | "book.json"
        ) && files.books.values().any(|book| book.is_made_of(&entry))
        {
            continue;
        }
        match (
            is_markdown(&entry.path),
            enclosing_book(&files, &entry.path),
        ) {
            (true, Some(folder)) => book(&mut files, &folder).chapters.push(entry),
            (true, None) => files.documents.push(entry),
            (false, _) => files.assets.push(entry),
        }
    }
    files
}

fn book<'a>(files: &'a mut Files, folder: &str) -> &'a mut BookFolder {
    files.books.entry(folder.to_owned()).or_default()
}

fn enclosing_book(files: &Files, path: &str) -> Option<String> {
    let mut folder = parent(path);
    loop {
        if files.books.contains_key(folder) {
            return Some(folder.to_owned());
        }
        if folder.is_empty() {
            return None;
        }
        folder = parent(folder);
    }
}

impl Files {
    /// Every file that documents are read from.
    pub fn markdown(&self) -> impl Iterator<Item = &Entry> {
        let books = self.books.values().flat_map(BookFolder::files);
        self.documents.iter().chain(books)
    }

    /// A Markdown file by its path.
    pub fn entry(&self, path: &str) -> Option<&Entry> {
        let at = |files: &[Entry]| files.binary_search_by(|entry| entry.path.as_str().cmp(path));
        if let Ok(at) = at(&self.documents) {
            return self.documents.get(at);
        }
        let (_, book) = self.book_of(path)?;
        book.chapters.get(at(&book.chapters).ok()?)
    }

    /// A Markdown file by its path, to note that it changed.
    pub fn entry_mut(&mut self, path: &str) -> Option<&mut Entry> {
        let at = |files: &[Entry]| files.binary_search_by(|entry| entry.path.as_str().cmp(path));
        if let Ok(at) = at(&self.documents) {
            return self.documents.get_mut(at);
        }
        let folder = self.book_of(path)?.0.to_owned();
        let chapters = &mut self.books.get_mut(&folder)?.chapters;
        let at = at(chapters).ok()?;
        chapters.get_mut(at)
    }

    /// The book that a file lies in, with its folder.
    pub fn book_of(&self, path: &str) -> Option<(&str, &BookFolder)> {
        let folder = enclosing_book(self, path)?;
        let found = self.books.get_key_value(&folder)?;
        Some((found.0, found.1))
    }
}

impl BookFolder {
    /// Every file that it is read from.
    pub fn files(&self) -> impl Iterator<Item = &Entry> {
        let own = [&self.settings, &self.mdbook, &self.gitbook, &self.summary];
        own.into_iter().flatten().chain(&self.chapters)
    }

    fn is_made_of(&self, entry: &Entry) -> bool {
        [&self.settings, &self.mdbook, &self.gitbook, &self.summary]
            .into_iter()
            .any(|own| own.as_ref() == Some(entry))
    }

    /// The folder that SUMMARY.md's links start from, given the book's own.
    pub fn chapters_root<'a>(&'a self, folder: &'a str) -> &'a str {
        self.summary
            .as_ref()
            .map_or(folder, |summary| parent(&summary.path))
    }
}
