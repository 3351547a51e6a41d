//! The typographic quotes of pulldown-cmark, which are English, as a language has them.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, TagEnd};

use crate::language::quotes::Quotes;

/// Puts the marks of a language into the events of one text.
pub(in crate::source) struct Quoter<'t> {
    text: &'t str,
    quotes: Quotes,
    /// How many inner quotations are open.
    open: usize,
}

impl<'t> Quoter<'t> {
    /// For the events of a text, which are to come in order.
    pub fn new(text: &'t str, quotes: Option<Quotes>) -> Self {
        let quotes = quotes.unwrap_or(Quotes::ENGLISH);
        let open = 0;
        Quoter { text, quotes, open }
    }

    /// The event that was read from some bytes of the text, with other marks where it is one.
    pub fn localize<'e>(&mut self, event: Event<'e>, range: &Range<usize>) -> Event<'e> {
        if self.quotes == Quotes::ENGLISH {
            return event;
        }
        match event {
            // One byte became a character of three: it was not typed like this.
            Event::Text(mark) if range.len() == 1 => Event::Text(match mark.as_ref() {
                "“" => self.quotes.outer.0.into(),
                "”" => self.quotes.outer.1.into(),
                "‘" => {
                    self.open += 1;
                    self.quotes.inner.0.into()
                }
                "’" => self.closing(mark, range),
                _ => mark,
            }),
            // Nothing is quoted over the end of a paragraph.
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_)) => {
                self.open = 0;
                event
            }
            event => event,
        }
    }

    /// An apostrophe, or the end of an inner quotation.
    fn closing<'e>(&mut self, mark: CowStr<'e>, range: &Range<usize>) -> CowStr<'e> {
        let before = self.text.get(..range.start);
        let before = before.and_then(|text| text.chars().next_back());
        let after = self.text.get(range.end..);
        let after = after.and_then(|text| text.chars().next());
        let is_in_word = [before, after]
            .iter()
            .all(|c| c.is_some_and(char::is_alphanumeric));
        if is_in_word || self.open == 0 {
            return mark;
        }
        self.open -= 1;
        self.quotes.inner.1.into()
    }
}
