use super::*;

fn ledger() -> (tempfile::TempDir, Ledger) {
    let dir = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(&dir.path().join("private"));
    (dir, ledger)
}

fn act(seconds: i64, act: Act, uid: &str) -> Entry {
    Entry::new(Timestamp::from_second(seconds).unwrap(), act, uid)
}

#[test]
fn what_is_added_is_read_again_in_order() {
    let (_dir, ledger) = ledger();
    assert_eq!(ledger.read().unwrap(), Record::default());
    let sent = act(2, Act::Sent, "urn:uuid:1")
        .with_resources(["r1".to_owned(), "r2".to_owned()])
        .with_note(Some("line\nbreak".to_owned()));
    let replied = act(1, Act::Replied, "urn:uuid:1");
    assert_eq!(ledger.append(&sent), Ok(vec![]));
    assert_eq!(
        ledger.append_all(&[replied.clone(), act(3, Act::Drafted, "2")]),
        Ok(vec![])
    );
    let record = ledger.read().unwrap();
    assert_eq!(record.problems, []);
    assert_eq!(
        record.of("urn:uuid:1").collect::<Vec<_>>(),
        [&sent, &replied]
    );
    assert_eq!(record.given("urn:uuid:1"), ["r1", "r2"]);
    assert_eq!(
        fs::read_to_string(ledger.path()).unwrap().lines().next(),
        Some(
            r#"{"at":"1970-01-01T00:00:02Z","act":"sent","people":["urn:uuid:1"],"resources":["r1","r2"],"note":"line\nbreak"}"#
        )
    );
}

#[test]
fn a_torn_last_line_is_set_aside_and_nothing_is_lost() {
    let (_dir, ledger) = ledger();
    ledger.append(&act(1, Act::Sent, "1")).unwrap();
    let whole = fs::read(ledger.path()).unwrap();
    let long = format!(
        "{{\"at\":\"1970-01-01T00:00:02Z\",\"note\":\"{}",
        "x".repeat(10_000)
    );
    for torn in ["{", "{\"at\":\"1970-01-01T00:0", &long] {
        fs::write(ledger.path(), [&whole, torn.as_bytes()].concat()).unwrap();
        let record = ledger.read().unwrap();
        assert_eq!((record.entries.len(), record.problems.len()), (1, 1));
        assert!(record.problems[0].message.contains("torn off"));
        let told = ledger.append(&act(3, Act::Replied, "1")).unwrap();
        assert_eq!(told.len(), 1);
        let record = ledger.read().unwrap();
        assert_eq!((record.entries.len(), record.problems.len()), (2, 0));
        let aside = fs::read_to_string(ledger.path().with_extension("torn")).unwrap();
        assert!(aside.ends_with(&format!("{torn}\n")), "{aside}");
    }
}

#[test]
fn a_whole_last_line_without_an_end_is_no_torn_one() {
    let (_dir, ledger) = ledger();
    ledger.append(&act(1, Act::Sent, "1")).unwrap();
    let whole = fs::read(ledger.path()).unwrap();
    fs::write(ledger.path(), whole.trim_ascii_end()).unwrap();
    assert_eq!(ledger.append(&act(2, Act::Sent, "1")), Ok(vec![]));
    assert_eq!(ledger.read().unwrap().entries.len(), 2);
}

#[test]
fn a_broken_line_in_the_middle_is_told_and_kept() {
    let (_dir, ledger) = ledger();
    ledger.append(&act(1, Act::Sent, "1")).unwrap();
    let whole = fs::read_to_string(ledger.path()).unwrap();
    let broken = "{\"at\":\"2026-11-17\",\"act\":\"sent\"}\n\n\u{0}\n{\"at\":\"1970-01-01T00:00:00Z\",\"act\":\"danced\"}\n";
    fs::write(ledger.path(), format!("{whole}{broken}{whole}")).unwrap();
    ledger.append(&act(2, Act::Sent, "1")).unwrap();
    let record = ledger.read().unwrap();
    assert_eq!((record.entries.len(), record.problems.len()), (3, 3));
    let places: Vec<_> = record
        .problems
        .iter()
        .map(|told| told.place.clone().unwrap().span.unwrap().start)
        .collect();
    assert_eq!(places[0], whole.len());
    assert!(fs::read_to_string(ledger.path()).unwrap().contains(broken));
}

#[test]
fn forgetting_leaves_nothing_of_the_person() {
    let (_dir, ledger) = ledger();
    ledger.append(&act(1, Act::Sent, "urn:a")).unwrap();
    ledger.append(&act(2, Act::Sent, "urn:b")).unwrap();
    let mut both = act(3, Act::Introduced, "urn:a");
    both.people.push("urn:b".to_owned());
    ledger.append(&both).unwrap();
    let text = fs::read_to_string(ledger.path()).unwrap();
    fs::write(
        ledger.path(),
        format!("{text}broken, to Ana@ruiz.example\nbroken, to bo\n"),
    )
    .unwrap();
    fs::write(
        ledger.path().with_extension("torn"),
        "{\"people\":[\"urn:a\n",
    )
    .unwrap();
    let words = ["ana@ruiz.example".to_owned()];
    let now = Timestamp::from_second(9).unwrap();
    assert_eq!(ledger.forget("urn:a", &words, now), Ok(3));
    let text = fs::read_to_string(ledger.path()).unwrap();
    assert_eq!(
        text,
        "{\"at\":\"1970-01-01T00:00:02Z\",\"act\":\"sent\",\"people\":[\"urn:b\"]}\nbroken, to bo\n\
         {\"at\":\"1970-01-01T00:00:09Z\",\"act\":\"forgotten\"}\n"
    );
    assert!(!ledger.path().with_extension("torn").exists());
    assert_eq!(ledger.forget("urn:a", &words, now), Ok(0));
    assert_eq!(fs::read_to_string(ledger.path()).unwrap(), text);
}
