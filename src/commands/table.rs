//! Tables for people: columns aligned by what a terminal shows, cut to its width.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What stands between two columns.
const GAP: usize = 2;

/// A column that has to give way is not made narrower than this.
const LEAST: usize = 8;

/// How a column behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Never cut.
    Fixed,
    /// Never cut, numbers: aligned to the right.
    Number,
    /// Cut where the table is too wide.
    Flexible,
}

/// How wide the terminal is: `COLUMNS` where it is set, else what the terminal says; `None` in a
/// pipe, where nothing is cut, so that other programs read the whole.
pub fn terminal_width() -> Option<usize> {
    let set = std::env::var("COLUMNS").ok();
    let set = set.and_then(|columns| columns.trim().parse().ok());
    set.filter(|columns| *columns > 0)
        .or_else(|| terminal_size::terminal_size_of(std::io::stdout()).map(|size| size.0.0.into()))
}

/// Lays out rows. The first is the heading, which is shown in bold.
pub fn render(columns: &[Column], rows: &[Vec<String>], width: Option<usize>) -> String {
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().map(|cell| clean(cell)).collect())
        .collect();
    let widths = fit(columns, natural(columns, &rows), width);
    let mut lines = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let cells = columns.iter().zip(&widths).zip(row);
        let cells = cells.map(|((column, width), cell)| padded(*column, *width, cell));
        let line = cells.collect::<Vec<_>>().join(&" ".repeat(GAP));
        let line = line.trim_end();
        lines.push(match at {
            0 => bold(line),
            _ => line.to_owned(),
        });
    }
    lines.join("\n")
}

/// Text in bold; the stream that it is written to takes that out again where nobody sees it.
pub fn bold(text: &str) -> String {
    format!("\x1b[1m{text}\x1b[0m")
}

/// Text without what moves a terminal's cursor or changes its colours.
pub fn clean(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

fn natural(columns: &[Column], rows: &[Vec<String>]) -> Vec<usize> {
    let widest = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at));
        cells.map(|cell| cell.width()).max().unwrap_or_default()
    };
    (0..columns.len()).map(widest).collect()
}

/// Takes from the widest flexible column, one by one, until the table fits.
fn fit(columns: &[Column], mut widths: Vec<usize>, width: Option<usize>) -> Vec<usize> {
    let Some(width) = width else {
        return widths;
    };
    let gaps = GAP * columns.len().saturating_sub(1);
    while widths.iter().sum::<usize>() + gaps > width {
        let widest = columns
            .iter()
            .zip(widths.iter_mut())
            .filter(|(column, width)| **column == Column::Flexible && **width > LEAST)
            .map(|(_, width)| width)
            .max();
        match widest {
            Some(widest) => *widest -= 1,
            None => break,
        }
    }
    widths
}

fn padded(column: Column, width: usize, cell: &str) -> String {
    let cell = cut(cell, width);
    let space = " ".repeat(width.saturating_sub(cell.width()));
    match column {
        Column::Number => space + &cell,
        _ => cell + &space,
    }
}

/// Text of at most this width, with `…` where something was cut off.
pub fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += c.width().unwrap_or_default();
        if used > width {
            break;
        }
        kept.push(c);
    }
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    kept
}

/// Text below `indent`, broken between words where it is wider than the terminal; what follows
/// the first line stands two further in.
pub fn wrap(text: &str, indent: &str, width: Option<usize>) -> String {
    let Some(width) = width else {
        return format!("{indent}{text}");
    };
    let mut lines = Vec::new();
    let mut line = indent.to_owned();
    let mut is_empty = true;
    for word in text.split(' ') {
        if !is_empty && line.width() + 1 + word.width() > width {
            lines.push(std::mem::replace(&mut line, format!("{indent}  ")));
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line.push_str(word);
        is_empty = false;
    }
    lines.push(line);
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_by_what_is_seen() {
        let rows = [["a", "n", "b"], ["漢字", "10", "x"], ["é\u{1b}", "2", "y"]];
        let rows: Vec<Vec<String>> = rows.map(|row| row.map(str::to_owned).to_vec()).to_vec();
        let columns = [Column::Flexible, Column::Number, Column::Fixed];
        assert_eq!(
            render(&columns, &rows, None),
            "\u{1b}[1ma      n  b\u{1b}[0m\n漢字  10  x\né      2  y"
        );
    }

    #[test]
    fn long_text_is_broken_between_words() {
        assert_eq!(wrap("one two three", " ", None), " one two three");
        assert_eq!(wrap("one two three", " ", Some(9)), " one two\n   three");
        assert_eq!(wrap("immeasurable", " ", Some(5)), " immeasurable");
    }

    #[test]
    fn what_is_too_wide_is_cut() {
        assert_eq!(cut("漢字漢字", 5), "漢字…");
        assert_eq!(cut("one two", 5), "one…");
        let rows = vec![vec!["a".repeat(40), "b".repeat(10)]];
        let table = render(&[Column::Flexible, Column::Fixed], &rows, Some(30));
        assert_eq!(
            clean(&table).trim().len(),
            30 + "…".len() - 1 + "[1m".len() + " [0m".len()
        );
    }
}
