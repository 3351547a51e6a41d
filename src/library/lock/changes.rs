//! What is new in the lock, for people.

use std::fmt;

use crate::diagnostics::{Diagnostic, Place};

use super::{Claim, Entry, LOCK_FILE, ShortId};

/// A summary names at most so many changes of a kind.
const MOST: usize = 10;

/// What a build adds to the lock.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Documents that are published for the first time.
    pub added: Vec<Added>,
    /// Documents that come from another file or have another address than before.
    pub moved: Vec<Moved>,
    /// Aliases that are honoured for the first time.
    pub redirected: Vec<Redirected>,
    /// The addresses of documents that are retired, expired or replaced. They may have been so
    /// before: the lock does not change when a document retires.
    pub retired: Vec<String>,
}

/// A document that is published for the first time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// Its short id.
    pub id: ShortId,
    /// Its source path.
    pub source: String,
    /// Its address.
    pub address: String,
}

/// A document that was moved, or has another address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Its short id.
    pub id: ShortId,
    /// Its source path before, if the lock knows, and now.
    pub source: (Option<String>, String),
    /// Its address before, and now.
    pub address: (String, String),
}

/// An alias that is honoured for the first time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirected {
    /// The alias.
    pub from: String,
    /// The current address of its document.
    pub to: String,
}

impl Changes {
    /// The error of a build that may not change the lock (`--locked`) but would have to.
    pub fn refused(&self) -> Diagnostic {
        let list = self.to_string();
        Diagnostic::error(format!(
            "{LOCK_FILE} would change, which `--locked` forbids"
        ))
        .at(Place::file(LOCK_FILE))
        .maybe_help((!list.is_empty()).then_some(list))
        .help("run `goodturn build` without `--locked`, and commit the file")
    }
}

/// One change on each line, without a line break at the end.
impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines = Vec::new();
        list(&mut lines, &self.added, "new addresses", |added| {
            format!("{} is new, from {}", added.address, added.source)
        });
        list(&mut lines, &self.moved, "moved documents", Moved::line);
        list(&mut lines, &self.redirected, "new aliases", |redirected| {
            format!("{} now leads to {}", redirected.from, redirected.to)
        });
        f.write_str(&lines.join("\n"))
    }
}

impl Moved {
    /// `before` is the line of its current address or, if there is none, of a former one.
    pub(super) fn new(before: &Entry, claim: &Claim<'_>) -> Self {
        let origin = before.origin.as_ref();
        Moved {
            id: before.id,
            source: (
                origin.map(|origin| origin.source.clone()),
                claim.source.to_owned(),
            ),
            address: (before.address.clone(), claim.address.to_owned()),
        }
    }

    fn line(&self) -> String {
        match (&self.source, &self.address) {
            (_, (before, now)) if before != now => format!("{before} moved to {now}"),
            ((Some(before), now), (_, address)) if before != now => {
                format!("{address} now comes from {now} ({before} before)")
            }
            ((_, source), (_, address)) => format!("{address} now comes from {source}"),
        }
    }
}

fn list<T>(lines: &mut Vec<String>, changes: &[T], many: &str, line: impl Fn(&T) -> String) {
    lines.extend(changes.iter().take(MOST).map(line));
    if changes.len() > MOST {
        lines.push(format!("… and {} more {many}", changes.len() - MOST));
    }
}
