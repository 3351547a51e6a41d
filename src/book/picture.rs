//! Pictures: what they are, read from their bytes and not from their name.

mod svg;

use imagesize::ImageType;

use super::Picture;

impl Picture {
    /// Reads what a picture is. An SVG drawing is cleaned: what could run, and what lies outside
    /// of it, is left out.
    ///
    /// # Errors
    /// In words, why these bytes are no picture that a book can show.
    pub fn read(bytes: Vec<u8>) -> Result<Picture, String> {
        let media_type = match imagesize::image_type(&bytes) {
            Ok(ImageType::Png) => "image/png",
            Ok(ImageType::Jpeg) => "image/jpeg",
            Ok(ImageType::Gif) => "image/gif",
            Ok(ImageType::Webp) => "image/webp",
            Ok(other) => {
                let name = format!("{other:?}").to_uppercase();
                let name = name.split(['(', ' ']).next().unwrap_or_default();
                return Err(format!("books cannot show pictures of the type {name}"));
            }
            Err(_) if svg::is_svg(&bytes) => {
                let (bytes, size) = svg::clean(&bytes)?;
                return Ok(Picture {
                    media_type: "image/svg+xml",
                    bytes,
                    size,
                });
            }
            Err(_) => return Err("this is no picture".to_owned()),
        };
        let size = imagesize::blob_size(&bytes)
            .map_err(|_| "this picture is cut off or damaged".to_owned())?;
        let side = |side: usize| u32::try_from(side).unwrap_or(u32::MAX);
        Ok(Picture {
            media_type,
            bytes,
            size: Some((side(size.width), side(size.height))),
        })
    }
}
