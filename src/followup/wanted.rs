//! What is known of a person that bears on what to give: the one thing that ranking asks for.

use jiff::civil::Date;

use crate::library::vocabulary::IndustryId;
use crate::people::import::CONNECTED;
use crate::people::{Dated, Person};

/// What somebody could use.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    /// The trade or the sector; none where it is not known.
    pub industry: Option<IndustryId>,
    /// What speaks of them, in words.
    pub clues: Vec<Clue>,
    /// The short ids of what they were given.
    pub given: Vec<String>,
    /// The languages that they read; empty where that is not known.
    pub languages: Vec<String>,
}

/// Words that speak of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clue {
    /// Where they come from.
    pub origin: Origin,
    /// The words.
    pub text: String,
}

/// Where words that speak of a person come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// They were asked for right now.
    About,
    /// They were promised, on a day where that is known.
    Promised(Option<Date>),
    /// The person looks for it.
    Need,
    /// The person is interested in it.
    Interest,
    /// They were noted, on a day where that is known.
    Note(Option<Date>),
    /// The person does it in their free time.
    Hobby,
    /// The person knows it well.
    Expertise,
    /// It is what the person does for a living.
    Work,
}

impl Wanted {
    /// What a person could use, from the card: `industry` is their trade as far as it is known,
    /// `given` are the short ids of what the ledger says they were given.
    pub fn of(person: &Person, industry: Option<IndustryId>, given: &[&str]) -> Wanted {
        let mut wanted = Wanted {
            industry,
            given: given.iter().map(|id| (*id).to_owned()).collect(),
            languages: person.language.iter().cloned().collect(),
            ..Wanted::default()
        };
        wanted.add_dated(&person.promises, Origin::Promised);
        wanted.add(&person.needs, Origin::Need);
        wanted.add(&person.interests, Origin::Interest);
        // What an import notes by itself tells nothing of them.
        let notes = person.notes.iter().filter(|note| note.text != CONNECTED);
        wanted.add_dated(notes, Origin::Note);
        wanted.add(&person.hobbies, Origin::Hobby);
        wanted.add(&person.expertise, Origin::Expertise);
        wanted.add(person.title.as_slice(), Origin::Work);
        wanted.add(&person.categories, Origin::Work);
        wanted
    }

    /// With what was asked for right now.
    pub fn about(mut self, words: Option<&str>) -> Wanted {
        self.add(words, Origin::About);
        self
    }

    fn add<T: AsRef<str>>(&mut self, texts: impl IntoIterator<Item = T>, origin: Origin) {
        self.clues.extend(texts.into_iter().map(|text| Clue {
            origin,
            text: text.as_ref().to_owned(),
        }));
    }

    fn add_dated<'d>(
        &mut self,
        texts: impl IntoIterator<Item = &'d Dated>,
        origin: impl Fn(Option<Date>) -> Origin,
    ) {
        for dated in texts {
            self.add([&dated.text], origin(dated.date));
        }
    }
}
