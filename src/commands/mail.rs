//! `goodturn mail`: the server that sends letters, told once and tried.

use clap::Args;

use super::outcome::{Failure, Outcome};
use super::private::{self, FOLDER, Private};
use super::{Globals, ask, write};
use crate::diagnostics::Diagnostic;
use crate::followup::mail::password::{self, Source, VARIABLE};
use crate::followup::mail::server::{Refusal, Server};
use crate::followup::mail::settings::{FILE, Security, Settings};
use crate::people::private::{make_folder, replace};

/// What `mail` can be told.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  goodturn mail
  goodturn mail --forget-password

Connects to the mail server of private/mail.yaml and logs in; nothing is sent. At
a terminal it asks for what it does not know, and keeps the password in the
system's keyring if you like. Elsewhere the password comes from the keyring, or
from the variable GOODTURN_SMTP_PASSWORD.")]
pub struct MailArgs {
    /// Take the password out of the system's keyring
    #[arg(long)]
    forget_password: bool,
}

/// Tries the mail server.
pub fn run(globals: &Globals, args: &MailArgs) -> Result<Outcome, Failure> {
    let private = private::open(globals)?;
    let settings = match settings(&private) {
        Err(Failure::Usage(_)) if ask::can_ask() && !args.forget_password => asked(&private)?,
        found => found?,
    };
    let host = &settings.host;
    if args.forget_password {
        let forgotten = password::forget(&settings).map_err(|reason| {
            private.failed(Diagnostic::error(format!(
                "the password was not forgotten: {reason}"
            )))
        })?;
        return Ok(private.outcome(match forgotten {
            true => format!("The keyring has no password for {host} any more."),
            false => format!("The keyring had no password for {host}."),
        }));
    }
    let server = log_in(&settings).map_err(|refusal| {
        private.failed(Diagnostic::error(refusal.to_string()).maybe_help(advice(&refusal)))
    })?;
    server.quit();
    let who = match &settings.user {
        Some(user) => format!(" as {user}"),
        None => String::new(),
    };
    Ok(private.outcome(format!(
        "{host} lets you in{who}. Letters can be sent: goodturn followup PERSON --to smtp"
    )))
}

/// The settings of private/mail.yaml.
///
/// # Errors
/// There are none (a wrong use), or they cannot be read.
pub fn settings(private: &Private) -> Result<Settings, Failure> {
    let found = Settings::find(&private.root.join(FOLDER));
    let found = found.map_err(|problem| private.failed(*problem))?;
    found.ok_or_else(|| {
        Failure::usage(
            "no mail server is known",
            "run `goodturn mail` at a terminal, which asks for it; or write private/mail.yaml, for example:\n\
             host: smtp.example.org\nport: 465\nuser: ann@example.org",
        )
    })
}

/// Connects and logs in, asking at a terminal for a password that is not known.
///
/// # Errors
/// The server cannot be reached or does not let the user in; there is no password.
pub fn log_in(settings: &Settings) -> Result<Server, Refusal> {
    if settings.user.is_none() {
        return Server::connect(settings, None);
    }
    let (password, source) = match password::find(settings) {
        Ok(Some(found)) => found,
        Ok(None) => typed(settings, None)?,
        Err(reason) => typed(settings, Some(reason))?,
    };
    let server = Server::connect(settings, Some(&password))?;
    if source == Source::Typed
        && ask::yes("Keep the password in the system's keyring?").unwrap_or(false)
        && let Err(reason) = password::keep(settings, &password)
    {
        eprintln!("The password is not kept: {reason}");
    }
    Ok(server)
}

/// The password from somebody at the terminal; `reason` is why it could not be looked up.
fn typed(settings: &Settings, reason: Option<String>) -> Result<(String, Source), Refusal> {
    let missing = || {
        let reason = reason.map_or(String::new(), |reason| format!(" ({reason})"));
        Refusal::Login(format!("there is no password{reason}"))
    };
    if !ask::can_ask() {
        return Err(missing());
    }
    let user = settings.user.as_deref().unwrap_or_default();
    let answer = ask::secret(&format!("Password of {user} at {}:", settings.host));
    answer
        .map(|password| (password, Source::Typed))
        .map_err(|_| Refusal::Login("no password was given".to_owned()))
}

/// What to do about a refusal.
pub fn advice(refusal: &Refusal) -> Option<String> {
    let advice = match refusal {
        Refusal::Authority(_) | Refusal::Letter(_) | Refusal::Unknown(_) => return None,
        Refusal::Unreachable(_) => {
            "see `host` and `port` in private/mail.yaml, and whether this computer is online"
        }
        Refusal::Insecure(_) => {
            "see `host`, `port` and `security` in private/mail.yaml; `ca:` names the certificate of an authority of your own"
        }
        Refusal::Login(reason) if reason.starts_with("there is no password") => {
            return Some(format!(
                "run `goodturn mail` at a terminal, or set the variable {VARIABLE}"
            ));
        }
        Refusal::Login(_) => {
            "see `user` in private/mail.yaml; many providers want a password for apps, made in the settings of your account; `goodturn mail` tries it, `goodturn mail --forget-password` lets you type another"
        }
        Refusal::Silent(_) => "try again later",
    };
    Some(advice.to_owned())
}

/// Asks for the server, and keeps what was answered.
fn asked(private: &Private) -> Result<Settings, Failure> {
    let named = |host: &str| match Settings::parse(&format!("host: \"{host}\""), ".".as_ref()) {
        Ok(_) => Ok(()),
        Err(_) => Err("the name alone, for example smtp.example.org".to_owned()),
    };
    let host = ask::text(
        "The mail server that sends your letters (SMTP):",
        None,
        named,
    )?;
    let securities = [Security::Tls, Security::StartTls];
    let labels = [
        "TLS, port 465 (most providers)",
        "STARTTLS, port 587 (others)",
    ];
    let at = ask::choose("How does it connect?", labels.map(str::to_owned).to_vec())?;
    let security = securities.get(at).copied().unwrap_or(Security::Tls);
    let user = ask::text(
        "Your name there, as a rule your email address:",
        None,
        |_| Ok(()),
    )?;
    let folder = private.root.join(FOLDER);
    let written = format!(
        "host: {}\nport: {}\nuser: {}\n",
        crate::yaml::scalar(&host),
        security.port(),
        crate::yaml::scalar(&user)
    );
    let settings =
        Settings::parse(&written, &folder).map_err(|problem| private.failed(*problem))?;
    let path = folder.join(FILE);
    make_folder(&folder)
        .and_then(|()| replace(&path, settings.to_yaml().as_bytes(), true))
        .map_err(|error| write::failed(&path, &error))?;
    Ok(settings)
}
