//! The mail server that letters are sent by: where it is, and how it is asked.
//!
//! In: `private/mail.yaml`, a password, and a message. Out: the server took it, or why not, with
//! the server's own words.
//!
//! - [`settings`] is private/mail.yaml.
//! - [`password`] comes from the environment or the system's keyring, never from a file.
//! - [`server`] speaks to the server: SMTP (RFC 5321), over TLS (RFC 8314).

pub mod password;
pub mod server;
pub mod settings;
