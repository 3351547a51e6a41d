//! Paragraphs, the figures that pictures alone become, and the excerpt.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Writer;
use crate::source::markdown::calls::unmask;
use crate::source::markdown::fragment::HoleKind;

/// How much of the first paragraph is kept, in characters.
const EXCERPT: usize = 200;

impl Writer<'_, '_> {
    /// A paragraph of pictures alone becomes figures; any other is begun as usual.
    pub(super) fn paragraph(&mut self, at: usize) -> usize {
        if self.is_all_images(at) {
            return self.figures(at);
        }
        self.block("<p>");
        self.paragraph_starts
            .push((self.out.html.len(), self.plain.len()));
        1
    }

    pub(super) fn is_all_images(&self, at: usize) -> bool {
        let mut depth = 0_usize;
        let mut images = 0_usize;
        for (event, _) in self.events.get(at + 1..).unwrap_or_default() {
            match event {
                Event::Start(Tag::Image { .. }) => {
                    depth += 1;
                    images += 1;
                }
                Event::End(TagEnd::Image) => depth -= 1,
                Event::End(TagEnd::Paragraph) => break,
                Event::SoftBreak => {}
                _ if depth > 0 => {}
                _ => return false,
            }
        }
        images > 0
    }

    pub(super) fn figures(&mut self, at: usize) -> usize {
        let end = self.end_of(at);
        let mut next = at + 1;
        while next < end {
            let Some((
                Event::Start(Tag::Image {
                    dest_url, title, ..
                }),
                range,
            )) = self.events.get(next)
            else {
                next += 1;
                continue;
            };
            self.block("<figure>");
            next += self.image(next, range, dest_url, "");
            let (caption, _) = unmask(title);
            if !caption.is_empty() {
                self.push("<figcaption>");
                self.push_escaped(&caption);
                self.push("</figcaption>");
            }
            self.push("</figure>\n");
        }
        end + 1 - at
    }

    pub(super) fn end_paragraph(&mut self) {
        let (start, plain_start) = self.paragraph_starts.pop().unwrap_or_default();
        if self.is_only_calls(start) {
            // A block is not text: it must not stand in a paragraph.
            const OPENING: &str = "<p>";
            self.out
                .html
                .replace_range(start - OPENING.len()..start, "");
            for hole in self.out.holes.iter_mut().rev() {
                if (hole.at as usize) < start {
                    break;
                }
                hole.at -= OPENING.len() as u32;
            }
            return;
        }
        self.push("</p>\n");
        self.plain.push('\n');
        if !self.excerpt_done && self.open_footnotes.is_empty() {
            let text = self.plain.get(plain_start..).unwrap_or_default().trim();
            self.body.excerpt = excerpt(text);
            self.excerpt_done = !self.body.excerpt.is_empty();
        }
    }

    pub(super) fn is_only_calls(&self, start: usize) -> bool {
        let is_call = |what| {
            matches!(
                what,
                HoleKind::Call(_) | HoleKind::Open(_) | HoleKind::Close
            )
        };
        let mut holes = self
            .out
            .holes
            .iter()
            .rev()
            .take_while(|hole| hole.at as usize >= start);
        let text = self.out.html.get(start..).unwrap_or_default();
        text.trim().is_empty()
            && holes.clone().next().is_some()
            && holes.all(|hole| is_call(hole.what))
    }
}

fn excerpt(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(EXCERPT) {
        None => text,
        Some((end, _)) => {
            let cut = text[..end].rfind(' ').unwrap_or(end);
            format!(
                "{}…",
                text[..cut].trim_end_matches([',', ';', ':', '.', ' '])
            )
        }
    }
}
