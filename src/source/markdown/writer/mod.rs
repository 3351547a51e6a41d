//! The events of pulldown-cmark as HTML.
//!
//! In: a body whose tags are masked. Out: a [`Body`] and its plain text. This file goes through
//! the events; what an element becomes is in the file of its name.

mod blocks;
mod code;
mod footnotes;
mod headings;
mod links;
mod paragraphs;
mod raw;
mod text;

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Alignment, Event, Options, Parser, Tag, TagEnd};
use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use super::calls::Found;
use super::fragment::{Fragment, HoleKind};
use super::headings::Ids;
use super::{Body, Quoter, Settings, autolink, raw_html};
use crate::config::RawHtml;
use crate::diagnostics::{Diagnostic, Place};
use headings::{is_heading_1, lift_title};
pub(crate) use links::is_outside;
use text::count_words;
pub(in crate::source) use text::plain_text;

/// The Markdown that is understood.
pub(in crate::source) fn options(smart_punctuation: bool) -> Options {
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST;
    options.set(Options::ENABLE_SMART_PUNCTUATION, smart_punctuation);
    options
}

/// What is to be written.
pub(super) struct Input<'a> {
    pub file: &'a str,
    /// The body, its tags masked.
    pub text: &'a str,
    /// Where the body starts in the file.
    pub start: usize,
    pub title: Option<&'a str>,
    pub settings: Settings,
    pub options: Options,
}

/// Writes the whole body; gives it and its plain text.
pub(super) fn write(
    input: Input<'_>,
    found: Found,
    problems: &mut Vec<Diagnostic>,
) -> (Body, String) {
    let mut quoter = Quoter::new(input.text, input.settings.quotes);
    let events: Vec<(Event<'_>, Range<usize>)> = Parser::new_ext(input.text, input.options)
        .into_offset_iter()
        .map(|(event, range)| (quoter.localize(event, &range), range))
        .collect();
    let (lifted, from) = match input.settings.lift_title {
        true => lift_title(&events, input.title),
        false => (None, 0),
    };
    let rest = events.get(from..).unwrap_or_default();
    let shift = input.settings.lift_title && rest.iter().any(|(event, _)| is_heading_1(event));
    let mut writer = Writer {
        input,
        found,
        problems,
        events: rest,
        out: Fragment::default(),
        body: Body {
            title: lifted,
            ..Body::default()
        },
        ids: Ids::default(),
        plain: String::new(),
        shift: u8::from(shift),
        paragraph_starts: Vec::new(),
        excerpt_done: false,
        open_footnotes: Vec::new(),
        footnotes: HashMap::new(),
        footnote_uses: Vec::new(),
        footnote_numbers: HashMap::new(),
        alignments: Vec::new(),
        column: 0,
        in_head: false,
        is_heading_cell: false,
        in_code: false,
        rust: None,
        open_links: 0,
        unlinked: 0,
        auto_until: 0,
        autolinks: Vec::new(),
    };
    writer.run();
    writer.finish()
}

struct Writer<'a, 'p> {
    input: Input<'a>,
    found: Found,
    problems: &'p mut Vec<Diagnostic>,
    events: &'a [(Event<'a>, Range<usize>)],
    out: Fragment,
    body: Body,
    ids: Ids,
    plain: String,
    /// How many levels headings go down, so that the page's title stays the only first one.
    shift: u8,
    /// Where each open paragraph began in the output and in the plain text.
    paragraph_starts: Vec<(usize, usize)>,
    excerpt_done: bool,
    /// The definitions being written: their names, and the outputs put aside meanwhile.
    open_footnotes: Vec<(String, Fragment)>,
    /// The definitions, by name.
    footnotes: HashMap<String, Fragment>,
    /// The footnotes in the order of their first use, and how often each was used.
    footnote_uses: Vec<(String, usize)>,
    /// The place of each in that order.
    footnote_numbers: HashMap<String, usize>,
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    is_heading_cell: bool,
    in_code: bool,
    /// The code of a block that may have lines which are not shown, as far as it was read.
    rust: Option<String>,
    open_links: usize,
    /// How many open links are left out because their target was a foreign tag.
    unlinked: usize,
    /// Up to where the text was searched for bare addresses, and those found.
    auto_until: usize,
    autolinks: Vec<autolink::Autolink>,
}

impl<'a> Writer<'a, '_> {
    fn run(&mut self) {
        let events = self.events;
        let mut at = 0;
        while let Some((event, range)) = events.get(at) {
            at += match event {
                Event::Start(Tag::Paragraph) => self.paragraph(at),
                Event::Start(Tag::Heading {
                    level, id, classes, ..
                }) => self.heading(at, *level, id.as_deref(), classes),
                Event::Start(Tag::Image {
                    dest_url, title, ..
                }) => self.image(at, range, dest_url, title),
                Event::Start(Tag::HtmlBlock) => self.html_block(at),
                Event::Start(tag) => {
                    self.start(at, tag, range);
                    1
                }
                Event::End(tag) => {
                    self.end(*tag);
                    1
                }
                Event::Text(text) => {
                    self.text(at, text, range);
                    1
                }
                _ => {
                    self.leaf(event, range);
                    1
                }
            };
        }
    }

    fn push(&mut self, html: &str) {
        self.out.html.push_str(html);
    }

    fn push_escaped(&mut self, text: &str) {
        // Writing to a String cannot fail.
        let _ = escape_html_body_text(&mut self.out.html, text);
    }

    fn push_attribute(&mut self, text: &str) {
        let _ = escape_html(&mut self.out.html, text);
    }

    /// Starts a new line before a block, as CommonMark's own renderer does.
    fn block(&mut self, html: &str) {
        if !self.out.html.is_empty() && !self.out.html.ends_with('\n') {
            self.out.html.push('\n');
        }
        self.push(html);
    }

    /// Where the element that starts at event `at` ends.
    fn end_of(&self, at: usize) -> usize {
        let mut depth = 0_usize;
        for (offset, (event, _)) in self.events.get(at..).unwrap_or_default().iter().enumerate() {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => {
                    depth -= 1;
                    if depth == 0 {
                        return at + offset;
                    }
                }
                _ => {}
            }
        }
        self.events.len()
    }

    fn inner(&self, at: usize) -> &'a [(Event<'a>, Range<usize>)] {
        self.events.get(at + 1..self.end_of(at)).unwrap_or_default()
    }

    fn leaf(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Code(code) => {
                self.push("<code>");
                self.push_escaped(code);
                self.push("</code>");
                self.plain.push_str(code);
            }
            Event::InlineHtml(html) | Event::Html(html) => match self.input.settings.raw_html {
                RawHtml::Allow => self.raw(html, range.start),
                RawHtml::Sanitize => self.push(raw_html::sanitize_inline(html)),
            },
            Event::SoftBreak => {
                self.push("\n");
                self.plain.push(' ');
            }
            Event::HardBreak => {
                self.push("<br />\n");
                self.plain.push(' ');
            }
            Event::Rule => self.block("<hr />\n"),
            Event::TaskListMarker(done) => {
                self.push("<input type=\"checkbox\" disabled aria-label=\"");
                self.out.hole(HoleKind::Word(if *done {
                    "task_done"
                } else {
                    "task_open"
                }));
                self.push(if *done { "\" checked /> " } else { "\" /> " });
            }
            Event::FootnoteReference(name) => self.footnote_reference(name),
            _ => {}
        }
    }

    fn start(&mut self, at: usize, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::BlockQuote(None) => self.block("<blockquote>\n"),
            Tag::BlockQuote(Some(kind)) => self.alert(*kind),
            Tag::CodeBlock(kind) => self.code_block(kind),
            Tag::List(first) => self.list(at, *first),
            Tag::Item => {
                let task = self.is_task(at);
                self.block(if task { "<li class=\"task\">" } else { "<li>" });
            }
            Tag::FootnoteDefinition(name) => {
                let outer = std::mem::take(&mut self.out);
                self.open_footnotes.push((name.to_string(), outer));
            }
            Tag::DefinitionList => self.block("<dl>\n"),
            Tag::DefinitionListTitle => self.block("<dt>"),
            Tag::DefinitionListDefinition => self.block("<dd>"),
            Tag::Table(alignments) => {
                self.alignments = alignments.clone();
                self.block("<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"");
                self.out.hole(HoleKind::Word("table"));
                self.push("\"><table>");
            }
            Tag::TableHead => {
                self.in_head = true;
                self.column = 0;
                self.push("<thead><tr>");
            }
            Tag::TableRow => {
                self.column = 0;
                self.push("<tr>");
            }
            Tag::TableCell => self.table_cell(at),
            Tag::Emphasis => self.push("<em>"),
            Tag::Strong => self.push("<strong>"),
            Tag::Strikethrough => self.push("<del>"),
            Tag::Superscript => self.push("<sup>"),
            Tag::Subscript => self.push("<sub>"),
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => self.start_link(*link_type, dest_url, title, range),
            // These are taken whole before they come here, or never asked for.
            Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::Image { .. }
            | Tag::HtmlBlock
            | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::BlockQuote(None) => self.block("</blockquote>\n"),
            TagEnd::BlockQuote(Some(_)) => self.block("</div>\n"),
            TagEnd::CodeBlock => self.end_code_block(),
            TagEnd::List(ordered) => self.block(if ordered { "</ol>\n" } else { "</ul>\n" }),
            TagEnd::Item => {
                self.plain.push('\n');
                self.push("</li>\n");
            }
            TagEnd::FootnoteDefinition => self.end_footnote(),
            TagEnd::DefinitionList => self.block("</dl>\n"),
            TagEnd::DefinitionListTitle => {
                self.plain.push('\n');
                self.push("</dt>\n");
            }
            TagEnd::DefinitionListDefinition => {
                self.plain.push('\n');
                self.push("</dd>\n");
            }
            TagEnd::Table => self.push("</tbody></table></div>\n"),
            TagEnd::TableHead => {
                self.in_head = false;
                self.push("</tr></thead><tbody>\n");
            }
            TagEnd::TableRow => self.push("</tr>\n"),
            TagEnd::TableCell => {
                self.plain.push('\n');
                self.push(if self.is_heading_cell {
                    "</th>"
                } else {
                    "</td>"
                });
                self.column += 1;
            }
            TagEnd::Emphasis => self.push("</em>"),
            TagEnd::Strong => self.push("</strong>"),
            TagEnd::Strikethrough => self.push("</del>"),
            TagEnd::Superscript => self.push("</sup>"),
            TagEnd::Subscript => self.push("</sub>"),
            TagEnd::Link => {
                self.open_links = self.open_links.saturating_sub(1);
                match self.unlinked {
                    0 => self.push("</a>"),
                    _ => self.unlinked -= 1,
                }
            }
            TagEnd::Image | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {}
        }
    }

    // The end.

    fn span(&self, range: &Range<usize>) -> Range<usize> {
        range.start + self.input.start..range.end + self.input.start
    }

    fn warn(&mut self, range: Option<Range<usize>>, message: String) {
        let place = self.place(range);
        self.problems.push(Diagnostic::warning(message).at(place));
    }

    fn warn_with(&mut self, range: Option<Range<usize>>, message: String, help: &str) {
        let place = self.place(range);
        self.problems
            .push(Diagnostic::warning(message).at(place).help(help));
    }

    fn place(&self, range: Option<Range<usize>>) -> Place {
        match range {
            Some(range) => Place::span(self.input.file, self.span(&range)),
            None => Place::file(self.input.file),
        }
    }

    fn finish(mut self) -> (Body, String) {
        self.footnote_section();
        self.body.calls = std::mem::take(&mut self.found.calls);
        self.body.words = count_words(&self.plain);
        let mut ids: Vec<String> = self.ids.into_given().collect();
        ids.sort_unstable();
        self.body.ids = ids;
        // A library of many thousand documents is held in memory whole.
        self.out.html.shrink_to_fit();
        self.out.holes.shrink_to_fit();
        self.body.links.shrink_to_fit();
        self.body.fragment = self.out;
        (self.body, self.plain)
    }
}
