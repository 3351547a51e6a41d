//! The words of the theme in each language, and dates in words.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde::Deserialize;

use crate::diagnostics::Diagnostic;
use crate::language::base;
use crate::yaml;

/// The language that words fall back to.
const FALLBACK: &str = "en";

/// The words of every language.
#[derive(Debug, Default)]
pub struct Words {
    languages: HashMap<String, HashMap<String, Word>>,
}

/// What a key stands for.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Word {
    Text(String),
    Counted { one: String, other: String },
    List(Vec<String>),
}

impl Words {
    /// Reads the files of each language; a later file overrides an earlier one key by key.
    pub(super) fn parse(
        files: &BTreeMap<String, Vec<(String, Arc<str>)>>,
        problems: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut languages: HashMap<String, HashMap<String, Word>> = HashMap::new();
        for (lang, files) in files {
            for (file, text) in files {
                match yaml::from_file::<HashMap<String, Word>>(file, text) {
                    Ok(words) => languages.entry(lang.clone()).or_default().extend(words),
                    Err(problem) => problems.push(*problem),
                }
            }
        }
        Words { languages }
    }

    /// Whether the theme speaks a language.
    pub fn speaks(&self, lang: &str) -> bool {
        self.languages.contains_key(base(lang))
    }

    fn word(&self, lang: &str, key: &str) -> Option<&Word> {
        let found = |lang: &str| self.languages.get(lang)?.get(key);
        found(lang)
            .or_else(|| found(base(lang)))
            .or_else(|| found(FALLBACK))
    }

    /// A word without numbers in it; the key itself where there is none.
    pub fn plain<'a>(&'a self, lang: &str, key: &'a str) -> &'a str {
        match self.word(lang, key) {
            Some(Word::Text(text)) => text,
            _ => key,
        }
    }

    /// A word, with `{name}` filled from the arguments and the form chosen by `n`.
    ///
    /// # Errors
    /// A key that no language has.
    pub fn say(&self, lang: &str, key: &str, args: &[(String, String)]) -> Result<String, String> {
        let template = match self.word(lang, key) {
            Some(Word::Text(text)) => text,
            Some(Word::Counted { one, other }) => {
                let n = args.iter().find(|(name, _)| name == "n");
                let n = n.and_then(|(_, n)| n.parse::<i64>().ok()).unwrap_or(2);
                if is_one(base(lang), n) { one } else { other }
            }
            Some(Word::List(_)) => return Err(format!("`{key}` is a list of words")),
            None => return Err(format!("the theme has no word `{key}`")),
        };
        Ok(fill(template, args))
    }

    /// A day in the words of a language; `short` leaves the day out.
    pub fn date(&self, lang: &str, year: &str, month: usize, day: &str, short: bool) -> String {
        let name = |key: &str| match self.word(lang, key) {
            Some(Word::List(names)) => names.get(month.wrapping_sub(1)).cloned(),
            _ => None,
        };
        let template = self.plain(lang, if short { "date_short" } else { "date_long" });
        let month_name = name("months").unwrap_or_else(|| month.to_string());
        let month_short = name("months_short").unwrap_or_else(|| month_name.clone());
        let args = [
            ("year", year.to_owned()),
            ("month", month_name),
            ("month_short", month_short),
            ("day", day.trim_start_matches('0').to_owned()),
        ]
        .map(|(name, value)| (name.to_owned(), value));
        fill(template, &args)
    }
}

/// Which numbers take the form for one (CLDR plural rules of the theme's languages).
fn is_one(lang: &str, n: i64) -> bool {
    match lang {
        "fr" | "pt" => n == 0 || n == 1,
        _ => n == 1,
    }
}

/// Fills each `{name}` once, from left to right, so that what was filled in is never read again.
fn fill(template: &str, args: &[(String, String)]) -> String {
    let mut out = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            break;
        };
        match args.iter().find(|(known, _)| known == name) {
            Some((_, value)) => out.push_str(value),
            None => out.push_str(&format!("{{{name}}}")),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Words {
        let en = "hello: \"Hello {name}\"\npieces: {one: \"{n} piece\", other: \"{n} pieces\"}\nmonths: [January, February, March, April, May, June, July, August, September, October, November, December]\ndate_long: \"{month} {day}, {year}\"\n";
        let fr = "pieces: {one: \"{n} pièce\", other: \"{n} pièces\"}\n";
        let files = [("en", en), ("fr", fr)]
            .map(|(lang, text)| (lang.to_owned(), vec![(lang.to_owned(), text.into())]));
        Words::parse(&files.into_iter().collect(), &mut Vec::new())
    }

    fn arg(name: &str, value: &str) -> [(String, String); 1] {
        [(name.to_owned(), value.to_owned())]
    }

    #[test]
    fn words_are_filled_counted_and_fall_back() {
        let words = words();
        assert_eq!(
            words.say("en", "hello", &arg("name", "{name}")),
            Ok("Hello {name}".into())
        );
        assert_eq!(
            words.say("en", "pieces", &arg("n", "0")),
            Ok("0 pieces".into())
        );
        assert_eq!(
            words.say("fr-CA", "pieces", &arg("n", "0")),
            Ok("0 pièce".into())
        );
        assert_eq!(
            words.say("fr", "hello", &arg("name", "A")),
            Ok("Hello A".into())
        );
        assert!(words.say("en", "nothing", &[]).is_err());
    }

    #[test]
    fn a_date_is_said_in_words() {
        assert_eq!(words().date("en", "2026", 3, "09", false), "March 9, 2026");
    }
}
