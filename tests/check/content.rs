//! What is wrong inside the library.

use super::Library;
use super::listing::listing;

#[test]
fn a_good_library_is_left_as_it_is() {
    let library = Library::new(&[]);
    let before = listing(library.root());
    let ran = library.run(&["check"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    insta::assert_snapshot!(ran.out, @r"
    No problems in 1 article
      goodturn.lock would change: `goodturn build` writes it
    ");
    assert_eq!(listing(library.root()), before);

    assert_eq!(library.run(&["build"]).code, 0);
    let before = listing(library.root());
    let ran = library.run(&["check", "--drafts", "--future", "--locked"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(ran.out, "No problems in 1 article\n");
    assert_eq!(listing(library.root()), before);
}

#[test]
fn quiet_says_nothing_where_nothing_is_wrong() {
    let ran = Library::new(&[]).run(&["check", "--quiet"]);
    assert_eq!((ran.code, ran.out + &ran.err), (0, String::new()));
}

#[test]
fn everything_that_a_build_finds_is_found() {
    let library = Library::new(&[
        ("industries.yaml", "no-such-list: []\n"),
        (
            "content/a.md",
            "---\ntitle: A\nindustries: [plumbr]\ndate: 2026-02-30\n---\n\
             [B](bb.md) and [C](welcome.md#nowhere)\n\n{{ buton(href=\"a.md\") }}\n",
        ),
        ("content/b.md", "---\ntitle: [\n---\n"),
        ("content/c.md", "---\nslug: same\nsummary: S\n---\n# C\n"),
        ("content/d.md", "---\nslug: same\nsummary: S\n---\n# D\n"),
        ("content/e.md", "---\nfile: gone.pdf\nwhy: W\n---\n# E\n"),
    ]);
    let before = listing(library.root());
    let (checked, built) = (library.run(&["check"]), library.run(&["build"]));
    assert_eq!(checked.err, built.err);
    assert_eq!((checked.code, built.code), (1, 1));
    let errors = checked.err.lines().filter(|l| l.starts_with("error: "));
    let errors: Vec<&str> = errors.collect();
    assert!(errors.len() >= 8, "{errors:#?}");
    assert_eq!(listing(library.root()), before);
}

#[test]
fn errors_of_templates_are_found_by_rendering() {
    let library = Library::new(&[("templates/404.html", "{{ nothing.there }}")]);
    let (checked, built) = (library.run(&["check"]), library.run(&["build"]));
    assert_eq!(checked.err, built.err);
    assert_eq!((checked.code, built.code), (1, 1));
    assert!(checked.err.contains("404.html"), "{}", checked.err);
}

#[test]
fn rendering_is_checked_together_with_all_else() {
    let library = Library::new(&[
        ("templates/404.html", "{{ nothing.there }}"),
        (
            "content/a.md",
            "---\nsummary: S\n---\n# A\n[gone](gone.md)\n",
        ),
    ]);
    let ran = library.run(&["check"]);
    assert!(ran.err.contains("404.html"), "{}", ran.err);
    assert!(ran.err.contains("there is no file content/gone.md"));
    assert!(ran.err.ends_with("2 errors\n"), "{}", ran.err);
}

#[test]
fn an_output_folder_that_a_build_refuses_is_refused() {
    let library = Library::new(&[("public/mine.txt", "not yours")]);
    let (checked, built) = (library.run(&["check"]), library.run(&["build"]));
    assert_eq!(checked.err, built.err);
    assert_eq!(checked.code, 1);
}

#[test]
fn a_review_that_is_due_is_a_warning_at_its_key() {
    let piece = |day: &str| format!("---\ntitle: P {day}\nsummary: S\nreview_by: {day}\n---\nT\n");
    let library = Library::new(&[
        ("content/past.md", &piece("2026-03-09")),
        ("content/today.md", &piece("2026-03-10")),
        (
            "content/draft.md",
            &piece("2026-01-01").replace("---\nti", "---\ndraft: true\nti"),
        ),
    ]);
    let ran = library.run(&["check"]);
    assert_eq!(ran.code, 0);
    insta::assert_snapshot!(ran.err, @"
    warning: this piece was to be looked at again by 2026-03-09
     --> content/past.md:4:1
      |
    4 | review_by: 2026-03-09
      | ^^^^^^^^^
      |
      = help: see whether all of it still holds, then set a new day, or take `review_by` out
    ");
    insta::assert_snapshot!(ran.out, @"
    1 warning in 3 articles
      goodturn.lock would change: `goodturn build` writes it
    ");
    let drafts = library.run(&["check", "--drafts"]);
    assert!(
        drafts.err.contains("content/draft.md:5:1"),
        "{}",
        drafts.err
    );
}

#[test]
fn a_piece_that_nobody_would_see_is_a_warning() {
    let library = Library::new(&[
        (
            "content/a.md",
            "---\ntitle: A\nsummary: S\npublish: 2026-05-01\nexpires: 2026-04-01\n---\nT\n",
        ),
        (
            "content/b.md",
            "---\ntitle: B\nsummary: S\ndate: 2026-01-01\nexpires: 2026-04-01\n---\nT\n",
        ),
    ]);
    let ran = library.run(&["check"]);
    assert_eq!(ran.code, 0);
    insta::assert_snapshot!(ran.err, @"
    warning: this piece expires before it is published: `publish` is 2026-05-01
     --> content/a.md:5:1
      |
    5 | expires: 2026-04-01
      | ^^^^^^^
      |
      = help: give it a later `expires`, or take the key out
    ");
    assert_eq!(library.run(&["build"]).err, ran.err);
}

#[test]
fn locked_forbids_a_new_address() {
    let library = Library::new(&[]);
    assert_eq!(library.run(&["build"]).code, 0);
    library.write("content/new.md", "---\ntitle: New\nsummary: S\n---\nT\n");
    let before = listing(library.root());
    let ran = library.run(&["check", "--verbose"]);
    assert_eq!(ran.code, 0);
    insta::assert_snapshot!(ran.out, @"
    No problems in 2 articles
      goodturn.lock would change: `goodturn build` writes it
        /new/ is new, from new.md
    ");
    let locked = library.run(&["check", "--locked"]);
    assert_eq!(locked.code, 1);
    assert_eq!(locked.err, library.run(&["build", "--locked"]).err);
    assert_eq!(listing(library.root()), before);
}

#[test]
fn flags_for_outside_links_want_external() {
    let library = Library::new(&[]);
    for args in [
        &["check", "--timeout", "5"][..],
        &["check", "--no-cache"],
        &["check", "--external", "--timeout", "0"],
    ] {
        assert_eq!(library.run(args).code, 2, "{args:?}");
    }
}
