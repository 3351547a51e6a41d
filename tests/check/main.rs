//! `goodturn check`, as people call it: the real command on small libraries, and on a server of
//! our own for links that lead out.

mod content;
mod external;
#[path = "../support/library.rs"]
mod library;
#[path = "../support/listing.rs"]
mod listing;
#[path = "../support/ran.rs"]
mod ran;
mod server;

use std::process::Command;

use library::Library;
use ran::Ran;

impl Library {
    /// With settings, a page and these files.
    fn new(files: &[(&str, &str)]) -> Self {
        let own = [
            ("goodturn.yaml", "title: Test\n"),
            (
                "content/welcome.md",
                "---\ntitle: Welcome\nsummary: S\n---\nHello.\n",
            ),
        ];
        Library::of(&[&own, files].concat())
    }

    /// Runs goodturn on it, on 10 March 2026.
    fn run(&self, args: &[&str]) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_goodturn"));
        command
            .arg("-C")
            .arg(self.root())
            .args(args)
            .env("SOURCE_DATE_EPOCH", "1773136800")
            .env("GOODTURN_CHECK_LOCAL", "1");
        // A proxy would answer in place of our server.
        for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
            command.env_remove(name).env_remove(name.to_lowercase());
        }
        Ran::from(command.output().unwrap())
    }
}
