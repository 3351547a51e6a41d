//! `goodturn init`.

use super::*;

#[test]
fn a_new_library_builds_at_once() {
    for industries in [
        &[][..],
        &["realtor"],
        &["dentist", "roofer", "238220", "nonprofit"],
        &["Farming, forestry and fishing"],
    ] {
        Desk::library(industries).builds_clean();
    }
}

#[test]
fn what_is_made_is_told_with_the_next_steps() {
    let desk = Desk::new();
    let out = desk.run(&["init", "my lib", "--industry", "hvac,dentist"]);
    insta::assert_snapshot!(out.fine(), @r#"
    Made My lib in my lib

    Next:
      goodturn -C 'my lib' build
      goodturn -C 'my lib' new article "A title"
    "#);
    assert_eq!(
        desk.files(),
        [
            "my lib/.gitignore",
            "my lib/content/about.md",
            "my lib/content/articles/five-questions.md",
            "my lib/content/links/a-first-link.md",
            "my lib/goodturn.yaml",
        ]
    );
    let article = desk.read("my lib/content/articles/five-questions.md");
    assert!(article.contains("industries: [hvac, dental-practice]"));
    assert_eq!(desk.run(&["-q", "init", "other"]).fine(), "");
}

#[test]
fn the_email_address_stays_private() {
    let desk = Desk::new();
    let args = "init . --name Ann --email ann@example.org --base-url https://a.org/";
    desk.run(&args.split(' ').collect::<Vec<_>>()).fine();
    assert_eq!(
        desk.read("private/me.vcf"),
        "BEGIN:VCARD\r\nVERSION:4.0\r\nEMAIL:ann@example.org\r\nFN:Ann\r\nEND:VCARD\r\n"
    );
    desk.builds_clean();
    for file in desk.files() {
        let bytes = fs::read(desk.path(&file)).unwrap();
        let holds = bytes.windows(7).any(|bytes| bytes == b"ann@exa");
        assert_eq!(holds, file == "private/me.vcf", "{file}");
    }
    assert!(
        desk.read("goodturn.yaml")
            .contains("base_url: \"https://a.org/\"")
    );
}

#[test]
fn any_title_and_name_gives_a_library_that_builds() {
    for odd in [
        "a: b # c",
        "{{ x }} {% y %}",
        "\"'\\",
        "no",
        "*[a](b)* <i>",
        "建筑",
        "🦀",
        "- 1",
    ] {
        let desk = Desk::new();
        let (title, name) = (format!("--title={odd}"), format!("--name={odd}"));
        desk.run(&["init", &title, &name]).fine();
        desk.builds_clean();
    }
}

#[test]
fn a_fresh_repository_counts_as_empty_and_stays() {
    let desk = Desk::new();
    desk.write(".git/config", "x");
    desk.write("README.md", "mine");
    desk.write("LICENSE", "mine");
    desk.write(".gitignore", "*.log\n/public");
    desk.run(&["init"]).fine();
    assert_eq!(desk.read("README.md"), "mine");
    assert_eq!(
        desk.read(".gitignore"),
        "*.log\n/public\nprivate/\n.goodturn/\n"
    );
    desk.builds_clean();
}

#[test]
fn a_folder_that_holds_something_is_refused() {
    let desk = Desk::new();
    for name in ["a.txt", "b.txt", "c.txt", "d.txt", "e/f.txt"] {
        desk.write(&format!("notes/{name}"), "mine");
    }
    let before = desk.files();
    insta::assert_snapshot!(desk.run(&["init", "notes"]).refused(), @"
    error: notes is not empty: it holds `a.txt`, `b.txt`, `c.txt` and 2 more
    help: choose a new folder: goodturn init notes-library

    1 error
    ");
    insta::assert_snapshot!(desk.run(&["init"]).refused(), @"
    error: this folder is not empty: it holds `notes`
    help: choose a new folder: goodturn init library

    1 error
    ");
    insta::assert_snapshot!(desk.run(&["init", "notes/a.txt"]).refused(), @"
    error: notes/a.txt cannot become a library: it is a file
    help: give the name of a new folder

    1 error
    ");
    assert_eq!(desk.files(), before);
}

#[test]
fn a_library_is_not_made_twice() {
    let desk = Desk::library(&[]);
    let before = desk.read("goodturn.yaml");
    insta::assert_snapshot!(desk.run(&["init", "--title", "Other"]).refused(), @"
    error: this folder is a library already: it holds goodturn.yaml
    help: `goodturn build` makes its site; nothing here was changed

    1 error
    ");
    assert_eq!(desk.read("goodturn.yaml"), before);
}

#[test]
fn a_wrong_answer_makes_nothing() {
    let desk = Desk::new();
    insta::assert_snapshot!(desk.run(&["init", "a", "--industry", "roofng"]).refused(), @"
    error: `roofng` is no industry known here
    help: did you mean `roofing`?
    help: `goodturn industries WORDS` searches; industries.yaml adds a trade of your own

    1 error
    ");
    insta::assert_snapshot!(desk.run(&["init", "a", "--base-url", "a.org"]).refused(), @"
    error: `a.org` is not an address that starts with https://
    help: leave it away if you do not know it yet

    1 error
    ");
    insta::assert_snapshot!(desk.run(&["init", "a", "--email", "ann"]).refused(), @"
    error: `ann` is no email address
    help: leave it away if you do not know it yet

    1 error
    ");
    assert_eq!(desk.files(), Vec::<String>::new());
}
