//! `chapters:` in book.yaml.

use super::{DEEPEST, Outline, OutlineChapter, OutlineItem, join, too_deep};
use crate::diagnostics::{Diagnostic, Place, did_you_mean};
use crate::yaml::{Node, NodeValue};

/// Reads the `chapters:` of a book.yaml: file names, `{file, title, chapters}`, and
/// `{part, chapters}`. Paths are relative to the book's `folder`.
pub fn from_settings(
    file: &str,
    folder: &str,
    node: &Node,
    problems: &mut Vec<Diagnostic>,
) -> Outline {
    let mut reader = SettingsReader {
        file,
        folder,
        problems,
    };
    let mut outline = Outline::default();
    let items = reader.list(node);
    let has_parts = items.iter().any(|item| part_title(item).is_some());
    for item in items {
        match part_title(item) {
            Some(title) => {
                reader.tell_unknown(item, ["part", "chapters"]);
                outline.items.push(OutlineItem::Part(title.to_owned()));
                for child in value_of(item, "chapters")
                    .map(|node| reader.list(node))
                    .unwrap_or_default()
                {
                    let chapter = reader.chapter(child, true, 0);
                    outline.items.extend(chapter.map(OutlineItem::Chapter));
                }
            }
            // Beside parts, what stands alone is a foreword or an appendix.
            None => {
                let chapter = reader.chapter(item, !has_parts, 0);
                outline.items.extend(chapter.map(OutlineItem::Chapter));
            }
        }
    }
    outline
}

fn value_of<'a>(node: &'a Node, key: &str) -> Option<&'a Node> {
    match &node.value {
        NodeValue::Map(entries) => entries
            .iter()
            .find(|(name, _)| name.name == key)
            .map(|(_, value)| value),
        _ => None,
    }
}

fn text_of(node: &Node) -> Option<&str> {
    match &node.value {
        NodeValue::Text(text) => Some(text),
        _ => None,
    }
}

fn part_title(node: &Node) -> Option<&str> {
    value_of(node, "part").and_then(text_of)
}

struct SettingsReader<'a> {
    file: &'a str,
    folder: &'a str,
    problems: &'a mut Vec<Diagnostic>,
}

impl SettingsReader<'_> {
    fn list<'n>(&mut self, node: &'n Node) -> &'n [Node] {
        match &node.value {
            NodeValue::List(items) => items,
            _ => {
                self.wrong(node, "a list of chapters");
                &[]
            }
        }
    }

    fn chapter(&mut self, node: &Node, numbered: bool, depth: usize) -> Option<OutlineChapter> {
        self.tell_unknown(node, ["file", "title", "chapters"]);
        let file = text_of(node).or_else(|| value_of(node, "file").and_then(text_of));
        let title = value_of(node, "title").and_then(text_of);
        if depth > DEEPEST {
            self.problems
                .push(too_deep(Place::span(self.file, node.span.clone())));
            return None;
        }
        if file.is_none() && title.is_none() {
            self.wrong(
                node,
                "a chapter: a file name, or `file:` with `title:` and `chapters:`",
            );
            return None;
        }
        let children = value_of(node, "chapters")
            .map(|node| self.list(node))
            .unwrap_or_default();
        Some(OutlineChapter {
            title: title.map(str::to_owned),
            path: file.map(|file| join(self.folder, file)),
            place: Place::span(self.file, node.span.clone()),
            numbered,
            children: children
                .iter()
                .filter_map(|child| self.chapter(child, numbered, depth + 1))
                .collect(),
        })
    }

    fn tell_unknown<const N: usize>(&mut self, node: &Node, known: [&'static str; N]) {
        if let NodeValue::Map(entries) = &node.value {
            let mut keys = entries.iter().map(|(key, _)| key);
            let unknown = keys.find(|key| !known.contains(&key.name.as_str()));
            self.problems.extend(unknown.map(|key| {
                let help = did_you_mean(&key.name, known);
                Diagnostic::warning(format!("`{}` is no key that Goodturn knows", key.name))
                    .at(Place::span(self.file, key.span.clone()))
                    .help(
                        help.unwrap_or_else(|| {
                            format!("what can stand here: {}", known.join(", "))
                        }),
                    )
            }));
        }
    }

    fn wrong(&mut self, node: &Node, expected: &str) {
        self.problems.push(
            Diagnostic::error(format!("expected {expected}, found {}", node.kind()))
                .at(Place::span(self.file, node.span.clone())),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::lines;
    use super::*;

    #[test]
    fn settings_name_parts_and_chapters() {
        let text = "- a.md\n- part: P\n  chapters: [b.md, {file: c.md, title: C, chapters: [d.md]}]\n- 3\n";
        let node = Node::from_yaml("book.yaml", text, 0..text.len()).expect("valid");
        let mut problems = Vec::new();
        let outline = from_settings("book.yaml", "x", &node, &mut problems);
        assert_eq!(
            lines(&outline),
            [" - x/a.md", "1 - x/b.md", "2 C x/c.md", "  2.1 - x/d.md"]
        );
        assert_eq!(problems.len(), 1);
    }
}
