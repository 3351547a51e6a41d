//! Alerts, lists and cells of tables.

use pulldown_cmark::{Alignment, BlockQuoteKind, Event, Tag};

use super::Writer;
use crate::source::markdown::fragment::HoleKind;

impl Writer<'_, '_> {
    pub(super) fn alert(&mut self, kind: BlockQuoteKind) {
        let (class, word) = match kind {
            BlockQuoteKind::Note => ("note", "alert_note"),
            BlockQuoteKind::Tip => ("tip", "alert_tip"),
            BlockQuoteKind::Important => ("important", "alert_important"),
            BlockQuoteKind::Warning => ("warning", "alert_warning"),
            BlockQuoteKind::Caution => ("caution", "alert_caution"),
        };
        self.block("<div class=\"alert alert-");
        self.push(class);
        self.push("\"><p class=\"alert-title\">");
        self.out.hole(HoleKind::Word(word));
        self.push("</p>\n");
    }

    pub(super) fn list(&mut self, at: usize, first: Option<u64>) {
        match (first, self.is_task(at + 1)) {
            (None, false) => self.block("<ul>\n"),
            (None, true) => self.block("<ul class=\"tasks\">\n"),
            (Some(1), _) => self.block("<ol>\n"),
            (Some(start), _) => self.block(&format!("<ol start=\"{start}\">\n")),
        }
    }

    /// Whether the item that starts at event `at` has a check box.
    pub(super) fn is_task(&self, at: usize) -> bool {
        let event = |offset: usize| self.events.get(at + offset).map(|(event, _)| event);
        match event(1) {
            Some(Event::TaskListMarker(_)) => true,
            Some(Event::Start(Tag::Paragraph)) => {
                matches!(event(2), Some(Event::TaskListMarker(_)))
            }
            _ => false,
        }
    }

    pub(super) fn table_cell(&mut self, at: usize) {
        // An empty cell is no heading of anything.
        self.is_heading_cell = self.in_head && !self.inner(at).is_empty();
        let name = match self.is_heading_cell {
            true => "th scope=\"col\"",
            false => "td",
        };
        let align = match self.alignments.get(self.column) {
            Some(Alignment::Left) => " class=\"left\"",
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            _ => "",
        };
        self.push("<");
        self.push(name);
        self.push(align);
        self.push(">");
    }
}
