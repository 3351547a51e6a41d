//! Bare addresses in text become links (GFM, section 6.9).

use std::ops::Range;

use linkify::{LinkFinder, LinkKind};

/// An address found in text: its bytes, and where it leads.
#[derive(Debug, PartialEq, Eq)]
pub struct Autolink {
    /// The bytes of the address in the text.
    pub span: Range<usize>,
    /// Where it leads.
    pub target: String,
}

/// The addresses in a run of text: `http://`, `https://`, `www.` and email addresses.
pub fn find(text: &str) -> Vec<Autolink> {
    if !text.contains("://") && !text.contains("www.") && !text.contains('@') {
        return Vec::new();
    }
    let mut finder = LinkFinder::new();
    finder.url_must_have_scheme(false);
    finder
        .links(text)
        .filter_map(|link| {
            let shown = link.as_str();
            let target = match link.kind() {
                LinkKind::Email => format!("mailto:{shown}"),
                _ if shown.starts_with("http://") || shown.starts_with("https://") => {
                    shown.to_owned()
                }
                _ if shown.starts_with("www.") => format!("http://{shown}"),
                _ => return None,
            };
            let span = link.start()..link.end();
            Some(Autolink { span, target })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_and_names_are_not() {
        let targets = |text| {
            find(text)
                .into_iter()
                .map(|link| link.target)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            targets("see www.a.org, https://b.org/x--y. or c@d.org; not README.md or e.org"),
            ["http://www.a.org", "https://b.org/x--y", "mailto:c@d.org"]
        );
    }
}
