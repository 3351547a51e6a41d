//! Which addresses are asked at all, and in which form.

use std::net::{Ipv4Addr, Ipv6Addr};

use percent_encoding::percent_decode_str;
use url::{Host, Url};

use crate::config::BaseUrl;

/// Lets tests ask a server on this very machine.
const LOCAL_VARIABLE: &str = "GOODTURN_CHECK_LOCAL";

/// Domains that are reserved for examples and tests (RFC 2606, RFC 6761): nobody answers there.
const RESERVED: &[&str] = &[
    "example.com",
    "example.net",
    "example.org",
    "example",
    "test",
    "invalid",
    "localhost",
    "local",
    "internal",
];

/// Whether addresses of this very machine are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Local {
    /// They are left out: what runs here says nothing about what readers get.
    LeftOut,
    /// They are asked.
    Asked,
}

impl Local {
    /// As the environment says.
    pub fn from_environment() -> Self {
        match std::env::var(LOCAL_VARIABLE).as_deref() {
            Ok("1") => Local::Asked,
            _ => Local::LeftOut,
        }
    }
}

/// What an address is to us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Leads {
    /// A page on the web, in the form in which it is asked.
    Out(Url),
    /// Mail, a phone number, a reserved host …
    NowhereToAsk,
    /// It looks like an address of the web but is none, and why.
    Wrong(String),
}

/// Sorts out an address as an author wrote it.
pub(super) fn leads(written: &str, local: Local) -> Leads {
    let full = match written.starts_with("//") {
        true => format!("https:{written}"),
        false => written.to_owned(),
    };
    match Url::parse(&full) {
        Ok(url) if may_ask(&url, local) => Leads::Out(to_ask(url)),
        Ok(_) => Leads::NowhereToAsk,
        Err(error) if is_web(&full) => Leads::Wrong(error.to_string()),
        Err(_) => Leads::NowhereToAsk,
    }
}

/// The path on the site, if an address is one of the library's own site.
pub(super) fn own(base: &BaseUrl, written: &str) -> Option<String> {
    if !base.is_known() {
        return None;
    }
    let rest = written
        .strip_prefix(&base.origin)?
        .strip_prefix(&base.prefix)?;
    let path = rest.split(['?', '#']).next().unwrap_or_default();
    match path {
        "" => Some("/".to_owned()),
        path if path.starts_with('/') => {
            Some(percent_decode_str(path).decode_utf8_lossy().into_owned())
        }
        // Another host that starts with the same letters.
        _ => None,
    }
}

fn is_web(address: &str) -> bool {
    let scheme = address.split(':').next().unwrap_or_default();
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

/// Whether an address is asked: the web only, and only hosts that everybody can reach. Redirects
/// are held to the same, so that no answer can send us into the local network.
pub(super) fn may_ask(url: &Url, local: Local) -> bool {
    if !matches!(url.scheme(), "http" | "https") {
        return false;
    }
    match url.host() {
        Some(Host::Domain("localhost")) => local == Local::Asked,
        Some(Host::Domain(name)) => !is_reserved(name),
        Some(Host::Ipv4(ip)) if ip.is_loopback() => local == Local::Asked,
        Some(Host::Ipv4(ip)) => is_public(ip),
        Some(Host::Ipv6(ip)) if ip.is_loopback() => local == Local::Asked,
        Some(Host::Ipv6(ip)) => is_public_v6(ip),
        None => false,
    }
}

/// Without what does not reach the server, and without what is nobody's business.
pub(super) fn to_ask(mut url: Url) -> Url {
    url.set_fragment(None);
    // These fail only for addresses that have no host.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url
}

fn is_reserved(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    // A name without a dot is one of a local network.
    !name.contains('.')
        || RESERVED.iter().any(|reserved| {
            name.strip_suffix(reserved)
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        })
}

fn is_public(ip: Ipv4Addr) -> bool {
    !(ip.is_private()
        || ip.is_link_local()
        || ip.is_unspecified()
        || ip.is_broadcast()
        || ip.is_multicast()
        || ip.is_documentation())
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    match ip.to_ipv4_mapped() {
        Some(ip) => is_public(ip) && !ip.is_loopback(),
        None => {
            !(ip.is_unspecified()
                || ip.is_multicast()
                || ip.is_unique_local()
                || ip.is_unicast_link_local())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(written: &str) -> String {
        match leads(written, Local::LeftOut) {
            Leads::Out(url) => url.into(),
            Leads::NowhereToAsk => "left out".into(),
            Leads::Wrong(reason) => reason,
        }
    }

    #[test]
    fn the_web_is_asked_without_fragment_and_password() {
        assert_eq!(asked("https://A.org"), "https://a.org/");
        assert_eq!(asked("http://a.org/b?c#d"), "http://a.org/b?c");
        assert_eq!(asked("https://ann:secret@a.org/"), "https://a.org/");
        assert_eq!(asked("//a.org/b"), "https://a.org/b");
        assert_eq!(
            asked("https://bücher.de/ä"),
            "https://xn--bcher-kva.de/%C3%A4"
        );
    }

    #[test]
    fn what_cannot_be_asked_is_left_out() {
        for address in [
            "mailto:ann@a.org",
            "tel:+1",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "data:text/plain,x",
            "https://example.org/x",
            "https://www.example.com",
            "https://shop.example",
            "http://localhost:8080/",
            "http://127.0.0.1/",
            "http://[::1]/",
            "http://2130706433/",
            "http://[::ffff:127.0.0.1]/",
            "http://192.168.1.1/",
            "http://169.254.169.254/latest/meta-data/",
            "http://printer/",
        ] {
            assert_eq!(asked(address), "left out", "{address}");
        }
        assert_ne!(asked("https://myexample.org/"), "left out");
    }

    #[test]
    fn what_is_no_address_is_told() {
        assert_eq!(asked("https://"), "empty host");
        assert_eq!(asked("http://a.org:99999/"), "invalid port number");
    }

    #[test]
    fn the_own_site_is_known() {
        let base = BaseUrl::parse("https://a.org/lib/").expect("valid");
        let own = |written| own(&base, written);
        assert_eq!(own("https://a.org/lib"), Some("/".into()));
        assert_eq!(own("https://a.org/lib/b%20c/?d#e"), Some("/b c/".into()));
        assert_eq!(own("https://a.org/library/"), None);
        assert_eq!(own("https://a.org/"), None);
        let base = BaseUrl::parse("https://a.org").expect("valid");
        assert_eq!(super::own(&base, "https://a.organic/"), None);
    }
}
