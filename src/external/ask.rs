//! One address asked: redirects followed, a failure tried once more, the answer judged.

use std::io::ErrorKind;
use std::thread;
use std::time::Duration;

use jiff::Timestamp;
use ureq::http::header::{LOCATION, RETRY_AFTER};
use ureq::http::{HeaderMap, StatusCode};
use ureq::{Agent, Body, Error};
use url::Url;

use super::address::{self, Local};
use crate::diagnostics::Severity;

/// Who asks: hosts may want to know.
const USER_AGENT: &str = concat!(
    "Goodturn/",
    env!("CARGO_PKG_VERSION_MAJOR"),
    ".",
    env!("CARGO_PKG_VERSION_MINOR"),
    " link check"
);

/// How many redirects are followed.
const MOST_REDIRECTS: usize = 5;

/// The pause before an address is asked again, where the host names none.
const PAUSE: Duration = Duration::from_secs(1);

/// A host that wants a longer pause than this is not asked again.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// What became of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// The page is there; its new address if it has moved for good.
    Good {
        /// Where the permanent redirects lead.
        moved: Option<Url>,
    },
    /// It is not, or nobody can say.
    Bad(Fault),
}

/// Why a page could not be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// An error where readers get nothing either; a warning where the host may only dislike
    /// programs, or be down for the moment.
    pub severity: Severity,
    /// What happened, to be read after the address: "answers 404 (Not Found)".
    pub reason: String,
    /// Where redirects led before it happened.
    pub led_to: Option<Url>,
    /// Whether the host's name could not be looked up: if that is so for all, we are offline.
    pub lookup: bool,
}

impl Fault {
    fn new(severity: Severity, reason: impl Into<String>) -> Self {
        Fault {
            severity,
            reason: reason.into(),
            led_to: None,
            lookup: false,
        }
    }

    fn error(reason: impl Into<String>) -> Self {
        Fault::new(Severity::Error, reason)
    }

    fn warning(reason: impl Into<String>) -> Self {
        Fault::new(Severity::Warning, reason)
    }

    fn lookup(self) -> Self {
        Fault {
            lookup: true,
            ..self
        }
    }
}

/// How an address is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Method {
    /// For what is known of the page only.
    Head,
    /// For the page itself, of which only the head is read.
    Get,
}

/// What a host said.
#[derive(Debug)]
struct Reply {
    status: StatusCode,
    headers: HeaderMap,
}

/// Asks.
pub(super) struct Asker {
    agent: Agent,
    local: Local,
}

impl Asker {
    /// With the time that an answer may take in all.
    pub fn new(timeout: Duration, local: Local) -> Self {
        let config = Agent::config_builder()
            .user_agent(USER_AGENT)
            .accept("text/html,*/*;q=0.8")
            .http_status_as_error(false)
            // Followed here: each step is looked at before it is taken.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(timeout / 2))
            .timeout_global(Some(timeout))
            // A connection kept open may be closed by the host at any moment, which would look
            // like a failure.
            .max_idle_connections(0)
            .max_idle_connections_per_host(0)
            .build();
        Asker {
            agent: config.new_agent(),
            local,
        }
    }

    /// Asks an address, and wherever it leads.
    pub fn ask(&self, start: &Url) -> Answer {
        let mut url = start.clone();
        let mut seen = vec![start.clone()];
        // What lies behind a temporary redirect is not where a link should point.
        let mut for_good = true;
        let mut moved = None;
        loop {
            let fault = match self.reply(&url) {
                Ok(reply) => match self.next(&reply, &url) {
                    Ok(Some(next)) if seen.contains(&next) => {
                        Fault::warning("redirects in a circle")
                    }
                    Ok(Some(_)) if seen.len() > MOST_REDIRECTS => {
                        Fault::warning(format!("redirects more than {MOST_REDIRECTS} times"))
                    }
                    Ok(Some(next)) => {
                        for_good &= matches!(reply.status.as_u16(), 301 | 308);
                        if for_good {
                            moved = Some(next.clone());
                        }
                        seen.push(next.clone());
                        url = next;
                        continue;
                    }
                    Ok(None) => match judge(reply.status) {
                        None => return Answer::Good { moved },
                        Some(fault) => fault,
                    },
                    Err(fault) => fault,
                },
                Err(error) => fault(&error),
            };
            return Answer::Bad(Fault {
                led_to: (url != *start).then_some(url),
                ..fault
            });
        }
    }

    /// Where a reply sends us, if it does.
    fn next(&self, reply: &Reply, from: &Url) -> Result<Option<Url>, Fault> {
        let status = reply.status.as_u16();
        if !matches!(status, 301 | 302 | 303 | 307 | 308) {
            return Ok(None);
        }
        let location = reply.headers.get(LOCATION).and_then(|v| v.to_str().ok());
        let Some(next) = location.and_then(|location| from.join(location).ok()) else {
            return Err(Fault::warning(format!(
                "answers {status} without saying where the page is now"
            )));
        };
        if !address::may_ask(&next, self.local) {
            return Err(Fault::warning(format!(
                "leads to {next}, which readers cannot reach"
            )));
        }
        Ok(Some(address::to_ask(next)))
    }

    /// Asks one address without following: HEAD, then GET for hosts that know no HEAD, and once
    /// more where that may help.
    fn reply(&self, url: &Url) -> Result<Reply, Error> {
        let mut reply = self.once(Method::Head, url);
        if refuses_head(&reply) {
            reply = self.once(Method::Get, url);
        }
        if let Some(pause) = pause_before_retry(&reply) {
            thread::sleep(pause);
            reply = self.once(Method::Get, url);
        }
        reply
    }

    fn once(&self, method: Method, url: &Url) -> Result<Reply, Error> {
        let response: ureq::http::Response<Body> = match method {
            Method::Head => self.agent.head(url.as_str()).call()?,
            Method::Get => self.agent.get(url.as_str()).call()?,
        };
        // The body is dropped unread, which closes the connection.
        let (head, _) = response.into_parts();
        Ok(Reply {
            status: head.status,
            headers: head.headers,
        })
    }
}

/// Whether a reply to HEAD may be one to HEAD as such. Even a 404 may be.
fn refuses_head(reply: &Result<Reply, Error>) -> bool {
    match reply {
        Ok(reply) => {
            let status = reply.status.as_u16();
            (reply.status.is_client_error() && !matches!(status, 410 | 429)) || status == 501
        }
        Err(Error::Io(error)) => {
            error.kind() != ErrorKind::ConnectionRefused
                && !is_tls(error)
                && failed_look_up(error).is_none()
        }
        Err(Error::Protocol(_)) => true,
        Err(_) => false,
    }
}

/// How long to wait before asking once more, where that may help.
fn pause_before_retry(reply: &Result<Reply, Error>) -> Option<Duration> {
    match reply {
        Ok(reply) if reply.status.as_u16() == 429 || reply.status.is_server_error() => {
            let pause = retry_after(&reply.headers, Timestamp::now()).unwrap_or(PAUSE);
            (pause <= LONGEST_PAUSE).then_some(pause)
        }
        Err(Error::Timeout(_)) => Some(Duration::ZERO),
        _ => None,
    }
}

/// `Retry-After`, in seconds or as a date.
fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let then = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
    Some(Duration::try_from(then.duration_since(now)).unwrap_or(Duration::ZERO))
}

/// What a status says that is no redirect; nothing where all is well.
fn judge(status: StatusCode) -> Option<Fault> {
    if status.is_success() || matches!(status.as_u16(), 300 | 304) {
        return None;
    }
    let words = match status.canonical_reason() {
        Some(reason) => format!("answers {} ({reason})", status.as_u16()),
        None => format!("answers {}", status.as_u16()),
    };
    Some(match status.as_u16() {
        404 | 410 => Fault::error(words),
        _ => Fault::warning(words),
    })
}

/// What went wrong, in words.
fn fault(error: &Error) -> Fault {
    match error {
        Error::Timeout(_) => Fault::warning("does not answer in time"),
        Error::HostNotFound => Fault::error("names a host that does not exist").lookup(),
        Error::Io(error) => io_fault(error),
        Error::Tls(reason) => tls_fault(reason),
        Error::Rustls(error) => tls_fault(&error.to_string()),
        Error::Protocol(_) | Error::LargeResponseHeader(..) => {
            Fault::warning("answers with something that is not HTTP")
        }
        other => Fault::warning(format!("cannot be asked: {other}")),
    }
}

fn io_fault(error: &std::io::Error) -> Fault {
    if let Some(detail) = failed_look_up(error) {
        let is_temporary = ["emporary", "ry again"].iter().any(|w| detail.contains(w));
        return match is_temporary {
            true => Fault::warning("names a host that could not be looked up").lookup(),
            false => Fault::error("names a host that does not exist").lookup(),
        };
    }
    if is_tls(error) {
        return tls_fault(&error.to_string());
    }
    match error.kind() {
        ErrorKind::ConnectionRefused => Fault::warning("refuses the connection"),
        ErrorKind::TimedOut | ErrorKind::WouldBlock => Fault::warning("does not answer in time"),
        ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::BrokenPipe
        | ErrorKind::UnexpectedEof => Fault::warning("closes the connection without an answer"),
        _ => Fault::warning(format!(
            "cannot be reached: {}",
            crate::diagnostics::io_reason(error)
        )),
    }
}

/// What the system said about a name that could not be looked up, if that is what failed. The kind
/// of such an error is hidden; its text is the only thing to go by.
fn failed_look_up(error: &std::io::Error) -> Option<String> {
    let text = error.to_string();
    let detail = text.strip_prefix("failed to lookup address information")?;
    Some(detail.to_owned())
}

/// Whether it was the encryption that failed: rustls wraps its errors so.
fn is_tls(error: &std::io::Error) -> bool {
    error.kind() == ErrorKind::InvalidData && error.get_ref().is_some()
}

/// A certificate that has run out or is for another host stops every browser. One whose issuer we
/// do not know may be known to browsers, and an old protocol may still be spoken by them.
fn tls_fault(reason: &str) -> Fault {
    let Some(reason) = reason.strip_prefix("invalid peer certificate: ") else {
        return Fault::warning(format!("does not encrypt as it should: {reason}"));
    };
    let words = format!("cannot prove who it is: {reason}");
    let stops_browsers = [
        "expired",
        "Expired",
        "not valid for name",
        "NotValidForName",
    ];
    match stops_browsers.iter().any(|sign| reason.contains(sign)) {
        true => Fault::error(words),
        false => Fault::warning(words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_is_given_in_seconds_or_as_a_date() {
        let now: Timestamp = "2026-03-09T10:00:00Z".parse().expect("valid");
        let pause = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, text.parse().expect("valid"));
            retry_after(&headers, now).map(|pause| pause.as_secs())
        };
        assert_eq!(pause("3"), Some(3));
        assert_eq!(pause("Mon, 09 Mar 2026 10:00:07 GMT"), Some(7));
        assert_eq!(pause("Mon, 09 Mar 2026 09:00:00 GMT"), Some(0));
        assert_eq!(pause("soon"), None);
    }

    #[test]
    fn only_what_readers_miss_too_is_an_error() {
        let severity = |status: u16| {
            let status = StatusCode::from_u16(status).expect("valid");
            judge(status).map(|fault| fault.severity)
        };
        assert_eq!(severity(204), None);
        for status in [404, 410] {
            assert_eq!(severity(status), Some(Severity::Error), "{status}");
        }
        for status in [401, 403, 429, 451, 500, 503, 999] {
            assert_eq!(severity(status), Some(Severity::Warning), "{status}");
        }
    }

    #[test]
    fn a_host_that_is_not_there_is_told_from_a_look_up_that_failed() {
        let told = |detail: &str| {
            let text = format!("failed to lookup address information: {detail}");
            let fault = io_fault(&std::io::Error::other(text));
            assert!(fault.lookup);
            fault.severity
        };
        assert_eq!(told("Name or service not known"), Severity::Error);
        assert_eq!(
            told("nodename nor servname provided, or not known"),
            Severity::Error
        );
        assert_eq!(
            told("Temporary failure in name resolution"),
            Severity::Warning
        );
    }

    #[test]
    fn a_certificate_that_ran_out_stops_readers_too() {
        let severity = |reason| tls_fault(reason).severity;
        assert_eq!(
            severity("invalid peer certificate: certificate expired: verified at time 1"),
            Severity::Error
        );
        assert_eq!(
            severity("invalid peer certificate: UnknownIssuer"),
            Severity::Warning
        );
    }
}
