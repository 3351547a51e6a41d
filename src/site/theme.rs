//! The theme: templates, static files and words, each file from the first place that has it.
//!
//! The library's own `templates/` and `static/` come first, then `themes/NAME/`, then the theme
//! that is built into the program.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use include_dir::{Dir, DirEntry, include_dir};

use super::words::Words;
use crate::config::{Config, Folders, display_path};
use crate::diagnostics::{Diagnostic, Place, did_you_mean, read_text};

static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// A file of the theme or the library that is published as it is.
#[derive(Clone, Debug)]
pub enum StaticFile {
    /// On the disk.
    Disk(PathBuf),
    /// In the program.
    BuiltIn(&'static [u8]),
}

/// A template and where it comes from.
#[derive(Clone, Debug)]
pub struct TemplateText {
    /// The file as messages name it.
    pub file: String,
    /// Its text.
    pub text: Arc<str>,
}

/// Everything that makes the look of a site.
#[derive(Debug)]
pub struct Theme {
    /// Templates by name, such as `article.html` or `blocks/callout.html`.
    pub templates: BTreeMap<String, TemplateText>,
    /// Static files by their path on the site.
    pub statics: BTreeMap<String, StaticFile>,
    /// For each static file, eight digits that change when it does.
    pub marks: BTreeMap<String, String>,
    /// The words of the theme in every language.
    pub words: Words,
}

/// Gathers the theme of a library.
pub fn load(folders: &Folders, config: &Config, problems: &mut Vec<Diagnostic>) -> Theme {
    let mut loader = Loader::new(&folders.root, problems);
    loader.built_in();
    if config.theme != "default" || folders.part("themes").join("default").is_dir() {
        loader.named(folders, &config.theme);
    }
    loader.templates_in(&folders.part("templates"));
    loader.statics_in(&folders.part("static"));
    loader.theme()
}

/// The theme that is built into the program, and nothing else.
pub fn built_in(problems: &mut Vec<Diagnostic>) -> Theme {
    let mut loader = Loader::new(Path::new(""), problems);
    loader.built_in();
    loader.theme()
}

struct Loader<'a> {
    root: &'a Path,
    templates: BTreeMap<String, TemplateText>,
    statics: BTreeMap<String, StaticFile>,
    /// i18n files, the later ones completing and overriding the earlier: language, file, text.
    words: BTreeMap<String, Vec<(String, Arc<str>)>>,
    problems: &'a mut Vec<Diagnostic>,
}

impl<'a> Loader<'a> {
    fn new(root: &'a Path, problems: &'a mut Vec<Diagnostic>) -> Self {
        Loader {
            root,
            templates: BTreeMap::new(),
            statics: BTreeMap::new(),
            words: BTreeMap::new(),
            problems,
        }
    }

    /// What was gathered.
    fn theme(self) -> Theme {
        let marks = self.marks();
        let words = Words::parse(&self.words, self.problems);
        Theme {
            templates: self.templates,
            statics: self.statics,
            marks,
            words,
        }
    }

    fn built_in(&mut self) {
        let mut folders = vec![&BUILT_IN];
        while let Some(folder) = folders.pop() {
            for entry in folder.entries() {
                match entry {
                    DirEntry::Dir(folder) => folders.push(folder),
                    DirEntry::File(file) => self.built_in_file(file),
                }
            }
        }
    }

    fn built_in_file(&mut self, file: &'static include_dir::File<'static>) {
        let path = file.path().to_string_lossy().replace('\\', "/");
        let shown = format!("themes/default/{path}");
        let text = || file.contents_utf8().unwrap_or_default();
        match path.split_once('/') {
            Some(("templates", name)) => self.template(name, shown, text().into()),
            Some(("static", name)) => {
                let content = StaticFile::BuiltIn(file.contents());
                self.statics.insert(name.to_owned(), content);
            }
            Some(("i18n", name)) => self.language(name, shown, text().into()),
            _ => {}
        }
    }

    fn template(&mut self, name: &str, file: String, text: Arc<str>) {
        self.templates
            .insert(name.to_owned(), TemplateText { file, text });
    }

    fn language(&mut self, name: &str, file: String, text: Arc<str>) {
        if let Some(lang) = name.strip_suffix(".yaml") {
            self.words
                .entry(lang.to_owned())
                .or_default()
                .push((file, text));
        }
    }

    fn named(&mut self, folders: &Folders, name: &str) {
        let folder = folders.part("themes").join(name);
        if !folder.is_dir() {
            let themes = std::fs::read_dir(folders.part("themes"));
            let names: Vec<String> = themes
                .into_iter()
                .flatten()
                .flatten()
                .map(|entry| entry.file_name().to_string_lossy().into_owned())
                .chain(["default".to_owned()])
                .collect();
            let help = did_you_mean(name, names.iter().map(String::as_str))
                .unwrap_or_else(|| format!("a theme is a folder: themes/{name}/"));
            self.problems.push(
                Diagnostic::error(format!("there is no theme `{name}`"))
                    .at(Place::file(folders.config_name()))
                    .help(help),
            );
            return;
        }
        self.templates_in(&folder.join("templates"));
        self.statics_in(&folder.join("static"));
        for (name, path) in self.files_in(&folder.join("i18n")) {
            let shown = display_path(self.root, &path);
            if let Some(text) = self.read(&path, &shown) {
                self.language(&name, shown, text);
            }
        }
    }

    fn templates_in(&mut self, folder: &Path) {
        for (name, path) in self.files_in(folder) {
            if !name.ends_with(".html") {
                continue;
            }
            let shown = display_path(self.root, &path);
            if let Some(text) = self.read(&path, &shown) {
                self.template(&name, shown, text);
            }
        }
    }

    fn statics_in(&mut self, folder: &Path) {
        for (name, path) in self.files_in(folder) {
            self.statics.insert(name, StaticFile::Disk(path));
        }
    }

    fn read(&mut self, path: &Path, shown: &str) -> Option<Arc<str>> {
        match read_text(path, shown) {
            Ok(text) => Some(text.into()),
            Err(problem) => {
                self.problems.push(*problem);
                None
            }
        }
    }

    /// The files below a folder, by their path in it; links are not followed out.
    fn files_in(&mut self, folder: &Path) -> Vec<(String, PathBuf)> {
        if !folder.is_dir() {
            return Vec::new();
        }
        let mut problems = Vec::new();
        let files = crate::source::walk::walk_static(self.root, folder, &mut problems);
        self.problems.extend(problems);
        files
            .into_iter()
            .map(|entry| (entry.path, entry.disk))
            .collect()
    }

    fn marks(&self) -> BTreeMap<String, String> {
        let mark = |file: &StaticFile| match file {
            StaticFile::BuiltIn(bytes) => xxhash_rust::xxh3::xxh3_64(bytes),
            StaticFile::Disk(path) => {
                std::fs::read(path).map_or(0, |bytes| xxhash_rust::xxh3::xxh3_64(&bytes))
            }
        };
        self.statics
            .iter()
            .map(|(name, file)| (name.clone(), format!("{:08x}", mark(file) as u32)))
            .collect()
    }
}
