//! Books as PDF: set, then read back with other people's tools (poppler, qpdf, lopdf).
#![cfg(feature = "pdf")]

#[path = "books_pdf/markup.rs"]
mod markup;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use goodturn::book::pdf::{Pdf, pdf};
use goodturn::book::{Book, Chapter, Part, Picture};
use goodturn::diagnostics::Diagnostic;
use markup::tree;
use proptest::prelude::*;

const CHART: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="400" height="160"><rect x="20" y="90" width="90" height="60" fill="#1d4e79"/><rect x="150" y="60" width="90" height="90" fill="#2e7d4f"/><rect x="280" y="20" width="90" height="130" fill="#b7791f"/><text x="20" y="20" font-family="Source Sans 3" font-size="16">Quotes</text></svg>"##;

fn chapter(key: &str, title: &str, html: &str) -> Chapter {
    Chapter { key: key.into(), title: title.into(), tree: tree(html), ..Chapter::default() }
}

/// A book of these chapters, without parts.
fn book(chapters: Vec<Chapter>) -> Book {
    Book {
        id: "b7k2m9".into(),
        title: "A Fair Price".into(),
        authors: vec!["Maria Gomes".into(), "Tom Ode".into()],
        lang: "en-US".into(),
        modified: 1_795_000_000,
        parts: vec![Part { title: None, chapters }],
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
    Picture { media_type: "image/png", bytes, size: Some((width, height)) }
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
    let mut second = chapter("followup", "Follow up without being a nuisance", "<p>A letter that helps is never a nuisance.</p><h2>When</h2><p>On the next day.</p>");
    second.number = Some("2".into());
    let mut inner = chapter("first-letter", "The first letter", "<p>Short, with one thing to give.</p>");
    inner.number = Some("2.1".into());
    second.children = vec![inner];
    let opening = chapter("preface", "Preface", "<p>Why this book is free.</p>");
    let pictures = BTreeMap::from([
        ("chart.svg".to_owned(), Picture { media_type: "image/svg+xml", bytes: CHART.into(), size: None }),
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
            Part { title: None, chapters: vec![opening] },
            Part { title: Some("The number".into()), chapters: vec![first] },
            Part { title: Some("The people".into()), chapters: vec![second] },
        ],
        pictures,
        ..book(vec![])
    }
}

/// Sets a book.
fn set(book: &Book) -> Pdf {
    match pdf(book, &[]) {
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
    let output = Command::new(program).args(arguments).output().expect("the program is installed");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {arguments:?}: {said}{errors}");
    said
}

/// The pages of a PDF as text.
fn pages(name: &str, bytes: &[u8]) -> Vec<String> {
    let path = saved(name, bytes);
    let text = run("pdftotext", &["-layout", path.to_str().unwrap(), "-"]);
    text.split('\u{c}').map(str::to_owned).collect()
}

fn messages(warnings: &[Diagnostic]) -> Vec<&str> {
    warnings.iter().map(|warning| warning.message.as_str()).collect()
}

#[test]
fn a_book_with_one_of_everything() {
    let made = set(&showcase());
    saved("showcase.pdf", &made.bytes);
    assert_eq!(messages(&made.warnings), [] as [&str; 0]);
    assert!(made.accessible);
}
