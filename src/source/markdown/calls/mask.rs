//! Placeholders for tags, of the same length in bytes.

use std::borrow::Cow;
use std::ops::Range;

use super::Tag;

/// Opens and closes a placeholder within a line.
const MASK_START: char = '\u{E000}';
const MASK_END: char = '\u{E001}';

/// The shortest tag that a placeholder fits over: two characters of three bytes.
pub(super) const SHORTEST: usize = 6;

/// The text with every tag masked.
pub(in crate::source::markdown) fn mask<'a>(text: &'a str, tags: &[Tag]) -> Cow<'a, str> {
    if tags.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    for tag in tags {
        masked.push_str(&text[at..tag.span.start]);
        let len = tag.span.len();
        if is_alone_on_line(text, &tag.span) {
            masked.push_str("<?");
            masked.extend(std::iter::repeat_n('0', len - 4));
            masked.push_str("?>");
        } else {
            masked.push(MASK_START);
            masked.extend(std::iter::repeat_n('0', len - SHORTEST));
            masked.push(MASK_END);
        }
        at = tag.span.end;
    }
    masked.push_str(&text[at..]);
    Cow::Owned(masked)
}

/// Takes placeholders out of text that has lost its place: link targets, titles, alt texts.
/// The second value tells whether there was one.
pub(in crate::source::markdown) fn unmask(text: &str) -> (Cow<'_, str>, bool) {
    if !text.contains(MASK_START) {
        return (Cow::Borrowed(text), false);
    }
    let mut plain = String::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
        match c {
            MASK_START => inside = true,
            MASK_END => inside = false,
            c if !inside => plain.push(c),
            _ => {}
        }
    }
    (Cow::Owned(plain), true)
}

/// Whether nothing but quote marks and space stands around a tag. It looks no further than that,
/// since a line may be long and hold many tags.
fn is_alone_on_line(text: &str, span: &Range<usize>) -> bool {
    let (before, rest) = text.split_at(span.start);
    let after = rest.get(span.len()..).unwrap_or_default();
    let mut before = before
        .bytes()
        .rev()
        .skip_while(|byte| matches!(byte, b' ' | b'\t' | b'>'));
    let mut after = after
        .chars()
        .skip_while(|c| *c != '\n' && c.is_whitespace());
    matches!(before.next(), None | Some(b'\n')) && matches!(after.next(), None | Some('\n'))
}
