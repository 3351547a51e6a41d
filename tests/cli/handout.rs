//! Handouts: pages that only those can find who have the address.

use super::followup::{hiring, with_people};
use super::*;

const TOKEN: &str = "kkkk2pbbn3wq7rtxzs5mvcd9fgh";
const OTHER: &str = "dddd2pbbn3wq7rtxzs5mvcd9fgh";

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
    desk.write(
        "content/notes.md",
        &format!("---\ntitle: Notes\ngeneral: true\n---\n\nSee [this](handouts/{TOKEN}.md), or [that](/h/{OTHER}/).\n"),
    );
    let ran = desk.run(&["check"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    insta::assert_snapshot!(ran.err, @"
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

    5 errors
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
