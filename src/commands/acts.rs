//! What the ledger's lines look like to people and to other programs.

use serde_json::{Value, json};

use super::outcome::Failure;
use super::private::Private;
use crate::diagnostics::{Diagnostic, did_you_mean};
use crate::library::handout;
use crate::library::lock::{self, ShortId};
use crate::people::{Entry, due};

/// An act as JSON. `people` are handles, or UIDs where there is no card any more.
pub fn to_json(private: &Private, entry: &Entry) -> Value {
    let people: Vec<&str> = entry
        .people
        .iter()
        .map(|uid| {
            private
                .people
                .by_uid(uid)
                .map_or(uid.as_str(), |person| &person.stem)
        })
        .collect();
    json!({
        "at": entry.at,
        "act": entry.act,
        "people": people,
        "resources": entry.resources,
        "note": entry.note,
        "event": entry.event,
        "letter": entry.letter,
    })
}

/// An act in a line: "2026-11-18  sent xw5bc, sstts: the checklist".
pub fn in_words(entry: &Entry) -> String {
    let mut words = format!("{}  {}", due::day(entry.at), entry.act.name());
    if !entry.resources.is_empty() {
        words.push(' ');
        words.push_str(&entry.resources.join(", "));
    }
    for said in [&entry.note, &entry.event].into_iter().flatten() {
        words.push_str(": ");
        words.push_str(said);
    }
    words
}

/// The ids of pieces that were typed, as ids (`xw5bc`) or short addresses (`/r/xw5bc/`, the whole
/// link too).
///
/// # Errors
/// One is no id, or no piece that was ever published has it.
pub fn pieces(private: &Private, typed: &[String]) -> Result<Vec<String>, Failure> {
    if typed.is_empty() {
        return Ok(Vec::new());
    }
    let lock = private.lock()?;
    let mut found: Vec<String> = Vec::new();
    for typed in typed {
        let bare = bare_id(typed);
        let id = ShortId::parse(&bare).ok();
        let is_piece = |entry: &lock::Entry| handout::token_of_address(&entry.address).is_none();
        let mut pieces = lock.entries().iter().filter(|entry| is_piece(entry));
        let known = id.filter(|id| pieces.any(|entry| entry.id == *id));
        let Some(id) = known else {
            let ids = lock.entries().iter().map(|entry| entry.id.as_str());
            return Err(no_piece(&bare, ids));
        };
        if !found.iter().any(|known| known == id.as_str()) {
            found.push(id.as_str().to_owned());
        }
    }
    Ok(found)
}

/// No piece has an id; `ids` are those that there are.
pub fn no_piece<'a>(bare: &str, ids: impl IntoIterator<Item = &'a str>) -> Failure {
    let problem = Diagnostic::error(format!("no piece of this library has the id `{bare}`"));
    let problem = problem.maybe_help(did_you_mean(bare, ids));
    Failure::Usage(Box::new(problem.help(
        "`goodturn list` shows the ids; a new piece gets its id from a build",
    )))
}

/// The id in what was typed: alone, as a short address, or in a whole link.
pub fn bare_id(typed: &str) -> String {
    let bare = typed.trim().trim_end_matches('/');
    bare.rsplit('/').next().unwrap_or(bare).to_lowercase()
}

/// What an id leads to, as its file in content/; nothing where the lock does not know it.
pub fn source<'a>(lock: &'a crate::library::lock::Lock, id: &str) -> Option<&'a str> {
    let entries = lock.entries().iter();
    let mut current = entries.filter(|entry| entry.id.as_str() == id);
    current.find_map(|entry| Some(entry.origin.as_ref()?.source.as_str()))
}
