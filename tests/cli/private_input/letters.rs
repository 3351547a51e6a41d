//! Letters.

use super::super::followup::{FROM, with_people};

#[test]
fn a_letter_that_says_nothing_is_refused() {
    let desk = with_people();
    let mut told = String::new();
    for (name, text) in [
        ("blank", "---\nsubject: \" \"\n---\n\nHello\n".to_owned()),
        ("silent", "---\nsubject: Hello\n---\n\n".to_owned()),
    ] {
        desk.write(&format!("private/letters/{name}.md"), &text);
        let ran = desk.run(&[&["followup", "ana", "--template", name][..], &FROM].concat());
        assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{ran:?}");
        told.push_str(&ran.err);
    }
    insta::assert_snapshot!(told, @r#"
    error: the subject of this letter is empty
    --> private/letters/blank.md
     = help: write what it is about at the top: subject: "…"

    1 error
    error: this letter says nothing below its subject
    --> private/letters/silent.md
     = help: write what it is to say after the second ---

    1 error
    "#);
    assert!(!desk.files().iter().any(|file| file.ends_with(".eml")));
}
