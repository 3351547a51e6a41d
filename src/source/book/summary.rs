//! SUMMARY.md, and lists of links to chapters in a book's own page.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{DEEPEST, Outline, OutlineChapter, OutlineItem, join, too_deep};
use crate::diagnostics::{Diagnostic, Place};

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

#[cfg(test)]
mod tests {
    use super::super::tests::lines;
    use super::*;

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
}
