use super::*;

fn people(cards: &[(&str, &str)]) -> (tempfile::TempDir, People, Vec<Diagnostic>) {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("private/people");
    std::fs::create_dir_all(&folder).unwrap();
    for (stem, lines) in cards {
        let text = format!("BEGIN:VCARD\r\nVERSION:4.0\r\n{lines}\r\nEND:VCARD\r\n");
        std::fs::write(folder.join(format!("{stem}.vcf")), text).unwrap();
    }
    let (people, problems) = People::open(&dir.path().join("private"));
    (dir, people, problems)
}

fn found<'a>(people: &'a People, typed: &str) -> Vec<&'a str> {
    match people.find(typed) {
        Found::None(near) => near.into_iter().chain(["?"]).collect(),
        Found::One(one) => vec![&one.stem],
        Found::Many(many) => many.iter().map(|person| person.stem.as_str()).collect(),
    }
}

#[test]
fn a_person_is_what_their_card_says() {
    let (_dir, people, problems) = people(&[(
        "ana",
        "UID:urn:uuid:1\r\nFN:Ana Ruiz\r\nN:Ruiz;Ana;;;\r\nORG:Ruiz Roofing\\, Inc.;Sales\r\n\
         TITLE:Owner\r\nEMAIL;PREF=2:second@ruiz.example\r\nEMAIL;PREF=1:ana@ruiz.example\r\n\
         TEL;VALUE=uri:tel:+1-555-0100\r\nCATEGORIES:BNI,Chamber\r\nHOBBY:bees\r\n\
         INTEREST:hiring\r\nEXPERTISE;LEVEL=expert:slate\r\nLANG:es\r\n\
         NOTE;CREATED=20261103T000000Z:wants to hire\\nin spring\r\n\
         X-GOODTURN-INDUSTRY:roofing\r\nX-GOODTURN-MET:2026-11-17;Chamber breakfast\r\n\
         X-GOODTURN-PROMISE:2026-11-17;the checklist\r\nX-GOODTURN-KEPT:2026-11-18;a call\r\n\
         X-GOODTURN-CADENCE:30\r\nX-GOODTURN-OFFERS:ladders\r\nX-GOODTURN-NEEDS:a bookkeeper\r\n\
         SOCIALPROFILE;SERVICE-TYPE=LinkedIn:https://www.linkedin.com/in/ana",
    )]);
    assert_eq!(problems, []);
    let ana = people.by_uid("urn:uuid:1").unwrap();
    let day = |day| Some(jiff::civil::date(2026, 11, day));
    let dated = |date, text: &str| Dated {
        date,
        text: text.to_owned(),
    };
    assert_eq!(ana.name, "Ana Ruiz");
    assert_eq!(
        (ana.given.as_deref(), ana.family.as_deref()),
        (Some("Ana"), Some("Ruiz"))
    );
    assert_eq!(ana.company.as_deref(), Some("Ruiz Roofing, Inc."));
    assert_eq!(ana.emails, ["ana@ruiz.example", "second@ruiz.example"]);
    assert_eq!(ana.phones, ["+1-555-0100"]);
    assert_eq!(ana.categories, ["BNI", "Chamber"]);
    assert_eq!(
        (
            &ana.hobbies[0][..],
            &ana.interests[0][..],
            &ana.expertise[0][..]
        ),
        ("bees", "hiring", "slate")
    );
    assert_eq!(ana.notes, [dated(day(3), "wants to hire\nin spring")]);
    assert_eq!(ana.met, [dated(day(17), "Chamber breakfast")]);
    assert_eq!(ana.promises, [dated(day(17), "the checklist")]);
    assert_eq!(ana.kept, [dated(day(18), "a call")]);
    assert_eq!((ana.cadence, ana.do_not_contact), (Some(30), false));
    assert_eq!(
        (&ana.offers[0][..], &ana.needs[0][..]),
        ("ladders", "a bookkeeper")
    );
    assert_eq!(ana.language.as_deref(), Some("es"));
    assert_eq!(ana.profiles, ["https://www.linkedin.com/in/ana"]);
}

#[test]
fn who_is_meant() {
    let (_dir, people, _) = people(&[
        ("ana", "FN:Ana Ruiz\r\nEMAIL:ana@ruiz.example"),
        ("ana-2", "FN:Ana Ruíz"),
        ("jose", "FN:José Núñez"),
        ("li", "FN:Li"),
    ]);
    assert_eq!(found(&people, "ana"), ["ana"], "the handle comes first");
    assert_eq!(found(&people, "ANA RUIZ"), ["ana", "ana-2"]);
    assert_eq!(found(&people, "Ana@Ruiz.example"), ["ana"]);
    assert_eq!(found(&people, "nunez"), ["jose"]);
    assert_eq!(found(&people, "Jose Nunes"), ["jose", "?"]);
    assert_eq!(found(&people, "zebra"), ["?"]);
    assert_eq!(found(&people, " "), ["?"]);
}

#[test]
fn a_card_without_a_name_or_an_address_is_somebody_still() {
    let (_dir, people, problems) = people(&[
        ("a", "EMAIL:x@y.example"),
        ("b", "ORG:Acme"),
        ("c", "NOTE:tall"),
        ("d", "N:Ruiz;Ana"),
    ]);
    assert_eq!(problems, []);
    let names: Vec<&str> = people.iter().map(|person| person.name.as_str()).collect();
    assert_eq!(names, ["x@y.example", "Acme", "c", "Ana Ruiz"]);
    assert!(
        people
            .iter()
            .all(|person| person.uid.starts_with("urn:uuid:"))
    );
}

#[test]
fn what_is_no_card_is_left_aside() {
    let (dir, _, _) = people(&[("a", "FN:A\r\nUID:1"), ("copy", "FN:A\r\nUID:1")]);
    let folder = dir.path().join("private/people");
    for (name, bytes) in [
        ("bad.vcf", b"BEGIN:VCARD\nFN:\xff\nEND:VCARD\n".as_slice()),
        ("cut.vcf", b"BEGIN:VCARD\nFN:A\n"),
        ("none.vcf", b""),
        (
            "two.vcf",
            b"BEGIN:VCARD\nEND:VCARD\nBEGIN:VCARD\nEND:VCARD\n",
        ),
        (".hidden.vcf", b""),
        ("list.txt", b""),
    ] {
        std::fs::write(folder.join(name), bytes).unwrap();
    }
    let (people, problems) = People::open(&dir.path().join("private"));
    assert_eq!(people.len(), 2);
    let told: Vec<&str> = problems
        .iter()
        .map(|problem| problem.message.as_str())
        .collect();
    assert_eq!(
        told,
        [
            "this file is not UTF-8 text",
            "this card was cut off: it is left out",
            "this is no vCard: it is left out",
            "several cards in one file: it is left out",
            "this card has the same UID as private/people/a.vcf",
        ]
    );
    assert!(problems.iter().all(|problem| !problem.is_error()));
}

#[test]
fn files_are_named_after_people_and_never_overwritten() {
    let (dir, mut people, _) = people(&[]);
    let names = [
        "Ana Ruiz",
        "Ana Ruiz",
        "漢字",
        "../../etc/passwd",
        "Ana",
        "\u{1f41d}",
    ];
    for name in names {
        let mut card = Card::new();
        card.push(&NewLine::text("FN", name));
        people.add(card).unwrap();
    }
    let stems: Vec<&str> = people.iter().map(|person| person.stem.as_str()).collect();
    assert_eq!(
        stems,
        [
            "ana",
            "ana-ruiz",
            "ana-ruiz-2",
            "bee",
            "etc-passwd",
            "han-zi"
        ]
    );
    let (again, problems) = People::open(&dir.path().join("private"));
    assert_eq!(problems, []);
    assert_eq!(again.people, people.people);
    let mut ana = people.people[2].clone();
    ana.change(|card| card.push(&NewLine::text("NOTE", "x")));
    people.save(ana.clone()).unwrap();
    assert_eq!(people.by_uid(&ana.uid), Some(&ana));
    people.remove("ana").unwrap();
    let (again, _) = People::open(&dir.path().join("private"));
    assert_eq!(again.people, people.people);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(people.path(&ana))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
