//! Whether a file of the last build is what this build wants as well.

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::Path;

/// Copied files larger than this are taken as unchanged when size and modification time agree;
/// smaller ones are read.
///
/// A copy gets the modification time of what it was copied from, so that this can be told. Reading
/// is surer (a tool may set the time back) and heals files that a power failure left empty; only
/// for films and the like is it too slow to do at every build.
const LARGE: u64 = 4 << 20;

const BUFFER: usize = 64 << 10;

/// Whether the file at `old` holds just these bytes.
pub(super) fn holds(old: &Path, bytes: &[u8]) -> bool {
    let Some((mut file, _)) = open_with_length(old, bytes.len() as u64) else {
        return false;
    };
    let mut rest = bytes;
    let mut buffer = [0; BUFFER];
    while !rest.is_empty() {
        let wanted = rest.len().min(BUFFER);
        match file.read(&mut buffer[..wanted]) {
            Ok(0) => return false,
            Ok(read) => match rest.strip_prefix(&buffer[..read]) {
                Some(after) => rest = after,
                None => return false,
            },
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return false,
        }
    }
    true
}

/// Whether the file at `old` is what copying `source`, with this metadata, would give.
pub(super) fn is_copy(old: &Path, source: &Path, metadata: &Metadata) -> bool {
    let Some((file, published)) = open_with_length(old, metadata.len()) else {
        return false;
    };
    if metadata.len() > LARGE
        && let (Ok(now), Ok(then)) = (metadata.modified(), published.modified())
        && now == then
    {
        return true;
    }
    File::open(source).is_ok_and(|source| same_bytes(file, source))
}

/// Whether two plain files, links not followed, hold the same.
pub(super) fn are_equal(one: &Path, other: &Path) -> bool {
    let Ok(metadata) = fs::symlink_metadata(one) else {
        return false;
    };
    metadata.is_file()
        && open_with_length(other, metadata.len())
            .is_some_and(|(other, _)| File::open(one).is_ok_and(|one| same_bytes(one, other)))
}

/// Opens a plain file if it has this length. Looking first costs less than opening for the many
/// files whose length has changed, and a pipe in a file's place is never opened.
fn open_with_length(path: &Path, length: u64) -> Option<(File, Metadata)> {
    let metadata = fs::symlink_metadata(path).ok()?;
    if !metadata.is_file() || metadata.len() != length {
        return None;
    }
    Some((File::open(path).ok()?, metadata))
}

fn same_bytes(one: File, other: File) -> bool {
    let (mut one, mut other) = (one, other);
    let (mut left, mut right) = (Vec::new(), Vec::new());
    loop {
        left.clear();
        right.clear();
        let read = |file: &mut File, into: &mut Vec<u8>| {
            file.take(BUFFER as u64).read_to_end(into).is_ok()
        };
        if !read(&mut one, &mut left) || !read(&mut other, &mut right) || left != right {
            return false;
        }
        if left.is_empty() {
            return true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_compared_byte_by_byte() {
        let dir = tempfile::tempdir().unwrap();
        let (a, b) = (dir.path().join("a"), dir.path().join("b"));
        for length in [0, 1, BUFFER - 1, BUFFER, BUFFER + 1, 3 * BUFFER] {
            let mut bytes = vec![7; length];
            fs::write(&a, &bytes).unwrap();
            fs::write(&b, &bytes).unwrap();
            assert!(holds(&a, &bytes) && are_equal(&a, &b), "{length}");
            if let Some(last) = bytes.last_mut() {
                *last = 8;
                fs::write(&b, &bytes).unwrap();
                assert!(!holds(&a, &bytes) && !are_equal(&a, &b), "{length}");
            }
            bytes.push(7);
            assert!(!holds(&a, &bytes));
        }
        assert!(!holds(&dir.path().join("missing"), b""));
        assert!(!holds(dir.path(), b""));
    }

    #[test]
    fn a_small_copy_is_read_even_when_its_time_agrees() {
        let dir = tempfile::tempdir().unwrap();
        let (a, b) = (dir.path().join("a"), dir.path().join("b"));
        fs::write(&a, "one").unwrap();
        fs::write(&b, "two").unwrap();
        let metadata = fs::metadata(&a).unwrap();
        File::open(&b)
            .unwrap()
            .set_modified(metadata.modified().unwrap())
            .unwrap();
        assert!(!is_copy(&b, &a, &metadata));
        fs::write(&b, "one").unwrap();
        assert!(is_copy(&b, &a, &metadata));
    }

    #[test]
    fn a_large_copy_is_known_by_size_and_time() {
        let dir = tempfile::tempdir().unwrap();
        let (a, b) = (dir.path().join("a"), dir.path().join("b"));
        for path in [&a, &b] {
            File::create(path).unwrap().set_len(LARGE + 1).unwrap();
        }
        let metadata = fs::metadata(&a).unwrap();
        let copy = File::options().write(true).open(&b).unwrap();
        io::Write::write_all(&mut &copy, b"x").unwrap();
        copy.set_modified(metadata.modified().unwrap()).unwrap();
        assert!(is_copy(&b, &a, &metadata));
        copy.set_modified(std::time::SystemTime::UNIX_EPOCH)
            .unwrap();
        assert!(!is_copy(&b, &a, &metadata));
    }
}
