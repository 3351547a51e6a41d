//! Layouts of fields of colour: one block, many tiles, bands.

use super::super::palette::Palette;
use super::super::text::Font;
use super::lettering::{Box, Type};
use super::{HEIGHT, MARGIN, Sheet, WIDTH};

impl Sheet<'_> {
    /// A block of colour that the title stands at the foot of, paper below.
    pub(super) fn block(&mut self) {
        let Palette {
            ground,
            ink,
            accent,
            second,
            paper,
            text,
            ..
        } = self.palette;
        const FOOT: f32 = 1_700.0;
        self.ground(paper);
        self.rect(0.0, 0.0, WIDTH, FOOT, ground);
        // Fine lines that lean, in the upper part of the block.
        let lean = 1 + self.next(3);
        let words = self.words;
        let title = Type::title(Font::SansBold, ink);
        let width = WIDTH - 2.0 * MARGIN;
        let height = self.height(&words.title, title, width, 1_050.0);
        let top = FOOT - 130.0 - height;
        let room = top - 130.0;
        let mut x = WIDTH;
        let mut step = 34.0;
        while x > 300.0 && room > 200.0 {
            let reach = room * 0.5 * lean as f32;
            self.path(
                &format!("M{x} 0h10L{} {room}h-10z", x + 10.0 - reach),
                second,
            );
            x -= step;
            step *= 1.12;
        }
        self.rect(MARGIN, FOOT - 8.0, 300.0, 16.0, accent);
        self.text(&words.title, title, Box::new(MARGIN, top, width, 1_050.0));
        let below = Box::new(MARGIN, FOOT + 92.0, width, 340.0);
        self.text(&words.subtitle, Type::subtitle(Font::Serif, text), below);
        self.authors(text, false);
    }

    /// A field of tiles: quarter discs, half discs, dots and plain ones.
    pub(super) fn tiles(&mut self) {
        let Palette {
            ground,
            ink,
            accent,
            second,
            paper,
            ..
        } = self.palette;
        const TILE: f32 = 320.0;
        self.ground(ground);
        let mut accents = 0;
        for row in 0..4_u8 {
            for column in 0..5_u8 {
                let (x, y) = (f32::from(column) * TILE, f32::from(row) * TILE);
                let kind = self.next(6);
                let colour = match self.next(7) {
                    0 | 1 if accents < 5 => {
                        accents += 1;
                        accent
                    }
                    2 => paper,
                    _ => second,
                };
                match kind {
                    0 => self.path(
                        &format!("M{x} {y}h{TILE}A{TILE} {TILE} 0 0 1 {x} {}z", y + TILE),
                        colour,
                    ),
                    1 => self.path(
                        &format!(
                            "M{} {}h-{TILE}A{TILE} {TILE} 0 0 1 {} {y}z",
                            x + TILE,
                            y + TILE,
                            x + TILE
                        ),
                        colour,
                    ),
                    2 => self.circle(x + TILE / 2.0, y + TILE / 2.0, TILE * 0.3, colour),
                    3 => self.rect(x, y, TILE, TILE, colour),
                    4 => self.path(
                        &format!("M{x} {y}v{TILE}h{TILE}A{TILE} {TILE} 0 0 0 {x} {y}z"),
                        colour,
                    ),
                    _ => {}
                }
            }
        }
        let at = Box::new(MARGIN, 1_280.0 + 110.0, WIDTH - 2.0 * MARGIN, 760.0);
        self.heading(
            Type {
                largest: 196.0,
                ..Type::title(Font::SansBold, ink)
            },
            Type::subtitle(Font::Sans, ink),
            at,
        );
        self.authors(ink, false);
    }

    /// Bands across the lower half, like fields or strata.
    pub(super) fn bands(&mut self) {
        let Palette {
            ground,
            ink,
            accent,
            second,
            paper,
            text,
            ..
        } = self.palette;
        self.ground(paper);
        let mut y = 1_330.0;
        let mut wave = 40.0 + self.next(60) as f32;
        let accent_at = 1 + self.next(2);
        for band in 0..4_u64 {
            let colour = match band {
                band if band == accent_at => accent,
                0 => second,
                3 => ground,
                band if band % 2 == 0 => second,
                _ => ground,
            };
            let crest = 300.0 + self.next(1_000) as f32;
            self.path(
                &format!(
                    "M0 {y}C{} {} {} {} {WIDTH} {}V{HEIGHT}H0z",
                    crest * 0.5,
                    y - wave,
                    crest,
                    y + wave,
                    y - wave * 0.8
                ),
                colour,
            );
            y += 190.0 + self.next(110) as f32;
            wave = 50.0 + self.next(110) as f32;
        }
        self.industry(text, MARGIN);
        let at = Box::new(MARGIN, MARGIN + 120.0, WIDTH - 2.0 * MARGIN, 940.0);
        self.heading(
            Type::title(Font::SansBold, text),
            Type::subtitle(Font::Sans, text),
            at,
        );
        self.authors(ink, false);
    }
}
