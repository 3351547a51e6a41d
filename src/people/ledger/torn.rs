//! The last line of a ledger whose writer was killed, or whose disk was full: set aside, never lost.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::{parse_line, private};
use crate::diagnostics::{Diagnostic, Place};

/// How much is read at once in search of the last line's start.
const STEP: u64 = 4096;

/// Moves a torn last line to a file of its own; one that is whole is only ended. The ledger is to
/// be locked.
pub(super) fn set_aside(file: &mut File, ledger: &Path, name: &str) -> io::Result<Vec<Diagnostic>> {
    let (start, tail) = last_line(file)?;
    if tail.is_empty() {
        return Ok(Vec::new());
    }
    if parse_line(&tail).is_ok() {
        // Somebody's editor leaves the last line without an end.
        file.seek(SeekFrom::End(0))?;
        file.write_all(b"\n")?;
        return Ok(Vec::new());
    }
    let aside = beside(ledger);
    let mut kept = private::options().append(true).create(true).open(&aside)?;
    kept.write_all(&tail)?;
    kept.write_all(b"\n")?;
    kept.sync_all()?;
    private::sync_folder(&aside);
    file.set_len(start)?;
    let shown = aside.file_name().unwrap_or_default().to_string_lossy();
    let told = Diagnostic::warning("the last line of the ledger was torn off by an earlier crash")
        .at(Place::file(name))
        .help(format!(
            "what was left of it is now in {shown}, beside the ledger; nothing else is lost"
        ));
    Ok(vec![told])
}

/// Where torn lines go.
fn beside(ledger: &Path) -> PathBuf {
    ledger.with_extension("torn")
}

/// What stands after the last end of a line, and where it begins.
fn last_line(file: &mut File) -> io::Result<(u64, Vec<u8>)> {
    let end = file.seek(SeekFrom::End(0))?;
    let mut start = end;
    let mut tail: Vec<u8> = Vec::new();
    while start > 0 {
        let from = start.saturating_sub(STEP);
        file.seek(SeekFrom::Start(from))?;
        let mut part = Vec::new();
        Read::by_ref(file)
            .take(start - from)
            .read_to_end(&mut part)?;
        let line_end = part.iter().rposition(|byte| *byte == b'\n');
        let of_tail = part.split_off(line_end.map_or(0, |at| at + 1));
        start = start.saturating_sub(of_tail.len() as u64);
        tail.splice(0..0, of_tail);
        if line_end.is_some() {
            break;
        }
    }
    Ok((start, tail))
}

/// What becomes of a line.
pub(super) enum Left {
    /// It stays as it is.
    All,
    /// This stays of it, without the end of the line.
    Part(Vec<u8>),
    Nothing,
}

/// What is left of a text, line by line, and the number of lines that are no more as they were.
pub(super) fn without(text: &[u8], left: impl Fn(&[u8]) -> Left) -> (Vec<u8>, usize) {
    let mut kept = Vec::with_capacity(text.len());
    let mut changed = 0;
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        match left(line.trim_ascii()) {
            Left::All => kept.extend_from_slice(line),
            Left::Part(part) => {
                kept.extend(part);
                kept.push(b'\n');
                changed += 1;
            }
            Left::Nothing => changed += 1,
        }
    }
    (kept, changed)
}

/// Takes the lines that are picked out of what was set aside.
pub(super) fn blank(ledger: &Path, picked: impl Fn(&[u8]) -> bool) -> io::Result<()> {
    let aside = beside(ledger);
    if !aside.exists() {
        return Ok(());
    }
    let left = |line: &[u8]| match picked(line) {
        true => Left::Nothing,
        false => Left::All,
    };
    let (kept, dropped) = without(&fs::read(&aside)?, left);
    match (dropped, kept.is_empty()) {
        (0, _) => Ok(()),
        (_, true) => fs::remove_file(&aside),
        (_, false) => private::replace(&aside, &kept, true),
    }
}
