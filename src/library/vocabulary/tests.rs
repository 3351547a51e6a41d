//! What must hold for the real data, and for any input whatever.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::naics::Code;
use super::slug::is_slug;
use super::*;

fn slug_of(word: &str) -> Option<String> {
    let vocabulary = Vocabulary::builtin();
    let id = vocabulary.resolve(word)?;
    Some(vocabulary.get(id).slug.clone())
}

#[test]
fn it_is_as_large_as_promised() {
    let vocabulary = Vocabulary::builtin();
    let sectors = vocabulary.sectors().count();
    let aliases: usize = vocabulary
        .industries()
        .iter()
        .map(|industry| industry.aliases.len())
        .sum();
    assert_eq!(sectors, 20);
    assert!(vocabulary.industries().len() - sectors >= 120);
    assert!(aliases >= 1000, "{aliases}");
}

#[test]
fn no_word_leads_to_two_industries() {
    let vocabulary = Vocabulary::builtin();
    let mut owners: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
    let mut twice = Vec::new();
    for industry in vocabulary.industries() {
        for (_, text, key) in industry.phrases() {
            assert!(!key.is_empty(), "{}: `{text}` has no key", industry.slug);
            let (owner, first) = *owners.entry(key).or_insert((&industry.slug, text));
            if owner != industry.slug {
                twice.push(format!("`{first}` {owner} / `{text}` {}", industry.slug));
            }
        }
    }
    assert!(twice.is_empty(), "{twice:#?}");
}

#[test]
fn every_word_resolves_to_its_own_industry() {
    let vocabulary = Vocabulary::builtin();
    let mut wrong = Vec::new();
    for (id, industry) in vocabulary.iter() {
        for (_, text, _) in industry.phrases() {
            for word in [text.to_owned(), text.to_uppercase()] {
                if vocabulary.resolve(&word) != Some(id) {
                    wrong.push(format!("`{word}` {}", industry.slug));
                }
            }
        }
        assert_eq!(vocabulary.by_slug(&industry.slug), Some(id));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn plurals_of_single_words_resolve_alike() {
    let vocabulary = Vocabulary::builtin();
    let mut wrong = Vec::new();
    for (id, industry) in vocabulary.iter() {
        for alias in industry.aliases.iter().filter(|alias| is_noun(alias)) {
            let plural = plural(alias);
            if vocabulary.resolve(&plural) != Some(id) {
                wrong.push(format!("`{plural}` {}", industry.slug));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A single English word that is not a plural already ("antiques", "physics").
fn is_noun(alias: &str) -> bool {
    let plural = alias.ends_with('s') && !alias.ends_with("ss") && !alias.ends_with("us");
    alias.bytes().all(|b| b.is_ascii_lowercase()) && !plural
}

fn plural(word: &str) -> String {
    let consonant_y = word.strip_suffix('y').filter(|start| {
        start
            .chars()
            .next_back()
            .is_some_and(|c| !"aeiou".contains(c))
    });
    let hissing = ["s", "x", "z", "ch", "sh"];
    match consonant_y {
        Some(start) => format!("{start}ies"),
        None if word.ends_with("man") => format!("{}men", &word[..word.len() - 3]),
        None if hissing.iter().any(|end| word.ends_with(end)) => format!("{word}es"),
        None => format!("{word}s"),
    }
}

#[test]
fn slugs_codes_and_translations_are_in_order() {
    let vocabulary = Vocabulary::builtin();
    for (id, industry) in vocabulary.iter() {
        let slug = &industry.slug;
        assert!(is_slug(slug), "{slug}");
        let langs: Vec<&str> = industry.names.keys().map(String::as_str).collect();
        assert_eq!(langs, ["de", "es", "fr", "pt"], "{slug}");
        let sector = vocabulary.get(vocabulary.sector_of(id));
        assert!(!industry.naics.is_empty(), "{slug}");
        for code in &industry.naics {
            let parsed = Code::parse(code).filter(Code::is_in_naics);
            let inside = parsed.is_some_and(|code| {
                let outer = |outer: &String| Code::parse(outer).is_some_and(|o| o.contains(&code));
                sector.naics.iter().any(outer)
            });
            assert!(inside, "{code} of {slug} lies outside {}", sector.slug);
        }
    }
}

#[test]
fn what_people_type_finds_its_trade() {
    for (word, slug) in [
        ("realtor", "real-estate-agency"),
        ("Realtors", "real-estate-agency"),
        ("HVAC", "hvac"),
        ("day-care", "day-care"),
        ("cafe", "cafe"),
        ("Cafés", "cafe"),
        ("23", "construction"),
        ("31-33", "manufacturing"),
        ("32", "manufacturing"),
        ("NAICS 236", "construction"),
        ("238220", "hvac"),
    ] {
        assert_eq!(slug_of(word).as_deref(), Some(slug), "{word}");
    }
    for nonsense in ["", "the", "xyzzy", "99", "44-33", "44-48", "—"] {
        assert_eq!(slug_of(nonsense), None, "{nonsense:?}");
    }
}

#[test]
fn sectors_hold_their_trades() {
    let vocabulary = Vocabulary::builtin();
    let mut seen = 0;
    for sector in vocabulary.sectors() {
        assert_eq!(vocabulary.sector_of(sector), sector);
        for trade in vocabulary.trades(sector) {
            assert_eq!(vocabulary.sector_of(trade), sector);
            assert!(vocabulary.contains(sector, trade));
            assert!(!vocabulary.contains(trade, sector));
            assert_eq!(vocabulary.trades(trade).count(), 0);
            seen += 1;
        }
        seen += 1;
    }
    assert_eq!(seen, vocabulary.industries().len());
}

#[test]
fn a_name_falls_back_to_english() {
    let vocabulary = Vocabulary::builtin();
    let id = vocabulary.by_slug("construction").unwrap();
    assert_eq!(vocabulary.name(id, "es"), "Construcción");
    assert_eq!(vocabulary.name(id, "es-MX"), "Construcción");
    assert_eq!(vocabulary.name(id, "en"), "Construction");
    assert_eq!(vocabulary.name(id, "ja"), "Construction");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_makes_looking_up_panic(text in any::<String>()) {
        let vocabulary = Vocabulary::builtin();
        vocabulary.resolve(&text);
        vocabulary.nearest(&text);
        let first = vocabulary.search(&text);
        prop_assert_eq!(vocabulary.search(&text), first);
    }

    #[test]
    fn no_words_make_looking_up_panic(text in "[a-zé'\\- 0-9]{0,60}") {
        let vocabulary = Vocabulary::builtin();
        let exact = vocabulary.resolve(&text);
        let found = vocabulary.search(&text);
        if exact.is_some() {
            prop_assert_eq!(found.first().map(|found| found.industry), exact);
        }
    }

    #[test]
    fn no_text_makes_loading_panic(text in any::<String>()) {
        Vocabulary::load(Some(("industries.yaml", &text)));
    }

    #[test]
    fn no_yaml_makes_loading_panic(text in yaml()) {
        let (vocabulary, problems) = Vocabulary::load(Some(("industries.yaml", &text)));
        for problem in problems {
            let span = problem.place.and_then(|place| place.span).unwrap_or(0..0);
            prop_assert!(text.get(span).is_some());
        }
        for (id, industry) in vocabulary.iter() {
            prop_assert_eq!(vocabulary.by_slug(&industry.slug), Some(id));
        }
    }
}

/// Text made of what stands in such files, in any order.
fn yaml() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "add:",
        "rename:",
        "hide:",
        "show:",
        "slug:",
        "name:",
        "sector:",
        "naics:",
        "aliases:",
        "names:",
        "es:",
        " ",
        "  ",
        "    ",
        "\n",
        "\n  ",
        "\n  - ",
        "\n    ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "hvac",
        "construction",
        "mining",
        "none",
        "food-truck-park",
        "é",
        "🔧",
        "\"",
        "'",
        "&a",
        "*a",
        "|",
        ">",
        "~",
        "true",
        "23",
        "9.9",
        "31-33",
        "0x1F",
        "#",
        "\t",
        "\r\n",
        "---",
        "<<:",
        "!!str",
        "? ",
        ": ",
        "\u{feff}",
        "\0",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}
