//! What build, check and list begin with: finding a library and loading it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::Globals;
use super::outcome::Failure;
use crate::config::{BaseUrl, FILE_NAME, Folders};
use crate::diagnostics::Diagnostic;
use crate::library::DocId;
use crate::library::vocabulary::Vocabulary;
use crate::publish;
use crate::site::Site;
use crate::source::Readings;
use crate::workspace::vocabulary_in;
pub use crate::workspace::{Loaded, Workspace};

/// What to load.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Drafts, too.
    pub drafts: bool,
    /// What is to be published later and what has expired, too.
    pub future: bool,
    /// Instead of the settings' `base_url`.
    pub base_url: Option<String>,
    /// A lock that would change is a problem.
    pub locked: bool,
}

/// Finds the library and reads its settings.
pub fn open(globals: &Globals) -> Result<Workspace, Failure> {
    open_in(folders(globals)?)
}

/// Reads the settings of the library in some folders.
pub fn open_in(folders: Folders) -> Result<Workspace, Failure> {
    let root = folders.root.clone();
    let config = folders.config.clone();
    let opened = Workspace::open(folders).map_err(|told| Failure::Problems(root, told))?;
    opened.ok_or_else(|| {
        let help = "`goodturn init` makes a library";
        Failure::usage(format!("there is no {}", config.display()), help)
    })
}

/// The library whose content/ holds a path, which need not be the one that the command is called
/// in; nothing is read yet.
pub fn folders_around(globals: &Globals, path: &Path) -> Option<Folders> {
    let full = path.canonicalize().ok()?;
    let here = folders(globals).ok();
    let above = full
        .ancestors()
        .filter(|folder| folder.join(FILE_NAME).is_file());
    let above = above.map(|folder| Folders::new(folder, None));
    let mut all = here.into_iter().chain(above);
    all.find(|folders| {
        let content = folders.part("content").canonicalize();
        content.is_ok_and(|content| full.starts_with(content))
    })
}

/// Finds the library; nothing is read yet.
pub fn folders(globals: &Globals) -> Result<Folders, Failure> {
    Ok(Folders::new(find_root(globals)?, globals.config.clone()))
}

/// The industries of the library, or the built-in ones where there is no library, with the
/// library's folder and what is wrong with its industries.yaml. Its settings are not read: a slip
/// there says nothing of industries.
pub fn vocabulary(globals: &Globals) -> Result<(PathBuf, Vocabulary, Vec<Diagnostic>), Failure> {
    let asked_for = globals.directory.is_some() || globals.config.is_some();
    let root = match find_root(globals) {
        Ok(root) => root,
        Err(failure) if asked_for => return Err(failure),
        Err(_) => return Ok((PathBuf::from("."), Vocabulary::builtin(), Vec::new())),
    };
    let mut problems = Vec::new();
    let vocabulary = vocabulary_in(&root, &mut problems);
    Ok((root, vocabulary, problems))
}

/// The folder asked for, else the nearest one upwards that holds settings.
fn find_root(globals: &Globals) -> Result<PathBuf, Failure> {
    if let Some(directory) = &globals.directory {
        if !directory.is_dir() {
            let message = format!("there is no folder {}", directory.display());
            return Err(Failure::usage(
                message,
                "give the library's folder after -C",
            ));
        }
        return Ok(directory.clone());
    }
    if globals.config.is_some() {
        return Ok(PathBuf::from("."));
    }
    let here = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
    let found = here
        .ancestors()
        .find(|folder| folder.join(FILE_NAME).is_file());
    match found {
        Some(folder) if folder == here => Ok(PathBuf::from(".")),
        Some(folder) => Ok(folder.to_owned()),
        None => Err(Failure::usage(
            "there is no library here: no goodturn.yaml in this folder or above it",
            "`goodturn init` makes a library; -C DIR works in another folder",
        )),
    }
}

impl Options {
    /// What the library is to be resolved with.
    ///
    /// # Errors
    /// A `base_url` that is no address, a `SOURCE_DATE_EPOCH` that is no number.
    pub fn to_load(&self) -> Result<crate::workspace::Options, Failure> {
        let parse = |url: &String| {
            BaseUrl::parse(url).map_err(|message| {
                let help = "write the full address of the site: https://example.org/";
                Failure::usage(message, help)
            })
        };
        Ok(crate::workspace::Options {
            drafts: self.drafts,
            future: self.future,
            base: self.base_url.as_ref().map(parse).transpose()?,
            now: now()?,
        })
    }
}

impl Workspace {
    /// Reads and resolves everything.
    pub fn load(&self, globals: &Globals, options: &Options) -> Result<Loaded, Failure> {
        let failed = |told| Failure::Problems(self.folders.root.clone(), told);
        let options = options.to_load()?;
        let lock = Arc::new(self.lock().map_err(failed)?);
        let (vocabulary, readings) = rayon::join(
            || {
                let mut problems = Vec::new();
                (Arc::new(self.vocabulary(&mut problems)), problems)
            },
            || self.read(&Readings::default(), globals.quiet),
        );
        let (vocabulary, mut problems) = vocabulary;
        let readings = readings.map_err(failed)?;
        problems.extend(readings.problems());
        let mut loaded = self.resolve(readings.sources(), vocabulary, lock, &options);
        problems.append(&mut loaded.problems);
        Ok(Loaded { problems, ..loaded })
    }

    /// Reads and resolves everything and plans the site: all that is to be known before rendering.
    pub fn load_site(
        &self,
        globals: &Globals,
        options: &Options,
    ) -> Result<(Loaded, Site), Failure> {
        let mut loaded = self.load(globals, options)?;
        let theme = self.theme(&mut loaded.problems);
        let library = loaded.library.clone();
        let site = self.site(library, theme, &mut loaded.problems);
        let site = site.map_err(|mut told| {
            told.append(&mut loaded.problems);
            Failure::Problems(self.folders.root.clone(), told)
        })?;
        if options.locked && loaded.lock_changes() {
            loaded.problems.push(loaded.changes.refused());
        }
        Ok((loaded, site))
    }

    /// Adds the covers and fonts that cannot be used to what is wrong: where a run ends before
    /// books are made, all is told at once nevertheless.
    pub fn with_unusable_covers(site: &Site, mut problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let books: Vec<DocId> = site.faces().into_keys().collect();
        let look = |id: DocId| site.press(id, true, &mut Vec::new()).err();
        let told: Vec<_> = books.into_par_iter().filter_map(look).collect();
        for problem in told.into_iter().flatten() {
            if !problems.contains(&problem) {
                problems.push(problem);
            }
        }
        problems
    }

    /// Calls with the folders that publishing to `out` must keep apart.
    pub fn with_output<T>(&self, out: &Path, call: impl FnOnce(&publish::Folders<'_>) -> T) -> T {
        let folders = &self.folders;
        let inputs = [folders.config.clone()];
        call(&publish::Folders {
            library: &folders.root,
            content: &folders.part("content"),
            private: &folders.part("private"),
            inputs: &inputs,
            out,
        })
    }
}

/// The moment that counts as now: `SOURCE_DATE_EPOCH`, so that a build can be repeated, else the
/// clock. In seconds since 1970.
pub fn now() -> Result<i64, Failure> {
    if let Ok(fixed) = std::env::var("SOURCE_DATE_EPOCH") {
        return fixed.trim().parse().map_err(|_| {
            Failure::usage(
                format!("SOURCE_DATE_EPOCH is `{fixed}`, which is no number of seconds"),
                "give it as seconds since 1970, or leave it away",
            )
        });
    }
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Ok(since.map_or(0, |since| since.as_secs() as i64))
}

/// The day that counts as today.
pub fn today() -> Result<jiff::civil::Date, Failure> {
    let now = now()?;
    let moment = jiff::Timestamp::from_second(now).map_err(|_| {
        Failure::usage(
            format!("SOURCE_DATE_EPOCH is `{now}`, which is in no year that a calendar has"),
            "give it as seconds since 1970, or leave it away",
        )
    })?;
    Ok(jiff::tz::Offset::UTC.to_datetime(moment).date())
}
