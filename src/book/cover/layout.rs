//! How covers are laid out: a few quiet designs of plain shapes and large type. Every surface and
//! colour comes from the palette; the hash of the book's id turns shapes about, so that two books
//! of one shelf differ.

mod bound;
mod discs;
mod fields;
mod lettering;
mod shapes;

use std::fmt::Write as _;

use super::palette::Palette;
use super::text::Fonts;

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

impl Sheet<'_> {
    /// The next of some numbers that the hash gives (SplitMix64).
    fn next(&mut self, below: u64) -> u64 {
        self.seed = self.seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.seed;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % below.max(1)
    }
}
