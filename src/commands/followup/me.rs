//! Who writes the letters: `private/me.vcf`, a card like everybody's.

use std::path::Path;

use crate::commands::giving::Giving;
use crate::commands::outcome::Failure;
use crate::commands::people::fields::check_email;
use crate::commands::private::FOLDER;
use crate::commands::{ask, write};
use crate::diagnostics::{Diagnostic, Place, read_text};
use crate::followup::letter::Address;
use crate::followup::letter::fill::Someone;
use crate::people::name::Called;
use crate::people::private::{make_folder, replace};
use crate::people::{Card, NewLine, Person};

/// The user's own card, in private/.
pub(in crate::commands) const FILE: &str = "me.vcf";

/// Who writes.
pub struct Sender {
    /// What templates may name.
    pub fields: Someone,
    /// For the head of a message.
    pub address: Address,
}

impl Sender {
    /// The sender of this run: what was typed, the card, or what is answered. What was typed or
    /// answered is kept as the card where there is none.
    ///
    /// # Errors
    /// The card is none, what was typed is no address, or it cannot be kept.
    pub fn find(giving: &Giving, from: Option<&str>, dry_run: bool) -> Result<Sender, Failure> {
        let private = giving.private.root.join(FOLDER);
        let path = private.join(FILE);
        let card = read(&path).map_err(|problem| giving.private.failed(*problem))?;
        let typed = from.map(parse).transpose()?;
        let known = card.is_some() || typed.is_some();
        let said = match typed {
            None if !known && ask::can_ask() => Some(asked(giving)?),
            typed => typed,
        };
        if let (None, Some(address), false) = (&card, &said, dry_run) {
            keep(&private, &card_of(address))?;
        }
        Ok(match (said, card) {
            (Some(address), card) => Sender::typed(address, card.as_ref()),
            (None, Some(card)) => Sender::of(&card, author(giving)),
            (None, None) => Sender::typed(
                Address {
                    name: author(giving).unwrap_or_default(),
                    email: None,
                },
                None,
            ),
        })
    }

    /// What the card says; `author` is the name where it has none.
    fn of(card: &Person, author: Option<String>) -> Sender {
        let mut fields = super::write::someone(card);
        // Who signs is written as they wrote it.
        fields.name = card.written_name.clone().or(author);
        Sender {
            address: Address {
                name: fields.name.clone().unwrap_or_default(),
                email: fields.email.clone(),
            },
            fields,
        }
    }

    /// What was typed, and what the card adds.
    fn typed(address: Address, card: Option<&Person>) -> Sender {
        let known = card.map(super::write::someone).unwrap_or_default();
        let name = (!address.name.is_empty()).then(|| address.name.clone());
        let called = name
            .as_deref()
            .map(|name| Called::of(name, None, None, None));
        Sender {
            fields: Someone {
                given: called.as_ref().map(|called| called.given.clone()),
                full: called.map(|called| called.full),
                name,
                email: address.email.clone(),
                ..known
            },
            address,
        }
    }
}

/// The user's own card; nothing where there is none.
///
/// # Errors
/// The file is no card.
pub(in crate::commands) fn read(path: &Path) -> Result<Option<Person>, Box<Diagnostic>> {
    if !path.exists() {
        return Ok(None);
    }
    let shown = format!("{FOLDER}/{FILE}");
    let text = read_text(path, &shown)?;
    match Card::parse(text) {
        Ok(card) => Ok(Some(Person::read(&shown, card))),
        Err(_) => Err(Box::new(
            Diagnostic::error("your own card is no vCard")
                .at(Place::file(shown))
                .help("a card goes from BEGIN:VCARD to END:VCARD; or delete it, and say --from \"Your Name <you@your.example>\" once"),
        )),
    }
}

/// `Ann Lee <ann@shelf.example>`, or an address alone.
fn parse(typed: &str) -> Result<Address, Failure> {
    let (name, email) = match typed
        .trim()
        .strip_suffix('>')
        .and_then(|rest| rest.rsplit_once('<'))
    {
        Some((name, email)) => (name.trim().trim_matches('"'), email.trim()),
        None => ("", typed.trim()),
    };
    let help = "write it as \"Ann Lee <ann@shelf.example>\"";
    check_email(email).map_err(|message| Failure::usage(message, help))?;
    if name.is_empty() {
        return Err(Failure::usage("the sender has no name to sign with", help));
    }
    Ok(Address {
        name: name.to_owned(),
        email: Some(email.to_owned()),
    })
}

fn asked(giving: &Giving) -> Result<Address, Failure> {
    let named = |name: &str| match name.is_empty() {
        true => Err("the name that letters are signed with".to_owned()),
        false => Ok(()),
    };
    let author = author(giving);
    Ok(Address {
        name: ask::text("Your name, to sign with:", author.as_deref(), named)?,
        email: Some(ask::text("Your email address:", None, check_email)?),
    })
}

/// Whom the settings name as the author.
fn author(giving: &Giving) -> Option<String> {
    let config = &giving.workspace.config;
    let word = config.author.as_deref()?;
    let profile = config.authors.get(word);
    let name = profile.and_then(|profile| profile.name.as_deref());
    Some(name.unwrap_or(word).to_owned())
}

/// Keeps a card as the user's own. `private` is the library's private/ folder.
///
/// # Errors
/// It cannot be written.
pub(in crate::commands) fn keep(private: &Path, card: &Card) -> Result<(), Failure> {
    let path = private.join(FILE);
    let kept = make_folder(private).and_then(|()| replace(&path, card.text().as_bytes(), true));
    kept.map_err(|error| write::failed(&path, &error))
}

/// A card that says no more than this.
fn card_of(address: &Address) -> Card {
    let email = address.email.as_deref().unwrap_or_default();
    Card::of(&[
        NewLine::text("FN", &address.name),
        NewLine::text("EMAIL", email),
    ])
}
