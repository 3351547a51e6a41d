//! The author's own cover, as shops and readers take it: JPEG or PNG, and large enough.

use std::io::Cursor;

use image::imageops::{FilterType, resize};
use image::{DynamicImage, ImageReader, Limits};

use super::{Font, database, encoded, parse, picture};
use crate::book::Picture;
use crate::diagnostics::{Diagnostic, Place};

/// Shops and Kindle want a cover whose shorter side has this many pixels; what is smaller is
/// enlarged to it.
const NARROWEST: u32 = 1_000;

/// A cover is not enlarged beyond this many pixels of its longer side, however narrow it is.
const LONGEST: u32 = 2_560;

/// How much memory a cover may take while it is read, in bytes: 100 megapixels.
const MOST_MEMORY: u64 = 400 << 20;

/// The author's own cover, its type read from its bytes. A drawing becomes a JPEG, since shops and
/// older readers take no SVG there; its text is set in the bundled fonts and those of the author.
/// So does a picture that is too small, enlarged, and one whose type is neither JPEG nor PNG.
/// `place` is where messages say that it is named.
///
/// # Errors
/// A file that is no picture, or none that books can show.
pub fn own(
    bytes: Vec<u8>,
    place: Place,
    fonts: &[Font],
    problems: &mut Vec<Diagnostic>,
) -> Result<Picture, Box<Diagnostic>> {
    let read = Picture::read(bytes).map_err(|reason| {
        Diagnostic::error(format!("the cover cannot be used: {reason}"))
            .at(place.clone())
            .help(
                "give a JPEG or PNG, best of 1600 by 2560 pixels; without `cover:` one is designed",
            )
    })?;
    if read.media_type == "image/svg+xml" {
        let text = String::from_utf8_lossy(&read.bytes);
        return picture(&parse(&text, database(fonts))?);
    }
    let size = read.size.unwrap_or_default();
    let larger = enlarged(size);
    let is_taken = matches!(read.media_type, "image/jpeg" | "image/png");
    if is_taken && larger == size {
        return Ok(read);
    }
    // One that cannot be unpacked stays as it is.
    let made = remade(&read.bytes, larger).unwrap_or(read);
    if larger != size {
        let (width, height) = size;
        let message = match made.size {
            Some((wide, high)) if (wide, high) == larger => format!(
                "this cover is small: {width} by {height} pixels; books show it enlarged to {wide} by {high}"
            ),
            _ => format!("this cover is small: {width} by {height} pixels"),
        };
        let help = "shops and Kindle want at least 1000 pixels each way, best 1600 by 2560";
        problems.push(Diagnostic::warning(message).at(place).help(help));
    }
    Ok(made)
}

/// The size that a cover of this size is given: the same where it is large enough.
fn enlarged((width, height): (u32, u32)) -> (u32, u32) {
    let (short, long) = (f64::from(width.min(height)), f64::from(width.max(height)));
    if short >= f64::from(NARROWEST) || long >= f64::from(LONGEST) || short < 1.0 {
        return (width, height);
    }
    let scale = (f64::from(NARROWEST) / short).min(f64::from(LONGEST) / long);
    let side = |side: u32| (f64::from(side) * scale).round() as u32;
    (side(width), side(height))
}

/// The picture as a JPEG of this size, on white. `None` for one that cannot be unpacked.
fn remade(bytes: &[u8], (width, height): (u32, u32)) -> Option<Picture> {
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .ok()?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let pixels = on_white(&reader.decode().ok()?);
    let pixels = match (pixels.width(), pixels.height()) == (width, height) {
        true => pixels,
        false => resize(&pixels, width, height, FilterType::CatmullRom),
    };
    Some(Picture {
        media_type: "image/jpeg",
        bytes: encoded(pixels.as_raw(), (width, height)).ok()?,
        size: Some((width, height)),
    })
}

/// What lies behind a picture that can be seen through.
fn on_white(picture: &DynamicImage) -> image::RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let seen = picture.to_rgba8();
    image::RgbImage::from_fn(seen.width(), seen.height(), |x, y| {
        let image::Rgba([red, green, blue, alpha]) = *seen.get_pixel(x, y);
        let blend = |channel: u8| {
            let (channel, alpha) = (u32::from(channel), u32::from(alpha));
            u8::try_from((channel * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
        };
        image::Rgb([blend(red), blend(green), blend(blue)])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture of one colour as PNG.
    fn flat(width: u32, height: u32, colour: [u8; 4]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(png::ColorType::Rgba);
        let pixels: Vec<u8> = (0..width * height).flat_map(|_| colour).collect();
        let mut writer = encoder.write_header().expect("a header");
        writer.write_image_data(&pixels).expect("pixels");
        writer.finish().expect("an end");
        bytes
    }

    #[test]
    fn a_small_cover_is_enlarged_and_told_of() {
        let mut problems = Vec::new();
        let place = Place::file("cover.png");
        let small = flat(300, 480, [255, 0, 0, 128]);
        let made = own(small, place, &[], &mut problems).expect("a cover");
        assert_eq!(
            (made.media_type, made.size),
            ("image/jpeg", Some((1_000, 1_600)))
        );
        let pixel = *image::load_from_memory(&made.bytes)
            .expect("a picture")
            .to_rgb8()
            .get_pixel(9, 9);
        // Half red on white.
        assert!(
            pixel[0] > 250 && (120..136).contains(&pixel[1]),
            "{pixel:?}"
        );
        assert_eq!(
            problems[0].message,
            "this cover is small: 300 by 480 pixels; books show it enlarged to 1000 by 1600"
        );
    }

    #[test]
    fn a_large_cover_stays_as_it_is() {
        let mut problems = Vec::new();
        let large = flat(1_000, 1_200, [1, 2, 3, 255]);
        let made = own(large.clone(), Place::file("cover.png"), &[], &mut problems);
        assert_eq!(made.expect("a cover").bytes, large);
        assert_eq!(problems, []);
    }

    #[test]
    fn the_longer_side_reaches_what_kindle_wants_and_ends_at_what_is_best() {
        assert_eq!(enlarged((10, 16)), (1_000, 1_600));
        assert_eq!(enlarged((900, 300)), (2_560, 853));
        assert_eq!(enlarged((1, 5_000)), (1, 5_000));
        assert_eq!(enlarged((0, 10)), (0, 10));
        assert_eq!(enlarged((1_600, 2_560)), (1_600, 2_560));
    }
}
