//! Books whose contents are not in order.

use crate::Library;

#[test]
fn a_missing_chapter_and_one_listed_twice() {
    let library = Library::new()
        .write(
            "content/b/book.yaml",
            "title: B\nchapters:\n  - one.md\n  - tow.md\n  - one.md\n  - 7\n",
        )
        .write("content/b/one.md", "# One\n")
        .write("content/b/two.md", "# Two\n");
    insta::assert_snapshot!(library.build().refused(), @"
    error: there is no chapter content/b/tow.md
     --> content/b/book.yaml:4:5
      |
    4 |   - tow.md
      |     ^^^^^^
      |
      = help: write the file, or take the line out

    error: the chapter `b/one.md` is listed twice
     --> content/b/book.yaml:5:5
      |
    5 |   - one.md
      |     ^^^^^^
      |
      = help: it is already listed in content/b/book.yaml

    error: expected a chapter: a file name, or `file:` with `title:` and `chapters:`, found a number
     --> content/b/book.yaml:6:5
      |
    6 |   - 7
      |     ^

    warning: this file is not listed in its book, so it is not published
    --> content/b/two.md
     = help: list it in content/b/book.yaml, or move it out of the book

    3 errors, 1 warning
    ");
    let library = Library::new()
        .write(
            "content/b/SUMMARY.md",
            "# Summary\n\n- [One](one.md)\n- [Two](tow.md)\n- [Again](one.md)\n",
        )
        .write("content/b/one.md", "# One\n")
        .write("content/b/two.md", "# Two\n");
    insta::assert_snapshot!(library.build().refused(), @"
    error: there is no chapter content/b/tow.md
     --> content/b/SUMMARY.md:4:3
      |
    4 | - [Two](tow.md)
      |   ^^^^^^^^^^^^^
      |
      = help: write the file, or take the line out

    error: the chapter `b/one.md` is listed twice
     --> content/b/SUMMARY.md:5:3
      |
    5 | - [Again](one.md)
      |   ^^^^^^^^^^^^^^^
      |
      = help: it is already listed in content/b/SUMMARY.md

    warning: this file is not listed in its book, so it is not published
    --> content/b/two.md
     = help: list it in content/b/SUMMARY.md, or move it out of the book

    2 errors, 1 warning
    ");
}

#[test]
fn no_chapters() {
    let library = Library::with("content/b/book.yaml", "title: B\n");
    insta::assert_snapshot!(library.build().refused(), @r#"
    error: the book "B" has no chapters
    --> content/b/book.yaml
     = help: put Markdown files beside it, or list them under `chapters:`

    1 error
    "#);
    let library = Library::with("content/b/book.yaml", "title: B\nchapters: one.md\n");
    insta::assert_snapshot!(library.build().refused(), @r#"
    error: the book "B" has no chapters
    --> content/b/book.yaml
     = help: put Markdown files beside it, or list them under `chapters:`

    error: expected a list of chapters, found text
     --> content/b/book.yaml:2:11
      |
    2 | chapters: one.md
      |           ^^^^^^

    2 errors
    "#);
    let library = Library::with("content/b/SUMMARY.md", "");
    insta::assert_snapshot!(library.build().refused(), @r#"
    error: the book "B" has no chapters
    --> content/b/SUMMARY.md
     = help: put Markdown files beside it, or list them under `chapters:`

    1 error
    "#);
    Library::with("content/b/book.yaml", "").build().refused();
}

#[test]
fn a_book_in_a_book() {
    let library = Library::new()
        .write("content/b/book.yaml", "title: B\n")
        .write("content/b/one.md", "# One\n")
        .write("content/b/c/book.yaml", "title: C\n")
        .write("content/b/c/two.md", "# Two\n");
    insta::assert_snapshot!(library.build().built(), @"
    warning: this file is not listed in its book, so it is not published
    --> content/b/c/book.yaml
     = help: list it in content/b/book.yaml, or move it out of the book

    warning: this file is not listed in its book, so it is not published
    --> content/b/c/two.md
     = help: list it in content/b/book.yaml, or move it out of the book
    ");
    // content/ itself is a book.
    let library = Library::with("content/book.yaml", "title: B\n");
    insta::assert_snapshot!(library.build().built(), @"");
}

#[test]
fn fonts_and_covers_that_are_none() {
    let library = Library::new()
        .write("content/a/book.yaml", "title: A\nfonts: [x.ttf, y.ttf]\n")
        .write("content/a/one.md", "# One\n\nText.\n")
        .write("content/a/x.ttf", "GIF89a")
        .write("content/b/book.yaml", "title: B\ncover: b.png\n")
        .write("content/b/one.md", "# One\n\nText.\n")
        .write("content/b/b.png", "no picture")
        .write("content/c/book.yaml", "title: C\nfonts: [c.woff2]\n")
        .write("content/c/one.md", "# One\n\nText.\n")
        .write("content/c/c.woff2", "wOF2....");
    insta::assert_snapshot!(library.build().refused(), @"
    error: `x.ttf` cannot be used: this is no font
     --> content/a/book.yaml:2:9
      |
    2 | fonts: [x.ttf, y.ttf]
      |         ^^^^^
      |
      = help: take the font as a file of TrueType or OpenType: .ttf, .otf or .ttc

    error: there is no font `y.ttf`
     --> content/a/book.yaml:2:16
      |
    2 | fonts: [x.ttf, y.ttf]
      |                ^^^^^
      |
      = help: put the file beside the book and give its name: a .ttf, .otf or .ttc

    error: the cover cannot be used: this is no picture
     --> content/b/book.yaml:2:8
      |
    2 | cover: b.png
      |        ^^^^^
      |
      = help: give a JPEG or PNG, best of 1600 by 2560 pixels; without `cover:` one is designed

    error: `c.woff2` cannot be used: this is a web font: books take .ttf, .otf or .ttc
     --> content/c/book.yaml:2:9
      |
    2 | fonts: [c.woff2]
      |         ^^^^^^^
      |
      = help: take the font as a file of TrueType or OpenType: .ttf, .otf or .ttc

    4 errors
    ");
    // Without the font that is missing the rest is told when the books are made, all at once.
    let library = library.write(
        "content/a/y.ttf",
        include_bytes!("../../fonts/JetBrainsMono-Regular.ttf"),
    );
    let told = library.build().refused();
    insta::assert_snapshot!(told, @"
    error: `x.ttf` cannot be used: this is no font
     --> content/a/book.yaml:2:9
      |
    2 | fonts: [x.ttf, y.ttf]
      |         ^^^^^
      |
      = help: take the font as a file of TrueType or OpenType: .ttf, .otf or .ttc

    error: the cover cannot be used: this is no picture
     --> content/b/book.yaml:2:8
      |
    2 | cover: b.png
      |        ^^^^^
      |
      = help: give a JPEG or PNG, best of 1600 by 2560 pixels; without `cover:` one is designed

    error: `c.woff2` cannot be used: this is a web font: books take .ttf, .otf or .ttc
     --> content/c/book.yaml:2:9
      |
    2 | fonts: [c.woff2]
      |         ^^^^^^^
      |
      = help: take the font as a file of TrueType or OpenType: .ttf, .otf or .ttc

    3 errors
    ");
    assert_eq!(library.run(&["check"]).refused(), told);
}

#[test]
fn formats_that_there_are_not() {
    let library = Library::new()
        .write(
            "content/a/book.yaml",
            "title: A\nformats: [epup, mobi, pdf]\n",
        )
        .write(
            "content/a/one.md",
            "---\nformats: [pdf]\n---\n# One\n\nText.\n",
        )
        .write(
            "content/b.md",
            "---\ntitle: B\nformats: {pdf: true}\n---\nText.\n",
        );
    insta::assert_snapshot!(library.build().refused(), @"
    error: `epup` is no format of a book
     --> content/a/book.yaml:2:11
      |
    2 | formats: [epup, mobi, pdf]
      |           ^^^^
      |
      = help: did you mean `epub`?

    error: `mobi` is no format of a book
     --> content/a/book.yaml:2:17
      |
    2 | formats: [epup, mobi, pdf]
      |                 ^^^^
      |
      = help: the formats are epub and pdf

    error: expected a list of words, found keys and values
     --> content/b.md:3:10
      |
    3 | formats: {pdf: true}
      |          ^

    3 errors
    ");
}

#[test]
fn a_file_that_cannot_be_split() {
    let library = Library::new()
        .write("content/a/book.yaml", "title: A\nsplit: 7\n")
        .write("content/a/one.md", "# One\n")
        .write("content/b/book.yaml", "title: B\nsplit: 1\n")
        .write("content/b/one.md", "# One\n")
        .write("content/b/two.md", "# Two\n")
        .write("content/c/book.yaml", "title: C\nsplit: 2\n")
        .write("content/c/one.md", "# One\n")
        .write(
            "content/d/book.yaml",
            "title: D\nsplit: 1\nchapters: [one.md]\n",
        )
        .write("content/d/one.md", "# One\n")
        .write("content/e/book.yaml", "title: E\nsplit: 1\n")
        .write(
            "content/e/one.md",
            "# One\n\nWords.[^1]\n\n# Two\n\n[no](#nowhere)\n\n[^1]: See [none](none.md).\n",
        )
        .write("content/f.md", "---\ntitle: F\nsplit: 9\n---\nText.\n")
        .write(
            "content/g.md",
            "---\nsplit: 2\n---\n# One\n\n## Two\n\n[no](none.md)\n",
        )
        .write("content/h.md", "---\ntitle: H\nsplit: 2\n---\nText.\n")
        .write("content/i/book.yaml", "title: I\n")
        .write("content/i/one.md", "---\nsplit: 1\n---\n# One\n")
        .write("content/i/two.md", "# Two\n");
    insta::assert_snapshot!(library.build().refused(), @r#"
    error: expected 1 or 2 for `split:`
     --> content/a/book.yaml:2:8
      |
    2 | split: 7
      |        ^
      |
      = help: 1 begins a chapter at each `# heading`, 2 at each `## heading`

    error: `split:` takes one Markdown file apart, and this book has 2
     --> content/b/book.yaml:2:8
      |
    2 | split: 1
      |        ^
      |
      = help: leave one .md file in the folder, or take `split:` out

    error: the book "C" has no chapters
     --> content/c/book.yaml:2:8
      |
    2 | split: 2
      |        ^
      |
      = help: begin each chapter with a heading of the level that `split:` names

    error: this book has both `split:` and a list of chapters
     --> content/d/book.yaml:2:8
      |
    2 | split: 1
      |        ^
      |
      = help: keep the one that you mean

    error: content/e/one.md has no heading `#nowhere`
     --> content/e/one.md:7:1
      |
    7 | [no](#nowhere)
      | ^^^^^^^^^^^^^^

    error: there is no file content/e/none.md
     --> content/e/one.md:9:11
      |
    9 | [^1]: See [none](none.md).
      |           ^^^^^^^^^^^^^^^

    error: expected 1 or 2 for `split:`
     --> content/f.md:3:8
      |
    3 | split: 9
      |        ^
      |
      = help: 1 begins a chapter at each `# heading`, 2 at each `## heading`

    error: there is no file content/none.md
     --> content/g.md:8:1
      |
    8 | [no](none.md)
      | ^^^^^^^^^^^^^
      |
      = help: did you mean `fine.md`?

    error: the book "H" has no chapters
     --> content/h.md:3:8
      |
    3 | split: 2
      |        ^
      |
      = help: begin each chapter with a heading of the level that `split:` names

    error: `split:` takes one Markdown file apart, and this book has 2
     --> content/i/one.md:2:8
      |
    2 | split: 1
      |        ^
      |
      = help: leave one .md file in the folder, or take `split:` out

    10 errors
    "#);
}

#[test]
fn all_that_is_wrong_with_books_is_told_at_once() {
    let library = Library::new()
        .write(
            "content/a/book.yaml",
            "title: A\nchapters: [one.md, gone.md, one.md]\n",
        )
        .write("content/a/one.md", "# One\n\n{{#include missing.txt}}\n")
        .write("content/b/book.yaml", "title: B\ncover: b.png\n")
        .write("content/b/one.md", "# One\n\nText.\n")
        .write("content/b/b.png", "no picture")
        .write("content/c/book.yaml", "title: C\nfonts: [c.ttf]\n")
        .write("content/c/one.md", "# One\n\nText.\n")
        .write("content/c/c.ttf", "no font")
        .write("content/d/book.yaml", "title: D\n")
        .write("content/e/book.yaml", "title: E\nsplit: 2\n")
        .write("content/e/one.md", "# One\n\nNo chapter.\n")
        .write("content/f/book.yaml", "title: F\n")
        .write("content/f/one.md", "# One\n\nTo [nowhere](nowhere.md).\n");
    let told = library.build().refused();
    insta::assert_snapshot!(told);
    assert_eq!(library.run(&["check"]).refused(), told);
}

#[test]
fn a_chapter_of_a_hundred_thousand_quotations() {
    let deep = format!("# One\n\n{}x\n\n# Two\n\nText.\n", "> ".repeat(100_000));
    let library = Library::new()
        .write("content/a/book.yaml", "title: A\n")
        .write("content/a/one.md", &deep)
        .write("content/b/book.yaml", "title: B\nsplit: 1\n")
        .write("content/b/whole.md", &deep)
        .write("content/c/book.yaml", "title: C\n")
        .write("content/c/one.md", "# One\n\n{{#include deep.txt}}\n")
        .write("content/c/deep.txt", &deep);
    insta::assert_snapshot!(library.build().built(), @"
    warning: in “One”, lists and quotes lie more than 20 deep in one another
    --> content/a/book.yaml
     = help: the PDF shows the words that lie deeper, without their form

    warning: elements lie more than 100 levels deep here; the book shows the innermost side by side
    --> content/a/one.md
     = help: close the elements or quotes that are open

    warning: in “One”, lists and quotes lie more than 20 deep in one another
    --> content/b/book.yaml
     = help: the PDF shows the words that lie deeper, without their form

    warning: elements lie more than 100 levels deep here; the book shows the innermost side by side
    --> content/b/whole.md
     = help: close the elements or quotes that are open

    warning: in “One”, lists and quotes lie more than 20 deep in one another
    --> content/c/book.yaml
     = help: the PDF shows the words that lie deeper, without their form

    warning: elements lie more than 100 levels deep here; the book shows the innermost side by side
    --> content/c/one.md
     = help: close the elements or quotes that are open
    ");
    assert!(library.read("public/b/two/index.html").contains("Text."));
    for book in ["a", "b", "c"] {
        let name = format!("{book}.epub");
        let run = library.run(&["book", &format!("content/{book}"), "--epub", &name]);
        assert_eq!(run.code, Some(0), "{}", run.told);
        assert!(library.path(&name).exists());
    }
}

#[test]
fn slips_in_the_settings_of_a_book() {
    let library = Library::new()
        .write(
            "content/a/book.yaml",
            "title: A\nsubtitel: x\nchapers: [one.md]\nlang: deutsch\npublisher: P\n\
             chapters:\n  - part: X\n    chapter: [one.md]\n  - file: two.md\n    titel: Y\n",
        )
        .write("content/a/one.md", "# One\n\nText.\n")
        .write("content/a/two.md", "# Two\n\nText.\n")
        .write("content/b/book.yaml", "title: B\nsplit: 1\n")
        .write(
            "content/b/all.md",
            "---\nauthor: Ann\nsplit: 1\n---\n# One\n\nText.\n",
        );
    let ran = library.run(&["build"]);
    insta::assert_snapshot!(ran.told, @"
    warning: `subtitel` is no key that Goodturn knows
     --> content/a/book.yaml:2:1
      |
    2 | subtitel: x
      | ^^^^^^^^
      |
      = help: did you mean `subtitle`?

    warning: `chapers` is no key that Goodturn knows
     --> content/a/book.yaml:3:1
      |
    3 | chapers: [one.md]
      | ^^^^^^^
      |
      = help: did you mean `chapters`?

    warning: `deutsch` is no code of a language
     --> content/a/book.yaml:4:7
      |
    4 | lang: deutsch
      |       ^^^^^^^
      |
      = help: codes are two or three letters: en, de, es, pt-BR

    warning: `chapter` is no key that Goodturn knows
     --> content/a/book.yaml:8:5
      |
    8 |     chapter: [one.md]
      |     ^^^^^^^
      |
      = help: did you mean `chapters`?

    warning: `titel` is no key that Goodturn knows
      --> content/a/book.yaml:10:5
       |
    10 |     titel: Y
       |     ^^^^^
       |
       = help: did you mean `title`?

    warning: this file is not listed in its book, so it is not published
    --> content/a/one.md
     = help: list it in content/a/book.yaml, or move it out of the book

    warning: this head is not read: book.yaml speaks for the book
     --> content/b/all.md:2:1
      |
    2 | author: Ann
      | ^
      |
      = help: move what it says into book.yaml
    ");
}
