//! Reading files: one file becomes one [`Source`].
//!
//! In: a path in content/ and the settings that reading depends on. Out: front matter with the
//! place of every key, the Markdown rendered once (see [`markdown`]), and a few numbers about the
//! text. A source knows nothing of other files, so files are read in parallel and re-read alone.

pub mod book;
pub mod dates;
pub mod front_matter;
mod include;
pub mod markdown;
pub mod walk;

mod readings;
pub mod split;
mod splitting;

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use crate::config::Config;
use crate::diagnostics::{Diagnostic, Place, Progress, read_text};
use crate::library::lock::{Fingerprint, fingerprint};
use crate::yaml::{Node, NodeValue};
use book::Outline;
use dates::Moment;
use front_matter::{FrontMatter, Kind};
pub use include::Included;
use include::{Bounds, Expanded};
use markdown::Body;
pub use readings::{Differences, Readings};
use walk::{BookFolder, Entry};

/// One file (or one book's folder) as the author wrote it.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its path relative to content/; a book's is its folder.
    pub path: Arc<str>,
    /// The file as messages name it: relative to the library.
    pub file: Arc<str>,
    /// What the author says about it.
    pub front: FrontMatter,
    /// The date in its file name, as Jekyll has it.
    pub name_date: Option<Moment>,
    /// The text, rendered.
    pub body: Body,
    /// What it is called: front matter, else the first heading, else the file's name.
    pub title: String,
    /// Its language.
    pub lang: String,
    /// What its translations share: the path without extension and language.
    pub translation_key: String,
    /// A number that says how alike two texts are, for finding moved files.
    pub fingerprint: Fingerprint,
    /// The words of title, summary and headings, hashed, sorted: for related pieces.
    pub terms: Vec<u32>,
    /// The files that its text includes.
    pub included: Vec<Included>,
    /// For a book: the order of its chapters and what is only said of books.
    pub book: Option<BookSource>,
}

/// What is only said of books.
#[derive(Clone, Debug, Default)]
pub struct BookSource {
    /// The order of the chapters.
    pub outline: Outline,
    /// The line below the title.
    pub subtitle: Option<String>,
    /// Which edition.
    pub edition: Option<String>,
    /// Under which licence.
    pub licence: Option<String>,
    /// The file that it is taken out of, relative to content/, if all chapters stand in one.
    pub whole: Option<Arc<str>>,
}

/// Everything read from content/.
#[derive(Debug, Default)]
pub struct Sources {
    /// Documents, books and chapters, sorted by path.
    pub documents: Vec<Arc<Source>>,
    /// Files that are published as they are.
    pub assets: Vec<Entry>,
}

/// What reading depends on besides the file.
pub struct Reader<'a> {
    config: &'a Config,
    /// The library, which nothing is read from outside of.
    root: &'a Path,
    languages: Vec<&'a str>,
}

impl<'a> Reader<'a> {
    /// A reader for the library in the folder `root`, with these settings.
    pub fn new(config: &'a Config, root: &'a Path) -> Self {
        Reader {
            config,
            root,
            languages: config.language_codes().collect(),
        }
    }

    /// Reads one Markdown file. A file that cannot be read at all gives no source.
    pub fn read(&self, entry: &Entry) -> (Option<Source>, Vec<Diagnostic>) {
        let mut problems = Vec::new();
        let file = self.name(&entry.path);
        let source = self
            .text(entry, &file)
            .and_then(|text| self.parse(&entry.path, &file, &text, &mut problems));
        match source {
            Ok(source) => (Some(source), problems),
            Err(problem) => {
                problems.push(*problem);
                (None, problems)
            }
        }
    }

    /// A file of content/ as messages name it.
    fn name(&self, path: &str) -> Arc<str> {
        self.config.shown(path).into()
    }

    /// The most bytes that a file may have.
    fn most(&self) -> u64 {
        self.config.max_file_mb.saturating_mul(1_000_000)
    }

    /// The text of a file.
    fn text(&self, entry: &Entry, file: &Arc<str>) -> Result<String, Box<Diagnostic>> {
        let problem = |message: String| {
            Box::new(Diagnostic::error(message).at(Place::file(Arc::clone(file))))
        };
        if entry.size > self.most() {
            let help = "split it into chapters of a book, or raise `max_file_mb` in goodturn.yaml";
            return Err(Box::new(
                problem(format!(
                    "this file is {} MB large, more than the {} MB allowed",
                    entry.size / 1_000_000,
                    self.config.max_file_mb
                ))
                .help(help),
            ));
        }
        read_text(&entry.disk, file)
    }

    /// Makes a source of a file's text.
    ///
    /// # Errors
    /// A head that is no YAML or TOML.
    pub fn parse(
        &self,
        path: &str,
        file: &Arc<str>,
        text: &str,
        problems: &mut Vec<Diagnostic>,
    ) -> Result<Source, Box<Diagnostic>> {
        let text = &*without_control(file, text, problems);
        let split = front_matter::split(text);
        if split.head.is_none()
            && let Some(span) = front_matter::unclosed(text)
        {
            let severity = self.config.severity();
            let fence = text.get(span.clone()).unwrap_or_default();
            let help = format!("write a line {fence} below the last key");
            problems.push(
                Diagnostic::new(severity, "the head of this file is never closed")
                    .at(Place::span(Arc::clone(file), span))
                    .help(help),
            );
        }
        let front = match &split.head {
            Some(head) => {
                let lenient = !self.config.strict;
                front_matter::parse(file, text, head, lenient, problems)?
            }
            None => FrontMatter::default(),
        };
        let (body, plain) = self.render(file, split.body, split.body_start, &front, problems);
        Ok(self.source(path, file, front, body, &plain, None))
    }

    /// Reads a chapter, which may include other files.
    fn read_with_includes(&self, entry: &Entry) -> (Option<Source>, Vec<Diagnostic>) {
        let (mut sources, problems) = self.through_includes(entry, |file, text, problems| {
            let source = self.parse(&entry.path, file, text, problems)?;
            Ok(vec![source])
        });
        (sources.pop(), problems)
    }

    /// Reads the text of a file with all that it includes. What `read` makes of it, and the places
    /// that it tells of, are led back to what the author wrote.
    fn through_includes(
        &self,
        entry: &Entry,
        read: impl FnOnce(&Arc<str>, &str, &mut Vec<Diagnostic>) -> Result<Vec<Source>, Box<Diagnostic>>,
    ) -> (Vec<Source>, Vec<Diagnostic>) {
        let file = self.name(&entry.path);
        let text = match self.text(entry, &file) {
            Ok(text) => text,
            Err(problem) => return (Vec::new(), vec![*problem]),
        };
        let mut problems = Vec::new();
        let start = front_matter::split(&text).body_start;
        let bounds = Bounds {
            root: self.root.to_owned(),
            most: self.most(),
            severity: self.config.severity(),
        };
        let expanded = include::expand(&file, &entry.disk, &text, start, &bounds, &mut problems);
        let (text, written) = match &expanded {
            Some(expanded) => (expanded.text.as_str(), Some(expanded)),
            None => (text.as_str(), None),
        };
        let mut told = Vec::new();
        let mut sources = match read(&file, text, &mut told) {
            Ok(sources) => sources,
            Err(problem) => {
                told.push(*problem);
                Vec::new()
            }
        };
        if let Some(written) = written {
            lead_back(&mut told, written);
            for source in &mut sources {
                as_written(source, written);
                source.included.clone_from(&written.files);
            }
        }
        problems.append(&mut told);
        (sources, problems)
    }

    fn render(
        &self,
        file: &str,
        text: &str,
        start: usize,
        front: &FrontMatter,
        problems: &mut Vec<Diagnostic>,
    ) -> (Body, String) {
        let settings = markdown::Settings {
            smart_punctuation: self.config.smart_punctuation,
            raw_html: self.config.html,
            lenient: !self.config.strict,
            lift_title: true,
            above: 0,
        };
        markdown::render(
            file,
            text,
            start,
            front.title.as_deref(),
            settings,
            problems,
        )
    }

    fn source(
        &self,
        path: &str,
        file: &Arc<str>,
        front: FrontMatter,
        body: Body,
        plain: &str,
        book: Option<BookSource>,
    ) -> Source {
        let name = self.split_name(path);
        let title = front
            .title
            .clone()
            .or_else(|| body.title.clone())
            .or_else(|| body.headings.first().map(|heading| heading.title.clone()))
            .filter(|title| !title.is_empty())
            .unwrap_or_else(|| humanize(name.stem));
        let lang = match (&front.lang, name.lang) {
            (Some(word), _) => word.text.clone(),
            (None, Some(lang)) => lang.to_owned(),
            (None, None) => self.config.language.clone(),
        };
        Source {
            path: path.into(),
            file: Arc::clone(file),
            name_date: name.date,
            translation_key: name.translation_key,
            fingerprint: fingerprint(&title, [plain]),
            terms: terms(&title, &front, &body),
            title,
            lang,
            front,
            body,
            included: Vec::new(),
            book,
        }
    }

    fn split_name<'p>(&self, path: &'p str) -> Name<'p> {
        let file = walk::file_name(path);
        let stem = match walk::is_markdown(file) {
            true => file.rsplit_once('.').map_or(file, |(stem, _)| stem),
            false => file,
        };
        let (stem, mut lang) = match stem.rsplit_once('.') {
            Some((rest, lang)) if self.languages.contains(&lang) && !rest.is_empty() => {
                (rest, Some(lang))
            }
            _ => (stem, None),
        };
        let mut folder = walk::parent(path);
        // content/fr/… holds what is French, too.
        let first = folder.split('/').next().unwrap_or_default();
        if lang.is_none() && self.languages.contains(&first) {
            lang = Some(first);
            folder = folder[first.len()..].trim_start_matches('/');
        }
        let (date, stem) = match dates::split_dated_name(stem) {
            Some((date, rest)) => (Some(date), rest),
            None => (None, stem),
        };
        Name {
            stem,
            lang,
            date,
            translation_key: book::join(folder, stem),
        }
    }

    /// Reads a book: its settings, its order and its chapters.
    fn read_book(
        &self,
        folder: &str,
        book: &BookFolder,
        progress: &Progress,
    ) -> (Vec<Source>, Vec<Diagnostic>) {
        let mut problems = Vec::new();
        let mut sources = Vec::new();
        let settings = self.book_settings(folder, book, &mut problems);
        if let Ok(settings) = &settings
            && let Some(rule) = &settings.split
        {
            book.chapters.iter().for_each(|_| progress.step());
            return self.read_split(folder, book, settings, rule, problems);
        }
        for entry in &book.chapters {
            progress.step();
            let (source, told) = self.read_chapter(folder, book, entry);
            sources.extend(source);
            problems.extend(told);
        }
        let source = settings.and_then(|settings| {
            self.book_source(folder, book, settings, &mut sources, &mut problems)
        });
        match source {
            Ok(source) => sources.push(source),
            Err(problem) => problems.push(*problem),
        }
        (sources, problems)
    }

    /// Reads one file of a book.
    fn read_chapter(
        &self,
        folder: &str,
        book: &BookFolder,
        entry: &Entry,
    ) -> (Option<Source>, Vec<Diagnostic>) {
        let (source, problems) = self.read_with_includes(entry);
        let source = source.map(|mut source| {
            // Where mdBook keeps its chapters is no part of their addresses.
            let inside = book.chapters_root(folder);
            if inside != folder
                && let Some(rest) = source.translation_key.strip_prefix(&format!("{inside}/"))
            {
                source.translation_key = book::join(folder, rest);
            }
            source
        });
        (source, problems)
    }

    fn book_source(
        &self,
        folder: &str,
        book: &BookFolder,
        settings: BookSettings,
        chapters: &mut Vec<Source>,
        problems: &mut Vec<Diagnostic>,
    ) -> Result<Source, Box<Diagnostic>> {
        let BookSettings {
            file,
            front,
            special,
            listed,
            ..
        } = settings;
        let outline = match (listed, &book.summary) {
            (Some(outline), _) => outline,
            (None, Some(summary)) => {
                let name = self.name(&summary.path);
                let text = self.text(summary, &name)?;
                book::from_summary(&name, book.chapters_root(folder), &text, problems)
            }
            (None, None) if let Some(outline) = self.own_order(folder, book, chapters) => outline,
            (None, None) => {
                let files: Vec<(&str, Option<i64>)> = chapters
                    .iter()
                    .map(|c| (c.path.as_ref(), c.front.weight))
                    .collect();
                book::from_files(self.config, folder, &files)
            }
        };
        // A README.md that is no chapter is the text of the book's own page.
        let is_listed = |path: &str| {
            outline
                .walk()
                .iter()
                .any(|(_, _, chapter)| chapter.path.as_deref() == Some(path))
        };
        let own = chapters.iter().position(|c| {
            book::is_own_page(&c.path) && walk::parent(&c.path) == folder && !is_listed(&c.path)
        });
        let own = own.map(|at| chapters.remove(at));
        let (own_front, body) = match own {
            Some(source) => (source.front, source.body),
            None => (FrontMatter::default(), Body::default()),
        };
        let front = match front {
            Some(front) => front,
            None => own_front,
        };
        let mut source = self.source(
            folder,
            &file,
            front,
            body,
            &chapters
                .iter()
                .map(|c| c.title.as_str())
                .collect::<Vec<_>>()
                .join(" "),
            Some(BookSource { outline, ..special }),
        );
        source.front.kind = Some(Kind::Book);
        Ok(source)
    }

    /// The order that the page of a book gives its chapters.
    fn own_order(&self, folder: &str, book: &BookFolder, chapters: &[Source]) -> Option<Outline> {
        let is_own = |path: &str| book::is_own_page(path) && walk::parent(path) == folder;
        let entry = book.chapters.iter().find(|entry| is_own(&entry.path))?;
        let file = self.name(&entry.path);
        let text = self.text(entry, &file).ok()?;
        let others = chapters.iter().map(|chapter| chapter.path.as_ref());
        let others = others.filter(|path| !is_own(path)).collect();
        let start = front_matter::split(&text).body_start;
        // Places are those of the file, with its head.
        let body = format!("{}{}", "\n".repeat(start), text.get(start..)?);
        book::from_own_page(&file, folder, &body, &others)
    }

    /// What book.yaml or book.toml say.
    fn book_settings(
        &self,
        folder: &str,
        book: &BookFolder,
        problems: &mut Vec<Diagnostic>,
    ) -> Result<BookSettings, Box<Diagnostic>> {
        let Some(entry) = book.settings.as_ref().or(book.mdbook.as_ref()) else {
            let file = match &book.summary {
                Some(summary) => self.name(&summary.path),
                None => self.name(folder),
            };
            return Ok(BookSettings {
                file,
                ..BookSettings::default()
            });
        };
        let file = self.name(&entry.path);
        let text = self.text(entry, &file)?;
        let mut node = match book.settings {
            Some(_) => Node::from_yaml(&file, &text, 0..text.len())?,
            None => mdbook_table(crate::toml::node(&file, &text, 0..text.len())?),
        };
        let chapters = take(&mut node, "chapters");
        let split = take(&mut node, "split")
            .and_then(|node| splitting::Rule::read(&file, &node, self.config.severity(), problems));
        let mut text_of = |keys: &[&str]| {
            let value = keys.iter().filter_map(|key| take(&mut node, key)).next()?;
            match value.to_json() {
                serde_json::Value::String(text) => Some(text),
                other => Some(other.to_string()),
            }
        };
        let special = BookSource {
            outline: Outline::default(),
            subtitle: text_of(&["subtitle"]),
            edition: text_of(&["edition"]),
            licence: text_of(&["licence", "license"]),
            whole: None,
        };
        let listed = chapters.map(|node| book::from_settings(&file, folder, &node, problems));
        let front = front_matter::from_node(&file, node, !self.config.strict, problems);
        Ok(BookSettings {
            file,
            front: Some(front),
            special,
            listed,
            split,
        })
    }
}

/// What the settings of a book say.
#[derive(Default)]
struct BookSettings {
    /// The file that they stand in.
    file: Arc<str>,
    front: Option<FrontMatter>,
    special: BookSource,
    /// The order of the chapters, where it is given.
    listed: Option<Outline>,
    /// How one file is taken apart.
    split: Option<splitting::Rule>,
}

/// A source with the places of what the author wrote, not of the text with all that it includes.
fn as_written(source: &mut Source, written: &Expanded) {
    let body = &mut source.body;
    for link in &mut body.links {
        link.span = written.place(&link.span);
    }
    for call in &mut body.calls {
        call.span = written.place(&call.span);
        for arg in &mut call.args {
            arg.span = written.place(&arg.span);
        }
    }
}

/// Messages with the places of what the author wrote.
fn lead_back(told: &mut [Diagnostic], written: &Expanded) {
    for place in told.iter_mut().filter_map(|problem| problem.place.as_mut()) {
        place.span = place.span.as_ref().map(|span| written.place(span));
    }
}

/// The text with a space for every control character: none can be shown, feeds may hold none.
/// Positions stay as they are.
fn without_control<'t>(
    file: &Arc<str>,
    text: &'t str,
    problems: &mut Vec<Diagnostic>,
) -> Cow<'t, str> {
    let is_control = |c: char| c.is_ascii_control() && !matches!(c, '\n' | '\r' | '\t');
    let Some(at) = text.find(is_control) else {
        return Cow::Borrowed(text);
    };
    let byte = text.as_bytes().get(at).copied().unwrap_or_default();
    let what = match byte {
        0 => "a NUL byte".to_owned(),
        byte => format!("a control character (U+{byte:04X})"),
    };
    problems.push(
        Diagnostic::warning(format!("this file holds {what}, which no browser shows"))
            .at(Place::span(Arc::clone(file), at..at + 1)),
    );
    Cow::Owned(text.replace(is_control, " "))
}

/// The `[book]` table of mdBook's settings.
fn mdbook_table(mut node: Node) -> Node {
    let span = node.span.clone();
    let mut table = take(&mut node, "book").unwrap_or(Node {
        span,
        value: NodeValue::Null,
    });
    for ours in [("language", "lang")] {
        if let NodeValue::Map(entries) = &mut table.value {
            for (key, _) in entries.iter_mut().filter(|(key, _)| key.name == ours.0) {
                ours.1.clone_into(&mut key.name);
            }
        }
    }
    for theirs in ["src", "multilingual", "text-direction"] {
        take(&mut table, theirs);
    }
    table
}

fn take(node: &mut Node, key: &str) -> Option<Node> {
    let NodeValue::Map(entries) = &mut node.value else {
        return None;
    };
    let at = entries.iter().position(|(name, _)| name.name == key)?;
    Some(entries.remove(at).1)
}

/// The parts of a file's name.
struct Name<'p> {
    stem: &'p str,
    lang: Option<&'p str>,
    date: Option<Moment>,
    translation_key: String,
}

/// A file's name as a title: `making-introductions` becomes "Making introductions".
fn humanize(stem: &str) -> String {
    let words = stem.replace(['-', '_'], " ");
    let words = words.trim();
    let mut chars = words.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => "Untitled".to_owned(),
    }
}

/// Words that say nothing of what a piece is about.
const STOP_WORDS: &[&str] = &[
    "about", "after", "also", "been", "before", "from", "have", "into", "more", "most", "much",
    "only", "over", "some", "such", "than", "that", "their", "them", "then", "there", "these",
    "they", "this", "those", "very", "what", "when", "where", "which", "while", "will", "with",
    "your", "yours", "does", "without", "should", "would", "could", "every", "each", "other",
];

/// The words that say what a piece is about, hashed.
fn terms(title: &str, front: &FrontMatter, body: &Body) -> Vec<u32> {
    let mut terms = Vec::new();
    let mut add = |text: &str| {
        for word in text.split(|c: char| !c.is_alphanumeric()) {
            let word = word.to_lowercase();
            if word.chars().count() > 3 && !STOP_WORDS.contains(&word.as_str()) {
                terms.push(xxhash_rust::xxh3::xxh3_64(word.as_bytes()) as u32);
            }
        }
    };
    add(title);
    add(front.summary.as_deref().unwrap_or_default());
    body.headings.iter().for_each(|heading| add(&heading.title));
    terms.sort_unstable();
    terms.dedup();
    terms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(path: &str, text: &str) -> Source {
        let config = Config::parse("goodturn.yaml", "languages: {fr: {}}").expect("valid");
        let mut problems = Vec::new();
        Reader::new(&config, Path::new("."))
            .parse(path, &path.into(), text, &mut problems)
            .expect("valid")
    }

    #[test]
    fn a_title_is_found_wherever_it_is() {
        assert_eq!(read("a.md", "---\ntitle: T\n---\n# H\n").title, "T");
        assert_eq!(read("a.md", "# H\n\ntext").title, "H");
        assert_eq!(read("a.md", "text\n\n## Later\n").title, "Later");
        assert_eq!(
            read("making-introductions.md", "text").title,
            "Making introductions"
        );
        assert_eq!(read("a.md", "").title, "A");
    }

    #[test]
    fn languages_are_read_off_names_and_folders() {
        let key = |path| {
            let source = read(path, "x");
            (source.lang, source.translation_key)
        };
        assert_eq!(key("a/b.md"), ("en".into(), "a/b".into()));
        assert_eq!(key("a/b.fr.md"), ("fr".into(), "a/b".into()));
        assert_eq!(key("fr/a/b.md"), ("fr".into(), "a/b".into()));
        assert_eq!(key("a/v1.2.md"), ("en".into(), "a/v1.2".into()));
    }
}
