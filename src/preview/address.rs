//! From what a browser asks for to a path of the plan. The plan is the only way to a file: a path
//! that is not in it leads nowhere, whatever it says.

use percent_encoding::percent_decode_str;

use crate::library::encode_path;
use crate::site::Plan;

/// Where an address leads.
#[derive(Debug, PartialEq, Eq)]
pub enum Goal {
    /// To this path of the plan.
    Path(String),
    /// To another address, percent-encoded.
    Elsewhere(String),
    /// To nothing that the site has.
    Nothing,
}

/// The path of a request, percent-decoded once; `None` when no honest link looks like it: it is
/// not UTF-8, holds a NUL, a backslash or an encoded slash, or climbs with `..`.
pub fn decode(path: &str) -> Option<String> {
    if path.to_ascii_lowercase().contains("%2f") {
        return None;
    }
    let decoded = percent_decode_str(path).decode_utf8().ok()?;
    let is_bad = !decoded.starts_with('/')
        || decoded.contains(['\0', '\\'])
        || decoded.split('/').any(|part| part == "." || part == "..");
    (!is_bad).then(|| decoded.into_owned())
}

/// Finds a decoded path in the plan of a site that lies under `prefix`.
pub fn find(plan: &Plan, prefix: &str, path: &str) -> Goal {
    let Some(inner) = path.strip_prefix(prefix) else {
        return match path {
            "/" => Goal::Elsewhere(encode_path(&format!("{prefix}/"))),
            _ => Goal::Nothing,
        };
    };
    let Some(wanted) = inner.strip_prefix('/') else {
        // The prefix itself, without its slash; or `/library2` where the prefix is `/library`.
        return match inner.is_empty() {
            true => Goal::Elsewhere(encode_path(&format!("{prefix}/"))),
            false => Goal::Nothing,
        };
    };
    if wanted.is_empty() || wanted.ends_with('/') {
        let page = format!("{wanted}index.html");
        return match plan.get(&page) {
            Some(_) => Goal::Path(page),
            None if path == "/" && !prefix.is_empty() => {
                Goal::Elsewhere(encode_path(&format!("{prefix}/")))
            }
            None => Goal::Nothing,
        };
    }
    if plan.get(wanted).is_some() {
        return Goal::Path(wanted.to_owned());
    }
    match plan.get(&format!("{wanted}/index.html")) {
        Some(_) => Goal::Elsewhere(encode_path(&format!("{path}/"))),
        None => Goal::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_decoded_once() {
        assert_eq!(decode("/caf%C3%A9/").as_deref(), Some("/café/"));
        assert_eq!(decode("/100%25/").as_deref(), Some("/100%/"));
        assert_eq!(decode("/%252e%252e/a").as_deref(), Some("/%2e%2e/a"));
    }

    #[test]
    fn what_no_link_says_is_refused() {
        for path in [
            "/../a",
            "/a/..",
            "/%2e%2e/a",
            "/%2E./a",
            "/a/./b",
            "/a%2fb",
            "/a%2Fb",
            "/a%5cb",
            "/a\\b",
            "/a%00",
            "/%ff",
            "a",
            "*",
        ] {
            assert_eq!(decode(path), None, "{path}");
        }
    }
}
