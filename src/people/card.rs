//! A vCard as text: its content lines, each with its bytes, so that an edit changes its own lines
//! and no others.
//!
//! Content lines and folding are those of RFC 6350, sections 3.2 and 3.3; cards of versions 3.0
//! (RFC 2426) and 2.1 are read as well. What a line means is told by the crate calcard.

use std::borrow::Cow;
use std::ops::Range;

use calcard::vcard::{VCard, VCardEntry};
use calcard::{Entry, Parser};

/// The longest line in octets, without its break (RFC 6350, section 3.2).
const LONGEST: usize = 75;

/// One card, as it is written in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    text: String,
    lines: Vec<Line>,
    /// Where new lines go: just before `END:VCARD`.
    end: usize,
}

/// A content line: its bytes with the lines that continue it and the break at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    /// The property's name in upper case, without its group.
    name: String,
    span: Range<usize>,
}

/// The text, in which quoted-printable that was cut short does not run on into the card's end: a
/// line that ends in `=` has the next one as its rest (RFC 2045, section 6.7).
fn with_its_end(text: &str) -> Cow<'_, str> {
    let whole = text.trim_end();
    let start = whole.rfind('\n').map_or(0, |at| at + 1);
    match whole.get(..start) {
        Some(before) if before.trim_end_matches(['\r', '\n']).ends_with('=') => {
            let end = text.get(start..).unwrap_or_default();
            Cow::Owned(format!("{before}\r\n{end}"))
        }
        _ => Cow::Borrowed(text),
    }
}

/// Why text is not one card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotACard {
    /// There is no `BEGIN:VCARD`.
    NoBeginning,
    /// There is no `END:VCARD`: the file was cut off.
    NoEnd,
    /// There are several cards.
    Several,
}

impl Card {
    /// Reads one card. The text is kept as it is.
    ///
    /// # Errors
    /// The text does not begin and end as one card does.
    pub fn parse(text: impl Into<String>) -> Result<Card, NotACard> {
        let text = text.into();
        let lines = content_lines(&text);
        let is = |line: &Line, what: &str| {
            line.name == what && value(&text, line).trim().eq_ignore_ascii_case("VCARD")
        };
        let begins = lines.iter().filter(|line| is(line, "BEGIN")).count();
        let mut inside = lines.iter().skip_while(|line| !is(line, "BEGIN"));
        let end = inside.find(|line| is(line, "END"));
        let end = end.map(|line| line.span.start);
        match (begins, end) {
            (0, _) => Err(NotACard::NoBeginning),
            (_, None) => Err(NotACard::NoEnd),
            (1, Some(end)) => Ok(Card { text, lines, end }),
            _ => Err(NotACard::Several),
        }
    }

    /// A card of version 4.0 with nothing in it yet.
    pub fn new() -> Card {
        Card::of(&[])
    }

    /// A card of version 4.0 with these lines.
    pub fn of(lines: &[NewLine]) -> Card {
        let mut text = "BEGIN:VCARD\r\nVERSION:4.0\r\n".to_owned();
        for line in lines {
            text.push_str(&line.folded("\r\n"));
        }
        let end = text.len();
        text.push_str("END:VCARD\r\n");
        let lines = content_lines(&text);
        Card { text, lines, end }
    }

    /// What text of any version of vCard says.
    pub fn parse_any(text: &str) -> VCard {
        // Old programs begin a file with a byte order mark.
        let text = with_its_end(text.trim_start_matches('\u{feff}'));
        match Parser::new(&text).entry() {
            Entry::VCard(card) => card,
            _ => VCard::default(),
        }
    }

    /// The card as it is to be written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the card says, property by property.
    pub fn read(&self) -> VCard {
        Card::parse_any(&self.text)
    }

    /// Adds a line at the end of the card.
    pub fn push(&mut self, line: &NewLine) {
        let written = line.folded(self.line_break());
        self.text.insert_str(self.end, &written);
        self.index();
    }

    /// Whether there is a line of a property.
    pub fn has(&self, name: &str) -> bool {
        self.lines.iter().any(|line| line.name == name)
    }

    /// Every line with its property's name in upper case, as it is written; the first and the last
    /// line of the card left out.
    pub fn lines(&self) -> impl Iterator<Item = (&str, &str)> {
        let written = |line: &Line| self.text.get(line.span.clone()).unwrap_or_default();
        self.lines
            .iter()
            .filter(|line| !matches!(line.name.as_str(), "BEGIN" | "END"))
            .map(move |line| (line.name.as_str(), written(line)))
    }

    /// Adds a line as it is written in another card.
    pub fn push_written(&mut self, line: &str) {
        let written = format!(
            "{}{}",
            line.trim_end_matches(['\r', '\n']),
            self.line_break()
        );
        self.text.insert_str(self.end, &written);
        self.index();
    }

    /// Puts `line` in the place of the first line that `which` picks, or at the end.
    pub fn replace(&mut self, name: &str, which: impl Fn(&VCardEntry) -> bool, line: &NewLine) {
        match self.find(name, which) {
            Some(span) => {
                let written = line.folded(self.line_break());
                self.text.replace_range(span, &written);
                self.index();
            }
            None => self.push(line),
        }
    }

    /// Takes away every line of a property that `which` picks; gives their number.
    pub fn remove(&mut self, name: &str, which: impl Fn(&VCardEntry) -> bool) -> usize {
        let mut removed = 0;
        while let Some(span) = self.find(name, &which) {
            self.text.replace_range(span, "");
            self.index();
            removed += 1;
        }
        removed
    }

    /// The bytes of the first line of a property that `which` picks.
    fn find(&self, name: &str, which: impl Fn(&VCardEntry) -> bool) -> Option<Range<usize>> {
        let mut named = self.lines.iter().filter(|line| line.name == name);
        let found = named.find(|line| self.meaning(line).is_some_and(|entry| which(&entry)));
        found.map(|line| line.span.clone())
    }

    /// What a single line says.
    fn meaning(&self, line: &Line) -> Option<VCardEntry> {
        let text = self.text.get(line.span.clone())?;
        let version = self.lines.iter().find(|line| line.name == "VERSION");
        let version = version.and_then(|line| self.text.get(line.span.clone()));
        let version = version.unwrap_or("VERSION:4.0\r\n");
        let alone = format!("BEGIN:VCARD\r\n{version}{text}\r\nEND:VCARD\r\n");
        match Parser::new(&alone).entry() {
            Entry::VCard(card) => card
                .entries
                .into_iter()
                .find(|entry| entry.name.as_str().eq_ignore_ascii_case(&line.name)),
            _ => None,
        }
    }

    /// The break that the card's lines end with.
    fn line_break(&self) -> &'static str {
        match self.text.contains("\r\n") || !self.text.contains('\n') {
            true => "\r\n",
            false => "\n",
        }
    }

    /// Finds the lines again after an edit.
    fn index(&mut self) {
        self.lines = content_lines(&self.text);
        let end = self.lines.iter().rfind(|line| line.name == "END");
        self.end = end.map_or(self.text.len(), |line| line.span.start);
    }
}

impl Default for Card {
    fn default() -> Self {
        Card::new()
    }
}

/// A line that is to be written into a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLine(String);

impl NewLine {
    /// `name` is the property with its parameters, if any (`NOTE;CREATED=20261117T000000Z`);
    /// `value` is text, which is escaped.
    pub fn text(name: &str, value: &str) -> NewLine {
        NewLine(format!("{name}:{}", escaped(value)))
    }

    /// As [`NewLine::text`], for a value of several parts with `separator` between them.
    pub fn parts(name: &str, parts: &[&str], separator: char) -> NewLine {
        let parts: Vec<Cow<'_, str>> = parts.iter().map(|part| escaped(part)).collect();
        NewLine(format!("{name}:{}", parts.join(&separator.to_string())))
    }

    /// As [`NewLine::text`], for a value that is an address (RFC 3986), which is not escaped.
    pub fn address(name: &str, value: &str) -> NewLine {
        let value: String = value.chars().filter(|c| !c.is_control()).collect();
        NewLine(format!("{name}:{value}"))
    }

    /// The line in one piece, without a break at its end.
    pub fn whole(&self) -> &str {
        &self.0
    }

    /// The line with a break after at most 75 octets, never inside a character.
    pub(super) fn folded(&self, line_break: &str) -> String {
        let mut folded = String::with_capacity(self.0.len() + 8);
        let mut width = 0;
        for c in self.0.chars() {
            if width + c.len_utf8() > LONGEST {
                folded.push_str(line_break);
                folded.push(' ');
                width = 1;
            }
            folded.push(c);
            width += c.len_utf8();
        }
        folded.push_str(line_break);
        folded
    }
}

/// Text with what a value may not hold escaped (RFC 6350, section 3.4).
fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(|c: char| c.is_control() || matches!(c, '\\' | ',' | ';')) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\n' | '\r' => escaped.push_str("\\n"),
            '\\' | ',' | ';' => escaped.extend(['\\', c]),
            '\t' => escaped.push('\t'),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}

/// The content lines of a card. What has no name is a line without one: it is kept all the same.
fn content_lines(text: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut at = 0;
    let mut is_soft = false;
    for physical in text.split_inclusive('\n') {
        let span = at..at + physical.len();
        at = span.end;
        let continues = is_soft || physical.starts_with([' ', '\t']);
        match lines.last_mut() {
            Some(line) if continues => line.span.end = span.end,
            _ => lines.push(Line {
                name: name(physical),
                span,
            }),
        }
        let head = lines.last().and_then(|line| text.get(line.span.clone()));
        is_soft = physical.trim_end_matches(['\r', '\n']).ends_with('=')
            && head.is_some_and(is_quoted_printable);
    }
    lines
}

/// Whether a line of a card of version 2.1 says that its value is quoted-printable: such a value
/// goes on in the next line after a `=`.
fn is_quoted_printable(line: &str) -> bool {
    let head = line.split(':').next().unwrap_or_default();
    head.to_ascii_uppercase().contains("QUOTED-PRINTABLE")
}

fn name(line: &str) -> String {
    let head = line.trim_start_matches('\u{feff}');
    let Some(end) = head.find([':', ';']) else {
        return String::new();
    };
    let (head, _) = head.split_at(end);
    let name = head.rsplit('.').next().unwrap_or(head);
    name.trim().to_ascii_uppercase()
}

/// The value of a line without parameters.
fn value<'a>(text: &'a str, line: &Line) -> &'a str {
    let line = text.get(line.span.clone()).unwrap_or_default();
    line.split_once(':').map_or("", |(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CARD: &str = "BEGIN:VCARD\r\nVERSION:4.0\r\nitem1.EMAIL;TYPE=work:ana@ruiz.example\r\n\
        X-MINE;X-P=\"a:b\":kept\\, to the\r\n  letter\r\nFN:Ana Ruiz\r\nNOTE:one\r\nNOTE:two\r\n\
        END:VCARD\r\n";

    fn says(entry: &VCardEntry, text: &str) -> bool {
        entry.values.first().and_then(|value| value.as_text()) == Some(text)
    }

    #[test]
    fn an_edit_changes_its_own_lines_only() {
        let mut card = Card::parse(CARD).unwrap();
        assert_eq!(card.text(), CARD);
        card.replace(
            "NOTE",
            |note| says(note, "two"),
            &NewLine::text("NOTE", "2, and"),
        );
        assert_eq!(
            card.text(),
            CARD.replace("NOTE:two\r\n", "NOTE:2\\, and\r\n")
        );
        assert_eq!(card.remove("NOTE", |note| says(note, "2, and")), 1);
        assert_eq!(card.text(), CARD.replace("NOTE:two\r\n", ""));
        card.push(&NewLine::text("NOTE", "two"));
        assert_eq!(card.text(), CARD);
        assert_eq!(card.remove("EMAIL", |_| true), 1);
        assert!(!card.text().contains("ana@ruiz.example"));
    }

    #[test]
    fn only_one_whole_card_is_a_card() {
        assert_eq!(Card::parse(""), Err(NotACard::NoBeginning));
        assert_eq!(Card::parse("BEGIN:VCARD\r\nFN:A\r\n"), Err(NotACard::NoEnd));
        assert_eq!(Card::parse(format!("{CARD}{CARD}")), Err(NotACard::Several));
        assert!(Card::parse(format!("\u{feff}{CARD}")).is_ok());
    }

    #[test]
    fn what_looks_like_an_end_inside_a_value_is_none() {
        let text = "BEGIN:VCARD\nVERSION:2.1\nNOTE;ENCODING=QUOTED-PRINTABLE:a=\nEND:VCARD=\nb\nEND:VCARD\n";
        let mut card = Card::parse(text).unwrap();
        card.push(&NewLine::text("X-A", "b"));
        assert!(card.text().ends_with("\nb\nX-A:b\nEND:VCARD\n"));
    }

    #[test]
    fn long_lines_are_folded_between_characters() {
        let mut card = Card::new();
        let text = "é漢".repeat(60);
        card.push(&NewLine::text("NOTE", &text));
        assert!(card.text().lines().all(|line| line.len() <= LONGEST));
        let read = card.read();
        assert!(read.entries.iter().any(|entry| says(entry, &text)));
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in "[^\\p{Cc}]*") {
            let mut card = Card::new();
            card.push(&NewLine::text("NOTE", &text));
            card.push(&NewLine::text("FN", "x"));
            let read = card.read();
            let note = read.entries.iter().find(|entry| entry.name.as_str() == "NOTE");
            let note = note.and_then(|note| note.values.first()).and_then(|value| value.as_text());
            prop_assert_eq!(note.unwrap_or_default().trim(), text.trim());
        }

        #[test]
        fn nothing_makes_it_panic(text in "(BEGIN:VCARD\r?\n)?(([A-Z;=:.]{1,9}|QUOTED-PRINTABLE|[ \t]?.{0,30})\r?\n){0,8}(END:VCARD\n)?") {
            if let Ok(mut card) = Card::parse(text.clone()) {
                prop_assert_eq!(card.text(), &text);
                card.read();
                card.push(&NewLine::text("X-A", "b"));
                prop_assert_eq!(card.remove("X-A", |entry| says(entry, "b")) >= 1, true);
            }
        }
    }
}
