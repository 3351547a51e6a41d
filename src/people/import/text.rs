//! The text of a file from another program, whatever its encoding.

use crate::diagnostics::Diagnostic;

/// The text, and a warning where the encoding had to be guessed.
///
/// A byte order mark decides (UTF-8, UTF-16); then UTF-8, if the bytes are; else windows-1252,
/// which older programs of the Western world wrote, and which gives every byte a letter.
pub(super) fn decode(bytes: Vec<u8>) -> (String, Option<Diagnostic>) {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(&bytes) {
        let (text, _) = encoding.decode_without_bom_handling(bytes.split_at(mark).1);
        return (text.into_owned(), None);
    }
    match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let bytes = error.into_bytes();
            let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
            let problem =
                Diagnostic::warning("this file is not UTF-8: it was read as windows-1252")
                    .help("if names look wrong, export it again and choose UTF-8");
            (text.into_owned(), Some(problem))
        }
    }
}
