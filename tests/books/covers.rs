//! Covers of every layout, with short, long and odd titles. They stay in target/books/covers/, to
//! be looked at.

use std::path::Path;

use goodturn::book::cover::cover;
use goodturn::book::{Book, Picture};

/// Title, subtitle, authors and industry.
const BOOKS: [(&str, &str, &[&str], &str); 12] = [
    (
        "Serve First",
        "Networking for people who would rather help than sell",
        &["Maria Lindqvist"],
        "construction",
    ),
    (
        "Pricing",
        "",
        &["Ada Byron", "Grace Murray Hopper"],
        "finance",
    ),
    (
        "Starting an Association That Lasts",
        "A field guide for trades",
        &["Tomás Ortega"],
        "agriculture",
    ),
    (
        "The Unreasonably Long and Thorough Handbook of Commercial Refrigeration Maintenance for Small Kitchens and Large",
        "Third, much enlarged edition",
        &["A. B.", "C. D.", "E. F."],
        "accommodation-food",
    ),
    (
        "Donaudampfschifffahrtsgesellschaft",
        "Ein Wort",
        &["Karl Meyer"],
        "transportation",
    ),
    (
        "Care",
        "Notes from the night shift",
        &["Dr. Ngozi Adeyemi"],
        "health-care",
    ),
    (
        "Why Pitching Fails",
        "And what to do on Monday",
        &["Jo Bell"],
        "arts-recreation",
    ),
    (
        "Ten Letters to a New Consultant",
        "",
        &[],
        "professional-services",
    ),
    (
        "Software, Quietly",
        "How small teams ship",
        &["Ines Prado"],
        "information",
    ),
    (
        "What the Shop Knows",
        "Retail by listening",
        &["Rui Costa"],
        "retail",
    ),
    (
        "Teach It Twice",
        "On workshops",
        &["Lena Fischer"],
        "education",
    ),
    (
        "The Landlord's Year",
        "Twelve months of upkeep",
        &["Sam Oduya"],
        "real-estate",
    ),
];

#[test]
fn every_book_has_a_cover_worth_looking_at() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/books/covers");
    std::fs::create_dir_all(&folder).expect("target/ can be written");
    for ((title, subtitle, authors, industry), number) in BOOKS.iter().zip(0..) {
        let book = Book {
            id: format!("cover-{number}"),
            title: (*title).into(),
            subtitle: Some((*subtitle).into()),
            authors: authors.iter().map(|author| (*author).into()).collect(),
            lang: "en".into(),
            subjects: vec![industry.replace('-', " & ")],
            industry: Some((*industry).into()),
            ..Book::default()
        };
        let mut problems = Vec::new();
        let made = cover(&book, &mut problems).expect("a cover");
        assert_eq!(problems, []);
        let png = made.png(400).expect("a picture");
        std::fs::write(folder.join(format!("{number:02}.png")), &png).expect("a file");
        let picture = Picture::read(png).expect("a picture");
        assert_eq!(picture.size, Some((400, 640)));
        // The drawing holds nothing but shapes, and stays small enough for a web page.
        assert!(made.svg.len() < 200_000, "{title}: {}", made.svg.len());
    }
}
