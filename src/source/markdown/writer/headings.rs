//! Headings, their ids, and the one that is the document's title.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Tag, TagEnd};
use pulldown_cmark_escape::escape_href;

use super::Writer;
use super::text::plain_text;
use crate::source::markdown::fragment::HoleKind;
use crate::source::markdown::headings::Heading;

pub(super) fn is_heading_1(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::Start(Tag::Heading {
            level: HeadingLevel::H1,
            ..
        })
    )
}

/// A first heading that is the document's title, and where the rest begins.
pub(super) fn lift_title(
    events: &[(Event<'_>, Range<usize>)],
    title: Option<&str>,
) -> (Option<String>, usize) {
    let Some((Event::Start(Tag::Heading { level, .. }), _)) = events.first() else {
        return (None, 0);
    };
    let end = events
        .iter()
        .position(|(event, _)| matches!(event, Event::End(TagEnd::Heading(_))))
        .unwrap_or(events.len());
    let text = plain_text(&events[1..end]);
    let same = title.is_some_and(|title| {
        let letters = |text: &str| {
            text.chars()
                .filter(|c| c.is_alphanumeric())
                .collect::<String>()
        };
        letters(title).eq_ignore_ascii_case(&letters(&text))
    });
    if !text.is_empty() && (same || title.is_none() && *level == HeadingLevel::H1) {
        return (Some(text), end + 1);
    }
    (None, 0)
}

impl Writer<'_, '_> {
    pub(super) fn heading(
        &mut self,
        at: usize,
        level: HeadingLevel,
        id: Option<&str>,
        classes: &[CowStr<'_>],
    ) -> usize {
        let inner = self.inner(at);
        let title = plain_text(inner);
        let level = match self.input.settings.above {
            0 => (level as u8 + self.shift).min(6),
            above => (level as u8).saturating_sub(above).clamp(2, 6),
        };
        let id = self.heading_id(at, id, &title);
        self.block("<h");
        self.push(&level.to_string());
        self.push(" id=\"");
        self.push_attribute(&id);
        self.push("\"");
        if !classes.is_empty() {
            self.push(" class=\"");
            self.push_attribute(&classes.join(" "));
            self.push("\"");
        }
        self.push(">");
        self.body.headings.push(Heading { level, id, title });
        1
    }

    pub(super) fn heading_id(&mut self, at: usize, fixed: Option<&str>, title: &str) -> String {
        let Some(fixed) = fixed else {
            return self.ids.for_text(title);
        };
        if !self.ids.fix(fixed) {
            let range = self.events.get(at).map(|(_, range)| range.clone());
            self.warn(
                range,
                format!("the id `{fixed}` stands twice in this document"),
            );
        }
        fixed.to_owned()
    }

    pub(super) fn end_heading(&mut self) {
        if let Some(heading) = self.body.headings.last() {
            let mut anchor = String::from(" <a class=\"anchor\" href=\"#");
            let _ = escape_href(&mut anchor, &heading.id);
            anchor.push_str("\" aria-label=\"");
            let level = heading.level;
            let title = heading.title.clone();
            self.push(&anchor);
            self.out.hole(HoleKind::Word("heading_link"));
            self.push(": ");
            self.push_attribute(&title);
            self.push("\">#</a></h");
            self.push(&level.to_string());
            self.push(">\n");
        }
        self.plain.push('\n');
    }
}
