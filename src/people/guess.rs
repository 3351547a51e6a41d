//! Which trade somebody is in, where the user did not say.

use super::Person;
use crate::language::words::fold;
use crate::library::vocabulary::{IndustryId, Vocabulary};

/// The trade of a person, and how sure it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trade {
    /// The user said so, in words that the vocabulary knows.
    Known(IndustryId),
    /// The user said something that the vocabulary does not know.
    Unknown(String),
    /// Nobody said so: it is guessed from the card.
    Guessed(IndustryId, From),
    /// Nothing tells.
    None,
}

/// What in a card a guess comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// The name of the company.
    Company,
    /// What the person does there.
    Title,
    /// The groups of the address book.
    Categories,
}

impl From {
    /// In words: "from the company's name".
    pub fn words(self) -> &'static str {
        match self {
            From::Company => "from the company's name",
            From::Title => "from the title",
            From::Categories => "from the groups",
        }
    }
}

impl Trade {
    /// The trade of a person: what the user said, else the best guess from company, title and
    /// groups, in this order.
    pub fn of(person: &Person, vocabulary: &Vocabulary) -> Trade {
        if let Some(said) = &person.industry {
            return match vocabulary.resolve(said) {
                Some(id) => Trade::Known(id),
                None => Trade::Unknown(said.clone()),
            };
        }
        let categories = person.categories.iter();
        let texts = (person.company.iter().map(|text| (From::Company, text)))
            .chain(person.title.iter().map(|text| (From::Title, text)))
            .chain(categories.map(|text| (From::Categories, text)));
        for (from, text) in texts {
            if let Some(id) = guess(text, vocabulary) {
                return Trade::Guessed(id, from);
            }
        }
        Trade::None
    }

    /// The industry, said or guessed.
    pub fn industry(&self) -> Option<IndustryId> {
        match self {
            Trade::Known(id) | Trade::Guessed(id, _) => Some(*id),
            Trade::Unknown(_) | Trade::None => None,
        }
    }

    /// For people: `roofing`, or `roofing? (from the company's name)`.
    pub fn words(&self, vocabulary: &Vocabulary) -> String {
        match self {
            Trade::Known(id) => vocabulary.get(*id).slug.clone(),
            Trade::Unknown(said) => format!("{said} (not in the vocabulary)"),
            Trade::Guessed(id, from) => {
                format!("{}? ({})", vocabulary.get(*id).slug, from.words())
            }
            Trade::None => String::new(),
        }
    }
}

/// Words that stand in the names of firms and of posts of any trade, without accents.
const ANYBODYS: &str = " a account accounts ag agent american and assistant associate associates best \
    board bros brothers bv ceo center centre cfo chief cie co cofounder company consultant coo \
    coordinator corp corporation cto de der deputy development die director du e ek el emeritus \
    employed employee enterprise enterprises et executive fils first for founder founding freelance \
    freelancer fur general global gmbh group growth gruppe grupo head herr hijos holding holdings home \
    house inc independent international junior kg la lead leader les life limited llc llp looking ltd \
    manager member mr mrs ms national new none northern of office officer own owner partner partners \
    partnership person plc president principal professional project pty region regional retired sa \
    sales sarl self selbststandig senior service services sl sohn sole solution solutions son sons \
    southern specialist sro srl staff student supervisor systems tab team the trainee und unemployed \
    us usa various vice vp work world y ";

/// A name that only looks like a trade's, or digits that could be a code, prove nothing; neither
/// do words that any firm may have in its name.
fn guess(text: &str, vocabulary: &Vocabulary) -> Option<IndustryId> {
    let best = vocabulary.mentioned(text).first()?.industry;
    if vocabulary.spells_out(best, text) {
        return Some(best);
    }
    let folded = fold(text);
    let is_telling =
        |word: &&str| word.chars().count() > 1 && !ANYBODYS.contains(&format!(" {word} "));
    let telling: Vec<&str> = folded.split_whitespace().filter(is_telling).collect();
    match telling.as_slice() {
        [] => None,
        // A single word is a trade's name, or nothing is known: Apple grows none.
        [word] => vocabulary.resolve(word),
        words => Some(vocabulary.mentioned(&words.join(" ")).first()?.industry),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::{Card, NewLine};

    #[test]
    fn what_was_said_comes_before_what_is_guessed() {
        let vocabulary = Vocabulary::builtin();
        let trade = |lines: &[(&str, &str)]| {
            let lines: Vec<NewLine> = lines.iter().map(|(n, v)| NewLine::text(n, v)).collect();
            let person = Person::read("ana.vcf", Card::of(&lines));
            Trade::of(&person, &vocabulary).words(&vocabulary)
        };
        let company = ("ORG", "Ruiz Roofing, Inc.");
        assert_eq!(trade(&[company]), "roofing? (from the company's name)");
        assert_eq!(
            trade(&[("X-GOODTURN-INDUSTRY", "realtor"), company]),
            vocabulary.get(vocabulary.resolve("realtor").unwrap()).slug
        );
        assert_eq!(
            trade(&[("X-GOODTURN-INDUSTRY", "zorbing"), company]),
            "zorbing (not in the vocabulary)"
        );
        assert_eq!(
            trade(&[("ORG", "Smith & Sons"), ("TITLE", "Dentist")]),
            "dental-practice? (from the title)"
        );
        assert_eq!(trade(&[("ORG", "Acme"), ("TITLE", "Owner")]), "");
        assert_eq!(trade(&[("ORG", "238220")]), "");
    }

    #[test]
    fn names_of_firms_and_posts_prove_a_trade_or_nothing() {
        let vocabulary = Vocabulary::builtin();
        let slug = |text: &str| {
            let found = guess(text, &vocabulary);
            found.map_or("", |id| vocabulary.get(id).slug.as_str())
        };
        let told: Vec<String> = NAMES
            .iter()
            .map(|name| format!("{name}: {}", slug(name)).trim().to_owned())
            .collect();
        insta::assert_snapshot!(told.join("\n"), @"
        Self-employed:
        Self employed:
        Smith & Co:
        Müller & Co. KG:
        Tab Co:
        Retired:
        Independent:
        First National Bank: bank
        Smith Associates:
        Acme Services LLC:
        Seoul BBQ House:
        Apple:
        X:
        Head of Growth:
        Account Executive:
        General Manager:
        Sales, Office and Project Manager:
        Student:
        Owner:
        CEO:
        Acme Group:
        Freelancer:
        Founder & CEO:
        Google:
        Meyer Holding GmbH:
        The Smith Company:
        Vice President:
        Ruiz Roofing: roofing
        Ruiz Roofing, Inc.: roofing
        Smile Dental: dental-practice
        Acme Plumbing & Heating: hvac
        Berg Bookkeeping: bookkeeping
        Novak Law: law-firm
        Costa Catering: catering
        Silva Florist: florist
        Okoro Insurance: insurance-agency
        Tanaka Photography: photography
        Lea's Bakery: bakery
        Cafe Central: cafe
        Acme IT Services: it-services
        Jones Property Management: property-management
        General contractor: general-contractor
        Smith & Sons Roofing: roofing
        Dentist: dental-practice
        Real estate agent: real-estate-agency
        Accountant: accounting
        Attorney at law: law-firm
        Software engineer: software-development
        Landscape architect: landscape-architecture
        Hair salon Eva: hair-salon
        Meyer Zahnarztpraxis: dental-practice
        Dachdeckerei Schulz: roofing
        Bäckerei Müller: bakery
        Abogados Ruiz: law-firm
        Restaurante Casa Lucio: restaurant
        Plomería López:
        Boulangerie Martin: bakery
        Cabinet dentaire Durand: dental-practice
        Web design studio: web-design
        Yoga with Ann: yoga-pilates
        Printing House Berg: printing
        First Aid Training: online-courses
        Acme Solar Solutions: solar-installer
        HVAC technician: hvac
        ");
    }

    const NAMES: &[&str] = &[
        "Self-employed",
        "Self employed",
        "Smith & Co",
        "Müller & Co. KG",
        "Tab Co",
        "Retired",
        "Independent",
        "First National Bank",
        "Smith Associates",
        "Acme Services LLC",
        "Seoul BBQ House",
        "Apple",
        "X",
        "Head of Growth",
        "Account Executive",
        "General Manager",
        "Sales, Office and Project Manager",
        "Student",
        "Owner",
        "CEO",
        "Acme Group",
        "Freelancer",
        "Founder & CEO",
        "Google",
        "Meyer Holding GmbH",
        "The Smith Company",
        "Vice President",
        "Ruiz Roofing",
        "Ruiz Roofing, Inc.",
        "Smile Dental",
        "Acme Plumbing & Heating",
        "Berg Bookkeeping",
        "Novak Law",
        "Costa Catering",
        "Silva Florist",
        "Okoro Insurance",
        "Tanaka Photography",
        "Lea's Bakery",
        "Cafe Central",
        "Acme IT Services",
        "Jones Property Management",
        "General contractor",
        "Smith & Sons Roofing",
        "Dentist",
        "Real estate agent",
        "Accountant",
        "Attorney at law",
        "Software engineer",
        "Landscape architect",
        "Hair salon Eva",
        "Meyer Zahnarztpraxis",
        "Dachdeckerei Schulz",
        "Bäckerei Müller",
        "Abogados Ruiz",
        "Restaurante Casa Lucio",
        "Plomería López",
        "Boulangerie Martin",
        "Cabinet dentaire Durand",
        "Web design studio",
        "Yoga with Ann",
        "Printing House Berg",
        "First Aid Training",
        "Acme Solar Solutions",
        "HVAC technician",
    ];
}
