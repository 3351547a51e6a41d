//! A book that lies outside of any library: a folder, or one Markdown file.
//!
//! In: a path on the disk. Out: which files the book is made of, and, once they are read, the
//! pictures and other files that they use. Nothing else is looked at, since such a book often lies
//! in a large folder, or beside the letters of a lifetime.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use percent_encoding::percent_decode_str;

use super::book::{self, join};
use super::gitbook::Layout;
use super::split::Rule;
use super::walk::{self, BookFolder, Entry, is_markdown, parent};
use super::{Reader, Source, Sources};
use crate::diagnostics::{Diagnostic, Place, Progress, read_text};

/// A book outside of any library.
#[derive(Debug)]
pub struct Lone {
    /// The folder that nothing is read from outside of: that of the book, or of the Git checkout
    /// that it is a part of.
    pub root: PathBuf,
    /// The path of its folder or file below that.
    pub path: String,
    /// What it is called on the disk, without an ending.
    pub name: String,
    what: What,
    problems: Vec<Diagnostic>,
}

#[derive(Debug)]
enum What {
    File(Entry),
    Folder(Box<BookFolder>),
}

/// The files that stand for the folder in which they lie.
const SETTINGS: [&str; 6] = [
    "book.yaml",
    "book.yml",
    "book.toml",
    "book.json",
    ".gitbook.yaml",
    "SUMMARY.md",
];

impl Lone {
    /// Finds the book at a path that exists: a folder, its settings or its SUMMARY.md, or a
    /// Markdown file. Nothing when there is no Markdown at all.
    ///
    /// # Errors
    /// Settings that cannot be read.
    pub fn find(path: &Path) -> Result<Option<Lone>, (PathBuf, Box<Diagnostic>)> {
        let Ok(full) = path.canonicalize() else {
            return Ok(None);
        };
        let name = full.file_name().unwrap_or_default().to_string_lossy();
        if full.is_dir() {
            return folder(&book_around(&full).unwrap_or(full));
        }
        let Some(around) = full.parent() else {
            return Ok(None);
        };
        if SETTINGS.contains(&name.as_ref()) {
            return folder(&book_around(around).unwrap_or_else(|| around.to_owned()));
        }
        if !is_markdown(&name) {
            return Ok(None);
        }
        let root = checkout(around);
        let Some(entry) = entry(&root, &full) else {
            return Ok(None);
        };
        Ok(Some(Lone {
            path: entry.path.clone(),
            name: stem(&full),
            what: What::File(entry),
            root,
            problems: Vec::new(),
        }))
    }

    /// Whether all of it is one file.
    pub fn is_file(&self) -> bool {
        matches!(self.what, What::File(_))
    }
}

/// The folders right below a path that hold books: what is meant where the path itself is none.
pub fn books_in(path: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
    let is_book = |folder: &PathBuf| SETTINGS.iter().any(|name| folder.join(name).is_file());
    let mut books: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(is_book).collect();
    books.sort();
    books
}

/// The folder of an mdBook, given the folder of its chapters.
fn book_around(chapters: &Path) -> Option<PathBuf> {
    let around = chapters.parent()?;
    let is_alone = !SETTINGS[..5]
        .iter()
        .any(|name| chapters.join(name).exists());
    let is_src = || {
        mdbook_source(&around.join("book.toml")).is_ok_and(|src| {
            src.is_some_and(|src| {
                around
                    .join(src)
                    .canonicalize()
                    .is_ok_and(|src| src == chapters)
            })
        })
    };
    (is_alone && is_src()).then(|| around.to_owned())
}

/// Where mdBook keeps the chapters, as its settings say; nothing where there are no settings.
fn mdbook_source(settings: &Path) -> Result<Option<String>, Box<Diagnostic>> {
    if !settings.is_file() {
        return Ok(None);
    }
    let text = read_text(settings, "book.toml")?;
    let node = crate::toml::node("book.toml", &text, 0..text.len())?.to_json();
    let src = node.pointer("/book/src").and_then(|src| src.as_str());
    Ok(Some(src.unwrap_or("src").to_owned()))
}

fn folder(full: &Path) -> Result<Option<Lone>, (PathBuf, Box<Diagnostic>)> {
    let root = checkout(full);
    let at = |disk: PathBuf| entry(&root, &disk).filter(|_| disk.is_file());
    let failed = |problem| (full.to_owned(), problem);
    let mut book = BookFolder {
        settings: at(full.join("book.yaml")).or_else(|| at(full.join("book.yml"))),
        mdbook: at(full.join("book.toml")),
        ..BookFolder::default()
    };
    let source = mdbook_source(&full.join("book.toml")).map_err(failed)?;
    let layout = Layout::read(full).map_err(failed)?;
    let chapters = full.join(source.as_deref().unwrap_or(&layout.root));
    if source.is_none() {
        book.gitbook = at(full.join("book.json"));
        let readme = chapters.join(layout.readme.as_deref().unwrap_or("README.md"));
        book.readme = at(readme).map(|entry| entry.path);
    }
    let summary = layout.summary.as_deref().unwrap_or("SUMMARY.md");
    book.summary = at(chapters.join(summary)).or_else(|| at(chapters.join("summary.md")));
    let mut problems = Vec::new();
    book.chapters = match &book.summary {
        Some(summary) => listed(&root, summary, book.readme.as_deref()),
        None => all(&root, &chapters, &mut problems),
    };
    let path = relative(&root, full).unwrap_or_default();
    let says_nothing = [&book.settings, &book.mdbook, &book.summary]
        .iter()
        .all(|said| said.is_none());
    let is_nothing = says_nothing && (book.chapters.is_empty() || !books_in(full).is_empty());
    Ok((!is_nothing).then(|| Lone {
        path,
        name: stem(full),
        what: What::Folder(Box::new(book)),
        root,
        problems,
    }))
}

/// The Markdown files that a SUMMARY.md lists, as far as they are there, and the book's own page.
fn listed(root: &Path, summary: &Entry, readme: Option<&str>) -> Vec<Entry> {
    let text = std::fs::read_to_string(&summary.disk).unwrap_or_default();
    let folder = parent(&summary.path);
    // What is wrong with it is told when the book is read.
    let outline = book::from_summary(&summary.path, folder, &text, &mut Vec::new());
    let chapters = outline.walk();
    let paths = chapters
        .iter()
        .filter_map(|(_, _, one)| one.path.as_deref());
    let found = paths
        .chain(readme)
        .filter(|path| is_markdown(path))
        .filter_map(|path| entry(root, &root.join(path)))
        .map(|entry| (entry.path.clone(), entry));
    found.collect::<BTreeMap<_, _>>().into_values().collect()
}

/// Every Markdown file in a folder.
fn all(root: &Path, folder: &Path, problems: &mut Vec<Diagnostic>) -> Vec<Entry> {
    let within = relative(root, folder).unwrap_or_default();
    let mut entries = walk::walk_markdown(root, folder, problems);
    for entry in &mut entries {
        entry.path = join(&within, &entry.path);
    }
    entries
}

/// The Git checkout that a folder lies in, else the folder itself. A home folder that is kept in
/// Git is no book.
fn checkout(folder: &Path) -> PathBuf {
    let home = std::env::home_dir().and_then(|home| home.canonicalize().ok());
    let found = folder
        .ancestors()
        .find(|folder| folder.join(".git").exists());
    let found = found.filter(|found| Some(*found) != home.as_deref() && found.parent().is_some());
    found.unwrap_or(folder).to_owned()
}

/// A file within `root`; nothing for one that is not there or leads out of it.
fn entry(root: &Path, disk: &Path) -> Option<Entry> {
    let real = disk.canonicalize().ok()?;
    let metadata = std::fs::metadata(&real).ok()?;
    Some(Entry {
        path: relative(root, disk).filter(|_| real.starts_with(root) && metadata.is_file())?,
        size: metadata.len(),
        stamp: walk::stamp(&metadata),
        disk: disk.to_owned(),
    })
}

/// The path of a file below `root`, with forward slashes.
fn relative(root: &Path, disk: &Path) -> Option<String> {
    let inside = disk.strip_prefix(root).ok()?.to_string_lossy();
    Some(join("", &inside.replace(std::path::MAIN_SEPARATOR, "/")))
}

fn stem(path: &Path) -> String {
    let name = match path.is_dir() {
        true => path.file_name(),
        false => path.file_stem(),
    };
    let name = name.unwrap_or_default().to_string_lossy();
    match name.is_empty() {
        true => "book".to_owned(),
        false => name.into_owned(),
    }
}

impl Reader<'_> {
    /// Reads a book outside of any library. `split` says at which headings its one file is taken
    /// apart.
    pub fn read_lone(
        &self,
        lone: &Lone,
        split: Option<u8>,
        quiet: bool,
    ) -> (Sources, Vec<Diagnostic>) {
        let rule = split.map(|level| Rule {
            level,
            place: Place::file(lone.path.as_str()),
        });
        let (documents, mut problems) = match &lone.what {
            What::File(entry) => self.read_alone(entry, rule.as_ref()),
            What::Folder(book) => {
                let progress = Progress::new("reading", book.chapters.len(), quiet);
                self.read_book(&lone.path, book, rule, &progress)
            }
        };
        problems.extend(lone.problems.iter().cloned());
        let mut documents: Vec<Arc<Source>> = documents.into_iter().map(Arc::new).collect();
        documents.sort_by(|a, b| a.path.cmp(&b.path));
        let mut sources = Sources {
            documents,
            ..Sources::default()
        };
        for entry in used(&lone.root, &sources.documents) {
            match is_markdown(&entry.path) {
                true => sources.unlisted.push(entry.path.into()),
                false => sources.assets.push(entry),
            }
        }
        (sources, problems)
    }
}

/// The files that a text leads to and that lie within `root`, documents aside.
fn used(root: &Path, documents: &[Arc<Source>]) -> Vec<Entry> {
    let mut found: BTreeMap<String, Entry> = BTreeMap::new();
    for source in documents {
        let folder = match is_markdown(&source.path) || source.path.contains('#') {
            true => parent(&source.path),
            false => source.path.as_ref(),
        };
        for target in targets(source) {
            if super::markdown::is_outside(target) {
                continue;
            }
            let path = target.split(['#', '?']).next().unwrap_or_default();
            let path = percent_decode_str(path).decode_utf8_lossy();
            let path = match path.strip_prefix("@/").or_else(|| path.strip_prefix('/')) {
                Some(rest) => join("", rest),
                None => join(folder, &path),
            };
            if !path.is_empty()
                && !found.contains_key(&path)
                && let Some(entry) = entry(root, &root.join(&path))
            {
                found.insert(path, entry);
            }
        }
    }
    let is_document = |path: &str| documents.iter().any(|source| source.path.as_ref() == path);
    found
        .into_values()
        .filter(|entry| !is_document(&entry.path))
        .collect()
}

/// What a text leads to, shows or asks for.
fn targets(source: &Source) -> impl Iterator<Item = &str> {
    let links = source.body.links.iter().map(|link| link.target.as_str());
    let args = source.body.calls.iter().flat_map(|call| &call.args);
    let args = args.filter_map(|arg| arg.value.as_str());
    let front = &source.front;
    let words = front.image.iter().chain(&front.fonts);
    links
        .chain(args)
        .chain(words.map(|word| word.text.as_str()))
}
