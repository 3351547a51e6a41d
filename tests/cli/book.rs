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
    told(&["book", "goodturn.yaml"], 2, &["is not in content/"]);
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
