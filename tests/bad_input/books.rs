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
