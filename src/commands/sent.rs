//! `goodturn sent`, `goodturn replied` and `goodturn kept`: telling the ledger what was done.

use clap::Args;

use super::outcome::{Failure, Outcome};
use super::{Globals, acts, ask, private, workspace};
use crate::people::{Act, Dated, Entry, NewLine, Person, own};

/// What `sent` can be told.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  goodturn sent ana --pick xw5bc
  goodturn sent ana --note \"called her\"

The next piece that is suggested to them is another one.")]
pub struct SentArgs {
    /// To whom: a handle, a name or an email address
    #[arg(value_name = "PERSON")]
    person: String,
    /// A piece that you gave, by its id or its short address (may be repeated)
    #[arg(short, long, value_name = "ID")]
    pick: Vec<String>,
    /// What to remember of it
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

/// What `replied` can be told.
#[derive(Debug, Args)]
pub struct RepliedArgs {
    /// Who: a handle, a name or an email address
    #[arg(value_name = "PERSON")]
    person: String,
    /// What to remember of it
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

/// What `kept` can be told.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  goodturn kept ana
  goodturn kept ana checklist --pick xw5bc")]
pub struct KeptArgs {
    /// To whom: a handle, a name or an email address
    #[arg(value_name = "PERSON")]
    person: String,
    /// Words of the promise, where there are several
    #[arg(value_name = "WORDS")]
    words: Vec<String>,
    /// A piece that you gave, by its id or its short address (may be repeated)
    #[arg(short, long, value_name = "ID")]
    pick: Vec<String>,
}

/// Records that something was sent or handed over.
pub fn sent(globals: &Globals, args: &SentArgs) -> Result<Outcome, Failure> {
    let mut private = private::open(globals)?;
    let person = private.person(&args.person)?.clone();
    let pieces = acts::pieces(&private, &args.pick)?;
    let what = match pieces.as_slice() {
        [] => "contact with".to_owned(),
        pieces => format!("{} to", pieces.join(", ")),
    };
    let entry = Entry::new(private::now()?, Act::Sent, &person.uid)
        .with_resources(pieces)
        .with_note(args.note.clone());
    private.record_act(&[&person], &entry)?;
    let mut summary = format!("Recorded: {what} {}", person.name);
    if !person.promises.is_empty() {
        let stem = &person.stem;
        summary.push_str(&format!("\n  if that kept a promise: goodturn kept {stem}"));
    }
    Ok(private.outcome(summary))
}

/// Records that somebody answered.
pub fn replied(globals: &Globals, args: &RepliedArgs) -> Result<Outcome, Failure> {
    let mut private = private::open(globals)?;
    let person = private.person(&args.person)?.clone();
    let entry = Entry::new(private::now()?, Act::Replied, &person.uid);
    private.record_act(&[&person], &entry.with_note(args.note.clone()))?;
    let summary = format!("Recorded: {} replied", person.name);
    Ok(private.outcome(summary))
}

/// Records that a promise was kept: in the ledger, then on the card.
pub fn kept(globals: &Globals, args: &KeptArgs) -> Result<Outcome, Failure> {
    let mut private = private::open(globals)?;
    let mut person = private.person(&args.person)?.clone();
    let promise = which(&person, &args.words)?.clone();
    let pieces = acts::pieces(&private, &args.pick)?;
    let today = workspace::today()?;
    let entry = Entry::new(private::now()?, Act::Kept, &person.uid)
        .with_resources(pieces)
        .with_note(Some(promise.text.clone()));
    private.record_act(&[&person], &entry)?;
    let line = NewLine::parts(own::KEPT, &[&today.to_string(), &promise.text], ';');
    person.keep_promise(&promise, &line);
    let summary = told(&person, &promise);
    private.save(person)?;
    Ok(private.outcome(summary))
}

fn told(person: &Person, promise: &Dated) -> String {
    let open = match person.promises.len() {
        0 => "nothing else is promised".to_owned(),
        _ => format!("still promised: {}", texts(&person.promises).join("; ")),
    };
    format!("Kept, to {}: {}\n  {open}", person.name, promise.text)
}

/// The promise that is meant.
fn which<'a>(person: &'a Person, words: &[String]) -> Result<&'a Dated, Failure> {
    let has = |promise: &&Dated| {
        let text = promise.text.to_lowercase();
        words.iter().all(|word| text.contains(&word.to_lowercase()))
    };
    let found: Vec<&Dated> = person.promises.iter().filter(has).collect();
    let open = texts(&person.promises);
    let is_one = |found: &[&Dated]| {
        let mut texts = found.iter().map(|promise| promise.text.to_lowercase());
        let first = texts.next();
        first.is_some_and(|first| texts.all(|text| text == first))
    };
    match found.as_slice() {
        // The same, said twice, is one promise after the other.
        [one, ..] if is_one(&found) => Ok(one),
        [] if open.is_empty() => Err(Failure::usage(
            format!("nothing is promised to {}", person.name),
            format!(
                "goodturn people edit {} --promise TEXT promises",
                person.stem
            ),
        )),
        [] => Err(Failure::usage(
            format!("nothing like that is promised to {}", person.name),
            format!("promised: {}", open.join("; ")),
        )),
        several if ask::can_ask() => {
            let choices = several.iter().map(|promise| promise.text.clone()).collect();
            let at = ask::choose("Which promise?", choices)?;
            several
                .get(at)
                .copied()
                .ok_or_else(|| ambiguous(person, &open))
        }
        _ => Err(ambiguous(person, &open)),
    }
}

fn ambiguous(person: &Person, open: &[&str]) -> Failure {
    Failure::usage(
        format!(
            "several things are promised to {}: {}",
            person.name,
            open.join("; ")
        ),
        format!(
            "add a word of the one that you kept: goodturn kept {} WORDS",
            person.stem
        ),
    )
}

fn texts(promises: &[Dated]) -> Vec<&str> {
    promises
        .iter()
        .map(|promise| promise.text.as_str())
        .collect()
}
