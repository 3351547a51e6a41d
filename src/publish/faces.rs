//! The files that books are given as, made before the pages that tell how large they are.
//!
//! In: a [`Site`] and a [`Cache`]. Out: every such file by its path, in parallel; one whose book has
//! not changed since an earlier run is taken from there.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::cache::{Cache, Note};
use crate::book::{Face, Press, Printed};
use crate::diagnostics::{Diagnostic, Progress, any_error};
use crate::library::DocId;
use crate::site::{Content, Site, Sizes};

/// The files that books are given as.
#[derive(Debug, Default)]
pub struct Faces {
    files: BTreeMap<String, Content>,
    sizes: Arc<Sizes>,
}

/// One that was made or found.
#[derive(Clone)]
struct Made {
    /// Its name in the cache.
    name: String,
    content: Content,
    size: u64,
}

impl Faces {
    /// Makes them all. Without a cache nothing is looked for, and nothing kept.
    ///
    /// # Errors
    /// What is wrong with a book; all books are tried.
    pub fn make(
        site: &Site,
        cache: Option<&Cache>,
        quiet: bool,
        problems: &mut Vec<Diagnostic>,
    ) -> Result<Faces, Vec<Diagnostic>> {
        let wanted: Vec<(DocId, Vec<(&str, Face)>)> = site.faces().into_iter().collect();
        let count = wanted.iter().map(|(_, faces)| faces.len()).sum();
        let progress = Progress::new("making books", count, quiet);
        let made: Vec<Vec<Outcome>> = wanted
            .par_iter()
            .map(|(id, faces)| of_one(site, *id, faces, cache, &progress))
            .collect();
        let (mut files, mut sizes) = (BTreeMap::new(), Sizes::new());
        let mut names = BTreeSet::new();
        let mut told = Vec::new();
        for outcome in made.into_iter().flatten() {
            add_new(&mut told, outcome.told);
            for (path, made) in outcome.made {
                sizes.insert(path.clone(), made.size);
                names.insert(made.name);
                files.insert(path, made.content);
            }
        }
        if any_error(&told) {
            return Err(told);
        }
        problems.extend(told);
        if let Some(cache) = cache.filter(|_| !names.is_empty()) {
            // A cache that cannot be written makes the next run slower, and nothing else.
            let _ = cache.keep_sizes(&sizes);
            cache.tidy(&names.into_iter().collect::<Vec<_>>());
        }
        Ok(Faces {
            files,
            sizes: Arc::new(sizes),
        })
    }

    /// The file at a path of the plan, if it is one of these.
    pub fn get(&self, path: &str) -> Option<&Content> {
        self.files.get(path)
    }

    /// How large they are.
    pub fn sizes(&self) -> Arc<Sizes> {
        Arc::clone(&self.sizes)
    }
}

/// What became of the files of a document.
#[derive(Default)]
struct Outcome {
    made: Vec<(String, Made)>,
    told: Vec<Diagnostic>,
}

/// Adds what was not told already: every face that shows the cover tells of it.
fn add_new(told: &mut Vec<Diagnostic>, more: Vec<Diagnostic>) {
    for problem in more {
        if !told.contains(&problem) {
            told.push(problem);
        }
    }
}

/// The files of a document: those of its text, and those of its cover, which stay as they are when
/// the text changes.
fn of_one(
    site: &Site,
    id: DocId,
    faces: &[(&str, Face)],
    cache: Option<&Cache>,
    progress: &Progress,
) -> Vec<Outcome> {
    let (covers, texts): (Vec<_>, Vec<_>) = faces.iter().partition(|(_, face)| face.is_cover());
    let kinds = [(false, texts), (true, covers)];
    let kinds = kinds.into_iter().filter(|(_, faces)| !faces.is_empty());
    let outcomes = kinds.map(|(is_cover, faces)| {
        let mut outcome = Outcome::default();
        match site.press(id, is_cover, &mut outcome.told) {
            Ok(press) => outcome.print(site, id, &press, &faces, cache, progress),
            Err(told) => outcome.told.extend(told),
        }
        outcome
    });
    outcomes.collect()
}

impl Outcome {
    fn print(
        &mut self,
        site: &Site,
        id: DocId,
        press: &Press,
        faces: &[(&str, Face)],
        cache: Option<&Cache>,
        progress: &Progress,
    ) {
        // A face that stands at its old addresses as well is made once.
        let mut known: BTreeMap<Face, Made> = BTreeMap::new();
        for (path, face) in faces {
            if !known.contains_key(face) {
                match made(press, *face, cache) {
                    Ok((made, told)) => {
                        known.insert(*face, made);
                        self.told.extend(site.placed(id, told));
                    }
                    Err(told) => self.told.extend(site.placed(id, told)),
                }
            }
            progress.step();
            if let Some(made) = known.get(face) {
                self.made.push(((*path).to_owned(), made.clone()));
            }
        }
    }
}

/// What a face of a book is called in the cache.
pub fn name_of_face(press: &Press, face: Face) -> String {
    format!("{:032x}.{}", press.mark(face), face.ending())
}

/// A face: from the cache, or made and kept there.
fn made(
    press: &Press,
    face: Face,
    cache: Option<&Cache>,
) -> Result<(Made, Vec<Diagnostic>), Vec<Diagnostic>> {
    let name = name_of_face(press, face);
    if let Some((path, note)) = cache.and_then(|cache| cache.find(&name)) {
        let made = Made {
            name,
            content: Content::File(path),
            size: note.size,
        };
        return Ok((made, note.warnings()));
    }
    let Printed {
        bytes, warnings, ..
    } = press.print(face)?;
    let size = bytes.len() as u64;
    let kept = cache.and_then(|cache| cache.keep(&name, &bytes, Note::new(&warnings)).ok());
    let content = kept.map_or(Content::Bytes(bytes), Content::File);
    Ok((
        Made {
            name,
            content,
            size,
        },
        warnings,
    ))
}

impl Note {
    /// What was told of a file. Its place is that of the book, which may be another one by then.
    fn new(warnings: &[Diagnostic]) -> Note {
        let warning = |one: &Diagnostic| (one.message.clone(), one.help.clone());
        Note {
            size: 0,
            warnings: warnings.iter().map(warning).collect(),
        }
    }

    fn warnings(self) -> Vec<Diagnostic> {
        let warning = |(message, help): (String, Vec<String>)| {
            let warning = Diagnostic::warning(message);
            help.into_iter().fold(warning, Diagnostic::help)
        };
        self.warnings.into_iter().map(warning).collect()
    }
}
