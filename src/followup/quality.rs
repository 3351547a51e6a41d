//! How good the choice is: queries and people over the sample library, each with the pieces that
//! somebody who knows it would give, judged by hand.
//!
//! Measured as nDCG at five (Järvelin and Kekäläinen, Cumulated gain-based evaluation of IR
//! techniques, ACM Transactions on Information Systems 20(4), 2002), gain 2^grade − 1, and as the
//! mean reciprocal rank of the first piece of the best grade.

use std::path::Path;

use jiff::civil::date;

use super::find::{Query, find};
use super::index::{Bytes, Index};
use super::rank::Ranking;
use super::shelf::load;
use super::wanted::{Clue, Origin, Wanted};
use crate::config::Folders;
use crate::library::vocabulary::Vocabulary;
use crate::workspace::Workspace;

/// 2026-11-24.
const NOW: i64 = 1_795_478_400;

/// What is typed, and the pieces by grade: 3 is what was meant, 1 is of use as well.
const QUERIES: &[(&str, &[(&str, u32)])] = &[
    (
        "slow season",
        &[
            ("articles/hvac-slow-season.md", 3),
            ("articles/landscaping-winter.md", 1),
        ],
    ),
    ("no-shows", &[("articles/restaurant-no-shows.md", 3)]),
    ("food cost", &[("articles/restaurant-food-cost.md", 3)]),
    (
        "realtor",
        &[
            ("articles/real-estate-after-closing.md", 3),
            ("links/cfpb-homes.md", 2),
        ],
    ),
    (
        "dentist",
        &[
            ("articles/dental-recall.md", 3),
            ("links/mouthhealthy.md", 3),
        ],
    ),
    ("thank donors", &[("articles/nonprofit-thank-you.md", 3)]),
    ("estimates", &[("articles/auto-repair-estimates.md", 3)]),
    ("vehicle recalls", &[("links/nhtsa-recalls.md", 3)]),
    ("hail storm", &[("articles/roofing-after-the-storm.md", 3)]),
    (
        "introducing two people",
        &[
            ("articles/introductions.md", 3),
            ("articles/becoming-a-connector.md", 1),
        ],
    ),
    ("breakfast", &[("articles/hosting-a-breakfast.md", 3)]),
    (
        "writing to a senior person",
        &[("articles/following-up-with-somebody-senior.md", 3)],
    ),
    (
        "passwords backups",
        &[
            ("files/it-client-first-thirty-days.md", 3),
            ("articles/it-security-checklist.md", 3),
            ("links/cisa-secure-our-world.md", 1),
        ],
    ),
    (
        "hiring employees",
        &[
            ("links/eeoc-small-business.md", 3),
            ("links/sba-business-guide.md", 1),
        ],
    ),
    ("mentor", &[("links/score.md", 3)]),
    ("tax-exempt status", &[("links/irs-charities.md", 3)]),
    (
        "accessibility of websites",
        &[("links/w3c-accessibility.md", 3)],
    ),
    (
        "association budget",
        &[
            ("files/association-first-year-budget.md", 3),
            ("books/starting-an-association", 2),
            ("articles/starting-a-business-association.md", 1),
            ("articles/keeping-an-association-alive.md", 1),
        ],
    ),
    ("irrigation leaks", &[("links/epa-watersense.md", 3)]),
    (
        "reservas restaurante",
        &[("articles/restaurant-no-shows.es.md", 3)],
    ),
    (
        "message de suivi",
        &[("articles/the-follow-up-that-helps.fr.md", 3)],
    ),
    (
        "client intake cal",
        &[("articles/law-firm-intake-call.md", 3)],
    ),
    (
        "remember names notes",
        &[
            ("articles/remembering-people.md", 3),
            ("articles/listening.md", 1),
            ("files/follow-up-worksheet.md", 1),
        ],
    ),
    (
        "testimonials advertising rules",
        &[("links/ftc-business-guidance.md", 3)],
    ),
];

/// Somebody: the trade, then clues.
type Somebody = (&'static str, &'static [(Origin, &'static str)]);

const NOTED: Origin = Origin::Note(Some(date(2026, 11, 3)));
const PROMISED: Origin = Origin::Promised(Some(date(2026, 11, 17)));

/// People, and what to give to them.
const PEOPLE: &[(Somebody, &[(&str, u32)])] = &[
    (
        (
            "hvac",
            &[(
                NOTED,
                "Dreads April and October, when the phone stops. Slow season every year, wants to fill it.",
            )],
        ),
        &[
            ("articles/hvac-slow-season.md", 3),
            ("links/energy-star-heating-cooling.md", 2),
            ("links/osha-fall-protection.md", 1),
        ],
    ),
    (
        (
            "roofing",
            &[(
                NOTED,
                "crews chase every storm, worried about falls from the ladder",
            )],
        ),
        &[
            ("articles/roofing-after-the-storm.md", 3),
            ("links/osha-fall-protection.md", 3),
        ],
    ),
    (
        (
            "dental-practice",
            &[(PROMISED, "the worksheet for following up")],
        ),
        &[
            ("files/follow-up-worksheet.md", 3),
            ("articles/dental-recall.md", 2),
            ("links/mouthhealthy.md", 2),
        ],
    ),
    (
        (
            "restaurant",
            &[(NOTED, "margins are thin, food cost went up again")],
        ),
        &[
            ("articles/restaurant-food-cost.md", 3),
            ("articles/restaurant-no-shows.md", 2),
            ("links/food-safety.md", 1),
        ],
    ),
    (
        (
            "florist",
            &[(Origin::Interest, "starting an association of shop owners")],
        ),
        &[
            ("articles/starting-a-business-association.md", 3),
            ("books/starting-an-association", 3),
            ("articles/keeping-an-association-alive.md", 1),
            ("files/association-first-year-budget.md", 1),
        ],
    ),
    (
        (
            "accounting",
            &[(
                NOTED,
                "clients always send their papers late, chaos at year-end",
            )],
        ),
        &[
            ("articles/accounting-year-end-letter.md", 3),
            ("links/irs-small-business.md", 1),
        ],
    ),
    (
        (
            "it-services",
            &[(Origin::Need, "a checklist for taking over a new client")],
        ),
        &[
            ("files/it-client-first-thirty-days.md", 3),
            ("articles/it-security-checklist.md", 2),
            ("links/cisa-secure-our-world.md", 1),
        ],
    ),
    (
        (
            "nonprofit",
            &[(
                NOTED,
                "new treasurer, must understand receipts and annual filings",
            )],
        ),
        &[
            ("links/irs-charities.md", 3),
            ("files/association-first-year-budget.md", 2),
            ("articles/nonprofit-thank-you.md", 2),
        ],
    ),
    (
        (
            "",
            &[(
                NOTED,
                "shy, hates small talk, wants better questions to ask at events",
            )],
        ),
        &[
            ("articles/better-questions.md", 3),
            ("books/serve-first", 2),
            ("articles/listening.md", 1),
            ("articles/hosting-a-breakfast.md", 1),
        ],
    ),
    (
        ("", &[(Origin::About, "introduce two friends")]),
        &[
            ("articles/introductions.md", 3),
            ("articles/becoming-a-connector.md", 2),
        ],
    ),
    (
        (
            "plumbing",
            &[(Origin::About, "customers with high water bills")],
        ),
        &[("links/epa-watersense.md", 3)],
    ),
    (
        ("construction", &[]),
        &[
            ("articles/hvac-slow-season.md", 2),
            ("articles/roofing-after-the-storm.md", 2),
            ("links/osha-fall-protection.md", 2),
            ("links/energy-star-heating-cooling.md", 1),
            ("links/epa-watersense.md", 1),
        ],
    ),
    (
        (
            "coaching",
            &[
                (Origin::Interest, "listening"),
                (NOTED, "gives free first calls that lead nowhere"),
            ],
        ),
        &[
            ("articles/coaching-first-conversation.md", 3),
            ("articles/listening.md", 2),
            ("links/ftc-business-guidance.md", 1),
            ("articles/better-questions.md", 1),
        ],
    ),
    (
        (
            "real-estate-agency",
            &[(NOTED, "buyers disappear after closing")],
        ),
        &[
            ("articles/real-estate-after-closing.md", 3),
            ("links/cfpb-homes.md", 2),
        ],
    ),
];

fn index() -> Bytes {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let workspace = Workspace::open(Folders::new(root, None)).unwrap();
    let (library, problems) = load(&workspace.unwrap(), true).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    Bytes::build(&library, 0, None).unwrap()
}

/// Gives nDCG at five and the reciprocal rank of the first piece of the best grade.
fn quality(shown: &[&str], wanted: &[(&str, u32)]) -> (f64, f64) {
    let gain = |grade: u32| f64::from((1_u32 << grade) - 1);
    let discount = |at: usize| (at as f64 + 2.0).log2();
    let grade = |path: &str| {
        wanted
            .iter()
            .find(|(own, _)| *own == path)
            .map_or(0, |(_, g)| *g)
    };
    let shown: Vec<u32> = shown.iter().take(5).map(|path| grade(path)).collect();
    let mut ideal: Vec<u32> = wanted.iter().map(|(_, grade)| *grade).collect();
    ideal.sort_unstable_by(|a, b| b.cmp(a));
    let sum = |grades: &[u32]| -> f64 {
        let grades = grades.iter().take(5).enumerate();
        grades.map(|(at, grade)| gain(*grade) / discount(at)).sum()
    };
    let best = ideal.first().copied().unwrap_or_default();
    let first = shown.iter().position(|grade| *grade == best);
    (
        sum(&shown) / sum(&ideal),
        first.map_or(0.0, |at| 1.0 / (at as f64 + 1.0)),
    )
}

fn mean(what: &str, all: &[(String, (f64, f64))]) -> (f64, f64) {
    for (name, (ndcg, rank)) in all {
        println!("{ndcg:.2} {rank:.2} {name}");
    }
    let count = all.len() as f64;
    let ndcg = all.iter().map(|(_, (ndcg, _))| ndcg).sum::<f64>() / count;
    let rank = all.iter().map(|(_, (_, rank))| rank).sum::<f64>() / count;
    println!("{what}: nDCG@5 {ndcg:.3}, MRR {rank:.3}");
    (ndcg, rank)
}

#[test]
fn what_is_looked_for_is_found_first() {
    let bytes = index();
    let (index, vocabulary) = (bytes.index().unwrap(), Vocabulary::builtin());
    let all: Vec<_> = QUERIES
        .iter()
        .map(|(words, wanted)| {
            let query = Query {
                words,
                now: NOW,
                ..Query::default()
            };
            let answer = find(&index, &vocabulary, &query);
            let shown: Vec<&str> = answer
                .found
                .iter()
                .map(|found| found.piece.path())
                .collect();
            let top = shown.iter().take(4).copied().collect::<Vec<_>>().join(" ");
            (format!("{words}: {top}"), quality(&shown, wanted))
        })
        .collect();
    let (ndcg, rank) = mean("queries", &all);
    assert!(ndcg >= 0.94 && rank >= 0.94, "{ndcg} {rank}");
}

fn suggested<'a>(
    index: Index<'a>,
    vocabulary: &'a Vocabulary,
    (trade, clues): &Somebody,
) -> Vec<&'a str> {
    let wanted = Wanted {
        industry: vocabulary.resolve(trade),
        clues: clues
            .iter()
            .map(|(origin, text)| Clue {
                origin: *origin,
                text: (*text).to_owned(),
            })
            .collect(),
        ..Wanted::default()
    };
    let ranking = Ranking::new(index, vocabulary, "en", NOW);
    let choice = ranking.choose(&wanted, 5);
    choice
        .suggestions
        .iter()
        .map(|one| one.piece.path())
        .collect()
}

#[test]
fn people_are_given_what_helps_them() {
    let bytes = index();
    let (index, vocabulary) = (bytes.index().unwrap(), Vocabulary::builtin());
    let all: Vec<_> = PEOPLE
        .iter()
        .map(|(somebody, wanted)| {
            let shown = suggested(index, &vocabulary, somebody);
            let name = format!(
                "{} {:?}: {}",
                somebody.0,
                somebody.1.first().map(|c| c.1),
                shown.join(" ")
            );
            (name, quality(&shown, wanted))
        })
        .collect();
    let (ndcg, rank) = mean("people", &all);
    assert!(ndcg >= 0.92 && rank >= 0.92, "{ndcg} {rank}");
}

#[test]
fn each_word_of_a_person_is_worth_something() {
    // A choice that did not look at the words would pass by trade alone.
    let bytes = index();
    let (index, vocabulary) = (bytes.index().unwrap(), Vocabulary::builtin());
    let with_words = PEOPLE.iter().filter(|((_, clues), _)| !clues.is_empty());
    let better = with_words.filter(|((trade, clues), wanted)| {
        let (with, _) = quality(&suggested(index, &vocabulary, &(trade, clues)), wanted);
        let (without, _) = quality(&suggested(index, &vocabulary, &(trade, &[])), wanted);
        with > without
    });
    assert!(better.count() >= 7);
}
