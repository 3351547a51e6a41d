//! Fingerprints: 64 bits by which a document is recognised after it was moved, renamed and
//! slightly edited.
//!
//! The fingerprint is a simhash: M. S. Charikar, "Similarity estimation techniques from rounding
//! algorithms" (STOC 2002), used for near-duplicate pages as in G. S. Manku, A. Jain and A. Das
//! Sarma, "Detecting near-duplicates for web crawling" (WWW 2007). Each feature of a text votes on
//! every bit with its hash, and the majority wins; the share of bits in which two fingerprints
//! differ is then, on average, the angle between the texts divided by π. Features are pairs of
//! neighbouring words, which notice word order, and the single words of the title.

use std::fmt;

use xxhash_rust::xxh3::xxh3_64;

/// Two documents no further apart are the same one, if there is no second candidate.
///
/// A text in which one word pair in ten is new is 9 bits away on average, and one in five 13. Two
/// unrelated texts are 32 ± 4 bits apart, so that chance brings a pair of them to 12 bits or less
/// once in four million (the tail of a fair coin thrown 64 times). Manku et al. allow 3 bits, but
/// among 8 billion pages; here a handful of lost documents meets a handful of new ones.
pub(super) const SAME: u32 = 12;

/// Two documents no further apart are worth a question to the author. Chance does this to one pair
/// in 600, the common words of one language to one in 150.
pub(super) const PERHAPS: u32 = 20;

/// Two documents of the same name further apart than this are different ones: about as far as
/// chance brings a pair in 25.
pub(super) const SAME_NAME: u32 = 24;

/// The 64-bit simhash of a document's words.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// A fingerprint from its bits.
    pub fn from_bits(bits: u64) -> Self {
        Fingerprint(bits)
    }

    /// The bits of the fingerprint.
    pub fn bits(self) -> u64 {
        self.0
    }

    /// In how many of the 64 bits two fingerprints differ (the Hamming distance): 0 for the same
    /// words, about 32 for unrelated ones.
    pub fn distance(self, other: Fingerprint) -> u32 {
        (self.0 ^ other.0).count_ones()
    }

    /// Whether the document had no words, so that nothing follows from its fingerprint.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Reads the 16 hexadecimal digits that `Display` writes.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let digits = text.len() == 16 && text.bytes().all(|b| b.is_ascii_hexdigit());
        let bits = digits.then(|| u64::from_str_radix(text, 16).ok())?;
        bits.map(Fingerprint)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// The fingerprint of a document: of its title and of its words, which may come in pieces (a
/// piece's end also ends a word). Markup, case, punctuation and the kind of apostrophe do not
/// matter, so give it plain text.
pub fn fingerprint<'a>(title: &str, text: impl IntoIterator<Item = &'a str>) -> Fingerprint {
    let mut heading = Shingles {
        singles: true,
        ..Shingles::default()
    };
    heading.read(title);
    let mut shingles = Shingles {
        votes: heading.end(),
        ..Shingles::default()
    };
    for piece in text {
        shingles.read(piece);
    }
    shingles.end().majority()
}

/// Cuts text into words and lets every pair of neighbours vote.
#[derive(Default)]
struct Shingles {
    /// The current word, lower-cased: its last zero to eight bytes, the first one lowest.
    bytes: u64,
    /// How many those are.
    filled: u32,
    /// The bytes of the current word before those, hashed, or 0.
    earlier: u64,
    /// The word before the current one, or 0.
    previous: u64,
    /// Whether each word also votes on its own.
    singles: bool,
    votes: Votes,
}

impl Shingles {
    fn read(&mut self, text: &str) {
        let mut rest = text.as_bytes();
        loop {
            let (letters, count) = leading_letters(rest);
            if count > 0 {
                self.letters(letters, count);
            }
            let (_, after) = rest.split_at(count as usize);
            match after {
                _ if count == 8 => rest = after,
                [] => break,
                [byte, more @ ..] if byte.is_ascii() => {
                    self.end_word();
                    rest = more;
                }
                [..] => {
                    let at = text.len() - after.len();
                    rest = self
                        .read_other(text.get(at..).unwrap_or_default())
                        .as_bytes();
                }
            }
        }
        self.end_word();
    }

    /// Reads one character beyond ASCII; returns what comes after it.
    fn read_other<'a>(&mut self, text: &'a str) -> &'a str {
        let mut rest = text.chars();
        let Some(c) = rest.next() else { return "" };
        if !c.is_alphanumeric() && !is_mark(c) {
            self.end_word();
            return rest.as_str();
        }
        for lower in c.to_lowercase() {
            for &byte in lower.encode_utf8(&mut [0; 4]).as_bytes() {
                self.letters(u64::from(byte), 1);
            }
        }
        if stands_alone(c) {
            self.end_word();
        }
        rest.as_str()
    }

    /// Appends `count` bytes to the current word.
    #[inline]
    fn letters(&mut self, mut letters: u64, mut count: u32) {
        if self.filled == 8 && count > 0 {
            self.earlier = hash(self.earlier, self.bytes);
            (self.bytes, self.filled) = (0, 0);
        }
        if self.filled == 0 {
            (self.bytes, self.filled) = (letters, count);
            return;
        }
        // Only a word with letters beyond ASCII comes in pieces other than eight bytes.
        while count > 0 {
            if self.filled == 8 {
                self.earlier = hash(self.earlier, self.bytes);
                (self.bytes, self.filled) = (0, 0);
            }
            self.bytes |= (letters & 0xff) << (8 * self.filled);
            self.filled += 1;
            letters >>= 8;
            count -= 1;
        }
    }

    #[inline]
    fn end_word(&mut self) {
        if self.filled == 0 {
            return;
        }
        let word = match self.earlier {
            0 => self.bytes,
            earlier => hash(earlier, self.bytes),
        };
        if self.singles {
            self.votes.add(hash(0, word));
        }
        if self.previous != 0 {
            self.votes.add(hash(self.previous, word));
        }
        (self.bytes, self.filled, self.earlier, self.previous) = (0, 0, 0, word);
    }

    /// The votes; of a text of a single word, that word's.
    fn end(mut self) -> Votes {
        if self.votes.is_empty() && self.previous != 0 {
            self.votes.add(hash(0, self.previous));
        }
        self.votes
    }
}

/// The ASCII letters and digits that a text starts with, lower-cased, at most eight of them, the
/// first one in the lowest byte; and how many there are. All eight bytes are looked at together.
#[inline]
fn leading_letters(text: &[u8]) -> (u64, u32) {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * EACH;
    let chunk = match text.first_chunk::<8>() {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => (0..)
            .zip(text)
            .fold(0, |chunk, (at, byte)| chunk | u64::from(*byte) << (8 * at)),
    };
    // Sets the high bit of each byte from `first` to `last`; bytes are below 0x80, so that no sum
    // runs over into the next one.
    let within = |bytes: u64, first: u8, last: u8| {
        let from_first = bytes + u64::from(0x80 - first) * EACH;
        let after_last = bytes + u64::from(0x7f - last) * EACH;
        from_first & !after_last
    };
    let ascii = chunk & !HIGH;
    // Sets letters in lower case and leaves digits as they are.
    let lower = ascii | (0x20 * EACH);
    let wanted = (within(lower, b'a', b'z') | within(ascii, b'0', b'9')) & !chunk & HIGH;
    match (wanted ^ HIGH).trailing_zeros() / 8 {
        8 => (lower, 8),
        count => (lower & ((1 << (8 * count)) - 1), count),
    }
}

/// The hash of two halves. Of a fixed size, it costs the same few instructions for every word.
#[inline]
fn hash(first: u64, second: u64) -> u64 {
    let bytes = (u128::from(second) << 64 | u128::from(first)).to_le_bytes();
    xxh3_64(&bytes)
}

/// Whether a character belongs to the letter before it, as accents and vowel signs do.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{dff}')
}

/// Whether a character is a word by itself: these scripts put no spaces between words.
fn stands_alone(c: char) -> bool {
    matches!(
        c,
        '\u{e00}'..='\u{eff}'       // Thai, Lao
        | '\u{1000}'..='\u{109f}'   // Burmese
        | '\u{1780}'..='\u{17ff}'   // Khmer
        | '\u{3040}'..='\u{30ff}'   // Kana
        | '\u{3400}'..='\u{9fff}'   // Han
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}'
    )
}

/// For each of 64 bits, in how many hashes it was set.
///
/// 64 counters lie side by side in `planes`: the first plane holds the lowest bit of each, the
/// next one the second lowest, and so on. Eight hashes at a time go through carry-save adders
/// (Harley and Seal's way to count bits), about five operations for a hash instead of 64
/// additions.
#[derive(Default)]
struct Votes {
    planes: [u64; 32],
    waiting: [u64; 8],
    hashes: usize,
}

impl Votes {
    #[inline]
    fn add(&mut self, hash: u64) {
        self.waiting[self.hashes % 8] = hash;
        self.hashes += 1;
        if self.hashes.is_multiple_of(8) {
            self.count_waiting();
        }
    }

    fn count_waiting(&mut self) {
        let [a, b, c, d, e, f, g, h] = std::mem::take(&mut self.waiting);
        let [ones, twos, fours, higher @ ..] = &mut self.planes;
        let twos_a = add_carry(ones, a, b);
        let twos_b = add_carry(ones, c, d);
        let fours_a = add_carry(twos, twos_a, twos_b);
        let twos_c = add_carry(ones, e, f);
        let twos_d = add_carry(ones, g, h);
        let fours_b = add_carry(twos, twos_c, twos_d);
        let mut carry = add_carry(fours, fours_a, fours_b);
        for plane in higher {
            (*plane, carry) = (*plane ^ carry, *plane & carry);
            if carry == 0 {
                break;
            }
        }
    }

    fn is_empty(&self) -> bool {
        self.hashes == 0
    }

    fn majority(mut self) -> Fingerprint {
        self.count_waiting();
        let votes = |bit: u32| -> usize {
            let planes = (0..).zip(&self.planes);
            planes
                .map(|(power, plane)| ((plane >> bit & 1) as usize) << power)
                .sum()
        };
        let set = (0..64).filter(|bit| votes(*bit) * 2 > self.hashes);
        Fingerprint(set.fold(0, |bits, bit| bits | 1 << bit))
    }
}

/// Adds two bits to a plane, in each of 64 places: the carries.
fn add_carry(plane: &mut u64, a: u64, b: u64) -> u64 {
    let half = *plane ^ a;
    let carry = (*plane & a) | (half & b);
    *plane = half ^ b;
    carry
}

#[cfg(test)]
mod tests {
    use super::*;

    const PITCHING: &str = "Most people come home from a networking evening with a pocket full of \
        cards and nothing to write. They talked about themselves for two hours, and so did \
        everybody else. The next morning they send the same note to all of them: it was great to \
        meet you, here is what we do, let us find time for a call. Nobody answers, because nothing \
        in that note helps the person who reads it. A pitch asks a stranger for a favour. It asks \
        for time, for attention, and in the end for money, and it offers a brochure in return. \
        Turn it around. Ask what the person is working on this month and what is in the way. \
        Write the answer down before you get into the car. Then send one page that helps with \
        exactly that, without a word about your own services, and leave it there. People remember \
        who solved something for them. They come back on their own, and they tell others about it, \
        which no brochure has ever managed. It takes ten minutes a week and a small shelf of good \
        pages to give away.";

    const ROOFING: &str = "After a hail storm the phone does not stop for three weeks, and half of \
        the callers want an answer on the spot. Keep a list by the phone: address, age of the \
        roof, what they see from the ground, who insures the house. Photograph every slope before \
        anybody climbs up, with the house number in the first picture. A tarpaulin comes before an \
        estimate, always. Tell owners what their insurer will ask for, give them the list on \
        paper, and call back on the day that you named, even when there is nothing new to say. \
        The neighbours are watching how you treat the first house in the street.";

    fn of(title: &str, text: &str) -> Fingerprint {
        fingerprint(title, [text])
    }

    #[test]
    fn a_fingerprint_never_changes_between_versions() {
        // It stands in lock files: a change here means a new version of the format.
        assert_eq!(
            of("Why pitching fails", "Turn it around, café owner: 你好").to_string(),
            "f44775db12f62b31"
        );
    }

    #[test]
    fn case_punctuation_and_pieces_do_not_matter() {
        let plain = of("Why", "Don't pitch - help, and write internationalisation");
        let pieces = ["don’t PITCH", "help", "and ‘write’ INTERNATIONALISATION!"];
        assert_eq!(plain, fingerprint("why", pieces));
    }

    #[test]
    fn the_order_of_words_matters() {
        let text = "help people first and pitch never";
        assert_ne!(of("", text), of("", "never pitch and first people help"));
    }

    #[test]
    fn an_edited_text_is_still_the_same_one() {
        let original = of("Why pitching fails", PITCHING);
        let edits: [(&str, String); 4] = [
            (
                "Why pitching fails",
                PITCHING.replace("two hours", "three hours"),
            ),
            (
                "Pitching fails: here is why",
                PITCHING.replace(
                    "Nobody answers, because nothing",
                    "Nobody ever answers: nothing",
                ),
            ),
            (
                "Stop pitching, start helping",
                format!("{PITCHING} If you try it, tell me how it went, even when it did not."),
            ),
            (
                "Why pitching fails",
                PITCHING.replace(
                    "A pitch asks a stranger for a favour. It asks for time, for attention, and in \
                     the end for money, and it offers a brochure in return. ",
                    "",
                ),
            ),
        ];
        for (title, text) in edits {
            let distance = original.distance(of(title, &text));
            assert!(distance <= SAME, "{distance}: {title}: {text}");
        }
    }

    #[test]
    fn unrelated_texts_are_far_apart() {
        let distance = of("Why pitching fails", PITCHING).distance(of("After the storm", ROOFING));
        assert!(distance > PERHAPS, "{distance}");
    }

    #[test]
    fn a_link_of_two_lines_is_told_from_others_like_it() {
        let guides = [
            (
                "SBA: business guide",
                "The plain guide of the Small Business Administration to starting, paying for and \
                 running a company. Send it to anybody who asks what to do first.",
            ),
            (
                "OSHA: fall protection",
                "The rules on fall protection in construction, with pictures. Send it to a roofer \
                 who hires for the first time.",
            ),
            (
                "EPA WaterSense",
                "Which fixtures and controllers save water, tested by others. Send it to a \
                 landscaper whose clients complain about the bill.",
            ),
        ];
        let prints = guides.map(|(title, text)| of(title, text));
        for (at, one) in prints.iter().enumerate() {
            for other in prints.iter().skip(at + 1) {
                let distance = one.distance(*other);
                assert!(distance > SAME, "{distance}");
            }
        }
        let [(title, text), ..] = guides;
        let edited = of(title, &text.replace("plain guide", "guide"));
        assert!(prints[0].distance(edited) <= SAME);
    }

    #[test]
    fn scripts_without_spaces_have_words_too() {
        let text = "お客様に役立つページを一枚だけ送りましょう。自分の話は最後で十分です。";
        let edited = text.replace("一枚だけ", "一枚");
        let other = "嵐のあとは電話が鳴りやみません。屋根の写真を先に撮ってください。";
        assert!(of("", text).distance(of("", &edited)) <= SAME);
        assert!(of("", text).distance(of("", other)) > SAME);
    }

    #[test]
    fn no_words_give_an_empty_fingerprint() {
        assert!(of("", "").is_empty());
        assert!(of("—", " … \n").is_empty());
        assert!(!of("", "word").is_empty());
        assert_ne!(of("", "word"), of("", "other"));
    }

    #[test]
    fn hexadecimal_digits_are_read_back() {
        let print = of("Why", PITCHING);
        assert_eq!(Fingerprint::parse(&print.to_string()), Some(print));
        for wrong in [
            "",
            "12",
            "+23456789abcdef0",
            "123456789abcdef01",
            "123456789abcdefg",
        ] {
            assert_eq!(Fingerprint::parse(wrong), None, "{wrong}");
        }
    }

    proptest::proptest! {
        #[test]
        fn the_fast_way_agrees_with_reading_letter_by_letter(text in "([a-zA-Z0-9 ,.'é漢\u{301}]|[a-z]{1,20}){0,60}") {
            let whole = of("", &text);
            let words: Vec<String> = text
                .chars()
                .flat_map(|c| {
                    let lower: String = c.to_lowercase().collect();
                    match c {
                        '漢' => vec![lower, " ".to_owned()],
                        _ if c.is_alphanumeric() || is_mark(c) => vec![lower],
                        _ => vec![" ".to_owned()],
                    }
                })
                .collect();
            let joined = words.concat();
            proptest::prop_assert_eq!(whole, fingerprint("", joined.split(' ')));
        }
    }
}
