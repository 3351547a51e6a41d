//! Every example of the CommonMark specification, one chapter each, as one book.

use super::{bound, set, tools, written};
use goodturn::config::RawHtml;
use goodturn::language::quotes::Quotes;
use goodturn::source::markdown::{Body, Fill, Settings, render};

/// How many examples version 0.31.2 has: fewer found means that they were not all read.
const EXAMPLES: usize = 652;

#[test]
fn every_example_of_commonmark_makes_one_epub_without_findings_and_one_pdf() {
    let chapters: Vec<(String, String)> = examples()
        .enumerate()
        .map(|(at, markdown)| (format!("example-{}", at + 1), html(&markdown)))
        .collect();
    assert_eq!(chapters.len(), EXAMPLES);
    let chapters: Vec<(&str, &str, String)> = chapters
        .iter()
        .map(|(key, html)| (key.as_str(), key.as_str(), html.clone()))
        .collect();
    let (book, _) = bound("CommonMark", &chapters, Vec::new());
    tools::epubcheck(&written(&book, "commonmark"));
    set(&book, "commonmark");
}

/// The Markdown of the examples, which stand between fences of 32 backticks.
fn examples() -> impl Iterator<Item = String> {
    const FENCE: &str = "````````````````````````````````";
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/browser/node_modules/commonmark-spec/spec.txt"
    );
    let text = std::fs::read_to_string(path)
        .expect("the CommonMark specification is there; `bash tests/run` installs it");
    let bodies: Vec<String> = text
        .split(&format!("{FENCE} example\n"))
        .skip(1)
        .filter_map(|rest| Some(format!("\n{}", rest.split(FENCE).next()?)))
        .collect();
    bodies.into_iter().filter_map(|body| {
        let (markdown, _) = body.split_once("\n.\n")?;
        Some(markdown.replace('→', "\t") + "\n")
    })
}

fn html(markdown: &str) -> String {
    let settings = Settings {
        quotes: Some(Quotes::ENGLISH),
        raw_html: RawHtml::Allow,
        lenient: true,
        lift_title: true,
        hides_lines: false,
        above: 0,
    };
    let (body, _) = render("example.md", markdown, 0, None, settings, &mut Vec::new());
    body.fragment.fill(&mut AsWritten(&body))
}

/// Fills each hole with what the author wrote.
struct AsWritten<'a>(&'a Body);

impl Fill for AsWritten<'_> {
    fn link(&mut self, number: u32, out: &mut String) {
        let target = &self.0.links[number as usize].target;
        pulldown_cmark_escape::escape_href(out, target).expect("writing to a String cannot fail");
    }
    fn size(&mut self, _: u32, _: &mut String) {}
    fn word(&mut self, key: &'static str, out: &mut String) {
        out.push_str(key);
    }
    fn call(&mut self, _: u32, body: Option<String>, out: &mut String) {
        out.push_str(&body.unwrap_or_default());
    }
}
