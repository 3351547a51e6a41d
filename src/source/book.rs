//! The order of a book's chapters: from book.yaml, from SUMMARY.md as mdBook and GitBook have it,
//! or from the files themselves.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::walk::{file_name, parent};
use crate::config::Config;
use crate::diagnostics::{Diagnostic, Place};
use crate::yaml::{Node, NodeValue};

/// How deep chapters lie below chapters at most.
const DEEPEST: usize = 8;

/// A book's chapters in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
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

impl OutlineChapter {
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

    fn wrong(&mut self, node: &Node, expected: &str) {
        self.problems.push(
            Diagnostic::error(format!("expected {expected}, found {}", node.kind()))
                .at(Place::span(self.file, node.span.clone())),
        );
    }
}

fn too_deep(place: Place) -> Diagnostic {
    Diagnostic::error(format!(
        "chapters lie below chapters more than {DEEPEST} deep"
    ))
    .at(place)
    .help("move them up a level")
}

/// Reads a SUMMARY.md: list items are chapters, nested ones lie below, headings after the first
/// begin parts, and links outside of lists are unnumbered chapters before and after.
pub fn from_summary(
    file: &str,
    folder: &str,
    text: &str,
    problems: &mut Vec<Diagnostic>,
) -> Outline {
    let mut reader = SummaryReader {
        file,
        folder,
        outline: Outline::default(),
        open: Vec::new(),
        in_list: 0,
        link: None,
        heading: None,
        seen_chapter: false,
        problems,
    };
    for (event, range) in Parser::new_ext(text, Options::empty()).into_offset_iter() {
        reader.event(event, range);
    }
    reader.outline
}

/// Reads the order of the chapters off the lists of links in the book's own page, if they lead to
/// every one of its `chapters`. Other links stay what they are; headings right above lists of
/// chapters, the page's title aside, begin parts.
pub fn from_own_page(
    file: &str,
    folder: &str,
    text: &str,
    chapters: &BTreeSet<&str>,
) -> Option<Outline> {
    // What is wrong with the lists of a page that is no summary is no problem.
    let found = from_summary(file, folder, text, &mut Vec::new());
    let mut left = chapters.clone();
    let mut outline = Outline::default();
    let mut part = None;
    for item in found.items {
        match item {
            OutlineItem::Part(title) => part = Some(title).filter(|title| !is_contents(title)),
            OutlineItem::Chapter(chapter) if chapter.numbered => {
                let kept = chapter.only(&mut left);
                if !kept.is_empty()
                    && let Some(title) = part.take()
                {
                    outline.items.push(OutlineItem::Part(title));
                }
                outline
                    .items
                    .extend(kept.into_iter().map(OutlineItem::Chapter));
            }
            OutlineItem::Chapter(_) => {}
        }
    }
    // A single part is the title of the page.
    let parts = outline.items.iter().filter(|item| item.is_part()).count();
    if parts == 1 {
        outline.items.retain(|item| !item.is_part());
    }
    (left.is_empty() && !chapters.is_empty()).then_some(outline)
}

impl OutlineItem {
    fn is_part(&self) -> bool {
        matches!(self, OutlineItem::Part(_))
    }
}

impl OutlineChapter {
    /// This chapter and those below it, as far as they are `left`, each once. What is none of them
    /// makes room for those below it.
    fn only(mut self, left: &mut BTreeSet<&str>) -> Vec<OutlineChapter> {
        let is_one = self.path.as_deref().is_some_and(|path| left.remove(path));
        let children: Vec<_> = std::mem::take(&mut self.children)
            .into_iter()
            .flat_map(|child| child.only(left))
            .collect();
        match is_one {
            true => {
                self.children = children;
                vec![self]
            }
            false => children,
        }
    }
}

/// Whether a heading only says that a list of chapters follows.
fn is_contents(title: &str) -> bool {
    matches!(
        title.to_lowercase().as_str(),
        "summary" | "table of contents" | "contents"
    )
}

struct SummaryReader<'a> {
    file: &'a str,
    folder: &'a str,
    outline: Outline,
    /// The items that are open, outermost first.
    open: Vec<Option<OutlineChapter>>,
    in_list: usize,
    link: Option<(String, String, Range<usize>)>,
    heading: Option<String>,
    seen_chapter: bool,
    problems: &'a mut Vec<Diagnostic>,
}

impl SummaryReader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::List(_)) => self.in_list += 1,
            Event::End(TagEnd::List(_)) => self.in_list -= 1,
            Event::Start(Tag::Item) => self.open.push(None),
            Event::End(TagEnd::Item) => {
                if let Some(Some(chapter)) = self.open.pop() {
                    self.settle(chapter);
                }
            }
            Event::Start(Tag::Heading { level, .. }) if level <= HeadingLevel::H3 => {
                self.heading = Some(String::new());
            }
            Event::End(TagEnd::Heading(_)) => self.part(),
            Event::Start(Tag::Link { dest_url, .. }) => {
                self.link = Some((dest_url.to_string(), String::new(), range));
            }
            Event::End(TagEnd::Link) => self.chapter(),
            Event::Text(text) | Event::Code(text) => {
                if let Some((_, title, _)) = &mut self.link {
                    title.push_str(&text);
                } else if let Some(heading) = &mut self.heading {
                    heading.push_str(&text);
                }
            }
            _ => {}
        }
    }

    fn part(&mut self) {
        let title = self.heading.take().unwrap_or_default();
        let is_first_line =
            !self.seen_chapter && self.outline.items.is_empty() && is_contents(&title);
        if !is_first_line && !title.is_empty() {
            self.outline.items.push(OutlineItem::Part(title));
        }
    }

    fn chapter(&mut self) {
        let Some((target, title, span)) = self.link.take() else {
            return;
        };
        self.seen_chapter = true;
        let target = target.split('#').next().unwrap_or_default();
        let target = percent_encoding::percent_decode_str(target).decode_utf8_lossy();
        let chapter = OutlineChapter {
            title: Some(title).filter(|title| !title.is_empty()),
            path: (!target.is_empty()).then(|| join(self.folder, &target)),
            place: Place::span(self.file, span),
            numbered: self.in_list > 0,
            children: Vec::new(),
        };
        if self.open.len() > DEEPEST + 1 {
            // Told once: what lies below is too deep as well.
            if self.open.len() == DEEPEST + 2 {
                self.problems.push(too_deep(chapter.place));
            }
            return;
        }
        match self.open.last_mut() {
            Some(slot) if slot.is_none() => *slot = Some(chapter),
            Some(_) => {}
            None => self.outline.items.push(OutlineItem::Chapter(chapter)),
        }
    }

    fn settle(&mut self, chapter: OutlineChapter) {
        match self.open.iter_mut().rev().find_map(Option::as_mut) {
            Some(above) => above.children.push(chapter),
            None => self.outline.items.push(OutlineItem::Chapter(chapter)),
        }
    }
}

/// Orders chapters by their files: by `weight`, then by name, numbers in names counting as
/// numbers; a folder's own page (README.md, index.md) stands above the files in its folder.
pub fn from_files(config: &Config, folder: &str, files: &[(&str, Option<i64>)]) -> Outline {
    let items = folder_chapters(config, folder, files, 0);
    Outline {
        items: items.into_iter().map(OutlineItem::Chapter).collect(),
    }
}

fn folder_chapters(
    config: &Config,
    folder: &str,
    files: &[(&str, Option<i64>)],
    depth: usize,
) -> Vec<OutlineChapter> {
    let mut found: Vec<(i64, Vec<NamePart>, OutlineChapter)> = Vec::new();
    let mut folders: Vec<String> = Vec::new();
    for (path, weight) in files {
        if parent(path) == folder {
            if !is_own_page(path) {
                let key = natural_key(file_name(path));
                found.push((
                    weight.unwrap_or(0),
                    key,
                    file_chapter(config, path, Vec::new()),
                ));
            }
        } else if let Some(sub) = subfolder(folder, path)
            && !folders.contains(&sub)
            && depth < DEEPEST
        {
            folders.push(sub);
        }
    }
    for sub in folders {
        let own = files
            .iter()
            .find(|(path, _)| parent(path) == sub && is_own_page(path));
        let children = folder_chapters(config, &sub, files, depth + 1);
        let key = natural_key(file_name(&sub));
        match own {
            Some((path, weight)) => {
                found.push((
                    weight.unwrap_or(0),
                    key,
                    file_chapter(config, path, children),
                ));
            }
            None => found.extend(children.into_iter().map(|child| (0, key.clone(), child))),
        }
    }
    found.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    found.into_iter().map(|(_, _, chapter)| chapter).collect()
}

fn file_chapter(config: &Config, path: &str, children: Vec<OutlineChapter>) -> OutlineChapter {
    OutlineChapter {
        title: None,
        path: Some(path.to_owned()),
        place: Place::file(config.shown(path)),
        numbered: true,
        children,
    }
}

/// Whether a file is the page of its folder.
pub fn is_own_page(path: &str) -> bool {
    matches!(
        file_name(path).to_ascii_lowercase().as_str(),
        "readme.md" | "index.md" | "_index.md"
    )
}

fn subfolder(folder: &str, path: &str) -> Option<String> {
    let rest = match folder {
        "" => path,
        folder => path.strip_prefix(folder)?.strip_prefix('/')?,
    };
    let (first, _) = rest.split_once('/')?;
    Some(join(folder, first))
}

/// A part of a name that is compared as a number or as text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum NamePart {
    Number(u64),
    Text(String),
}

/// A name taken apart so that `2-b` comes before `10-a`.
fn natural_key(name: &str) -> Vec<NamePart> {
    let mut parts = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let digits = rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len());
        let (part, after) = match digits {
            0 => {
                let len = rest
                    .find(|c: char| c.is_ascii_digit())
                    .unwrap_or(rest.len());
                let (text, after) = rest.split_at(len);
                (NamePart::Text(text.to_lowercase()), after)
            }
            _ => {
                let (number, after) = rest.split_at(digits);
                (NamePart::Number(number.parse().unwrap_or(u64::MAX)), after)
            }
        };
        parts.push(part);
        rest = after;
    }
    parts
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

    fn lines(outline: &Outline) -> Vec<String> {
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
    fn an_mdbook_summary_is_read() {
        let outline = from_summary(
            "SUMMARY.md",
            "books/a",
            "# Summary\n\n[Foreword](foreword.md)\n\n# Part one\n\n- [First](./one.md)\n  - [Below](sub/a%20b.md)\n- [Draft]()\n\n---\n\n# Two\n- [Last](last.md#x)\n\n[After](after.md)\n",
            &mut Vec::new(),
        );
        assert_eq!(
            lines(&outline),
            [
                " Foreword books/a/foreword.md",
                "1 First books/a/one.md",
                "  1.1 Below books/a/sub/a b.md",
                "2 Draft (draft)",
                "3 Last books/a/last.md",
                " After books/a/after.md",
            ]
        );
        let parts = outline
            .items
            .iter()
            .filter(|item| matches!(item, OutlineItem::Part(_)));
        assert_eq!(parts.count(), 2);
    }

    #[test]
    fn files_are_ordered_by_weight_and_number() {
        let files = [
            ("b/10-x.md", None),
            ("b/2-y.md", None),
            ("b/first.md", Some(-1)),
            ("b/3/README.md", None),
            ("b/3/a.md", None),
            ("b/README.md", None),
        ];
        assert_eq!(
            lines(&from_files(&Config::default(), "b", &files)),
            [
                "1 - b/first.md",
                "2 - b/2-y.md",
                "3 - b/3/README.md",
                "  3.1 - b/3/a.md",
                "4 - b/10-x.md"
            ]
        );
    }

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

    #[test]
    fn paths_are_joined() {
        assert_eq!(join("a/b", "../c/./d.md"), "a/c/d.md");
        assert_eq!(join("", "../x.md"), "x.md");
    }
}
