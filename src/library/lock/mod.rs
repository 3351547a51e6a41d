//! The lock: every address that was ever published, and the document that it leads to.
//!
//! A link that was given out keeps working. That is what `goodturn.lock` is for: it remembers each
//! address, so that a document that is moved or gets another slug leaves a redirect behind, and
//! one that is deleted makes the build fail with the lines to write.
//!
//! In: the old lock ([`Lock::parse`]) and the documents that exist now, each as a [`Claim`] on an
//! address. Out ([`reconcile`]): a short id for each of them, the redirects, the new lock, and what
//! is wrong. Nothing here touches a file: the caller reads goodturn.lock, and writes it where the
//! new lock differs from the old one and nothing was wrong.
//!
//! Addresses lead to ids and ids to documents, never addresses to addresses. So however often a
//! document moves, all its former addresses lead to where it is now, in one step.

mod address;
mod addresses;
mod changes;
mod destinations;
mod fingerprint;
mod format;
mod id;
mod identity;
mod messages;
mod moves;
mod reconcile;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostics::{Diagnostic, Place};

pub use changes::{Added, Changes, Moved, Redirected};
pub use fingerprint::{Fingerprint, fingerprint};
pub use id::{BadId, ID_ALPHABET, ID_LENGTH, ShortId};
pub use reconcile::reconcile;

/// The name of the lock's file, in the library's folder.
pub const LOCK_FILE: &str = "goodturn.lock";

/// What goodturn.lock says. The default is that of a library that was never published.
#[derive(Clone, Debug)]
pub struct Lock {
    /// Sorted by address.
    entries: Arc<[Entry]>,
    /// What the entries were read from, to show lines of it; empty in a new lock.
    text: Arc<str>,
}

impl Lock {
    /// Reads the text of goodturn.lock. Windows line ends and a byte order mark are accepted.
    pub fn parse(text: &str) -> Result<Self, Vec<Diagnostic>> {
        format::parse(text)
    }

    /// All addresses, sorted.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What was published at an address.
    pub fn at(&self, address: &str) -> Option<&Entry> {
        // Should an address stand there twice, the current one is the first.
        let first = self
            .entries
            .partition_point(|entry| entry.address.as_str() < address);
        let entry = self.entries.get(first)?;
        (entry.address == address).then_some(entry)
    }

    /// Whether nothing was ever published.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl Default for Lock {
    fn default() -> Self {
        Lock {
            entries: Arc::from([]),
            text: Arc::from(""),
        }
    }
}

/// Two locks are the same if they say the same, however that is written.
impl PartialEq for Lock {
    fn eq(&self, other: &Self) -> bool {
        self.entries == other.entries
    }
}

impl Eq for Lock {}

/// One address that was published.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The address.
    pub address: String,
    /// The document that it leads to.
    pub id: ShortId,
    /// Where the document comes from, if this is its current address; `None` for a former address
    /// and for an alias.
    pub origin: Option<Origin>,
    /// Where it stands in the lock's text.
    span: Range<usize>,
}

impl Entry {
    /// By address; should one stand there twice, the current one first.
    fn by_address(&self, other: &Self) -> Ordering {
        let key = |entry: &Self| (entry.origin.is_none(), entry.id);
        (self.address.cmp(&other.address))
            .then_with(|| key(self).cmp(&key(other)))
            .then_with(|| self.origin.cmp(&other.origin))
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        (&self.address, self.id, &self.origin) == (&other.address, other.id, &other.origin)
    }
}

impl Eq for Entry {}

/// The document behind a current address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// Its path relative to content/; a book's is its folder.
    pub source: String,
    /// Its fingerprint when the entry was written. Later edits do not renew it, or else the lock
    /// would change with every word; a move does.
    pub fingerprint: Fingerprint,
}

/// A document that exists now, and the address that it asks for.
#[derive(Clone, Debug)]
pub struct Claim<'a> {
    /// The path of the document relative to content/, with forward slashes; a book's is its
    /// folder.
    pub source: &'a str,
    /// The address that it asks for.
    pub address: &'a str,
    /// What its front matter has under `id`.
    pub id: Option<&'a str>,
    /// The fingerprint of its words.
    pub fingerprint: Fingerprint,
    /// What its front matter has under `aliases`, as it was written.
    pub aliases: &'a [String],
    /// What becomes of it in this build.
    pub standing: Standing<'a>,
    /// Its file, and in there what its address comes from (the slug or the title), if known.
    pub place: Place,
    /// Where else messages may point to in that file.
    pub marks: Marks,
}

/// Lines of a document's front matter that messages point to, as bytes of its file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// The line of `id`.
    pub id: Option<Range<usize>>,
    /// The lines of `aliases`.
    pub aliases: Option<Range<usize>>,
    /// The line of `draft`, `publish` or `replaced_by`.
    pub standing: Option<Range<usize>>,
}

/// What becomes of a document in this build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing<'a> {
    /// It is published.
    Public,
    /// It exists, but is not part of this build.
    Hidden(Hidden),
    /// It is shown in a preview although it is hidden. It gets an id, but nothing enters the lock.
    Shown,
    /// It says `retired: true`: a tombstone stands at its address.
    Retired,
    /// It says `replaced_by`: its addresses lead elsewhere.
    ReplacedBy(Target<'a>),
    /// Its time is over: a tombstone stands at its address.
    Expired,
}

/// Why a document is not part of a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hidden {
    /// It says `draft: true`.
    Draft,
    /// Its `publish` date has not come.
    Scheduled,
}

/// What took the place of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target<'a> {
    /// Another document: its index among the claims.
    Claim(usize),
    /// A page elsewhere.
    Url(&'a str),
}

/// Where an address leads in the end.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Destination {
    /// To a document: its index among the claims.
    Claim(usize),
    /// To a page elsewhere.
    Url(String),
}

/// An address that leads to another one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Redirect {
    /// The address that is asked for.
    pub from: String,
    /// Where it leads: in one step, to a page that is there.
    pub to: Destination,
}

/// What [`reconcile`] found.
#[derive(Clone, Debug)]
pub struct Reconciled {
    /// The short id of each claim, in the claims' order.
    pub ids: Vec<ShortId>,
    /// Where the addresses of each claim lead, in the claims' order, the short address included:
    /// to itself, unless something took its place.
    pub destinations: Vec<Destination>,
    /// The addresses that lead elsewhere, sorted. None of them is the address of a page. Short
    /// addresses are not among them.
    pub redirects: Vec<Redirect>,
    /// The new lock. To be written only if there is no error among the diagnostics, and only if it
    /// differs from the old one.
    pub lock: Lock,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// What is new in the lock, for people.
    pub changes: Changes,
}
