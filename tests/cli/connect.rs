//! Whom to bring together, from the cards alone.

use super::*;

/// A library with people who could help each other, and one of whom nothing is known.
fn with_people() -> Desk {
    let desk = Desk::library(&[]);
    let add = |args: &[&str]| desk.run(&[&["people", "add"], args].concat()).fine();
    add(&[
        "Ana Ruiz",
        "--email",
        "ana@ruiz.example",
        "--industry",
        "roofing",
        "--needs",
        "a bookkeeper for the busy season",
        "--hobby",
        "beekeeping",
        "--met",
        "Chamber breakfast",
        "--on",
        "2026-01-01",
    ]);
    add(&[
        "Bo Li",
        "--email",
        "bo@li.example",
        "--company",
        "Li Bookkeeping",
        "--interest",
        "beekeeping",
        "--met",
        "Chamber Breakfast",
        "--on",
        "2026-01-01",
    ]);
    add(&[
        "Carla Fox",
        "--email",
        "carla@fox.example",
        "--industry",
        "hvac",
    ]);
    add(&["Dan Moe", "--email", "dan@moe.example"]);
    desk
}

#[test]
fn it_says_who_could_help_whom_and_why() {
    let desk = with_people();
    insta::assert_snapshot!(desk.run(&["connect", "ana"]).fine(), @r#"
    For Ana Ruiz (roofing):

    1. Bo Li (bookkeeping?)
       Ana looks for "a bookkeeper for the busy season": that is Bo's trade,
         Bookkeeping
       both like beekeeping
       both were at Chamber breakfast
       goodturn introduce ana-ruiz bo-li

    2. Carla Fox (hvac)
       both have customers among people with a house to keep up, and can send them
         to each other
       goodturn introduce ana-ruiz carla-fox
    "#);
    insta::assert_snapshot!(desk.run(&["connect", "-n", "2"]).fine(), @r#"
    Who should know whom:

    1. Ana Ruiz (roofing) and Bo Li (bookkeeping?)
       Ana looks for "a bookkeeper for the busy season": that is Bo's trade,
         Bookkeeping
       both like beekeeping
       both were at Chamber breakfast
       goodturn introduce ana-ruiz bo-li

    2. Ana Ruiz (roofing) and Carla Fox (hvac)
       both have customers among people with a house to keep up, and can send them
         to each other
       goodturn introduce ana-ruiz carla-fox
    "#);
}

#[test]
fn who_was_introduced_already_or_asked_to_be_left_alone_is_left_out() {
    let desk = with_people();
    desk.run(&["introduce", "ana", "bo", "--done"]).fine();
    let out = desk.run(&["connect", "ana"]).fine();
    assert!(!out.contains("Bo Li") && out.contains("Carla Fox"), "{out}");
    desk.run(&["people", "edit", "carla", "--do-not-contact=yes"])
        .fine();
    insta::assert_snapshot!(desk.run(&["connect", "ana"]).fine(), @"
    For Ana Ruiz (roofing):

    Nobody among the people, as far as is known. It helps to say what they look for
      and what they can do for others: goodturn people edit ana-ruiz --needs TEXT
      --offers TEXT
    ");
    insta::assert_snapshot!(desk.run(&["connect", "carla"]).refused(), @"
    error: Carla Fox asked to be left alone
    help: if that has changed: goodturn people edit carla-fox --do-not-contact=no

    1 error
    ");
}

#[test]
fn it_says_what_would_help_where_nothing_is_known() {
    let desk = with_people();
    insta::assert_snapshot!(desk.run(&["connect", "dan"]).fine(), @"
    For Dan Moe:

    Neither a trade is known of them, nor what they look for, offer or like. Say
      what you know: goodturn people edit dan-moe --industry TRADE --needs TEXT
      --offers TEXT
    ");
    let empty = Desk::library(&[]);
    insta::assert_snapshot!(empty.run(&["connect"]).fine(), @"
    Who should know whom:

    There is nobody yet: `goodturn people add` or `goodturn people import FILE`.
    ");
    insta::assert_snapshot!(desk.run(&["connect", "dav"]).refused(), @"
    error: nobody here is called `dav`
    help: did you mean `dan-moe`?
    help: `goodturn people list` shows everybody

    1 error
    ");
}

#[test]
fn other_programs_get_json() {
    let desk = with_people();
    let json = desk.run(&["connect", "ana", "-n", "1", "--json"]).json();
    insta::assert_snapshot!(serde_json::to_string_pretty(&json).unwrap(), @r#"
    [
      {
        "one": "ana-ruiz",
        "other": "bo-li",
        "score": 3.5,
        "reasons": [
          {
            "reason": "need",
            "helps": "ana-ruiz",
            "text": "Ana looks for \"a bookkeeper for the busy season\": that is Bo's trade, Bookkeeping"
          },
          {
            "reason": "interest",
            "helps": null,
            "text": "both like beekeeping"
          },
          {
            "reason": "event",
            "helps": null,
            "text": "both were at Chamber breakfast"
          }
        ]
      }
    ]
    "#);
}
