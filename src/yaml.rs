//! The one door to YAML: options, values that remember where they stood, and errors with a place.
//!
//! The dependency named `serde_yaml` is the crate serde-saphyr; nothing outside this module and
//! the vocabulary depends on which crate it is.

mod quote;

use std::fmt;
use std::ops::Range;

use serde::de::{DeserializeOwned, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, de};
use serde_yaml::{Error, Location, Spanned};

use crate::diagnostics::{Diagnostic, Place, did_you_mean};

pub use quote::{list, scalar};

/// How deep lists and maps lie in each other at most. What reads them calls itself for each level,
/// and the stack of a thread is small.
const DEEPEST: usize = 24;

/// Reads YAML as people expect it: `yes` and `007` are words, not a truth value and a number.
pub fn options() -> serde_yaml::Options {
    serde_yaml::options! {
        budget: serde_yaml::budget! { max_depth: DEEPEST },
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
    }
}

/// Reads a whole YAML file into a typed value.
///
/// # Errors
/// One problem with its place in `file`, a misspelt key with the nearest right one.
pub fn from_file<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, Box<Diagnostic>> {
    from_part(file, text, 0..text.len())
}

/// Reads the part `part` of a file as YAML; places in errors count from the start of the file.
///
/// # Errors
/// As [`from_file`].
pub fn from_part<T: DeserializeOwned>(
    file: &str,
    text: &str,
    part: Range<usize>,
) -> Result<T, Box<Diagnostic>> {
    let (start, yaml) = without_bom(part.start, &text[part]);
    serde_yaml::from_str_with_options(yaml, options())
        .map_err(|error| Box::new(diagnose(&error, file, text, start, yaml)))
}

fn without_bom(start: usize, text: &str) -> (usize, &str) {
    match text.strip_prefix('\u{feff}') {
        Some(rest) => (start + '\u{feff}'.len_utf8(), rest),
        None => (start, text),
    }
}

/// Turns the crate's error into a problem with a place. `start` is where `yaml` begins in `text`.
fn diagnose(error: &Error, file: &str, text: &str, start: usize, yaml: &str) -> Diagnostic {
    let error = error.without_snippet();
    let span = error
        .location()
        .map_or(0..0, |location| location_span(&location, yaml));
    let place = Place::span(file, start + span.start..start + span.end).with_text(text);
    let (message, help) = words(error, &yaml[span.start..]);
    Diagnostic::error(message).at(place).maybe_help(help)
}

/// What to say of an error, and what to do about it.
fn words(error: &Error, at: &str) -> (String, Option<String>) {
    if let Error::SerdeUnknownField {
        field, expected, ..
    } = error
    {
        let help = did_you_mean(field, expected.iter().copied())
            .unwrap_or_else(|| format!("the keys known here are: {}", expected.join(", ")));
        return (format!("unknown key `{field}`"), Some(help));
    }
    let full = error.to_string();
    let message = full
        .split(" at line ")
        .next()
        .unwrap_or(&full)
        .split(", set DuplicateKeyPolicy")
        .next()
        .unwrap_or(&full);
    let message = match message {
        // Where the reader gives up, in its own words.
        _ if message.contains("recursion limit") || message.contains("breached: Depth") => {
            return (
                format!("this YAML is nested more than {DEEPEST} deep"),
                Some("write it flatter: a list or a map on fewer levels".to_owned()),
            );
        }
        _ if message.starts_with("budget breached") => {
            return (
                "this YAML grows too large when it is read".to_owned(),
                Some("write things out instead of `&name` and `*name`, or write less".to_owned()),
            );
        }
        "expected mapping start" => "expected lines `key: value`",
        _ if message.starts_with("invalid u") => "expected a whole number that is not negative",
        _ => message,
    };
    let help = if message.contains("tab") {
        Some("YAML is indented with spaces only: replace the tab by two spaces")
    } else if message.contains("duplicate") {
        Some("a key may stand only once: keep one of the two lines")
    } else if message.contains("mapping values are not allowed") || at.starts_with(": ") {
        Some("text that holds a colon needs quotes: title: \"Notes: part one\"")
    } else {
        None
    };
    (
        format!("this YAML cannot be read: {message}"),
        help.map(str::to_owned),
    )
}

/// The bytes of `yaml` that a location means.
fn location_span(location: &Location, yaml: &str) -> Range<usize> {
    let span = location.span();
    if let (Some(at), Some(len)) = (span.byte_offset(), span.byte_len()) {
        let start = (at as usize).min(yaml.len());
        let end = start.saturating_add(len as usize).min(yaml.len());
        if yaml.is_char_boundary(start) && yaml.is_char_boundary(end) {
            return start..end;
        }
    }
    let start = offset(yaml, location.line() as usize, location.column() as usize);
    start..yaml.ceil_char_boundary((start + 1).min(yaml.len()))
}

/// The byte position of a line and column, both counted from 1, the column in characters.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let mut lines = text.split_inclusive('\n');
    let before: usize = lines
        .by_ref()
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let in_line = lines.next().map_or(0, |line| {
        line.char_indices()
            .nth(column.saturating_sub(1))
            .map_or(line.trim_end_matches(['\n', '\r']).len(), |(at, _)| at)
    });
    before + in_line
}

/// A value of any shape that remembers where it stood.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The bytes of the value in its file.
    pub span: Range<usize>,
    /// The value itself.
    pub value: NodeValue,
}

/// The shapes a [`Node`] can have.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeValue {
    /// Nothing: `key:` or `key: null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Float(f64),
    /// Text; dates too, in the form in which they were written.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Keys and values, in the order in which they were written.
    Map(Vec<(Key, Node)>),
}

/// A key of a map, and where it stood.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// The bytes of the key in its file.
    pub span: Range<usize>,
    /// The key.
    pub name: String,
}

impl Node {
    /// Reads the part `part` of a YAML file.
    ///
    /// # Errors
    /// As [`from_part`].
    pub fn from_yaml(file: &str, text: &str, part: Range<usize>) -> Result<Node, Box<Diagnostic>> {
        let (start, yaml) = without_bom(part.start, &text[part]);
        let mut node: Node = serde_yaml::from_str_with_options(yaml, options())
            .map_err(|error| Box::new(diagnose(&error, file, text, start, yaml)))?;
        node.place(yaml, start);
        Ok(node)
    }

    /// Moves every span from the part to the file, and back to where a character begins: odd
    /// input (a byte order mark in the middle) has made the parser count differently.
    fn place(&mut self, yaml: &str, start: usize) {
        let placed = |span: &Range<usize>| {
            let from = yaml.floor_char_boundary(span.start);
            let to = yaml.floor_char_boundary(span.end).max(from);
            from + start..to + start
        };
        self.span = placed(&self.span);
        match &mut self.value {
            NodeValue::List(items) => items.iter_mut().for_each(|item| item.place(yaml, start)),
            NodeValue::Map(entries) => {
                for (key, value) in entries {
                    key.span = placed(&key.span);
                    value.place(yaml, start);
                }
            }
            _ => {}
        }
    }

    /// The value as JSON, for templates.
    pub fn to_json(&self) -> serde_json::Value {
        use serde_json::Value;
        match &self.value {
            NodeValue::Null => Value::Null,
            NodeValue::Bool(value) => Value::Bool(*value),
            NodeValue::Integer(value) => Value::from(*value),
            NodeValue::Float(value) => Value::from(*value),
            NodeValue::Text(value) => Value::String(value.clone()),
            NodeValue::List(items) => items.iter().map(Node::to_json).collect(),
            NodeValue::Map(entries) => entries
                .iter()
                .map(|(key, value)| (key.name.clone(), value.to_json()))
                .collect(),
        }
    }

    /// What the value is, in words, for messages.
    pub fn kind(&self) -> &'static str {
        match &self.value {
            NodeValue::Null => "nothing",
            NodeValue::Bool(_) => "true or false",
            NodeValue::Integer(_) | NodeValue::Float(_) => "a number",
            NodeValue::Text(_) => "text",
            NodeValue::List(_) => "a list",
            NodeValue::Map(_) => "keys and values",
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<NodeValue>::deserialize(deserializer)?;
        Ok(Node {
            span: byte_span(&spanned.referenced),
            value: spanned.value,
        })
    }
}

fn byte_span(location: &Location) -> Range<usize> {
    let span = location.span();
    let start = span.byte_offset().unwrap_or_default() as usize;
    start..start.saturating_add(span.byte_len().unwrap_or_default() as usize)
}

impl<'de> Deserialize<'de> for NodeValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = NodeValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<NodeValue, E> {
        Ok(NodeValue::Null)
    }

    fn visit_none<E: de::Error>(self) -> Result<NodeValue, E> {
        Ok(NodeValue::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<NodeValue, D::Error> {
        NodeValue::deserialize(deserializer)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<NodeValue, E> {
        Ok(NodeValue::Bool(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<NodeValue, E> {
        Ok(NodeValue::Integer(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<NodeValue, E> {
        Ok(match i64::try_from(value) {
            Ok(value) => NodeValue::Integer(value),
            Err(_) => NodeValue::Float(value as f64),
        })
    }

    fn visit_i128<E: de::Error>(self, value: i128) -> Result<NodeValue, E> {
        Ok(NodeValue::Float(value as f64))
    }

    fn visit_u128<E: de::Error>(self, value: u128) -> Result<NodeValue, E> {
        Ok(NodeValue::Float(value as f64))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<NodeValue, E> {
        Ok(NodeValue::Float(value))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<NodeValue, E> {
        Ok(NodeValue::Text(value.to_owned()))
    }

    fn visit_string<E: de::Error>(self, value: String) -> Result<NodeValue, E> {
        Ok(NodeValue::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<NodeValue, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(NodeValue::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<NodeValue, A::Error> {
        let mut map = Vec::new();
        while let Some(key) = entries.next_key::<Spanned<String>>()? {
            let span = byte_span(&key.referenced);
            let name = key.value;
            map.push((Key { span, name }, entries.next_value()?));
        }
        Ok(NodeValue::Map(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_and_key_knows_its_bytes() {
        let text = "---\ntitle: Héllo\ntags: [a, b]\n---\n";
        let node = Node::from_yaml("a.md", text, 4..text.len() - 4).expect("valid");
        let NodeValue::Map(entries) = &node.value else {
            panic!("a map")
        };
        let (key, value) = &entries[0];
        assert_eq!(&text[key.span.clone()], "title");
        assert_eq!(&text[value.span.clone()], "Héllo");
        let NodeValue::List(tags) = &entries[1].1.value else {
            panic!("a list")
        };
        assert_eq!(&text[tags[1].span.clone()], "b");
    }

    #[test]
    fn an_error_points_into_the_file_not_into_the_part() {
        let text = "---\na: 1\na: 2\n---\n";
        let error = Node::from_yaml("a.md", text, 4..14).expect_err("a duplicate key");
        assert_eq!(error.place.and_then(|place| place.span), Some(9..10));
    }

    #[test]
    fn bombs_and_depth_are_refused() {
        let deep = "[".repeat(10_000);
        assert!(Node::from_yaml("a", &deep, 0..deep.len()).is_err());
        let mut bomb = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for i in 1..12 {
            let refs = vec![format!("*a{}", i - 1); 9].join(",");
            bomb += &format!("a{i}: &a{i} [{refs}]\n");
        }
        assert!(Node::from_yaml("a", &bomb, 0..bomb.len()).is_err());
    }

    #[test]
    fn a_words_first_letter_is_marked() {
        assert_eq!(offset("ab\ncé d\n", 2, 3), 6);
        assert_eq!(offset("ab", 9, 9), 2);
    }
}
