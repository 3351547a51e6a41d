//! Links to pieces, ready to be pasted: as text, Markdown, HTML and JSON.

use pulldown_cmark_escape::{escape_href, escape_html};
use serde_json::{Value, json};

use crate::config::BaseUrl;
use crate::diagnostics::Diagnostic;
use crate::followup::index::Piece;
use crate::workspace::Workspace;

/// A piece with its links.
pub struct Link<'a> {
    piece: Piece<'a>,
    /// What it is called.
    pub title: &'a str,
    /// What the reader gets from it, on one line; may be empty.
    pub summary: String,
    /// The short address, in full where the site's is known.
    pub url: String,
    /// The long address.
    page: String,
}

impl<'a> Link<'a> {
    /// The links of a piece.
    pub fn new(base: &BaseUrl, piece: &Piece<'a>) -> Link<'a> {
        let words = piece.summary().split_whitespace();
        Link {
            piece: *piece,
            title: piece.title(),
            summary: words.collect::<Vec<_>>().join(" "),
            url: base.full(piece.short_address()),
            page: base.full(piece.address()),
        }
    }

    /// The piece for other programs. Fields are named as in resources.json.
    pub fn json(&self) -> Value {
        json!({
            "id": self.piece.id(),
            "kind": self.piece.kind().name(),
            "title": self.title,
            "summary": self.summary,
            "url": self.page,
            "short_url": self.url,
            "lang": self.piece.lang(),
            "industries": self.piece.industries().collect::<Vec<_>>(),
            "topics": self.piece.topics().collect::<Vec<_>>(),
        })
    }
}

/// Where the site of a library is; a warning where that is not known.
pub fn base(workspace: &Workspace, problems: &mut Vec<Diagnostic>) -> BaseUrl {
    let written = workspace.config.base_url.as_ref();
    let base = written.and_then(|url| BaseUrl::parse(&url.value).ok());
    base.unwrap_or_else(|| {
        let problem = "the links are not whole: the library does not say where its site is";
        let help = "write the address of the site into goodturn.yaml: base_url: https://…";
        problems.push(Diagnostic::warning(problem).help(help));
        BaseUrl::unknown()
    })
}

/// A Markdown list.
pub fn markdown(links: &[Link<'_>]) -> String {
    let lines = links.iter().map(|link| {
        let title = in_markdown(link.title);
        match link.summary.as_str() {
            "" => format!("- [{title}](<{}>)", link.url),
            summary => format!("- [{title}](<{}>): {}", link.url, in_markdown(summary)),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// An HTML list.
pub fn html(links: &[Link<'_>]) -> String {
    let mut html = String::from("<ul>\n");
    for link in links {
        // Writing into a string cannot fail.
        html.push_str("  <li><a href=\"");
        let _ = escape_href(&mut html, &link.url);
        html.push_str("\">");
        let _ = escape_html(&mut html, link.title);
        html.push_str("</a>");
        if !link.summary.is_empty() {
            html.push_str(": ");
            let _ = escape_html(&mut html, &link.summary);
        }
        html.push_str("</li>\n");
    }
    html.push_str("</ul>");
    html
}

/// Text with a backslash before what Markdown would read as markup (CommonMark 0.31.2, section
/// 2.4, and GitHub's tables and strikethrough).
fn in_markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '|' | '$'
        ) {
            escaped.push('\\');
        }
        escaped.push(if c.is_control() { ' ' } else { c });
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag};

    proptest! {
        #[test]
        fn markdown_says_what_was_meant(title in "[ -~é漢]{0,24}") {
            let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
            let text = format!("- [{}](<https://a.example/r/x/>)", in_markdown(&title));
            let mut read = String::new();
            let mut links = 0;
            for event in Parser::new_ext(&text, Options::ENABLE_STRIKETHROUGH) {
                match event {
                    Event::Text(text) => read.push_str(&text),
                    Event::Start(Tag::Link { dest_url, .. }) => {
                        links += 1;
                        prop_assert_eq!(&*dest_url, "https://a.example/r/x/");
                    }
                    Event::Start(Tag::List(_) | Tag::Item) | Event::End(_) => {}
                    other => prop_assert!(false, "{:?}", other),
                }
            }
            prop_assert_eq!(read, title);
            prop_assert_eq!(links, 1);
        }
    }
}
