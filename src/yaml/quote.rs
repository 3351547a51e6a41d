//! Writing text as YAML, so that reading it gives the same text back.

/// Characters besides letters and digits that are safe within text without quotes.
const PLAIN: &str = " -_/.,;'’!?()&+";

/// A text as the value of a key: without quotes where that is safe, else in double quotes.
pub fn scalar(text: &str) -> String {
    match is_plain(text) {
        true => text.to_owned(),
        false => quoted(text),
    }
}

/// Texts as a list on one line: `[hvac, dental-practice]`.
pub fn list<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let texts = texts
        .into_iter()
        .map(|text| match text.contains([',', '\'']) {
            true => quoted(text),
            false => scalar(text),
        });
    format!("[{}]", texts.collect::<Vec<_>>().join(", "))
}

/// Whether YAML reads the bare text as this very text: it begins with a letter, ends with none of
/// the white space that YAML cuts off, and is no word for a truth value, a number or nothing.
fn is_plain(text: &str) -> bool {
    const RESERVED: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    text.starts_with(char::is_alphabetic)
        && !text.ends_with(' ')
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || PLAIN.contains(c))
        && !RESERVED.contains(&text.to_lowercase().as_str())
        // "nan", "infinity" and the like.
        && text.parse::<f64>().is_err()
}

fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if is_shown(c) => quoted.push(c),
            c => match u32::from(c) {
                code @ 0..=0xff => quoted.push_str(&format!("\\x{code:02x}")),
                code @ 0x100..=0xffff => quoted.push_str(&format!("\\u{code:04x}")),
                code => quoted.push_str(&format!("\\U{code:08x}")),
            },
        }
    }
    quoted.push('"');
    quoted
}

/// Whether a character may stand in a YAML file as it is, and does not break the line
/// (YAML 1.2.2, section 5.1).
fn is_shown(c: char) -> bool {
    !c.is_control()
        && !matches!(
            c,
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::source::front_matter;

    fn read(head: &str) -> front_matter::FrontMatter {
        let text = format!("---\n{head}---\nBody\n");
        let mut problems = Vec::new();
        let head = front_matter::split(&text).head.expect("a head");
        let front = front_matter::parse("a.md", &text, &head, false, &mut problems);
        assert_eq!(problems, []);
        front.expect("valid")
    }

    fn title_comes_back(title: &str) {
        let front = read(&format!("title: {}\ndraft: true\n", scalar(title)));
        let expected = Some(front_matter::shown(title)).filter(|title| !title.is_empty());
        assert_eq!(front.title, expected, "{}", scalar(title));
        assert!(front.draft);
    }

    #[test]
    fn plain_text_stays_plain() {
        assert_eq!(scalar("What's new, Ann?"), "What's new, Ann?");
        assert_eq!(scalar("Notes: part one"), "\"Notes: part one\"");
        assert_eq!(list(["hvac", "a, b", "no"]), "[hvac, \"a, b\", \"no\"]");
    }

    #[test]
    fn what_yaml_gives_a_meaning_comes_back_as_text() {
        for title in [
            "yes",
            "NULL",
            "~",
            "1.0",
            "0x1f",
            "007",
            "nan",
            ".inf",
            "2024-03-09",
            "- a",
            "a: b",
            "a #b",
            "#a",
            "'a'",
            "\"a\"",
            "\\",
            "{a}",
            "[a]",
            "*a",
            "&a",
            "!a",
            "%a",
            "@a",
            "`a`",
            "|",
            ">",
            "?",
            "a:",
            "---",
            "...",
            "a\tb",
            "a\nb",
            "\u{85}",
            "\u{2028}",
            "\u{feff}a",
            "🦀",
            "\0",
            "<<",
            "=",
            "a, b",
            "true story",
            "Été",
        ] {
            title_comes_back(title);
        }
    }

    proptest! {
        #[test]
        fn any_title_comes_back(title in any::<String>()) {
            title_comes_back(&title);
        }

        #[test]
        fn any_title_of_marks_comes_back(title in "[-:#'\"\\\\ a-c,{}\\[\\]&*!|>%@`?~<=\t\n]{0,12}") {
            title_comes_back(&title);
        }

        #[test]
        fn any_topics_come_back(topics in prop::collection::vec("[^\\s\\p{C}].{0,8}[^\\s\\p{C}]", 0..4)) {
            let front = read(&format!("topics: {}\n", list(topics.iter().map(String::as_str))));
            let read: Vec<_> = front.topics.into_iter().map(|word| word.text).collect();
            let expected: Vec<_> = topics.iter().map(|topic| front_matter::shown(topic)).collect();
            prop_assert_eq!(read, expected);
        }
    }
}
