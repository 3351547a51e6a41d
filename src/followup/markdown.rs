//! The Markdown of letters: as text to read, as HTML, and text that is to stay as it is.

use linkify::{LinkFinder, LinkKind};
use pulldown_cmark::{CowStr, Event, LinkType, Parser, Tag, TagEnd, TextMergeStream, html};

/// Text with a backslash before what Markdown would read as markup (CommonMark 0.31.2, section
/// 2.4, and GitHub's tables and strikethrough).
pub fn escape(text: &str) -> String {
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

/// HTML of Markdown, without the page around it. Addresses that stand there bare become links.
pub fn to_html(markdown: &str) -> String {
    let mut is_in_link = false;
    let events = TextMergeStream::new(Parser::new(markdown)).flat_map(|event| {
        match &event {
            Event::Start(Tag::Link { .. }) => is_in_link = true,
            Event::End(TagEnd::Link) => is_in_link = false,
            _ => {}
        }
        match event {
            Event::Text(text) if !is_in_link => linked(&text),
            event => vec![event],
        }
    });
    let mut page = String::new();
    html::push_html(&mut page, events);
    page
}

/// Text with its bare addresses as links.
fn linked(text: &str) -> Vec<Event<'static>> {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]);
    let mut events = Vec::new();
    for span in finder.spans(text) {
        let words = CowStr::from(span.as_str().to_owned());
        if span.kind().is_none() {
            events.push(Event::Text(words));
            continue;
        }
        events.push(Event::Start(Tag::Link {
            link_type: LinkType::Autolink,
            dest_url: words.clone(),
            title: CowStr::Borrowed(""),
            id: CowStr::Borrowed(""),
        }));
        events.push(Event::Text(words));
        events.push(Event::End(TagEnd::Link));
    }
    events
}

/// Markdown as a plain letter: a link is its words and then its address in angle brackets, as
/// RFC 3986, appendix C, sets addresses apart from text. Ends with a line break.
pub fn to_plain(markdown: &str) -> String {
    let mut plain = Plain::default();
    for event in TextMergeStream::new(Parser::new(markdown)) {
        plain.take(&event);
    }
    format!("{}\n", plain.text.trim())
}

/// A plain letter while it is written.
#[derive(Default)]
struct Plain {
    text: String,
    /// The lists around, each with the number of its next item, if they are numbered.
    lists: Vec<Option<u64>>,
    /// The address of the link around, and where its words begin.
    link: Option<(String, usize)>,
}

impl Plain {
    fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Text(text) | Event::Code(text) => self.text.push_str(text),
            Event::SoftBreak => self.text.push(' '),
            Event::HardBreak => self.new_line(),
            Event::Rule => self.block("---"),
            Event::Start(Tag::List(first)) => {
                if self.lists.is_empty() {
                    self.block("");
                }
                self.lists.push(*first);
            }
            Event::End(TagEnd::List(_)) => {
                self.lists.pop();
            }
            Event::Start(Tag::Item) => self.item(),
            Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::CodeBlock(_))
                if self.lists.is_empty() =>
            {
                self.block("");
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                self.link = Some((dest_url.to_string(), self.text.len()));
            }
            Event::End(TagEnd::Link) => self.end_link(),
            _ => {}
        }
    }

    fn new_line(&mut self) {
        self.text.push('\n');
        let depth = self.lists.len();
        self.text.push_str(&"  ".repeat(depth));
    }

    /// Begins a block of its own, with words.
    fn block(&mut self, words: &str) {
        let end = self.text.trim_end().len();
        self.text.truncate(end);
        self.text.push_str("\n\n");
        self.text.push_str(words);
    }

    fn item(&mut self) {
        if !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        let depth = self.lists.len().saturating_sub(1);
        self.text.push_str(&"  ".repeat(depth));
        let mark = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            _ => "- ".to_owned(),
        };
        self.text.push_str(&mark);
    }

    fn end_link(&mut self) {
        let Some((address, start)) = self.link.take() else {
            return;
        };
        let words = self.text.get(start..).unwrap_or_default();
        if words != address {
            self.text.push_str(&format!(" <{address}>"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pulldown_cmark::{Options, Tag};

    proptest! {
        #[test]
        fn markdown_says_what_was_meant(title in "[ -~é漢]{0,24}") {
            let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
            let text = format!("- [{}](<https://a.example/r/x/>)", escape(&title));
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

    #[test]
    fn letters_read_well_without_markup() {
        let text = "Hi *Ana*,\n\ntwo\nlines\\\nand [a piece](<https://a.example/r/x/>), \
            see https://b.example.\n\n- one\n- two\n  1. deep\n\nBye";
        assert_eq!(
            to_plain(text),
            "Hi Ana,\n\ntwo lines\nand a piece <https://a.example/r/x/>, see https://b.example.\n\n\
             - one\n- two\n  1. deep\n\nBye\n"
        );
        assert_eq!(
            to_html("see https://b.example/r/x/."),
            "<p>see <a href=\"https://b.example/r/x/\">https://b.example/r/x/</a>.</p>\n"
        );
    }
}
