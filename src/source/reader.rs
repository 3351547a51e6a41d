//! Reading one Markdown file, with all that it includes.

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use super::dialect::Dialect;
use super::front_matter::{self, FrontMatter};
use super::gitbook;
use super::include::{self, Bounds, Expanded};
use super::markdown::{self, Body};
use super::name::humanize;
use super::terms::terms;
use super::walk::Entry;
use super::within::Within;
use super::{BookSource, Source};
use crate::config::Config;
use crate::diagnostics::{Diagnostic, Place, read_text};
use crate::language::quotes::Quotes;
use crate::library::lock::fingerprint;

/// What reading depends on besides the file.
pub struct Reader<'a> {
    pub(super) config: &'a Config,
    /// The library, which nothing is read from outside of.
    pub(super) root: &'a Path,
    pub(super) languages: Vec<&'a str>,
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
    pub(super) fn name(&self, path: &str) -> Arc<str> {
        self.config.shown(path).into()
    }

    /// The most bytes that a file may have.
    pub(super) fn most(&self) -> u64 {
        self.config.max_file_mb.saturating_mul(1_000_000)
    }

    /// The text of a file.
    pub(super) fn text(&self, entry: &Entry, file: &Arc<str>) -> Result<String, Box<Diagnostic>> {
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
        self.parse_within(path, (file, text), Within::default(), problems)
    }

    fn parse_within(
        &self,
        path: &str,
        (file, text): (&Arc<str>, &str),
        within: Within<'_>,
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
        let lang = self.language(path, &front, within.lang);
        let settings = markdown::Settings {
            hides_lines: within.dialect == Dialect::MdBook,
            ..self.markdown(0, &lang)
        };
        let (body, plain) = markdown::render(
            file,
            split.body,
            split.body_start,
            front.title.as_deref(),
            settings,
            problems,
        );
        Ok(Source {
            lang,
            ..self.source(path, file, front, body, &plain, None)
        })
    }

    /// Reads a chapter, which may include other files.
    pub(super) fn read_with_includes(
        &self,
        entry: &Entry,
        within: Within<'_>,
    ) -> (Option<Source>, Vec<Diagnostic>) {
        let (mut sources, problems) =
            self.through_includes(entry, within.dialect, |file, text, problems| {
                let source = self.parse_within(&entry.path, (file, text), within, problems)?;
                Ok(vec![source])
            });
        (sources.pop(), problems)
    }

    /// Reads the text of a file with all that it includes. What `read` makes of it, and the places
    /// that it tells of, are led back to what the author wrote.
    pub(super) fn through_includes(
        &self,
        entry: &Entry,
        dialect: Dialect,
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
            what: match self.config.content {
                "" => "the folder of the book",
                _ => "the library",
            },
            dialect,
        };
        let translated = match dialect {
            Dialect::GitBook => {
                let pages = gitbook::Pages::new(&bounds, &entry.disk);
                gitbook::translate(&file, &text, start, pages, &mut problems)
            }
            Dialect::MdBook | Dialect::Own => None,
        };
        let text = translated
            .as_ref()
            .map_or(&text, |translated| &translated.text);
        let mut told = Vec::new();
        let expanded = include::expand(&file, &entry.disk, text, start, &bounds, &mut told);
        if let Some(translated) = &translated {
            let is_own = |problem: &&mut Diagnostic| {
                let place = problem.place.as_ref();
                place.is_some_and(|place| place.file == file)
            };
            told.iter_mut()
                .filter(is_own)
                .for_each(|problem| lead_one_back(problem, translated));
        }
        problems.append(&mut told);
        let text = expanded.as_ref().map_or(text, |expanded| &expanded.text);
        let mut sources = match read(&file, text, &mut told) {
            Ok(sources) => sources,
            Err(problem) => {
                told.push(*problem);
                Vec::new()
            }
        };
        for written in [&expanded, &translated].into_iter().flatten() {
            lead_back(&mut told, written);
            for source in &mut sources {
                as_written(source, written);
                source.included.extend(written.files.iter().cloned());
            }
        }
        problems.append(&mut told);
        (sources, problems)
    }

    /// The language of a file: as its head, the book that it lies in, or its name has it.
    pub(super) fn language(&self, path: &str, front: &FrontMatter, book: Option<&str>) -> String {
        let own = front.lang.as_ref().map(|word| word.text.as_str());
        let lang = own.or(self.split_name(path).lang).or(book);
        lang.unwrap_or(&self.config.language).to_owned()
    }

    /// How Markdown in a language is read whose text has so many levels of headings above it.
    pub(super) fn markdown(&self, above: u8, lang: &str) -> markdown::Settings {
        markdown::Settings {
            quotes: self.config.smart_punctuation.then(|| Quotes::of(lang)),
            raw_html: self.config.html,
            lenient: !self.config.strict,
            lift_title: true,
            hides_lines: false,
            above,
        }
    }

    pub(super) fn source(
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
        let lang = self.language(path, &front, None);
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
}

/// A source with the places of what the author wrote, not of the text with all that it includes.
pub(super) fn as_written(source: &mut Source, written: &Expanded) {
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
    if let Some(book) = &mut source.book {
        let lead_back = |place: &mut Place| {
            place.span = place.span.as_ref().map(|span| written.place(span));
        };
        book.outline.each_place(&lead_back);
    }
}

/// Messages with the places of what the author wrote.
pub(super) fn lead_back(told: &mut [Diagnostic], written: &Expanded) {
    told.iter_mut()
        .for_each(|problem| lead_one_back(problem, written));
}

fn lead_one_back(problem: &mut Diagnostic, written: &Expanded) {
    if let Some(place) = &mut problem.place {
        place.span = place.span.as_ref().map(|span| written.place(span));
    }
}

/// The text with a space for every control character: none can be shown, feeds may hold none.
/// Positions stay as they are.
pub(super) fn without_control<'t>(
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
