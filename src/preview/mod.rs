//! The live preview: the site as it would be built now, made page by page when it is looked at.
//!
//! In: a library that somebody is writing. Out: answers to a browser, from the same
//! [`crate::site::Site::render`] that `build` uses, and the news that something changed. Nothing
//! is written to the disk.

mod stage;

pub use stage::{Stage, View};
