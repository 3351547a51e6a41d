//! The colours of covers: chosen by hand, one palette for each family of trades.

use crate::library::vocabulary::Vocabulary;

/// The colours of a cover, as `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// What the palette is called here.
    pub name: &'static str,
    /// The large surface.
    pub ground: &'static str,
    /// Text on `ground` and on `second`.
    pub ink: &'static str,
    /// A few small, strong shapes. No text stands on it.
    pub accent: &'static str,
    /// Shapes beside the ground.
    pub second: &'static str,
    /// The light surface.
    pub paper: &'static str,
    /// Text on `paper`.
    pub text: &'static str,
}

const fn palette(name: &'static str, colours: [&'static str; 6]) -> Palette {
    let [ground, ink, accent, second, paper, text] = colours;
    Palette {
        name,
        ground,
        ink,
        accent,
        second,
        paper,
        text,
    }
}

/// Every palette: ground, ink, accent, second, paper, text.
pub const PALETTES: [Palette; 12] = [
    palette(
        "harbour",
        [
            "#14213d", "#fff8ec", "#e8643c", "#2c4470", "#f6f1e7", "#14213d",
        ],
    ),
    palette(
        "forest",
        [
            "#1f3d2b", "#f7f3e3", "#d9a441", "#356446", "#f4efe0", "#1f3d2b",
        ],
    ),
    palette(
        "brick",
        [
            "#7f3219", "#fff6ea", "#f2b56b", "#5c2413", "#f8efe4", "#4a1c0e",
        ],
    ),
    palette(
        "clinic",
        [
            "#0e4d56", "#f2faf7", "#f29e7a", "#166a70", "#eef5f1", "#0b3a41",
        ],
    ),
    palette(
        "plum",
        [
            "#4b1d45", "#fbf1f4", "#e8a0b4", "#6f3663", "#f7eef1", "#3c1537",
        ],
    ),
    palette(
        "works",
        [
            "#2b2f36", "#f7f5ef", "#f2c230", "#4b525d", "#f1efe8", "#23262c",
        ],
    ),
    palette(
        "sand",
        [
            "#f3e3c8", "#2a2118", "#c8502d", "#e6b877", "#fbf5ea", "#2a2118",
        ],
    ),
    palette(
        "sky",
        [
            "#dce8ef", "#12263a", "#2d6cdf", "#a9c6d8", "#f4f8fb", "#12263a",
        ],
    ),
    palette(
        "wine",
        [
            "#5b1221", "#fff3ea", "#d98e73", "#862c3b", "#f9efea", "#470c19",
        ],
    ),
    palette(
        "sage",
        [
            "#dde5d3", "#1e2d22", "#b5532a", "#b3c4a5", "#f5f7f0", "#1e2d22",
        ],
    ),
    palette(
        "ochre",
        [
            "#e9b44c", "#2b1d0e", "#9b2915", "#f3d494", "#fbf3e1", "#2b1d0e",
        ],
    ),
    palette(
        "night",
        [
            "#2a2356", "#f5f2ff", "#f2a65a", "#453c88", "#f4f2fa", "#221c48",
        ],
    ),
];

/// The palette of an industry's sector; of a trade that the vocabulary does not know, and of a
/// book for everybody, the one that `hash` picks.
pub(super) fn choose(industry: Option<&str>, hash: u64) -> Palette {
    let sector = industry.and_then(|slug| {
        let vocabulary = Vocabulary::builtin();
        let sector = vocabulary.sector_of(vocabulary.by_slug(slug)?);
        Some(vocabulary.get(sector).slug.clone())
    });
    let name = sector.as_deref().and_then(of_sector);
    let by_hash = || PALETTES.get((hash % PALETTES.len() as u64) as usize);
    PALETTES
        .iter()
        .find(|palette| Some(palette.name) == name)
        .or_else(by_hash)
        .copied()
        .unwrap_or(PALETTES[0])
}

/// The palette of a sector of the built-in vocabulary.
fn of_sector(slug: &str) -> Option<&'static str> {
    Some(match slug {
        "agriculture" | "utilities" => "forest",
        "mining" | "construction" => "brick",
        "manufacturing" | "transportation" => "works",
        "wholesale" | "retail" => "ochre",
        "information" | "business-support" => "sky",
        "finance" | "professional-services" | "government" => "harbour",
        "real-estate" | "other-services" => "sand",
        "company-management" => "night",
        "education" => "sage",
        "health-care" => "clinic",
        "arts-recreation" => "plum",
        "accommodation-food" => "wine",
        _ => return None,
    })
}
