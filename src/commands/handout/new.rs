//! `goodturn handout new`: what is picked for somebody, as a page of its own.
//!
//! This is the one place where what is known of a person meets what is published: a given name
//! goes into a file in content/, and nothing else.

use std::path::PathBuf;

use clap::{ArgGroup, Args};
use jiff::Span;
use jiff::civil::Date;

use crate::commands::leaks::Watch;
use crate::commands::links;
use crate::commands::outcome::{self, Failure, Outcome};
use crate::commands::workspace::{self, Options, Workspace};
use crate::commands::{Globals, acts, followup, private, write};
use crate::diagnostics::Diagnostic;
use crate::followup::handout::{Draft, FOLDER, token};
use crate::library::Library;
use crate::library::handout::address_of;
use crate::people::Person;
use crate::site::Words;

/// What `handout new` can be told.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("whom").required(true))]
#[command(after_help = "Examples:
  goodturn handout new --for ana --pick xw5bc --pick 6s5fq --expires 30d
  goodturn handout new --event \"Chamber breakfast\" --pick xw5bc

Anybody who has the address of the page can read it. It shows the given name,
the line and the pieces, and nothing else of what you know.")]
pub struct NewArgs {
    /// For whom: a handle, a name or an email address
    #[arg(long = "for", value_name = "PERSON", group = "whom")]
    person: Option<String>,
    /// For everybody at an event
    #[arg(long, value_name = "NAME", group = "whom")]
    event: Option<String>,
    /// A piece to give, by its id or its short address (may be repeated)
    #[arg(short, long, value_name = "ID", required = true)]
    pick: Vec<String>,
    /// A line of your own, on the page
    #[arg(short, long, value_name = "TEXT")]
    line: Option<String>,
    /// What the page is called; without it: "For Ana", or the event
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// From which day on it is closed: 2026-12-24, or in how many days: 30d
    #[arg(long, value_name = "DAY", value_parser = expiry)]
    expires: Option<Expiry>,
    /// With the surname as well
    #[arg(long, conflicts_with = "event")]
    surname: bool,
}

/// When a handout is closed.
#[derive(Clone, Copy, Debug)]
enum Expiry {
    On(Date),
    In(i64),
}

/// Writes the file of a new handout, and prints its address.
pub fn run(globals: &Globals, args: &NewArgs) -> Result<Outcome, Failure> {
    let workspace = workspace::open(globals)?;
    let person = match &args.person {
        Some(typed) => {
            let private = private::open(globals)?;
            let person = private.person(typed)?.clone();
            if person.do_not_contact {
                return Err(followup::left_alone(&person));
            }
            Some(person)
        }
        None => None,
    };
    let loaded = workspace.load(globals, &Options::default())?;
    let mut problems = Vec::new();
    let lang = language(&workspace, person.as_ref());
    let words = &workspace.theme(&mut problems).words;
    let draft = Draft {
        title: title(args, person.as_ref(), words, &lang)?,
        line: args.line.as_deref().map(str::trim).map(str::to_owned),
        lang: (lang != workspace.config.language).then_some(lang),
        expires: args.expires.map(Expiry::day).transpose()?,
        pieces: picked(&loaded.library, &args.pick)?,
    };
    let texts = [Some(&draft.title), draft.line.as_ref()];
    for text in texts.into_iter().flatten() {
        keep_private(&workspace, text)?;
        problems.extend(surname_in(args, person.as_ref(), text));
    }
    let made = Made::new(draft)?;
    let base = links::base(&workspace, &mut problems);
    made.write(&workspace)?;
    outcome::print(&base.full(&address_of(&made.token)));
    let mut summary = format!("  its file: {}\n  {LATER}", made.file());
    if let Some(person) = &person {
        let picks = followup::picks(&made.draft.pieces);
        let (stem, token) = (&person.stem, &made.token);
        summary.push_str(&format!(
            "\n  a letter with it: goodturn followup {stem} --handout {token}\
             \n  once you gave it otherwise: goodturn sent {stem}{picks}"
        ));
    }
    let root = workspace.folders.root;
    Ok(Outcome {
        root,
        problems,
        summary,
    })
}

/// What is to be said of a page that was only just written.
pub const LATER: &str = "nobody can open it before the site is built and uploaded";

/// A new handout.
#[derive(Clone, Debug)]
pub struct Made {
    /// The last part of its address.
    pub token: String,
    /// What it says.
    pub draft: Draft,
}

impl Made {
    /// With a token of its own; nothing is written yet.
    ///
    /// # Errors
    /// The system has no random numbers.
    pub fn new(draft: Draft) -> Result<Made, Failure> {
        let token = token().map_err(|reason| {
            Failure::usage(
                format!("no address can be made that nobody can guess: {reason}"),
                "the system gives no random numbers: try it on another machine",
            )
        })?;
        Ok(Made { token, draft })
    }

    /// Its file, as messages name it.
    pub fn file(&self) -> String {
        format!("content/{FOLDER}/{}.md", self.token)
    }

    /// Writes its file.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write(&self, workspace: &Workspace) -> Result<PathBuf, Failure> {
        let path = workspace.folders.part("content").join(FOLDER);
        let path = path.join(format!("{}.md", self.token));
        write::create(&path, &self.draft.text(workspace::today()?))?;
        Ok(path)
    }
}

/// The language of a page for somebody.
pub fn language(workspace: &Workspace, person: Option<&Person>) -> String {
    let theirs = person.and_then(|person| person.language.as_deref());
    theirs.unwrap_or(&workspace.config.language).to_owned()
}

/// What a page for somebody is called: with the given name, never with more of it.
pub fn title_for(given: Option<&str>, words: &Words, lang: &str) -> String {
    let name = given.map(|name| ("name".to_owned(), name.to_owned()));
    match name.and_then(|name| words.say(lang, "handout_for", &[name]).ok()) {
        Some(title) => title,
        None => words.plain(lang, "handout_for_you").to_owned(),
    }
}

fn title(
    args: &NewArgs,
    person: Option<&Person>,
    words: &Words,
    lang: &str,
) -> Result<String, Failure> {
    let event = args.event.as_deref().map(followup::event::title);
    let title = match (&args.title, person) {
        (Some(said), _) => said.split_whitespace().collect::<Vec<_>>().join(" "),
        (None, None) => event.unwrap_or_default(),
        (None, Some(person)) if args.surname => {
            title_for(person.written_name.as_deref(), words, lang)
        }
        (None, Some(person)) => {
            let given = followup::write::someone(person).given;
            title_for(given.as_deref(), words, lang)
        }
    };
    match title.is_empty() {
        false => Ok(title),
        true => Err(Failure::usage(
            "the page has no name",
            "give it one: --title \"For the roofers of Springfield\"",
        )),
    }
}

/// The ids of the pieces that were typed, each once.
fn picked(library: &Library, typed: &[String]) -> Result<Vec<String>, Failure> {
    let mut ids: Vec<String> = Vec::new();
    for typed in typed {
        let piece = library.piece_to_give(&acts::bare_id(typed));
        let piece = piece.map_err(|problem| {
            // What only expired is left out of a page; nobody wants to begin with it.
            let severity = crate::diagnostics::Severity::Error;
            Failure::Usage(Box::new(Diagnostic {
                severity,
                ..problem
            }))
        })?;
        let id = library.document(piece).id.to_string();
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

/// Refuses a text with what is private in it: anybody could read it who has the address.
///
/// # Errors
/// It holds an email address, a phone number or an id of the people.
fn keep_private(workspace: &Workspace, text: &str) -> Result<(), Failure> {
    let (watch, _) = Watch::new(workspace);
    let found = watch.map(|watch| watch.found_in(text)).unwrap_or_default();
    match found.first() {
        None => Ok(()),
        Some(what) => Err(Failure::usage(
            format!("`{text}` holds {what}"),
            "take it out: anybody who has the address of the page can read it",
        )),
    }
}

/// A surname that was typed, where nobody said that it may be shown.
fn surname_in(args: &NewArgs, person: Option<&Person>, text: &str) -> Option<Diagnostic> {
    let family = person?.family.as_deref()?.to_lowercase();
    let text = text.to_lowercase();
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    let is_said = !args.surname && !family.is_empty() && words.any(|word| word == family);
    is_said.then(|| {
        Diagnostic::warning("the page shows the surname")
            .help("anybody who has its address can read it; --surname says that this is meant")
    })
}

fn expiry(typed: &str) -> Result<Expiry, String> {
    let typed = typed.trim();
    let days = typed
        .strip_suffix(['d', 'D'])
        .and_then(|days| days.parse().ok());
    match (days, typed.parse()) {
        (Some(days @ 1..=36_500), _) => Ok(Expiry::In(days)),
        (None, Ok(day)) => Ok(Expiry::On(day)),
        _ => Err("write a day as 2026-12-24, or in how many days: 30d".to_owned()),
    }
}

impl Expiry {
    /// The day.
    fn day(self) -> Result<Date, Failure> {
        let today = workspace::today()?;
        let help = "leave --expires away, and the page stays open";
        let day = match self {
            Expiry::On(day) => day,
            Expiry::In(days) => today
                .checked_add(Span::new().days(days))
                .map_err(|_| Failure::usage("that day is in no year that a calendar has", help))?,
        };
        match day > today {
            true => Ok(day),
            false => Err(Failure::usage(
                format!("{day} is not to come: nobody would see the page"),
                help,
            )),
        }
    }
}
