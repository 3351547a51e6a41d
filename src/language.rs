//! What is known of languages, by their codes (BCP 47), and of their [`words`] and [`quotes`].

pub mod quotes;
pub mod words;

/// The part of a code that names the language alone: `fr` of `fr-CA`.
pub fn base(lang: &str) -> &str {
    lang.split('-').next().unwrap_or(lang)
}

/// Whether text can be a code that names a language alone: two or three letters (ISO 639).
pub fn is_code(text: &str) -> bool {
    (2..=3).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphabetic())
}

/// Whether a language is written from right to left (ISO 15924 scripts of the common ones).
pub fn is_right_to_left(lang: &str) -> bool {
    matches!(
        base(lang),
        "ar" | "arc" | "dv" | "fa" | "he" | "ks" | "ku" | "ps" | "sd" | "ug" | "ur" | "yi"
    )
}

/// What its speakers call a language, for the commonest ones.
pub fn own_name(lang: &str) -> Option<&'static str> {
    Some(match base(lang) {
        "en" => "English",
        "es" => "Español",
        "fr" => "Français",
        "de" => "Deutsch",
        "pt" => "Português",
        "it" => "Italiano",
        "nl" => "Nederlands",
        "sv" => "Svenska",
        "pl" => "Polski",
        "ar" => "العربية",
        "he" => "עברית",
        "fa" => "فارسی",
        "ur" => "اردو",
        "zh" => "中文",
        "ja" => "日本語",
        "ko" => "한국어",
        _ => return None,
    })
}
