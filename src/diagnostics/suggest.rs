//! The nearest right word for a wrong one.

/// The candidates close enough to `word` to be what was meant, nearest first, at most three.
///
/// Nearness is the optimal string alignment distance (Damerau–Levenshtein without repeated
/// edits) on lower-case text; a candidate counts when no more than a third of the word differs.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let word = word.to_lowercase();
    let allowed = (word.chars().count() / 3).clamp(1, 4);
    let mut near: Vec<(usize, &str)> = candidates
        .into_iter()
        .map(|candidate| {
            (
                strsim::osa_distance(&word, &candidate.to_lowercase()),
                candidate,
            )
        })
        .filter(|(distance, _)| *distance <= allowed)
        .collect();
    near.sort();
    near.dedup();
    near.into_iter().take(3).map(|(_, word)| word).collect()
}

/// "did you mean `x`?", if some candidate is near enough.
pub fn did_you_mean<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    let near = nearest(word, candidates);
    let quoted: Vec<String> = near.iter().map(|word| format!("`{word}`")).collect();
    match quoted.as_slice() {
        [] => None,
        [one] => Some(format!("did you mean {one}?")),
        [rest @ .., last] => Some(format!("did you mean {} or {last}?", rest.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_found() {
        assert_eq!(
            nearest("industres", ["industries", "title"]),
            ["industries"]
        );
        assert_eq!(nearest("tilte", ["industries", "title"]), ["title"]);
    }

    #[test]
    fn an_unrelated_word_is_not() {
        assert!(nearest("zebra", ["industries", "title"]).is_empty());
    }

    #[test]
    fn several_are_joined_in_words() {
        assert_eq!(
            did_you_mean("bar", ["bat", "car", "zoo"]).as_deref(),
            Some("did you mean `bat` or `car`?")
        );
    }
}
