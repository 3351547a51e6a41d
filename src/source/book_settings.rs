//! What book.yaml, or mdBook's book.toml, says of a book.

use std::sync::Arc;

use super::book::{self, Outline};
use super::front_matter::{self, FrontMatter};
use super::split::Rule;
use super::walk::BookFolder;
use super::{BookSource, Reader};
use crate::diagnostics::Diagnostic;
use crate::yaml::{Node, NodeValue};

impl Reader<'_> {
    /// What book.yaml or book.toml say.
    pub(super) fn book_settings(
        &self,
        folder: &str,
        book: &BookFolder,
        problems: &mut Vec<Diagnostic>,
    ) -> Result<BookSettings, Box<Diagnostic>> {
        let others = book.mdbook.as_ref().or(book.gitbook.as_ref());
        let Some(entry) = book.settings.as_ref().or(others) else {
            let file = match &book.summary {
                Some(summary) => self.name(&summary.path),
                None => self.name(folder),
            };
            return Ok(BookSettings {
                file,
                ..BookSettings::default()
            });
        };
        let file = self.name(&entry.path);
        let text = self.text(entry, &file)?;
        let mut node = match (&book.settings, &book.mdbook) {
            (Some(_), _) => Node::from_yaml(&file, &text, 0..text.len())?,
            (None, None) => gitbook_table(Node::from_yaml(&file, &text, 0..text.len())?),
            (None, Some(_)) => mdbook_table(crate::toml::node(&file, &text, 0..text.len())?),
        };
        call_language(&mut node);
        let chapters = take(&mut node, "chapters");
        let split = take(&mut node, "split")
            .and_then(|node| Rule::read(&file, &node, self.config.severity(), problems));
        let mut text_of = |keys: &[&str]| {
            let value = keys.iter().filter_map(|key| take(&mut node, key)).next()?;
            match value.to_json() {
                serde_json::Value::String(text) => Some(text),
                other => Some(other.to_string()),
            }
        };
        let special = BookSource {
            outline: Outline::default(),
            subtitle: text_of(&["subtitle"]),
            edition: text_of(&["edition"]),
            licence: text_of(&["licence", "license"]),
            publisher: text_of(&["publisher"]),
            whole: None,
        };
        let listed = chapters.map(|node| book::from_settings(&file, folder, &node, problems));
        let front = front_matter::from_node(&file, node, &OWN, !self.config.strict, problems);
        Ok(BookSettings {
            file,
            front: Some(front),
            special,
            listed,
            split,
        })
    }
}

/// The keys that only the settings of a book have.
const OWN: [&str; 6] = [
    "chapters",
    "subtitle",
    "edition",
    "licence",
    "license",
    "publisher",
];

/// What the settings of a book say.
#[derive(Default)]
pub(super) struct BookSettings {
    /// The file that they stand in.
    pub file: Arc<str>,
    pub front: Option<FrontMatter>,
    pub special: BookSource,
    /// The order of the chapters, where it is given.
    pub listed: Option<Outline>,
    /// How one file is taken apart.
    pub split: Option<Rule>,
}

/// The `[book]` table of mdBook's settings.
fn mdbook_table(mut node: Node) -> Node {
    let span = node.span.clone();
    let mut table = take(&mut node, "book").unwrap_or(Node {
        span,
        value: NodeValue::Null,
    });
    for theirs in ["src", "multilingual", "text-direction"] {
        take(&mut table, theirs);
    }
    table
}

/// What the older GitBook's book.json says of the book itself.
fn gitbook_table(mut node: Node) -> Node {
    if let NodeValue::Map(entries) = &mut node.value {
        const OURS: [&str; 4] = ["title", "description", "author", "language"];
        entries.retain(|(key, _)| OURS.contains(&key.name.as_str()));
    }
    node
}

/// What others call `language` is `lang` here.
fn call_language(table: &mut Node) {
    if let NodeValue::Map(entries) = &mut table.value
        && !entries.iter().any(|(key, _)| key.name == "lang")
    {
        for (key, _) in entries.iter_mut().filter(|(key, _)| key.name == "language") {
            "lang".clone_into(&mut key.name);
        }
    }
}

fn take(node: &mut Node, key: &str) -> Option<Node> {
    let NodeValue::Map(entries) = &mut node.value else {
        return None;
    };
    let at = entries.iter().position(|(name, _)| name.name == key)?;
    Some(entries.remove(at).1)
}
