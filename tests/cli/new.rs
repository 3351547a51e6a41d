//! `goodturn new`.

use super::*;

#[test]
fn each_kind_is_begun_and_builds() {
    let desk = Desk::library(&["hvac"]);
    desk.write("elsewhere/My sheet.pdf", "x");
    let new = |args: &[&str]| desk.run(&[&["new"], args].concat()).fine();
    let trade = [
        "--industry",
        "plumber",
        "-i",
        "furnace repair",
        "--topic",
        "winter, cold",
    ];
    let article = [&["article", "What: to ask"], &trade[..]].concat();
    assert_eq!(new(&article), "content/articles/what-to-ask.md\n");
    assert_eq!(new(&["book", "A book"]), "content/books/a-book/book.yaml\n");
    let link = [
        "link",
        "A link",
        "--link",
        "https://a.org/#b",
        "--why",
        "It helps.",
    ];
    assert_eq!(new(&link), "content/links/a-link.md\n");
    let file = [
        "file",
        "A file",
        "--file",
        "elsewhere/My sheet.pdf",
        "--why",
        "It helps.",
    ];
    assert_eq!(new(&file), "content/files/a-file.md\n");
    assert_eq!(new(&["page", "A page"]), "content/a-page.md\n");
    desk.builds_clean();
    insta::assert_snapshot!(desk.read("content/articles/what-to-ask.md"), @r#"
    ---
    title: "What: to ask"
    # summary: What the reader gets from it, in a sentence or two
    date: 2026-01-02
    industries: [plumbing, hvac]
    topics: ["winter, cold"]
    ---
    "#);
    insta::assert_snapshot!(desk.read("content/files/a-file.md"), @"
    ---
    title: A file
    # summary: What the reader gets from it, in a sentence or two
    date: 2026-01-02
    general: true
    file: My sheet.pdf
    why: It helps.
    ---
    ");
    insta::assert_snapshot!(desk.read("content/books/a-book/book.yaml"), @"
    title: A book
    # summary: What the reader gets from it, in a sentence or two
    date: 2026-01-02
    general: true

    # Chapters follow the numbers in their names: 01-….md, 02-….md. To order them here:
    # chapters: [01-introduction.md]
    ");
    assert_eq!(desk.read("content/files/My sheet.pdf"), "x");
    assert!(
        desk.path("content/books/a-book/01-introduction.md")
            .exists()
    );
}

#[test]
fn the_path_can_be_opened_from_where_one_is() {
    let desk = Desk::library(&[]);
    fs::create_dir(desk.path("below")).unwrap();
    let mut command = desk.command();
    let ran = Ran::of(
        command
            .args(["new", "page", "A"])
            .current_dir(desk.path("below"))
            .output()
            .unwrap(),
    );
    assert!(Path::new(ran.fine().trim()).is_file());
    let mut command = desk.command();
    let root = desk.dir.path().to_str().unwrap();
    let ran = Ran::of(
        command
            .args(["-q", "-C", root, "new", "page", "B"])
            .current_dir("/")
            .output()
            .unwrap(),
    );
    assert_eq!(
        ran.fine().trim(),
        desk.path("content/b.md").to_str().unwrap()
    );
}

#[test]
fn nothing_is_overwritten() {
    let desk = Desk::library(&[]);
    desk.run(&["new", "article", "One"]).fine();
    desk.write("content/articles/one.md", "mine");
    fs::create_dir(desk.path("content/articles/Two")).unwrap();
    insta::assert_snapshot!(desk.run(&["new", "article", "One!"]).refused(), @r#"
    error: content/articles/one.md is there already
    help: write on in that one, or choose another title, such as "One! 2"

    1 error
    "#);
    insta::assert_snapshot!(desk.run(&["new", "article", "Two"]).refused(), @r#"
    error: content/articles/Two is there already
    help: write on in that one, or choose another title, such as "Two 2"

    1 error
    "#);
    assert_eq!(desk.read("content/articles/one.md"), "mine");
}

#[test]
fn a_file_is_copied_once_and_never_over_another() {
    let desk = Desk::library(&[]);
    desk.write("a/x.pdf", "x");
    desk.write("b/x.pdf", "other");
    desk.write("content/deep/50%.pdf", "y");
    desk.write("private/p.pdf", "secret");
    desk.write("a/note.md", "# A");
    let new =
        |title: &str, file: &str| desk.run(&["new", "file", title, "--why", "w", "--file", file]);
    new("One", "a/x.pdf").fine();
    new("Two", "a/x.pdf").fine();
    new("Three", "content/deep/50%.pdf").fine();
    desk.builds_clean();
    insta::assert_snapshot!(new("Four", "b/x.pdf").refused(), @"
    error: content/files/x.pdf is there already and is another file
    help: rename your file, then try again

    1 error
    ");
    insta::assert_snapshot!(new("Five", "private/p.pdf").refused(), @"
    error: private/p.pdf lies in private/, which is never published
    help: copy it out of private/ first if it may be public

    1 error
    ");
    insta::assert_snapshot!(new("Six", "a/note.md").refused(), @"
    error: a/note.md is Markdown
    help: give a document such as a PDF; Markdown in content/ is an article by itself

    1 error
    ");
    insta::assert_snapshot!(new("Seven", "nowhere.pdf").refused(), @"
    error: nowhere.pdf cannot be read: it does not exist
    help: give the path of a file that is there

    1 error
    ");
    assert_eq!(desk.read("content/files/x.pdf"), "x");
    assert!(!desk.path("content/files/four.md").exists());
}

#[test]
fn what_does_not_go_together_is_refused() {
    let desk = Desk::library(&[]);
    let before = desk.files();
    insta::assert_snapshot!(desk.run(&["new", "article", "A", "-i", "roofng"]).refused(), @"
    error: `roofng` is no industry known here
    help: did you mean `roofing`?
    help: `goodturn industries WORDS` searches; industries.yaml adds a trade of your own

    1 error
    ");
    insta::assert_snapshot!(desk.run(&["new", "link", "A"]).refused(), @"
    error: a link needs the page that it leads to
    help: add it: --link https://example.org/page

    1 error
    ");
    insta::assert_snapshot!(desk.run(&["new", "link", "A", "--link", "a.org"]).refused(), @"
    error: `a.org` is no full address of a page
    help: write it with https:// at its start

    1 error
    ");
    insta::assert_snapshot!(desk.run(&["new", "file", "A"]).refused(), @"
    error: a new file needs the file to give
    help: add it: --file path/to/estimate.pdf

    1 error
    ");
    insta::assert_snapshot!(desk.run(&["new", "page", "A", "-i", "hvac"]).refused(), @"
    error: `--industry` makes no sense with a new page
    help: a page belongs to the site and is not given to people; write an article instead

    1 error
    ");
    insta::assert_snapshot!(desk.run(&["new", "article", " "]).refused(), @r#"
    error: the title is empty
    help: say what it is called: goodturn new article "A title"

    1 error
    "#);
    insta::assert_snapshot!(desk.run(&["new", "article", "A", "--lang", "fr"]).refused(), @"
    error: `fr` is no language of this library
    help: this library is in en; add one in goodturn.yaml: languages: { fr: {} }

    1 error
    ");
    desk.run(&["new", "poem", "A"]).refused();
    assert_eq!(desk.files(), before);
    insta::assert_snapshot!(Desk::new().run(&["new", "page", "A"]).refused(), @"
    error: there is no library here: no goodturn.yaml in this folder or above it
    help: `goodturn init` makes a library; -C DIR works in another folder

    1 error
    ");
}

#[test]
fn a_language_goes_into_the_name() {
    let desk = Desk::library(&[]);
    let settings = desk.read("goodturn.yaml") + "\nlanguages: { fr: {} }\n";
    desk.write("goodturn.yaml", &settings);
    let new = |kind, lang| desk.run(&["new", kind, "A", "--lang", lang]).fine();
    assert_eq!(new("article", "fr"), "content/articles/a.fr.md\n");
    assert_eq!(new("article", "en"), "content/articles/a.md\n");
    assert_eq!(new("book", "FR"), "content/fr/books/a/book.yaml\n");
    desk.builds_clean();
}

#[test]
fn any_title_makes_a_piece_of_that_title() {
    let odd = [
        "README",
        "index",
        "yes",
        "a: b",
        "# x",
        "{{ x }}",
        "'",
        "\"\\",
        "- a",
        "建筑",
        "🦀",
        "?!",
        "2024-01-01",
        "~",
        "|",
        "--- x",
        "a\nb",
    ];
    for title in odd {
        let desk = Desk::library(&[]);
        desk.run(&["new", "article", "--draft", "--", title]).fine();
        let list = desk.run(&["list", "--drafts", "--json"]).json();
        let titles: Vec<&str> = (list.as_array().unwrap().iter())
            .map(|resource| resource["title"].as_str().unwrap())
            .collect();
        let expected = title.replace('\n', " ");
        assert!(titles.contains(&expected.as_str()), "{title}: {titles:?}");
        desk.builds_clean();
    }
}
