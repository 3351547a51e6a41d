//! The ledger: what was given to whom, one line of JSON for each act (<https://jsonlines.org/>),
//! only ever added to.
//!
//! A line that was added is on the disk before anybody is told so. Several processes may add at
//! once: each holds a lock while it writes. A last line that a crash tore is set aside in a file
//! of its own when the next one is added; a broken line in the middle is reported and stays where
//! it is.

mod torn;

use std::fs::{self, File};
use std::io::{self, ErrorKind, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::private;
use crate::diagnostics::{Diagnostic, Place, io_reason};
use torn::Left;

/// Where the ledger lies in private/.
pub const FILE: &str = "ledger.jsonl";

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Act {
    /// A letter was drafted; nothing has reached the person.
    Drafted,
    /// Something was sent or handed over.
    Sent,
    /// They answered.
    Replied,
    /// They were introduced to somebody.
    Introduced,
    /// Something was promised to them.
    Promised,
    /// A promise was kept.
    Kept,
    /// Somebody was forgotten; the line says nothing of whom.
    Forgotten,
}

impl Act {
    /// The word for it in the ledger.
    pub fn name(self) -> &'static str {
        match self {
            Act::Drafted => "drafted",
            Act::Sent => "sent",
            Act::Replied => "replied",
            Act::Introduced => "introduced",
            Act::Promised => "promised",
            Act::Kept => "kept",
            Act::Forgotten => "forgotten",
        }
    }

    /// Whether the user and the person were in contact by it: what a cadence counts from.
    pub fn is_contact(self) -> bool {
        matches!(self, Act::Sent | Act::Replied | Act::Introduced | Act::Kept)
    }

    /// Whether the pieces named with it have reached the person.
    pub fn gives(self) -> bool {
        matches!(self, Act::Sent | Act::Introduced | Act::Kept)
    }
}

/// One act. More fields may come; what a line says beyond these is ignored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// What.
    pub act: Act,
    /// With whom: [`super::Person::uid`]; two for an introduction, none when somebody was
    /// forgotten.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<String>,
    /// The ids of the resources that were given, promised or named in the letter.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<String>,
    /// What to remember: the subject of a letter, the words of a promise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The event at which it happened, or for which it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// The letter, as its path in private/.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<String>,
}

impl Entry {
    /// An act with one person.
    pub fn new(at: Timestamp, act: Act, person: impl Into<String>) -> Entry {
        Entry {
            at,
            act,
            people: vec![person.into()],
            resources: Vec::new(),
            note: None,
            event: None,
            letter: None,
        }
    }

    /// Names what was given.
    pub fn with_resources(mut self, resources: impl IntoIterator<Item = String>) -> Self {
        self.resources.extend(resources);
        self
    }

    /// Adds what to remember.
    pub fn with_note(mut self, note: Option<String>) -> Self {
        self.note = note;
        self
    }

    /// Whether it concerns a person.
    pub fn concerns(&self, uid: &str) -> bool {
        self.people.iter().any(|person| person == uid)
    }
}

/// Everything in the ledger that can be read, in the order in which it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// The acts.
    pub entries: Vec<Entry>,
    /// Lines that cannot be read, as warnings with their place. They stay in the file.
    pub problems: Vec<Diagnostic>,
}

impl Record {
    /// The acts with one person.
    pub fn of<'a>(&'a self, uid: &'a str) -> impl DoubleEndedIterator<Item = &'a Entry> {
        self.entries.iter().filter(move |entry| entry.concerns(uid))
    }

    /// The ids of what a person was given already, each once, in order.
    pub fn given<'a>(&'a self, uid: &'a str) -> Vec<&'a str> {
        let mut given: Vec<&'a str> = Vec::new();
        for entry in self.of(uid).filter(|entry| entry.act.gives()) {
            for id in &entry.resources {
                if !given.contains(&id.as_str()) {
                    given.push(id);
                }
            }
        }
        given
    }
}

/// The ledger of a library.
#[derive(Clone, Debug)]
pub struct Ledger {
    path: PathBuf,
    /// As messages name it.
    name: String,
}

impl Ledger {
    /// The ledger in a private/ folder. Nothing is read or made yet.
    pub fn open(private: &Path) -> Ledger {
        let folder = private.file_name().unwrap_or_default().to_string_lossy();
        Ledger {
            path: private.join(FILE),
            name: format!("{folder}/{FILE}"),
        }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads everything; a ledger that is not there is empty.
    ///
    /// # Errors
    /// The file cannot be read at all.
    pub fn read(&self) -> Result<Record, Box<Diagnostic>> {
        // A folder that cannot be written cannot be locked; nobody is writing there either.
        let _lock = self.lock(File::lock_shared).ok();
        let bytes = match fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Record::default()),
            Err(error) => return Err(self.failed("read", &error)),
        };
        Ok(self.parse(&bytes))
    }

    /// Adds one act, and sees to it that it is on the disk before this returns. Gives what the
    /// user should know: a torn line of an earlier run that was set aside.
    ///
    /// # Errors
    /// It cannot be written: nothing of it is in the ledger then.
    pub fn append(&self, entry: &Entry) -> Result<Vec<Diagnostic>, Box<Diagnostic>> {
        self.append_all(std::slice::from_ref(entry))
    }

    /// Adds several acts at once: all of them or none.
    ///
    /// # Errors
    /// As [`Ledger::append`].
    pub fn append_all(&self, entries: &[Entry]) -> Result<Vec<Diagnostic>, Box<Diagnostic>> {
        let mut lines = Vec::new();
        for entry in entries {
            let wrote = serde_json::to_writer(&mut lines, entry).map_err(io::Error::from);
            wrote.map_err(|error| self.failed("written", &error))?;
            lines.push(b'\n');
        }
        self.add(&lines)
            .map_err(|error| self.failed("written", &error))
    }

    fn add(&self, lines: &[u8]) -> io::Result<Vec<Diagnostic>> {
        if let Some(folder) = self.path.parent() {
            private::make_folder(folder)?;
        }
        let _lock = self.lock(File::lock)?;
        let is_new = !self.path.exists();
        let mut options = private::options();
        let mut file = options
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&self.path)?;
        let told = torn::set_aside(&mut file, &self.path, &self.name)?;
        let end = file.seek(SeekFrom::End(0))?;
        let added = file.write_all(lines).and_then(|()| file.sync_data());
        if let Err(error) = added {
            // Half a line would be one that is broken.
            let _ = file.set_len(end).and_then(|()| file.sync_data());
            return Err(error);
        }
        if is_new {
            private::sync_folder(&self.path);
        }
        Ok(told)
    }

    /// Blanks every line that concerns a person or, where it cannot be read, holds one of `words`;
    /// of lines about others that hold one, the note, the event and the letter. Leaves one line that
    /// says that somebody was forgotten, and nothing of whom. Files of torn lines are blanked alike.
    /// Gives the number of lines.
    ///
    /// # Errors
    /// The ledger cannot be read or written: it is as it was.
    pub fn forget(
        &self,
        uid: &str,
        words: &[String],
        at: Timestamp,
    ) -> Result<usize, Box<Diagnostic>> {
        self.blank(uid, words, at)
            .map_err(|error| self.failed("written", &error))
    }

    fn blank(&self, uid: &str, words: &[String], at: Timestamp) -> io::Result<usize> {
        if !self.path.exists() {
            return Ok(0);
        }
        let _lock = self.lock(File::lock)?;
        let left = |line: &[u8]| match parse_line(line) {
            Ok(entry) if entry.concerns(uid) => Left::Nothing,
            _ if !holds_any(line, uid, words) => Left::All,
            // What was done with somebody else stays, without the words about this person.
            Ok(_) => wordless(line).map_or(Left::Nothing, Left::Part),
            Err(_) => Left::Nothing,
        };
        let (mut kept, blanked) = torn::without(&fs::read(&self.path)?, left);
        if blanked > 0 {
            let mut tombstone = Entry::new(at, Act::Forgotten, "");
            tombstone.people.clear();
            if kept.last().is_some_and(|last| *last != b'\n') {
                kept.push(b'\n');
            }
            serde_json::to_writer(&mut kept, &tombstone)?;
            kept.push(b'\n');
            private::replace(&self.path, &kept, true)?;
        }
        torn::blank(&self.path, |line| holds_any(line, uid, words))?;
        Ok(blanked)
    }

    /// Holds the ledger against other processes until the file is dropped. The lock is a file
    /// beside the ledger, which is never replaced; some network file systems cannot lock, and then
    /// one write is as good as it gets.
    fn lock(&self, how: impl Fn(&File) -> io::Result<()>) -> io::Result<File> {
        let path = self.path.with_extension("lock");
        let mut options = private::options();
        let file = options
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)?;
        match how(&file) {
            Err(error) if error.kind() != ErrorKind::Unsupported => Err(error),
            _ => Ok(file),
        }
    }

    fn parse(&self, bytes: &[u8]) -> Record {
        let mut record = Record::default();
        // Bytes that are no letters take another number of bytes when they are shown; a line stays
        // a line.
        let text = String::from_utf8_lossy(bytes);
        let mut shared: Option<Arc<str>> = None;
        let mut at = 0;
        let lines = bytes.split_inclusive(|byte| *byte == b'\n');
        for (line, shown) in lines.zip(text.split_inclusive('\n')) {
            let start = at;
            at += shown.len();
            let bare = line.trim_ascii();
            if bare.is_empty() {
                continue;
            }
            match parse_line(bare) {
                Ok(entry) => record.entries.push(entry),
                Err(reason) => {
                    let shared = shared.get_or_insert_with(|| Arc::from(&*text));
                    let span = start..start + shown.trim_ascii_end().len();
                    let place = Place::span(self.name.as_str(), span).with_text(Arc::clone(shared));
                    let told = unreadable(!line.ends_with(b"\n"));
                    record.problems.push(told.at(place).label(reason));
                }
            }
        }
        record
    }

    fn failed(&self, what: &str, error: &io::Error) -> Box<Diagnostic> {
        let problem = format!("the ledger cannot be {what}: {}", io_reason(error));
        let help = match error.kind() {
            ErrorKind::StorageFull => "free some space and do it again: nothing was recorded",
            _ => "see who owns it and who may write there",
        };
        Box::new(
            Diagnostic::error(problem)
                .at(Place::file(self.name.as_str()))
                .help(help),
        )
    }
}

/// A line that cannot be read; without its end, it was torn off.
fn unreadable(is_torn: bool) -> Diagnostic {
    let (message, help) = match is_torn {
        true => (
            "the last line of the ledger was torn off",
            "the next act sets it aside; nothing else is lost",
        ),
        false => (
            "a line of the ledger cannot be read",
            "it is left where it is: mend it, or delete it, in a text editor",
        ),
    };
    Diagnostic::warning(message).help(help)
}

/// One line, or why it cannot be read.
fn parse_line(line: &[u8]) -> Result<Entry, String> {
    serde_json::from_slice(line).map_err(|error| match error.classify() {
        serde_json::error::Category::Data => {
            let error = error.to_string();
            error.split(" at line").next().unwrap_or(&error).to_owned()
        }
        _ => "this is no whole line of JSON, as goodturn writes one for each act".to_owned(),
    })
}

/// A line without what was written in it by hand.
fn wordless(line: &[u8]) -> Option<Vec<u8>> {
    let mut fields: serde_json::Map<String, serde_json::Value> =
        serde_json::from_slice(line).ok()?;
    for words in ["note", "event", "letter"] {
        fields.remove(words);
    }
    serde_json::to_vec(&fields).ok()
}

/// Whether a line that may not be JSON holds what tells of a person.
fn holds_any(line: &[u8], uid: &str, words: &[String]) -> bool {
    let line = String::from_utf8_lossy(line).to_lowercase();
    let words = words.iter().map(String::as_str).chain([uid]);
    words
        .filter(|word| !word.is_empty())
        .any(|word| line.contains(&word.to_lowercase()))
}

#[cfg(test)]
mod tests;
