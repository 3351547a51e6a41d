//! The letter: a draft that hands over the pieces, until a person sends it.
//!
//! In: a template, who it is for, who writes, and the pieces. Out: a [`Letter`], with its subject,
//! as plain text and as HTML; then a message for a mail program ([`message`]) or the address of a
//! window to write in ([`compose`]).
//!
//! - [`template`] finds and reads the template, the user's own before the built-in one.
//! - [`fill`] fills it: what is not known is an error, never a blank.
//! - [`tone`] says where a letter pitches instead of serving.

pub mod compose;
pub mod fill;
pub mod message;
mod names;
pub mod template;
#[cfg(test)]
mod tests;
pub mod tone;

/// The folder of drafts, in private/.
pub const DRAFTS: &str = "letters/drafts";

/// The folder of letters that Goodturn sent itself, in private/.
pub const SENT: &str = "letters/sent";

/// A letter that is ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// To whom: as a rule one, two in an introduction.
    pub to: Vec<Address>,
    /// Who writes.
    pub from: Address,
    /// The subject, on one line.
    pub subject: String,
    /// The letter as plain text, with lines of any length.
    pub text: String,
    /// The same as HTML, without the page around it.
    pub html: String,
    /// The language that it is written in (BCP 47).
    pub lang: String,
}

/// A name with its email address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// The name as people write it.
    pub name: String,
    /// The email address, where it is known.
    pub email: Option<String>,
}
