//! What makes the site cannot even name what is private: the rooms that read, resolve, render,
//! print and publish never say `people` or `followup`.

use std::path::Path;

/// The rooms that may name them: those of people themselves, and the commands.
const MAY: &[&str] = &["people", "followup", "commands"];

/// What others may not name.
const PRIVATE: &[&str] = &["people", "followup", "commands"];

#[test]
fn no_room_of_the_site_names_a_room_of_people() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut seen = Vec::new();
    for (path, bytes) in super::files(&src) {
        let room = path.split(['/', '.']).next().unwrap().to_owned();
        // The map of all rooms, and the call of the command line.
        let is_map = matches!(path.as_str(), "lib.rs" | "main.rs");
        if is_map || MAY.contains(&room.as_str()) || !path.ends_with(".rs") {
            continue;
        }
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(named(&text), Vec::<String>::new(), "src/{path}");
        seen.push(room);
    }
    for room in [
        "source", "library", "site", "publish", "book", "preview", "external",
    ] {
        assert!(
            seen.iter().any(|seen| seen == room),
            "src/{room} was not read"
        );
    }
}

#[test]
fn the_check_itself_can_fail() {
    for text in [
        "use crate::people::Person;",
        "use crate::{config, people};",
        "use crate::{\n    config::Config,\n    followup::{self, mail},\n};",
        "use super::super::people as them;",
        "fn f() { let p = crate::people::People::open(path); }",
        "use crate as all; fn f() { all::people::x() }",
        "use crate::*; fn f(p: &people::Person) {}",
        "use goodturn::r#people::Person;",
        "#[path = \"../people/card.rs\"] mod card;",
        "include!(\"../people/card.rs\");",
        "use crate :: /* all of */ people :: Person;",
        "fn f() { crate::commands::private::open(globals) }",
    ] {
        assert_eq!(named(text).len(), 1, "{text}");
    }
    for text in [
        "// use crate::people::Person;",
        "/* crate::people::x /* crate::people::y */ crate::people::z */ fn f() {}",
        "/// What [`crate::people`] are.\nfn f() {}",
        "let text = \"use crate::people::Person;\";",
        "let text = r#\"a \"quoted\" crate::people::x\"#;",
        "let people = 3; f(people, '\"', people.len());",
        "use crate::peoples::x; fn f<'people>(a: &'people str) {}",
    ] {
        assert_eq!(named(text), Vec::<String>::new(), "{text}");
    }
}

/// What of the private rooms a file of Rust names, each place once.
fn named(text: &str) -> Vec<String> {
    let words = words(text);
    let at = |place: usize| words.get(place).map_or("", String::as_str);
    let mut found = Vec::new();
    let mut in_use = false;
    for (place, word) in words.iter().enumerate() {
        match word.as_str() {
            "use" => in_use = true,
            ";" => in_use = false,
            _ => {}
        }
        let before = place.checked_sub(1).map_or("", at);
        if PRIVATE.contains(&word.as_str()) {
            let in_path = before == "::" || at(place + 1) == "::";
            if in_path || (in_use && matches!(before, "{" | "," | "use")) {
                found.push(word.clone());
            }
        }
        // A file that is taken in by its path.
        let takes_in = matches!(before, "=" | "(") && place >= 2;
        let takes_in = takes_in
            && match at(place - 2) {
                "path" => before == "=",
                "!" => place >= 3 && at(place - 3).starts_with("include"),
                _ => false,
            };
        if takes_in
            && PRIVATE
                .iter()
                .any(|room| word.contains(&format!("{room}/")))
        {
            found.push(word.clone());
        }
    }
    found
}

/// Names, signs and texts of a file of Rust, without comments. A text keeps its quotes.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            comment(rest)
        } else if let Some(length) = raw_text(rest) {
            words.push(rest[..length].to_owned());
            length
        } else if c == '"' {
            let length = text_length(rest);
            words.push(rest[..length].to_owned());
            length
        } else if c == '\'' {
            // A character, or the name of a lifetime.
            character(rest).unwrap_or_else(|| 1 + name(&rest[1..]))
        } else if rest.starts_with("r#") {
            2
        } else if c.is_alphanumeric() || c == '_' {
            let length = name(rest);
            words.push(rest[..length].to_owned());
            length
        } else if rest.starts_with("::") {
            words.push("::".to_owned());
            2
        } else {
            if !c.is_whitespace() {
                words.push(c.to_string());
            }
            c.len_utf8()
        };
        rest = &rest[length..];
    }
    words
}

fn name(text: &str) -> usize {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_');
    end.unwrap_or(text.len())
}

/// A comment, which may hold others.
fn comment(text: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < text.len() {
        let rest = &text.as_bytes()[at..];
        match (rest.starts_with(b"/*"), rest.starts_with(b"*/")) {
            (true, _) => depth += 1,
            (_, true) => depth -= 1,
            _ => {
                at += 1;
                continue;
            }
        }
        at += 2;
        if depth == 0 {
            break;
        }
    }
    at
}

/// `r"…"`, `r#"…"#`, with any number of signs.
fn raw_text(text: &str) -> Option<usize> {
    let after = text.strip_prefix("br").or_else(|| text.strip_prefix('r'))?;
    let signs = after.len() - after.trim_start_matches('#').len();
    let inside = after[signs..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(signs));
    let length = inside.find(&end)? + end.len();
    Some(text.len() - inside.len() + length)
}

fn text_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

fn character(text: &str) -> Option<usize> {
    let mut inside = text.char_indices().skip(1);
    let (_, first) = inside.next()?;
    if first == '\\' {
        let end = text[3..].find('\'')?;
        return Some(3 + end + 1);
    }
    let (at, end) = inside.next()?;
    (end == '\'').then_some(at + 1)
}
