//! Which trades help each other: one works for the other, or both have the same customers and can
//! send them on.
//!
//! The lists are our own, by the slugs of the built-in vocabulary; what a library adds to it takes
//! part through its sector. A test reads them against the vocabulary.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::library::vocabulary::{IndustryId, Vocabulary};

/// Trades that any business can use.
const FOR_EVERYBODY: &[&str] = &[
    "accounting",
    "advertising",
    "bank",
    "bookkeeping",
    "cleaning",
    "coaching",
    "commercial-real-estate",
    "consulting",
    "corporate-training",
    "coworking",
    "cybersecurity",
    "graphic-design",
    "hr-consulting",
    "insurance-agency",
    "it-services",
    "law-firm",
    "marketing-agency",
    "payments",
    "payroll",
    "photography",
    "printing",
    "public-relations",
    "recruiting",
    "security",
    "sign-maker",
    "staffing",
    "tax-preparation",
    "translation",
    "virtual-assistant",
    "web-design",
    "writing",
];

/// A trade, and the trades or sectors that it works for in particular.
const SERVES: &[(&str, &[&str])] = &[
    (
        "alarms-locks",
        &["retail", "property-management", "accommodation-food"],
    ),
    (
        "appliance-repair",
        &["property-management", "landlord", "restaurant"],
    ),
    (
        "appraisal",
        &["real-estate-agency", "mortgage-broker", "law-firm", "bank"],
    ),
    (
        "architecture",
        &[
            "real-estate-developer",
            "home-builder",
            "general-contractor",
            "restaurant",
            "school",
        ],
    ),
    ("auto-body", &["car-dealer", "insurance-agency", "trucking"]),
    (
        "auto-repair",
        &["trucking", "courier", "taxi", "car-rental", "landscaping"],
    ),
    (
        "bakery",
        &["cafe", "restaurant", "catering", "hotel", "grocery"],
    ),
    (
        "beverage-maker",
        &["restaurant", "bar-pub", "grocery", "cafe"],
    ),
    ("brewery", &["bar-pub", "restaurant", "liquor-store"]),
    ("building-supply", &["construction"]),
    (
        "carpentry",
        &[
            "remodeling",
            "home-builder",
            "general-contractor",
            "interior-design",
        ],
    ),
    (
        "carpet-cleaning",
        &[
            "property-management",
            "hotel",
            "landlord",
            "vacation-rental",
        ],
    ),
    (
        "catering",
        &[
            "event-planning",
            "wedding-planning",
            "event-venue",
            "corporate-training",
        ],
    ),
    (
        "civil-engineering",
        &["real-estate-developer", "civil-works", "local-government"],
    ),
    (
        "claims-adjuster",
        &["insurance-company", "insurance-agency"],
    ),
    (
        "cleaning",
        &[
            "property-management",
            "vacation-rental",
            "medical-practice",
            "school",
        ],
    ),
    ("clothing-maker", &["clothing-store", "online-shop"]),
    (
        "coffee-roaster",
        &["cafe", "restaurant", "hotel", "specialty-food", "coworking"],
    ),
    (
        "collections",
        &[
            "medical-practice",
            "dental-practice",
            "lending",
            "property-management",
        ],
    ),
    (
        "contract-packaging",
        &["food-producer", "cosmetics-maker", "online-shop"],
    ),
    (
        "courier",
        &[
            "florist",
            "pharmacy",
            "law-firm",
            "restaurant",
            "medical-lab",
        ],
    ),
    (
        "cybersecurity",
        &["finance", "health-care", "law-firm", "accounting"],
    ),
    ("data-center", &["saas", "it-services", "web-portal"]),
    (
        "drywall",
        &[
            "general-contractor",
            "remodeling",
            "home-builder",
            "restoration",
        ],
    ),
    (
        "electrical",
        &[
            "general-contractor",
            "home-builder",
            "remodeling",
            "property-management",
            "solar-installer",
        ],
    ),
    (
        "engineering",
        &["manufacturing", "construction", "architecture"],
    ),
    (
        "equipment-rental",
        &["construction", "landscaping", "event-planning"],
    ),
    (
        "equipment-repair",
        &["farm", "manufacturing", "restaurant", "construction"],
    ),
    ("escrow", &["real-estate-agency", "mortgage-broker"]),
    (
        "event-planning",
        &[
            "business-association",
            "professional-association",
            "nonprofit",
            "corporate-training",
        ],
    ),
    (
        "event-venue",
        &[
            "event-planning",
            "wedding-planning",
            "business-association",
            "corporate-training",
        ],
    ),
    (
        "excavation",
        &[
            "home-builder",
            "general-contractor",
            "septic",
            "pool-builder",
        ],
    ),
    (
        "facilities",
        &["property-management", "school", "health-care"],
    ),
    (
        "farm",
        &["restaurant", "grocery", "food-producer", "specialty-food"],
    ),
    ("farm-services", &["farm", "orchard", "livestock"]),
    (
        "film-production",
        &[
            "advertising",
            "marketing-agency",
            "nonprofit",
            "real-estate-agency",
        ],
    ),
    (
        "financial-planning",
        &["medical-practice", "dental-practice", "law-firm", "church"],
    ),
    (
        "flooring",
        &[
            "remodeling",
            "home-builder",
            "interior-design",
            "property-management",
        ],
    ),
    (
        "florist",
        &[
            "wedding-planning",
            "funeral-home",
            "hotel",
            "event-planning",
            "restaurant",
        ],
    ),
    ("food-wholesale", &["accommodation-food", "grocery"]),
    (
        "freight-broker",
        &["manufacturing", "wholesale", "import-export"],
    ),
    (
        "fundraising",
        &["nonprofit", "foundation", "school", "museum", "church"],
    ),
    (
        "furniture-maker",
        &["furniture-store", "interior-design", "hotel", "restaurant"],
    ),
    (
        "graphic-design",
        &[
            "printing",
            "packaging-maker",
            "book-publisher",
            "marketing-agency",
        ],
    ),
    (
        "home-inspection",
        &["real-estate-agency", "mortgage-broker"],
    ),
    (
        "hvac",
        &[
            "property-management",
            "home-builder",
            "general-contractor",
            "restaurant",
            "school",
        ],
    ),
    ("industrial-supply", &["manufacturing", "construction"]),
    (
        "interior-design",
        &[
            "remodeling",
            "real-estate-agency",
            "hotel",
            "restaurant",
            "real-estate-developer",
        ],
    ),
    (
        "landscape-architecture",
        &["real-estate-developer", "landscaping", "parks-environment"],
    ),
    (
        "landscaping",
        &[
            "property-management",
            "homeowners-association",
            "real-estate-agency",
            "golf-course",
            "hotel",
        ],
    ),
    (
        "laundry",
        &["hotel", "restaurant", "spa", "medical-practice"],
    ),
    (
        "law-firm",
        &[
            "real-estate-agency",
            "real-estate-developer",
            "nonprofit",
            "saas",
        ],
    ),
    (
        "lending",
        &["real-estate-developer", "car-dealer", "franchisor"],
    ),
    ("logistics", &["online-shop", "wholesale", "manufacturing"]),
    (
        "machine-shop",
        &["machinery", "vehicle-parts", "medical-devices", "brewery"],
    ),
    (
        "mail-copy-shop",
        &["law-firm", "real-estate-agency", "online-shop"],
    ),
    (
        "marketing-agency",
        &[
            "real-estate-agency",
            "dental-practice",
            "fitness",
            "hotel",
            "saas",
        ],
    ),
    (
        "medical-lab",
        &["medical-practice", "urgent-care", "veterinary"],
    ),
    ("medical-office-supply", &["health-care"]),
    (
        "medical-transport",
        &["senior-living", "medical-center", "home-care"],
    ),
    (
        "metal-fabrication",
        &["construction", "machinery", "boat-builder"],
    ),
    (
        "mortgage-broker",
        &[
            "real-estate-agency",
            "home-builder",
            "real-estate-developer",
        ],
    ),
    (
        "moving",
        &[
            "real-estate-agency",
            "property-management",
            "senior-living",
            "self-storage",
        ],
    ),
    (
        "music",
        &["wedding-planning", "event-planning", "bar-pub", "church"],
    ),
    (
        "notary-title",
        &[
            "real-estate-agency",
            "mortgage-broker",
            "law-firm",
            "car-dealer",
        ],
    ),
    (
        "packaging-maker",
        &[
            "food-producer",
            "cosmetics-maker",
            "online-shop",
            "chocolate-candy",
            "bakery",
        ],
    ),
    (
        "painting",
        &[
            "real-estate-agency",
            "property-management",
            "remodeling",
            "home-builder",
        ],
    ),
    (
        "party-rental",
        &["wedding-planning", "event-planning", "catering"],
    ),
    (
        "paving-fencing",
        &[
            "property-management",
            "homeowners-association",
            "general-contractor",
        ],
    ),
    ("payments", &["retail", "accommodation-food", "online-shop"]),
    (
        "pest-control",
        &[
            "restaurant",
            "property-management",
            "hotel",
            "food-producer",
            "real-estate-agency",
        ],
    ),
    (
        "pharmacy",
        &["senior-living", "medical-practice", "home-care"],
    ),
    (
        "photography",
        &[
            "wedding-planning",
            "real-estate-agency",
            "restaurant",
            "online-shop",
            "hotel",
        ],
    ),
    (
        "plant-nursery",
        &["landscaping", "garden-center", "landscape-architecture"],
    ),
    (
        "plumbing",
        &[
            "property-management",
            "home-builder",
            "remodeling",
            "restaurant",
            "real-estate-agency",
        ],
    ),
    ("podcasting", &["speaking", "coaching", "saas"]),
    (
        "printing",
        &[
            "event-planning",
            "restaurant",
            "nonprofit",
            "real-estate-agency",
            "marketing-agency",
            "book-publisher",
        ],
    ),
    ("private-investigator", &["law-firm", "insurance-company"]),
    (
        "property-management",
        &[
            "landlord",
            "homeowners-association",
            "vacation-rental",
            "real-estate-agency",
        ],
    ),
    (
        "recruiting",
        &["manufacturing", "health-care", "saas", "finance"],
    ),
    ("recycling", &["manufacturing", "retail", "construction"]),
    ("renewable-energy", &["manufacturing", "farm", "school"]),
    (
        "restoration",
        &[
            "insurance-agency",
            "property-management",
            "homeowners-association",
        ],
    ),
    (
        "roofing",
        &[
            "property-management",
            "home-builder",
            "real-estate-agency",
            "homeowners-association",
            "insurance-agency",
        ],
    ),
    ("saas", &["professional-services", "finance", "online-shop"]),
    ("self-storage", &["moving", "real-estate-agency", "retail"]),
    (
        "septic",
        &["home-builder", "campground", "real-estate-agency"],
    ),
    (
        "sign-maker",
        &[
            "retail",
            "accommodation-food",
            "real-estate-agency",
            "franchisor",
        ],
    ),
    (
        "software-development",
        &[
            "saas",
            "finance",
            "health-care",
            "logistics",
            "manufacturing",
        ],
    ),
    (
        "solar-installer",
        &[
            "farm",
            "home-builder",
            "property-management",
            "homeowners-association",
        ],
    ),
    (
        "speaking",
        &[
            "business-association",
            "professional-association",
            "corporate-training",
            "event-planning",
        ],
    ),
    (
        "staffing",
        &[
            "manufacturing",
            "logistics",
            "accommodation-food",
            "construction",
            "health-care",
        ],
    ),
    ("steel-erection", &["general-contractor", "civil-works"]),
    (
        "surveying",
        &[
            "real-estate-developer",
            "civil-engineering",
            "notary-title",
            "law-firm",
        ],
    ),
    ("tailor", &["wedding-planning", "laundry", "clothing-store"]),
    (
        "testing-lab",
        &[
            "food-producer",
            "manufacturing",
            "civil-works",
            "cosmetics-maker",
        ],
    ),
    (
        "towing",
        &["auto-repair", "auto-body", "car-dealer", "parking-lot"],
    ),
    ("trade-supply", &["electrical", "plumbing", "hvac"]),
    (
        "translation",
        &[
            "import-export",
            "law-firm",
            "medical-center",
            "tour-operator",
        ],
    ),
    (
        "travel-agency",
        &["wedding-planning", "corporate-training", "church"],
    ),
    (
        "tree-care",
        &[
            "property-management",
            "homeowners-association",
            "landscaping",
            "insurance-agency",
        ],
    ),
    (
        "trucking",
        &["manufacturing", "wholesale", "farm", "building-supply"],
    ),
    (
        "upholstery",
        &["hotel", "restaurant", "furniture-store", "interior-design"],
    ),
    ("vehicle-parts", &["auto-parts", "auto-repair"]),
    ("veterinary", &["livestock", "pet-care", "zoo-garden"]),
    ("vehicle-wholesale", &["car-dealer"]),
    (
        "waste-collection",
        &["restaurant", "construction", "property-management"],
    ),
    (
        "winery",
        &["restaurant", "liquor-store", "event-venue", "catering"],
    ),
    (
        "woodworking",
        &["home-builder", "remodeling", "furniture-store"],
    ),
];

/// Whom trades have as customers that do not take them from each other, and those trades.
const SHARED_CUSTOMERS: &[(&str, &[&str])] = &[
    (
        "people who buy or sell a house",
        &[
            "real-estate-agency",
            "mortgage-broker",
            "home-inspection",
            "notary-title",
            "appraisal",
            "escrow",
            "moving",
            "insurance-agency",
            "interior-design",
            "self-storage",
        ],
    ),
    (
        "people with a house to keep up",
        &[
            "roofing",
            "hvac",
            "plumbing",
            "electrical",
            "painting",
            "landscaping",
            "siding-windows",
            "exterior-cleaning",
            "tree-care",
            "pest-control",
            "solar-installer",
            "remodeling",
            "pool-builder",
            "flooring",
            "handyman",
            "septic",
            "paving-fencing",
            "drywall",
            "masonry",
        ],
    ),
    (
        "couples who marry",
        &[
            "wedding-planning",
            "photography",
            "florist",
            "catering",
            "event-venue",
            "bakery",
            "jewelry-store",
            "hair-salon",
            "tailor",
            "music",
            "party-rental",
            "travel-agency",
            "limousine",
        ],
    ),
    (
        "people who begin a business",
        &[
            "accounting",
            "law-firm",
            "bank",
            "insurance-agency",
            "web-design",
            "commercial-real-estate",
            "bookkeeping",
            "payroll",
            "sign-maker",
            "coaching",
            "graphic-design",
        ],
    ),
    (
        "people with money to look after",
        &[
            "financial-planning",
            "tax-preparation",
            "law-firm",
            "insurance-agency",
            "accounting",
            "mortgage-broker",
        ],
    ),
    (
        "families whose parents grow old",
        &[
            "home-care",
            "senior-living",
            "law-firm",
            "medical-transport",
            "physical-therapy",
            "pharmacy",
            "moving",
            "funeral-home",
            "financial-planning",
        ],
    ),
    (
        "young families",
        &[
            "day-care",
            "midwifery",
            "toy-craft-store",
            "sports-school",
            "arts-school",
            "tutoring",
            "dental-practice",
            "family-fun",
            "photography",
        ],
    ),
    (
        "people in pain",
        &[
            "chiropractic",
            "physical-therapy",
            "massage",
            "medical-practice",
            "yoga-pilates",
            "fitness",
            "natural-health",
            "podiatry",
        ],
    ),
    (
        "people who want to live healthier",
        &[
            "fitness",
            "nutrition",
            "yoga-pilates",
            "counseling",
            "weight-loss",
            "natural-health",
            "coaching",
            "spa",
        ],
    ),
    ("people with pets", &["veterinary", "pet-care", "pet-store"]),
    (
        "people with cars",
        &[
            "auto-repair",
            "auto-body",
            "car-wash",
            "car-dealer",
            "towing",
            "auto-parts",
            "insurance-agency",
            "driving-school",
        ],
    ),
    (
        "people who go out",
        &[
            "restaurant",
            "theater-dance",
            "cinema",
            "taxi",
            "hotel",
            "bar-pub",
            "museum",
        ],
    ),
    (
        "visitors from elsewhere",
        &[
            "hotel",
            "tour-operator",
            "sightseeing",
            "restaurant",
            "museum",
            "vacation-rental",
            "bed-and-breakfast",
            "car-rental",
            "outdoor-adventure",
            "winery",
        ],
    ),
    (
        "firms that hire",
        &[
            "recruiting",
            "staffing",
            "payroll",
            "hr-consulting",
            "corporate-training",
            "trade-school",
            "college",
        ],
    ),
    (
        "firms that want to be known",
        &[
            "marketing-agency",
            "web-design",
            "graphic-design",
            "photography",
            "film-production",
            "printing",
            "public-relations",
            "writing",
            "podcasting",
        ],
    ),
    (
        "people who like food from nearby",
        &[
            "farm",
            "bakery",
            "coffee-roaster",
            "specialty-food",
            "brewery",
            "winery",
            "chocolate-candy",
            "food-truck",
            "beekeeping",
        ],
    ),
];

/// How one trade helps another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Service {
    /// It works for that trade in particular.
    Particular,
    /// It works for any business.
    Any,
}

/// Which trades help each other.
#[derive(Debug)]
pub(super) struct Trades<'v> {
    vocabulary: &'v Vocabulary,
    for_everybody: FxHashSet<IndustryId>,
    /// The helpers of a trade or a sector.
    helpers: FxHashMap<IndustryId, Vec<IndustryId>>,
    /// The groups of shared customers that a trade is in.
    groups: FxHashMap<IndustryId, Vec<usize>>,
}

impl<'v> Trades<'v> {
    pub(super) fn new(vocabulary: &'v Vocabulary) -> Self {
        // A library may hide a trade: then nobody is of it.
        let id = |slug: &&str| vocabulary.by_slug(slug);
        let mut helpers: FxHashMap<IndustryId, Vec<IndustryId>> = FxHashMap::default();
        for (helper, helped) in SERVES {
            let Some(helper) = id(helper) else { continue };
            for helped in helped.iter().filter_map(id) {
                helpers.entry(helped).or_default().push(helper);
            }
        }
        let mut groups: FxHashMap<IndustryId, Vec<usize>> = FxHashMap::default();
        for (number, (_, members)) in SHARED_CUSTOMERS.iter().enumerate() {
            for member in members.iter().filter_map(id) {
                groups.entry(member).or_default().push(number);
            }
        }
        Trades {
            vocabulary,
            for_everybody: FOR_EVERYBODY.iter().filter_map(id).collect(),
            helpers,
            groups,
        }
    }

    /// How `helper` helps `helped`, if it does. Nobody needs somebody of their own trade.
    pub(super) fn service(&self, helper: IndustryId, helped: IndustryId) -> Option<Service> {
        if helper == helped {
            return None;
        }
        let works_for = |trade| {
            let helpers = self.helpers.get(&trade);
            helpers.is_some_and(|helpers| helpers.contains(&helper))
        };
        if works_for(helped) || works_for(self.vocabulary.sector_of(helped)) {
            return Some(Service::Particular);
        }
        let is_any = self.for_everybody.contains(&helper);
        is_any.then_some(Service::Any)
    }

    /// The sector that a trade lies in.
    pub(super) fn sector_of(&self, trade: IndustryId) -> IndustryId {
        self.vocabulary.sector_of(trade)
    }

    /// The trades that work for one in particular.
    pub(super) fn helpers(&self, helped: IndustryId) -> impl Iterator<Item = IndustryId> {
        let sector = self.vocabulary.sector_of(helped);
        let own = self.helpers.get(&helped);
        let of_sector = self.helpers.get(&sector).filter(|_| sector != helped);
        own.into_iter().chain(of_sector).flatten().copied()
    }

    /// The customers that two trades have in common.
    pub(super) fn shared_customers(&self, a: IndustryId, b: IndustryId) -> Option<&'static str> {
        if a == b {
            return None;
        }
        let (a, b) = (self.groups.get(&a)?, self.groups.get(&b)?);
        let shared = a.iter().find(|group| b.contains(group))?;
        SHARED_CUSTOMERS
            .get(*shared)
            .map(|(customers, _)| *customers)
    }

    /// The trades that have customers in common with one.
    pub(super) fn neighbours(&self, trade: IndustryId) -> impl Iterator<Item = IndustryId> {
        let groups = self.groups.get(&trade).into_iter().flatten();
        let members = groups.filter_map(|group| SHARED_CUSTOMERS.get(*group));
        members
            .flat_map(|(_, members)| members.iter())
            .filter_map(|slug| self.vocabulary.by_slug(slug))
            .filter(move |other| *other != trade)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_trade_of_the_lists_is_in_the_vocabulary() {
        let vocabulary = Vocabulary::builtin();
        let served = SERVES
            .iter()
            .flat_map(|(helper, helped)| std::iter::once(helper).chain(helped.iter()));
        let shared = SHARED_CUSTOMERS
            .iter()
            .flat_map(|(_, members)| members.iter());
        let unknown: Vec<&&str> = FOR_EVERYBODY
            .iter()
            .chain(served)
            .chain(shared)
            .filter(|slug| vocabulary.by_slug(slug).is_none())
            .collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }

    #[test]
    fn each_trade_has_one_line() {
        let mut helpers: Vec<&str> = SERVES.iter().map(|(helper, _)| *helper).collect();
        let all = helpers.len();
        helpers.sort_unstable();
        helpers.dedup();
        assert_eq!(helpers.len(), all);
    }

    #[test]
    fn help_has_a_direction() {
        let vocabulary = Vocabulary::builtin();
        let trades = Trades::new(&vocabulary);
        let id = |slug: &str| vocabulary.by_slug(slug).unwrap();
        let service = |a: &str, b: &str| trades.service(id(a), id(b));
        assert_eq!(
            service("home-inspection", "real-estate-agency"),
            Some(Service::Particular)
        );
        assert_eq!(service("real-estate-agency", "home-inspection"), None);
        assert_eq!(service("bookkeeping", "roofing"), Some(Service::Any));
        assert_eq!(service("bookkeeping", "bookkeeping"), None);
        // What is for a sector is for its trades.
        assert_eq!(
            service("building-supply", "roofing"),
            Some(Service::Particular)
        );
        assert_eq!(
            trades.shared_customers(id("roofing"), id("hvac")),
            Some("people with a house to keep up")
        );
        assert_eq!(trades.shared_customers(id("roofing"), id("roofing")), None);
    }
}
