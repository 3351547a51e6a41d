//! Text on a cover: how it looks, where it stands, and how much room it takes.

use std::fmt::Write as _;

use super::super::text::{Font, Room, fit};
use super::{HEIGHT, MARGIN, Sheet, WIDTH};
use crate::book::markup::push_escaped;

/// Where text stands.
#[derive(Clone, Copy)]
pub(super) struct Box {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) centred: bool,
}

impl Box {
    pub(super) fn new(x: f32, y: f32, width: f32, height: f32) -> Self {
        Box {
            x,
            y,
            width,
            height,
            centred: false,
        }
    }
}

/// How text looks.
#[derive(Clone, Copy)]
pub(super) struct Type {
    pub(super) font: Font,
    pub(super) largest: f32,
    pub(super) leading: f32,
    pub(super) lines: usize,
    pub(super) colour: &'static str,
    /// Between letters, for letters of size 1.
    pub(super) spacing: f32,
}

impl Type {
    pub(super) fn title(font: Font, colour: &'static str) -> Self {
        Type {
            font,
            largest: 232.0,
            leading: 1.08,
            lines: 8,
            colour,
            spacing: -0.012,
        }
    }

    pub(super) fn subtitle(font: Font, colour: &'static str) -> Self {
        Type {
            font,
            largest: 76.0,
            leading: 1.32,
            lines: 4,
            colour,
            spacing: 0.0,
        }
    }

    pub(super) fn author(colour: &'static str) -> Self {
        Type {
            font: Font::Sans,
            largest: 64.0,
            leading: 1.3,
            lines: 3,
            colour,
            spacing: 0.02,
        }
    }

    pub(super) fn label(colour: &'static str) -> Self {
        Type {
            font: Font::SansBold,
            largest: 40.0,
            leading: 1.3,
            lines: 1,
            colour,
            spacing: 0.14,
        }
    }
}

impl Sheet<'_> {
    /// Writes text at the top of a box; gives the height that it took.
    pub(super) fn text(&mut self, text: &str, look: Type, at: Box) -> f32 {
        if text.is_empty() {
            return 0.0;
        }
        let spread = 1.0 + look.spacing.max(0.0) * 2.0;
        let room = Room {
            width: at.width / spread,
            height: at.height,
            largest: look.largest,
            leading: look.leading,
            lines: look.lines,
        };
        let fitted = fit(self.fonts, text, look.font, room);
        let (x, anchor) = match (at.centred, self.words.right_to_left) {
            (true, _) => (at.x + at.width / 2.0, "middle"),
            (false, false) => (at.x, "start"),
            (false, true) => (at.x + at.width, "end"),
        };
        let step = fitted.size * look.leading;
        // The line's letters stand in the middle of its height.
        let first = at.y + step / 2.0 + fitted.size * 0.34;
        for (line, number) in fitted.lines.iter().zip(0_u16..) {
            let _ = write!(
                self.out,
                "<text xml:space=\"preserve\" x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\" \
                 font-size=\"{:.2}\" letter-spacing=\"{:.2}\" fill=\"{}\" {}>",
                first + f32::from(number) * step,
                fitted.size,
                fitted.size * look.spacing,
                look.colour,
                look.font.attributes()
            );
            push_escaped(&mut self.out, line);
            self.out.push_str("</text>");
        }
        fitted.lines.len() as f32 * step
    }

    /// The height that text takes.
    pub(super) fn height(&self, text: &str, look: Type, width: f32, height: f32) -> f32 {
        let room = Room {
            width: width / (1.0 + look.spacing.max(0.0) * 2.0),
            height,
            largest: look.largest,
            leading: look.leading,
            lines: look.lines,
        };
        let fitted = fit(self.fonts, text, look.font, room);
        fitted.lines.len() as f32 * fitted.size * look.leading
    }

    /// Title and subtitle from the top of a box down; gives the height that they took.
    pub(super) fn heading(&mut self, title: Type, subtitle: Type, at: Box) -> f32 {
        let words = self.words;
        let for_title = match words.subtitle.is_empty() {
            true => at.height,
            false => at.height * 0.74,
        };
        let taken = self.text(
            &words.title,
            title,
            Box {
                height: for_title,
                ..at
            },
        );
        if words.subtitle.is_empty() {
            return taken;
        }
        let gap = 52.0;
        let rest = Box {
            y: at.y + taken + gap,
            height: (at.height - taken - gap).max(60.0),
            ..at
        };
        taken + gap + self.text(&words.subtitle, subtitle, rest)
    }

    /// The authors at the bottom of the cover.
    pub(super) fn authors(&mut self, colour: &'static str, centred: bool) {
        let look = Type::author(colour);
        let width = WIDTH - 2.0 * MARGIN;
        let height = self.height(&self.words.authors, look, width, 260.0);
        let at = Box {
            centred,
            ..Box::new(MARGIN, HEIGHT - MARGIN - height + 14.0, width, 260.0)
        };
        let words = self.words;
        self.text(&words.authors, look, at);
    }

    /// The industry, small, at the top; gives whether there is one.
    pub(super) fn industry(&mut self, colour: &'static str, y: f32) {
        let words = self.words;
        let at = Box::new(MARGIN, y, WIDTH - 2.0 * MARGIN, 60.0);
        self.text(&words.label, Type::label(colour), at);
    }
}
