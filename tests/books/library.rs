//! The books of real libraries: this repository's sample and its guide.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use goodturn::book::clean::{Addresses, Destination, Rendered, clean, keys};
use goodturn::book::{Book, Chapter, Part, Picture};
use goodturn::config::{BaseUrl, Folders};
use goodturn::diagnostics::Diagnostic;
use goodturn::library::vocabulary::Vocabulary;
use goodturn::library::{ChapterEntry, DocId, Library};
use goodturn::site::Site;
use goodturn::source::Readings;
use goodturn::source::front_matter::Kind;
use goodturn::workspace::{Options, Workspace};

use super::{tools, written};

fn site(root: &Path) -> Site {
    let workspace = Workspace::open(Folders::new(root, None));
    let workspace = workspace.expect("settings").expect("a library");
    let options = Options {
        base: BaseUrl::parse("https://example.org/library/").ok(),
        now: 1_790_000_000,
        ..Options::default()
    };
    let readings = workspace.read(&Readings::default(), true).expect("content");
    let vocabulary = Arc::new(Vocabulary::builtin());
    let loaded = workspace.resolve(readings.sources(), vocabulary, Arc::default(), &options);
    let theme = workspace.theme(&mut Vec::new());
    workspace
        .site(loaded.library, theme, &mut Vec::new())
        .expect("a site")
}

/// Where the links of a book's chapters lead.
struct InLibrary<'a> {
    library: &'a Library,
    keys: &'a BTreeMap<DocId, String>,
    pictures: &'a BTreeMap<String, Picture>,
}

impl InLibrary<'_> {
    /// A path on the site, below the base address.
    fn path(&self, href: &str) -> Option<String> {
        let prefix = self.library.base.path("/");
        let path = href.strip_prefix(prefix.trim_end_matches('/'))?;
        let path = path.split(['#', '?']).next().unwrap_or_default();
        let path = percent_encoding::percent_decode_str(path)
            .decode_utf8()
            .ok()?;
        Some(path.into_owned())
    }
}

impl Addresses for InLibrary<'_> {
    fn link(&self, _: &str, href: &str) -> Destination {
        let Some(path) = self.path(href) else {
            return match href.contains(':') {
                true => Destination::Web(href.to_owned()),
                false => Destination::Nowhere,
            };
        };
        let fragment = href
            .split_once('#')
            .map(|(_, fragment)| fragment.to_owned());
        let key = self
            .library
            .by_address(&path)
            .and_then(|id| self.keys.get(&id));
        match key {
            Some(key) => Destination::Chapter {
                key: key.clone(),
                fragment,
            },
            None => Destination::Web(self.library.base.full(&path)),
        }
    }

    fn picture(&self, _: &str, src: &str) -> Option<String> {
        let path = self.path(src)?;
        let path = path.trim_start_matches('/');
        self.pictures.contains_key(path).then(|| path.to_owned())
    }
}

/// Every book of a library.
fn books(root: &Path) -> Vec<Book> {
    let site = site(root);
    let library = site.library();
    let pictures: BTreeMap<String, Picture> = library
        .assets
        .iter()
        .filter_map(|entry| {
            let picture = Picture::read(std::fs::read(&entry.disk).ok()?).ok()?;
            Some((entry.path.clone(), picture))
        })
        .collect();
    let books = library
        .iter()
        .filter(|(_, document)| document.kind == Kind::Book);
    books.map(|(id, _)| bind(&site, id, &pictures)).collect()
}

fn bind(site: &Site, id: DocId, pictures: &BTreeMap<String, Picture>) -> Book {
    let library = site.library();
    let document = library.document(id);
    let chapters: Vec<DocId> = library
        .iter()
        .filter(|(_, one)| {
            one.chapter
                .as_ref()
                .is_some_and(|chapter| chapter.book == id)
        })
        .map(|(id, _)| id)
        .collect();
    let names = chapters.iter().map(|id| {
        let path: &str = &library.document(*id).source.path;
        let name = path.rsplit('/').next().unwrap_or_default();
        name.trim_end_matches(".md")
    });
    let keys: BTreeMap<DocId, String> = chapters.iter().copied().zip(keys(names)).collect();
    let rendered: Vec<Rendered> = chapters
        .iter()
        .map(|id| Rendered {
            key: keys[id].clone(),
            html: site.body(*id).expect("a body"),
            file: library.document(*id).source.file.clone(),
        })
        .collect();
    let addresses = InLibrary {
        library,
        keys: &keys,
        pictures,
    };
    let mut problems: Vec<Diagnostic> = Vec::new();
    let trees = clean(&rendered, &addresses, &mut problems);
    for problem in &problems {
        println!(
            "{:?}: {}",
            problem.place.as_ref().map(|p| &p.file),
            problem.message
        );
    }
    let mut trees: BTreeMap<DocId, _> = chapters.into_iter().zip(trees).collect();
    let parts = document
        .parts
        .iter()
        .map(|part| Part {
            title: part.title.clone(),
            chapters: bound(&part.chapters, &keys, &mut trees),
        })
        .collect();
    let first = document
        .industries
        .first()
        .map(|id| library.vocabulary.get(*id));
    Book {
        id: document.id.to_string(),
        title: document.title.clone(),
        authors: document
            .authors
            .iter()
            .map(|id| library.authors[id.index()].name.clone())
            .collect(),
        lang: document.lang().to_owned(),
        summary: Some(document.summary.clone()),
        subjects: first
            .map(|industry| industry.name.clone())
            .into_iter()
            .collect(),
        industry: first.map(|industry| industry.slug.clone()),
        modified: 1_790_000_000,
        url: Some(library.base.full(&document.address)),
        parts,
        pictures: pictures.clone(),
        ..Book::default()
    }
}

fn bound(
    entries: &[ChapterEntry],
    keys: &BTreeMap<DocId, String>,
    trees: &mut BTreeMap<DocId, Vec<goodturn::book::Node>>,
) -> Vec<Chapter> {
    entries
        .iter()
        .map(|entry| Chapter {
            key: entry
                .document
                .map(|id| keys[&id].clone())
                .unwrap_or_default(),
            title: entry.title.clone(),
            number: entry.number.clone(),
            tree: entry
                .document
                .and_then(|id| trees.remove(&id))
                .unwrap_or_default(),
            children: bound(&entry.children, keys, trees),
        })
        .collect()
}

fn check_all(root: &Path, name: &str) -> Vec<Book> {
    let books = books(root);
    assert!(!books.is_empty());
    for (book, number) in books.iter().zip(1..) {
        let path = written(book, &format!("{name}-{number}"));
        super::set(book, &format!("{name}-{number}"));
        tools::epubcheck(&path);
        if std::env::var_os("BOOKS_WITHOUT_ACE").is_none() {
            tools::ace(&path);
        }
    }
    books
}

#[test]
fn the_books_of_the_sample_are_sound_and_accessible() {
    check_all(Path::new(env!("CARGO_MANIFEST_DIR")), "sample");
}

#[test]
fn the_guide_is_sound_and_accessible() {
    check_all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("docs"), "guide");
}

/// Any library: `BOOKS=FOLDER cargo test --test books -- --ignored`.
#[test]
#[ignore = "needs a library of your own, named by BOOKS"]
fn the_books_of_another_library_are_sound() {
    let root = std::env::var("BOOKS").expect("BOOKS names the folder of a library");
    check_all(Path::new(&root), "other");
}
