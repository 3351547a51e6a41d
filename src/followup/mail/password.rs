//! The password for the mail server: from the environment, or kept by the system's keyring. It is
//! never written into a file.

use keyring::{Entry, Error};

use super::settings::Settings;

/// The variable of the environment that comes before the keyring.
pub const VARIABLE: &str = "GOODTURN_SMTP_PASSWORD";

/// What the keyring files our passwords under.
const SERVICE: &str = "goodturn";

/// Where a password is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// [`VARIABLE`].
    Environment,
    /// The system's keyring.
    Keyring,
    /// It was typed just now.
    Typed,
}

/// Finds the password; nothing where none is kept.
///
/// # Errors
/// The keyring cannot be asked, with the reason in words. It may still be typed.
pub fn find(settings: &Settings) -> Result<Option<(String, Source)>, String> {
    match std::env::var(VARIABLE) {
        Ok(password) if !password.is_empty() => {
            return Ok(Some((password, Source::Environment)));
        }
        _ => {}
    }
    match entry(settings).and_then(|entry| entry.get_password()) {
        Ok(password) => Ok(Some((password, Source::Keyring))),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(words(&error)),
    }
}

/// Keeps a password in the keyring, in the place of an older one.
///
/// # Errors
/// The keyring does not take it, with the reason in words.
pub fn keep(settings: &Settings, password: &str) -> Result<(), String> {
    let kept = entry(settings).and_then(|entry| entry.set_password(password));
    kept.map_err(|error| words(&error))
}

/// Takes the password out of the keyring; says whether there was one.
///
/// # Errors
/// The keyring cannot be asked, with the reason in words.
pub fn forget(settings: &Settings) -> Result<bool, String> {
    match entry(settings).and_then(|entry| entry.delete_credential()) {
        Ok(()) => Ok(true),
        Err(Error::NoEntry) => Ok(false),
        Err(error) => Err(words(&error)),
    }
}

/// One for each account of each server.
fn entry(settings: &Settings) -> Result<Entry, Error> {
    let user = settings.user.as_deref().unwrap_or_default();
    Entry::new(SERVICE, &format!("{user}@{}", settings.host))
}

fn words(error: &Error) -> String {
    match error {
        Error::NoDefaultStore => "this system has no keyring that can be reached".to_owned(),
        Error::NoStorageAccess(_) => "the system's keyring is locked".to_owned(),
        error => format!("the system's keyring cannot be asked: {error}"),
    }
}
