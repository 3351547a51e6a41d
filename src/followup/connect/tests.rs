//! How good the pairs are: a room full of people, and whom somebody who knows all of them would
//! bring together, judged by hand.

use jiff::Timestamp;

use super::*;
use crate::people::{Card, Entry, NewLine};

/// Name, then lines of the card.
type Somebody<'a> = (&'a str, &'a [(&'a str, &'a str)]);

const TRADE: &str = "X-GOODTURN-INDUSTRY";
const NEEDS: &str = "X-GOODTURN-NEEDS";
const OFFERS: &str = "X-GOODTURN-OFFERS";

/// The people of a chamber of commerce.
const PEOPLE: &[Somebody<'static>] = &[
    (
        "ana",
        &[
            (TRADE, "roofing"),
            (NEEDS, "a bookkeeper for the busy season"),
            ("HOBBY", "beekeeping"),
        ],
    ),
    (
        "bo",
        &[
            (TRADE, "bookkeeping"),
            ("INTEREST", "beekeeping"),
            (NEEDS, "first clients in the trades"),
        ],
    ),
    (
        "carla",
        &[
            (TRADE, "hvac"),
            ("NOTE", "Looking for apprentices, hates paperwork"),
        ],
    ),
    (
        "dan",
        &[
            ("TITLE", "Principal"),
            ("ORG", "Riverside Trade School"),
            (OFFERS, "apprentices who want a place"),
        ],
    ),
    (
        "eva",
        &[
            (TRADE, "real-estate-agency"),
            (NEEDS, "photos of houses that sell them"),
        ],
    ),
    (
        "finn",
        &[
            (TRADE, "photography"),
            ("EXPERTISE", "photos of houses and rooms"),
        ],
    ),
    (
        "gita",
        &[
            (TRADE, "restaurant"),
            (NEEDS, "bread that is baked at night"),
        ],
    ),
    (
        "hugo",
        &[
            (TRADE, "bakery"),
            (OFFERS, "bread, baked at night and brought by five"),
        ],
    ),
    ("iris", &[(TRADE, "wedding-planning"), ("HOBBY", "choir")]),
    ("jon", &[(TRADE, "florist"), ("HOBBY", "choir, running")]),
    (
        "kim",
        &[
            (TRADE, "dental-practice"),
            (NEEDS, "somebody who answers the phone over lunch"),
        ],
    ),
    (
        "lea",
        &[
            ("TITLE", "Virtual assistant"),
            (OFFERS, "answering the phone for practices"),
        ],
    ),
    (
        "max",
        &[(TRADE, "law-firm"), ("EXPERTISE", "leases of shops")],
    ),
    (
        "nora",
        &[
            (TRADE, "bookstore"),
            (
                "NOTE",
                "Her lease ends in May. Needs a lawyer who knows leases of shops.",
            ),
        ],
    ),
    (
        "omar",
        &[
            (TRADE, "nonprofit"),
            (NEEDS, "a speaker for the yearly dinner"),
        ],
    ),
    (
        "pia",
        &[
            (TRADE, "coaching"),
            (OFFERS, "a talk about listening, as speaker at dinners"),
        ],
    ),
    ("quin", &[(TRADE, "roofing"), ("HOBBY", "fishing")]),
    ("rosa", &[(TRADE, "pest-control")]),
    ("sam", &[("INTEREST", "woodturning")]),
    ("tess", &[("EXPERTISE", "woodturning"), (TRADE, "museum")]),
    ("uma", &[]),
];

/// Who should know whom: the best for each, which must come first.
const FIRST: &[(&str, &str)] = &[
    ("ana", "bo"),
    ("bo", "ana"),
    ("carla", "dan"),
    ("dan", "carla"),
    ("eva", "finn"),
    ("finn", "eva"),
    ("gita", "hugo"),
    ("hugo", "gita"),
    ("iris", "jon"),
    ("jon", "iris"),
    ("kim", "lea"),
    ("lea", "kim"),
    ("max", "nora"),
    ("nora", "max"),
    ("omar", "pia"),
    ("pia", "omar"),
    ("sam", "tess"),
    ("tess", "sam"),
];

/// Who should not be offered to each other.
const NEVER: &[(&str, &str)] = &[
    // Two of one trade, with nothing else in common.
    ("ana", "quin"),
    ("kim", "ana"),
    ("gita", "nora"),
    ("omar", "carla"),
    ("sam", "bo"),
    ("uma", "bo"),
    ("finn", "omar"),
    ("tess", "kim"),
];

fn people(all: &[Somebody<'_>]) -> Vec<Person> {
    let read = |(name, lines): &Somebody<'_>| {
        let mut card = vec![NewLine::text("FN", name)];
        for (property, value) in *lines {
            let values = value.split(", ").filter(|_| *property == "HOBBY");
            let several: Vec<NewLine> = values.map(|v| NewLine::text(property, v)).collect();
            match several.is_empty() {
                true => card.push(NewLine::text(property, value)),
                false => card.extend(several),
            }
        }
        Person::read(&format!("private/people/{name}.vcf"), Card::of(&card))
    };
    all.iter().map(read).collect()
}

/// Calls `look` with a circle of these people.
fn in_circle(people: &[Person], record: &Record, look: impl FnOnce(&Circle<'_>)) {
    let vocabulary = Vocabulary::builtin();
    look(&Circle::new(people.iter(), record, &vocabulary, "en"));
}

fn by_name<'p>(people: &'p [Person], name: &str) -> &'p Person {
    people.iter().find(|person| person.stem == name).unwrap()
}

#[test]
fn the_right_people_come_first() {
    let people = people(PEOPLE);
    in_circle(&people, &Record::default(), |circle| {
        let mut wrong = Vec::new();
        for (one, wanted) in FIRST {
            let pairs = circle.of(by_name(&people, one), 5);
            let first = pairs.first().map(|pair| pair.other.stem.as_str());
            if first != Some(*wanted) {
                let shown: Vec<_> = pairs
                    .iter()
                    .map(|p| (&p.other.stem, p.score, &p.reasons))
                    .collect();
                wrong.push(format!("{one}: not {wanted} but {shown:?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    });
}

#[test]
fn who_has_nothing_in_common_is_not_offered() {
    let people = people(PEOPLE);
    in_circle(&people, &Record::default(), |circle| {
        for (one, other) in NEVER {
            let pairs = circle.of(by_name(&people, one), usize::MAX);
            let found = pairs.iter().find(|pair| pair.other.stem == *other);
            assert!(found.is_none(), "{one} and {other}: {found:?}");
        }
        assert!(circle.is_unknown(by_name(&people, "uma")));
        assert!(!circle.is_unknown(by_name(&people, "sam")));
    });
}

#[test]
fn the_best_of_all_pairs_are_those_that_each_person_would_be_shown() {
    let people = people(PEOPLE);
    in_circle(&people, &Record::default(), |circle| {
        // Without the short cut: everybody with everybody.
        let mut all: Vec<(String, String)> = Vec::new();
        let mut pairs: Vec<Pair<'_>> = (0..people.len())
            .flat_map(|one| {
                (one + 1..people.len()).filter_map(move |other| circle.pair(one, other))
            })
            .collect();
        best_first(&mut pairs);
        let mut times: FxHashMap<&str, usize> = FxHashMap::default();
        for pair in &pairs {
            let both = [pair.one.stem.as_str(), pair.other.stem.as_str()];
            if both
                .iter()
                .all(|stem| times.get(stem).is_none_or(|n| *n < TIMES))
            {
                both.iter()
                    .for_each(|stem| *times.entry(stem).or_default() += 1);
                all.push((both[0].to_owned(), both[1].to_owned()));
            }
        }
        let best: Vec<(String, String)> = circle
            .best(8)
            .iter()
            .map(|pair| (pair.one.stem.clone(), pair.other.stem.clone()))
            .collect();
        assert_eq!(best, all[..8]);
    });
}

#[test]
fn who_was_introduced_or_wants_no_letters_is_left_out() {
    let mut people = people(PEOPLE);
    let uid = |name: &str| by_name(&people, name).uid.clone();
    let mut act = Entry::new(Timestamp::UNIX_EPOCH, Act::Introduced, uid("bo"));
    act.people.push(uid("ana"));
    let record = Record {
        entries: vec![act],
        problems: Vec::new(),
    };
    let lea = people
        .iter_mut()
        .find(|person| person.stem == "lea")
        .unwrap();
    lea.change(|card| card.push(&NewLine::text("X-GOODTURN-DO-NOT-CONTACT", "TRUE")));
    in_circle(&people, &record, |circle| {
        let shown = |name| -> Vec<&str> {
            let pairs = circle.of(by_name(&people, name), usize::MAX);
            pairs.iter().map(|pair| pair.other.stem.as_str()).collect()
        };
        assert!(!shown("ana").contains(&"bo"));
        assert!(!shown("kim").contains(&"lea"));
        assert!(
            circle
                .best(100)
                .iter()
                .all(|pair| pair.other.stem != "lea" && pair.one.stem != "lea")
        );
    });
}

#[test]
fn colleagues_know_each_other() {
    let people = people(&[
        ("a", &[("ORG", "Ruiz Roofing"), ("HOBBY", "choir")]),
        ("b", &[("ORG", "Ruiz Roofing"), ("HOBBY", "choir")]),
        ("c", &[("ORG", "Other Roofing"), ("HOBBY", "choir")]),
    ]);
    in_circle(&people, &Record::default(), |circle| {
        let pairs = circle.of(by_name(&people, "a"), 5);
        assert_eq!(pairs.len(), 1);
        assert_eq!(pairs[0].other.stem, "c");
    });
}

#[test]
fn an_event_or_a_language_alone_is_no_reason_and_strengthens_one() {
    let met = ("X-GOODTURN-MET", "2026-11-17;Chamber breakfast");
    let alone = people(&[("a", &[met, ("LANG", "es")]), ("b", &[met, ("LANG", "es")])]);
    in_circle(&alone, &Record::default(), |circle| {
        assert!(circle.of(&alone[0], 5).is_empty());
    });
    let hobby = ("HOBBY", "sailing");
    let more = people(&[
        ("a", &[met, ("LANG", "es"), hobby]),
        ("b", &[hobby]),
        ("c", &[met, ("LANG", "es-MX"), hobby]),
        ("d", &[("LANG", "de"), hobby]),
    ]);
    in_circle(&more, &Record::default(), |circle| {
        let pairs = circle.of(&more[0], 5);
        let order: Vec<&str> = pairs.iter().map(|pair| pair.other.stem.as_str()).collect();
        assert_eq!(order, ["c", "b", "d"]);
    });
}
