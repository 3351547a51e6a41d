//! What a folder looks like, to see whether anything in it was written.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Every file and folder with what would change if it were written.
pub fn listing(root: &Path) -> BTreeMap<PathBuf, (u64, SystemTime)> {
    walkdir::WalkDir::new(root)
        .into_iter()
        .map(|entry| {
            let entry = entry.unwrap();
            let metadata = entry.metadata().unwrap();
            let looks = (metadata.len(), metadata.modified().unwrap());
            (entry.into_path(), looks)
        })
        .collect()
}
