//! What shops, Kindle and readers who cannot see ask of an e-book: the cover, the ways through the
//! book, and claims of accessibility that are true.

use std::fs;
use std::io::Read;
use std::path::Path;

use goodturn::book::Picture;
use tempfile::TempDir;

use super::made::{self, book};

/// A library with one short book, in a language.
fn library(lang: &str, chapter: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &[u8]| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    let settings = format!("title: Shelf\nlanguage: {lang}\n");
    write("goodturn.yaml", settings.as_bytes());
    write(
        "content/b/book.yaml",
        b"title: B\nauthor: Ann\ndate: 2026-01-05\n",
    );
    write(
        "content/b/one.md",
        format!("# One\n\n{chapter}\n").as_bytes(),
    );
    write("content/b/dot.png", &super::nasty::dot());
    write("content/b/dot.gif", &super::nasty::gif());
    folder
}

/// A file of an EPUB.
fn read(epub: &Path, name: &str) -> Vec<u8> {
    let file = fs::File::open(epub).expect("an EPUB");
    let mut zip = zip::ZipArchive::new(file).expect("a zip");
    let mut bytes = Vec::new();
    let mut inside = zip.by_name(&format!("EPUB/{name}")).expect(name);
    inside.read_to_end(&mut bytes).expect("whole");
    bytes
}

fn text(epub: &Path, name: &str) -> String {
    String::from_utf8(read(epub, name)).expect("UTF-8")
}

/// The attribute of the first element with this name and these attributes.
fn find(xml: &str, element: &str, having: &[(&str, &str)], wanted: &str) -> String {
    let options = roxmltree::ParsingOptions {
        allow_dtd: true,
        ..Default::default()
    };
    let document = roxmltree::Document::parse_with_options(xml, options).expect("sound XML");
    let has = |node: &roxmltree::Node<'_, '_>, name: &str, value: &str| {
        let mut all = node.attributes();
        all.any(|one| one.name() == name && one.value().split(' ').any(|word| word == value))
    };
    let found = document.descendants().find(|node| {
        node.tag_name().name() == element
            && having.iter().all(|(name, value)| has(node, name, value))
    });
    let found = found.unwrap_or_else(|| panic!("no <{element}> with {having:?} in {xml}"));
    let value = found.attributes().find(|one| one.name() == wanted);
    value.map(|one| one.value().to_owned()).unwrap_or_default()
}

/// Kindle Publishing Guidelines: the NCX is named in the spine, the cover is a picture of at least
/// 1000 pixels that is named twice, its page is not in the linear reading order, and landmarks
/// lead to the cover, the contents and the beginning.
fn kindle(epub: &Path) {
    let package = text(epub, "content.opf");
    let ncx = find(&package, "spine", &[], "toc");
    let ncx = find(&package, "item", &[("id", &ncx)], "href");
    assert!(text(epub, &ncx).contains("<navPoint "));
    let cover = find(&package, "meta", &[("name", "cover")], "content");
    let file = find(
        &package,
        "item",
        &[("id", &cover), ("properties", "cover-image")],
        "href",
    );
    let picture = Picture::read(read(epub, &file)).expect("a picture");
    let (width, height) = picture.size.expect("a size");
    assert!(width.max(height) >= 1_000, "{width} by {height}");
    assert!(matches!(picture.media_type, "image/jpeg" | "image/png"));
    let page = find(&package, "itemref", &[("linear", "no")], "idref");
    let page = find(&package, "item", &[("id", &page)], "href");
    assert!(text(epub, &page).contains(&file));
    let nav = find(&package, "item", &[("properties", "nav")], "href");
    let nav = text(epub, &nav);
    assert_eq!(find(&nav, "a", &[("type", "cover")], "href"), page);
    assert_eq!(find(&nav, "a", &[("type", "toc")], "href"), "#toc");
    let first = find(&nav, "a", &[("type", "bodymatter")], "href");
    assert!(text(epub, &first).contains("<h1"));
}

#[test]
fn books_keep_the_rules_of_kindle() {
    let designed = library("en", "Text.");
    let (epub, told) = book(designed.path(), "content/b", "kindle.epub");
    assert_eq!(told, "");
    kindle(&epub);
    // The author's cover of this one is 300 by 480 pixels.
    let small = made::traps();
    let (epub, told) = book(small.path(), "content/traps", "kindle-small.epub");
    kindle(&epub);
    assert!(
        told.contains("books show it enlarged to 1000 by 1600"),
        "{told}"
    );
}

#[test]
fn a_cover_of_another_type_becomes_a_jpeg() {
    let library = library("en", "Text.");
    let settings = library.path().join("content/b/book.yaml");
    let with = fs::read_to_string(&settings).expect("settings") + "cover: dot.gif\n";
    fs::write(&settings, with).expect("settings");
    let (epub, told) = book(library.path(), "content/b", "kindle-gif.epub");
    assert!(
        told.contains("this cover is small: 1 by 1 pixels"),
        "{told}"
    );
    kindle(&epub);
}

/// What a book claims, by property.
fn claims(chapter: &str, name: &str) -> Vec<String> {
    let library = library("en", chapter);
    let (epub, _) = book(library.path(), "content/b", name);
    let package = text(&epub, "content.opf");
    let lines = package.lines().filter_map(|line| {
        let (property, value) = line
            .strip_prefix("<meta property=\"schema:")?
            .strip_suffix("</meta>")?
            .split_once("\">")?;
        Some(format!("{property}: {value}"))
    });
    lines.collect()
}

#[test]
fn a_book_claims_to_be_accessible_only_where_it_is() {
    let has = |claims: &[String], claim: &str| claims.iter().any(|one| one == claim);
    let without = claims("Text.", "claims-none.epub");
    insta::assert_snapshot!(without.join("\n"));
    let described = claims("![A dot](dot.png)", "claims-described.epub");
    let undescribed = claims("![A dot](dot.png) ![](dot.png)", "claims-undescribed.epub");
    let moving = claims("![A dot](dot.gif)", "claims-moving.epub");
    // What a picture is looked at for.
    for (claims, is_seen) in [(&without, false), (&described, true), (&undescribed, true)] {
        assert_eq!(has(claims, "accessMode: visual"), is_seen);
        assert_eq!(has(claims, "accessModeSufficient: textual,visual"), is_seen);
    }
    // Words alone are enough only if they say what each picture shows.
    for (claims, is_told) in [(&without, true), (&described, true), (&undescribed, false)] {
        assert_eq!(has(claims, "accessModeSufficient: textual"), is_told);
    }
    assert!(!has(&without, "accessibilityFeature: alternativeText"));
    assert!(has(&described, "accessibilityFeature: alternativeText"));
    assert!(!has(&undescribed, "accessibilityFeature: alternativeText"));
    let summary = |claims: &[String]| claims.last().expect("a summary").clone();
    assert!(summary(&described).ends_with("All pictures are described in words."));
    assert!(summary(&undescribed).ends_with("Some pictures are not described in words."));
    // Nobody looked whether a picture that moves flashes.
    for (claims, hazard) in [
        (&described, "none"),
        (&undescribed, "none"),
        (&moving, "unknown"),
    ] {
        assert!(has(claims, &format!("accessibilityHazard: {hazard}")));
    }
}

#[test]
fn the_pages_of_an_epub_speak_the_language_of_the_book() {
    let mut told = String::new();
    for lang in ["en", "es", "fr", "de", "pt"] {
        let library = library(lang, "![A dot](dot.png)");
        let (epub, _) = book(library.path(), "content/b", &format!("words-{lang}.epub"));
        let nav = text(&epub, "nav.xhtml");
        let package = text(&epub, "content.opf");
        assert!(nav.contains(&format!("lang=\"{lang}\"")));
        assert!(package.contains(&format!("<dc:language>{lang}</dc:language>")));
        let document = roxmltree::Document::parse_with_options(
            &nav,
            roxmltree::ParsingOptions {
                allow_dtd: true,
                ..Default::default()
            },
        );
        let document = document.expect("sound XML");
        let marks = document
            .descendants()
            .filter(|node| node.tag_name().name() == "nav" && node.attribute("hidden").is_some());
        for nav in marks {
            told += &format!(
                "{lang}: {}:",
                nav.attribute("aria-label").unwrap_or_default()
            );
            for link in nav
                .descendants()
                .filter(|node| node.has_tag_name(("http://www.w3.org/1999/xhtml", "a")))
            {
                told += &format!(" {},", link.text().unwrap_or_default());
            }
        }
        let summary = package.split("accessibilitySummary\">").nth(1);
        let summary = summary.and_then(|rest| rest.split('<').next());
        told += &format!("\n    {}\n", summary.expect("a summary"));
    }
    insta::assert_snapshot!(told);
}
