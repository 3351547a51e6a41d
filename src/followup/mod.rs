//! Choosing what to give: the right piece for the right person.
//!
//! In: a library, what was typed, and what is known of a person. Out: pieces, the best first, each
//! with the reasons why.
//!
//! - [`index`] knows the pieces that hold a word.
//! - [`shelf`] keeps the index on the disk, and makes it anew when the library changed.
//! - [`find`] finds pieces by words.
//! - [`wanted`] is what is known of a person that bears on what to give; [`rank`] chooses by it.

pub mod find;
pub mod index;
#[cfg(test)]
mod quality;
pub mod rank;
pub mod shelf;
pub mod wanted;
