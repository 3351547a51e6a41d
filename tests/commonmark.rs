//! The examples of the CommonMark specification, through Goodturn's own renderer.
//!
//! The specification comes from the npm package `commonmark-spec`, which `bash tests/run` puts
//! into tests/browser/node_modules; it is not part of this repository. Whatever differs on purpose
//! stands here: what is added to every page is taken away by [`without_additions`], and the
//! examples that an extension reads in another way are [`DIFFERENT`].

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use goodturn::config::RawHtml;
use goodturn::source::markdown::{Body, Fill, Settings, render};

/// How many examples version 0.31.2 has: fewer found means that they were not all read.
const EXAMPLES: usize = 652;

/// The examples that differ on purpose, by number, and why.
const DIFFERENT: &[(usize, &str)] = &[
    (
        475,
        "a tag whose address lies in the library is written anew, with a space before />",
    ),
    (602, "a bare address is a link, as on GitHub"),
    (608, "a bare address is a link, as on GitHub"),
    (611, "a bare address is a link, as on GitHub"),
    (612, "a bare email address is a link, as on GitHub"),
];

struct Example {
    number: usize,
    markdown: String,
    html: String,
}

#[test]
fn every_example_of_the_specification_is_rendered_as_it_says() {
    let examples = examples();
    assert_eq!(examples.len(), EXAMPLES, "examples in the specification");
    let mut wrong = String::new();
    for example in &examples {
        let ours = without_additions(&html(&example.markdown));
        let theirs = with_plain_quotes(&example.html);
        let reason = DIFFERENT
            .iter()
            .find(|(number, _)| *number == example.number);
        let told = match (ours == theirs, reason) {
            (true, None) | (false, Some(_)) => continue,
            (true, Some((_, reason))) => {
                format!("is listed as different ({reason}) and is the same: take it off the list")
            }
            (false, None) => format!(
                "\n--- Markdown\n{}--- the specification\n{theirs}--- Goodturn\n{ours}",
                example.markdown
            ),
        };
        // Writing to a String cannot fail.
        let _ = writeln!(wrong, "example {}: {told}", example.number);
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The examples, as spec.txt has them: between fences of 32 backticks, the Markdown and the HTML
/// apart by a line with a full stop, and → for a tab.
fn examples() -> Vec<Example> {
    const FENCE: &str = "````````````````````````````````";
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/browser/node_modules/commonmark-spec/spec.txt");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| {
        panic!(
            "the CommonMark specification is not there ({}: {error}); `bash tests/run` installs it, \
             or `npm ci --ignore-scripts` in tests/browser",
            path.display()
        )
    });
    text.split(&format!("{FENCE} example\n"))
        .skip(1)
        .enumerate()
        .map(|(at, rest)| {
            let body = rest.split(FENCE).next().expect("split gives one part");
            let body = format!("\n{}", body.replace('→', "\t"));
            let (markdown, html) = body.split_once("\n.\n").expect("a line with a full stop");
            Example {
                number: at + 1,
                markdown: format!("{}\n", markdown.strip_prefix('\n').unwrap_or(markdown)),
                html: html.to_owned(),
            }
        })
        .collect()
}

fn html(markdown: &str) -> String {
    let settings = Settings {
        quotes: None,
        raw_html: RawHtml::Allow,
        lenient: true,
        lift_title: false,
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
        pulldown_cmark_escape::escape_href(out, &self.0.links[number as usize].target)
            .expect("writing to a String cannot fail");
    }
    fn size(&mut self, _: u32, _: &mut String) {}
    fn word(&mut self, key: &'static str, out: &mut String) {
        out.push_str(key);
    }
    fn call(&mut self, _: u32, body: Option<String>, out: &mut String) {
        out.push_str(&body.unwrap_or_default());
    }
}

/// Takes away what Goodturn adds to every document:
/// - a heading's id, for links from elsewhere, and the anchor that shows it;
/// - `loading` and `decoding` of pictures, so that a page does not wait for those far below;
/// - `tabindex` of code, so that a long line can be scrolled by keyboard;
/// - the figure around a picture alone in a paragraph, whose title is the caption.
fn without_additions(html: &str) -> String {
    let mut html = html.replace(" loading=\"lazy\" decoding=\"async\"", "");
    html = html.replace("<pre tabindex=\"0\">", "<pre>");
    for level in 1..=6 {
        let (open, plain) = (format!("<h{level} id=\""), format!("<h{level}>"));
        html = replace(&html, &open, "\">", |_| plain.clone());
    }
    let html = replace(&html, " <a class=\"anchor\" ", "</a>", |_| String::new());
    let html = replace(&html, "<figure>", "</figure>", |figure| {
        let picture = figure.split_once(" /><figcaption>").map_or_else(
            || figure.to_owned(),
            |(picture, caption)| {
                let title = caption.replace("</figcaption>", "").replace('"', "&quot;");
                format!("{picture} title=\"{title}\" />")
            },
        );
        format!("<p>{picture}</p>")
    });
    with_plain_quotes(&html)
}

/// Replaces what stands between each `open` and the `close` after it, both included.
fn replace(html: &str, open: &str, close: &str, with: impl Fn(&str) -> String) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(open) {
        let Some((inner, after)) = after.split_once(close) else {
            break;
        };
        out.push_str(before);
        out.push_str(&with(inner));
        rest = after;
    }
    out + rest
}

/// A quotation mark in text, where it needs no escape, as itself; the specification's program
/// escapes it. In tags it must be escaped, and stays as it is.
fn with_plain_quotes(html: &str) -> String {
    let mut in_tag = false;
    let parts = html.split_inclusive(['<', '>']).map(|part| {
        let text = match in_tag {
            true => part.to_owned(),
            false => part.replace("&quot;", "\""),
        };
        in_tag = part.ends_with('<');
        text
    });
    parts.collect()
}
