//! The fixture `traps`: a library whose books hold every trap that was met in books that people
//! really give away, made by the real program.

use std::collections::BTreeSet;
use std::fs;

use super::made::{book, done, goodturn, traps as library};
use super::tools;

#[test]
fn the_epub_has_no_finding_and_every_trap_is_told_with_its_place() {
    let library = library();
    let (epub, told) = book(library.path(), "content/traps", "traps.epub");
    insta::assert_snapshot!(told);
    tools::epubcheck(&epub);
    let (epub, told) = book(library.path(), "content/long", "long.epub");
    assert_eq!(told, "");
    tools::epubcheck(&epub);
    tools::ace(&epub);
}

/// Without pictures that nobody described, the traps are accessible, too.
#[test]
fn the_epub_of_described_traps_is_accessible() {
    let library = library();
    let path = library.path().join("content/traps/pictures.md");
    let text = fs::read_to_string(&path).expect("a chapter");
    let text = text
        .replace("![](", "![Words](")
        .replace(" alt>", " alt=Words>");
    fs::write(&path, text).expect("a chapter");
    let (epub, _) = book(library.path(), "content/traps", "traps-described.epub");
    tools::epubcheck(&epub);
    tools::ace(&epub);
}

#[test]
#[cfg(feature = "pdf")]
fn the_pdf_has_all_the_text_and_its_links_lead_to_their_pages() {
    let library = library();
    let (pdf, _) = book(library.path(), "content/traps", "traps.pdf");
    tools::qpdf(&pdf);
    let pages = tools::pages(&pdf);
    let all = pages.concat();
    let words: Vec<&str> = all.split_whitespace().collect();
    let all = words.join(" ");
    for text in [
        "one in bold and slanted letters that cross",
        "Text after a span that stays open",
        "And one more.",
        "A cell with words",
        "Seen after the comment.",
        "Seen at the end.",
        "7From a table.",
        "A note with a note in it",
        "A heading in a note",
        "raw in raw",
        "back\\slash",
        "A picture of another site",
        "A caption with bold and an empty line",
        "a heading in an item",
        "1,000,000.00 2,000,000.00",
        "A table with a list and a table",
        "a loose meaning",
        "\u{5e9}\u{5dc}\u{5d5}\u{5dd}",
        "\u{6f22} (kan) \u{5b57}",
        "hold ➥ it, and which goes on",
        "Hidden until opened.",
        "A heading by raw tags",
        "Six after two",
        "Not the note of the other chapter.",
        "code in a title, bold tags and an &",
        "a chapter with nothing in it",
    ] {
        let text = text.to_lowercase();
        assert!(all.to_lowercase().contains(&text), "{text}: {all}");
    }
    for gone in ["alert(1)", "processing", "display: none", "Not seen"] {
        assert!(!all.contains(gone), "{gone}");
    }
    insta::assert_snapshot!(tools::links_of_pdf(&pdf).join("\n"));
}

/// The pages on the web. A chapter whose author wrote raw HTML is as sound as that; the page to
/// print is made from the cleaned trees, and must be sound whatever the author wrote.
#[test]
fn the_pages_to_print_are_sound_and_their_links_lead_somewhere() {
    let library = library();
    done(goodturn(library.path(), &["build"]));
    let public = library.path().join("public");
    let page = |path: &str| fs::read_to_string(public.join(path)).expect("a page");
    let sound = [
        "index.html",
        "traps/index.html",
        "traps/print/index.html",
        "traps/before/index.html",
        "traps/last/index.html",
        "traps/title/index.html",
        "traps/empty/index.html",
        "traps/second-part/index.html",
        "long/index.html",
        "long/print/index.html",
        "long/the-first-week/index.html",
        "long/the-second-week/index.html",
    ];
    let sound = sound.iter().map(|path| public.join(path));
    tools::nu(&sound.collect::<Vec<_>>());
    for path in ["traps/print/index.html", "long/print/index.html"] {
        let html = page(path);
        let ids = values(&html, "id");
        let once: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(
            once.len(),
            ids.len(),
            "an id stands twice in {path}: {ids:?}"
        );
        let links = values(&html, "href");
        let inside: Vec<&str> = links.iter().filter_map(|to| to.strip_prefix('#')).collect();
        assert!(inside.len() > 5, "{links:?}");
        for id in inside {
            assert!(once.contains(id), "{path} has no #{id}");
        }
    }
    // A heading that moved to a chapter of its own is found by all who link to it.
    assert!(page("traps/before/index.html").contains("href=\"/shelf/long/the-second-week/\""));
    assert!(page("traps/last/index.html").contains("href=\"/shelf/long/the-second-week/\""));
    let first = page("long/the-first-week/index.html");
    assert!(first.contains("href=\"/shelf/long/the-second-week/#what-comes-next\""));
    insta::assert_snapshot!(page("long/search.js"));
    assert!(page("traps/search.js").starts_with("export default {\"chapters\":[["));
}

/// The values of an attribute in HTML that Goodturn wrote.
fn values<'h>(html: &'h str, name: &str) -> Vec<&'h str> {
    let start = format!(" {name}=\"");
    let after = html.split(&start).skip(1);
    after.filter_map(|rest| rest.split('"').next()).collect()
}

/// A long book, with all that chapters have.
#[test]
fn a_book_of_six_hundred_pages_is_sound() {
    let library = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &str| {
        let path = library.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    write("goodturn.yaml", "title: A long shelf\n");
    let mut summary = String::from("# Summary\n");
    for chapter in 1..=60 {
        if chapter % 10 == 1 {
            summary += &format!("\n# Part {}\n\n", chapter / 10 + 1);
        }
        summary += &format!("- [Chapter {chapter}](chapter-{chapter}.md)\n");
        let mut text = format!("# Chapter {chapter}\n\n");
        for section in 1..=12 {
            let next = chapter % 60 + 1;
            text += &format!(
                "## Section {section}\n\nIt goes on in [the next](chapter-{next}.md#section-{section}).[^{section}]\n\n\
                 [^{section}]: A note of chapter {chapter}.\n\n| what | when |\n| --- | --- |\n| call | Monday |\n\n- one\n- two\n\n"
            );
            for _ in 0..3 {
                text += &"Write down who called, what they hoped for, and what you promised. "
                    .repeat(8);
                text += "\n\n";
            }
        }
        write(&format!("content/long/chapter-{chapter}.md"), &text);
    }
    write("content/long/SUMMARY.md", &summary);
    write("content/long/book.yaml", "title: Long\ndate: 2026-01-05\n");
    let (epub, told) = book(library.path(), "content/long", "six-hundred.epub");
    assert_eq!(told, "");
    tools::epubcheck(&epub);
    if cfg!(feature = "pdf") {
        let (pdf, told) = book(library.path(), "content/long", "six-hundred.pdf");
        assert_eq!(told, "");
        tools::qpdf(&pdf);
        let pages = tools::pages(&pdf).len();
        assert!(pages >= 600, "{pages}");
    }
}
