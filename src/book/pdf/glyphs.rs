//! Characters that no font has a sign for: found before the book is set, and named.

use std::collections::BTreeMap;

use super::world::Fonts;
use crate::diagnostics::Diagnostic;

/// A warning names no more characters than this.
const MOST_NAMED: usize = 10;

/// A warning that names the characters that the PDF shows as empty boxes, if there are any.
/// `characters` are those of the book with the chapter that shows each first, `titles` the
/// chapters' titles.
pub(super) fn missing(
    characters: &BTreeMap<char, usize>,
    titles: &[&str],
    fonts: &Fonts,
) -> Option<Diagnostic> {
    let is_missing = |(c, _): &(&char, &usize)| is_seen(**c) && !fonts.covers(**c);
    let missing: Vec<_> = characters.iter().filter(is_missing).collect();
    let named: Vec<String> = missing
        .iter()
        .take(MOST_NAMED)
        .map(|(c, _)| name(**c))
        .collect();
    let chapter = missing.iter().map(|(_, chapter)| **chapter).min()?;
    let more = match missing.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let place = match titles.get(chapter) {
        Some(title) => format!(", first in \u{201c}{title}\u{201d}"),
        None => String::new(),
    };
    let count = match missing.len() {
        1 => "1 character".to_owned(),
        count => format!("{count} characters"),
    };
    let message = format!(
        "the PDF has no sign for {count}{place}: {}{more}",
        named.join(", ")
    );
    let font = missing
        .first()
        .map_or("a font that has them", |(c, _)| font_for(**c));
    Some(
        Diagnostic::warning(message)
            .help(format!("add a font that has them: {font}, from fonts.google.com, as a .ttf or .otf file"))
            .help("until then they are empty boxes, and the PDF is tagged but does not claim PDF/UA-1"),
    )
}

/// Whether any character is one that PDF/UA-1 does not allow: from a private use area, where it
/// means only what somebody agreed on (ISO 14289-1, 7.21.7).
pub(super) fn has_private(characters: &BTreeMap<char, usize>) -> bool {
    characters
        .keys()
        .any(|c| matches!(u32::from(*c), 0xE000..=0xF8FF | 0xF_0000..))
}

/// `中 (U+4E2D)`.
fn name(c: char) -> String {
    format!("{c} (U+{:04X})", u32::from(c))
}

/// Whether a character is to be seen: neither space nor one of those that only steer what is
/// around them (the property Default_Ignorable_Code_Point of Unicode, DerivedCoreProperties.txt).
fn is_seen(c: char) -> bool {
    !c.is_whitespace()
        && !matches!(
            u32::from(c),
            0xAD | 0x34F | 0x61C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F
                | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F
                | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFF8 | 0x1BCA0..=0x1BCA3 | 0x1D173..=0x1D17A
                | 0xE0000..=0xE0FFF
        )
}

/// A free font for the script of `c`.
fn font_for(c: char) -> &'static str {
    match u32::from(c) {
        0x0590..=0x05FF => "Noto Serif Hebrew",
        0x0600..=0x06FF | 0x0750..=0x077F | 0xFB50..=0xFDFF | 0xFE70..=0xFEFE => {
            "Noto Naskh Arabic"
        }
        0x0900..=0x097F => "Noto Serif Devanagari",
        0x0980..=0x09FF => "Noto Serif Bengali",
        0x0B80..=0x0BFF => "Noto Serif Tamil",
        0x0E00..=0x0E7F => "Noto Serif Thai",
        0x10A0..=0x10FF => "Noto Serif Georgian",
        0x0530..=0x058F => "Noto Serif Armenian",
        0x1100..=0x11FF | 0xAC00..=0xD7AF => "Noto Serif KR",
        0x3040..=0x30FF => "Noto Serif JP",
        0x2E80..=0x303F | 0x3100..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF => {
            "Noto Serif SC, TC or JP"
        }
        0x2190..=0x2BFF | 0x1F000..=0x1FAFF => "Noto Sans Symbols 2",
        _ => "one of the Noto family",
    }
}
