//! Books as PDF: set, then read back with other people's tools (poppler, qpdf, lopdf).
#![cfg(feature = "pdf")]

#[path = "books_pdf/markup.rs"]
mod markup;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use goodturn::book::pdf::{Pdf, pdf};
use goodturn::book::{Book, Chapter, Font, Part, Picture};
use goodturn::diagnostics::Diagnostic;
use markup::tree;
use proptest::prelude::*;

const CHART: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="400" height="160"><rect x="20" y="90" width="90" height="60" fill="#1d4e79"/><rect x="150" y="60" width="90" height="90" fill="#2e7d4f"/><rect x="280" y="20" width="90" height="130" fill="#b7791f"/><text x="20" y="20" font-family="Source Sans 3" font-size="16">Quotes</text></svg>"##;

fn chapter(key: &str, title: &str, html: &str) -> Chapter {
    Chapter {
        key: key.into(),
        title: title.into(),
        tree: tree(html),
        ..Chapter::default()
    }
}

/// A book of these chapters, without parts.
fn book(chapters: Vec<Chapter>) -> Book {
    Book {
        id: "b7k2m9".into(),
        title: "A Fair Price".into(),
        authors: vec!["Maria Gomes".into(), "Tom Ode".into()],
        lang: "en-US".into(),
        modified: 1_795_000_000,
        parts: vec![Part {
            title: None,
            chapters,
        }],
        ..Book::default()
    }
}

/// A book of one chapter.
fn page(html: &str) -> Book {
    book(vec![chapter("one", "One", html)])
}

/// A small picture of RGB pixels, as PNG writes it without compression worth the name.
fn photo() -> Picture {
    let (width, height) = (480_u32, 240_u32);
    let mut bytes = Vec::new();
    let image = image_of(width, height);
    bytes.extend(image);
    Picture {
        media_type: "image/png",
        bytes,
        size: Some((width, height)),
    }
}

/// A PNG (<https://www.w3.org/TR/png-3/>) with stored blocks of zlib.
fn image_of(width: u32, height: u32) -> Vec<u8> {
    let mut raw = Vec::new();
    for y in 0..height {
        raw.push(0);
        for x in 0..width {
            raw.extend([(x * 255 / width) as u8, (y * 255 / height) as u8, 120]);
        }
    }
    let mut zlib = vec![0x78, 0x01];
    let mut blocks = raw.chunks(65535).peekable();
    while let Some(block) = blocks.next() {
        zlib.push(u8::from(blocks.peek().is_none()));
        zlib.extend((block.len() as u16).to_le_bytes());
        zlib.extend((!(block.len() as u16)).to_le_bytes());
        zlib.extend(block);
    }
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in &raw {
        a = (a + u32::from(*byte)) % 65521;
        b = (b + a) % 65521;
    }
    zlib.extend(((b << 16) | a).to_be_bytes());
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = Vec::new();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    header.extend([8, 2, 0, 0, 0]);
    for (name, data) in [(b"IHDR", header), (b"IDAT", zlib), (b"IEND", vec![])] {
        png.extend((data.len() as u32).to_be_bytes());
        let mut body = name.to_vec();
        body.extend(data);
        png.extend(&body);
        png.extend(crc(&body).to_be_bytes());
    }
    png
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xEDB8_8320 & (0_u32.wrapping_sub(crc & 1)))
        })
    })
}

/// A book that holds one of everything.
fn showcase() -> Book {
    let text = include_str!("books_pdf/showcase.html");
    let mut first = chapter("pricing", "Price your work", text);
    first.number = Some("1".into());
    let mut second = chapter(
        "followup",
        "Follow up without being a nuisance",
        "<p>A letter that helps is never a nuisance.</p><h2>When</h2><p>On the next day.</p>",
    );
    second.number = Some("2".into());
    let mut inner = chapter(
        "first-letter",
        "The first letter",
        "<p>Short, with one thing to give.</p>",
    );
    inner.number = Some("2.1".into());
    second.children = vec![inner];
    let opening = chapter("preface", "Preface", "<p>Why this book is free.</p>");
    let pictures = BTreeMap::from([
        (
            "chart.svg".to_owned(),
            Picture {
                media_type: "image/svg+xml",
                bytes: CHART.into(),
                size: None,
            },
        ),
        ("photo.png".to_owned(), photo()),
    ]);
    Book {
        subtitle: Some("What to charge, and how to say it".into()),
        summary: Some("Know your costs, know your worth, and say the number out loud.".into()),
        publisher: Some("Gomes & Ode".into()),
        subjects: vec!["Construction".into(), "Pricing".into()],
        licence: Some("CC BY 4.0".into()),
        edition: Some("Second edition".into()),
        date: Some("2026-11-23".into()),
        url: Some("https://example.org/books/fair-price/".into()),
        parts: vec![
            Part {
                title: None,
                chapters: vec![opening],
            },
            Part {
                title: Some("The number".into()),
                chapters: vec![first],
            },
            Part {
                title: Some("The people".into()),
                chapters: vec![second],
            },
        ],
        pictures,
        ..book(vec![])
    }
}

/// Sets a book.
fn set(book: &Book) -> Pdf {
    match pdf(book, book.cover.as_ref()) {
        Ok(pdf) => pdf,
        Err(errors) => panic!("{errors:#?}"),
    }
}

/// Writes a PDF where other programs can read it.
fn saved(name: &str, bytes: &[u8]) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, bytes).expect("the file is written");
    path
}

fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .output()
        .expect("the program is installed");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{program} {arguments:?}: {said}{errors}"
    );
    said
}

/// The pages of a PDF as text.
fn pages(name: &str, bytes: &[u8]) -> Vec<String> {
    let path = saved(name, bytes);
    let text = run("pdftotext", &["-layout", path.to_str().unwrap(), "-"]);
    text.split('\u{c}').map(str::to_owned).collect()
}

fn messages(warnings: &[Diagnostic]) -> Vec<&str> {
    warnings
        .iter()
        .map(|warning| warning.message.as_str())
        .collect()
}

#[test]
fn a_book_with_one_of_everything() {
    let made = set(&showcase());
    saved("showcase.pdf", &made.bytes);
    assert_eq!(messages(&made.warnings), [] as [&str; 0]);
    assert!(made.accessible);
}

#[test]
fn the_same_book_makes_the_same_bytes() {
    assert_eq!(set(&showcase()).bytes, set(&showcase()).bytes);
}

#[test]
fn the_file_says_what_it_is() {
    let made = set(&showcase());
    let path = saved("says.pdf", &made.bytes);
    run("qpdf", &["--check", path.to_str().unwrap()]);
    let file = lopdf::Document::load_mem(&made.bytes).unwrap();
    let catalog = file.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"en-US");
    let (_, marks) = file.dereference(catalog.get(b"MarkInfo").unwrap()).unwrap();
    assert!(
        marks
            .as_dict()
            .unwrap()
            .get(b"Marked")
            .unwrap()
            .as_bool()
            .unwrap()
    );
    assert!(
        catalog.has(b"StructTreeRoot") && catalog.has(b"Outlines") && catalog.has(b"PageLabels")
    );
    let (_, metadata) = file.dereference(catalog.get(b"Metadata").unwrap()).unwrap();
    let xmp = metadata.as_stream().unwrap().get_plain_content().unwrap();
    let xmp = String::from_utf8(xmp).unwrap();
    for expected in [
        "pdfuaid:part",
        "A Fair Price",
        "Maria Gomes",
        "Tom Ode",
        "Pricing",
        "Know your costs",
    ] {
        assert!(xmp.contains(expected), "{expected} in {xmp}");
    }
    let info = run("pdfinfo", &[path.to_str().unwrap()]);
    assert!(info.contains("Title:           A Fair Price"), "{info}");
    let contents = file.get_toc().unwrap().toc;
    let outline: Vec<_> = contents.iter().map(|line| line.title.as_str()).collect();
    for expected in [
        "The number",
        "1 Price your work",
        "What it costs you",
        "2.1 The first letter",
    ] {
        assert!(outline.contains(&expected), "{expected} in {outline:?}");
    }
}

#[test]
fn what_an_author_writes_stays_text() {
    let nasty = [
        "#import \"/etc/passwd\": *",
        "#panic(\"out\")",
        "\"; panic(\"out\"); \"",
        "\\\"",
        "$x$ @label <label>",
        "*/ /* //",
        "`raw` = heading",
        "\\u{41}",
        "]) }) #read(\"x\")",
        "%{inject} \\n",
    ];
    for line in nasty {
        let escaped = line
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        let mut book = page(&format!(
            "<p>{escaped}</p><pre>{escaped}</pre><p><code>{escaped}</code></p><h2>{escaped}</h2>"
        ));
        book.title = format!("T {line}");
        book.lang = line.into();
        book.url = Some(format!("https://x.org/{line}"));
        book.authors = vec![line.into()];
        book.edition = Some(line.into());
        let mut chapter = book.parts[0].chapters.remove(0);
        (chapter.title, chapter.number, chapter.key) =
            (line.into(), Some(line.into()), line.into());
        let part = Part {
            title: Some(line.into()),
            chapters: vec![chapter],
        };
        book.parts = vec![part];
        let text = pages("nasty.pdf", &set(&book).bytes).concat();
        assert!(text.matches(line).count() >= 8, "{line} in {text}");
    }
}

#[test]
fn control_characters_do_not_get_in() {
    let made = set(&page(
        "<p>be\u{0}fore\u{1b}[31m af\u{7f}ter\u{2028}end</p><pre>a\u{0}\tb\r\nc</pre>",
    ));
    let text = pages("control.pdf", &made.bytes).concat();
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("before[31m after end a b c"), "{text}");
    assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text}");
}

#[test]
fn characters_without_a_sign_are_named() {
    let mut book = page("<p>Plain.</p>");
    book.parts[0].chapters.push(chapter(
        "two",
        "Prices in China",
        "<p>价格 and 価格, more 一二三四五六七八九十</p>",
    ));
    let made = set(&book);
    assert!(!made.accessible);
    let [warning] = made.warnings.as_slice() else {
        panic!("{:#?}", made.warnings)
    };
    insta::assert_snapshot!(warning.message, @"the PDF has no sign for 13 characters, first in “Prices in China”: 一 (U+4E00), 七 (U+4E03), 三 (U+4E09), 九 (U+4E5D), 二 (U+4E8C), 五 (U+4E94), 价 (U+4EF7), 価 (U+4FA1), 八 (U+516B), 六 (U+516D) and 3 more");
    assert!(
        warning.help[0].contains("Noto Serif SC") && warning.help[1].contains("PDF/UA-1"),
        "{warning:?}"
    );
    assert!(
        pages("missing.pdf", &made.bytes)
            .concat()
            .contains("Plain.")
    );
}

#[test]
fn private_characters_are_no_accessible_text() {
    let made = set(&page("<p>An icon: \u{e001}.</p>"));
    assert!(
        !made.accessible && messages(&made.warnings)[0].contains("U+E001"),
        "{made:?}"
    );
}

#[test]
fn a_font_that_is_no_font_is_an_error() {
    let font = Font {
        name: "fonts/mine.ttf".into(),
        bytes: b"GIF89a".to_vec(),
    };
    let book = Book {
        fonts: vec![font],
        ..page("<p>x</p>")
    };
    let errors = pdf(&book, None).unwrap_err();
    assert_eq!(messages(&errors), ["fonts/mine.ttf is no font"]);
}

#[test]
fn a_book_without_text_is_an_error() {
    let empty = Chapter {
        key: "x".into(),
        title: "Later".into(),
        ..Chapter::default()
    };
    let errors = pdf(&book(vec![empty]), None).unwrap_err();
    assert_eq!(
        messages(&errors),
        ["the book \u{201c}A Fair Price\u{201d} has no text to make a PDF from"]
    );
}

#[test]
fn a_broken_picture_leaves_its_words() {
    let mut book = page(
        "<p><img src=\"a.png\" alt=\"A chart\"/></p><p>see <img src=\"b.svg\" alt=\"a drawing\"/> <img src=\"none.png\" alt=\"nothing\"/></p>",
    );
    let broken = |media_type, bytes: &[u8]| Picture {
        media_type,
        bytes: bytes.to_vec(),
        size: None,
    };
    book.pictures.insert(
        "a.png".into(),
        broken("image/png", b"\x89PNG\r\n\x1a\n and no more"),
    );
    book.pictures.insert(
        "b.svg".into(),
        broken(
            "image/svg+xml",
            b"<svg xmlns='http://www.w3.org/2000/svg'><image href='/etc/passwd'/></svg",
        ),
    );
    book.cover = Some(broken("image/jpeg", b"no"));
    let made = set(&book);
    assert_eq!(made.warnings.len(), 3, "{:#?}", made.warnings);
    let text = pages("broken.pdf", &made.bytes).concat();
    assert!(
        ["A chart", "a drawing", "nothing"]
            .iter()
            .all(|words| text.contains(words)),
        "{text}"
    );
}

#[test]
fn a_picture_from_elsewhere_is_not_fetched() {
    let mut book = page("<p><img src=\"a.svg\" alt=\"Secrets\"/></p>");
    for href in ["/etc/passwd", "https://example.org/a.png", "book.typ"] {
        let bytes = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><image width='9' height='9' href='{href}'/></svg>"
        );
        book.pictures.insert(
            "a.svg".into(),
            Picture {
                media_type: "image/svg+xml",
                bytes: bytes.into(),
                size: None,
            },
        );
        let made = set(&book);
        assert!(!String::from_utf8_lossy(&made.bytes).contains("example.org"));
    }
}

#[test]
fn a_picture_without_words_is_passed_over() {
    let mut book = page(
        "<p><img src=\"a.png\" alt=\"\"/></p><figure><img src=\"a.png\"/><figcaption>Two</figcaption></figure><p>in <img src=\"a.png\" alt=\"\"/> line</p><p><a href=\"https://example.org\"><img src=\"a.png\" alt=\"\"/></a></p>",
    );
    book.pictures.insert("a.png".into(), photo());
    let made = set(&book);
    assert_eq!(
        messages(&made.warnings),
        ["in \u{201c}One\u{201d}, pictures have no description: a.png, a.png, a.png and 1 more"]
    );
    assert!(made.accessible);
}

#[test]
fn the_cover_is_the_first_page() {
    let mut book = page("<p>x</p>");
    book.cover = Some(photo());
    let made = set(&book);
    assert!(made.accessible, "{:#?}", made.warnings);
    let path = saved("cover.pdf", &made.bytes);
    let info = run("pdfinfo", &["-f", "1", "-l", "2", path.to_str().unwrap()]);
    assert!(
        info.contains("Page    1 size:  432 x 216 pts")
            && info.contains("Page    2 size:  432 x 648 pts"),
        "{info}"
    );
}

#[test]
fn a_table_that_goes_on_says_its_head_again() {
    let rows: String = (0..90)
        .map(|n| format!("<tr><td>row {n}</td><td>x</td></tr>"))
        .collect();
    let made = set(&page(&format!(
        "<table><thead><tr><th>Number</th><th>Letter</th></tr></thead><tbody>{rows}</tbody></table>"
    )));
    assert!(made.accessible);
    let pages = pages("table.pdf", &made.bytes);
    let with_rows: Vec<_> = pages.iter().filter(|page| page.contains("row ")).collect();
    assert!(
        with_rows.len() > 1 && with_rows.iter().all(|page| page.contains("Number")),
        "{pages:#?}"
    );
}

#[test]
fn nothing_runs_off_the_page() {
    let long = "abcdefghij".repeat(40);
    let html = format!(
        "<pre>{long}\n        let indented = \"{long}\";</pre><p>{long}</p><p><code>{long}</code></p>\
         <ul><li><pre>{long}</pre><ul><li><pre>{long}</pre></li></ul></li></ul><blockquote><pre>{long}</pre></blockquote>\
         <div class=\"alert alert-note\"><pre>{long}</pre></div><h2>{long}</h2><table><tr><td>{long}</td><td><pre>{long}</pre></td></tr></table>"
    );
    let mut book = page(&html);
    book.title = long.clone();
    book.parts[0].chapters[0].title = long;
    let path = saved("wide.pdf", &set(&book).bytes);
    let boxes = run("pdftotext", &["-bbox", path.to_str().unwrap(), "-"]);
    let mut seen = 0;
    for word in boxes
        .lines()
        .filter_map(|line| line.trim().strip_prefix("<word "))
    {
        let of = |name: &str| -> f64 {
            let value = word.split(&format!("{name}=\"")).nth(1).unwrap();
            value.split('"').next().unwrap().parse().unwrap()
        };
        assert!(
            of("xMin") > 35.0 && of("xMax") < 432.0 - 50.0 && of("yMax") < 648.0,
            "{word}"
        );
        seen += 1;
    }
    assert!(seen > 50);
}

#[test]
fn notes_stand_at_the_foot_of_their_page() {
    let filler =
        "<p>Words that fill the page, one line after the other, until it is full.</p>".repeat(9);
    let mut html = String::new();
    for n in 0..30 {
        html += &format!(
            "{filler}<p>mark{n}!<sup><a role=\"doc-noteref\" href=\"#n{n}\">x</a></sup></p>"
        );
    }
    for n in 0..30 {
        html += &format!("<aside role=\"doc-footnote\" id=\"n{n}\"><p>note{n} here</p></aside>");
    }
    let made = set(&page(&html));
    assert!(made.accessible, "{:#?}", made.warnings);
    let pages = pages("notes.pdf", &made.bytes);
    for n in 0..30 {
        let with = |what: String| pages.iter().position(|page| page.contains(&what));
        let mark = with(format!("mark{n}!")).unwrap();
        assert!(
            pages[mark].contains(&format!("note{n} here")),
            "note {n} on page {mark}"
        );
    }
    assert_eq!(pages.concat().matches("note7 here").count(), 1);
}

#[test]
fn notes_in_odd_places_are_not_lost() {
    let html = "<h2>Head<a role=\"doc-noteref\" href=\"#a\">1</a></h2>\
        <table><thead><tr><th>T<a role=\"doc-noteref\" href=\"#b\">2</a></th></tr></thead><tbody><tr><td>x</td></tr></tbody></table>\
        <pre>code <a role=\"doc-noteref\" href=\"#c\">3</a></pre>\
        <aside role=\"doc-footnote\" id=\"a\"><p>first-note <a role=\"doc-noteref\" href=\"#d\">4</a></p></aside>\
        <aside role=\"doc-footnote\" id=\"b\">second-note</aside><aside role=\"doc-footnote\" id=\"c\"><p>third-note</p></aside>\
        <aside role=\"doc-footnote\" id=\"d\"><p>fourth-note <a role=\"doc-noteref\" href=\"#a\">1</a></p></aside>\
        <aside role=\"doc-footnote\" id=\"e\"><p>fifth-note <a role=\"doc-noteref\" href=\"#e\">1</a></p></aside>";
    let made = set(&page(html));
    let text = pages("odd-notes.pdf", &made.bytes).concat();
    for note in ["first", "second", "third", "fourth", "fifth"] {
        assert_eq!(
            text.matches(&format!("{note}-note")).count(),
            1,
            "{note} in {text}"
        );
    }
}

#[test]
fn links_inside_lead_to_their_page() {
    let html = "<p><a href=\"#two\">chapter</a> <a href=\"#two-x\">cell</a> <a href=\"#nowhere\">nowhere</a></p>";
    let mut book = page(html);
    book.parts[0].chapters.push(chapter("two", "Two", "<p>text</p><table><tr id=\"two-x\"><td>x</td></tr></table><pre><b id=\"lost\">y</b></pre><p><a href=\"#lost\">z</a></p>"));
    let made = set(&book);
    assert!(made.accessible, "{:#?}", made.warnings);
    let file = lopdf::Document::load_mem(&made.bytes).unwrap();
    let pages = file.get_pages();
    let of = |page: u32| file.get_page_annotations(pages[&page]).unwrap().len();
    assert_eq!((of(4), of(5)), (2, 1));
}

#[test]
fn a_book_from_right_to_left() {
    let mut book = page("<p>Hello.</p><blockquote><p>bar</p></blockquote><ul><li>item</li></ul>");
    book.lang = "he".into();
    let path = saved("rtl.pdf", &set(&book).bytes);
    let boxes = run("pdftotext", &["-bbox", path.to_str().unwrap(), "-"]);
    let hello = boxes.lines().find(|line| line.contains("Hello")).unwrap();
    assert!(
        hello.contains("xMax=\"37"),
        "at the right margin, 378 points: {hello}"
    );
}

#[test]
fn a_hundred_thousand_quotes_do_not_fall_over() {
    let mut nodes = tree("<p>bottom</p>");
    for _ in 0..100_000 {
        let element = goodturn::book::Element {
            name: "blockquote".into(),
            attributes: vec![],
            children: nodes,
        };
        nodes = vec![goodturn::book::Node::Element(element)];
    }
    let mut deep = page("<p>x</p>");
    deep.parts[0].chapters[0].tree = nodes;
    let made = set(&deep);
    assert!(pages("deep.pdf", &made.bytes).concat().contains("bottom"));
    assert!(
        messages(&made.warnings)[0].contains("deep in one another"),
        "{:#?}",
        made.warnings
    );
    // A tree this deep cannot be dropped on the stack of a test.
    std::mem::forget(deep);
}

/// A book of `chapters` chapters with `words` words each, in paragraphs, with a heading, a list, a
/// table, code, notes and links.
fn long_book(chapters: usize, words: usize) -> Book {
    let vocabulary: Vec<&str> = include_str!("books_pdf/showcase.html")
        .split(|c: char| !c.is_ascii_alphabetic())
        .filter(|word| word.len() > 1)
        .collect();
    let mut state = 7_u64;
    let mut next = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let all = (0..chapters).map(|n| {
        let mut html = String::new();
        for paragraph in 0..words / 80 {
            match paragraph % 8 {
                1 => html += &format!("<h2 id=\"c{n}-{paragraph}\">A heading {paragraph}</h2>"),
                3 => html += "<ul><li>one thing</li><li>another <em>thing</em></li></ul>",
                5 => html += "<pre><code>let x = compute(everything, at, once);\nprint(x)</code></pre>",
                6 => html += "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></tbody></table>",
                _ => {}
            }
            html += "<p>";
            for word in 0..80 {
                let chosen = vocabulary[next(vocabulary.len())];
                html += &match word {
                    20 => format!("<em>{chosen}</em> "),
                    40 => format!("<code>{chosen}</code> "),
                    60 if paragraph % 9 == 0 => format!("<a href=\"#c{}\">{chosen}</a> ", next(chapters)),
                    70 if paragraph % 7 == 0 => format!("{chosen}<a role=\"doc-noteref\" href=\"#f{n}-{paragraph}\">1</a> "),
                    _ => format!("{chosen} "),
                };
            }
            html += "</p>";
            if paragraph % 7 == 0 {
                html += &format!("<aside role=\"doc-footnote\" id=\"f{n}-{paragraph}\"><p>A note about {n}.</p></aside>");
            }
        }
        chapter(&format!("c{n}"), &format!("Chapter {n} of many"), &html)
    });
    book(all.collect())
}

#[test]
fn a_book_of_six_hundred_pages() {
    let made = set(&long_book(40, 5400));
    assert!(made.pages >= 600, "{}", made.pages);
    assert!(made.accessible, "{:#?}", made.warnings);
    let path = saved("long.pdf", &made.bytes);
    run("qpdf", &["--check", path.to_str().unwrap()]);
}

/// Speed: `cargo test --release --test books_pdf -- --ignored --nocapture two_hundred_thousand`.
#[test]
#[ignore = "measures; wants an optimised build"]
fn two_hundred_thousand_words() {
    let book = long_book(110, 1820);
    let started = std::time::Instant::now();
    let made = set(&book);
    println!(
        "{} pages, {} bytes in {:?}",
        made.pages,
        made.bytes.len(),
        started.elapsed()
    );
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    println!(
        "{:?}",
        status.lines().find(|line| line.starts_with("VmHWM"))
    );
    assert!(made.accessible);
}

/// Words that no hyphen breaks and nothing else in a book says.
fn a_word() -> impl Strategy<Value = String> {
    "[qx][kz][0-9]{3}"
}

/// HTML as bad as can be, with every kind of element in every place.
fn any_html() -> impl Strategy<Value = String> {
    const NAMES: &[&str] = &[
        "p",
        "h1",
        "h2",
        "h3",
        "h6",
        "em",
        "strong",
        "code",
        "pre",
        "blockquote",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "a",
        "figure",
        "figcaption",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "caption",
        "sup",
        "sub",
        "del",
        "ins",
        "mark",
        "kbd",
        "q",
        "aside",
        "div",
        "span",
        "section",
        "details",
        "summary",
        "u",
        "ruby",
        "rt",
    ];
    const ATTRIBUTES: &[&str] = &[
        "",
        " id=\"a\"",
        " id=\"b\"",
        " href=\"#a\"",
        " href=\"#b\"",
        " href=\"https://example.org/\"",
        " href=\"#a\" role=\"doc-noteref\"",
        " id=\"a\" role=\"doc-footnote\"",
        " id=\"b\" role=\"doc-footnote\"",
        " colspan=\"3\"",
        " rowspan=\"2\"",
        " rowspan=\"0\"",
        " class=\"alert alert-warning\"",
        " start=\"0\"",
        " align=\"center\"",
        " value=\"7\"",
        " reversed=\"\" type=\"i\"",
    ];
    let leaf = prop_oneof![
        4 => a_word().prop_map(|word| format!(" {word} ")),
        1 => Just("<br/>".to_owned()),
        1 => Just("<hr/>".to_owned()),
        1 => Just("<img src=\"p.png\" alt=\"\"/>".to_owned()),
        1 => Just("<img src=\"p.png\" alt=\"words\"/>".to_owned()),
        1 => Just("☑ ".to_owned()),
    ];
    let node = leaf.prop_recursive(7, 60, 5, |inner| {
        let inside = prop::collection::vec(inner, 0..5).prop_map(|nodes| nodes.concat());
        (
            prop::sample::select(NAMES),
            prop::sample::select(ATTRIBUTES),
            inside,
        )
            .prop_map(|(name, attributes, inside)| format!("<{name}{attributes}>{inside}</{name}>"))
    });
    prop::collection::vec(node, 1..6).prop_map(|nodes| nodes.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_tree_becomes_a_book_that_says_its_words(html in any_html()) {
        let mut book = page(&html);
        book.parts[0].chapters[0].tree.extend(tree("<p>end</p>"));
        book.pictures.insert("p.png".into(), photo());
        let made = set(&book);
        let path = saved("any.pdf", &made.bytes);
        run("qpdf", &["--check", path.to_str().unwrap()]);
        let text = run("pdftotext", &[path.to_str().unwrap(), "-"]);
        let text: String = text.split_whitespace().collect();
        for word in html.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| word.len() == 5 && (word.starts_with('q') || word.starts_with('x')) && word[2..].bytes().all(|b| b.is_ascii_digit())) {
            prop_assert!(text.contains(word), "{word} in {html}: {text}");
        }
    }
}
