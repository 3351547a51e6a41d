//! Sending letters by the mail server of private/mail.yaml: one connection for all of a run,
//! opened when the first letter goes.

use jiff::Timestamp;

use super::write::show;
use crate::commands::ask;
use crate::commands::mail;
use crate::commands::outcome::Failure;
use crate::commands::private::Private;
use crate::diagnostics::Diagnostic;
use crate::followup::letter::{Letter, message};
use crate::followup::mail::server::{Refusal, Server};
use crate::followup::mail::settings::Settings;

/// What sends the letters of a run.
#[derive(Default)]
pub struct Outbox {
    settings: Option<Settings>,
    server: Option<Server>,
    /// What stopped an earlier letter and would stop the next one.
    refusal: Option<Refusal>,
}

impl Outbox {
    /// Sees to it that there is a server to send by.
    ///
    /// # Errors
    /// There is none, or its settings cannot be read.
    pub fn settings(&mut self, private: &Private) -> Result<&Settings, Failure> {
        let settings = match self.settings.take() {
            Some(settings) => settings,
            None => mail::settings(private)?,
        };
        Ok(self.settings.insert(settings))
    }

    /// Sends a letter; gives its bytes.
    ///
    /// # Errors
    /// Why it is not on its way, or why that is not known.
    pub fn send(
        &mut self,
        private: &Private,
        letter: &Letter,
        at: Timestamp,
    ) -> Result<Result<Vec<u8>, Refusal>, Failure> {
        let message = message::outgoing(letter, at).map_err(|told| private.failed(*told))?;
        let settings = self.settings(private)?.clone();
        let sent = self.hand_over(&settings, |server| server.send(&message, &settings));
        if let Err(refusal) = &sent {
            // A server that hung up is called again for the next letter.
            self.server = match refusal {
                Refusal::Letter(_) => self.server.take(),
                _ => None,
            };
            if refusal.is_lasting() {
                self.refusal = Some(refusal.clone());
            }
        }
        Ok(sent.map(|()| message.formatted()))
    }

    fn hand_over(
        &mut self,
        settings: &Settings,
        send: impl FnOnce(&mut Server) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        if let Some(refusal) = &self.refusal {
            return Err(refusal.clone());
        }
        let server = match self.server.take() {
            Some(server) => server,
            None => mail::log_in(settings)?,
        };
        send(self.server.insert(server))
    }
}

impl Drop for Outbox {
    fn drop(&mut self) {
        if let Some(server) = self.server.take() {
            server.quit();
        }
    }
}

/// A letter that was not sent, or may not have been, as a problem. `next` is the command to run
/// once it is known to be sent.
pub fn problem(refusal: &Refusal, name: &str, next: &str) -> Diagnostic {
    let problem = match refusal {
        Refusal::Unknown(_) => Diagnostic::error(format!(
            "it is not known whether the letter to {name} was sent: {refusal}"
        ))
        .help("ask, or look at what your provider keeps of sent letters, before you send it again")
        .help(format!("if it arrived: {next}")),
        _ => Diagnostic::error(format!("the letter to {name} was not sent: {refusal}"))
            .help("it is kept as a draft, which mail programs open as well"),
    };
    problem.maybe_help(mail::advice(refusal))
}

/// Whether letters may be sent now: somebody at the terminal is asked for each, or said so before.
///
/// # Errors
/// Nobody can be asked, and nobody said yes.
pub fn may_send(yes: bool) -> Result<(), Failure> {
    match yes || ask::can_ask() {
        true => Ok(()),
        false => Err(Failure::usage(
            "a letter is sent only after somebody said yes to it",
            "look at it with --dry-run, then add --yes",
        )),
    }
}

/// Shows a letter, and asks whether it is to be sent.
///
/// # Errors
/// The user stopped it.
pub fn show_and_confirm(letter: &Letter) -> Result<bool, Failure> {
    show(letter);
    confirm(letter)
}

/// Asks whether a letter that was looked at is to be sent.
///
/// # Errors
/// The user stopped it.
pub fn confirm(letter: &Letter) -> Result<bool, Failure> {
    let to = letter.to.iter().map(|to| {
        let email = to.email.as_deref().unwrap_or("no email address");
        format!("{} <{email}>", to.name).trim().to_owned()
    });
    ask::yes(&format!(
        "Send it to {}?",
        to.collect::<Vec<_>>().join(" and ")
    ))
}
