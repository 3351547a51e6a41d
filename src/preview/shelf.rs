//! The files that books are given as, for the preview: made when a browser asks for one, and
//! remembered until its book changes.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::Mutex;

use axum::body::Bytes;

use crate::book::Face;
use crate::diagnostics::Diagnostic;
use crate::library::DocId;
use crate::publish::{Cache, name_of_face};
use crate::site::Site;

/// How many files are remembered.
const ROOM: usize = 32;

/// Files that were asked for, the last one first. What a build has kept is used as well; the
/// preview itself writes nothing.
pub struct Shelf {
    cache: Cache,
    recent: Mutex<VecDeque<(String, Bytes)>>,
}

impl Shelf {
    /// The shelf of the library in a folder.
    pub fn new(root: &Path) -> Self {
        Shelf {
            cache: Cache::of(root),
            recent: Mutex::default(),
        }
    }

    /// A file that a document is also given as.
    ///
    /// # Errors
    /// What is wrong with the book.
    pub fn get(&self, site: &Site, id: DocId, face: Face) -> Result<Bytes, Vec<Diagnostic>> {
        let press = site.press(id, face.is_cover(), &mut Vec::new())?;
        let name = name_of_face(&press, face);
        if let Some(bytes) = self.recall(&name) {
            return Ok(bytes);
        }
        let kept = self.cache.find(&name).map(|(path, _)| std::fs::read(path));
        let bytes = match kept {
            Some(Ok(bytes)) => bytes,
            _ => {
                let printed = press.print(face).map_err(|told| site.placed(id, told))?;
                printed.bytes
            }
        };
        let bytes = Bytes::from(bytes);
        let mut recent = self.recent.lock().unwrap_or_else(|held| held.into_inner());
        recent.push_front((name, bytes.clone()));
        recent.truncate(ROOM);
        Ok(bytes)
    }

    fn recall(&self, name: &str) -> Option<Bytes> {
        let recent = self.recent.lock().unwrap_or_else(|held| held.into_inner());
        let found = recent.iter().find(|(known, _)| known == name);
        found.map(|(_, bytes)| bytes.clone())
    }
}
