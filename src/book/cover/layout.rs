//! How covers are laid out: a few quiet designs of plain shapes and large type. Every surface and
//! colour comes from the palette; the hash of the book's id turns shapes about, so that two books
//! of one shelf differ.

use std::fmt::Write as _;

use super::palette::Palette;
use super::text::{Font, Fonts, Room, fit};
use crate::book::markup::push_escaped;

/// The size of a cover in pixels: 1 to 1.6, as e-book shops ask for.
pub(super) const WIDTH: f32 = 1_600.0;
/// The height.
pub(super) const HEIGHT: f32 = 2_560.0;
/// The empty rim around text.
const MARGIN: f32 = 150.0;

/// How many layouts there are.
pub(super) const LAYOUTS: u64 = 6;

/// What stands on a cover.
pub(super) struct Words {
    pub title: String,
    pub subtitle: String,
    pub authors: String,
    pub label: String,
    pub right_to_left: bool,
}

/// Draws the cover with text as text.
pub(super) fn draw(words: &Words, palette: Palette, hash: u64, fonts: &Fonts<'_>) -> String {
    let mut sheet = Sheet {
        words,
        palette,
        fonts,
        seed: hash,
        out: String::new(),
    };
    // Writing to a String cannot fail, here and below.
    let _ = write!(
        sheet.out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\" \
         viewBox=\"0 0 {WIDTH} {HEIGHT}\">"
    );
    match hash % LAYOUTS {
        0 => sheet.moons(),
        1 => sheet.block(),
        2 => sheet.tiles(),
        3 => sheet.rings(),
        4 => sheet.label(),
        _ => sheet.bands(),
    }
    sheet.out.push_str("</svg>");
    sheet.out
}

/// The cover being drawn.
struct Sheet<'a> {
    words: &'a Words,
    palette: Palette,
    fonts: &'a Fonts<'a>,
    seed: u64,
    out: String,
}

/// Where text stands.
#[derive(Clone, Copy)]
struct Box {
    x: f32,
    y: f32,
    width: f32,
    height: f32,
    centred: bool,
}

impl Box {
    fn new(x: f32, y: f32, width: f32, height: f32) -> Self {
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
struct Type {
    font: Font,
    largest: f32,
    leading: f32,
    lines: usize,
    colour: &'static str,
    /// Between letters, for letters of size 1.
    spacing: f32,
}

impl Type {
    fn title(font: Font, colour: &'static str) -> Self {
        Type {
            font,
            largest: 232.0,
            leading: 1.08,
            lines: 8,
            colour,
            spacing: -0.012,
        }
    }

    fn subtitle(font: Font, colour: &'static str) -> Self {
        Type {
            font,
            largest: 76.0,
            leading: 1.32,
            lines: 4,
            colour,
            spacing: 0.0,
        }
    }

    fn author(colour: &'static str) -> Self {
        Type {
            font: Font::Sans,
            largest: 64.0,
            leading: 1.3,
            lines: 3,
            colour,
            spacing: 0.02,
        }
    }

    fn label(colour: &'static str) -> Self {
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
    // Shapes.

    fn rect(&mut self, x: f32, y: f32, width: f32, height: f32, colour: &str) {
        let _ = write!(
            self.out,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{colour}\"/>"
        );
    }

    fn circle(&mut self, x: f32, y: f32, radius: f32, colour: &str) {
        let _ = write!(
            self.out,
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"{colour}\"/>"
        );
    }

    fn path(&mut self, d: &str, colour: &str) {
        let _ = write!(self.out, "<path d=\"{d}\" fill=\"{colour}\"/>");
    }

    fn ground(&mut self, colour: &str) {
        self.rect(0.0, 0.0, WIDTH, HEIGHT, colour);
    }

    /// The next of some numbers that the hash gives (SplitMix64).
    fn next(&mut self, below: u64) -> u64 {
        self.seed = self.seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.seed;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % below.max(1)
    }

    // Text.

    /// Writes text at the top of a box; gives the height that it took.
    fn text(&mut self, text: &str, look: Type, at: Box) -> f32 {
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
    fn height(&self, text: &str, look: Type, width: f32, height: f32) -> f32 {
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
    fn heading(&mut self, title: Type, subtitle: Type, at: Box) -> f32 {
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
    fn authors(&mut self, colour: &'static str, centred: bool) {
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
    fn industry(&mut self, colour: &'static str, y: f32) {
        let words = self.words;
        let at = Box::new(MARGIN, y, WIDTH - 2.0 * MARGIN, 60.0);
        self.text(&words.label, Type::label(colour), at);
    }

    // The layouts.

    /// Two discs: a large one that leaves the page, a small one before it.
    fn moons(&mut self) {
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

    /// A block of colour that the title stands at the foot of, paper below.
    fn block(&mut self) {
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
    fn tiles(&mut self) {
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

    /// Rings around a corner below.
    fn rings(&mut self) {
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

    /// A bound book: cloth with a weave, and a paper label.
    fn label(&mut self) {
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

    /// Bands across the lower half, like fields or strata.
    fn bands(&mut self) {
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
