//! The built-in letters as they are read: each in each language, with much known and with little.

use super::followup::{FROM, hiring, with_people};
use super::*;

/// The languages of the letters that are not in English.
const LANGS: [&str; 4] = ["es", "fr", "de", "pt"];

/// Two pieces, a company, an event and a promise for Ana; a bare address for the other.
fn desk() -> Desk {
    let desk = with_people();
    desk.write(
        "content/tools.md",
        "---\ntitle: Tools worth having\nindustries: [roofing]\n---\n\nBuy.\n",
    );
    desk.run(&["build"]).fine();
    desk.run(&["people", "edit", "ana", "--company", "Ruiz SL"])
        .fine();
    desk.run(&["people", "edit", "ana", "--promise", "the checklist"])
        .fine();
    desk.write(
        "private/people/bare.vcf",
        "BEGIN:VCARD\r\nVERSION:4.0\r\nEMAIL:bare@x.example\r\nEND:VCARD\r\n",
    );
    desk
}

/// The id of the other piece.
fn tools(desk: &Desk) -> String {
    let list = desk.run(&["list", "--json"]).json();
    let mut pieces = list.as_array().unwrap().iter();
    let piece = pieces.find(|piece| piece["title"] == "Tools worth having");
    piece.unwrap()["id"].as_str().unwrap().to_owned()
}

/// Each letter to one person, with much known of Ana and nothing of the other.
fn letters(desk: &Desk, lang: &str) -> String {
    let (one, two) = (hiring(desk), tools(desk));
    let mut read = String::new();
    for person in ["ana", "bare"] {
        desk.run(&["people", "edit", person, "--lang", lang]).fine();
    }
    for name in ["met", "promised", "one-to-one", "checking-in", "thank-you"] {
        let much = ["-p", &one, "-p", &two];
        let much = [&["ana", "-n", "-t", name], &much[..]].concat();
        let little = ["bare", "-n", "-t", name, "-p", &one];
        for args in [&much[..], &little] {
            let ran = desk.run(&[&["followup"], args, &FROM].concat());
            read.push_str(&format!("== {name}\n{}\n", ran.fine()));
        }
    }
    read.replace(&one, "ONE").replace(&two, "TWO")
}

/// Each letter with nothing in it, from a library that holds nothing.
fn empty_letters(lang: &str) -> String {
    let desk = Desk::library(&[]);
    fs::remove_dir_all(desk.path("content")).unwrap();
    desk.write("content/about.md", "---\npage: true\ntitle: About\n---\n");
    let settings = desk.read("goodturn.yaml");
    let site = "base_url: https://shelf.example/";
    desk.write(
        "goodturn.yaml",
        &settings.replace("# base_url: https://example.org/", site),
    );
    desk.run(&[
        "people",
        "add",
        "Ana Ruiz",
        "--email",
        "ana@ruiz.example",
        "--lang",
        lang,
    ])
    .fine();
    let mut read = String::new();
    for name in ["met", "promised", "one-to-one", "checking-in", "thank-you"] {
        let ran = desk.run(&[&["followup", "ana", "-n", "-t", name], &FROM[..]].concat());
        assert!(ran.err.contains("nothing to give to Ana Ruiz"), "{ran:?}");
        read.push_str(&format!("== {name}\n{}\n", ran.out));
    }
    read
}

/// The two letters of an introduction.
fn introductions(desk: &Desk, lang: &str) -> String {
    for person in ["ana", "bo"] {
        desk.run(&["people", "edit", person, "--lang", lang]).fine();
    }
    let introduce = |args: &[&str]| {
        let args = [&["introduce", "ana", "bo", "-n"], args, &FROM].concat();
        desk.run(&args).fine()
    };
    format!("{}\n{}", introduce(&[]), introduce(&["--agreed"]))
}

#[test]
fn each_letter_reads_well_in_each_language() {
    let desk = desk();
    for lang in LANGS {
        insta::assert_snapshot!(format!("letters_{lang}"), letters(&desk, lang));
        insta::assert_snapshot!(format!("empty_letters_{lang}"), empty_letters(lang));
    }
}

#[test]
fn introductions_read_well_in_each_language() {
    let desk = desk();
    for lang in LANGS {
        insta::assert_snapshot!(format!("introductions_{lang}"), introductions(&desk, lang));
    }
}

#[test]
fn no_letter_mixes_two_forms_of_address() {
    let desk = desk();
    for (lang, familiar) in [
        (
            "es",
            " tú te ti tu tus contigo vosotros os vuestro vuestra vuestros vuestras ",
        ),
        ("fr", " tu te toi ton ta tes "),
        (
            "de",
            " du dich dir dein deine deinem deinen deiner ihr euch euer eure ",
        ),
        (
            "pt",
            " tu te ti teu tua teus tuas contigo você vos vosso vossa consigo ",
        ),
    ] {
        let text = letters(&desk, lang) + &introductions(&desk, lang);
        for word in text
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| !word.is_empty())
        {
            assert!(
                !familiar.contains(&format!(" {word} ")),
                "{lang}: {word}\n{text}"
            );
        }
    }
}

/// How a letter to the person of this address begins.
fn greeting(desk: &Desk, email: &str) -> String {
    let args = ["followup", email, "-n", "-t", "met", "-p", &hiring(desk)];
    let out = desk.run(&[&args[..], &FROM].concat()).fine();
    let line = out.lines().find(|line| line.starts_with("Hello "));
    line.unwrap().to_owned()
}

#[test]
fn everybody_is_greeted_by_a_right_name_wherever_it_comes_from() {
    let desk = with_people();
    let names = [
        ("Ångström, PhD", "Hello Ångström,"),
        ("Dr. Ana Ruiz", "Hello Ana,"),
        ("Bo Li Jr.", "Hello Bo,"),
        ("MARÍA LÓPEZ", "Hello María,"),
        ("van der Berg, Jan", "Hello Jan,"),
        ("José María García López", "Hello José María García López,"),
        ("Dr. Weber", "Hello Dr. Weber,"),
    ];
    let mut table = "name,email\n".to_owned();
    let mut cards = String::new();
    for (at, (name, _)) in names.iter().enumerate() {
        desk.run(&[
            "people",
            "add",
            name,
            "--email",
            &format!("added{at}@x.example"),
        ])
        .fine();
        table.push_str(&format!("\"{name}\",table{at}@x.example\n"));
        let name = name.replace(',', "\\,");
        cards.push_str(&format!(
            "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nEMAIL:card{at}@x.example\r\nEND:VCARD\r\n"
        ));
    }
    desk.write("people.csv", &table);
    desk.write("people.vcf", &cards);
    let import = desk.run(&["people", "import", "people.csv", "people.vcf"]);
    assert_eq!(import.code, Some(0), "{import:?}");
    for (at, (name, greeted)) in names.iter().enumerate() {
        for source in ["added", "table", "card"] {
            let own = greeting(&desk, &format!("{source}{at}@x.example"));
            assert_eq!(&own, greeted, "{name} from {source}");
        }
    }
    // What the user says settles it; taken away, the name is whole again.
    let email = "added5@x.example";
    desk.run(&["people", "edit", email, "--given", "José María"])
        .fine();
    assert_eq!(greeting(&desk, email), "Hello José María,");
    let card = desk.read("private/people/jose-maria-garcia-lopez.vcf");
    assert!(
        card.contains("\r\nN:García López;José María;;;\r\n"),
        "{card}"
    );
    desk.run(&["people", "edit", email, "--given", ""]).fine();
    assert_eq!(greeting(&desk, email), "Hello José María García López,");
    let jan = desk.read("private/people/van-der-berg-jan.vcf");
    assert!(jan.contains("\r\nN:van der Berg;Jan;;;\r\n"), "{jan}");
    assert!(jan.contains("\r\nFN:van der Berg\\, Jan\r\n"), "{jan}");
}
