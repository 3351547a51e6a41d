//! `goodturn sheet`: what is printed is looked at as a phone does, with zbarimg.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::Desk;

const PIECES: &[(&str, &str)] = &[
    ("bbbb2", "Hiring an apprentice"),
    ("cccc3", "Prices that hold"),
    ("dddd4", "A “quote” & #more, for <you>"),
];

/// A library with pieces whose ids are known, published at an address.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.write(
        "goodturn.yaml",
        "title: Ann's shelf\nbase_url: https://shelf.example/library/\n",
    );
    for (id, title) in PIECES {
        piece(&desk, id, title, "");
    }
    desk.builds_clean();
    desk
}

fn piece(desk: &Desk, id: &str, title: &str, more: &str) {
    let text = format!(
        "---\ntitle: '{title}'\nid: {id}\nsummary: What it says in a line.\ngeneral: true\n{more}---\nText.\n"
    );
    desk.write(&format!("content/{id}.md"), &text);
}

/// Runs a tool and gives what it says.
pub fn tool(name: &str, args: &[&str], fails: bool) -> String {
    let output = Command::new(name).args(args).output();
    let output = output.unwrap_or_else(|_| panic!("{name} is there; `bash tests/run` installs it"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() || fails, "{name} {args:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

/// The pages of a PDF as pictures, as a printer of 150 dots to the inch makes them.
pub fn pages(pdf: &Path) -> Vec<PathBuf> {
    let stem = pdf.with_extension("");
    tool(
        "pdftoppm",
        &[
            "-r",
            "150",
            "-png",
            pdf.to_str().unwrap(),
            stem.to_str().unwrap(),
        ],
        false,
    );
    let folder = std::fs::read_dir(pdf.parent().unwrap()).unwrap();
    let name = format!("{}-", stem.file_name().unwrap().to_str().unwrap());
    let mut pages: Vec<PathBuf> = folder
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let file = path.file_name().unwrap().to_str().unwrap();
            file.starts_with(&name) && file.ends_with(".png")
        })
        .collect();
    pages.sort();
    assert!(!pages.is_empty());
    pages
}

/// What the codes on a picture say, sorted.
pub fn scanned(picture: &Path) -> Vec<String> {
    let said = tool(
        "zbarimg",
        &[
            "-q",
            "--raw",
            "-Sdisable",
            "-Sqrcode.enable",
            picture.to_str().unwrap(),
        ],
        true,
    );
    let mut codes: Vec<String> = said.lines().map(str::to_owned).collect();
    codes.sort();
    codes
}

fn address(id: &str) -> String {
    format!("https://shelf.example/library/r/{id}/")
}

#[test]
fn each_code_leads_to_its_piece() {
    let desk = desk();
    let all = [
        "--pick",
        "bbbb2",
        "--pick",
        "https://shelf.example/library/r/cccc3/",
        "--pick",
        "dddd4",
    ];
    let args = [&["sheet"], &all[..], &["--event", "Chamber breakfast"]].concat();
    assert_eq!(
        desk.run(&args).fine(),
        "Made sheet.pdf with 3 codes, 1 page\n"
    );
    let pages = pages(&desk.path("sheet.pdf"));
    assert_eq!(pages.len(), 1);
    assert_eq!(scanned(&pages[0]), ["bbbb2", "cccc3", "dddd4"].map(address));
    let pdf = desk.path("sheet.pdf");
    let text = tool("pdftotext", &["-layout", pdf.to_str().unwrap(), "-"], false);
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for said in [
        "ANN'S SHELF",
        "Chamber breakfast",
        "Point your phone’s camera at a code.",
        "Hiring an apprentice",
        "A “quote” & #more, for <you>",
        "What it says in a line.",
        "shelf.example/library/r/bbbb2/",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    let facts = tool("pdfinfo", &[pdf.to_str().unwrap()], false);
    assert!(facts.contains("Tagged:          yes"), "{facts}");
    // The same again is the same file.
    let before = std::fs::read(&pdf).unwrap();
    desk.run(&args).fine();
    assert!(before == std::fs::read(&pdf).unwrap());
}

#[test]
fn one_piece_is_large_and_twelve_fit_on_a_page() {
    let desk = desk();
    assert_eq!(
        desk.run(&[
            "sheet", "--pick", "bbbb2", "--paper", "letter", "--out", "one.pdf"
        ])
        .fine(),
        "Made one.pdf with 1 code, 1 page\n"
    );
    let one = pages(&desk.path("one.pdf"));
    assert_eq!(scanned(&one[0]), [address("bbbb2")]);
    let facts = tool("pdfinfo", &[desk.path("one.pdf").to_str().unwrap()], false);
    assert!(facts.contains("612 x 792"), "{facts}");

    let ids: Vec<String> = "bcdfghjkmnpqr"
        .chars()
        .map(|c| format!("{c}wxz7"))
        .collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    for id in &ids {
        piece(
            &desk,
            id,
            &format!("A piece with a title that takes two lines, {id}"),
            "",
        );
    }
    desk.builds_clean();
    let sheet = |ids: &[&str], out: &str| {
        let mut args = vec!["sheet", "--out", out];
        ids.iter().for_each(|id| args.extend(["--pick", id]));
        desk.run(&args).fine()
    };
    assert_eq!(
        sheet(&ids[..12], "twelve.pdf"),
        "Made twelve.pdf with 12 codes, 1 page\n"
    );
    let twelve = pages(&desk.path("twelve.pdf"));
    let addresses: Vec<String> = ids.iter().map(|id| address(id)).collect();
    assert_eq!(scanned(&twelve[0]), addresses[..12]);
    assert_eq!(
        sheet(&ids, "more.pdf"),
        "Made more.pdf with 13 codes, 2 pages\n"
    );
    let more = pages(&desk.path("more.pdf"));
    assert_eq!(scanned(&more[1]), addresses[12..13]);
}

#[test]
fn cards_fill_the_page() {
    let desk = desk();
    let args = [
        "sheet",
        "--pick",
        "bbbb2",
        "--pick",
        "cccc3",
        "--cards",
        "--out",
        "cards.pdf",
    ];
    assert_eq!(
        desk.run(&args).fine(),
        "Made cards.pdf with 2 codes, 1 page\n"
    );
    let cards = pages(&desk.path("cards.pdf"));
    assert_eq!(cards.len(), 1);
    let (first, second) = (address("bbbb2"), address("cccc3"));
    let expected: Vec<&String> = [&first; 4].into_iter().chain([&second; 4]).collect();
    assert_eq!(scanned(&cards[0]).iter().collect::<Vec<_>>(), expected);
}

#[test]
fn a_browser_prints_it_alike() {
    let desk = desk();
    let args = [
        "sheet",
        "--pick",
        "bbbb2",
        "--pick",
        "dddd4",
        "--title",
        "Für & <alle>",
        "--out",
        "sheet.html",
    ];
    assert_eq!(desk.run(&args).fine(), "Made sheet.html with 2 codes\n");
    let html = desk.read("sheet.html");
    assert!(
        html.contains("<h1 class=\"heading\">Für &amp; &lt;alle&gt;</h1>"),
        "{html}"
    );
    assert!(
        html.contains("A “quote” &amp; #more, for &lt;you&gt;"),
        "{html}"
    );
    for asked in ["src=", "<script", "@import", "url(", "<link"] {
        assert!(!html.contains(asked), "{asked}");
    }
    let profile = desk.path("profile");
    let printed = desk.path("printed.pdf");
    let flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-pdf-header-footer",
    ];
    let profile = format!("--user-data-dir={}", profile.display());
    let out = format!("--print-to-pdf={}", printed.display());
    let page = format!("file://{}", desk.path("sheet.html").display());
    tool(
        "chromium",
        &[&flags[..], &[&profile, &out, &page]].concat(),
        false,
    );
    let pages = pages(&printed);
    assert_eq!(pages.len(), 1);
    assert_eq!(scanned(&pages[0]), ["bbbb2", "dddd4"].map(address));
}

#[test]
fn a_code_alone_is_a_picture() {
    let desk = desk();
    for out in ["code.png", "code.svg"] {
        let ran = desk.run(&["sheet", "--pick", "cccc3", "--out", out]);
        assert_eq!(ran.fine(), format!("Made {out} with 1 code\n"));
    }
    assert_eq!(scanned(&desk.path("code.png")), [address("cccc3")]);
    // Black on white, with four squares of white around it.
    let svg = desk.read("code.svg");
    let drawing = roxmltree::Document::parse(&svg).unwrap();
    let side: usize = drawing
        .root_element()
        .attribute("viewBox")
        .unwrap()
        .rsplit(' ')
        .next()
        .unwrap()
        .parse()
        .unwrap();
    let path = drawing
        .descendants()
        .find_map(|node| node.attribute("d"))
        .unwrap();
    let corners = path.split('M').skip(1).map(|run| {
        let mut numbers = run
            .split(|c: char| !c.is_ascii_digit())
            .map(|n| n.parse::<usize>().unwrap());
        let (x, y, run) = (
            numbers.next().unwrap(),
            numbers.next().unwrap(),
            numbers.next().unwrap(),
        );
        (x, y, x + run)
    });
    for (left, top, right) in corners {
        assert!(left >= 4 && right <= side - 4 && (4..side - 4).contains(&top));
    }
    let two = desk.run(&[
        "sheet", "--pick", "cccc3", "--pick", "bbbb2", "--out", "code.svg",
    ]);
    insta::assert_snapshot!(two.refused(), @"
    error: a picture holds one code alone
    help: pick one piece, or write a sheet: --out sheet.pdf

    1 error
    ");
}

#[test]
fn what_is_wrong_is_said() {
    let desk = desk();
    piece(&desk, "ffff5", "Not yet", "draft: true\n");
    let sheet = |args: &[&str]| desk.run(&[&["sheet"], args].concat()).refused();
    insta::assert_snapshot!(sheet(&["--pick", "bbbb3"]), @"
    error: no piece of this library has the id `bbbb3`
    help: did you mean `bbbb2`?
    help: `goodturn list` shows the ids; a new piece gets its id from a build

    1 error
    ");
    insta::assert_snapshot!(sheet(&["--pick", "ffff5"]), @"
    error: `Not yet` is a draft: the code would lead to nothing
    help: pick a piece that is published

    1 error
    ");
    insta::assert_snapshot!(sheet(&["--pick", "bbbb2", "--out", "sheet.doc"]), @"
    error: sheet.doc is no name of a sheet
    help: end it with .pdf or .html; with .svg or .png for one code alone

    1 error
    ");
    insta::assert_snapshot!(sheet(&["--handout", "nothing"]), @"
    error: there is no handout `nothing`
    help: give the last part of its address: `goodturn handout list` shows them

    1 error
    ");
    desk.write("goodturn.yaml", "title: Ann's shelf\n");
    insta::assert_snapshot!(sheet(&["--pick", "bbbb2"]), @"
    error: the codes would lead nowhere: the library does not say where its site is
    help: write the address of the site into goodturn.yaml: base_url: https://…

    1 error
    ");
    assert!(!desk.path("sheet.pdf").exists());
}

#[test]
fn a_handout_has_one_code() {
    let desk = desk();
    desk.write(
        "content/handouts/k3v9qx2mw7hd4ntb.md",
        "---\ntitle: For the breakfast\nkind: handout\nresources: [bbbb2, cccc3]\n---\nGood to meet you.\n",
    );
    let made = desk.run(&["sheet", "--handout", "k3v9qx2mw7hd4ntb", "--out", "h.pdf"]);
    assert_eq!(made.fine(), "Made h.pdf with 1 code, 1 page\n");
    let pages = pages(&desk.path("h.pdf"));
    assert_eq!(
        scanned(&pages[0]),
        ["https://shelf.example/library/h/k3v9qx2mw7hd4ntb/"]
    );
}
