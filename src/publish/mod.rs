//! Publishing: the finished files take the place of the old site in one step.
//!
//! In: the paths that the site consists of, and a way to make each ([`publish`] calls it, from
//! several threads). Out: the output folder, holding just these files and the list of them, and a
//! [`Report`].
//!
//! ```text
//! guard ──▶ produce, compare, write ──▶ link what is unchanged ──▶ before_swap ──▶ swap ──▶ retire
//! ```
//!
//! - [`guard()`] refuses an output that is, holds, or lies in something that Goodturn reads, takes
//!   a lock against other runs, and tells Goodturn's own files from those of others by the list
//!   that the last build left (`manifest`).
//! - Everything is written to a folder beside the output (`stage`). A file that is as it was is
//!   linked, so that it keeps its bytes and its modification time. If nothing at all has changed,
//!   the output is not touched.
//! - The two folders change places (`swap`), and the old one is taken away, as far as Goodturn
//!   wrote it (`retire`).
//!
//! # What is certain
//!
//! Whenever the process is killed, the output is wholly the old site or wholly the new one: on
//! Linux and macOS the swap is one step of the file system. Where a file system cannot do that, the
//! swap takes two steps, a kill between them leaves no output, and the next run puts the old one
//! back. What a killed run left beside the output is taken away by the next one.
//!
//! Files are not flushed to the disk one by one, since that takes many times as long as writing
//! them, and the site can be built again at any time. If the power fails within half a minute or so
//! after a build, the file system may therefore have the new names but not yet all of the bytes:
//! files may be empty. The next build compares bytes and writes such files anew; if the list of
//! files itself was hit, it says so and deletes nothing.

mod cache;
mod canary;
mod compare;
mod disk;
mod error;
mod faces;
mod guard;
mod lock;
mod manifest;
mod paths;
mod retire;
mod stage;
mod swap;
#[cfg(test)]
mod tests;
mod tree;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

pub use cache::{CACHE, Cache};
pub use canary::{Canaries, Search, Word};
pub use error::{Error, Relation};
pub use faces::{Faces, name_of_face};
pub use guard::{Folders, Guarded, guard, look};
pub use paths::{PathProblem, PathProblemKind};

pub use crate::site::Content;

use manifest::Manifest;
use stage::{Places, Stage};

/// How to publish.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Carry files of the output that Goodturn did not write over to the new site, instead of
    /// refusing to touch the folder.
    pub keep_foreign: bool,
}

/// What was done.
#[derive(Debug, Default)]
pub struct Report {
    /// Files that are new or have changed.
    pub written: usize,
    /// Files that are as they were, with their modification time.
    pub unchanged: usize,
    /// Files of the last build that the site no longer has.
    pub removed: usize,
    /// Files that Goodturn did not write and carried over.
    pub kept: usize,
    /// Files of somebody else that could not stay where they were, since the site has its own
    /// there: where they are now. They appeared while the site was being built, and the user should
    /// be told.
    pub rescued: Vec<PathBuf>,
    /// Why the old site could not be taken away wholly, if so. The new one is in place, and the
    /// next run tries again; the user should be told.
    pub uncleared: Option<Error>,
}

/// Why a site was not published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError<E> {
    /// Files could not be made: the path of each, in order, with what the caller said.
    #[error("{} of the site's files could not be made", .0.len())]
    Produce(Vec<(String, E)>),
    /// What was to be done before the swap failed.
    #[error("the site was not published")]
    BeforeSwap(E),
    /// The files could not be put in place.
    #[error(transparent)]
    Publish(#[from] Error),
}

/// Publishes the site that consists of these paths, each relative, with forward slashes.
///
/// `produce` is called once for each path, from several threads. `before_swap` is called when all is
/// staged and nothing is left to do but the swap, also when nothing has changed. After any error the
/// output is as it was, and nothing is left beside it.
pub fn publish<E: Send, P: AsRef<str>>(
    target: Guarded,
    paths: &[P],
    produce: impl Fn(&str) -> Result<Content, E> + Sync,
    before_swap: impl FnOnce() -> Result<(), E>,
) -> Result<Report, PublishError<E>> {
    let places = &target.places;
    let tree = &target.tree;
    let paths = paths::check(paths)?;
    tree.check_room(&places.out, &paths)?;
    let list = Manifest::text(&paths);
    let mut report = Report {
        kept: tree
            .foreign
            .iter()
            .filter(|foreign| !foreign.folder)
            .count(),
        rescued: target.rescued.clone(),
        ..Report::default()
    };

    let stage = Stage::create(places)?;
    let unchanged = fill(&stage, &target, &paths, produce)?;
    report.unchanged = unchanged.len();
    report.written = paths.len() - unchanged.len();
    let stayed = paths
        .iter()
        .filter(|path| tree.ours.contains(**path))
        .count();
    report.removed = tree.ours.len() - stayed;

    let same_list = tree.manifest.as_ref().is_some_and(|old| old.reads(&list));
    if report.written == 0 && report.removed == 0 && same_list {
        before_swap().map_err(PublishError::BeforeSwap)?;
        return Ok(report);
    }

    unchanged.par_iter().try_for_each(|path| stage.link(path))?;
    stage.write_manifest(&list)?;
    // As late as possible: what changes between this and the swap is found by its being different.
    stage.carry(&tree.foreign)?;
    if !stage.is_intact() {
        return Err(Error::StageTaken {
            path: places.container.clone(),
        }
        .into());
    }
    before_swap().map_err(PublishError::BeforeSwap)?;
    let old = swap::swap(places, target.method)?;
    stage.swapped();

    // The new site is in place; nothing from here on makes that a failure.
    match clear(places, old) {
        Ok(rescued) => report.rescued.extend(rescued),
        Err(error) => report.uncleared = Some(error),
    }
    Ok(report)
}

/// Looks whether these paths can be the files of a site, without writing.
///
/// # Errors
/// The same errors that [`publish`] would give.
pub fn check_paths<P: AsRef<str>>(paths: &[P]) -> Result<(), Error> {
    paths::check(paths).map(drop)
}

/// Looks whether a file could be copied into the site, without writing.
///
/// # Errors
/// The same error that [`publish`] would give.
pub fn check_copy(path: &str, from: &Path) -> Result<(), Error> {
    stage::open_source(from)
        .map(drop)
        .map_err(|source| Error::Copy {
            from: from.to_owned(),
            path: path.to_owned(),
            source,
        })
}

/// Takes away the old site and what it was staged with.
fn clear(places: &Places, old: swap::Old) -> Result<Vec<PathBuf>, Error> {
    let rescued = retire::retire(places, old)?;
    places.remove_container()?;
    Ok(rescued)
}

/// What became of one path.
enum Outcome<E> {
    Written,
    Unchanged,
    Skipped,
    NotMade(E),
    NotWritten(Error),
}

/// Makes every file, and writes those that are new or have changed. Comes back with the others.
fn fill<'p, E: Send>(
    stage: &Stage<'_>,
    target: &Guarded,
    paths: &[&'p str],
    produce: impl Fn(&str) -> Result<Content, E> + Sync,
) -> Result<Vec<&'p str>, PublishError<E>> {
    // One file that cannot be made means that nothing is published, but the others are made all the
    // same: their errors are told together. A disk that is full stops everything.
    let (not_made, not_written) = (AtomicBool::new(false), AtomicBool::new(false));
    let outcomes: Vec<Outcome<E>> = paths
        .par_iter()
        .map(|path| {
            if not_written.load(Ordering::Relaxed) {
                return Outcome::Skipped;
            }
            let content = match produce(path) {
                Ok(content) => content,
                Err(error) => {
                    not_made.store(true, Ordering::Relaxed);
                    return Outcome::NotMade(error);
                }
            };
            if not_made.load(Ordering::Relaxed) {
                return Outcome::Skipped;
            }
            let old = target.places.out.join(path);
            if target.tree.ours.contains(*path) && stage::is_unchanged(&old, &content) {
                return Outcome::Unchanged;
            }
            let written = match content {
                Content::Bytes(bytes) => stage.write(path, &bytes),
                Content::File(from) => stage.copy(path, &from),
            };
            match written {
                Ok(()) => Outcome::Written,
                Err(error) => {
                    not_written.store(true, Ordering::Relaxed);
                    Outcome::NotWritten(error)
                }
            }
        })
        .collect();

    let (mut unchanged, mut errors) = (Vec::new(), Vec::new());
    for (path, outcome) in paths.iter().zip(outcomes) {
        match outcome {
            Outcome::Written | Outcome::Skipped => {}
            Outcome::Unchanged => unchanged.push(*path),
            Outcome::NotMade(error) => errors.push(((*path).to_owned(), error)),
            Outcome::NotWritten(error) => return Err(error.into()),
        }
    }
    if errors.is_empty() {
        Ok(unchanged)
    } else {
        Err(PublishError::Produce(errors))
    }
}
