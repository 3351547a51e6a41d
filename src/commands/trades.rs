//! Industries as people type them on the command line.

use super::outcome::Failure;
use crate::diagnostics::Diagnostic;
use crate::library::vocabulary::{IndustryId, Vocabulary};

/// The industries that the words mean, each once. A word may be several with commas between.
///
/// # Errors
/// Every word that means none, with the nearest that do.
pub fn resolve(vocabulary: &Vocabulary, words: &[String]) -> Result<Vec<IndustryId>, Failure> {
    let mut found = Vec::new();
    let mut unknown = Vec::new();
    for word in words {
        let (known, strangers) = split(vocabulary, word);
        for id in known {
            if !found.contains(&id) {
                found.push(id);
            }
        }
        unknown.extend(strangers);
    }
    match unknown.is_empty() {
        true => Ok(found),
        false => Err(Failure::Usage(Box::new(refusal(vocabulary, &unknown)))),
    }
}

/// As [`resolve`], with everything that is wrong on one line: for a question that is asked again.
pub fn check(vocabulary: &Vocabulary, typed: &str) -> Result<(), String> {
    let (_, unknown) = split(vocabulary, typed);
    match unknown.is_empty() {
        true => Ok(()),
        false => {
            let told: Vec<String> = unknown.iter().map(|word| told(vocabulary, word)).collect();
            Err(told.join("; "))
        }
    }
}

/// Whole first: an industry's name may hold a comma.
fn split(vocabulary: &Vocabulary, typed: &str) -> (Vec<IndustryId>, Vec<String>) {
    if let Some(id) = vocabulary.resolve(typed) {
        return (vec![id], Vec::new());
    }
    let mut found = Vec::new();
    let mut unknown = Vec::new();
    for word in typed.split(',').map(str::trim) {
        match vocabulary.resolve(word) {
            Some(id) => found.push(id),
            None if word.is_empty() => {}
            None => unknown.push(word.to_owned()),
        }
    }
    (found, unknown)
}

fn told(vocabulary: &Vocabulary, word: &str) -> String {
    match vocabulary.suggestion(word) {
        Some(suggestion) => format!("`{word}` is no industry known here: {suggestion}"),
        None => format!("`{word}` is no industry known here"),
    }
}

fn refusal(vocabulary: &Vocabulary, unknown: &[String]) -> Diagnostic {
    let help = "`goodturn industries WORDS` searches; industries.yaml adds a trade of your own";
    match unknown {
        [word] => Diagnostic::error(format!("`{word}` is no industry known here"))
            .maybe_help(vocabulary.suggestion(word)),
        words => words.iter().fold(
            Diagnostic::error("some industries are not known here"),
            |problem, word| problem.help(told(vocabulary, word)),
        ),
    }
    .help(help)
}
