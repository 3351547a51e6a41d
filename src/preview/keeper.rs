//! Keeps the newest good site: looks at the files, reads what changed, and makes the next view.
//!
//! There are two ways. The save of a piece of which nobody else sees more than title and summary
//! costs one reading ([`crate::library::Library::refreshed`]). For everything else all files are
//! looked at, those that changed are read, and the library is resolved anew. The outcome is the
//! same.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use super::inputs::Inputs;
use super::looks::{Changed, Looks};
use super::stage::View;
use super::touched::Touched;
use crate::config::{Folders, display_path};
use crate::diagnostics::{self, Diagnostic, any_error};
use crate::library::{DocId, Library};
use crate::publish::Cache;
use crate::site::{Site, Sizes};
use crate::source::{Differences, Reader, Sources};
use crate::workspace::Options;

/// What may have changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hint {
    /// Anything.
    Everything,
    /// These files, and nothing else.
    Files(BTreeSet<PathBuf>),
}

/// A new view, and what led to it.
pub struct Step {
    /// What is to be shown now.
    pub view: View,
    /// The files that changed, relative to the library.
    pub files: Vec<String>,
    /// What they touched.
    pub touched: Touched,
}

/// Gives the moment that counts as now, in seconds since 1970.
pub type Clock = fn() -> i64;

/// Makes one view after the other.
pub struct Keeper {
    folders: Folders,
    options: Options,
    now: Clock,
    /// What everything but content/ looked like.
    looks: Looks,
    /// What was read; nothing while the settings cannot be read.
    inputs: Option<Inputs>,
    /// Files that were read again on the quick way, which then did not lead to the end.
    unresolved: BTreeSet<String>,
    /// The last good site; while there never was one, the newest.
    site: Option<Arc<Site>>,
    is_good: bool,
    /// What resolving told of the library of that site.
    of_library: Vec<Diagnostic>,
    /// All that is wrong with the files as they are.
    problems: Vec<Diagnostic>,
    /// Whether the site is as new as the files.
    is_new: bool,
    /// Whether documents were found again by their words: another text may undo that.
    has_moved: bool,
    number: u64,
    /// How large the files of books were when they were last built.
    sizes: Arc<Sizes>,
}

/// What a look saw.
#[derive(Default)]
struct Seen {
    files: Vec<String>,
    touched: Touched,
    /// The addresses of changed files that are published as they are.
    addresses: Vec<String>,
    /// The address of the one piece that was saved.
    saved: Option<String>,
}

impl Keeper {
    /// Loads a library for the first time. What is wrong with it is part of the view. `now` gives
    /// the moment that counts as now, in seconds since 1970.
    pub fn new(folders: Folders, options: Options, now: Clock) -> (Keeper, View) {
        let mut keeper = Keeper {
            sizes: Arc::new(Cache::of(&folders.root).sizes()),
            folders,
            options,
            now,
            looks: Looks::default(),
            inputs: None,
            unresolved: BTreeSet::new(),
            site: None,
            is_good: false,
            of_library: Vec::new(),
            problems: Vec::new(),
            is_new: false,
            has_moved: false,
            number: 0,
        };
        keeper.look_at_everything(&[]);
        let view = keeper.view(Vec::new(), None);
        (keeper, view)
    }

    /// Where the library lies.
    pub fn folders(&self) -> &Folders {
        &self.folders
    }

    /// Looks at what may have changed. `recent` are paths of the plan that somebody looks at:
    /// a site in which they fail is not shown. Nothing when no file is another than before.
    pub fn look(&mut self, hint: &Hint, recent: &[String]) -> Option<Step> {
        let seen = match hint {
            Hint::Files(files) if files.is_empty() => return None,
            Hint::Files(files) => self.look_at_files(files),
            Hint::Everything => None,
        };
        let seen = seen.or_else(|| self.look_at_everything(recent))?;
        Some(Step {
            view: self.view(seen.addresses, seen.saved),
            files: seen.files,
            touched: seen.touched,
        })
    }

    fn view(&mut self, files: Vec<String>, saved: Option<String>) -> View {
        self.number += 1;
        View {
            number: self.number,
            site: self.site.clone(),
            problems: self.problems.clone(),
            files,
            saved,
        }
    }

    /// The quick way: pieces that were saved, and nothing else.
    fn look_at_files(&mut self, files: &BTreeSet<PathBuf>) -> Option<Seen> {
        if !self.is_new || self.has_moved {
            return None;
        }
        let content = self.folders.part("content");
        let inputs = self.inputs.as_mut()?;
        let is_known = |file: &PathBuf| {
            let path = display_path(&content, file);
            let disk = file.canonicalize().ok()?;
            let is_alone = inputs.readings.holds(&path) && !inputs.readings.includes(&disk);
            is_alone.then_some(path)
        };
        let paths = files.iter().map(is_known).collect::<Option<Vec<_>>>()?;
        let reader = Reader::new(&inputs.workspace.config, &self.folders.root);
        let mut site = self.site.clone()?;
        let mut touched = Touched::default();
        let mut saved = Vec::new();
        for path in paths {
            self.unresolved.insert(path.clone());
            let source = reader.read_again(&path, &mut inputs.readings)?;
            let (library, id) = site.library().refreshed(source, self.problems.is_empty())?;
            let next = site.refreshed(library, id)?;
            if !fails(&next, id).is_empty() {
                return None;
            }
            touched.add(site.library(), next.library(), id);
            saved.push(address(next.library(), id));
            site = Arc::new(next);
        }
        self.unresolved.clear();
        self.site = Some(site);
        let root = &self.folders.root;
        Some(Seen {
            files: files.iter().map(|file| display_path(root, file)).collect(),
            touched,
            addresses: Vec::new(),
            saved: only(saved),
        })
    }

    /// The thorough way: every file is looked at, and what changed is read and resolved anew.
    fn look_at_everything(&mut self, recent: &[String]) -> Option<Seen> {
        self.options.now = (self.now)();
        let looks = Looks::at(&self.folders);
        let changed = looks.since(&self.looks);
        let (inputs, mut content) =
            match Inputs::read(&self.folders, self.inputs.as_ref(), &changed) {
                Ok(read) => read,
                Err(told) => {
                    // The looks stay as they were, so that the next look reads the settings again.
                    self.fail(told);
                    return Some(Seen {
                        files: changed.settings,
                        touched: Touched::Nothing,
                        ..Seen::default()
                    });
                }
            };
        self.looks = looks;
        content.add(std::mem::take(&mut self.unresolved));
        let is_first = self.inputs.is_none();
        if content.is_empty() && changed.is_empty() && !is_first {
            return None;
        }
        let before = self.site.clone();
        let same_library = content.is_empty() && changed.settings.is_empty() && self.is_new;
        let resolved = match before.as_ref().filter(|_| same_library) {
            Some(site) => Resolved {
                library: site.shared_library(),
                problems: self.of_library.clone(),
                has_moved: self.has_moved,
            },
            None => self.resolve(&inputs, inputs.readings.sources()),
        };
        self.put(&inputs, resolved, recent);
        self.inputs = Some(inputs);
        Some(self.seen(before.as_deref(), content, changed))
    }

    fn resolve(&self, inputs: &Inputs, sources: Sources) -> Resolved {
        let (vocabulary, lock) = (inputs.vocabulary.clone(), inputs.lock.clone());
        let workspace = &inputs.workspace;
        let loaded = workspace.resolve(sources, vocabulary, lock, &self.options);
        Resolved {
            library: loaded.library,
            problems: loaded.problems,
            has_moved: !loaded.changes.moved.is_empty(),
        }
    }

    /// Puts a resolved library in the place of the one before, if nothing is wrong with it. Else
    /// the pieces that something is wrong with are held back at their last good text; if that does
    /// not help either, the last good site stays.
    fn put(&mut self, inputs: &Inputs, resolved: Resolved, recent: &[String]) {
        let mut problems = inputs.problems();
        problems.extend(resolved.problems.iter().cloned());
        let site = self.join(inputs, resolved.library, recent, &mut problems);
        let is_well = !any_error(&problems);
        let good = self.site.clone().filter(|_| self.is_good);
        match (good.filter(|_| !is_well), site) {
            (Some(before), site) => {
                // Large libraries: one more site in memory is enough.
                drop(site);
                let held = self.hold_back(inputs, before.library(), &problems, recent);
                self.site = Some(held.unwrap_or(before));
            }
            (None, Some(site)) => {
                self.site = Some(site);
                self.is_good = is_well;
            }
            (None, None) => {}
        }
        self.is_new = is_well;
        self.has_moved = resolved.has_moved;
        self.of_library = resolved.problems;
        self.told(problems);
    }

    /// Joins a library with its look, and tries the pages that somebody looks at.
    fn join(
        &self,
        inputs: &Inputs,
        library: Arc<Library>,
        recent: &[String],
        problems: &mut Vec<Diagnostic>,
    ) -> Option<Arc<Site>> {
        match inputs
            .workspace
            .site(library, inputs.theme.clone(), problems)
        {
            Ok(site) => {
                let site = site.with_sizes(Arc::clone(&self.sizes));
                let recent = recent.iter().filter(|path| site.plan().get(path).is_some());
                problems.extend(recent.flat_map(|path| site.render(path).err()).flatten());
                Some(Arc::new(site))
            }
            Err(told) => {
                problems.extend(told);
                None
            }
        }
    }

    /// The site with the last good text of every piece that an error is in; nothing when that is
    /// not good either.
    fn hold_back(
        &self,
        inputs: &Inputs,
        good: &Library,
        problems: &[Diagnostic],
        recent: &[String],
    ) -> Option<Arc<Site>> {
        let errors = problems.iter().filter(|problem| problem.is_error());
        let files: BTreeSet<&str> = errors
            .filter_map(|error| error.place.as_ref().map(|place| place.file.as_ref()))
            .collect();
        let mut sources = inputs.readings.sources();
        sources
            .documents
            .retain(|source| !files.contains(source.file.as_ref()));
        let last = good.iter().map(|(_, document)| &document.source);
        let held = last.filter(|source| files.contains(source.file.as_ref()));
        sources.documents.extend(held.cloned());
        sources.documents.sort_by(|a, b| a.path.cmp(&b.path));
        let mut told = inputs.problems_of_whole();
        let resolved = self.resolve(inputs, sources);
        told.extend(resolved.problems);
        let site = self.join(inputs, resolved.library, recent, &mut told);
        site.filter(|_| !any_error(&told))
    }

    fn fail(&mut self, problems: Vec<Diagnostic>) {
        self.is_new = false;
        self.told(problems);
    }

    fn told(&mut self, mut problems: Vec<Diagnostic>) {
        diagnostics::sort(&mut problems);
        problems.dedup();
        self.problems = problems;
    }

    /// What a thorough look saw, in words and addresses.
    fn seen(&self, before: Option<&Site>, content: Differences, changed: Changed) -> Seen {
        let Some(site) = &self.site else {
            return Seen::default();
        };
        let base = &site.library().base;
        let assets = content.assets.iter();
        let mut addresses: Vec<String> =
            assets.map(|path| base.path(&format!("/{path}"))).collect();
        let statics = before.map(|before| site.changed_statics(before));
        addresses.extend(statics.unwrap_or_default());
        let is_look_alone = content.documents.is_empty()
            && changed.settings.is_empty()
            && !changed
                .look
                .iter()
                .any(|file| file.ends_with(".html") || file.ends_with(".yaml"));
        let saved = content.documents.iter().filter_map(|path| {
            let id = site.library().by_path(path)?;
            Some(address(site.library(), id))
        });
        Seen {
            saved: only(saved.collect()),
            touched: match is_look_alone {
                true => Touched::Files(addresses.clone()),
                false => Touched::Site,
            },
            files: changed.all().chain(content.all()).collect(),
            addresses,
        }
    }
}

/// A library as it was resolved.
struct Resolved {
    library: Arc<Library>,
    problems: Vec<Diagnostic>,
    has_moved: bool,
}

/// What goes wrong when the page of a document is made. Only blocks can fail there.
fn fails(site: &Site, id: DocId) -> Vec<Diagnostic> {
    let document = site.library().document(id);
    match document.source.body.calls.is_empty() {
        true => Vec::new(),
        false => site.render_document(id).err().unwrap_or_default(),
    }
}

fn address(library: &Library, id: DocId) -> String {
    library.base.path(&library.document(id).address)
}

/// The only one, if there is one only.
fn only<T>(mut all: Vec<T>) -> Option<T> {
    all.pop().filter(|_| all.is_empty())
}
