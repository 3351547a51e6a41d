//! A varied choice out of many good pieces.
//!
//! Maximal marginal relevance (Carbonell and Goldstein, The Use of MMR, Diversity-Based Reranking
//! for Reordering Documents and Producing Summaries, SIGIR 1998): piece by piece, the one that is
//! best on its own and least like those that were chosen before it.

use super::Suggestion;
use crate::followup::index::Piece;

/// How much the score counts against variety.
const RELEVANCE: f64 = 0.75;

/// So many pieces are considered for each that is chosen.
const POOL: usize = 10;

/// Chooses `number` of suggestions, which come the best first. Of translations of one piece only
/// the best is chosen.
pub(super) fn choose(mut ranked: Vec<Suggestion<'_>>, number: usize) -> Vec<Suggestion<'_>> {
    let pool = number.saturating_mul(POOL).min(ranked.len());
    let best = ranked.first().map_or(1.0, |best| best.score);
    let mut chosen: Vec<Suggestion<'_>> = Vec::new();
    // The likeness of each to the nearest of those that are chosen.
    let mut nearest = vec![0.0; ranked.len()];
    ranked.truncate(pool);
    let mut left: Vec<Option<Suggestion<'_>>> = ranked.into_iter().map(Some).collect();
    while chosen.len() < number {
        let mut next: Option<(f64, usize)> = None;
        for (at, (suggestion, nearest)) in left.iter().zip(&nearest).enumerate() {
            let Some(suggestion) = suggestion else {
                continue;
            };
            let value = RELEVANCE * suggestion.score / best - (1.0 - RELEVANCE) * nearest;
            // Between equals the one that is ranked first.
            if next.is_none_or(|(most, _)| value > most) {
                next = Some((value, at));
            }
        }
        let Some(pick) = next.and_then(|(_, at)| left.get_mut(at)?.take()) else {
            break;
        };
        for (other, nearest) in left.iter_mut().zip(&mut nearest) {
            let Some(piece) = other.as_ref().map(|other| other.piece) else {
                continue;
            };
            match piece.translations() == pick.piece.translations() {
                true => *other = None,
                false => *nearest = alike(&piece, &pick.piece).max(*nearest),
            }
        }
        chosen.push(pick);
    }
    chosen
}

/// How alike two pieces are, from 0 to 1: by their topics (Jaccard's coefficient), their trades and
/// their kind.
fn alike(a: &Piece<'_>, b: &Piece<'_>) -> f64 {
    let shared = |a: &[&str], b: &[&str]| {
        let both = a.iter().filter(|topic| b.contains(topic)).count();
        match a.len() + b.len() - both {
            0 => 0.0,
            either => both as f64 / either as f64,
        }
    };
    let topics = shared(&Vec::from_iter(a.topics()), &Vec::from_iter(b.topics()));
    let trades = shared(
        &Vec::from_iter(a.industries()),
        &Vec::from_iter(b.industries()),
    );
    let kind = f64::from(u8::from(a.kind() == b.kind()));
    0.6 * topics + 0.1 * trades + 0.3 * kind
}
