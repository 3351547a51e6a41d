use super::*;
use crate::people::{Card, NewLine, People};

fn batch(text: &str) -> Batch {
    read("file", text.as_bytes().to_vec(), || {}).unwrap()
}

fn told(batch: &Batch) -> Vec<String> {
    let told = batch.problems.iter().map(|problem| {
        let line = problem.place.as_ref().and_then(|place| {
            let text = place.text.as_ref()?.get(..place.span.as_ref()?.start)?;
            Some(text.matches('\n').count() + 1)
        });
        format!("{}: {}", line.unwrap_or_default(), problem.message)
    });
    told.collect()
}

fn nobody() -> (tempfile::TempDir, People) {
    let dir = tempfile::tempdir().unwrap();
    let (people, _) = People::open(&dir.path().join("private"));
    (dir, people)
}

const LINKEDIN: &str = "\u{feff}Notes:\n\"When exporting your connection data, you may notice that \
    some of the email addresses are missing, \"\"quoted\"\".\"\n\nFirst Name,Last Name,URL,Email \
    Address,Company,Position,Connected On\nAna,Ruiz,https://www.linkedin.com/in/ana,ana@ruiz.example,\
    \"Ruiz Roofing, Inc.\",Owner,12 Mar 2024\nBo,Li,https://www.linkedin.com/in/bo,,Li & Sons,,\
    2 Jan 2019\n,,,,,,1 Jan 2020\nCy,X,,not-an-address,,,soon\n";

#[test]
fn linkedin_after_its_preamble() {
    let batch = batch(LINKEDIN);
    assert_eq!(batch.kind, "a LinkedIn export");
    assert_eq!(
        told(&batch),
        [
            "7: this row has no name, email address, company or phone: it is left aside",
            "8: `not-an-address` is no email address: it is left out",
            "8: `soon` is no date: it is left out",
        ]
    );
    let ana = &batch.people[0];
    assert_eq!(
        (ana.name.as_str(), ana.email()),
        ("Ana Ruiz", Some("ana@ruiz.example"))
    );
    assert_eq!(ana.company.as_deref(), Some("Ruiz Roofing, Inc."));
    assert_eq!(ana.title.as_deref(), Some("Owner"));
    assert_eq!(ana.profiles, ["https://www.linkedin.com/in/ana"]);
    assert_eq!(ana.notes[0].date, Some(jiff::civil::date(2024, 3, 12)));
    assert_eq!(batch.people.len(), 3);
}

#[test]
fn google_current_and_legacy() {
    let current = batch(
        "First Name,Middle Name,Last Name,Organization Name,Organization Title,Notes,Labels,\
         E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,\
         Website 1 - Value,Address 1 - City\n\
         Ana,María,Ruiz,Ruiz Roofing,Owner,\"two\nlines\",BNI ::: * myContacts,* Work,\
         ana@ruiz.example ::: a@b.example,c@d.example,Mobile,+1 555 0100,https://ruiz.example,X\n",
    );
    let ana = &current.people[0];
    assert_eq!(ana.name, "Ana María Ruiz");
    assert_eq!(
        ana.emails,
        ["ana@ruiz.example", "a@b.example", "c@d.example"]
    );
    assert_eq!(ana.categories, ["BNI"]);
    assert_eq!(ana.notes[0].text, "two\nlines");
    assert_eq!(ana.phones, ["+1 555 0100"]);
    let legacy = batch(
        "Name,Given Name,Family Name,Hobby,Notes,Group Membership,E-mail 1 - Value,\
         Organization 1 - Name\nBo Li,Bo,Li,\"bees, chess\",,* My Contacts ::: Chamber,bo@li.example,Li\n",
    );
    let bo = &legacy.people[0];
    assert_eq!(
        (bo.name.as_str(), bo.company.as_deref()),
        ("Bo Li", Some("Li"))
    );
    assert_eq!(bo.hobbies, ["bees", "chess"]);
    assert_eq!(bo.categories, ["Chamber"]);
    assert_eq!((current.problems, legacy.problems), (vec![], vec![]));
}

#[test]
fn outlook_and_a_table_with_semicolons() {
    let outlook = batch(
        "First Name,Last Name,Title,E-mail Address,Business Phone,Company,Job Title,Categories\r\n\
         Ana,Ruiz,Dr.,ana@ruiz.example,555,Ruiz,Owner,BNI;Chamber\r\n",
    );
    let ana = &outlook.people[0];
    assert_eq!(
        (ana.name.as_str(), ana.title.as_deref()),
        ("Dr. Ana Ruiz", Some("Owner"))
    );
    assert_eq!(ana.categories, ["BNI", "Chamber"]);
    let table = batch("Name;Email;Trade;Met\nAna Ruiz;ana@ruiz.example;roofer;2026-11-17;\n");
    assert_eq!(table.people[0].industry.as_deref(), Some("roofer"));
    assert_eq!(
        table.people[0].met[0].date,
        Some(jiff::civil::date(2026, 11, 17))
    );
}

#[test]
fn a_row_that_is_broken_is_left_aside_and_the_rest_comes_in() {
    let lost = "x\n".repeat(300);
    let batch = batch(&format!(
        "name,email\nAna,a@b.example,more,cells\nBo,b@b.example\nCy,\"{lost}"
    ));
    assert_eq!(
        told(&batch),
        [
            "2: this row has 4 cells, the header has 2: it is left aside",
            "4: a quotation mark in this row is never closed: 300 lines are left aside",
        ]
    );
    assert_eq!(batch.people.len(), 1);
    assert!(read("file", b"a,b\n1,2\n".to_vec(), || {}).is_err());
    assert!(read("file", Vec::new(), || {}).is_err());
    assert!(read("file", vec![0; 100], || {}).is_err());
}

#[test]
fn old_cards_come_in_as_new_ones() {
    let batch = batch(
        "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:N=C3=BA=C3=B1ez;=\r\nJos=C3=A9\r\n\
         TEL;CELL:555\r\nX-MINE:kept\r\nAGENT:\r\nBEGIN:VCARD\r\nFN:Agent\r\nEND:VCARD\r\nEND:VCARD\r\n\
         BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana\\, R.\r\nEMAIL;TYPE=INTERNET,pref:ana@ruiz.example\r\nEND:VCARD\r\n\
         BEGIN:VCARD\r\nFN:cut off\r\n\
         BEGIN:VCARD\r\nVERSION:4.0\r\nitem1.X-ODD;a=b:to the\r\n  letter\r\nFN:Bo\r\nEND:VCARD\r\n\
         BEGIN:VCARD\r\nVERSION:4.0\r\nNOTE:nobody\r\nEND:VCARD\r\nBEGIN:VCARD\r\n",
    );
    let names: Vec<&str> = batch
        .people
        .iter()
        .map(|person| person.name.as_str())
        .collect();
    assert_eq!(names, ["José Núñez", "Ana, R.", "Bo"]);
    assert_eq!(batch.people[1].emails, ["ana@ruiz.example"]);
    assert!(batch.people[0].card().text().contains("VERSION:4.0\r\n"));
    assert!(batch.people[0].card().text().contains("X-MINE:kept\r\n"));
    assert!(
        batch.people[2]
            .card()
            .text()
            .contains("item1.X-ODD;a=b:to the\r\n  letter\r\n")
    );
    assert_eq!(
        told(&batch),
        [
            "17: this card was cut off: it is left aside",
            "29: this card was cut off: it is left aside",
            "25: this card has no name, email address, company or phone: it is left aside",
        ]
    );
}

#[test]
fn other_encodings_are_read() {
    let text = "name,email\nJosé,j@x.example\n";
    let utf16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let latin: Vec<u8> = text.chars().map(|c| c as u8).collect();
    for (bytes, problems) in [(utf16, 0), (latin, 1), (text.as_bytes().to_vec(), 0)] {
        let batch = read("file", bytes, || {}).unwrap();
        assert_eq!(batch.people[0].name, "José");
        assert_eq!(batch.problems.len(), problems);
    }
}

#[test]
fn nothing_comes_in_twice_and_nothing_is_overwritten() {
    let (_dir, mut people) = nobody();
    let first = plan(&people, batch(LINKEDIN).people);
    assert_eq!(
        (first.new.len(), first.changed.len(), first.same),
        (3, 0, 0)
    );
    let cards = first
        .new
        .iter()
        .map(|person| person.card().clone())
        .collect();
    people.add_all(cards, || {}).unwrap();
    let again = plan(&people, batch(LINKEDIN).people);
    assert_eq!(
        (again.new.len(), again.changed.len(), again.same),
        (0, 0, 3)
    );

    let mut ana = people.by_stem("ana-ruiz").unwrap().clone();
    let line = NewLine::text("TITLE", "Boss");
    ana.change(|card| card.replace("TITLE", |_| true, &line));
    people.save(ana.clone()).unwrap();
    let more = "name,email,title,phone,hobbies,url\nAna R. Ruiz,ANA@ruiz.example,Owner,555-0100,bees,\nBo,,,,,http://linkedin.com/in/bo/\n";
    let more = plan(&people, batch(more).people);
    assert_eq!((more.new.len(), more.changed.len(), more.same), (0, 1, 1));
    assert_eq!(more.changed[0].added, ["hobby bees", "phone 555-0100"]);
    let changed = &more.changed[0].person;
    assert_eq!(
        (changed.name.as_str(), changed.title.as_deref()),
        ("Ana Ruiz", Some("Boss"))
    );
    let without = |text: &str| {
        text.replace("TEL:555-0100\r\n", "")
            .replace("HOBBY:bees\r\n", "")
    };
    assert_eq!(without(changed.card().text()), ana.card().text());
}

#[test]
fn those_who_share_a_mailbox_are_two() {
    let (_dir, mut people) = nobody();
    let table = "name,email\nAna Ruiz,info@x.example\nBo Li,info@x.example\nAna R. Ruiz,info@x.example\n\
                 Cy,\nCy,\n";
    for (new, same) in [(3, 2), (0, 5)] {
        let plan = plan(&people, batch(table).people);
        assert_eq!(
            (plan.new.len(), plan.changed.len(), plan.same),
            (new, 0, same)
        );
        let cards: Vec<Card> = plan
            .new
            .iter()
            .map(|person| person.card().clone())
            .collect();
        people.add_all(cards, || {}).unwrap();
    }
}

#[test]
fn one_broken_line_does_not_spoil_the_others() {
    let mut bytes = "name,email\nJosé,jose@x.example\n".as_bytes().to_vec();
    bytes.extend(b"Ren\xe9e,renee@x.example\n");
    let read = read("a.csv", bytes, || ()).unwrap();
    let names: Vec<&str> = read.people.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["José", "Renée"]);
    assert_eq!(
        read.problems[0].message,
        "line 3 of this file is not UTF-8: read as windows-1252"
    );
}

#[test]
fn phones_that_do_not_name_their_encoding_are_understood() {
    let name = |head: &str, value: &str| {
        let card = format!("BEGIN:VCARD\r\nVERSION:2.1\r\n{head}:{value}\r\nEND:VCARD\r\n");
        let read = read("a.vcf", card.into_bytes(), || ()).unwrap();
        read.people[0].name.clone()
    };
    let quoted = "FN;ENCODING=QUOTED-PRINTABLE";
    assert_eq!(name(quoted, "Jos=C3=A9 Mu=\r\n=C3=B1oz"), "José Muñoz");
    // What is no UTF-8 is what the format says it is.
    assert_eq!(name(quoted, "Jos=E9"), "José");
    let labelled = "FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE";
    assert_eq!(name(labelled, "Jos=E9"), "José");
}

#[test]
fn what_stands_between_cards_is_told() {
    let card = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ana\r\nEND:VCARD\r\n";
    let text = format!("{card}\r\nFN:Bo\r\nEND:VCARD\r\n{card}");
    let read = read("a.vcf", text.into_bytes(), || ()).unwrap();
    assert_eq!(read.people.len(), 2);
    assert_eq!(
        told(&read),
        ["6: this line belongs to no card, and 1 more do not either: they are left aside"]
    );
}

mod any {
    use super::*;
    use proptest::prelude::*;

    /// Lines that occur in such files, and others.
    fn line() -> impl Strategy<Value = Vec<u8>> {
        let known = proptest::sample::select(vec![
            "BEGIN:VCARD",
            "END:VCARD",
            "VERSION:2.1",
            "VERSION:4.0",
            "FN:Ana",
            "N:Ruiz;Ana;;;",
            "AGENT:",
            "FN;ENCODING=QUOTED-PRINTABLE:=C3=",
            "EMAIL;TYPE=pref:ana@x.example",
            "PHOTO;ENCODING=b:AAAA",
            " folded",
            "name,email",
            "Ana,\"a@x.example",
            "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
            "Ana;Ruiz;;",
            "",
        ]);
        prop_oneof![
            4 => known.prop_map(|line| line.as_bytes().to_vec()),
            1 => proptest::collection::vec(any::<u8>(), 0..40),
        ]
    }

    proptest! {
        #[test]
        fn nothing_that_comes_in_makes_it_panic(
            lines in proptest::collection::vec(line(), 0..30),
            end in proptest::sample::select(vec!["\n", "\r\n", "\r"]),
        ) {
            let bytes = lines.join(end.as_bytes());
            let cards = lines.iter().filter(|line| line.starts_with(b"BEGIN:VCARD")).count();
            if let Ok(batch) = read("a", bytes, || ()) {
                for person in &batch.people {
                    // Each is a card that can be read again.
                    let card = person.card().text();
                    prop_assert!(crate::people::Card::parse(card.to_owned()).is_ok(), "{card}");
                }
                if batch.kind == "vCards" {
                    prop_assert!(batch.people.len() <= cards);
                }
            }
        }
    }
}
