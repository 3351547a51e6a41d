//! The fonts that books are set in: bundled, so that a book looks the same on every machine.
//!
//! Source Serif 4 for the text, Source Sans 3 for headings and tables, JetBrains Mono for code;
//! Noto Emoji and Noto Sans Symbols 2 for what those lack. All are under the SIL Open Font License;
//! their licences lie beside them in `fonts/`. All but one are unchanged files: "Source" is a
//! reserved name, so a subset would have to be called something else. Noto reserves no name: its
//! symbols are cut down to arrows, technical signs, shapes and dingbats (U+2190–21FF, 2300–23FF,
//! 2460–24FF, 2500–27BF, 2900–297F, 2B00–2BFF).

use rustybuzz::Face;

/// A font that the author adds for what the bundled ones lack.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Font {
    /// What messages call it.
    pub name: String,
    /// The file: TrueType or OpenType, one font or a collection.
    pub bytes: Vec<u8>,
}

impl Font {
    /// Reads a font: a book must not be made with one that turns out to be none.
    ///
    /// # Errors
    /// In words, why these bytes are no font that books can be set in.
    pub fn read(name: impl Into<String>, bytes: Vec<u8>) -> Result<Font, &'static str> {
        if bytes.starts_with(b"wOFF") || bytes.starts_with(b"wOF2") {
            return Err("this is a web font: books take .ttf, .otf or .ttc");
        }
        match Face::from_slice(&bytes, 0) {
            Some(_) => Ok(Font {
                name: name.into(),
                bytes,
            }),
            None => Err("this is no font"),
        }
    }
}

/// Every bundled font: the name of its file and its bytes.
pub fn all() -> &'static [(&'static str, &'static [u8])] {
    FONTS
}

/// The names of the files and their bytes, from the folder `fonts/`.
macro_rules! fonts {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_bytes!(concat!("../../fonts/", $name)))),*]
    };
}

static FONTS: &[(&str, &[u8])] = fonts![
    "SourceSans3-Regular.ttf",
    "SourceSans3-SemiBold.ttf",
    "SourceSans3-Bold.ttf",
    "SourceSerif4-Regular.ttf",
    "SourceSerif4-Italic.ttf",
    "SourceSerif4-Bold.ttf",
    "SourceSerif4-BoldItalic.ttf",
    "JetBrainsMono-Regular.ttf",
    "NotoEmoji-Regular.ttf",
    "NotoSansSymbols2-Subset.ttf",
];
