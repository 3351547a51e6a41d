//! Moves: which of the documents that are new are those that went missing.
//!
//! Nobody is asked when the evidence is good: a unique name or address with similar words, or
//! similar words and no second candidate. Strong evidence is looked at first, for all documents,
//! so that it cannot be spoiled by a weaker guess. What is merely possible becomes a question.

use rustc_hash::FxHashMap;

use super::Fingerprint;
use super::address;
use super::fingerprint::{PERHAPS, SAME, SAME_NAME};

/// By how many bits a second candidate must be further away than the first.
const MARGIN: u32 = 3;

/// Up to so many pairs are compared one by one, in some 50 milliseconds.
const COMPARE_ALL: usize = 1 << 25;

/// A band shared by more documents than this says nothing about any of them.
const CROWD: usize = 64;

/// At most so many documents are named in a question.
const SUGGESTIONS: usize = 3;

/// What is known of a document that is missing, or new.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trace<'a> {
    /// Its source path, or nothing if that is unknown.
    pub(super) source: &'a str,
    /// Its address.
    pub(super) address: &'a str,
    /// Its fingerprint.
    pub(super) fingerprint: Fingerprint,
}

/// What became of the missing documents.
pub(super) struct Moves {
    /// For each missing document, the new one that it is.
    pub(super) certain: Vec<Option<usize>>,
    /// For each missing document that is still missing, the new ones that it may be, nearest
    /// first.
    pub(super) perhaps: Vec<Vec<usize>>,
}

/// Finds `missing` documents among the `new` ones.
pub(super) fn find(missing: &[Trace<'_>], new: &[Trace<'_>]) -> Moves {
    let mut search = Search {
        missing,
        new,
        certain: vec![None; missing.len()],
        taken: vec![false; new.len()],
    };
    if !missing.is_empty() && !new.is_empty() {
        search.by_name_or_address(SAME);
        search.by_same_fingerprint();
        search.by_near_fingerprint();
        search.by_name_or_address(SAME_NAME);
    }
    let perhaps = search.perhaps();
    Moves {
        certain: search.certain,
        perhaps,
    }
}

struct Search<'s, 'a> {
    missing: &'s [Trace<'a>],
    new: &'s [Trace<'a>],
    certain: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl<'a> Search<'_, 'a> {
    /// The address, then the longest part of the path that is still unique.
    fn by_name_or_address(&mut self, limit: u32) {
        self.by_key(limit, |trace| Some(address::fold(trace.address)));
        for parts in [3, 2, 1] {
            self.by_key(limit, |trace| name(trace.source, parts));
        }
    }

    fn by_same_fingerprint(&mut self) {
        self.by_key(0, |trace| {
            (!trace.fingerprint.is_empty()).then_some(trace.fingerprint)
        });
    }

    /// Matches those that share a key with nobody else, if their words are near enough.
    fn by_key<K: std::hash::Hash + Eq>(
        &mut self,
        limit: u32,
        key: impl Fn(&Trace<'a>) -> Option<K>,
    ) {
        let mut pairs: FxHashMap<K, (Only, Only)> = FxHashMap::default();
        for (at, trace) in self.still_missing() {
            if let Some(key) = key(trace) {
                pairs.entry(key).or_default().0.add(at);
            }
        }
        for (at, trace) in self.still_new() {
            // Only a missing document's key is of interest.
            if let Some(pair) = key(trace).and_then(|key| pairs.get_mut(&key)) {
                pair.1.add(at);
            }
        }
        let matched: Vec<(usize, usize)> = pairs
            .into_values()
            .filter_map(|pair| match pair {
                (Only::One(missing), Only::One(new)) => Some((missing, new)),
                _ => None,
            })
            .filter(|(missing, new)| near(&self.missing[*missing], &self.new[*new], limit))
            .collect();
        // Each document is in one pair at most, so that the order does not matter.
        for (missing, new) in matched {
            self.settle(missing, new);
        }
    }

    /// Matches those that are each other's nearest, with nobody else about as near.
    fn by_near_fingerprint(&mut self) {
        let mut of_missing = vec![Nearest::default(); self.missing.len()];
        let mut of_new = vec![Nearest::default(); self.new.len()];
        self.each_near_pair(SAME + MARGIN, |missing, new, distance| {
            of_missing[missing].see(new, distance);
            of_new[new].see(missing, distance);
        });
        for (missing, nearest) in of_missing.iter().enumerate() {
            if let Some(new) = nearest.clear()
                && of_new[new].clear() == Some(missing)
            {
                self.settle(missing, new);
            }
        }
    }

    fn settle(&mut self, missing: usize, new: usize) {
        self.certain[missing] = Some(new);
        self.taken[new] = true;
    }

    fn still_missing(&self) -> impl Iterator<Item = (usize, &Trace<'a>)> {
        let all = self.missing.iter().zip(&self.certain).enumerate();
        all.filter(|(_, (_, found))| found.is_none())
            .map(|(at, (trace, _))| (at, trace))
    }

    fn still_new(&self) -> impl Iterator<Item = (usize, &Trace<'a>)> {
        let all = self.new.iter().zip(&self.taken).enumerate();
        all.filter(|(_, (_, taken))| !**taken)
            .map(|(at, (trace, _))| (at, trace))
    }

    /// Visits pairs of a missing and a new document that are no further apart than `limit`: all of
    /// them, or, where there are very many documents, those that agree in one of four bands of 16
    /// bits (every pair up to three bits apart is among them, as in Manku et al.). Moving very
    /// many documents at once is a move of folders, not a rewrite. A pair may be visited twice.
    fn each_near_pair(&self, limit: u32, mut visit: impl FnMut(usize, usize, u32)) {
        let print = |(at, trace): (usize, &Trace<'a>)| {
            (!trace.fingerprint.is_empty()).then_some((at, trace.fingerprint))
        };
        let missing: Vec<(usize, Fingerprint)> = self.still_missing().filter_map(print).collect();
        let new: Vec<(usize, Fingerprint)> = self.still_new().filter_map(print).collect();
        let mut compare = |(one, a): (usize, Fingerprint), (other, b): (usize, Fingerprint)| {
            let distance = a.distance(b);
            if distance <= limit {
                visit(one, other, distance);
            }
        };
        if missing.len().saturating_mul(new.len()) <= COMPARE_ALL {
            for &one in &missing {
                for &other in &new {
                    compare(one, other);
                }
            }
            return;
        }
        for band in 0..4 {
            let of = |print: Fingerprint| (print.bits() >> (16 * band)) as u16;
            let mut bands: FxHashMap<u16, Vec<(usize, Fingerprint)>> = FxHashMap::default();
            for &(at, print) in &new {
                bands.entry(of(print)).or_default().push((at, print));
            }
            for &one in &missing {
                let near = bands.get(&of(one.1)).filter(|near| near.len() <= CROWD);
                for &other in near.into_iter().flatten() {
                    compare(one, other);
                }
            }
        }
    }

    /// For those still missing, the new documents of the same address, of similar words, or of the
    /// same name.
    fn perhaps(&self) -> Vec<Vec<usize>> {
        let mut questions: Vec<Vec<(u32, usize)>> = vec![Vec::new(); self.missing.len()];
        self.each_near_pair(PERHAPS, |missing, new, distance| {
            let question = &mut questions[missing];
            question.push((distance, new));
            // Ten copies of one text are no reason to remember more.
            if question.len() > CROWD {
                question.sort_unstable();
                question.dedup();
                question.truncate(SUGGESTIONS);
            }
        });
        self.each_namesake(
            |trace| Some(address::fold(trace.address)),
            |missing, new| questions[missing].push((0, new)),
        );
        self.each_namesake(
            |trace| name(trace.source, 1),
            |missing, new| questions[missing].push((PERHAPS, new)),
        );
        questions.into_iter().map(nearest_few).collect()
    }

    fn each_namesake<K: std::hash::Hash + Eq>(
        &self,
        key: impl Fn(&Trace<'a>) -> Option<K>,
        mut visit: impl FnMut(usize, usize),
    ) {
        let mut groups: FxHashMap<K, Vec<usize>> = FxHashMap::default();
        for (at, trace) in self.still_new() {
            if let Some(key) = key(trace) {
                groups.entry(key).or_default().push(at);
            }
        }
        for (at, trace) in self.still_missing() {
            let group = key(trace).and_then(|key| groups.get(&key));
            for &new in group
                .filter(|group| group.len() <= SUGGESTIONS)
                .into_iter()
                .flatten()
            {
                visit(at, new);
            }
        }
    }
}

fn nearest_few(mut question: Vec<(u32, usize)>) -> Vec<usize> {
    question.sort_unstable();
    let mut few: Vec<usize> = Vec::new();
    for (_, new) in question {
        if few.len() < SUGGESTIONS && !few.contains(&new) {
            few.push(new);
        }
    }
    few
}

/// Whether the words of two documents are no further apart than `limit`. Nothing is known of the
/// words of an empty fingerprint, which is good enough where only a wild difference counts.
fn near(one: &Trace<'_>, other: &Trace<'_>, limit: u32) -> bool {
    if one.fingerprint.is_empty() || other.fingerprint.is_empty() {
        return limit >= SAME_NAME;
    }
    one.fingerprint.distance(other.fingerprint) <= limit
}

/// The name of a document: the last `parts` of its path, without what may change when a file
/// becomes a folder (`why.md`, `why/index.md`).
fn name(source: &str, parts: usize) -> Option<&str> {
    let stem = ["/index.md", "/_index.md", "/README.md", ".md"]
        .iter()
        .find_map(|ending| source.strip_suffix(ending))
        .unwrap_or(source);
    if stem.is_empty() {
        return None;
    }
    let mut slashes = stem.rmatch_indices('/').map(|(at, _)| at);
    match slashes.nth(parts - 1) {
        Some(at) => stem.get(at + 1..),
        // The whole path is its own longest part, but no path is as long as all others.
        None if stem.matches('/').count() + 1 == parts => Some(stem),
        None => None,
    }
}

/// None, one or many.
#[derive(Clone, Copy, Default)]
enum Only {
    #[default]
    None,
    One(usize),
    Many,
}

impl Only {
    fn add(&mut self, at: usize) {
        *self = match self {
            Only::None => Only::One(at),
            _ => Only::Many,
        };
    }
}

/// The nearest of all candidates seen, and how near the next one was.
#[derive(Clone, Copy, Default)]
struct Nearest {
    best: Option<(u32, usize)>,
    second: Option<u32>,
}

impl Nearest {
    fn see(&mut self, candidate: usize, distance: u32) {
        match self.best {
            Some((_, best)) if best == candidate => {}
            Some((best, _)) if best <= distance => self.second_is(distance),
            Some((best, _)) => {
                self.second_is(best);
                self.best = Some((distance, candidate));
            }
            None => self.best = Some((distance, candidate)),
        }
    }

    fn second_is(&mut self, distance: u32) {
        self.second = Some(self.second.map_or(distance, |second| second.min(distance)));
    }

    /// The nearest one, if it is near enough and nobody else about as near.
    fn clear(&self) -> Option<usize> {
        let (distance, candidate) = self.best?;
        let alone = self.second.is_none_or(|second| second >= distance + MARGIN);
        (distance <= SAME && alone).then_some(candidate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRINT: u64 = 0x0123_4567_89ab_cdef;

    fn trace<'a>(source: &'a str, bits: u64) -> Trace<'a> {
        Trace {
            source,
            // No two alike, unless a test wants that.
            address: source,
            fingerprint: Fingerprint::from_bits(bits),
        }
    }

    /// `bits` bits of a fingerprint flipped, a different set for each `salt`.
    fn flipped(print: u64, bits: u32, salt: u32) -> u64 {
        (0..bits).fold(print, |print, bit| print ^ 1 << ((bit * 3 + salt * 7) % 64))
    }

    fn certain(missing: &[Trace<'_>], new: &[Trace<'_>]) -> Vec<Option<usize>> {
        find(missing, new).certain
    }

    #[test]
    fn names_are_cut_from_the_end() {
        assert_eq!(name("a/b/why.md", 1), Some("why"));
        assert_eq!(name("a/b/why.md", 2), Some("b/why"));
        assert_eq!(name("a/b/why/index.md", 2), Some("b/why"));
        assert_eq!(name("a/b/why.md", 3), Some("a/b/why"));
        assert_eq!(name("a/b/why.md", 4), None);
        assert_eq!(name("books/serve-first", 1), Some("serve-first"));
        assert_eq!(name("index.md", 1), Some("index"));
        assert_eq!(name("", 1), None);
        assert_eq!(name(".md", 1), None);
    }

    #[test]
    fn the_same_name_elsewhere_is_enough_though_it_was_edited() {
        let old = [trace("articles/why.md", PRINT)];
        let new = [
            trace("other.md", !PRINT),
            trace("guides/why.md", flipped(PRINT, 18, 0)),
        ];
        assert_eq!(certain(&old, &new), [Some(1)]);
    }

    #[test]
    fn the_same_name_of_another_text_is_not() {
        let old = [trace("articles/why.md", PRINT)];
        let new = [trace("guides/why.md", flipped(PRINT, 32, 0))];
        let moves = find(&old, &new);
        assert_eq!(moves.certain, [None]);
        assert_eq!(moves.perhaps, [vec![0]]);
    }

    #[test]
    fn two_of_one_name_are_told_apart_by_their_folder_or_their_words() {
        let (one, two) = (PRINT, !PRINT);
        let old = [
            trace("books/a/intro.md", one),
            trace("books/b/intro.md", two),
        ];
        let new = [trace("lib/b/intro.md", two), trace("lib/a/intro.md", one)];
        assert_eq!(certain(&old, &new), [Some(1), Some(0)]);
        let new = [trace("x/d/intro.md", two), trace("x/c/intro.md", one)];
        assert_eq!(certain(&old, &new), [Some(1), Some(0)]);
    }

    #[test]
    fn similar_words_are_enough_without_a_second_candidate() {
        let old = [trace("why.md", PRINT)];
        let near = trace("a.md", flipped(PRINT, 9, 0));
        assert_eq!(certain(&old, &[near, trace("b.md", !PRINT)]), [Some(0)]);
        let second = trace("b.md", flipped(PRINT, 10, 2));
        let moves = find(&old, &[near, second]);
        assert_eq!(moves.certain, [None]);
        assert_eq!(moves.perhaps, [vec![0, 1]]);
        let same = trace("b.md", PRINT);
        assert_eq!(certain(&old, &[near, same]), [Some(1)]);
    }

    #[test]
    fn what_is_only_somewhat_similar_becomes_a_question() {
        let old = [trace("why.md", PRINT)];
        let new = [trace("a.md", flipped(PRINT, SAME + 3, 0))];
        let moves = find(&old, &new);
        assert_eq!((moves.certain, moves.perhaps), (vec![None], vec![vec![0]]));
        let new = [trace("a.md", flipped(PRINT, PERHAPS + 1, 0))];
        assert!(find(&old, &new).perhaps.concat().is_empty());
    }

    #[test]
    fn good_evidence_comes_before_a_weaker_guess() {
        let old = [trace("articles/why.md", PRINT)];
        let new = [
            trace("guides/why.md", flipped(PRINT, 22, 0)),
            trace("guides/pitching.md", PRINT),
        ];
        assert_eq!(certain(&old, &new), [Some(1)]);
    }

    #[test]
    fn empty_documents_are_known_by_their_name_only() {
        let old = [trace("a/one.md", 0), trace("a/two.md", 0)];
        let new = [trace("b/two.md", 0), trace("b/three.md", 0)];
        assert_eq!(certain(&old, &new), [None, Some(0)]);
    }

    #[test]
    fn the_same_address_from_another_file_is_the_same_document() {
        let at = |source, bits| Trace {
            address: "/why/",
            ..trace(source, bits)
        };
        let old = [at("why.md", PRINT)];
        assert_eq!(
            certain(&old, &[at("2024-03-09-why.md", flipped(PRINT, 20, 0))]),
            [Some(0)]
        );
        let moves = find(&old, &[at("other.md", !PRINT)]);
        assert_eq!((moves.certain, moves.perhaps), (vec![None], vec![vec![0]]));
    }

    #[test]
    fn very_many_moves_are_found_by_bands() {
        let mut random = fastrand::Rng::with_seed(1);
        let prints: Vec<u64> = (0..8_000).map(|_| random.u64(1..)).collect();
        let names: Vec<String> = (0..16_000).map(|at| format!("{at}.md")).collect();
        let old: Vec<_> = names
            .iter()
            .zip(&prints)
            .map(|(name, print)| trace(name, *print))
            .collect();
        let new: Vec<_> = names
            .iter()
            .skip(8_000)
            .zip(&prints)
            .map(|(name, print)| trace(name, flipped(*print, 3, random.u32(0..9))))
            .collect();
        let right = |(at, found): (usize, Option<usize>)| found == Some(at);
        assert!(certain(&old, &new).into_iter().enumerate().all(right));
    }

    #[test]
    fn ten_thousand_copies_of_one_text_end_in_no_match() {
        let names: Vec<String> = (0..20_000).map(|at| format!("{at}.md")).collect();
        let traces: Vec<_> = names.iter().map(|name| trace(name, PRINT)).collect();
        let (old, new) = traces.split_at(10_000);
        assert!(certain(old, new).iter().all(Option::is_none));
    }
}
