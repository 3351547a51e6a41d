//! The same book makes the same bytes: with any number of threads, and on any day.

use std::fs;
use std::process::Command;

use super::made;

#[test]
fn threads_and_the_clock_change_no_byte() {
    let library = made::traps();
    let mut first: Option<(Vec<u8>, Vec<u8>)> = None;
    for (threads, now) in [("1", "1800000000"), ("2", "1700000000"), ("8", "")] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_goodturn"));
        command
            .current_dir(library.path())
            .args(["book", "content/traps", "--epub", "a.epub"])
            .env("RAYON_NUM_THREADS", threads);
        if cfg!(feature = "pdf") {
            command.args(["--pdf", "a.pdf"]);
        }
        match now {
            "" => command.env_remove("SOURCE_DATE_EPOCH"),
            now => command.env("SOURCE_DATE_EPOCH", now),
        };
        made::done(command.output().expect("goodturn runs"));
        let read = |name| fs::read(library.path().join(name)).unwrap_or_default();
        let made = (read("a.epub"), read("a.pdf"));
        assert!(made.0.starts_with(b"PK"));
        assert_eq!(made.1.starts_with(b"%PDF-"), cfg!(feature = "pdf"));
        let first = first.get_or_insert_with(|| made.clone());
        assert!(first.0 == made.0, "the EPUB differs with {threads} threads");
        assert!(first.1 == made.1, "the PDF differs with {threads} threads");
    }
}
