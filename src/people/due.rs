//! Who is to hear from the user, and since when.
//!
//! A promise that was not kept is due from the day it was made. A meeting is followed up two
//! days after it, unless there was contact since; from then on a person's own cadence counts, from
//! the last contact or meeting. Who asked to be left alone is never due.

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Span, Timestamp};

use super::{People, Person, Record};

/// How many days after a meeting to write.
const AFTER_MEETING: i64 = 2;

/// Somebody who is to hear from the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due<'a> {
    /// Who.
    pub person: &'a Person,
    /// Since when, or from when on. Nothing where the card does not tell.
    pub on: Option<Date>,
    /// Why.
    pub why: Why<'a>,
}

/// Why somebody is to hear from the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why<'a> {
    /// Something was promised, and not kept yet.
    Promise(&'a str),
    /// They met, and there was no contact since.
    Met(&'a str, Date),
    /// It was too long ago: the cadence in days, and the last contact or meeting.
    Cadence(u32, Option<Date>),
}

impl Why<'_> {
    /// In words: "you promised: the checklist".
    pub fn words(&self) -> String {
        match self {
            Why::Promise(what) => format!("you promised: {what}"),
            Why::Met("", date) => format!("you met on {date}"),
            Why::Met(place, date) => format!("you met at {place} on {date}"),
            Why::Cadence(days, Some(last)) => {
                format!("every {days} days; the last contact was on {last}")
            }
            Why::Cadence(days, None) => format!("every {days} days; no contact yet"),
        }
    }

    /// One word for it: `promise`, `met`, `cadence`.
    pub fn name(&self) -> &'static str {
        match self {
            Why::Promise(_) => "promise",
            Why::Met(..) => "met",
            Why::Cadence(..) => "cadence",
        }
    }
}

/// Everybody for whom there is a day to write, past or to come: promises first, then by day.
/// `today` is needed to leave out what the ledger says of days that are still to come, where a
/// clock was wrong.
pub fn agenda<'a>(people: &'a People, record: &Record, today: Date) -> Vec<Due<'a>> {
    let contacts = contacts(record, today);
    let mut agenda: Vec<Due<'a>> = Vec::new();
    for person in people.iter().filter(|person| !person.do_not_contact) {
        let promises = person.promises.iter().map(|promise| Due {
            person,
            on: promise.date,
            why: Why::Promise(&promise.text),
        });
        agenda.extend(promises);
        if person.promises.is_empty() {
            let last = contacts.get(person.uid.as_str()).copied();
            agenda.extend(next(person, last));
        }
    }
    let is_promise = |due: &Due| matches!(due.why, Why::Promise(_));
    // The order of the files stays between those of one day.
    agenda.sort_by_key(|due| (!is_promise(due), due.on));
    agenda
}

impl Due<'_> {
    /// Whether it is due on a day.
    pub fn by(&self, day: Date) -> bool {
        self.on.is_none_or(|on| on <= day)
    }
}

/// The next time to write to somebody to whom nothing is promised.
fn next(person: &Person, last: Option<Date>) -> Option<Due<'_>> {
    let met = person.met.iter().filter(|met| met.date.is_some());
    let met = met.max_by_key(|met| met.date);
    if let Some(met) = met
        && let Some(date) = met.date
        && last.is_none_or(|last| last < date)
    {
        return Some(Due {
            person,
            on: Some(later(date, AFTER_MEETING)),
            why: Why::Met(&met.text, date),
        });
    }
    let days = person.cadence?;
    Some(Due {
        person,
        on: last.map(|last| later(last, days.into())),
        why: Why::Cadence(days, last),
    })
}

/// The day of the last contact with each, by UID.
fn contacts(record: &Record, today: Date) -> rustc_hash::FxHashMap<&str, Date> {
    let mut contacts = rustc_hash::FxHashMap::default();
    let entries = record.entries.iter();
    for entry in entries.filter(|entry| entry.act.is_contact()) {
        let date = day(entry.at);
        for uid in entry.people.iter().filter(|_| date <= today) {
            let last = contacts.entry(uid.as_str()).or_insert(date);
            *last = date.max(*last);
        }
    }
    contacts
}

/// The day of a moment, in UTC like every other date of Goodturn.
pub fn day(moment: Timestamp) -> Date {
    Offset::UTC.to_datetime(moment).date()
}

/// A day some days later; the last that there is where a calendar ends before it.
fn later(date: Date, days: i64) -> Date {
    let span = Span::new().try_days(days);
    let day = span.and_then(|span| date.checked_add(span));
    day.unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::{Act, Entry};
    use jiff::civil::date;

    fn people(cards: &[(&str, &str)]) -> (tempfile::TempDir, People) {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("private/people");
        std::fs::create_dir_all(&folder).unwrap();
        for (stem, lines) in cards {
            let text =
                format!("BEGIN:VCARD\nVERSION:4.0\nUID:{stem}\nFN:{stem}\n{lines}\nEND:VCARD\n");
            std::fs::write(folder.join(format!("{stem}.vcf")), text).unwrap();
        }
        let (people, problems) = People::open(&dir.path().join("private"));
        assert_eq!(problems, []);
        (dir, people)
    }

    fn act(day: &str, act: Act, uid: &str) -> Entry {
        Entry::new(format!("{day}T12:00:00Z").parse().unwrap(), act, uid)
    }

    #[test]
    fn promises_first_then_the_longest_overdue() {
        let met = "X-GOODTURN-MET:2026-11-17;Chamber breakfast";
        let (_dir, people) = people(&[
            (
                "alone",
                "X-GOODTURN-MET:2026-11-01;x\nX-GOODTURN-DO-NOT-CONTACT:TRUE",
            ),
            ("cadence", "X-GOODTURN-CADENCE:30"),
            ("met", met),
            ("never", "X-GOODTURN-CADENCE:9"),
            ("nothing", "NOTE:x"),
            (
                "promised",
                &format!("{met}\nX-GOODTURN-PROMISE:2026-11-17;the list"),
            ),
            ("written", met),
        ]);
        let record = Record {
            entries: vec![
                act("2026-10-20", Act::Sent, "cadence"),
                act("2026-10-02", Act::Replied, "cadence"),
                act("2026-11-18", Act::Sent, "written"),
                act("2026-11-18", Act::Drafted, "met"),
                act("2026-11-18", Act::Promised, "met"),
                act("2031-01-01", Act::Sent, "met"),
            ],
            problems: Vec::new(),
        };
        let agenda = agenda(&people, &record, date(2026, 11, 24));
        let told: Vec<(&str, Option<Date>, &str)> = agenda
            .iter()
            .map(|due| (due.person.stem.as_str(), due.on, due.why.name()))
            .collect();
        assert_eq!(
            told,
            [
                ("promised", Some(date(2026, 11, 17)), "promise"),
                ("never", None, "cadence"),
                ("cadence", Some(date(2026, 11, 19)), "cadence"),
                ("met", Some(date(2026, 11, 19)), "met"),
            ]
        );
        assert!(agenda.iter().all(|due| due.by(date(2026, 11, 19))));
        assert!(!agenda[3].by(date(2026, 11, 18)));
    }

    #[test]
    fn no_day_overflows() {
        let (_dir, people) = people(&[
            ("a", "X-GOODTURN-MET:9999-12-31;end"),
            ("b", "X-GOODTURN-CADENCE:4294967295"),
        ]);
        let record = Record {
            entries: vec![act("2026-11-01", Act::Sent, "b")],
            problems: Vec::new(),
        };
        let agenda = agenda(&people, &record, date(2026, 11, 24));
        assert_eq!(agenda.len(), 2);
        assert!(!agenda.iter().any(|due| due.by(date(2099, 1, 1))));
    }
}
