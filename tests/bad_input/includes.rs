//! Chapters that take in what cannot be had: each line is told once, and nothing else for it.

use crate::Library;

#[test]
fn files_that_are_not_there_or_must_not_be_taken() {
    let library = Library::new()
        .write("content/b/book.yaml", "title: B\n")
        .write(
            "content/b/one.md",
            "# One\n\n{{#include terms.text}}\n\n```\n{{#include terms.txt:7}}\n```\n\n{{#include terms.txt:fee}}\n",
        )
        .write("content/b/terms.txt", "ANCHOR: fees\nA\nANCHOR_END: fees\n")
        .write(
            "content/b/two.md",
            "# Two\n\n{{#include ../../../../../../../../../../../../../etc/passwd}}\n\n{{#include ../../../nothing-is-there.txt}}\n\n{{#include /etc/passwd}}\n\n{{#include ../../private/notes/ann.txt}}\n\n{{#include ..}}\n\n{{#include picture.txt}}\n\nText.\n",
        )
        .write("content/b/picture.txt", [0xff, 0xd8, 0xff])
        .write("private/notes/ann.txt", "Met Ann.\n")
        .link("content/b/link.txt", "/etc/hostname")
        .write("content/c/book.yaml", "title: C\n")
        .write("content/c/one.md", "# One\n\nTo [nowhere](nowhere.md).\n");
    let told = library.build().refused();
    insta::assert_snapshot!(told);
    assert_eq!(library.run(&["check"]).refused(), told);
    // Nothing of it is in a book that is made all the same.
    let lenient = library.write("goodturn.yaml", "title: Test\nstrict: false\n");
    std::fs::remove_file(lenient.path("content/b/link.txt")).unwrap();
    let told = lenient.build().built();
    assert!(!told.contains("error"), "{told}");
    let page = lenient.read("public/b/two/index.html");
    assert!(
        !page.contains("include") && !page.contains("root:"),
        "{page}"
    );
}

#[test]
fn files_that_include_each_other_are_told_once() {
    let library = Library::new()
        .write("content/b/book.yaml", "title: B\n")
        .write("content/b/a.md", "# A\n\n{{#include b.md}}\n")
        .write("content/b/b.md", "# B\n\n{{#include c.md}}\n")
        .write("content/b/c.md", "# C\n\n{{#include a.md}}\n")
        .write("content/b/d.md", "# D\n\n{{#include b.md}}\n")
        .write("content/b/self.md", "# Self\n\n{{#include self.md}}\n")
        .write("content/c/book.yaml", "title: C\n")
        .write("content/c/one.md", "# One\n\n{{#include nowhere.md}}\n");
    let told = library.build().refused();
    insta::assert_snapshot!(told, @"
    error: these files include each other: content/b/a.md → content/b/b.md → content/b/c.md → content/b/a.md
     --> content/b/a.md:3:1
      |
    3 | {{#include b.md}}
      | ^^^^^^^^^^^^^^^^^
      |
      = help: take one of these lines out

    error: this file includes itself
     --> content/b/self.md:3:1
      |
    3 | {{#include self.md}}
      | ^^^^^^^^^^^^^^^^^^^^
      |
      = help: take one of these lines out

    error: there is no file nowhere.md to include
     --> content/c/one.md:3:1
      |
    3 | {{#include nowhere.md}}
      | ^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write the file, or take the line out

    3 errors
    ");
    assert_eq!(library.run(&["check"]).refused(), told);
}

#[test]
fn what_chapters_include_is_no_chapter_that_was_forgotten() {
    let library = Library::new()
        .write(
            "content/b/book.yaml",
            "title: B\nchapters: [one.md, two.md]\n",
        )
        .write("content/b/one.md", "# One\n\n{{#include part.md}}\n")
        .write("content/b/two.md", "# Two\n\n{{#include parts/deep.md}}\n")
        .write("content/b/part.md", "A [way](gone.md).\n")
        .write("content/b/parts/deep.md", "Deep: {{#include ../part.md}}\n")
        .write("content/b/forgotten.md", "Forgotten.\n");
    insta::assert_snapshot!(library.build().refused(), @"
    warning: this file is not listed in its book, so it is not published
    --> content/b/forgotten.md
     = help: list it in content/b/book.yaml, or move it out of the book

    error: there is no file content/b/gone.md
     --> content/b/one.md:3:1
      |
    3 | {{#include part.md}}
      | ^^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `one.md`?

    error: there is no file content/b/gone.md
     --> content/b/two.md:3:1
      |
    3 | {{#include parts/deep.md}}
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `one.md`?

    2 errors, 1 warning
    ");
    let library = library.write("content/b/gone.md", "# Gone\n");
    library.put(
        "content/b/book.yaml",
        "title: B\nchapters: [one.md, two.md, gone.md]\n",
    );
    insta::assert_snapshot!(library.build().built(), @"
    warning: this file is not listed in its book, so it is not published
    --> content/b/forgotten.md
     = help: list it in content/b/book.yaml, or move it out of the book
    ");
    let page = library.read("public/b/two/index.html");
    assert!(
        page.contains("Deep: A <a href=\"/b/gone/\">way</a>."),
        "{page}"
    );
    assert!(!library.path("public/b/part").exists());
}

#[test]
fn what_is_told_of_an_included_file_is_told_once() {
    let library = Library::new()
        .write("content/b/book.yaml", "title: B\n")
        .write("content/b/one.md", "# One\n\n{{#include shared.txt}}\n")
        .write("content/b/two.md", "# Two\n\n{{#include shared.txt}}\n")
        .write("content/b/shared.txt", "{{#include nothing.txt}}\n");
    insta::assert_snapshot!(library.build().refused(), @"
    error: there is no file nothing.txt to include
     --> content/b/shared.txt:1:1
      |
    1 | {{#include nothing.txt}}
      | ^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write the file, or take the line out

    1 error
    ");
}
