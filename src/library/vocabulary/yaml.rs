//! A YAML text as a tree in which every key and value knows its place.
//!
//! Reading into typed structs ends at the first value that does not fit. A tree holds all of them,
//! so that everything wrong with a file can be told at once.

use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{Location, MessageFormatter, Spanned, UserMessageFormatter};

use crate::diagnostics::{Diagnostic, Place};

/// A value that remembers where it stood.
#[derive(Debug)]
pub(super) struct Node {
    /// The bytes of the value in its file.
    pub(super) span: Range<usize>,
    pub(super) value: NodeValue,
}

/// The shapes that a [`Node`] can have.
#[derive(Debug)]
pub(super) enum NodeValue {
    Null,
    Bool(bool),
    Integer(i64),
    Float(f64),
    Text(String),
    List(Vec<Node>),
    /// Keys and values, in the order in which they were written.
    Map(Vec<(Key, Node)>),
}

/// A key of a map, and where it stood.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) span: Range<usize>,
    pub(super) name: String,
}

impl Node {
    /// Reads the part `part` of a YAML file.
    ///
    /// # Errors
    /// What is wrong with the YAML itself, with its place in `file`.
    pub(super) fn from_yaml(
        file: &str,
        text: &str,
        part: Range<usize>,
    ) -> Result<Node, Box<Diagnostic>> {
        let yaml = text.get(part.clone()).unwrap_or_default();
        let options = serde_yaml::options! {
            strict_booleans: true,
            leading_zero_numbers_as_strings: true,
        };
        let mut node: Node = serde_yaml::from_str_with_options(yaml, options).map_err(|error| {
            let error = error.without_snippet();
            let message = UserMessageFormatter.format_message(error);
            let span = error
                .location()
                .map_or(0..0, |location| error_span(yaml, location));
            let place = Place::span(file, part.start + span.start..part.start + span.end);
            Diagnostic::error(format!("this YAML cannot be read: {message}")).at(place)
        })?;
        node.shift(part.start);
        Ok(node)
    }

    fn shift(&mut self, by: usize) {
        let moved = |span: &Range<usize>| span.start + by..span.end + by;
        self.span = moved(&self.span);
        match &mut self.value {
            NodeValue::List(items) => items.iter_mut().for_each(|item| item.shift(by)),
            NodeValue::Map(entries) => entries.iter_mut().for_each(|(key, value)| {
                key.span = moved(&key.span);
                value.shift(by);
            }),
            _ => {}
        }
    }

    /// What the value is, in words, for messages.
    pub(super) fn kind(&self) -> &'static str {
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

/// The bytes that the location of an error means. One that the scanner made counts characters only.
fn error_span(yaml: &str, location: Location) -> Range<usize> {
    let span = location.span();
    let index = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let start = match span.byte_offset() {
        Some(offset) => index(offset).min(yaml.len()),
        None => yaml
            .char_indices()
            .nth(index(span.offset()))
            .map_or(yaml.len(), |(at, _)| at),
    };
    let start = yaml.floor_char_boundary(start);
    let len = index(span.byte_len().unwrap_or(span.len()));
    start..yaml.ceil_char_boundary(start.saturating_add(len))
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

    fn visit_unit<E>(self) -> Result<NodeValue, E> {
        Ok(NodeValue::Null)
    }

    fn visit_none<E>(self) -> Result<NodeValue, E> {
        Ok(NodeValue::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<NodeValue, D::Error> {
        NodeValue::deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<NodeValue, E> {
        Ok(NodeValue::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<NodeValue, E> {
        Ok(NodeValue::Integer(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<NodeValue, E> {
        Ok(match i64::try_from(value) {
            Ok(value) => NodeValue::Integer(value),
            Err(_) => NodeValue::Float(value as f64),
        })
    }

    fn visit_i128<E>(self, value: i128) -> Result<NodeValue, E> {
        Ok(NodeValue::Float(value as f64))
    }

    fn visit_u128<E>(self, value: u128) -> Result<NodeValue, E> {
        Ok(NodeValue::Float(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<NodeValue, E> {
        Ok(NodeValue::Float(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<NodeValue, E> {
        Ok(NodeValue::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<NodeValue, E> {
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

    fn read(text: &str) -> Result<Node, Box<Diagnostic>> {
        Node::from_yaml("f", text, 0..text.len())
    }

    #[test]
    fn keys_and_values_know_their_bytes() {
        let text = "é: [238220, \"b c\", 0071, no]\nö:\n";
        let NodeValue::Map(entries) = read(text).unwrap().value else {
            panic!("not a map")
        };
        let keys: Vec<&str> = entries
            .iter()
            .map(|(key, _)| &text[key.span.clone()])
            .collect();
        assert_eq!(keys, ["é", "ö"]);
        let NodeValue::List(list) = &entries[0].1.value else {
            panic!("{entries:?}")
        };
        let values: Vec<&str> = list.iter().map(|node| &text[node.span.clone()]).collect();
        assert_eq!(values, ["238220", "\"b c\"", "0071", "no"]);
        assert!(matches!(&list[2].value, NodeValue::Text(text) if text == "0071"));
        assert!(matches!(&list[3].value, NodeValue::Text(text) if text == "no"));
        assert!(matches!(entries[1].1.value, NodeValue::Null));
    }

    #[test]
    fn an_error_has_its_place() {
        let place = |text: &str| read(text).unwrap_err().place.unwrap().span.unwrap();
        assert_eq!(place("é: [1"), 4..5);
        assert_eq!(place("a:\n\t- b").start, 4);
        assert_eq!(place("a: *z").start, 3);
        assert_eq!(place("a: 1\na: 2").start, 5);
        assert_eq!(place("a: 1\n---\nb: 2\n").start, 9);
    }

    #[test]
    fn nothing_is_null() {
        for text in ["", " \n", "# only a remark\n", "---\n", "~"] {
            let value = read(text).map(|node| node.value);
            assert!(matches!(value, Ok(NodeValue::Null)), "{text:?} {value:?}");
        }
    }
}
