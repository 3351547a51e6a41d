//! Days to write to somebody as a calendar (iCalendar, RFC 5545): an entry for the whole day each.

use jiff::civil::Date;

use super::NewLine;
use super::due::Due;
use super::person::made_uid;

/// What an entry says beyond the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event<'a> {
    /// Whom it is about, why and when.
    pub due: &'a Due<'a>,
    /// A piece to give, in words with its address, if one fits.
    pub piece: Option<String>,
}

/// The calendar: lines end with CR LF and are folded at 75 octets; the same events give the same
/// bytes and the same identifiers, so that a calendar program that reads it again changes entries
/// instead of adding them. What has no day is put on `today`.
pub fn calendar(events: &[Event<'_>], today: Date) -> String {
    let mut lines = vec![
        NewLine::address("BEGIN", "VCALENDAR"),
        NewLine::address("VERSION", "2.0"),
        NewLine::address("PRODID", "-//Goodturn//Follow-ups//EN"),
        NewLine::address("CALSCALE", "GREGORIAN"),
        NewLine::address("METHOD", "PUBLISH"),
    ];
    for event in events {
        lines.extend(entry(event, today));
    }
    lines.push(NewLine::address("END", "VCALENDAR"));
    lines.iter().map(|line| line.folded("\r\n")).collect()
}

fn entry(event: &Event<'_>, today: Date) -> Vec<NewLine> {
    let due = event.due;
    let on = due.on.unwrap_or(today);
    let day = on.strftime("%Y%m%d").to_string();
    // What makes it this entry and no other: it moves when the day moves.
    let promise = match due.why {
        super::due::Why::Promise(what) => what,
        _ => "",
    };
    let uid = made_uid(&format!(
        "{}\n{}\n{promise}",
        due.person.uid,
        due.why.name()
    ));
    let summary = match due.why {
        super::due::Why::Promise(_) => format!("Keep a promise: {}", due.person.name),
        _ => format!("Follow up: {}", due.person.name),
    };
    let mut description = due.why.words();
    if let Some(piece) = &event.piece {
        description.push_str("\nTo give: ");
        description.push_str(piece);
    }
    vec![
        NewLine::address("BEGIN", "VEVENT"),
        NewLine::address("UID", &uid),
        // When this entry was made does not matter, and a clock would change every byte.
        NewLine::address("DTSTAMP", &format!("{day}T000000Z")),
        NewLine::address("DTSTART;VALUE=DATE", &day),
        NewLine::text("SUMMARY", &summary),
        NewLine::text("DESCRIPTION", &description),
        NewLine::address("TRANSP", "TRANSPARENT"),
        NewLine::address("CLASS", "PRIVATE"),
        NewLine::address("END", "VEVENT"),
    ]
}
