//! The names in a letter's template: a slip behind `?.` would be taken for something that is not
//! known, and left out without a word.

use std::ops::Range;

/// What is known of a person, of the writer and of somebody else.
const SOMEONE: [&str; 7] = [
    "name", "given", "full", "company", "title", "email", "phone",
];
/// What is known of a piece.
const PIECE: [&str; 4] = ["title", "summary", "url", "kind"];

/// A field that nobody knows.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unknown<'t> {
    /// The field.
    pub name: &'t str,
    /// Its bytes in the text.
    pub span: Range<usize>,
    /// The fields that there are.
    pub known: &'static [&'static str],
}

/// The first field in the tags of a text that is none of its subject.
pub(super) fn unknown(text: &str) -> Option<Unknown<'_>> {
    let mut from = 0;
    let first =
        |rest: &str, marks: [&str; 2]| marks.iter().filter_map(|mark| rest.find(mark)).min();
    while let Some(found) = first(text.get(from..)?, ["{{", "{%"]) {
        let start = from + found + 2;
        let inside = text.get(start..)?;
        let end = start + first(inside, ["}}", "%}"]).unwrap_or(inside.len());
        if let Some(unknown) = unknown_in(text, start..end) {
            return Some(unknown);
        }
        from = end;
    }
    None
}

/// The same within one tag.
fn unknown_in(text: &str, tag: Range<usize>) -> Option<Unknown<'_>> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut at = tag.start;
    while let Some(rest) = text.get(at..tag.end).filter(|rest| !rest.is_empty()) {
        let word = rest.split(|c| !is_word(c)).next().unwrap_or_default();
        if word.is_empty() {
            let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
            let first = rest.chars().next().map_or(1, char::len_utf8);
            // What stands in quotes is text.
            let text = quote.and_then(|quote| rest.get(1..)?.find(quote));
            at += text.map_or(first, |length| length + 2);
            continue;
        }
        at += word.len();
        let known: &'static [&'static str] = match word {
            "person" | "me" | "other" => &SOMEONE,
            "piece" => &PIECE,
            _ => continue,
        };
        let after = text.get(at..tag.end)?;
        let field = after.strip_prefix("?.").or_else(|| after.strip_prefix('.'));
        let Some(field) = field else { continue };
        let start = tag.end - field.len();
        let name = field.split(|c| !is_word(c)).next().unwrap_or_default();
        if !name.is_empty() && !known.contains(&name) {
            let span = start..start + name.len();
            return Some(Unknown { name, span, known });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_found_in_tags_alone() {
        let found = |text| unknown(text).map(|unknown| unknown.name);
        assert_eq!(found("{{ person?.compny or \"yours\" }}"), Some("compny"));
        assert_eq!(found("{% if person.cat %}x{% endif %}"), Some("cat"));
        assert_eq!(found("{{ me.name }} {{piece.ttl}}"), Some("ttl"));
        for fine in [
            "{{ person?.given or \"person.cat\" }}",
            "write to me.soon",
            "{% for piece in pieces -%}{{ piece.title }}{% endfor %}",
            "{{ other.full }} {{ my_person.cat }} {{ \"",
            "{{",
        ] {
            assert_eq!(found(fine), None, "{fine}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "[{}%. a-e\"'é?]{0,40}|(\\{\\{ ?person\\??\\.[a-c\"]{0,3} ?\\}?){0,4}") {
            unknown(&text);
        }
    }
}
