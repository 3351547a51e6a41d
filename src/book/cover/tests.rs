use super::layout::LAYOUTS;
use super::*;
use crate::diagnostics::Place;
use crate::library::vocabulary::Vocabulary;

fn book(id: &str, title: &str) -> Book {
    Book {
        id: id.into(),
        title: title.into(),
        subtitle: Some("What it costs you not to ask".into()),
        authors: vec!["Ada Byron".into(), "Grace Murray".into()],
        lang: "en".into(),
        industry: Some("construction".into()),
        subjects: vec!["Construction".into()],
        ..Book::default()
    }
}

fn made(book: &Book) -> (Cover, Vec<String>) {
    let mut problems = Vec::new();
    let cover = cover(book, &mut problems).expect("a cover");
    (cover, problems.into_iter().map(|p| p.message).collect())
}

/// Relative luminance (WCAG 2.2).
fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let value = u8::from_str_radix(&colour[at..at + 2], 16).expect("hexadecimal digits");
        let value = f64::from(value) / 255.0;
        match value <= 0.04045 {
            true => value / 12.92,
            false => ((value + 0.055) / 1.055).powf(2.4),
        }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

fn contrast(a: &str, b: &str) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn text_stands_out_from_every_surface_as_wcag_aa_asks() {
    for palette in PALETTES {
        let pairs = [
            (palette.ink, palette.ground),
            (palette.ink, palette.second),
            (palette.text, palette.paper),
        ];
        for (text, surface) in pairs {
            let contrast = contrast(text, surface);
            assert!(
                contrast >= 4.5,
                "{}: {text} on {surface}: {contrast:.1}",
                palette.name
            );
        }
        // Shapes are to be seen, too.
        assert!(
            contrast(palette.accent, palette.ground) >= 2.0,
            "{}",
            palette.name
        );
    }
}

#[test]
fn every_sector_has_a_palette() {
    let vocabulary = Vocabulary::builtin();
    for sector in vocabulary.sectors() {
        let slug = &vocabulary.get(sector).slug;
        let chosen: Vec<_> = (0..4)
            .map(|hash| palette::choose(Some(slug), hash))
            .collect();
        assert!(chosen.iter().all(|one| *one == chosen[0]), "{slug}");
    }
    assert_ne!(palette::choose(None, 0), palette::choose(None, 1));
}

#[test]
fn each_layout_is_drawn_with_outlines_and_the_same_each_time() {
    let mut layouts = std::collections::BTreeSet::new();
    for number in 0..40 {
        let id = format!("b{number}");
        if !layouts.insert(xxh3_64(id.as_bytes()) % LAYOUTS) {
            continue;
        }
        let book = book(&id, "Serve <first> & ask later");
        let (first, told) = made(&book);
        assert_eq!(told, Vec::<String>::new());
        assert!(!first.svg.contains("<text") && !first.svg.contains("font-family"));
        assert!(
            first
                .svg
                .contains("<title>Serve &lt;first&gt; &amp; ask later</title>")
        );
        roxmltree::Document::parse(&first.svg).expect("sound XML");
        assert_eq!(first.svg, made(&book).0.svg);
        assert_eq!(first.jpeg(320).ok(), made(&book).0.jpeg(320).ok());
    }
    assert_eq!(layouts.len() as u64, LAYOUTS);
}

#[test]
fn pictures_have_the_size_that_was_asked_for() {
    let (cover, _) = made(&book("x", "Sizes"));
    let picture = cover.picture().expect("a picture");
    assert_eq!(
        (picture.media_type, picture.size),
        ("image/jpeg", Some((1_600, 2_560)))
    );
    let small = Picture::read(cover.png(400).expect("a picture")).expect("a picture");
    assert_eq!(
        (small.media_type, small.size),
        ("image/png", Some((400, 640)))
    );
    assert!(cover.png(0).is_err());
}

#[test]
fn a_script_without_a_font_is_told_and_leaves_no_boxes() {
    let (_, told) = made(&book("x", "日本 Pricing"));
    assert_eq!(
        told,
        ["the fonts have no letters for some of the cover of \"日本 Pricing\": 日本"]
    );
    // The letters that are known stand as if the others had never been there.
    let (some, _) = made(&book("x", "日本 Pricing"));
    let (none, _) = made(&book("x", "Pricing"));
    assert_eq!(some.png(200).ok(), none.png(200).ok());
}

#[test]
fn a_cover_of_the_author_is_looked_at() {
    let (cover, _) = made(&book("x", "Own"));
    let mut problems = Vec::new();
    let small = cover.png(600).expect("a picture");
    assert!(own(small, Place::file("cover.jpg"), &[], &mut problems).is_ok());
    assert!(problems[0].message.contains("600 by 960"), "{problems:?}");
    problems.clear();
    let drawing = own(
        cover.svg.into_bytes(),
        Place::file("cover.svg"),
        &[],
        &mut problems,
    )
    .expect("a picture");
    assert_eq!(
        (drawing.media_type, drawing.size),
        ("image/jpeg", Some((1_600, 2_560)))
    );
    let told = own(
        b"no picture".to_vec(),
        Place::file("cover.png"),
        &[],
        &mut problems,
    )
    .expect_err("an error");
    assert_eq!(told.message, "the cover cannot be used: this is no picture");
    assert_eq!(
        told.place.map(|place| place.file.to_string()),
        Some("cover.png".into())
    );
    assert_eq!(problems, []);
}
