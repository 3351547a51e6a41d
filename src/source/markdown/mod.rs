//! Markdown to HTML, once, when a file is read.
//!
//! In: the body of a file. Out: a [`Body`]: HTML with holes for what only the whole library knows
//! (addresses, picture sizes, blocks, words of the theme), the headings, links and calls found,
//! and the plain text in numbers and extracts. CommonMark 0.31.2 and GitHub's additions, by
//! pulldown-cmark's events; every position is a byte of the author's file.

mod autolink;
mod calls;
mod fragment;
mod headings;
mod quotes;
mod raw_html;
mod writer;

use std::ops::Range;

pub use calls::{Arg, Call};
pub use fragment::{Fill, Fragment, Hole, HoleKind};
pub(super) use headings::Ids;
pub use headings::{Heading, TocEntry, table_of_contents};
pub(super) use quotes::Quoter;
pub(crate) use writer::is_outside;
pub(super) use writer::{options, plain_text};

use crate::config::RawHtml;
use crate::diagnostics::Diagnostic;
use crate::language::quotes::Quotes;

/// How Markdown is read.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// What straight quotes become, and that `--` and `...` become a dash and an ellipsis; none
    /// where all stays as it is typed.
    pub quotes: Option<Quotes>,
    /// What becomes of raw HTML.
    pub raw_html: RawHtml,
    /// What foreign tags and wrong calls are: warnings, else errors.
    pub lenient: bool,
    /// Whether a heading at the start is the document's title and leaves the body.
    pub lift_title: bool,
    /// Whether code in Rust has lines that are not shown: mdBook's guide, "Hiding code lines".
    pub hides_lines: bool,
    /// How many levels of headings stand above the text: 1 for a chapter that began with `##`.
    pub above: u8,
}

/// What one Markdown body became.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Body {
    /// The HTML with its holes.
    pub fragment: Fragment,
    /// The heading that was lifted out as the title.
    pub title: Option<String>,
    /// The headings, in order.
    pub headings: Vec<Heading>,
    /// Every id that a link can lead to, sorted.
    pub ids: Vec<String>,
    /// Every link and picture whose address is not known yet or must be checked.
    pub links: Vec<Link>,
    /// The blocks that are called.
    pub calls: Vec<Call>,
    /// How many words a reader reads.
    pub words: u32,
    /// The beginning of the first paragraph, as plain text.
    pub excerpt: String,
}

impl Body {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.fragment.holes.is_empty() && self.fragment.html.trim().is_empty()
    }
}

/// A link or a picture in a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it leads, as written, without HTML or Markdown escapes.
    pub target: String,
    /// Its bytes in the file.
    pub span: Range<usize>,
    /// Whether it is a picture or another embedded source.
    pub is_source: bool,
}

/// Renders the Markdown `text`, which starts at byte `start` of `file`. `title` is what the front
/// matter calls the document: a first heading that says the same is not said twice.
///
/// Gives the body and its plain text; problems go to `problems`.
pub fn render(
    file: &str,
    text: &str,
    start: usize,
    title: Option<&str>,
    settings: Settings,
    problems: &mut Vec<Diagnostic>,
) -> (Body, String) {
    let options = writer::options(settings.quotes.is_some());
    let found = calls::find(file, text, start, options, settings.lenient, problems);
    let masked = calls::mask(text, &found.tags);
    writer::write(
        writer::Input {
            file,
            text: &masked,
            start,
            title,
            settings,
            options,
        },
        found,
        problems,
    )
}

/// The stretches of a text, from byte `start` on, that are code or comments.
pub(super) fn literal_ranges(text: &str, start: usize) -> Vec<Range<usize>> {
    let body = text.get(start..).unwrap_or_default();
    let ranges = calls::literal_ranges(body, options(false)).into_iter();
    ranges
        .map(|range| range.start + start..range.end + start)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fills holes with something that tests can see.
    struct Plain<'a>(&'a Body);

    impl Fill for Plain<'_> {
        fn link(&mut self, number: u32, out: &mut String) {
            out.push_str(&self.0.links[number as usize].target);
        }
        fn size(&mut self, _: u32, _: &mut String) {}
        fn word(&mut self, key: &'static str, out: &mut String) {
            out.push_str(key);
        }
        fn call(&mut self, number: u32, body: Option<String>, out: &mut String) {
            let name = &self.0.calls[number as usize].name;
            match body {
                Some(body) => out.push_str(&format!("<{name}>{body}</{name}>")),
                None => out.push_str(&format!("<{name}/>")),
            }
        }
    }

    fn html(text: &str) -> String {
        run(text).0
    }

    fn run(text: &str) -> (String, Body, Vec<String>) {
        let settings = Settings {
            quotes: Some(Quotes::ENGLISH),
            raw_html: RawHtml::Allow,
            lenient: false,
            lift_title: true,
            hides_lines: false,
            above: 0,
        };
        let mut problems = Vec::new();
        let (body, _) = render("a.md", text, 0, None, settings, &mut problems);
        let html = body.fragment.fill(&mut Plain(&body));
        (
            html,
            body,
            problems.into_iter().map(|p| p.message).collect(),
        )
    }

    #[test]
    fn the_first_heading_is_the_title_and_the_others_go_down() {
        let (html, body, _) = run("# Title\n\n# Part\n\n## Below\n");
        assert_eq!(body.title.as_deref(), Some("Title"));
        assert!(html.contains("<h2 id=\"part\">Part"));
        assert!(html.contains("<h3 id=\"below\">Below"));
    }

    #[test]
    fn blocks_stand_outside_paragraphs_and_their_bodies_are_markdown() {
        assert_eq!(
            html(
                "before\n{% callout(kind=\"tip\") %}\n*body*\n{% end %}\nafter {{ button(href=\"x\") }} it\n"
            ),
            "<p>before</p>\n<callout><p><em>body</em></p>\n</callout><p>after <button/> it</p>\n"
        );
        assert_eq!(html("{{ a() }} {{ b() }}\n"), "<a/> <b/>");
        assert_eq!(
            html("> {% a() %}\n> x\n> {% end %}\n"),
            "<blockquote>\n<a><p>x</p>\n</a></blockquote>\n"
        );
        assert_eq!(html("<div>\n{{ a() }}\n</div>\n"), "<div>\n<a/>\n</div>\n");
        assert_eq!(html("a {% q() %}in{% end %} b"), "<p>a <q>in</q> b</p>\n");
    }

    #[test]
    fn a_picture_alone_is_a_figure() {
        let (html, _, problems) = run("![A hat](hat.png \"My hat\")\n");
        assert_eq!(
            html,
            "<figure><img src=\"hat.png\" alt=\"A hat\" loading=\"lazy\" decoding=\"async\" />\
             <figcaption>My hat</figcaption></figure>\n"
        );
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!(
            run("![](hat.png)").2,
            ["this picture has no alternative text"]
        );
    }

    #[test]
    fn footnotes_lead_there_and_back() {
        let text = "A[^b] and B[^a] and A[^b].\n\n[^a]: Alpha.\n[^b]: Beta.\n";
        insta::assert_snapshot!(html(text), @r##"
        <p>A<sup class="footnote-ref"><a href="#fn-1" id="fnref-1">1</a></sup> and B<sup class="footnote-ref"><a href="#fn-2" id="fnref-2">2</a></sup> and A<sup class="footnote-ref"><a href="#fn-1" id="fnref-1-2">1</a></sup>.</p>
        <section class="footnotes" aria-label="footnotes"><ol>
        <li id="fn-1"><p>Beta. <a class="backref" href="#fnref-1" aria-label="back_to_text 1">↩</a> <a class="backref" href="#fnref-1-2" aria-label="back_to_text 1">↩</a></p>
        </li>
        <li id="fn-2"><p>Alpha. <a class="backref" href="#fnref-2" aria-label="back_to_text 2">↩</a></p>
        </li>
        </ol></section>
        "##);
    }

    #[test]
    fn a_footnote_that_is_not_there_is_told() {
        let told = |text| run(text).2;
        assert_eq!(
            told("Text[^a] and[^b].\n\n[^a]: A.\n"),
            ["there is no footnote `b`"]
        );
        for fine in [
            "Text \\[^a].",
            "`[^a]`",
            "[^a b]",
            "[^]",
            "[^é",
            "[^a\u{a0}b]",
            "[^a\u{2003}",
            "[link [^x\n]",
        ] {
            assert_eq!(told(fine), Vec::<String>::new(), "{fine}");
        }
        assert_eq!(told("é[^é]").len(), 1);
    }

    #[test]
    fn quotes_are_those_of_the_language() {
        let shown = |lang: &str, text: &str| {
            let settings = Settings {
                quotes: Some(Quotes::of(lang)),
                raw_html: RawHtml::Allow,
                lenient: false,
                lift_title: true,
                hides_lines: false,
                above: 0,
            };
            let (body, plain) = render("a.md", text, 0, None, settings, &mut Vec::new());
            (body.title, plain.trim().to_owned())
        };
        let text = "# The \"big\" one\n\nShe said \"it's 'now' and the dogs'\" -- “as typed”.";
        for (lang, title, expected) in [
            (
                "en",
                "The “big” one",
                "She said “it’s ‘now’ and the dogs’” – “as typed”.",
            ),
            (
                "de",
                "The „big“ one",
                "She said „it’s ‚now‘ and the dogs’“ – “as typed”.",
            ),
            (
                "es-MX",
                "The «big» one",
                "She said «it’s “now” and the dogs’» – “as typed”.",
            ),
            (
                "fr",
                "The «\u{202F}big\u{202F}» one",
                "She said «\u{202F}it’s “now” and the dogs’\u{202F}» – “as typed”.",
            ),
        ] {
            let (lifted, plain) = shown(lang, text);
            assert_eq!(lifted.as_deref(), Some(title));
            assert_eq!(plain, expected);
        }
    }

    #[test]
    fn bare_addresses_become_links_even_over_typographic_dashes() {
        assert_eq!(
            html("See https://a.org/x--y_z_ and \"www.b.org\" -- or `https://c.org`."),
            "<p>See <a href=\"https://a.org/x--y_z_\">https://a.org/x--y_z_</a> and \
             “<a href=\"http://www.b.org\">www.b.org</a>” – or <code>https://c.org</code>.</p>\n"
        );
        assert!(!html("[https://a.org](b.md)").contains("href=\"https://a.org"));
    }

    #[test]
    fn githubs_additions() {
        insta::assert_snapshot!(html(
            "> [!TIP]\n> Do it.\n\n- [x] done\n- [ ] open\n\n| A | B |\n|---|--:|\n| 1 | ~~2~~ |\n\nTerm\n: Meaning\n"
        ), @r#"
        <div class="alert alert-tip"><p class="alert-title">alert_tip</p>
        <p>Do it.</p>
        </div>
        <ul class="tasks">
        <li class="task"><input type="checkbox" disabled aria-label="task_done" checked /> done</li>
        <li class="task"><input type="checkbox" disabled aria-label="task_open" /> open</li>
        </ul>
        <div class="table" tabindex="0" role="group" aria-label="table"><table><thead><tr><th scope="col">A</th><th scope="col" class="right">B</th></tr></thead><tbody>
        <tr><td>1</td><td class="right"><del>2</del></td></tr>
        </tbody></table></div>
        <dl>
        <dt>Term</dt>
        <dd>Meaning</dd>
        </dl>
        "#);
    }

    #[test]
    fn a_link_to_a_foreign_tag_keeps_its_text() {
        let (html, _, problems) = run("[text]({{< ref \"a.md\" >}}) on\n");
        assert_eq!(html, "<p>text on</p>\n");
        assert_eq!(problems.len(), 1);
    }

    proptest::proptest! {
        #[test]
        fn no_markdown_panics(text in "[-#>*_`\\[\\]()!{}%<>/a1é:|~^\"' \n\t.@w]{0,120}") {
            run(&text);
        }
    }
}
