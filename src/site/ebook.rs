//! A book, or an article, as the EPUB and the PDF are made from it.

use std::collections::BTreeMap;
use std::sync::Mutex;

use percent_encoding::percent_decode_str;

use super::{Content, Output, Site};
use crate::book::clean::{Addresses, Destination, Rendered, clean, keys};
use crate::book::{Book, Chapter, Font, Node, Part, Picture, cover, epub};
use crate::diagnostics::{Diagnostic, Place};
use crate::library::{BookPart, ChapterEntry, DocId, Document};
use crate::source::front_matter::Kind;
use crate::source::split;
use crate::source::walk::file_name;

/// The moment that stands in a book without any date: the start of the year 2000, in UTC.
const UNDATED: i64 = 946_684_800;

impl Site {
    /// A book with its chapters, or an article as a book of one chapter. What had to be left out
    /// goes to `problems`, as warnings.
    ///
    /// # Errors
    /// What goes wrong in a block of a chapter; a document that has no text of its own.
    pub fn ebook(
        &self,
        id: DocId,
        problems: &mut Vec<Diagnostic>,
    ) -> Result<Book, Vec<Diagnostic>> {
        let document = self.library().document(id);
        let foreword = Some(id).filter(|_| self.begins_with_own_text(document));
        let chapters = match document.kind {
            Kind::Book => foreword.into_iter().chain(written(document)).collect(),
            Kind::Article | Kind::Page | Kind::Chapter => vec![id],
            kind => {
                let message = format!("a {} is no book and no article", kind.name());
                let place = Place::file(document.source.file.clone());
                return Err(vec![Diagnostic::error(message).at(place)]);
            }
        };
        let setter = Setter::new(self, chapters, &[]);
        let mut trees = setter.trees(&setter, problems)?;
        let own = |trees: &mut BTreeMap<_, _>| Part {
            title: None,
            chapters: vec![Chapter {
                key: setter.key(id),
                title: document.title.clone(),
                tree: trees.remove(&id).unwrap_or_default(),
                ..Chapter::default()
            }],
        };
        let parts = match document.kind {
            Kind::Book => {
                let foreword = foreword.map(|_| own(&mut trees));
                let chapters = setter.parts(document, &mut trees);
                foreword.into_iter().chain(chapters).collect()
            }
            _ => vec![own(&mut trees)],
        };
        let bare = self.bare_book(id, problems)?;
        problems.extend(
            setter
                .problems
                .into_inner()
                .unwrap_or_else(|held| held.into_inner()),
        );
        let pictures = setter
            .pictures
            .into_inner()
            .unwrap_or_else(|held| held.into_inner());
        let pictures = pictures
            .into_iter()
            .filter_map(|(path, found)| Some((path, found?)));
        Ok(Book {
            parts,
            pictures: pictures.collect(),
            ..bare
        })
    }

    /// Whether the text of a book's own page is part of the e-book: the beginning of a file that is
    /// taken apart, and of a book that has no page anywhere.
    fn begins_with_own_text(&self, book: &Document) -> bool {
        let special = book.source.book.as_ref();
        let is_alone = self.library().config.content.is_empty();
        let is_whole = special.is_some_and(|special| special.whole.is_some());
        (is_alone || is_whole) && special.is_some() && !book.source.body.is_empty()
    }

    /// A book without its text: what its cover is made from.
    ///
    /// # Errors
    /// A cover that is no picture, a font that is no font: all at once.
    pub(super) fn bare_book(
        &self,
        id: DocId,
        problems: &mut Vec<Diagnostic>,
    ) -> Result<Book, Vec<Diagnostic>> {
        let fonts = self.fonts(id);
        let known = fonts.as_deref().unwrap_or_default();
        let cover = self.own_cover(id, known, problems);
        match (fonts, cover) {
            (Ok(fonts), Ok(cover)) => Ok(Book {
                cover,
                fonts,
                ..self.facts(id)
            }),
            (fonts, cover) => {
                let told = fonts.err().into_iter().chain(cover.err()).flatten();
                Err(told.collect())
            }
        }
    }

    /// The fonts that the author adds.
    fn fonts(&self, id: DocId) -> Result<Vec<Font>, Vec<Diagnostic>> {
        let document = self.library().document(id);
        let (mut fonts, mut told) = (Vec::new(), Vec::new());
        // A font that is not there has been told.
        let words = &document.source.front.fonts;
        for path in &document.fonts {
            let bytes = self.file_bytes(path).unwrap_or_default();
            match Font::read(file_name(path), bytes) {
                Ok(font) => fonts.push(font),
                Err(reason) => {
                    let word = words
                        .iter()
                        .find(|word| word.text.ends_with(file_name(path)));
                    let file = document.source.file.clone();
                    let place = match word {
                        Some(word) => Place::span(file, word.span.clone()),
                        None => Place::file(file),
                    };
                    let message = format!("`{}` cannot be used: {reason}", file_name(path));
                    let help =
                        "take the font as a file of TrueType or OpenType: .ttf, .otf or .ttc";
                    told.push(Diagnostic::error(message).at(place).help(help));
                }
            }
        }
        match told.is_empty() {
            true => Ok(fonts),
            false => Err(told),
        }
    }

    /// The text of a book for a page of the site: what its front page says, as a chapter, and its
    /// parts. Its pictures are on the site, and none is read. No id in it is one of `reserved`.
    ///
    /// # Errors
    /// What goes wrong in a block of a chapter.
    pub(super) fn book_on_site(
        &self,
        id: DocId,
        reserved: &[&str],
    ) -> Result<(Chapter, Vec<Part>), Vec<Diagnostic>> {
        let book = self.library().document(id);
        let pages = std::iter::once(id).chain(written(book)).collect();
        let setter = Setter::new(self, pages, reserved);
        // What is left out here is told when the e-book is made.
        let mut trees = setter.trees(&OnSite(&setter), &mut Vec::new())?;
        let front = Chapter {
            key: setter.key(id),
            title: book.title.clone(),
            tree: trees.remove(&id).unwrap_or_default(),
            ..Chapter::default()
        };
        Ok((front, setter.parts(book, &mut trees)))
    }

    /// What the library knows of a book.
    fn facts(&self, id: DocId) -> Book {
        let library = self.library();
        let document = library.document(id);
        let lang = document.lang();
        let special = document.source.book.clone().unwrap_or_default();
        let industries = document.industries.iter();
        let industries = industries.map(|id| library.vocabulary.name(*id, lang).to_owned());
        let authors = document.authors.iter();
        let first = document.industries.first();
        let whole = std::iter::once(document);
        let inside = library.iter().map(|(_, one)| one);
        let inside = inside.filter(|one| one.chapter.as_ref().is_some_and(|c| c.book == id));
        let changed = whole
            .chain(inside)
            .filter_map(|one| one.source.front.updated.or(one.date))
            .map(|moment| moment.timestamp())
            .max();
        Book {
            id: document.id.to_string(),
            title: document.title.clone(),
            subtitle: special.subtitle,
            edition: special.edition,
            licence: special.licence,
            authors: authors
                .map(|id| library.authors[id.index()].name.clone())
                .collect(),
            lang: lang.to_owned(),
            summary: Some(document.summary.clone()).filter(|summary| !summary.is_empty()),
            publisher: special
                .publisher
                .or_else(|| Some(library.config.title.clone()))
                .filter(|name| !name.is_empty()),
            subjects: industries.chain(document.topics.iter().cloned()).collect(),
            industry: first.map(|id| library.vocabulary.get(*id).slug.clone()),
            date: document.date.map(|date| date.date().to_string()),
            modified: changed.unwrap_or(UNDATED),
            url: library
                .base
                .is_known()
                .then(|| library.base.full(&document.address)),
            ..Book::default()
        }
    }

    /// The author's own cover, if there is one.
    fn own_cover(
        &self,
        id: DocId,
        fonts: &[Font],
        problems: &mut Vec<Diagnostic>,
    ) -> Result<Option<Picture>, Vec<Diagnostic>> {
        let document = self.library().document(id);
        let Some(image) = document
            .image
            .as_ref()
            .filter(|_| document.kind == Kind::Book)
        else {
            return Ok(None);
        };
        let Some(bytes) = path_on_site(self, &image.url).and_then(|path| self.file_bytes(&path))
        else {
            return Ok(None);
        };
        let file = document.source.file.clone();
        let place = match &document.source.front.image {
            Some(word) => Place::span(file, word.span.clone()),
            None => Place::file(file),
        };
        let picture = cover::own(bytes, place, fonts, problems);
        picture.map(Some).map_err(|problem| vec![*problem])
    }

    /// The bytes of a file that is published as it is, by its path in the plan.
    fn file_bytes(&self, path: &str) -> Option<Vec<u8>> {
        match self.plan().get(path)? {
            Output::Asset(_) | Output::Static => {}
            _ => return None,
        }
        match self.render(path).ok()? {
            Content::Bytes(bytes) => Some(bytes),
            Content::File(disk) => std::fs::read(disk).ok(),
        }
    }

    /// The words of an e-book's own pages, in its language.
    pub fn book_words(&self, lang: &str) -> epub::Words {
        let say = |key| self.theme.words.plain(lang, key).to_owned();
        epub::Words {
            contents: say("contents"),
            cover: say("book_cover"),
            title_page: say("book_title_page"),
            beginning: say("book_beginning"),
            landmarks: say("book_landmarks"),
            accessible: say("book_accessible"),
            described: say("book_described"),
            undescribed: say("book_undescribed"),
        }
    }
}

/// The chapters of a book that are written, in reading order.
pub(super) fn written(book: &Document) -> Vec<DocId> {
    let parts = book.parts.iter();
    parts.flat_map(|part| in_order(&part.chapters)).collect()
}

fn in_order(entries: &[ChapterEntry]) -> Vec<DocId> {
    let one = |entry: &ChapterEntry| {
        let mut ids: Vec<DocId> = entry.document.into_iter().collect();
        ids.extend(in_order(&entry.children));
        ids
    };
    entries.iter().flat_map(one).collect()
}

/// The path of an address in the plan; nothing for one that leads out of the site.
fn path_on_site(site: &Site, href: &str) -> Option<String> {
    let prefix = site.library().base.path("/");
    let path = href.strip_prefix(prefix.trim_end_matches('/'))?;
    let path = path.strip_prefix('/')?.split(['#', '?']).next()?;
    let path = percent_decode_str(path).decode_utf8().ok()?;
    Some(path.into_owned())
}

/// Sets the chapters of a book.
struct Setter<'a> {
    site: &'a Site,
    chapters: Vec<DocId>,
    keys: BTreeMap<DocId, String>,
    /// The pictures that were asked for; none for a file that is no picture.
    pictures: Mutex<BTreeMap<String, Option<Picture>>>,
    problems: Mutex<Vec<Diagnostic>>,
}

impl<'a> Setter<'a> {
    fn new(site: &'a Site, chapters: Vec<DocId>, reserved: &[&str]) -> Self {
        let library = site.library();
        let names = chapters.iter().map(|id| {
            let path = &library.document(*id).source.path;
            if let Some((_, name)) = split::parts(path) {
                return name;
            }
            let name = file_name(path);
            name.rsplit_once('.').map_or(name, |(stem, _)| stem)
        });
        let keys = keys(reserved.iter().copied().chain(names));
        let keys = keys.into_iter().skip(reserved.len());
        let keys = chapters.iter().copied().zip(keys).collect();
        Setter {
            site,
            chapters,
            keys,
            pictures: Mutex::default(),
            problems: Mutex::default(),
        }
    }

    fn key(&self, id: DocId) -> String {
        self.keys.get(&id).cloned().unwrap_or_default()
    }

    /// The cleaned text of every chapter.
    fn trees(
        &self,
        addresses: &dyn Addresses,
        problems: &mut Vec<Diagnostic>,
    ) -> Result<BTreeMap<DocId, Vec<Node>>, Vec<Diagnostic>> {
        let mut rendered = Vec::with_capacity(self.chapters.len());
        let mut failed = Vec::new();
        for id in &self.chapters {
            match self.site.body(*id) {
                Ok(html) => {
                    let source = &self.site.library().document(*id).source;
                    let pictures = source.body.links.iter().rev().filter(|link| link.is_source);
                    let pictures = pictures.map(|link| (link.target.clone(), link.span.clone()));
                    rendered.push(Rendered {
                        key: self.key(*id),
                        html,
                        file: source.file.clone(),
                        pictures: pictures.collect(),
                    });
                }
                Err(told) => failed.extend(told),
            }
        }
        if !failed.is_empty() {
            return Err(failed);
        }
        let trees = clean(&rendered, addresses, problems);
        Ok(self.chapters.iter().copied().zip(trees).collect())
    }

    fn parts(&self, book: &Document, trees: &mut BTreeMap<DocId, Vec<Node>>) -> Vec<Part> {
        let mut part = |part: &BookPart| Part {
            title: part.title.clone(),
            chapters: self.chapters(&part.chapters, trees),
        };
        book.parts.iter().map(&mut part).collect()
    }

    fn chapters(
        &self,
        entries: &[ChapterEntry],
        trees: &mut BTreeMap<DocId, Vec<Node>>,
    ) -> Vec<Chapter> {
        let mut one = |entry: &ChapterEntry| Chapter {
            key: entry.document.map(|id| self.key(id)).unwrap_or_default(),
            title: entry.title.clone(),
            number: entry.number.clone(),
            tree: entry
                .document
                .and_then(|id| trees.remove(&id))
                .unwrap_or_default(),
            children: self.chapters(&entry.children, trees),
        };
        entries.iter().map(&mut one).collect()
    }

    /// Reads a picture once.
    fn read(&self, path: &str) -> Option<Picture> {
        let bytes = self.site.file_bytes(path)?;
        match Picture::read(bytes) {
            Ok(picture) => Some(picture),
            Err(reason) => {
                let message = format!("this picture cannot stand in a book: {reason}");
                let file = match self.site.plan().get(path) {
                    Some(Output::Asset(asset)) => self.site.library().config.shown(asset),
                    _ => format!("static/{path}"),
                };
                let problem = Diagnostic::warning(message).at(Place::file(file));
                let mut problems = self
                    .problems
                    .lock()
                    .unwrap_or_else(|held| held.into_inner());
                problems.push(problem);
                None
            }
        }
    }
}

impl Addresses for Setter<'_> {
    fn link(&self, _: &str, href: &str) -> Destination {
        let base = &self.site.library().base;
        let Some(path) = path_on_site(self.site, href) else {
            return match href.contains(':') {
                true => Destination::Web(href.to_owned()),
                false => Destination::Nowhere,
            };
        };
        let fragment = href
            .split_once('#')
            .map(|(_, fragment)| fragment.to_owned());
        let document = self.site.library().by_address(&format!("/{path}"));
        match document.and_then(|id| self.keys.get(&id)) {
            Some(key) => Destination::Chapter {
                key: key.clone(),
                fragment,
            },
            None if base.is_known() => {
                let fragment = fragment
                    .map(|fragment| format!("#{fragment}"))
                    .unwrap_or_default();
                Destination::Web(format!("{}{fragment}", base.full(&format!("/{path}"))))
            }
            // Nobody knows yet where the library will be.
            None => Destination::Nowhere,
        }
    }

    fn picture(&self, _: &str, src: &str) -> Option<String> {
        let path = path_on_site(self.site, src)?;
        let mut pictures = self
            .pictures
            .lock()
            .unwrap_or_else(|held| held.into_inner());
        let found = pictures
            .entry(path.clone())
            .or_insert_with(|| self.read(&path));
        found.is_some().then_some(path)
    }
}

/// The addresses of a book on the site: a picture need only be there.
struct OnSite<'a>(&'a Setter<'a>);

impl Addresses for OnSite<'_> {
    fn link(&self, chapter: &str, href: &str) -> Destination {
        self.0.link(chapter, href)
    }

    fn picture(&self, _: &str, src: &str) -> Option<String> {
        let path = path_on_site(self.0.site, src)?;
        let output = self.0.site.plan().get(&path)?;
        matches!(output, Output::Asset(_) | Output::Static).then_some(path)
    }
}
