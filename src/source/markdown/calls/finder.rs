//! Finding tags, and matching those that end with those that begin.

use std::ops::Range;

use pulldown_cmark::Options;

use super::literal::literal_ranges;
use super::mask::SHORTEST;
use super::scanner::Scanner;
use super::{Call, Found, Tag, TagKind};
use crate::diagnostics::{Diagnostic, Place, Severity};

/// How deep blocks lie in blocks at most. Each level copies what lies in it.
const DEEPEST: usize = 16;

/// Finds the tags of the Markdown `text`, which starts at byte `start` of `file`.
pub(in crate::source::markdown) fn find(
    file: &str,
    text: &str,
    start: usize,
    options: Options,
    lenient: bool,
    problems: &mut Vec<Diagnostic>,
) -> Found {
    if !text.contains("{{") && !text.contains("{%") {
        return Found::default();
    }
    let mut finder = Finder {
        file,
        text,
        start,
        lenient,
        problems,
        found: Found::default(),
        open: Vec::new(),
        paragraph_end: 0,
        without_closer: [0; 2],
    };
    finder.run(&literal_ranges(text, options));
    finder.found
}

/// Goes through a text from brace to brace.
struct Finder<'a> {
    file: &'a str,
    text: &'a str,
    start: usize,
    lenient: bool,
    problems: &'a mut Vec<Diagnostic>,
    found: Found,
    /// The calls whose body is not ended yet: number, and number of the tag.
    open: Vec<(u32, usize)>,
    /// Where the paragraph last looked at ends.
    paragraph_end: usize,
    /// Up to where there is known to be no `}}`, and no `%}`: found out once, not for each brace.
    without_closer: [usize; 2],
}

impl Finder<'_> {
    fn run(&mut self, literal: &[Range<usize>]) {
        let mut at = 0;
        let mut literal = literal.iter().peekable();
        while let Some(tag_start) = next_brace(self.text, at) {
            while literal.next_if(|range| range.end <= tag_start).is_some() {}
            if let Some(range) = literal.peek()
                && range.start <= tag_start
            {
                at = range.end;
            } else if is_escaped(self.text, tag_start) {
                at = tag_start + 2;
            } else {
                at = self.tag(tag_start);
            }
        }
        // Those below the deepest are told with the first of them.
        for (call, tag) in std::mem::take(&mut self.open).into_iter().take(DEEPEST) {
            self.never_ended(call, tag);
        }
    }

    /// Reads the tag at `at`; gives where to go on.
    fn tag(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        let statement = rest.starts_with("{%");
        let foreign = rest.starts_with("{{<") || rest.starts_with("{{%");
        let inside = &rest[2..];
        if !foreign && let Some(name) = call_name(inside) {
            return self.call(at, name, statement);
        }
        if statement && let Some(end) = end_tag(inside) {
            let span = at..at + 2 + end;
            self.close(span.clone());
            return span.end;
        }
        self.foreign(at, if statement { "%}" } else { "}}" })
    }

    fn call(&mut self, at: usize, name: &str, statement: bool) -> usize {
        let closer = if statement { "%}" } else { "}}" };
        let mut scanner = Scanner {
            text: self.text,
            at: at + 2 + self.text[at + 2..].find('(').map_or(0, |paren| paren + 1),
            start: self.start,
        };
        let args = match scanner.args(closer) {
            Ok(args) => args,
            Err((span, message)) => {
                self.tell(span, message, None);
                return self.drop_tag(at, closer);
            }
        };
        let span = at..scanner.at;
        let number = self.found.calls.len() as u32;
        self.found.calls.push(Call {
            name: name.to_owned(),
            args,
            span: self.place(&span),
            has_body: statement,
        });
        if !statement {
            self.push(span.clone(), TagKind::Alone(number));
            return span.end;
        }
        self.open.push((number, self.found.tags.len()));
        let is_too_deep = self.open.len() > DEEPEST;
        if self.open.len() == DEEPEST + 1 {
            self.tell(
                span.clone(),
                format!("blocks lie in each other more than {DEEPEST} deep"),
                Some("end the outer blocks first: {% end %}"),
            );
        }
        let what = match is_too_deep {
            true => TagKind::Dropped,
            false => TagKind::Open(number),
        };
        self.push(span.clone(), what);
        span.end
    }

    fn close(&mut self, span: Range<usize>) {
        if self.open.pop().is_some() {
            let what = match self.open.len() < DEEPEST {
                true => TagKind::Close,
                false => TagKind::Dropped,
            };
            return self.push(span, what);
        }
        let help = "take the line out, or begin the block: {% callout(kind=\"tip\") %}";
        self.tell(
            span.clone(),
            "there is no open block to end here".into(),
            Some(help),
        );
        self.push(span, TagKind::Dropped);
    }

    /// Something between braces that is no call of ours.
    fn foreign(&mut self, at: usize, closer: &str) -> usize {
        let end = self.drop_tag(at, closer);
        if self
            .found
            .tags
            .last()
            .is_some_and(|tag| tag.span.start == at)
        {
            let shown: String = self.text[at..end].chars().take(60).collect();
            let help = "a block is written {{ name(argument=\"value\") }}; \
                        for plain braces write \\{{ or put the text in `code`";
            self.tell(
                at..end,
                format!("`{shown}` is no block of Goodturn"),
                Some(help),
            );
        }
        end
    }

    /// Leaves out everything up to the closer. Braces that are never closed are plain text.
    fn drop_tag(&mut self, at: usize, closer: &str) -> usize {
        let from = at + 2;
        // A paragraph's end ends the search: a stray brace must not swallow the page.
        if self.paragraph_end < from {
            let rest = &self.text[from..];
            self.paragraph_end = from + rest.find("\n\n").unwrap_or(rest.len());
        }
        let known = usize::from(closer == "%}");
        if from < self.without_closer[known] {
            return from;
        }
        match self.text[from..self.paragraph_end].find(closer) {
            Some(end) => {
                let end = from + end + closer.len();
                self.push(at..end, TagKind::Dropped);
                end
            }
            None => {
                self.without_closer[known] = self.paragraph_end;
                from
            }
        }
    }

    fn never_ended(&mut self, call: u32, tag: usize) {
        let name = self
            .found
            .calls
            .get(call as usize)
            .map(|call| call.name.clone());
        let name = name.unwrap_or_default();
        if let Some(tag) = self.found.tags.get_mut(tag) {
            tag.what = TagKind::Dropped;
            let span = tag.span.clone();
            let help = "write {% end %} on a line of its own after the body";
            self.tell(
                span,
                format!("the block `{name}` is never ended"),
                Some(help),
            );
        }
    }

    fn push(&mut self, span: Range<usize>, what: TagKind) {
        if span.len() >= SHORTEST {
            self.found.tags.push(Tag { span, what });
        }
    }

    fn tell(&mut self, span: Range<usize>, message: String, help: Option<&str>) {
        let severity = match self.lenient {
            true => Severity::Warning,
            false => Severity::Error,
        };
        self.problems.push(
            Diagnostic::new(severity, message)
                .at(Place::span(self.file, self.place(&span)))
                .maybe_help(help),
        );
    }

    fn place(&self, span: &Range<usize>) -> Range<usize> {
        span.start + self.start..span.end + self.start
    }
}

fn next_brace(text: &str, from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    let mut at = 0;
    loop {
        at += rest.get(at..)?.find('{')?;
        match rest.as_bytes().get(at + 1) {
            Some(b'{' | b'%') => return Some(from + at),
            _ => at += 1,
        }
    }
}

fn is_escaped(text: &str, at: usize) -> bool {
    text.as_bytes()[..at]
        .iter()
        .rev()
        .take_while(|byte| **byte == b'\\')
        .count()
        % 2
        == 1
}

/// The name of a call, if the inside of a tag is one: a word and an opening parenthesis.
fn call_name(inside: &str) -> Option<&str> {
    let inside = inside.trim_start();
    // No search for the parenthesis: in a text full of braces each would look to its end.
    let len = inside
        .find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '-'))
        .unwrap_or(inside.len());
    let (name, rest) = inside.split_at(len);
    let starts = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    (starts && rest.trim_start().starts_with('(')).then_some(name)
}

/// Where an `end` tag ends, counted from after its `{%`.
fn end_tag(inside: &str) -> Option<usize> {
    let rest = inside.trim_start().strip_prefix("end")?.trim_start();
    let rest = rest.strip_prefix("%}")?;
    Some(inside.len() - rest.len())
}
