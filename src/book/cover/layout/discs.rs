//! Layouts of discs and rings.

use super::super::palette::Palette;
use super::super::text::Font;
use super::lettering::{Box, Type};
use super::{HEIGHT, MARGIN, Sheet, WIDTH};

impl Sheet<'_> {
    /// Two discs: a large one that leaves the page, a small one before it.
    pub(super) fn moons(&mut self) {
        let Palette {
            ground,
            ink,
            accent,
            second,
            ..
        } = self.palette;
        self.ground(ground);
        let left = self.next(2) == 0;
        let shift = self.next(160) as f32;
        let side = |x: f32| if left { x } else { WIDTH - x };
        self.circle(side(1_120.0), 1_930.0 - shift, 760.0, second);
        self.circle(side(430.0), 1_560.0 - shift / 2.0, 178.0, accent);
        self.industry(ink, MARGIN);
        let at = Box::new(MARGIN, MARGIN + 120.0, WIDTH - 2.0 * MARGIN, 940.0);
        self.heading(
            Type::title(Font::SerifBold, ink),
            Type::subtitle(Font::Serif, ink),
            at,
        );
        self.authors(ink, false);
    }

    /// Rings around a corner below.
    pub(super) fn rings(&mut self) {
        let Palette {
            ground,
            ink,
            accent,
            second,
            ..
        } = self.palette;
        self.ground(ground);
        let right = self.next(2) == 0;
        let which = 2 + self.next(4);
        let x = if right { WIDTH } else { 0.0 };
        let mut radius = 1_210.0;
        for ring in 0..7_u64 {
            let colour = match ring {
                ring if ring == which => accent,
                ring if ring % 2 == 0 => second,
                _ => ground,
            };
            self.circle(x, HEIGHT, radius, colour);
            radius -= 166.0;
        }
        self.industry(ink, MARGIN);
        let at = Box::new(MARGIN, MARGIN + 120.0, WIDTH - 2.0 * MARGIN, 860.0);
        self.heading(
            Type::title(Font::SerifBold, ink),
            Type::subtitle(Font::SerifItalic, ink),
            at,
        );
        // The authors stand above the rings.
        let words = self.words;
        let at = Box::new(MARGIN, 1_150.0, WIDTH - 2.0 * MARGIN, 170.0);
        self.text(&words.authors, Type::author(ink), at);
    }
}
