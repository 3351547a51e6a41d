//! Tables of people.

#[test]
fn line_breaks_in_cells_write_no_headers() {
    let desk = super::super::followup::with_people();
    desk.write(
        "evil.csv",
        "name,email,company\n\
         \"Eve\r\nBcc: all@x.example\",eve@x.example,\"Evil\r\nTo: all@x.example\"\n\
         Mal,\"mal@x.example\r\nBcc: all@x.example\",\n",
    );
    let ran = desk.run(&["people", "import", "evil.csv"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    insta::assert_snapshot!(ran.err, @r#"
    warning: `mal@x.example Bcc: all@x.example` is no email address: it is left out
     --> evil.csv:5:1
      |
    5 | Mal,"mal@x.example 
      | ^^^^^^^^^^^^^^^^^^
    "#);
    let refused = desk.run(&[
        "people",
        "add",
        "Mo",
        "--email",
        "mo@x.example\r\nBcc: all@x.example",
    ]);
    insta::assert_snapshot!(refused.err, @"
    error: `mo@x.example␍
           Bcc: all@x.example` is no email address
    help: write it as ana@example.org

    1 error
    ");
    let from = "Ann\r\nBcc: all@x.example <ann@shelf.example>";
    let line = "One.\r\nBcc: all@x.example\r\n\r\nTwo.";
    let ran = desk.run(&["followup", "eve@x.example", "--from", from, "--line", line]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let draft = desk.files().into_iter().find(|file| file.ends_with(".eml"));
    let letter = desk.read(&draft.unwrap());
    let (head, body) = letter.split_once("\r\n\r\n").unwrap();
    let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    let names: Vec<&str> = unfolded
        .split("\r\n")
        .map(|line| line.split(':').next().unwrap())
        .collect();
    insta::assert_snapshot!(names.join(" "), @"From To Subject Date Message-ID X-Unsent MIME-Version Content-Type");
    assert!(
        body.contains("Bcc: all@x.example") && body.contains("Two."),
        "{body}"
    );
}
