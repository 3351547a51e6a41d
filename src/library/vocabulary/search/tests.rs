use super::*;

/// Each industry found with the reason why.
fn found(text: &str) -> Vec<String> {
    let vocabulary = Vocabulary::builtin();
    let line = |found: &Match| {
        let slug = &vocabulary.get(found.industry).slug;
        format!("{slug}: {}", found.reason)
    };
    vocabulary.search(text).iter().map(line).collect()
}

fn first(text: &str) -> String {
    found(text).into_iter().next().unwrap_or_default()
}

#[test]
fn what_is_hit_exactly_comes_first() {
    assert_eq!(first("hvac"), "hvac: slug");
    assert_eq!(first("Realtors"), "real-estate-agency: alias `realtor`");
    assert_eq!(first("CPAs"), "accounting: alias `cpa`");
    assert_eq!(
        first("heating & air conditioning"),
        "hvac: alias `heating and air conditioning`"
    );
    assert_eq!(first("fontaneria"), "plumbing: name `Fontanería` (es)");
    assert_eq!(first("it"), "it-services: alias `it`");
}

#[test]
fn a_code_finds_what_it_lies_inside_then_what_lies_inside_it() {
    assert_eq!(first("NAICS 531210"), "real-estate-agency: NAICS 531210");
    assert_eq!(first("238"), "construction: NAICS 238 lies inside 23");
    let inside = found("53");
    assert_eq!(inside[0], "real-estate: NAICS 53");
    assert!(
        inside
            .iter()
            .skip(1)
            .all(|line| line.ends_with("lies inside 53"))
    );
    assert!(found("99").is_empty());
}

#[test]
fn a_whole_sentence_is_searched_for_what_is_telling() {
    for (text, slug) in [
        ("I run a small dentist office in Ohio", "dental-practice"),
        ("we are an IT support firm", "it-services"),
        (
            "my wife owns a landscaping company and I do the books",
            "landscaping",
        ),
        ("lawyer who does divorces", "law-firm"),
        ("I make wedding cakes from home", "bakery"),
        ("coffee shop with bakery", "cafe"),
    ] {
        assert!(first(text).starts_with(slug), "{text}: {:?}", found(text));
    }
}

#[test]
fn slips_are_seen_through() {
    assert_eq!(first("hvaac"), "hvac: close to `hvac`");
    assert_eq!(first("plummer"), "plumbing: close to `plumber`");
    assert_eq!(first("my plummer shop"), "plumbing: close to `plumber`");
    assert_eq!(first("realestate"), "real-estate: close to `real-estate`");
    let vocabulary = Vocabulary::builtin();
    assert_eq!(vocabulary.nearest("hvaac"), ["hvac"]);
    let suggestion = vocabulary.suggestion("hvaac");
    assert_eq!(suggestion.as_deref(), Some("did you mean `hvac`?"));
}

#[test]
fn shared_words_are_named() {
    let lines = found("estate");
    let expected = "real-estate-agency: shares the word `estate` with the ";
    assert!(
        lines.iter().any(|line| line.starts_with(expected)),
        "{lines:?}"
    );
}

#[test]
fn nonsense_finds_nothing() {
    for text in [
        "",
        "the",
        "asdfgh qwerty",
        "company",
        "2024",
        "🔧",
        "javascript",
    ] {
        assert_eq!(found(text), Vec::<String>::new(), "{text:?}");
    }
}

#[test]
fn a_very_long_text_is_no_burden() {
    assert!(first(&"plumber ".repeat(10_000)).starts_with("plumbing"));
    assert!(found(&"x".repeat(1_000_000)).is_empty());
}
