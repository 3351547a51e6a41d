//! The layout of a book that is bound in cloth.

use std::fmt::Write as _;

use super::super::palette::Palette;
use super::super::text::Font;
use super::Sheet;
use super::lettering::{Box, Type};

impl Sheet<'_> {
    /// A bound book: cloth with a weave, and a paper label.
    pub(super) fn label(&mut self) {
        let Palette {
            ground,
            accent,
            second,
            paper,
            text,
            ..
        } = self.palette;
        self.ground(ground);
        let diamonds = self.next(2) == 0;
        let step = 80.0;
        for row in 0..34_u8 {
            for column in 0..22_u8 {
                let shift = if row % 2 == 0 { 0.0 } else { step / 2.0 };
                let (x, y) = (
                    f32::from(column) * step + shift - 20.0,
                    f32::from(row) * step - 20.0,
                );
                match diamonds {
                    true => self.path(&format!("M{x} {}l13 13-13 13-13-13z", y - 13.0), second),
                    false => self.circle(x, y, 9.0, second),
                }
            }
        }
        let (x, y, width, height) = (210.0, 330.0, 1_180.0, 1_360.0);
        self.rect(x, y, width, height, paper);
        let _ = write!(
            self.out,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"none\" stroke=\"{accent}\" \
             stroke-width=\"6\"/>",
            x + 36.0,
            y + 36.0,
            width - 72.0,
            height - 72.0
        );
        let words = self.words;
        let inner = width - 220.0;
        let title = Type {
            largest: 168.0,
            ..Type::title(Font::SerifBold, text)
        };
        let subtitle = Type {
            largest: 62.0,
            ..Type::subtitle(Font::SerifItalic, text)
        };
        let author = Type {
            largest: 52.0,
            ..Type::author(text)
        };
        let for_author = self.height(&words.authors, author, inner, 200.0);
        let room = height - 420.0 - for_author;
        let for_title = self.height(&words.title, title, inner, room * 0.72);
        let for_subtitle = match words.subtitle.is_empty() {
            true => 0.0,
            false => 46.0 + self.height(&words.subtitle, subtitle, inner, room * 0.28),
        };
        let centred = |y: f32, height: f32| Box {
            centred: true,
            ..Box::new(x + 110.0, y, inner, height)
        };
        let top = y + 140.0 + (room - for_title - for_subtitle).max(0.0) * 0.45;
        self.text(&words.title, title, centred(top, room * 0.72));
        self.text(
            &words.subtitle,
            subtitle,
            centred(top + for_title + 46.0, room * 0.28),
        );
        let foot = y + height - 130.0 - for_author;
        let middle = x + width / 2.0;
        self.path(
            &format!("M{middle} {}l16 16-16 16-16-16z", foot - 90.0),
            accent,
        );
        self.text(&words.authors, author, centred(foot, 200.0));
    }
}
