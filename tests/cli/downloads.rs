//! Books and articles as files on the site: what `build` makes of `formats:`, fonts and covers.

use std::fs;
use std::path::PathBuf;

use super::Desk;

const SETTINGS: &str = "title: Two calls\nauthor: Ann\ndate: 2026-01-01\ngeneral: true\n";
const ARTICLE: &str =
    "---\ntitle: Five questions\ndate: 2026-01-01\ngeneral: true\nsummary: Ask.\n";

/// A library with a book, of which the web has only what its settings add, and an article.
fn desk(settings: &str, article: &str) -> Desk {
    let desk = Desk::library(&["hvac"]);
    let settings = format!("{SETTINGS}{settings}");
    desk.write("content/books/calls/book.yaml", &settings);
    desk.write("content/books/calls/one.md", "# Before\n\nAsk early.\n");
    let article = format!("{ARTICLE}{article}---\nAsk five of them.\n");
    desk.write("content/articles/five.md", &article);
    desk
}

/// The parts of the library that the cache holds, with this ending.
fn cached(desk: &Desk, ending: &str) -> Vec<PathBuf> {
    let folder = fs::read_dir(desk.path(".goodturn/books")).unwrap();
    let paths = folder.map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> = paths
        .filter(|path| path.extension().is_some_and(|found| found == ending))
        .collect();
    paths.sort();
    paths
}

#[test]
fn a_book_offers_its_files_with_their_sizes() {
    let desk = desk("", "formats: [epub]\n");
    desk.builds_clean();
    let page = desk.read("public/books/calls/index.html");
    for name in ["calls.epub", "calls.pdf"] {
        let bytes = fs::read(desk.path(&format!("public/books/calls/{name}"))).unwrap();
        let link = format!("href=\"/books/calls/{name}\" download=\"{name}\"");
        assert!(page.contains(&link), "{page}");
        let size = format!("{} kB", (bytes.len() + 500) / 1_000);
        assert!(page.contains(&size), "{size} of {name} in {page}");
    }
    // The same bytes as without a site, and the cover of the book on its page.
    desk.run(&[
        "book",
        "content/books/calls",
        "--epub",
        "a.epub",
        "--pdf",
        "a.pdf",
    ])
    .fine();
    for ending in ["epub", "pdf"] {
        let alone = fs::read(desk.path(&format!("a.{ending}"))).unwrap();
        let site = fs::read(desk.path(&format!("public/books/calls/calls.{ending}"))).unwrap();
        assert!(alone == site, "{ending}");
    }
    assert!(page.contains("src=\"/books/calls/cover.svg\""), "{page}");
    assert!(
        desk.read("public/books/calls/cover.svg")
            .starts_with("<svg")
    );
    assert!(page.contains("/books/calls/cover.jpg\""), "{page}");
    let photo = fs::read(desk.path("public/books/calls/cover.jpg")).unwrap();
    assert!(photo.starts_with(&[0xff, 0xd8]));
    // The article asked for one format.
    let page = desk.read("public/articles/five/index.html");
    assert!(page.contains("href=\"/articles/five/five.epub\""), "{page}");
    assert!(!page.contains("five.pdf"));
    assert!(desk.path("public/articles/five/five.epub").exists());
    assert!(!desk.path("public/articles/five/five.pdf").exists());
}

#[test]
fn what_was_made_once_is_not_made_again() {
    let desk = desk("", "");
    desk.builds_clean();
    let [epub] = cached(&desk, "epub").try_into().unwrap();
    let site = desk.path("public/books/calls/calls.epub");
    let made = fs::read(&site).unwrap();
    // Whoever is found in the cache is taken as it is.
    let mut other = made.clone();
    other.reverse();
    fs::write(&epub, &other).unwrap();
    desk.builds_clean();
    assert!(fs::read(&site).unwrap() == other);
    // One that is cut off is not.
    fs::write(&epub, &other[..100]).unwrap();
    desk.builds_clean();
    assert!(fs::read(&site).unwrap() == made);
    // Nor is anything when that is asked for.
    fs::write(&epub, &other).unwrap();
    desk.run(&["build", "--out", "public", "--no-cache"]).fine();
    assert!(fs::read(&site).unwrap() == made);
    // Another text makes another book, with the same cover.
    desk.write("content/books/calls/one.md", "# Before\n\nAsk late.\n");
    desk.builds_clean();
    assert_eq!(
        (cached(&desk, "epub").len(), cached(&desk, "svg").len()),
        (2, 1)
    );
    let changed = fs::read(&site).unwrap();
    assert!(changed != made && changed != other);
}

#[test]
fn a_cache_that_cannot_be_written_costs_time_only() {
    let desk = desk("", "");
    desk.write(".goodturn", "a file where the folder should be");
    desk.builds_clean();
    let epub = fs::read(desk.path("public/books/calls/calls.epub")).unwrap();
    assert!(epub.starts_with(b"PK"));
}

#[test]
fn an_author_may_want_no_files_or_give_their_own() {
    let desk = desk("formats: false\n", "");
    desk.builds_clean();
    let page = desk.read("public/books/calls/index.html");
    assert!(!page.contains("download"), "{page}");
    assert!(!desk.path("public/books/calls/calls.epub").exists());

    // A file that lies there already is the author's edition.
    desk.write(
        "content/books/calls/book.yaml",
        &format!("{SETTINGS}formats: [epub]\n"),
    );
    desk.write("content/books/calls/calls.epub", "set by hand");
    desk.builds_clean();
    assert_eq!(desk.read("public/books/calls/calls.epub"), "set by hand");
    let page = desk.read("public/books/calls/index.html");
    assert!(
        page.contains("calls.epub\"") && page.contains("11 B"),
        "{page}"
    );
}

#[test]
fn a_file_that_was_handed_out_stays_where_it_was_when_its_book_moves() {
    let desk = desk("formats: [epub]\n", "");
    desk.builds_clean();
    let before = fs::read(desk.path("public/books/calls/calls.epub")).unwrap();
    fs::rename(
        desk.path("content/books/calls"),
        desk.path("content/books/talks"),
    )
    .unwrap();
    desk.run(&["build", "--out", "public"]);
    let after = fs::read(desk.path("public/books/talks/talks.epub")).unwrap();
    let there = fs::read(desk.path("public/books/calls/calls.epub")).unwrap();
    assert!(there == after);
    // The book is the same one at another address.
    assert!(before.starts_with(b"PK"));
}

#[test]
fn a_book_without_text_is_given_as_no_file() {
    let desk = desk("", "");
    desk.write("content/books/calls/one.md", "# Before\n");
    desk.builds_clean();
    let page = desk.read("public/books/calls/index.html");
    assert!(!page.contains("download"), "{page}");
}

#[test]
fn the_author_s_cover_is_the_cover_everywhere() {
    let desk = desk("", "");
    desk.run(&["book", "content/books/calls", "--cover", "own.png"])
        .fine();
    let png = fs::read(desk.path("own.png")).unwrap();
    assert!(png.starts_with(b"\x89PNG"));
    fs::write(desk.path("content/books/calls/own.png"), &png).unwrap();
    let settings = format!("{SETTINGS}formats: []\ncover: own.png\n");
    desk.write("content/books/calls/book.yaml", &settings);
    desk.builds_clean();
    let page = desk.read("public/books/calls/index.html");
    assert!(page.contains("src=\"/books/calls/own.png\""), "{page}");
    assert!(!desk.path("public/books/calls/cover.svg").exists());
    // A drawing is turned into a picture for other sites.
    desk.run(&["book", "content/books/calls", "--cover", "again.png"])
        .fine();
    assert!(fs::read(desk.path("again.png")).unwrap() == png);
    let told = desk.run(&["book", "content/books/calls", "--cover", "x.svg"]);
    assert_eq!(told.code, Some(1), "{told:?}");
    assert!(told.err.contains("has a cover of its own"), "{}", told.err);
    let told = desk.run(&["book", "content/books/calls", "--cover", "x.tiff"]);
    assert!(told.refused().contains("end it with .svg, .png or .jpg"));
}
