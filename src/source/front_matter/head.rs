//! Where the head of a file ends and its body begins.

use std::ops::Range;

use super::keys::KEYS;

/// The head and the rest of a file's text.
#[derive(Debug)]
pub struct Split<'a> {
    /// The inside of the head, if there is one.
    pub head: Option<Head>,
    /// Where the body starts.
    pub body_start: usize,
    /// The body.
    pub body: &'a str,
}

/// The inside of a head, without its fences.
#[derive(Debug, PartialEq, Eq)]
pub struct Head {
    /// How it is written.
    pub format: Format,
    /// Its bytes.
    pub inside: Range<usize>,
}

/// How a head is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Between `---` lines.
    Yaml,
    /// Between `+++` lines.
    Toml,
}

/// Parts the head from the body. A fence that is never closed is no head but a line.
pub fn split(text: &str) -> Split<'_> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let whole = Split {
        head: None,
        body_start: start,
        body: &text[start..],
    };
    let mut lines = text[start..].split_inclusive('\n');
    let Some(first) = lines.next() else {
        return whole;
    };
    let (format, closers): (Format, &[&str]) = match first.trim_end() {
        "---" => (Format::Yaml, &["---", "..."]),
        "+++" => (Format::Toml, &["+++"]),
        _ => return whole,
    };
    let mut at = start + first.len();
    let inside_start = at;
    for line in lines {
        let end = at + line.len();
        if closers.contains(&line.trim_end()) {
            let inside = inside_start..at;
            return Split {
                head: Some(Head { format, inside }),
                body_start: end,
                body: &text[end..],
            };
        }
        at = end;
    }
    whole
}

/// The first line of a head that is begun and never closed: a fence, and below it a key.
pub fn unclosed(text: &str) -> Option<Range<usize>> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut lines = text.get(start..)?.lines();
    let fence = lines.next()?.trim_end();
    let separator = match fence {
        "---" => ':',
        "+++" => '=',
        _ => return None,
    };
    let (key, _) = lines.next()?.split_once(separator)?;
    let is_key = KEYS.iter().any(|names| names.contains(&key.trim_end()));
    is_key.then_some(start..start + fence.len())
}
