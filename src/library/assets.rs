//! Files that are published as they are, and what is known of them.

use std::path::Path;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::address::encode_path;
use crate::source::walk::Entry;

/// A PDF larger than this is not opened to count its pages, in bytes.
const LARGEST_PDF: u64 = 64_000_000;

/// A PDF nested deeper than this is not opened either.
const DEEPEST_PDF: usize = 64;

/// The files beside the documents, by their path relative to content/.
#[derive(Debug, Default)]
pub struct Assets {
    files: Vec<Asset>,
    by_path: FxHashMap<String, usize>,
}

#[derive(Debug)]
struct Asset {
    entry: Entry,
    size: OnceLock<Option<(u32, u32)>>,
}

/// What is known of a file that is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFacts {
    /// Its address on the site.
    pub url: String,
    /// Its name.
    pub name: String,
    /// Its format, as people say it: `PDF`.
    pub format: String,
    /// Its size in bytes.
    pub size: u64,
    /// How many pages a PDF has.
    pub pages: Option<usize>,
    /// The title that a PDF carries.
    pub title: Option<String>,
}

impl Assets {
    pub(super) fn new(entries: Vec<Entry>) -> Self {
        let by_path = entries
            .iter()
            .enumerate()
            .map(|(at, e)| (e.path.clone(), at))
            .collect();
        let files = entries
            .into_iter()
            .map(|entry| Asset {
                entry,
                size: OnceLock::new(),
            })
            .collect();
        Assets { files, by_path }
    }

    /// Every file, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.files.iter().map(|asset| &asset.entry)
    }

    /// The file at a path relative to content/.
    pub fn get(&self, path: &str) -> Option<&Entry> {
        self.asset(path).map(|asset| &asset.entry)
    }

    fn asset(&self, path: &str) -> Option<&Asset> {
        self.files.get(*self.by_path.get(path)?)
    }

    /// Width and height of a picture in pixels, looked up once.
    pub fn picture_size(&self, path: &str) -> Option<(u32, u32)> {
        let asset = self.asset(path)?;
        *asset.size.get_or_init(|| picture_size(&asset.entry.disk))
    }

    /// What is known of a file, `prefix` being the path of the base address.
    pub(super) fn facts(&self, path: &str, prefix: &str) -> Option<FileFacts> {
        let entry = self.get(path)?;
        let name = crate::source::walk::file_name(path).to_owned();
        let (pages, title) = match format_name(&name).as_str() {
            "PDF" if entry.size <= LARGEST_PDF => pdf_facts(&entry.disk),
            _ => (None, None),
        };
        Some(FileFacts {
            url: format!("{prefix}/{}", encode_path(path)),
            format: format_name(&name),
            name,
            size: entry.size,
            pages,
            title,
        })
    }
}

/// The format of a file as people say it, from its extension.
pub fn format_name(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((_, extension)) if (1..=5).contains(&extension.len()) => extension.to_uppercase(),
        _ => "File".to_owned(),
    }
}

/// Width and height of a picture: its own header for pixels, width and height or the view box for
/// drawings.
fn picture_size(disk: &Path) -> Option<(u32, u32)> {
    if disk
        .extension()
        .is_some_and(|ext| ext.eq_ignore_ascii_case("svg"))
    {
        return svg_size(disk);
    }
    let size = imagesize::size(disk).ok()?;
    Some((
        u32::try_from(size.width).ok()?,
        u32::try_from(size.height).ok()?,
    ))
}

fn svg_size(disk: &Path) -> Option<(u32, u32)> {
    use lol_html::{RewriteStrSettings, element, rewrite_str};
    let text = std::fs::read_to_string(disk).ok()?;
    // The head of the file is enough: the root element stands there.
    let head = &text[..text.floor_char_boundary(4096)];
    let mut size = None;
    let mut seen = false;
    let settings =
        RewriteStrSettings::new().append_element_content_handler(element!("svg", |el| {
            if !std::mem::replace(&mut seen, true) {
                size = svg_attributes(
                    el.get_attribute("width").as_deref(),
                    el.get_attribute("height").as_deref(),
                    el.get_attribute("viewBox")
                        .or_else(|| el.get_attribute("viewbox"))
                        .as_deref(),
                );
            }
            Ok(())
        }));
    rewrite_str(head, settings).ok()?;
    size
}

fn svg_attributes(
    width: Option<&str>,
    height: Option<&str>,
    view_box: Option<&str>,
) -> Option<(u32, u32)> {
    let pixels = |text: &str| {
        let number = text.trim().trim_end_matches("px").parse::<f64>().ok()?;
        (1.0..100_000.0)
            .contains(&number)
            .then_some(number.round() as u32)
    };
    if let (Some(width), Some(height)) = (width.and_then(pixels), height.and_then(pixels)) {
        return Some((width, height));
    }
    let mut numbers = view_box?
        .split([' ', ','])
        .filter(|part| !part.is_empty())
        .skip(2);
    Some((pixels(numbers.next()?)?, pixels(numbers.next()?)?))
}

/// How deep lists and dictionaries of a PDF lie in each other at most, outside of its streams.
fn pdf_depth(bytes: &[u8]) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let mut rest = bytes;
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'[' => depth += 1,
            b'<' if after.first() == Some(&b'<') => {
                depth += 1;
                rest = after.get(1..).unwrap_or_default();
            }
            b']' => depth = depth.saturating_sub(1),
            b'>' if after.first() == Some(&b'>') => {
                depth = depth.saturating_sub(1);
                rest = after.get(1..).unwrap_or_default();
            }
            // Every object begins anew.
            b'e' if after.starts_with(b"ndobj") => depth = 0,
            b's' if after.starts_with(b"tream") => {
                const END: &[u8] = b"endstream";
                let end = after.windows(END.len()).position(|part| part == END);
                rest = end
                    .and_then(|at| after.get(at + END.len()..))
                    .unwrap_or_default();
            }
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// The number of pages and the title of a PDF. One that cannot be read says nothing.
fn pdf_facts(disk: &Path) -> (Option<usize>, Option<String>) {
    let Ok(bytes) = std::fs::read(disk) else {
        return (None, None);
    };
    // What reads it calls itself for each level, and a stack that is full ends the program.
    if pdf_depth(&bytes) > DEEPEST_PDF {
        return (None, None);
    }
    // Other people's PDFs are the worst input there is: not even a panic may end the build.
    let read = std::panic::catch_unwind(move || {
        let metadata = lopdf::Document::load_metadata_from(bytes.as_slice()).ok()?;
        Some((metadata.page_count as usize, metadata.title))
    });
    match read {
        Ok(Some((pages, title))) => (
            Some(pages).filter(|pages| *pages > 0),
            title
                .map(|title| title.trim().to_owned())
                .filter(|title| !title.is_empty()),
        ),
        _ => (None, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawings_have_sizes() {
        assert_eq!(
            svg_attributes(Some("10"), Some("20px"), None),
            Some((10, 20))
        );
        assert_eq!(
            svg_attributes(Some("100%"), None, Some("0 0 1200 675")),
            Some((1200, 675))
        );
        assert_eq!(svg_attributes(None, None, None), None);
    }

    #[test]
    fn the_depth_of_a_pdf_is_counted_outside_of_its_streams() {
        let pdf = b"1 0 obj <</A [1 [2]]>> stream [[[[[[ endstream endobj 2 0 obj [[ endobj";
        assert_eq!(pdf_depth(pdf), 3);
        assert_eq!(pdf_depth(&[b'['; 1_000]), 1_000);
    }

    #[test]
    fn formats_have_names() {
        assert_eq!(format_name("a.pdf"), "PDF");
        assert_eq!(format_name("README"), "File");
    }
}
