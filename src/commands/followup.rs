//! `goodturn followup`: the letter that hands over the right piece.

#[cfg(feature = "clipboard")]
mod clipboard;
pub mod deliver;
pub mod event;
pub mod me;
#[cfg(feature = "smtp")]
pub mod outbox;
mod page;
pub mod write;

use clap::{Args, ValueEnum};

use super::giving::Giving;
use super::outcome::{Failure, Outcome, count};
use super::{Globals, acts, ask, links};
use crate::diagnostics::Diagnostic;
use crate::people::{Act, Person};
use deliver::{Handing, Post};
use me::Sender;
use page::Pages;
use write::Writer;

/// What `followup` can be told.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  goodturn followup ana
  goodturn followup ana --about \"hiring apprentices\" --dry-run
  goodturn followup ana --pick xw5bc --template promised --to eml
  goodturn followup --event \"Chamber breakfast 2026-11-17\"

At a terminal, without --to, it asks for what is not said: the pieces, a line of
your own, and where the letter goes. Else it takes the best piece, and saves a
draft in private/letters/drafts/. Nothing is sent before somebody said yes to it.

Templates: met, promised, one-to-one, checking-in, thank-you, and those of your
own in private/letters/NAME.md.")]
pub struct FollowupArgs {
    /// To whom: a handle, a name or an email address
    #[arg(value_name = "PERSON", required_unless_present = "event")]
    person: Option<String>,
    /// To everybody whom you met there, one letter each
    #[arg(long, value_name = "NAME", conflicts_with = "person")]
    event: Option<String>,
    /// What it is to be about
    #[arg(short, long, value_name = "WORDS")]
    about: Option<String>,
    /// A piece to give, by its id or its short address (may be repeated)
    #[arg(short, long, value_name = "ID")]
    pick: Vec<String>,
    /// A line of your own
    #[arg(short, long, value_name = "TEXT")]
    line: Option<String>,
    /// With one link, to a page that holds the pieces: a new handout, or the one of
    /// this token
    #[arg(long, value_name = "TOKEN", num_args = 0..=1, default_missing_value = "")]
    handout: Option<String>,
    /// Which letter
    #[arg(short, long, value_name = "NAME")]
    template: Option<String>,
    /// Where the letter goes
    #[arg(long, value_name = "FORMAT")]
    to: Option<Form>,
    /// Who writes: "Ann Lee <ann@shelf.example>"; kept in private/me.vcf if nobody is there
    #[arg(long, value_name = "SENDER")]
    from: Option<String>,
    /// Send without asking
    #[cfg(feature = "smtp")]
    #[arg(long)]
    yes: bool,
    /// Show the letter, and write nothing
    #[arg(short = 'n', long)]
    dry_run: bool,
}

/// Where a letter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// A draft for any mail program, in private/letters/drafts/
    Eml,
    /// A window of your mail program
    Mailto,
    /// A window of Gmail
    Gmail,
    /// A window of Outlook on the web
    Outlook,
    /// The clipboard, to paste it wherever you write
    #[cfg(feature = "clipboard")]
    Copy,
    /// Your mail server, which sends it (see `goodturn mail`)
    #[cfg(feature = "smtp")]
    Smtp,
    /// Plain text, printed
    Text,
    /// HTML, printed
    Html,
}

/// Drafts a letter, or one for each person of an event.
pub fn run(globals: &Globals, args: &FollowupArgs) -> Result<Outcome, Failure> {
    #[cfg(feature = "smtp")]
    if args.to == Some(Form::Smtp) && !args.dry_run {
        outbox::may_send(args.yes)?;
    }
    let mut giving = Giving::open(globals)?;
    let people = addressees(&giving, args)?;
    if args.handout.as_ref().is_some_and(|token| !token.is_empty()) && !args.pick.is_empty() {
        return Err(Failure::usage(
            "the handout that is named holds its pieces already",
            "leave --pick away, or say --handout without a token, for a new one",
        ));
    }
    let picked = acts::pieces(&giving.private, &args.pick)?;
    let sender = Sender::find(&giving, args.from.as_deref(), args.dry_run)?;
    let mut problems = Vec::new();
    let base = links::base(&giving.workspace, &mut problems);
    if !base.is_known() {
        return Err(Failure::Usage(Box::new(
            Diagnostic::error(
                "a letter needs whole links: the library does not say where its site is",
            )
            .help("write the address of the site into goodturn.yaml: base_url: https://…"),
        )));
    }
    let mut pages = Pages::open(globals, &giving, args, &picked, &mut problems)?;
    let mut post = Post::default();
    let mut drafted = 0;
    for (at, person) in people.iter().enumerate() {
        if people.len() > 1 && ask::can_ask() {
            eprintln!("\n{} of {}: {}", at + 1, people.len(), person.name);
        }
        let shown = pages.as_ref();
        let writer = Writer::new(&giving, args, &base, &picked, person, &sender, shown);
        let one = writer.review(&mut problems).and_then(|reviewed| {
            let Some((letter, form)) = reviewed else {
                return Ok(None);
            };
            if args.dry_run {
                return Ok(Some(deliver::dry(&letter.letter, form)));
            }
            if let (Some(pages), Some(page)) = (&mut pages, &letter.page) {
                pages.write(&giving.workspace, page)?;
            }
            let next = format!("goodturn sent {}{}", person.stem, picks(&letter.pieces));
            let handing = Handing {
                people: &[person],
                written: &letter,
                act: Act::Sent,
                next: &next,
            };
            post.deliver(&mut giving.private, &handing, form).map(Some)
        });
        match one {
            Ok(None) => {}
            Ok(Some(delivered)) => {
                delivered.tell(at == 0);
                problems.extend(delivered.problem);
                drafted += usize::from(delivered.is_drafted);
            }
            // One of many that cannot be written does not keep back the others.
            Err(Failure::Problems(_, told)) if people.len() > 1 => problems.extend(told),
            Err(failure) => return Err(failure),
        }
    }
    let mut summary: Vec<String> = pages.iter().map(Pages::summary).collect();
    if !args.dry_run && people.len() > 1 {
        summary.push(format!("{} drafted", count(drafted, "letter", "letters")));
    }
    summary.retain(|line| !line.is_empty());
    let summary = summary.join("\n");
    Ok(giving.into_private(problems).outcome(summary))
}

#[cfg(feature = "clipboard")]
pub use clipboard::hold as hold_clipboard;

/// The options that name pieces: ` --pick xw5bc`.
pub fn picks(pieces: &[String]) -> String {
    pieces.iter().map(|id| format!(" --pick {id}")).collect()
}

/// Who is written to.
fn addressees(giving: &Giving, args: &FollowupArgs) -> Result<Vec<Person>, Failure> {
    let Some(typed) = &args.person else {
        let event = args.event.as_deref().unwrap_or_default();
        return event::met_at(giving, event);
    };
    let person = giving.private.person(typed)?;
    if person.do_not_contact {
        return Err(left_alone(person));
    }
    Ok(vec![person.clone()])
}

/// Nobody writes to somebody who asked to be left alone.
pub fn left_alone(person: &Person) -> Failure {
    Failure::usage(
        format!("{} asked to be left alone", person.name),
        format!(
            "if that has changed: goodturn people edit {} --do-not-contact=no",
            person.stem
        ),
    )
}
