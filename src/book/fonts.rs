//! The fonts that books are set in: bundled, so that a book looks the same on every machine.
//!
//! They are the unchanged files of Source Sans 3 and Source Serif 4 under the SIL Open Font
//! License; their licences lie beside them in `fonts/`. "Source" is a reserved name there, so a
//! subset would have to be called something else.

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
];
