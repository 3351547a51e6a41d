//! goodturn.yaml, and how the program is called.

use crate::Library;

#[test]
fn no_library() {
    let library = Library::bare();
    insta::assert_snapshot!(library.build().misused(), @"
    error: there is no library here: no goodturn.yaml in this folder or above it
    help: `goodturn init` makes a library; -C DIR works in another folder

    1 error
    ");
    insta::assert_snapshot!(library.run(&["-C", "nowhere", "build"]).misused(), @"
    error: there is no folder nowhere
    help: give the library's folder after -C

    1 error
    ");
    insta::assert_snapshot!(library.run(&["--config", "nowhere.yaml", "build"]).misused(), @"
    error: there is no nowhere.yaml
    help: `goodturn init` makes a library

    1 error
    ");
    library.run(&["bild"]).misused();
    library.run(&["build", "--ouch"]).misused();
}

#[test]
fn no_content() {
    let library = Library::bare().write("goodturn.yaml", "");
    insta::assert_snapshot!(library.build().refused(), @r#"
    error: there is no folder content/
    help: put Markdown files there, or make one: goodturn new article "A title"

    1 error
    "#);
}

#[test]
fn nonsense_for_a_base_url() {
    for url in [
        "example.org",
        "ftp://example.org",
        "https://",
        "https:///x",
        "https://a.org/?x",
        "\"https://a b\"",
        "\"\"",
        "https://a.org/<b>",
    ] {
        let library = Library::with("goodturn.yaml", &format!("title: T\nbase_url: {url}\n"));
        let told = library.build().refused();
        assert!(told.contains(" --> goodturn.yaml:2:11\n"), "{told}");
    }
    let library = Library::with("goodturn.yaml", "base_url: htps://example.org\n");
    insta::assert_snapshot!(library.build().refused(), @"
    error: `htps://example.org` is not an address that starts with https://
     --> goodturn.yaml:1:11
      |
    1 | base_url: htps://example.org
      |           ^^^^^^^^^^^^^^^^^^
      |
      = help: write the full address of the site: base_url: https://example.org/

    1 error
    ");
    insta::assert_snapshot!(Library::new().run(&["build", "--base-url", "here"]).misused(), @"
    error: `here` is not an address that starts with https://
    help: write the full address of the site: https://example.org/

    1 error
    ");
}

#[test]
fn keys_and_values_that_are_not_ours() {
    let library = Library::with("goodturn.yaml", "titel: T\n");
    insta::assert_snapshot!(library.build().refused(), @"
    error: unknown key `titel`
     --> goodturn.yaml:1:1
      |
    1 | titel: T
      | ^^^^^
      |
      = help: did you mean `title`?

    1 error
    ");
    let library = Library::with("goodturn.yaml", "paginate: -1\n");
    insta::assert_snapshot!(library.build().refused(), @"
    error: this YAML cannot be read: expected a whole number that is not negative
     --> goodturn.yaml:1:11
      |
    1 | paginate: -1
      |           ^^

    1 error
    ");
    let library = Library::with("goodturn.yaml", "- title\n- T\n");
    insta::assert_snapshot!(library.build().refused(), @"
    error: this YAML cannot be read: expected lines `key: value`
     --> goodturn.yaml:1:1
      |
    1 | - title
      | ^

    1 error
    ");
    let library = Library::with(
        "goodturn.yaml",
        "title: T\nlanguage: English\npaginate: 0\ntheme: ../x\n",
    );
    insta::assert_snapshot!(library.build().refused(), @"
    error: `English` is not a language code
     --> goodturn.yaml:2:1
      |
    2 | language: English
      | ^^^^^^^^
      |
      = help: use a code such as en, es, fr or pt-BR

    error: `paginate` must be at least 1
     --> goodturn.yaml:3:1
      |
    3 | paginate: 0
      | ^^^^^^^^

    error: a theme is the name of a folder under themes/
     --> goodturn.yaml:4:1
      |
    4 | theme: ../x
      | ^^^^^

    3 errors
    ");
    let library = Library::with(
        "goodturn.yaml",
        "title: T\ntheme: blue\nlogo: no.png\nmenu:\n  - { title: M, url: no.md }\n",
    );
    insta::assert_snapshot!(library.build().refused(), @"
    error: there is no theme `blue`
    --> goodturn.yaml
     = help: a theme is a folder: themes/blue/

    error: the menu leads to `no.md`, which is not there
    --> goodturn.yaml

    error: there is no picture `no.png`
     --> goodturn.yaml:3:7
      |
    3 | logo: no.png
      |       ^^^^^^
      |
      = help: give its path below content/ or static/

    3 errors
    ");
}

#[test]
fn a_byte_order_mark_moves_no_place() {
    let library = Library::with("goodturn.yaml", "\u{feff}base_url: here\r\npaginate: 0\r\n");
    insta::assert_snapshot!(library.build().refused(), @"
    error: `here` is not an address that starts with https://
     --> goodturn.yaml:1:12
      |
    1 | ﻿base_url: here 
      |           ^^^^
      |
      = help: write the full address of the site: base_url: https://example.org/

    error: `paginate` must be at least 1
     --> goodturn.yaml:2:1
      |
    2 | paginate: 0 
      | ^^^^^^^^

    2 errors
    ");
}

#[test]
fn settings_that_are_no_text() {
    let library = Library::new().write("goodturn.yaml", b"title: Caf\xe9\n");
    insta::assert_snapshot!(library.build().refused(), @r#"
    error: this file is not UTF-8 text
     --> goodturn.yaml:1:11
      |
    1 | title: Caf�
      |           ^ the first byte that is no letter
      |
      = help: save it as UTF-8 in your editor ("Save with encoding")

    1 error
    "#);
    for file in ["industries.yaml", "goodturn.lock", "templates/article.html"] {
        let told = Library::new().write(file, b"\xff\xfe").build().refused();
        assert!(told.contains(file), "{told}");
    }
}
