//! A text with everything in it, and where each part of it comes from.

use std::ops::Range;

use super::Included;

/// A text with everything in it.
#[derive(Debug)]
pub struct Expanded {
    /// The text.
    pub text: String,
    /// The files that it was made with.
    pub files: Vec<Included>,
    pub(super) parts: Vec<Part>,
}

/// A part of an expanded text.
#[derive(Debug)]
pub(super) struct Part {
    /// Where it starts.
    pub at: usize,
    /// The bytes of the author's file that it stands for.
    pub of: Range<usize>,
    /// Whether it is the author's own text, byte for byte.
    pub is_own: bool,
}

impl Expanded {
    /// Some stretches of a text, an empty line between them.
    pub fn of(text: &str, stretches: impl Iterator<Item = Range<usize>>) -> Self {
        let mut taken = String::new();
        let mut parts = Vec::new();
        for of in stretches {
            let words = text.get(of.clone()).unwrap_or_default();
            let end = of.end;
            let mut part = |at, of, is_own| parts.push(Part { at, of, is_own });
            part(taken.len(), of, true);
            taken.push_str(words);
            part(taken.len(), end..end, false);
            taken.push_str("\n\n");
        }
        Expanded {
            text: taken,
            files: Vec::new(),
            parts,
        }
    }

    /// A text with other words in place of some of its stretches, which are in order.
    pub fn with(text: &str, written: Vec<(Range<usize>, String)>) -> Self {
        let mut changed = String::with_capacity(text.len());
        let mut parts = Vec::new();
        let mut from = 0;
        for (of, words) in written {
            let at = changed.len();
            changed.push_str(text.get(from..of.start).unwrap_or_default());
            parts.push(Part {
                at,
                of: from..of.start,
                is_own: true,
            });
            from = of.end;
            parts.push(Part {
                at: changed.len(),
                of,
                is_own: false,
            });
            changed.push_str(&words);
        }
        parts.push(Part {
            at: changed.len(),
            of: from..text.len(),
            is_own: true,
        });
        changed.push_str(text.get(from..).unwrap_or_default());
        Expanded {
            text: changed,
            files: Vec::new(),
            parts,
        }
    }

    /// The bytes of the author's file that some bytes of the text stand for.
    pub fn place(&self, span: &Range<usize>) -> Range<usize> {
        let start = match self.part(span.start) {
            Some(part) if part.is_own => part.of.start + (span.start - part.at),
            Some(part) => part.of.start,
            None => span.start,
        };
        // An end lies in the part that ends there.
        let end = match self.part(span.end.saturating_sub(1).max(span.start)) {
            Some(part) if part.is_own => part.of.start + (span.end - part.at),
            Some(part) => part.of.end,
            None => span.end,
        };
        start..end.max(start)
    }

    fn part(&self, at: usize) -> Option<&Part> {
        let after = self.parts.partition_point(|part| part.at <= at);
        self.parts.get(after.checked_sub(1)?)
    }
}
