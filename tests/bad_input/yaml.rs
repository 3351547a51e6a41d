//! YAML that cannot be read, or that wants to do harm.

use crate::{Library, beginning};

#[test]
fn invalid_yaml_in_a_head() {
    let library = Library::with("content/a.md", "---\ntitle: Notes: part one\n---\nText\n");
    insta::assert_snapshot!(library.build().refused(), @r#"
    error: this YAML cannot be read: mapping values are not allowed in this context
     --> content/a.md:2:13
      |
    2 | title: Notes: part one
      |             ^
      |
      = help: text that holds a colon needs quotes: title: "Notes: part one"

    1 error
    "#);
}

#[test]
fn a_bracket_that_is_never_closed() {
    let library = Library::with(
        "content/a.md",
        "---\ntitle: A\nindustries: [hvac\n---\nText\n",
    );
    insta::assert_snapshot!(library.build().refused(), @"
    error: this YAML cannot be read: unclosed bracket '['
     --> content/a.md:3:13
      |
    3 | industries: [hvac
      |             ^

    1 error
    ");
}

#[test]
fn invalid_yaml_in_the_settings() {
    let library = Library::with(
        "goodturn.yaml",
        "title: Test\ndescription: \"never closed\n",
    );
    insta::assert_snapshot!(library.build().refused(), @r#"
    error: this YAML cannot be read: unclosed quote
     --> goodturn.yaml:2:14
      |
    2 | description: "never closed
      |              ^

    1 error
    "#);
}

#[test]
fn invalid_yaml_in_a_book() {
    let library = Library::with(
        "content/b/book.yaml",
        "title: B\nchapters:\n  - a.md\n - b.md\n",
    );
    insta::assert_snapshot!(library.build().refused(), @"
    error: this YAML cannot be read: while parsing a block mapping, did not find expected key
     --> content/b/book.yaml:4:2
      |
    4 |  - b.md
      |  ^

    1 error
    ");
}

#[test]
fn invalid_yaml_in_the_industries() {
    let library = Library::with("industries.yaml", "add:\n  - slug: [\n");
    insta::assert_snapshot!(library.build().refused(), @"
    error: this YAML cannot be read: unclosed bracket '['
     --> industries.yaml:2:11
      |
    2 |   - slug: [
      |           ^

    1 error
    ");
}

#[test]
fn a_tab() {
    let library = Library::with(
        "content/a.md",
        "---\ntitle: A\nindustries:\n\t- hvac\n---\nText\n",
    );
    insta::assert_snapshot!(library.build().refused(), @"
    error: this YAML cannot be read: tabs disallowed within this context (block indentation)
     --> content/a.md:4:2
      |
    4 |     - hvac
      |     ^
      |
      = help: YAML is indented with spaces only: replace the tab by two spaces

    1 error
    ");
    let library = Library::with(
        "goodturn.yaml",
        "title: A\nauthors:\n\tann:\n\t\tname: Ann\n",
    );
    insta::assert_snapshot!(library.build().refused(), @"
    error: this YAML cannot be read: tabs disallowed within this context (block indentation)
     --> goodturn.yaml:3:2
      |
    3 |     ann:
      |     ^
      |
      = help: YAML is indented with spaces only: replace the tab by two spaces

    1 error
    ");
}

#[test]
fn duplicate_keys() {
    let library = Library::with(
        "content/a.md",
        "---\ntitle: A\nslug: a\ntitle: B\n---\nText\n",
    )
    .write(
        "content/b.md",
        "+++\ntitle = \"A\"\ntitle = \"B\"\n+++\nText\n",
    );
    insta::assert_snapshot!(library.build().refused(), @r#"
    error: this YAML cannot be read: duplicate mapping key: title
     --> content/a.md:4:1
      |
    4 | title: B
      | ^^^^^
      |
      = help: a key may stand only once: keep one of the two lines

    error: this TOML cannot be read: duplicate key
     --> content/b.md:3:1
      |
    3 | title = "B"
      | ^^^^^

    2 errors
    "#);
    let library = Library::with("goodturn.yaml", "title: A\ntitle: B\n");
    insta::assert_snapshot!(library.build().refused(), @"
    error: this YAML cannot be read: duplicate mapping key: title
     --> goodturn.yaml:2:1
      |
    2 | title: B
      | ^^^^^
      |
      = help: a key may stand only once: keep one of the two lines

    1 error
    ");
}

fn bomb() -> String {
    let mut bomb = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
    for level in 1..12 {
        let aliases = vec![format!("*a{}", level - 1); 9].join(",");
        bomb += &format!("a{level}: &a{level} [{aliases}]\n");
    }
    bomb
}

#[test]
fn an_alias_bomb() {
    let library = Library::with("content/a.md", &format!("---\n{}---\nText\n", bomb()));
    insta::assert_snapshot!(beginning(&library.build().refused()), @"
    error: this YAML grows too large when it is read
     --> content/a.md:7:18
      |
    7 | a5: &a5 [*a4,*a4,*a4,*a4,*a4,*a4,*a4,*a4,*a4]
      |                  ^^^
      |
      = help: write things out instead of `&name` and `*name`, or write less

    1 error
    ");
    for file in ["goodturn.yaml", "industries.yaml", "content/b/book.yaml"] {
        let library = Library::with(file, &bomb());
        let told = library.build().refused();
        assert!(told.contains(&format!(" --> {file}:")), "{told}");
    }
}

#[test]
fn ten_thousand_levels() {
    for deep in [
        "[".repeat(10_000),
        "- ".repeat(10_000),
        "{a: ".repeat(10_000),
        "? ".repeat(10_000),
    ] {
        for (file, text) in [
            ("content/a.md", format!("---\nx:\n {deep}\n---\nText\n")),
            ("goodturn.yaml", format!("extra:\n {deep}\n")),
            ("content/b/book.yaml", format!("chapters:\n {deep}\n")),
            ("industries.yaml", deep.clone()),
        ] {
            let told = Library::with(file, &text).build().refused();
            assert!(told.contains(&format!(" --> {file}:")), "{told}");
        }
    }
    let library = Library::with(
        "content/a.md",
        &format!("---\nx: {}\n---\nText\n", "[".repeat(10_000)),
    );
    insta::assert_snapshot!(library.build().refused(), @"
    error: this YAML is nested more than 24 deep
     --> content/a.md:2:61
      |
    2 | [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[...
      |                                                             ^
      |
      = help: write it flatter: a list or a map on fewer levels

    1 error
    ");
    let toml = format!("+++\nx = {}\n+++\nText\n", "[".repeat(10_000));
    insta::assert_snapshot!(beginning(&Library::with("content/a.md", &toml).build().refused()), @"
    error: this TOML cannot be read: cannot recurse further; max recursion depth met
     --> content/a.md:2:85
      |
    2 | x = [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[...
      |                                                                                     ^

    1 error
    ");
}

#[test]
fn values_of_the_wrong_shape() {
    let library = Library::new()
        .write("content/a.md", "---\n- just\n- a list\n---\nText\n")
        .write(
            "content/b.md",
            "---\ntitle: [A, B]\ndraft: perhaps\nweight: heavy\nkind: artcle\n---\nText\n",
        )
        .write("content/c.md", "---\nonly words\n---\nText\n");
    insta::assert_snapshot!(library.build().refused(), @"
    error: the head of a file is made of lines `key: value`
     --> content/a.md:2:1
      |
    2 | - just
      | ^

    error: expected text, found a list
     --> content/b.md:2:8
      |
    2 | title: [A, B]
      |        ^

    error: expected true or false, found text
     --> content/b.md:3:8
      |
    3 | draft: perhaps
      |        ^^^^^^^

    error: expected a whole number, found text
     --> content/b.md:4:9
      |
    4 | weight: heavy
      |         ^^^^^

    error: `artcle` is no kind of document
     --> content/b.md:5:1
      |
    5 | kind: artcle
      | ^^^^^^^^^^^^
      |
      = help: did you mean `article`?

    error: the head of a file is made of lines `key: value`
     --> content/c.md:2:1
      |
    2 | only words
      | ^^^^^^^^^^

    6 errors
    ");
}

#[test]
fn dates_that_do_not_exist() {
    let library = Library::new()
        .write(
            "content/a.md",
            "---\ndate: 2024-02-30\nexpires: 2024-13-01\n---\nText\n",
        )
        .write(
            "content/b.md",
            "---\ndate: next Tuesday\nupdated: 2024-03-09T25:00\n---\nText\n",
        )
        .write("content/c.md", "+++\ndate = 2023-02-29\n+++\nText\n");
    insta::assert_snapshot!(library.build().refused(), @"
    error: there is no day 30 in February 2024: it has 29 days
     --> content/a.md:2:7
      |
    2 | date: 2024-02-30
      |       ^^^^^^^^^^

    error: there is no month 13: a year has 12
     --> content/a.md:3:10
      |
    3 | expires: 2024-13-01
      |          ^^^^^^^^^^

    error: `next Tuesday` is not a date: write it as 2024-03-09, or 2024-03-09T10:00:00Z
     --> content/b.md:2:7
      |
    2 | date: next Tuesday
      |       ^^^^^^^^^^^^

    error: `25:00` is not a time of day: write it as 09:05 or 09:05:30
     --> content/b.md:3:10
      |
    3 | updated: 2024-03-09T25:00
      |          ^^^^^^^^^^^^^^^^

    error: this TOML cannot be read: invalid date, expected day between 01 and 28
     --> content/c.md:2:8
      |
    2 | date = 2023-02-29
      |        ^^^^^^^^^^

    5 errors
    ");
    // A file's name that looks like a date is a name.
    Library::with("content/2024-02-30-a.md", "Text\n")
        .build()
        .built();
}
