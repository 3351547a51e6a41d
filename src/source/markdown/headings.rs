//! Headings: ids that are stable and unique, and the table of contents.

use std::collections::HashMap;

/// A heading of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6, as it is in the HTML.
    pub level: u8,
    /// Its id, for links.
    pub id: String,
    /// Its text, without markup.
    pub title: String,
}

/// Hands out ids, each once for a document.
#[derive(Debug, Default)]
pub struct Ids {
    /// How often each base was asked for, and every id that was given.
    given: HashMap<String, u32>,
}

impl Ids {
    /// An id for a heading's text, as GitHub makes it: lower case, spaces become hyphens,
    /// punctuation falls away, and the second of a name gets `-1`.
    pub fn for_text(&mut self, text: &str) -> String {
        let base = match slug(text) {
            slug if slug.is_empty() => "section".to_owned(),
            slug => slug,
        };
        self.unique(base)
    }

    /// An id that the author fixed; `false` if the document has it already.
    pub fn fix(&mut self, id: &str) -> bool {
        self.given.insert(id.to_owned(), 0).is_none()
    }

    /// Every id given so far, in no order.
    pub fn into_given(self) -> impl Iterator<Item = String> {
        self.given.into_keys()
    }

    fn unique(&mut self, base: String) -> String {
        let Some(count) = self.given.get(&base).copied() else {
            self.given.insert(base.clone(), 0);
            return base;
        };
        let mut count = count + 1;
        while self.given.contains_key(&format!("{base}-{count}")) {
            count += 1;
        }
        let id = format!("{base}-{count}");
        self.given.insert(base, count);
        self.given.insert(id.clone(), 0);
        id
    }
}

fn slug(text: &str) -> String {
    text.trim()
        .chars()
        .filter_map(|c| match c {
            c if c.is_whitespace() => Some('-'),
            '-' | '_' => Some(c),
            c if c.is_alphanumeric() => Some(c),
            _ => None,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// A heading with those below it: a table of contents is a list of these.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct TocEntry {
    /// 2 to 6.
    pub level: u8,
    /// The heading's id.
    pub id: String,
    /// The heading's text.
    pub title: String,
    /// The headings of a deeper level up to the next one of this level.
    pub children: Vec<TocEntry>,
}

/// The headings as a tree. Skipped levels are taken as they come.
pub fn table_of_contents(headings: &[Heading]) -> Vec<TocEntry> {
    let mut roots = Vec::new();
    let mut open: Vec<TocEntry> = Vec::new();
    for heading in headings {
        while open.last().is_some_and(|last| last.level >= heading.level) {
            settle(&mut open, &mut roots);
        }
        open.push(TocEntry {
            level: heading.level,
            id: heading.id.clone(),
            title: heading.title.clone(),
            children: Vec::new(),
        });
    }
    while !open.is_empty() {
        settle(&mut open, &mut roots);
    }
    roots
}

/// Hangs the innermost open entry below the one that holds it.
fn settle(open: &mut Vec<TocEntry>, roots: &mut Vec<TocEntry>) {
    if let Some(entry) = open.pop() {
        match open.last_mut() {
            Some(parent) => parent.children.push(entry),
            None => roots.push(entry),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_githubs_and_unique() {
        let mut ids = Ids::default();
        assert_eq!(ids.for_text("What's new, Ann?"), "whats-new-ann");
        assert_eq!(ids.for_text("What's new, Ann?"), "whats-new-ann-1");
        assert_eq!(ids.for_text("Été à la mer"), "été-à-la-mer");
        assert_eq!(ids.for_text("?!"), "section");
        assert!(ids.fix("intro"));
        assert_eq!(ids.for_text("Intro"), "intro-1");
    }

    #[test]
    fn the_contents_are_a_tree() {
        let heading = |level, id: &str| Heading {
            level,
            id: id.into(),
            title: id.into(),
        };
        let toc = table_of_contents(&[
            heading(2, "a"),
            heading(4, "b"),
            heading(3, "c"),
            heading(2, "d"),
        ]);
        assert_eq!(toc.len(), 2);
        assert_eq!(toc[0].children.len(), 2);
    }
}
