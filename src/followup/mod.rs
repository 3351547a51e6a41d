//! Choosing what to give: the right piece for the right person.
//!
//! In: a library, what was typed, and what is known of a person. Out: pieces, the best first, each
//! with the reasons why.
//!
//! - [`connect`] finds whom to bring together, and why.
//! - [`index`] knows the pieces that hold a word.
//! - [`shelf`] keeps the index on the disk, and makes it anew when the library changed.
//! - [`find`] finds pieces by words.
//! - [`letter`] is the draft that hands the pieces over; [`markdown`] is what it is written in.
//! - [`handout`] is the file of a page that holds the pieces for one person or one event.
//! - `mail` is the server that takes letters (with the feature `smtp`).
//! - [`wanted`] is what is known of a person that bears on what to give; [`rank`] chooses by it.

pub mod connect;
pub mod find;
pub mod handout;
pub mod index;
pub mod letter;
#[cfg(feature = "smtp")]
pub mod mail;
pub mod markdown;
#[cfg(test)]
mod quality;
pub mod rank;
pub mod shelf;
pub mod wanted;
