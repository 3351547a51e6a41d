//! Addresses that were given out: what moves redirects, what goes away is asked about.

use std::fs;

use crate::Library;

/// A library with two published articles.
fn published() -> Library {
    let library = Library::with(
        "content/a.md",
        "# Making a good introduction\n\nSay why both gain by it.\n",
    );
    library.build().built();
    library
}

#[test]
fn a_moved_file_redirects_by_itself() {
    let library = published();
    fs::create_dir(library.path("content/new")).unwrap();
    fs::rename(
        library.path("content/a.md"),
        library.path("content/new/b.md"),
    )
    .unwrap();
    assert_eq!(library.build().built(), "");
    let old = library.read("public/a/index.html");
    assert!(
        old.contains("/new/b/") && old.contains("http-equiv=\"refresh\""),
        "{old}"
    );
}

#[test]
fn a_removed_file_that_was_published() {
    let library = published();
    fs::remove_file(library.path("content/a.md")).unwrap();
    let told = library.build().refused();
    let ids = library.read("goodturn.lock");
    insta::assert_snapshot!(without_ids(&told, &ids), @"
    error: content/a.md is gone, but was published at /a/
     --> goodturn.lock:7:1
      |
    7 | /a/ -> IDIDI a.md 26df6200959adb0d
      | ^^^ links to this address were given out, and must lead somewhere
      |
      = help: if another piece takes its place, write content/a.md with these lines:
              ---
              id: IDIDI
              replaced_by: PATH
              ---
      = help: if nothing does, write content/a.md with these lines, and `reason: …` if you like; readers then see a note:
              ---
              id: IDIDI
              retired: true
              ---

    1 error
    ");
    // What is shown, written as it is shown, mends it.
    let (file, text) = lines_to_write(&told);
    library.put(&file, text);
    assert_eq!(library.build().built(), "");
    assert!(library.path("public/a/index.html").is_file());
}

#[test]
fn a_removed_file_is_replaced_or_retired() {
    let library = published();
    library.put("content/a.md", "---\ntitle: A\nreplaced_by: fine.md\n---\n");
    library.build().built();
    assert!(library.read("public/a/index.html").contains("/fine/"));
    library.put(
        "content/a.md",
        "---\ntitle: A\nretired: It was out of date.\n---\n",
    );
    library.build().built();
    assert!(
        library
            .read("public/a/index.html")
            .contains("It was out of date.")
    );
}

#[test]
fn replaced_by_something_that_is_not_there() {
    let library = published();
    library.put("content/a.md", "---\ntitle: A\nreplaced_by: fin.md\n---\n");
    insta::assert_snapshot!(library.build().refused(), @"
    error: there is no file content/fin.md
     --> content/a.md:3:14
      |
    3 | replaced_by: fin.md
      |              ^^^^^^
      |
      = help: did you mean `fine.md`?

    1 error
    ");
    library.put("content/a.md", "---\ntitle: A\nreplaced_by: a.md\n---\n");
    insta::assert_snapshot!(library.build().refused(), @"
    error: content/a.md is replaced by itself in the end
     --> content/a.md:3:1
      |
    3 | replaced_by: a.md
      | ^^^^^^^^^^^
      |
      = help: one document of the circle has to stay, or to say `retired: true`

    1 error
    ");
    library.put("content/a.md", "---\ntitle: A\nreplaced_by: fine.md\n---\n");
    library.put(
        "content/fine.md",
        "---\ntitle: Fine\nreplaced_by: a.md\n---\n",
    );
    insta::assert_snapshot!(library.build().refused(), @"
    error: content/fine.md is replaced by itself in the end
     --> content/fine.md:3:1
      |
    3 | replaced_by: a.md
      | ^^^^^^^^^^^
      |
      = help: one document of the circle has to stay, or to say `retired: true`

    1 error
    ");
}

#[test]
fn a_draft_that_was_published() {
    let library = published();
    library.put(
        "content/a.md",
        "---\ndraft: true\n---\n# Making a good introduction\n\nSay why both gain by it.\n",
    );
    insta::assert_snapshot!(library.build().refused(), @"
    error: content/a.md was published at /a/, and is now a draft
     --> content/a.md:2:1
      |
    2 | draft: true
      | ^^^^^ links to it were given out
      |
      = help: to keep it, delete `draft: true`
      = help: to take it back, write `retired: true`; readers then see a note at its address
      = help: if another piece takes its place, write `replaced_by: PATH`

    1 error
    ");
}

#[test]
fn aliases_that_collide() {
    let library = Library::new()
        .write(
            "content/a.md",
            "---\ntitle: A\naliases: [/old/, /fine/]\n---\n",
        )
        .write("content/b.md", "---\ntitle: B\naliases: /old/\n---\n")
        .write(
            "content/c.md",
            "---\ntitle: C\naliases: [../../x, /industries/, 'https://a.org/']\n---\n",
        );
    insta::assert_snapshot!(library.build().refused(), @"
    error: the alias `/fine/` of content/a.md cannot be used: it is the address of content/fine.md
     --> content/a.md:3:1
      |
    3 | aliases: [/old/, /fine/]
      | ^^^^^^^
      |
      = help: delete the alias; or, if content/a.md takes the place of that piece, write `replaced_by: a.md` there

    error: the alias `/old/` of content/b.md cannot be used: content/a.md has the same one
     --> content/b.md:3:1
      |
    3 | aliases: /old/
      | ^^^^^^^
      |
      = help: delete it in one of the two files

    error: the alias `../../x` of content/c.md cannot be used: `.`, `..` and empty parts are not allowed in it
     --> content/c.md:3:1
      |
    3 | aliases: [../../x, /industries/, 'https://a.org/']
      | ^^^^^^^
      |
      = help: an address looks like `/articles/why/`

    error: the alias `https://a.org/` of content/c.md cannot be used: it is a whole URL
     --> content/c.md:3:1
      |
    3 | aliases: [../../x, /industries/, 'https://a.org/']
      | ^^^^^^^
      |
      = help: an address looks like `/articles/why/`

    4 errors
    ");
}

#[test]
fn ids_that_are_none_or_are_taken() {
    let library = Library::new()
        .write("content/a.md", "---\ntitle: A\nid: b2c3d\n---\n")
        .write("content/b.md", "---\ntitle: B\nid: b2c3d\n---\n")
        .write("content/c.md", "---\ntitle: C\nid: UPPER!\n---\n");
    insta::assert_snapshot!(library.build().refused(), @"
    error: content/a.md and content/b.md both have `id: b2c3d`
     --> content/b.md:3:1
      |
    3 | id: b2c3d
      | ^^ an id belongs to one document
      |
      = help: delete it in one of the two files

    error: `UPPER!` is not a short id: `U` is not allowed in it
     --> content/c.md:3:1
      |
    3 | id: UPPER!
      | ^^
      |
      = help: a short id is 5 characters of 23456789bcdfghjkmnpqrstvwxz, such as `k7mpx`

    2 errors
    ");
}

#[test]
fn a_lock_with_a_conflict() {
    let library = published();
    let lock = library.read("goodturn.lock");
    library.put(
        "goodturn.lock",
        format!("<<<<<<< HEAD\n{lock}=======\n{lock}>>>>>>> branch\n"),
    );
    insta::assert_snapshot!(library.build().refused(), @"
    error: goodturn.lock has a merge conflict
     --> goodturn.lock:1:1
      |
    1 | <<<<<<< HEAD
      | ^^^^^^^^^^^^ a marker left by git
      |
      = help: keep the lines of both sides, delete the lines that start with `<<<<<<<`, `|||||||`, `=======` and `>>>>>>>`, and run `goodturn build`

    1 error
    ");
}

#[test]
fn a_lock_that_says_a_thing_twice() {
    let library = published();
    let lock = library.read("goodturn.lock");
    let line = lock.lines().find(|line| line.contains("/a/")).unwrap();
    let id = line.split(' ').nth(2).unwrap();
    library.put(
        "goodturn.lock",
        format!("{lock}{}\n", line.replace(id, "zzzzz")),
    );
    let told = library.build().refused();
    insta::assert_snapshot!(without_ids(&told, &lock), @"
    error: lines 7 and 9 of goodturn.lock let /a/ lead to two documents, IDIDI and zzzzz
     --> goodturn.lock:9:1
      |
    9 | /a/ -> zzzzz a.md 26df6200959adb0d
      | ^^^ line 7 says `/a/ -> IDIDI a.md 26df6200959adb0d`
      |
      = help: keep the line of the document that readers of this address were promised, usually the older one, and delete the other line

    1 error
    ");
}

#[test]
fn a_lock_that_is_nonsense() {
    for lock in ["nonsense\n", "\0\0\0", "{}", "version = 99\n", "---\n- a\n"] {
        let told = Library::with("goodturn.lock", lock).build().refused();
        assert!(told.contains(" --> goodturn.lock:1:"), "{told}");
    }
}

#[test]
fn a_lock_that_may_not_change() {
    let library = published();
    library.put("content/b.md", "# B\n\nQuite another thing, and news.\n");
    insta::assert_snapshot!(library.run(&["build", "--locked"]).refused(), @"
    error: goodturn.lock would change, which `--locked` forbids
    --> goodturn.lock
     = help: /b/ is new, from b.md
     = help: run `goodturn build` without `--locked`, and commit the file

    1 error
    ");
}

/// Ids are drawn from the addresses; which ones is no matter here.
fn without_ids(told: &str, lock: &str) -> String {
    let words = lock.split(|c: char| !c.is_ascii_alphanumeric());
    let ids = words.filter(|word| word.len() == 5 && word.bytes().any(|b| b.is_ascii_digit()));
    ids.fold(told.to_owned(), |told, id| told.replace(id, "IDIDI"))
}

/// The file and the lines that a message says to write.
fn lines_to_write(told: &str) -> (String, String) {
    let mut lines = told
        .lines()
        .skip_while(|line| !line.contains("if nothing does, write "));
    let first = lines.next().expect("the way out");
    let file = first
        .split("write ")
        .nth(1)
        .and_then(|rest| rest.split(' ').next())
        .expect("a file");
    let text = lines.take(4).map(|line| format!("{}\n", line.trim()));
    (file.to_owned(), text.collect())
}
