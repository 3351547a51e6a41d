use jiff::Timestamp;
use proptest::prelude::*;

use super::compose::{Window, address};
use super::fill::{Fields, PieceFields, Someone};
use super::template::{Template, names};
use super::*;

fn somebody(name: &str, email: &str) -> Address {
    Address {
        name: name.to_owned(),
        email: Some(email.to_owned()),
    }
}

fn fields(given: &str, title: &str) -> Fields {
    let piece = PieceFields {
        title: title.to_owned(),
        summary: Some("Five that cost *nothing*.".to_owned()),
        url: "https://shelf.example/r/k7m_x/".to_owned(),
        kind: "article".to_owned(),
    };
    Fields {
        person: Someone {
            name: Some("Ana Ruiz".to_owned()),
            given: Some(given.to_owned()),
            full: Some("Ana Ruiz".to_owned()),
            ..Someone::default()
        },
        me: Someone {
            name: Some("Ann Lee".to_owned()),
            ..Someone::default()
        },
        pieces: vec![piece.clone()],
        piece: Some(piece),
        event: Some("the breakfast".to_owned()),
        library: "Ann's shelf".to_owned(),
        ..Fields::default()
    }
}

fn filled(text: &str, fields: &Fields) -> Result<Letter, String> {
    let template = Template::read("private/letters/t.md".to_owned(), text.to_owned(), "en");
    let letter = template.and_then(|template| {
        template.fill(
            fields,
            vec![somebody("Ana Ruiz", "ana@ruiz.example")],
            somebody("Ann Lee", "ann@shelf.example"),
        )
    });
    letter.map_err(|problem| problem.message)
}

#[test]
fn every_built_in_letter_fills_with_much_and_with_little() {
    let nowhere = std::path::Path::new("/nowhere");
    let named = |name: &str| Someone {
        name: Some(name.to_owned()),
        full: Some(name.to_owned()),
        ..Someone::default()
    };
    let little = Fields {
        person: named("Ana Ruiz"),
        other: Some(named("Bo Li")),
        me: Someone {
            name: Some("Ann".to_owned()),
            ..Someone::default()
        },
        ..Fields::default()
    };
    let much = Fields {
        promise: Some("the checklist".to_owned()),
        line: Some("A line of my own.".to_owned()),
        other: Some(named("Bo Li")),
        why: Some("Both of you train apprentices.".to_owned()),
        ..fields("Ana", "Ways to hire")
    };
    assert_eq!(
        names(nowhere),
        [
            "checking-in",
            "introduction",
            "may-i-introduce",
            "met",
            "one-to-one",
            "promised",
            "thank-you"
        ]
    );
    for name in names(nowhere) {
        for lang in ["en", "es", "fr", "de", "pt"] {
            let template = Template::find(nowhere, &name, lang).unwrap();
            assert_eq!(template.lang, lang);
            for fields in [&little, &much] {
                let letter = template
                    .fill(fields, Vec::new(), Address::default())
                    .unwrap();
                assert!(!letter.subject.is_empty() && !letter.text.contains("{"));
                assert!(!letter.text.contains("\n\n\n"), "{}", letter.text);
                assert_eq!(
                    tone::remarks(&letter),
                    Vec::<String>::new(),
                    "{}",
                    letter.text
                );
            }
        }
    }
}

#[test]
fn what_is_not_known_is_an_error() {
    let ana = fields("Ana", "Hiring");
    for (text, part) in [
        ("---\nsubject: Hi\n---\n{{ person.company }}", "company"),
        ("---\nsubject: '{{ promise }}'\n---\nHi", "promise"),
        ("---\nsubject: Hi\n---\n{{ nobody }}", "nobody"),
        ("---\nsubject: Hi\n---\n{{ person.given", ""),
        ("Hi", "begins with its subject"),
        ("---\nsubjekt: Hi\n---\n", "subjekt"),
    ] {
        let problem = filled(text, &ana).unwrap_err();
        assert!(problem.contains(part), "{problem}");
    }
}

#[test]
fn selling_and_talk_of_oneself_are_told() {
    let pitch = "---\nsubject: Special offer\n---\nI would love to tell you about our services. \
        We are the best, and I can give you a discount. Let me show my demo.";
    let letter = filled(pitch, &fields("Ana", "x")).unwrap();
    insta::assert_debug_snapshot!(tone::remarks(&letter), @r#"
    [
        "it sells: `our services`, `special offer`, `discount`, `demo`",
        "it speaks more of you than of them: 6 times of you, 2 times of them",
    ]
    "#);
    let long = format!("---\nsubject: Hi\n---\n{}", "you word ".repeat(80));
    let letter = filled(&long, &fields("Ana", "x")).unwrap();
    insta::assert_debug_snapshot!(tone::remarks(&letter), @r#"
    [
        "it has 160 words: few people read more than 150",
    ]
    "#);
}

#[test]
fn the_polite_forms_are_talk_of_the_reader() {
    for (lang, text) in [
        (
            "es",
            "Me alegro por usted. Les escribo por su obra, y nuestro saludo va a los suyos: a sus pies.",
        ),
        (
            "fr",
            "Je vous écris de votre chantier; nous pensons à vos clients.",
        ),
        (
            "de",
            "Ich schreibe zu Ihrem Dach und zu Ihrer Werkstatt; uns gefiel es bei Ihnen.",
        ),
        (
            "pt",
            "Eu escrevo ao senhor sobre a sua obra; nós gostamos do que lhes coube a si.",
        ),
    ] {
        let text = format!("---\nsubject: '-'\n---\n{text}");
        let template = Template::read("t.md".to_owned(), text, lang).unwrap();
        let letter = template
            .fill(&fields("Ana", "x"), Vec::new(), Address::default())
            .unwrap();
        assert_eq!(
            tone::remarks(&letter),
            Vec::<String>::new(),
            "{}",
            letter.text
        );
    }
}

#[test]
fn windows_are_opened_by_their_addresses() {
    let letter = filled("---\nsubject: A & B?\n---\nHé,\n\nyes", &fields("Ana", "x")).unwrap();
    insta::assert_snapshot!(address(&letter, Window::Mailto), @"mailto:ana@ruiz.example?subject=A%20%26%20B%3F&body=H%C3%A9%2C%0D%0A%0D%0Ayes");
    insta::assert_snapshot!(address(&letter, Window::Gmail), @"https://mail.google.com/mail/?view=cm&fs=1&to=ana%40ruiz.example&su=A%20%26%20B%3F&body=H%C3%A9%2C%0D%0A%0D%0Ayes");
    insta::assert_snapshot!(address(&letter, Window::Outlook), @"https://outlook.office.com/mail/deeplink/compose?to=ana%40ruiz.example&subject=A%20%26%20B%3F&body=H%C3%A9%2C%0D%0A%0D%0Ayes");
}

proptest! {
    #[test]
    fn an_address_is_one_or_none(email in "[a-z@. <>,;:\"\r\n]{0,20}@[a-z.\r\n >,]{1,12}") {
        let text = "---\nsubject: Hi\n---\nHi";
        let mut letter = filled(text, &fields("Ana", "x")).unwrap();
        letter.to[0].email = Some(email.clone());
        if let Ok(outgoing) = message::outgoing(&letter, Timestamp::UNIX_EPOCH) {
            // One recipient, and nothing that could begin another command of SMTP.
            let to = outgoing.envelope().to();
            prop_assert_eq!(to.len(), 1);
            prop_assert!(!to[0].to_string().contains(['\r', '\n', '<', '>', ' ']), "{}", email);
        }
    }

    #[test]
    fn no_name_and_no_title_writes_a_header_or_markup(name in any::<String>(), title in any::<String>()) {
        let text = "---\nsubject: 'For you: {{ piece.title }}'\n---\nHi {{ person.given }}, \
            [{{ piece.title }}]({{ piece.url }})";
        let mut letter = filled(text, &fields(&name, &title)).unwrap();
        letter.to[0].name = name;
        prop_assert_eq!(letter.html.matches("<a ").count(), 1, "{}", letter.html);
        let bytes = message::draft(&letter, Timestamp::UNIX_EPOCH).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let head = text.split("\r\n\r\n").next().unwrap();
        let names: Vec<&str> = head
            .split("\r\n")
            .filter(|line| !line.starts_with([' ', '\t']))
            .map(|line| line.split(':').next().unwrap())
            .collect();
        prop_assert_eq!(
            names,
            ["From", "To", "Subject", "Date", "Message-ID", "X-Unsent", "MIME-Version", "Content-Type"]
        );
        // What goes out differs by the mark of drafts, and goes to nobody else.
        let outgoing = message::outgoing(&letter, Timestamp::UNIX_EPOCH).unwrap();
        let to: Vec<String> = outgoing.envelope().to().iter().map(ToString::to_string).collect();
        prop_assert_eq!(to, ["ana@ruiz.example"]);
        let sent = String::from_utf8(outgoing.formatted()).unwrap();
        prop_assert_eq!(sent, text.replace("X-Unsent: 1\r\n", ""));
        prop_assert!(text.is_ascii() && text.split("\r\n").all(|line| line.len() <= 998));
    }
}
