//! Handouts: pages that only those can find who have the address.

use super::followup::{hiring, with_people};
use super::*;

const TOKEN: &str = "kkkk2pbbn3wq7rtxzs5mvcd9fgh";
const OTHER: &str = "dddd2pbbn3wq7rtxzs5mvcd9fgh";
const THIRD: &str = "bbbb2pbbn3wq7rtxzs5mvcd9fgh";

/// Writes a handout as a user might, with these lines in its head.
fn write(desk: &Desk, token: &str, lines: &str) {
    let text = format!("---\nkind: handout\ntitle: For Zelda\n{lines}\n---\n");
    desk.write(&format!("content/handouts/{token}.md"), &text);
}

fn page(desk: &Desk, token: &str) -> String {
    desk.read(&format!("public/h/{token}/index.html"))
}

/// The files of the site that hold a word, whatever they are.
fn holding(desk: &Desk, word: &str) -> Vec<String> {
    let holds = |file: &String| {
        let bytes = fs::read(desk.path(file)).unwrap();
        file.contains(word)
            || bytes
                .windows(word.len())
                .any(|part| part == word.as_bytes())
    };
    let files = desk.files().into_iter();
    let mut site = files.filter(|file| file.starts_with("public/"));
    let found: Vec<String> = site.by_ref().filter(holds).collect();
    found
}

#[test]
fn its_page_holds_the_pieces_and_nothing_else_of_the_site_tells_of_it() {
    let desk = with_people();
    let id = hiring(&desk);
    let link =
        "---\ntitle: Safe roofs\nwhy: Falls end firms.\nlink: https://safe.example/falls\n---\n";
    desk.write("content/links/safe.md", link);
    desk.builds_clean();
    let before = desk.read("public/_redirects") + &desk.read("public/sitemap.xml");
    let list = desk.run(&["list", "--json"]).json();
    let list = list.as_array().unwrap().clone();
    let safe = list.iter().find(|piece| piece["title"] == "Safe roofs");
    let safe = safe.unwrap()["id"].as_str().unwrap().to_owned();
    let lines = format!("line: It was good to meet you.\nresources: [{id}, {safe}, {id}]");
    write(&desk, TOKEN, &lines);
    desk.builds_clean();

    let page = page(&desk, TOKEN);
    let head = page.split("<link rel=\"icon\"").next().unwrap();
    insta::assert_snapshot!(head.trim_end(), @r##"
    <!doctype html>
    <html lang="en" dir="ltr">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>For Zelda · Ann&#39;s shelf</title>
    <meta name="robots" content="noindex, nofollow">
    <meta name="referrer" content="no-referrer">
    <meta name="generator" content="Goodturn 0.1.0">
    <meta name="color-scheme" content="light dark">
    <meta name="theme-color" content="#fdfbf7" media="(prefers-color-scheme: light)">
    <meta name="theme-color" content="#15191c" media="(prefers-color-scheme: dark)">
    "##);
    for part in [
        "It was good to meet you.",
        "Hiring *your* first apprentice",
        "Falls end firms.",
        "<a class=\"button button-quiet\" href=\"https://safe.example/falls\" rel=\"noopener noreferrer external\">",
        "2 pieces",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }

    // Its own page is the only file that knows its address or its title.
    let own = format!("public/h/{TOKEN}/index.html");
    assert_eq!(holding(&desk, TOKEN), [own.as_str()]);
    assert_eq!(holding(&desk, "Zelda"), [own.as_str()]);
    // The rules and lists are what they were.
    let after = desk.read("public/_redirects") + &desk.read("public/sitemap.xml");
    assert_eq!(after, before);
    // It has no short address, which could be guessed.
    let lock = desk.read("goodturn.lock");
    let short = lock.lines().find(|line| line.contains(TOKEN)).unwrap();
    let short = short.split(' ').nth(2).unwrap();
    assert!(!desk.path(&format!("public/r/{short}")).exists(), "{lock}");
    // A server that lists folders without a page shows this one instead.
    assert!(desk.read("public/h/index.html").contains("noindex"));
    // Commands that show pieces do not show it.
    for args in [
        &["list"][..],
        &["list", "--json"],
        &["list", "--drafts"],
        &["find", "Zelda"],
        &["find", "meet"],
        &["suggest", "ana"],
    ] {
        let ran = desk.run(args);
        assert!(
            !(ran.out.contains("Zelda") || ran.out.contains(TOKEN)),
            "{ran:?}"
        );
    }
}

#[test]
fn one_that_is_over_says_so_and_shows_nothing_of_what_it_held() {
    let desk = with_people();
    let id = hiring(&desk);
    write(
        &desk,
        TOKEN,
        &format!("line: For your eyes.\nexpires: 2026-01-03\nresources: [{id}]"),
    );
    write(&desk, OTHER, &format!("resources: [{id}]"));
    desk.builds_clean();
    assert!(page(&desk, TOKEN).contains("This page is open until January 3, 2026."));
    write(
        &desk,
        TOKEN,
        &format!("line: For your eyes.\nexpires: 2026-01-02\nresources: [{id}]"),
    );
    write(&desk, OTHER, "retired: true");
    desk.builds_clean();
    for (token, says) in [
        (TOKEN, "This page was open until January 2, 2026."),
        (OTHER, "What was here is no longer shared."),
    ] {
        let page = page(&desk, token);
        assert!(page.contains(says), "{page}");
        assert!(page.contains("noindex, nofollow") && page.contains("no-referrer"));
        for gone in ["Zelda", "For your eyes", "Hiring"] {
            assert!(!page.contains(gone), "{gone}: {page}");
        }
    }
    assert_eq!(holding(&desk, TOKEN).len(), 1);
}

#[test]
fn picks_that_readers_could_not_open_are_errors_with_their_place() {
    let desk = with_people();
    let id = hiring(&desk);
    let piece = |name: &str, id: &str, lines: &str| {
        let text = format!("---\ntitle: {name}\nid: {id}\n{lines}\n---\n\nText.\n");
        desk.write(&format!("content/{name}.md"), &text);
    };
    piece("draft", "ddddd", "draft: true");
    piece("later", "fffff", "date: 2026-02-01");
    piece("retired", "ggggg", "retired: true");
    piece("expired", "hhhhh", "expires: 2026-01-01");
    piece("moved", "jjjjj", "replaced_by: hiring.md");
    piece("away", "kkkkk", "replaced_by: https://a.example/");
    piece("page", "mmmmm", "page: true");
    let all = format!("resources: [ddddd, fffff, ggggg, hhhhh, jjjjj, kkkkk, mmmmm, zzzz3, {id}]");
    write(&desk, TOKEN, &all);
    let ran = desk.run(&["check"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    insta::assert_snapshot!(ran.err.replace(&id, "ID"), @"
    error: the piece `ddddd` is a draft: content/draft.md
     --> content/handouts/kkkk2pbbn3wq7rtxzs5mvcd9fgh.md:4:13
      |
    4 | resources: [ddddd, fffff, ggggg, hhhhh, jjjjj, kkkkk, mmmmm, zzzz3, ID]
      |             ^^^^^
      |
      = help: publish it, or take it out: readers could not open it

    error: the piece `fffff` is scheduled for a later day: content/later.md
     --> content/handouts/kkkk2pbbn3wq7rtxzs5mvcd9fgh.md:4:20
      |
    4 | resources: [ddddd, fffff, ggggg, hhhhh, jjjjj, kkkkk, mmmmm, zzzz3, ID]
      |                    ^^^^^
      |
      = help: publish it, or take it out: readers could not open it

    error: the piece `ggggg` is retired: content/retired.md
     --> content/handouts/kkkk2pbbn3wq7rtxzs5mvcd9fgh.md:4:27
      |
    4 | resources: [ddddd, fffff, ggggg, hhhhh, jjjjj, kkkkk, mmmmm, zzzz3, ID]
      |                           ^^^^^
      |
      = help: take it out, or pick another piece

    warning: the piece `hhhhh` has expired, and is left out
     --> content/handouts/kkkk2pbbn3wq7rtxzs5mvcd9fgh.md:4:34
      |
    4 | resources: [ddddd, fffff, ggggg, hhhhh, jjjjj, kkkkk, mmmmm, zzzz3, ID]
      |                                  ^^^^^
      |
      = help: it is content/expired.md
      = help: take it out, or pick another piece

    error: the piece `kkkkk` was replaced by a page elsewhere
     --> content/handouts/kkkk2pbbn3wq7rtxzs5mvcd9fgh.md:4:48
      |
    4 | resources: [ddddd, fffff, ggggg, hhhhh, jjjjj, kkkkk, mmmmm, zzzz3, ID]
      |                                                ^^^^^
      |
      = help: it is content/away.md
      = help: take it out, or pick another piece

    error: `mmmmm` is a page, which is no piece to give
     --> content/handouts/kkkk2pbbn3wq7rtxzs5mvcd9fgh.md:4:55
      |
    4 | resources: [ddddd, fffff, ggggg, hhhhh, jjjjj, kkkkk, mmmmm, zzzz3, ID]
      |                                                       ^^^^^
      |
      = help: take it out, or pick another piece

    error: no piece of this library has the id `zzzz3`
     --> content/handouts/kkkk2pbbn3wq7rtxzs5mvcd9fgh.md:4:62
      |
    4 | resources: [ddddd, fffff, ggggg, hhhhh, jjjjj, kkkkk, mmmmm, zzzz3, ID]
      |                                                              ^^^^^
      |
      = help: `goodturn list` shows the ids

    6 errors, 1 warning
    ");
    // What took the place of a piece is shown in its place; what expired is left out.
    write(&desk, TOKEN, "resources: [jjjjj, hhhhh]");
    let ran = desk.run(&["build"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(page(&desk, TOKEN).contains("1 piece<"));
    assert!(page(&desk, TOKEN).contains("Hiring *your* first apprentice"));
    // A handout that is over asks for nothing.
    write(&desk, TOKEN, "resources: [ggggg]\nretired: true");
    assert_eq!(desk.run(&["check"]).code, Some(0));
}

#[test]
fn one_without_a_title_is_not_called_by_its_token() {
    let desk = with_people();
    let text = format!(
        "---\nkind: handout\nresources: [{}]\n---\n\nHello.\n",
        hiring(&desk)
    );
    desk.write(&format!("content/handouts/{TOKEN}.md"), &text);
    desk.builds_clean();
    let page = page(&desk, TOKEN);
    assert!(
        page.contains("<h1>For you</h1>") && page.contains("<p>Hello.</p>"),
        "{page}"
    );
    assert!(!page.contains("bbn3"), "{page}");
}

#[test]
fn what_would_give_an_address_away_is_refused() {
    let desk = with_people();
    let id = hiring(&desk);
    write(&desk, "ana", &format!("resources: [{id}]"));
    write(
        &desk,
        TOKEN,
        &format!("aliases: [/for-zelda/]\nresources: [{id}]"),
    );
    write(&desk, OTHER, "line: Nothing yet.");
    desk.write("content/book/SUMMARY.md", &format!("- [One]({THIRD}.md)\n"));
    let chapter = format!("---\nkind: handout\nresources: [{id}]\n---\n\nText.\n");
    desk.write(&format!("content/book/{THIRD}.md"), &chapter);
    desk.write(
        "content/notes.md",
        &format!("---\ntitle: Notes\ngeneral: true\n---\n\nSee [this](handouts/{TOKEN}.md), or [that](/h/{OTHER}/).\n"),
    );
    let ran = desk.run(&["check"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    insta::assert_snapshot!(ran.err, @"
    error: a handout is no chapter of a book: everybody would find it
    --> content/book/bbbb2pbbn3wq7rtxzs5mvcd9fgh.md
     = help: move it out of the book's folder: to content/handouts/

    error: the address of this handout could be guessed
    --> content/handouts/ana.md
     = help: `goodturn handout new` makes a file with a name that nobody can guess
     = help: or name it with 27 random characters of 23456789bcdfghjkmnpqrstvwxz

    error: this handout holds no piece
    --> content/handouts/dddd2pbbn3wq7rtxzs5mvcd9fgh.md
     = help: give it the ids of some: resources: [k7mpx]; `goodturn list` shows them
     = help: to end it, write `retired: true`

    error: a handout has no aliases: they would tell where it is
     --> content/handouts/kkkk2pbbn3wq7rtxzs5mvcd9fgh.md:4:1
      |
    4 | aliases: [/for-zelda/]
      | ^^^^^^^
      |
      = help: take `aliases` out

    error: this leads to a handout, which everybody would find then
     --> content/notes.md:6:5
      |
    6 | See [this](handouts/kkkk2pbbn3wq7rtxzs5mvcd9fgh.md), or [that](/h/dddd2pbbn3wq7rtxzs5mvcd9fgh/).
      |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: give its address only to those whom it is for

    error: this leads to a handout, which everybody would find then
     --> content/notes.md:6:57
      |
    6 | See [this](handouts/kkkk2pbbn3wq7rtxzs5mvcd9fgh.md), or [that](/h/dddd2pbbn3wq7rtxzs5mvcd9fgh/).
      |                                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: give its address only to those whom it is for

    6 errors
    ");
}

#[test]
fn a_theme_that_would_give_it_away_is_refused() {
    let desk = with_people();
    write(&desk, TOKEN, &format!("resources: [{}]", hiring(&desk)));
    desk.write(
        "templates/handout.html",
        "<title>{{ page.title }}</title>\n<meta name=\"robots\" content=\"noindex\">\n",
    );
    let ran = desk.run(&["build"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    insta::assert_snapshot!(ran.err, @"
    error: the page of a handout must say `no-referrer` in its head
    --> templates/handout.html
     = help: take over the block `head` of the built-in handout.html

    1 error
    ");
}

#[test]
fn one_is_never_taken_for_another_and_keeps_its_address() {
    let desk = with_people();
    let id = hiring(&desk);
    let lines = format!("line: It was good to meet you.\nresources: [{id}]");
    write(&desk, TOKEN, &lines);
    desk.builds_clean();
    // Gone, and one that says the very same in its place: that is no move.
    fs::remove_file(desk.path(&format!("content/handouts/{TOKEN}.md"))).unwrap();
    write(&desk, OTHER, &lines);
    let ran = desk.run(&["build"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    insta::assert_snapshot!(ran.err, @"
    error: content/handouts/kkkk2pbbn3wq7rtxzs5mvcd9fgh.md is gone, but was published at /h/kkkk2pbbn3wq7rtxzs5mvcd9fgh/
     --> goodturn.lock:9:1
      |
    9 | /h/kkkk2pbbn3wq7rtxzs5mvcd9fgh/ -> czzc7 handouts/kkkk2pbbn3wq7rtxzs5mvcd9fgh.md 0000000000000000
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ links to this address were given out, and must lead somewhere
      |
      = help: take the file back from where it is
      = help: or end it: `goodturn handout end kkkk2pbbn3wq7rtxzs5mvcd9fgh` writes a page that says so

    1 error
    ");
    // In another folder it is itself.
    let text = format!("---\nkind: handout\ntitle: For Zelda\n{lines}\n---\n");
    desk.write(&format!("content/people/{TOKEN}.md"), &text);
    desk.builds_clean();
    assert!(page(&desk, TOKEN).contains("It was good to meet you."));
    // What took its place is not told of in the rules that everybody can read.
    desk.write(
        &format!("content/people/{TOKEN}.md"),
        &format!("---\nkind: handout\nreplaced_by: '@/handouts/{OTHER}.md'\n---\n"),
    );
    desk.builds_clean();
    assert!(page(&desk, TOKEN).contains(OTHER));
    assert_eq!(
        holding(&desk, OTHER),
        [
            format!("public/h/{OTHER}/index.html"),
            format!("public/h/{TOKEN}/index.html")
        ]
    );
    assert_eq!(
        holding(&desk, TOKEN),
        [format!("public/h/{TOKEN}/index.html")]
    );
}

/// Makes a handout; gives its token, its file's text, and all that was said.
fn made(desk: &Desk, args: &[&str]) -> (String, String, Ran) {
    let before = desk.files();
    let ran = desk.run(&[&["handout", "new"], args].concat());
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let new: Vec<String> = desk
        .files()
        .into_iter()
        .filter(|file| !before.contains(file))
        .collect();
    let [file] = new.as_slice() else {
        panic!("{new:?}");
    };
    let token = file.strip_prefix("content/handouts/").unwrap();
    let token = token.strip_suffix(".md").unwrap().to_owned();
    assert_eq!(token.len(), 27);
    (token, desk.read(file), ran)
}

#[test]
fn one_for_a_person_shows_a_given_name_and_nothing_else_of_them() {
    let desk = with_people();
    let id = hiring(&desk);
    desk.run(&["people", "edit", "ana", "--phone", "+1 555 010 0199"])
        .fine();
    desk.run(&["people", "note", "ana", "Sold her van"]).fine();
    let address = format!("https://shelf.example/r/{id}/");
    let args = [
        "--for",
        "ana",
        "--pick",
        &address,
        "-l",
        "You asked: \"who pays?\"",
        "--expires",
        "30d",
    ];
    let (token, text, ran) = made(&desk, &args);
    insta::assert_snapshot!(text.replace(&id, "IDIDI"), @r#"
    ---
    kind: handout
    title: For Ana
    line: "You asked: \"who pays?\""
    date: 2026-01-02
    expires: 2026-02-01
    resources: ["IDIDI"]
    ---
    "#);
    let shown = ran.out.replace(&token, "TOKEN").replace(&id, "IDIDI");
    insta::assert_snapshot!(shown, @"
    https://shelf.example/h/TOKEN/
      its file: content/handouts/TOKEN.md
      nobody can open it before the site is built and uploaded
      a letter with it: goodturn followup ana-ruiz --handout TOKEN
      once you gave it otherwise: goodturn sent ana-ruiz --pick IDIDI
    ");
    assert_eq!(ran.err, "");
    desk.builds_clean();
    let page = page(&desk, &token);
    assert!(page.contains("<h1>For Ana</h1>"), "{page}");
    for private in ["Ruiz", "ruiz", "0199", "van", "Chamber", "roofing"] {
        let own = page.replace("/industries/roofing/", "");
        assert!(!own.contains(private), "{private}: {page}");
    }
    // The next one is another one.
    let (other, ..) = made(&desk, &["--for", "ana", "--pick", &id]);
    assert_ne!(other, token);
}

#[test]
fn it_speaks_the_language_of_whom_it_is_for() {
    let desk = with_people();
    let id = hiring(&desk);
    let (token, text, _) = made(&desk, &["--for", "bo@li.example", "--pick", &id]);
    assert!(text.contains("title: Para Bo\nlang: es\n"), "{text}");
    desk.builds_clean();
    let page = page(&desk, &token);
    assert!(
        page.contains("<html lang=\"es\"") && page.contains("Elegido para ti"),
        "{page}"
    );
    // The frame is that of the library, whose only language is another one.
    assert!(page.contains("Ann&#39;s shelf"), "{page}");
}

#[test]
fn a_surname_is_shown_only_when_that_is_said() {
    let desk = with_people();
    let id = hiring(&desk);
    let (_, text, _) = made(&desk, &["--for", "ana", "-p", &id, "--surname"]);
    assert!(text.contains("title: For Ana Ruiz\n"), "{text}");
    let (_, text, ran) = made(
        &desk,
        &["--for", "ana", "-p", &id, "--title", "Roofs for Ms. RUIZ"],
    );
    assert!(text.contains("title: Roofs for Ms. RUIZ\n"), "{text}");
    insta::assert_snapshot!(ran.err, @"
    warning: the page shows the surname
    help: anybody who has its address can read it; --surname says that this is meant
    ");
    let args = ["--event", "Chamber breakfast 2026-11-17", "-p", &id];
    let (_, text, ran) = made(&desk, &args);
    assert!(text.contains("title: Chamber breakfast\n"), "{text}");
    assert!(!ran.out.contains("followup"), "{ran:?}");
    // Somebody without a name is spoken to all the same.
    let card = "BEGIN:VCARD\nVERSION:4.0\nFN:\nEMAIL:x@nobody.example\nEND:VCARD\n";
    desk.write("private/people/x.vcf", card);
    let (_, text, _) = made(&desk, &["--for", "x@nobody.example", "-p", &id]);
    assert!(text.contains("title: For you\n"), "{text}");
}

#[test]
fn what_is_private_in_a_line_is_refused_by_the_command_and_by_the_build() {
    let desk = with_people();
    let id = hiring(&desk);
    desk.run(&["people", "edit", "ana", "--phone", "+1 555 010 0199"])
        .fine();
    let before = desk.files();
    for line in ["Bo is at BO@li.example.", "She is at +1 555 010 0199"] {
        let ran = desk.run(&["handout", "new", "--for", "ana", "-p", &id, "-l", line]);
        let told = ran.refused();
        assert!(told.contains("of private/people/"), "{told}");
        assert!(
            told.contains("anybody who has the address of the page"),
            "{told}"
        );
        assert_eq!(desk.files(), before);
    }
    write(
        &desk,
        TOKEN,
        &format!("line: Bo is at bo@li.example.\nresources: [{id}]"),
    );
    let ran = desk.run(&["build", "--out", "other"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    insta::assert_snapshot!(ran.err, @"
    error: the email address of private/people/bo-li.vcf would be published
     --> content/handouts/kkkk2pbbn3wq7rtxzs5mvcd9fgh.md:4:16
      |
    4 | line: Bo is at bo@li.example.
      |                ^^^^^^^^^^^^^ it is private
      |
      = help: it is in h/kkkk2pbbn3wq7rtxzs5mvcd9fgh/index.html: take it out
      = help: if everybody may see it, say so in goodturn.yaml, for example:
              extra: { public: [ana@example.org] }

    1 error
    ");
    write(
        &desk,
        TOKEN,
        &format!("line: Call +1 555 010 0199.\nresources: [{id}]"),
    );
    let ran = desk.run(&["check"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(
        ran.err
            .contains(&format!("content/handouts/{TOKEN}.md:4:13")),
        "{ran:?}"
    );
}

#[test]
fn what_cannot_be_made_is_said_and_nothing_is_written() {
    let desk = with_people();
    let id = hiring(&desk);
    let draft = "---\ntitle: Not yet\nid: ddddd\ndraft: true\n---\n";
    desk.write("content/draft.md", draft);
    desk.run(&["people", "edit", "bo", "--do-not-contact"])
        .fine();
    let before = desk.files();
    let refused = |args: &[&str]| {
        let told = desk.run(&[&["handout", "new"], args].concat()).refused();
        assert_eq!(desk.files(), before);
        told.replace(&id, "IDIDI")
    };
    let told: Vec<String> = [
        &["--for", "nobody", "-p", &id][..],
        &["--for", "bo", "-p", &id],
        &["--for", "ana", "-p", "zzzzz"],
        &["--for", "ana", "-p", "ddddd"],
        &["--for", "ana", "-p", &id, "--expires", "2026-01-02"],
        &["--for", "ana", "-p", &id, "--expires", "soon"],
        &["--for", "ana", "-p", &id, "--title", " "],
        &["--for", "ana"],
        &["-p", &id],
        &["--event", "Breakfast", "-p", &id, "--surname"],
    ]
    .map(refused)
    .to_vec();
    insta::assert_snapshot!(told.join("---\n"), @r#"
    error: nobody here is called `nobody`
    help: `goodturn people list` shows everybody

    1 error
    ---
    error: Bo Li asked to be left alone
    help: if that has changed: goodturn people edit bo-li --do-not-contact=no

    1 error
    ---
    error: no piece of this library has the id `zzzzz`
    help: `goodturn list` shows the ids

    1 error
    ---
    error: the piece `ddddd` is a draft: content/draft.md
    help: publish it, or take it out: readers could not open it

    1 error
    ---
    error: 2026-01-02 is not to come: nobody would see the page
    help: leave --expires away, and the page stays open

    1 error
    ---
    error: invalid value 'soon' for '--expires <DAY>': write a day as 2026-12-24, or in how many days: 30d

    For more information, try '--help'.
    ---
    error: the page has no name
    help: give it one: --title "For the roofers of Springfield"

    1 error
    ---
    error: the following required arguments were not provided:
      --pick <ID>

    Usage: goodturn handout new --pick <ID> <--for <PERSON>|--event <NAME>>

    For more information, try '--help'.
    ---
    error: the following required arguments were not provided:
      <--for <PERSON>|--event <NAME>>

    Usage: goodturn handout new --pick <ID> <--for <PERSON>|--event <NAME>>

    For more information, try '--help'.
    ---
    error: the argument '--event <NAME>' cannot be used with '--surname'

    Usage: goodturn handout new --pick <ID> <--for <PERSON>|--event <NAME>>

    For more information, try '--help'.
    "#);
}

#[test]
fn all_of_them_are_listed_and_can_be_ended() {
    let desk = with_people();
    let id = hiring(&desk);
    insta::assert_snapshot!(
        desk.run(&["handout", "list"]).fine(),
        @"There is none yet: goodturn handout new --for PERSON --pick ID"
    );
    write(
        &desk,
        TOKEN,
        &format!("date: 2025-12-01\nexpires: 2026-01-01\nresources: [{id}]"),
    );
    write(
        &desk,
        OTHER,
        &format!("date: 2025-12-03\nexpires: 2026-01-10\nresources: [{id}]"),
    );
    desk.builds_clean();
    let (new, ..) = made(&desk, &["--event", "Breakfast", "-p", &id]);
    let list = || {
        let out = desk.run(&["handout", "list"]).fine();
        out.replace(&id, "IDIDI")
            .replace(&new, "NEWNEWNEWNEWNEWNEWNEWNEWNEW")
    };
    insta::assert_snapshot!(list(), @"
    TITLE      PIECES  MADE        STATE                  ADDRESS
    Breakfast  IDIDI   2026-01-02  open, not built yet    https://shelf.example/h/NEWNEWNEWNEWNEWNEWNEWNEWNEW/
    For Zelda  IDIDI   2025-12-03  open until 2026-01-10  https://shelf.example/h/dddd2pbbn3wq7rtxzs5mvcd9fgh/
    For Zelda          2025-12-01  expired 2026-01-01     https://shelf.example/h/kkkk2pbbn3wq7rtxzs5mvcd9fgh/
    ");
    let json = desk.run(&["handout", "list", "--json"]).json();
    let one = json
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["token"] == OTHER)
        .unwrap();
    insta::assert_snapshot!(one.to_string().replace(&id, "IDIDI"), @r#"{"token":"dddd2pbbn3wq7rtxzs5mvcd9fgh","title":"For Zelda","url":"https://shelf.example/h/dddd2pbbn3wq7rtxzs5mvcd9fgh/","state":"open","until":"2026-01-10","built":true,"date":"2025-12-03","lang":"en","resources":["IDIDI"],"path":"content/handouts/dddd2pbbn3wq7rtxzs5mvcd9fgh.md"}"#);

    let file = format!("content/handouts/{OTHER}.md");
    let before = desk.read(&file);
    let url = format!("https://shelf.example/h/{OTHER}/");
    insta::assert_snapshot!(desk.run(&["handout", "end", &url]).fine(), @"
    Ended: content/handouts/dddd2pbbn3wq7rtxzs5mvcd9fgh.md
      its page says so once the site is built and uploaded
      to open it again, take the line `retired` out of its head
    ");
    assert_eq!(desk.read(&file).replace("retired: true\n", ""), before);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |file: &str| fs::metadata(desk.path(file)).unwrap().permissions().mode();
        assert_eq!(mode(&file), mode(&format!("content/handouts/{TOKEN}.md")));
    }
    insta::assert_snapshot!(desk.run(&["handout", "end", OTHER]).fine(), @"content/handouts/dddd2pbbn3wq7rtxzs5mvcd9fgh.md is ended already");
    insta::assert_snapshot!(desk.run(&["handout", "end", &OTHER.replace('w', "x")]).refused(), @"
    error: there is no handout `dddd2pbbn3xq7rtxzs5mvcd9fgh`
    help: did you mean `dddd2pbbn3wq7rtxzs5mvcd9fgh`?
    help: `goodturn handout list` shows all of them

    1 error
    ");
    desk.builds_clean();
    assert!(page(&desk, OTHER).contains("This page is closed"));
    assert!(list().contains("ended"), "{}", list());

    // One whose file is lost is ended by its address.
    fs::remove_file(desk.path(&format!("content/handouts/{TOKEN}.md"))).unwrap();
    assert_eq!(desk.run(&["build"]).code, Some(1));
    insta::assert_snapshot!(desk.run(&["handout", "end", TOKEN]).fine(), @"
    Ended: content/handouts/kkkk2pbbn3wq7rtxzs5mvcd9fgh.md
      its page says so once the site is built and uploaded
    ");
    desk.builds_clean();
    assert!(page(&desk, TOKEN).contains("This page is closed"));
}

/// A second piece for roofers.
fn second(desk: &Desk) -> String {
    desk.write(
        "content/falls.md",
        "---\ntitle: Falls\nid: fffff\nindustries: [roofing]\n---\n\nText.\n",
    );
    desk.builds_clean();
    "fffff".to_owned()
}

fn followup(desk: &Desk, args: &[&str]) -> Ran {
    desk.run(&[&["followup"], args, &super::followup::FROM].concat())
}

#[test]
fn a_letter_can_lead_to_a_new_one() {
    let desk = with_people();
    let (one, two) = (hiring(&desk), second(&desk));
    let picks = ["ana", "--pick", &one, "--pick", &two, "--handout"];
    let before: Vec<String> = desk.files();
    let dry = followup(&desk, &[&picks[..], &["--dry-run"]].concat()).fine();
    insta::assert_snapshot!(dry, @"
    To: Ana Ruiz <ana@ruiz.example>
    Subject: For Ana

    Hello Ana,

    It was good to meet you at Chamber breakfast.

    Here is something that may help you:

    - For Ana <https://shelf.example/h/…/>: Hiring *your* first apprentice; Falls

    There is no need to answer. If something else would help you or your customers, tell me what it is.

    Best regards
    Ann Lee
    ");
    let new = |desk: &Desk| -> Vec<String> {
        let files = desk.files().into_iter();
        files
            .filter(|file| !before.contains(file) && !file.starts_with(".goodturn"))
            .collect()
    };
    assert_eq!(new(&desk), ["private/ledger.lock"]);

    let ran = followup(
        &desk,
        &[&picks[..], &["--line", "Only you read this."]].concat(),
    );
    let files = new(&desk);
    let file = files
        .iter()
        .find(|file| file.starts_with("content/"))
        .unwrap();
    let token = file
        .trim_start_matches("content/handouts/")
        .trim_end_matches(".md");
    insta::assert_snapshot!(
        ran.fine().replace(token, "TOKEN").replace(&one, "IDIDI"),
        @"
    Drafted for Ana Ruiz: private/letters/drafts/2026-01-02-ana-ruiz.eml
      once it is sent: goodturn sent ana-ruiz --pick IDIDI --pick fffff
    Wrote content/handouts/TOKEN.md: nobody can open it before the site is built and uploaded
    "
    );
    // The letter's own line stays in the letter.
    let text = desk.read(file);
    let bare = text.replace('"', "");
    assert!(
        bare.contains(&format!("resources: [{one}, {two}]")),
        "{text}"
    );
    assert!(!text.contains("Only you"), "{text}");
    let letter = desk.read("private/letters/drafts/2026-01-02-ana-ruiz.eml");
    let letter = letter.replace("=\r\n", "").replace("=\n", "");
    assert!(
        letter.contains(&format!("https://shelf.example/h/{token}/")),
        "{letter}"
    );
    assert!(!letter.contains("/r/"), "{letter}");
    let ledger = desk.read("private/ledger.jsonl");
    assert!(
        ledger.contains(&format!("\"resources\":[\"{one}\",\"{two}\"]")),
        "{ledger}"
    );
    desk.builds_clean();
    assert!(page(&desk, token).contains("<h1>For Ana</h1>"));
}

#[test]
fn a_letter_can_lead_to_one_that_is_there() {
    let desk = with_people();
    let (one, two) = (hiring(&desk), second(&desk));
    write(&desk, TOKEN, &format!("resources: [{one}, {two}]"));
    write(&desk, OTHER, "retired: true");
    let ran = followup(&desk, &["ana", "--handout", TOKEN, "--to", "text"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    insta::assert_snapshot!(ran.err, @"warning: the page of the handout is not built yet: nobody can open it before the site is built and uploaded");
    desk.builds_clean();
    let out = followup(&desk, &["ana", "--handout", TOKEN, "--to", "text"]).fine();
    let link = format!(
        "- For Zelda <https://shelf.example/h/{TOKEN}/>: Hiring *your* first apprentice; Falls"
    );
    assert!(out.contains(&link), "{out}");
    let ledger = desk.read("private/ledger.jsonl");
    assert!(
        ledger.contains(&format!("\"resources\":[\"{one}\",\"{two}\"]")),
        "{ledger}"
    );
    let refused = [
        &["ana", "--handout", OTHER][..],
        &["ana", "--handout", &TOKEN.replace('k', "m")],
        &["ana", "--handout", TOKEN, "--pick", &one],
    ];
    let told = refused.map(|args| followup(&desk, args).refused());
    insta::assert_snapshot!(told.join("---\n"), @"
    error: the handout `dddd2pbbn3wq7rtxzs5mvcd9fgh` is closed
    help: `goodturn handout list` shows which are open; --handout alone makes a new one

    1 error
    ---
    error: there is no handout `mmmm2pbbn3wq7rtxzs5mvcd9fgh`
    help: `goodturn handout list` shows all of them; --handout alone makes a new one

    1 error
    ---
    error: the handout that is named holds its pieces already
    help: leave --pick away, or say --handout without a token, for a new one

    1 error
    ");
}

#[test]
fn letters_after_an_event_lead_to_one_page_or_to_one_each() {
    let desk = with_people();
    let (one, two) = (hiring(&desk), second(&desk));
    let cy = ["people", "add", "Cy Doe", "--industry", "roofing"];
    let met = ["--met", "Chamber breakfast", "--on", "2026-01-01"];
    desk.run(&[&cy[..], &met].concat()).fine();
    let event = [
        "--event",
        "Chamber breakfast 2026-01-01",
        "--handout",
        "--to",
        "text",
    ];
    let handouts = |desk: &Desk| {
        let list = desk.run(&["handout", "list", "--json"]).json();
        let list = list.as_array().unwrap().clone();
        let shown = |one: &Value| format!("{} {}", one["title"], one["resources"]);
        list.iter().map(shown).collect::<Vec<_>>()
    };
    let picked = [&event[..], &["--pick", &two]].concat();
    let ran = followup(&desk, &picked);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(
        ran.out
            .matches("- Chamber breakfast <https://shelf.example/h/")
            .count(),
        3,
        "{ran:?}"
    );
    assert_eq!(
        handouts(&desk),
        [format!("\"Chamber breakfast\" [\"{two}\"]")]
    );
    // Without a pick everybody gets what is theirs.
    let ran = followup(&desk, &event);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(
        ran.out.contains("- For Ana <") && ran.out.contains("- For Cy <"),
        "{ran:?}"
    );
    let all = handouts(&desk);
    assert_eq!(all.len(), 3, "{all:?}");
    assert!(
        all.iter().any(|line| line.starts_with("\"For Ana\"")
            && line.contains(&one)
            && line.contains(&two)),
        "{all:?}"
    );
    desk.builds_clean();
}

#[cfg(feature = "smtp")]
#[test]
fn nothing_is_sent_that_leads_to_a_page_that_is_not_there_yet() {
    let desk = with_people();
    let id = hiring(&desk);
    let before = desk.files();
    let smtp = ["--to", "smtp", "--yes", "--pick", &id];
    let told = followup(&desk, &[&["ana", "--handout"], &smtp[..]].concat()).refused();
    insta::assert_snapshot!(told, @"
    error: a letter that goes now would lead to a page that is not there yet
    help: make it first: goodturn handout new; build and upload the site; then say --handout TOKEN

    1 error
    ");
    let after = desk.files().into_iter();
    let after =
        after.filter(|file| !file.starts_with(".goodturn") && file != "private/ledger.lock");
    let new: Vec<String> = after.filter(|file| !before.contains(file)).collect();
    assert_eq!(new, ["private/me.vcf"]);
}

#[test]
fn a_thousand_of_them_leave_the_rest_of_the_site_as_it_was() {
    let desk = with_people();
    let id = hiring(&desk);
    let rest = |desk: &Desk| {
        let files = desk.files().into_iter();
        let files =
            files.filter(|file| file.starts_with("public/") && !file.starts_with("public/h/"));
        let files = files.filter(|file| !file.ends_with(".goodturn-manifest"));
        let read = |file: String| (fs::read(desk.path(&file)).unwrap(), file);
        files.map(read).collect::<Vec<_>>()
    };
    let before = rest(&desk);
    for number in 0..1_000 {
        let number = format!("{number:03}").replace('0', "b").replace('1', "c");
        let token = format!("{}{number}", &TOKEN[..24]);
        write(
            &desk,
            &token,
            &format!("line: Number {number}.\nresources: [{id}]"),
        );
    }
    desk.builds_clean();
    assert!(rest(&desk) == before, "no other file knows of them");
    let pages = desk
        .files()
        .into_iter()
        .filter(|file| file.starts_with("public/h/"));
    assert_eq!(pages.count(), 1_001);
}

#[test]
fn at_a_terminal_nothing_is_made_before_the_letter_is_kept() {
    let desk = with_people();
    hiring(&desk);
    let talk = |end: &str| {
        let args = [
            &["followup", "ana", "--handout"],
            &super::followup::FROM[..],
        ]
        .concat();
        let steps = [
            ("What to give?", ""),
            ("A line of your own", ""),
            ("What now?", end),
        ];
        let ran = super::ask::at_a_terminal(&desk, &args, &steps);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        let files = desk.files().into_iter();
        files
            .filter(|file| file.starts_with("content/handouts/"))
            .count()
    };
    assert_eq!(talk("Leave"), 0);
    assert_eq!(talk("Save it as a draft"), 1);
}
