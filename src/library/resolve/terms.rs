//! The words of a document: its industries, topics and authors.

use super::Resolver;
use crate::diagnostics::{Diagnostic, Place};
use crate::library::AuthorId;
use crate::library::address::slug;
use crate::library::vocabulary::IndustryId;
use crate::source::Source;
use crate::source::front_matter::Word;

impl Resolver<'_> {
    pub(super) fn industries(&mut self, source: &Source) -> Vec<IndustryId> {
        let mut industries = Vec::new();
        for word in &source.front.industries {
            match self.industry(&word.text) {
                Some(id) if !industries.contains(&id) => industries.push(id),
                Some(_) => {}
                None => self.tell_unknown_industry(source, word),
            }
        }
        industries
    }

    fn industry(&mut self, word: &str) -> Option<IndustryId> {
        if let Some(found) = self.industry_words.get(word) {
            return *found;
        }
        let found = self.vocabulary.resolve(word);
        self.industry_words.insert(word.to_owned(), found);
        found
    }

    fn tell_unknown_industry(&mut self, source: &Source, word: &Word) {
        let near = self.vocabulary.nearest(&word.text);
        let quoted: Vec<String> = near
            .iter()
            .take(3)
            .map(|slug| format!("`{slug}`"))
            .collect();
        let help = match quoted.is_empty() {
            true => "`goodturn industries WORDS…` finds the right word; \
                     industries.yaml adds one of your own"
                .to_owned(),
            false => format!("did you mean {}?", quoted.join(" or ")),
        };
        self.tell(
            Diagnostic::new(
                self.config.severity(),
                format!("unknown industry `{}`", word.text),
            )
            .at(Place::span(source.file.clone(), word.span.clone()))
            .help(help),
        );
    }

    /// Topics and categories; those that name a trade are counted, to be offered as such.
    pub(super) fn topics(&mut self, source: &Source) -> Vec<String> {
        let mut slugs: Vec<String> = Vec::new();
        for word in source.front.topics.iter().chain(&source.front.categories) {
            let slug = slug(&word.text);
            if slug.is_empty() || slugs.contains(&slug) {
                continue;
            }
            if source.front.industries.is_empty()
                && let Some(industry) = self.industry(&word.text)
            {
                let entry = self.topics_that_are_trades.entry(word.text.clone());
                entry.or_insert((industry, 0)).1 += 1;
            }
            self.topic_names
                .entry(slug.clone())
                .or_insert_with(|| word.text.clone());
            slugs.push(slug);
        }
        slugs
    }

    pub(super) fn tell_topics_that_are_trades(&mut self) {
        if self.topics_that_are_trades.is_empty() {
            return;
        }
        let mut most: Vec<_> = self.topics_that_are_trades.iter().collect();
        most.sort_by_key(|(word, (_, count))| (std::cmp::Reverse(*count), word.as_str()));
        let shown: Vec<String> = most
            .iter()
            .take(5)
            .map(|(word, (id, count))| {
                format!("`{word}` ({count}) is {}", self.vocabulary.name(*id, "en"))
            })
            .collect();
        let rest = most.len().saturating_sub(5);
        let more = if rest > 0 {
            format!(", and {rest} more")
        } else {
            String::new()
        };
        self.tell(
            Diagnostic::warning("some topics name an industry")
                .help(format!("{}{more}", shown.join(", ")))
                .help("write them as `industries:` so that people of that trade find the pieces"),
        );
    }

    pub(super) fn authors_of(&mut self, source: &Source) -> Vec<AuthorId> {
        let mut authors = Vec::new();
        for word in &source.front.authors {
            let id = self.authors.find(&word.text);
            if !authors.contains(&id) {
                authors.push(id);
            }
        }
        if authors.is_empty()
            && let Some(author) = self.config.author.clone()
        {
            authors.push(self.authors.find(&author));
        }
        authors
    }
}
