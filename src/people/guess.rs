//! Which trade somebody is in, where the user did not say.

use super::Person;
use crate::library::vocabulary::{IndustryId, Vocabulary};

/// The trade of a person, and how sure it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trade {
    /// The user said so, in words that the vocabulary knows.
    Known(IndustryId),
    /// The user said something that the vocabulary does not know.
    Unknown(String),
    /// Nobody said so: it is guessed from the card.
    Guessed(IndustryId, From),
    /// Nothing tells.
    None,
}

/// What in a card a guess comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// The name of the company.
    Company,
    /// What the person does there.
    Title,
    /// The groups of the address book.
    Categories,
}

impl From {
    /// In words: "from the company's name".
    pub fn words(self) -> &'static str {
        match self {
            From::Company => "from the company's name",
            From::Title => "from the title",
            From::Categories => "from the groups",
        }
    }
}

impl Trade {
    /// The trade of a person: what the user said, else the best guess from company, title and
    /// groups, in this order.
    pub fn of(person: &Person, vocabulary: &Vocabulary) -> Trade {
        if let Some(said) = &person.industry {
            return match vocabulary.resolve(said) {
                Some(id) => Trade::Known(id),
                None => Trade::Unknown(said.clone()),
            };
        }
        let categories = person.categories.iter();
        let texts = (person.company.iter().map(|text| (From::Company, text)))
            .chain(person.title.iter().map(|text| (From::Title, text)))
            .chain(categories.map(|text| (From::Categories, text)));
        for (from, text) in texts {
            if let Some(id) = guess(text, vocabulary) {
                return Trade::Guessed(id, from);
            }
        }
        Trade::None
    }

    /// The industry, said or guessed.
    pub fn industry(&self) -> Option<IndustryId> {
        match self {
            Trade::Known(id) | Trade::Guessed(id, _) => Some(*id),
            Trade::Unknown(_) | Trade::None => None,
        }
    }

    /// For people: `roofing`, or `roofing? (from the company's name)`.
    pub fn words(&self, vocabulary: &Vocabulary) -> String {
        match self {
            Trade::Known(id) => vocabulary.get(*id).slug.clone(),
            Trade::Unknown(said) => format!("{said} (not in the vocabulary)"),
            Trade::Guessed(id, from) => {
                format!("{}? ({})", vocabulary.get(*id).slug, from.words())
            }
            Trade::None => String::new(),
        }
    }
}

/// A name that only looks like a trade's, or digits that could be a code, prove nothing.
fn guess(text: &str, vocabulary: &Vocabulary) -> Option<IndustryId> {
    let found = vocabulary.mentioned(text);
    found.first().map(|best| best.industry)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::{Card, NewLine};

    #[test]
    fn what_was_said_comes_before_what_is_guessed() {
        let vocabulary = Vocabulary::builtin();
        let trade = |lines: &[(&str, &str)]| {
            let lines: Vec<NewLine> = lines.iter().map(|(n, v)| NewLine::text(n, v)).collect();
            let person = Person::read("ana.vcf", Card::of(&lines));
            Trade::of(&person, &vocabulary).words(&vocabulary)
        };
        let company = ("ORG", "Ruiz Roofing, Inc.");
        assert_eq!(trade(&[company]), "roofing? (from the company's name)");
        assert_eq!(
            trade(&[("X-GOODTURN-INDUSTRY", "realtor"), company]),
            vocabulary.get(vocabulary.resolve("realtor").unwrap()).slug
        );
        assert_eq!(
            trade(&[("X-GOODTURN-INDUSTRY", "zorbing"), company]),
            "zorbing (not in the vocabulary)"
        );
        assert_eq!(
            trade(&[("ORG", "Smith & Sons"), ("TITLE", "Dentist")]),
            "dental-practice? (from the title)"
        );
        assert_eq!(trade(&[("ORG", "Acme"), ("TITLE", "Owner")]), "");
        assert_eq!(trade(&[("ORG", "238220")]), "");
    }
}
