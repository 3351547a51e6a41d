//! Reading the arguments of a call: `kind="tip", width=3)`.

use std::ops::Range;

use serde_json::Value;

use super::Arg;

/// How many arguments a call has at most.
const MOST_ARGS: usize = 100;

/// Reads the arguments of a call.
pub(super) struct Scanner<'a> {
    /// The whole text.
    pub text: &'a str,
    /// How far it is read.
    pub at: usize,
    /// Where the text starts in its file.
    pub start: usize,
}

/// What is wrong, and where in the text.
pub(super) type Wrong = (Range<usize>, String);

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
    pub fn args(&mut self, closer: &str) -> Result<Vec<Arg>, Wrong> {
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
