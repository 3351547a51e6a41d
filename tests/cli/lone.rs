//! `goodturn book` of what lies in no library.

use std::fs;
use std::io::Read;

use super::{Desk, Ran};

/// The text of a file in an EPUB, by the end of its name.
pub(super) fn inside(desk: &Desk, epub: &str, name: &str) -> String {
    let bytes = fs::File::open(desk.path(epub)).unwrap();
    let mut zip = zip::ZipArchive::new(bytes).unwrap();
    let names: Vec<String> = zip
        .file_names()
        .map(|file| file.unwrap().into_owned())
        .collect();
    let found = names.iter().position(|file| file.ends_with(name));
    let found = found.unwrap_or_else(|| panic!("no {name} in {names:?}"));
    let mut text = String::new();
    zip.by_index(found)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

/// The contents of an EPUB, a line each.
pub(super) fn contents(desk: &Desk, epub: &str) -> Vec<String> {
    let nav = inside(desk, epub, "nav.xhtml");
    let nav = nav
        .split("epub:type=\"landmarks\"")
        .next()
        .unwrap_or_default()
        .to_owned();
    let tags = nav
        .split('<')
        .skip(1)
        .filter_map(|part| part.split_once('>'));
    let words = tags.map(|(_, words)| words.trim().to_owned());
    words.filter(|words| !words.is_empty()).collect()
}

#[test]
fn a_file_becomes_a_book_beside_nothing() {
    let desk = Desk::new();
    desk.write(
        "drafts/letters.md",
        "---\nauthor: Ann Lee\n---\n# Letters that land\n\nTo [Bob](bob.md), ![A hat](hat.svg) and [nowhere](no.md).\n",
    );
    desk.write("drafts/bob.md", "# Bob\n");
    desk.write(
        "drafts/hat.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>",
    );
    desk.write("drafts/bad.md", "---\n: [\n---\nNobody asked.\n");
    desk.write("drafts/static/theme.css", "broken {{");
    desk.write("drafts/templates/article.html", "{% broken");
    desk.write("here/x.txt", "");
    let before = desk.files();
    let mut command = desk.command();
    command
        .current_dir(desk.path("here"))
        .args(["book", "../drafts/letters.md"]);
    let ran = Ran::of(command.output().unwrap());
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(
        ran.out
            .starts_with("Made Letters that land\n  letters.epub: "),
        "{}",
        ran.out
    );
    insta::assert_snapshot!(ran.err, @"
    warning: bob.md is no part of this book
     --> letters.md:6:4
      |
    6 | To [Bob](bob.md), ![A hat](hat.svg) and [nowhere](no.md).
      |    ^^^^^^^^^^^^^
      |
      = help: the words stay, without a link

    warning: there is no file no.md
     --> letters.md:6:41
      |
    6 | To [Bob](bob.md), ![A hat](hat.svg) and [nowhere](no.md).
      |                                         ^^^^^^^^^^^^^^^^
    ");
    let mut after = desk.files();
    after.retain(|file| !before.contains(file));
    assert_eq!(after, ["here/letters.epub", "here/letters.pdf"]);
    let package = inside(&desk, "here/letters.epub", ".opf");
    assert!(
        package.contains("Ann Lee") && package.contains("Letters that land"),
        "{package}"
    );
    assert!(package.contains("image/svg+xml"), "{package}");
}

#[test]
fn a_long_file_is_split_as_it_is_asked() {
    let desk = Desk::new();
    desk.write(
        "long.md",
        "---\ntitle: Long\n---\nBefore it all: [two](#two).\n\n# One\n\nText.[^1]\n\n# Two\n\n## Deep\n\nText.\n\n[^1]: Note.\n",
    );
    desk.run(&["book", "long.md", "--split", "1", "--epub", "a.epub"])
        .fine();
    assert_eq!(
        contents(&desk, "a.epub"),
        ["Contents", "Contents", "Long", "1 One", "2 Two"]
    );
    desk.run(&["book", "long.md", "--epub", "b.epub"]).fine();
    assert_eq!(
        contents(&desk, "b.epub"),
        ["Contents", "Contents", "Long", "One", "Two"]
    );
    let ran = desk.run(&["book", "long.md", "--split", "3"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    // With several files there is nothing to split.
    desk.write("many/a.md", "# A\n\nText.\n");
    desk.write("many/b.md", "# B\n\nText.\n");
    let ran = desk.run(&["book", "many", "--split", "1", "--epub", "c.epub"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    insta::assert_snapshot!(ran.err, @"
    error: `split:` takes one Markdown file apart, and this book has 2
    --> 
     = help: leave one .md file in the folder, or take `split:` out

    1 error
    ");
}

#[test]
fn a_folder_of_markdown_is_a_book() {
    let desk = Desk::new();
    desk.write(
        "first-aid/10-last.md",
        "# Last\n\nTo [first](2-first.md) and [sub](sub/).\n",
    );
    desk.write("first-aid/2-first.md", "# First\n\nText.\n");
    desk.write("first-aid/sub/README.md", "# Sub\n\nText.\n");
    desk.write("first-aid/sub/leaf.md", "# Leaf\n\nText.\n");
    desk.write("first-aid/node_modules/x/README.md", "# No\n");
    let ran = desk.run(&["book", "first-aid", "--epub", "a.epub"]);
    assert!(ran.out.starts_with("Made First aid\n"), "{ran:?}");
    assert_eq!(ran.err, "");
    assert_eq!(
        contents(&desk, "a.epub"),
        [
            "Contents", "Contents", "1 First", "2 Last", "3 Sub", "3.1 Leaf"
        ]
    );
    // The README says what the book is called, and begins it.
    desk.write(
        "first-aid/README.md",
        "# First aid for lists\n\nWhy this book.\n",
    );
    let ran = desk.run(&["book", "first-aid", "--epub", "a.epub"]);
    assert!(ran.out.starts_with("Made First aid for lists\n"), "{ran:?}");
    assert_eq!(
        contents(&desk, "a.epub"),
        [
            "Contents",
            "Contents",
            "First aid for lists",
            "1 First",
            "2 Last",
            "3 Sub",
            "3.1 Leaf"
        ]
    );
    // With settings, they count.
    desk.write(
        "first-aid/book.yaml",
        "title: By settings\nauthor: Ann\nchapters: [10-last.md, gone.md, 2-first.md]\n",
    );
    let ran = desk.run(&["book", "first-aid/book.yaml", "--epub", "a.epub"]);
    assert!(ran.out.starts_with("Made By settings\n"), "{ran:?}");
    insta::assert_snapshot!(ran.err, @"
    warning: there is no file sub
     --> 10-last.md:3:28
      |
    3 | To [first](2-first.md) and [sub](sub/).
      |                            ^^^^^^^^^^^

    warning: there is no chapter gone.md
     --> book.yaml:3:24
      |
    3 | chapters: [10-last.md, gone.md, 2-first.md]
      |                        ^^^^^^^
      |
      = help: write the file, or take the line out

    warning: this file is not listed in its book, so it is not published
    --> sub/README.md
     = help: list it in book.yaml, or move it out of the book

    warning: this file is not listed in its book, so it is not published
    --> sub/leaf.md
     = help: list it in book.yaml, or move it out of the book
    ");
}

#[test]
fn an_mdbook_is_a_book_as_it_stands() {
    let desk = Desk::new();
    desk.write(
        "guide/book.toml",
        "[book]\ntitle = \"The guide\"\nauthors = [\"Ann\", \"Bob\"]\nlanguage = \"de\"\nsrc = \"text\"\n",
    );
    desk.write("guide/README.md", "# How to build this\n");
    desk.write(
        "guide/text/SUMMARY.md",
        "# The list\n\n[Foreword](README.md)\n\n# First part\n\n- [One](one.md)\n  - [Deep](deep/README.md)\n- [Not yet]()\n- [Gone](gone.md)\n  - [Kept](kept.md)\n\n---\n\n[After](after.md)\n",
    );
    desk.write("guide/text/README.md", "# Foreword\n\nText.\n");
    desk.write("guide/text/one.md", "# One\n\n{{#include ../code/a.rs:2}} and [deep](deep/README.md), [html](after.html), [free](free.md)\n");
    desk.write("guide/text/free.md", "# Free\n");
    desk.write(
        "guide/text/deep/README.md",
        "# Deep\n\n![Hat](../../hat.svg)\n",
    );
    desk.write(
        "guide/text/kept.md",
        "# Kept\n\nText.\n\n{{#include ../../outside.txt}}\n",
    );
    desk.write("guide/text/after.md", "# After\n\nText.\n");
    desk.write("guide/code/a.rs", "one\ntwo\n");
    desk.write(
        "guide/hat.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>",
    );
    desk.write("outside.txt", "Outside.\n");
    let ran = desk.run(&["book", "guide", "--epub", "a.epub"]);
    assert!(ran.out.starts_with("Made The guide\n"), "{ran:?}");
    insta::assert_snapshot!(ran.err, @"
    warning: there is no chapter text/gone.md
      --> text/SUMMARY.md:10:3
       |
    10 | - [Gone](gone.md)
       |   ^^^^^^^^^^^^^^^
       |
       = help: did you mean `one.md`?

    warning: ../../outside.txt lies outside of the folder of the book, where nothing is taken from
     --> text/kept.md:5:1
      |
    5 | {{#include ../../outside.txt}}
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: put a copy of the file into the folder of the book

    warning: text/free.md is no part of this book
     --> text/one.md:3:77
      |
    3 | {{#include ../code/a.rs:2}} and [deep](deep/README.md), [html](after.html), [free](free.md)
      |                                                                             ^^^^^^^^^^^^^^^
      |
      = help: the words stay, without a link
    ");
    assert_eq!(
        contents(&desk, "a.epub"),
        [
            "Inhalt",
            "Inhalt",
            "Foreword",
            "First part",
            "1 One",
            "1.1 Deep",
            "3 Gone",
            "3.1 Kept",
            "After"
        ]
    );
    let package = inside(&desk, "a.epub", ".opf");
    for words in ["Ann", "Bob", ">de<", "image/svg+xml"] {
        assert!(package.contains(words), "{words}: {package}");
    }
    // The folder of the chapters, and the list itself, mean the same book.
    for path in ["guide/text", "guide/text/SUMMARY.md", "guide/book.toml"] {
        desk.run(&["book", path, "--epub", "b.epub"]);
        assert_eq!(
            fs::read(desk.path("a.epub")).unwrap(),
            fs::read(desk.path("b.epub")).unwrap(),
            "{path}"
        );
    }
    // In a Git checkout all of it belongs together.
    desk.write(".git/HEAD", "");
    let ran = desk.run(&["book", "guide", "--epub", "a.epub"]);
    assert!(!ran.err.contains("outside"), "{ran:?}");
}

#[test]
fn what_is_no_book_outside_of_a_library() {
    let desk = Desk::new();
    desk.write("notes.txt", "Text.\n");
    desk.write("shelf/de/SUMMARY.md", "- [A](a.md)\n");
    desk.write("shelf/en/SUMMARY.md", "- [A](a.md)\n");
    desk.write("shelf/LANGS.md.txt", "");
    desk.write("hollow/x.txt", "");
    desk.write("broken/book.toml", "[book\n");
    desk.write("broken/src/SUMMARY.md", "");
    desk.write("empty/SUMMARY.md", "# Summary\n");
    let told: Vec<String> = ["notes.txt", "shelf", "hollow", "nowhere", "broken", "empty"]
        .iter()
        .map(|path| {
            let ran = desk.run(&["book", path]);
            format!("{path}: {:?}\n{}", ran.code, ran.err)
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    notes.txt: Some(2)
    error: notes.txt is no book and no Markdown file
    help: a book is a folder with book.yaml, SUMMARY.md or Markdown files

    1 error

    shelf: Some(2)
    error: shelf is no book and no Markdown file
    help: give one of the books in it: shelf/de, shelf/en

    1 error

    hollow: Some(2)
    error: hollow is no book and no Markdown file
    help: a book is a folder with book.yaml, SUMMARY.md or Markdown files

    1 error

    nowhere: Some(2)
    error: nowhere: it does not exist
    help: give the folder of a book, or a Markdown file

    1 error

    broken: Some(1)
    error: this TOML cannot be read: unclosed table, expected `]`
     --> book.toml:1:6
      |
    1 | [book
      |      ^

    1 error

    empty: Some(1)
    error: the book "Empty" has no text
    --> SUMMARY.md
     = help: write a chapter that is not empty

    warning: the book "Empty" has no chapters
    --> SUMMARY.md
     = help: put Markdown files beside it, or list them under `chapters:`

    1 error, 1 warning
    "#);
    assert!(!desk.files().iter().any(|file| file.ends_with(".epub")));
}

#[test]
fn the_language_of_a_book_is_that_of_its_chapters() {
    let desk = Desk::library(&["hvac"]);
    desk.write(
        "content/b/book.yaml",
        "title: Das Buch\nlanguage: de\nindustries: [hvac]\nsummary: Alles.\n",
    );
    desk.write(
        "content/b/eins.md",
        "# Eins\n\n> [!NOTE]\n> Er sagte \"so\".\n",
    );
    desk.write("content/b/two.md", "---\nlang: en\n---\n# Two\n\n\"So\".\n");
    // Without settings, its own page says it.
    desk.write(
        "content/c/README.md",
        "---\nlang: de\nindustries: [hvac]\nsummary: x\n---\n# C\n",
    );
    desk.write("content/c/SUMMARY.md", "* [Drei](drei.md)\n");
    desk.write("content/c/drei.md", "# Drei\n\n\"Drei\".\n");
    desk.write(
        "content/d/book.yaml",
        "title: D\nlang: de\nsplit: 1\nindustries: [hvac]\nsummary: x\n",
    );
    desk.write("content/d/all.md", "# Eins \"a\"\n\nText \"b\".\n");
    let built = desk.run(&["build"]);
    assert_eq!(built.code, Some(0), "{built:?}");
    let one = desk.read("public/de/b/eins/index.html");
    for words in ["<html lang=\"de\"", "Hinweis", "„so“"] {
        assert!(one.contains(words), "{words}: {one}");
    }
    assert!(desk.read("public/b/two/index.html").contains("“So”"));
    let split = desk.read("public/de/d/eins-a/index.html");
    assert!(
        split.contains("Eins „a“") && split.contains("„b“"),
        "{split}"
    );
    let three = desk.read("public/de/c/drei/index.html");
    assert!(three.contains("„Drei“"), "{three}");
    assert!(desk.read("public/de/b/index.html").contains("/de/b/eins/"));

    let desk = Desk::new();
    desk.write("b/book.yaml", "title: Buch\nlang: de\n");
    desk.write("b/eins.md", "# Eins\n\n> [!NOTE]\n> Er sagte \"so\".\n");
    desk.run(&["book", "b", "--epub", "a.epub"]).fine();
    let page = inside(&desk, "a.epub", "chapter-001.xhtml");
    assert!(page.contains("Hinweis") && page.contains("„so“"), "{page}");
}

#[test]
fn links_in_a_file_that_is_split_lead_where_they_led() {
    let desk = Desk::new();
    desk.write(
        "b.md",
        "# A\n\n## Eins\n\nText [t](#teil)\n\n# B\n\n## Eins\n\n[x](#eins-1), [y](#eins), [b](#b).\n\n# Teil\n\n## Kap\n\nText.\n",
    );
    let hrefs = |split: &str| {
        let args = ["book", "b.md", "--split", split, "--epub", "a.epub"];
        desk.run(&args).fine();
        let mut found = Vec::new();
        for number in 1..=3 {
            let name = format!("chapter-{number:03}.xhtml");
            let page = inside(&desk, "a.epub", &name);
            let links = page.split("<a href=\"").skip(1);
            let links = links.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()));
            found.extend(links.map(|link| format!("{number}: {link}")));
        }
        found
    };
    insta::assert_snapshot!(hrefs("1").join("\n"), @"
    1: chapter-003.xhtml#teil
    2: #b-eins
    2: chapter-001.xhtml#a-eins
    2: #b
    ");
    insta::assert_snapshot!(hrefs("2").join("\n"), @"
    1: chapter-003.xhtml#kap
    2: #eins-1
    2: chapter-001.xhtml#eins
    2: #eins-1
    ");
}

#[test]
fn a_book_of_several_files_cannot_be_split() {
    let desk = Desk::new();
    desk.write("b/book.yaml", "title: B\nsplit: 1\n");
    desk.write("b/a.md", "# A\n\nText.\n");
    desk.write("b/c.md", "# C\n\nText.\n");
    let ran = desk.run(&["book", "b", "--epub", "a.epub"]);
    assert_eq!(ran.code, Some(1));
    insta::assert_snapshot!(ran.err, @"
    error: `split:` takes one Markdown file apart, and this book has 2
     --> book.yaml:2:8
      |
    2 | split: 1
      |        ^
      |
      = help: leave one .md file in the folder, or take `split:` out

    1 error
    ");
}

#[test]
fn an_include_with_a_backslash_is_plain_text() {
    let desk = Desk::new();
    desk.write("b/SUMMARY.md", "* [A](a.md)\n");
    desk.write(
        "b/a.md",
        "# A\n\nWrite \\{{#include terms.md}} or `\\{{#include terms.md}}`.\n",
    );
    desk.run(&["book", "b", "--epub", "a.epub"]).fine();
    let page = inside(&desk, "a.epub", "chapter-001.xhtml");
    assert!(
        page.contains("Write {{#include terms.md}} or <code>{{#include terms.md}}</code>."),
        "{page}"
    );
}

#[test]
fn a_picture_that_no_book_shows_is_named_where_it_lies() {
    let desk = Desk::new();
    desk.write("b/SUMMARY.md", "* [A](a.md)\n");
    desk.write("b/a.md", "# A\n\nText. ![A](bilder/b.avif)\n");
    let avif = b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf\0\0\0\0";
    fs::create_dir_all(desk.path("b/bilder")).unwrap();
    fs::write(desk.path("b/bilder/b.avif"), avif).unwrap();
    let ran = desk.run(&["book", "b", "--epub", "a.epub"]);
    assert!(ran.err.contains("--> bilder/b.avif\n"), "{}", ran.err);
}
