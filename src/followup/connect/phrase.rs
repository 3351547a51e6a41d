//! What somebody looks for, can do or likes: a few words, so that two can be compared.
//!
//! Words count by their stems, and the more the fewer people have them (inverse document
//! frequency: Spärck Jones, A Statistical Interpretation of Term Specificity, Journal of
//! Documentation 28(1), 1972). Words that only join others, and those that every wish has
//! ("looking for somebody good"), do not count.

use rustc_hash::FxHashMap;

use crate::language::words::{Stems, fold};
use crate::library::vocabulary::{IndustryId, Reason, Vocabulary};

/// The number of a stem.
pub(super) type WordId = u32;

/// The most words of a clause in a note: what is longer is a story, not a wish.
const LONGEST_CLAUSE: usize = 12;

/// So much of the shorter of two phrases must be in the other one.
const ALIKE: f64 = 0.6;

/// A few words that somebody wrote.
#[derive(Clone, Debug)]
pub(super) struct Phrase<'a> {
    /// As they were written.
    pub text: &'a str,
    /// The stems that tell something, sorted.
    pub words: Vec<WordId>,
    /// The trades that they name.
    pub trades: Vec<IndustryId>,
}

/// A phrase whose stems have no numbers yet.
pub(super) struct Draft<'a> {
    text: &'a str,
    stems: Vec<String>,
    trades: Vec<IndustryId>,
}

impl<'a> Draft<'a> {
    /// Reads a text in a language. The trades that it names are looked for where `vocabulary` is
    /// given.
    pub(super) fn read(text: &'a str, lang: &str, vocabulary: Option<&Vocabulary>) -> Draft<'a> {
        let cut = Stems::of(lang);
        let folded = fold(text);
        let words = folded.split(' ').filter(|word| is_telling(word));
        let mut stems: Vec<String> = words.map(|word| cut.stem(word).into_owned()).collect();
        stems.sort_unstable();
        stems.dedup();
        Draft {
            text,
            stems,
            trades: vocabulary.map_or_else(Vec::new, |vocabulary| named(text, vocabulary)),
        }
    }
}

/// The trades that a text names in full. A part of a name is none, and "the shop" beside a trade
/// does not mean all of retail.
fn named(text: &str, vocabulary: &Vocabulary) -> Vec<IndustryId> {
    let is_named = |reason: &Reason| !matches!(reason, Reason::Words { .. });
    let found = vocabulary.mentioned(text).into_iter();
    let named = found.filter(|found| is_named(&found.reason));
    let is_trade = |id: IndustryId| vocabulary.get(id).sector.is_some();
    (0..)
        .zip(named.map(|found| found.industry))
        .filter(|(at, industry)| *at == 0 || is_trade(*industry))
        .map(|(_, industry)| industry)
        .collect()
}

/// All stems, and how telling each is.
#[derive(Debug, Default)]
pub(super) struct Words {
    ids: FxHashMap<String, WordId>,
    /// How many people have each.
    people: Vec<u32>,
    /// How many people there are.
    all: u32,
}

impl Words {
    /// Numbers the stems of everything that one person's card says.
    pub(super) fn number<'a>(&mut self, drafts: Vec<Draft<'a>>) -> Vec<Phrase<'a>> {
        self.all += 1;
        let phrases: Vec<Phrase<'a>> = drafts
            .into_iter()
            .map(|draft| {
                let mut words: Vec<WordId> =
                    draft.stems.into_iter().map(|stem| self.id(stem)).collect();
                words.sort_unstable();
                Phrase {
                    text: draft.text,
                    words,
                    trades: draft.trades,
                }
            })
            .collect();
        let mut seen: Vec<WordId> = phrases.iter().flat_map(|p| &p.words).copied().collect();
        seen.sort_unstable();
        seen.dedup();
        for word in seen {
            if let Some(people) = self.people.get_mut(word as usize) {
                *people += 1;
            }
        }
        phrases
    }

    fn id(&mut self, stem: String) -> WordId {
        let next = self.people.len() as WordId;
        let id = *self.ids.entry(stem).or_insert(next);
        if id == next {
            self.people.push(0);
        }
        id
    }

    fn weight(&self, word: WordId) -> f64 {
        let people = self.people.get(word as usize).copied().unwrap_or(1).max(1);
        (1.0 + f64::from(self.all) / f64::from(people)).ln()
    }

    /// How much of the shorter of two phrases is in the other one, from 0 to 1 (the overlap
    /// coefficient); nothing where that is too little to speak of the same.
    pub(super) fn alike(&self, a: &Phrase<'_>, b: &Phrase<'_>) -> Option<f64> {
        let is_shared = |word: &&WordId| b.words.binary_search(word).is_ok();
        let sum = |words: &[WordId]| words.iter().map(|word| self.weight(*word)).sum::<f64>();
        let shared: f64 = a
            .words
            .iter()
            .filter(is_shared)
            .map(|word| self.weight(*word))
            .sum();
        if shared == 0.0 {
            return None;
        }
        let part = shared / sum(&a.words).min(sum(&b.words));
        (part >= ALIKE).then_some(part.min(1.0))
    }
}

/// What notes say before something that somebody looks for.
const LOOKS_FOR: &[&str] = &[
    "looking for",
    "looks for",
    "look for",
    "searching for",
    "needs",
    "need",
    "in need of",
    "seeks",
    "seeking",
    "wants to find",
    "wants to hire",
    "wants to meet",
    "would like to meet",
    "asked for",
    "busca",
    "necesita",
    "quiere conocer",
    "cherche",
    "recherche",
    "a besoin de",
    "a besoin d'",
    "sucht",
    "braucht",
    "möchte kennenlernen",
    "procura",
    "precisa de",
    "quer conhecer",
];

/// What notes say before something that somebody can do for others.
const OFFERS: &[&str] = &[
    "offers",
    "can help with",
    "helps with",
    "is good at",
    "good at",
    "teaches",
    "specialises in",
    "specializes in",
    "knows about",
    "knows a lot about",
    "ofrece",
    "enseña",
    "sabe de",
    "propose",
    "peut aider pour",
    "bietet",
    "hilft bei",
    "oferece",
    "ensina",
    "entende de",
];

/// What a note says that somebody looks for, clause by clause.
pub(super) fn wishes(note: &str) -> Vec<&str> {
    clauses(note, LOOKS_FOR)
}

/// What a note says that somebody can do for others, clause by clause.
pub(super) fn offers(note: &str) -> Vec<&str> {
    clauses(note, OFFERS)
}

/// What follows one of the cues, up to the end of the clause.
fn clauses<'t>(text: &'t str, cues: &[&str]) -> Vec<&'t str> {
    let words = spans(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let rest = words.get(at..).unwrap_or_default();
        let Some(length) = cues.iter().filter_map(|cue| begins(rest, cue)).max() else {
            at += 1;
            continue;
        };
        let clause = clause(text, rest.get(length..).unwrap_or_default());
        found.extend(clause);
        at += length;
    }
    found
}

/// The words of a text, with the byte at which each begins.
fn spans(text: &str) -> Vec<(usize, &str)> {
    let start = text.as_ptr() as usize;
    let words = text.split_whitespace();
    words
        .map(|word| (word.as_ptr() as usize - start, word))
        .collect()
}

/// How many words a cue has, if the text begins with it. What ends a clause ends a cue as well.
fn begins(words: &[(usize, &str)], cue: &str) -> Option<usize> {
    let mut length = 0;
    for (part, (_, word)) in cue.split(' ').zip(words) {
        if word.to_lowercase() != part {
            return None;
        }
        length += 1;
    }
    (length == cue.split(' ').count()).then_some(length)
}

fn clause<'t>(text: &'t str, words: &[(usize, &'t str)]) -> Option<&'t str> {
    let ends = |word: &str| word.ends_with(['.', ',', ';', ':', '!', '?']);
    let (start, _) = *words.first()?;
    let last = words.iter().take(LONGEST_CLAUSE).position(|(_, w)| ends(w));
    let last = last.unwrap_or(LONGEST_CLAUSE.min(words.len()) - 1);
    let (end, word) = *words.get(last)?;
    let clause = text.get(start..end + word.len())?;
    let clause = clause.trim_end_matches(['.', ',', ';', ':', '!', '?']);
    (!clause.is_empty()).then_some(clause)
}

/// Words that tell nothing of what is looked for or offered, folded.
const SMALL: &[&str] = &[
    // English
    "a", "about", "all", "an", "and", "any", "are", "as", "at", "be", "best", "better", "business",
    "by", "can", "company", "do", "for", "from", "good", "great", "has", "have", "he", "help",
    "her", "his", "how", "i", "in", "is", "it", "its", "look", "looking", "more", "my", "need",
    "new", "of", "on", "one", "or", "our", "own", "people", "person", "she", "small", "some",
    "somebody", "someone", "that", "the", "their", "them", "they", "this", "to", "too", "want",
    "wants", "we", "well", "what", "which", "who", "whom", "will", "with", "work", "would", "you",
    "your", "service", "services", "advice", "expert", "owner", "manager", "director",
    // Spanish
    "al", "algo", "alguien", "ayuda", "buen", "bueno", "buena", "como", "con", "de", "del", "el",
    "en", "empresa", "es", "la", "las", "lo", "los", "mas", "nuevo", "nueva", "o", "para", "por",
    "que", "se", "su", "sus", "un", "una", "y", // French
    "aide", "au", "aux", "avec", "bon", "bonne", "ce", "cette", "dans", "des", "du", "elle", "et",
    "il", "l", "le", "les", "leur", "nouveau", "nouvelle", "ou", "pour", "quelqu", "quelquun",
    "sa", "ses", "son", "sur", "une", "d", // German
    "am", "auf", "bei", "das", "dem", "den", "der", "die", "ein", "eine", "einen", "einer", "fur",
    "gute", "guten", "hilfe", "ihr", "ihre", "im", "ist", "jemand", "jemanden", "mit", "neue",
    "neuen", "oder", "sein", "seine", "sich", "und", "uns", "von", "zu", "zum", "zur",
    // Portuguese
    "ajuda", "alguem", "ao", "bom", "boa", "com", "da", "das", "dos", "em", "mais", "na", "no",
    "nos", "novo", "nova", "os", "ou", "seu", "sua", "um", "uma",
];

fn is_telling(word: &str) -> bool {
    !word.is_empty() && !SMALL.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_says_what_is_looked_for() {
        assert_eq!(
            wishes("Met at the fair. Looking for a bookkeeper, likes chess; needs new vans!"),
            ["a bookkeeper", "new vans"]
        );
        assert_eq!(
            wishes("Sucht jemanden für die Buchhaltung."),
            ["jemanden für die Buchhaltung"]
        );
        assert_eq!(offers("offers payroll checks"), ["payroll checks"]);
        for nothing in ["", "needs", "needs.", "She is needed", "…"] {
            assert!(
                wishes(nothing).iter().all(|wish| wish.is_empty()),
                "{nothing}"
            );
        }
    }

    #[test]
    fn phrases_are_alike_by_their_telling_words() {
        let vocabulary = Vocabulary::builtin();
        let mut words = Words::default();
        let texts = [
            "someone for payroll",
            "payroll checks for small firms",
            "a new roof",
            "roofs of slate",
            "car repair",
            "roof repair and gutters",
        ];
        let phrases: Vec<Phrase<'_>> = texts
            .iter()
            .flat_map(|text| words.number(vec![Draft::read(text, "en", Some(&vocabulary))]))
            .collect();
        let alike = |a: usize, b: usize| words.alike(&phrases[a], &phrases[b]).is_some();
        assert!(alike(0, 1) && alike(2, 3));
        assert!(!alike(0, 2) && !alike(4, 5));
        let payroll = vocabulary.by_slug("payroll").unwrap();
        assert_eq!(phrases[0].trades, [payroll]);
    }
}
