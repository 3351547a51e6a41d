//! Books as GitBook keeps them: where their files lie.
//!
//! `.gitbook.yaml` is described in GitBook's documentation ("Content configuration"), book.json in
//! that of the older GitBook ("Configuration").

use std::path::Path;

use crate::diagnostics::{Diagnostic, read_text};
use crate::yaml::Node;

/// Where the files of a GitBook lie.
#[derive(Debug, Default)]
pub struct Layout {
    /// The folder of the chapters, below that of the book; empty for the same.
    pub root: String,
    /// The file with the book's own text.
    pub readme: Option<String>,
    /// The file with the order of the chapters.
    pub summary: Option<String>,
}

impl Layout {
    /// What `.gitbook.yaml`, else book.json, says of the book in a folder.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn read(folder: &Path) -> Result<Layout, Box<Diagnostic>> {
        for name in [".gitbook.yaml", "book.json"] {
            let disk = folder.join(name);
            if disk.is_file() {
                let text = read_text(&disk, name)?;
                let said = Node::from_yaml(name, &text, 0..text.len())?.to_json();
                let word = |path: &str| {
                    let word = said.pointer(path)?.as_str()?;
                    Some(word.trim_start_matches("./").to_owned()).filter(|word| !word.is_empty())
                };
                return Ok(Layout {
                    root: word("/root").unwrap_or_default(),
                    readme: word("/structure/readme"),
                    summary: word("/structure/summary"),
                });
            }
        }
        Ok(Layout::default())
    }
}
