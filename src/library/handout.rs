//! Handouts: small pages that nothing leads to, which hold the pieces picked for one person or one
//! event, at an address that nobody can guess.
//!
//! A handout is a document like any other, `content/handouts/TOKEN.md` with `kind: handout`. Once
//! it is written, nothing here knows for whom it is: that stays in private/.

use super::document::{DocId, Document, Standing};
use super::lock::ID_ALPHABET;
use super::{Library, address};
use crate::diagnostics::{Diagnostic, Place, did_you_mean};
use crate::source::Source;
use crate::source::dates::Moment;
use crate::source::front_matter::Kind;
use crate::source::walk::{file_name, is_markdown};

/// Where the pages of handouts stand on the site.
pub const FOLDER: &str = "/h/";

/// How many characters a token has. One of [`ID_ALPHABET`] is worth log₂ 27 = 4.75 bits, so that
/// these hold 128: as many as a random UUID, and more than anybody can try.
pub const TOKEN_LENGTH: usize = 27;

/// How many replacements of a piece are followed: more than anybody writes.
const MOST_STEPS: usize = 32;

/// Whether a name is a token: [`TOKEN_LENGTH`] characters of [`ID_ALPHABET`].
pub fn is_token(name: &str) -> bool {
    name.len() == TOKEN_LENGTH && name.chars().all(|c| ID_ALPHABET.contains(c))
}

/// The token that was typed: alone, or as an address, a link or a file that ends in it.
pub fn token_in(typed: &str) -> &str {
    let typed = typed.trim().trim_end_matches('/');
    let name = file_name(typed);
    name.strip_suffix(".md").unwrap_or(name)
}

/// The token of an address, if it is that of a handout.
pub fn token_of_address(address: &str) -> Option<&str> {
    let token = address.strip_prefix(FOLDER)?.strip_suffix('/')?;
    is_token(token).then_some(token)
}

/// The token of a file of the site, such as `h/TOKEN/index.html`, if it is the page of a handout.
pub fn token_of_file(path: &str) -> Option<&str> {
    let folder = path.strip_suffix("index.html")?;
    let (before, rest) = folder.split_at_checked(2)?;
    let token = rest.strip_suffix('/')?;
    (before == "h/" && is_token(token)).then_some(token)
}

/// A handout of a library.
#[derive(Clone, Copy, Debug)]
pub struct Handout<'a> {
    /// Its number among the documents.
    pub id: DocId,
    /// Its document.
    pub document: &'a Document,
}

/// Whether a handout can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It can, until a day where one was set.
    Open(Option<Moment>),
    /// Its day is over.
    Expired(Moment),
    /// It was ended, or something else took its place.
    Ended,
}

impl<'a> Handout<'a> {
    /// The last part of its address: what it is named by.
    pub fn token(&self) -> &'a str {
        stem(&self.document.source)
    }

    /// The pieces in it, in the order in which they were picked; none once it is over.
    pub fn pieces(&self) -> &'a [DocId] {
        &self.document.pieces
    }

    /// Whether it can be read.
    pub fn state(&self) -> State {
        let until = self.document.source.front.expires;
        match (&self.document.standing, until) {
            (Standing::Live, until) => State::Open(until),
            (Standing::Expired, Some(until)) => State::Expired(until),
            _ => State::Ended,
        }
    }
}

impl Library {
    /// Every handout, sorted by token; also those that are over.
    pub fn handouts(&self) -> impl Iterator<Item = Handout<'_>> {
        let all = self.iter();
        all.filter(|(_, document)| document.kind == Kind::Handout)
            .map(|(id, document)| Handout { id, document })
    }

    /// The handout of a token, as it is or as a part of its address.
    pub fn handout(&self, token: &str) -> Option<Handout<'_>> {
        let id = self.by_address(&address_of(token_in(token)))?;
        let document = self.document(id);
        (document.kind == Kind::Handout).then_some(Handout { id, document })
    }

    /// The pieces that a handout picks, and what is wrong with its picks.
    pub(super) fn picked(&self, handout: &Document) -> (Vec<DocId>, Vec<Diagnostic>) {
        let front = &handout.source.front;
        let file = &handout.source.file;
        let (mut pieces, mut problems) = (Vec::new(), Vec::new());
        if front.resources.is_empty() {
            let place = match front.key_span("resources") {
                Some(span) => Place::span(file.clone(), span),
                None => Place::file(file.clone()),
            };
            problems.push(
                Diagnostic::error("this handout holds no piece")
                    .at(place)
                    .help("give it the ids of some: resources: [k7mpx]; `goodturn list` shows them")
                    .help("to end it, write `retired: true`"),
            );
        }
        for word in &front.resources {
            match self.piece_to_give(&word.text) {
                Ok(id) if pieces.contains(&id) => {}
                Ok(id) => pieces.push(id),
                Err(problem) => {
                    let place = Place::span(file.clone(), word.span.clone());
                    problems.push(problem.at(place));
                }
            }
        }
        (pieces, problems)
    }

    /// The piece of a short id, or what took its place.
    ///
    /// # Errors
    /// Readers could not open it; a warning where only its time is over.
    pub fn piece_to_give(&self, wanted: &str) -> Result<DocId, Diagnostic> {
        let Some(mut id) = self.by_id(wanted) else {
            return Err(self.no_piece(wanted));
        };
        for _ in 0..MOST_STEPS {
            let document = self.document(id);
            let file = &document.source.file;
            let out = "take it out, or pick another piece";
            match &document.standing {
                Standing::Live if document.kind.is_given() => return Ok(id),
                Standing::Live => {
                    let kind = document.kind.name();
                    let problem = format!("`{wanted}` is a {kind}, which is no piece to give");
                    return Err(Diagnostic::error(problem).help(out));
                }
                Standing::Retired(_) => {
                    let problem = format!("the piece `{wanted}` is retired: {file}");
                    return Err(Diagnostic::error(problem).help(out));
                }
                // Time alone breaks no build: the page does without it.
                Standing::Expired => {
                    let problem = format!("the piece `{wanted}` has expired, and is left out");
                    return Err(Diagnostic::warning(problem)
                        .help(format!("it is {file}"))
                        .help(out));
                }
                Standing::Replaced(_) => match self.replacement(document) {
                    Some(next) => id = next,
                    None => {
                        let problem =
                            format!("the piece `{wanted}` was replaced by a page elsewhere");
                        return Err(Diagnostic::error(problem)
                            .help(format!("it is {file}"))
                            .help(out));
                    }
                },
            }
        }
        // The lock has told of a circle.
        Err(self.no_piece(wanted))
    }

    /// The document that took the place of another one.
    fn replacement(&self, document: &Document) -> Option<DocId> {
        let word = document.source.front.replaced_by.as_ref()?;
        match self.target(document, &word.text) {
            Ok(super::Target::Document(id, _)) => Some(id),
            _ => None,
        }
    }

    fn no_piece(&self, wanted: &str) -> Diagnostic {
        if let Some((file, reason)) = self.catalogue.hidden_id(wanted) {
            let problem = format!("the piece `{wanted}` is {reason}: {file}");
            return Diagnostic::error(problem)
                .help("publish it, or take it out: readers could not open it");
        }
        let ids: Vec<&str> = self.resources().map(|(_, d)| d.id.as_str()).collect();
        Diagnostic::error(format!("no piece of this library has the id `{wanted}`"))
            .maybe_help(did_you_mean(wanted, ids))
            .help("`goodturn list` shows the ids")
    }
}

/// The address of a handout, by its file.
pub(super) fn address(source: &Source) -> String {
    address_of(&address::slug(stem(source)))
}

/// The address of the handout of a token.
pub fn address_of(token: &str) -> String {
    format!("{FOLDER}{token}/")
}

/// What is wrong with a file that is a handout, but for its pieces.
pub(super) fn problems(source: &Source) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    if !is_token(stem(source)) {
        problems.push(
            Diagnostic::error("the address of this handout could be guessed")
                .at(Place::file(source.file.clone()))
                .help("`goodturn handout new` makes a file with a name that nobody can guess")
                .help(format!(
                    "or name it with {TOKEN_LENGTH} random characters of {ID_ALPHABET}"
                )),
        );
    }
    if let Some(span) = source.front.key_span("aliases") {
        problems.push(
            Diagnostic::error("a handout has no aliases: they would tell where it is")
                .at(Place::span(source.file.clone(), span))
                .help("take `aliases` out"),
        );
    }
    problems
}

/// A handout that a book lists as a chapter, for everybody to find.
pub(super) fn in_a_book(source: &Source) -> Diagnostic {
    Diagnostic::error("a handout is no chapter of a book: everybody would find it")
        .at(Place::file(source.file.clone()))
        .help("move it out of the book's folder: to content/handouts/")
}

/// The name of a handout's file without its ending.
fn stem(source: &Source) -> &str {
    let name = file_name(&source.path);
    match is_markdown(name) {
        true => name.rsplit_once('.').map_or(name, |(stem, _)| stem),
        false => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "23456789bcdfghjkmnpqrstvwxz";

    #[test]
    fn a_token_holds_128_bits() {
        assert!(is_token(TOKEN));
        let bits = (ID_ALPHABET.len() as f64).log2() * TOKEN_LENGTH as f64;
        assert!(bits >= 128.0, "{bits}");
        for other in ["", "ana", &TOKEN[1..], &TOKEN.to_uppercase()] {
            assert!(!is_token(other), "{other}");
        }
    }

    #[test]
    fn a_token_is_known_by_any_part_of_its_address() {
        for typed in [
            TOKEN.to_owned(),
            format!("/h/{TOKEN}/"),
            format!("https://a.example/lib/h/{TOKEN}"),
            format!("content/handouts/{TOKEN}.md"),
        ] {
            assert_eq!(token_in(&typed), TOKEN, "{typed}");
        }
        assert_eq!(token_of_address(&address_of(TOKEN)), Some(TOKEN));
        assert_eq!(token_of_address("/h/ana/"), None);
        assert_eq!(token_of_file(&format!("h/{TOKEN}/index.html")), Some(TOKEN));
        for other in [
            "h/index.html",
            "index.html",
            "é/index.html",
            "r/k7mpx/index.html",
        ] {
            assert_eq!(token_of_file(other), None, "{other}");
        }
    }
}
