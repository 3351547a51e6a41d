//! The order of a book's chapters: from book.yaml, from SUMMARY.md as mdBook and GitBook have it,
//! or from the files themselves.

mod files;
mod settings;
mod summary;

use super::walk::file_name;
use crate::diagnostics::{Diagnostic, Place};

pub use files::from_files;
pub use settings::from_settings;
pub use summary::{from_own_page, from_summary};

/// How deep chapters lie below chapters at most.
const DEEPEST: usize = 8;

/// A book's chapters in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// What the list calls the book.
    pub title: Option<String>,
    /// Parts and, before, between and after them, chapters of no part.
    pub items: Vec<OutlineItem>,
}

/// A line of an outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutlineItem {
    /// The heading of a part.
    Part(String),
    /// A chapter.
    Chapter(OutlineChapter),
}

/// A chapter as the outline names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineChapter {
    /// What the outline calls it; else its own title counts.
    pub title: Option<String>,
    /// Its path relative to content/; none for one that is not written yet.
    pub path: Option<String>,
    /// Where the outline names it.
    pub place: Place,
    /// Whether it is one of the numbered chapters.
    pub numbered: bool,
    /// The chapters below it.
    pub children: Vec<OutlineChapter>,
}

impl Outline {
    /// Every chapter with its number ("2.1"), the ones below right after the one above.
    pub fn walk(&self) -> Vec<(Option<String>, usize, &OutlineChapter)> {
        let mut chapters = Vec::new();
        let mut count = 0;
        for item in &self.items {
            if let OutlineItem::Chapter(chapter) = item {
                let number = chapter.numbered.then(|| {
                    count += 1;
                    count.to_string()
                });
                chapter.walk(number, 0, &mut chapters);
            }
        }
        chapters
    }
}

impl Outline {
    /// Changes the place of every chapter.
    pub(super) fn each_place(&mut self, change: &impl Fn(&mut Place)) {
        for item in &mut self.items {
            if let OutlineItem::Chapter(chapter) = item {
                chapter.each_place(change);
            }
        }
    }
}

impl OutlineChapter {
    fn each_place(&mut self, change: &impl Fn(&mut Place)) {
        change(&mut self.place);
        for child in &mut self.children {
            child.each_place(change);
        }
    }

    fn walk<'a>(
        &'a self,
        number: Option<String>,
        depth: usize,
        chapters: &mut Vec<(Option<String>, usize, &'a OutlineChapter)>,
    ) {
        chapters.push((number.clone(), depth, self));
        for (at, child) in self.children.iter().enumerate() {
            let number = number.as_ref().map(|number| format!("{number}.{}", at + 1));
            child.walk(number, depth + 1, chapters);
        }
    }
}

pub(super) fn too_deep(place: Place) -> Diagnostic {
    Diagnostic::error(format!(
        "chapters lie below chapters more than {DEEPEST} deep"
    ))
    .at(place)
    .help("move them up a level")
}

/// Whether a file is the page of its folder.
pub fn is_own_page(path: &str) -> bool {
    matches!(
        file_name(path).to_ascii_lowercase().as_str(),
        "readme.md" | "index.md" | "_index.md"
    )
}

/// A path below a folder, `.` and `..` resolved as far as they go.
pub fn join(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = match folder {
        "" => Vec::new(),
        folder => folder.split('/').collect(),
    };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Chapters as text, one a line, with their numbers.
    pub(super) fn lines(outline: &Outline) -> Vec<String> {
        let mut lines = Vec::new();
        for (number, depth, chapter) in outline.walk() {
            lines.push(format!(
                "{}{} {} {}",
                "  ".repeat(depth),
                number.unwrap_or_default(),
                chapter.title.as_deref().unwrap_or("-"),
                chapter.path.as_deref().unwrap_or("(draft)")
            ));
        }
        lines
    }

    #[test]
    fn paths_are_joined() {
        assert_eq!(join("a/b", "../c/./d.md"), "a/c/d.md");
        assert_eq!(join("", "../x.md"), "x.md");
    }
}
