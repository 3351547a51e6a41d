//! The text of the lock: what is written is read back, and what cannot be read says why.

use proptest::prelude::*;

use super::*;

fn problems(text: &str) -> String {
    match Lock::parse(text) {
        Ok(lock) => format!("no problem: {lock:?}"),
        Err(problems) => shown(&problems),
    }
}

#[test]
fn it_reads_like_a_list() {
    let lock = published(&[
        document("articles/why.md", "/articles/why/").alias("/blog/why.html"),
        document("books/serve-first", "/books/serve-first/"),
        document(
            "articles/a \"quoted\"\nname 🎁.md",
            "/articles/a-quoted-name/",
        ),
    ]);
    insta::assert_snapshot!(lock, @r#"
    # Every address that this library ever published, and the document that it leads to. Links that
    # were given out keep working because of this file: commit it with the library.
    # Goodturn writes it. After a merge conflict keep the lines of both sides, delete the lines of the
    # conflict markers, and run `goodturn build`.
    version 1

    /articles/a-quoted-name/ -> hvfb7 "articles/a \"quoted\"\nname 🎁.md" 0a5ddba5274e7281
    /articles/why/ -> mjw44 articles/why.md 6e4cd284026012e6
    /blog/why.html -> mjw44
    /books/serve-first/ -> 6s5fq books/serve-first d9beff4dd38cc504
    "#);
}

#[test]
fn a_missing_or_empty_file_is_an_empty_lock() {
    assert!(Lock::default().is_empty());
    for text in ["", "\n", "\u{feff}", "# nothing\n", "version 1\n"] {
        assert_eq!(Lock::parse(text), Ok(Lock::default()), "{text:?}");
    }
}

#[test]
fn windows_line_ends_a_byte_order_mark_and_any_order_are_accepted() {
    let lock = published(&[
        document("a b.md", "/a/"),
        document("c.md", "/c/").alias("/d/"),
    ]);
    let text = lock.to_string().replace('\n', "\r\n");
    assert_eq!(Lock::parse(&format!("\u{feff}{text}")), Ok(lock.clone()));
    let mut lines: Vec<&str> = text.lines().collect();
    lines.reverse();
    assert_eq!(Lock::parse(&lines.join("\n")), Ok(lock));
}

#[test]
fn a_merge_conflict_is_one_error() {
    insta::assert_snapshot!(problems(
        "version 1\n\n/a/ -> k7mpx a.md 0123456789abcdef\n<<<<<<< HEAD\n/b/ -> b2b2b b.md \
         0123456789abcdef\n=======\n/c/ -> c2c2c c.md 0123456789abcdef\n>>>>>>> other\n"
    ), @"
    error: goodturn.lock has a merge conflict
     --> goodturn.lock:4:1
      |
    4 | <<<<<<< HEAD
      | ^^^^^^^^^^^^ a marker left by git
      |
      = help: keep the lines of both sides, delete the lines that start with `<<<<<<<`, `|||||||`, `=======` and `>>>>>>>`, and run `goodturn build`
    ");
}

#[test]
fn both_sides_of_a_merge_can_be_kept() {
    // One side moved the file to b.md, the other one to c.md; c.md won.
    let both = "version 1\nversion 1\n/a/ -> k7mpx\n/b/ -> k7mpx b.md 0123456789abcdef\n\
                /a/ -> k7mpx\n/c/ -> k7mpx c.md 0123456789abcdef\n";
    let lock = Lock::parse(both).unwrap();
    let now = [document("c.md", "/c/")];
    let done = run(&lock, &now);
    assert_eq!(shown(&done.diagnostics), "");
    insta::assert_snapshot!(lines(&done.lock), @"
    /a/ -> k7mpx
    /b/ -> k7mpx
    /c/ -> k7mpx c.md 0123456789abcdef
    ");
    assert_eq!(redirects(&done, &now), ["/a/ -> /c/", "/b/ -> /c/"]);
}

#[test]
fn one_address_with_two_documents_names_both_lines() {
    insta::assert_snapshot!(problems(
        "version 1\n/a/ -> k7mpx a.md 0123456789abcdef\n/b/ -> b2b2b\n/a/ -> c2c2c\n"
    ), @"
    error: lines 2 and 4 of goodturn.lock let /a/ lead to two documents, k7mpx and c2c2c
     --> goodturn.lock:4:1
      |
    4 | /a/ -> c2c2c
      | ^^^ line 2 says `/a/ -> k7mpx a.md 0123456789abcdef`
      |
      = help: keep the line of the document that readers of this address were promised, usually the older one, and delete the other line
    ");
}

#[test]
fn one_file_with_two_ids_names_both_lines() {
    insta::assert_snapshot!(problems(
        "version 1\n/a/ -> k7mpx a.md 0123456789abcdef\n/b/ -> b2b2b a.md 0123456789abcdef\n"
    ), @"
    error: lines 2 and 3 of goodturn.lock give a.md two ids, k7mpx and b2b2b
     --> goodturn.lock:3:1
      |
    3 | /b/ -> b2b2b a.md 0123456789abcdef
      | ^^^ line 2 says `/a/ -> k7mpx a.md 0123456789abcdef`
      |
      = help: keep the id that was given out, and let the other address lead to it: for instance write `/b/ -> k7mpx` in place of line 3
    ");
}

#[test]
fn a_newer_version_asks_for_an_update() {
    insta::assert_snapshot!(problems("version 2\n/a/ => anything\n"), @"
    error: goodturn.lock was written by a newer Goodturn
     --> goodturn.lock:1:9
      |
    1 | version 2
      |         ^ this one reads version 1
      |
      = help: update Goodturn
    ");
    insta::assert_snapshot!(problems("version one\n"), @"
    error: `one` is no version of goodturn.lock
     --> goodturn.lock:1:9
      |
    1 | version one
      |         ^^^ expected 1
    ");
}

#[test]
fn a_missing_version_is_asked_for() {
    insta::assert_snapshot!(problems("/a/ -> k7mpx\n"), @"
    error: goodturn.lock does not say its version
     --> goodturn.lock:1:1
      |
    1 | /a/ -> k7mpx
      | ^^^
      |
      = help: write `version 1` on a line before this one
    ");
}

#[test]
fn every_line_that_cannot_be_read_is_shown() {
    insta::assert_snapshot!(problems(
        "version 1\n\
         hello world\n\
         a -> k7mpx\n\
         /../etc/ -> k7mpx\n\
         /a/ -> hello\n\
         /a/ -> k7mpx a.md\n\
         /a/ -> k7mpx a.md 12\n\
         /a/ -> k7mpx \"a.md\n\
         /a/ -> k7mpx \"a\\q.md\" 0123456789abcdef\n\
         /a/ -> k7mpx \"\" 0123456789abcdef\n\
         \"/r/x\\u{1}/\" -> k7mpx\n"
    ), @r#"
    error: this line of goodturn.lock cannot be read
     --> goodturn.lock:2:1
      |
    2 | hello world
      | ^^^^^^^^^^^ expected `ADDRESS -> ID` or `ADDRESS -> ID SOURCE FINGERPRINT`
      |
      = help: goodturn.lock is written by Goodturn: take the line from your last commit

    error: `a` is no address: it does not start with `/`
     --> goodturn.lock:3:1
      |
    3 | a -> k7mpx
      | ^
      |
      = help: an address looks like `/articles/why/`

    error: `/../etc/` is no address: `.`, `..` and empty parts are not allowed in it
     --> goodturn.lock:4:1
      |
    4 | /../etc/ -> k7mpx
      | ^^^^^^^^
      |
      = help: an address looks like `/articles/why/`

    error: `hello` is not a short id: `e` is not allowed in it
     --> goodturn.lock:5:8
      |
    5 | /a/ -> hello
      |        ^^^^^
      |
      = help: a short id is 5 characters of 23456789bcdfghjkmnpqrstvwxz, such as `k7mpx`

    error: this line of goodturn.lock cannot be read
     --> goodturn.lock:6:1
      |
    6 | /a/ -> k7mpx a.md
      | ^^^^^^^^^^^^^^^^^ expected `ADDRESS -> ID` or `ADDRESS -> ID SOURCE FINGERPRINT`
      |
      = help: goodturn.lock is written by Goodturn: take the line from your last commit

    error: `12` is no fingerprint
     --> goodturn.lock:7:19
      |
    7 | /a/ -> k7mpx a.md 12
      |                   ^^ 16 hexadecimal digits are expected here
      |
      = help: take the line from your last commit, or write sixteen zeros

    error: the closing quote is missing
     --> goodturn.lock:8:19
      |
    8 | /a/ -> k7mpx "a.md
      |                   ^
      |
      = help: take the line from your last commit

    error: unknown escape in a quoted word
     --> goodturn.lock:9:16
      |
    9 | /a/ -> k7mpx "a\q.md" 0123456789abcdef
      |                ^
      |
      = help: take the line from your last commit

    error: the source path is empty
      --> goodturn.lock:10:14
       |
    10 | /a/ -> k7mpx "" 0123456789abcdef
       |              ^^
       |
       = help: take the line from your last commit

    error: `"/r/x\u{1}/"` is no address: `\u{1}` is not allowed in it
      --> goodturn.lock:11:1
       |
    11 | "/r/x\u{1}/" -> k7mpx
       | ^^^^^^^^^^^^
       |
       = help: an address looks like `/articles/why/`
    "#);
}

#[test]
fn a_file_that_is_no_lock_does_not_flood_the_terminal() {
    let problems = Lock::parse(&"no lock\n".repeat(10_000)).unwrap_err();
    assert_eq!(problems.len(), 21);
    insta::assert_snapshot!(shown(&problems[20..]), @"
    error: 9980 more lines of goodturn.lock cannot be read
    --> goodturn.lock
     = help: take the file from your last commit
    ");
}

/// Any lock that can be written.
fn any_lock() -> impl Strategy<Value = Lock> {
    let part = "[a-z0-9 \"é🎁.-]{0,3}[a-z]";
    let address =
        proptest::collection::vec(part, 1..3).prop_map(|parts| format!("/x{}/", parts.join("/")));
    let source = proptest::option::of(".{1,12}|[a-z]{1,5}\\.md|\\PC{1,9}|[\n\r\t \"\\\\#]{1,5}");
    let entry = (address, source, any::<u64>());
    proptest::collection::vec(entry, 0..12).prop_map(|entries| {
        let documents: Vec<Document> = entries
            .into_iter()
            .enumerate()
            .map(|(at, (address, source, print))| Document {
                print,
                ..document(&format!("{at}{}", source.unwrap_or_default()), &address)
            })
            .collect();
        // Nothing is wrong with the lock where something is wrong with the documents.
        run(&Lock::default(), &documents).lock
    })
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in any::<String>()) {
        let _ = Lock::parse(&text).map_err(|problems| shown(&problems));
    }

    #[test]
    fn no_text_like_a_lock_makes_it_panic(
        text in "(version 1|[/ab]{1,4}| |->|[a-z2-9]{5}|\"|\\\\|\\\\u\\{[0-9a-g]{0,7}\\}|\n|\r|#|é|🎁){0,40}"
    ) {
        let _ = Lock::parse(&format!("version 1\n{text}")).map_err(|problems| shown(&problems));
    }

    #[test]
    fn what_is_written_is_read_back(lock in any_lock()) {
        let text = lock.to_string();
        let read = Lock::parse(&text).map_err(|problems| TestCaseError::fail(shown(&problems)))?;
        prop_assert_eq!(&read, &lock);
        prop_assert_eq!(read.to_string(), text);
    }
}
