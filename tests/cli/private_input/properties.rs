//! Whatever stands in a file, reading it ends with people or acts, and with a message for each part
//! that was left aside.

use goodturn::people::{Act, Card, Entry, Ledger, NewLine, import};
use proptest::prelude::*;

use super::*;

/// Text made of what means something in vCards.
fn card_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[ \t\r\n]{1,2}",
        "[a-zé;:=,\\\\\".]{1,4}",
        prop::sample::select(vec![
            "BEGIN:VCARD\r\n",
            "END:VCARD\r\n",
            "VERSION:2.1\r\n",
            "VERSION:4.0\r\n",
            "\nFN:Ana",
            "\nN:Ruiz;Ana;;;",
            "\nEMAIL:ana@x.example",
            "\nTEL;",
            "ENCODING=QUOTED-PRINTABLE:",
            "CHARSET=UTF-8;",
            "=C3=A9",
            "=\r\n",
            "=",
            "\nAGENT:\n",
            "ENCODING=b:",
            "\nNOTE;CREATED=2026",
            "\nX-GOODTURN-MET:2026-11-17;",
            "\nUID:",
            "\u{feff}",
            "\0",
            "\n ",
            "item1.",
            "\u{2028}",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Text made of what means something in tables.
fn table_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zé ]{1,6}",
        prop::sample::select(vec![
            ",",
            ",",
            ";",
            "\t",
            "\n",
            "\r\n",
            "\"",
            "\"\"",
            " ::: ",
            "ana@x.example",
            "12 Mar 2024",
            "\u{feff}",
            "\0",
            "name,email,notes\n",
            "* myContacts",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// Lines of a ledger, whole and broken, without the last end of a line.
fn ledger_bytes() -> impl Strategy<Value = Vec<u8>> {
    let whole = r#"{"at":"2026-01-02T12:00:00Z","act":"sent","people":["urn:a"]}"#;
    let line = prop_oneof![
        Just(whole.as_bytes().to_vec()),
        (0..whole.len()).prop_map(|end| whole.as_bytes()[..end].to_vec()),
        prop::collection::vec(
            any::<u8>().prop_filter("a line", |byte| *byte != b'\n'),
            0..20
        ),
    ];
    prop::collection::vec(line, 0..8).prop_map(|lines| lines.join(&b'\n'))
}

proptest! {
    #[test]
    fn any_cards_are_read(text in card_text()) {
        let file = format!("BEGIN:VCARD\r\n{text}");
        let begun = file.lines().filter(|line| line.trim().eq_ignore_ascii_case("BEGIN:VCARD")).count();
        let batch = import::read("x.vcf", file.into_bytes(), || {}).unwrap();
        // Lines between cards are told of once.
        prop_assert!(batch.people.len() + batch.problems.len() <= begun + 1);
        prop_assert!(!batch.people.is_empty() || !batch.problems.is_empty());
        for person in &batch.people {
            // What is written is read as the same.
            let again = import::read("x.vcf", person.card().text().into(), || {}).unwrap();
            prop_assert_eq!(again.people.len(), 1, "{}", person.card().text());
            prop_assert_eq!(&again.people[0].name, &person.name);
            prop_assert_eq!(&again.people[0].emails, &person.emails);
        }
    }

    #[test]
    fn any_card_can_be_changed(text in card_text()) {
        if let Ok(mut card) = Card::parse(text.clone()) {
            prop_assert_eq!(card.text(), &text);
            card.push(&NewLine::text("X-A", "b"));
            prop_assert!(card.has("X-A"));
            prop_assert!(Card::parse(card.text()).is_ok());
        }
    }

    #[test]
    fn any_table_is_read(text in table_text(), bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        let _ = import::read("x.csv", bytes.clone(), || {});
        let file = [b"name,email,notes\n", text.as_bytes(), &bytes].concat();
        let batch = import::read("x.csv", file, || {}).unwrap();
        for person in &batch.people {
            prop_assert!(person.emails.iter().all(|email| !email.contains(['\r', '\n', ' '])));
            prop_assert!(!person.name.contains(['\r', '\n']));
        }
    }

    #[test]
    fn any_ledger_is_read_and_added_to(bytes in ledger_bytes()) {
        let dir = tempfile::tempdir().unwrap();
        let ledger = Ledger::open(dir.path());
        fs::write(ledger.path(), &bytes).unwrap();
        let lines = bytes.split(|byte| *byte == b'\n');
        let lines = lines.filter(|line| !line.trim_ascii().is_empty()).count();
        let record = ledger.read().unwrap();
        prop_assert_eq!(record.entries.len() + record.problems.len(), lines);
        for problem in &record.problems {
            let place = problem.place.as_ref().unwrap();
            prop_assert!(place.text.as_ref().unwrap().get(place.span.clone().unwrap()).is_some());
        }
        let at = "2026-01-03T12:00:00Z".parse().unwrap();
        ledger.append(&Entry::new(at, Act::Replied, "urn:b")).unwrap();
        let after = ledger.read().unwrap();
        prop_assert_eq!(after.entries.len(), record.entries.len() + 1);
        // Each byte that was there is there still, or beside it.
        let now = fs::read(ledger.path()).unwrap();
        let aside = fs::read(ledger.path().with_extension("torn")).unwrap_or_default();
        let aside = aside.strip_suffix(b"\n").unwrap_or(&[]);
        let kept = bytes.strip_suffix(aside);
        prop_assert!(kept.is_some_and(|kept| now.starts_with(kept)));
    }
}
