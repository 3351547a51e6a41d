//! `goodturn introduce`: bringing two people together, each of whom was asked first.

use clap::Args;

use super::Globals;
use super::followup::Form;
use super::followup::deliver::{self, Handing, Post};
use super::followup::me::Sender;
#[cfg(feature = "smtp")]
use super::followup::outbox;
use super::followup::write::{Written, address, someone};
use super::giving::Giving;
use super::outcome::{Failure, Outcome};
use super::private::{FOLDER, now};
use crate::followup::letter::fill::Fields;
use crate::followup::letter::template::Template;
use crate::people::{Act, Entry, Person};

/// What `introduce` can be told.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  goodturn introduce ana bo --why \"Both of you train apprentices.\"
  goodturn introduce ana bo --agreed
  goodturn introduce ana bo --done

Ask first: the first line drafts a question to each of them. Once both have said
yes, the second drafts the introduction, to both. The third tells the ledger that
it was sent.")]
pub struct IntroduceArgs {
    /// One of them: a handle, a name or an email address
    #[arg(value_name = "PERSON")]
    one: String,
    /// The other
    #[arg(value_name = "OTHER")]
    other: String,
    /// Why they should know each other, as they will read it
    #[arg(long, value_name = "TEXT")]
    why: Option<String>,
    /// Both said yes: draft the introduction
    #[arg(long)]
    agreed: bool,
    /// The introduction is sent: record it
    #[arg(long, conflicts_with_all = ["agreed", "to", "dry_run"])]
    done: bool,
    /// Where the letters go
    #[arg(long, value_name = "FORMAT", default_value = "eml")]
    to: Form,
    /// Who writes: "Ann Lee <ann@shelf.example>"; kept in private/me.vcf if nobody is there
    #[arg(long, value_name = "SENDER")]
    from: Option<String>,
    /// Send without asking
    #[cfg(feature = "smtp")]
    #[arg(long)]
    yes: bool,
    /// Show the letters, and write nothing
    #[arg(short = 'n', long)]
    dry_run: bool,
}

/// Drafts the questions or the introduction, or records that it was sent.
pub fn run(globals: &Globals, args: &IntroduceArgs) -> Result<Outcome, Failure> {
    #[cfg(feature = "smtp")]
    if args.to == Form::Smtp && !args.dry_run {
        outbox::may_send(args.yes)?;
    }
    let mut giving = Giving::open(globals)?;
    let one = willing(&giving, &args.one)?;
    let other = willing(&giving, &args.other)?;
    if one.uid == other.uid {
        return Err(Failure::usage(
            format!("{} is both of them", one.name),
            "name two people",
        ));
    }
    if args.done {
        let mut entry = Entry::new(now()?, Act::Introduced, one.uid.as_str());
        entry.people.push(other.uid.clone());
        giving
            .private
            .record_act(&[&one, &other], &entry.with_note(args.why.clone()))?;
        let summary = format!("Recorded: {} and {} were introduced", one.name, other.name);
        return Ok(giving.into_private(Vec::new()).outcome(summary));
    }
    let sender = Sender::find(&giving, args.from.as_deref(), args.dry_run)?;
    let again = format!("goodturn introduce {} {}", one.stem, other.stem);
    let letters: Vec<(Vec<&Person>, Written, String)> = match args.agreed {
        true => {
            let letter = write(&giving, args, &sender, &one, &other, "introduction")?;
            vec![(vec![&one, &other], letter, format!("{again} --done"))]
        }
        false => [(&one, &other), (&other, &one)]
            .into_iter()
            .map(|(to, about)| {
                let letter = write(&giving, args, &sender, to, about, "may-i-introduce")?;
                let next = format!("when both said yes: {again} --agreed");
                Ok((vec![to], letter, format!("wait for the answer; {next}")))
            })
            .collect::<Result<_, Failure>>()?,
    };
    let act = match args.agreed {
        true => Act::Introduced,
        false => Act::Sent,
    };
    let mut problems = Vec::new();
    let mut post = Post::default();
    for (at, (people, letter, next)) in letters.iter().enumerate() {
        #[cfg(feature = "smtp")]
        if args.to == Form::Smtp
            && !(args.yes || args.dry_run || outbox::show_and_confirm(&letter.letter)?)
        {
            continue;
        }
        let handing = Handing {
            people,
            written: letter,
            act,
            next,
        };
        let delivered = match args.dry_run {
            true => deliver::dry(&letter.letter, args.to),
            false => post.deliver(&mut giving.private, &handing, args.to)?,
        };
        delivered.tell(at == 0);
        problems.extend(delivered.problem);
    }
    Ok(giving.into_private(problems).outcome(""))
}

/// Somebody who may be written to.
fn willing(giving: &Giving, typed: &str) -> Result<Person, Failure> {
    let person = giving.private.person(typed)?;
    match person.do_not_contact {
        false => Ok(person.clone()),
        true => Err(super::followup::left_alone(person)),
    }
}

/// The letter to a person about the other; the introduction goes to both.
fn write(
    giving: &Giving,
    args: &IntroduceArgs,
    sender: &Sender,
    person: &Person,
    other: &Person,
    name: &str,
) -> Result<Written, Failure> {
    let private = giving.private.root.join(FOLDER);
    let lang = person
        .language
        .as_deref()
        .unwrap_or(&giving.workspace.config.language);
    let failed = |problem: Box<crate::diagnostics::Diagnostic>| giving.private.failed(*problem);
    let template = Template::find(&private, name, lang).map_err(failed)?;
    let fields = Fields {
        person: someone(person),
        other: Some(someone(other)),
        why: args.why.clone(),
        me: sender.fields.clone(),
        library: giving.workspace.config.title.clone(),
        ..Fields::default()
    };
    let mut to = vec![address(person)];
    if args.agreed {
        to.push(address(other));
    }
    let letter = template.fill(&fields, to, sender.address.clone());
    Ok(Written {
        letter: letter.map_err(failed)?,
        pieces: Vec::new(),
        event: None,
        page: None,
    })
}
