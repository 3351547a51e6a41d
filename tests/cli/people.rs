//! The people that the user meets, and what is remembered of them.

use super::*;

const LINKEDIN: &str = "Notes:\n\"When exporting your data, …\"\n\n\
    First Name,Last Name,URL,Email Address,Company,Position,Connected On\n\
    Ana,Ruiz,https://www.linkedin.com/in/ana,ana@ruiz.example,\"Ruiz Roofing, Inc.\",Owner,12 Mar 2024\n\
    Bo,Li,https://www.linkedin.com/in/bo,,Li Dental,,2 Jan 2019\n,,,,,,1 Jan 2020\n";

/// A library with Ana and Bo in it.
fn with_people() -> Desk {
    let desk = Desk::library(&[]);
    desk.write("Connections.csv", LINKEDIN);
    let ran = desk.run(&["people", "import", "Connections.csv"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    desk
}

fn card(desk: &Desk, stem: &str) -> String {
    desk.read(&format!("private/people/{stem}.vcf"))
}

/// The id of a piece that was published.
fn piece(desk: &Desk) -> String {
    desk.run(&["build"]).fine();
    let list = desk.run(&["list", "--json"]).json();
    list[0]["id"].as_str().unwrap().to_owned()
}

#[test]
fn what_an_import_would_do_is_shown_first() {
    let desk = Desk::library(&[]);
    desk.write("Connections.csv", LINKEDIN);
    let before = desk.files();
    let ran = desk.run(&["people", "import", "--dry-run", "Connections.csv"]);
    assert_eq!(ran.code, Some(0));
    insta::assert_snapshot!(ran.out, @"
    + Ana Ruiz, Ruiz Roofing, Inc., ana@ruiz.example  roofing? (from the company's name)
    + Bo Li, Li Dental  dental-practice? (from the company's name)
    Connections.csv: a LinkedIn export, 2 people; what was left aside is told above
    2 people would be added
    ");
    insta::assert_snapshot!(ran.err, @"
    warning: this row has no name, email address, company or phone: it is left aside
     --> Connections.csv:7:1
      |
    7 | ,,,,,,1 Jan 2020
      | ^^^^^^^^^^^^^^^^ nobody to be known by it
    ");
    assert_eq!(desk.files(), before);
}

#[test]
fn importing_again_adds_nothing_and_changes_nothing() {
    let desk = with_people();
    desk.run(&["people", "edit", "ana", "--title", "Boss"])
        .fine();
    let cards = (card(&desk, "ana-ruiz"), card(&desk, "bo-li"));
    let ran = desk.run(&["people", "import", "Connections.csv"]);
    assert!(ran.out.ends_with("Nothing new.\n"), "{ran:?}");
    assert_eq!((card(&desk, "ana-ruiz"), card(&desk, "bo-li")), cards);
    desk.write(
        "more.csv",
        "name,email,title,phone\nAna Ruiz,ANA@ruiz.example,Owner,555-0100\n",
    );
    let out = desk.run(&["people", "import", "more.csv"]).fine();
    assert!(out.contains("0 people added, 1 got something new"), "{out}");
    assert_eq!(
        card(&desk, "ana-ruiz"),
        cards.0.replace("END:VCARD", "TEL:555-0100\r\nEND:VCARD")
    );
}

#[test]
fn files_that_cannot_be_read_are_told_and_the_others_come_in() {
    let desk = Desk::library(&[]);
    desk.write("a.csv", "name,email\nAna,ana@ruiz.example\n");
    desk.write("b.csv", "what,is,this\n1,2,3\n");
    let ran = desk.run(&["people", "import", "b.csv", "none.vcf", "a.csv"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.ends_with("1 person added\n"), "{ran:?}");
    insta::assert_snapshot!(ran.err, @"
    error: this is no file of people that is known here
    --> b.csv
     = help: known are vCards (.vcf), and the CSV exports of LinkedIn (Connections.csv), Google Contacts and Outlook
     = help: any other CSV comes in if its first row names the columns: name, email, phone, company, title, notes

    error: cannot be read: it does not exist
    --> none.vcf

    2 errors
    ");
}

#[test]
fn everybody_in_a_table_and_as_json() {
    let desk = with_people();
    let ran = desk.run(&[
        "people",
        "add",
        "Ana Ruiz",
        "--email",
        "ana@other.example",
        "--industry",
        "realtor",
        "--met",
        "Chamber breakfast",
        "--on",
        "2025-12-17",
    ]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    insta::assert_snapshot!(desk.run(&["people", "list"]).fine(), @"
    PERSON      NAME      COMPANY         INDUSTRY        EMAIL           MET
    ana-ruiz    Ana Ruiz  Ruiz Roofing,…  roofing?        ana@ruiz.exam…
    ana-ruiz-2  Ana Ruiz                  real-estate-a…  ana@other.exa…  2025-12-17
    bo-li       Bo Li     Li Dental       dental-practi…
    ");
    let handles = |args: &[&str]| -> Vec<String> {
        let args = [&["people", "list", "--json"], args].concat();
        let list = desk.run(&args).json();
        let list = list.as_array().unwrap().iter();
        list.map(|person| person["person"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(handles(&["-i", "roofer"]), ["ana-ruiz"]);
    assert_eq!(handles(&["-i", "construction"]), ["ana-ruiz"]);
    assert_eq!(handles(&["-e", "chamber 2025-12-17"]), ["ana-ruiz-2"]);
    assert!(handles(&["-e", "BNI"]).is_empty());
    insta::assert_snapshot!(desk.run(&["people", "show", "ana"]).refused(), @"
    error: `ana` is more than one person
    help: Ana Ruiz, Ruiz Roofing, Inc., ana@ruiz.example [ana-ruiz]
    help: Ana Ruiz, ana@other.example [ana-ruiz-2]
    help: give the name between the brackets, or the email address

    1 error
    ");
    insta::assert_snapshot!(desk.run(&["people", "show", "bo"]).fine(), @"
    Bo Li
    company     Li Dental
    industry    dental-practice? (from the company's name)
    page        https://www.linkedin.com/in/bo
    notes       2019-01-02  Connected on LinkedIn
    card        private/people/bo-li.vcf
    ");
}

#[test]
fn a_card_is_changed_only_where_it_was_asked_for() {
    let desk = Desk::library(&[]);
    let text = "BEGIN:VCARD\nVERSION:4.0\nUID:urn:uuid:1\nitem1.X-ODD;P=\"q\":to the\n  letter\nFN:Ana Ruiz\n\
                NOTE:mine\nTITLE:Owner\nEND:VCARD\n";
    desk.write("private/people/ana.vcf", text);
    desk.run(&[
        "people",
        "edit",
        "ana",
        "--interest",
        "hiring",
        "--title",
        "",
        "--cadence",
        "90",
    ])
    .fine();
    desk.run(&["people", "edit", "ana", "--interest", "Hiring"])
        .fine();
    desk.run(&["people", "note", "ana", "wants", "to hire"])
        .fine();
    let added =
        "INTEREST:hiring\nX-GOODTURN-CADENCE:90\nNOTE;CREATED=20260102T000000Z:wants to hire\n";
    let expected = text
        .replace("TITLE:Owner\n", "")
        .replace("END:VCARD", &format!("{added}END:VCARD"));
    assert_eq!(card(&desk, "ana"), expected);
    let refused = desk
        .run(&["people", "edit", "ana", "--cadence", "often"])
        .refused();
    assert!(
        refused.contains("`often` is no number of days"),
        "{refused}"
    );
    assert_eq!(card(&desk, "ana"), expected);
}

#[test]
fn the_editor_gets_a_copy_that_has_to_stay_a_card() {
    let desk = with_people();
    let before = card(&desk, "ana-ruiz");
    let edit = |script: &str| {
        desk.write("editor.sh", script);
        let mut command = desk.command();
        command.args(["people", "edit", "ana"]).env_remove("VISUAL");
        Ran::of(command.env("EDITOR", "sh editor.sh").output().unwrap())
    };
    assert_eq!(edit("true").fine(), "Nothing changed.\n");
    let refused = edit("echo nonsense > \"$1\"").refused();
    assert!(
        refused.contains("BEGIN:VCARD is missing: nothing was changed"),
        "{refused}"
    );
    assert_eq!(card(&desk, "ana-ruiz"), before);
    // The next one goes on with what was written.
    let fine = edit(
        "grep -q nonsense \"$1\" && printf 'BEGIN:VCARD\\nVERSION:4.0\\nFN:Ana R.\\nEND:VCARD\\n' > \"$1\"",
    );
    assert_eq!(fine.fine(), "Changed private/people/ana-ruiz.vcf\n");
    let uid = before
        .lines()
        .find(|line| line.starts_with("UID:"))
        .unwrap();
    assert_eq!(card(&desk, "ana-ruiz").matches(uid).count(), 1);
    assert_eq!(
        edit("exit 3")
            .refused()
            .matches("the card is as it was")
            .count(),
        1
    );
}

#[test]
fn nobody_is_left_of_somebody_who_is_forgotten() {
    let desk = with_people();
    let id = piece(&desk);
    desk.run(&["sent", "bo", "--pick", &id]).fine();
    desk.run(&["sent", "ana", "--pick", &id, "--note", "for Ana"])
        .fine();
    assert_eq!(desk.run(&["people", "forget", "ana"]).code, Some(2));
    desk.run(&["people", "forget", "ana", "--yes"]).fine();
    let private: Vec<String> = desk
        .files()
        .into_iter()
        .filter(|file| file.starts_with("private/"))
        .collect();
    assert_eq!(
        private,
        [
            "private/ledger.jsonl",
            "private/ledger.lock",
            "private/people/bo-li.vcf"
        ]
    );
    for file in private {
        let text = desk.read(&file).to_lowercase();
        assert!(
            !text.contains("ana") && !text.contains("ruiz"),
            "{file}: {text}"
        );
    }
    let given = desk.run(&["given", "--all", "--json"]).json();
    let acts: Vec<&str> = given
        .as_array()
        .unwrap()
        .iter()
        .map(|act| act["act"].as_str().unwrap())
        .collect();
    assert_eq!(acts, ["forgotten", "sent"]);
}

#[test]
fn what_is_exported_comes_in_again() {
    let desk = with_people();
    desk.run(&[
        "people",
        "add",
        "=cmd()",
        "--phone",
        "+1 555 0100",
        "--met",
        "BNI",
        "--interest",
        "a, b",
    ])
    .fine();
    for file in ["all.vcf", "all.csv"] {
        let out = desk.run(&["people", "export", "--out", file]).fine();
        assert_eq!(out, format!("Wrote 3 people to {file}\n"));
        let out = desk.run(&["people", "import", file]).fine();
        assert!(out.ends_with("Nothing new.\n"), "{out}");
        assert_eq!(desk.run(&["people", "export", "--out", file]).code, Some(2));
    }
    assert!(
        desk.read("all.csv").contains("'=cmd(),,,+1 555 0100,"),
        "{}",
        desk.read("all.csv")
    );
}

#[test]
fn a_table_carries_all_that_is_known() {
    let desk = Desk::library(&[]);
    let told = [
        "--given",
        "Le An",
        "--email",
        "an@x.example",
        "--industry",
        "roofing",
        "--met",
        "BNI",
        "--on",
        "2026-01-01",
        "--promise",
        "the checklist",
        "--promise",
        "a call",
        "--cadence",
        "30",
        "--do-not-contact",
        "--lang",
        "DE",
        "--needs",
        "a lawyer",
        "--offers",
        "roofs",
    ];
    desk.run(&[&["people", "add", "Nguyen Le An"][..], &told].concat())
        .fine();
    // The same promise is one promise.
    desk.run(&["people", "edit", "an", "--promise", "The checklist"])
        .fine();
    desk.run(&["people", "export", "--out", "a.csv"]).fine();
    let other = Desk::library(&[]);
    other.write("a.csv", &desk.read("a.csv"));
    other.run(&["people", "import", "a.csv"]).fine();
    let show = |desk: &Desk| desk.run(&["people", "show", "nguyen", "--json"]).json();
    let (mut before, mut after) = (show(&desk), show(&other));
    for person in [&mut before, &mut after] {
        // What was done with them is in the ledger.
        person.as_object_mut().unwrap().remove("acts");
    }
    assert_eq!(before, after);
    assert_eq!(after["do_not_contact"], true, "{after}");
    assert_eq!(after["promises"].as_array().unwrap().len(), 2, "{after}");
    assert_eq!(after["language"], "de", "{after}");
    assert_eq!(after["given"], "Le An", "{after}");
}

#[test]
fn what_a_table_holds_that_is_not_taken_is_told() {
    let desk = Desk::library(&[]);
    desk.write(
        "a.csv",
        "Full_Name,E-mail,Organisation,Job,Comments,Rating,Birth sign\n\
         Pat Odd,pat@odd.example,Odd Roofing,Roofer,met at fair,5,Leo\n\
         \"Unclosed,q@m.example,1,2,3,4,5\nLast One,last@one.example,,,,,\n",
    );
    let ran = desk.run(&["people", "import", "a.csv"]);
    insta::assert_snapshot!(ran.err, @r#"
    warning: nothing is taken from these columns: `Rating`, `Birth sign`
    --> a.csv
     = help: call one of them Notes, and what it says is noted

    warning: a quotation mark in this row is never closed: 2 lines are left aside
     --> a.csv:3:1
      |
    3 | "Unclosed,q@m.example,1,2,3,4,5
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ close it, or take it out, and import the file again
    "#);
    let pat = desk.run(&["people", "show", "pat", "--json"]).json();
    assert_eq!(pat["company"], "Odd Roofing", "{pat}");
    assert!(pat.to_string().contains("met at fair"), "{pat}");
    assert_eq!(
        desk.run(&["people", "list", "--json"])
            .json()
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn what_cannot_be_is_refused_at_once() {
    let desk = Desk::library(&[]);
    let mut told = String::new();
    for args in [
        ["--email", "a@@x.example"],
        ["--email", "carla@carla@x.example"],
        ["--email", "a@x..example"],
        ["--email", "a@.x"],
        ["--email", "a@x.example,"],
        ["--email", ".a@x.example"],
        ["--phone", "abc"],
        ["--lang", "german"],
    ] {
        let ran = desk.run(&[&["people", "add", "Ana Ruiz"][..], &args].concat());
        told.push_str(&format!(
            "{args:?}: {}",
            ran.refused().lines().next().unwrap()
        ));
        told.push('\n');
    }
    insta::assert_snapshot!(told, @r#"
    ["--email", "a@@x.example"]: error: `a@@x.example` is no email address
    ["--email", "carla@carla@x.example"]: error: `carla@carla@x.example` is no email address
    ["--email", "a@x..example"]: error: `a@x..example` is no email address
    ["--email", "a@.x"]: error: `a@.x` is no email address
    ["--email", "a@x.example,"]: error: `a@x.example,` is no email address
    ["--email", ".a@x.example"]: error: `.a@x.example` is no email address
    ["--phone", "abc"]: error: `abc` is no phone number
    ["--lang", "german"]: error: `german` is no code of a language
    "#);
}

#[test]
fn given_once_is_remembered() {
    let desk = with_people();
    let id = piece(&desk);
    let link = format!("https://example.org/r/{id}/");
    desk.run(&["sent", "ana", "--pick", &link, "--pick", &id])
        .fine();
    desk.run(&["replied", "ana", "--note", "liked it"]).fine();
    desk.run(&["sent", "bo", "--note", "called"]).fine();
    let refused = desk.run(&["sent", "bo", "--pick", "zzzzz"]).refused();
    assert!(
        refused.contains("no piece of this library has the id `zzzzz`"),
        "{refused}"
    );
    let given = |args: &[&str]| {
        desk.run(&[&["given"], args].concat())
            .fine()
            .replace(&id, "ID")
    };
    insta::assert_snapshot!(given(&[]), @"
    DAY         PERSON    ACT   PIECES                              NOTE
    2026-01-02  Bo Li     sent                                      called
    2026-01-02  Ana Ruiz  sent  ID (articles/five-questions.md)
    ");
    insta::assert_snapshot!(given(&["--all", "ana"]), @"
    DAY         PERSON    ACT      PIECES                              NOTE
    2026-01-02  Ana Ruiz  replied                                      liked it
    2026-01-02  Ana Ruiz  sent     ID (articles/five-questions.md)
    ");
    insta::assert_snapshot!(given(&["--resource", &id]), @"
    DAY         PERSON    ACT   PIECES                              NOTE
    2026-01-02  Ana Ruiz  sent  ID (articles/five-questions.md)
    ");
    insta::assert_snapshot!(given(&["--json", "bo"]), @r#"
    [
      {
        "at": "2026-01-02T12:00:00Z",
        "act": "sent",
        "people": [
          "bo-li"
        ],
        "resources": [],
        "note": "called",
        "event": null,
        "letter": null
      }
    ]
    "#);
}

#[test]
fn who_is_due_and_what_was_promised() {
    let desk = with_people();
    desk.run(&[
        "people",
        "edit",
        "ana",
        "--met",
        "Chamber breakfast",
        "--on",
        "2025-12-30",
    ])
    .fine();
    desk.run(&[
        "people",
        "edit",
        "bo",
        "--promise",
        "the checklist",
        "--promise",
        "a call; soon",
    ])
    .fine();
    desk.run(&[
        "people",
        "add",
        "Cy",
        "--met",
        "BNI",
        "--do-not-contact",
        "--on",
        "2025-12-01",
    ])
    .fine();
    desk.run(&[
        "people",
        "add",
        "Di",
        "--met",
        "BNI",
        "--on",
        "today",
        "--cadence",
        "10",
    ])
    .fine();
    insta::assert_snapshot!(desk.run(&["due"]).fine(), @"
    SINCE       PERSON    NAME      WHY                      TO GIVE
    2026-01-02  bo-li     Bo Li     you promised: the chec…  Five questions to ask…
    2026-01-02  bo-li     Bo Li     you promised: a call;…   Five questions to ask…
    2026-01-01  ana-ruiz  Ana Ruiz  you met at Chamber bre…  Five questions to ask…
    ");
    insta::assert_snapshot!(desk.run(&["due", "--ahead", "30"]).fine(), @"
    SINCE       PERSON    NAME      WHY                      TO GIVE
    2026-01-02  bo-li     Bo Li     you promised: the chec…  Five questions to ask…
    2026-01-02  bo-li     Bo Li     you promised: a call;…   Five questions to ask…
    2026-01-01  ana-ruiz  Ana Ruiz  you met at Chamber bre…  Five questions to ask…
    2026-01-04  di        Di        you met at BNI on 2026…  Five questions to ask…
    ");
    insta::assert_snapshot!(desk.run(&["kept", "bo"]).refused(), @"
    error: several things are promised to Bo Li: the checklist; a call; soon
    help: add a word of the one that you kept: goodturn kept bo-li WORDS

    1 error
    ");
    insta::assert_snapshot!(desk.run(&["kept", "bo", "CALL"]).fine(), @"
    Kept, to Bo Li: a call; soon
      still promised: the checklist
    ");
    desk.run(&["kept", "bo"]).fine();
    desk.run(&["sent", "ana"]).fine();
    desk.run(&["sent", "di"]).fine();
    assert!(card(&desk, "bo-li").contains("X-GOODTURN-KEPT:2026-01-02;a call\\; soon\r\n"));
    insta::assert_snapshot!(desk.run(&["due"]).fine(), @"Nobody is due. The next is Di on 2026-01-12.");
    insta::assert_snapshot!(desk.run(&["due", "--ahead", "10", "--json"]).fine(), @r#"
    [
      {
        "person": "di",
        "name": "Di",
        "email": null,
        "due": "2026-01-12",
        "why": "cadence",
        "reason": "every 10 days; the last contact was on 2026-01-02",
        "piece": {
          "id": "kmh8w",
          "title": "Five questions to ask before you offer anything",
          "address": "/r/kmh8w/"
        }
      }
    ]
    "#);
}

#[test]
fn the_calendar_is_the_same_each_time() {
    let desk = with_people();
    let long =
        "漢字 and a long name of an event, with a comma; and a semicolon, so that it is folded";
    desk.run(&["people", "edit", "ana", "--met", long, "--on", "2025-12-30"])
        .fine();
    desk.run(&["people", "edit", "bo", "--promise", "a\\b"])
        .fine();
    desk.run(&["due", "--ics", "due.ics"]).fine();
    let first = desk.read("due.ics");
    desk.run(&["due", "--ics", "due.ics"]).fine();
    assert_eq!(desk.read("due.ics"), first);
    assert!(first.lines().all(|line| line.len() <= 75));
    assert_eq!(first.matches('\n').count(), first.matches("\r\n").count());
    insta::assert_snapshot!(first.replace("\r\n", "\n"), @r"
    BEGIN:VCALENDAR
    VERSION:2.0
    PRODID:-//Goodturn//Follow-ups//EN
    CALSCALE:GREGORIAN
    METHOD:PUBLISH
    BEGIN:VEVENT
    UID:urn:uuid:f37974e7-849c-5d6e-8045-3c7b29d4d574
    DTSTAMP:20260102T000000Z
    DTSTART;VALUE=DATE:20260102
    SUMMARY:Keep a promise: Bo Li
    DESCRIPTION:you promised: a\\b\nTo give: Five questions to ask before you o
     ffer anything: /r/kmh8w/
    TRANSP:TRANSPARENT
    CLASS:PRIVATE
    END:VEVENT
    BEGIN:VEVENT
    UID:urn:uuid:364def25-ec6e-5e96-8988-70f536943a84
    DTSTAMP:20260101T000000Z
    DTSTART;VALUE=DATE:20260101
    SUMMARY:Follow up: Ana Ruiz
    DESCRIPTION:you met at 漢字 and a long name of an event\, with a comma\; 
     and a semicolon\, so that it is folded on 2025-12-30\nTo give: Five questi
     ons to ask before you offer anything: /r/kmh8w/
    TRANSP:TRANSPARENT
    CLASS:PRIVATE
    END:VEVENT
    END:VCALENDAR
    ");
    desk.write("other.ics", "BEGIN:VCALENDAR\r\nsomebody's\r\n");
    assert_eq!(desk.run(&["due", "--ics", "other.ics"]).code, Some(2));
}

#[test]
fn a_clock_that_was_wrong_does_no_harm() {
    let desk = with_people();
    desk.run(&["people", "edit", "bo", "--met", "BNI", "--on", "2025-12-30"])
        .fine();
    let at = |moment: &str, args: &[&str]| {
        let mut command = desk.command();
        Ran::of(
            command
                .args(args)
                .env("SOURCE_DATE_EPOCH", moment)
                .output()
                .unwrap(),
        )
    };
    at("1900000000", &["sent", "bo", "--note", "from 2030"]).fine();
    at("0", &["sent", "bo", "--note", "from 1970"]).fine();
    let ran = desk.run(&["due"]);
    assert_eq!(ran.code, Some(0));
    assert!(ran.out.contains("you met at BNI"), "{ran:?}");
    assert!(ran.err.contains("1 line of days still to come"), "{ran:?}");
    desk.run(&["sent", "bo"]).fine();
    assert!(!desk.run(&["due"]).out.contains("BNI"));
    assert_eq!(desk.read("private/ledger.jsonl").lines().count(), 3);
}

#[test]
fn broken_cards_and_lines_are_told_and_left() {
    let desk = with_people();
    desk.write("private/people/cut.vcf", "BEGIN:VCARD\nFN:Cut\n");
    desk.run(&["sent", "ana"]);
    let ledger = desk.read("private/ledger.jsonl");
    desk.write(
        "private/ledger.jsonl",
        &format!("{ledger}no line of ours\n{ledger}"),
    );
    let ran = desk.run(&["given"]);
    assert_eq!((ran.code, ran.out.lines().count()), (Some(0), 3));
    insta::assert_snapshot!(ran.err, @"
    warning: a line of the ledger cannot be read
     --> private/ledger.jsonl:2:1
      |
    2 | no line of ours
      | ^^^^^^^^^^^^^^^ this is no whole line of JSON, as goodturn writes one for each act
      |
      = help: it is left where it is: mend it, or delete it, in a text editor

    warning: this card was cut off: it is left out
    --> private/people/cut.vcf
     = help: the line END:VCARD is missing; get the card from your address book again
    ");
}

#[test]
fn what_is_private_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let desk = with_people();
    desk.run(&["sent", "ana"]).fine();
    desk.run(&["people", "note", "ana", "x"]).fine();
    let mode = |path: &str| fs::metadata(desk.path(path)).unwrap().permissions().mode() & 0o777;
    for folder in ["private", "private/people"] {
        assert_eq!(mode(folder), 0o700, "{folder}");
    }
    for file in desk
        .files()
        .iter()
        .filter(|file| file.starts_with("private/"))
    {
        assert_eq!(mode(file), 0o600, "{file}");
    }
}

#[test]
fn fifty_megabytes_of_cards() {
    let desk = Desk::library(&[]);
    let photo = "A".repeat(1_000_000);
    let cards: String = (0..50)
        .map(|n| format!("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ana {n}\r\nPHOTO:data:image/jpeg;base64,{photo}\r\nEND:VCARD\r\n"))
        .collect();
    desk.write("big.vcf", &cards);
    let out = desk.run(&["people", "import", "big.vcf"]).fine();
    assert!(out.ends_with("50 people added\n"), "{out}");
    assert!(card(&desk, "ana-49").contains(&photo));
}

#[test]
fn a_hundred_thousand_rows() {
    let desk = Desk::library(&[]);
    let rows: String = (0..100_000)
        .map(|n| format!("Ana,p{n}@x.example\n"))
        .collect();
    desk.write("big.csv", &format!("name,email\n{rows}{rows}"));
    let out = desk
        .run(&["people", "import", "--dry-run", "big.csv"])
        .fine();
    assert!(out.contains("… and 99,960 more"), "{out}");
    assert!(out.ends_with("100,000 people would be added\n"), "{out}");
}

#[test]
fn namesakes_are_told() {
    let desk = with_people();
    let add = ["people", "add", "ana RUIZ", "--email", "other@x.example"];
    let ran = desk.run(&add);
    insta::assert_snapshot!(format!("{}{}", ran.out, ran.err), @"
    Added ana RUIZ as private/people/ana-ruiz-2.vcf
    warning: Ana Ruiz, Ruiz Roofing, Inc., ana@ruiz.example [ana-ruiz] has the same name
    help: if they are the same: goodturn people forget ana-ruiz-2, and goodturn people edit ana-ruiz
    ");
    desk.write(
        "a.csv",
        "name,email\nAna Ruíz,third@x.example\nAna,fourth@x.example\n",
    );
    let ran = desk.run(&["people", "import", "a.csv"]);
    insta::assert_snapshot!(format!("{}{}", ran.out, ran.err), @"
    a.csv: a table, 2 people
    2 people added
    warning: new, with the name of somebody known: Ana Ruíz (ana-ruiz)
    help: where they are the same, delete one: goodturn people forget HANDLE
    ");
    // A slip in the trade is told.
    let slip = ["people", "add", "Hal Hvac", "--industry", "hvaac"];
    insta::assert_snapshot!(desk.run(&slip).fine(), @"
    Added Hal Hvac as private/people/hal-hvac.vcf
      industry: hvaac (not in the vocabulary)
      did you mean `hvac`?
    ");
}

#[test]
fn what_was_kept_is_not_promised_again_by_an_old_table() {
    let desk = with_people();
    desk.run(&["people", "edit", "bo", "--promise", "a call"])
        .fine();
    desk.run(&["people", "export", "--out", "old.csv"]).fine();
    desk.run(&["kept", "bo"]).fine();
    desk.run(&["people", "import", "old.csv"]).fine();
    let bo = desk.run(&["people", "show", "bo", "--json"]).json();
    assert_eq!(bo["promises"].as_array().unwrap().len(), 0, "{bo}");
    assert_eq!(bo["kept"].as_array().unwrap().len(), 1, "{bo}");
}
