//! Speaking to the mail server: SMTP (RFC 5321) by the crate lettre, one connection for all
//! letters of a run.
//!
//! A letter is handed over in two steps: the server is told from whom and to whom, then it is given
//! the text. Only an answer after the text says that it took the letter. Where that answer never
//! comes, nobody knows whether the letter will arrive (RFC 5321, section 4.5.4.1), and
//! [`Refusal::Unknown`] says so instead of trying again.

use std::fmt;
use std::io::{self, ErrorKind};

use lettre::message::Message;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{Certificate, SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, MailParameter};

use super::settings::{Security, Settings};
use crate::diagnostics::io_reason;

/// How the password is told, the first that the server knows (RFC 4954).
const MECHANISMS: [Mechanism; 2] = [Mechanism::Plain, Mechanism::Login];

/// A connection to the mail server, logged in.
pub struct Server {
    connection: SmtpConnection,
}

/// Why a letter is not on its way, in the order in which a letter can be stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The certificate file of the settings cannot be used.
    Authority(String),
    /// The server cannot be reached.
    Unreachable(String),
    /// The connection cannot be kept from others' eyes.
    Insecure(String),
    /// The server does not take the user or the password.
    Login(String),
    /// The server does not take the letter.
    Letter(String),
    /// The server did not answer in time, or hung up, before it had the letter.
    Silent(String),
    /// The same after it was given the letter.
    Unknown(String),
}

impl Refusal {
    /// The reason, the server's own words as far as there are any.
    pub fn reason(&self) -> &str {
        match self {
            Refusal::Authority(reason)
            | Refusal::Unreachable(reason)
            | Refusal::Insecure(reason)
            | Refusal::Login(reason)
            | Refusal::Letter(reason)
            | Refusal::Silent(reason)
            | Refusal::Unknown(reason) => reason,
        }
    }

    /// Whether the next letter would fare no better.
    pub fn is_lasting(&self) -> bool {
        !matches!(self, Refusal::Letter(_) | Refusal::Unknown(_))
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self {
            Refusal::Authority(_) => "the file that `ca` names cannot be used",
            Refusal::Unreachable(_) => "the mail server cannot be reached",
            Refusal::Insecure(_) => "no safe connection to the mail server",
            Refusal::Login(_) => "the mail server does not let you in",
            Refusal::Letter(_) => "the mail server does not take the letter",
            Refusal::Silent(_) => "the mail server did not answer",
            Refusal::Unknown(_) => "the mail server did not say whether it took the letter",
        };
        write!(out, "{what}: {}", self.reason())
    }
}

impl Server {
    /// Connects and logs in. Nothing is sent yet.
    ///
    /// # Errors
    /// The server cannot be reached, not safely, or does not let the user in.
    pub fn connect(settings: &Settings, password: Option<&str>) -> Result<Server, Refusal> {
        let tls = match settings.security {
            Security::None => None,
            _ => Some(tls(settings)?),
        };
        let from_the_start = tls.as_ref().filter(|_| settings.security == Security::Tls);
        let here = ClientId::Domain("localhost".to_owned());
        let mut connection = SmtpConnection::connect(
            (settings.host.as_str(), settings.port),
            Some(settings.timeout),
            &here,
            from_the_start,
            None,
        )
        .map_err(|error| match is_tls(&error) {
            true => Refusal::Insecure(words(&error, settings)),
            false => Refusal::Unreachable(words(&error, settings)),
        })?;
        if let (Security::StartTls, Some(tls)) = (settings.security, &tls) {
            if !connection.can_starttls() {
                connection.abort();
                return Err(Refusal::Insecure(
                    "it offers no STARTTLS; nothing was told to it".to_owned(),
                ));
            }
            let secured = connection.starttls(tls, &here);
            secured.map_err(|error| Refusal::Insecure(words(&error, settings)))?;
        }
        if let (Some(user), Some(password)) = (&settings.user, password) {
            let credentials = Credentials::new(user.clone(), password.to_owned());
            let answer = connection.auth(&MECHANISMS, &credentials);
            if let Err(error) = answer {
                connection.abort();
                return Err(Refusal::Login(words(&error, settings)));
            }
        }
        Ok(Server { connection })
    }

    /// Hands a message over: once this returns well, the server has it.
    ///
    /// # Errors
    /// The server does not take it, or it is not known whether it did.
    pub fn send(&mut self, message: &Message, settings: &Settings) -> Result<(), Refusal> {
        let told = self.tell(message);
        if let Err(error) = told {
            return Err(match error.status() {
                Some(_) => {
                    // For the next letter the server has to forget this one (RFC 5321, 4.1.1.5).
                    let _ = self.connection.command(Rset);
                    Refusal::Letter(words(&error, settings))
                }
                None if error.is_client() => Refusal::Letter(words(&error, settings)),
                None => Refusal::Silent(words(&error, settings)),
            });
        }
        match self.connection.message(&message.formatted()) {
            Ok(_) => Ok(()),
            Err(error) if error.status().is_some() => Err(Refusal::Letter(words(&error, settings))),
            Err(error) => Err(Refusal::Unknown(words(&error, settings))),
        }
    }

    /// From whom, to whom, and that the text follows.
    fn tell(&mut self, message: &Message) -> Result<(), Error> {
        let envelope = message.envelope();
        let mut options = Vec::new();
        // An address with other letters than ASCII needs a server that knows them (RFC 6531); one
        // that does not refuses the command.
        let mut addresses = envelope.from().into_iter().chain(envelope.to());
        if addresses.any(|address| !AsRef::<str>::as_ref(address).is_ascii()) {
            options.push(MailParameter::SmtpUtfEight);
        }
        let sender = Mail::new(envelope.from().cloned(), options);
        self.connection.command(sender)?;
        for to in envelope.to() {
            self.connection.command(Rcpt::new(to.clone(), Vec::new()))?;
        }
        self.connection.command(Data)?;
        Ok(())
    }

    /// Says goodbye. An answer is not needed.
    pub fn quit(mut self) {
        let _ = self.connection.quit();
    }
}

/// What the server's certificate is held against: the public authorities, and the user's own.
fn tls(settings: &Settings) -> Result<TlsParameters, Refusal> {
    let mut builder = TlsParameters::builder(settings.host.clone());
    if let Some(ca) = &settings.ca {
        let failed = |reason: String| Refusal::Authority(format!("{}: {reason}", ca.display()));
        let pem = std::fs::read(ca).map_err(|error| failed(io_reason(&error)))?;
        let certificate = Certificate::from_pem(&pem).ok();
        // The reader of PEM is content with a file that holds none (RFC 7468, section 5.1).
        let certificate = certificate
            .filter(|_| String::from_utf8_lossy(&pem).contains("-----BEGIN CERTIFICATE-----"))
            .ok_or_else(|| failed("it holds no certificate in PEM form".to_owned()))?;
        builder = builder.add_root_certificate(certificate);
    }
    let built = builder.build();
    built.map_err(|error| Refusal::Insecure(words(&error, settings)))
}

/// Whether what failed was the making of a safe connection.
fn is_tls(error: &Error) -> bool {
    error.is_tls() || source(error).is_some_and(|source| source.to_string().contains("certificate"))
}

/// The innermost reason of an error.
fn source(error: &Error) -> Option<&(dyn std::error::Error + 'static)> {
    let mut inner = std::error::Error::source(error)?;
    while let Some(next) = inner.source() {
        inner = next;
    }
    Some(inner)
}

/// An error in words: those of the server, else those of the system.
fn words(error: &Error, settings: &Settings) -> String {
    let inner = source(error);
    if let Some(io) = inner.and_then(|inner| inner.downcast_ref::<io::Error>()) {
        return match io.kind() {
            // What a time-out is called differs between systems.
            ErrorKind::TimedOut | ErrorKind::WouldBlock => {
                format!("no answer within {} s", settings.timeout.as_secs())
            }
            ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset | ErrorKind::BrokenPipe => {
                "it hung up".to_owned()
            }
            _ => io_reason(io),
        };
    }
    let said = inner.map_or_else(|| error.to_string(), ToString::to_string);
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    match error.status() {
        Some(code) => format!("{code} {said}"),
        None => said,
    }
}
