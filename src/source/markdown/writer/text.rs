//! Text: the bare addresses and the calls of blocks in it, and how many words it has.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::Event;
use pulldown_cmark_escape::escape_href;

use super::Writer;
use crate::source::markdown::autolink;
use crate::source::markdown::calls::{TagKind, unmask};
use crate::source::markdown::fragment::HoleKind;

impl Writer<'_, '_> {
    pub(super) fn text(&mut self, at: usize, text: &str, range: &Range<usize>) {
        if let Some(code) = &mut self.rust {
            code.push_str(&unmask(text).0);
            return;
        }
        if self.in_code || self.open_links > 0 {
            self.masked_text(text, range);
            return;
        }
        self.tell_missing_footnote(range);
        if range.start >= self.auto_until {
            self.find_autolinks(at, range);
        }
        if self.autolinks.is_empty() {
            self.masked_text(text, range);
        } else {
            self.linked_text(text, range);
        }
    }

    /// Tells of `[^name]` in text: had it a footnote, it would be none.
    fn tell_missing_footnote(&mut self, range: &Range<usize>) {
        let Some((before, rest)) = self.input.text.split_at_checked(range.start) else {
            return;
        };
        let Some(rest) = rest.strip_prefix("[^") else {
            return;
        };
        let end = rest.find(|c: char| matches!(c, ']' | '[') || c.is_whitespace());
        let Some((name, after)) = end.and_then(|end| rest.split_at_checked(end)) else {
            return;
        };
        if name.is_empty() || !after.starts_with(']') || before.ends_with('\\') {
            return;
        }
        let length = "[^".len() + name.len() + "]".len();
        let message = format!("there is no footnote `{name}`");
        let help = format!("write it on a line of its own: [^{name}]: Its text.");
        self.warn_with(Some(range.start..range.start + length), message, &help);
    }

    /// Looks for bare addresses from here to the end of the run of text, once.
    pub(super) fn find_autolinks(&mut self, at: usize, range: &Range<usize>) {
        let mut end = range.end;
        for (event, next) in self.events.get(at + 1..).unwrap_or_default() {
            match event {
                Event::Text(_) if next.start == end => end = next.end,
                _ => break,
            }
        }
        self.auto_until = end;
        let run = range.start..end;
        let text = self.input.text.get(run.clone()).unwrap_or_default();
        // An address ends where a block is called.
        let mut bare = Cow::Borrowed(text);
        for tag in self.found.within(&run) {
            let tag = tag.span.start - run.start..tag.span.end.min(run.end) - run.start;
            let blank = " ".repeat(tag.len());
            bare.to_mut().replace_range(tag, &blank);
        }
        self.autolinks = autolink::find(&bare);
        // After an escape only the rest of an address is left, and that is no address.
        let text_before = self.input.text.get(..range.start).unwrap_or_default();
        if text_before.ends_with('\\') {
            self.autolinks.retain(|link| link.span.start > 0);
        }
        for link in &mut self.autolinks {
            link.span = link.span.start + range.start..link.span.end + range.start;
        }
        self.autolinks.reverse();
    }

    /// Text with addresses in it. A link may run over several pieces of text; it is written with
    /// the first.
    pub(super) fn linked_text(&mut self, text: &str, range: &Range<usize>) {
        let mut at = range.start;
        while let Some(link) = self.autolinks.last() {
            let (span, target) = (link.span.clone(), link.target.clone());
            if span.start >= range.end {
                break;
            }
            if span.start >= at {
                self.part_of_text(text, range, at..span.start);
                let shown = self.input.text.get(span.clone()).unwrap_or_default();
                self.link(&target, &span, false);
                self.push("<a href=\"");
                let _ = escape_href(&mut self.out.html, &target);
                self.push("\">");
                self.push_escaped(shown);
                self.push("</a>");
                self.plain.push_str(shown);
            }
            at = span.end.min(range.end);
            if span.end > range.end {
                return;
            }
            self.autolinks.pop();
        }
        self.part_of_text(text, range, at..range.end);
    }

    /// The part of a text that stands at `part` of the file. Text that is not written as it
    /// stands there (an entity, a typographic quote) is one piece.
    pub(super) fn part_of_text(&mut self, text: &str, range: &Range<usize>, part: Range<usize>) {
        if part == *range {
            self.masked_text(text, range);
        } else if !part.is_empty() && text.len() == range.len() {
            let from = part.start - range.start;
            let shown = text.get(from..from + part.len()).unwrap_or_default();
            self.masked_text(shown, &part);
        }
    }

    /// Text in which tags may be masked.
    pub(super) fn masked_text(&mut self, text: &str, range: &Range<usize>) {
        let tags = self.found.within(range).to_vec();
        if tags.is_empty() || text.len() != range.len() {
            let (text, _) = unmask(text);
            self.plain.push_str(&text);
            self.push_escaped(&text);
            return;
        }
        let mut at = range.start;
        for tag in tags {
            let shown = &text[at - range.start..tag.span.start - range.start];
            self.plain.push_str(shown);
            self.push_escaped(shown);
            self.tag(tag.what);
            at = tag.span.end.min(range.end);
        }
        let shown = &text[at - range.start..];
        self.plain.push_str(shown);
        self.push_escaped(shown);
    }

    pub(super) fn tag(&mut self, what: TagKind) {
        match what {
            TagKind::Alone(number) => self.out.hole(HoleKind::Call(number)),
            TagKind::Open(number) => self.out.hole(HoleKind::Open(number)),
            TagKind::Close => self.out.hole(HoleKind::Close),
            TagKind::Dropped => {}
        }
    }
}

/// The text of some events, without markup.
pub(in crate::source) fn plain_text(events: &[(Event<'_>, Range<usize>)]) -> String {
    let mut text = String::new();
    for (event, _) in events {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(&unmask(part).0),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text.trim().to_owned()
}

/// Words between spaces; two characters of a script without spaces count as one word.
pub(super) fn count_words(text: &str) -> u32 {
    let mut words = 0;
    let mut wide = 0;
    for word in text.split_whitespace() {
        let ideographs = match word.is_ascii() {
            true => 0,
            false => word
                .chars()
                .filter(|c| matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}'))
                .count(),
        };
        wide += ideographs;
        words += usize::from(ideographs == 0);
    }
    (words + wide.div_ceil(2)) as u32
}
