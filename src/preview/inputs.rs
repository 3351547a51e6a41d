//! Everything that a site is made from, as it was last read.

use std::sync::Arc;

use super::looks::Changed;
use crate::config::Folders;
use crate::diagnostics::Diagnostic;
use crate::library::lock::Lock;
use crate::library::vocabulary::Vocabulary;
use crate::site::Theme;
use crate::source::{Differences, Readings};
use crate::workspace::Workspace;

/// Everything that a site is made from.
pub(super) struct Inputs {
    pub workspace: Workspace,
    pub vocabulary: Arc<Vocabulary>,
    pub lock: Arc<Lock>,
    pub theme: Arc<Theme>,
    pub readings: Readings,
    of_vocabulary: Vec<Diagnostic>,
    of_theme: Vec<Diagnostic>,
}

impl Inputs {
    /// Reads what changed; the rest is taken from `before`. Gives what is another in content/,
    /// too.
    ///
    /// # Errors
    /// What is wrong with the settings or the lock: without them nothing can be read.
    pub fn read(
        folders: &Folders,
        before: Option<&Inputs>,
        changed: &Changed,
    ) -> Result<(Inputs, Differences), Vec<Diagnostic>> {
        let same_settings = before.filter(|_| changed.settings.is_empty());
        let (workspace, lock) = match same_settings {
            Some(before) => (before.workspace.clone(), before.lock.clone()),
            None => {
                let workspace = open(folders)?;
                let lock = Arc::new(workspace.lock()?);
                (workspace, lock)
            }
        };
        let (vocabulary, of_vocabulary) = match same_settings {
            Some(before) => (before.vocabulary.clone(), before.of_vocabulary.clone()),
            None => {
                let mut problems = Vec::new();
                let vocabulary = Arc::new(workspace.vocabulary(&mut problems));
                (vocabulary, problems)
            }
        };
        let (theme, of_theme) = match same_settings.filter(|_| changed.look.is_empty()) {
            Some(before) => (before.theme.clone(), before.of_theme.clone()),
            None => {
                let mut problems = Vec::new();
                (workspace.theme(&mut problems), problems)
            }
        };
        // What was read under other settings may read otherwise now.
        let nothing = Readings::default();
        let known = same_settings.map_or(&nothing, |before| &before.readings);
        let readings = workspace.read(known, true)?;
        let content = readings.differences(before.map_or(&nothing, |before| &before.readings));
        let inputs = Inputs {
            workspace,
            vocabulary,
            lock,
            theme,
            readings,
            of_vocabulary,
            of_theme,
        };
        Ok((inputs, content))
    }

    /// What was wrong when the files were read.
    pub fn problems(&self) -> Vec<Diagnostic> {
        let mut problems = self.problems_of_whole();
        problems.extend(self.readings.problems());
        problems
    }

    /// What is wrong with the industries and the theme, which everything depends on.
    pub fn problems_of_whole(&self) -> Vec<Diagnostic> {
        self.of_vocabulary
            .iter()
            .chain(&self.of_theme)
            .cloned()
            .collect()
    }
}

fn open(folders: &Folders) -> Result<Workspace, Vec<Diagnostic>> {
    Workspace::open(folders.clone())?.ok_or_else(|| {
        let problem = format!("there is no {}", folders.config_name());
        vec![Diagnostic::error(problem).help("`goodturn init` makes a library")]
    })
}
