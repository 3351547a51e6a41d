//! The index of a library on the disk: `.goodturn/find.index`, made when it is first needed and
//! kept as long as nothing changed.
//!
//! The file remembers the stamp of everything that the library is read from. When it is the same
//! still, the library itself is not read at all; when it is not, the library is read, and only the
//! words of what changed. A file that is damaged, or of another version, counts as none.

use std::fs::{self, File, Metadata};
use std::io;
use std::path::Path;

use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::Xxh3;

use super::index::{Bytes, Index};
use crate::diagnostics::Diagnostic;
use crate::library::Library;
use crate::library::lock::LOCK_FILE;
use crate::source::Readings;
use crate::source::walk;
use crate::workspace::{INDUSTRIES, Options, Workspace};

/// The file, as its path in the library.
const FILE: &str = ".goodturn/find.index";

/// What a library has to give, ready to be asked.
#[derive(Debug)]
pub struct Shelf {
    bytes: Bytes,
    /// What is wrong with the library: errors, which may be why something is missing. Those in
    /// drafts are left out, as drafts are never given.
    pub problems: Vec<Diagnostic>,
}

impl Shelf {
    /// Opens the shelf of a library; tells its progress unless `quiet`.
    ///
    /// # Errors
    /// The library cannot be read, or is too large.
    pub fn open(workspace: &Workspace, quiet: bool) -> Result<Shelf, Vec<Diagnostic>> {
        let file = workspace.folders.part(FILE);
        let read = || {
            let bytes = File::open(&file).and_then(Bytes::read).ok();
            let made_from = bytes.as_ref().and_then(Bytes::stamp);
            (bytes, made_from)
        };
        let ((before, made_from), stamp) = rayon::join(read, || stamp(workspace));
        if made_from.is_some()
            && made_from == stamp
            && let Some(bytes) = before
        {
            let problems = Vec::new();
            return Ok(Shelf { bytes, problems });
        }
        let index = before.as_ref().and_then(Bytes::index);
        let (library, problems) = load(workspace, quiet)?;
        let bytes = Bytes::build(&library, stamp.unwrap_or_default(), index.as_ref());
        let bytes = bytes.ok_or_else(|| {
            vec![Diagnostic::error(
                "the library has more words than can be looked through",
            )]
        })?;
        // What is wrong is to be told again the next time, not kept in silence.
        if stamp.is_some() && problems.is_empty() {
            // Without the file all is well, only slower: the folder may be one that nobody writes.
            let _ = save(&file, bytes.as_slice());
        }
        Ok(Shelf { bytes, problems })
    }

    /// The index of everything on the shelf.
    pub fn index(&self) -> Option<Index<'_>> {
        self.bytes.index()
    }
}

/// Everything in a library, drafts and what is to come included: what is to be given is only
/// settled when somebody asks, so that the index does not grow old by itself.
pub(super) fn load(
    workspace: &Workspace,
    quiet: bool,
) -> Result<(std::sync::Arc<Library>, Vec<Diagnostic>), Vec<Diagnostic>> {
    let old_lock = std::sync::Arc::new(workspace.lock()?);
    let mut problems = Vec::new();
    let vocabulary = std::sync::Arc::new(workspace.vocabulary(&mut problems));
    let readings = workspace.read(&Readings::default(), quiet)?;
    problems.extend(readings.problems());
    let options = Options {
        drafts: true,
        future: true,
        ..Options::default()
    };
    let loaded = workspace.resolve(readings.sources(), vocabulary, old_lock, &options);
    problems.extend(loaded.problems);
    let drafts = loaded.library.documents.iter().filter(|d| d.draft);
    let drafts: FxHashSet<&str> = drafts.map(|draft| draft.source.file.as_ref()).collect();
    problems.retain(|problem| {
        let file = problem.place.as_ref().map(|place| place.file.as_ref());
        problem.is_error() && file.is_none_or(|file| !drafts.contains(file))
    });
    Ok((loaded.library, problems))
}

/// A number that is another when anything is that the library is read from; nothing where that
/// cannot be told.
fn stamp(workspace: &Workspace) -> Option<u64> {
    let folders = &workspace.folders;
    let mut problems = Vec::new();
    let files = walk::walk_content(&folders.root, &folders.part("content"), &mut problems);
    if !problems.is_empty() {
        return None;
    }
    let mut hasher = Xxh3::new();
    hasher.update(env!("CARGO_PKG_VERSION").as_bytes());
    for path in [
        folders.config.clone(),
        folders.part(LOCK_FILE),
        folders.part(INDUSTRIES),
    ] {
        let stamp = stamp_if_there(fs::metadata(path))?;
        hasher.update(&stamp.to_le_bytes());
    }
    for entry in &files {
        hasher.update(entry.path.as_bytes());
        hasher.update(&[0]);
        hasher.update(&entry.stamp.to_le_bytes());
    }
    Some(hasher.digest())
}

fn stamp_if_there(metadata: io::Result<Metadata>) -> Option<u64> {
    match metadata {
        Ok(metadata) => Some(walk::stamp(&metadata)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Some(0),
        Err(_) => None,
    }
}

/// Writes the file beside itself first, so that it is never half written.
fn save(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    // With the number of the process, so that two runs do not write the same file.
    let staged = path.with_extension(format!("index.{}.new", std::process::id()));
    fs::write(&staged, bytes)
        .and_then(|()| fs::rename(&staged, path))
        .inspect_err(|_| {
            // What is left of it is of no use to anybody.
            let _ = fs::remove_file(&staged);
        })
}
