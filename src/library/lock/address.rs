//! Addresses: what they may look like, and what an author's alias comes to.

use std::borrow::Cow;
use std::fmt;

use percent_encoding::percent_decode_str;

/// Short addresses live here; no document may.
const RESERVED: &str = "/r/";

/// Endings that make the last part of an alias a file, so that it gets no slash: what other
/// systems give their pages, and what readers of feeds ask for.
const FILE_ENDINGS: [&str; 20] = [
    "html", "htm", "xhtml", "shtml", "php", "asp", "aspx", "jsp", "cfm", "cgi", "pl", "xml", "rss",
    "atom", "json", "txt", "md", "pdf", "epub", "zip",
];

/// Why an address cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum BadAddress {
    /// It does not start with a slash.
    NoSlash,
    /// It has a part `.` or `..`, or an empty one: a browser would ask for something else.
    Dots,
    /// It has a character that ends a path or cannot be in one.
    Character(char),
    /// It lies under `/r/`.
    Reserved,
    /// It is a whole URL; this is its path, if there is one.
    Url(Option<String>),
    /// Its percent signs do not make text.
    Percent,
}

impl BadAddress {
    /// What to write instead.
    pub(super) fn help(&self) -> String {
        match self {
            BadAddress::Url(Some(path)) => format!("write the path alone: `{path}`"),
            BadAddress::Reserved => "choose an address outside of /r/".to_owned(),
            _ => "an address looks like `/articles/why/`".to_owned(),
        }
    }
}

impl fmt::Display for BadAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BadAddress::NoSlash => f.write_str("it does not start with `/`"),
            BadAddress::Dots => f.write_str("`.`, `..` and empty parts are not allowed in it"),
            BadAddress::Character(c) => write!(f, "`{}` is not allowed in it", c.escape_debug()),
            BadAddress::Reserved => f.write_str("/r/ is kept for short addresses"),
            BadAddress::Url(_) => f.write_str("it is a whole URL"),
            BadAddress::Percent => f.write_str("what its percent signs stand for is not text"),
        }
    }
}

/// Whether `address` can be the address of a page of this site. What fails here could leave the
/// output folder, or would never be asked for.
pub(super) fn check(address: &str) -> Result<(), BadAddress> {
    let Some(path) = address.strip_prefix('/') else {
        return Err(BadAddress::NoSlash);
    };
    let refused = |c: &char| c.is_control() || matches!(c, '\\' | '?' | '#');
    if let Some(wrong) = address.chars().find(refused) {
        return Err(BadAddress::Character(wrong));
    }
    let path = path.strip_suffix('/').unwrap_or(path);
    if !path.is_empty() && path.split('/').any(|part| matches!(part, "" | "." | "..")) {
        return Err(BadAddress::Dots);
    }
    if address == "//" {
        return Err(BadAddress::Dots);
    }
    let folded = fold(address);
    if folded.starts_with(RESERVED) || folded == RESERVED.trim_end_matches('/') {
        return Err(BadAddress::Reserved);
    }
    Ok(())
}

/// The address that an alias in front matter means: with a slash before it and, unless it names a
/// file, one after it; percent signs decoded, so that one address is written in one way.
pub(super) fn of_alias(alias: &str) -> Result<Cow<'_, str>, BadAddress> {
    let alias = alias.trim();
    if alias.ends_with('/') && !alias.contains('%') && check(alias).is_ok() {
        return Ok(Cow::Borrowed(alias));
    }
    if let Some(path) = path_of_url(alias) {
        return Err(BadAddress::Url(path));
    }
    let decoded = percent_decode_str(alias)
        .decode_utf8()
        .map_err(|_| BadAddress::Percent)?;
    let parts: Vec<&str> = decoded.split('/').filter(|part| !part.is_empty()).collect();
    let is_file = !decoded.ends_with('/') && parts.last().is_some_and(|name| names_a_file(name));
    let mut address = String::with_capacity(decoded.len() + 2);
    address.push('/');
    address.push_str(&parts.join("/"));
    if !parts.is_empty() && !is_file {
        address.push('/');
    }
    check(&address)?;
    Ok(Cow::Owned(address))
}

/// The path of a URL with a host; `None` if `text` is none.
fn path_of_url(text: &str) -> Option<Option<String>> {
    let after_scheme = match text.split_once("://") {
        Some((scheme, rest)) if !scheme.contains('/') => rest,
        _ => text.strip_prefix("//")?,
    };
    let path = after_scheme.split_once('/').map(|(_, path)| path);
    let path = path.filter(|path| !path.is_empty());
    Some(path.map(|path| format!("/{path}")))
}

fn names_a_file(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| {
        FILE_ENDINGS
            .iter()
            .any(|known| known.eq_ignore_ascii_case(ending))
    })
}

/// The address as systems see it that do not tell `A` from `a`.
pub(super) fn fold(address: &str) -> Cow<'_, str> {
    let lower = |b: u8| b.is_ascii() && !b.is_ascii_uppercase();
    if address.bytes().all(lower) {
        Cow::Borrowed(address)
    } else {
        Cow::Owned(address.to_lowercase())
    }
}

/// The last part of an address, which a `slug:` sets.
pub(super) fn last_part(address: &str) -> &str {
    let address = address.trim_end_matches('/');
    address.rsplit('/').next().unwrap_or(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_get_their_slashes() {
        let cases = [
            ("/old/", "/old/"),
            ("/old", "/old/"),
            ("old", "/old/"),
            (" blog/2019/old/ ", "/blog/2019/old/"),
            ("/blog//old", "/blog/old/"),
            ("/old.html", "/old.html"),
            ("old.PHP", "/old.PHP"),
            ("/old.html/", "/old.html/"),
            ("/release-1.2", "/release-1.2/"),
            ("/caf%C3%A9", "/café/"),
            ("/a b", "/a b/"),
            ("/", "/"),
        ];
        for (alias, address) in cases {
            assert_eq!(of_alias(alias).as_deref(), Ok(address), "{alias}");
        }
    }

    #[test]
    fn what_is_no_path_of_this_site_is_refused() {
        let url = |path: &str| BadAddress::Url(Some(path.to_owned()));
        let cases = [
            ("https://example.org/old/", url("/old/")),
            ("//example.org/old/", url("/old/")),
            ("https://example.org", BadAddress::Url(None)),
            ("/../old", BadAddress::Dots),
            ("/a/%2e%2E/b", BadAddress::Dots),
            ("/old?page=2", BadAddress::Character('?')),
            ("/old#part", BadAddress::Character('#')),
            ("a\\b", BadAddress::Character('\\')),
            ("/a\nb", BadAddress::Character('\n')),
            ("/%ff", BadAddress::Percent),
            ("/r/k7mpx", BadAddress::Reserved),
            ("/R/", BadAddress::Reserved),
        ];
        for (alias, why) in cases {
            assert_eq!(of_alias(alias), Err(why), "{alias}");
        }
    }

    #[test]
    fn addresses_are_checked() {
        for right in ["/", "/a/", "/a/b.html", "/ä/", "/read/"] {
            assert_eq!(check(right), Ok(()), "{right}");
        }
        assert_eq!(check("a/"), Err(BadAddress::NoSlash));
        assert_eq!(check(""), Err(BadAddress::NoSlash));
        assert_eq!(check("//"), Err(BadAddress::Dots));
        assert_eq!(check("//a/"), Err(BadAddress::Dots));
        assert_eq!(check("/a//"), Err(BadAddress::Dots));
        assert_eq!(check("/a/./"), Err(BadAddress::Dots));
        assert_eq!(check("/r"), Err(BadAddress::Reserved));
    }

    #[test]
    fn the_last_part_is_the_slug() {
        assert_eq!(last_part("/articles/why/"), "why");
        assert_eq!(last_part("/old.html"), "old.html");
        assert_eq!(last_part("/"), "");
    }

    proptest::proptest! {
        #[test]
        fn an_alias_is_a_good_address_and_stays_as_it_is(text in ".*") {
            if let Ok(address) = of_alias(&text) {
                proptest::prop_assert_eq!(check(&address), Ok(()));
            }
        }
    }
}
