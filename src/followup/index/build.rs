//! Making the index: the words of every resource, read anew only where a text changed.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::Index;
use super::postings::{Counts, Reader, Writer};
use super::query::plain;
use super::store::{Record, StemTable, Stored, sorted_by, spelled};
use super::subject::{Subject, Words, subjects};
use crate::language::words::Stems;
use crate::library::Library;

/// How many resources are read at once: their words are kept in memory until they are packed.
const AT_ONCE: usize = 512;

/// Makes the index of a library. What is as it was in the index `before` is taken from there; the
/// outcome is the same, to the byte, as without. The postings of all words come beside it.
pub(super) fn build(library: &Library, before: Option<Index<'_>>) -> (Stored, Vec<u8>) {
    let resources = library.resources();
    let langs: BTreeSet<&str> = resources.map(|(_, document)| document.lang()).collect();
    let langs: Vec<String> = langs.into_iter().map(str::to_owned).collect();
    let subjects = subjects(library, &langs);
    let kept = Kept::new(before, &subjects);
    let (new, lengths) = read(&subjects, &kept);
    let records = subjects.into_iter().zip(lengths);
    let pieces: Vec<Record> = records
        .map(|(subject, lengths)| Record {
            lengths,
            ..subject.record
        })
        .collect();
    let mut stored = Stored {
        langs,
        totals: totals(&pieces),
        pieces,
        ..Stored::default()
    };
    let mut postings = Vec::new();
    let occurs = join(&mut stored, &mut postings, &kept, new);
    stored.stems = stem_tables(&stored.langs, &occurs);
    (stored, postings)
}

fn totals(pieces: &[Record]) -> [u64; super::FIELDS] {
    let mut totals = [0; super::FIELDS];
    for piece in pieces {
        for (total, length) in totals.iter_mut().zip(piece.lengths) {
            *total += u64::from(length);
        }
    }
    totals
}

/// What of an earlier index still holds.
struct Kept<'a> {
    before: Option<Index<'a>>,
    /// For each of its pieces, the number of the same piece now.
    now: Vec<Option<u32>>,
    /// For each piece of now, the lengths of its fields, where it was known.
    lengths: Vec<Option<Counts>>,
}

impl<'a> Kept<'a> {
    fn new(before: Option<Index<'a>>, subjects: &[Subject<'_>]) -> Self {
        let mut kept = Kept {
            before,
            now: Vec::new(),
            lengths: vec![None; subjects.len()],
        };
        let pieces = before.map_or(&[][..], |before| before.stored.pieces.as_slice());
        for piece in pieces {
            let found = subjects
                .binary_search_by(|subject| subject.record.path.as_str().cmp(piece.path.as_str()));
            let is_same = |at: &usize| {
                let subject = subjects.get(*at);
                subject.is_some_and(|subject| subject.record.hash == piece.hash)
            };
            let found = found.ok().filter(is_same);
            kept.now.push(found.map(|at| at as u32));
            if let Some(lengths) = found.and_then(|at| kept.lengths.get_mut(at)) {
                *lengths = Some(piece.lengths.map(|length| length.to_native()));
            }
        }
        kept
    }

    /// The words of the earlier index, with the postings that still hold.
    fn words(&self) -> impl Iterator<Item = (&'a str, Vec<(u32, Counts)>)> {
        let words = self.before.into_iter().flat_map(|before| {
            let words = before.stored.words.from(0);
            words.map(move |(at, word)| (word, before.postings(at)))
        });
        words.map(|(word, postings)| {
            let postings = postings.filter_map(|(piece, counts)| {
                let now = self.now.get(piece as usize).copied().flatten()?;
                Some((now, counts))
            });
            (word, postings.collect())
        })
    }
}

/// Reads what is not known yet. Gives the postings of each word, and the lengths of all pieces.
fn read(subjects: &[Subject<'_>], kept: &Kept<'_>) -> (Vec<(String, Writer)>, Vec<Counts>) {
    let mut new: FxHashMap<String, Writer> = FxHashMap::default();
    let mut lengths = Vec::with_capacity(subjects.len());
    let mut first = 0;
    for (subjects, known) in subjects.chunks(AT_ONCE).zip(kept.lengths.chunks(AT_ONCE)) {
        let read = subjects.par_iter().zip(known);
        let read = read.map(|(subject, known)| match known {
            Some(lengths) => Err(*lengths),
            None => Ok(subject.words()),
        });
        let read: Vec<Result<Words, Counts>> = read.collect();
        for (piece, read) in (first..).zip(read) {
            match read {
                Err(known) => lengths.push(known),
                Ok(words) => {
                    lengths.push(words.lengths);
                    for (word, counts) in &words.counts {
                        match new.get_mut(word) {
                            Some(writer) => writer.push(piece, counts),
                            None => new.entry(word.clone()).or_default().push(piece, counts),
                        }
                    }
                }
            }
        }
        first += subjects.len() as u32;
    }
    let new = new.into_iter();
    let mut new: Vec<(String, Writer)> = new
        .map(|(word, writer)| (sorted_by(&plain(&word), &word), writer))
        .collect();
    new.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    (new, lengths)
}

/// Joins what was kept with what is new, word by word; adds to the postings of `all` words. Gives
/// for each language the words that occur in it.
fn join(
    stored: &mut Stored,
    all: &mut Vec<u8>,
    kept: &Kept<'_>,
    new: Vec<(String, Writer)>,
) -> Vec<Vec<(u32, String)>> {
    let mut occurs = vec![Vec::new(); stored.langs.len()];
    let mut old = kept.words().peekable();
    let mut new = new.into_iter().peekable();
    loop {
        let order = match (old.peek(), new.peek()) {
            (None, None) => break,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some((old, _)), Some((new, _))) => (*old).cmp(new.as_str()),
        };
        let old = match order {
            Ordering::Greater => None,
            _ => old.next(),
        };
        let new = match order {
            Ordering::Less => None,
            _ => new.next(),
        };
        let word = match (&old, &new) {
            (Some((word, _)), _) => (*word).to_owned(),
            (None, Some((word, _))) => word.clone(),
            (None, None) => break,
        };
        let mut postings = old.map(|(_, postings)| postings).unwrap_or_default();
        if let Some((_, writer)) = new {
            postings.extend(Reader::new(writer.bytes()));
            postings.sort_unstable_by_key(|(piece, _)| *piece);
        }
        if !postings.is_empty() {
            add(stored, all, &mut occurs, &word, &postings);
        }
    }
    occurs
}

fn add(
    stored: &mut Stored,
    all: &mut Vec<u8>,
    occurs: &mut [Vec<(u32, String)>],
    word: &str,
    postings: &[(u32, Counts)],
) {
    let number = stored.ends.len() as u32;
    let mut writer = Writer::default();
    for (piece, counts) in postings {
        writer.push(*piece, counts);
        let lang = stored.pieces.get(*piece as usize).map(|piece| piece.lang);
        let words = lang.and_then(|lang| occurs.get_mut(lang as usize));
        if let Some(words) = words
            && words.last().is_none_or(|(last, _)| *last != number)
        {
            words.push((number, spelled(word).1.to_owned()));
        }
    }
    stored.words.push(word);
    all.extend_from_slice(writer.bytes());
    stored.ends.push(all.len() as u32);
}

fn stem_tables(langs: &[String], occurs: &[Vec<(u32, String)>]) -> Vec<StemTable> {
    let tables = langs.par_iter().zip(occurs);
    let tables = tables.map(|(lang, words)| {
        let stems = Stems::of(lang);
        let mut pairs: Vec<(String, u32)> = words
            .iter()
            .map(|(number, word)| (super::folded_stem(&stems, word), *number))
            .collect();
        pairs.sort_unstable();
        let mut table = StemTable::default();
        for (stem, word) in pairs {
            table.stems.push(&stem);
            table.words.push(word);
        }
        table
    });
    tables.collect()
}
