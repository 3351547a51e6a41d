//! What industries.yaml can ask for, and what is said when it asks for something else.

use crate::diagnostics::{Diagnostic, Renderer, Severity};
use crate::library::vocabulary::Vocabulary;

const FILE: &str = "industries.yaml";

/// The vocabulary with a file that has nothing wrong with it.
fn good(text: &str) -> Vocabulary {
    let (vocabulary, problems) = Vocabulary::load(Some((FILE, text)));
    assert_eq!(problems, []);
    vocabulary
}

/// Each problem as "marked text: message | help".
fn problems(text: &str) -> Vec<String> {
    let (_, problems) = Vocabulary::load(Some((FILE, text)));
    let line = |problem: &Diagnostic| {
        let span = problem.place.as_ref().and_then(|place| place.span.clone());
        let marked = span.and_then(|span| text.get(span)).unwrap_or_default();
        let help = problem.help.join(" ");
        format!("{marked}: {} | {help}", problem.message)
    };
    problems.iter().map(line).collect()
}

fn slug_of(vocabulary: &Vocabulary, word: &str) -> String {
    let found = vocabulary.resolve(word);
    found.map_or(String::new(), |id| vocabulary.get(id).slug.clone())
}

/// A sector of the built-in vocabulary and a trade inside it.
const SECTOR: &str = "construction";
const TRADE: &str = "hvac";

#[test]
fn a_trade_is_added_to_its_sector() {
    let vocabulary = good(
        "add:\n  - slug: igloo-builder\n    name: Igloo builder\n    sector: Construction\n    \
         naics: [236115, \"31-33\"]\n    aliases: [snow house maker]\n    names: {es: Iglús}\n",
    );
    let id = vocabulary.by_slug("igloo-builder").unwrap();
    let sector = vocabulary.by_slug(SECTOR).unwrap();
    assert_eq!(vocabulary.sector_of(id), sector);
    assert_eq!(vocabulary.trades(sector).last(), Some(id));
    assert_eq!(vocabulary.get(id).naics, ["236115", "31-33"]);
    assert_eq!(vocabulary.name(id, "es"), "Iglús");
    assert_eq!(vocabulary.resolve("Snow-house makers"), Some(id));
    assert_eq!(vocabulary.resolve("iglus"), Some(id));
    let all = Vocabulary::builtin().industries().len();
    assert_eq!(vocabulary.industries().len(), all + 1);
}

#[test]
fn a_sector_of_its_own_may_stand_below_its_trades() {
    let vocabulary = good(
        "add:\n  - {slug: spaceport, name: Spaceport, sector: space-travel}\n  \
         - {slug: space-travel, name: Space travel, sector: none}\n",
    );
    let sector = vocabulary.by_slug("space-travel").unwrap();
    let trade = vocabulary.by_slug("spaceport").unwrap();
    assert!(vocabulary.contains(sector, trade));
    assert_eq!(vocabulary.sectors().last(), Some(sector));
}

#[test]
fn a_rename_keeps_what_led_there() {
    let vocabulary = good(
        "rename:\n  hvac:\n    slug: comfort\n    name: Comfort systems\n    aliases: [coziness]\n    \
         names: {es: Confort, it: Comodità}\n",
    );
    let id = vocabulary.by_slug("comfort").unwrap();
    for word in [
        "comfort systems",
        "coziness",
        "Comodità",
        "hvac",
        "heating and air conditioning",
    ] {
        assert_eq!(vocabulary.resolve(word), Some(id), "{word}");
    }
    assert_eq!(vocabulary.name(id, "es"), "Confort");
    assert_eq!(vocabulary.name(id, "en"), "Comfort systems");
    assert_eq!(vocabulary.by_slug("hvac"), None);
}

#[test]
fn two_industries_may_swap_their_names() {
    let vocabulary =
        good("rename:\n  hvac: {name: Plumbing}\n  plumbing: {name: Pipes, slug: pipes}\n");
    assert_eq!(slug_of(&vocabulary, "plumbing"), "hvac");
    assert_eq!(slug_of(&vocabulary, "pipes"), "pipes");
}

#[test]
fn what_is_hidden_is_gone_and_its_words_are_free() {
    let vocabulary = good(
        "hide: [construction]\nshow: [hvac]\nadd:\n  - {slug: plumbing, name: Plumbing, sector: none}\n",
    );
    assert_eq!(vocabulary.by_slug(SECTOR), None);
    assert_eq!(slug_of(&vocabulary, "roofer"), "");
    let hvac = vocabulary.by_slug(TRADE).unwrap();
    assert_eq!(vocabulary.sector_of(hvac), hvac);
    assert!(vocabulary.by_slug("plumbing").is_some());
    let one = good("hide: hvac\n");
    assert!(one.by_slug(SECTOR).is_some() && one.by_slug(TRADE).is_none());
}

#[test]
fn nothing_asked_changes_nothing() {
    let all = Vocabulary::builtin().industries().len();
    for text in [
        "",
        "\u{feff}",
        "# later\n",
        "add:\nrename:\nhide: []\n",
        "\u{feff}hide:\n",
    ] {
        assert_eq!(good(text).industries().len(), all, "{text:?}");
    }
}

#[test]
fn everything_wrong_is_told_at_once() {
    let text = "\
ad: 1
add:
  - {slug: Igloo Builder, name: Igloo builder, sector: constructoin, naics: [12345678, 990]}
  - {slug: hvac, name: Air, sector: construction}
  - {name: Ice cave, colour: blue}
  - {slug: sled, name: Sled, aliases: [realtor, the], sector: hvac}
  - just text
rename:
  hvaac: {name: Air}
  plumbing: {aliases: [roofer], naics: [1], names: {spanish: x}}
hide: [minning, [x]]
show: [bakery]
";
    let (_, problems) = Vocabulary::load(Some((FILE, text)));
    let mut renderer = Renderer::new("/nowhere", false);
    let shown: Vec<String> = problems
        .into_iter()
        .map(|mut problem| {
            problem.place = problem.place.map(|place| place.with_text(text));
            renderer.render(&problem)
        })
        .collect();
    insta::assert_snapshot!(shown.join("\n\n"));
}

#[test]
fn an_added_slug_is_taken_once() {
    let twice = "add:\n  - {slug: sled, name: Sled, sector: none}\n  - {slug: sled, name: Bob, sector: none}\n";
    assert_eq!(
        problems(twice),
        ["sled: there is an industry `sled` already | it is added further up: keep one of the two"]
    );
}

#[test]
fn a_sector_must_be_there() {
    let missing = problems("add:\n  - {slug: sled, name: Sled}\n");
    assert_eq!(missing.len(), 1);
    assert!(missing[0].starts_with("sled: an added industry has no `sector`"));
    let hidden = problems("hide: mining\nadd:\n  - {slug: sled, name: Sled, sector: mining}\n");
    assert_eq!(
        hidden,
        ["mining: unknown sector `mining` | `mining` is hidden here"]
    );
    let itself = problems("add:\n  - {slug: sled, name: Sled, sector: sled}\n");
    assert_eq!(itself, ["sled: `sled` is a trade, not a sector | "]);
}

#[test]
fn hiding_and_showing_must_agree() {
    let both = problems("hide: [hvac]\nshow: [hvac]\n");
    assert_eq!(both.len(), 1);
    let renamed = problems("hide: [hvac]\nrename: {hvac: {name: Air}}\n");
    assert!(renamed[0].starts_with("hvac: `hvac` is renamed but hidden"));
    let (_, idle) = Vocabulary::load(Some((FILE, "show: [hvac]\n")));
    assert!(matches!(idle.as_slice(), [one] if one.severity == Severity::Warning));
}

#[test]
fn what_is_no_yaml_is_said_with_its_place() {
    let broken = problems("\u{feff}hide: [é, [\n");
    assert_eq!(broken.len(), 1);
    assert!(
        broken[0].starts_with("[: this YAML cannot be read"),
        "{broken:?}"
    );
    let list = problems("- hvac\n");
    assert!(
        list[0].ends_with("expected keys and values, found a list | "),
        "{list:?}"
    );
}
