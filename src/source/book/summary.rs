//! SUMMARY.md, and lists of links to chapters in a book's own page.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{DEEPEST, Outline, OutlineChapter, OutlineItem, join, too_deep};
use crate::diagnostics::{Diagnostic, Place};
use crate::source::markdown::is_outside;

/// Reads a SUMMARY.md: list items are chapters, nested ones lie below, headings after the first
/// begin parts, and links outside of lists are unnumbered chapters before and after. What leads
/// out of the book is left out.
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
        seen: BTreeSet::new(),
        seen_chapter: false,
        problems,
    };
    for (event, range) in Parser::new_ext(text, Options::empty()).into_offset_iter() {
        reader.event(event, range);
    }
    // A part whose links all lead out of the book is none.
    let mut outline = reader.outline;
    let mut is_last = true;
    let mut items: Vec<OutlineItem> = std::mem::take(&mut outline.items);
    items.reverse();
    items.retain(|item| {
        let is_empty = item.is_part() && is_last;
        is_last = item.is_part();
        !is_empty
    });
    items.reverse();
    Outline { items, ..outline }
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
    open: Vec<Item>,
    in_list: usize,
    link: Option<(String, String, Range<usize>)>,
    heading: Option<(HeadingLevel, String)>,
    /// The files that are listed already.
    seen: BTreeSet<String>,
    seen_chapter: bool,
    problems: &'a mut Vec<Diagnostic>,
}

/// An item of a list.
#[derive(Default)]
struct Item {
    chapter: Option<OutlineChapter>,
    /// What it says where it is no link, and where that stands.
    words: String,
    span: Range<usize>,
    /// Whether it leads out of the book.
    leads_out: bool,
}

impl SummaryReader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::List(_)) => {
                self.name_item();
                self.in_list += 1;
            }
            Event::End(TagEnd::List(_)) => self.in_list -= 1,
            Event::Start(Tag::Item) => self.open.push(Item::default()),
            Event::End(TagEnd::Item) => {
                self.name_item();
                if let Some(item) = self.open.pop()
                    && let Some(chapter) = item.chapter
                    && !(item.leads_out && chapter.children.is_empty())
                {
                    self.settle(chapter);
                }
            }
            Event::Start(Tag::Heading { level, .. }) if level <= HeadingLevel::H3 => {
                self.heading = Some((level, String::new()));
            }
            Event::End(TagEnd::Heading(_)) => self.part(),
            Event::Start(Tag::Link { dest_url, .. }) => {
                self.link = Some((dest_url.to_string(), String::new(), range));
            }
            Event::End(TagEnd::Link) => self.chapter(),
            Event::Text(text) | Event::Code(text) => self.words(&text, range),
            Event::SoftBreak => self.words(" ", range),
            _ => {}
        }
    }

    fn words(&mut self, text: &str, range: Range<usize>) {
        if let Some((_, title, _)) = &mut self.link {
            title.push_str(text);
        } else if let Some((_, heading)) = &mut self.heading {
            heading.push_str(text);
        } else if let Some(item) = self.open.last_mut() {
            if item.words.is_empty() {
                item.span.start = range.start;
            }
            item.span.end = range.end;
            item.words.push_str(text);
        }
    }

    fn part(&mut self) {
        let Some((level, title)) = self.heading.take() else {
            return;
        };
        if title.is_empty() {
            return;
        }
        // The first heading is the title of the list, as in mdBook.
        let is_first = !self.seen_chapter && self.outline.items.is_empty();
        if is_first && (is_contents(&title) || level == HeadingLevel::H1) {
            if self.outline.title.is_none() && !is_contents(&title) {
                self.outline.title = Some(title);
            }
            return;
        }
        self.outline.items.push(OutlineItem::Part(title));
    }

    fn chapter(&mut self) {
        let Some((target, title, span)) = self.link.take() else {
            return;
        };
        self.seen_chapter = true;
        let leads_out = is_outside(&target);
        let (target, fragment) = target.split_once('#').unwrap_or((&target, ""));
        let target = percent_encoding::percent_decode_str(target).decode_utf8_lossy();
        let has_path = !target.is_empty() && !leads_out;
        let path = has_path.then(|| join(self.folder, &target));
        // GitBook lists headings below their chapter.
        if let Some(path) = &path
            && !self.seen.insert(path.clone())
            && !fragment.is_empty()
        {
            return;
        }
        let chapter = OutlineChapter {
            title: Some(title).filter(|title| !title.is_empty()),
            path,
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
            Some(item) if item.chapter.is_none() => {
                item.chapter = Some(chapter);
                item.leads_out = leads_out;
            }
            Some(_) => {}
            None if leads_out => {}
            None => self.outline.items.push(OutlineItem::Chapter(chapter)),
        }
    }

    /// An item without a link is a chapter that is not written, or stands for those below it.
    fn name_item(&mut self) {
        let too_deep = self.open.len() > DEEPEST + 1;
        let Some(item) = self.open.last_mut() else {
            return;
        };
        let words = std::mem::take(&mut item.words);
        if item.chapter.is_none() && !words.trim().is_empty() && !too_deep {
            item.chapter = Some(OutlineChapter {
                title: Some(words.trim().to_owned()),
                path: None,
                place: Place::span(self.file, item.span.clone()),
                numbered: true,
                children: Vec::new(),
            });
        }
    }

    fn settle(&mut self, chapter: OutlineChapter) {
        let mut above = self.open.iter_mut().rev();
        match above.find_map(|item| item.chapter.as_mut()) {
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
