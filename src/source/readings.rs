//! Everything read from content/, file by file, so that only what changed is read again.

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::walk::{self, BookFolder, Entry, Files};
use super::{Included, Reader, Source, Sources};
use crate::diagnostics::{self, Diagnostic, Progress};

/// What was read of a library's content.
#[derive(Debug, Default)]
pub struct Readings {
    files: Files,
    /// Documents of their own, by the path of their file.
    singles: FxHashMap<String, Reading>,
    /// Books with their chapters, by folder.
    books: FxHashMap<String, Reading>,
    /// What is wrong with the folders.
    problems: Vec<Diagnostic>,
}

/// What one file, or a book's folder, gave.
#[derive(Clone, Debug, Default)]
struct Reading {
    /// The stamps of the files that it was read from.
    stamp: u64,
    sources: Vec<Arc<Source>>,
    problems: Vec<Diagnostic>,
}

impl Reading {
    /// Whether reading again would give the same, the stamps of the files being these now.
    fn is_of(&self, stamp: u64) -> bool {
        let mut included = self.sources.iter().flat_map(|source| &source.included);
        self.stamp == stamp && included.all(Included::is_unchanged)
    }
}

/// Which files are others than before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// Files of documents and books that were written, new or taken away: paths in content/.
    pub documents: Vec<String>,
    /// Other files that were written, new or taken away: paths in content/.
    pub assets: Vec<String>,
}

impl Differences {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty() && self.assets.is_empty()
    }

    /// Counts more documents among them.
    pub fn add(&mut self, documents: impl IntoIterator<Item = String>) {
        self.documents.extend(documents);
        self.documents.sort();
        self.documents.dedup();
    }

    /// All of them, as messages name them.
    pub fn all(&self) -> impl Iterator<Item = String> {
        let paths = self.documents.iter().chain(&self.assets);
        paths.map(|path| format!("content/{path}"))
    }
}

impl Readings {
    /// What to resolve.
    pub fn sources(&self) -> Sources {
        let all = self.singles.values().chain(self.books.values());
        let mut documents: Vec<_> = all.flat_map(|reading| &reading.sources).cloned().collect();
        documents.sort_by(|a, b| a.path.cmp(&b.path));
        Sources {
            documents,
            assets: self.files.assets.clone(),
            unlisted: Vec::new(),
        }
    }

    /// What is wrong with single files and folders.
    pub fn problems(&self) -> Vec<Diagnostic> {
        let all = self.singles.values().chain(self.books.values());
        let told = all.flat_map(|reading| &reading.problems);
        let mut problems: Vec<Diagnostic> = self.problems.iter().chain(told).cloned().collect();
        diagnostics::sort(&mut problems);
        // A file that several chapters include tells of itself each time.
        problems.dedup();
        problems
    }

    /// Whether a file, by its path in content/, is a Markdown file that was read before.
    pub fn holds(&self, path: &str) -> bool {
        self.files.entry(path).is_some()
    }

    /// Whether the text of another file includes one.
    pub fn includes(&self, disk: &Path) -> bool {
        let all = self.singles.values().chain(self.books.values());
        let mut sources = all.flat_map(|reading| &reading.sources);
        sources.any(|source| source.included.iter().any(|included| included.disk == disk))
    }

    /// Which files of these readings differ from those of others.
    pub fn differences(&self, before: &Readings) -> Differences {
        Differences {
            documents: differing(self.files.markdown(), before.files.markdown()),
            assets: differing(self.files.assets.iter(), before.files.assets.iter()),
        }
    }
}

/// The paths of entries that are in only one of two lists, or have another stamp there. Sorted.
fn differing<'f>(
    now: impl Iterator<Item = &'f Entry>,
    before: impl Iterator<Item = &'f Entry>,
) -> Vec<String> {
    let mut stamps: FxHashMap<&str, u64> = before.map(|e| (e.path.as_str(), e.stamp)).collect();
    let mut differing: Vec<String> = now
        .filter(|entry| stamps.remove(entry.path.as_str()) != Some(entry.stamp))
        .map(|entry| entry.path.clone())
        .collect();
    differing.extend(stamps.into_keys().map(str::to_owned));
    differing.sort();
    differing
}

impl Reader<'_> {
    /// Reads everything below `content`, in parallel; what did not change since the readings
    /// `before` is taken from there. They must come from a reader with the same settings.
    pub fn read_all(&self, content: &Path, before: &Readings, quiet: bool) -> Readings {
        let mut problems = Vec::new();
        let files = walk::walk(self.root, content, &mut problems);
        self.read_files(files, problems, before, quiet)
    }

    fn read_files(
        &self,
        files: Files,
        problems: Vec<Diagnostic>,
        before: &Readings,
        quiet: bool,
    ) -> Readings {
        let progress = Progress::new("reading", files.markdown().count(), quiet);
        let singles = files.documents.par_iter().map(|entry| {
            progress.step();
            let known = before.singles.get(&entry.path);
            let known = known.filter(|reading| reading.is_of(entry.stamp));
            let reading = known.cloned().unwrap_or_else(|| self.read_single(entry));
            (entry.path.clone(), reading)
        });
        let singles = singles.collect();
        let books = files.books.par_iter().map(|(folder, book)| {
            let known = before.books.get(folder);
            let known = known.filter(|reading| reading.is_of(book_stamp(book)));
            let reading = known.cloned().unwrap_or_else(|| {
                let (sources, problems) = self.read_book(folder, book, None, &progress);
                Reading {
                    stamp: book_stamp(book),
                    sources: sources.into_iter().map(Arc::new).collect(),
                    problems,
                }
            });
            (folder.clone(), reading)
        });
        let books = books.collect();
        Readings {
            files,
            singles,
            books,
            problems,
        }
    }

    /// Reads one Markdown file of the readings again, by its path in content/. Nothing when it is
    /// none of them, cannot be read, or when something is, or was, wrong with it: then all is to
    /// be looked at.
    pub fn read_again(&self, path: &str, readings: &mut Readings) -> Option<Arc<Source>> {
        let entry = readings.files.entry_mut(path)?;
        // A link may lead elsewhere by now.
        let metadata = std::fs::symlink_metadata(&entry.disk).ok()?;
        if !metadata.is_file() {
            return None;
        }
        entry.stamp = walk::stamp(&metadata);
        entry.size = metadata.len();
        let entry = entry.clone();
        match readings.files.book_of(path) {
            None => {
                let known = readings.singles.get_mut(path)?;
                let was_well = known.problems.is_empty();
                *known = self.read_single(&entry);
                let is_well = was_well && known.problems.is_empty();
                let [source] = known.sources.as_slice() else {
                    return None;
                };
                is_well.then(|| Arc::clone(source))
            }
            Some((folder, book)) => {
                let known = readings.books.get_mut(folder)?;
                // Its book is to be read as a whole when next everything is looked at.
                known.stamp = 0;
                let head = known.sources.iter().find(|source| source.book.is_some());
                let lang = head.map(|head| head.lang.as_str());
                let (source, problems) = self.read_chapter(folder, book, &entry, lang);
                let source = Arc::new(source?);
                let own = known
                    .sources
                    .iter_mut()
                    .find(|own| own.path == source.path)?;
                if !problems.is_empty() || !known.problems.is_empty() {
                    return None;
                }
                *own = source.clone();
                Some(source)
            }
        }
    }

    fn read_single(&self, entry: &Entry) -> Reading {
        let (sources, problems) = self.read_alone(entry, None);
        Reading {
            stamp: entry.stamp,
            sources: sources.into_iter().map(Arc::new).collect(),
            problems,
        }
    }
}

/// The stamps of all files of a book.
fn book_stamp(book: &BookFolder) -> u64 {
    let stamps = book.files().flat_map(|entry| entry.stamp.to_le_bytes());
    xxhash_rust::xxh3::xxh3_64(&stamps.collect::<Vec<u8>>())
}
