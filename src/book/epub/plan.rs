//! The files of an EPUB, before any is written: where each chapter, each id and each picture lies.

use std::collections::{BTreeMap, HashMap};

use crate::book::markup::{self, Links};
use crate::book::{Book, Chapter, Node, Picture};

/// A chapter with its file.
pub(super) struct Page<'a> {
    pub chapter: &'a Chapter,
    pub file: String,
}

/// The page of a part.
pub(super) struct PartPage<'a> {
    pub title: &'a str,
    pub file: String,
}

/// An entry of the contents.
pub(super) struct Entry<'a> {
    pub number: Option<&'a str>,
    pub title: String,
    /// The address.
    pub href: String,
    pub children: Vec<Entry<'a>>,
}

/// A picture with its file.
pub(super) struct Shown<'a> {
    pub file: String,
    pub media_type: &'static str,
    pub bytes: &'a [u8],
}

/// The files of an EPUB.
pub(super) struct Plan<'a> {
    pub book: &'a Book,
    pub cover: Shown<'a>,
    /// The pages of parts.
    pub parts: Vec<PartPage<'a>>,
    /// The chapters in reading order.
    pub chapters: Vec<Page<'a>>,
    /// The files of parts and chapters in reading order.
    pub order: Vec<String>,
    pub contents: Vec<Entry<'a>>,
    /// The pictures that the trees show, by their `src` there.
    pub pictures: BTreeMap<&'a str, Shown<'a>>,
    /// The file of each id.
    files: HashMap<&'a str, String>,
    /// Whether every picture in the text says in words what it shows.
    pub all_described: bool,
}

impl<'a> Plan<'a> {
    pub fn new(book: &'a Book, cover: &'a Picture) -> Self {
        let mut plan = Plan {
            book,
            cover: shown("images/cover", cover),
            parts: Vec::new(),
            chapters: Vec::new(),
            order: Vec::new(),
            contents: Vec::new(),
            pictures: BTreeMap::new(),
            files: HashMap::new(),
            all_described: true,
        };
        for part in &book.parts {
            let Some(title) = part.title.as_deref() else {
                let entries = plan.entries(&part.chapters);
                plan.contents.extend(entries);
                continue;
            };
            let file = format!("part-{:02}.xhtml", plan.parts.len() + 1);
            plan.order.push(file.clone());
            plan.parts.push(PartPage {
                title,
                file: file.clone(),
            });
            let children = plan.entries(&part.chapters);
            plan.contents.push(Entry {
                number: None,
                title: title.to_owned(),
                href: file,
                children,
            });
        }
        plan.list_headings_of_a_single_chapter();
        plan
    }

    fn entries(&mut self, chapters: &'a [Chapter]) -> Vec<Entry<'a>> {
        let mut entries = Vec::new();
        for chapter in chapters {
            // A line of the contents that is not written yet, and has nothing below it.
            if chapter.tree.is_empty() && !is_written(&chapter.children) {
                continue;
            }
            let file = format!("chapter-{:03}.xhtml", self.chapters.len() + 1);
            self.order.push(file.clone());
            self.files.insert(&chapter.key, file.clone());
            self.take_note(&chapter.tree, &file);
            self.chapters.push(Page {
                chapter,
                file: file.clone(),
            });
            entries.push(Entry {
                number: chapter.number.as_deref(),
                title: chapter.title.clone(),
                href: file,
                children: self.entries(&chapter.children),
            });
        }
        entries
    }

    /// Remembers the ids and pictures in a tree.
    fn take_note(&mut self, nodes: &'a [Node], file: &str) {
        for node in nodes {
            let Node::Element(element) = node else {
                continue;
            };
            if let Some(id) = element.attribute("id") {
                self.files.insert(id, file.to_owned());
            }
            if element.name == "img" {
                let alt = element.attribute("alt").unwrap_or_default();
                self.all_described &= !alt.trim().is_empty();
                self.take_picture(element.attribute("src").unwrap_or_default());
            }
            self.take_note(&element.children, file);
        }
    }

    fn take_picture(&mut self, src: &'a str) {
        if self.pictures.contains_key(src) {
            return;
        }
        if let Some(picture) = self.book.pictures.get(src) {
            let name = format!("images/picture-{:03}", self.pictures.len() + 1);
            self.pictures.insert(src, shown(&name, picture));
        }
    }

    /// An article that is given as a book has no other contents than its headings.
    fn list_headings_of_a_single_chapter(&mut self) {
        let ([page], [entry]) = (self.chapters.as_slice(), self.contents.as_mut_slice()) else {
            return;
        };
        let headings = page.chapter.tree.iter().filter_map(|node| match node {
            Node::Element(element) if element.name == "h2" => Some(element),
            _ => None,
        });
        entry.children.extend(headings.filter_map(|heading| {
            Some(Entry {
                number: None,
                title: markup::text(&heading.children),
                href: format!("{}#{}", page.file, heading.attribute("id")?),
                children: Vec::new(),
            })
        }));
    }
}

fn is_written(chapters: &[Chapter]) -> bool {
    chapters
        .iter()
        .any(|chapter| !chapter.tree.is_empty() || is_written(&chapter.children))
}

fn shown<'a>(name: &str, picture: &'a Picture) -> Shown<'a> {
    let ending = match picture.media_type {
        "image/jpeg" => "jpg",
        "image/gif" => "gif",
        "image/webp" => "webp",
        "image/svg+xml" => "svg",
        _ => "png",
    };
    Shown {
        file: format!("{name}.{ending}"),
        media_type: picture.media_type,
        bytes: &picture.bytes,
    }
}

/// The addresses in one file.
pub(super) struct In<'a>(pub &'a Plan<'a>, pub &'a str);

impl Links for In<'_> {
    fn href(&self, href: &str) -> Option<String> {
        let Some(id) = href.strip_prefix('#') else {
            return Some(href.to_owned());
        };
        // A chapter without text has no file.
        let file = self.0.files.get(id)?;
        Some(match file != self.1 {
            true => format!("{file}#{id}"),
            false => href.to_owned(),
        })
    }

    fn src(&self, src: &str) -> Option<String> {
        Some(self.0.pictures.get(src)?.file.clone())
    }
}
