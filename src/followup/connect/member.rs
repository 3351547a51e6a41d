//! Somebody who could be brought together with others, as far as that bears on it.

use super::phrase::{Draft, Phrase, Words, offers, wishes};
use crate::language::words::fold;
use crate::library::vocabulary::{IndustryId, Vocabulary};
use crate::people::{Person, Trade};

/// How well somebody can do what they are said to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Skill {
    /// They offer it to others.
    Offers,
    /// They know it well.
    Knows,
    /// It is what they do for a living.
    Work,
}

/// Somebody who could be brought together with others.
pub(super) struct Member<'a> {
    /// Who.
    pub person: &'a Person,
    /// Their trade, as far as it is known.
    pub trade: Option<IndustryId>,
    /// What they look for.
    pub needs: Vec<Phrase<'a>>,
    /// What they can do.
    pub skills: Vec<(Skill, Phrase<'a>)>,
    /// What they are interested in, and what they do in their free time.
    pub interests: Vec<Phrase<'a>>,
    /// Where they were met, folded, as it was written.
    pub events: Vec<(String, &'a str)>,
    /// Where they work, folded.
    pub company: Option<String>,
}

/// What was read of a card, its stems without numbers yet.
pub(super) struct Reading<'a> {
    person: &'a Person,
    trade: Option<IndustryId>,
    needs: Vec<Draft<'a>>,
    skills: Vec<(Skill, Draft<'a>)>,
    interests: Vec<Draft<'a>>,
}

impl<'a> Reading<'a> {
    /// Reads what a card says. `lang` is the language of who keeps the cards: the notes are theirs,
    /// whatever the person speaks.
    pub(super) fn of(person: &'a Person, vocabulary: &Vocabulary, lang: &str) -> Reading<'a> {
        let notes = || person.notes.iter().map(|note| note.text.as_str());
        let draft = |text: &'a str| Draft::read(text, lang, None);
        let with_trades = |text: &'a str| Draft::read(text, lang, Some(vocabulary));
        let own = |texts: &'a [String]| texts.iter().map(String::as_str);
        let needs = own(&person.needs).chain(notes().flat_map(wishes));
        let offered = own(&person.offers).chain(notes().flat_map(offers));
        let offered = offered.map(|text| (Skill::Offers, with_trades(text)));
        let known = own(&person.expertise).map(|text| (Skill::Knows, draft(text)));
        let work = person.title.iter().map(|text| (Skill::Work, draft(text)));
        Reading {
            person,
            trade: Trade::of(person, vocabulary).industry(),
            needs: needs.map(with_trades).collect(),
            skills: offered.chain(known).chain(work).collect(),
            interests: own(&person.interests)
                .chain(own(&person.hobbies))
                .map(draft)
                .collect(),
        }
    }

    /// Numbers the stems.
    pub(super) fn numbered(self, words: &mut Words) -> Member<'a> {
        let (kinds, skills): (Vec<Skill>, Vec<Draft<'a>>) = self.skills.into_iter().unzip();
        let (needs, can) = (self.needs.len(), skills.len());
        let mut drafts = self.needs;
        drafts.extend(skills);
        drafts.extend(self.interests);
        let mut phrases = words.number(drafts).into_iter();
        let person = self.person;
        let met = person.met.iter().map(|met| met.text.as_str());
        Member {
            person,
            trade: self.trade,
            needs: phrases.by_ref().take(needs).collect(),
            skills: kinds.into_iter().zip(phrases.by_ref().take(can)).collect(),
            interests: phrases.collect(),
            events: met
                .filter(|event| !event.is_empty())
                .map(|event| (fold(event), event))
                .collect(),
            company: person.company.as_deref().map(fold),
        }
    }
}

impl Member<'_> {
    /// Whether anything is known of them that could bring them together with somebody.
    pub(super) fn says_something(&self) -> bool {
        self.trade.is_some()
            || !(self.needs.is_empty() && self.skills.is_empty() && self.interests.is_empty())
    }
}
