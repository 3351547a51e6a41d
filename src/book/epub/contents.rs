//! The contents: as a page that readers understand, and as EPUB 2 and Kindle want them.

use std::fmt::Write as _;

use super::Words;
use super::package::{identifier, language, title};
use super::pages::page;
use super::plan::{Entry, Plan};
use crate::book::markup::escaped;

/// The navigation document (EPUB 3.3, section 7): contents and landmarks.
pub(super) fn nav(plan: &Plan<'_>, words: &Words) -> String {
    let mut body = String::new();
    let heading = escaped(&words.contents);
    // Writing to a String cannot fail, here and below.
    let _ = writeln!(
        body,
        "<nav epub:type=\"toc\" role=\"doc-toc\" id=\"toc\" aria-labelledby=\"toc-heading\">\n\
         <h1 id=\"toc-heading\">{heading}</h1>"
    );
    list(&plan.contents, &mut body);
    body.push_str("</nav>\n");
    let first = plan.order.first().map_or("title.xhtml", String::as_str);
    let marks = [
        ("cover", "cover.xhtml", &words.cover),
        ("titlepage", "title.xhtml", &words.title_page),
        ("toc", "#toc", &words.contents),
        ("bodymatter", first, &words.beginning),
    ];
    let _ = writeln!(
        body,
        "<nav epub:type=\"landmarks\" hidden=\"hidden\" aria-label=\"{}\">\n<ol>",
        escaped(&words.landmarks)
    );
    for (kind, href, name) in marks {
        let _ = writeln!(
            body,
            "<li><a epub:type=\"{kind}\" href=\"{href}\">{}</a></li>",
            escaped(name)
        );
    }
    body.push_str("</ol>\n</nav>\n");
    page(plan, &words.contents, " class=\"contents\"", &body)
}

fn list(entries: &[Entry<'_>], out: &mut String) {
    out.push_str("<ol>\n");
    for entry in entries {
        let _ = write!(
            out,
            "<li><a href=\"{}\">{}</a>",
            escaped(&entry.href),
            label(entry)
        );
        if !entry.children.is_empty() {
            out.push('\n');
            list(&entry.children, out);
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ol>\n");
}

/// A title with its number. A contents entry must say something.
fn label(entry: &Entry<'_>) -> String {
    let title = match entry.title.trim() {
        "" => "…",
        title => title,
    };
    match entry.number {
        Some(number) => format!("{} {}", escaped(number), escaped(title)),
        None => escaped(title),
    }
}

/// The contents as EPUB 2 has them (OPF 2.0.1, section 2.4.1), which Kindle still asks for.
pub(super) fn ncx(plan: &Plan<'_>) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let depth = depth(&plan.contents);
    let _ = write!(
        out,
        "<ncx xmlns=\"http://www.daisy.org/z3986/2005/ncx/\" version=\"2005-1\" xml:lang=\"{}\">\n<head>\n\
         <meta name=\"dtb:uid\" content=\"{}\"/>\n<meta name=\"dtb:depth\" content=\"{depth}\"/>\n\
         <meta name=\"dtb:totalPageCount\" content=\"0\"/>\n<meta name=\"dtb:maxPageNumber\" content=\"0\"/>\n\
         </head>\n<docTitle><text>{}</text></docTitle>\n<navMap>\n",
        escaped(language(plan)),
        identifier(plan),
        escaped(title(plan)),
    );
    let mut count = 0;
    points(&plan.contents, &mut count, &mut out);
    out.push_str("</navMap>\n</ncx>\n");
    out
}

fn points(entries: &[Entry<'_>], count: &mut usize, out: &mut String) {
    for entry in entries {
        *count += 1;
        let _ = writeln!(
            out,
            "<navPoint id=\"point-{count}\" playOrder=\"{count}\"><navLabel><text>{}</text></navLabel>\
             <content src=\"{}\"/>",
            label(entry),
            escaped(&entry.href)
        );
        points(&entry.children, count, out);
        out.push_str("</navPoint>\n");
    }
}

fn depth(entries: &[Entry<'_>]) -> usize {
    let deepest = entries.iter().map(|entry| 1 + depth(&entry.children));
    deepest.max().unwrap_or_default()
}
