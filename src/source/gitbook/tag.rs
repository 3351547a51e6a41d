//! One tag: `{% name key="value" %}`.

use std::ops::Range;

/// A tag of GitBook in a text.
#[derive(Debug)]
pub(super) struct Tag<'t> {
    /// Its bytes.
    pub span: Range<usize>,
    /// Its name.
    pub name: &'t str,
    /// What follows the name.
    rest: &'t str,
}

impl<'t> Tag<'t> {
    /// Reads the tag at a place; nothing where there is none, or one of ours.
    pub fn read(text: &'t str, at: usize) -> Option<Tag<'t>> {
        let inside = text.get(at..)?.strip_prefix("{%")?;
        let line = inside.split('\n').next()?;
        let length = line.find("%}")?;
        let words = line.get(..length)?.trim();
        let end = words.find(|c: char| !c.is_ascii_alphanumeric() && !"@/_-".contains(c));
        let (name, rest) = words.split_at(end.unwrap_or(words.len()));
        let is_ours = name == "end" || rest.trim_start().starts_with('(');
        (!name.is_empty() && !is_ours).then_some(Tag {
            span: at..at + "{%".len() + length + "%}".len(),
            name,
            rest: rest.trim(),
        })
    }

    /// The value of a key.
    pub fn value(&self, key: &str) -> Option<&'t str> {
        let mut from = 0;
        while let Some(found) = self.rest.get(from..)?.find(key) {
            let start = from + found;
            let before = self.rest.get(..start)?;
            let after = self.rest.get(start + key.len()..)?.trim_start();
            if (before.is_empty() || before.ends_with(char::is_whitespace))
                && let Some(value) = after.strip_prefix('=')
            {
                return quoted(value.trim_start());
            }
            from = start + key.len();
        }
        None
    }

    /// What stands there without a key.
    pub fn words(&self) -> Option<&'t str> {
        quoted(self.rest)
    }

    /// Whether nothing else stands on its line.
    pub fn is_alone(&self, text: &str) -> bool {
        let before = text.get(..self.span.start).unwrap_or_default();
        let after = text.get(self.span.end..).unwrap_or_default();
        let before = before.rsplit('\n').next().unwrap_or_default();
        let after = after.split('\n').next().unwrap_or_default();
        before.trim().is_empty() && after.trim().is_empty()
    }
}

/// What stands in quotes at the beginning of a text.
fn quoted(text: &str) -> Option<&str> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    text.get(1..)?.split(quote).next()
}
