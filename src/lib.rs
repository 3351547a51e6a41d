//! Goodturn turns a folder of Markdown articles, books, links and files into a resource library
//! on the web, sorted by industry.
//!
//! Data flows one way:
//!
//! ```text
//! content/ ──read──▶ Source ──resolve──▶ Library ──plan──▶ Plan ──render(path)──▶ bytes
//! ```
//!
//! - [`source`] reads one file into one [`source::Source`]; it knows nothing of other files.
//! - [`library`] joins them into a [`library::Library`]: industries, addresses, links, the lock.
//! - [`site`] plans every output path, then renders any one of them.
//! - [`publish`] stages the rendered files and swaps them in whole.
//! - [`preview`] serves the site while it is written, one rendered page at a time.
//! - [`book`] makes books: the EPUB, the PDF, the cover.
//! - [`sheet`] prints pieces with QR codes for a table at an event.
//! - [`external`] asks the pages of others that the library links to whether they are still there.
//! - [`people`] are those the user met, and the ledger of what they were given: private, never
//!   published.
//! - [`workspace`] loads a library from the disk: what `build`, `check` and the preview begin with.
//! - [`commands`] talk to the user and call the rooms above; [`diagnostics`] says what is wrong
//!   and where; [`config`] is goodturn.yaml; [`language`] knows languages by their codes.

pub mod book;
pub mod commands;
pub mod config;
pub mod diagnostics;
pub mod external;
pub mod followup;
pub mod language;
pub mod library;
pub mod people;
pub mod preview;
pub mod publish;
pub mod sheet;
pub mod site;
pub mod source;
mod toml;
pub mod workspace;
pub mod yaml;
