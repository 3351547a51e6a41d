//! People as they come out of the world: of one name, without one, in broken encodings, and with
//! trades for which there is nothing yet.

use super::ask::at_a_terminal;
use super::*;

fn with_two_anas() -> Desk {
    let desk = Desk::library(&[]);
    for (email, company) in [
        ("ana@ruiz.example", "Ruiz Roofing"),
        ("ana@sol.example", "Sol Dental"),
    ] {
        let ran = desk.run(&[
            "people",
            "add",
            "Ana Ruiz",
            "--email",
            email,
            "--company",
            company,
        ]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
    }
    desk
}

#[test]
fn two_of_one_name_are_named_or_asked_for() {
    let desk = with_two_anas();
    insta::assert_snapshot!(desk.run(&["suggest", "ana ruiz"]).refused(), @"
    error: `ana ruiz` is more than one person
    help: Ana Ruiz, Ruiz Roofing, ana@ruiz.example [ana-ruiz]
    help: Ana Ruiz, Sol Dental, ana@sol.example [ana-ruiz-2]
    help: give the name between the brackets, or the email address

    1 error
    ");
    // The handle, the address and the company each mean one of them.
    let out = desk.run(&["people", "show", "ana@sol.example"]).fine();
    assert!(out.contains("Sol Dental"), "{out}");
    let ran = at_a_terminal(
        &desk,
        &["people", "note", "ana ruiz", "wants to hire"],
        &[("Which ana ruiz?", "\u{1b}[B")],
    );
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let noted: Vec<String> = desk
        .files()
        .into_iter()
        .filter(|file| file.ends_with(".vcf") && desk.read(file).contains("wants to hire"))
        .collect();
    assert_eq!(noted, ["private/people/ana-ruiz-2.vcf"]);
}

#[test]
fn a_person_for_whom_there_is_nothing_yet() {
    let desk = super::followup::with_people();
    desk.write(
        "content/names.md",
        "---\ntitle: Remembering names\nsummary: Three ways.\ngeneral: true\n---\n\nWrite them down.\n",
    );
    desk.run(&["build"]).fine();
    let id = |out: String| {
        let ids = desk.run(&["list", "--json"]).json();
        let mut out = out;
        for piece in ids.as_array().unwrap() {
            out = out.replace(piece["id"].as_str().unwrap(), "ID");
        }
        out
    };
    desk.run(&[
        "people",
        "add",
        "Gil",
        "--email",
        "gil@x.example",
        "--industry",
        "florist",
    ])
    .fine();
    insta::assert_snapshot!(id(desk.run(&["suggest", "gil"]).fine()), @"
    For Gil (florist):

    Nothing for this trade yet: Florist. 1 person you know would be served by it.
      These may help all the same:

    1. Five questions to ask before you offer anything
       for everybody
       https://shelf.example/r/ID/

    2. Guides for small businesses, from the SBA
       for everybody
       https://shelf.example/r/ID/

    3. Remembering names
       for everybody
       https://shelf.example/r/ID/
    ");
    let json = desk.run(&["suggest", "gil", "--json"]).json();
    assert_eq!(json["lack"]["what"], "nothing");
    // Nothing is known of their trade.
    desk.run(&["people", "add", "Hal", "--email", "hal@x.example"])
        .fine();
    insta::assert_snapshot!(id(desk.run(&["suggest", "hal"]).fine()), @"
    For Hal, whose trade is not known:

    To be shown what is for their trade: goodturn people edit hal --industry TRADE

    1. Five questions to ask before you offer anything
       for everybody
       https://shelf.example/r/ID/

    2. Guides for small businesses, from the SBA
       for everybody
       https://shelf.example/r/ID/

    3. Remembering names
       for everybody
       https://shelf.example/r/ID/
    ");
    desk.run(&["sent", "hal", "--pick", &piece(&desk, "names")])
        .fine();
    insta::assert_snapshot!(desk.run(&["suggest", "hal"]).fine(), @"
    For Hal, whose trade is not known:

    To be shown what is for their trade: goodturn people edit hal --industry TRADE

    1. Five questions to ask before you offer anything
       for everybody
       https://shelf.example/r/kmh8w/

    2. Guides for small businesses, from the SBA
       for everybody
       https://shelf.example/r/rtszg/
    ");
    let ran = desk.run(
        &[
            &["followup", "hal", "--dry-run"][..],
            &super::followup::FROM,
        ]
        .concat(),
    );
    assert_eq!(ran.code, Some(0), "{ran:?}");
    insta::assert_snapshot!(ran.err, @"");
}

/// The id of the piece whose title has a word.
fn piece(desk: &Desk, word: &str) -> String {
    let list = desk.run(&["list", "--json"]).json();
    let pieces = list.as_array().unwrap().iter();
    let mut found = pieces.filter(|piece| piece["title"].as_str().unwrap().contains(word));
    found.next().unwrap()["id"].as_str().unwrap().to_owned()
}

#[test]
fn cards_without_a_name_an_address_or_anything() {
    let desk = Desk::library(&[]);
    let card = |lines: &str| format!("BEGIN:VCARD\r\nVERSION:4.0\r\n{lines}END:VCARD\r\n");
    let cards = [
        card("EMAIL:nameless@x.example\r\n"),
        card("ORG:Only a company\r\n"),
        card("FN:Only A Name\r\n"),
        card(""),
        card("FN:   \r\nEMAIL:\r\n"),
        "no card at all\r\n".to_owned(),
        "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Cut Off\r\n".to_owned(),
    ];
    desk.write("odd.vcf", &cards.concat());
    let ran = desk.run(&["people", "import", "odd.vcf"]);
    insta::assert_snapshot!(ran.out, @"
    odd.vcf: vCards, 3 people; what was left aside is told above
    3 people added
    ");
    insta::assert_snapshot!(ran.err, @"
    warning: this card has no name, email address, company or phone: it is left aside
      --> odd.vcf:13:1
       |
    13 | BEGIN:VCARD 
       | ^^^^^^^^^^^
       |
       = help: give the person a name in your address book, then bring them in again

    warning: this card has no name, email address, company or phone: it is left aside
      --> odd.vcf:16:1
       |
    16 | BEGIN:VCARD 
       | ^^^^^^^^^^^
       |
       = help: give the person a name in your address book, then bring them in again

    warning: this line belongs to no card: it is left aside
      --> odd.vcf:21:1
       |
    21 | no card at all 
       | ^^^^^^^^^^^^^^
       |
       = help: a card goes from BEGIN:VCARD to END:VCARD

    warning: this card was cut off: it is left aside
      --> odd.vcf:22:1
       |
    22 | BEGIN:VCARD 
       | ^^^^^^^^^^^ no END:VCARD follows
    ");
    insta::assert_snapshot!(desk.run(&["people", "list"]).fine(), @"
    PERSON          NAME              COMPANY         INDUSTRY  EMAIL            MET
    nameless        nameless@x.exam…                            nameless@x.exa…
    only-a-company  Only a company    Only a company
    only-a-name     Only A Name
    ");
}

#[test]
fn other_and_broken_encodings() {
    let desk = Desk::library(&[]);
    let text = "name,email\r\nJosé Muñoz,jose@x.example\r\n";
    let utf16: Vec<u8> = [0xfeff]
        .into_iter()
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let latin1: Vec<u8> = text.chars().map(|c| c as u8).collect();
    let quoted = "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Mu=C3=B1oz;Jos=C3=A9\r\nEMAIL:jose@x.example\r\nEND:VCARD\r\n";
    let half_quoted = "BEGIN:VCARD\r\nVERSION:2.1\r\nFN;ENCODING=QUOTED-PRINTABLE:Jos=C3=A9 =\r\nEMAIL:eve@x.example\r\nEND:VCARD\r\n";
    let mut broken = b"name,email\r\nEva \xff\xc3,eva@x.example\r\n\0\0\0,\xfe\r\n".to_vec();
    broken.extend("Zoë,zoe@x.example\r\n".bytes());
    let files: [(&str, &[u8]); 5] = [
        ("utf16.csv", &utf16),
        ("latin1.csv", &latin1),
        ("quoted.vcf", quoted.as_bytes()),
        ("half.vcf", half_quoted.as_bytes()),
        ("broken.csv", &broken),
    ];
    let mut told = String::new();
    for (file, bytes) in files {
        fs::write(desk.path(file), bytes).unwrap();
        let ran = desk.run(&["people", "import", file]);
        assert!(matches!(ran.code, Some(0 | 1)), "{ran:?}");
        told.push_str(&format!("== {file}\n{}{}", ran.out, ran.err));
    }
    insta::assert_snapshot!(told, @"
    == utf16.csv
    utf16.csv: a table, 1 person
    1 person added
    == latin1.csv
    latin1.csv: a table, 1 person; what was left aside is told above
    Nothing new.
    warning: this file is not UTF-8: read as windows-1252
    --> latin1.csv
     = help: if names look wrong, export it again and choose UTF-8

    == quoted.vcf
    quoted.vcf: vCards, 1 person
    Nothing new.
    == half.vcf
    half.vcf: vCards, 1 person
    1 person added
    == broken.csv
    broken.csv: a table, 2 people; what was left aside is told above
    2 people added
    warning: line 2 of this file and 1 more are not UTF-8: read as windows-1252
    --> broken.csv
     = help: if names look wrong, export it again and choose UTF-8

    warning: this row has no name, email address, company or phone: it is left aside
     --> broken.csv:3:1
      |
    3 |    ,þ 
      | ^^^^^ nobody to be known by it
    ");
    insta::assert_snapshot!(desk.run(&["people", "list"]).fine(), @"
    PERSON          NAME                      COMPANY  INDUSTRY  EMAIL           MET
    eva-ya          Eva ÿÃ                                       eva@x.example
    jose-email-eve  José EMAIL:eve@x.example
    jose-munoz      José Muñoz                                   jose@x.example
    zoe             Zoë                                          zoe@x.example
    ");
}

#[test]
fn one_card_of_many_megabytes() {
    let desk = Desk::library(&[]);
    let note = "word ".repeat(4_000_000);
    desk.write(
        "big.vcf",
        &format!("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ana\r\nNOTE:{note}\r\nEND:VCARD\r\n"),
    );
    let out = desk.run(&["people", "import", "big.vcf"]).fine();
    assert!(out.ends_with("1 person added\n"), "{out}");
    let out = desk.run(&["people", "show", "ana", "--json"]);
    assert_eq!(out.code, Some(0));
    desk.run(&["connect", "ana"]).fine();
}

#[test]
fn progress_is_shown_at_a_terminal_alone() {
    let desk = Desk::library(&[]);
    // So many that no machine writes them before the bar comes.
    let rows: String = (0..50_000)
        .map(|n| format!("Ana {n},p{n}@x.example\n"))
        .collect();
    desk.write("big.csv", &format!("name,email\n{rows}"));
    let ran = at_a_terminal(&desk, &["people", "import", "big.csv"], &[]);
    assert_eq!(ran.code, Some(0), "{}", ran.out);
    assert!(ran.out.contains("writing"), "{}", ran.out);
    assert!(ran.out.contains("/50000"), "{}", ran.out);
    assert!(ran.out.contains("50,000 people added"), "{}", ran.out);
    let again = desk.run(&["people", "import", "big.csv"]);
    assert_eq!((again.code, again.err.as_str()), (Some(0), ""));
    assert!(again.out.contains("Nothing new."), "{}", again.out);
}

#[test]
fn letters_that_are_no_letters() {
    let desk = super::followup::with_people();
    let mut told = String::new();
    for (name, text) in [
        ("headless", "Hello {{ person.name }}\n"),
        ("no-subject", "---\ntitle: x\n---\n\nHello\n"),
        ("unclosed", "---\nsubject: x\n---\n\n{% if event %}\n"),
        (
            "unknown-filter",
            "---\nsubject: x\n---\n\n{{ me.name | shout }}\n",
        ),
        (
            "two-lines",
            "---\nsubject: \"a\\nBcc: all@x.example\"\n---\n\nHello\n",
        ),
        ("empty", ""),
        ("no-body", "---\nsubject: x\n---\n"),
    ] {
        desk.write(&format!("private/letters/{name}.md"), text);
        let args = ["followup", "ana", "-n", "-t", name];
        let ran = desk.run(&[&args[..], &super::followup::FROM].concat());
        told.push_str(&format!(
            "== {name}: {:?}\n{}{}",
            ran.code.unwrap(),
            ran.out,
            ran.err
        ));
    }
    let id = super::followup::hiring(&desk);
    insta::assert_snapshot!(told.replace(&id, "ID"), @r#"
    == headless: 1
    error: a letter begins with its subject
     --> private/letters/headless.md:1:1
      |
    1 | Hello {{ person.name }}
      | ^
      |
      = help: write at the top: ---, subject: "…", ---, each on a line

    1 error
    == no-subject: 1
    error: unknown key `title`
     --> private/letters/no-subject.md:2:1
      |
    2 | title: x
      | ^^^^^
      |
      = help: the keys known here are: subject

    1 error
    == unclosed: 1
    error: in this letter: Unexpected end of input
     --> private/letters/unclosed.md:5:15
      |
    5 | {% if event %}
      |               ^
      |
      = help: what may be missing has a way round it: {% if event %}…{% endif %}, or {{ person?.company or "your company" }}
      = help: letters know: person and me (name, given, full, company, title, email, phone), pieces and piece (title, summary, url, kind), event, promise, line, library; introductions also other (like person) and why

    1 error
    == unknown-filter: 1
    error: in this letter: Unknown filter `shout`
     --> private/letters/unknown-filter.md:5:14
      |
    5 | {{ me.name | shout }}
      |              ^

    1 error
    == two-lines: 0
    To: Ana Ruiz <ana@ruiz.example>
    Subject: a Bcc: all@x.example

    Hello
    == empty: 1
    error: a letter begins with its subject
     --> private/letters/empty.md:1:1
      |
    1 |
      | ^
      |
      = help: write at the top: ---, subject: "…", ---, each on a line

    1 error
    == no-body: 1
    error: this letter says nothing below its subject
    --> private/letters/no-body.md
     = help: write what it is to say after the second ---

    1 error
    "#);
}

#[test]
fn private_folders_that_are_none() {
    let desk = Desk::library(&[]);
    desk.write("private/people", "a file");
    insta::assert_snapshot!(desk.run(&["people", "list"]).err, @"
    error: the people cannot be read: not a directory
    --> private/people
     = help: it is to be a folder of cards that you may read

    1 error
    ");
    insta::assert_snapshot!(desk.run(&["people", "add", "Ana"]).err, @"
    error: the people cannot be read: not a directory
    --> private/people
     = help: it is to be a folder of cards that you may read

    1 error
    ");
    fs::remove_file(desk.path("private/people")).unwrap();
    desk.write("private/ledger.jsonl/x", "a folder");
    desk.run(&["people", "add", "Ana"]).fine();
    insta::assert_snapshot!(desk.run(&["sent", "ana"]).err, @"
    error: the ledger cannot be written: it is a folder
    --> private/ledger.jsonl
     = help: see who owns it and who may write there

    1 error
    ");
}
