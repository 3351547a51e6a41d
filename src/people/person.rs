//! One person: a typed view over a vCard, which stays as it was written but for what is changed.
//!
//! The properties are those of vCard 4.0 (RFC 6350), of RFC 6715 (EXPERTISE, HOBBY, INTEREST) and
//! of RFC 9554 (SOCIALPROFILE, and CREATED for the day of a note). What no standard has a name for
//! stands in properties of our own, which other address books keep without reading them:
//!
//! | property | value |
//! | --- | --- |
//! | `X-GOODTURN-INDUSTRY` | a trade as the user typed it, best the slug of an industry |
//! | `X-GOODTURN-MET` | `2026-11-17;Chamber breakfast`: when and where you met; may repeat |
//! | `X-GOODTURN-PROMISE` | `2026-11-17;the checklist for hiring`: since when, and what; may repeat |
//! | `X-GOODTURN-KEPT` | the same for a promise that was kept, with the day of keeping it |
//! | `X-GOODTURN-OFFERS`, `X-GOODTURN-NEEDS` | what they can do for others, what they look for; may repeat |
//! | `X-GOODTURN-CADENCE` | after how many days without contact to write again |
//! | `X-GOODTURN-DO-NOT-CONTACT` | `TRUE` |

use calcard::vcard::{VCard, VCardEntry, VCardParameterName, VCardProperty, VCardValue};
use jiff::civil::Date;
use uuid::Uuid;

use super::card::{Card, NewLine};
use super::name::Called;

/// The properties of our own.
pub mod own {
    /// The trade.
    pub const INDUSTRY: &str = "X-GOODTURN-INDUSTRY";
    /// When and where you met.
    pub const MET: &str = "X-GOODTURN-MET";
    /// A promise to keep.
    pub const PROMISE: &str = "X-GOODTURN-PROMISE";
    /// A promise that was kept.
    pub const KEPT: &str = "X-GOODTURN-KEPT";
    /// What they can do for others.
    pub const OFFERS: &str = "X-GOODTURN-OFFERS";
    /// What they look for.
    pub const NEEDS: &str = "X-GOODTURN-NEEDS";
    /// Days without contact.
    pub const CADENCE: &str = "X-GOODTURN-CADENCE";
    /// Leave them alone.
    pub const DO_NOT_CONTACT: &str = "X-GOODTURN-DO-NOT-CONTACT";
}

/// What [`Person::uid`] is made from where a card has none.
const NAMESPACE: Uuid = Uuid::from_u128(0x8b1d_6a34_70c2_5d0e_9f43_2ac6_e115_7be0);

/// Text with the day that it is of, where that is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dated {
    /// The day of a note, of a meeting, of a promise.
    pub date: Option<Date>,
    /// The note, the name of the event, what was promised.
    pub text: String,
}

/// Somebody the user met. Private: nothing of it is ever published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The card's file as messages name it: its path in the library.
    pub file: String,
    /// The file's name without `.vcf`: the handle to type on the command line (`ana-ruiz`).
    pub stem: String,
    /// What stands for the person in the ledger. Never empty.
    pub uid: String,
    /// The name to show. Where the card has none: email address, company, or the file's name.
    pub name: String,
    /// The name in the card itself, where it has one. A letter greets by this, not by `name`.
    pub written_name: Option<String>,
    /// Given name.
    pub given: Option<String>,
    /// Family name.
    pub family: Option<String>,
    /// Email addresses, the preferred one first.
    pub emails: Vec<String>,
    /// Phone numbers, the preferred one first.
    pub phones: Vec<String>,
    /// The company.
    pub company: Option<String>,
    /// What the person does there.
    pub title: Option<String>,
    /// The groups that an address book sorts the person into.
    pub categories: Vec<String>,
    /// The trade as the user typed it: a slug, as a rule. The vocabulary may not know it.
    pub industry: Option<String>,
    /// Where and when you met, in the card's order.
    pub met: Vec<Dated>,
    /// What they are interested in (RFC 6715).
    pub interests: Vec<String>,
    /// What they do in their free time (RFC 6715).
    pub hobbies: Vec<String>,
    /// What they know well (RFC 6715).
    pub expertise: Vec<String>,
    /// What they can do for others.
    pub offers: Vec<String>,
    /// What they look for.
    pub needs: Vec<String>,
    /// What was promised to them and not kept yet, with the day of the promise.
    pub promises: Vec<Dated>,
    /// What was promised and kept, with the day of keeping it.
    pub kept: Vec<Dated>,
    /// What else to remember, in the card's order.
    pub notes: Vec<Dated>,
    /// After how many days without contact to write again.
    pub cadence: Option<u32>,
    /// Whether they asked to be left alone.
    pub do_not_contact: bool,
    /// The language that they like to be written in (`es`, `pt-BR`).
    pub language: Option<String>,
    /// Their pages: web sites and profiles (`https://www.linkedin.com/in/…`).
    pub profiles: Vec<String>,
    has_uid: bool,
    card: Card,
}

impl Person {
    /// Reads a card that messages call `file`.
    pub fn read(file: &str, card: Card) -> Person {
        let said = Said(card.read());
        let stem = super::stem_of(file).to_owned();
        let uid = said.first(&VCardProperty::Uid);
        let (family, given) = said.name_parts();
        let emails = without(said.all(&VCardProperty::Email), "mailto:");
        let company = said.company();
        let written_name = said
            .first(&VCardProperty::Fn)
            .or_else(|| joined(given.as_deref(), family.as_deref()));
        let name = written_name
            .clone()
            .or_else(|| emails.first().cloned())
            .or_else(|| company.clone())
            .unwrap_or_else(|| stem.clone());
        let mut profiles = said.all(&VCardProperty::Socialprofile);
        profiles.extend(said.named("X-SOCIALPROFILE"));
        profiles.extend(said.all(&VCardProperty::Url));
        Person {
            has_uid: uid.is_some(),
            uid: uid.unwrap_or_else(|| made_uid(&stem)),
            name,
            written_name,
            given,
            family,
            emails,
            phones: without(said.all(&VCardProperty::Tel), "tel:"),
            company,
            title: said
                .first(&VCardProperty::Title)
                .or_else(|| said.first(&VCardProperty::Role)),
            categories: said.each(&VCardProperty::Categories),
            industry: said.named(own::INDUSTRY).into_iter().next(),
            met: said.dated(own::MET),
            interests: said.each(&VCardProperty::Interest),
            hobbies: said.each(&VCardProperty::Hobby),
            expertise: said.each(&VCardProperty::Expertise),
            offers: said.named(own::OFFERS),
            needs: said.named(own::NEEDS),
            promises: said.dated(own::PROMISE),
            kept: said.dated(own::KEPT),
            notes: said.notes(),
            cadence: said
                .named(own::CADENCE)
                .iter()
                .find_map(|days| days.parse().ok()),
            do_not_contact: said
                .named(own::DO_NOT_CONTACT)
                .iter()
                .any(|said| is_yes(said)),
            language: said.first(&VCardProperty::Lang),
            profiles: once(profiles),
            file: file.to_owned(),
            stem,
            card,
        }
    }

    /// The card as it is to be written.
    pub fn card(&self) -> &Card {
        &self.card
    }

    /// The preferred email address.
    pub fn email(&self) -> Option<&str> {
        self.emails.first().map(String::as_str)
    }

    /// What the person is called in a letter; nothing where the card has no name.
    pub fn called(&self) -> Option<Called> {
        Some(Called::of(
            self.written_name.as_deref()?,
            self.given.as_deref(),
            self.family.as_deref(),
            self.company.as_deref(),
        ))
    }

    /// The last day on which you met.
    pub fn last_met(&self) -> Option<Date> {
        self.met.iter().filter_map(|met| met.date).max()
    }

    /// Changes the card, and the view with it. A card that had no UID is given one, so that the
    /// ledger still knows the person when the file is renamed.
    pub fn change(&mut self, change: impl FnOnce(&mut Card)) {
        let mut card = self.card.clone();
        if !self.has_uid {
            card.push(&NewLine::address("UID", &self.uid));
        }
        change(&mut card);
        *self = Person::read(&self.file, card);
    }

    /// Puts the line of a kept promise in the place of the promise.
    pub fn keep_promise(&mut self, promise: &Dated, kept: &NewLine) {
        self.change(|card| {
            let is_it =
                |entry: &VCardEntry| text(entry).is_some_and(|text| dated(&text) == *promise);
            card.replace(own::PROMISE, is_it, kept);
        });
    }

    /// Gives the card a UID again that it had before.
    pub fn keep_uid(&mut self, uid: &str) {
        let mut card = self.card.clone();
        card.replace("UID", |_| true, &NewLine::address("UID", uid));
        *self = Person::read(&self.file, card);
    }

    /// The same person with a file in `folder`, and with `uid` if the card has none.
    pub(super) fn placed(mut self, folder: &str, stem: &str, uid: String) -> Person {
        self.file = format!("{folder}/{stem}.vcf");
        self.stem = stem.to_owned();
        if self.has_uid {
            return self;
        }
        let mut card = self.card;
        card.push(&NewLine::address("UID", &uid));
        Person::read(&self.file, card)
    }

    /// Whether the card says its UID itself.
    pub fn has_uid(&self) -> bool {
        self.has_uid
    }
}

/// What stands for a person whose card has no UID: the same for the same handle.
pub(super) fn made_uid(handle: &str) -> String {
    Uuid::new_v5(&NAMESPACE, handle.as_bytes())
        .urn()
        .to_string()
}

fn joined(given: Option<&str>, family: Option<&str>) -> Option<String> {
    let parts: Vec<&str> = [given, family].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// Texts without a scheme that some programs write before them.
fn without(texts: Vec<String>, scheme: &str) -> Vec<String> {
    let bare = |text: String| match text.get(..scheme.len()) {
        Some(start) if start.eq_ignore_ascii_case(scheme) => {
            text.split_at(scheme.len()).1.to_owned()
        }
        _ => text,
    };
    once(texts.into_iter().map(bare).collect())
}

fn is_yes(said: &str) -> bool {
    !matches!(said.to_ascii_lowercase().as_str(), "false" | "no" | "0")
}

fn once(mut texts: Vec<String>) -> Vec<String> {
    let mut seen = Vec::new();
    texts.retain(|text| {
        let is_new = !seen.contains(text);
        seen.push(text.clone());
        is_new
    });
    texts
}

/// `2026-11-17;text` with the day apart. Text that does not begin with a day is text as a whole.
pub(super) fn dated(text: &str) -> Dated {
    let (day, rest) = text.split_once(';').unwrap_or((text, ""));
    match day.trim().parse() {
        Ok(date) => Dated {
            date: Some(date),
            text: rest.trim().to_owned(),
        },
        Err(_) => Dated {
            date: None,
            text: text.trim_start_matches(';').trim().to_owned(),
        },
    }
}

/// What a card says, as text.
struct Said(VCard);

impl Said {
    /// The lines of a property, the preferred one first.
    fn entries(&self, name: &VCardProperty) -> Vec<&VCardEntry> {
        let entries = self.0.entries.iter();
        let mut found: Vec<&VCardEntry> = entries.filter(|entry| entry.name == *name).collect();
        found.sort_by_key(|entry| preference(entry));
        found
    }

    /// The value of each line of a property, each once.
    fn all(&self, name: &VCardProperty) -> Vec<String> {
        let entries = self.entries(name);
        once(entries.into_iter().filter_map(text).collect())
    }

    /// The values of a property that holds several on a line, each once.
    fn each(&self, name: &VCardProperty) -> Vec<String> {
        let entries = self.entries(name);
        let values = entries.into_iter().flat_map(|entry| &entry.values);
        once(
            values
                .filter_map(|value| tidy(&value_text(value)))
                .collect(),
        )
    }

    fn first(&self, name: &VCardProperty) -> Option<String> {
        self.entries(name).into_iter().find_map(text)
    }

    /// The value of each line of a property that calcard does not know.
    fn named(&self, name: &str) -> Vec<String> {
        let is_named = |entry: &&VCardEntry| matches!(&entry.name, VCardProperty::Other(other) if other.eq_ignore_ascii_case(name));
        self.0
            .entries
            .iter()
            .filter(is_named)
            .filter_map(text)
            .collect()
    }

    fn dated(&self, name: &str) -> Vec<Dated> {
        self.named(name).iter().map(|text| dated(text)).collect()
    }

    /// Family and given name (RFC 6350, section 6.2.2).
    fn name_parts(&self) -> (Option<String>, Option<String>) {
        let entries = self.entries(&VCardProperty::N);
        let Some(values) = entries.first().map(|entry| &entry.values) else {
            return (None, None);
        };
        let part = |at: usize| tidy(&value_text(values.get(at)?));
        (part(0), part(1))
    }

    /// The organization's name without its departments (RFC 6350, section 6.6.4).
    fn company(&self) -> Option<String> {
        let entries = self.entries(&VCardProperty::Org);
        tidy(&value_text(entries.first()?.values.first()?))
    }

    /// Notes in the card's order.
    fn notes(&self) -> Vec<Dated> {
        let entries = self.0.entries.iter();
        let notes = entries.filter(|entry| entry.name == VCardProperty::Note);
        notes
            .filter_map(|entry| {
                let text = entry
                    .values
                    .iter()
                    .map(value_text)
                    .collect::<Vec<_>>()
                    .join(";");
                let text = text.trim().to_owned();
                let date = created(entry);
                (!text.is_empty()).then_some(Dated { date, text })
            })
            .collect()
    }
}

/// The day on which a property was written (RFC 9554, section 4.3).
fn created(entry: &VCardEntry) -> Option<Date> {
    let param = entry
        .params
        .iter()
        .find(|param| param.name == VCardParameterName::Created)?;
    let seconds = match &param.value {
        calcard::vcard::VCardParameterValue::Timestamp(seconds) => *seconds,
        _ => return None,
    };
    let moment = jiff::Timestamp::from_second(seconds).ok()?;
    Some(jiff::tz::Offset::UTC.to_datetime(moment).date())
}

/// How far behind others a line stands: `PREF=1` first, then `TYPE=pref` of version 3.0.
fn preference(entry: &VCardEntry) -> u32 {
    use calcard::vcard::VCardParameterValue as Value;
    let mut least = 101;
    for param in &entry.params {
        least = least.min(match (&param.name, &param.value) {
            (VCardParameterName::Pref, Value::Integer(pref)) => *pref,
            (VCardParameterName::Pref, _) => 1,
            (VCardParameterName::Type, Value::Text(kind)) if kind.eq_ignore_ascii_case("pref") => 1,
            _ => 101,
        });
    }
    least
}

/// The value of a line as one text, if there is any.
fn text(entry: &VCardEntry) -> Option<String> {
    let values: Vec<String> = entry.values.iter().map(value_text).collect();
    tidy(&values.join(";"))
}

fn value_text(value: &VCardValue) -> String {
    match value {
        VCardValue::Text(text) => text.clone(),
        VCardValue::Component(parts) => parts.join(" "),
        VCardValue::Integer(number) => number.to_string(),
        VCardValue::Float(number) => number.to_string(),
        VCardValue::Boolean(said) => said.to_string(),
        _ => String::new(),
    }
}

/// Text on one line, if there is any.
pub(super) fn tidy(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}
