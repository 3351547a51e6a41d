//! Whom the preview answers: requests that name this machine.
//!
//! A page of somebody else may give its own host name the address 127.0.0.1 and then ask there as
//! if it were its own server (DNS rebinding). Its requests still carry that name in `Host`.

use std::net::IpAddr;

use axum::http::header;
use axum::http::request::Parts;
use axum::http::uri::Authority;

/// Whether a request names this machine: by an IP address, as `localhost` or a name below it, or
/// by the name that the preview was started with.
pub fn is_ours(request: &Parts, own: &str) -> bool {
    let mut named = request.headers.get_all(header::HOST).iter();
    let (Some(host), None) = (named.next(), named.next()) else {
        return false;
    };
    let host = host.to_str().ok().and_then(|text| text.parse().ok());
    let is_ours = |authority: &Authority| names_us(authority, own);
    // A request to a proxy names the host in its first line as well.
    host.as_ref().is_some_and(is_ours) && request.uri.authority().is_none_or(is_ours)
}

fn names_us(authority: &Authority, own: &str) -> bool {
    if authority.as_str().contains('@') {
        return false;
    }
    let host = authority.host().to_ascii_lowercase();
    let host = host.strip_suffix('.').unwrap_or(&host);
    let literal = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'));
    literal.unwrap_or(host).parse::<IpAddr>().is_ok()
        || host == "localhost"
        || host.ends_with(".localhost")
        || host == own.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    fn asked_at(uri: &str, host: &str) -> bool {
        let request = Request::builder().uri(uri).header("host", host).body(());
        is_ours(&request.unwrap().into_parts().0, "desk.local")
    }

    fn asked(host: &str) -> bool {
        asked_at("/", host)
    }

    #[test]
    fn this_machine_is_known_by_its_names() {
        for host in [
            "127.0.0.1:4114",
            "192.168.1.7",
            "[::1]:4114",
            "localhost",
            "LOCALHOST:4114",
            "localhost.:4114",
            "shelf.localhost:4114",
            "desk.local:4114",
            "Desk.local",
        ] {
            assert!(asked(host), "{host}");
        }
    }

    #[test]
    fn others_are_not_answered() {
        for host in [
            "",
            "evil.example",
            "evil.example:4114",
            "localhost.evil.example",
            "evillocalhost",
            "127.0.0.1.evil.example",
            "desk.local.evil.example",
            "localhost@evil.example",
            "evil.example@localhost",
            "a b",
        ] {
            assert!(!asked(host), "{host}");
        }
    }

    #[test]
    fn the_first_line_counts_as_well() {
        assert!(!asked_at("http://evil.example/", "localhost"));
        assert!(asked_at("http://localhost/", "localhost"));
    }
}
