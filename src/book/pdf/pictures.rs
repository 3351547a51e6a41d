//! The pictures of a book, tried before they are set: one that cannot be read would stop the book.

use std::collections::HashMap;

use comemo::Track;
use typst::World;
use typst::foundations::Bytes;
use typst::visualize::{ExchangeFormat, RasterImage, SvgImage};

use crate::book::{Book, Element, Picture};
use crate::diagnostics::Diagnostic;

/// More pixels than this are not unpacked: 100 megapixels take 400 MB.
const MOST_PIXELS: u64 = 100_000_000;
/// What an SVG is as large as if it does not say, in pixels.
const SOME_SIZE: f64 = 300.0;

/// The pictures that can be set.
#[derive(Default)]
pub(super) struct Pictures {
    /// Their bytes, in the order of the numbers.
    pub bytes: Vec<Bytes>,
    /// The number and the size in pixels of each, by its `src`.
    known: HashMap<String, (usize, (f64, f64))>,
    /// The cover's number and size.
    pub cover: Option<(usize, (f64, f64))>,
}

impl Pictures {
    /// Tries all pictures of a book and its cover, with a warning for each that cannot be shown.
    pub fn of_book(
        book: &Book,
        cover: Option<&Picture>,
        world: &dyn World,
        warnings: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut pictures = Pictures::default();
        for (src, picture) in &book.pictures {
            match pictures.add(picture, world) {
                Ok(known) => {
                    pictures.known.insert(src.clone(), known);
                }
                Err(why) => warnings.push(
                    Diagnostic::warning(format!(
                        "the picture {src} cannot be shown in the PDF: {why}"
                    ))
                    .help("save it anew as PNG or JPEG; the PDF shows its description instead"),
                ),
            }
        }
        if let Some(cover) = cover {
            match pictures.add(cover, world) {
                Ok(known) => pictures.cover = Some(known),
                Err(why) => warnings.push(
                    Diagnostic::warning(format!("the cover cannot be shown in the PDF: {why}"))
                        .help("save it anew as PNG or JPEG; the PDF begins with its title page"),
                ),
            }
        }
        pictures
    }

    fn add(&mut self, picture: &Picture, world: &dyn World) -> Result<(usize, (f64, f64)), String> {
        let pixels = picture.size.map_or(0, |(x, y)| u64::from(x) * u64::from(y));
        if pixels > MOST_PIXELS {
            return Err(format!("it has {} megapixels", pixels / 1_000_000));
        }
        let bytes = Bytes::new(picture.bytes.clone());
        let size = measure(picture.media_type, &bytes, world)?;
        self.bytes.push(bytes);
        Ok((self.bytes.len() - 1, size))
    }

    /// The number and the size in pixels of the picture that an `<img>` shows.
    pub fn of(&self, image: &Element) -> Option<(usize, (f64, f64))> {
        self.known.get(image.attribute("src")?).copied()
    }
}

/// The size of a picture in pixels, found by reading all of it.
fn measure(media_type: &str, bytes: &Bytes, world: &dyn World) -> Result<(f64, f64), String> {
    let format = match media_type {
        "image/png" => ExchangeFormat::Png,
        "image/jpeg" => ExchangeFormat::Jpg,
        "image/gif" => ExchangeFormat::Gif,
        "image/webp" => ExchangeFormat::Webp,
        "image/svg+xml" => return measure_svg(bytes, world),
        other => return Err(format!("{other} is no kind of picture that a PDF can hold")),
    };
    let image = RasterImage::plain(bytes.clone(), format).map_err(|why| why.to_string())?;
    Ok((f64::from(image.width()), f64::from(image.height())))
}

fn measure_svg(bytes: &Bytes, world: &dyn World) -> Result<(f64, f64), String> {
    let image = SvgImage::with_fonts_images(bytes.clone(), world.track(), &[], Some(world.main()))
        .map_err(|_| "it is no SVG, or shows a picture from elsewhere".to_owned())?;
    let sane = |size: f64| {
        if size.is_finite() && size >= 1.0 {
            size
        } else {
            SOME_SIZE
        }
    };
    Ok((sane(image.width()), sane(image.height())))
}
