//! A letter as a message for mail programs: RFC 5322, with its two forms as multipart/alternative
//! (RFC 2046, section 5.1.4) in quoted-printable (RFC 2045, section 6.7).

use std::time::{Duration, UNIX_EPOCH};

use jiff::Timestamp;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MessageBuilder, MultiPart, SinglePart};
use xxhash_rust::xxh3::xxh3_128;

use super::{Address, Letter};
use crate::diagnostics::Diagnostic;
use crate::language;

/// The header by which Outlook and Apple Mail open a message as a draft. (No RFC; Microsoft's
/// documentation of .eml files names it.)
const UNSENT: &str = "X-Unsent";

/// The bytes of a draft. The same letter at the same moment gives the same ones.
///
/// # Errors
/// An email address is missing, or is none.
pub fn draft(letter: &Letter, at: Timestamp) -> Result<Vec<u8>, Box<Diagnostic>> {
    let unsent = HeaderName::new_from_ascii_str(UNSENT);
    let builder = builder(letter, at)?.raw_header(HeaderValue::new(unsent, "1".to_owned()));
    Ok(finish(builder, letter, at)?.formatted())
}

/// The letter as it goes out: the draft without the mark that it is one.
///
/// # Errors
/// As [`draft`].
pub fn outgoing(letter: &Letter, at: Timestamp) -> Result<Message, Box<Diagnostic>> {
    finish(builder(letter, at)?, letter, at)
}

fn finish(
    builder: MessageBuilder,
    letter: &Letter,
    at: Timestamp,
) -> Result<Message, Box<Diagnostic>> {
    let message = builder.multipart(parts(letter, at));
    message.map_err(|error| {
        Box::new(Diagnostic::error(format!(
            "no message can be made: {error}"
        )))
    })
}

fn builder(letter: &Letter, at: Timestamp) -> Result<MessageBuilder, Box<Diagnostic>> {
    let from = mailbox(&letter.from)?;
    let id = format!("<{:032x}@{}>", mark(letter, at), from.email.domain());
    let seconds = u64::try_from(at.as_second()).unwrap_or_default();
    let mut builder = Message::builder().from(from);
    for to in &letter.to {
        builder = builder.to(mailbox(to)?);
    }
    Ok(builder
        .subject(letter.subject.as_str())
        .date(UNIX_EPOCH + Duration::from_secs(seconds))
        .message_id(Some(id)))
}

fn parts(letter: &Letter, at: Timestamp) -> MultiPart {
    // Neither form can hold the boundary: `=_` is never written in quoted-printable.
    let boundary = format!("=_{:032x}", mark(letter, at));
    MultiPart::alternative()
        .boundary(boundary)
        .singlepart(part(ContentType::TEXT_PLAIN, letter.text.clone()))
        .singlepart(part(ContentType::TEXT_HTML, page(letter)))
}

fn part(kind: ContentType, text: String) -> SinglePart {
    SinglePart::builder()
        .header(kind)
        .header(ContentTransferEncoding::QuotedPrintable)
        .body(text.replace('\n', "\r\n"))
}

/// The HTML of a letter as a page.
fn page(letter: &Letter) -> String {
    let dir = match language::is_right_to_left(&letter.lang) {
        true => "rtl",
        false => "ltr",
    };
    let mut lang = String::new();
    // Writing into a string cannot fail.
    let _ = pulldown_cmark_escape::escape_html(&mut lang, &letter.lang);
    let html = &letter.html;
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\" dir=\"{dir}\">\n<body>\n{html}</body>\n</html>\n"
    )
}

/// What tells one letter from all others.
fn mark(letter: &Letter, at: Timestamp) -> u128 {
    xxh3_128(format!("{at}\n{letter:?}").as_bytes())
}

/// A name and an address in a header. A line break in a name is a space: it begins no header.
fn mailbox(address: &Address) -> Result<Mailbox, Box<Diagnostic>> {
    let name = address
        .name
        .split(|c: char| c.is_whitespace() || c.is_control());
    let name = name
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let Some(email) = &address.email else {
        return Err(Box::new(Diagnostic::error(format!(
            "{name} has no email address"
        ))));
    };
    let email = email.parse().map_err(|_| {
        let email = email.escape_debug();
        Box::new(Diagnostic::error(format!(
            "`{email}` is no email address: {name} cannot be written to"
        )))
    })?;
    Ok(Mailbox::new((!name.is_empty()).then_some(name), email))
}
