//! Names that some system, or the web, has trouble with.

use crate::Library;

#[test]
fn spaces_quotes_and_emoji() {
    let library = Library::new()
        .write("content/my file's \"best\" <b>.md", "# Best\n\n![x](<a b's \"c\".svg>)\n")
        .write("content/a b's \"c\".svg", "<svg viewBox=\"0 0 10 10\"></svg>")
        .write("content/🎉 party 🎉.md", "# Party\n\n[best](<my file's \"best\" <b>.md>) [self](%F0%9F%8E%89%20party%20%F0%9F%8E%89.md)\n")
        .write("content/🎉.md", "# Only a face\n")
        .write("content/日本語.md", "# 日本語\n")
        .write("content/été/naïve.md", "# N\n")
        .write("content/%2e%2e.md", "# Dots\n")
        .write("content/a#b?c&d.txt", "x")
        .write("content/link.md", "# L\n\n[x](a%23b%3Fc&d.txt)\n");
    assert_eq!(library.build().built(), "");
    assert!(library.path("public/a#b?c&d.txt").is_file());
    assert!(
        library
            .read("public/link/index.html")
            .contains("href=\"/a%23b%3Fc&amp;d.txt\"")
    );
    let page = library.read("public/my-files-best-b/index.html");
    assert!(
        page.contains("src=\"/a%20b&#x27;s%20%22c%22.svg\""),
        "{page}"
    );
}

#[test]
fn names_of_255_bytes() {
    let page = format!("{}.md", "x".repeat(252));
    let file = format!("{}.txt", "y".repeat(251));
    let library = Library::new()
        .write(&format!("content/{page}"), format!("# X\n\n[y]({file})\n"))
        .write(&format!("content/{file}"), "x")
        .write(
            &format!("content/{}/{}.md", "d".repeat(255), "é".repeat(126)),
            "# Y\n",
        );
    assert_eq!(library.build().built(), "");
    assert!(library.path(&format!("public/{file}")).is_file());
    assert!(
        library
            .path(&format!("public/{}/index.html", "x".repeat(120)))
            .is_file()
    );
}

#[test]
fn names_that_differ_in_case_only() {
    let library = Library::new()
        .write("content/About.md", "# A\n")
        .write("content/about.md", "# B\n");
    insta::assert_snapshot!(library.build().refused(), @"
    error: content/About.md and content/about.md have the same address, /about/
    --> content/about.md
     = help: give content/about.md another address: write a line like `slug: about-2` in its front matter

    1 error
    ");
    let library = Library::new()
        .write("content/Pic.svg", "<svg/>")
        .write("content/pic.svg", "<svg/>");
    insta::assert_snapshot!(library.build().refused(), @r#"
    error: the paths "Pic.svg" and "pic.svg" differ by case only
    help: on macOS and Windows, and on many servers, they would be one file: rename one

    1 error
    "#);
}

#[test]
fn two_files_with_one_slug() {
    let library = Library::new()
        .write("content/a.md", "---\ntitle: A\nslug: same\n---\n")
        .write("content/b.md", "---\ntitle: B\nslug: Same!\n---\n")
        .write("content/same.md", "# C\n");
    insta::assert_snapshot!(library.build().refused(), @"
    error: content/a.md and content/b.md have the same address, /same/
     --> content/b.md:3:1
      |
    3 | slug: Same!
      | ^^^^
      |
      = help: give content/b.md another address: write a line like `slug: same-2` in its front matter

    error: content/a.md and content/same.md have the same address, /same/
    --> content/same.md
     = help: give content/same.md another address: write a line like `slug: same-2` in its front matter

    2 errors
    ");
}

#[test]
fn a_document_where_the_site_has_a_page_of_its_own() {
    let library = Library::new()
        .write("content/industries.md", "# I\n")
        .write("content/r.md", "# R\n")
        .write("content/feed.xml", "x")
        .write("content/index.html", "x")
        .write("content/fine/index.html", "x")
        .write("content/404.md", "# 404\n");
    insta::assert_snapshot!(library.build().refused(), @r#"
    error: a list and a file named index.html would both be /index.html
    help: give one of them another name, or a `slug:`; with `page: true` it introduces a list

    error: content/fine.md and a file named fine/index.html would both be /fine/index.html
    --> content/fine.md
     = help: give one of them another name, or a `slug:`; with `page: true` it introduces a list

    error: the address "/r/" of content/r.md cannot be used: /r/ is kept for short addresses
    --> content/r.md
     = help: set another one with a line `slug: …` in the front matter

    3 errors
    "#);
}

#[test]
fn a_file_and_a_folder_of_one_name() {
    let library = Library::new()
        .write("content/a.md", "# A\n")
        .write("static/a", "x");
    insta::assert_snapshot!(library.build().refused(), @r#"
    error: "a" would be both a file and the folder of "a/index.html"
    help: give one of them another address

    1 error
    "#);
}

#[test]
fn names_that_are_no_text() {
    use std::os::unix::ffi::OsStrExt;
    let library = Library::new();
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.md");
    std::fs::write(library.path("content").join(name), "# A\n").unwrap();
    let library = library
        .write("content/back\\slash.md", "# B\n")
        .write("content/new\nline.md", "# C\n");
    insta::assert_snapshot!(library.build().refused(), @r"
    error: this file's name cannot be an address
    --> content/back\slash.md
     = help: rename the file with letters that every system can write

    error: this file's name cannot be an address
    --> content/caf�.md
     = help: rename the file with letters that every system can write

    error: this file's name cannot be an address
    --> content/new�line.md
     = help: rename the file with letters that every system can write

    3 errors
    ");
}
