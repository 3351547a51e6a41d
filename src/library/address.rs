//! Addresses: where a document stands on the site.

use super::handout;
use crate::source::Source;
use crate::source::book::is_own_page;
use crate::source::front_matter::Kind;
use crate::source::walk::{file_name, parent};

/// No part of an address is longer than this, in bytes.
const LONGEST_PART: usize = 120;

/// A name as part of an address: ASCII lower-case letters, digits and hyphens. Other scripts are
/// spelled in Latin letters; a name without any letter gives an empty slug.
pub fn slug(name: &str) -> String {
    let latin = deunicode::deunicode(name);
    let mut slug = String::with_capacity(latin.len());
    for c in latin.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if matches!(c, '\'' | '’') {
            // "what's" is one word.
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    if slug.len() > LONGEST_PART {
        let cut = slug[..LONGEST_PART]
            .rfind('-')
            .filter(|at| *at > LONGEST_PART / 2);
        slug.truncate(cut.unwrap_or(LONGEST_PART));
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// The address of a document: its folders and its name, below its language's folder.
pub(super) fn address(source: &Source, default_language: &str) -> String {
    if source.front.kind == Some(Kind::Handout) {
        return handout::address(source);
    }
    let key = &source.translation_key;
    let is_index = source.book.is_none() && is_own_page(&stem_as_file(key));
    let folder = parent(key);
    let last = match (&source.front.slug, is_index) {
        (Some(word), _) => Some(slug(&word.text)),
        (None, true) => None,
        (None, false) => Some(slug(file_name(key))),
    };
    let mut address = String::from("/");
    if source.lang != default_language {
        address.push_str(&source.lang.to_lowercase());
        address.push('/');
    }
    // A slug replaces the last part: of an index file, its folder's name.
    let folder = match (&source.front.slug, is_index) {
        (Some(_), true) => parent(folder),
        _ => folder,
    };
    for part in folder.split('/').filter(|part| !part.is_empty()) {
        push_part(&mut address, &slug(part), part);
    }
    if let Some(last) = last {
        push_part(&mut address, &last, key);
    }
    address
}

fn stem_as_file(key: &str) -> String {
    format!("{key}.md")
}

/// Adds a part. A name without a letter that could be spelled still needs an address.
fn push_part(address: &mut String, slug: &str, name: &str) {
    match slug {
        "" => address.push_str(&format!(
            "{:08x}",
            xxhash_rust::xxh3::xxh3_64(name.as_bytes()) as u32
        )),
        slug => address.push_str(slug),
    }
    address.push('/');
}

/// A path as an address: each part percent-encoded where an address needs it (RFC 3986).
pub fn encode_path(path: &str) -> String {
    use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
    const UNSAFE: &AsciiSet = &CONTROLS
        .add(b' ')
        .add(b'"')
        .add(b'#')
        .add(b'%')
        .add(b'<')
        .add(b'>')
        .add(b'?')
        .add(b'[')
        .add(b'\\')
        .add(b']')
        .add(b'^')
        .add(b'`')
        .add(b'{')
        .add(b'|')
        .add(b'}');
    utf8_percent_encode(path, UNSAFE).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_slugs() {
        assert_eq!(slug("What's new, Ann?"), "whats-new-ann");
        assert_eq!(slug("Été à la mer"), "ete-a-la-mer");
        assert_eq!(slug("  --a__b--  "), "a-b");
        assert_eq!(slug("!?"), "");
        assert!(slug(&"word ".repeat(60)).len() <= LONGEST_PART);
    }
}
