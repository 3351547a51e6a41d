//! The code of a whole book: its design, its first pages, and then chapter after chapter.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::code::{array, literal, one_line, optional, shortened};
use super::facts::{Facts, Placed};
use super::pictures::Pictures;
use super::world::Fonts;
use super::writer::Writer;
use crate::book::Book;
use crate::diagnostics::Diagnostic;

/// What the functions that the book calls look like.
const STYLE: &str = include_str!("style.typ");
/// The page without its margins, in points: 6 by 9 inches, 54 points at each side.
const COLUMN: f64 = 324.0;
/// The page's width in points.
const PAGE: f64 = 432.0;
/// How many characters of a title fit into half a running head.
const HEAD: usize = 38;
/// How many pictures a warning names.
const MOST_NAMED: usize = 3;

/// A book as Typst code.
pub(super) struct Written {
    /// The code.
    pub code: String,
    /// What to tell the author.
    pub warnings: Vec<Diagnostic>,
    /// Every character that is shown, with the number of the chapter that shows it first.
    pub characters: BTreeMap<char, usize>,
}

/// Writes the code of `book`, whose chapters are `chapters`.
pub(super) fn write(
    book: &Book,
    chapters: &[Placed<'_>],
    pictures: &Pictures,
    fonts: &Fonts,
) -> Written {
    let facts = Facts::of(chapters);
    let mut writer = Writer::new(&facts, pictures, COLUMN);
    let mut code = design(book, fonts);
    code += &first_pages(book, &mut writer, chapters.len() > 1);
    let _ = writeln!(
        code,
        "#show: main-matter.with({})",
        literal(&shortened(&title(book), HEAD))
    );
    code += "#{\n";
    for (number, placed) in chapters.iter().enumerate() {
        writer.chapter = number;
        code += &chapter(placed, &mut writer);
        tell(placed, &mut writer);
    }
    code += "}\n";
    Written {
        code,
        warnings: writer.warnings,
        characters: writer.characters,
    }
}

fn title(book: &Book) -> String {
    match one_line(&book.title) {
        title if title.is_empty() => "Untitled".to_owned(),
        title => title,
    }
}

fn design(book: &Book, fonts: &Fonts) -> String {
    let (language, region) = language(&book.lang);
    let right_to_left = matches!(
        language.as_str(),
        "ar" | "dv" | "fa" | "he" | "ks" | "pa" | "ps" | "sd" | "ug" | "ur" | "yi"
    ) && !(language == "pa" && region.is_none());
    let side = if right_to_left { "right" } else { "left" };
    let authors: Vec<String> = book.authors.iter().map(|author| one_line(author)).collect();
    let subjects: Vec<String> = book
        .subjects
        .iter()
        .map(|subject| one_line(subject))
        .collect();
    let summary = book.summary.as_deref().map(one_line);
    let mut code = String::new();
    // Writing to a String cannot fail.
    let _ = writeln!(code, "#let side = \"{side}\"");
    let _ = writeln!(
        code,
        "#let own-fonts = {}",
        array(fonts.own.iter().map(String::as_str))
    );
    code += STYLE;
    let _ = writeln!(
        code,
        "#set document(title: {}, author: {}, keywords: {}, description: {})",
        literal(&title(book)),
        array(authors.iter().map(String::as_str)),
        array(subjects.iter().map(String::as_str)),
        optional(summary.as_deref()),
    );
    let region = optional(region.as_deref());
    let _ = writeln!(code, "#show: design.with({}, {region})", literal(&language));
    code
}

/// The language and the region of a BCP 47 tag, as Typst takes them; English where there is none.
pub(crate) fn language(tag: &str) -> (String, Option<String>) {
    let mut subtags = tag.split(['-', '_']);
    let is = |subtag: &str, lengths: std::ops::RangeInclusive<usize>| {
        lengths.contains(&subtag.len()) && subtag.bytes().all(|b| b.is_ascii_alphabetic())
    };
    let Some(language) = subtags.next().filter(|language| is(language, 2..=3)) else {
        return ("en".to_owned(), None);
    };
    let region = subtags.find_map(|subtag| match subtag.to_ascii_lowercase().as_str() {
        "hans" => Some("CN".to_owned()),
        "hant" => Some("TW".to_owned()),
        region if is(region, 2..=2) => Some(region.to_ascii_uppercase()),
        _ => None,
    });
    (language.to_ascii_lowercase(), region)
}

/// The cover, the title page, the page behind it, and the contents.
fn first_pages(book: &Book, writer: &mut Writer<'_>, with_contents: bool) -> String {
    let mut code = String::from("#{\n");
    let title = title(book);
    if let Some((number, (width, height))) = writer.pictures.cover {
        // No taller than twice its width, no wider than twice its height: then it is distorted.
        let height = PAGE * (height / width).clamp(0.5, 2.0);
        let alt = literal(&title);
        let _ = writeln!(
            code,
            "cover({PAGE}pt, {height:.2}pt, {alt}, pictures.at({number}))"
        );
    }
    let shown = |writer: &mut Writer<'_>, text: Option<&str>| {
        let text = text.map(one_line).filter(|text| !text.is_empty());
        text.map_or_else(|| "none".to_owned(), |text| writer.shown(&text))
    };
    let authors = book
        .authors
        .iter()
        .map(|author| one_line(author))
        .collect::<Vec<_>>()
        .join(", ");
    let size = match title.chars().count() {
        0..=36 => 34,
        37..=80 => 28,
        _ => 22,
    };
    let (title, subtitle) = (
        heading(writer, &title),
        shown(writer, book.subtitle.as_deref()),
    );
    let (authors, publisher) = (
        shown(writer, Some(&authors)),
        shown(writer, book.publisher.as_deref()),
    );
    let _ = writeln!(
        code,
        "title-page({size}pt, {title}, {subtitle}, {authors}, {publisher})"
    );
    let _ = writeln!(code, "colophon({})", colophon(book, writer));
    if with_contents {
        let with_parts = book.parts.iter().any(|part| part.title.is_some());
        let _ = writeln!(code, "contents({with_parts})");
    }
    code + "}\n"
}

/// What stands behind the title page: each line only if there is something to say.
fn colophon(book: &Book, writer: &mut Writer<'_>) -> String {
    let edition = [book.edition.as_deref(), book.date.as_deref()];
    let edition = edition
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ");
    let authors = book.authors.join(", ");
    let mut code = String::new();
    let lines = [
        Some(title(book)),
        Some(authors),
        book.summary.clone(),
        Some(edition),
        book.publisher.clone(),
        book.licence.clone(),
    ];
    for line in lines.into_iter().flatten() {
        let line = one_line(&line);
        if !line.is_empty() {
            writer.around("{", "},", |w| w.line(|w| w.text(&line)));
            code += &std::mem::take(&mut writer.out);
        }
    }
    let web = |url: &&str| url.starts_with("https://") || url.starts_with("http://");
    if let Some(url) = book.url.as_deref().filter(web) {
        let url = literal(&one_line(url));
        let _ = write!(code, "link({url},{url}),");
    }
    code
}

fn chapter<'a>(placed: &Placed<'a>, writer: &mut Writer<'a>) -> String {
    let chapter = placed.chapter;
    let mut code = String::new();
    if let Some(title) = placed.part {
        let title = heading(writer, &one_line(title));
        let _ = writeln!(code, "part({title})");
    }
    writer.level = placed.level.min(6);
    let title = match one_line(&chapter.title) {
        title if title.is_empty() => chapter.key.clone(),
        title => title,
    };
    let number = chapter
        .number
        .as_deref()
        .map(one_line)
        .filter(|number| !number.is_empty());
    let number = number.map_or_else(|| "none".to_owned(), |number| writer.shown(&number));
    let name = optional(writer.take_label(&chapter.key));
    let head = writer.shown(&shortened(&title, HEAD));
    let size = if title.chars().count() > 60 { 20 } else { 25 };
    let title = heading(writer, &title);
    let text = writer.chapter_text(&chapter.tree);
    let level = writer.level;
    let _ = writeln!(
        code,
        "chapter({level},{number},{name},{size}pt,{title},{head},{{{text}}})"
    );
    code
}

/// A title, which may break in words too long for the page.
fn heading(writer: &mut Writer<'_>, title: &str) -> String {
    let outer = std::mem::take(&mut writer.out);
    writer.around("{", "}", |w| w.large(|w| w.line(|w| w.text(title))));
    std::mem::replace(&mut writer.out, outer)
}

/// Says what of a chapter could not be set as it is.
fn tell(placed: &Placed<'_>, writer: &mut Writer<'_>) {
    let title = one_line(&placed.chapter.title);
    if std::mem::take(&mut writer.too_deep) {
        writer.warnings.push(
            Diagnostic::warning(format!(
                "in \u{201c}{title}\u{201d}, lists and quotes lie more than {} deep in one another",
                super::writer::DEEPEST
            ))
            .help("the PDF shows the words that lie deeper, without their form"),
        );
    }
    let silent = std::mem::take(&mut writer.silent);
    if !silent.is_empty() {
        let named: Vec<_> = silent.iter().take(MOST_NAMED).copied().collect();
        let more = match silent.len().saturating_sub(MOST_NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let what = if silent.len() == 1 {
            "a picture has"
        } else {
            "pictures have"
        };
        writer.warnings.push(
            Diagnostic::warning(format!(
                "in \u{201c}{title}\u{201d}, {what} no description: {}{more}",
                named.join(", ")
            ))
            .help("write what it shows between the brackets: ![A chart of prices](prices.png); screen readers pass over it until then"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::language;

    #[test]
    fn languages_become_what_typst_takes() {
        let of = |tag| {
            let (language, region) = language(tag);
            format!("{language} {}", region.unwrap_or_default())
        };
        assert_eq!(of("en-US"), "en US");
        assert_eq!(of("zh-Hant"), "zh TW");
        assert_eq!(of("sr-Latn-RS"), "sr RS");
        assert_eq!(of("\" + x"), "en ");
        assert_eq!(of(""), "en ");
    }
}
