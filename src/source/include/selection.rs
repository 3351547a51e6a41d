//! Which lines of a file are taken.

/// Which lines of a file are meant, counted from 1.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Selection<'t> {
    All,
    /// From a line to another one, both included.
    Lines(usize, Option<usize>),
    Anchor(&'t str),
}

/// What a file does not have.
pub(super) enum Missing {
    Line(usize),
    Anchor(String),
}

impl<'t> Selection<'t> {
    /// Parts the name of a file from the selection behind it.
    pub fn read(argument: &'t str) -> (&'t str, Selection<'t>) {
        let Some((name, rest)) = argument.split_once(':') else {
            return (argument, Selection::All);
        };
        let mut parts = rest.splitn(3, ':').map(str::trim);
        let (first, second) = (parts.next().unwrap_or_default(), parts.next());
        let number = |text: &str| text.parse::<usize>().ok().filter(|line| *line > 0);
        let selection = match (number(first), second) {
            (Some(line), None) => Selection::Lines(line, Some(line)),
            (Some(line), Some(last)) => Selection::Lines(line, number(last)),
            (None, Some(last)) if first.is_empty() => match number(last) {
                Some(last) => Selection::Lines(1, Some(last)),
                None => Selection::All,
            },
            (None, _) if first.is_empty() => Selection::All,
            (None, _) => Selection::Anchor(first),
        };
        (name, selection)
    }

    /// The lines of a text, without the line break at the end.
    pub fn of(&self, text: &str) -> Result<String, Missing> {
        match self {
            Selection::All => Ok(text.trim_end_matches(['\n', '\r']).to_owned()),
            Selection::Lines(first, last) => {
                let lines: Vec<&str> = text.lines().collect();
                let end = last.unwrap_or(lines.len()).min(lines.len());
                match lines.get(first - 1..end) {
                    Some(chosen) if !chosen.is_empty() => Ok(chosen.join("\n")),
                    _ => Err(Missing::Line(*first)),
                }
            }
            Selection::Anchor(name) => anchored(text, name),
        }
    }
}

/// The lines between `ANCHOR: name` and `ANCHOR_END: name`, without the lines of other anchors.
fn anchored(text: &str, name: &str) -> Result<String, Missing> {
    let mut lines = text.lines();
    if !lines.any(|line| anchor(line, "ANCHOR:") == Some(name)) {
        return Err(Missing::Anchor(name.to_owned()));
    }
    let inside = lines.take_while(|line| anchor(line, "ANCHOR_END:") != Some(name));
    let is_mark =
        |line: &&str| anchor(line, "ANCHOR:").is_some() || anchor(line, "ANCHOR_END:").is_some();
    Ok(inside
        .filter(|line| !is_mark(line))
        .collect::<Vec<_>>()
        .join("\n"))
}

/// The name behind a mark in a line.
fn anchor<'l>(line: &'l str, mark: &str) -> Option<&'l str> {
    let (_, rest) = line.split_once(mark)?;
    rest.split_whitespace().next()
}

pub(super) fn anchors(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| anchor(line, "ANCHOR:"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: &str = "one\n// ANCHOR: a\ntwo\n// ANCHOR: b\nthree\n// ANCHOR_END: b\nfour\n// ANCHOR_END: a\nfive\n";

    fn taken(argument: &str) -> Option<String> {
        let (name, selection) = Selection::read(argument);
        assert_eq!(name, "x.rs");
        selection.of(CODE).ok()
    }

    #[test]
    fn lines_are_chosen_as_mdbook_has_it() {
        assert_eq!(taken("x.rs").as_deref(), Some(CODE.trim_end()));
        assert_eq!(taken("x.rs:1").as_deref(), Some("one"));
        assert_eq!(
            taken("x.rs:7:").as_deref(),
            Some("four\n// ANCHOR_END: a\nfive")
        );
        assert_eq!(taken("x.rs::2").as_deref(), Some("one\n// ANCHOR: a"));
        assert_eq!(taken("x.rs:2:3").as_deref(), Some("// ANCHOR: a\ntwo"));
        assert_eq!(
            taken("x.rs:8:99").as_deref(),
            Some("// ANCHOR_END: a\nfive")
        );
        assert_eq!(taken("x.rs:a").as_deref(), Some("two\nthree\nfour"));
        assert_eq!(taken("x.rs:b").as_deref(), Some("three"));
        assert_eq!(taken("x.rs:10"), None);
        assert_eq!(taken("x.rs:5:3"), None);
        assert_eq!(taken("x.rs:c"), None);
    }
}
