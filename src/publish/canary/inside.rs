//! Looking into what is packed: ZIP containers (which is what an EPUB, a spreadsheet or a slide
//! deck is), gzip, the texts of PNG, PDF.
//!
//! A small file may claim to hold any amount: no more than [`MOST`] bytes are unpacked of one file,
//! with all that lies in it, and whatever is left then is told of.

use std::io::{Cursor, Read};

use flate2::read::{GzDecoder, ZlibDecoder};

use super::{Canaries, Search, pdf};

/// How many bytes are unpacked of a file.
const MOST: u64 = 256 << 20;
/// How many files a container may hold.
const FILES: usize = 20_000;
/// How deep containers may lie in one another.
const DEPTH: usize = 4;

/// How the bytes of a ZIP container begin (APPNOTE 4.3.7).
const ZIP: &[u8] = b"PK\x03\x04";
/// A gzip file (RFC 1952, section 2.3.1).
const GZIP: &[u8] = b"\x1f\x8b\x08";
/// A PNG (PNG, section 5.2).
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
/// A PDF; something may stand before it (ISO 32000-2, annex I).
const PDF: &[u8] = b"%PDF-";
/// What is packed in ways that are not read here.
const OTHERS: &[(&[u8], &str)] = &[
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip container is not opened"),
    (b"Rar!\x1a\x07", "a RAR container is not opened"),
    (b"\xfd7zXZ\0", "a file packed with xz is not opened"),
    (b"BZh", "a file packed with bzip2 is not opened"),
    (b"\x28\xb5\x2f\xfd", "a file packed with zstd is not opened"),
];

const TOO_MUCH: &str = "it unpacks to more than is looked through";

/// Looks through a file.
pub(super) fn look(canaries: &Canaries, bytes: &[u8]) -> Search {
    let mut look = Look {
        canaries,
        search: Search::default(),
        left: MOST,
    };
    look.file(bytes, 0);
    look.search
}

/// A search at work.
pub(super) struct Look<'a> {
    canaries: &'a Canaries,
    search: Search,
    /// How many bytes may still be unpacked.
    left: u64,
}

impl Look<'_> {
    /// Searches bytes as they are, and unpacks what lies in them.
    pub fn file(&mut self, bytes: &[u8], depth: usize) {
        self.bytes(bytes);
        if depth >= DEPTH && (bytes.starts_with(ZIP) || bytes.starts_with(GZIP)) {
            self.unread("containers lie in one another");
        } else if bytes.starts_with(ZIP) {
            self.zip(bytes, depth);
        } else if bytes.starts_with(GZIP) {
            if let Some(inside) = self.unpack(GzDecoder::new(bytes)) {
                self.file(&inside, depth + 1);
            }
        } else if bytes.starts_with(PNG) {
            self.png(bytes);
        } else if bytes
            .get(..1024)
            .unwrap_or(bytes)
            .windows(PDF.len())
            .any(|part| part == PDF)
        {
            pdf::look(self, bytes, depth);
        } else if let Some((_, why)) = OTHERS.iter().find(|(start, _)| bytes.starts_with(start)) {
            self.unread(why);
        }
    }

    /// Searches bytes that are what they are.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.canaries.in_bytes(bytes, &mut self.search.found);
    }

    /// Keeps in mind that something was not looked through.
    pub fn unread(&mut self, why: &str) {
        self.search.unread.insert(why.to_owned());
    }

    /// Takes from what may be unpacked; gives whether there was as much.
    pub fn take(&mut self, bytes: usize) -> bool {
        let enough = self.left.checked_sub(bytes as u64);
        if enough.is_none() {
            self.unread(TOO_MUCH);
        }
        self.left = enough.unwrap_or_default();
        enough.is_some()
    }

    /// How many bytes may still be unpacked.
    pub fn left(&self) -> u64 {
        self.left
    }

    /// What a packed file holds, as far as it can be read and there is room.
    fn unpack(&mut self, packed: impl Read) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let limit = self.left.saturating_add(1);
        // What could be read until it broke is looked at: others can read as much.
        let read = packed.take(limit).read_to_end(&mut bytes);
        if read.is_err() {
            self.unread("a part of it is damaged");
        }
        self.take(bytes.len());
        (!bytes.is_empty()).then_some(bytes)
    }

    fn zip(&mut self, bytes: &[u8], depth: usize) {
        let Ok(mut container) = zip::ZipArchive::new(Cursor::new(bytes)) else {
            self.unread("it is a damaged container");
            return;
        };
        if container.len() > FILES {
            self.unread("it holds more files than are looked through");
        }
        for at in 0..container.len().min(FILES) {
            if self.left == 0 {
                self.unread(TOO_MUCH);
                return;
            }
            let Ok(file) = container.by_index(at) else {
                self.unread("a file in it is locked, or packed in an unknown way");
                continue;
            };
            let name = file.name().map(|name| name.as_bytes().to_vec());
            let name = name.unwrap_or_default();
            let in_name = self.canaries.in_name(&name);
            self.search.found.extend(in_name);
            let Some(inside) = self.unpack(file) else {
                continue;
            };
            self.file(&inside, depth + 1);
            // Word processors part an address between elements as they please.
            if [&b".xml"[..], b".xhtml", b".rels"]
                .iter()
                .any(|ending| name.ends_with(ending))
            {
                self.bytes(&without_tags(&inside));
            }
        }
    }

    /// The texts of a picture that are packed: zTXt and iTXt (PNG, section 11.3.3). Those that are
    /// not were found already.
    fn png(&mut self, bytes: &[u8]) {
        let mut rest = bytes.get(PNG.len()..).unwrap_or_default();
        while let Some((head, after)) = rest.split_first_chunk::<8>() {
            let [a, b, c, d, kind @ ..] = *head;
            let length = u32::from_be_bytes([a, b, c, d]) as usize;
            let Some((data, end)) = after.split_at_checked(length) else {
                return;
            };
            if matches!(&kind, b"zTXt" | b"iTXt") {
                self.png_text(data);
            }
            // A checksum of four bytes follows.
            rest = end.get(4..).unwrap_or_default();
        }
    }

    /// What is packed begins after the keyword and a few signs: where, depends on the kind.
    fn png_text(&mut self, data: &[u8]) {
        let starts = data.iter().enumerate().filter(|(_, byte)| **byte == 0x78);
        let starts: Vec<usize> = starts.map(|(at, _)| at).take(200).collect();
        for start in starts {
            let packed = data.get(start..).unwrap_or_default();
            let mut text = Vec::new();
            let limit = self.left.saturating_add(1);
            let _ = ZlibDecoder::new(packed).take(limit).read_to_end(&mut text);
            if text.is_empty() {
                continue;
            }
            if !self.take(text.len()) {
                return;
            }
            self.bytes(&text);
        }
    }
}

/// XML with the tags left out.
fn without_tags(xml: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(xml.len() / 2);
    let mut in_tag = false;
    let mut name_ends_paragraph = false;
    for (at, byte) in xml.iter().enumerate() {
        match byte {
            b'<' => {
                in_tag = true;
                // The end of a paragraph, a cell, a line: words do not go on behind it.
                let tag = xml.get(at + 1..).unwrap_or_default();
                let tag = tag.strip_prefix(b"/").unwrap_or(tag);
                let ends = [
                    &b"w:p"[..],
                    b"a:p",
                    b"text:p",
                    b"p",
                    b"br",
                    b"w:br",
                    b"si",
                    b"c",
                    b"td",
                    b"li",
                ];
                name_ends_paragraph = ends.iter().any(|name| {
                    let after = tag.strip_prefix(*name);
                    after.is_some_and(|after| matches!(after.first(), Some(b'>' | b'/' | b' ')))
                });
            }
            b'>' if in_tag => {
                in_tag = false;
                if std::mem::take(&mut name_ends_paragraph) {
                    text.push(b' ');
                }
            }
            byte if !in_tag => text.push(*byte),
            _ => {}
        }
    }
    text
}
