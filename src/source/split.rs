//! One long file taken apart at its headings: each becomes a chapter with a page of its own.
//!
//! In: the text of the file and the level of heading that chapters begin with. Out: for each
//! chapter its bytes, followed by the footnotes and link definitions that it uses and that stand
//! elsewhere in the file, so that it can be read as Markdown alone.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Parser, Tag, TagEnd};

use super::include::Expanded;
use super::markdown::{self, Ids, Quoter};
use crate::diagnostics::{Diagnostic, Place, Severity};
use crate::language::quotes::Quotes;
use crate::yaml::{Node, NodeValue};

/// What parts the path of the file from the name of a chapter in it: `guide.md#first-steps`. The
/// name is the fragment that led to the chapter's heading while the file was one.
pub const MARK: char = '#';

/// The file and the name of a chapter that was taken out of a file; nothing for other documents.
pub fn parts(path: &str) -> Option<(&str, &str)> {
    let (file, name) = path.rsplit_once(MARK)?;
    super::walk::is_markdown(file).then_some((file, name))
}

/// `split: 1` or `split: 2`: that a file is taken apart, and at which headings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The level of the headings that chapters begin with.
    pub level: u8,
    /// Where it is said.
    pub place: Place,
}

impl Rule {
    /// Reads the value of `split:`.
    pub(super) fn read(
        file: &str,
        node: &Node,
        severity: Severity,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<Rule> {
        let place = Place::span(file, node.span.clone());
        let level = match &node.value {
            NodeValue::Integer(1) => 1,
            NodeValue::Integer(2) => 2,
            NodeValue::Null => return None,
            _ => {
                problems.push(
                    Diagnostic::new(severity, "expected 1 or 2 for `split:`")
                        .at(place)
                        .help("1 begins a chapter at each `# heading`, 2 at each `## heading`"),
                );
                return None;
            }
        };
        Some(Rule { level, place })
    }
}

/// A file taken apart.
pub(super) struct Pieces {
    /// What stands before the first chapter.
    pub foreword: Expanded,
    /// The fragments that led to the headings in it while the file was one.
    pub foreword_headings: Vec<String>,
    /// The chapters and the headings of parts, in order.
    pub sections: Vec<Section>,
}

/// A stretch of the file below a heading.
pub(super) struct Section {
    /// The heading, without markup.
    pub title: String,
    /// The fragment that leads to it.
    pub name: String,
    /// 1 to 6.
    pub level: u8,
    /// Where the heading stands.
    pub span: Range<usize>,
    /// Its text with the heading; none for the bare heading of a part.
    pub text: Option<Expanded>,
    /// The fragments that led to its heading, and to those below it, while the file was one.
    pub headings: Vec<String>,
}

/// Takes the body of a file apart, which starts at byte `start` of `text`, at headings of `level`
/// and of the levels above it. A single heading above them, at the start, is the book's title.
pub(super) fn split(text: &str, start: usize, level: u8, quotes: Option<Quotes>) -> Pieces {
    let outline = survey(text, start, quotes);
    let mut headings: Vec<&Heading> = outline
        .headings
        .iter()
        .filter(|heading| heading.is_outermost && heading.level <= level)
        .collect();
    let above = headings.iter().filter(|h| h.level < level).count();
    if above == 1 && headings.first().is_some_and(|h| h.level < level) && headings.len() > 1 {
        headings.remove(0);
    }
    let first = headings.first().map_or(text.len(), |h| h.span.start);
    let ends = headings.iter().skip(1).map(|h| h.span.start);
    let ends: Vec<usize> = ends.chain([text.len()]).collect();
    let mut ids = Ids::default();
    let fragments = outline.fragments();
    let within = |stretch: Range<usize>| -> Vec<String> {
        let inside = fragments.range(stretch);
        inside.map(|(_, fragment)| fragment.clone()).collect()
    };
    let sections = headings.iter().zip(ends).map(|(heading, end)| {
        let rest = text.get(heading.span.end..end).unwrap_or_default();
        let is_bare = heading.level < level && rest.trim().is_empty();
        Section {
            title: heading.title.clone(),
            name: match &heading.id {
                Some(id) if ids.fix(id) => id.clone(),
                _ => ids.for_text(&heading.title),
            },
            level: heading.level,
            span: heading.span.clone(),
            text: (!is_bare).then(|| outline.take(text, heading.span.start..end)),
            headings: within(heading.span.start..end),
        }
    });
    let sections = sections.collect();
    Pieces {
        foreword: outline.take(text, start..first),
        foreword_headings: within(start..first),
        sections,
    }
}

struct Heading {
    span: Range<usize>,
    level: u8,
    id: Option<String>,
    title: String,
    /// Whether it stands in no list, quotation or table.
    is_outermost: bool,
}

/// What is where in a file.
#[derive(Default)]
struct Survey {
    headings: Vec<Heading>,
    /// Where the footnotes of that kind stand, by name.
    footnotes: BTreeMap<String, Range<usize>>,
    /// The places of footnotes again, by their start.
    notes: BTreeMap<usize, usize>,
    /// Where is used what stands elsewhere, and the place that it stands at.
    uses: BTreeMap<usize, Vec<Range<usize>>>,
}

fn survey(text: &str, start: usize, quotes: Option<Quotes>) -> Survey {
    let mut survey = Survey::default();
    let body = text.get(start..).unwrap_or_default();
    let parser = Parser::new_ext(body, markdown::options(quotes.is_some()));
    let mut quoter = Quoter::new(body, quotes);
    let moved = |range: Range<usize>| range.start + start..range.end + start;
    let definitions: BTreeMap<String, Range<usize>> = parser
        .reference_definitions()
        .iter()
        .map(|(label, definition)| (folded(label), moved(definition.span.clone())))
        .collect();
    let mut notes_used: Vec<(usize, CowStr<'_>)> = Vec::new();
    let mut depth = 0usize;
    let mut in_heading = false;
    for (event, range) in parser.into_offset_iter() {
        let event = quoter.localize(event, &range);
        let range = moved(range);
        match &event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                in_heading = true;
                survey.headings.push(Heading {
                    span: range.clone(),
                    level: *level as u8,
                    id: id.as_ref().map(ToString::to_string),
                    title: String::new(),
                    is_outermost: depth == 0,
                });
            }
            Event::Start(Tag::FootnoteDefinition(name)) if depth == 0 => {
                survey.notes.insert(range.start, range.end);
                let first = survey.footnotes.entry(name.to_string());
                first.or_insert_with(|| range.clone());
            }
            Event::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. })
                if is_reference(*link_type) =>
            {
                if let Some(at) = definitions.get(&folded(id)) {
                    survey.uses.entry(range.start).or_default().push(at.clone());
                }
            }
            Event::FootnoteReference(name) => notes_used.push((range.start, name.clone())),
            Event::Text(words) | Event::Code(words) if in_heading => {
                if let Some(heading) = survey.headings.last_mut() {
                    heading.title.push_str(words);
                }
            }
            _ => {}
        }
        match event {
            Event::Start(_) => depth += 1,
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                in_heading &= !matches!(end, TagEnd::Heading(_));
            }
            _ => {}
        }
    }
    for (at, name) in notes_used {
        if let Some(note) = survey.footnotes.get(name.as_ref()) {
            survey.uses.entry(at).or_default().push(note.clone());
        }
    }
    survey
}

/// Labels are the same whatever the case of their letters and the width of their spaces.
fn folded(label: &str) -> String {
    let words: Vec<&str> = label.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

fn is_reference(link: LinkType) -> bool {
    use LinkType::{Collapsed, Reference, Shortcut};
    matches!(link, Reference | Collapsed | Shortcut)
}

impl Survey {
    /// The fragment that leads to each heading of the whole file, by where the heading starts.
    fn fragments(&self) -> BTreeMap<usize, String> {
        let mut ids = Ids::default();
        let fragments = self.headings.iter().map(|heading| {
            let fragment = match &heading.id {
                Some(id) => {
                    ids.fix(id);
                    id.clone()
                }
                None => ids.for_text(&heading.title),
            };
            (heading.span.start, fragment)
        });
        fragments.collect()
    }

    /// A stretch of the text with what it uses from elsewhere. Footnotes move to its end; those
    /// that only other stretches use are left to them.
    fn take(&self, text: &str, stretch: Range<usize>) -> Expanded {
        let mut own: Vec<Range<usize>> = Vec::new();
        let mut from = stretch.start;
        for (note, end) in self.notes.range(stretch.clone()) {
            own.push(from..*note);
            from = *end;
        }
        own.push(from.min(stretch.end)..stretch.end);
        let mut wanted: BTreeMap<usize, usize> = BTreeMap::new();
        let mut seen: BTreeSet<usize> = BTreeSet::new();
        let mut open = own.clone();
        // A footnote may use another one, or a link's definition.
        while let Some(range) = open.pop() {
            for at in self.uses.range(range).flat_map(|(_, at)| at) {
                let is_here = own
                    .iter()
                    .any(|own| own.start <= at.start && at.end <= own.end);
                if !is_here && seen.insert(at.start) {
                    wanted.insert(at.start, at.end);
                    open.push(at.clone());
                }
            }
        }
        Expanded::of(
            text,
            own.into_iter().chain(wanted.into_iter().map(|(a, b)| a..b)),
        )
    }
}
