//! What an industry's slug looks like.

use super::words;

/// The longest slug, in bytes: it becomes the name of a folder, which systems limit.
const LONGEST: usize = 100;

/// Whether a text is lower-case ASCII letters and digits with single hyphens between.
pub(super) fn is_slug(text: &str) -> bool {
    let mut parts = text.split('-');
    text.len() <= LONGEST
        && parts.all(|part| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
}

/// A slug made of a text's words, if they are words of ASCII letters.
pub(super) fn slug_from(text: &str) -> Option<String> {
    let slug = words::words(text).join("-");
    is_slug(&slug).then_some(slug)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_made_of_words() {
        for good in ["hvac", "food-truck-park", "3pl", "b2b"] {
            assert!(is_slug(good), "{good}");
        }
        for wrong in [
            "", "-", "a-", "-a", "a--b", "Café", "café", "a b", "A", "a_b",
        ] {
            assert!(!is_slug(wrong), "{wrong}");
        }
        assert_eq!(
            slug_from("The Food-Truck Park!").as_deref(),
            Some("food-truck-park")
        );
        assert_eq!(slug_from("Café"), Some("cafe".to_owned()));
        assert_eq!(slug_from("建筑"), None);
        assert_eq!(slug_from("—"), None);
    }
}
