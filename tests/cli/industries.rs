//! `goodturn industries`.

use super::*;

#[test]
fn a_word_is_answered_without_a_library() {
    let desk = Desk::new();
    insta::assert_snapshot!(desk.run(&["industries", "realtor"]).fine(), @"
    Real estate agency  real-estate-agency (531210)
      alias `realtor`
    Business association and chamber  business-association (813910)
      shares the word `realtors` with the alias `board of realtors`
    Commercial real estate broker  commercial-real-estate (531210 531120)
      shares the word `realtor` with the alias `commercial realtor`
    ");
    insta::assert_snapshot!(desk.run(&["industries", "xyzzy"]).fine(), @"
    No industry is known by `xyzzy`.

    Try another word for it, or add the trade to your library's industries.yaml:

      add:
        - slug: food-truck-park
          name: Food truck park
          sector: accommodation-food
          aliases: [truck court]
    ");
    let words = ["industries", "I", "run", "a", "small", "dentist", "office"];
    assert!(desk.run(&words).fine().contains("dental-practice"));
}

#[test]
fn json_has_exactly_four_fields() {
    let desk = Desk::new();
    for args in [&["realtor"][..], &[], &["238220"]] {
        let list = desk.run(&[&["industries", "--json"], args].concat()).json();
        assert!(!list.as_array().unwrap().is_empty());
        for entry in list.as_array().unwrap() {
            let fields: Vec<&str> = entry
                .as_object()
                .unwrap()
                .keys()
                .map(String::as_str)
                .collect();
            assert_eq!(fields, ["slug", "name", "naics", "reason"]);
            assert!(
                entry["naics"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .all(Value::is_string)
            );
            assert!(entry["reason"].is_string());
        }
    }
    let first = &desk.run(&["industries", "realtor", "--json"]).json()[0];
    assert_eq!(first["slug"], "real-estate-agency");
    let none = desk.run(&["industries", "xyzzy", "--json"]);
    assert_eq!(none.fine(), "[]\n");
    assert_eq!(desk.run(&["industries", "", "--json"]).fine(), "[]\n");
}

#[test]
fn all_of_them_are_a_tree() {
    let tree = Desk::new().run(&["industries"]).fine();
    let start: Vec<&str> = tree.lines().take(3).collect();
    insta::assert_snapshot!(start.join("\n"), @"
    Farming, forestry and fishing  agriculture (11)
      Crop farm  farm (1111 1112 1119)
      Ranch and livestock farm  livestock (1121 1122 1123 1124 1129)
    ");
    assert_eq!(tree.split("\n\n").count(), 20);
}

#[test]
fn a_librarys_own_industries_count() {
    let desk = Desk::library(&[]);
    desk.write(
        "industries.yaml",
        "add:\n  - slug: igloo\n    name: Igloo builder\n    sector: construction\n",
    );
    let found = desk.run(&["industries", "igloo", "--json"]).json();
    assert_eq!(found[0]["slug"], "igloo");
    desk.write("industries.yaml", "ad: []\n");
    let ran = desk.run(&["industries", "hvac"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.contains("hvac") && ran.err.contains("industries.yaml:1:1"));
}

#[test]
fn coverage_shows_what_there_is_and_what_is_missing() {
    let desk = Desk::library(&["dentist", "roofer"]);
    desk.run(&["new", "article", "For all"]).fine();
    insta::assert_snapshot!(desk.run(&["industries", "coverage"]).fine(), @"
    INDUSTRY                           ARTICLES  BOOKS  LINKS  FILES
    Everybody                                 1      –      –      –
    Construction                              1      –      –      –
      Roofing                                 1      –      –      –
    Health care and social assistance         1      –      1      –
      Dental practice                         1      –      1      –

    Nothing yet for these trades:
      Construction: general-contractor, home-builder, remodeling, handyman,
        real-estate-developer, civil-works … and 14 more (-v)
      Health care and social assistance: medical-practice, chiropractic, optometry,
        counseling, physical-therapy, podiatry … and 15 more (-v)

    Nothing yet for 18 whole sectors:
      agriculture, mining, utilities, manufacturing, wholesale, retail … and 12 more
        (-v)
    ");
    let json = desk.run(&["industries", "--json", "coverage"]).json();
    assert_eq!(json, desk.run(&["industries", "coverage", "--json"]).json());
    assert_eq!(json["general"]["articles"], 1);
    assert_eq!(json["sectors"][0]["slug"], "construction");
    assert_eq!(json["sectors"][0]["trades"][0]["counts"]["articles"], 1);
    assert_eq!(json["empty_sectors"].as_array().unwrap().len(), 18);
    Desk::new().run(&["industries", "coverage"]).refused();
}
