//! `private/mail.yaml`: the server that takes the user's letters.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_yaml::Spanned;

use crate::config::place_of;
use crate::diagnostics::{Diagnostic, read_text};
use crate::yaml;

/// The name of the file in private/.
pub const FILE: &str = "mail.yaml";

/// As messages name it.
const NAME: &str = "private/mail.yaml";

/// How many seconds the server may take for an answer, where the file does not say.
const PATIENCE: u64 = 30;

/// How the connection is kept from others' eyes (RFC 8314, section 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// TLS from the first byte on; port 465.
    Tls,
    /// Plain at first, then TLS, without which nothing is said; port 587.
    StartTls,
    /// None at all; only for a server on the same computer; port 25.
    None,
}

impl Security {
    /// The port that servers listen on for it.
    pub fn port(self) -> u16 {
        match self {
            Security::Tls => 465,
            Security::StartTls => 587,
            Security::None => 25,
        }
    }

    /// The word for it in the file.
    pub fn name(self) -> &'static str {
        match self {
            Security::Tls => "tls",
            Security::StartTls => "starttls",
            Security::None => "none",
        }
    }
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    host: Spanned<String>,
    port: Option<Spanned<u32>>,
    security: Option<Spanned<Security>>,
    user: Option<String>,
    ca: Option<Spanned<String>>,
    timeout: Option<Spanned<u64>>,
    password: Option<Spanned<IgnoredAny>>,
}

/// The server that takes the letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Its name, which its certificate has to be for.
    pub host: String,
    /// The port that it listens on.
    pub port: u16,
    /// How the connection is kept from others.
    pub security: Security,
    /// Whom to log in as; a server without a user takes letters without a login.
    pub user: Option<String>,
    /// A file with the certificate of an authority to trust besides the public ones (PEM).
    pub ca: Option<PathBuf>,
    /// How long the server may take for an answer.
    pub timeout: Duration,
}

impl Settings {
    /// Reads private/mail.yaml; nothing where there is none. `private` is the library's private/
    /// folder.
    ///
    /// # Errors
    /// It cannot be read, with the place; a password stands in it.
    pub fn find(private: &Path) -> Result<Option<Settings>, Box<Diagnostic>> {
        let path = private.join(FILE);
        if !path.exists() {
            return Ok(None);
        }
        let text = read_text(&path, NAME)?;
        Settings::parse(&text, private).map(Some)
    }

    /// Reads the text of the file; other files that it names lie in `private`.
    ///
    /// # Errors
    /// As [`Settings::find`].
    pub fn parse(text: &str, private: &Path) -> Result<Settings, Box<Diagnostic>> {
        let written: Written = yaml::from_file(NAME, text)?;
        if let Some(password) = &written.password {
            return Err(wrong(
                text,
                password,
                "a password does not belong into a file: copies of it go around",
            )
            .help("take the line out; `goodturn mail` asks for the password and keeps it in the system's keyring")
            .into());
        }
        let host = written.host.value.trim().to_owned();
        if host.is_empty() || host.contains(|c: char| c.is_whitespace() || "/@:".contains(c)) {
            return Err(
                wrong(text, &written.host, "this is no name of a mail server")
                    .help("write the name alone, for example smtp.example.org")
                    .into(),
            );
        }
        let security = match (&written.security, &written.port) {
            (Some(security), _) => security.value,
            (None, Some(port)) if port.value == u32::from(Security::StartTls.port()) => {
                Security::StartTls
            }
            (None, _) => Security::Tls,
        };
        if let (Some(said), Security::None, false) = (&written.security, security, is_here(&host)) {
            return Err(wrong(
                text,
                said,
                "letters and passwords would go over the network for all to read",
            )
            .help("write `tls` or `starttls`; `none` is only for a server on this computer")
            .into());
        }
        let port = match &written.port {
            None => security.port(),
            Some(said) => u16::try_from(said.value).map_err(|_| {
                wrong(text, said, "there is no such port")
                    .help("ports go up to 65535; most servers take letters at 465 or 587")
            })?,
        };
        if let Some(seconds) = written.timeout.as_ref().filter(|it| it.value == 0) {
            return Err(wrong(text, seconds, "no server answers in no time")
                .help(format!(
                    "write a number of seconds, or leave it out for {PATIENCE}"
                ))
                .into());
        }
        Ok(Settings {
            host,
            port,
            security,
            user: written.user.filter(|user| !user.trim().is_empty()),
            ca: written.ca.map(|ca| private.join(ca.value)),
            timeout: Duration::from_secs(written.timeout.map_or(PATIENCE, |it| it.value)),
        })
    }

    /// The text of a file that says the same, for a server that was just told.
    pub fn to_yaml(&self) -> String {
        let mut text = String::from(
            "# The mail server that sends your letters. The password is not here: see `goodturn mail`.\n",
        );
        text.push_str(&format!("host: {}\n", yaml::scalar(&self.host)));
        text.push_str(&format!("port: {}\n", self.port));
        text.push_str(&format!("security: {}\n", self.security.name()));
        if let Some(user) = &self.user {
            text.push_str(&format!("user: {}\n", yaml::scalar(user)));
        }
        text
    }
}

/// Whether a server is on this computer.
pub fn is_here(host: &str) -> bool {
    let address: Option<std::net::IpAddr> = host.parse().ok();
    host.eq_ignore_ascii_case("localhost") || address.is_some_and(|it| it.is_loopback())
}

fn wrong<T>(text: &str, value: &Spanned<T>, message: &str) -> Diagnostic {
    Diagnostic::error(message).at(place_of(NAME, text, value))
}
