//! The built-in vocabulary, from the YAML file that is part of the program.
//!
//! Every command needs the vocabulary, and the YAML parser takes 7 ms of CPU time for its 160 KB.
//! So the file keeps to a small part of YAML, which is read here in a fraction of one: block
//! entries of one line each, but for `[lists]` and `{ maps }` of scalars, which may go on over
//! lines; double quotes without escapes; remarks on lines of their own. A test reads the file with
//! the YAML parser as well and compares.

use super::Vocabulary;
use super::model::{Industry, IndustryId};
use super::words::Normaliser;

const TEXT: &str = include_str!("../vocabulary.yaml");

/// What a sector begins with, from the start of its line; a trade is indented further.
const SECTOR: &str = "  - slug:";

/// Reads the built-in vocabulary.
pub(super) fn read() -> Vocabulary {
    // The text is part of the program and a test reads all of it: no input leads here.
    let mut industries = Reader::new(TEXT)
        .industries()
        .unwrap_or_else(|line| panic!("the built-in vocabulary, line {line}: not as expected"));
    let mut normaliser = Normaliser::new();
    for industry in &mut industries {
        industry.make_keys(&mut normaliser);
    }
    Vocabulary::new(industries)
}

/// A place in the file.
struct Reader<'t> {
    text: &'t str,
    rest: &'t str,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Self {
        Reader { text, rest: text }
    }

    /// All industries without their keys, or the number of the line that cannot be read.
    fn industries(mut self) -> Result<Vec<Industry>, usize> {
        self.read_all().ok_or_else(|| {
            let read = self.text.len() - self.rest.len();
            let read = self.text.get(..read).unwrap_or_default();
            read.matches('\n').count() + 1
        })
    }

    fn read_all(&mut self) -> Option<Vec<Industry>> {
        let mut industries: Vec<Industry> = Vec::new();
        let mut sector = None;
        while !self.rest.is_empty() {
            let is_sector = self.rest.starts_with(SECTOR);
            self.rest = self.rest.trim_start_matches(' ');
            if self.rest.starts_with(['\n', '#']) {
                self.rest_of_line();
            } else if self.take("sectors:") || self.take("trades:") {
                self.end_of_line()?;
            } else if self.take("- slug:") {
                let slug = self.scalar(&[])?;
                let mut industry = Industry::new(slug, String::new());
                let id = IndustryId::new(industries.len());
                industry.sector = sector.filter(|_| !is_sector);
                sector = if is_sector { Some(id) } else { sector };
                industries.push(industry);
            } else {
                self.value_of(industries.last_mut()?)?;
            }
        }
        Some(industries)
    }

    /// A key other than `slug`, and its value.
    fn value_of(&mut self, industry: &mut Industry) -> Option<()> {
        if self.take("name:") {
            industry.name = self.scalar(&[])?;
        } else if self.take("naics:") {
            industry.naics = self.list()?;
        } else if self.take("aliases:") {
            industry.aliases = self.list()?;
        } else if self.take("names:") {
            self.expect("{")?;
            while !self.closes("}") {
                let lang = self.scalar(&[':'])?;
                self.expect(":")?;
                industry.names.insert(lang, self.scalar(&[',', '}'])?);
                self.take(",");
            }
        } else {
            return None;
        }
        self.end_of_line()
    }

    fn list(&mut self) -> Option<Vec<String>> {
        let mut items = Vec::new();
        self.expect("[")?;
        while !self.closes("]") {
            items.push(self.scalar(&[',', ']'])?);
            self.take(",");
        }
        Some(items)
    }

    /// A scalar up to the end of its line or one of `ends`.
    fn scalar(&mut self, ends: &[char]) -> Option<String> {
        self.rest = self.rest.trim_start();
        let (scalar, rest) = if self.take("\"") {
            self.rest.split_once('"')?
        } else {
            let end = self.rest.find(|c| c == '\n' || ends.contains(&c))?;
            self.rest.split_at_checked(end)?
        };
        self.rest = rest;
        Some(scalar.trim_end().to_owned())
    }

    /// Whether `text` comes next, but for spaces and line breaks; if so, goes behind it.
    fn closes(&mut self, text: &str) -> bool {
        self.rest = self.rest.trim_start();
        self.take(text)
    }

    fn expect(&mut self, text: &str) -> Option<()> {
        self.closes(text).then_some(())
    }

    /// Whether `text` comes next; if so, goes behind it.
    fn take(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn end_of_line(&mut self) -> Option<()> {
        let line = self.rest.lines().next().unwrap_or_default();
        line.trim().is_empty().then(|| self.rest_of_line())
    }

    fn rest_of_line(&mut self) {
        self.rest = self.rest.split_once('\n').map_or("", |(_, rest)| rest);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

    /// The file as any YAML parser sees it.
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Whole {
        sectors: Vec<Entry>,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Entry {
        slug: String,
        name: String,
        naics: Vec<String>,
        names: BTreeMap<String, String>,
        aliases: Vec<String>,
        #[serde(default)]
        trades: Vec<Entry>,
    }

    #[test]
    fn it_is_read_as_a_yaml_parser_reads_it() {
        let whole: Whole = serde_yaml::from_str(TEXT).unwrap();
        let read = Reader::new(TEXT).industries().unwrap();
        let mut industries = read.iter();
        for sector in &whole.sectors {
            let mut sector_index = None;
            for entry in std::iter::once(sector).chain(&sector.trades) {
                let industry = industries.next().unwrap();
                assert_eq!(industry.slug, entry.slug);
                assert_eq!(industry.name, entry.name);
                assert_eq!(industry.names, entry.names);
                assert_eq!(industry.naics, entry.naics);
                assert_eq!(industry.aliases, entry.aliases);
                assert_eq!(industry.sector, sector_index);
                if sector_index.is_none() {
                    let index = read.iter().position(|i| i.slug == sector.slug);
                    sector_index = index.map(IndustryId::new);
                }
            }
        }
        assert!(industries.next().is_none());
    }

    #[test]
    fn what_is_not_as_expected_is_no_vocabulary() {
        let line = |text| Reader::new(text).industries().map(|_| ());
        assert_eq!(line("sectors:\n  - slug: a\n    name: A\n"), Ok(()));
        assert_eq!(line("sectors:\n  - slug: a\n    nmae: A\n"), Err(3));
        assert_eq!(line("name: a\n"), Err(1));
        assert_eq!(line("sectors: x\n"), Err(1));
        assert!(line("  - slug: a\n    aliases: [b, c\n").is_err());
        assert!(line("  - slug: a\n    names: { de b }\n").is_err());
    }
}
