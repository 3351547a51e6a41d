//! `goodturn list`.

use super::*;

fn library() -> Desk {
    let desk = Desk::library(&["dentist"]);
    desk.write(
        "content/articles/漢.md",
        "---\ntitle: 漢字 and a title that is far too long for a terminal of eighty columns\ndate: 2025-05-05\nindustries: [hvac]\ntopics: [Cold Calls]\n---\nText\n",
    );
    desk.write(
        "content/articles/later.md",
        "---\ntitle: Later\ndraft: true\n---\nText\n",
    );
    desk
}

#[test]
fn a_table_fits_the_terminal() {
    let desk = library();
    insta::assert_snapshot!(desk.run(&["list"]).fine(), @"
    ID     KIND     TITLE                     INDUSTRIES       DATE        ADDRESS
    kmh8w  article  Five questions to ask b…  dental-practice  2026-01-02  /r/kmh8w/
    rtszg  link     HIPAA for practices, fr…  dental-practice  2026-01-02  /r/rtszg/
    tghhn  article  漢字 and a title that i…  hvac             2025-05-05  /r/tghhn/
    ");
    insta::assert_snapshot!(desk.run(&["list", "--drafts", "--kind", "article"]).fine(), @"
    ID     KIND     TITLE                     INDUSTRIES       DATE        ADDRESS
    kmh8w  article  Five questions to ask b…  dental-practice  2026-01-02  /r/kmh8w/
    tghhn  article  漢字 and a title that i…  hvac             2025-05-05  /r/tghhn/
    49qsp  article  (draft) Later                                          /r/49qsp/
    ");
}

#[test]
fn what_is_asked_for_is_shown() {
    let desk = library();
    let titles = |args: &[&str]| {
        let list = desk.run(&[&["list", "--json"], args].concat()).json();
        let first = |d: &Value| {
            d["title"]
                .as_str()
                .unwrap()
                .chars()
                .take(4)
                .collect::<String>()
        };
        list.as_array()
            .unwrap()
            .iter()
            .map(first)
            .collect::<Vec<_>>()
    };
    assert_eq!(titles(&[]), ["Five", "HIPA", "漢字 a"]);
    assert_eq!(titles(&["--kind", "link"]), ["HIPA"]);
    assert_eq!(titles(&["--industry", "construction"]), ["漢字 a"]);
    assert_eq!(titles(&["--industry", "dentists"]), ["Five", "HIPA"]);
    assert_eq!(titles(&["--topic", "cold calls"]), ["漢字 a"]);
    assert!(titles(&["--lang", "fr"]).is_empty());
    assert!(titles(&["--drafts"]).contains(&"Late".to_owned()));
    assert_eq!(
        desk.run(&["list", "--lang", "fr"]).fine(),
        "Nothing in the library is like that.\n"
    );
}

#[test]
fn json_has_the_fields_of_resources_json() {
    let desk = library();
    desk.builds_clean();
    let published: Value = serde_json::from_str(&desk.read("public/resources.json")).unwrap();
    let mut listed = desk.run(&["list", "--json"]).json();
    for entry in listed.as_array_mut().unwrap() {
        let fields = entry.as_object_mut().unwrap();
        assert!(desk.path(fields["path"].as_str().unwrap()).is_file());
        for own in ["path", "draft", "scheduled"] {
            fields.remove(own).unwrap();
        }
        assert!(published["resources"].as_array().unwrap().contains(entry));
    }
}

#[test]
fn an_error_in_the_content_is_told_and_the_rest_is_listed() {
    let desk = library();
    desk.write("content/articles/bad.md", "---\ntitle: [\n---\n");
    let ran = desk.run(&["list", "--kind", "link"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.contains("HIPAA") && ran.err.contains("content/articles/bad.md"));
    desk.run(&["list", "--industry", "roofng"]).refused();
}

#[test]
fn colours_are_as_asked() {
    let desk = library();
    let heading = |args: &[&str]| desk.run(args).fine().contains("\u{1b}[1mID");
    assert!(!heading(&["list"]));
    assert!(heading(&["list", "--color", "always"]));
    let ran = desk
        .command()
        .args(["list"])
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    assert!(!Ran::of(ran).fine().contains('\u{1b}'));
}
