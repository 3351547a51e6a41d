//! The package: what the book is, and the list of its files.

use std::fmt::Write as _;

use jiff::Timestamp;
use uuid::Uuid;

use super::Words;
use super::plan::{Plan, Shown};
use crate::book::markup::escaped;
use crate::language::is_right_to_left;

/// The package document (EPUB 3.3, section 5).
pub(super) fn package(plan: &Plan<'_>, words: &Words) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let lang = escaped(language(plan));
    // Writing to a String cannot fail, here and below.
    let _ = writeln!(
        out,
        "<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"book-id\" \
         xml:lang=\"{lang}\"{}>",
        if is_rtl(plan) { " dir=\"rtl\"" } else { "" }
    );
    metadata(plan, words, &mut out);
    manifest(plan, &mut out);
    spine(plan, &mut out);
    out.push_str("</package>\n");
    out
}

/// The language; English where there is none, since a book must have one.
pub(super) fn language<'a>(plan: &Plan<'a>) -> &'a str {
    let lang = plan.book.lang.as_str();
    match crate::book::clean::rules::is_language(lang) {
        true => lang,
        false => "en",
    }
}

pub(super) fn is_rtl(plan: &Plan<'_>) -> bool {
    is_right_to_left(&plan.book.lang)
}

/// The identifier: made from the book's id, so that every edition has the same.
pub(super) fn identifier(plan: &Plan<'_>) -> String {
    let name = format!("goodturn:{}", plan.book.id);
    Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes())
        .urn()
        .to_string()
}

fn metadata(plan: &Plan<'_>, words: &Words, out: &mut String) {
    let book = plan.book;
    let mut line = |text: String| {
        out.push_str(&text);
        out.push('\n');
    };
    line("<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">".into());
    line(format!(
        "<dc:identifier id=\"book-id\">{}</dc:identifier>",
        identifier(plan)
    ));
    line(format!(
        "<dc:title id=\"title\">{}</dc:title>",
        escaped(title(plan))
    ));
    line("<meta refines=\"#title\" property=\"title-type\">main</meta>".into());
    if let Some(subtitle) = filled(&book.subtitle) {
        line(format!(
            "<dc:title id=\"subtitle\">{}</dc:title>",
            escaped(subtitle)
        ));
        line("<meta refines=\"#subtitle\" property=\"title-type\">subtitle</meta>".into());
    }
    let authors = book
        .authors
        .iter()
        .filter(|author| !author.trim().is_empty());
    for (at, author) in authors.enumerate() {
        let number = at + 1;
        line(format!(
            "<dc:creator id=\"author-{number}\">{}</dc:creator>",
            escaped(author)
        ));
        line(format!(
            "<meta refines=\"#author-{number}\" property=\"role\" scheme=\"marc:relators\">aut</meta>"
        ));
        line(format!(
            "<meta refines=\"#author-{number}\" property=\"display-seq\">{number}</meta>"
        ));
    }
    line(format!(
        "<dc:language>{}</dc:language>",
        escaped(language(plan))
    ));
    for (name, value) in [
        ("publisher", filled(&book.publisher)),
        ("description", filled(&book.summary)),
        ("rights", filled(&book.licence)),
        ("date", filled(&book.date).filter(|date| is_date(date))),
    ] {
        if let Some(value) = value {
            line(format!("<dc:{name}>{}</dc:{name}>", escaped(value)));
        }
    }
    for subject in book
        .subjects
        .iter()
        .filter(|subject| !subject.trim().is_empty())
    {
        line(format!("<dc:subject>{}</dc:subject>", escaped(subject)));
    }
    line(format!(
        "<meta property=\"dcterms:modified\">{}</meta>",
        modified(book.modified)
    ));
    // How EPUB 2 and Kindle name the cover.
    line("<meta name=\"cover\" content=\"cover-image\"/>".into());
    for (property, value) in accessibility(plan, words) {
        line(format!(
            "<meta property=\"schema:{property}\">{}</meta>",
            escaped(&value)
        ));
    }
    line("</metadata>".into());
}

/// What the title page calls the book; an EPUB must have a title.
pub(super) fn title<'a>(plan: &Plan<'a>) -> &'a str {
    match plan.book.title.trim() {
        "" => "Untitled",
        title => title,
    }
}

/// A value that says something.
pub(super) fn filled(value: &Option<String>) -> Option<&str> {
    value
        .as_deref()
        .map(str::trim)
        .filter(|value| !value.is_empty())
}

/// Whether a date is one as the metadata wants it: a year, a month or a day of ISO 8601.
fn is_date(date: &str) -> bool {
    let has_digits =
        |part: &str, count: usize| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
    match date.split('-').collect::<Vec<_>>().as_slice() {
        [year] => has_digits(year, 4),
        [year, month] => has_digits(year, 4) && has_digits(month, 2),
        [..] => date.parse::<jiff::civil::Date>().is_ok() && date.len() == "2026-11-23".len(),
    }
}

/// A moment as the metadata wants it: `2026-11-23T09:30:00Z`.
fn modified(seconds: i64) -> String {
    let moment = Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH);
    // The metadata knows years of four digits only.
    let text = moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    match text.len() {
        20 => text,
        _ => "1970-01-01T00:00:00Z".to_owned(),
    }
}

/// What is true of this book (EPUB Accessibility 1.1, section 2.2; the words are those of the
/// accessibility vocabulary of schema.org).
fn accessibility(plan: &Plan<'_>, words: &Words) -> Vec<(&'static str, String)> {
    let has_pictures = !plan.pictures.is_empty();
    let is_described = plan.all_described;
    let may_move = plan.pictures.values().any(|picture| {
        matches!(
            picture.media_type,
            "image/gif" | "image/webp" | "image/svg+xml"
        )
    });
    let mut all = vec![("accessMode", "textual")];
    if has_pictures {
        all.push(("accessMode", "visual"));
    }
    if is_described {
        all.push(("accessModeSufficient", "textual"));
    }
    if has_pictures {
        all.push(("accessModeSufficient", "textual,visual"));
    }
    for feature in [
        "tableOfContents",
        "structuralNavigation",
        "readingOrder",
        "displayTransformability",
    ] {
        all.push(("accessibilityFeature", feature));
    }
    if has_pictures && is_described {
        all.push(("accessibilityFeature", "alternativeText"));
    }
    // Nobody looked whether a picture that moves flashes.
    all.push((
        "accessibilityHazard",
        if may_move { "unknown" } else { "none" },
    ));
    let pictures = match (has_pictures, is_described) {
        (false, _) => "",
        (true, true) => &words.described,
        (true, false) => &words.undescribed,
    };
    let summary = format!("{} {pictures}", words.accessible);
    all.push(("accessibilitySummary", summary.trim_end()));
    all.into_iter()
        .map(|(name, value)| (name, value.to_owned()))
        .collect()
}

fn manifest(plan: &Plan<'_>, out: &mut String) {
    out.push_str("<manifest>\n");
    items(plan, &mut |id, href, media_type, properties| {
        let properties = match properties {
            "" => String::new(),
            properties => format!(" properties=\"{properties}\""),
        };
        let _ = writeln!(
            out,
            "<item id=\"{id}\" href=\"{href}\" media-type=\"{media_type}\"{properties}/>"
        );
    });
    out.push_str("</manifest>\n");
}

/// Calls `item` with the id, the address, the type and the properties of each file.
fn items(plan: &Plan<'_>, item: &mut dyn FnMut(&str, &str, &str, &str)) {
    let page = "application/xhtml+xml";
    item("nav", "nav.xhtml", page, "nav");
    item("ncx", "toc.ncx", "application/x-dtbncx+xml", "");
    item("style", "style.css", "text/css", "");
    item("cover", "cover.xhtml", page, "");
    item("title-page", "title.xhtml", page, "");
    for file in &plan.order {
        item(stem(file), file, page, "");
    }
    let cover = &plan.cover;
    item("cover-image", &cover.file, cover.media_type, "cover-image");
    for Shown {
        file, media_type, ..
    } in plan.pictures.values()
    {
        let name = file.trim_start_matches("images/");
        item(stem(name), file, media_type, "");
    }
}

fn stem(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

fn spine(plan: &Plan<'_>, out: &mut String) {
    let direction = match is_rtl(plan) {
        true => " page-progression-direction=\"rtl\"",
        false => "",
    };
    let _ = writeln!(out, "<spine toc=\"ncx\"{direction}>");
    out.push_str("<itemref idref=\"cover\" linear=\"no\"/>\n<itemref idref=\"title-page\"/>\n<itemref idref=\"nav\"/>\n");
    for file in &plan.order {
        let _ = writeln!(out, "<itemref idref=\"{}\"/>", stem(file));
    }
    out.push_str("</spine>\n");
}
