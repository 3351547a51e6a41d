//! Reading a book whose chapters all stand in one file: `split:` in its book.yaml, or at the head
//! of the file itself.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::book::{Outline, OutlineChapter, OutlineItem, is_own_page, join};
use super::book_settings::BookSettings;
use super::dialect::Dialect;
use super::front_matter::{self, FrontMatter, Kind};
use super::include::Expanded;
use super::markdown::{self, Body};
use super::reader::{as_written, lead_back, without_control};
use super::split::{self, MARK, Rule, Section};
use super::walk::{BookFolder, Entry};
use super::{BookSource, Moved, Reader, Source, Whole};
use crate::diagnostics::{Diagnostic, Place, Severity};

/// A heading that a chapter or a part begins with.
struct Line {
    title: String,
    level: u8,
    /// Where it stands.
    span: Range<usize>,
    /// The chapter's path; none for a part.
    path: Option<String>,
}

impl Reader<'_> {
    /// Reads a book of one file in a folder of its own.
    pub(super) fn read_split(
        &self,
        folder: &str,
        book: &BookFolder,
        settings: BookSettings,
        rule: &Rule,
        mut problems: Vec<Diagnostic>,
    ) -> (Vec<Source>, Vec<Diagnostic>) {
        // Outside of a library there is nothing else that could be made.
        let severity = match self.config.content {
            "" => Severity::Error,
            _ => self.config.severity(),
        };
        let mut tell = |message: String, help: &str| {
            problems.push(
                Diagnostic::new(severity, message)
                    .at(rule.place.clone())
                    .help(help),
            );
        };
        if settings.listed.is_some() || book.summary.is_some() {
            tell(
                "this book has both `split:` and a list of chapters".into(),
                "keep the one that you mean",
            );
            return (Vec::new(), problems);
        }
        let [entry] = book.chapters.as_slice() else {
            tell(
                format!(
                    "`split:` takes one Markdown file apart, and this book has {}",
                    book.chapters.len()
                ),
                "leave one .md file in the folder, or take `split:` out",
            );
            return (Vec::new(), problems);
        };
        let (sources, mut told) = self.take_apart(entry, folder, folder, settings, rule);
        problems.append(&mut told);
        (sources, problems)
    }

    /// Reads a file that lies in no book. It is a book itself where its head says `split:`, or
    /// where `rule` says it in its place.
    pub(super) fn read_alone(
        &self,
        entry: &Entry,
        rule: Option<&Rule>,
    ) -> (Vec<Source>, Vec<Diagnostic>) {
        let (source, problems) = self.read(entry);
        let own = source
            .as_ref()
            .and_then(|source| source.front.split.as_ref());
        let Some(rule) = rule.or(own) else {
            return (source.into_iter().collect(), problems);
        };
        // Read as a whole, it tells all that it told before.
        let name = self.split_name(&entry.path);
        let settings = BookSettings {
            file: self.name(&entry.path),
            ..BookSettings::default()
        };
        self.take_apart(entry, &entry.path, &name.translation_key, settings, rule)
    }

    /// The book at `path`, with the chapters of the file `entry`, whose addresses lie below
    /// `folder`.
    fn take_apart(
        &self,
        entry: &Entry,
        path: &str,
        folder: &str,
        settings: BookSettings,
        rule: &Rule,
    ) -> (Vec<Source>, Vec<Diagnostic>) {
        let front = settings.front.as_ref();
        let lang = front.and_then(|front| Some(front.lang.as_ref()?.text.as_str()));
        let (mut sources, mut problems) =
            self.through_includes(entry, Dialect::Own, |file, text, told| {
                self.read_pieces(folder, entry, (file, text), (rule, lang), told)
            });
        // The foreword is the text of the book's own page.
        let Some(foreword) = sources.pop() else {
            return (sources, problems);
        };
        let titles: Vec<&str> = sources.iter().map(|s| s.title.as_str()).collect();
        let taken = foreword.book.unwrap_or_default();
        let special = BookSource {
            outline: taken.outline,
            whole: taken.whole,
            ..settings.special
        };
        if settings.front.is_some() && foreword.front.says_more_than(&["split"]) {
            let message = "this head is not read: book.yaml speaks for the book";
            let place = Place::span(self.name(&entry.path), foreword.front.span.clone());
            problems.push(
                Diagnostic::warning(message)
                    .at(place)
                    .help("move what it says into book.yaml"),
            );
        }
        // Without a book.yaml, the head of the file speaks for the book.
        let front = settings.front.unwrap_or(foreword.front);
        let mut source = self.source(
            path,
            &settings.file,
            front,
            foreword.body,
            &titles.join(" "),
            Some(special),
        );
        source.front.kind = Some(Kind::Book);
        source.included = foreword.included;
        source.lang = foreword.lang;
        sources.push(source);
        (sources, problems)
    }

    /// The chapters in the text of a file, and the foreword last, with their order.
    fn read_pieces(
        &self,
        folder: &str,
        entry: &Entry,
        (file, text): (&Arc<str>, &str),
        (rule, lang): (&Rule, Option<&str>),
        problems: &mut Vec<Diagnostic>,
    ) -> Result<Vec<Source>, Box<Diagnostic>> {
        let text = &*without_control(file, text, problems);
        let head = front_matter::split(text);
        let front = match &head.head {
            Some(head) => front_matter::parse(file, text, head, !self.config.strict, problems)?,
            None => FrontMatter::default(),
        };
        let lang = match lang {
            Some(lang) => lang.to_owned(),
            None => self.language(&entry.path, &front, None),
        };
        let quotes = self.markdown(0, &lang).quotes;
        let pieces = split::split(text, head.body_start, rule.level, quotes);
        let mut sources = Vec::new();
        let mut lines = Vec::new();
        let mut headings = BTreeMap::new();
        // Those of parts without a text: they lead to the chapter that follows.
        let mut bare = Vec::new();
        for mut section in pieces.sections {
            let path = format!("{}{MARK}{}", entry.path, section.name);
            lines.push(Line {
                title: section.title.clone(),
                level: section.level,
                span: section.span.clone(),
                path: section.text.is_some().then(|| path.clone()),
            });
            let Some(words) = &section.text else {
                bare.append(&mut section.headings);
                continue;
            };
            let (body, plain) = self.render_piece((file, &lang), words, Some(&section), problems);
            for fragment in bare.drain(..) {
                let chapter = Some(path.clone());
                headings.entry(fragment).or_insert(Moved {
                    chapter,
                    fragment: None,
                });
            }
            note_moved(&mut headings, &section.headings, Some(&path), &body);
            let mut source = self.source(
                &entry.path,
                file,
                FrontMatter::default(),
                body,
                &plain,
                None,
            );
            source.path = path.into();
            source.title = section.title;
            source.lang.clone_from(&lang);
            source.translation_key = join(folder, &address_name(&section.name));
            as_written(&mut source, words);
            sources.push(source);
        }
        let (body, plain) = self.render_piece((file, &lang), &pieces.foreword, None, problems);
        note_moved(&mut headings, &pieces.foreword_headings, None, &body);
        let mut foreword = self.source(folder, file, front, body, &plain, None);
        foreword.lang = lang;
        as_written(&mut foreword, &pieces.foreword);
        foreword.book = Some(BookSource {
            outline: outline(lines, rule.level, file),
            whole: Some(Whole {
                path: entry.path.as_str().into(),
                place: rule.place.clone(),
                headings,
            }),
            ..BookSource::default()
        });
        sources.push(foreword);
        Ok(sources)
    }

    fn render_piece(
        &self,
        (file, lang): (&str, &str),
        words: &Expanded,
        section: Option<&Section>,
        problems: &mut Vec<Diagnostic>,
    ) -> (Body, String) {
        let above = section.map_or(0, |section| section.level.saturating_sub(1));
        let settings = self.markdown(above, lang);
        let title = section.map(|section| section.title.as_str());
        let mut told = Vec::new();
        let rendered = markdown::render(file, &words.text, 0, title, settings, &mut told);
        lead_back(&mut told, words);
        problems.append(&mut told);
        rendered
    }
}

/// Notes where headings lie that `fragments` led to, in order: in a chapter, or before the first.
fn note_moved(
    headings: &mut BTreeMap<String, Moved>,
    fragments: &[String],
    chapter: Option<&str>,
    body: &Body,
) {
    // A heading that became the title of the page has no fragment there.
    let lifted = fragments.len().saturating_sub(body.headings.len());
    let own = body.headings.iter().map(|heading| Some(heading.id.clone()));
    let own = std::iter::repeat_n(None, lifted).chain(own);
    for (before, fragment) in fragments.iter().zip(own) {
        let chapter = chapter.map(str::to_owned);
        let moved = Moved { chapter, fragment };
        headings.entry(before.clone()).or_insert(moved);
    }
}

/// A chapter called "Index" has an address of its own, not that of its book.
fn address_name(name: &str) -> String {
    match is_own_page(&format!("{name}.md")) {
        true => format!("chapter-{name}"),
        false => name.to_owned(),
    }
}

/// The order of the chapters. Bare headings above the chapters' level are parts; those with text
/// are chapters, with the following ones below them.
fn outline(lines: Vec<Line>, level: u8, file: &Arc<str>) -> Outline {
    let mut outline = Outline::default();
    // Whether the last chapter on top began with a heading above the chapters' level.
    let mut has_below = false;
    for line in lines {
        let Some(path) = line.path else {
            outline.items.push(OutlineItem::Part(line.title));
            continue;
        };
        let chapter = OutlineChapter {
            title: Some(line.title),
            path: Some(path),
            place: Place::span(Arc::clone(file), line.span),
            numbered: true,
            children: Vec::new(),
        };
        match outline.items.last_mut() {
            Some(OutlineItem::Chapter(above)) if has_below && line.level == level => {
                above.children.push(chapter);
            }
            _ => {
                has_below = line.level < level;
                outline.items.push(OutlineItem::Chapter(chapter));
            }
        }
    }
    outline
}
