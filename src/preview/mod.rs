//! The live preview: the site as it would be built now, made page by page when it is looked at.
//!
//! In: a library that somebody is writing. Out: answers to a browser, from the same
//! [`crate::site::Site::render`] that `build` uses, and the news that something changed. Nothing
//! is written to the disk.
//!
//! - `stage` holds the newest view, which never changes and is replaced as a whole.
//! - `server` answers requests: `host` says whom, `address` finds the file of the plan, `files`
//!   opens it, `answer` puts it into HTTP, `media` names its type, `pages` are for what cannot be
//!   shown.
//! - `events` tells browsers of each view; `line.js`, `worker.js` and `preview.js` listen there.

mod address;
mod answer;
mod events;
mod files;
mod host;
mod media;
mod pages;
mod server;
mod stage;

pub use server::{PORT, Server, Settings};
pub use stage::{Stage, View};
