//! Blocks: the calls in Markdown that templates answer.
//!
//! `{{ button(href="…", text="…") }}` stands alone; `{% callout(kind="tip") %}` has a body that
//! ends at `{% end %}`. Tags inside code are left as they are, and `\{{` is a plain brace.
//!
//! Each tag is masked by a placeholder **of the same length in bytes** before the Markdown is
//! parsed, so that every position that the parser reports is a position in the author's file:
//! a tag alone on its line becomes an HTML processing instruction (which can interrupt a
//! paragraph), any other a private-use character, zeros, and another private-use character.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag as Markup, TagEnd};
use serde_json::Value;

use crate::diagnostics::{Diagnostic, Place, Severity};

/// Opens and closes a placeholder within a line.
const MASK_START: char = '\u{E000}';
const MASK_END: char = '\u{E001}';

/// The shortest tag that a placeholder fits over: two characters of three bytes.
const SHORTEST: usize = 6;

/// How deep blocks lie in blocks at most. Each level copies what lies in it.
const DEEPEST: usize = 16;

/// How many arguments a call has at most.
const MOST_ARGS: usize = 100;

/// One call of a block.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The block's name.
    pub name: String,
    /// Its arguments in the order in which they were written.
    pub args: Vec<Arg>,
    /// The bytes of the (opening) tag in the file.
    pub span: Range<usize>,
    /// Whether it has a body.
    pub has_body: bool,
}

impl Call {
    /// Whether an argument may lead to a heading of a page.
    pub fn names_fragment(&self) -> bool {
        let mut texts = self.args.iter().filter_map(|arg| arg.value.as_str());
        texts.any(|text| text.contains('#'))
    }
}

/// One argument of a call.
#[derive(Clone, Debug, PartialEq)]
pub struct Arg {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: Value,
    /// The bytes of name and value in the file.
    pub span: Range<usize>,
}

/// A tag found in a text, by its bytes there.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tag {
    pub span: Range<usize>,
    pub what: TagKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TagKind {
    /// A call without a body: its number in [`Found::calls`].
    Alone(u32),
    /// The start of a call's body.
    Open(u32),
    /// The end of the innermost open body.
    Close,
    /// Another generator's tag, or a broken one: left out.
    Dropped,
}

/// All tags of a text, and the calls that they make.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub tags: Vec<Tag>,
    pub calls: Vec<Call>,
}

impl Found {
    /// The tags that start in a stretch of the text.
    pub fn within(&self, range: &Range<usize>) -> &[Tag] {
        let from = self
            .tags
            .partition_point(|tag| tag.span.start < range.start);
        let to = self.tags.partition_point(|tag| tag.span.start < range.end);
        self.tags.get(from..to).unwrap_or_default()
    }
}

/// Finds the tags of the Markdown `text`, which starts at byte `start` of `file`.
pub(super) fn find(
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

/// The text with every tag masked.
pub(super) fn mask<'a>(text: &'a str, tags: &[Tag]) -> Cow<'a, str> {
    if tags.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    for tag in tags {
        masked.push_str(&text[at..tag.span.start]);
        let len = tag.span.len();
        if is_alone_on_line(text, &tag.span) {
            masked.push_str("<?");
            masked.extend(std::iter::repeat_n('0', len - 4));
            masked.push_str("?>");
        } else {
            masked.push(MASK_START);
            masked.extend(std::iter::repeat_n('0', len - SHORTEST));
            masked.push(MASK_END);
        }
        at = tag.span.end;
    }
    masked.push_str(&text[at..]);
    Cow::Owned(masked)
}

/// Takes placeholders out of text that has lost its place: link targets, titles, alt texts.
/// The second value tells whether there was one.
pub(super) fn unmask(text: &str) -> (Cow<'_, str>, bool) {
    if !text.contains(MASK_START) {
        return (Cow::Borrowed(text), false);
    }
    let mut plain = String::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
        match c {
            MASK_START => inside = true,
            MASK_END => inside = false,
            c if !inside => plain.push(c),
            _ => {}
        }
    }
    (Cow::Owned(plain), true)
}

/// Code and comments: what stands there is shown or hidden, never called.
pub(super) fn literal_ranges(text: &str, options: Options) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut block: Option<usize> = None;
    let mut in_comment = false;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Code(_) => ranges.push(range),
            Event::Start(Markup::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented)) => {
                block = Some(range.start);
            }
            Event::End(TagEnd::CodeBlock) => {
                let from = block.take().unwrap_or(range.start);
                ranges.push(from..range.end);
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                in_comment |= html.trim_start().starts_with("<!--");
                if in_comment {
                    ranges.push(range);
                }
                in_comment &= !html.contains("-->");
            }
            _ => {}
        }
    }
    ranges
}

/// Whether nothing but quote marks and space stands around a tag. It looks no further than that,
/// since a line may be long and hold many tags.
fn is_alone_on_line(text: &str, span: &Range<usize>) -> bool {
    let (before, rest) = text.split_at(span.start);
    let after = rest.get(span.len()..).unwrap_or_default();
    let mut before = before
        .bytes()
        .rev()
        .skip_while(|byte| matches!(byte, b' ' | b'\t' | b'>'));
    let mut after = after
        .chars()
        .skip_while(|c| *c != '\n' && c.is_whitespace());
    matches!(before.next(), None | Some(b'\n')) && matches!(after.next(), None | Some('\n'))
}

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

/// Reads the arguments of a call.
struct Scanner<'a> {
    text: &'a str,
    at: usize,
    start: usize,
}

type Wrong = (Range<usize>, String);

impl Scanner<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn skip_space(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn eat(&mut self, word: &str) -> bool {
        let there = self.rest().starts_with(word);
        if there {
            self.at += word.len();
        }
        there
    }

    fn wrong<T>(&self, message: impl Into<String>) -> Result<T, Wrong> {
        let len = self.rest().chars().next().map_or(0, char::len_utf8);
        Err((self.at..self.at + len, message.into()))
    }

    /// `name=value, …)` and the closer.
    fn args(&mut self, closer: &str) -> Result<Vec<Arg>, Wrong> {
        let mut args: Vec<Arg> = Vec::new();
        loop {
            self.skip_space();
            if self.eat(")") {
                break;
            }
            let arg = self.arg()?;
            if args.len() == MOST_ARGS {
                return self.wrong(format!("a block takes at most {MOST_ARGS} arguments"));
            }
            if args.iter().any(|known| known.name == arg.name) {
                let message = format!("the argument `{}` is given twice", arg.name);
                return Err((
                    arg.span.start - self.start..arg.span.end - self.start,
                    message,
                ));
            }
            args.push(arg);
            self.skip_space();
            if !self.eat(",") && !self.rest().starts_with(')') {
                return self.wrong("expected `,` or `)` after an argument");
            }
        }
        self.skip_space();
        if !self.eat(closer) {
            return self.wrong(format!(
                "expected `{closer}` at the end of the block's call"
            ));
        }
        Ok(args)
    }

    fn arg(&mut self) -> Result<Arg, Wrong> {
        let from = self.at;
        let len = self
            .rest()
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .unwrap_or(self.rest().len());
        if len == 0 {
            return self.wrong("expected an argument such as kind=\"tip\"");
        }
        let name = self.text[from..from + len].to_owned();
        self.at += len;
        self.skip_space();
        if !self.eat("=") {
            return self.wrong(format!("expected `=` and a value after `{name}`"));
        }
        self.skip_space();
        let value = self.value(0)?;
        Ok(Arg {
            name,
            value,
            span: from + self.start..self.at + self.start,
        })
    }

    fn value(&mut self, depth: usize) -> Result<Value, Wrong> {
        match self.rest().chars().next() {
            Some(quote @ ('"' | '\'' | '`')) => self.quoted(quote),
            Some('“' | '”' | '‘' | '’' | '„' | '«') => {
                self.wrong("these are curly quotes: values stand in straight ones, \"like this\"")
            }
            Some('[') if depth < 4 => self.list(depth),
            _ => self.bare(),
        }
    }

    fn quoted(&mut self, quote: char) -> Result<Value, Wrong> {
        let from = self.at;
        let mut value = String::new();
        let mut chars = self.rest().char_indices().skip(1);
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' => match chars.next() {
                    Some((_, 'n')) => value.push('\n'),
                    Some((_, escaped)) => value.push(escaped),
                    None => break,
                },
                c if c == quote => {
                    self.at = from + at + 1;
                    return Ok(Value::String(value));
                }
                c => value.push(c),
            }
        }
        Err((from..from + 1, format!("this {quote} is never closed")))
    }

    fn list(&mut self, depth: usize) -> Result<Value, Wrong> {
        self.eat("[");
        let mut items = Vec::new();
        loop {
            self.skip_space();
            if self.eat("]") {
                return Ok(Value::Array(items));
            }
            items.push(self.value(depth + 1)?);
            self.skip_space();
            if !self.eat(",") && !self.rest().starts_with(']') {
                return self.wrong("expected `,` or `]` in a list");
            }
        }
    }

    fn bare(&mut self) -> Result<Value, Wrong> {
        let len = self
            .rest()
            .find(|c: char| c.is_whitespace() || matches!(c, ',' | ')' | ']' | '}'))
            .unwrap_or(self.rest().len());
        let word = &self.text[self.at..self.at + len];
        let value = match word {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            _ => match (word.parse::<i64>(), word.parse::<f64>()) {
                (Ok(number), _) => Value::from(number),
                (_, Ok(number)) if number.is_finite() => Value::from(number),
                _ => {
                    let message = match word {
                        "" => "expected a value in quotes".to_owned(),
                        word => format!("a value that is text stands in quotes: \"{word}\""),
                    };
                    return Err((
                        self.at..self.at + len.max(1).min(self.rest().len()),
                        message,
                    ));
                }
            },
        };
        self.at += len;
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str) -> (Found, Vec<String>) {
        let mut problems = Vec::new();
        let found = find("a.md", text, 0, Options::all(), false, &mut problems);
        let mask = mask(text, &found.tags);
        assert_eq!(mask.len(), text.len(), "a mask never moves the text");
        (found, problems.into_iter().map(|p| p.message).collect())
    }

    #[test]
    fn a_call_with_arguments_of_every_type() {
        let (found, problems) =
            run(r#"{{ x(a="q \" )", b='s', c=3, d=-1.5, e=true, f=["g", 2]) }}"#);
        assert_eq!(problems, Vec::<String>::new());
        let values: Vec<String> = found.calls[0]
            .args
            .iter()
            .map(|arg| arg.value.to_string())
            .collect();
        assert_eq!(
            values,
            [r#""q \" )""#, r#""s""#, "3", "-1.5", "true", r#"["g",2]"#]
        );
    }

    #[test]
    fn code_comments_and_escapes_are_left_alone() {
        let (found, problems) = run(
            "`{{ a() }}`\n\n```\n{{ b() }}\n```\n\n    {{ c() }}\n\n<!-- {{ d() }} -->\n\n\\{{ e }}\n",
        );
        assert_eq!(problems, Vec::<String>::new());
        assert!(found.tags.is_empty());
    }

    #[test]
    fn bodies_nest_and_unended_ones_are_told() {
        let (found, problems) = run("{% a() %}\n{% b() %}\nx\n{% end %}\n{% end %}\n");
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!(found.tags.len(), 4);
        assert_eq!(run("{% a() %}\nx\n").1, ["the block `a` is never ended"]);
        assert_eq!(
            run("x\n\n{% end %}\n").1,
            ["there is no open block to end here"]
        );
    }

    #[test]
    fn foreign_tags_are_told() {
        let told = |text| run(text).1.len();
        assert_eq!(told("{{< youtube x >}}"), 1);
        assert_eq!(told("{{% note %}}"), 1);
        assert_eq!(told("{% include a.html %} and {{ site.title }}"), 2);
        assert_eq!(told("a {{ brace that never closes"), 0);
    }

    #[test]
    fn what_is_wrong_in_a_call_is_said() {
        let told = |text| run(text).1.join("; ");
        assert!(told("{{ a(b=“c”) }}").contains("curly quotes"));
        assert_eq!(
            told("{{ a(b=c) }}"),
            "a value that is text stands in quotes: \"c\""
        );
        assert_eq!(told("{{ a(b=\"c) }}"), "this \" is never closed");
        assert_eq!(told("{{ a(b=1, b=2) }}"), "the argument `b` is given twice");
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "[{}%<>()a=\",'\\\\ \n\\-`“é]{0,80}") {
            run(&text);
        }
    }
}
