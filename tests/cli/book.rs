//! `goodturn book`: files that people are given.

use std::fs;

use super::Desk;

const SETTINGS: &str = "title: Two calls\nauthor: Ann\ndate: 2026-01-01\n";

fn desk() -> Desk {
    let desk = Desk::library(&["hvac"]);
    desk.write("content/calls/book.yaml", SETTINGS);
    desk.write(
        "content/calls/1-before.md",
        "# Before\n\nAsk early.[^1] See [after](2-after.md#the-list).\n\n[^1]: In spring.\n",
    );
    desk.write(
        "content/calls/2-after.md",
        "# After\n\n## The list\n\n- [ ] Write\n",
    );
    desk
}

#[test]
fn a_book_becomes_an_e_book_and_a_pdf() {
    let desk = desk();
    let made = desk.run(&["book", "content/calls"]).fine();
    assert!(
        made.starts_with("Made Two calls\n  calls.epub: "),
        "{}",
        made
    );
    assert!(made.contains("\n  calls.pdf: "), "{}", made);
    let epub = fs::read(desk.path("calls.epub")).unwrap();
    let pdf = fs::read(desk.path("calls.pdf")).unwrap();
    assert!(epub.starts_with(b"PK"));
    assert!(pdf.starts_with(b"%PDF-"));
    // The same again, byte for byte, under other names.
    let names = [
        "book",
        "content/calls",
        "--epub",
        "a.epub",
        "--pdf",
        "a.pdf",
    ];
    desk.run(&names).fine();
    assert_eq!(fs::read(desk.path("a.epub")).unwrap(), epub);
    assert_eq!(fs::read(desk.path("a.pdf")).unwrap(), pdf);
    // Nothing else is written: no site, no change of the lock.
    assert!(!desk.path("public").exists());
}

#[test]
fn an_article_becomes_a_small_book() {
    let desk = desk();
    desk.write(
        "content/five.md",
        "---\ntitle: Five questions\ndate: 2026-01-01\n---\nAsk.\n",
    );
    desk.run(&["book", "content/five.md", "--epub", "five.epub"])
        .fine();
    assert!(desk.path("five.epub").exists());
    assert!(!desk.path("five.pdf").exists());
}

#[test]
fn what_is_no_book_is_told() {
    let desk = desk();
    desk.write(
        "content/link.md",
        "---\ntitle: A link\nlink: https://example.org/\nwhy: It helps.\n---\n",
    );
    let told = |args: &[&str], code: i32, words: &[&str]| {
        let ran = desk.run(args);
        assert_eq!(ran.code, Some(code), "{ran:?}");
        for word in words {
            assert!(ran.err.contains(word), "{word}: {}", ran.err);
        }
    };
    told(
        &["book", "content/nowhere"],
        2,
        &["content/nowhere", "it does not exist"],
    );
    told(
        &["book", "goodturn.yaml"],
        2,
        &["is no book and no Markdown file"],
    );
    told(&["book", "content/call"], 2, &["it does not exist"]);
    told(
        &["book", "content/link.md"],
        1,
        &["a link is no book", "content/link.md"],
    );
    told(
        &["book", "content/calls", "--epub", "no/such/folder.epub"],
        1,
        &["cannot be written"],
    );
}

#[test]
fn errors_of_its_own_chapters_stop_it_and_others_do_not() {
    let desk = desk();
    desk.write("content/other.md", "# Other\n\nTo [nowhere](nowhere.md).\n");
    desk.run(&["book", "content/calls", "--epub", "a.epub"])
        .fine();
    desk.write(
        "content/calls/2-after.md",
        "# After\n\nTo [nowhere](nowhere.md).\n",
    );
    let ran = desk.run(&["book", "content/calls", "--epub", "b.epub"]);
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.err.contains("content/calls/2-after.md:3:"),
        "{}",
        ran.err
    );
    assert!(!desk.path("b.epub").exists());
}

#[test]
fn a_cover_that_is_no_picture_is_an_error() {
    let desk = desk();
    desk.write("content/calls/cover.png", "no picture at all");
    desk.write(
        "content/calls/book.yaml",
        &format!("{SETTINGS}cover: cover.png\n"),
    );
    let ran = desk.run(&["book", "content/calls", "--epub", "a.epub"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.err.contains("the cover cannot be used"), "{}", ran.err);
}

const ONE_FILE: &str = "\
# The long way

Read it in order: [second](#second).

# First

See [the detail](#the-detail), [the end](#second) and [a site][site].[^n]

## Steps

One.

# Second

Also here.[^n] Back to [steps](#steps).

## The detail

Small.

[^n]: Said once, with [a site][site][^m].
[^m]: And below it.
[site]: https://example.org/deep
";

#[test]
fn one_long_file_is_split_at_its_headings() {
    let desk = Desk::library(&["hvac"]);
    desk.write(
        "content/way/book.yaml",
        "title: The long way\ndate: 2026-01-01\nindustries: [hvac]\nsummary: All of it.\nsplit: 1\n",
    );
    desk.write(
        "content/way/all.md",
        &ONE_FILE.replacen("# The long way\n\n", "", 1),
    );
    desk.write(
        "content/from.md",
        "---\ntitle: From\nsummary: S.\nindustries: [hvac]\ndate: 2026-01-01\n---\n[a](way/all.md#the-detail) [b](way/all.md#second) [c](way/all.md) [d](way/#steps)\n",
    );
    desk.run(&["build"]).fine();
    // Fragments lead to the chapter that they are in now.
    let from = desk.read("public/from/index.html");
    for href in [
        "/way/second/#the-detail",
        "/way/second/",
        "/way/",
        "/way/first/#steps",
    ] {
        assert!(from.contains(&format!("href=\"{href}\"")), "{href}: {from}");
    }
    let book = desk.read("public/way/index.html");
    assert!(
        book.contains("Read it in order: <a href=\"/way/second/\">"),
        "{book}"
    );
    let first = desk.read("public/way/first/index.html");
    assert!(first.contains("<a href=\"/way/second/#the-detail\">the detail</a>"));
    assert!(first.contains("<h2 id=\"steps\">"));
    let second = desk.read("public/way/second/index.html");
    assert!(second.contains("<a href=\"/way/first/#steps\">"));
    // Footnotes and definitions from the end of the file are in each chapter that uses them.
    for page in [&first, &second] {
        assert!(page.contains("id=\"fn-2\"><p>And below it."), "{page}");
        assert!(page.contains("<a href=\"https://example.org/deep\""));
    }
    // The chapters' addresses are remembered: a heading that is called another name redirects.
    assert!(desk.read("goodturn.lock").contains("way/all.md#first"));
    desk.write(
        "content/way/all.md",
        &ONE_FILE
            .replacen("# The long way\n\n", "", 1)
            .replace("# Second", "# The last part")
            .replace("(#second)", "(#the-last-part)"),
    );
    desk.write(
        "content/from.md",
        "---\ntitle: From\nsummary: S.\nindustries: [hvac]\ndate: 2026-01-01\n---\nGone.\n",
    );
    desk.run(&["build"]).fine();
    assert!(
        desk.read("public/way/second/index.html")
            .contains("/way/the-last-part/")
    );
    desk.run(&["book", "content/way"]).fine();
}

#[test]
fn parts_stand_above_the_headings_that_a_file_is_split_at() {
    let desk = Desk::library(&["hvac"]);
    desk.write(
        "content/way/book.yaml",
        "title: W\ndate: 2026-01-01\nindustries: [hvac]\nsummary: All.\nsplit: 2\n",
    );
    desk.write(
        "content/way/all.md",
        "# Before\n\n## One\n\n### Deep\n\nA.\n\n# After\n\nWith words.\n\n## Two\n\nB.\n",
    );
    desk.run(&["build"]).fine();
    let one = desk.read("public/way/one/index.html");
    assert!(one.contains("<h2 id=\"deep\">"), "{one}");
    let book = desk.read("public/way/index.html");
    assert!(book.contains("Before") && !desk.path("public/way/before").exists());
    assert!(
        desk.read("public/way/after/index.html")
            .contains("With words.")
    );
    assert!(desk.path("public/way/two/index.html").exists());
}

#[test]
fn a_readme_that_lists_every_chapter_gives_their_order() {
    let desk = Desk::library(&["hvac"]);
    desk.write(
        "content/way/book.yaml",
        "title: W\ndate: 2026-01-01\nindustries: [hvac]\nsummary: All.\n",
    );
    let readme = "---\nsummary: S.\n---\n# W\n\nStart [here](b.md).\n\n## Contents\n\n- [Bee](b.md)\n  - [See](c.md)\n- [Elsewhere](https://example.org/)\n- [Ay](a.md#top)\n- [Bee again](b.md)\n";
    desk.write("content/way/README.md", readme);
    for name in ["a", "b", "c"] {
        desk.write(
            &format!("content/way/{name}.md"),
            &format!("# {name}\n\nText.\n"),
        );
    }
    let built = |page: &str| {
        desk.run(&["build"]).fine();
        desk.read(&format!("public/way/{page}index.html"))
    };
    let before = |page: &str| {
        let link = page.split("rel=\"prev\"").nth(1)?;
        Some(link.chars().take(40).collect::<String>())
    };
    let last = before(&built("a/")).expect("a chapter before");
    assert!(last.contains("/way/c/"), "{last}");
    assert!(built("b/").contains("Bee"));
    // The page's own text stays.
    assert!(built("").contains("Start <a href=\"/way/b/\">here</a>"));
    // With a chapter that is not listed, the files' names count, and nothing is left out.
    desk.write("content/way/d.md", "# d\n\nText.\n");
    assert_eq!(before(&built("a/")), None);
    assert!(desk.path("public/way/d/index.html").exists());
}

#[test]
fn a_file_says_itself_that_it_is_split() {
    let desk = Desk::library(&["hvac"]);
    let head = "---\ntitle: The long way\ndate: 2026-01-01\nindustries: [hvac]\nsummary: All of it.\nsplit: 1\n---\n";
    let text = ONE_FILE.replacen("# The long way\n\n", "", 1);
    desk.write("content/way.md", &format!("{head}{text}"));
    desk.write(
        "content/from.md",
        "---\ntitle: From\nsummary: S.\nindustries: [hvac]\ndate: 2026-01-01\n---\n[a](way.md#the-detail) [b](way.md#second) [c](way.md) [d](/way/#steps)\n",
    );
    desk.run(&["build"]).fine();
    let from = desk.read("public/from/index.html");
    for href in [
        "/way/second/#the-detail",
        "/way/second/",
        "/way/",
        "/way/first/#steps",
    ] {
        assert!(from.contains(&format!("href=\"{href}\"")), "{href}: {from}");
    }
    let book = desk.read("public/way/index.html");
    assert!(
        book.contains("Read it in order: <a href=\"/way/second/\">"),
        "{book}"
    );
    assert!(book.contains("way.epub"), "{book}");
    desk.run(&["book", "content/way.md", "--epub", "way.epub"])
        .fine();
    // The only file of a book's folder may say it as well.
    desk.write(
        "content/other/book.yaml",
        "title: Other\ndate: 2026-01-01\nindustries: [hvac]\nsummary: All.\n",
    );
    desk.write(
        "content/other/all.md",
        &format!("---\nsplit: 1\n---\n{text}"),
    );
    desk.run(&["build"]).fine();
    assert!(
        desk.read("public/other/second/index.html")
            .contains("<a href=\"/other/first/#steps\">")
    );
    // A file that was an article keeps its address when it becomes a book.
    assert!(desk.read("goodturn.lock").contains("way.md#second"));
}
