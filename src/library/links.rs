//! Where links lead: from what an author wrote to an address of the site.

use percent_encoding::percent_decode_str;

use super::Library;
use super::address::encode_path;
use super::catalogue::UNLISTED;
use super::document::{DocId, Document};
use crate::diagnostics::{did_you_mean, nearest};
use crate::source::book::join;
use crate::source::front_matter::Kind;
use crate::source::markdown::Link;
use crate::source::split;
use crate::source::walk::{file_name, is_markdown, parent};

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A document, and the `#fragment` in it.
    Document(DocId, Option<String>),
    /// A file that is published as it is: its path relative to content/.
    Asset(String),
    /// A path of the site that only the plan can know: a list, a file of static/.
    Path(String),
    /// Out of the library.
    Outside,
}

/// Why a link leads nowhere, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// What is wrong.
    pub message: String,
    /// The way out.
    pub help: Option<String>,
}

impl Broken {
    fn new(message: impl Into<String>, help: Option<impl Into<String>>) -> Self {
        Broken {
            message: message.into(),
            help: help.map(Into::into),
        }
    }
}

/// A link's target taken apart.
struct Parts<'a> {
    path: &'a str,
    query: &'a str,
    fragment: Option<&'a str>,
}

fn take_apart(target: &str) -> Parts<'_> {
    let (rest, fragment) = match target.split_once('#') {
        Some((rest, fragment)) => (rest, Some(fragment).filter(|f| !f.is_empty())),
        None => (target, None),
    };
    let (path, query) = match rest.find('?') {
        Some(at) => rest.split_at(at),
        None => (rest, ""),
    };
    Parts {
        path,
        query,
        fragment,
    }
}

impl Library {
    /// Where a link of a document leads.
    ///
    /// Paths are understood as they work on GitHub (relative to the file, to other `.md` files),
    /// as `@/path.md` from content/, as `/address/` on the site, and relative to the page's
    /// address.
    ///
    /// # Errors
    /// Why it leads nowhere, with the nearest thing there is.
    pub fn target(&self, from: &Document, target: &str) -> Result<Target, Broken> {
        if crate::source::markdown::is_outside(target) {
            return Ok(Target::Outside);
        }
        let parts = take_apart(target);
        let path = percent_decode_str(parts.path).decode_utf8_lossy();
        let found = match path.as_ref() {
            "" => self.own(from),
            path => match (path.strip_prefix("@/"), path.strip_prefix('/')) {
                (Some(rest), _) => self.at_content(rest),
                (None, Some(rest)) => self.at_root(path, rest),
                (None, None) => self.relative(from, path),
            },
        };
        match found {
            Some(Target::Document(id, _)) if self.gives_away(from, id) => Err(Broken::new(
                "this leads to a handout, which everybody would find then",
                Some("give its address only to those whom it is for"),
            )),
            Some(Target::Document(id, _)) => {
                let book = self.document(id).source.book.as_ref();
                let names_file = path.is_empty() || book.is_some_and(|book| book.whole.is_some());
                self.with_fragment(id, parts.fragment, names_file)
            }
            Some(found) => Ok(found),
            None => Err(self.broken(from, &path)),
        }
    }

    /// The address of a target on the site, for the `href` of a link that was written `written`.
    pub fn href(&self, target: &Target, written: &str) -> String {
        let parts = take_apart(written);
        match target {
            Target::Outside => written.to_owned(),
            Target::Document(id, fragment) => {
                let address = self.base.path(&self.document(*id).address);
                match fragment {
                    Some(fragment) => format!("{address}{}#{fragment}", parts.query),
                    None => format!("{address}{}", parts.query),
                }
            }
            Target::Asset(path) => {
                self.base
                    .path(&format!("/{}{}", encode_path(path), parts.query))
            }
            Target::Path(path) => {
                let fragment = parts.fragment.map(|f| format!("#{f}")).unwrap_or_default();
                self.base
                    .path(&format!("{}{}{fragment}", encode_path(path), parts.query))
            }
        }
    }

    /// Whether a link to a document shows a handout to those who read another page.
    fn gives_away(&self, from: &Document, to: DocId) -> bool {
        self.document(to).kind == Kind::Handout && from.kind != Kind::Handout
    }

    fn own(&self, from: &Document) -> Option<Target> {
        self.by_path(&from.source.path)
            .map(|id| Target::Document(id, None))
    }

    fn at_content(&self, path: &str) -> Option<Target> {
        let path = join("", path);
        let path = path.as_str();
        if let Some(id) = self.by_path(path) {
            return Some(Target::Document(id, None));
        }
        if self.assets.get(path).is_some() {
            return Some(Target::Asset(path.to_owned()));
        }
        // A folder stands for its own page, a name without an ending for its Markdown file, and
        // a book's files for the book.
        let pages = ["README.md", "index.md", "_index.md"];
        let folder = pages.iter().map(|page| join(path, page));
        let mut others = folder.chain([format!("{path}.md")]);
        let found = others.find_map(|path| self.by_path(&path));
        let book = || match file_name(path) {
            "SUMMARY.md" | "book.yaml" | "README.md" | "index.md" => self.by_path(parent(path)),
            _ => None,
        };
        let html = || {
            path.strip_suffix(".html")
                .and_then(|stem| self.by_path(&format!("{stem}.md")))
        };
        found
            .or_else(book)
            .or_else(html)
            .or_else(|| self.taken_apart(path))
            .map(|id| Target::Document(id, None))
    }

    /// The book that is taken out of a file.
    fn taken_apart(&self, file: &str) -> Option<DocId> {
        if let Some(id) = self.by_path(file) {
            return self.document(id).source.book.as_ref().map(|_| id);
        }
        let mut folder = parent(file);
        loop {
            if let Some(id) = self.by_path(folder) {
                let book = self.document(id).source.book.as_ref()?;
                return (book.whole.as_ref()?.path.as_ref() == file).then_some(id);
            }
            if folder.is_empty() {
                return None;
            }
            folder = parent(folder);
        }
    }

    /// The file that a book is taken out of: `document` is the book, or one of its chapters.
    fn file_of<'d>(&self, document: &'d Document) -> Option<&'d str> {
        let book = document.source.book.as_ref();
        match book.and_then(|book| book.whole.as_ref()) {
            Some(whole) => Some(whole.path.as_ref()),
            None => Some(split::parts(&document.source.path)?.0),
        }
    }

    /// Where a heading lies by now that a fragment led to while the file was one.
    fn moved(&self, document: &Document, fragment: &str) -> Option<Target> {
        let book = self.taken_apart(self.file_of(document)?)?;
        let source = &self.document(book).source;
        let whole = source.book.as_ref()?.whole.as_ref()?;
        let moved = whole.headings.get(fragment)?;
        let id = match &moved.chapter {
            Some(path) => self.by_path(path)?,
            None => book,
        };
        Some(Target::Document(id, moved.fragment.clone()))
    }

    /// Where a fragment of a file lies that is taken apart into chapters: `document` is one of
    /// them, or their book.
    fn in_other_chapter(&self, document: &Document, fragment: &str) -> Option<Target> {
        let file = self.file_of(document)?;
        let before = format!("{file}{}", split::MARK);
        if let Some(id) = self.by_path(&format!("{before}{fragment}")) {
            return Some(Target::Document(id, None));
        }
        let from = |path: &str| {
            self.documents
                .partition_point(|d| d.source.path.as_ref() < path)
        };
        let chapters = self.documents.iter().enumerate().skip(from(&before));
        let mut ids = chapters
            .take_while(|(_, chapter)| chapter.source.path.starts_with(&before))
            .filter(|(_, chapter)| holds(chapter, fragment))
            .map(|(at, _)| DocId::new(at))
            .chain(
                self.taken_apart(file)
                    .filter(|id| holds(self.document(*id), fragment)),
            );
        ids.next()
            .map(|id| Target::Document(id, Some(fragment.to_owned())))
    }

    fn at_root(&self, path: &str, rest: &str) -> Option<Target> {
        let path = path
            .strip_prefix(&self.base.prefix)
            .filter(|p| p.starts_with('/'))
            .unwrap_or(path);
        let with_slash = format!("{}/", path.trim_end_matches('/'));
        if let Some(id) = self.by_address(&with_slash) {
            return Some(Target::Document(id, None));
        }
        if path.ends_with(".md") {
            return self.at_content(rest.strip_prefix("content/").unwrap_or(rest));
        }
        if self.assets.get(rest).is_some() {
            return Some(Target::Asset(rest.to_owned()));
        }
        Some(Target::Path(path.to_owned()))
    }

    fn relative(&self, from: &Document, path: &str) -> Option<Target> {
        let own_folder = match from.source.book {
            Some(_) if !is_markdown(&from.source.path) => from.source.path.as_ref(),
            _ => parent(&from.source.path),
        };
        self.at_content(&join(own_folder, path)).or_else(|| {
            let address = format!("/{}/", join(from.address.trim_matches('/'), path));
            self.by_address(&address)
                .map(|id| Target::Document(id, None))
        })
    }

    /// A document at a fragment. `names_file` says that the link named the file, which may be taken
    /// apart: its fragments are those of the whole.
    fn with_fragment(
        &self,
        id: DocId,
        fragment: Option<&str>,
        names_file: bool,
    ) -> Result<Target, Broken> {
        let Some(fragment) = fragment else {
            return Ok(Target::Document(id, None));
        };
        let wanted = percent_decode_str(fragment)
            .decode_utf8_lossy()
            .into_owned();
        let document = self.document(id);
        if names_file && let Some(found) = self.moved(document, &wanted) {
            return Ok(found);
        }
        let ids = &document.source.body.ids;
        if ids.binary_search(&wanted).is_ok() || wanted == "top" {
            return Ok(Target::Document(id, Some(wanted)));
        }
        if let Some(found) = self.in_other_chapter(document, &wanted) {
            return Ok(found);
        }
        let near = did_you_mean(&wanted, ids.iter().map(String::as_str));
        let help = near.or_else(|| {
            let headings: Vec<&str> = document
                .source
                .body
                .headings
                .iter()
                .map(|h| h.id.as_str())
                .take(8)
                .collect();
            (!headings.is_empty()).then(|| format!("its headings are: #{}", headings.join(", #")))
        });
        Err(Broken::new(
            format!("{} has no heading `#{wanted}`", document.source.file),
            help,
        ))
    }

    fn broken(&self, from: &Document, path: &str) -> Broken {
        let folder = parent(&from.source.path);
        let wanted = match path.strip_prefix("@/") {
            Some(rest) => join("", rest),
            None => join(folder, path),
        };
        if let Some(reason) = self.catalogue.hidden(&wanted) {
            // Outside of a library there is nothing else that it could be a part of.
            if reason == UNLISTED && self.config.content.is_empty() {
                let message = format!("{wanted} is no part of this book");
                return Broken::new(message, Some("the words stay, without a link"));
            }
            let help = match reason {
                UNLISTED => "list it there, or link to a chapter",
                _ => "link to something that readers can open, or publish it",
            };
            return Broken::new(
                format!(
                    "{} is {reason}, so it is not published",
                    self.config.shown(&wanted)
                ),
                Some(help),
            );
        }
        // A file of that name elsewhere is most likely what was meant.
        let help = match self.catalogue.by_file_name(file_name(&wanted)) {
            Some(id) => Some(format!(
                "did you mean `@/{}`?",
                self.document(id).source.path
            )),
            None => {
                let inside = parent(&wanted);
                let names = self.neighbours(inside);
                // As it would be written in place of the wrong one.
                let written = path.rfind('/').map_or("", |at| &path[..=at]);
                let near = nearest(file_name(&wanted), names.iter().map(String::as_str));
                let first = near.first();
                first.map(|name| format!("did you mean `{written}{name}`?"))
            }
        };
        Broken::new(
            format!("there is no file {}", self.config.shown(&wanted)),
            help,
        )
    }

    /// The names of the documents and files in a folder.
    fn neighbours(&self, folder: &str) -> Vec<String> {
        let lowest = match folder {
            "" => String::new(),
            folder => format!("{folder}/"),
        };
        let from = self
            .documents
            .partition_point(|d| d.source.path.as_ref() < lowest.as_str());
        let documents = self
            .documents
            .get(from..)
            .unwrap_or_default()
            .iter()
            .map(|d| d.source.path.as_ref());
        let assets = self
            .assets
            .iter()
            .map(|entry| entry.path.as_str())
            .filter(|p| p.starts_with(&lowest));
        documents
            .take_while(|path| path.starts_with(&lowest))
            .take(500)
            .chain(assets.take(500))
            .filter(|path| parent(path) == folder)
            .map(|path| file_name(path).to_owned())
            .collect()
    }

    /// What a link of a body became: its address, the size of the picture it shows, and whether
    /// only the plan can tell that it is right.
    pub(super) fn settle(&self, from: &Document, link: &Link) -> Result<Settled, Broken> {
        let target = self.target(from, &link.target)?;
        let size = match &target {
            Target::Asset(path) if link.is_source => self.assets.picture_size(path),
            _ => None,
        };
        Ok(match target {
            Target::Outside => Settled::default(),
            target => Settled {
                href: self.href(&target, &link.target),
                size,
            },
        })
    }
}

fn holds(document: &Document, fragment: &str) -> bool {
    let ids = &document.source.body.ids;
    ids.binary_search_by(|id| id.as_str().cmp(fragment)).is_ok()
}

/// What a link of a body became.
#[derive(Debug, Default)]
pub(super) struct Settled {
    pub href: String,
    pub size: Option<(u32, u32)>,
}
