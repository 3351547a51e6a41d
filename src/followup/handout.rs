//! The file of a handout: made for somebody, and from there on a document like any other.
//!
//! In: what was picked, and as much of a person as they may see of themselves on a page that
//! anybody can read who has its address. Out: the text of `content/handouts/TOKEN.md`.

use jiff::civil::Date;

use crate::library::handout::TOKEN_LENGTH;
use crate::library::lock::ID_ALPHABET;
use crate::source::front_matter::{self, Format};
use crate::yaml;

/// The folder of handouts in content/.
pub const FOLDER: &str = "handouts";

/// A token that nobody can guess, from the system's source of random numbers.
///
/// # Errors
/// The system has none, in words.
pub fn token() -> Result<String, String> {
    let alphabet: Vec<char> = ID_ALPHABET.chars().collect();
    // Above the last whole multiple, the first characters would come more often than the others.
    let most = 256 - 256 % alphabet.len();
    let mut token = String::with_capacity(TOKEN_LENGTH);
    let mut bytes = [0; 64];
    while token.len() < TOKEN_LENGTH {
        getrandom::fill(&mut bytes).map_err(|error| error.to_string())?;
        let fair = bytes.iter().map(|byte| usize::from(*byte));
        let fair = fair.filter(|byte| *byte < most);
        let digits = fair.filter_map(|byte| alphabet.get(byte % alphabet.len()));
        token.extend(digits.take(TOKEN_LENGTH - token.len()));
    }
    Ok(token)
}

/// What is said in a handout.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// What it is called.
    pub title: String,
    /// A line to whom it is for.
    pub line: Option<String>,
    /// Its language, where it is not the library's first.
    pub lang: Option<String>,
    /// From which day on it is no longer shown.
    pub expires: Option<Date>,
    /// The short ids of the pieces, in order.
    pub pieces: Vec<String>,
}

impl Draft {
    /// The text of its file; `today` is when it is made.
    pub fn text(&self, today: Date) -> String {
        let mut head = vec![
            "kind: handout".to_owned(),
            format!("title: {}", yaml::scalar(&self.title)),
        ];
        head.extend(
            self.line
                .as_deref()
                .map(|line| format!("line: {}", yaml::scalar(line))),
        );
        head.extend(
            self.lang
                .as_deref()
                .map(|lang| format!("lang: {}", yaml::scalar(lang))),
        );
        head.push(format!("date: {today}"));
        head.extend(self.expires.map(|day| format!("expires: {day}")));
        let pieces = self.pieces.iter().map(String::as_str);
        head.push(format!("resources: {}", yaml::list(pieces)));
        format!("---\n{}\n---\n", head.join("\n"))
    }
}

/// The text of a handout's file once it is ended; nothing where it has no head to say so in.
pub fn ended(text: &str) -> Option<String> {
    let head = front_matter::split(text).head?;
    let (before, after) = text.split_at_checked(head.inside.start)?;
    let line = match head.format {
        Format::Yaml => "retired: true",
        Format::Toml => "retired = true",
    };
    Some(format!("{before}{line}\n{after}"))
}

/// The file of a handout that is ended, and of which nothing is left.
pub fn ended_stub() -> String {
    "---\nkind: handout\nretired: true\n---\n".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::handout::is_token;

    #[test]
    fn tokens_are_tokens_and_no_two_alike() {
        let tokens: Vec<String> = (0..200).map(|_| token().unwrap()).collect();
        assert!(tokens.iter().all(|token| is_token(token)), "{tokens:?}");
        let mut different = tokens.clone();
        different.sort();
        different.dedup();
        assert_eq!(different.len(), tokens.len());
        // Each of the 27 characters comes 200 times on average, with a deviation of 14: one that
        // was left out, or came twice as often, would show.
        let all = tokens.concat();
        for wanted in ID_ALPHABET.chars() {
            let count = all.chars().filter(|c| *c == wanted).count();
            assert!((100..300).contains(&count), "{wanted}: {count}");
        }
    }

    #[test]
    fn what_was_typed_is_what_is_read() {
        let draft = Draft {
            title: "For \"Ana\": yes".to_owned(),
            line: Some("It was good\nto meet: you # there".to_owned()),
            lang: Some("no".to_owned()),
            expires: Some(Date::constant(2026, 2, 1)),
            pieces: vec!["23456".to_owned(), "k7mpx".to_owned()],
        };
        let text = draft.text(Date::constant(2026, 1, 2));
        let head = front_matter::split(&text).head.unwrap();
        let mut problems = Vec::new();
        let front = front_matter::parse("a.md", &text, &head, false, &mut problems).unwrap();
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(front.title.as_deref(), Some(draft.title.as_str()));
        assert_eq!(front.line, draft.line);
        assert_eq!(front.lang.map(|lang| lang.text), draft.lang);
        assert_eq!(front.expires.map(|end| end.date()), draft.expires);
        let ids: Vec<String> = front.resources.into_iter().map(|word| word.text).collect();
        assert_eq!(ids, draft.pieces);
    }

    #[test]
    fn one_that_is_ended_keeps_what_it_says() {
        let text = "\u{feff}---\r\nkind: handout\r\ntitle: A\r\n---\r\nText.\r\n";
        let ended = ended(text).unwrap();
        assert_eq!(
            ended,
            "\u{feff}---\r\nretired: true\nkind: handout\r\ntitle: A\r\n---\r\nText.\r\n"
        );
        assert_eq!(super::ended("Text."), None);
    }
}
