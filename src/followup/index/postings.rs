//! Which pieces hold a word, and how often in each field: packed, a few bytes each.
//!
//! A posting is the distance to the piece before it, a byte that says which fields hold the word,
//! and how often each of them does; numbers are written seven bits to a byte, the last one without
//! the highest bit (LEB128, as in DWARF 5, section 7.6).

use super::FIELDS;

/// How often each field of a piece holds a word.
pub(super) type Counts = [u32; FIELDS];

/// Writes the postings of one word, piece by piece in rising order.
#[derive(Clone, Debug, Default)]
pub(super) struct Writer {
    bytes: Vec<u8>,
    last: u32,
}

impl Writer {
    pub fn push(&mut self, piece: u32, counts: &Counts) {
        self.number(piece.wrapping_sub(self.last));
        self.last = piece;
        let held = counts.iter().enumerate().filter(|(_, count)| **count > 0);
        self.bytes
            .push(held.clone().fold(0, |mask, (at, _)| mask | 1 << at));
        for (_, count) in held {
            self.number(*count);
        }
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    fn number(&mut self, mut number: u32) {
        while number > 0x7f {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }
}

/// Reads postings. Ends where the bytes do, or where they are none.
pub(super) struct Reader<'a> {
    bytes: std::slice::Iter<'a, u8>,
    last: u32,
}

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Reader {
            bytes: bytes.iter(),
            last: 0,
        }
    }

    fn number(&mut self) -> Option<u32> {
        let mut number = 0;
        for shift in (0..32).step_by(7) {
            let byte = *self.bytes.next()?;
            number |= u32::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }
}

impl Iterator for Reader<'_> {
    type Item = (u32, Counts);

    fn next(&mut self) -> Option<Self::Item> {
        self.last = self.last.wrapping_add(self.number()?);
        let mask = *self.bytes.next()?;
        let mut counts = Counts::default();
        for (at, count) in counts.iter_mut().enumerate() {
            if mask & 1 << at != 0 {
                *count = self.number()?;
            }
        }
        Some((self.last, counts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn what_is_written_is_read(
            postings in proptest::collection::btree_map(any::<u32>(), any::<Counts>(), 0..40)
        ) {
            let mut writer = Writer::default();
            for (piece, counts) in &postings {
                writer.push(*piece, counts);
            }
            let read: BTreeMap<u32, Counts> = Reader::new(writer.bytes()).collect();
            prop_assert_eq!(read, postings);
        }

        #[test]
        fn any_bytes_can_be_read(bytes in any::<Vec<u8>>()) {
            prop_assert!(Reader::new(&bytes).count() <= bytes.len());
        }
    }
}
