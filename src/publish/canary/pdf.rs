//! Looking into a PDF: its text, which is written in codes of its own fonts, its notes, its
//! metadata, and the files that are attached to it (crate lopdf).
//!
//! Other people's PDFs are the worst input there is: what is unpacked is bounded, and not even a
//! panic ends the build.

use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::{Document, LoadOptions, Object};

use super::inside::Look;

/// How many bytes one stream may unpack to.
const STREAM: usize = 32 << 20;
/// How many pages are read.
const PAGES: usize = 3_000;
/// How deep lists and dictionaries may lie in one another.
const NESTED: usize = 64;

const DAMAGED: &str = "it is a PDF that cannot be read";
const LOCKED: &str = "it is a PDF with a password";

/// Searches a PDF.
pub(super) fn look(look: &mut Look<'_>, bytes: &[u8], depth: usize) {
    let read = catch_unwind(AssertUnwindSafe(|| {
        let options = LoadOptions::with_max_decompressed_size(STREAM);
        match Document::load_mem_with_options(bytes, options) {
            Err(_) => look.unread(DAMAGED),
            Ok(document) if document.is_encrypted() => look.unread(LOCKED),
            Ok(document) => {
                objects(look, &document, depth);
                pages(look, &document);
            }
        }
    }));
    if read.is_err() {
        look.unread(DAMAGED);
    }
}

/// Every string and every stream, wherever it belongs.
fn objects(look: &mut Look<'_>, document: &Document, depth: usize) {
    for object in document.objects.values() {
        if look.left() == 0 {
            return;
        }
        strings(look, object, 0);
        let Object::Stream(stream) = object else {
            continue;
        };
        let filters = stream.filters().unwrap_or_default();
        let is_picture = [
            &b"DCTDecode"[..],
            b"JPXDecode",
            b"CCITTFaxDecode",
            b"JBIG2Decode",
        ]
        .iter()
        .any(|picture| filters.contains(picture));
        if filters.is_empty() || is_picture {
            // It stands in the file as it is.
            if filters.is_empty() && look.take(stream.content.len()) {
                look.file(&stream.content, depth + 1);
            }
            continue;
        }
        let limit = STREAM.min(usize::try_from(look.left()).unwrap_or(STREAM));
        match stream.decompressed_content_with_limit(limit) {
            Ok(content) if look.take(content.len()) => look.file(&content, depth + 1),
            Ok(_) => return,
            Err(_) => {
                look.unread("a part of it is damaged, or unpacks to more than is looked through")
            }
        }
    }
}

/// The strings of an object and of all that lies in it.
fn strings(look: &mut Look<'_>, object: &Object, depth: usize) {
    if depth > NESTED {
        return;
    }
    match object {
        Object::String(text, _) | Object::Name(text) => look.bytes(text),
        Object::Array(list) => list
            .iter()
            .for_each(|inner| strings(look, inner, depth + 1)),
        Object::Dictionary(entries) => {
            entries
                .iter()
                .for_each(|(_, inner)| strings(look, inner, depth + 1));
        }
        Object::Stream(stream) => {
            stream
                .dict
                .iter()
                .for_each(|(_, inner)| strings(look, inner, depth + 1));
        }
        _ => {}
    }
}

/// The text of every page.
fn pages(look: &mut Look<'_>, document: &Document) {
    let pages = document.get_pages();
    if pages.len() > PAGES {
        look.unread("it has more pages than are looked through");
    }
    for page in pages.keys().take(PAGES) {
        if look.left() == 0 {
            return;
        }
        for chunk in document.extract_text_chunks_with_limit(&[*page], STREAM) {
            match chunk {
                Ok(text) if look.take(text.len()) => look.bytes(text.as_bytes()),
                Ok(_) => return,
                Err(_) => look.unread("the letters of a font in it cannot be read"),
            }
        }
    }
}
