//! Reading a book: its settings, the order of its chapters, and each of them.

use std::collections::BTreeSet;
use std::path::Path;

use super::book::{self, Outline};
use super::book_settings::BookSettings;
use super::dialect::Dialect;
use super::front_matter::{self, FrontMatter, Kind};
use super::markdown::Body;
use super::name::humanize;
use super::split::Rule;
use super::walk::{self, BookFolder, Entry};
use super::within::Within;
use super::{BookSource, Reader, Source};
use crate::diagnostics::{Diagnostic, Progress};

impl Reader<'_> {
    /// Reads a book: its settings, its order and its chapters. `rule` stands in place of `split:`.
    pub(super) fn read_book(
        &self,
        folder: &str,
        book: &BookFolder,
        rule: Option<Rule>,
        progress: &Progress,
    ) -> (Vec<Source>, Vec<Diagnostic>) {
        let mut problems = Vec::new();
        let mut sources = Vec::new();
        let settings = self.book_settings(folder, book, &mut problems);
        let settings = match settings {
            Ok(mut settings) => match rule.or(settings.split.take()) {
                Some(rule) => {
                    book.chapters.iter().for_each(|_| progress.step());
                    return self.read_split(folder, book, settings, &rule, problems);
                }
                None => Ok(settings),
            },
            Err(problem) => Err(problem),
        };
        let lang = settings.as_ref().ok();
        let lang = lang.and_then(|settings| self.language_of(folder, book, settings));
        let mut told_by: Vec<(&Entry, Vec<Diagnostic>)> = Vec::new();
        for entry in &book.chapters {
            progress.step();
            let (source, told) = self.read_chapter(folder, book, entry, lang.as_deref());
            let rule = source
                .as_ref()
                .and_then(|source| source.front.split.as_ref());
            if let Some(rule) = rule
                && let Ok(settings) = settings
            {
                // It is the only file of the book; else that it is not is told.
                return self.read_split(folder, book, settings, rule, problems);
            }
            sources.extend(source);
            told_by.push((entry, told));
        }
        let source = settings.and_then(|settings| {
            self.book_source(folder, book, settings, &mut sources, &mut problems)
        });
        match source {
            Ok(source) => {
                let parts = parts_of_others(&source, &sources, &book.chapters);
                sources.retain(|chapter| !parts.contains(chapter.path.as_ref()));
                told_by.retain(|(entry, _)| !parts.contains(entry.path.as_str()));
                sources.push(source);
            }
            Err(problem) => problems.push(*problem),
        }
        problems.extend(told_by.into_iter().flat_map(|(_, told)| told));
        (sources, problems)
    }

    /// The language that a book says it is in: in its settings or, without these, at the head of
    /// its own page.
    fn language_of(
        &self,
        folder: &str,
        book: &BookFolder,
        settings: &BookSettings,
    ) -> Option<String> {
        let told = settings.front.as_ref();
        if let Some(front) = told {
            return Some(front.lang.as_ref()?.text.clone());
        }
        let entry = self.own_page(folder, book)?;
        let file = self.name(&entry.path);
        let text = self.text(entry, &file).ok()?;
        let head = front_matter::split(&text).head?;
        // What is wrong with it is told when the page is read.
        let front = front_matter::parse(&file, &text, &head, true, &mut Vec::new()).ok()?;
        Some(front.lang?.text)
    }

    /// The file with a book's own text, as far as its name tells.
    fn own_page<'b>(&self, folder: &str, book: &'b BookFolder) -> Option<&'b Entry> {
        book.chapters.iter().find(|entry| match &book.readme {
            Some(readme) => *readme == entry.path,
            None => book::is_own_page(&entry.path) && walk::parent(&entry.path) == folder,
        })
    }

    /// Reads one file of a book; `lang` is the language that the book says it is in.
    pub(super) fn read_chapter(
        &self,
        folder: &str,
        book: &BookFolder,
        entry: &Entry,
        lang: Option<&str>,
    ) -> (Option<Source>, Vec<Diagnostic>) {
        let within = Within {
            dialect: Dialect::of(book),
            lang,
        };
        let (source, problems) = self.read_with_includes(entry, within);
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
            let is_own = match &book.readme {
                Some(readme) => readme.as_str() == c.path.as_ref(),
                None => book::is_own_page(&c.path) && walk::parent(&c.path) == folder,
            };
            is_own && !is_listed(&c.path)
        });
        let readme = chapters
            .iter()
            .find(|c| book.readme.as_deref() == Some(&c.path));
        let named = outline.title.clone().or_else(|| readme?.body.title.clone());
        // One that is a chapter does not stand at the address of the book.
        let root = book.chapters_root(folder);
        let of_root = |c: &&mut Source| walk::parent(&c.path) == root && book::is_own_page(&c.path);
        for chapter in chapters.iter_mut().filter(of_root) {
            if is_listed(&chapter.path) {
                let name = walk::file_name(&chapter.path).to_lowercase();
                let name = name.trim_end_matches(".md").trim_start_matches('_');
                chapter.translation_key = book::join(folder, &format!("chapter-{name}"));
            }
        }
        let own = own.map(|at| chapters.remove(at));
        let (own_front, body) = match own {
            Some(source) => (source.front, source.body),
            None => (FrontMatter::default(), Body::default()),
        };
        let mut front = match front {
            Some(front) => front,
            None => own_front,
        };
        if front.title.is_none() && body.title.is_none() {
            front.title = named.or_else(|| self.name_of_root(folder));
        }
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

    /// What a book is called that is all there is: as its folder.
    fn name_of_root(&self, folder: &str) -> Option<String> {
        let root = self
            .root
            .canonicalize()
            .ok()
            .filter(|_| folder.is_empty())?;
        Some(humanize(&root.file_name()?.to_string_lossy()))
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
}

/// The files of a book that it does not list and that its chapters include: they are no chapters,
/// and what is wrong with them is told where they are included.
fn parts_of_others<'e>(
    book: &Source,
    chapters: &[Source],
    entries: &'e [Entry],
) -> BTreeSet<&'e str> {
    let included: BTreeSet<&Path> = chapters
        .iter()
        .flat_map(|chapter| &chapter.included)
        .map(|included| included.disk.as_path())
        .collect();
    let Some(special) = book.book.as_ref().filter(|_| !included.is_empty()) else {
        return BTreeSet::new();
    };
    let listed = special.outline.walk();
    let listed: BTreeSet<&str> = listed
        .iter()
        .filter_map(|(_, _, chapter)| chapter.path.as_deref())
        .collect();
    entries
        .iter()
        .filter(|entry| !listed.contains(entry.path.as_str()))
        .filter(|entry| {
            let disk = entry.disk.canonicalize();
            disk.is_ok_and(|disk| included.contains(disk.as_path()))
        })
        .map(|entry| entry.path.as_str())
        .collect()
}
