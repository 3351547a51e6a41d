//! `goodturn me`: the user's own card, shown, changed, and handed out.

use std::path::Path;

use calcard::vcard::{VCard, VCardProperty, VCardVersion};
use calcard::{Entry, Parser};

use super::Desk;
use super::sheet::{pages, tool};

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write(
        "goodturn.yaml",
        "title: Ann's shelf\nbase_url: https://shelf.example/\n",
    );
    desk.write(
        "content/a.md",
        "---\ntitle: A\nsummary: S\ngeneral: true\n---\nA.\n",
    );
    desk
}

const WHO: &[&str] = &[
    "me",
    "--name",
    "Ann O'Neil Lee",
    "--company",
    "Lee; Sons, & Co.",
    "--title",
    "Owner",
    "--email",
    "ann@shelf.example",
    "--phone",
    "+1 555 010 0199",
];

fn parsed(text: &str) -> VCard {
    match Parser::new(text).entry() {
        Entry::VCard(card) => card,
        other => panic!("{other:?}"),
    }
}

fn value(card: &VCard, property: &VCardProperty) -> String {
    let values = card.property(property).unwrap().values.iter();
    let values = values.map(|value| value.as_text().unwrap_or_default().to_owned());
    values.collect::<Vec<_>>().join("|")
}

/// Sees to it that a card says who Ann is, and nothing that she keeps to herself.
fn is_ann(text: &str) {
    let card = parsed(text);
    for (property, expected) in [
        (VCardProperty::Fn, "Ann O'Neil Lee"),
        (VCardProperty::N, "Lee|Ann O'Neil|||"),
        (VCardProperty::Org, "Lee; Sons, & Co."),
        (VCardProperty::Title, "Owner"),
        (VCardProperty::Email, "ann@shelf.example"),
        (VCardProperty::Tel, "+1 555 010 0199"),
    ] {
        assert_eq!(value(&card, &property), expected, "{text}");
    }
    assert!(text.contains("URL:https://shelf.example/"), "{text}");
    for own in ["NOTE", "UID", "X-", "secret"] {
        assert!(!text.contains(own), "{own} in {text}");
    }
}

/// What the code on a picture says.
fn scanned(picture: &Path) -> String {
    let args = [
        "-q",
        "--raw",
        "-Sdisable",
        "-Sqrcode.enable",
        picture.to_str().unwrap(),
    ];
    tool("zbarimg", &args, false)
}

#[test]
fn the_card_is_kept_shown_and_changed() {
    let desk = desk();
    insta::assert_snapshot!(desk.run(&["me"]).refused(), @r#"
    error: you have no card yet
    help: say who you are: goodturn me --name "Ann Lee" --email ann@shelf.example

    1 error
    "#);
    insta::assert_snapshot!(desk.run(WHO).fine(), @"
    Ann O'Neil Lee
      company   Lee; Sons, & Co.
      title     Owner
      email     ann@shelf.example
      phone     +1 555 010 0199
      web site  https://shelf.example/
    Kept in private/me.vcf
    ");
    insta::assert_snapshot!(desk.read("private/me.vcf").replace('\r', ""), @r#"
    BEGIN:VCARD
    VERSION:4.0
    FN:Ann O'Neil Lee
    ORG:Lee\; Sons\, & Co.
    TITLE:Owner
    EMAIL:ann@shelf.example
    TEL:+1 555 010 0199
    END:VCARD
    "#);
    // What the card says besides stays, and is not handed out.
    let text = desk
        .read("private/me.vcf")
        .replace("END:VCARD", "NOTE:secret\r\nX-OWN:secret\r\nEND:VCARD");
    desk.write("private/me.vcf", &text);
    insta::assert_snapshot!(desk.run(&["me", "--phone", "", "--title", "Founder"]).fine(), @"
    Ann O'Neil Lee
      company   Lee; Sons, & Co.
      title     Founder
      email     ann@shelf.example
      web site  https://shelf.example/
    Kept in private/me.vcf
    ");
    assert!(
        desk.read("private/me.vcf")
            .contains("NOTE:secret\r\nX-OWN:secret\r\n")
    );
    insta::assert_snapshot!(desk.run(&["me", "--email", "nobody"]).refused(), @"
    error: `nobody` is no email address
    help: write it like ann@shelf.example

    1 error
    ");
    insta::assert_snapshot!(desk.run(&["me", "--name", " "]).refused(), @r#"
    error: a card without a name is none
    help: give --name "Ann Lee"

    1 error
    "#);
    insta::assert_snapshot!(desk.run(&["me", "--url", "shelf"]).refused(), @"
    error: `shelf` is no address of a web site
    help: begin it with https://

    1 error
    ");
}

#[test]
fn what_init_kept_is_the_card() {
    let desk = Desk::new();
    desk.run(&[
        "init",
        "lib",
        "--yes",
        "--name",
        "Ann Lee",
        "--email",
        "ann@shelf.example",
    ])
    .fine();
    insta::assert_snapshot!(desk.run(&["-C", "lib", "me"]).fine(), @"
    Ann Lee
      email     ann@shelf.example
    ");
}

#[test]
fn the_card_is_handed_out() {
    let desk = desk();
    desk.run(WHO).fine();
    let text = desk
        .read("private/me.vcf")
        .replace("END:VCARD", "NOTE:secret\r\nX-OWN:secret\r\nEND:VCARD");
    desk.write("private/me.vcf", &text);
    assert_eq!(
        desk.run(&["me", "--vcf", "ann.vcf"]).fine(),
        "Made ann.vcf\n"
    );
    let vcf = desk.read("ann.vcf");
    is_ann(&vcf);
    assert_eq!(parsed(&vcf).version(), Some(VCardVersion::V4_0));
    assert!(
        vcf.split("\r\n")
            .all(|line| line.len() <= 75 && !line.contains('\n')),
        "{vcf}"
    );

    for out in ["ann.png", "ann.svg", "ann.pdf"] {
        assert_eq!(
            desk.run(&["me", "--qr", out]).fine(),
            format!("Made {out}\n")
        );
    }
    let from_png = scanned(&desk.path("ann.png"));
    is_ann(&from_png);
    assert_eq!(parsed(&from_png).version(), Some(VCardVersion::V3_0));
    is_ann(&scanned(&pages(&desk.path("ann.pdf"))[0]));
    let svg = desk.read("ann.svg");
    assert!(roxmltree::Document::parse(&svg).is_ok());
    insta::assert_snapshot!(desk.run(&["me", "--qr", "ann.doc"]).refused(), @"
    error: ann.doc is no name of a picture
    help: end it with .svg, .png or .pdf

    1 error
    ");
}

/// The terminal's characters as a picture: each is two squares, one above the other.
fn picture(desk: &Desk, shown: &str) -> std::path::PathBuf {
    const SIDE: usize = 6;
    let mut rows: Vec<Vec<bool>> = Vec::new();
    for line in shown.lines() {
        let line = line
            .replace("\u{1b}[38;5;16;48;5;231m", "")
            .replace("\u{1b}[0m", "");
        rows.push(line.chars().map(|c| matches!(c, '█' | '▀')).collect());
        rows.push(line.chars().map(|c| matches!(c, '█' | '▄')).collect());
    }
    let width = rows.iter().map(Vec::len).max().unwrap();
    let mut text = format!("P1\n{} {}\n", width * SIDE, rows.len() * SIDE);
    for row in rows.iter().flat_map(|row| [row; SIDE]) {
        for x in 0..width * SIDE {
            text.push(if row.get(x / SIDE) == Some(&true) {
                '1'
            } else {
                '0'
            });
        }
        text.push('\n');
    }
    desk.write("screen.pbm", &text);
    desk.path("screen.pbm")
}

#[test]
fn a_phone_reads_it_off_the_screen() {
    let desk = desk();
    desk.run(WHO).fine();
    let shown = desk.run(&["me", "--terminal", "--color", "always"]).fine();
    assert!(shown.contains("\u{1b}[38;5;16;48;5;231m"));
    is_ann(&scanned(&picture(&desk, &shown)));
    // Without colours it is black as on paper.
    let plain = desk.run(&["me", "--terminal", "--color", "never"]).fine();
    assert!(!plain.contains('\u{1b}'));
    is_ann(&scanned(&picture(&desk, &plain)));
}

#[test]
fn a_card_may_be_too_large_for_a_code() {
    let desk = desk();
    desk.run(WHO).fine();
    let long = "x".repeat(300);
    desk.run(&["me", "--title", &long]).fine();
    let ran = desk.run(&["me", "--qr", "ann.png"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), "Made ann.png\n"));
    insta::assert_snapshot!(ran.err, @r#"
    warning: the code has 85 × 85 squares: phones read it badly from a screen or a small print
    help: leave something out: a shorter title or company, or --url ""
    "#);
    desk.run(&["me", "--title", &"x".repeat(3_000)]).fine();
    let ran = desk.run(&["me", "--qr", "more.png"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    insta::assert_snapshot!(ran.err, @r#"
    error: 3183 bytes are too many for a QR code, which holds 2,331
    help: leave something out: a shorter title or company, or --url ""

    1 error
    "#);
    assert!(!desk.path("more.png").exists());
}
