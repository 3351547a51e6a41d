//! The pages of an EPUB: cover, title page, parts and chapters.

use std::fmt::Write as _;

use super::Words;
use super::package::{filled, is_rtl, language, title as title_of};
use super::plan::{In, Page, PartPage, Plan};
use crate::book::markup::{self, Syntax, escaped};

/// An XHTML document with this title and body. `attributes` are those of the body.
pub(super) fn page(plan: &Plan<'_>, title: &str, attributes: &str, body: &str) -> String {
    let lang = escaped(language(plan));
    let direction = if is_rtl(plan) { " dir=\"rtl\"" } else { "" };
    let title = match title.trim() {
        "" => escaped(title_of(plan)),
        title => escaped(title),
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" \
         lang=\"{lang}\" xml:lang=\"{lang}\"{direction}>\n<head>\n<title>{title}</title>\n\
         <link rel=\"stylesheet\" type=\"text/css\" href=\"style.css\"/>\n</head>\n\
         <body{attributes}>\n{body}</body>\n</html>\n"
    )
}

/// The page with the cover. Readers show the cover picture by themselves, so it is not read
/// through.
pub(super) fn cover(plan: &Plan<'_>, words: &Words) -> String {
    let body = format!(
        "<div class=\"cover\"><img src=\"{}\" alt=\"{}: {}\" role=\"doc-cover\"/></div>\n",
        plan.cover.file,
        escaped(&words.cover),
        escaped(title_of(plan))
    );
    page(
        plan,
        &words.cover,
        " epub:type=\"cover\" class=\"cover-page\"",
        &body,
    )
}

/// The title page, with what the imprint says below.
pub(super) fn title(plan: &Plan<'_>, words: &Words) -> String {
    let book = plan.book;
    let mut body = String::from("<section epub:type=\"titlepage\" class=\"title-page\">\n");
    let mut line = |name: &str, class: &str, text: &str| {
        // Writing to a String cannot fail, here and below.
        let _ = writeln!(body, "<{name} class=\"{class}\">{}</{name}>", escaped(text));
    };
    line("h1", "title", title_of(plan));
    if let Some(subtitle) = filled(&book.subtitle) {
        line("p", "subtitle", subtitle);
    }
    for author in &book.authors {
        line("p", "author", author);
    }
    for imprint in [&book.edition, &book.publisher, &book.date, &book.licence] {
        if let Some(text) = filled(imprint) {
            line("p", "imprint", text);
        }
    }
    if let Some(url) = filled(&book.url)
        && let Some(address) = crate::book::clean::web(url)
    {
        let url = escaped(&address);
        let _ = writeln!(
            body,
            "<p class=\"imprint\"><a href=\"{url}\">{}</a></p>",
            escaped(url_shown(&address))
        );
    }
    body.push_str("</section>\n");
    page(plan, &words.title_page, " epub:type=\"frontmatter\"", &body)
}

/// An address without what everybody knows.
fn url_shown(url: &str) -> &str {
    let url = url.split_once("://").map_or(url, |(_, rest)| rest);
    url.trim_end_matches('/')
}

/// The page of a part.
pub(super) fn part(plan: &Plan<'_>, part: &PartPage<'_>) -> String {
    let title = escaped(part.title);
    let body = format!(
        "<section epub:type=\"part\" role=\"doc-part\" class=\"part\" aria-label=\"{title}\">\n<h1>{title}</h1>\n</section>\n"
    );
    page(plan, part.title, " epub:type=\"bodymatter\"", &body)
}

/// A chapter with its footnotes.
pub(super) fn chapter(plan: &Plan<'_>, page_of: &Page<'_>) -> String {
    let chapter = page_of.chapter;
    let title = escaped(match chapter.title.trim() {
        "" => "…",
        title => title,
    });
    let mut body = format!(
        "<section epub:type=\"chapter\" role=\"doc-chapter\" id=\"{}\" aria-label=\"{title}\">\n<h1>",
        escaped(&chapter.key)
    );
    if let Some(number) = &chapter.number {
        let _ = write!(body, "<span class=\"number\">{}</span> ", escaped(number));
    }
    let _ = writeln!(body, "{title}</h1>");
    markup::write(
        &chapter.tree,
        Syntax::Epub,
        &In(plan, &page_of.file),
        &mut body,
    );
    body.push_str("</section>\n");
    page(plan, &chapter.title, " epub:type=\"bodymatter\"", &body)
}
