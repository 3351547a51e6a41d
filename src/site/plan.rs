//! The plan: every file that the site consists of, each with how to make it. Nothing is rendered
//! here, so that every command can start from the same list.

use std::collections::BTreeMap;

use super::Theme;
use crate::book::Face;
use crate::diagnostics::{Diagnostic, Place, did_you_mean};
use crate::library::handout;
use crate::library::vocabulary::IndustryId;
use crate::library::{AuthorId, ChapterEntry, DocId, Document, Library, Shelves, Standing};
use crate::source::front_matter::{BookFormat, Kind};

/// An industry × kind gets a page of its own from so many pieces on.
pub const KIND_PAGE_FROM: usize = 3;

/// How many addresses one sitemap may hold (sitemaps.org protocol).
pub const SITEMAP_LIMIT: usize = 50_000;

/// How one file of the site is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// The page of a document.
    Document(DocId),
    /// The page of a document that is no longer given.
    Tombstone(DocId),
    /// The page of a handout, also of one that is over.
    Handout(DocId),
    /// A page that leads to a document.
    Redirect(DocId),
    /// A whole book on one page, to print.
    Print(DocId),
    /// The text of a book, for the search in it.
    BookSearch(DocId),
    /// A list or an index.
    List(ListPage),
    /// What people see at an address that is not there.
    NotFound,
    /// A feed.
    Feed(Feed),
    /// The addresses of the site, or a part of them.
    Sitemap(Option<usize>),
    /// robots.txt.
    Robots,
    /// resources.json.
    Resources,
    /// llms.txt.
    Llms,
    /// Redirects for a kind of web server.
    Rules(Server),
    /// A file of the theme or of static/.
    Static,
    /// A file of content/, by its path there.
    Asset(String),
    /// A file that a book or an article is also given as.
    Face(DocId, Face),
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListPage {
    /// The language.
    pub lang: String,
    /// What it lists.
    pub list: List,
    /// Which page of it, counted from 1.
    pub page: usize,
    /// The document that introduces it.
    pub intro: Option<DocId>,
}

/// What a list lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum List {
    /// The home page.
    Home,
    /// All industries.
    Industries,
    /// One industry, or what it has of one kind.
    Industry(IndustryId, Option<Kind>),
    /// Everything of a kind.
    Kind(Kind),
    /// All topics.
    Topics,
    /// One topic, by its slug.
    Topic(String),
    /// All authors.
    Authors,
    /// One author.
    Author(AuthorId),
}

/// A feed: of everything in a language, or of one industry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// The language.
    pub lang: String,
    /// The industry; none for everything.
    pub industry: Option<IndustryId>,
    /// Its format.
    pub format: FeedFormat,
}

/// The format of a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedFormat {
    /// Atom (RFC 4287).
    Atom,
    /// JSON Feed 1.1.
    Json,
}

/// A web server that can redirect by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Server {
    /// Netlify, Cloudflare Pages and others that read `_redirects`.
    Netlify,
    /// Apache's .htaccess.
    Apache,
    /// A map for nginx.
    Nginx,
}

/// Every file of the site by its path, such as `articles/a/index.html`.
#[derive(Debug, Default)]
pub struct Plan {
    outputs: BTreeMap<String, Output>,
}

impl Plan {
    /// Every path, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.outputs.keys().map(String::as_str)
    }

    /// Every path with how to make it, sorted.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Output)> {
        self.outputs
            .iter()
            .map(|(path, output)| (path.as_str(), output))
    }

    /// How to make the file at a path.
    pub fn get(&self, path: &str) -> Option<&Output> {
        self.outputs.get(path)
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.outputs.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.outputs.is_empty()
    }

    /// Whether something answers at a path of the site, such as `/a/b.png` or `/a/`.
    pub fn answers(&self, address: &str) -> bool {
        let path = address.trim_start_matches('/');
        let page = match path.trim_end_matches('/') {
            "" => "index.html".to_owned(),
            folder => format!("{folder}/index.html"),
        };
        self.outputs.contains_key(&page) || self.outputs.contains_key(path)
    }

    /// The nearest address to one that is not there, in words.
    pub fn nearest(&self, address: &str) -> Option<String> {
        let wanted = address.trim_matches('/');
        let folder = wanted.rsplit_once('/').map_or("", |(folder, _)| folder);
        let pages = self
            .outputs
            .keys()
            .filter_map(|path| path.strip_suffix("/index.html"));
        let beside = pages.filter(|page| {
            !page.starts_with("r/")
                && !page.starts_with("h/")
                && page.rsplit_once('/').map_or("", |(folder, _)| folder) == folder
        });
        let pages: Vec<String> = beside.map(|page| format!("/{page}/")).collect();
        did_you_mean(address, pages.iter().map(String::as_str))
    }
}

/// The file that answers at an address.
pub fn file_at(address: &str) -> String {
    format!("{}index.html", address.trim_start_matches('/'))
}

/// The file that is a face of the document at an address: `/books/pricing/pricing.epub`, so that
/// it has a name of its own among somebody's downloads.
pub fn face_file(address: &str, face: Face) -> String {
    let folder = address.trim_matches('/');
    let name = match face {
        face if face.is_cover() => "cover",
        _ => folder.rsplit('/').next().unwrap_or(folder),
    };
    format!("{folder}/{name}.{}", face.ending())
}

/// The faces of a document, in the order in which pages show them.
pub fn faces(library: &Library, document: &Document) -> Vec<Face> {
    if !document.is_live() {
        return Vec::new();
    }
    let text = document.formats.iter().map(|format| match format {
        BookFormat::Epub => Face::Epub,
        BookFormat::Pdf => Face::Pdf,
    });
    let covers = match (document.kind, &document.image) {
        (Kind::Book, None) => vec![Face::CoverSvg, Face::CoverJpeg],
        // Other sites show no drawings.
        (Kind::Book, Some(own)) if own.is_drawing() => vec![Face::CoverJpeg],
        _ => Vec::new(),
    };
    let text = text.filter(|face| face.can_be_made() && is_written(library, document));
    text.chain(covers).collect()
}

/// Whether there is any text in a document. Of a book that is only begun no file is made.
fn is_written(library: &Library, document: &Document) -> bool {
    fn any(library: &Library, chapters: &[ChapterEntry]) -> bool {
        chapters.iter().any(|one| {
            let own = one.document.map(|id| library.document(id));
            own.is_some_and(|own| !own.source.body.is_empty()) || any(library, &one.children)
        })
    }
    match document.kind {
        Kind::Book => document
            .parts
            .iter()
            .any(|part| any(library, &part.chapters)),
        _ => !document.source.body.is_empty(),
    }
}

/// The address of a list, without its page.
pub fn list_address(library: &Library, lang: &str, list: &List) -> String {
    let home = home_address(library, lang);
    match list {
        List::Home => home,
        List::Industries => format!("{home}industries/"),
        List::Industry(id, None) => {
            format!("{home}industries/{}/", library.vocabulary.get(*id).slug)
        }
        List::Industry(id, Some(kind)) => {
            let slug = &library.vocabulary.get(*id).slug;
            format!("{home}industries/{slug}/{}/", kind.plural())
        }
        List::Kind(kind) => format!("{home}{}/", kind.plural()),
        List::Topics => format!("{home}topics/"),
        List::Topic(slug) => format!("{home}topics/{slug}/"),
        List::Authors => format!("{home}authors/"),
        List::Author(id) => format!("{home}authors/{}/", library.authors[id.index()].slug),
    }
}

/// The address of a page of a list.
pub fn page_address(library: &Library, lang: &str, list: &List, page: usize) -> String {
    let address = list_address(library, lang, list);
    match page {
        0 | 1 => address,
        page => format!("{address}page/{page}/"),
    }
}

/// The home page of a language.
pub fn home_address(library: &Library, lang: &str) -> String {
    match lang == library.config.language {
        true => "/".to_owned(),
        false => format!("/{}/", lang.to_lowercase()),
    }
}

/// The address of the page that holds a whole book.
pub fn print_address(book: &Document) -> String {
    format!("{}print/", book.address)
}

/// The address of the script that gives a book's text to the search.
pub fn search_address(book: &Document) -> String {
    format!("{}search.js", book.address)
}

/// The address of a feed.
pub fn feed_address(library: &Library, feed: &Feed) -> String {
    let folder = match feed.industry {
        None => home_address(library, &feed.lang),
        Some(id) => list_address(library, &feed.lang, &List::Industry(id, None)),
    };
    let name = match feed.format {
        FeedFormat::Atom => "feed.xml",
        FeedFormat::Json => "feed.json",
    };
    format!("{folder}{name}")
}

/// Lists every file of the site.
pub fn plan(library: &Library, theme: &Theme, problems: &mut Vec<Diagnostic>) -> Plan {
    let mut planner = Planner {
        library,
        plan: Plan::default(),
        problems,
    };
    planner.files(theme);
    planner.documents();
    planner.redirects();
    planner.faces();
    planner.lists();
    planner.books();
    planner.machine_files();
    planner.plan
}

struct Planner<'a> {
    library: &'a Library,
    plan: Plan,
    problems: &'a mut Vec<Diagnostic>,
}

impl Planner<'_> {
    /// Files that are published as they are. The library's own win over the theme's.
    fn files(&mut self, theme: &Theme) {
        for name in theme.statics.keys() {
            self.plan.outputs.insert(name.clone(), Output::Static);
        }
        for entry in self.library.assets.iter() {
            let asset = Output::Asset(entry.path.clone());
            if self
                .plan
                .outputs
                .insert(entry.path.clone(), asset)
                .is_some()
            {
                let other = format!("static/{}", entry.path);
                self.tell_taken(&entry.path, &format!("content/{}", entry.path), &other);
            }
        }
    }

    fn documents(&mut self) {
        for (id, document) in self.library.iter() {
            let path = file_at(&document.address);
            let output = match (&document.standing, document.kind) {
                // An author's profile is the introduction to the list of what they wrote.
                (_, Kind::Author) => continue,
                (Standing::Replaced(_), _) => Output::Redirect(id),
                (_, Kind::Handout) => Output::Handout(id),
                (Standing::Live, _) => Output::Document(id),
                (Standing::Retired(_) | Standing::Expired, _) => Output::Tombstone(id),
            };
            // The lock has told of two documents with one address.
            let before = self.plan.outputs.insert(path.clone(), output);
            if matches!(before, Some(Output::Static | Output::Asset(_))) {
                let file = document.source.file.to_string();
                self.tell_taken(&path, &file, &format!("a file named {path}"));
            }
            // Five characters can be guessed: a handout has no short address.
            if document.kind != Kind::Handout {
                let short = file_at(&document.short_address());
                self.plan.outputs.insert(short, Output::Redirect(id));
            }
        }
    }

    fn redirects(&mut self) {
        for (from, id) in self.library.redirects.iter() {
            let path = match from.ends_with('/') {
                true => file_at(from),
                false => from.trim_start_matches('/').to_owned(),
            };
            self.plan
                .outputs
                .entry(path)
                .or_insert(Output::Redirect(*id));
        }
    }

    /// Files that books are also given as, at their old addresses as well: no page can lead on from
    /// there. A file of the author's own at such a place wins.
    fn faces(&mut self) {
        let mut add = |address: &str, id: DocId, face: Face| {
            let path = face_file(address, face);
            let outputs = &mut self.plan.outputs;
            outputs.entry(path).or_insert(Output::Face(id, face));
        };
        for (id, document) in self.library.iter() {
            for face in faces(self.library, document) {
                add(&document.address, id, face);
            }
        }
        let folders = self.library.redirects.iter();
        for (from, id) in folders.filter(|(from, _)| from.ends_with('/')) {
            for face in faces(self.library, self.library.document(*id)) {
                add(from, *id, face);
            }
        }
    }

    fn lists(&mut self) {
        for (lang, shelves) in self.library.shelves.iter() {
            let size = self.library.config.paginate;
            self.list(lang, List::Home, 0);
            for (kind, shelf) in &shelves.kinds {
                self.list(lang, List::Kind(*kind), shelf.len().div_ceil(size));
            }
            self.industry_lists(lang, shelves);
            if !shelves.topics.is_empty() {
                self.list(lang, List::Topics, 0);
            }
            for (slug, topic) in &shelves.topics {
                self.list(
                    lang,
                    List::Topic(slug.clone()),
                    topic.shelf.len().div_ceil(size),
                );
            }
            if !shelves.authors.is_empty() {
                self.list(lang, List::Authors, 0);
            }
            for (author, shelf) in &shelves.authors {
                self.list(lang, List::Author(*author), shelf.len().div_ceil(size));
            }
            self.feed(lang, None);
        }
    }

    fn industry_lists(&mut self, lang: &str, shelves: &Shelves) {
        let size = self.library.config.paginate;
        if !shelves.industries.is_empty() {
            self.list(lang, List::Industries, 0);
        }
        for (industry, shelf) in &shelves.industries {
            let list = List::Industry(*industry, None);
            self.list(lang, list, shelf.len().div_ceil(size));
            for kind in Kind::RESOURCES {
                let documents = &self.library.documents;
                let count = shelves.industry_kind(*industry, kind, documents).count();
                if count >= KIND_PAGE_FROM && count < shelf.len() {
                    self.list(
                        lang,
                        List::Industry(*industry, Some(kind)),
                        count.div_ceil(size),
                    );
                }
            }
            self.feed(lang, Some(*industry));
        }
    }

    fn feed(&mut self, lang: &str, industry: Option<IndustryId>) {
        for format in [FeedFormat::Atom, FeedFormat::Json] {
            let feed = Feed {
                lang: lang.to_owned(),
                industry,
                format,
            };
            let path = feed_address(self.library, &feed);
            let path = path.trim_start_matches('/').to_owned();
            self.plan.outputs.entry(path).or_insert(Output::Feed(feed));
        }
    }

    /// A list with its pages. A document that stands where the list belongs introduces it.
    fn list(&mut self, lang: &str, list: List, pages: usize) {
        for page in 1..=pages.max(1) {
            let path = file_at(&page_address(self.library, lang, &list, page));
            let intro = match (self.plan.outputs.get(&path).cloned(), &list) {
                (Some(Output::Document(id)), _) => {
                    let document = self.library.document(id);
                    if document.kind != Kind::Page {
                        let file = document.source.file.to_string();
                        self.tell_taken(&path, &file, "the list that belongs there");
                    }
                    Some(id)
                }
                (None, List::Author(author)) if page == 1 => {
                    self.library.authors[author.index()].document
                }
                (None, _) => None,
                // An old address of a document: the list is new there and wins.
                (Some(Output::Redirect(_)), _) => None,
                (Some(_), _) => {
                    self.tell_taken(&path, "a list", &format!("a file named {path}"));
                    continue;
                }
            };
            let output = Output::List(ListPage {
                lang: lang.to_owned(),
                list: list.clone(),
                page,
                intro,
            });
            self.plan.outputs.insert(path, output);
        }
    }

    /// What a book has beside its front page and its chapters. A chapter or a file that stands
    /// there already wins.
    fn books(&mut self) {
        for (id, document) in self.library.iter() {
            if document.kind != Kind::Book || !document.is_live() || document.parts.is_empty() {
                continue;
            }
            let search = search_address(document).trim_start_matches('/').to_owned();
            let files = [
                (file_at(&print_address(document)), Output::Print(id)),
                (search, Output::BookSearch(id)),
            ];
            for (path, output) in files {
                self.plan.outputs.entry(path).or_insert(output);
            }
        }
    }

    /// Files for programs; the author's own of the same name win.
    fn machine_files(&mut self) {
        let mut files = vec![
            ("404.html".to_owned(), Output::NotFound),
            ("robots.txt".to_owned(), Output::Robots),
            ("resources.json".to_owned(), Output::Resources),
            ("llms.txt".to_owned(), Output::Llms),
            ("_redirects".to_owned(), Output::Rules(Server::Netlify)),
            (".htaccess".to_owned(), Output::Rules(Server::Apache)),
            ("redirects.nginx".to_owned(), Output::Rules(Server::Nginx)),
        ];
        let parts = self.sitemap_addresses().div_ceil(SITEMAP_LIMIT);
        files.push(("sitemap.xml".to_owned(), Output::Sitemap(None)));
        if parts > 1 {
            for part in 1..=parts {
                files.push((format!("sitemap-{part}.xml"), Output::Sitemap(Some(part))));
            }
        }
        // Some servers list a folder that has no page of its own: not the one of the handouts.
        if self.library.handouts().next().is_some() {
            files.push((file_at(handout::FOLDER), Output::NotFound));
        }
        for (path, output) in files {
            self.plan.outputs.entry(path).or_insert(output);
        }
    }

    fn sitemap_addresses(&self) -> usize {
        self.plan
            .outputs
            .values()
            .filter(|output| output.is_in_sitemap())
            .count()
    }

    fn tell_taken(&mut self, path: &str, file: &str, other: &str) {
        let mut problem = Diagnostic::error(format!("{file} and {other} would both be /{path}"))
            .help("give one of them another name, or a `slug:`; with `page: true` it introduces a list");
        if file.starts_with("content/") {
            problem = problem.at(Place::file(file));
        }
        self.problems.push(problem);
    }
}

impl Output {
    /// Whether search engines are told of it: pages that are there to be read.
    pub fn is_in_sitemap(&self) -> bool {
        matches!(self, Output::Document(_) | Output::List(_))
    }
}
