//! Words that may never be published, looked for in every byte that is about to be.
//!
//! In: plain strings (this room knows nothing of people) and the bytes of a file. Out: which of the
//! strings is in there. All are looked for at once, with the automaton of Aho and Corasick (crate
//! aho-corasick), whatever their number. The files inside a ZIP container are looked through as
//! well, which is what an EPUB, a spreadsheet or a slide deck is; a PDF holds its text in codes of
//! its own fonts, and only what stands in it plainly is found.

use std::io::{Cursor, Read};

use aho_corasick::{AhoCorasick, MatchKind};

/// No file inside a container is read further than this: it may claim to be of any size.
const MOST: u64 = 64 << 20;

/// How the bytes of a ZIP container begin (APPNOTE 4.3.7).
const ZIP: &[u8] = b"PK\x03\x04";

/// Words to look for. Case does not matter; a word that is only a part of a longer one does not
/// count: `ana@a.example` is not in `juana@a.example`.
#[derive(Debug)]
pub struct Canaries {
    words: AhoCorasick,
}

impl Canaries {
    /// Nothing where there are no words, which then cost nothing. The place of a word in the list
    /// is what [`Canaries::find`] gives.
    ///
    /// # Errors
    /// There are more than the automaton can hold, in words.
    pub fn new(words: &[String]) -> Result<Option<Canaries>, String> {
        if words.is_empty() {
            return Ok(None);
        }
        let words = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .build(words)
            .map_err(|error| error.to_string())?;
        Ok(Some(Canaries { words }))
    }

    /// The places of the words that are in a file, sorted, each once.
    pub fn find(&self, bytes: &[u8]) -> Vec<usize> {
        let mut found = self.in_bytes(bytes);
        if bytes.starts_with(ZIP) {
            self.in_container(bytes, &mut found);
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn in_bytes(&self, bytes: &[u8]) -> Vec<usize> {
        let matches = self.words.find_overlapping_iter(bytes);
        matches
            .filter(|found| is_whole(bytes, found.start(), found.end()))
            .map(|found| found.pattern().as_usize())
            .collect()
    }

    /// A container that cannot be read holds nothing that a reader could get at either.
    fn in_container(&self, bytes: &[u8], found: &mut Vec<usize>) {
        let Ok(mut container) = zip::ZipArchive::new(Cursor::new(bytes)) else {
            return;
        };
        for at in 0..container.len() {
            let Ok(file) = container.by_index(at) else {
                continue;
            };
            if let Ok(name) = file.name() {
                found.extend(self.in_bytes(name.as_bytes()));
            }
            let mut text = Vec::new();
            // What could be read until it broke is looked at.
            let _ = file.take(MOST).read_to_end(&mut text);
            found.extend(self.in_bytes(&text));
        }
    }
}

/// Whether a match is a word of its own: no letter or digit goes on before or after it, nor what
/// would make it a part of a longer address.
fn is_whole(bytes: &[u8], start: usize, end: usize) -> bool {
    let at = |place: usize| bytes.get(place).copied().unwrap_or(b' ');
    let before = start.checked_sub(1).map_or(b' ', at);
    let (after, next) = (at(end), at(end + 1));
    let goes_on = match after {
        // The end of a sentence is none of an address.
        b'.' | b'-' => next.is_ascii_alphanumeric(),
        after => after.is_ascii_alphanumeric() || after == b'@',
    };
    !goes_on && !before.is_ascii_alphanumeric() && !b".+-_%".contains(&before)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn found(text: &[u8]) -> Vec<usize> {
        let words = ["ana@a.example", "+1 555 0100", "juana@a.example"];
        let words: Vec<String> = words.map(str::to_owned).to_vec();
        Canaries::new(&words).unwrap().unwrap().find(text)
    }

    #[test]
    fn whole_words_only_whatever_their_case() {
        assert_eq!(found(b"<a href=\"mailto:Ana@A.example\">Ana</a>."), [0]);
        assert_eq!(found(b"write to juana@a.example."), [2]);
        assert_eq!(found(b"call +1 555 0100, or ana@a.example"), [0, 1]);
        for other in [
            "x.ana@a.example",
            "ana@a.example.org",
            "ana@a.examples",
            "+1 555 01001",
        ] {
            assert!(found(other.as_bytes()).is_empty(), "{other}");
        }
        assert!(Canaries::new(&[]).unwrap().is_none());
    }

    #[test]
    fn containers_are_opened() {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Deflated);
        zip.start_file("sheet.xml", options).unwrap();
        let text = format!("{}ana@a.example{}", "a b ".repeat(500), " c".repeat(500));
        zip.write_all(text.as_bytes()).unwrap();
        let bytes = zip.finish().unwrap().into_inner();
        assert!(!bytes.windows(8).any(|part| part == b"@a.examp"));
        assert_eq!(found(&bytes), [0]);
        assert!(found(&bytes[..bytes.len() / 2]).is_empty());
    }
}
