//! QR codes (ISO/IEC 18004): black on white, with the quiet zone of four squares that the standard
//! asks for, and error correction of level M or better, so that a stain does no harm.

use std::fmt::Write as _;

use fast_qr::{ECL, QRBuilder, QRCode};

use crate::diagnostics::Diagnostic;

/// The white around a code, in squares (ISO/IEC 18004, section 6.3.8).
const QUIET: usize = 4;

/// How many squares of a code a phone's camera still tells apart on a small print or a screen:
/// a code of version 10.
const EASY: usize = 57;

/// A QR code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// How many squares it has on each side, without the quiet zone.
    size: usize,
    /// Row after row.
    dark: Vec<bool>,
}

/// The text is too long for a QR code: the largest holds 2,331 bytes at level M.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong {
    /// How long it is, in bytes.
    pub bytes: usize,
}

impl TooLong {
    /// What to tell the user.
    pub fn told(self) -> Diagnostic {
        Diagnostic::error(format!(
            "{} bytes are too many for a QR code, which holds 2,331",
            self.bytes
        ))
    }
}

impl Code {
    /// The smallest code that holds a text, with as much correction of errors as it has room for.
    ///
    /// # Errors
    /// The text is too long.
    pub fn of(text: &str) -> Result<Code, TooLong> {
        let build = |level| QRBuilder::new(text).ecl(level).build();
        let too_long = TooLong { bytes: text.len() };
        let mut code = build(ECL::M).map_err(|_| too_long)?;
        for level in [ECL::Q, ECL::H] {
            match build(level) {
                Ok(better) if better.size == code.size => code = better,
                _ => break,
            }
        }
        Ok(Code::from(&code))
    }

    /// Whether a phone reads it in a hurry.
    pub fn is_easy(&self) -> bool {
        self.size <= EASY
    }

    /// How many squares it has on each side, without the white around it.
    pub fn size(&self) -> usize {
        self.size
    }

    /// How many squares it has on each side, with the white around it.
    fn whole(&self) -> usize {
        self.size + 2 * QUIET
    }

    /// Whether a square is black, counted from the corner of the quiet zone.
    fn is_dark(&self, x: usize, y: usize) -> bool {
        let inside = |at: usize| at.checked_sub(QUIET).filter(|at| *at < self.size);
        let (Some(x), Some(y)) = (inside(x), inside(y)) else {
            return false;
        };
        self.dark.get(y * self.size + x).copied().unwrap_or(false)
    }

    /// The black squares as the outline of one shape, each row's neighbours together (SVG 2,
    /// section 9.3).
    fn path(&self) -> String {
        let mut path = String::new();
        for y in 0..self.whole() {
            let mut x = 0;
            while x < self.whole() {
                let start = x;
                while self.is_dark(x, y) {
                    x += 1;
                }
                if x > start {
                    let run = x - start;
                    // Writing to a String cannot fail.
                    let _ = write!(path, "M{start} {y}h{run}v1h-{run}z");
                }
                x += 1;
            }
        }
        path
    }

    /// A drawing of its own (SVG 1.1), which scales to any size.
    pub fn svg(&self) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {0}\" shape-rendering=\"crispEdges\">\
             <rect width=\"{0}\" height=\"{0}\" fill=\"#fff\"/><path d=\"{1}\" fill=\"#000\"/></svg>\n",
            self.whole(),
            self.path()
        )
    }

    /// A picture in black and white, each square `scale` pixels wide.
    ///
    /// # Errors
    /// In words, why it cannot be made.
    pub fn png(&self, scale: usize) -> Result<Vec<u8>, String> {
        let side = self.whole() * scale;
        let width = u32::try_from(side).map_err(|error| error.to_string())?;
        let mut pixels = Vec::with_capacity(side * side);
        for y in 0..side {
            pixels.extend((0..side).map(|x| match self.is_dark(x / scale, y / scale) {
                true => 0,
                false => u8::MAX,
            }));
        }
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, width, width);
        encoder.set_color(png::ColorType::Grayscale);
        let mut writer = encoder.write_header().map_err(|error| error.to_string())?;
        let written = writer.write_image_data(&pixels);
        written
            .and_then(|()| writer.finish())
            .map_err(|error| error.to_string())?;
        Ok(file)
    }

    /// The code for a terminal: two squares in each character, black on white whatever its
    /// colours are.
    pub fn terminal(&self) -> String {
        let mut text = String::new();
        for y in (0..self.whole()).step_by(2) {
            text.push_str("\u{1b}[38;5;16;48;5;231m");
            for x in 0..self.whole() {
                text.push(match (self.is_dark(x, y), self.is_dark(x, y + 1)) {
                    (true, true) => '█',
                    (true, false) => '▀',
                    (false, true) => '▄',
                    (false, false) => ' ',
                });
            }
            text.push_str("\u{1b}[0m\n");
        }
        text.truncate(text.trim_end().len());
        text
    }
}

impl From<&QRCode> for Code {
    fn from(code: &QRCode) -> Self {
        let size = code.size;
        let squares = (0..size).flat_map(|y| (0..size).map(move |x| (x, y)));
        Code {
            size,
            dark: squares.map(|(x, y)| code[y][x].value()).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_addresses_make_small_codes() {
        let code = Code::of("https://shelf.example/r/k7mpx/").unwrap();
        assert_eq!(code.size(), 29);
        assert!(code.is_easy());
        // The three corners that a camera looks for, and white around them.
        assert!(code.is_dark(QUIET, QUIET) && code.is_dark(QUIET + 6, QUIET + 6));
        assert!(code.is_dark(QUIET + code.size() - 1, QUIET));
        for at in 0..code.whole() {
            for edge in (0..QUIET).chain(code.whole() - QUIET..code.whole()) {
                assert!(!code.is_dark(at, edge) && !code.is_dark(edge, at));
            }
        }
    }

    #[test]
    fn a_text_may_be_too_long() {
        assert!(!Code::of(&"x".repeat(1_000)).unwrap().is_easy());
        assert_eq!(Code::of(&"x".repeat(2_332)), Err(TooLong { bytes: 2_332 }));
        assert!(Code::of("").is_ok());
    }
}
