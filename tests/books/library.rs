//! The books of real libraries: this repository's sample and its guide.

use std::path::Path;
use std::sync::Arc;

use goodturn::book::Book;
use goodturn::config::{BaseUrl, Folders};
use goodturn::library::vocabulary::Vocabulary;
use goodturn::site::Site;
use goodturn::source::Readings;
use goodturn::source::front_matter::Kind;
use goodturn::workspace::{Options, Workspace};

use super::{tools, written};

/// The site of a library on the disk.
pub fn site(root: &Path) -> Site {
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

/// Every book of a library.
fn books(root: &Path) -> Vec<Book> {
    let site = site(root);
    let all = site.library().iter();
    let books = all.filter(|(_, document)| document.kind == Kind::Book);
    let set = |(id, _)| {
        let mut problems = Vec::new();
        let book = site.ebook(id, &mut problems).expect("a book");
        for problem in problems {
            println!("{problem:?}");
        }
        book
    };
    books.map(set).collect()
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
