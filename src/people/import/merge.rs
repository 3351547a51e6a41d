//! Who of a file is new, and what the others bring along. People are the same who share a UID, an
//! email address or the address of a profile; where a card has none of these, who share name,
//! company and phone.
//!
//! What a card says stays. A property that it has no line of is taken over, and email addresses,
//! phones, pages and groups that are not there join those that are.

use rustc_hash::FxHashMap;

use super::super::find::fold;
use super::super::person::own;
use super::super::{Card, NewLine, People, Person};

/// What an import would do.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Who is new, in the file's order.
    pub new: Vec<Person>,
    /// Who is known and gets something.
    pub changed: Vec<Change>,
    /// How many are known, with everything that the file says of them.
    pub same: usize,
}

/// What somebody who is known gets.
#[derive(Clone, Debug)]
pub struct Change {
    /// The person as they will be.
    pub person: Person,
    /// What is added, in words: "email ana@ruiz.example".
    pub added: Vec<String>,
}

/// Compares those of a file with those who are known, and with each other.
pub fn plan(people: &People, incoming: Vec<Person>) -> Plan {
    let mut matcher = Matcher::default();
    let mut everybody: Vec<Merged> = people.iter().map(Merged::Known).collect();
    for (at, person) in people.iter().enumerate() {
        matcher.learn(person, at);
    }
    let mut same = 0;
    for person in incoming {
        let is_other = |at: usize| {
            let there = everybody.get(at);
            there.is_none_or(|there| are_others(there.person(), &person))
        };
        let at = matcher.find(&person, is_other).unwrap_or(everybody.len());
        matcher.learn(&person, at);
        match everybody.get_mut(at) {
            Some(merged) => same += usize::from(merged.take(&person) == 0),
            None => everybody.push(Merged::Changed(Box::new(person), Vec::new())),
        }
    }
    let mut plan = Plan {
        same,
        ..Plan::default()
    };
    for (at, merged) in everybody.into_iter().enumerate() {
        match (at < people.len(), merged) {
            (false, merged) => plan.new.push(merged.into_person()),
            (true, Merged::Changed(person, added)) => plan.changed.push(Change {
                person: *person,
                added,
            }),
            (true, Merged::Known(_)) => {}
        }
    }
    plan
}

/// Somebody, with what has been added.
enum Merged<'a> {
    Known(&'a Person),
    Changed(Box<Person>, Vec<String>),
}

impl Merged<'_> {
    fn person(&self) -> &Person {
        match self {
            Merged::Known(person) => person,
            Merged::Changed(person, _) => person,
        }
    }

    fn into_person(self) -> Person {
        match self {
            Merged::Known(person) => person.clone(),
            Merged::Changed(person, _) => *person,
        }
    }

    /// Adds what the other says beyond; gives how many lines that was.
    fn take(&mut self, other: &Person) -> usize {
        let additions = additions(self.person(), other);
        if additions.is_empty() {
            return 0;
        }
        let mut person = self.person().clone();
        let add = |card: &mut Card| {
            for (_, line) in &additions {
                match line {
                    Addition::Written(line) => card.push_written(line),
                    Addition::New(line) => card.push(line),
                }
            }
        };
        // Somebody who is new gets a UID once there is a name for the file.
        match person.file.is_empty() {
            true => {
                let mut card = person.card().clone();
                add(&mut card);
                person = Person::read("", card);
            }
            false => person.change(add),
        }
        let count = additions.len();
        let told = additions.into_iter().map(|(told, _)| told);
        let mut added = match std::mem::replace(self, Merged::Changed(Box::new(person), vec![])) {
            Merged::Known(_) => Vec::new(),
            Merged::Changed(_, added) => added,
        };
        added.extend(told);
        if let Merged::Changed(_, all) = self {
            *all = added;
        }
        count
    }
}

/// A line that joins a card.
enum Addition {
    /// As it is written in the other card.
    Written(String),
    New(NewLine),
}

/// What says who a card is and when it was written, and so never joins another one.
const IDENTITY: [&str; 6] = ["VERSION", "UID", "REV", "PRODID", "FN", "N"];

/// Properties of which a card may have any number, compared value by value.
const JOINING: [&str; 6] = [
    "EMAIL",
    "TEL",
    "URL",
    "SOCIALPROFILE",
    "X-SOCIALPROFILE",
    "CATEGORIES",
];

/// What `other` says that `person` does not, each with words for it.
fn additions(person: &Person, other: &Person) -> Vec<(String, Addition)> {
    let mut found = Vec::new();
    let has_name = person.written_name.is_some();
    for (name, line) in other.card().lines() {
        let is_name = matches!(name, "FN" | "N");
        let joins = match name {
            "" => false,
            _ if is_name => !has_name && !person.card().has(name),
            _ if IDENTITY.contains(&name) || JOINING.contains(&name) => false,
            // A table may be older than the keeping of what it says was promised.
            own::PROMISE if !person.kept.is_empty() => false,
            _ => !person.card().has(name),
        };
        if joins {
            let told = told(name, line);
            found.push((told, Addition::Written(line.to_owned())));
        }
    }
    let phone = |number: &str| {
        number
            .chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    let mut join = |word: &str,
                    property: &str,
                    ours: &[String],
                    theirs: &[String],
                    same: &dyn Fn(&str) -> String| {
        for value in theirs {
            if !ours.iter().any(|own| same(own) == same(value)) {
                let line = match property {
                    "URL" => NewLine::address(property, value),
                    _ => NewLine::text(property, value),
                };
                found.push((format!("{word} {value}"), Addition::New(line)));
            }
        }
    };
    let small = |text: &str| text.to_lowercase();
    join("email", "EMAIL", &person.emails, &other.emails, &small);
    join("phone", "TEL", &person.phones, &other.phones, &phone);
    join("page", "URL", &person.profiles, &other.profiles, &profile);
    join(
        "group",
        "CATEGORIES",
        &person.categories,
        &other.categories,
        &small,
    );
    found
}

/// A line in words: its property, and its value where that is short.
fn told(name: &str, line: &str) -> String {
    let word = name
        .trim_start_matches("X-GOODTURN-")
        .replace('-', " ")
        .to_lowercase();
    let value = line.split_once(':').map_or("", |(_, value)| value).trim();
    match value.len() <= 60 && !value.contains('\n') {
        true => format!("{word} {}", value.replace('\\', "")),
        false => word,
    }
}

/// Who is who, by what tells people apart.
#[derive(Default)]
struct Matcher {
    /// Whom each sign belongs to. A mailbox or a number may be shared.
    signs: FxHashMap<Sign, Vec<usize>>,
}

/// What somebody is known by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Sign {
    Uid(String),
    Email(String),
    Profile(String),
    /// Name, company and phone.
    Name(String),
}

impl Matcher {
    /// Adds what the person at a place is known by.
    fn learn(&mut self, person: &Person, at: usize) {
        for sign in signs(person) {
            let places = self.signs.entry(sign).or_default();
            if !places.contains(&at) {
                places.push(at);
            }
        }
        // The first is enough: whole lists may be of one name.
        self.signs
            .entry(by_name(person))
            .or_insert_with(|| vec![at]);
    }

    /// Where the same person is, if they are known. `is_other` tells that two who share a sign are
    /// not the same all the same.
    fn find(&self, person: &Person, is_other: impl Fn(usize) -> bool) -> Option<usize> {
        let holders = |sign: &Sign| self.signs.get(sign).into_iter().flatten().copied();
        let mut is_bare = true;
        for sign in signs(person) {
            is_bare = false;
            let is_certain = matches!(sign, Sign::Uid(_));
            if let Some(at) = holders(&sign).find(|at| is_certain || !is_other(*at)) {
                return Some(at);
            }
        }
        // A name alone is no proof: it counts only where there is nothing better.
        is_bare.then(|| holders(&by_name(person)).next()).flatten()
    }
}

/// What proves who somebody is, the surest first.
fn signs(person: &Person) -> impl Iterator<Item = Sign> {
    let uid = person.has_uid().then(|| Sign::Uid(person.uid.clone()));
    let emails = person.emails.iter();
    let emails = emails.map(|email| Sign::Email(email.to_lowercase()));
    // The front page of a company is that of all who work there.
    let profiles = person.profiles.iter().map(|address| profile(address));
    let profiles = profiles.filter(|address| address.contains('/'));
    uid.into_iter()
        .chain(emails)
        .chain(profiles.map(Sign::Profile))
}

/// Whether two who share a mailbox or a page are two people: their names have no word in common.
fn are_others(one: &Person, other: &Person) -> bool {
    match (&one.written_name, &other.written_name) {
        (Some(one), Some(other)) => {
            let other = fold(other);
            !fold(one)
                .split(' ')
                .any(|word| other.split(' ').any(|w| w == word))
        }
        _ => false,
    }
}

/// The address of a page without what makes no difference.
fn profile(address: &str) -> String {
    let address = address.to_lowercase();
    let bare = address
        .split_once("://")
        .map_or(address.as_str(), |(_, rest)| rest);
    bare.trim_start_matches("www.")
        .trim_end_matches('/')
        .to_owned()
}

fn by_name(person: &Person) -> Sign {
    let company = person.company.as_deref().map(fold).unwrap_or_default();
    let phone = person.phones.first().map_or("", String::as_str);
    let phone: String = phone.chars().filter(char::is_ascii_digit).collect();
    Sign::Name(format!("{}\n{company}\n{phone}", fold(&person.name)))
}
