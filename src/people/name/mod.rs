//! A name taken apart, to greet somebody by it: `Dr. Ana Ruiz, MBA` is Ana, and so is `RUIZ, Ana`.
//!
//! Names follow no rule that holds everywhere. What is not sure here is left whole: a letter then
//! greets by the full name, which is stiff and never wrong.

mod case;
mod words;

use super::card::NewLine;
use words::{
    is_company, is_conjunction, is_initial, is_name, is_ornament, is_particle, is_prefix, is_role,
    is_suffix, is_title, starts_large,
};

/// The parts of a name, as they were written (RFC 6350, section 6.2.2).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// `van der Berg`.
    pub family: String,
    /// `Jan`.
    pub given: String,
    /// Initials between them: `M.`
    pub additional: String,
    /// `Prof. Dr.`
    pub prefix: String,
    /// `Jr.`, `PhD, MBA`.
    pub suffix: String,
}

impl Parts {
    /// The parts of a name that is written as one; nothing where they are not sure.
    pub fn of(name: &str) -> Option<Parts> {
        let read = Read::of(name);
        let (given, family) = read.sure?;
        Some(Parts {
            family,
            given,
            additional: read.additional,
            prefix: read.prefix,
            suffix: read.suffix,
        })
    }

    /// The parts as a card has them, in the order of RFC 6350, section 6.2.2.
    pub fn line(&self) -> NewLine {
        let parts = [
            &self.family,
            &self.given,
            &self.additional,
            &self.prefix,
            &self.suffix,
        ];
        NewLine::parts("N", &parts.map(String::as_str), ';')
    }

    /// The same for a name whose given name the user says: what else is in it is the family name.
    pub fn with_given(name: &str, given: &str) -> Parts {
        let given = tidy(given);
        let read = Read::of(name);
        let whole = format!(" {} ", read.whole);
        let rest = whole.replacen(&format!(" {given} "), " ", 1);
        match Parts::of(name) {
            Some(parts) if parts.given == given || rest == whole => Parts { given, ..parts },
            _ => Parts {
                family: match rest == whole {
                    true => String::new(),
                    false => tidy(&rest),
                },
                given,
                additional: String::new(),
                prefix: read.prefix,
                suffix: read.suffix,
            },
        }
    }
}

/// What somebody is called in a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Called {
    /// The given name; the full name where it is not sure which part of it that is.
    pub given: String,
    /// The full name in the order in which it is said, with titles, without what follows it:
    /// `Dr. Ana Ruiz`.
    pub full: String,
    /// The same with what follows it: `Dr. Ana Ruiz, MBA`.
    pub name: String,
}

impl Called {
    /// What to call somebody whose card says `name`, and perhaps `given` and `family` name apart.
    /// A name that is the `company`'s is nobody's.
    pub fn of(
        name: &str,
        given: Option<&str>,
        family: Option<&str>,
        company: Option<&str>,
    ) -> Called {
        let name = tidy(name);
        if company.is_some_and(|company| tidy(company).eq_ignore_ascii_case(&name)) {
            return Called {
                given: name.clone(),
                full: name.clone(),
                name,
            };
        }
        let read = Read::of(&name);
        let said = match (given, family) {
            (Some(given), Some(family)) => Some((given_alone(given), family_alone(family))),
            // All of it in the field of the given name, as some phones do.
            (Some(given), None) => Read::of(given).sure,
            (None, _) => read.sure.clone(),
        };
        let (given, family) = said.unwrap_or_default();
        // A name with a comma in it that was not understood, and whose parts are known.
        let is_split = read.sure.is_none() && name.contains(',') && !given.is_empty();
        let whole = match is_split || read.whole.is_empty() {
            true => joined(&[&given, &family]),
            false => read.whole,
        };
        let is_shouted = case::is_shouted(&whole);
        let spoken = |text: &str| match is_shouted {
            true => case::softened(text),
            false => text.to_owned(),
        };
        let full = spoken(&joined(&[&read.prefix, &whole]));
        let given = match given.is_empty() {
            true => full.clone(),
            false => spoken(&given),
        };
        let name = match (
            read.is_turned || is_split || is_shouted,
            read.suffix.as_str(),
        ) {
            (false, _) => name,
            (true, "") => full.clone(),
            (true, suffix) => format!("{full}, {suffix}"),
        };
        Called { given, full, name }
    }
}

/// A name as far as it was understood.
#[derive(Default)]
struct Read {
    prefix: String,
    suffix: String,
    additional: String,
    /// Given and family name, where they are sure. The family name may be empty.
    sure: Option<(String, String)>,
    /// The name in the order in which it is said, without titles and what follows it.
    whole: String,
    /// Whether the family name was written first, before a comma.
    is_turned: bool,
}

impl Read {
    fn of(name: &str) -> Read {
        let plain = without_asides(name);
        let mut segments: Vec<&str> = plain.split(',').map(str::trim).collect();
        segments.retain(|segment| !segment.is_empty());
        let Some((main, rest)) = segments.split_first() else {
            return Read::unsure(name);
        };
        let is_after = |segment: &&&str| is_title(segment, main);
        let turned = match rest.first() {
            Some(first) if !is_after(&first) => Some(*first),
            _ => None,
        };
        let after: Vec<&str> = rest.iter().skip(turned.iter().len()).copied().collect();
        if !after.iter().all(|segment| is_title(segment, main)) {
            return Read::unsure(name);
        }
        let mut read = match turned {
            Some(given) => match Read::turned(main, given) {
                Some(read) => read,
                None => return Read::unsure(name),
            },
            None => Read::straight(main, after.is_empty()),
        };
        let mut suffixes: Vec<&str> = vec![&read.suffix];
        suffixes.extend(after);
        suffixes.retain(|suffix| !suffix.is_empty());
        read.suffix = suffixes.join(", ");
        read
    }

    fn unsure(name: &str) -> Read {
        Read {
            whole: tidy(name),
            ..Read::default()
        }
    }

    /// `van der Berg, Jan`. Two words before the comma may be a whole name with a trade after it.
    fn turned(family: &str, given: &str) -> Option<Read> {
        let (prefix, names, suffix) = edges(given)?;
        let (given, initials) = given_and_initials(&names);
        let family: Vec<&str> = family.split(' ').collect();
        let plain = family.iter().filter(|word| !is_particle(word)).count();
        let is_sure = plain == 1
            && family.iter().all(|word| is_name(word))
            && given
                .iter()
                .all(|word| is_name(word) && !is_role(word) && !is_company(word))
            && given
                .first()
                .is_some_and(|word| starts_large(word) && !is_initial(word));
        is_sure.then(|| Read {
            whole: joined(&[&given.join(" "), &initials.join(" "), &family.join(" ")]),
            sure: Some((given.join(" "), family.join(" "))),
            additional: initials.join(" "),
            prefix,
            suffix,
            is_turned: true,
        })
    }

    /// `Dr. Jan van der Berg Jr.`; `ends` says that no degree follows after a comma.
    fn straight(main: &str, ends: bool) -> Read {
        let Some((prefix, names, suffix)) = edges(main) else {
            return Read::unsure(main);
        };
        let is_alone = prefix.is_empty() && suffix.is_empty() && ends;
        let sure = sure(&names, is_alone);
        let (_, initials) = without_initials(&names);
        Read {
            whole: names.join(" "),
            additional: initials.join(" "),
            sure,
            prefix,
            suffix,
            is_turned: false,
        }
    }
}

/// Given and family name, where the words leave no doubt.
fn sure(names: &[&str], is_alone: bool) -> Option<(String, String)> {
    let odd = |word: &&str| !is_name(word) || is_company(word) || is_conjunction(word);
    if names.iter().any(odd) {
        return None;
    }
    let (kept, _) = without_initials(names);
    let (first, rest) = kept.split_first()?;
    if !starts_large(first) || is_initial(first) {
        return None;
    }
    let Some(second) = rest.first() else {
        // A name alone is what they are called, unless it comes with a title.
        return is_alone.then(|| ((*first).to_owned(), String::new()));
    };
    let is_all = |words: &[&str]| words.iter().all(|word| case::is_capitals(word));
    // `DUPONT Jean`, as the French write lists, beside `JP Morgan`.
    if case::is_capitals(first) && !is_all(rest) && !case::is_short_form(first) {
        let is_given = rest.len() == 1 && first.chars().count() > 2;
        return is_given.then(|| ((*second).to_owned(), (*first).to_owned()));
    }
    let is_marked = is_all(rest) && !case::is_capitals(first);
    let is_family = rest.len() == 1 || is_particle(second) || is_marked;
    is_family.then(|| ((*first).to_owned(), rest.join(" ")))
}

/// Titles before the names, the names, and what follows them without a comma; nothing where no
/// name is left.
fn edges(text: &str) -> Option<(String, Vec<&str>, String)> {
    let mut words: Vec<&str> = text.split(' ').filter(|word| !is_ornament(word)).collect();
    let before = words.iter().take_while(|word| is_prefix(word)).count();
    let prefix = words.drain(..before).collect::<Vec<_>>().join(" ");
    let after = words.iter().rev().take_while(|word| is_suffix(word));
    let after = words.len() - after.count();
    let suffix = words.split_off(after).join(" ");
    (!words.is_empty()).then_some((prefix, words, suffix))
}

/// The words without the initials between the first and the last, and those initials.
fn without_initials<'a>(words: &[&'a str]) -> (Vec<&'a str>, Vec<&'a str>) {
    let [first, between @ .., last] = words else {
        return (words.to_vec(), Vec::new());
    };
    let (initials, kept): (Vec<&str>, Vec<&str>) =
        between.iter().copied().partition(|word| is_initial(word));
    let kept = std::iter::once(*first).chain(kept).chain([*last]);
    (kept.collect(), initials)
}

/// Given names without the initials after the first of them, and those initials.
fn given_and_initials<'a>(words: &[&'a str]) -> (Vec<&'a str>, Vec<&'a str>) {
    let is_after = |(at, word): &(usize, &str)| *at > 0 && is_initial(word);
    let (initials, kept): (Vec<_>, Vec<_>) = words.iter().copied().enumerate().partition(is_after);
    let bare = |words: Vec<(usize, &'a str)>| words.into_iter().map(|(_, word)| word).collect();
    (bare(kept), bare(initials))
}

/// The given name of a field that should hold nothing else: `Dr. Ana`, `Mary J.`, `Ana (she/her)`.
/// Empty where it holds no more than initials, or no name at all.
fn given_alone(field: &str) -> String {
    let plain = without_asides(field);
    let main = plain.split(',').next().unwrap_or_default().trim();
    let Some((_, names, _)) = edges(main) else {
        return String::new();
    };
    let (given, _) = given_and_initials(&names);
    match given.first() {
        Some(first) if !is_initial(first) => given.join(" "),
        _ => String::new(),
    }
}

/// A family name without degrees after a comma.
fn family_alone(field: &str) -> String {
    let plain = without_asides(field);
    tidy(plain.split(',').next().unwrap_or_default())
}

/// Text without what stands in brackets or quotation marks, and without doubled spaces.
fn without_asides(text: &str) -> String {
    const MARKS: [(char, char); 5] = [('(', ')'), ('[', ']'), ('"', '"'), ('“', '”'), ('«', '»')];
    let mut plain = text.to_owned();
    for (open, close) in MARKS {
        while let Some((before, rest)) = plain.split_once(open)
            && let Some((_, after)) = rest.split_once(close)
        {
            plain = format!("{before} {after}");
        }
    }
    tidy(&plain)
}

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn joined(parts: &[&str]) -> String {
    let parts = parts.iter().copied().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
