//! Finding pieces by words, whoever they are for.

use rustc_hash::FxHashMap;

use super::index::{Index, Piece, Term, words_of};
use crate::library::vocabulary::{IndustryId, Vocabulary};
use crate::source::front_matter::Kind;

/// A word that means a trade counts as much as this part of the rarest word, for pieces of it.
const TRADE: f64 = 0.6;

/// What is looked for.
#[derive(Clone, Debug, Default)]
pub struct Query<'a> {
    /// The words.
    pub words: &'a str,
    /// Only what is for this trade or sector.
    pub industry: Option<IndustryId>,
    /// Only this kind.
    pub kind: Option<Kind>,
    /// The moment that counts as now, in seconds since 1970.
    pub now: i64,
}

/// What was found.
#[derive(Clone)]
pub struct Answer<'a> {
    /// The pieces, the best first.
    pub found: Vec<Found<'a>>,
    /// Words that no piece holds, each with those that may have been meant.
    pub unknown: Vec<(String, Vec<String>)>,
}

/// A piece that was found.
#[derive(Clone)]
pub struct Found<'a> {
    /// The piece.
    pub piece: Piece<'a>,
    /// How well it answers: of use only against others of the same query.
    pub score: f64,
    /// The typed words that it holds, in their order.
    pub words: Vec<String>,
    /// The trades that were meant and that it is for.
    pub trades: Vec<IndustryId>,
}

/// Finds what is there to be given, the best first; between equals the first by address.
pub fn find<'a>(index: &Index<'a>, vocabulary: &Vocabulary, query: &Query<'_>) -> Answer<'a> {
    let typed = words_of(query.words);
    let last = typed.len().saturating_sub(1);
    let terms = typed.iter().enumerate();
    let terms: Vec<Term> = terms
        .map(|(at, word)| index.term(word, at == last))
        .collect();
    let trades = trades(vocabulary, query.words, &typed);
    let mut scores: FxHashMap<u32, (f64, Vec<String>)> = FxHashMap::default();
    for term in &terms {
        for hit in index.hits(term).hits {
            let (score, words) = scores.entry(hit.piece).or_default();
            *score += hit.score;
            words.push(term.typed.clone());
        }
    }
    let most = (1.0 + index.len() as f64).ln();
    let mut found = Vec::new();
    for (number, piece) in index.pieces() {
        let own: Vec<IndustryId> = industries(vocabulary, &piece);
        let inside = |wanted: IndustryId| own.iter().any(|own| vocabulary.contains(wanted, *own));
        let meant: Vec<IndustryId> = trades.iter().copied().filter(|id| inside(*id)).collect();
        let by_words = scores.remove(&number);
        if (by_words.is_none() && meant.is_empty())
            || piece
                .hold(query.now)
                .is_some_and(|hold| !hold.is_readable())
            || query.kind.is_some_and(|kind| piece.kind() != kind)
            || query.industry.is_some_and(|wanted| !inside(wanted))
        {
            continue;
        }
        let (score, words) = by_words.unwrap_or_default();
        found.push(Found {
            piece,
            score: score + TRADE * most * meant.len() as f64,
            words,
            trades: meant,
        });
    }
    found.sort_by(|a, b| {
        let by_score = b.score.total_cmp(&a.score);
        by_score.then_with(|| a.piece.address().cmp(b.piece.address()))
    });
    let unknown = terms.iter().filter(|term| {
        let is_trade = !trades.is_empty() && vocabulary.resolve(&term.typed).is_some();
        term.is_unknown() && !is_trade
    });
    let unknown = unknown.map(|term| (term.typed.clone(), index.meant(&term.typed)));
    Answer {
        unknown: unknown.collect(),
        found,
    }
}

/// The trades that all words together mean, or else single ones ("realtor").
fn trades(vocabulary: &Vocabulary, text: &str, words: &[String]) -> Vec<IndustryId> {
    let mut trades: Vec<IndustryId> = match vocabulary.resolve(text) {
        Some(whole) => vec![whole],
        None => words.iter().filter_map(|w| vocabulary.resolve(w)).collect(),
    };
    trades.sort_unstable();
    trades.dedup();
    trades
}

/// The industries of a piece.
fn industries(vocabulary: &Vocabulary, piece: &Piece<'_>) -> Vec<IndustryId> {
    let slugs = piece.industries();
    slugs.filter_map(|slug| vocabulary.by_slug(slug)).collect()
}
