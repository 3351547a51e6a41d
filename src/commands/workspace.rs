//! Finding a library and loading it: what build, check and list begin with.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Globals;
use super::outcome::Failure;
use crate::config::{BaseUrl, Config, FILE_NAME, Folders};
use crate::diagnostics::{Diagnostic, read_text};
use crate::library::lock::{Changes, LOCK_FILE, Lock};
use crate::library::vocabulary::Vocabulary;
use crate::library::{self, Library};
use crate::publish;
use crate::site::{self, Site};
use crate::source::Reader;

/// The name of the file with the library's own industries.
const INDUSTRIES: &str = "industries.yaml";

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

/// A library on the disk: its folders and its settings.
pub struct Workspace {
    /// Where its parts lie.
    pub folders: Folders,
    /// Its settings.
    pub config: Arc<Config>,
}

/// A library that is loaded.
pub struct Loaded {
    /// The library.
    pub library: Arc<Library>,
    /// What its lock said before.
    pub old_lock: Lock,
    /// What is new in the lock.
    pub changes: Changes,
    /// What is wrong with it.
    pub problems: Vec<Diagnostic>,
}

impl Loaded {
    /// Whether a build would write another lock than there is.
    pub fn lock_changes(&self) -> bool {
        self.library.lock != self.old_lock
    }
}

/// Finds the library and reads its settings.
pub fn open(globals: &Globals) -> Result<Workspace, Failure> {
    let folders = folders(globals)?;
    let file = folders.config_name();
    let text = read_if_there(&folders.config, &file)
        .map_err(|problem| Failure::Problems(folders.root.clone(), vec![*problem]))?;
    let Some(text) = text else {
        let help = "`goodturn init` makes a library";
        return Err(Failure::usage(
            format!("there is no {}", folders.config.display()),
            help,
        ));
    };
    let config = Config::parse(&file, &text)
        .map_err(|problems| Failure::Problems(folders.root.clone(), problems))?;
    let config = Arc::new(config);
    Ok(Workspace { folders, config })
}

/// Finds the library; nothing is read yet.
pub fn folders(globals: &Globals) -> Result<Folders, Failure> {
    let root = find_root(globals)?;
    Ok(Folders::new(root, globals.config.clone()))
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

fn vocabulary_in(root: &Path, problems: &mut Vec<Diagnostic>) -> Vocabulary {
    let text = optional(root, INDUSTRIES, problems);
    let own = text.as_deref().map(|text| (INDUSTRIES, text));
    let (vocabulary, told) = Vocabulary::load(own);
    problems.extend(told);
    vocabulary
}

/// The text of an optional file of the library.
fn optional(root: &Path, name: &str, problems: &mut Vec<Diagnostic>) -> Option<String> {
    read_if_there(&root.join(name), name).unwrap_or_else(|problem| {
        problems.push(*problem);
        None
    })
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

/// The text of a file that need not be there. A link that leads nowhere is there.
fn read_if_there(path: &Path, file: &str) -> Result<Option<String>, Box<Diagnostic>> {
    match std::fs::symlink_metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        _ => read_text(path, file).map(Some),
    }
}

impl Workspace {
    /// The built-in industries with the library's own.
    pub fn vocabulary(&self, problems: &mut Vec<Diagnostic>) -> Vocabulary {
        vocabulary_in(&self.folders.root, problems)
    }

    /// Reads and resolves everything.
    pub fn load(&self, globals: &Globals, options: &Options) -> Result<Loaded, Failure> {
        let mut problems = Vec::new();
        let base = self.base_url(options)?;
        let content = self.folders.part("content");
        if !content.is_dir() {
            let help = "put Markdown files there, or make one: goodturn new article \"A title\"";
            let problem = Diagnostic::error("there is no folder content/").help(help);
            return Err(Failure::Problems(self.folders.root.clone(), vec![problem]));
        }
        let old_lock = match optional(&self.folders.root, LOCK_FILE, &mut problems) {
            Some(text) => Lock::parse(&text)
                .map_err(|problems| Failure::Problems(self.folders.root.clone(), problems))?,
            None => Lock::default(),
        };
        let (vocabulary, sources) = rayon::join(
            || {
                let mut problems = Vec::new();
                (self.vocabulary(&mut problems), problems)
            },
            || {
                let mut problems = Vec::new();
                let reader = Reader::new(&self.config);
                let sources =
                    reader.read_all(&self.folders.root, &content, globals.quiet, &mut problems);
                (sources, problems)
            },
        );
        problems.extend(vocabulary.1);
        problems.extend(sources.1);
        let outcome = library::resolve(
            self.config.clone(),
            base,
            Arc::new(vocabulary.0),
            sources.0,
            &old_lock,
            library::Options {
                drafts: options.drafts,
                future: options.future,
                now: now()?,
            },
            &mut problems,
        );
        Ok(Loaded {
            library: Arc::new(outcome.library),
            old_lock,
            changes: outcome.changes,
            problems,
        })
    }

    /// Reads and resolves everything and plans the site: all that is to be known before rendering.
    pub fn load_site(
        &self,
        globals: &Globals,
        options: &Options,
    ) -> Result<(Loaded, Site), Failure> {
        let mut loaded = self.load(globals, options)?;
        let site = self.site(&mut loaded)?;
        if options.locked && loaded.lock_changes() {
            loaded.problems.push(loaded.changes.refused());
        }
        Ok((loaded, site))
    }

    /// Joins the library with its theme.
    fn site(&self, loaded: &mut Loaded) -> Result<Site, Failure> {
        let theme = site::load_theme(&self.folders, &self.config, &mut loaded.problems);
        let library = loaded.library.clone();
        Site::new(
            library,
            Arc::new(theme),
            &self.folders,
            &mut loaded.problems,
        )
        .map_err(|mut told| {
            told.append(&mut loaded.problems);
            Failure::Problems(self.folders.root.clone(), told)
        })
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

    fn base_url(&self, options: &Options) -> Result<BaseUrl, Failure> {
        let written = options.base_url.as_deref().or(self
            .config
            .base_url
            .as_ref()
            .map(|url| url.value.as_str()));
        match written {
            None => Ok(BaseUrl::unknown()),
            Some(url) => BaseUrl::parse(url).map_err(|message| {
                Failure::usage(
                    message,
                    "write the full address of the site: https://example.org/",
                )
            }),
        }
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
