//! Letters: written, kept as drafts, opened in a window; never sent.

use super::*;

/// A library with a site, and two people who were met at the same breakfast.
pub fn with_people() -> Desk {
    let desk = Desk::library(&[]);
    let settings = desk.read("goodturn.yaml");
    desk.write(
        "goodturn.yaml",
        &settings.replace(
            "# base_url: https://example.org/",
            "base_url: https://shelf.example/",
        ),
    );
    desk.write(
        "content/hiring.md",
        "---\ntitle: Hiring *your* first apprentice\nsummary: What to ask.\nindustries: [roofing]\n---\n\nAsk.\n",
    );
    desk.run(&["build"]).fine();
    let met = ["--met", "Chamber breakfast", "--on", "2026-01-01"];
    let add = |args: &[&str]| desk.run(&[&["people", "add"], args, &met].concat()).fine();
    add(&[
        "Ana Ruiz",
        "--email",
        "ana@ruiz.example",
        "--industry",
        "roofing",
    ]);
    add(&["Bo Li", "--email", "bo@li.example", "--lang", "es"]);
    desk
}

pub const FROM: [&str; 2] = ["--from", "Ann Lee <ann@shelf.example>"];

fn followup(desk: &Desk, args: &[&str]) -> Ran {
    desk.run(&[&["followup"], args, &FROM].concat())
}

/// The id of the piece about hiring.
pub fn hiring(desk: &Desk) -> String {
    let list = desk.run(&["list", "--json"]).json();
    let pieces = list.as_array().unwrap();
    let piece = pieces
        .iter()
        .find(|piece| piece["title"].as_str().unwrap().contains("Hiring"));
    piece.unwrap()["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_dry_run_shows_the_letter_and_writes_nothing() {
    let desk = with_people();
    let before = desk.files();
    let id = hiring(&desk);
    let out = followup(
        &desk,
        &["ana", "--dry-run", "--line", "Call *me* <b>any</b> time."],
    )
    .fine();
    insta::assert_snapshot!(out.replace(&id, "ID"), @"
    To: Ana Ruiz <ana@ruiz.example>
    Subject: Hiring *your* first apprentice

    Hello Ana,

    It was good to meet you at Chamber breakfast.

    Call *me* <b>any</b> time.

    Here is something that may help you:

    - Hiring *your* first apprentice <https://shelf.example/r/ID/>: What to ask.

    There is no need to answer. If something else would help you or your customers, tell me what it is.

    Best regards
    Ann Lee
    ");
    let out = followup(
        &desk,
        &["bo", "-n", "--pick", &id, "--template", "thank-you"],
    )
    .fine();
    insta::assert_snapshot!(out.replace(&id, "ID"), @"
    To: Bo Li <bo@li.example>
    Subject: Gracias

    Hola, Bo:

    Gracias por su ayuda (Chamber breakfast). Ha servido de mucho.

    Quizá esto le devuelva una parte:

    - Hiring *your* first apprentice <https://shelf.example/r/ID/>: What to ask.

    Si necesita algo, dígamelo.

    Un cordial saludo,
    Ann Lee
    ");
    // The index and the lock say nothing of a letter.
    let after = desk
        .files()
        .into_iter()
        .filter(|file| file != ".goodturn/find.index" && file != "private/ledger.lock");
    assert_eq!(after.collect::<Vec<_>>(), before);
}

#[test]
fn a_draft_is_kept_and_the_ledger_says_that_it_is_one() {
    let desk = with_people();
    let id = hiring(&desk);
    let out = followup(&desk, &["ana"]).fine();
    insta::assert_snapshot!(out.replace(&id, "ID"), @"
    Drafted for Ana Ruiz: private/letters/drafts/2026-01-02-ana-ruiz.eml
      once it is sent: goodturn sent ana-ruiz --pick ID
    ");
    followup(&desk, &["ana"]).fine();
    let first = desk.read("private/letters/drafts/2026-01-02-ana-ruiz.eml");
    let second = desk.read("private/letters/drafts/2026-01-02-ana-ruiz-2.eml");
    assert_eq!(first, second, "the same letter has the same bytes");
    let ledger = desk.read("private/ledger.jsonl");
    assert_eq!(ledger.matches("\"act\":\"drafted\"").count(), 2, "{ledger}");
    assert!(
        ledger.contains(&format!("\"resources\":[\"{id}\"]")),
        "{ledger}"
    );
    assert!(!ledger.contains("\"sent\""), "{ledger}");
    // The sender is remembered.
    desk.run(&["followup", "ana"]).fine();
    // What was only drafted was not given: it is suggested still.
    assert!(desk.run(&["suggest", "ana"]).fine().contains(&id));
    desk.run(&["people", "forget", "ana", "--yes"]).fine();
    let left = desk
        .files()
        .into_iter()
        .filter(|file| file.contains("drafts"));
    assert_eq!(left.collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn nothing_is_left_of_a_draft_that_never_came_into_the_ledger() {
    let desk = with_people();
    let id = hiring(&desk);
    followup(&desk, &["ana"]).fine();
    followup(&desk, &["bo", "--pick", &id]).fine();
    desk.run(&["handout", "new", "--for", "ana", "--pick", &id])
        .fine();
    desk.run(&["handout", "new", "--for", "bo", "--pick", &id])
        .fine();
    // As a run leaves it that is killed between the two.
    std::fs::remove_file(desk.dir.path().join("private/ledger.jsonl")).unwrap();
    let out = desk.run(&["people", "forget", "ana", "--yes"]).fine();
    let token = out.split("goodturn handout end ").nth(1).unwrap().trim();
    insta::assert_snapshot!(out.replace(token, "TOKEN"), @"
    Deleted private/people/ana-ruiz.vcf; the ledger said nothing of them; 1 letter deleted
      Letters that you sent, backups and address books that share the folder are yours to look through.
      content/handouts/TOKEN.md says their given name; if it is theirs: goodturn handout end TOKEN
    ");
    let handout = desk.read(&format!("content/handouts/{token}.md"));
    assert!(handout.contains("For Ana"), "{handout}");
    let files = desk.files();
    let left = files.iter().filter(|file| file.contains("drafts"));
    assert_eq!(
        left.collect::<Vec<_>>(),
        ["private/letters/drafts/2026-01-02-bo-li.eml"]
    );
    // One that is closed is no more to be told of.
    desk.run(&["handout", "end", token]).fine();
    desk.write(
        "private/people/ana.vcf",
        "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ana Ruiz\r\nEND:VCARD\r\n",
    );
    let out = desk.run(&["people", "forget", "ana", "--yes"]).fine();
    assert!(!out.contains("handout"), "{out}");
}

#[test]
fn other_programs_read_the_draft_as_it_was_meant() {
    let desk = with_people();
    desk.write(
        "private/letters/odd.md",
        "---\nsubject: 'Señor {{ person.name }}: 検索 {{ piece.title }} and a subject that is long enough to be folded'\n---\n\n\
         Olá {{ person.given }},\n\n.\n\nFrom here: {{ piece.url }}\n\nΓειά\n",
    );
    desk.run(&[
        "people",
        "add",
        "Zoë \"Z\" Ångström, PhD",
        "--email",
        "zoe@li.example",
    ])
    .fine();
    let ran = followup(
        &desk,
        &[
            "zoe@li.example",
            "--template",
            "odd",
            "--pick",
            &hiring(&desk),
        ],
    );
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let script = r#"
import email, email.policy, glob, sys
(path,) = glob.glob("private/letters/drafts/*.eml")
raw = open(path, "rb").read()
assert raw.isascii() and b"\n" not in raw.replace(b"\r\n", b""), "bare line breaks"
assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
message = email.message_from_bytes(raw, policy=email.policy.strict)
for part in message.walk():
    assert not part.defects, part.defects
    for value in part.values():
        assert not value.defects, (value, value.defects)
(to,) = message["To"].addresses
print(to.display_name, to.addr_spec)
print(message["From"].addresses[0].addr_spec, message["X-Unsent"], message.get_content_type())
print(message["Subject"])
print(message["Date"].datetime)
plain, html = message.iter_parts()
print(plain.get_content_type(), html.get_content_type())
print(plain.get_content())
print(html.get_content().count("<a href="))
"#;
    let python = Command::new("python3")
        .args(["-c", script])
        .current_dir(desk.dir.path())
        .output()
        .unwrap();
    let read = Ran::of(python).fine();
    insta::assert_snapshot!(read.replace(&hiring(&desk), "ID"), @r#"
    Zoë "Z" Ångström, PhD zoe@li.example
    ann@shelf.example 1 multipart/alternative
    Señor Zoë "Z" Ångström, PhD: 検索 Hiring *your* first apprentice and a subject that is long enough to be folded
    2026-01-02 12:00:00+00:00
    text/plain text/html
    Olá Zoë,

    .

    From here: https://shelf.example/r/ID/

    Γειά

    1
    "#);
}

/// A program that stands in for the one that opens addresses; it writes down what it was to open.
#[cfg(target_os = "linux")]
fn opener(desk: &Desk) -> String {
    use std::os::unix::fs::PermissionsExt;
    desk.write(
        "bin/xdg-open",
        "#!/bin/sh\nprintf %s \"$1\" > \"$OPENED.part\"; mv \"$OPENED.part\" \"$OPENED\"\n",
    );
    let path = desk.path("bin/xdg-open");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    format!("{}:/usr/bin:/bin", desk.path("bin").display())
}

#[cfg(target_os = "linux")]
#[test]
fn a_window_is_opened_with_the_letter_in_it() {
    let desk = with_people();
    let path = opener(&desk);
    let id = hiring(&desk);
    for (form, begin) in [
        ("mailto", "mailto:ana@ruiz.example?subject=Hiring%20"),
        (
            "gmail",
            "https://mail.google.com/mail/?view=cm&fs=1&to=ana%40ruiz.example&su=",
        ),
        (
            "outlook",
            "https://outlook.office.com/mail/deeplink/compose?to=ana%40ruiz.example&",
        ),
    ] {
        let opened = desk.path(&format!("opened-{form}"));
        let mut command = desk.command();
        command.args(["followup", "ana", "--to", form]).args(FROM);
        command.env("PATH", &path).env("OPENED", &opened);
        let told = Ran::of(command.output().unwrap()).fine();
        assert!(told.starts_with("Opened in "), "{told}");
        for _ in 0..500 {
            if opened.exists() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        let address = fs::read_to_string(&opened).unwrap();
        assert!(
            address.starts_with(begin) && address.contains(&id),
            "{address}"
        );
    }
    // Too long for an address, and nothing to open it with: the letter is a draft then.
    let long = "Much to say. ".repeat(150);
    for (line, path) in [(long.as_str(), path.as_str()), ("Short.", "/nowhere")] {
        let mut command = desk.command();
        command
            .args(["followup", "ana", "--to", "mailto", "--line", line])
            .args(FROM);
        let ran = Ran::of(
            command
                .env("PATH", path)
                .env("OPENED", "/nowhere/x")
                .output()
                .unwrap(),
        );
        assert!(
            ran.out
                .starts_with("Drafted for Ana Ruiz: private/letters/drafts/"),
            "{ran:?}"
        );
        assert!(ran.err.contains("warning: "), "{ran:?}");
    }
}

#[test]
fn one_letter_for_each_person_of_an_event() {
    let desk = with_people();
    desk.run(&[
        "people",
        "add",
        "Cy",
        "--met",
        "Chamber breakfast",
        "--on",
        "2026-01-01",
    ])
    .fine();
    desk.run(&[
        "people",
        "add",
        "Di",
        "--email",
        "di@x.example",
        "--met",
        "Chamber breakfast",
        "--on",
        "2025-01-01",
    ])
    .fine();
    desk.run(&[
        "people",
        "add",
        "Ed",
        "--email",
        "ed@x.example",
        "--met",
        "Chamber breakfast",
        "--on",
        "2026-01-01",
        "--do-not-contact",
    ])
    .fine();
    let ran = followup(
        &desk,
        &[
            "--event",
            "chamber breakfast 2026-01-01",
            "--pick",
            &hiring(&desk),
        ],
    );
    assert_eq!(ran.code, Some(1));
    insta::assert_snapshot!(ran.out.replace(&hiring(&desk), "ID"), @"
    Drafted for Ana Ruiz: private/letters/drafts/2026-01-02-ana-ruiz.eml
      once it is sent: goodturn sent ana-ruiz --pick ID
    Drafted for Bo Li: private/letters/drafts/2026-01-02-bo-li.eml
      once it is sent: goodturn sent bo-li --pick ID
    ");
    insta::assert_snapshot!(ran.err, @"
    error: Cy has no email address
    help: goodturn people edit cy --email ADDRESS

    1 error
    ");
}

#[test]
fn what_cannot_be_written_is_said_with_its_place() {
    let desk = with_people();
    desk.write(
        "private/letters/bad.md",
        "---\nsubject: For {{ person.given }}\n---\n\nHow is {{ person.company }}?\n",
    );
    insta::assert_snapshot!(followup(&desk, &["ana", "-n", "-t", "bad"]).err, @r#"
    error: in this letter: Field `company` is not defined. Available fields: email, full, given, name
     --> private/letters/bad.md:5:18
      |
    5 | How is {{ person.company }}?
      |                  ^^^^^^^
      |
      = help: what may be missing has a way round it: {% if event %}…{% endif %}, or {{ person?.company or "your company" }}
      = help: letters know: person and me (name, given, full, company, title, email, phone), pieces and piece (title, summary, url, kind), event, promise, line, library; introductions also other (like person) and why

    1 error
    "#);
    insta::assert_snapshot!(followup(&desk, &["ana", "-n", "-t", "mett"]).err, @"
    error: there is no letter called `mett`
    help: did you mean `met`?
    help: there are: bad, checking-in, introduction, may-i-introduce, met, one-to-one, promised, thank-you
    help: one of your own goes to private/letters/NAME.md

    1 error
    ");
    insta::assert_snapshot!(followup(&desk, &["--event", "Chamber brekfast"]).err, @r#"
    error: you met nobody at `Chamber brekfast`
    help: did you mean `Chamber breakfast`?
    help: goodturn people edit PERSON --met "NAME" --on DAY says where you met

    1 error
    "#);
    insta::assert_snapshot!(desk.run(&["followup", "ana"]).err, @r#"
    error: Ann has no email address
    help: say --from "Your Name <you@your.example>" once: it is remembered

    1 error
    "#);
    insta::assert_snapshot!(desk.run(&["followup", "ana", "--from", "ann"]).err, @r#"
    error: `ann` is no email address
    help: write it as "Ann Lee <ann@shelf.example>"

    1 error
    "#);
    desk.run(&["people", "edit", "ana", "--do-not-contact"])
        .fine();
    insta::assert_snapshot!(followup(&desk, &["ana"]).err, @"
    error: Ana Ruiz asked to be left alone
    help: if that has changed: goodturn people edit ana-ruiz --do-not-contact=no

    1 error
    ");
    // An address with a line break writes no header.
    desk.write(
        "private/people/eve.vcf",
        "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Eve\\nBcc: all@x.example\r\nEMAIL:eve@x.example\\nBcc: all@x.example\r\nEND:VCARD\r\n",
    );
    let ran = followup(&desk, &["eve", "--pick", &hiring(&desk)]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    insta::assert_snapshot!(ran.err, @"
    error: `eve@x.example Bcc: all@x.example` is no email address: Eve Bcc: all@x.example cannot be written to
    help: goodturn people edit eve --email ADDRESS

    1 error
    ");
    assert!(!desk.files().iter().any(|file| file.ends_with(".eml")));
    desk.write("private/me.vcf", "no card");
    insta::assert_snapshot!(followup(&desk, &["bo", "-n"]).err, @r#"
    error: your own card is no vCard
    --> private/me.vcf
     = help: a card goes from BEGIN:VCARD to END:VCARD; or delete it, and say --from "Your Name <you@your.example>" once

    1 error
    "#);
    let settings = desk
        .read("goodturn.yaml")
        .replace("base_url:", "# base_url:");
    desk.write("goodturn.yaml", &settings);
    desk.write("private/me.vcf", "BEGIN:VCARD\nFN:Ann\nEND:VCARD\n");
    insta::assert_snapshot!(followup(&desk, &["bo", "-n"]).refused(), @"
    error: a letter needs whole links: the library does not say where its site is
    help: write the address of the site into goodturn.yaml: base_url: https://…

    1 error
    ");
}

#[test]
fn a_letter_that_sells_is_told() {
    let desk = with_people();
    desk.write(
        "private/letters/pitch.md",
        "---\nsubject: A special offer\n---\n\nI want to show you my demo. We have a discount for our services.\n",
    );
    let ran = followup(&desk, &["ana", "-n", "-t", "pitch"]);
    assert_eq!(ran.code, Some(0));
    insta::assert_snapshot!(ran.err, @"
    warning: the letter to Ana Ruiz does not serve yet: it sells: `our services`, `special offer`, `discount`, `demo`

    warning: the letter to Ana Ruiz does not serve yet: it speaks more of you than of them: 4 times of you, 1 times of them
    ");
}

#[test]
fn two_people_are_introduced_once_both_were_asked() {
    let desk = with_people();
    desk.run(&["people", "edit", "ana", "--company", "Ruiz_Roofing_Co"])
        .fine();
    let introduce = |args: &[&str]| desk.run(&[&["introduce", "ana", "bo"], args, &FROM].concat());
    let why = ["--why", "Both of you train apprentices."];
    insta::assert_snapshot!(introduce(&[&why[..], &["-n"]].concat()).fine(), @"
    To: Ana Ruiz <ana@ruiz.example>
    Subject: May I introduce you to Bo Li?

    Hello Ana,

    Would you like to meet Bo Li?

    Both of you train apprentices.

    A yes or a no is enough. If it is a yes, you will both hear of each other in one letter. If it is a no, nobody need know that you were asked.

    Best regards
    Ann Lee


    To: Bo Li <bo@li.example>
    Subject: ¿Le presento a Ana Ruiz?

    Hola, Bo:

    ¿Le gustaría conocer a Ana Ruiz (Ruiz_Roofing_Co)?

    Both of you train apprentices.

    Basta un sí o un no. Si es un sí, la presentación les llegará en una sola carta. Si es un no, nadie tiene por qué saber que se lo pregunté.

    Un cordial saludo,
    Ann Lee
    ");
    insta::assert_snapshot!(introduce(&[&why[..], &["-n", "--agreed"]].concat()).fine(), @"
    To: Ana Ruiz <ana@ruiz.example>, Bo Li <bo@li.example>
    Subject: Ana Ruiz, meet Bo Li

    Hello Ana and Bo,

    You both said that you would like to meet.

    Both of you train apprentices.

    - Ana Ruiz, Ruiz_Roofing_Co: ana@ruiz.example
    - Bo Li: bo@li.example

    From here on it is yours. Each of you has the other's address now.

    Best regards
    Ann Lee
    ");
    assert!(!desk.files().iter().any(|file| file.ends_with(".eml")));
    insta::assert_snapshot!(introduce(&why).fine(), @"
    Drafted for Ana Ruiz: private/letters/drafts/2026-01-02-ana-ruiz.eml
      once it is sent: wait for the answer; when both said yes: goodturn introduce ana-ruiz bo-li --agreed
    Drafted for Bo Li: private/letters/drafts/2026-01-02-bo-li.eml
      once it is sent: wait for the answer; when both said yes: goodturn introduce ana-ruiz bo-li --agreed
    ");
    insta::assert_snapshot!(introduce(&["--agreed"]).fine(), @"
    Drafted for Ana Ruiz and Bo Li: private/letters/drafts/2026-01-02-ana-ruiz-and-bo-li.eml
      once it is sent: goodturn introduce ana-ruiz bo-li --done
    ");
    let both = desk.read("private/letters/drafts/2026-01-02-ana-ruiz-and-bo-li.eml");
    assert!(
        both.contains("To: \"Ana Ruiz\" <ana@ruiz.example>, \"Bo Li\" <bo@li.example>\r\n"),
        "{both}"
    );
    insta::assert_snapshot!(desk.run(&["introduce", "ana", "bo", "--done"]).fine(), @"Recorded: Ana Ruiz and Bo Li were introduced");
    let ledger = desk.read("private/ledger.jsonl");
    assert_eq!(ledger.matches("\"drafted\"").count(), 3, "{ledger}");
    assert_eq!(ledger.matches("\"introduced\"").count(), 1, "{ledger}");
    insta::assert_snapshot!(desk.run(&["introduce", "ana", "ana@ruiz.example"]).refused(), @"
    error: Ana Ruiz is both of them
    help: name two people

    1 error
    ");
    desk.run(&["people", "edit", "bo", "--do-not-contact"])
        .fine();
    insta::assert_snapshot!(introduce(&[]).refused(), @"
    error: Bo Li asked to be left alone
    help: if that has changed: goodturn people edit bo-li --do-not-contact=no

    1 error
    ");
}

#[test]
fn a_letter_says_as_promised_only_of_what_was_promised() {
    let desk = Desk::library(&[]);
    let piece = |name: &str, title: &str, rest: &str| {
        let text = format!("---\ntitle: {title}\nsummary: What to do.\n{rest}\n---\nText.\n");
        desk.write(&format!("content/{name}.md"), &text);
    };
    piece("gutter", "The gutter guide", "industries: [roofing]");
    piece("check", "Checklist for hiring", "general: true");
    desk.write(
        "goodturn.yaml",
        "title: S\nbase_url: https://shelf.example/\n",
    );
    desk.run(&["build"]).fine();
    let add = [
        "people",
        "add",
        "Ana Ruiz",
        "--industry",
        "roofing",
        "--email",
        "a@r.example",
    ];
    desk.run(&[&add[..], &["--promise", "the checklist for hiring"]].concat())
        .fine();
    let out = followup(&desk, &["ana", "-n"]).fine();
    assert!(
        out.contains("Subject: As promised: the checklist for hiring\n"),
        "{out}"
    );
    assert!(out.contains("- Checklist for hiring <"), "{out}");
    // Words that only hold others together are no reason.
    let why = desk.run(&["suggest", "ana"]).fine();
    assert!(
        why.contains("mentions checklist and hiring, which you promised"),
        "{why}"
    );
    assert!(
        !why.contains("the,") && !why.contains("mentions the"),
        "{why}"
    );

    // What was asked for now is no promise, and what nobody has is none either.
    let about = followup(&desk, &["ana", "-n", "--about", "gutter"]).fine();
    assert!(about.contains("Subject: The gutter guide\n"), "{about}");
    desk.run(&["kept", "ana"]).fine();
    desk.run(&["people", "edit", "ana", "--promise", "introduction to Bo"])
        .fine();
    let ran = followup(&desk, &["ana", "-n"]);
    assert!(!ran.out.contains("promised"), "{}", ran.out);
    insta::assert_snapshot!(ran.err, @r#"
    warning: you promised Ana Ruiz "introduction to Bo", which this is not
    help: if it is: --template promised; if it was kept otherwise: goodturn kept ana-ruiz
    "#);
    let ran = followup(&desk, &["ana", "-n", "--template", "promised"]);
    assert!(
        ran.out.contains("As promised: introduction to Bo"),
        "{}",
        ran.out
    );
    assert_eq!(ran.err, "");
}

#[test]
fn nothing_is_left_of_somebody_in_letters_to_others() {
    let desk = with_people();
    desk.run(&["people", "add", "Zoë Kühn", "--email", "zoe@kuehn.example"])
        .fine();
    desk.run(&[&["introduce", "ana", "zoe"][..], &FROM].concat())
        .fine();
    desk.run(&["sent", "ana", "--note", "Told her of Zoë Kühn"])
        .fine();
    desk.write(
        "private/letters/sent/2026-01-01-bo-li.eml",
        "To: Bo Li <bo@li.example>\nSubject: Hello\n\nYou will like\nZoë Kühn.\n",
    );
    let out = desk.run(&["people", "forget", "zoe", "--yes"]).fine();
    insta::assert_snapshot!(out, @"
    Deleted private/people/zoe-kuhn.vcf; 3 lines of the ledger blanked; 2 letters deleted
      Letters that you sent, backups and address books that share the folder are yours to look through.
      private/letters/sent/2026-01-01-bo-li.eml, to somebody else, names them
    ");
    let ledger = desk.read("private/ledger.jsonl").to_lowercase();
    assert!(!ledger.contains("zo"), "{ledger}");
    // That Ana was written to is known still.
    assert_eq!(ledger.matches("\"act\":\"sent\"").count(), 1, "{ledger}");
    let files = desk.files();
    let drafts: Vec<&String> = files
        .iter()
        .filter(|file| file.contains("drafts"))
        .collect();
    assert_eq!(drafts, Vec::<&String>::new());
}

#[test]
fn what_is_written_in_a_letter_is_not_lost() {
    let desk = with_people();
    desk.write(
        "private/letters/short.md",
        "---\nsubject: Hello\n---\n\nHello {{ person.given }}.\n",
    );
    let line = ["ana", "-n", "-t", "short", "--line", "Call me."];
    insta::assert_snapshot!(followup(&desk, &line).refused(), @"
    error: private/letters/short.md has no place for a line of your own
    help: write {{ line }} into it, or leave --line away

    1 error
    ");
    followup(&desk, &line[..4]).fine();
    desk.write(
        "private/letters/slip.md",
        "---\nsubject: Hello\n---\n\nFirms like {{ person?.compny or \"yours\" }}.\n",
    );
    let ran = followup(&desk, &["ana", "-n", "-t", "slip"]);
    insta::assert_snapshot!(ran.err, @r#"
    error: letters know nothing called `compny`
     --> private/letters/slip.md:5:23
      |
    5 | Firms like {{ person?.compny or "yours" }}.
      |                       ^^^^^^
      |
      = help: did you mean `company`?
      = help: what is known: name, given, full, company, title, email, phone

    1 error
    "#);
    // Why there is nothing is said.
    desk.run(&["people", "edit", "ana", "--lang", "fr"]).fine();
    insta::assert_snapshot!(desk.run(&["suggest", "ana"]).fine(), @"
    For Ana Ruiz (roofing):

    Nothing for this trade yet: Roofing. 1 person you know would be served by it.

    They read `fr`, and the library has nothing in it: its pieces are in `en`. If they read that, too: goodturn people edit ana-ruiz --lang en
    ");
}
