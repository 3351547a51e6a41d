//! Covers: the author's own picture, or one that is designed from title, subtitle, authors and
//! industry.
//!
//! In: a [`Book`]. Out: a [`Cover`] as an SVG whose text is outlines, so that it looks the same
//! everywhere, as PNG and as JPEG. Same book, same bytes.

mod layout;
mod own;
mod palette;
mod text;

use std::collections::BTreeSet;
use std::sync::Arc;

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, Tree, fontdb};
use xxhash_rust::xxh3::xxh3_64;

use super::{Book, Font, Picture, fonts};
use crate::diagnostics::Diagnostic;
use crate::language::is_right_to_left;
use layout::{HEIGHT, WIDTH, Words};
pub use own::own;
pub use palette::{PALETTES, Palette};
use text::Fonts;

/// Width and height of a designed cover, in pixels.
pub const SIZE: (u32, u32) = (WIDTH as u32, HEIGHT as u32);

/// How much of the picture JPEG keeps: at 88 no edge of a letter frays.
const QUALITY: u8 = 88;

/// A designed cover.
pub struct Cover {
    /// The drawing, its text as outlines.
    pub svg: String,
    tree: Tree,
}

/// Designs the cover of a book, in the bundled fonts and those that its author adds.
///
/// Characters that no font has are left out and named in a warning.
///
/// # Errors
/// A drawing that cannot be read back; no input is known that leads there.
pub fn cover(book: &Book, problems: &mut Vec<Diagnostic>) -> Result<Cover, Box<Diagnostic>> {
    let faces = Fonts::new(&book.fonts);
    let mut missing = BTreeSet::new();
    let mut known = |text: &str| faces.known(text, &mut missing);
    let label = book.industry.as_ref().and(book.subjects.first());
    let words = Words {
        title: known(&book.title),
        subtitle: known(book.subtitle.as_deref().unwrap_or_default()),
        authors: known(&book.authors.join(", ")),
        label: known(&label.map(|label| label.to_uppercase()).unwrap_or_default()),
        right_to_left: is_right_to_left(&book.lang),
    };
    if !missing.is_empty() {
        problems.push(tell_missing(book, &missing));
    }
    let hash = xxh3_64(book.id.as_bytes());
    let palette = palette::choose(book.industry.as_deref(), hash / layout::LAYOUTS);
    let drawn = layout::draw(&words, palette, hash, &faces);
    let with_text = parse(&drawn, database(&book.fonts))?;
    let svg = with_text.to_string(&usvg::WriteOptions {
        preserve_text: false,
        coordinates_precision: 2,
        ..usvg::WriteOptions::default()
    });
    let tree = parse(&svg, fontdb::Database::new())?;
    Ok(Cover {
        svg: titled(&svg, &book.title),
        tree,
    })
}

fn tell_missing(book: &Book, missing: &BTreeSet<char>) -> Diagnostic {
    let shown: String = missing.iter().take(30).collect();
    let dots = if missing.len() > 30 { " …" } else { "" };
    let message = format!(
        "the fonts have no letters for some of the cover of \"{}\": {shown}{dots}",
        book.title
    );
    Diagnostic::warning(message)
        .help("add a font for this script, or give the book a cover of its own with `cover:`")
}

/// The fonts for drawing: the bundled ones, then the author's. Fonts of the machine are left out,
/// so that a cover is the same everywhere.
fn database(own: &[Font]) -> fontdb::Database {
    let mut database = fontdb::Database::new();
    for (_, bytes) in fonts::all() {
        database.load_font_source(fontdb::Source::Binary(Arc::new(*bytes)));
    }
    for font in own {
        database.load_font_data(font.bytes.clone());
    }
    database
}

fn parse(svg: &str, database: fontdb::Database) -> Result<Tree, Box<Diagnostic>> {
    let options = usvg::Options {
        fontdb: Arc::new(database),
        ..usvg::Options::default()
    };
    Tree::from_str(svg, &options).map_err(|error| {
        Box::new(Diagnostic::error(format!(
            "the cover cannot be drawn: {error}"
        )))
    })
}

/// The drawing with its title for those who cannot see it.
fn titled(svg: &str, title: &str) -> String {
    let Some((start, rest)) = svg.split_once('>') else {
        return svg.to_owned();
    };
    format!(
        "{start} role=\"img\"><title>{}</title>{rest}",
        super::markup::escaped(title)
    )
}

impl Cover {
    /// The cover as PNG, of this width in pixels.
    ///
    /// # Errors
    /// A width of 0, or one that no memory holds.
    pub fn png(&self, width: u32) -> Result<Vec<u8>, Box<Diagnostic>> {
        let pixmap = render(&self.tree, width)?;
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, pixmap.width(), pixmap.height());
        // The cover is opaque: no fourth channel.
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Balanced);
        let written = encoder.write_header().and_then(|mut writer| {
            writer.write_image_data(&opaque(&pixmap))?;
            writer.finish()
        });
        written.map_err(|error| failed(&error.to_string()))?;
        Ok(bytes)
    }

    /// The cover as JPEG, of this width in pixels.
    ///
    /// # Errors
    /// A width of 0, or one that no memory holds.
    pub fn jpeg(&self, width: u32) -> Result<Vec<u8>, Box<Diagnostic>> {
        jpeg(&render(&self.tree, width)?)
    }

    /// The cover as the picture that a book carries: JPEG at full size, which every reader shows.
    ///
    /// # Errors
    /// See [`Cover::jpeg`].
    pub fn picture(&self) -> Result<Picture, Box<Diagnostic>> {
        picture(&self.tree)
    }
}

/// A drawing as a JPEG of a cover's width.
fn picture(tree: &Tree) -> Result<Picture, Box<Diagnostic>> {
    let pixmap = render(tree, WIDTH as u32)?;
    Ok(Picture {
        media_type: "image/jpeg",
        bytes: jpeg(&pixmap)?,
        size: Some((pixmap.width(), pixmap.height())),
    })
}

/// The pixels of a drawing, on white.
fn render(tree: &Tree, width: u32) -> Result<Pixmap, Box<Diagnostic>> {
    let scale = width as f32 / tree.size().width();
    // A cover is at most four times as high as wide; so is what memory must hold.
    let height = (tree.size().height() * scale).round() as u32;
    let height = height.clamp(1, width.saturating_mul(4).max(1));
    let mut pixmap =
        Pixmap::new(width, height).ok_or_else(|| failed("it has no size that can be drawn"))?;
    pixmap.fill(resvg::tiny_skia::Color::WHITE);
    resvg::render(
        tree,
        Transform::from_scale(scale, scale),
        &mut pixmap.as_mut(),
    );
    Ok(pixmap)
}

/// Red, green and blue of each pixel; all are opaque.
fn opaque(pixmap: &Pixmap) -> Vec<u8> {
    let (pixels, _) = pixmap.data().as_chunks::<4>();
    pixels
        .iter()
        .flat_map(|[r, g, b, _]| [*r, *g, *b])
        .collect()
}

fn jpeg(pixmap: &Pixmap) -> Result<Vec<u8>, Box<Diagnostic>> {
    encoded(&opaque(pixmap), (pixmap.width(), pixmap.height())).map_err(|reason| failed(&reason))
}

/// Pixels of red, green and blue as JPEG, every colour in full: the edges of letters fray where
/// colours are halved.
fn encoded(pixels: &[u8], (width, height): (u32, u32)) -> Result<Vec<u8>, String> {
    let side = |side: u32| u16::try_from(side).map_err(|_| format!("{side} pixels are too many"));
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, QUALITY);
    encoder.set_sampling_factor(SamplingFactor::F_1_1);
    encoder
        .encode(pixels, side(width)?, side(height)?, ColorType::Rgb)
        .map_err(|error| error.to_string())?;
    Ok(bytes)
}

fn failed(reason: &str) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(format!(
        "the cover cannot be made: {reason}"
    )))
}

#[cfg(test)]
mod tests;
