//! The media type of a file of the site, for `Content-Type`.

use crate::site::{FeedFormat, Output};

/// The media type of the file at a path of the plan. Text is UTF-8.
pub fn of(path: &str, output: Option<&Output>) -> String {
    match output {
        Some(Output::Feed(feed)) => match feed.format {
            FeedFormat::Atom => "application/atom+xml; charset=utf-8".to_owned(),
            FeedFormat::Json => "application/feed+json; charset=utf-8".to_owned(),
        },
        // `_redirects` and `.htaccess` have no ending that says so.
        Some(Output::Rules(_)) => "text/plain; charset=utf-8".to_owned(),
        _ => by_ending(path),
    }
}

/// Whether a media type is that of a page.
pub fn is_html(media: &str) -> bool {
    media.starts_with("text/html")
}

fn by_ending(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    let ending = ending.unwrap_or_default().to_ascii_lowercase();
    // What the list of endings does not know, or calls by an older name.
    let media = match ending.as_str() {
        "webmanifest" => "application/manifest+json".to_owned(),
        "js" | "mjs" => "text/javascript".to_owned(),
        "vcf" => "text/vcard".to_owned(),
        "xml" => "application/xml".to_owned(),
        "map" => "application/json".to_owned(),
        _ => mime_guess::from_ext(&ending)
            .first_or_octet_stream()
            .to_string(),
    };
    let is_text = media.starts_with("text/")
        || media.ends_with("+xml")
        || matches!(media.as_str(), "application/xml" | "application/json");
    match is_text {
        true => format!("{media}; charset=utf-8"),
        false => media,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_have_their_types() {
        for (path, media) in [
            ("a/index.html", "text/html; charset=utf-8"),
            ("style.css", "text/css; charset=utf-8"),
            ("a.js", "text/javascript; charset=utf-8"),
            ("a.SVG", "image/svg+xml; charset=utf-8"),
            ("sitemap.xml", "application/xml; charset=utf-8"),
            ("resources.json", "application/json; charset=utf-8"),
            ("robots.txt", "text/plain; charset=utf-8"),
            ("a.webmanifest", "application/manifest+json"),
            ("a.woff2", "font/woff2"),
            ("a.ics", "text/calendar; charset=utf-8"),
            ("a.vcf", "text/vcard; charset=utf-8"),
            ("a.epub", "application/epub+zip"),
            ("a.pdf", "application/pdf"),
            (
                "a.xlsx",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ),
            ("a.webp", "image/webp"),
            ("folder.d/unknown", "application/octet-stream"),
        ] {
            assert_eq!(by_ending(path), media, "{path}");
        }
    }
}
