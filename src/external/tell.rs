//! Answers in words, at every place that uses the address.

use url::Url;

use super::Asked;
use super::ask::{Answer, Fault};
use super::gather::Use;
use crate::diagnostics::{Diagnostic, Severity};
use crate::site::Site;

/// What an answer means for the places that use its address.
pub(super) fn answer(answer: &Answer, uses: &[Use]) -> Vec<Diagnostic> {
    match answer {
        Answer::Good { moved: None } => Vec::new(),
        Answer::Good { moved: Some(to) } => uses.iter().map(|at| moved(to, at)).collect(),
        Answer::Bad(fault) => uses.iter().map(|at| bad(fault, at)).collect(),
    }
}

fn moved(to: &Url, at: &Use) -> Diagnostic {
    // The fragment was not asked for, but readers want it all the same.
    let mut to = to.clone();
    if let Some((_, fragment)) = at.address.split_once('#') {
        to.set_fragment(Some(fragment));
    }
    Diagnostic::warning(format!("{} has moved for good", at.address))
        .at(at.place.clone())
        .help(format!("link to {to}"))
}

fn bad(fault: &Fault, at: &Use) -> Diagnostic {
    let message = match &fault.led_to {
        Some(to) => format!("{} leads to {to}, which {}", at.address, fault.reason),
        None => format!("{} {}", at.address, fault.reason),
    };
    let help = match fault.severity {
        Severity::Error => "find its new address, or take the link out",
        Severity::Warning => "open it in a browser: the host may only dislike programs, or be down",
    };
    Diagnostic::new(fault.severity, message)
        .at(at.place.clone())
        .help(help)
}

/// What looks like an address of the web but is none.
pub(super) fn wrong(reason: &str, at: &Use) -> Diagnostic {
    Diagnostic::error(format!("{} is no address: {reason}", at.address)).at(at.place.clone())
}

/// A full address of the library's own site, which must be one that the plan knows. The host may
/// have more than this library below that address, so it is a warning.
pub(super) fn own(site: &Site, path: &str, at: &Use) -> Option<Diagnostic> {
    if site.plan().answers(path) {
        return None;
    }
    Some(
        Diagnostic::warning(format!("{} is no page of this library", at.address))
            .at(at.place.clone())
            .maybe_help(site.plan().nearest(path)),
    )
}

/// One problem instead of many, where no name of a host can be looked up at all.
pub(super) fn offline(addresses: &[Asked], answers: &[Answer]) -> Option<Diagnostic> {
    let is_lookup = |answer: &Answer| matches!(answer, Answer::Bad(fault) if fault.lookup);
    let first = addresses.first()?.url.host_str();
    let several = addresses.iter().any(|asked| asked.url.host_str() != first);
    if !several || !answers.iter().all(is_lookup) {
        return None;
    }
    Some(
        Diagnostic::error("no host of any outside link could be looked up")
            .help("outside links were not checked: is this machine online?"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(address: &str) -> Asked {
        Asked {
            url: Url::parse(address).expect("valid"),
            uses: Vec::new(),
        }
    }

    fn fault(lookup: bool) -> Answer {
        Answer::Bad(Fault {
            severity: Severity::Error,
            reason: String::new(),
            led_to: None,
            lookup,
        })
    }

    #[test]
    fn being_offline_is_told_once() {
        let two = [asked("https://a.org"), asked("https://b.org")];
        assert!(offline(&two, &[fault(true), fault(true)]).is_some());
        assert!(offline(&two, &[fault(true), fault(false)]).is_none());
        assert!(offline(&two[..1], &[fault(true)]).is_none());
        assert!(offline(&[], &[]).is_none());
    }
}
