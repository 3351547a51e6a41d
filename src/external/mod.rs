//! Asking the pages of others whether they are still there.
//!
//! In: a planned [`Site`]. Out: a [`Report`] with a problem for every place that uses an address
//! which no longer answers, or which has moved for good. The rest of Goodturn never goes to the
//! network while it reads, resolves or renders; this room is the one that does, and only when
//! `goodturn check --external` asks for it.
//!
//! ```text
//! gather ──▶ sort out (address) ──▶ cache ──▶ ask, many at once (lanes) ──▶ tell
//! ```
//!
//! - `gather` finds every place that names an outside address.
//! - `address` decides what is asked at all: only `http` and `https`; no mail, no phone numbers,
//!   no hosts that are reserved for examples or that only this machine or network knows. For tests
//!   the environment variable `GOODTURN_CHECK_LOCAL=1` lets addresses of this very machine
//!   (loopback) be asked as well.
//! - `cache` remembers good answers for a week, in `.goodturn/links.json`.
//! - `lanes` asks sixteen hosts at once and no host more than twice at a time, with a pause in
//!   between.
//! - `ask` asks one address. What is sent is the address without its fragment, user name and
//!   password, and who asks; no cookies and no referrer. A body is never read.
//! - `tell` puts answers into words.
//!
//! A link to the library's own site is not asked but looked up in the plan: a page that is about
//! to be published for the first time would answer 404 until then.

mod address;
mod ask;
mod cache;
mod gather;
mod lanes;
mod tell;

use std::collections::BTreeMap;
use std::time::Duration;

use url::Url;

use crate::config::Folders;
use crate::diagnostics::{Diagnostic, Place, Progress, io_reason};
use crate::site::Site;
use address::{Leads, Local};
use ask::{Answer, Asker};
use cache::Cache;
use gather::Use;

/// How to ask.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How long an answer may take in all. Connecting may take half of it.
    pub timeout: Duration,
    /// Whether good answers of earlier runs count.
    pub use_cache: bool,
    /// Whether no progress is shown.
    pub quiet: bool,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Report {
    /// What is wrong, at every place that uses the address.
    pub problems: Vec<Diagnostic>,
    /// How many addresses were asked now.
    pub asked: usize,
    /// How many are known to be good from an earlier run.
    pub known: usize,
    /// How many lead into the site itself, and were looked up in its plan.
    pub own: usize,
    /// How many were left out: mail, phone, reserved hosts.
    pub skipped: usize,
}

/// An outside address and every place that uses it.
#[derive(Debug)]
struct Asked {
    url: Url,
    uses: Vec<Use>,
}

/// Asks every outside address of a site, each once.
pub fn check(site: &Site, folders: &Folders, options: Options) -> Report {
    let mut report = Report::default();
    let mut addresses = sort_out(site, folders, &mut report);
    let mut cache = Cache::open(&folders.root, options.use_cache);
    addresses.retain(|asked| match cache.good(asked.url.as_str()) {
        Some(answer) => {
            report.known += 1;
            report.problems.extend(tell::answer(&answer, &asked.uses));
            false
        }
        None => true,
    });
    report.asked = addresses.len();
    let answers = ask_all(&addresses, options);
    if let Some(problem) = tell::offline(&addresses, &answers) {
        report.problems.push(problem);
        return report;
    }
    for (asked, answer) in addresses.iter().zip(answers) {
        report.problems.extend(tell::answer(&answer, &asked.uses));
        cache.learn(asked.url.as_str(), &answer);
    }
    if let Err(error) = cache.save() {
        let problem = format!("cannot be written: {}", io_reason(&error));
        let help = "the next check asks every address again";
        let place = Place::file(cache::FILE);
        report
            .problems
            .push(Diagnostic::warning(problem).at(place).help(help));
    }
    report
}

/// Decides for every use of an address whether it is to be asked; brings those of one together.
fn sort_out(site: &Site, folders: &Folders, report: &mut Report) -> Vec<Asked> {
    let local = Local::from_environment();
    let mut uses_of: BTreeMap<Url, Vec<Use>> = BTreeMap::new();
    let mut left_out: BTreeMap<String, bool> = BTreeMap::new();
    for found in gather::gather(site.library(), folders) {
        if let Some(path) = address::own(&site.library().base, &found.address) {
            left_out.insert(found.address.clone(), true);
            report.problems.extend(tell::own(site, &path, &found));
            continue;
        }
        match address::leads(&found.address, local) {
            Leads::Out(url) => uses_of.entry(url).or_default().push(found),
            Leads::NowhereToAsk => {
                left_out.insert(found.address, false);
            }
            Leads::Wrong(reason) => report.problems.push(tell::wrong(&reason, &found)),
        }
    }
    report.own = left_out.values().filter(|own| **own).count();
    report.skipped = left_out.len() - report.own;
    let uses = uses_of.into_iter();
    uses.map(|(url, uses)| Asked { url, uses }).collect()
}

fn ask_all(addresses: &[Asked], options: Options) -> Vec<Answer> {
    let asker = Asker::new(options.timeout, Local::from_environment());
    let progress = Progress::new("asking", addresses.len(), options.quiet);
    let hosts: Vec<&str> = addresses
        .iter()
        .map(|asked| asked.url.host_str().unwrap_or_default())
        .collect();
    lanes::run(&hosts, |at| {
        let answer = addresses.get(at).map(|asked| asker.ask(&asked.url));
        progress.step();
        answer
    })
    .into_iter()
    .flatten()
    .collect()
}
