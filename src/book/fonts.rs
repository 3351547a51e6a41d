//! The fonts that books are set in: bundled, so that a book looks the same on every machine.
//!
//! Source Serif 4 for the text, Source Sans 3 for headings and tables, JetBrains Mono for code;
//! Noto Emoji and Noto Sans Symbols 2 for what those lack. All are under the SIL Open Font License;
//! their licences lie beside them in `fonts/`. All but one are unchanged files: "Source" is a
//! reserved name, so a subset would have to be called something else. Noto reserves no name: its
//! symbols are cut down to arrows, technical signs, shapes and dingbats (U+2190–21FF, 2300–23FF,
//! 2460–24FF, 2500–27BF, 2900–297F, 2B00–2BFF).

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
