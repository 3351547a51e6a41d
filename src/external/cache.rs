//! What is known of addresses from earlier runs: `.goodturn/links.json` in the library.
//!
//! Only good answers are kept, and trusted for a week; bad ones are asked again each time, since
//! somebody is at work on them. A file that cannot be read or is of another version counts as
//! empty and is written anew: nothing in it cannot be asked again.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

use super::ask::Answer;

/// The cache as messages name it: its path in the library.
pub(super) const FILE: &str = ".goodturn/links.json";

/// The version of the file; any other is not read.
const VERSION: u32 = 1;

/// How long a good answer is trusted, in seconds: a week.
const TRUST: i64 = 7 * 24 * 60 * 60;

/// The file.
#[derive(Debug, Serialize, Deserialize)]
struct Stored {
    version: u32,
    links: BTreeMap<String, Known>,
}

/// A good answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Known {
    /// When it was given, in seconds since 1970.
    asked: i64,
    /// The new address of a page that has moved for good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    moved: Option<String>,
}

/// The good answers of the last week.
#[derive(Debug)]
pub(super) struct Cache {
    path: PathBuf,
    /// By the clock: a fixed time for repeatable builds must not make old answers new.
    now: i64,
    links: BTreeMap<String, Known>,
    changed: bool,
}

impl Cache {
    /// The cache of the library in `root`; with `use_it` false it starts empty.
    pub fn open(root: &Path, use_it: bool) -> Self {
        let path = root.join(FILE);
        let now = Timestamp::now().as_second();
        let links = match use_it {
            true => read(&path).unwrap_or_default(),
            false => BTreeMap::new(),
        };
        let mut cache = Cache {
            path,
            now,
            links,
            changed: false,
        };
        cache.forget_what_is_old();
        cache
    }

    /// The answer that an address gave, if it can still be trusted.
    pub fn good(&self, address: &str) -> Option<Answer> {
        let known = self.links.get(address)?;
        let moved = match &known.moved {
            Some(moved) => Some(Url::parse(moved).ok()?),
            None => None,
        };
        Some(Answer::Good { moved })
    }

    /// Keeps a good answer; forgets an address that gave a bad one.
    pub fn learn(&mut self, address: &str, answer: &Answer) {
        self.changed = true;
        match answer {
            Answer::Good { moved } => {
                let known = Known {
                    asked: self.now,
                    moved: moved.as_ref().map(Url::to_string),
                };
                self.links.insert(address.to_owned(), known);
            }
            Answer::Bad(_) => {
                self.links.remove(address);
            }
        }
    }

    /// Writes the file beside itself first, so that it is never half written.
    pub fn save(&self) -> io::Result<()> {
        if !self.changed {
            return Ok(());
        }
        if let Some(folder) = self.path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let stored = Stored {
            version: VERSION,
            links: self.links.clone(),
        };
        let mut text = serde_json::to_string_pretty(&stored)?;
        text.push('\n');
        // With the number of the process, so that two runs do not write the same file.
        let staged = self
            .path
            .with_extension(format!("json.{}.new", std::process::id()));
        std::fs::write(&staged, text)
            .and_then(|()| std::fs::rename(&staged, &self.path))
            .inspect_err(|_| {
                // What is left of it is of no use to anybody.
                let _ = std::fs::remove_file(&staged);
            })
    }

    /// An answer from the future is as little worth as an old one: a clock was wrong.
    fn forget_what_is_old(&mut self) {
        let now = self.now;
        let before = self.links.len();
        self.links
            .retain(|_, known| (0..TRUST).contains(&now.saturating_sub(known.asked)));
        self.changed = self.links.len() != before;
    }
}

fn read(path: &Path) -> Option<BTreeMap<String, Known>> {
    let text = std::fs::read_to_string(path).ok()?;
    let stored: Stored = serde_json::from_str(&text).ok()?;
    (stored.version == VERSION).then_some(stored.links)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_trusted_for_a_week_and_not_from_the_future() {
        let now = Timestamp::now().as_second();
        let known = |asked| Known { asked, moved: None };
        let mut cache = Cache {
            path: PathBuf::new(),
            now,
            links: BTreeMap::from([
                ("fresh".into(), known(now - TRUST + 60)),
                ("old".into(), known(now - TRUST)),
                ("future".into(), known(now + 1)),
                ("wrong".into(), known(i64::MIN)),
            ]),
            changed: false,
        };
        cache.forget_what_is_old();
        assert!(cache.good("fresh").is_some());
        for address in ["old", "future", "wrong"] {
            assert_eq!(cache.good(address), None, "{address}");
        }
        assert!(cache.changed);
    }
}
