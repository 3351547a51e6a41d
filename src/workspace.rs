//! A library on the disk: its settings, its industries, its lock, and how they are read.
//!
//! `build`, `check` and `list` load it once; the preview loads it again and again, only what
//! changed.

use std::path::Path;
use std::sync::Arc;

use crate::config::{BaseUrl, Config, Folders};
use crate::diagnostics::{Diagnostic, read_text};
use crate::library::lock::{Changes, LOCK_FILE, Lock};
use crate::library::vocabulary::Vocabulary;
use crate::library::{self, Library};
use crate::site::{self, Site};
use crate::source::lone::Lone;
use crate::source::{Reader, Readings, Sources};

/// The name of the file with the library's own industries.
pub const INDUSTRIES: &str = "industries.yaml";

/// What to load.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Drafts, too.
    pub drafts: bool,
    /// What is to be published later and what has expired, too.
    pub future: bool,
    /// Instead of the settings' `base_url`.
    pub base: Option<BaseUrl>,
    /// The moment that counts as now, in seconds since 1970.
    pub now: i64,
}

/// A library on the disk: its folders and its settings.
#[derive(Clone, Debug)]
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
    pub old_lock: Arc<Lock>,
    /// What its lock says now.
    pub lock: Lock,
    /// What is new in the lock.
    pub changes: Changes,
    /// What is wrong with it.
    pub problems: Vec<Diagnostic>,
}

impl Loaded {
    /// Whether a build would write another lock than there is.
    pub fn lock_changes(&self) -> bool {
        self.lock != *self.old_lock
    }
}

impl Workspace {
    /// Reads the settings of a library; nothing where there are none.
    ///
    /// # Errors
    /// Everything that is wrong with the settings.
    pub fn open(folders: Folders) -> Result<Option<Workspace>, Vec<Diagnostic>> {
        let file = folders.config_name();
        let text = read_if_there(&folders.config, &file).map_err(|problem| vec![*problem])?;
        let Some(text) = text else {
            return Ok(None);
        };
        let config = Arc::new(Config::parse(&file, &text)?);
        Ok(Some(Workspace { folders, config }))
    }

    /// The built-in industries with the library's own.
    pub fn vocabulary(&self, problems: &mut Vec<Diagnostic>) -> Vocabulary {
        vocabulary_in(&self.folders.root, problems)
    }

    /// The addresses that were ever published; none where nothing was.
    ///
    /// # Errors
    /// Everything that is wrong with the file.
    pub fn lock(&self) -> Result<Lock, Vec<Diagnostic>> {
        let path = self.folders.part(LOCK_FILE);
        match read_if_there(&path, LOCK_FILE).map_err(|problem| vec![*problem])? {
            Some(text) => Lock::parse(&text),
            None => Ok(Lock::default()),
        }
    }

    /// Reads content/; what is as it was in the readings `before` is taken from there.
    ///
    /// # Errors
    /// There is no such folder.
    pub fn read(&self, before: &Readings, quiet: bool) -> Result<Readings, Vec<Diagnostic>> {
        let content = self.folders.part("content");
        if !content.is_dir() {
            let help = "put Markdown files there, or make one: goodturn new article \"A title\"";
            let problem = Diagnostic::error("there is no folder content/").help(help);
            return Err(vec![problem]);
        }
        let reader = Reader::new(&self.config, &self.folders.root);
        Ok(reader.read_all(&content, before, quiet))
    }

    /// Joins what was read into a library. What was wrong with single files is not told again.
    pub fn resolve(
        &self,
        sources: Sources,
        vocabulary: Arc<Vocabulary>,
        old_lock: Arc<Lock>,
        options: &Options,
    ) -> Loaded {
        let mut problems = Vec::new();
        let outcome = library::resolve(
            self.config.clone(),
            self.base(options),
            vocabulary,
            sources,
            &old_lock,
            library::Options {
                drafts: options.drafts,
                future: options.future,
                now: options.now,
            },
            &mut problems,
        );
        Loaded {
            library: Arc::new(outcome.library),
            old_lock,
            lock: outcome.lock,
            changes: outcome.changes,
            problems,
        }
    }

    /// The look of the library.
    pub fn theme(&self, problems: &mut Vec<Diagnostic>) -> Arc<site::Theme> {
        Arc::new(site::load_theme(&self.folders, &self.config, problems))
    }

    /// Joins a library with its look.
    ///
    /// # Errors
    /// Templates that cannot be compiled; what else is wrong goes to `problems`.
    pub fn site(
        &self,
        library: Arc<Library>,
        theme: Arc<site::Theme>,
        problems: &mut Vec<Diagnostic>,
    ) -> Result<Site, Vec<Diagnostic>> {
        Site::new(library, theme, &self.folders, problems)
    }

    /// Where the site will be.
    fn base(&self, options: &Options) -> BaseUrl {
        let written = self.config.base_url.as_ref().map(|url| url.value.as_str());
        let own = || BaseUrl::parse(written?).ok();
        options
            .base
            .clone()
            .or_else(own)
            .unwrap_or_else(BaseUrl::unknown)
    }
}

/// Makes a book that lies outside of any library ready to be printed: a library of its own, that
/// only exists while this runs. What would be an error in a library is a warning. `split` says at
/// which headings its one file is taken apart, `now` is in seconds since 1970.
///
/// # Errors
/// A theme that cannot be compiled.
pub fn alone(
    lone: &Lone,
    split: Option<u8>,
    now: i64,
    quiet: bool,
    problems: &mut Vec<Diagnostic>,
) -> Result<Site, Vec<Diagnostic>> {
    let config = Arc::new(Config {
        title: String::new(),
        strict: false,
        content: "",
        ..Config::default()
    });
    let reader = Reader::new(&config, &lone.root);
    let (sources, told) = reader.read_lone(lone, split, quiet);
    problems.extend(told);
    let options = library::Options {
        drafts: true,
        future: true,
        now,
    };
    let library = library::resolve(
        config,
        BaseUrl::unknown(),
        Arc::new(Vocabulary::builtin()),
        sources,
        &Lock::default(),
        options,
        problems,
    )
    .library;
    let theme = Arc::new(site::built_in_theme(problems));
    let folders = Folders::new(&lone.root, None);
    Site::new(Arc::new(library), theme, &folders, problems)
}

/// The industries of the library in a folder.
pub fn vocabulary_in(root: &Path, problems: &mut Vec<Diagnostic>) -> Vocabulary {
    let text = read_if_there(&root.join(INDUSTRIES), INDUSTRIES).unwrap_or_else(|problem| {
        problems.push(*problem);
        None
    });
    let own = text.as_deref().map(|text| (INDUSTRIES, text));
    let (vocabulary, told) = Vocabulary::load(own);
    problems.extend(told);
    vocabulary
}

/// The text of a file that need not be there. A link that leads nowhere is there.
fn read_if_there(path: &Path, file: &str) -> Result<Option<String>, Box<Diagnostic>> {
    match std::fs::symlink_metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        _ => read_text(path, file).map(Some),
    }
}
