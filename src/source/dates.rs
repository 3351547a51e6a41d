//! Dates as people write them in Hugo, Zola and Jekyll.

use std::fmt;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};

/// A day, or a moment in a day, as an author wrote it.
///
/// Without an offset it is taken as UTC: what comes out must not depend on the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    date: Date,
    time: Option<Time>,
    offset: Offset,
}

impl Moment {
    /// A whole day.
    pub fn day(date: Date) -> Self {
        Moment {
            date,
            time: None,
            offset: Offset::UTC,
        }
    }

    /// Reads `2024-03-09`, `2024-03-09 10:00`, `2024-03-09T10:00:00Z`,
    /// `2024-03-09 10:00:00 +0100` and the like (RFC 3339 and its common variations).
    ///
    /// # Errors
    /// What is wrong, in words: a date that does not exist, or text that is no date.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let split = text.find(['T', 't', ' ']).unwrap_or(text.len());
        let (day, rest) = text.split_at(split);
        let date = match parse_day(day) {
            // Words that happen to hold a `t` are shown whole.
            Err(_) if !day.starts_with(|c: char| c.is_ascii_digit()) => {
                return Err(not_a_date(text));
            }
            date => date?,
        };
        let rest = rest.get(1..).unwrap_or_default().trim();
        if rest.is_empty() {
            return Ok(Moment::day(date));
        }
        let zone = rest
            .find(['Z', 'z', '+', '-'])
            .or_else(|| rest.find(" UTC").map(|at| at + 1))
            .unwrap_or(rest.len());
        let (clock, zone) = rest.split_at(zone);
        Ok(Moment {
            date,
            time: Some(parse_clock(clock.trim())?),
            offset: parse_zone(zone.trim())?,
        })
    }

    /// Seconds since 1970-01-01T00:00:00Z; a whole day counts from its first second.
    pub fn timestamp(&self) -> i64 {
        let moment = DateTime::from_parts(self.date, self.time.unwrap_or(Time::midnight()));
        TimeZone::fixed(self.offset)
            .to_timestamp(moment)
            .map_or(i64::MAX, |timestamp| timestamp.as_second())
    }

    /// The day, as the author wrote it.
    pub fn date(&self) -> Date {
        self.date
    }

    /// As RFC 3339 has it, with a time: what feeds want.
    pub fn rfc3339(&self) -> String {
        let time = self.time.unwrap_or(Time::midnight());
        let seconds = self.offset.seconds();
        let zone = match seconds {
            0 => "Z".to_owned(),
            _ => format!(
                "{}{:02}:{:02}",
                if seconds < 0 { '-' } else { '+' },
                seconds.abs() / 3600,
                seconds.abs() / 60 % 60
            ),
        };
        format!(
            "{}T{:02}:{:02}:{:02}{zone}",
            self.date,
            time.hour(),
            time.minute(),
            time.second()
        )
    }
}

/// The shortest form that says it all: `2024-03-09`, or RFC 3339 where there is a time.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.time {
            None => self.date.fmt(f),
            Some(_) => f.write_str(&self.rfc3339()),
        }
    }
}

fn not_a_date(text: &str) -> String {
    format!("`{text}` is not a date: write it as 2024-03-09, or 2024-03-09T10:00:00Z")
}

fn parse_day(text: &str) -> Result<Date, String> {
    let separator = if text.contains('/') { '/' } else { '-' };
    let mut parts = text.split(separator);
    let mut next = |most: usize| {
        let part = parts
            .next()
            .filter(|part| (1..=most).contains(&part.len()))?;
        part.parse::<i16>()
            .ok()
            .filter(|_| part.bytes().all(|b| b.is_ascii_digit()))
    };
    let (Some(year), Some(month), Some(day)) = (next(4), next(2), next(2)) else {
        return Err(not_a_date(text));
    };
    if parts.next().is_some() || !(1000..=9999).contains(&year) {
        return Err(not_a_date(text));
    }
    if !(1..=12).contains(&month) {
        return Err(format!("there is no month {month}: a year has 12"));
    }
    let first = Date::new(year, month as i8, 1).map_err(|_| not_a_date(text))?;
    Date::new(year, month as i8, day as i8).map_err(|_| {
        format!(
            "there is no day {day} in {}: it has {} days",
            first.strftime("%B %Y"),
            first.days_in_month()
        )
    })
}

fn parse_clock(text: &str) -> Result<Time, String> {
    text.parse::<Time>().or_else(|_| {
        // Hugo's and Jekyll's "9:05": an hour of one digit.
        format!("0{text}")
            .parse::<Time>()
            .map_err(|_| format!("`{text}` is not a time of day: write it as 09:05 or 09:05:30"))
    })
}

fn parse_zone(text: &str) -> Result<Offset, String> {
    let wrong = || format!("`{text}` is not an offset from UTC: write it as Z or +01:00");
    if matches!(text, "" | "Z" | "z" | "UTC") {
        return Ok(Offset::UTC);
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes) = match digits.len() {
        1 | 2 => (digits.as_str(), "0"),
        4 => digits.split_at(2),
        _ => return Err(wrong()),
    };
    let seconds = hours.parse::<i32>().map_err(|_| wrong())? * 3600
        + minutes.parse::<i32>().map_err(|_| wrong())? * 60;
    let seconds = if text.starts_with('-') {
        -seconds
    } else {
        seconds
    };
    Offset::from_seconds(seconds).map_err(|_| wrong())
}

/// The date at the start of a file name as Jekyll has it (`2024-03-09-title`), and the rest.
pub fn split_dated_name(stem: &str) -> Option<(Moment, &str)> {
    let day = stem.get(..10)?;
    let rest = stem.get(10..)?.strip_prefix(['-', '_'])?;
    let shape = day.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    if !shape || rest.is_empty() {
        return None;
    }
    Some((Moment::parse(day).ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        Moment::parse(text).map_or_else(|wrong| wrong, |moment| moment.to_string())
    }

    #[test]
    fn what_other_tools_write_is_read() {
        assert_eq!(read("2024-03-09"), "2024-03-09");
        assert_eq!(read("2024/3/9"), "2024-03-09");
        assert_eq!(read("2024-03-09 10:00"), "2024-03-09T10:00:00Z");
        assert_eq!(read("2024-03-09T10:00:00Z"), "2024-03-09T10:00:00Z");
        assert_eq!(read("2024-03-09T10:00:00.123456Z"), "2024-03-09T10:00:00Z");
        assert_eq!(
            read("2024-03-09T10:00:00+01:00"),
            "2024-03-09T10:00:00+01:00"
        );
        assert_eq!(
            read("2024-03-09 10:00:00 -0530"),
            "2024-03-09T10:00:00-05:30"
        );
        assert_eq!(read("2024-03-09 9:05:00 UTC"), "2024-03-09T09:05:00Z");
    }

    #[test]
    fn what_does_not_exist_is_said_plainly() {
        assert_eq!(
            read("2024-02-30"),
            "there is no day 30 in February 2024: it has 29 days"
        );
        assert_eq!(read("2024-13-01"), "there is no month 13: a year has 12");
        assert_eq!(
            read("soon"),
            "`soon` is not a date: write it as 2024-03-09, or 2024-03-09T10:00:00Z"
        );
        assert!(read("2024-03-09T25:00").contains("not a time of day"));
    }

    #[test]
    fn an_offset_moves_the_moment() {
        let at = |text| Moment::parse(text).expect("valid").timestamp();
        assert_eq!(at("1970-01-01T01:00:00+01:00"), 0);
        assert_eq!(at("1970-01-02"), 86_400);
    }

    #[test]
    fn a_date_is_cut_off_a_file_name() {
        let (moment, rest) = split_dated_name("2024-03-09-hello").expect("dated");
        assert_eq!((moment.to_string().as_str(), rest), ("2024-03-09", "hello"));
        assert!(split_dated_name("2024-03-hello").is_none());
        assert!(split_dated_name("état-2024").is_none());
    }
}
