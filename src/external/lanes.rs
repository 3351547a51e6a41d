//! Asking many at once, and yet no host too often.
//!
//! The addresses of each host are dealt out to at most two lanes. A lane is worked through from
//! its beginning to its end by one thread, with a pause after each address, so that a host never
//! has more than two requests of ours at a time, without any counting. (A redirect from one host
//! to another is not counted for the second one.)

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

/// How many are asked at once.
const THREADS: usize = 16;

/// How many of one host are asked at once.
const LANES: usize = 2;

/// The pause between two addresses of a lane.
const PAUSE: Duration = Duration::from_millis(100);

/// Calls `ask` once for the number of each host in the list; gives the answers in that order.
pub(super) fn run<T: Send>(hosts: &[&str], ask: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let lanes = deal(hosts);
    let answers: Mutex<Vec<(usize, T)>> = Mutex::new(Vec::with_capacity(hosts.len()));
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some(lane) = lanes.get(next.fetch_add(1, Ordering::Relaxed)) {
            for (done, at) in lane.iter().enumerate() {
                if done > 0 {
                    thread::sleep(PAUSE);
                }
                let answer = ask(*at);
                let mut answers = answers.lock().unwrap_or_else(|held| held.into_inner());
                answers.push((*at, answer));
            }
        }
    };
    thread::scope(|scope| {
        for _ in 1..lanes.len().min(THREADS) {
            // Where the system gives no more threads, those that there are do the work: at the
            // least this one.
            if thread::Builder::new().spawn_scoped(scope, work).is_err() {
                break;
            }
        }
        work();
    });
    let mut answers = answers
        .into_inner()
        .unwrap_or_else(|held| held.into_inner());
    answers.sort_by_key(|(at, _)| *at);
    answers.into_iter().map(|(_, answer)| answer).collect()
}

/// Deals the numbers of each host out to its lanes; the longest lanes come first, since they
/// decide when all is done.
fn deal(hosts: &[&str]) -> Vec<Vec<usize>> {
    let mut by_host: BTreeMap<&str, [Vec<usize>; LANES]> = BTreeMap::new();
    for (at, host) in hosts.iter().enumerate() {
        let host = host.strip_prefix("www.").unwrap_or(host);
        let lanes = by_host.entry(host).or_default();
        if let Some(shortest) = lanes.iter_mut().min_by_key(|lane| lane.len()) {
            shortest.push(at);
        }
    }
    let mut lanes: Vec<Vec<usize>> = by_host.into_values().flatten().collect();
    lanes.retain(|lane| !lane.is_empty());
    lanes.sort_by_key(|lane| std::cmp::Reverse(lane.len()));
    lanes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_asked_once_and_answers_keep_their_order() {
        let hosts = ["a", "b", "a", "www.a", "c"];
        let answers = run(&hosts, |at| at * 10);
        assert_eq!(answers, [0, 10, 20, 30, 40]);
    }

    #[test]
    fn a_host_has_two_lanes_and_the_longest_come_first() {
        assert_eq!(
            deal(&["b", "a", "a", "www.a", "a"]),
            [vec![1, 3], vec![2, 4], vec![0]]
        );
    }
}
