//! Typst code, written so that nothing in it was ever the author's: each piece of text is a string
//! literal, and each call is one of `style.typ` or of Typst itself.
//!
//! Literals follow <https://typst.app/docs/reference/foundations/str/>: backslash and quote are
//! escaped, and so is every character that is not printed.

use std::fmt::Write as _;

/// In text, a word longer than this may break anywhere that [`may_break`] says.
pub(super) const LONG_WORD: usize = 30;
/// The same in headings and in the cells of a table.
pub(super) const LONG_WORD_OF_HEADING: usize = 16;

/// `text` as a string literal of Typst.
pub(crate) fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    push_literal(&mut out, text);
    out
}

/// Writes `text` as a string literal of Typst to the end of `out`.
pub(super) fn push_literal(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\u{2028}' | '\u{2029}' => push_code_point(out, c),
            c if c.is_control() => push_code_point(out, c),
            c => out.push(c),
        }
    }
    out.push('"');
}

fn push_code_point(out: &mut String, c: char) {
    // Writing to a String cannot fail.
    let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
}

/// `text` as a literal, or `none`.
pub(super) fn optional(text: Option<&str>) -> String {
    text.map_or_else(|| "none".to_owned(), literal)
}

/// Literals as an array.
pub(super) fn array<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut out = String::from("(");
    for text in texts {
        push_literal(&mut out, text);
        out.push(',');
    }
    out.push(')');
    out
}

/// `text` without the control characters that no document may hold; tabs and line feeds stay.
/// XML 1.0 leaves out the same ones (<https://www.w3.org/TR/xml/#charsets>).
pub(super) fn printable(text: &str) -> String {
    let wanted = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    text.chars().filter(wanted).collect()
}

/// A text in one line, without control characters and without space around it.
pub(crate) fn one_line(text: &str) -> String {
    let text = printable(text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `text` cut after a word so that it has no more than `most` characters.
pub(super) fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most.saturating_sub(1)).collect();
    let end = match cut.rfind(' ') {
        Some(at) if at * 2 > cut.len() => at,
        _ => cut.len(),
    };
    let words = cut.get(..end).unwrap_or(&cut);
    format!(
        "{}…",
        words.trim_end_matches([' ', ',', ';', ':', '–', '—'])
    )
}

/// The pieces of `text` between which a line may break, though its words are too long for one.
/// Text without words longer than `long` is one piece. Addresses of the web are left to Typst, which knows them.
pub(super) fn pieces(text: &str, long: usize) -> Vec<&str> {
    let mut found = Vec::new();
    let mut piece = 0;
    for (start, word) in words(text) {
        if word.chars().count() <= long || is_address(word) {
            continue;
        }
        let mut run = 0;
        for (at, c) in word.char_indices() {
            run += 1;
            if run >= long || (run >= 4 && may_break(c)) {
                let end = start + at + c.len_utf8();
                if end < start + word.len() {
                    found.extend(text.get(piece..end));
                    piece = end;
                }
                run = 0;
            }
        }
    }
    found.extend(text.get(piece..));
    found
}

/// The words of `text` that only break where they are told to, with where they begin: letters from
/// scripts without spaces between words can break anyway.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split(|c: char| c.is_whitespace() || c > '\u{58f}')
        .map(move |word| {
            let start = at;
            at += word.len();
            at += text
                .get(at..)
                .and_then(|rest| rest.chars().next())
                .map_or(0, char::len_utf8);
            (start, word)
        })
}

/// Whether Typst takes `word` for an address of the web.
fn is_address(word: &str) -> bool {
    word.starts_with("http://") || word.starts_with("https://") || word.starts_with("www.")
}

/// Whether a long word may break after `c`.
pub(super) fn may_break(c: char) -> bool {
    matches!(
        c,
        '/' | '.'
            | '-'
            | '_'
            | '?'
            | '&'
            | '='
            | ':'
            | '@'
            | '#'
            | ','
            | ';'
            | '|'
            | '+'
            | '\\'
            | ')'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_never_leaves_its_literal() {
        assert_eq!(
            literal("a\"b\\c\nd\0e\u{2028}"),
            r#""a\"b\\c\nd\u{0}e\u{2028}""#
        );
        assert_eq!(literal("#import $x$ @y */ //"), "\"#import $x$ @y */ //\"");
    }

    #[test]
    fn long_words_break_after_their_signs() {
        let path = "goodturn/src/library/vocabulary/own/merge/add.rs";
        assert_eq!(pieces(path, LONG_WORD).concat(), path);
        assert!(pieces(path, LONG_WORD).len() > 3);
        let hash = "0123456789abcdef".repeat(5);
        assert!(
            pieces(&hash, LONG_WORD)
                .iter()
                .all(|piece| piece.len() <= LONG_WORD)
        );
        for whole in [
            "plain words and more of them, none of them long",
            "https://example.org/a/very/long/way/to/go",
        ] {
            assert_eq!(pieces(whole, LONG_WORD), [whole]);
        }
    }

    #[test]
    fn a_running_head_is_cut_after_a_word() {
        assert_eq!(
            shortened("Pricing for plumbers, and others", 24),
            "Pricing for plumbers…"
        );
        assert_eq!(shortened("short", 24), "short");
    }
}
