//! `goodturn people forget`: deleting somebody.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use clap::Args;
use mail_parser::{Message, MessageParser};

use crate::commands::outcome::{Failure, Outcome, count};
use crate::commands::private::Private;
use crate::commands::{Globals, ask, private, write};
use crate::config::display_path;
use crate::followup::handout;
use crate::followup::letter::{DRAFTS, SENT};
use crate::people::Person;

/// What `people forget` can be told.
#[derive(Debug, Args)]
#[command(
    after_help = "The card and the drafts of letters are deleted, and the lines of the ledger that concern the person
are blanked; one line stays that says that somebody was forgotten, not whom."
)]
pub struct ForgetArgs {
    /// Who: a handle, a name or an email address
    #[arg(value_name = "PERSON")]
    person: String,
    /// Do not ask whether you are sure
    #[arg(short, long)]
    yes: bool,
}

/// Deletes the card and blanks the ledger.
pub fn run(globals: &Globals, args: &ForgetArgs) -> Result<Outcome, Failure> {
    let mut private = private::open(globals)?;
    let person = private.person(&args.person)?.clone();
    if !args.yes {
        let who = private::label(&person);
        if !ask::can_ask() {
            return Err(Failure::usage(
                format!("this would delete {who}"),
                "say --yes if you are sure: it cannot be undone",
            ));
        }
        if !ask::yes(&format!("Delete {who} and what the ledger says of them?"))? {
            return Ok(private.outcome("Nothing was deleted."));
        }
    }
    let mut words = person.emails.clone();
    // A name of one word could be in anybody's line.
    words.extend(
        person
            .written_name
            .clone()
            .filter(|name| name.contains(' ')),
    );
    // Letters before the ledger, which names them.
    let letters = delete_letters(&mut private, &person, &words)?;
    // The ledger first: if that fails, the person can still be named.
    let blanked = private.ledger.forget(&person.uid, &words, private::now()?);
    let blanked = blanked.map_err(|problem| private.failed(*problem))?;
    let removed = private.people.remove(&person.stem);
    removed.map_err(|problem| private.failed(*problem))?;
    let lines = match blanked {
        0 => "the ledger said nothing of them".to_owned(),
        lines => format!("{} of the ledger blanked", count(lines, "line", "lines")),
    };
    let deleted = match letters.deleted {
        0 => String::new(),
        deleted => format!("; {} deleted", count(deleted, "letter", "letters")),
    };
    let mut summary = format!(
        "Deleted {}; {lines}{deleted}\n  Letters that you sent, backups and address books that share the folder \
         are yours to look through.",
        person.file
    );
    for letter in &letters.left {
        summary.push_str(&format!("\n  {letter}, to somebody else, names them"));
    }
    for token in handouts_naming(&private.root, &person) {
        summary.push_str(&format!(
            "\n  content/{}/{token}.md says their given name; if it is theirs: goodturn handout end {token}",
            handout::FOLDER
        ));
    }
    Ok(private.outcome(summary))
}

/// What became of the letters in private/.
struct Letters {
    /// How many were deleted.
    deleted: usize,
    /// Letters that others were sent and that name the person, as paths in the library.
    left: Vec<String>,
}

/// Deletes the letters to a person, drafts and copies of what was sent: those that the ledger names,
/// and those that a run which was stopped wrote before it could say so. Drafts to others go as well
/// where they name the person.
fn delete_letters(
    private: &mut Private,
    person: &Person,
    words: &[String],
) -> Result<Letters, Failure> {
    let folder = private.root.join(private::FOLDER);
    let record = private.record()?;
    let named = record.of(&person.uid).filter_map(|entry| {
        let path = Path::new(entry.letter.as_ref()?);
        // What the ledger says is text that anybody may have changed: it leads nowhere else.
        let mut parts = path.components();
        let is_inside = parts.all(|part| matches!(part, Component::Normal(_)));
        let is_letter = [DRAFTS, SENT].iter().any(|kept| path.starts_with(kept));
        (is_inside && is_letter).then(|| folder.join(path))
    });
    let mut letters: BTreeSet<PathBuf> = named.collect();
    let mut left = Vec::new();
    for kept in [DRAFTS, SENT] {
        for path in files_in(&folder.join(kept)) {
            let bytes = std::fs::read(&path).unwrap_or_default();
            let Some(letter) = MessageParser::default().parse(&bytes) else {
                continue;
            };
            let is_named = names(&letter, words);
            if is_to(&letter, &person.emails) || (kept == DRAFTS && is_named) {
                letters.insert(path);
            } else if is_named && !letters.contains(&path) {
                left.push(display_path(&private.root, &path));
            }
        }
    }
    left.sort();
    let mut deleted = 0;
    for letter in &letters {
        match std::fs::remove_file(letter) {
            Ok(()) => deleted += 1,
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(write::failed(letter, &error)),
        }
    }
    Ok(Letters { deleted, left })
}

/// Whether a letter is to one of some addresses (RFC 5322, section 3.6.3).
fn is_to(letter: &Message<'_>, emails: &[String]) -> bool {
    let mut fields = [letter.to(), letter.cc(), letter.bcc()]
        .into_iter()
        .flatten();
    fields.any(|field| emails.iter().any(|email| field.contains(email)))
}

/// Whether the subject or the text of a letter holds one of some words.
fn names(letter: &Message<'_>, words: &[String]) -> bool {
    let text = letter.body_text(0).unwrap_or_default();
    // Lines may have been broken anywhere.
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = format!("{} {text}", letter.subject().unwrap_or_default()).to_lowercase();
    let mut words = words.iter().filter(|word| !word.is_empty());
    words.any(|word| text.contains(&word.to_lowercase()))
}

fn files_in(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let files = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
    files.map(|entry| entry.path())
}

/// The handouts that are open and say the given name of a person. Whether they are for this person
/// is nothing that they say.
fn handouts_naming(root: &Path, person: &Person) -> Vec<String> {
    let Some(given) = person.called().map(|called| called.given) else {
        return Vec::new();
    };
    let says = |text: &str| {
        let mut words = text.split(|c: char| !c.is_alphanumeric() && c != '-');
        given
            .split_whitespace()
            .all(|name| words.any(|word| word == name))
    };
    let folder = root.join("content").join(handout::FOLDER);
    let mut tokens: Vec<String> = files_in(&folder)
        .filter_map(|path| {
            let text = std::fs::read_to_string(&path).ok()?;
            let is_open = !text.lines().any(|line| line.starts_with("retired"));
            let token = path.file_stem()?.to_str()?.to_owned();
            (is_open && says(&text)).then_some(token)
        })
        .collect();
    tokens.sort();
    tokens
}
