//! Links and pictures.

use std::ops::Range;

use pulldown_cmark::LinkType;
use pulldown_cmark_escape::escape_href;

use super::Writer;
use super::text::plain_text;
use crate::source::markdown::Link;
use crate::source::markdown::calls::unmask;
use crate::source::markdown::fragment::HoleKind;

impl Writer<'_, '_> {
    /// Records a link; gives its number if its address must be filled in later.
    pub(super) fn link(
        &mut self,
        target: &str,
        span: &Range<usize>,
        is_source: bool,
    ) -> Option<u32> {
        let number = self.body.links.len() as u32;
        self.body.links.push(Link {
            target: target.to_owned(),
            span: self.span(span),
            is_source,
        });
        (!is_outside(target)).then_some(number)
    }

    /// Writes an address: what lies outside at once, what lies inside as a hole.
    pub(super) fn address(
        &mut self,
        target: &str,
        span: &Range<usize>,
        is_source: bool,
    ) -> Option<u32> {
        let number = self.link(target, span, is_source);
        match number {
            Some(number) => self.out.hole(HoleKind::Link(number)),
            None => {
                let _ = escape_href(&mut self.out.html, target);
            }
        }
        number
    }

    pub(super) fn start_link(
        &mut self,
        kind: LinkType,
        target: &str,
        title: &str,
        span: &Range<usize>,
    ) {
        self.open_links += 1;
        let (target, was_masked) = unmask(target);
        if was_masked {
            // The target was another generator's tag, already told: the text stays.
            self.unlinked += 1;
            return;
        }
        self.push("<a href=\"");
        if kind == LinkType::Email {
            self.push("mailto:");
            let _ = escape_href(&mut self.out.html, &target);
        } else {
            self.address(&target, span, false);
        }
        let (title, _) = unmask(title);
        if !title.is_empty() {
            self.push("\" title=\"");
            self.push_attribute(&title);
        }
        self.push("\">");
    }

    /// A picture; gives the number of events that it took.
    pub(super) fn image(
        &mut self,
        at: usize,
        span: &Range<usize>,
        target: &str,
        title: &str,
    ) -> usize {
        let end = self.end_of(at);
        let inner = self.inner(at);
        let alt = plain_text(inner);
        if alt.is_empty() {
            self.warn_with(
                Some(span.clone()),
                "this picture has no alternative text".into(),
                "say in a few words what it shows, for people who cannot see it: ![words](file)",
            );
        }
        let (target, _) = unmask(target);
        self.push("<img src=\"");
        let number = self.address(&target, span, true);
        self.push("\" alt=\"");
        self.push_attribute(&alt);
        let (title, _) = unmask(title);
        if !title.is_empty() {
            self.push("\" title=\"");
            self.push_attribute(&title);
        }
        self.push("\"");
        if let Some(number) = number {
            self.out.hole(HoleKind::Size(number));
        }
        self.push(" loading=\"lazy\" decoding=\"async\" />");
        end + 1 - at
    }
}

/// Whether an address leads out of the library.
pub(crate) fn is_outside(target: &str) -> bool {
    let scheme = target.split(['/', '?', '#']).next().unwrap_or_default();
    target.starts_with("//")
        || scheme.split_once(':').is_some_and(|(name, _)| {
            name.len() > 1
                && name
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
        })
}
