//! The text of a file from another program, whatever its encoding.

use crate::diagnostics::Diagnostic;

/// The text, and a warning where the encoding had to be guessed.
///
/// A byte order mark decides (UTF-8, UTF-16); then UTF-8, if the bytes are; else windows-1252,
/// which older programs of the Western world wrote, and which gives every byte a letter. Where some
/// lines are UTF-8, one that is not does not spoil them.
pub(super) fn decode(bytes: Vec<u8>) -> (String, Option<Diagnostic>) {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(&bytes) {
        let (text, _) = encoding.decode_without_bom_handling(bytes.split_at(mark).1);
        return (text.into_owned(), None);
    }
    match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let (text, what) = line_by_line(&error.into_bytes());
            let problem = Diagnostic::warning(format!("{what} not UTF-8: read as windows-1252"))
                .help("if names look wrong, export it again and choose UTF-8");
            (text, Some(problem))
        }
    }
}

/// Text that is not UTF-8 as a whole, and what of it is not, in words.
fn line_by_line(bytes: &[u8]) -> (String, String) {
    let western = |line| {
        encoding_rs::WINDOWS_1252
            .decode_without_bom_handling(line)
            .0
    };
    let is_utf8 = |line: &&[u8]| !line.is_ascii() && std::str::from_utf8(line).is_ok();
    let lines = || bytes.split_inclusive(|byte| *byte == b'\n');
    if !lines().any(|line| is_utf8(&line)) {
        return (western(bytes).into_owned(), "this file is".to_owned());
    }
    let mut text = String::with_capacity(bytes.len());
    let mut wrong = Vec::new();
    for (number, line) in (1_usize..).zip(lines()) {
        match std::str::from_utf8(line) {
            Ok(line) => text.push_str(line),
            Err(_) => {
                text.push_str(&western(line));
                wrong.push(number);
            }
        }
    }
    let what = match wrong.as_slice() {
        [one] => format!("line {one} of this file is"),
        [first, rest @ ..] => {
            format!("line {first} of this file and {} more are", rest.len())
        }
        [] => "this file is".to_owned(),
    };
    (text, what)
}
