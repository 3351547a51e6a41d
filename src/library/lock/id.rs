//! Short ids: five characters that name a document for ever, at `/r/ID/`.

use std::fmt;
use std::hash::{Hash, Hasher};

use xxhash_rust::xxh3::xxh3_64_with_seed;

/// How many characters a short id has.
pub const ID_LENGTH: usize = 5;

/// The characters of a short id. No vowels and no `y`, so that no words arise; none of `0`, `1`,
/// `l`, `i` and `o`, which are taken for one another when an address is read aloud or copied from
/// paper.
pub const ID_ALPHABET: &str = "23456789bcdfghjkmnpqrstvwxz";

/// The short id of a document: five characters of [`ID_ALPHABET`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ShortId([u8; ID_LENGTH]);

impl ShortId {
    /// Reads an id as it stands in front matter or in the lock.
    pub fn parse(text: &str) -> Result<Self, BadId> {
        let bad = |why| BadId {
            text: text.to_owned(),
            why,
        };
        if let Some(wrong) = text.chars().find(|c| !ID_ALPHABET.contains(*c)) {
            return Err(bad(Why::Character(wrong)));
        }
        match <[u8; ID_LENGTH]>::try_from(text.as_bytes()) {
            Ok(bytes) => Ok(ShortId(bytes)),
            Err(_) => Err(bad(Why::Length(text.len()))),
        }
    }

    /// The id that a new document gets: a hash of its source path, so that every machine comes to
    /// the same one. `attempt` counts the ids that were already taken.
    pub(super) fn derive(source: &str, attempt: u64) -> Self {
        let alphabet = ID_ALPHABET.as_bytes();
        let base = alphabet.len() as u64;
        let mut rest = xxh3_64_with_seed(source.as_bytes(), attempt);
        ShortId(std::array::from_fn(|_| {
            let digit = alphabet[(rest % base) as usize];
            rest /= base;
            digit
        }))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        // Every character of the alphabet is ASCII.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The short address: `/r/ID/`.
    pub fn address(&self) -> String {
        format!("/r/{self}/")
    }

    /// Whether YAML would read the bare id as a number.
    pub(super) fn is_number(&self) -> bool {
        self.0.iter().all(u8::is_ascii_digit)
    }
}

/// As one number, which costs less than five bytes: ids are looked up for every address.
impl Hash for ShortId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let fold = |number: u64, byte: &u8| number << 8 | u64::from(*byte);
        state.write_u64(self.0.iter().fold(0, fold));
    }
}

impl fmt::Display for ShortId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for ShortId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Text that is no short id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadId {
    text: String,
    why: Why,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Why {
    Character(char),
    Length(usize),
}

impl BadId {
    /// What a short id looks like, and the nearest right one where there is one.
    pub fn help(&self) -> String {
        let lower = self.text.trim().to_lowercase();
        if ShortId::parse(&lower).is_ok() {
            return format!("write `id: {lower}`");
        }
        format!("a short id is {ID_LENGTH} characters of {ID_ALPHABET}, such as `k7mpx`")
    }
}

impl fmt::Display for BadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.text.escape_debug();
        match self.why {
            Why::Character(wrong) => write!(
                f,
                "`{text}` is not a short id: `{}` is not allowed in it",
                wrong.escape_debug()
            ),
            Why::Length(length) => write!(
                f,
                "`{text}` is not a short id: it has {length} characters, not {ID_LENGTH}"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_characters_of_the_alphabet_are_an_id() {
        assert_eq!(ShortId::parse("k7mpx").unwrap().as_str(), "k7mpx");
        assert_eq!(ShortId::parse("k7mpx").unwrap().address(), "/r/k7mpx/");
    }

    #[test]
    fn anything_else_is_not_and_says_why() {
        let message = |text| ShortId::parse(text).unwrap_err().to_string();
        assert_eq!(
            message("k7mp"),
            "`k7mp` is not a short id: it has 4 characters, not 5"
        );
        assert_eq!(
            message("hello"),
            "`hello` is not a short id: `e` is not allowed in it"
        );
        assert_eq!(
            message("k\n"),
            "`k\\n` is not a short id: `\\n` is not allowed in it"
        );
        assert_eq!(
            message(""),
            "`` is not a short id: it has 0 characters, not 5"
        );
    }

    #[test]
    fn capitals_are_set_right() {
        let help = ShortId::parse("K7MPX").unwrap_err().help();
        assert_eq!(help, "write `id: k7mpx`");
    }

    #[test]
    fn derived_ids_are_the_same_everywhere_and_well_formed() {
        // A change here would give every new document another address on another version.
        assert_eq!(ShortId::derive("articles/why.md", 0).as_str(), "mjw44");
        for attempt in 0..1000 {
            let id = ShortId::derive("articles/why.md", attempt);
            assert_eq!(ShortId::parse(id.as_str()), Ok(id));
        }
    }
}
