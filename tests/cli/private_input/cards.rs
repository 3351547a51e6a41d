//! Cards.

use super::*;

#[test]
fn fifty_megabytes_in_many_cards() {
    let desk = Desk::library(&[]);
    let note = "x".repeat(2_000);
    let cards: String = (0..25_000)
        .map(|n| format!("BEGIN:VCARD\nVERSION:3.0\nFN:Ana {n}\nEMAIL:p{n}@x.example\nNOTE:{note}\nEND:VCARD\n"))
        .collect();
    assert!(cards.len() > 50_000_000);
    desk.write("big.vcf", &cards);
    let out = desk
        .run(&["people", "import", "--dry-run", "big.vcf"])
        .fine();
    assert!(out.ends_with("25,000 people would be added\n"), "{out}");
}

/// Text in UTF-16 with its byte order mark.
fn utf16(text: &str, of: impl Fn(u16) -> [u8; 2]) -> Vec<u8> {
    let mark = of(0xfeff);
    let units = text.encode_utf16().flat_map(of);
    mark.into_iter().chain(units).collect()
}

#[test]
fn cards_in_odd_encodings() {
    let desk = Desk::library(&[]);
    let card = |name: &str| format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nEND:VCARD\r\n");
    let latin = card("Günter").chars().map(|c| c as u8).collect();
    let mut broken = card("Zo\u{1}").into_bytes();
    let at = broken.iter().position(|byte| *byte == 1).unwrap();
    broken.splice(at..=at, [0xc3, 0x28, 0xff]);
    let cut = "BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Jos=C3=A9 N=C3=BA=\r\nEND:VCARD\r\n";
    let half = "BEGIN:VCARD\r\nVERSION:2.1\r\nFN;ENCODING=QUOTED-PRINTABLE:Half=C\r\nEND:VCARD\r\n";
    let files: [(&str, Vec<u8>); 7] = [
        ("little.vcf", utf16(&card("Łukasz"), u16::to_le_bytes)),
        ("big.vcf", utf16(&card("Ωmega"), u16::to_be_bytes)),
        (
            "marked.vcf",
            format!("\u{feff}{}", card("Marked")).into_bytes(),
        ),
        ("latin.vcf", latin),
        ("broken.vcf", broken),
        ("cut.vcf", cut.into()),
        ("half.vcf", half.into()),
    ];
    let mut told = String::new();
    for (name, bytes) in &files {
        fs::write(desk.path(name), bytes).unwrap();
        let ran = desk.run(&["people", "import", name]);
        assert_eq!(ran.code, Some(0), "{name}: {ran:?}");
        told.push_str(&ran.err);
    }
    insta::assert_snapshot!(told, @"
    warning: this file is not UTF-8: read as windows-1252
    --> latin.vcf
     = help: if names look wrong, export it again and choose UTF-8

    warning: this file is not UTF-8: read as windows-1252
    --> broken.vcf
     = help: if names look wrong, export it again and choose UTF-8
    ");
    let list = desk.run(&["people", "list", "--json"]).json();
    let list = list.as_array().unwrap().iter();
    let names: Vec<&str> = list.map(|one| one["name"].as_str().unwrap()).collect();
    insta::assert_snapshot!(names.join("\n"), @"
    Günter
    Half
    José Nú
    Łukasz
    Marked
    Ωmega
    ZoÃ(ÿ
    ");
    for (name, _) in files {
        let out = desk.run(&["people", "import", name]).out;
        assert!(out.ends_with("Nothing new.\n"), "{name}: {out}");
    }
}

#[test]
fn files_with_nothing_in_them() {
    let desk = Desk::library(&[]);
    for file in [
        "empty.vcf",
        "empty.csv",
        "private/people/ana.vcf",
        "private/ledger.jsonl",
        "private/me.vcf",
        "private/letters/own.md",
    ] {
        desk.write(file, "");
    }
    desk.write("head.csv", "name,email\n");
    desk.write("lines.vcf", "\n\n\n");
    let ran = desk.run(&[
        "people",
        "import",
        "empty.vcf",
        "empty.csv",
        "lines.vcf",
        "head.csv",
    ]);
    assert_eq!(ran.code, Some(1));
    insta::assert_snapshot!(ran.out, @"
    head.csv: a table, 0 people
    Nothing new.
    ");
    insta::assert_snapshot!(ran.err, @"
    error: this file is empty
    --> empty.csv
     = help: export the people once more: nothing was written into it

    error: this file is empty
    --> empty.vcf
     = help: export the people once more: nothing was written into it

    error: this file is empty
    --> lines.vcf
     = help: export the people once more: nothing was written into it

    warning: this is no vCard: it is left out
    --> private/people/ana.vcf
     = help: a card begins with a line BEGIN:VCARD

    3 errors, 1 warning
    ");
    for args in [&["given"][..], &["due"], &["people", "list"]] {
        assert_eq!(desk.run(args).code, Some(0), "{args:?}");
    }
}

#[test]
fn a_card_that_another_program_changes_meanwhile() {
    let desk = Desk::library(&[]);
    desk.run(&["people", "add", "Ana Ruiz"]).fine();
    // While the editor is open, the address book writes a phone number into the card.
    desk.write(
        "editor.sh",
        "sed -i 's/^END/NOTE:from the editor\\r\\nEND/' \"$1\"\n\
         sed -i 's/^END/TEL:555-0100\\r\\nEND/' private/people/ana-ruiz.vcf\n",
    );
    let mut command = desk.command();
    command.args(["people", "edit", "ana"]).env_remove("VISUAL");
    let ran = Ran::of(command.env("EDITOR", "sh editor.sh").output().unwrap());
    assert_eq!(ran.code, Some(1), "{ran:?}");
    insta::assert_snapshot!(ran.err, @"
    error: another program has changed this card meanwhile
    --> private/people/ana-ruiz.vcf
     = help: it is left as that program wrote it: do the same once more
     = help: what you wrote is in private/people/.ana-ruiz.edit.vcf: goodturn people edit goes on with it

    1 error
    ");
    let card = desk.read("private/people/ana-ruiz.vcf");
    assert!(
        card.contains("TEL:555-0100") && !card.contains("editor"),
        "{card}"
    );
    assert!(
        desk.read("private/people/.ana-ruiz.edit.vcf")
            .contains("NOTE:from the editor")
    );
}

#[test]
fn a_card_whose_file_ends_in_capitals_stays_one_card() {
    let desk = Desk::library(&[]);
    desk.write(
        "private/people/ANA.VCF",
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana\r\nEND:VCARD\r\n",
    );
    desk.run(&["people", "note", "ana", "x"]).fine();
    assert_eq!(cards(&desk), ["ANA.VCF"]);
    desk.run(&["people", "forget", "ana", "--yes"]).fine();
    assert_eq!(cards(&desk), [""; 0]);
}

#[test]
fn what_killed_runs_left_goes_with_the_next_import_or_the_person() {
    let desk = Desk::library(&[]);
    desk.run(&["people", "add", "Ana"]).fine();
    let old = "private/people/.bo.vcf.77.new";
    for file in [
        old,
        "private/people/.ana.vcf.78.new",
        "private/people/.ana.edit.vcf",
    ] {
        desk.write(file, "BEGIN:VCARD\r\nFN:hal");
    }
    let day = std::time::Duration::from_secs(86_400);
    let file = fs::File::options()
        .write(true)
        .open(desk.path(old))
        .unwrap();
    file.set_modified(std::time::SystemTime::now() - day)
        .unwrap();
    desk.run(&["people", "add", "Cy"]).fine();
    assert_eq!(litter(&desk), ["private/people/.ana.vcf.78.new"]);
    desk.run(&["people", "forget", "ana", "--yes"]).fine();
    assert_eq!(litter(&desk), [""; 0]);
    assert!(!desk.path("private/people/.ana.edit.vcf").exists());
}
