//! `goodturn people add`: somebody new.

use clap::Args;

use super::fields::{Fields, check_email, set_name};
use crate::commands::outcome::{Failure, Outcome};
use crate::commands::private::{self, Private};
use crate::commands::{Globals, ask, workspace};
use crate::diagnostics::Diagnostic;
use crate::people::{Act, Card, Entry, Found, Person, Trade};

/// What `people add` can be told.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  goodturn people add \"Ana Ruiz\" --email ana@ruiz.example --industry roofer \\
    --met \"Chamber breakfast\" --promise \"the checklist for hiring\"

At a terminal it asks for what you do not give.")]
pub struct AddArgs {
    /// The name
    #[arg(value_name = "NAME")]
    name: Option<String>,
    #[command(flatten)]
    fields: Fields,
    /// Something to remember
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// Ask nothing
    #[arg(short, long)]
    yes: bool,
}

/// Adds the person.
pub fn run(globals: &Globals, args: &AddArgs) -> Result<Outcome, Failure> {
    args.fields.check()?;
    let mut private = private::open(globals)?;
    let today = workspace::today()?;
    let mut fields = args.fields.clone();
    let mut name = args.name.clone().unwrap_or_default();
    if !args.yes && ask::can_ask() {
        name = ask_for(name, &mut fields)?;
    }
    if name.trim().is_empty() {
        return Err(Failure::usage(
            "who is it?",
            "give a name: goodturn people add \"Ana Ruiz\"",
        ));
    }
    refuse_known(&private, &fields)?;
    let mut card = Card::new();
    set_name(&mut card, &name);
    fields.write(&mut card, today);
    if let Some(note) = args.note.as_deref().filter(|note| !note.trim().is_empty()) {
        card.push(&super::note::line(note, today));
    }
    let other = Person::read("", card.clone());
    let namesake = private.people.namesakes([&other]).pop();
    let namesake = namesake.map(|(_, known)| (private::label(known), known.stem.clone()));
    if let Some((label, _)) = &namesake
        && !args.yes
        && ask::can_ask()
        && !ask::yes(&format!("{label} is known already. Add another one?"))?
    {
        return Ok(private.outcome("Nobody was added."));
    }
    let added = private.people.add(card).cloned();
    let person = added.map_err(|problem| private.failed(*problem))?;
    if let Some((label, known)) = &namesake {
        let help = format!(
            "if they are the same: goodturn people forget {}, and goodturn people edit {known}",
            person.stem
        );
        let message = format!("{label} has the same name");
        private
            .problems
            .push(Diagnostic::warning(message).help(help));
    }
    for promise in &person.promises {
        let entry = Entry::new(private::now()?, Act::Promised, &person.uid);
        private.record_act(&[&person], &entry.with_note(Some(promise.text.clone())))?;
    }
    let trade = Trade::of(&person, &private.vocabulary);
    let words = trade.words(&private.vocabulary);
    let mut summary = format!("Added {} as {}", person.name, person.file);
    if !words.is_empty() {
        summary.push_str(&format!("\n  industry: {words}"));
    }
    match &trade {
        Trade::Unknown(said) => {
            let near = private.vocabulary.suggestion(said);
            summary.extend(near.map(|near| format!("\n  {near}")));
        }
        Trade::Guessed(..) => {
            let stem = &person.stem;
            summary.push_str(&format!(
                "\n  to set it: goodturn people edit {stem} --industry WORDS"
            ));
        }
        Trade::Known(_) | Trade::None => {}
    }
    Ok(private.outcome(summary))
}

/// Refuses somebody whose email address is known.
fn refuse_known(private: &Private, fields: &Fields) -> Result<(), Failure> {
    for email in &fields.email {
        if let Found::One(known) = private.people.find(email)
            && known
                .emails
                .iter()
                .any(|own| own.eq_ignore_ascii_case(email.trim()))
        {
            let message = format!("{email} is {}", private::label(known));
            let help = format!("change what is known: goodturn people edit {}", known.stem);
            return Err(Failure::usage(message, help));
        }
    }
    Ok(())
}

/// Asks for what is not given; every answer but the name may stay empty.
fn ask_for(name: String, fields: &mut Fields) -> Result<String, Failure> {
    let any = |_: &str| Ok(());
    let named = |name: &str| match name.is_empty() {
        true => Err("a name, or a part of it".to_owned()),
        false => Ok(()),
    };
    let name = match name.trim().is_empty() {
        true => ask::text("What is their name?", None, named)?,
        false => name,
    };
    if fields.email.is_empty() {
        let check = |email: &str| match email.is_empty() {
            true => Ok(()),
            false => check_email(email),
        };
        fields
            .email
            .extend(filled(ask::text("Email address:", None, check)?));
    }
    for (field, question) in [
        (&mut fields.company, "Company:"),
        (&mut fields.title, "What do they do there?"),
        (&mut fields.industry, "Their trade, in your own words:"),
        (&mut fields.met, "Where did you meet?"),
    ] {
        if field.is_none() {
            *field = filled(ask::text(question, None, any)?);
        }
    }
    if fields.met.is_some() && fields.on.is_none() {
        let check = |typed: &str| private::day(typed).map(drop);
        let typed = ask::text("On which day?", Some("today"), check)?;
        fields.on = private::day(&typed).ok();
    }
    for (list, question) in [
        (
            &mut fields.interest,
            "What interests them (with commas between)?",
        ),
        (&mut fields.hobby, "Hobbies (with commas between):"),
        (&mut fields.promise, "What did you promise them?"),
    ] {
        if list.is_empty() {
            let answer = ask::text(question, None, any)?;
            let is_promise = question.contains("promise");
            let parts = answer.split(|c| c == ',' && !is_promise);
            list.extend(parts.filter_map(|part| filled(part.to_owned())));
        }
    }
    Ok(name)
}

fn filled(answer: String) -> Option<String> {
    let answer = answer.trim();
    (!answer.is_empty()).then(|| answer.to_owned())
}
