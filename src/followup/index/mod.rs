//! The full-text index: every resource with its words, ready to be asked.
//!
//! In: a [`Library`] and, where there is one, an earlier index, from which everything is taken
//! that did not change. Out: bytes, to be kept in a file ([`Bytes`]), and an [`Index`] that
//! answers from them as they lie there: which pieces hold a word ([`Index::hits`]), and what is
//! known of each ([`Index::piece`]). The words of a book's chapters are the book's.

mod build;
mod postings;
mod query;
mod score;
mod store;
mod subject;
#[cfg(test)]
mod tests;
mod text;
mod tokens;

use rkyv::rancor::{self, Failure};
use rkyv::util::AlignedVec;
use xxhash_rust::xxh3::xxh3_64;

use crate::language::words::Stems;
use crate::library::Library;
use crate::source::front_matter::Kind;
pub use query::{Term, words_of};
pub use score::{Hit, Hits};
use store::{ArchivedRecord, ArchivedStored};

/// How many fields a resource has: title (with the subtitle), summary (with why it helps), subjects
/// (topics and industries), headings (with the titles of chapters), and the text.
const FIELDS: usize = 5;

/// The place of the text among the fields; it alone is HTML.
const BODY: usize = 4;

/// The beginning of the file: what it is, and the version of its layout and of how words are read.
const MAGIC: [u8; 8] = *b"gtfind03";

/// The magic, a checksum of what follows, the stamp, and the number of the bytes of postings, which
/// come next. They are any bytes: among the others each would be looked at when those are checked.
const HEAD: usize = 32;
/// Where the stamp begins, and what the checksum is of.
const STAMP: usize = 16;
/// Where the number of the bytes of postings stands.
const POSTINGS: usize = 24;
/// What follows the postings begins at a multiple of this.
const ALIGNMENT: usize = 16;

/// An index as it lies in its file.
#[derive(Debug)]
pub struct Bytes {
    bytes: AlignedVec,
    /// What the index was made from; nothing where the bytes are none, or not as they were written.
    stamp: Option<u64>,
}

impl Bytes {
    /// Reads what a file holds, in one go. Whether it is an index is seen when it is asked.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn read(mut file: std::fs::File) -> std::io::Result<Bytes> {
        let size = file.metadata()?.len();
        let mut bytes = AlignedVec::with_capacity(usize::try_from(size).unwrap_or_default());
        bytes.extend_from_reader(&mut file)?;
        Ok(Bytes::of(bytes))
    }

    /// Makes the index of a library; what did not change since `before` is taken from there.
    /// `stamp` stands for what the library was made from. Nothing where it is too large to be
    /// written (more than 2 GB, or 4 GB of postings).
    pub fn build(library: &Library, stamp: u64, before: Option<&Index<'_>>) -> Option<Bytes> {
        let (stored, postings) = build::build(library, before.copied());
        u32::try_from(postings.len()).ok()?;
        let mut bytes = AlignedVec::new();
        bytes.extend_from_slice(&[0; HEAD]);
        bytes.extend_from_slice(&postings);
        bytes.resize(bytes.len().next_multiple_of(ALIGNMENT), 0);
        let mut bytes = rkyv::api::high::to_bytes_in::<_, Failure>(&stored, bytes).ok()?;
        put(&mut bytes, STAMP, stamp)?;
        put(&mut bytes, POSTINGS, postings.len() as u64)?;
        let sum = xxh3_64(bytes.get(STAMP..)?);
        put(&mut bytes, MAGIC.len(), sum)?;
        put(&mut bytes, 0, u64::from_le_bytes(MAGIC))?;
        Some(Bytes::of(bytes))
    }

    fn of(bytes: AlignedVec) -> Bytes {
        let stamp = stamp(&bytes);
        Bytes { bytes, stamp }
    }

    /// What is to be written into the file.
    pub fn as_slice(&self) -> &[u8] {
        &self.bytes
    }

    /// What the index was made from; nothing where the bytes are none, or not as they were
    /// written.
    pub fn stamp(&self) -> Option<u64> {
        self.stamp
    }

    /// The index in the bytes; nothing where they are none, or not as they were written.
    pub fn index(&self) -> Option<Index<'_>> {
        self.stamp?;
        let stored = rkyv::access::<ArchivedStored, rancor::Failure>(&self.bytes).ok()?;
        let (head, rest) = self.bytes.split_at_checked(HEAD)?;
        let number = head.get(POSTINGS..)?.first_chunk::<8>()?;
        let postings = rest.get(..usize::try_from(u64::from_le_bytes(*number)).ok()?)?;
        Some(Index { stored, postings })
    }
}

/// The stamp in the head of bytes that are as they were written.
fn stamp(bytes: &[u8]) -> Option<u64> {
    let (head, written) = bytes.split_at_checked(STAMP)?;
    let (magic, sum) = head.split_at_checked(MAGIC.len())?;
    let is_whole = magic == MAGIC && sum == xxh3_64(written).to_le_bytes();
    let stamp = written.first_chunk::<8>().filter(|_| is_whole)?;
    Some(u64::from_le_bytes(*stamp))
}

/// Writes a number of the head.
fn put(bytes: &mut [u8], at: usize, number: u64) -> Option<()> {
    *bytes.get_mut(at..)?.first_chunk_mut()? = number.to_le_bytes();
    Some(())
}

/// An index that can be asked.
#[derive(Clone, Copy)]
pub struct Index<'a> {
    stored: &'a ArchivedStored,
    /// The postings of all words: see [`postings`].
    postings: &'a [u8],
}

impl<'a> Index<'a> {
    /// How many pieces there are.
    pub fn len(&self) -> usize {
        self.stored.pieces.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.stored.pieces.is_empty()
    }

    /// The languages of the pieces.
    pub fn langs(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.stored.langs.iter().map(|lang| lang.as_str())
    }

    /// The piece of a number.
    pub fn piece(&self, number: u32) -> Option<Piece<'a>> {
        let record = self.stored.pieces.get(number as usize)?;
        let langs = &self.stored.langs;
        let lang = langs.get(record.lang.to_native() as usize)?.as_str();
        Some(Piece { record, lang })
    }

    /// Every piece with its number, sorted by path.
    pub fn pieces(&self) -> impl Iterator<Item = (u32, Piece<'a>)> + use<'a> {
        let index = *self;
        (0..index.len() as u32).filter_map(move |number| Some((number, index.piece(number)?)))
    }

    /// The postings of a word.
    fn postings(&self, word: usize) -> postings::Reader<'a> {
        let end = |word: usize| Some(self.stored.ends.get(word)?.to_native() as usize);
        let start = match word.checked_sub(1) {
            Some(before) => end(before),
            None => Some(0),
        };
        let range = start.zip(end(word));
        let bytes = range.and_then(|(start, end)| self.postings.get(start..end));
        postings::Reader::new(bytes.unwrap_or_default())
    }
}

/// What is known of a resource.
#[derive(Clone, Copy)]
pub struct Piece<'a> {
    record: &'a ArchivedRecord,
    lang: &'a str,
}

/// Why a piece is not given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// It is a draft.
    Draft,
    /// Its day has not come.
    Scheduled,
    /// Its day is over.
    Expired,
    /// The day by which the author wanted to look at it again has passed.
    Overdue,
}

impl Hold {
    /// Whether it can be read on the site all the same.
    pub fn is_readable(self) -> bool {
        self == Hold::Overdue
    }
}

impl<'a> Piece<'a> {
    /// Its path in content/.
    pub fn path(&self) -> &'a str {
        &self.record.path
    }

    /// What it is called.
    pub fn title(&self) -> &'a str {
        &self.record.title
    }

    /// What the reader gets from it; may be empty.
    pub fn summary(&self) -> &'a str {
        &self.record.summary
    }

    /// Its address on the site.
    pub fn address(&self) -> &'a str {
        &self.record.address
    }

    /// Its short address: `/r/ID/`.
    pub fn short_address(&self) -> &'a str {
        &self.record.short_address
    }

    /// Its short id.
    pub fn id(&self) -> &'a str {
        &self.record.id
    }

    /// What it is.
    pub fn kind(&self) -> Kind {
        let name = self.record.kind.as_str();
        let kind = Kind::RESOURCES.into_iter().find(|kind| kind.name() == name);
        kind.unwrap_or(Kind::Article)
    }

    /// Its language.
    pub fn lang(&self) -> &'a str {
        self.lang
    }

    /// The slugs of its industries.
    pub fn industries(&self) -> impl ExactSizeIterator<Item = &'a str> + use<'a> {
        self.record.industries.iter().map(|slug| slug.as_str())
    }

    /// Whether it is for everybody: because it says so, or because it names no industry.
    pub fn is_general(&self) -> bool {
        self.record.general || self.record.industries.is_empty()
    }

    /// The slugs of its topics.
    pub fn topics(&self) -> impl ExactSizeIterator<Item = &'a str> + use<'a> {
        self.record.topics.iter().map(|slug| slug.as_str())
    }

    /// What it has in common with its translations, and with nothing else.
    pub fn translations(&self) -> &'a str {
        &self.record.translations
    }

    /// When it was written or last changed in substance, in seconds since 1970.
    pub fn fresh(&self) -> Option<i64> {
        self.record.fresh.as_ref().map(|moment| moment.to_native())
    }

    /// Why it is not to be given at a moment, in seconds since 1970, if anything speaks against it.
    pub fn hold(&self, now: i64) -> Option<Hold> {
        let moment = |at: &rkyv::option::ArchivedOption<rkyv::rend::i64_le>| {
            at.as_ref().map(|moment| moment.to_native())
        };
        if self.record.draft {
            Some(Hold::Draft)
        } else if moment(&self.record.publish).is_some_and(|start| start > now) {
            Some(Hold::Scheduled)
        } else if moment(&self.record.expires).is_some_and(|end| end <= now) {
            Some(Hold::Expired)
        } else if moment(&self.record.overdue).is_some_and(|due| due <= now) {
            Some(Hold::Overdue)
        } else {
            None
        }
    }
}

/// A word's stem, without accents.
fn folded_stem(stems: &Stems, word: &str) -> String {
    query::plain(&stems.stem(word))
}
