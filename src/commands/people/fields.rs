//! What is known of somebody, as options: the same for adding and for changing.

use clap::Args;
use jiff::civil::Date;

use crate::commands::outcome::Failure;
use crate::commands::private::day;
use crate::language;
use crate::people::name::Parts;
use crate::people::{Card, NewLine, Person, own};

/// Everything that can be said of a person.
#[derive(Clone, Debug, Default, Args)]
pub struct Fields {
    /// Their given name, where it is not plain from the name: letters greet by it
    #[arg(long, value_name = "NAME")]
    pub given: Option<String>,
    /// Email address (may be repeated)
    #[arg(long, value_name = "EMAIL")]
    pub email: Vec<String>,
    /// Phone number (may be repeated)
    #[arg(long, value_name = "NUMBER")]
    pub phone: Vec<String>,
    /// The company
    #[arg(long)]
    pub company: Option<String>,
    /// What they do there
    #[arg(long)]
    pub title: Option<String>,
    /// Their trade, in your own words
    #[arg(short, long)]
    pub industry: Option<String>,
    /// Where you met: the name of the event
    #[arg(long, value_name = "WHERE")]
    pub met: Option<String>,
    /// The day you met, such as 2026-11-17 or yesterday; else today
    #[arg(long, value_name = "DAY", requires = "met", value_parser = day)]
    pub on: Option<Date>,
    /// What interests them (may be repeated)
    #[arg(long, value_name = "TEXT")]
    pub interest: Vec<String>,
    /// What they do in their free time (may be repeated)
    #[arg(long, value_name = "TEXT")]
    pub hobby: Vec<String>,
    /// What they know well (may be repeated)
    #[arg(long, value_name = "TEXT")]
    pub expertise: Vec<String>,
    /// What they can do for others (may be repeated)
    #[arg(long, value_name = "TEXT")]
    pub offers: Vec<String>,
    /// What they look for (may be repeated)
    #[arg(long, value_name = "TEXT")]
    pub needs: Vec<String>,
    /// What you promised them (may be repeated)
    #[arg(long, value_name = "TEXT")]
    pub promise: Vec<String>,
    /// A group to sort them into (may be repeated)
    #[arg(long, value_name = "GROUP")]
    pub group: Vec<String>,
    /// Their web site or profile (may be repeated)
    #[arg(long, value_name = "URL")]
    pub page: Vec<String>,
    /// The language they like to be written in, such as es
    #[arg(long, value_name = "LANG")]
    pub lang: Option<String>,
    /// After how many days without contact to write again
    #[arg(long, value_name = "DAYS")]
    pub cadence: Option<String>,
    /// Whether they asked to be left alone
    #[arg(long, value_name = "yes|no", num_args = 0..=1,
          require_equals = true, default_missing_value = "yes",
          value_parser = clap::builder::BoolishValueParser::new())]
    pub do_not_contact: Option<bool>,
}

impl Fields {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        let one = [
            &self.given,
            &self.company,
            &self.title,
            &self.industry,
            &self.met,
            &self.lang,
            &self.cadence,
        ];
        self.lists().iter().all(|(_, list)| list.is_empty())
            && self.promise.is_empty()
            && one.iter().all(|field| field.is_none())
            && self.do_not_contact.is_none()
    }

    /// Fields that may hold several values, with their properties.
    fn lists(&self) -> [(&'static str, &[String]); 9] {
        [
            ("EMAIL", &self.email),
            ("TEL", &self.phone),
            ("INTEREST", &self.interest),
            ("HOBBY", &self.hobby),
            ("EXPERTISE", &self.expertise),
            (own::OFFERS, &self.offers),
            (own::NEEDS, &self.needs),
            ("CATEGORIES", &self.group),
            ("URL", &self.page),
        ]
    }

    /// Refuses what cannot be meant.
    ///
    /// # Errors
    /// The first that is wrong.
    pub fn check(&self) -> Result<(), Failure> {
        for email in self.email.iter().filter(|email| !email.trim().is_empty()) {
            check_email(email)
                .map_err(|wrong| Failure::usage(wrong, "write it as ana@example.org"))?;
        }
        for phone in self.phone.iter().filter(|phone| !phone.trim().is_empty()) {
            if !phone.contains(|c: char| c.is_numeric()) {
                let help = "write it as +34 600 000 000";
                return Err(Failure::usage(
                    format!("`{phone}` is no phone number"),
                    help,
                ));
            }
        }
        if let Some(lang) = self.lang.as_ref().filter(|lang| !lang.trim().is_empty())
            && !language::is_code(language::base(lang.trim()))
        {
            let help = "write its code: de for German, es for Spanish, pt-BR";
            return Err(Failure::usage(
                format!("`{lang}` is no code of a language"),
                help,
            ));
        }
        if let Some(cadence) = &self.cadence {
            check_cadence(cadence)
                .map_err(|wrong| Failure::usage(wrong, "write a number of days: --cadence 90"))?;
        }
        Ok(())
    }

    /// Writes what is said into a card: a field that holds one value is set, one that may hold
    /// several gets one more. An empty value takes the field away.
    pub fn write(&self, card: &mut Card, today: Date) {
        if let Some(given) = &self.given {
            set_given(card, given);
        }
        for (property, list) in self.lists() {
            for value in list {
                join(card, property, value);
            }
        }
        let one = [
            ("ORG", &self.company),
            ("TITLE", &self.title),
            (own::INDUSTRY, &self.industry),
            ("LANG", &self.lang.as_deref().map(code)),
            (own::CADENCE, &self.cadence),
        ];
        for (property, value) in one {
            if let Some(value) = value {
                set(card, property, value);
            }
        }
        if let Some(place) = &self.met {
            let on = self.on.unwrap_or(today).to_string();
            card.push(&NewLine::parts(own::MET, &[&on, &line(place)], ';'));
        }
        for promise in &self.promise {
            // What is promised already is not promised twice.
            let open = Person::read("", card.clone()).promises;
            let text = line(promise);
            if open
                .iter()
                .any(|open| open.text.eq_ignore_ascii_case(&text))
            {
                continue;
            }
            let today = today.to_string();
            card.push(&NewLine::parts(own::PROMISE, &[&today, &text], ';'));
        }
        match self.do_not_contact {
            Some(true) => set(card, own::DO_NOT_CONTACT, "TRUE"),
            Some(false) => set(card, own::DO_NOT_CONTACT, ""),
            None => {}
        }
    }
}

/// Writes the name: whole, and in parts where these are sure.
pub fn set_name(card: &mut Card, name: &str) {
    let name = line(name);
    set(card, "FN", &name);
    set_parts(card, Parts::of(&name));
}

/// Writes the given name beside the whole one; an empty one is found anew in it.
fn set_given(card: &mut Card, given: &str) {
    let entries = card.read().entries;
    let name = entries.iter().find(|entry| entry.name.as_str() == "FN");
    let name = name.and_then(|entry| entry.values.first()?.as_text());
    let name = name.unwrap_or_default();
    set_parts(
        card,
        match line(given).is_empty() {
            true => Parts::of(name),
            false => Some(Parts::with_given(name, given)),
        },
    );
}

fn set_parts(card: &mut Card, parts: Option<Parts>) {
    match parts {
        Some(parts) => card.replace("N", |_| true, &parts.line()),
        None => {
            card.remove("N", |_| true);
        }
    }
}

/// Sets a field that holds one value; an empty one takes it away.
pub fn set(card: &mut Card, property: &str, value: &str) {
    let value = line(value);
    match value.is_empty() {
        true => {
            card.remove(property, |_| true);
        }
        false => card.replace(property, |_| true, &NewLine::text(property, &value)),
    }
}

/// Adds a value to a field that may hold several; nothing where it is there.
fn join(card: &mut Card, property: &str, value: &str) {
    let value = line(value);
    if value.is_empty() {
        card.remove(property, |_| true);
        return;
    }
    let entries = card.read().entries;
    let mut same = entries
        .iter()
        .filter(|entry| entry.name.as_str() == property);
    let is_there = same.any(|entry| {
        let mut values = entry.values.iter().filter_map(|value| value.as_text());
        values.any(|own| own.eq_ignore_ascii_case(&value))
    });
    if !is_there {
        card.push(&match property {
            "URL" => NewLine::address(property, &value),
            _ => NewLine::text(property, &value),
        });
    }
}

/// The code of a language, its first part in small letters.
fn code(lang: &str) -> String {
    let base = language::base(lang.trim());
    let rest = lang.trim().get(base.len()..).unwrap_or_default();
    format!("{}{rest}", base.to_lowercase())
}

/// Text on one line.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether text can be an email address.
pub fn check_email(email: &str) -> Result<(), String> {
    let email = email.trim();
    // The rule of letters, which are to reach it.
    let is_address = email.parse::<lettre::Address>().is_ok();
    let domain = email.rsplit_once('@').map_or("", |(_, domain)| domain);
    let is_whole = domain.split('.').count() > 1 && domain.split('.').all(|part| !part.is_empty());
    match is_address && is_whole {
        true => Ok(()),
        false => Err(format!("`{email}` is no email address")),
    }
}

fn check_cadence(days: &str) -> Result<(), String> {
    match days.trim().parse::<u32>() {
        Ok(1..) => Ok(()),
        _ if days.trim().is_empty() => Ok(()),
        _ => Err(format!("`{days}` is no number of days")),
    }
}
