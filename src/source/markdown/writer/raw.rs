//! Raw HTML: kept or sanitised, with the links and ids in it.

use pulldown_cmark::Event;

use super::Writer;
use crate::config::RawHtml;
use crate::diagnostics::Diagnostic;
use crate::source::markdown::raw_html;

impl Writer<'_, '_> {
    /// A block of HTML; gives the number of events that it took.
    pub(super) fn html_block(&mut self, at: usize) -> usize {
        let end = self.end_of(at);
        let mut pending = String::new();
        let mut pending_start = 0;
        let events = self.inner(at);
        self.block("");
        for (event, range) in events {
            let (Event::Html(html) | Event::Text(html)) = event else {
                continue;
            };
            if pending.is_empty() {
                pending_start = range.start;
            }
            let mut from = 0;
            if html.len() == range.len() {
                for tag in self.found.within(range).to_vec() {
                    let upto = tag.span.start - range.start;
                    pending.push_str(html.get(from..upto).unwrap_or_default());
                    self.raw_block(&std::mem::take(&mut pending), pending_start);
                    self.tag(tag.what);
                    from = tag.span.end - range.start;
                    pending_start = tag.span.end;
                }
            }
            pending.push_str(html.get(from..).unwrap_or_default());
        }
        if !pending.trim().is_empty() {
            self.raw_block(&pending, pending_start);
        }
        end + 1 - at
    }

    pub(super) fn raw_block(&mut self, html: &str, start: usize) {
        match self.input.settings.raw_html {
            RawHtml::Allow => self.raw(html, start),
            RawHtml::Sanitize => match raw_html::sanitize_block(html) {
                Some(clean) => self.raw(&clean, start),
                None => {
                    let place = self.place(Some(start..start));
                    self.problems.push(
                        Diagnostic::error("this HTML is nested too deep to be sanitised")
                            .at(place)
                            .help("close the elements that are open, or leave them away"),
                    );
                }
            },
        }
    }

    pub(super) fn raw(&mut self, html: &str, start: usize) {
        let raw = raw_html::take_links(html);
        for id in &raw.ids {
            self.ids.fix(id);
        }
        let mut pieces = raw.pieces.iter();
        if let Some(first) = pieces.next() {
            self.push(first);
        }
        let span = start..start + html.trim_end().len().min(self.input.text.len() - start);
        for ((target, is_source), piece) in raw.links.iter().zip(pieces) {
            self.address(target, &span, *is_source);
            self.push(piece);
        }
        for (target, is_source) in &raw.outside {
            self.link(target, &span, *is_source);
        }
    }
}
