//! From YAML to what it asks for. Knows the keys and the shapes of their values, nothing of which
//! industries there are.

use std::ops::Range;

use super::{Problems, Word};
use crate::diagnostics::{Diagnostic, did_you_mean};
use crate::yaml::{Key, Node, NodeValue};

/// What the file asks for.
#[derive(Debug, Default)]
pub(super) struct Own {
    pub(super) add: Vec<Entry>,
    /// The slug of a built-in industry, and what changes.
    pub(super) rename: Vec<(Word, Entry)>,
    pub(super) hide: Vec<Word>,
    pub(super) show: Vec<Word>,
}

/// What is said of one industry.
#[derive(Debug, Default)]
pub(super) struct Entry {
    pub(super) span: Range<usize>,
    pub(super) slug: Option<Word>,
    pub(super) name: Option<Word>,
    pub(super) sector: Option<Word>,
    pub(super) naics: Vec<Word>,
    pub(super) aliases: Vec<Word>,
    /// The language and the name in it.
    pub(super) names: Vec<(String, Word)>,
}

const TOP_KEYS: &[&str] = &["add", "rename", "hide", "show"];
const ADD_KEYS: &[&str] = &["slug", "name", "sector", "naics", "aliases", "names"];
const RENAME_KEYS: &[&str] = &["slug", "name", "aliases", "names"];

/// Reads the whole file.
pub(super) fn read(node: &Node, problems: &mut Problems) -> Own {
    let mut own = Own::default();
    for (key, value) in map(node, problems) {
        match key.name.as_str() {
            "add" => {
                own.add = list(value)
                    .iter()
                    .filter_map(|item| added(item, problems))
                    .collect();
            }
            "rename" => {
                for (slug, changes) in map(value, problems) {
                    let entry = entry(changes, slug.span.clone(), RENAME_KEYS, problems);
                    own.rename.push((key_word(slug), entry));
                }
            }
            "hide" => own.hide = words(value, problems),
            "show" => own.show = words(value, problems),
            _ => unknown_key(key, TOP_KEYS, problems),
        }
    }
    own
}

/// An industry to add. What holds no keys is told as such, not as an industry without a slug too.
fn added(node: &Node, problems: &mut Problems) -> Option<Entry> {
    match node.value {
        NodeValue::Map(_) => Some(entry(node, node.span.clone(), ADD_KEYS, problems)),
        _ => {
            expected("keys and values", node, problems);
            None
        }
    }
}

/// Reads what is said of one industry; `keys` are those that may be used here.
fn entry(node: &Node, span: Range<usize>, keys: &[&str], problems: &mut Problems) -> Entry {
    let mut entry = Entry {
        span,
        ..Entry::default()
    };
    for (key, value) in map(node, problems) {
        match key.name.as_str() {
            name if !keys.contains(&name) => unknown_key(key, keys, problems),
            "slug" => entry.slug = word(value, problems),
            "name" => entry.name = word(value, problems),
            "sector" => entry.sector = word(value, problems),
            "naics" => entry.naics = words(value, problems),
            "aliases" => entry.aliases = words(value, problems),
            _ => entry.names = names(value, problems),
        }
    }
    entry
}

/// Names by language.
fn names(node: &Node, problems: &mut Problems) -> Vec<(String, Word)> {
    let mut names = Vec::new();
    for (lang, name) in map(node, problems) {
        if !is_language(&lang.name) {
            let problem = Diagnostic::error(format!("`{}` is not a language code", lang.name))
                .help("a language is two or three letters, such as `es` or `pt-BR`");
            problems.push(&lang.span, problem);
        } else if let Some(name) = word(name, problems) {
            names.push((lang.name.clone(), name));
        }
    }
    names
}

fn is_language(code: &str) -> bool {
    let mut parts = code.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=3).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|part| {
            (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        })
}

/// The entries of a map; nothing where there is nothing.
fn map<'n>(node: &'n Node, problems: &mut Problems) -> &'n [(Key, Node)] {
    match &node.value {
        NodeValue::Map(entries) => entries,
        NodeValue::Null => &[],
        _ => {
            expected("keys and values", node, problems);
            &[]
        }
    }
}

/// The items of a list. One value alone is a list of one, nothing an empty list.
fn list(node: &Node) -> &[Node] {
    match &node.value {
        NodeValue::List(items) => items,
        NodeValue::Null => &[],
        _ => std::slice::from_ref(node),
    }
}

fn words(node: &Node, problems: &mut Problems) -> Vec<Word> {
    list(node)
        .iter()
        .filter_map(|item| word(item, problems))
        .collect()
}

/// A value as text: `238220` is a code whether it stands in quotes or not.
fn word(node: &Node, problems: &mut Problems) -> Option<Word> {
    let text = match &node.value {
        NodeValue::Text(text) => text.trim().to_owned(),
        NodeValue::Bool(value) => value.to_string(),
        NodeValue::Integer(value) => value.to_string(),
        NodeValue::Float(value) => value.to_string(),
        NodeValue::Null | NodeValue::List(_) | NodeValue::Map(_) => {
            expected("text", node, problems);
            return None;
        }
    };
    if text.is_empty() {
        expected("text", node, problems);
        return None;
    }
    let span = node.span.clone();
    Some(Word { text, span })
}

fn key_word(key: &Key) -> Word {
    Word {
        text: key.name.clone(),
        span: key.span.clone(),
    }
}

fn expected(what: &str, node: &Node, problems: &mut Problems) {
    let found = match &node.value {
        NodeValue::Text(_) if what == "text" => "nothing",
        _ => node.kind(),
    };
    let problem = Diagnostic::error(format!("expected {what}, found {found}"));
    problems.push(&node.span, problem);
}

fn unknown_key(key: &Key, known: &[&str], problems: &mut Problems) {
    let help = did_you_mean(&key.name, known.iter().copied())
        .unwrap_or_else(|| format!("the keys known here are: {}", known.join(", ")));
    let problem = Diagnostic::error(format!("unknown key `{}`", key.name)).help(help);
    problems.push(&key.span, problem);
}
