//! A book in a script that the bundled fonts do not have, with a font that its author adds.

use std::fs;
use std::path::{Path, PathBuf};

use goodturn::book::{Face, Printed};
use goodturn::source::front_matter::Kind;

const FONT: &str = "tests/browser/node_modules/@expo-google-fonts/noto-sans-hebrew/400Regular/NotoSansHebrew_400Regular.ttf";

const SETTINGS: &str =
    "title: ספר קצר\nauthor: רות כהן\nlang: he\ngeneral: true\ndate: 2026-01-01\n";

/// A face of a Hebrew book, with what `settings` add.
fn printed(folder: &Path, settings: &str, face: Face) -> Printed {
    let book = folder.join("content/b");
    fs::create_dir_all(&book).expect("a folder");
    fs::write(folder.join("goodturn.yaml"), "title: T\n").expect("written");
    fs::write(book.join("book.yaml"), format!("{SETTINGS}{settings}")).expect("written");
    fs::write(book.join("one.md"), "# פרק\n\nשלום **עולם**.\n").expect("written");
    let font = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(FONT);
    fs::copy(font, book.join("own.ttf")).expect("the font is there: `bash tests/run` installs it");
    let site = super::library::site(folder);
    let book = site
        .library()
        .iter()
        .find(|(_, one)| one.kind == Kind::Book);
    let (id, _) = book.expect("a book");
    let press = site
        .press(id, face.is_cover(), &mut Vec::new())
        .expect("a press");
    press.print(face).expect("a file")
}

fn warnings(printed: &Printed) -> Vec<&str> {
    let warnings = printed.warnings.iter();
    warnings.map(|warning| warning.message.as_str()).collect()
}

#[test]
fn a_font_of_the_author_s_has_the_letters_of_text_and_cover() {
    let folder = tempfile::tempdir().expect("a folder");
    let faces = [
        Face::CoverSvg,
        #[cfg(feature = "pdf")]
        Face::Pdf,
    ];
    for face in faces {
        let without = printed(folder.path(), "", face);
        let told = warnings(&without).join("\n");
        assert!(told.contains('\u{5e8}'), "{face:?}: {told}");
        let with = printed(folder.path(), "fonts: [own.ttf]\n", face);
        assert_eq!(warnings(&with), [""; 0], "{face:?}");
        assert!(with.bytes.len() > without.bytes.len(), "{face:?}");
    }
}
