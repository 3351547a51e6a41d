//! The values of keys, each of its type. A wrong one is told and left out.

use std::ops::Range;

use super::reader::Reader;
use super::{BookFormat, Kind, Retired, Word, shown};
use crate::diagnostics::{Diagnostic, Place, did_you_mean};
use crate::language;
use crate::source::dates::Moment;
use crate::yaml::{Key, Node, NodeValue};

impl Reader<'_> {
    pub(super) fn wrong(&mut self, span: &Range<usize>, message: impl Into<String>) {
        let severity = self.severity();
        self.problems
            .push(Diagnostic::new(severity, message).at(Place::span(self.file, span.clone())));
    }

    pub(super) fn wrong_type(&mut self, value: &Node, expected: &str) {
        self.wrong(
            &value.span,
            format!("expected {expected}, found {}", value.kind()),
        );
    }

    pub(super) fn text(&mut self, value: &Node) -> Option<String> {
        let text = match &value.value {
            NodeValue::Text(text) => shown(text),
            NodeValue::Integer(number) => number.to_string(),
            NodeValue::Float(number) => number.to_string(),
            NodeValue::Bool(truth) => truth.to_string(),
            _ => {
                self.wrong_type(value, "text");
                return None;
            }
        };
        Some(text).filter(|text| !text.is_empty())
    }

    pub(super) fn word(&mut self, value: &Node) -> Option<Word> {
        let text = self.text(value)?;
        let span = value.span.clone();
        Some(Word { text, span })
    }

    /// The code of a language (BCP 47).
    pub(super) fn language(&mut self, value: &Node) -> Option<Word> {
        let word = self.word(value)?;
        let mut parts = word.text.split(['-', '_']);
        if !parts.next().is_some_and(language::is_code) {
            self.problems.push(
                Diagnostic::warning(format!("`{}` is no code of a language", word.text))
                    .at(Place::span(self.file, word.span.clone()))
                    .help("codes are two or three letters: en, de, es, pt-BR"),
            );
        }
        Some(word)
    }

    /// A list of words: a YAML list, or one text with commas.
    pub(super) fn words(&mut self, value: Node) -> Vec<Word> {
        match value.value {
            NodeValue::List(items) => items.iter().filter_map(|item| self.word(item)).collect(),
            NodeValue::Text(text) if text.contains(',') => {
                let part = |text: &str| Word {
                    text: text.trim().to_owned(),
                    span: value.span.clone(),
                };
                let parts = text.split(',').map(part);
                parts.filter(|word| !word.text.is_empty()).collect()
            }
            NodeValue::Map(_) => {
                self.wrong_type(&value, "a list of words");
                Vec::new()
            }
            _ => self.word(&value).into_iter().collect(),
        }
    }

    /// Authors as words, or as Hugo themes have them: `{name: …}`.
    pub(super) fn authors(&mut self, value: Node) -> Vec<Word> {
        let items = match value.value {
            NodeValue::List(items) => items,
            NodeValue::Map(_) => vec![value],
            _ => return self.words(value),
        };
        items
            .into_iter()
            .filter_map(|item| self.word_or_part(item, &["name"]))
            .collect()
    }

    /// The files that a piece is also given as, without doubles: `[epub, pdf]`, or `false`.
    pub(super) fn formats(&mut self, value: Node) -> Vec<BookFormat> {
        match value.value {
            NodeValue::Bool(true) => return BookFormat::ALL.to_vec(),
            NodeValue::Bool(false) => return Vec::new(),
            _ => {}
        }
        let mut formats = Vec::new();
        for word in self.words(value) {
            let name = word.text.to_lowercase();
            match BookFormat::ALL.into_iter().find(|f| f.name() == name) {
                Some(format) if formats.contains(&format) => {}
                Some(format) => formats.push(format),
                None => self.unknown_format(&word),
            }
        }
        formats.sort();
        formats
    }

    pub(super) fn unknown_format(&mut self, word: &Word) {
        let names = BookFormat::ALL.map(BookFormat::name);
        let help = did_you_mean(&word.text, names)
            .unwrap_or_else(|| format!("the formats are {}", names.join(" and ")));
        self.wrong(
            &word.span,
            format!("`{}` is no format of a book", word.text),
        );
        if let Some(problem) = self.problems.last_mut() {
            problem.help.push(help);
        }
    }

    /// A picture as a path, or as Hugo themes have it: `{image: …}`.
    pub(super) fn picture(&mut self, value: Node) -> Option<Word> {
        self.word_or_part(value, &["image", "src", "url", "path", "relative"])
    }

    pub(super) fn word_or_part(&mut self, value: Node, parts: &[&str]) -> Option<Word> {
        match value.value {
            NodeValue::Map(entries) => {
                let part = entries
                    .iter()
                    .find(|(key, _)| parts.contains(&key.name.as_str()))?;
                self.word(&part.1)
            }
            NodeValue::List(items) => self.word(items.first()?),
            _ => self.word(&value),
        }
    }

    pub(super) fn moment(&mut self, value: &Node) -> Option<Moment> {
        let text = self.text(value)?;
        match Moment::parse(&text) {
            Ok(moment) => Some(moment),
            Err(message) => {
                self.wrong(&value.span, message);
                None
            }
        }
    }

    pub(super) fn truth(&mut self, value: &Node) -> bool {
        match &value.value {
            NodeValue::Bool(truth) => *truth,
            NodeValue::Text(text) if text.eq_ignore_ascii_case("true") => true,
            NodeValue::Text(text) if text.eq_ignore_ascii_case("false") => false,
            _ => {
                self.wrong_type(value, "true or false");
                false
            }
        }
    }

    pub(super) fn whole_number(&mut self, value: &Node) -> Option<i64> {
        let number = match &value.value {
            NodeValue::Integer(number) => Some(*number),
            NodeValue::Text(text) => text.trim().parse().ok(),
            _ => None,
        };
        if number.is_none() {
            self.wrong_type(value, "a whole number");
        }
        number
    }

    pub(super) fn kind(&mut self, value: &Node, key: &Key) -> Option<Kind> {
        const KINDS: [Kind; 6] = [
            Kind::Article,
            Kind::Link,
            Kind::File,
            Kind::Page,
            Kind::Author,
            Kind::Handout,
        ];
        let text = self.text(value)?;
        let found = KINDS.into_iter().find(|kind| kind.name() == text);
        if found.is_none() {
            let names = KINDS.map(Kind::name);
            let help = did_you_mean(&text, names)
                .unwrap_or_else(|| format!("the kinds are {}", names.join(", ")));
            let severity = self.severity();
            self.problems.push(
                Diagnostic::new(severity, format!("`{text}` is no kind of document"))
                    .at(Place::span(self.file, key.span.start..value.span.end))
                    .help(help),
            );
        }
        found
    }

    pub(super) fn retired(&mut self, value: &Node) -> Option<Retired> {
        match &value.value {
            NodeValue::Bool(false) => None,
            NodeValue::Bool(true) => Some(Retired { reason: None }),
            _ => self.text(value).map(|reason| Retired {
                reason: Some(reason),
            }),
        }
    }
}
