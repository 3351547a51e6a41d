//! Code that is as wide as the page allows: lines that are longer go on in the next one.

use unicode_width::UnicodeWidthChar;

use super::code::may_break;

/// Columns between two tab stops.
const TAB: usize = 4;

/// A listing whose lines fit.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Listing {
    /// Its lines.
    pub lines: Vec<String>,
    /// The numbers, from 1, of the lines that go on from the one above.
    pub turned: Vec<usize>,
}

/// `text` in lines of at most `columns` columns, without the line feed at its end.
pub(super) fn fit(text: &str, columns: usize) -> Listing {
    let mut listing = Listing {
        lines: Vec::new(),
        turned: Vec::new(),
    };
    for line in text.trim_end_matches('\n').split('\n') {
        let expanded = without_tabs(line.trim_end_matches('\r'));
        let mut rest = expanded.as_str();
        loop {
            let (head, tail) = rest.split_at(turn(rest, columns));
            listing.lines.push(head.to_owned());
            if tail.is_empty() {
                break;
            }
            listing.turned.push(listing.lines.len() + 1);
            rest = tail;
        }
    }
    listing
}

fn without_tabs(line: &str) -> String {
    if !line.contains('\t') {
        return line.to_owned();
    }
    let mut out = String::new();
    let mut column = 0;
    for c in line.chars() {
        let width = if c == '\t' {
            TAB - column % TAB
        } else {
            width(c)
        };
        match c {
            '\t' => out.extend(std::iter::repeat_n(' ', width)),
            c => out.push(c),
        }
        column += width;
    }
    out
}

/// How many columns a character takes.
fn width(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// The byte at which `line` must turn to the next: its end, or after the last space or sign in
/// the second half of what fits, or as late as can be.
fn turn(line: &str, columns: usize) -> usize {
    let mut column = 0;
    let mut good = 0;
    for (at, c) in line.char_indices() {
        let next = column + width(c);
        if next > columns && at > 0 {
            return if good > 0 { good } else { at };
        }
        column = next;
        if (c == ' ' || may_break(c)) && column * 2 > columns {
            good = at + c.len_utf8();
        }
    }
    line.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_turn_after_spaces_and_signs() {
        let listing = fit("let answer = compute(everything);\n\tok\n", 20);
        assert_eq!(
            listing.lines,
            ["let answer = ", "compute(everything);", "    ok"]
        );
        assert_eq!(listing.turned, [2]);
    }

    #[test]
    fn nothing_is_lost_and_nothing_is_too_wide() {
        let line = "0123456789".repeat(13) + "漢字の幅は二つ分です";
        let listing = fit(&line, 37);
        assert_eq!(listing.lines.concat(), line);
        for line in &listing.lines {
            assert!(line.chars().map(width).sum::<usize>() <= 37, "{line}");
        }
    }

    #[test]
    fn a_character_wider_than_the_page_still_ends() {
        assert_eq!(fit("漢漢", 1).lines, ["漢", "漢"]);
    }
}
