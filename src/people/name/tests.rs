use super::*;

/// What each name comes to: given name, full name, and the name with what follows it.
fn called(name: &str) -> (String, String, String) {
    let called = Called::of(name, None, None, None);
    (called.given, called.full, called.name)
}

#[track_caller]
fn is_called(name: &str, given: &str, full: &str) {
    let (own_given, own_full, _) = called(name);
    assert_eq!(
        (own_given.as_str(), own_full.as_str()),
        (given, full),
        "{name}"
    );
}

#[test]
fn titles_and_degrees_are_no_names() {
    is_called("Ana Ruiz", "Ana", "Ana Ruiz");
    is_called("Dr. Ana Ruiz", "Ana", "Dr. Ana Ruiz");
    is_called("Prof. Dr. med. Ana Ruiz", "Ana", "Prof. Dr. med. Ana Ruiz");
    is_called("Sr. Juan Pérez", "Juan", "Sr. Juan Pérez");
    is_called("Bo Li Jr.", "Bo", "Bo Li");
    is_called("Bo Li, Jr.", "Bo", "Bo Li");
    is_called("Henry Ford II", "Henry", "Henry Ford");
    is_called("Ana Ruiz PhD", "Ana", "Ana Ruiz");
    is_called("Ana Ruiz, Ph.D., MBA", "Ana", "Ana Ruiz");
    is_called("Ana Ruiz, LEED AP BD+C", "Ana", "Ana Ruiz");
    is_called("Ana Ruiz, Realtor®", "Ana", "Ana Ruiz");
    is_called("Zoë \"Z\" Ångström, PhD", "Zoë", "Zoë Ångström");
    is_called("Ana Ruiz (she/her)", "Ana", "Ana Ruiz");
    is_called("Ana Ruiz 🏠", "Ana", "Ana Ruiz");
}

#[test]
fn a_title_with_one_name_is_kept_together() {
    is_called("Ångström, PhD", "Ångström", "Ångström");
    is_called("Dr. Ruiz", "Dr. Ruiz", "Dr. Ruiz");
    is_called("Frau Ruiz", "Frau Ruiz", "Frau Ruiz");
    is_called("Cy", "Cy", "Cy");
    is_called("Dr.", "Dr.", "Dr.");
}

#[test]
fn the_family_name_may_come_first() {
    is_called("van der Berg, Jan", "Jan", "Jan van der Berg");
    is_called("Ruiz, Dr. Ana M.", "Ana", "Dr. Ana M. Ruiz");
    is_called("Smith, Mary Ann", "Mary Ann", "Mary Ann Smith");
    is_called("RUIZ, ANA", "Ana", "Ana Ruiz");
    is_called("Li, Bo, Jr.", "Bo", "Bo Li");
    is_called("DUPONT Jean", "Jean", "DUPONT Jean");
    is_called("Jean DUPONT", "Jean", "Jean DUPONT");
    is_called("Jean DUPONT MARTIN", "Jean", "Jean DUPONT MARTIN");
    is_called("JP Morgan", "JP", "JP Morgan");
    assert_eq!(called("van der Berg, Jan, PhD").2, "Jan van der Berg, PhD");
}

#[test]
fn particles_begin_the_family_name() {
    is_called("Jan van der Berg", "Jan", "Jan van der Berg");
    is_called("Oscar de la Renta", "Oscar", "Oscar de la Renta");
    is_called("Marine Le Pen", "Marine", "Marine Le Pen");
    is_called("Al Gore", "Al", "Al Gore");
    is_called("Mary J. Blige", "Mary", "Mary J. Blige");
    is_called("van Berg", "van Berg", "van Berg");
}

#[test]
fn capitals_are_softened() {
    is_called("MARÍA LÓPEZ", "María", "María López");
    is_called("MARÍA DE LA CRUZ", "María", "María de la Cruz");
    is_called("JEAN-PIERRE O'NEIL", "Jean-Pierre", "Jean-Pierre O'Neil");
    is_called("DR. JOHN MCDONALD", "John", "Dr. John McDonald");
    is_called("AJ SMITH", "AJ", "AJ Smith");
    // A word alone may be an abbreviation, and small letters may be meant.
    is_called("ACME", "ACME", "ACME");
    is_called("bell hooks", "bell hooks", "bell hooks");
    assert_eq!(called("MARÍA LÓPEZ, PHD").2, "María López, PHD");
}

#[test]
fn what_is_not_sure_is_left_whole() {
    for name in [
        "José María García López",
        "Mary Ann Smith",
        "J. Smith",
        "J. R. R. Tolkien",
        "LI Wei",
        "García López, María",
        "Ana & Bo Ruiz",
        "Ana and Bo",
        "Ana Ruiz - Acme",
        "Ana Ruiz | Acme",
        "Acme, Inc.",
        "Acme GmbH",
        "The Shop",
        "山田 太郎",
        "김민준",
        "ana@ruiz.example",
        "Route 66",
        ",",
    ] {
        is_called(name, name, name);
    }
    let acme = Called::of("Ruiz Roofing", None, None, Some("Ruiz Roofing"));
    assert_eq!(acme.given, "Ruiz Roofing");
}

#[test]
fn the_parts_of_a_card_come_first() {
    let of = |name: &str, given: &str, family: &str| {
        let family = (!family.is_empty()).then_some(family);
        let called = Called::of(name, Some(given), family, None);
        (called.given, called.full)
    };
    let is = |given: &str, full: &str| (given.to_owned(), full.to_owned());
    assert_eq!(
        of("Ana María Ruiz", "Ana María", "Ruiz"),
        is("Ana María", "Ana María Ruiz")
    );
    assert_eq!(
        of("García López, María", "María", "García López"),
        is("María", "María García López")
    );
    assert_eq!(
        of("Dr. Ana Ruiz, MBA", "Dr. Ana", "Ruiz, MBA"),
        is("Ana", "Dr. Ana Ruiz")
    );
    assert_eq!(
        of("MARÍA LÓPEZ", "MARÍA", "LÓPEZ"),
        is("María", "María López")
    );
    assert_eq!(
        of("Mary J. Blige", "Mary J.", "Blige"),
        is("Mary", "Mary J. Blige")
    );
    assert_eq!(of("J. Smith", "J.", "Smith"), is("J. Smith", "J. Smith"));
    assert_eq!(of("Ana Ruiz", "Ana Ruiz", ""), is("Ana", "Ana Ruiz"));
}

#[test]
fn parts_to_write_into_a_card() {
    let parts = Parts::of("Prof. Jan M. van der Berg, PhD, MBA").unwrap();
    let read = [
        parts.family,
        parts.given,
        parts.additional,
        parts.prefix,
        parts.suffix,
    ];
    assert_eq!(read, ["van der Berg", "Jan", "M.", "Prof.", "PhD, MBA"]);
    assert_eq!(Parts::of("José María García López"), None);
    let parts = Parts::with_given("José María García López", "José  María");
    assert_eq!(
        (parts.family.as_str(), parts.given.as_str()),
        ("García López", "José María")
    );
    let parts = Parts::with_given("Robert Smith, MBA", "Bob");
    assert_eq!(
        (parts.family.as_str(), parts.given.as_str()),
        ("Smith", "Bob")
    );
    let parts = Parts::with_given("The Boss", "Bob");
    assert_eq!((parts.family.as_str(), parts.given.as_str()), ("", "Bob"));
}

proptest::proptest! {
    #[test]
    fn nothing_makes_it_panic(name in r#"([A-Za-zÅé漢]{0,6}|Dr\.|,|"|\(|\)|🏠|PhD|[ .&'-]){0,9}"#, given in ".{0,8}") {
        let called = Called::of(&name, Some(&given), None, None);
        // Whoever has a name is called something.
        proptest::prop_assert_eq!(called.given.is_empty(), name.trim().is_empty() && called.full.is_empty());
        proptest::prop_assert!(!called.given.contains("  "));
        Parts::with_given(&name, &given);
    }
}
