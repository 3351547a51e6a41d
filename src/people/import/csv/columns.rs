//! What the columns of a table hold, told by its header.

use ::csv::StringRecord;

use crate::people::person::own;

/// What the cells of a column say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// Nothing that a card has room for.
    Ignored,
    /// The whole name.
    Name,
    /// A part of the name, by its place in the property N.
    Part(usize),
    /// An email address.
    Email,
    /// A property of plain text.
    Text(&'static str),
    /// A property that holds an address of the web.
    Address(&'static str),
    /// Groups, with commas or semicolons between.
    Categories,
    /// Several values with commas or semicolons between, each a line of its own.
    List(&'static str),
    /// Free text.
    Note,
    /// The day of connecting on LinkedIn.
    Connected,
    /// Text with its day, as a card has it: `2026-11-17;Chamber breakfast`.
    Dated(&'static str),
    /// Yes or no.
    Flag(&'static str),
}

/// A table of no program that is known.
const PLAIN: &str = "a table";

/// A table that is known by its header.
#[derive(Debug)]
pub(super) struct Table {
    /// What kind of file it is, in words.
    pub kind: &'static str,
    /// What each column holds.
    pub columns: Vec<Column>,
    /// The headers of columns that nobody expects in such a table, and that a card has no room for.
    pub left: Vec<String>,
}

impl Table {
    /// The table with this header, if it is one.
    pub(super) fn of(header: &StringRecord) -> Option<Table> {
        let names: Vec<String> = header.iter().map(plain).collect();
        let has = |wanted: &[&str]| {
            wanted
                .iter()
                .all(|wanted| names.iter().any(|n| n == wanted))
        };
        let (kind, is_outlook) = if has(&["first name", "last name", "url", "connected on"]) {
            ("a LinkedIn export", false)
        } else if has(&["first name", "labels", "organization name"]) {
            ("a Google Contacts export", false)
        } else if has(&["given name", "family name", "group membership"]) {
            ("an older Google Contacts export", false)
        } else if has(&["first name", "e-mail address", "business phone"]) {
            ("an Outlook export", true)
        } else if is_plain(&names) {
            (PLAIN, false)
        } else {
            return None;
        };
        let columns = names.iter().map(|name| match (is_outlook, name.as_str()) {
            // "Mr", "Dr": what others call a prefix.
            (true, "title") => Column::Part(3),
            (_, name) => column(name),
        });
        let columns: Vec<Column> = columns.collect();
        let left = header.iter().zip(&columns).filter(|(name, column)| {
            // What other programs export is known, and mostly empty.
            kind == PLAIN && **column == Column::Ignored && !name.trim().is_empty()
        });
        let left = left.map(|(name, _)| name.trim().to_owned()).collect();
        Some(Table {
            kind,
            columns,
            left,
        })
    }

    /// How many columns there are.
    pub(super) fn width(&self) -> usize {
        self.columns.len()
    }
}

/// A header in small letters without spaces around it.
fn plain(name: &str) -> String {
    let name = name.trim().trim_start_matches('\u{feff}').to_lowercase();
    name.replace('_', " ")
        .trim_end_matches([':', '.'])
        .to_owned()
}

/// Whether headers of no program that is known name a person and something about them.
fn is_plain(names: &[String]) -> bool {
    let columns: Vec<Column> = names.iter().map(|name| column(name)).collect();
    let knows = |wanted: fn(&Column) -> bool| columns.iter().any(wanted);
    let is_named = knows(|column| matches!(column, Column::Name | Column::Part(0 | 1)));
    let known = columns.iter().filter(|column| **column != Column::Ignored);
    (is_named || knows(|column| *column == Column::Email)) && known.count() >= 2
}

/// What a column holds, by its header in small letters.
fn column(name: &str) -> Column {
    // "E-mail 1 - Value", "Phone 2 - Value", "Organization 1 - Title" of Google.
    if let Some((what, part)) = name.split_once(" - ") {
        let what = what.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
        return match (what, part) {
            ("e-mail", "value") => Column::Email,
            ("phone", "value") => Column::Text("TEL"),
            ("website", "value") => Column::Address("URL"),
            ("organization", "name") => Column::Text("ORG"),
            ("organization", "title") => Column::Text("TITLE"),
            _ => Column::Ignored,
        };
    }
    match name {
        "name" | "full name" | "display name" | "contact" | "contact name" | "fn" => Column::Name,
        "last name" | "lastname" | "family name" | "surname" => Column::Part(0),
        "first name" | "firstname" | "given name" => Column::Part(1),
        "middle name" | "additional name" => Column::Part(2),
        "name prefix" => Column::Part(3),
        "name suffix" | "suffix" => Column::Part(4),
        "nickname" => Column::Text("NICKNAME"),
        "email" | "e-mail" | "mail" | "email address" | "e-mail address" | "e-mail 2 address"
        | "e-mail 3 address" => Column::Email,
        "phone" | "telephone" | "tel" | "phone number" | "mobile" | "mobile phone"
        | "mobile number" | "cell" | "cell phone" | "primary phone" | "business phone"
        | "business phone 2" | "home phone" | "home phone 2" | "company main phone"
        | "other phone" => Column::Text("TEL"),
        "company" | "organization" | "organisation" | "organization name" | "organisation name"
        | "company name" | "firm" | "business" | "business name" | "employer" => {
            Column::Text("ORG")
        }
        "title" | "job title" | "job" | "role" | "position" | "organization title"
        | "occupation" | "profession" => Column::Text("TITLE"),
        "url" | "website" | "web page" | "profile" | "profiles" => Column::Address("URL"),
        "categories" | "labels" | "group membership" | "groups" | "tags" => Column::Categories,
        "hobby" | "hobbies" => Column::List("HOBBY"),
        "interests" | "interest" => Column::List("INTEREST"),
        "expertise" => Column::List("EXPERTISE"),
        "offers" => Column::List(own::OFFERS),
        "needs" => Column::List(own::NEEDS),
        "industry" | "trade" => Column::Text(own::INDUSTRY),
        "language" => Column::Text("LANG"),
        "notes" | "note" | "comment" | "comments" | "remark" | "remarks" => Column::Note,
        "connected on" => Column::Connected,
        "met" => Column::Dated(own::MET),
        "promised" => Column::Dated(own::PROMISE),
        "kept" => Column::Dated(own::KEPT),
        "days between letters" | "cadence" => Column::Text(own::CADENCE),
        "do not contact" => Column::Flag(own::DO_NOT_CONTACT),
        "uid" => Column::Address("UID"),
        _ => Column::Ignored,
    }
}
