//! The text of goodturn.lock.
//!
//! ```text
//! version 1
//!
//! /articles/pitching/ -> k7mpx
//! /articles/why/ -> k7mpx articles/why.md f44775db12f62b31
//! ```
//!
//! One address on each line, sorted, and what it leads to. The line of a document's current
//! address goes on with the document's source path and fingerprint. A word that holds anything
//! but plain characters stands in double quotes, with `\"`, `\\`, `\n`, `\r`, `\t` and
//! `\u{HEX}` in them. `#` starts a comment line. No columns are lined up: a new address would then
//! change the lines of others, and merges would conflict.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::diagnostics::{Diagnostic, Place, line_column};

use super::address;
use super::{Entry, Fingerprint, LOCK_FILE, Lock, Origin, ShortId};

/// The version of the format that this Goodturn writes, and the only one that it reads.
const VERSION: &str = "1";

const HEADER: &str = "\
# Every address that this library ever published, and the document that it leads to. Links that
# were given out keep working because of this file: commit it with the library.
# Goodturn writes it. After a merge conflict keep the lines of both sides, delete the lines of the
# conflict markers, and run `goodturn build`.
";

const FROM_LAST_COMMIT: &str = "take the line from your last commit";

/// A file that is no lock at all gets no more messages than this.
const MOST_MESSAGES: usize = 20;

impl fmt::Display for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{HEADER}version {VERSION}\n\n")?;
        for entry in self.entries.iter() {
            writeln!(f, "{entry}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} -> {}", Word(&self.address), self.id)?;
        match &self.origin {
            Some(origin) => write!(f, " {} {}", Word(&origin.source), origin.fingerprint),
            None => Ok(()),
        }
    }
}

/// A word as it is written: in quotes where that is needed.
struct Word<'a>(&'a str);

impl fmt::Display for Word<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bare = !self.0.is_empty()
            && !self.0.starts_with('#')
            && !self
                .0
                .contains(|c| c == '"' || c == '\\' || c == ' ' || is_hidden(c));
        if bare {
            return f.write_str(self.0);
        }
        f.write_str("\"")?;
        for c in self.0.chars() {
            match c {
                '"' => f.write_str("\\\"")?,
                '\\' => f.write_str("\\\\")?,
                '\n' => f.write_str("\\n")?,
                '\r' => f.write_str("\\r")?,
                '\t' => f.write_str("\\t")?,
                _ if is_hidden(c) => write!(f, "\\u{{{:x}}}", u32::from(c))?,
                _ => write!(f, "{c}")?,
            }
        }
        f.write_str("\"")
    }
}

/// Whether a character cannot be seen, or moves what stands beside it.
fn is_hidden(c: char) -> bool {
    let moves = matches!(c, '\u{200b}'..='\u{200c}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    c.is_control() || (c.is_whitespace() && c != ' ') || moves
}

/// Reads the text of a lock; every problem in it if there is one.
pub(super) fn parse(text: &str) -> Result<Lock, Vec<Diagnostic>> {
    let parser = Parser {
        text: Arc::from(text),
        problems: Vec::new(),
        more_problems: 0,
    };
    parser.parse(text)
}

struct Parser {
    text: Arc<str>,
    problems: Vec<Diagnostic>,
    /// How many problems were left out.
    more_problems: usize,
}

/// Boxed, because a line without a problem is what most of the work is for.
type Problem = Box<Diagnostic>;

/// What a line says.
enum Line<'t> {
    Version(Cow<'t, str>, Range<usize>),
    Entry(Entry),
}

impl Parser {
    fn parse(mut self, text: &str) -> Result<Lock, Vec<Diagnostic>> {
        let lines: Vec<(usize, &str)> = lines(text).collect();
        // The lines of a conflict are whole: more messages would only hide what to do.
        if let Some((start, line)) = lines.iter().find(|(_, line)| is_conflict_marker(line)) {
            return Err(vec![self.conflict(*start..start + line.len())]);
        }
        let mut entries = Vec::new();
        let mut version = None;
        for (start, line) in lines {
            match self.line(start, line) {
                Ok(None) => {}
                Ok(Some(Line::Entry(entry))) => entries.push(entry),
                Ok(Some(Line::Version(found, span))) if found != VERSION => {
                    return Err(vec![self.other_version(&found, span)]);
                }
                Ok(Some(Line::Version(..))) => version = Some(()),
                Err(problem) => self.push(*problem),
            }
        }
        if version.is_none()
            && let Some(first) = entries.first()
        {
            let problem = self.at(
                format!("{LOCK_FILE} does not say its version"),
                first.span.clone(),
            );
            self.push(problem.help(format!(
                "write `version {VERSION}` on a line before this one"
            )));
        }
        entries.sort_by(Entry::by_address);
        self.check_one_document_each(&entries);
        self.finish(entries)
    }

    fn finish(mut self, entries: Vec<Entry>) -> Result<Lock, Vec<Diagnostic>> {
        if self.more_problems > 0 {
            let more = self.more_problems;
            self.problems.push(
                Diagnostic::error(format!("{more} more lines of {LOCK_FILE} cannot be read"))
                    .at(Place::file(LOCK_FILE))
                    .help("take the file from your last commit"),
            );
        }
        if !self.problems.is_empty() {
            return Err(self.problems);
        }
        Ok(Lock {
            entries: entries.into(),
            text: self.text,
        })
    }

    fn push(&mut self, problem: Diagnostic) {
        if self.problems.len() < MOST_MESSAGES {
            self.problems.push(problem);
        } else {
            self.more_problems += 1;
        }
    }

    fn line<'t>(&self, start: usize, line: &'t str) -> Result<Option<Line<'t>>, Problem> {
        if line.trim_start().starts_with('#') {
            return Ok(None);
        }
        let words = self.words(start, line)?;
        let whole = || start..start + line.trim_end().len();
        match words.as_slice() {
            [] => Ok(None),
            [version, number] if version.is_bare("version") => Ok(Some(Line::Version(
                number.text.clone(),
                number.span.clone(),
            ))),
            [address, arrow, id, rest @ ..] if arrow.is_bare("->") => {
                let origin = match rest {
                    [] => None,
                    [source, fingerprint] => Some(self.origin(source, fingerprint)?),
                    _ => return Err(self.malformed(whole()).into()),
                };
                Ok(Some(Line::Entry(Entry {
                    address: self.address(address)?,
                    id: self.id(id)?,
                    origin,
                    span: address.span.clone(),
                })))
            }
            _ => Err(self.malformed(whole()).into()),
        }
    }

    fn address(&self, word: &Token<'_>) -> Result<String, Problem> {
        match address::check(&word.text) {
            Ok(()) => Ok(word.text.to_string()),
            Err(why) => {
                let message = format!("`{}` is no address: {why}", Word(&word.text));
                let problem = self.at(message, word.span.clone());
                Err(problem.help(why.help()).into())
            }
        }
    }

    fn id(&self, word: &Token<'_>) -> Result<ShortId, Problem> {
        ShortId::parse(&word.text).map_err(|bad| {
            let problem = self.at(bad.to_string(), word.span.clone());
            problem.help(bad.help()).into()
        })
    }

    fn origin(&self, source: &Token<'_>, fingerprint: &Token<'_>) -> Result<Origin, Problem> {
        if source.text.is_empty() {
            let problem = self.at("the source path is empty", source.span.clone());
            return Err(problem.help(FROM_LAST_COMMIT).into());
        }
        let Some(print) = Fingerprint::parse(&fingerprint.text) else {
            let message = format!("`{}` is no fingerprint", Word(&fingerprint.text));
            return Err(self
                .at(message, fingerprint.span.clone())
                .label("16 hexadecimal digits are expected here")
                .help("take the line from your last commit, or write sixteen zeros")
                .into());
        };
        Ok(Origin {
            source: source.text.to_string(),
            fingerprint: print,
        })
    }

    /// Splits a line into its words.
    fn words<'t>(&self, start: usize, line: &'t str) -> Result<Vec<Token<'t>>, Problem> {
        let mut words = Vec::with_capacity(5);
        let mut rest = line.trim_start();
        while !rest.is_empty() {
            let at = start + line.len() - rest.len();
            let (text, length) = match rest.strip_prefix('"') {
                Some(inside) => match unquote(inside) {
                    Ok((text, length)) => (Cow::Owned(text), length + 1),
                    Err(Unreadable { message, span }) => {
                        let span = at + 1 + span.start..at + 1 + span.end;
                        return Err(self.at(message, span).help(FROM_LAST_COMMIT).into());
                    }
                },
                None => {
                    let length = rest.find([' ', '\t']).unwrap_or(rest.len());
                    let (word, _) = rest.split_at(length);
                    (Cow::Borrowed(word), length)
                }
            };
            words.push(Token {
                text,
                quoted: rest.starts_with('"'),
                span: at..at + length,
            });
            rest = rest.get(length..).unwrap_or_default().trim_start();
        }
        Ok(words)
    }

    /// An address leads to one document, and a document has one id. `entries` are sorted.
    fn check_one_document_each(&mut self, entries: &[Entry]) {
        for (one, other) in entries.iter().zip(entries.iter().skip(1)) {
            if one.address == other.address && one.id != other.id {
                let problem = self.two_ids(one, other);
                self.push(problem);
            }
        }
        let mut by_source: FxHashMap<&str, &Entry> = FxHashMap::default();
        by_source.reserve(entries.len());
        for entry in entries {
            let Some(origin) = &entry.origin else {
                continue;
            };
            let first = *by_source.entry(&origin.source).or_insert(entry);
            if first.id != entry.id && first.address != entry.address {
                let problem = self.two_ids_of_one_file(first, entry, &origin.source);
                self.push(problem);
            }
        }
    }

    fn at(&self, message: impl Into<String>, span: Range<usize>) -> Diagnostic {
        let place = Place::span(LOCK_FILE, span).with_text(Arc::clone(&self.text));
        Diagnostic::error(message).at(place)
    }

    fn line_of(&self, entry: &Entry) -> usize {
        line_column(&self.text, entry.span.start).0
    }

    fn malformed(&self, span: Range<usize>) -> Diagnostic {
        self.at(format!("this line of {LOCK_FILE} cannot be read"), span)
            .label("expected `ADDRESS -> ID` or `ADDRESS -> ID SOURCE FINGERPRINT`")
            .help(format!(
                "{LOCK_FILE} is written by Goodturn: take the line from your last commit"
            ))
    }

    fn conflict(&self, span: Range<usize>) -> Diagnostic {
        self.at(format!("{LOCK_FILE} has a merge conflict"), span)
            .label("a marker left by git")
            .help(
                "keep the lines of both sides, delete the lines that start with `<<<<<<<`, \
                 `|||||||`, `=======` and `>>>>>>>`, and run `goodturn build`",
            )
    }

    fn other_version(&self, found: &str, span: Range<usize>) -> Diagnostic {
        let newer = found.parse::<u64>().is_ok_and(|number| number > 1);
        if newer {
            self.at(format!("{LOCK_FILE} was written by a newer Goodturn"), span)
                .label(format!("this one reads version {VERSION}"))
                .help("update Goodturn")
        } else {
            self.at(
                format!("`{}` is no version of {LOCK_FILE}", Word(found)),
                span,
            )
            .label(format!("expected {VERSION}"))
        }
    }

    fn two_ids(&self, one: &Entry, other: &Entry) -> Diagnostic {
        let (first, second) = in_file_order(one, other);
        let (line, other) = (self.line_of(second), self.line_of(first));
        self.at(
            format!(
                "lines {other} and {line} of {LOCK_FILE} let {} lead to two documents, {} and {}",
                second.address, first.id, second.id
            ),
            second.span.clone(),
        )
        .label(format!("line {other} says `{first}`"))
        .help(
            "keep the line of the document that readers of this address were promised, usually \
             the older one, and delete the other line",
        )
    }

    fn two_ids_of_one_file(&self, one: &Entry, other: &Entry, source: &str) -> Diagnostic {
        let (first, second) = in_file_order(one, other);
        let (line, other) = (self.line_of(second), self.line_of(first));
        self.at(
            format!(
                "lines {other} and {line} of {LOCK_FILE} give {} two ids, {} and {}",
                Word(source),
                first.id,
                second.id
            ),
            second.span.clone(),
        )
        .label(format!("line {other} says `{first}`"))
        .help(format!(
            "keep the id that was given out, and let the other address lead to it: for instance \
             write `{} -> {}` in place of line {line}",
            Word(&second.address),
            first.id
        ))
    }
}

fn in_file_order<'e>(one: &'e Entry, other: &'e Entry) -> (&'e Entry, &'e Entry) {
    if one.span.start <= other.span.start {
        (one, other)
    } else {
        (other, one)
    }
}

/// A word of a line, and where it stands in the file.
struct Token<'t> {
    text: Cow<'t, str>,
    quoted: bool,
    span: Range<usize>,
}

impl Token<'_> {
    fn is_bare(&self, text: &str) -> bool {
        !self.quoted && self.text == text
    }
}

/// What is wrong in a quoted word, and where, counted from behind its first quote.
struct Unreadable {
    message: &'static str,
    span: Range<usize>,
}

/// Reads a quoted word from behind its first quote; how many bytes that took, the last quote
/// included.
fn unquote(inside: &str) -> Result<(String, usize), Unreadable> {
    let mut text = String::new();
    let mut rest = inside.chars();
    loop {
        let start = inside.len() - rest.as_str().len();
        match rest.next() {
            Some('"') => return Ok((text, start + 1)),
            Some('\\') => match unescape(&mut rest) {
                Some(c) => text.push(c),
                None => {
                    return Err(Unreadable {
                        message: "unknown escape in a quoted word",
                        span: start..start + 1,
                    });
                }
            },
            Some(c) => text.push(c),
            None => {
                return Err(Unreadable {
                    message: "the closing quote is missing",
                    span: start..start,
                });
            }
        }
    }
}

fn unescape(rest: &mut std::str::Chars<'_>) -> Option<char> {
    match rest.next()? {
        'n' => Some('\n'),
        'r' => Some('\r'),
        't' => Some('\t'),
        c @ ('"' | '\\') => Some(c),
        'u' => {
            let (digits, after) = rest.as_str().strip_prefix('{')?.split_once('}')?;
            let number = u32::from_str_radix(digits, 16).ok()?;
            *rest = after.chars();
            char::from_u32(number)
        }
        _ => None,
    }
}

/// The lines of a text without their ends, each with its position; a byte order mark is skipped.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let body = text.get(start..).unwrap_or_default();
    body.split_inclusive('\n').scan(start, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line.trim_end_matches(['\n', '\r'])))
    })
}

fn is_conflict_marker(line: &str) -> bool {
    ["<<<<<<<", "|||||||", "=======", ">>>>>>>"]
        .iter()
        .any(|marker| line.starts_with(marker))
}
