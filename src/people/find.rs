//! Finding the person that the user means.

use rustc_hash::FxHashMap;

use super::{People, Person};
use crate::diagnostics::nearest;

/// Who is meant by what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found<'a> {
    /// Nobody; the handles of those with names near it, nearest first.
    None(Vec<&'a str>),
    /// Exactly one.
    One(&'a Person),
    /// Several, by the names of their files.
    Many(Vec<&'a Person>),
}

impl People {
    /// Who is meant by a handle (`ana-ruiz`), an email address, a UID, a name (`Ana Ruiz`) or, where
    /// it is enough, a part of a name (`ana`). Case and accents do not matter. What fits exactly
    /// comes before what fits in part.
    pub fn find(&self, typed: &str) -> Found<'_> {
        let typed = typed.trim();
        let folded = fold(typed);
        if folded.is_empty() {
            return Found::None(Vec::new());
        }
        let by_id = |person: &Person| person.uid == typed || person.stem == typed;
        let by_email = |person: &Person| {
            let mut emails = person.emails.iter();
            emails.any(|email| email.eq_ignore_ascii_case(typed))
        };
        let by_name =
            |person: &Person| fold(&person.name) == folded || fold(&person.stem) == folded;
        let words: Vec<&str> = folded.split(' ').collect();
        let by_part = |person: &Person| {
            let name = fold(&person.name);
            let mut parts = name.split(' ');
            words.iter().all(|word| parts.any(|part| part == *word))
        };
        let ways: [&dyn Fn(&Person) -> bool; 4] = [&by_id, &by_email, &by_name, &by_part];
        for way in ways {
            let found: Vec<&Person> = self.people.iter().filter(|person| way(person)).collect();
            match found.as_slice() {
                [] => {}
                [one] => return Found::One(one),
                _ => return Found::Many(found),
            }
        }
        Found::None(self.near(&folded))
    }

    /// Who of some people has the name of somebody who is known, with that one. Only names of
    /// several words count; case and accents do not matter.
    pub fn namesakes<'p>(
        &self,
        others: impl IntoIterator<Item = &'p Person>,
    ) -> Vec<(&'p Person, &Person)> {
        let mut others = others.into_iter().peekable();
        if others.peek().is_none() {
            return Vec::new();
        }
        // Of several, the first.
        let known = self
            .people
            .iter()
            .rev()
            .map(|person| (fold(&person.name), person));
        let known: FxHashMap<String, &Person> =
            known.filter(|(name, _)| name.contains(' ')).collect();
        let namesake = |other: &'p Person| Some((other, *known.get(&fold(&other.name))?));
        let namesakes = others.filter_map(namesake);
        // Another address at another company is somebody else.
        let differ = |a: &Option<String>, b: &Option<String>| {
            let both = a.as_ref().zip(b.as_ref());
            both.is_some_and(|(a, b)| fold(a) != fold(b))
        };
        let may_be = |(new, known): &(&Person, &Person)| {
            let has_both = new.email().is_some() && known.email().is_some();
            !(has_both && differ(&new.company, &known.company))
        };
        namesakes.filter(may_be).collect()
    }

    /// The handles of those whose name, or a part of it, is near to what was typed.
    fn near(&self, folded: &str) -> Vec<&str> {
        let names: Vec<(String, &str)> = self
            .people
            .iter()
            .flat_map(|person| {
                let name = fold(&person.name);
                let parts: Vec<String> = name.split(' ').map(str::to_owned).collect();
                let stem = person.stem.as_str();
                std::iter::once(name)
                    .chain(parts)
                    .chain(person.emails.iter().map(|email| email.to_lowercase()))
                    .map(move |word| (word, stem))
            })
            .collect();
        let mut stems: Vec<&str> = Vec::new();
        for word in nearest(folded, names.iter().map(|(word, _)| word.as_str())) {
            for (_, stem) in names.iter().filter(|(name, _)| name == word) {
                if !stems.contains(stem) && stems.len() < 3 {
                    stems.push(stem);
                }
            }
        }
        stems
    }
}

/// Text for comparing: small letters without accents, single spaces instead of punctuation.
pub(super) fn fold(text: &str) -> String {
    let plain = deunicode::deunicode(text).to_lowercase();
    let words = plain.split(|c: char| !(c.is_alphanumeric() || c == '@'));
    words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
