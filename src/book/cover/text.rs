//! Text on covers: measured with the fonts it is set in, broken into lines, made to fit.

use std::collections::BTreeSet;

use rustybuzz::{Face, UnicodeBuffer};
use unicode_linebreak::{BreakOpportunity, linebreaks};

use crate::book::{self, fonts};

/// A font of covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Font {
    Serif,
    SerifBold,
    SerifItalic,
    Sans,
    SansBold,
}

impl Font {
    fn file(self) -> &'static str {
        match self {
            Font::Serif => "SourceSerif4-Regular.ttf",
            Font::SerifBold => "SourceSerif4-Bold.ttf",
            Font::SerifItalic => "SourceSerif4-Italic.ttf",
            Font::Sans => "SourceSans3-Regular.ttf",
            Font::SansBold => "SourceSans3-Bold.ttf",
        }
    }

    /// The attributes of text in this font. A name that ends in a digit must stand in quotes.
    pub fn attributes(self) -> &'static str {
        match self {
            Font::Serif => "font-family=\"'Source Serif 4'\"",
            Font::SerifBold => "font-family=\"'Source Serif 4'\" font-weight=\"700\"",
            Font::SerifItalic => "font-family=\"'Source Serif 4'\" font-style=\"italic\"",
            Font::Sans => "font-family=\"'Source Sans 3'\"",
            Font::SansBold => "font-family=\"'Source Sans 3'\" font-weight=\"700\"",
        }
    }
}

/// The fonts at hand: the bundled ones, then the author's.
pub(super) struct Fonts<'a> {
    bundled: Vec<(&'static str, Face<'static>)>,
    own: Vec<Face<'a>>,
}

impl<'a> Fonts<'a> {
    /// Reads the fonts.
    pub fn new(own: &'a [book::Font]) -> Self {
        let bundled = fonts::all()
            .iter()
            .filter_map(|(name, bytes)| Some((*name, Face::from_slice(bytes, 0)?)));
        Fonts {
            bundled: bundled.collect(),
            own: own
                .iter()
                .filter_map(|font| Face::from_slice(&font.bytes, 0))
                .collect(),
        }
    }

    /// The text without characters that no font has; those go to `missing`.
    pub fn known(&self, text: &str, missing: &mut BTreeSet<char>) -> String {
        let mut known = String::new();
        for c in text
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .chars()
        {
            let is_known = !needs_glyph(c) || self.faces().any(|face| has(face, c));
            match is_known {
                true if c.is_control() => {}
                true => known.push(c),
                false => {
                    missing.insert(c);
                }
            }
        }
        known.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn faces(&self) -> impl Iterator<Item = &Face<'a>> {
        let bundled = self.bundled.iter().map(|(_, face)| face);
        bundled.chain(&self.own)
    }

    fn face(&self, font: Font) -> Option<&Face<'static>> {
        let found = self.bundled.iter().find(|(name, _)| *name == font.file());
        found.map(|(_, face)| face)
    }

    /// How wide a line is, for letters of size 1.
    pub fn width(&self, text: &str, font: Font) -> f32 {
        let Some(first) = self.face(font) else {
            return 0.0;
        };
        let mut width = 0.0;
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let face = match has(first, c) || !needs_glyph(c) {
                true => first,
                false => self.faces().find(|face| has(face, c)).unwrap_or(first),
            };
            let is_same = |c: char| !needs_glyph(c) || has(face, c);
            let end = rest.find(|c| !is_same(c)).unwrap_or(rest.len());
            let end = end.max(c.len_utf8());
            let (run, after) = rest.split_at(end);
            width += advance(face, run);
            rest = after;
        }
        width
    }
}

fn has(face: &Face<'_>, c: char) -> bool {
    face.glyph_index(c).is_some()
}

/// Whether a character is seen; joiners, marks of direction and spaces are not.
fn needs_glyph(c: char) -> bool {
    !(c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'))
}

fn advance(face: &Face<'_>, text: &str) -> f32 {
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    let shaped = rustybuzz::shape(face, &[], buffer);
    let units: i32 = shaped
        .glyph_positions()
        .iter()
        .map(|glyph| glyph.x_advance)
        .sum();
    units as f32 / face.units_per_em().max(1) as f32
}

/// Lines of text with the size of their letters.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Fitted {
    pub lines: Vec<String>,
    pub size: f32,
}

/// The room that a text has.
#[derive(Clone, Copy)]
pub(super) struct Room {
    pub width: f32,
    pub height: f32,
    /// The largest letters.
    pub largest: f32,
    /// The height of a line, for letters of size 1.
    pub leading: f32,
    pub lines: usize,
}

/// The smallest letters; a text that does not fit then is cut, with an ellipsis.
const SMALLEST: f32 = 34.0;

/// Sets a text in the largest letters in which it fits its room. Lines are of like length.
pub(super) fn fit(fonts: &Fonts<'_>, text: &str, font: Font, room: Room) -> Fitted {
    if text.is_empty() {
        return Fitted::default();
    }
    let pieces = pieces(text);
    let measured: Vec<(&str, f32)> = pieces
        .iter()
        .map(|piece| (*piece, fonts.width(piece.trim_end(), font)))
        .collect();
    let space = fonts.width(" ", font);
    let mut size = room.largest;
    loop {
        let width = room.width / size;
        let count = ((room.height / size / room.leading).floor() as usize).clamp(1, room.lines);
        let lines = broken(&measured, space, width);
        let fits = measured.iter().all(|(_, piece)| *piece <= width);
        if fits && lines.len() <= count {
            let lines = balanced(&measured, space, width, lines);
            return Fitted { lines, size };
        }
        size *= 0.96;
        if size < SMALLEST {
            break;
        }
    }
    Fitted {
        lines: cut(fonts, text, font, room),
        size: SMALLEST,
    }
}

/// The pieces that a line break may stand between (UAX #14).
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for (at, kind) in linebreaks(text) {
        let may_break = kind == BreakOpportunity::Allowed || at == text.len();
        if may_break && at > from {
            pieces.extend(text.get(from..at));
            from = at;
        }
    }
    pieces
}

/// Breaks pieces into lines of at most this width.
fn broken(pieces: &[(&str, f32)], space: f32, width: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut filled = 0.0;
    for (piece, own) in pieces {
        match lines.last_mut() {
            Some(line) if filled + own <= width => line.push_str(piece),
            _ => {
                lines.push((*piece).to_owned());
                filled = 0.0;
            }
        }
        filled += own + if piece.ends_with(' ') { space } else { 0.0 };
    }
    for line in &mut lines {
        line.truncate(line.trim_end().len());
    }
    lines
}

/// More pieces than this are no title: their lines stay as they come.
const MOST_PIECES: usize = 80;

/// The same number of lines, with the least sum of the squares of what they leave empty.
fn balanced(pieces: &[(&str, f32)], space: f32, width: f32, lines: Vec<String>) -> Vec<String> {
    let count = pieces.len();
    if count > MOST_PIECES || lines.len() < 2 {
        return lines;
    }
    // For each number of lines, how well the first pieces can be set and where the last line
    // begins then.
    let mut best = vec![(f32::INFINITY, Vec::new()); count + 1];
    if let Some(start) = best.first_mut() {
        start.0 = 0.0;
    }
    for _ in 0..lines.len() {
        let mut next = vec![(f32::INFINITY, Vec::new()); count + 1];
        for (from, (cost, breaks)) in best.iter().enumerate() {
            if cost.is_infinite() {
                continue;
            }
            let mut filled = 0.0;
            for (to, (piece, own)) in pieces.iter().enumerate().skip(from) {
                if filled + own > width {
                    break;
                }
                let empty = width - filled - own;
                let cost = cost + empty * empty;
                if let Some(slot) = next.get_mut(to + 1)
                    && cost < slot.0
                {
                    let mut breaks: Vec<usize> = breaks.clone();
                    breaks.push(to + 1);
                    *slot = (cost, breaks);
                }
                filled += own + if piece.ends_with(' ') { space } else { 0.0 };
            }
        }
        best = next;
    }
    let Some((_, ends)) = best.pop().filter(|(cost, _)| cost.is_finite()) else {
        return lines;
    };
    let mut from = 0;
    ends.into_iter()
        .map(|to| {
            let line = pieces.get(from..to).unwrap_or_default();
            from = to;
            let line: String = line.iter().map(|(piece, _)| *piece).collect();
            line.trim_end().to_owned()
        })
        .collect()
}

/// What fits of a text in the smallest letters, broken anywhere.
fn cut(fonts: &Fonts<'_>, text: &str, font: Font, room: Room) -> Vec<String> {
    let width = room.width / SMALLEST;
    let count = ((room.height / SMALLEST / room.leading).floor() as usize).clamp(1, room.lines);
    let mut lines = vec![String::new()];
    let mut filled = 0.0;
    for c in text.chars() {
        let own = fonts.width(c.encode_utf8(&mut [0; 4]), font);
        if filled + own > width * 0.96 {
            if lines.len() == count {
                if let Some(last) = lines.last_mut() {
                    last.push('…');
                }
                break;
            }
            lines.push(String::new());
            filled = 0.0;
        }
        filled += own;
        if let Some(last) = lines.last_mut() {
            last.push(c);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: Room = Room {
        width: 1_300.0,
        height: 900.0,
        largest: 210.0,
        leading: 1.1,
        lines: 6,
    };

    #[test]
    fn text_fits_its_room_whatever_its_length() {
        let fonts = Fonts::new(&[]);
        let long = "A very long title that goes on ".repeat(12);
        let word =
            "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
        let endless = "x".repeat(2_000);
        for text in [
            "Serve first",
            &long,
            word,
            &endless,
            "a",
            "日本語の題名はここで折れる",
        ] {
            let fitted = fit(&fonts, text, Font::SerifBold, ROOM);
            assert!(!fitted.lines.is_empty());
            assert!(fitted.lines.len() as f32 * fitted.size * ROOM.leading <= ROOM.height + 1.0);
            for line in &fitted.lines {
                let width = fonts.width(line, Font::SerifBold) * fitted.size;
                assert!(width <= ROOM.width * 1.02, "{line}: {width}");
            }
        }
        assert_eq!(fit(&fonts, "", Font::Serif, ROOM), Fitted::default());
    }

    #[test]
    fn lines_are_of_like_length() {
        let fonts = Fonts::new(&[]);
        let text = "The quiet art of giving before you ask";
        let fitted = fit(&fonts, text, Font::SerifBold, ROOM);
        let widths: Vec<f32> = fitted
            .lines
            .iter()
            .map(|line| fonts.width(line, Font::SerifBold))
            .collect();
        let narrow = widths.iter().copied().fold(f32::MAX, f32::min);
        let wide = widths.iter().copied().fold(0.0, f32::max);
        assert!(narrow > wide * 0.5, "{fitted:?}");
    }

    #[test]
    fn characters_without_a_glyph_are_named() {
        let fonts = Fonts::new(&[]);
        let mut missing = BTreeSet::new();
        assert_eq!(fonts.known("Pricing  価\n格 É", &mut missing), "Pricing É");
        assert_eq!(missing.into_iter().collect::<String>(), "価格");
    }
}
