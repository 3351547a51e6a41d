//! The one door to TOML: front matter between `+++` lines, as a tree that knows its places.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostics::{Diagnostic, Place};
use crate::yaml::{Key, Node, NodeValue};

/// Reads the part `part` of a file as TOML.
///
/// # Errors
/// What is wrong, with its place in the file.
pub fn node(file: &str, text: &str, part: Range<usize>) -> Result<Node, Box<Diagnostic>> {
    let start = part.start;
    let table = DeTable::parse(&text[part.clone()]).map_err(|error| {
        let span = error.span().unwrap_or(0..0);
        Box::new(
            Diagnostic::error(format!("this TOML cannot be read: {}", error.message()))
                .at(Place::span(file, span.start + start..span.end + start).with_text(text)),
        )
    })?;
    Ok(Node {
        span: part,
        value: map(table.into_inner(), start),
    })
}

fn map(table: DeTable<'_>, start: usize) -> NodeValue {
    let entry = |(name, value): (Spanned<_>, Spanned<DeValue<'_>>)| {
        let key = Key {
            span: shift(name.span(), start),
            name: std::borrow::Cow::into_owned(name.into_inner()),
        };
        (key, from_value(value, start))
    };
    NodeValue::Map(table.into_iter().map(entry).collect())
}

fn from_value(value: Spanned<DeValue<'_>>, start: usize) -> Node {
    let span = shift(value.span(), start);
    let value = match value.into_inner() {
        DeValue::String(text) => NodeValue::Text(text.into_owned()),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => NodeValue::Integer(number),
            Err(_) => NodeValue::Text(number.to_string()),
        },
        DeValue::Float(number) => match number.as_str().parse() {
            Ok(number) => NodeValue::Float(number),
            Err(_) => NodeValue::Text(number.to_string()),
        },
        DeValue::Boolean(truth) => NodeValue::Bool(truth),
        DeValue::Datetime(moment) => NodeValue::Text(moment.to_string()),
        DeValue::Array(items) => NodeValue::List(
            items
                .into_iter()
                .map(|item| from_value(item, start))
                .collect(),
        ),
        DeValue::Table(table) => map(table, start),
    };
    Node { span, value }
}

fn shift(span: Range<usize>, by: usize) -> Range<usize> {
    span.start + by..span.end + by
}
