//! Words that say what a piece is about.

use super::front_matter::FrontMatter;
use super::markdown::Body;

/// Words that say nothing of what a piece is about.
const STOP_WORDS: &[&str] = &[
    "about", "after", "also", "been", "before", "from", "have", "into", "more", "most", "much",
    "only", "over", "some", "such", "than", "that", "their", "them", "then", "there", "these",
    "they", "this", "those", "very", "what", "when", "where", "which", "while", "will", "with",
    "your", "yours", "does", "without", "should", "would", "could", "every", "each", "other",
];

/// The words that say what a piece is about, hashed.
pub(super) fn terms(title: &str, front: &FrontMatter, body: &Body) -> Vec<u32> {
    let mut terms = Vec::new();
    let mut add = |text: &str| {
        for word in text.split(|c: char| !c.is_alphanumeric()) {
            let word = word.to_lowercase();
            if word.chars().count() > 3 && !STOP_WORDS.contains(&word.as_str()) {
                terms.push(xxhash_rust::xxh3::xxh3_64(word.as_bytes()) as u32);
            }
        }
    };
    add(title);
    add(front.summary.as_deref().unwrap_or_default());
    body.headings.iter().for_each(|heading| add(&heading.title));
    terms.sort_unstable();
    terms.dedup();
    terms
}
