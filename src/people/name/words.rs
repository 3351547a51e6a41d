//! The words around names, in the languages that letters come in and some more: titles, degrees,
//! particles of family names.

/// Titles before a name.
const PREFIXES: &[&str] = &[
    "dr",
    "dra",
    "dr-ing",
    "dipl-ing",
    "prof",
    "profa",
    "professor",
    "doctor",
    "mr",
    "mrs",
    "ms",
    "mx",
    "miss",
    "sir",
    "dame",
    "rev",
    "sr",
    "sra",
    "srta",
    "señor",
    "señora",
    "señorita",
    "mme",
    "mlle",
    "monsieur",
    "madame",
    "mademoiselle",
    "herr",
    "frau",
    "senhor",
    "senhora",
    "dott",
    "dottssa",
];

/// Titles that are names, or parts of them, without a point after them.
const DOTTED: &[&str] = &[
    "mag", "ing", "hr", "fr", "lic", "arq", "eng", "hon", "capt", "col", "gen", "lt", "sgt", "dña",
    "med", "hc", "ir", "drs",
];

/// What follows a name, with a comma or without.
const SUFFIXES: &[&str] = &[
    "jr", "sr", "phd", "esq", "ii", "iii", "iv", "md", "mba", "dds", "dmd", "dvm", "cpa", "jd",
    "llm", "cfp", "cfa", "pmp", "rn", "lcsw", "msc", "bsc", "meng", "pe", "obe", "mbe", "cbe",
];

/// Those of them that are no name in small letters either.
const PLAIN_SUFFIXES: &[&str] = &["jr", "sr", "phd", "esq"];

/// What follows a name after a comma only: by itself it may be a name.
const TITLES: &[&str] = &[
    "do", "ma", "ms", "ba", "bs", "ab", "bba", "bed", "med", "edd", "psyd", "llb", "dipl-ing",
    "ceo", "cfo", "cto", "coo",
];

/// Trades and posts that people write after their name.
const ROLES: &[&str] = &[
    "realtor",
    "broker",
    "owner",
    "founder",
    "cofounder",
    "co-founder",
    "president",
    "director",
    "manager",
    "partner",
    "consultant",
    "coach",
    "attorney",
    "lawyer",
    "architect",
    "engineer",
    "plumber",
    "electrician",
    "roofer",
    "builder",
    "contractor",
    "accountant",
    "designer",
    "photographer",
    "author",
    "speaker",
    "trainer",
    "therapist",
    "agent",
    "advisor",
    "adviser",
];

/// Words that begin a family name, or stand in it.
const PARTICLES: &[&str] = &[
    "van", "von", "vom", "der", "den", "ter", "ten", "te", "zu", "zum", "zur", "de", "del",
    "della", "di", "da", "do", "dos", "das", "du", "des", "la", "le", "las", "los", "el", "al",
    "bin", "ibn", "bint", "af", "av", "st", "san", "santa",
];

/// Words of companies.
const COMPANY: &[&str] = &[
    "inc",
    "llc",
    "ltd",
    "limited",
    "corp",
    "corporation",
    "co",
    "company",
    "gmbh",
    "ag",
    "kg",
    "ohg",
    "sl",
    "slu",
    "sa",
    "sas",
    "sarl",
    "lda",
    "ltda",
    "bv",
    "plc",
    "llp",
    "group",
    "the",
    "team",
    "services",
    "solutions",
    "associates",
    "office",
];

/// Words between the names of several people.
const CONJUNCTIONS: &[&str] = &["and", "und", "et", "y", "e", "or", "oder", "ou", "o"];

/// A word in small letters without its points.
fn bare(word: &str) -> String {
    word.chars()
        .filter(|c| !matches!(c, '.' | '®' | '™'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// A title before a name.
pub fn is_prefix(word: &str) -> bool {
    let bare = bare(word);
    PREFIXES.contains(&bare.as_str()) || (word.ends_with('.') && DOTTED.contains(&bare.as_str()))
}

/// What follows a name without a comma: in small letters only what is no name.
pub fn is_suffix(word: &str) -> bool {
    let bare = bare(word);
    let is_marked = word.contains('.') || super::case::is_capitals(word);
    PLAIN_SUFFIXES.contains(&bare.as_str()) || (is_marked && SUFFIXES.contains(&bare.as_str()))
}

/// What follows a name after a comma: degrees, posts, and abbreviations nobody knows all of, if
/// the name itself is not in capitals as well.
pub fn is_title(segment: &str, name: &str) -> bool {
    let has_small = name.chars().any(char::is_lowercase);
    segment.split(' ').all(|word| {
        let bare = bare(word);
        let is_known = |list: &[&str]| list.contains(&bare.as_str());
        is_known(SUFFIXES)
            || is_known(TITLES)
            || is_role(word)
            || is_ornament(word)
            || (has_small && super::case::is_capitals(word))
            || word.chars().any(|c| c.is_ascii_digit())
    })
}

/// A trade or post.
pub fn is_role(word: &str) -> bool {
    ROLES.contains(&bare(word).as_str())
}

/// A word that begins a family name, or stands in it.
pub fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&bare(word).as_str())
}

/// A word of companies.
pub fn is_company(word: &str) -> bool {
    COMPANY.contains(&bare(word).as_str())
}

/// A word between the names of several people.
pub fn is_conjunction(word: &str) -> bool {
    CONJUNCTIONS.contains(&bare(word).as_str())
}

/// A letter that stands for a name: `J`, `J.`, `J.R.`
pub fn is_initial(word: &str) -> bool {
    let letters = word.chars().filter(|c| *c != '.').count();
    let is_pointed = word.ends_with('.') && word.matches('.').count() >= letters;
    letters <= 1 || is_pointed
}

/// A sign for the eye: an emoji, a star, a point between words.
pub fn is_ornament(word: &str) -> bool {
    let is_sign = |c: char| !c.is_alphanumeric() && (!c.is_ascii() || c == '*');
    !matches!(word, "–" | "—") && word.chars().all(is_sign)
}

/// A word that can be a name, or part of one, in a script that puts given names first.
pub fn is_name(word: &str) -> bool {
    let is_letter = |c: char| {
        let is_accent = matches!(c, '\u{300}'..='\u{36f}');
        let is_east_asian = matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3040}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}');
        (c.is_alphabetic() && !is_east_asian) || is_accent
    };
    word.chars().any(char::is_alphabetic)
        && word
            .chars()
            .all(|c| is_letter(c) || matches!(c, '.' | '-' | '‐' | '\'' | '’'))
}

/// Whether a word begins as names do; scripts without small letters always do.
pub fn starts_large(word: &str) -> bool {
    word.chars().next().is_some_and(|c| !c.is_lowercase())
}
