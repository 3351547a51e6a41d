//! The ledger.

use super::super::followup::{hiring, with_people};
use super::*;

#[test]
fn broken_and_torn_lines_are_told_and_nothing_is_lost() {
    let desk = with_people();
    desk.run(&["sent", "ana", "--note", "first"]).fine();
    desk.run(&["sent", "bo", "--note", "second"]).fine();
    let text = desk.read("private/ledger.jsonl");
    let mut bytes = Vec::new();
    bytes.extend(text.lines().next().unwrap().as_bytes());
    bytes.extend(b"\nbroken \xff\xfe line\n{\"at\":\"2026-01-01T00:00:00Z\",\"act\":\"danced\"}\n");
    bytes.extend(text.lines().nth(1).unwrap().as_bytes());
    bytes.extend(b"\n{\"at\":\"2026-01-02T12:0");
    fs::write(desk.path("private/ledger.jsonl"), &bytes).unwrap();
    let ran = desk.run(&["given"]);
    assert_eq!(ran.code, Some(0));
    insta::assert_snapshot!(ran.out, @"
    DAY         PERSON    ACT   PIECES  NOTE
    2026-01-02  Bo Li     sent          second
    2026-01-02  Ana Ruiz  sent          first
    ");
    insta::assert_snapshot!(ran.err, @r#"
    warning: a line of the ledger cannot be read
     --> private/ledger.jsonl:2:1
      |
    2 | broken �� line
      | ^^^^^^^^^^^^^^ this is no whole line of JSON, as goodturn writes one for each act
      |
      = help: it is left where it is: mend it, or delete it, in a text editor

    warning: a line of the ledger cannot be read
     --> private/ledger.jsonl:3:1
      |
    3 | {"at":"2026-01-01T00:00:00Z","act":"danced"}
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unknown variant `danced`, expected one of `drafted`, `sent`, `replied`, `introduced`, `promised`, `kept`, `forgotten`
      |
      = help: it is left where it is: mend it, or delete it, in a text editor

    warning: the last line of the ledger was torn off
     --> private/ledger.jsonl:5:1
      |
    5 | {"at":"2026-01-02T12:0
      | ^^^^^^^^^^^^^^^^^^^^^^ this is no whole line of JSON, as goodturn writes one for each act
      |
      = help: the next act sets it aside; nothing else is lost
    "#);
    let ran = desk.run(&["sent", "ana", "--note", "third"]);
    assert_eq!(ran.code, Some(0));
    insta::assert_snapshot!(ran.err, @"
    warning: the last line of the ledger was torn off by an earlier crash
    --> private/ledger.jsonl
     = help: what was left of it is now in ledger.torn, beside the ledger; nothing else is lost
    ");
    let now = fs::read(desk.path("private/ledger.jsonl")).unwrap();
    let whole = bytes.len() - b"{\"at\":\"2026-01-02T12:0".len();
    assert_eq!(now[..whole], bytes[..whole]);
    assert_eq!(
        desk.read("private/ledger.torn"),
        "{\"at\":\"2026-01-02T12:0\n"
    );
    assert_eq!(desk.run(&["given"]).out.lines().count(), 4);
}

#[test]
fn twenty_at_once() {
    let desk = Desk::library(&[]);
    // A card without a UID is given one by whoever comes first.
    desk.write(
        "private/people/ana.vcf",
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana\r\nEND:VCARD\r\n",
    );
    let running: Vec<_> = (0..20)
        .map(|n| {
            let mut command = desk.command();
            command.args(["sent", "ana", "--note", &format!("number {n}")]);
            command.stderr(std::process::Stdio::piped());
            command.stdout(std::process::Stdio::piped());
            command.spawn().unwrap()
        })
        .collect();
    for child in running {
        Ran::of(child.wait_with_output().unwrap()).fine();
    }
    let acts = acts(&desk);
    let mut notes: Vec<&str> = acts
        .iter()
        .map(|act| act["note"].as_str().unwrap())
        .collect();
    notes.sort_unstable();
    notes.dedup();
    assert_eq!((acts.len(), notes.len()), (20, 20));
    let uid = &desk.run(&["people", "show", "ana", "--json"]).json()["uid"];
    assert!(acts.iter().all(|act| act["people"][0] == *uid), "{acts:?}");
    assert_eq!(cards(&desk), ["ana.vcf"]);
    assert_eq!(litter(&desk), [""; 0]);
}

#[test]
fn a_clock_set_back_between_two_acts() {
    let desk = with_people();
    let id = hiring(&desk);
    let at = |moment: &str, args: &[&str]| {
        let mut command = desk.command();
        Ran::of(
            command
                .args(args)
                .env("SOURCE_DATE_EPOCH", moment)
                .output()
                .unwrap(),
        )
        .fine()
    };
    // Today, then the clock goes back a month.
    at(NOW, &["sent", "ana", "--note", "today"]);
    at(
        "1764676800",
        &["sent", "ana", "--pick", &id, "--note", "in December"],
    );
    let given = desk.run(&["given", "ana"]).fine();
    insta::assert_snapshot!(given.replace(&id, "ID"), @"
    DAY         PERSON    ACT   PIECES             NOTE
    2025-12-02  Ana Ruiz  sent  ID (hiring.md)  in December
    2026-01-02  Ana Ruiz  sent                     today
    ");
    // What was given is not given again, and the last contact is the later one.
    assert!(!desk.run(&["suggest", "ana"]).fine().contains(&id));
    desk.run(&["people", "edit", "ana", "--cadence", "30"])
        .fine();
    let due = desk.run(&["due", "--json", "--ahead", "60"]);
    insta::assert_snapshot!(due.out, @r#"
    [
      {
        "person": "bo-li",
        "name": "Bo Li",
        "email": "bo@li.example",
        "due": "2026-01-03",
        "why": "met",
        "reason": "you met at Chamber breakfast on 2026-01-01",
        "piece": null
      },
      {
        "person": "ana-ruiz",
        "name": "Ana Ruiz",
        "email": "ana@ruiz.example",
        "due": "2026-02-01",
        "why": "cadence",
        "reason": "every 30 days; the last contact was on 2026-01-02",
        "piece": {
          "id": "kmh8w",
          "title": "Five questions to ask before you offer anything",
          "address": "https://shelf.example/r/kmh8w/"
        }
      }
    ]
    "#);
}
