//! Directives in a text: what stands between `{{#` and `}}`.

use std::ops::Range;

/// What every directive begins with.
pub(super) const OPEN: &str = "{{#";

/// A stretch of a text.
pub(super) enum Piece<'t> {
    /// The author's own words.
    Own,
    /// A directive that a backslash makes plain text.
    Plain,
    Directive(Directive<'t>),
}

/// What stands between `{{#` and `}}`.
pub(super) struct Directive<'t> {
    pub word: &'t str,
    pub argument: &'t str,
}

/// Parts a text at its directives. What lies before `start` is the author's own.
pub(super) fn pieces(text: &str, start: usize) -> Vec<(Range<usize>, Piece<'_>)> {
    let mut pieces = Vec::new();
    let (mut own, mut from) = (0, start);
    while let Some(found) = text.get(from..).and_then(|rest| rest.find(OPEN)) {
        let open = from + found;
        let Some((directive, end)) = directive_at(text, open) else {
            from = open + OPEN.len();
            continue;
        };
        let is_plain = text[..open].ends_with('\\');
        let begin = match is_plain {
            true => open - 1,
            false => open,
        };
        pieces.push((own..begin, Piece::Own));
        let piece = match is_plain {
            true => Piece::Plain,
            false => Piece::Directive(directive),
        };
        pieces.push((begin..end, piece));
        (own, from) = (end, end);
    }
    pieces.push((own..text.len(), Piece::Own));
    pieces
}

/// The words that directives begin with.
const WORDS: [&str; 5] = [
    "include",
    "rustdoc_include",
    "playground",
    "playpen",
    "title",
];

/// The directive at a place, and where it ends; nothing for what is none.
fn directive_at(text: &str, open: usize) -> Option<(Directive<'_>, usize)> {
    let inside = text.get(open + OPEN.len()..)?;
    let length = inside.find("}}")?;
    let inside = inside.get(..length)?;
    if inside.contains('\n') {
        return None;
    }
    let (word, argument) = inside.split_once(char::is_whitespace)?;
    let argument = argument.trim();
    let is_known = WORDS.contains(&word) && !argument.is_empty();
    is_known.then_some((
        Directive { word, argument },
        open + OPEN.len() + length + "}}".len(),
    ))
}
