//! Files whose bytes are not what they should be.

use std::fs::File;

use crate::Library;

#[test]
fn a_file_of_100_megabytes() {
    let library = Library::new();
    let file = File::create(library.path("content/huge.md")).unwrap();
    file.set_len(100_000_000).unwrap();
    insta::assert_snapshot!(library.build().refused(), @"
    error: this file is 100 MB large, more than the 16 MB allowed
    --> content/huge.md
     = help: split it into chapters of a book, or raise `max_file_mb` in goodturn.yaml

    1 error
    ");
    // A large file that is given is no trouble.
    let library = Library::new();
    let file = File::create(library.path("content/huge.zip")).unwrap();
    file.set_len(20_000_000).unwrap();
    library.build().built();
}

#[test]
fn invalid_utf_8() {
    let library = Library::new()
        .write("content/latin.md", b"# Caf\xe9\n\nText\n")
        .write("content/utf-16.md", b"\xff\xfe#\0 \0A\0\n\0");
    insta::assert_snapshot!(library.build().refused(), @r#"
    error: this file is not UTF-8 text
     --> content/latin.md:1:6
      |
    1 | # Caf�
      |      ^ the first byte that is no letter
      |
      = help: save it as UTF-8 in your editor ("Save with encoding")

    error: this file is not UTF-8 text
     --> content/utf-16.md:1:1
      |
    1 | ��#   A 
      | ^ the first byte that is no letter
      |
      = help: save it as UTF-8 in your editor ("Save with encoding")

    2 errors
    "#);
}

#[test]
fn a_byte_order_mark_and_line_ends_of_windows() {
    let library = Library::new().write(
        "content/a.md",
        "\u{feff}---\r\ntitle: From Windows\r\nsummary: S\r\n---\r\n\r\n# Part\r\n\r\nSee [fine](fine.md).\r\n\r\n{% callout(kind=\"tip\") %}\r\nInside\r\n{% end %}\r\n",
    );
    assert_eq!(library.build().built(), "");
    let page = library.read("public/a/index.html");
    assert!(
        page.contains("<h1>From Windows</h1>") || page.contains(">From Windows</h1>"),
        "{page}"
    );
    assert!(page.contains("href=\"/fine/\""));
    assert!(page.contains("Inside") && !page.contains("{%"));
    // Places are right, too.
    let library = Library::with(
        "content/a.md",
        "\u{feff}---\r\ntitle: A\r\ndate: soon\r\n---\r\n\r\n[x](y.md)\r\n",
    );
    insta::assert_snapshot!(library.build().refused(), @"
    error: `soon` is not a date: write it as 2024-03-09, or 2024-03-09T10:00:00Z
     --> content/a.md:3:7
      |
    3 | date: soon 
      |       ^^^^

    error: there is no file content/y.md
     --> content/a.md:6:1
      |
    6 | [x](y.md) 
      | ^^^^^^^^^
      |
      = help: did you mean `a.md`?

    2 errors
    ");
}

#[test]
fn a_nul_byte() {
    let library = Library::with("content/a.md", "# A\n\nOne\0two\n");
    insta::assert_snapshot!(library.build().built(), @"
    warning: this file holds a NUL byte, which no browser shows
     --> content/a.md:3:4
      |
    3 | One two
      |    ^
    ");
    assert!(!library.read("public/a/index.html").contains('\0'));
    let library = Library::with("content/a.md", "---\ntitle: A\0B\n---\nText\n");
    insta::assert_snapshot!(library.build().built(), @"
    warning: this file holds a NUL byte, which no browser shows
     --> content/a.md:2:9
      |
    2 | title: A B
      |         ^
    ");
    let library = Library::with(
        "content/a.md",
        "---\ntitle: \"A\\x07\\0B\"\n---\nText\u{b}\u{1b}\n",
    );
    insta::assert_snapshot!(library.build().built(), @"
    warning: this file holds a control character (U+000B), which no browser shows
     --> content/a.md:4:5
      |
    4 | Text  
      |     ^
    ");
    for file in [
        "public/a/index.html",
        "public/feed.xml",
        "public/resources.json",
    ] {
        let text = library.read(file);
        assert!(
            !text.contains(|c: char| c.is_control() && c != '\n'),
            "{file}: {text}"
        );
    }
}

#[test]
fn an_empty_file() {
    let library = Library::with("content/empty.md", "")
        .write("content/spaces.md", "  \n\n\t\n")
        .write("content/head.md", "---\n---\n")
        .write("industries.yaml", "")
        .write("goodturn.lock", "")
        .write("goodturn.yaml", "");
    insta::assert_snapshot!(library.build().built(), @"");
    assert!(library.path("public/empty/index.html").is_file());
}

#[test]
fn a_head_that_is_never_closed() {
    let library = Library::with(
        "content/a.md",
        "---\ntitle: A\ndraft: true\n\nNot for publishing.\n",
    );
    insta::assert_snapshot!(library.build().refused(), @"
    error: the head of this file is never closed
     --> content/a.md:1:1
      |
    1 | ---
      | ^^^
      |
      = help: write a line --- below the last key

    1 error
    ");
}

#[test]
fn pictures_and_documents_that_are_broken() {
    let library = Library::new()
        .write(
            "content/a.md",
            "![A](a.svg) ![B](b.svg) ![C](c.png) ![D](d.svg)\n",
        )
        .write(
            "content/a.svg",
            "<svg width=\"-5\" height=\"NaN\" viewBox=\"0 0 1e999 inf\"></svg>",
        )
        .write(
            "content/b.svg",
            "<svg width=\"99999999999999999999\" height=\"1%\" viewBox=\"x\">",
        )
        .write("content/c.png", b"\x89PNG\r\n\x1a\n\0\0")
        .write("content/d.svg", b"\xff\xfe<svg")
        .write("content/p.md", "---\ntitle: P\nfile: p.pdf\nwhy: W\n---\n")
        .write("content/p.pdf", "%PDF-1.7\nnothing of the kind")
        .write("content/q.md", "---\ntitle: Q\nfile: q.pdf\nwhy: W\n---\n")
        .write("content/q.pdf", "")
        .write("content/s.md", "---\ntitle: R\nfile: s.pdf\nwhy: W\n---\n")
        .write("content/s.pdf", deep_pdf());
    assert_eq!(library.build().built(), "");
    let page = library.read("public/a/index.html");
    assert!(
        !page.contains("width=\"0\"") && !page.contains("inf"),
        "{page}"
    );
    assert_eq!(
        library.read("public/p.pdf"),
        "%PDF-1.7\nnothing of the kind"
    );
}

/// A PDF whose first object is nested deeper than any stack.
fn deep_pdf() -> String {
    let lists = "[".repeat(200_000);
    format!("%PDF-1.4\n1 0 obj\n{lists}\nendobj\ntrailer <</Root 1 0 R>>\nstartxref\n9\n%%EOF")
}
