//! The events of pulldown-cmark as HTML.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options,
    Parser, Tag, TagEnd,
};
use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};

use super::calls::{Found, TagKind, unmask};
use super::fragment::{Fragment, HoleKind};
use super::headings::{Heading, Ids};
use super::{Body, Link, Settings, autolink, raw_html};
use crate::config::RawHtml;
use crate::diagnostics::{Diagnostic, Place};

/// How much of the first paragraph is kept, in characters.
const EXCERPT: usize = 200;

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
    let events: Vec<(Event<'_>, Range<usize>)> = Parser::new_ext(input.text, input.options)
        .into_offset_iter()
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
        open_links: 0,
        unlinked: 0,
        auto_until: 0,
        autolinks: Vec::new(),
    };
    writer.run();
    writer.finish()
}

fn is_heading_1(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::Start(Tag::Heading {
            level: HeadingLevel::H1,
            ..
        })
    )
}

/// A first heading that is the document's title, and where the rest begins.
fn lift_title(
    events: &[(Event<'_>, Range<usize>)],
    title: Option<&str>,
) -> (Option<String>, usize) {
    let Some((Event::Start(Tag::Heading { level, .. }), _)) = events.first() else {
        return (None, 0);
    };
    let end = events
        .iter()
        .position(|(event, _)| matches!(event, Event::End(TagEnd::Heading(_))))
        .unwrap_or(events.len());
    let text = plain_text(&events[1..end]);
    let same = title.is_some_and(|title| {
        let letters = |text: &str| {
            text.chars()
                .filter(|c| c.is_alphanumeric())
                .collect::<String>()
        };
        letters(title).eq_ignore_ascii_case(&letters(&text))
    });
    if !text.is_empty() && (same || title.is_none() && *level == HeadingLevel::H1) {
        return (Some(text), end + 1);
    }
    (None, 0)
}

/// The text of some events, without markup.
fn plain_text(events: &[(Event<'_>, Range<usize>)]) -> String {
    let mut text = String::new();
    for (event, _) in events {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(&unmask(part).0),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text.trim().to_owned()
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

    // Paragraphs, figures and headings.

    /// A paragraph of pictures alone becomes figures; any other is begun as usual.
    fn paragraph(&mut self, at: usize) -> usize {
        if self.is_all_images(at) {
            return self.figures(at);
        }
        self.block("<p>");
        self.paragraph_starts
            .push((self.out.html.len(), self.plain.len()));
        1
    }

    fn is_all_images(&self, at: usize) -> bool {
        let mut depth = 0_usize;
        let mut images = 0_usize;
        for (event, _) in self.events.get(at + 1..).unwrap_or_default() {
            match event {
                Event::Start(Tag::Image { .. }) => {
                    depth += 1;
                    images += 1;
                }
                Event::End(TagEnd::Image) => depth -= 1,
                Event::End(TagEnd::Paragraph) => break,
                Event::SoftBreak => {}
                _ if depth > 0 => {}
                _ => return false,
            }
        }
        images > 0
    }

    fn figures(&mut self, at: usize) -> usize {
        let end = self.end_of(at);
        let mut next = at + 1;
        while next < end {
            let Some((
                Event::Start(Tag::Image {
                    dest_url, title, ..
                }),
                range,
            )) = self.events.get(next)
            else {
                next += 1;
                continue;
            };
            self.block("<figure>");
            next += self.image(next, range, dest_url, "");
            let (caption, _) = unmask(title);
            if !caption.is_empty() {
                self.push("<figcaption>");
                self.push_escaped(&caption);
                self.push("</figcaption>");
            }
            self.push("</figure>\n");
        }
        end + 1 - at
    }

    fn end_paragraph(&mut self) {
        let (start, plain_start) = self.paragraph_starts.pop().unwrap_or_default();
        if self.is_only_calls(start) {
            // A block is not text: it must not stand in a paragraph.
            const OPENING: &str = "<p>";
            self.out
                .html
                .replace_range(start - OPENING.len()..start, "");
            for hole in self.out.holes.iter_mut().rev() {
                if (hole.at as usize) < start {
                    break;
                }
                hole.at -= OPENING.len() as u32;
            }
            return;
        }
        self.push("</p>\n");
        self.plain.push('\n');
        if !self.excerpt_done && self.open_footnotes.is_empty() {
            let text = self.plain.get(plain_start..).unwrap_or_default().trim();
            self.body.excerpt = excerpt(text);
            self.excerpt_done = !self.body.excerpt.is_empty();
        }
    }

    fn is_only_calls(&self, start: usize) -> bool {
        let is_call = |what| {
            matches!(
                what,
                HoleKind::Call(_) | HoleKind::Open(_) | HoleKind::Close
            )
        };
        let mut holes = self
            .out
            .holes
            .iter()
            .rev()
            .take_while(|hole| hole.at as usize >= start);
        let text = self.out.html.get(start..).unwrap_or_default();
        text.trim().is_empty()
            && holes.clone().next().is_some()
            && holes.all(|hole| is_call(hole.what))
    }

    fn heading(
        &mut self,
        at: usize,
        level: HeadingLevel,
        id: Option<&str>,
        classes: &[CowStr<'_>],
    ) -> usize {
        let inner = self.inner(at);
        let title = plain_text(inner);
        let level = match self.input.settings.above {
            0 => (level as u8 + self.shift).min(6),
            above => (level as u8).saturating_sub(above).clamp(2, 6),
        };
        let id = self.heading_id(at, id, &title);
        self.block("<h");
        self.push(&level.to_string());
        self.push(" id=\"");
        self.push_attribute(&id);
        self.push("\"");
        if !classes.is_empty() {
            self.push(" class=\"");
            self.push_attribute(&classes.join(" "));
            self.push("\"");
        }
        self.push(">");
        self.body.headings.push(Heading { level, id, title });
        1
    }

    fn heading_id(&mut self, at: usize, fixed: Option<&str>, title: &str) -> String {
        let Some(fixed) = fixed else {
            return self.ids.for_text(title);
        };
        if !self.ids.fix(fixed) {
            let range = self.events.get(at).map(|(_, range)| range.clone());
            self.warn(
                range,
                format!("the id `{fixed}` stands twice in this document"),
            );
        }
        fixed.to_owned()
    }

    fn end_heading(&mut self) {
        if let Some(heading) = self.body.headings.last() {
            let mut anchor = String::from(" <a class=\"anchor\" href=\"#");
            let _ = escape_href(&mut anchor, &heading.id);
            anchor.push_str("\" aria-label=\"");
            let level = heading.level;
            let title = heading.title.clone();
            self.push(&anchor);
            self.out.hole(HoleKind::Word("heading_link"));
            self.push(": ");
            self.push_attribute(&title);
            self.push("\">#</a></h");
            self.push(&level.to_string());
            self.push(">\n");
        }
        self.plain.push('\n');
    }

    // Links and pictures.

    /// Records a link; gives its number if its address must be filled in later.
    fn link(&mut self, target: &str, span: &Range<usize>, is_source: bool) -> Option<u32> {
        let number = self.body.links.len() as u32;
        self.body.links.push(Link {
            target: target.to_owned(),
            span: self.span(span),
            is_source,
        });
        (!is_outside(target)).then_some(number)
    }

    /// Writes an address: what lies outside at once, what lies inside as a hole.
    fn address(&mut self, target: &str, span: &Range<usize>, is_source: bool) -> Option<u32> {
        let number = self.link(target, span, is_source);
        match number {
            Some(number) => self.out.hole(HoleKind::Link(number)),
            None => {
                let _ = escape_href(&mut self.out.html, target);
            }
        }
        number
    }

    fn start_link(&mut self, kind: LinkType, target: &str, title: &str, span: &Range<usize>) {
        self.open_links += 1;
        let (target, was_masked) = unmask(target);
        if was_masked {
            // The target was another generator's tag, already told: the text stays.
            self.unlinked += 1;
            return;
        }
        self.push("<a href=\"");
        if kind == LinkType::Email {
            self.push("mailto:");
            let _ = escape_href(&mut self.out.html, &target);
        } else {
            self.address(&target, span, false);
        }
        let (title, _) = unmask(title);
        if !title.is_empty() {
            self.push("\" title=\"");
            self.push_attribute(&title);
        }
        self.push("\">");
    }

    /// A picture; gives the number of events that it took.
    fn image(&mut self, at: usize, span: &Range<usize>, target: &str, title: &str) -> usize {
        let end = self.end_of(at);
        let inner = self.inner(at);
        let alt = plain_text(inner);
        if alt.is_empty() {
            self.warn_with(
                Some(span.clone()),
                "this picture has no alternative text".into(),
                "say in a few words what it shows, for people who cannot see it: ![words](file)",
            );
        }
        let (target, _) = unmask(target);
        self.push("<img src=\"");
        let number = self.address(&target, span, true);
        self.push("\" alt=\"");
        self.push_attribute(&alt);
        let (title, _) = unmask(title);
        if !title.is_empty() {
            self.push("\" title=\"");
            self.push_attribute(&title);
        }
        self.push("\"");
        if let Some(number) = number {
            self.out.hole(HoleKind::Size(number));
        }
        self.push(" loading=\"lazy\" decoding=\"async\" />");
        end + 1 - at
    }

    // Text.

    fn text(&mut self, at: usize, text: &str, range: &Range<usize>) {
        if self.in_code || self.open_links > 0 {
            self.masked_text(text, range);
            return;
        }
        if range.start >= self.auto_until {
            self.find_autolinks(at, range);
        }
        if self.autolinks.is_empty() {
            self.masked_text(text, range);
        } else {
            self.linked_text(text, range);
        }
    }

    /// Looks for bare addresses from here to the end of the run of text, once.
    fn find_autolinks(&mut self, at: usize, range: &Range<usize>) {
        let mut end = range.end;
        for (event, next) in self.events.get(at + 1..).unwrap_or_default() {
            match event {
                Event::Text(_) if next.start == end => end = next.end,
                _ => break,
            }
        }
        self.auto_until = end;
        let run = range.start..end;
        let text = self.input.text.get(run.clone()).unwrap_or_default();
        // An address ends where a block is called.
        let mut bare = Cow::Borrowed(text);
        for tag in self.found.within(&run) {
            let tag = tag.span.start - run.start..tag.span.end.min(run.end) - run.start;
            let blank = " ".repeat(tag.len());
            bare.to_mut().replace_range(tag, &blank);
        }
        self.autolinks = autolink::find(&bare);
        // After an escape only the rest of an address is left, and that is no address.
        let text_before = self.input.text.get(..range.start).unwrap_or_default();
        if text_before.ends_with('\\') {
            self.autolinks.retain(|link| link.span.start > 0);
        }
        for link in &mut self.autolinks {
            link.span = link.span.start + range.start..link.span.end + range.start;
        }
        self.autolinks.reverse();
    }

    /// Text with addresses in it. A link may run over several pieces of text; it is written with
    /// the first.
    fn linked_text(&mut self, text: &str, range: &Range<usize>) {
        let mut at = range.start;
        while let Some(link) = self.autolinks.last() {
            let (span, target) = (link.span.clone(), link.target.clone());
            if span.start >= range.end {
                break;
            }
            if span.start >= at {
                self.part_of_text(text, range, at..span.start);
                let shown = self.input.text.get(span.clone()).unwrap_or_default();
                self.link(&target, &span, false);
                self.push("<a href=\"");
                let _ = escape_href(&mut self.out.html, &target);
                self.push("\">");
                self.push_escaped(shown);
                self.push("</a>");
                self.plain.push_str(shown);
            }
            at = span.end.min(range.end);
            if span.end > range.end {
                return;
            }
            self.autolinks.pop();
        }
        self.part_of_text(text, range, at..range.end);
    }

    /// The part of a text that stands at `part` of the file. Text that is not written as it
    /// stands there (an entity, a typographic quote) is one piece.
    fn part_of_text(&mut self, text: &str, range: &Range<usize>, part: Range<usize>) {
        if part == *range {
            self.masked_text(text, range);
        } else if !part.is_empty() && text.len() == range.len() {
            let from = part.start - range.start;
            let shown = text.get(from..from + part.len()).unwrap_or_default();
            self.masked_text(shown, &part);
        }
    }

    /// Text in which tags may be masked.
    fn masked_text(&mut self, text: &str, range: &Range<usize>) {
        let tags = self.found.within(range).to_vec();
        if tags.is_empty() || text.len() != range.len() {
            let (text, _) = unmask(text);
            self.plain.push_str(&text);
            self.push_escaped(&text);
            return;
        }
        let mut at = range.start;
        for tag in tags {
            let shown = &text[at - range.start..tag.span.start - range.start];
            self.plain.push_str(shown);
            self.push_escaped(shown);
            self.tag(tag.what);
            at = tag.span.end.min(range.end);
        }
        let shown = &text[at - range.start..];
        self.plain.push_str(shown);
        self.push_escaped(shown);
    }

    fn tag(&mut self, what: TagKind) {
        match what {
            TagKind::Alone(number) => self.out.hole(HoleKind::Call(number)),
            TagKind::Open(number) => self.out.hole(HoleKind::Open(number)),
            TagKind::Close => self.out.hole(HoleKind::Close),
            TagKind::Dropped => {}
        }
    }

    // Raw HTML.

    /// A block of HTML; gives the number of events that it took.
    fn html_block(&mut self, at: usize) -> usize {
        let end = self.end_of(at);
        let mut pending = String::new();
        let mut pending_start = 0;
        let events = self.inner(at);
        self.block("");
        for (event, range) in events {
            let (Event::Html(html) | Event::Text(html)) = event else {
                continue;
            };
            if pending.is_empty() {
                pending_start = range.start;
            }
            let mut from = 0;
            if html.len() == range.len() {
                for tag in self.found.within(range).to_vec() {
                    let upto = tag.span.start - range.start;
                    pending.push_str(html.get(from..upto).unwrap_or_default());
                    self.raw_block(&std::mem::take(&mut pending), pending_start);
                    self.tag(tag.what);
                    from = tag.span.end - range.start;
                    pending_start = tag.span.end;
                }
            }
            pending.push_str(html.get(from..).unwrap_or_default());
        }
        if !pending.trim().is_empty() {
            self.raw_block(&pending, pending_start);
        }
        end + 1 - at
    }

    fn raw_block(&mut self, html: &str, start: usize) {
        match self.input.settings.raw_html {
            RawHtml::Allow => self.raw(html, start),
            RawHtml::Sanitize => match raw_html::sanitize_block(html) {
                Some(clean) => self.raw(&clean, start),
                None => {
                    let place = self.place(Some(start..start));
                    self.problems.push(
                        Diagnostic::error("this HTML is nested too deep to be sanitised")
                            .at(place)
                            .help("close the elements that are open, or leave them away"),
                    );
                }
            },
        }
    }

    fn raw(&mut self, html: &str, start: usize) {
        let raw = raw_html::take_links(html);
        for id in &raw.ids {
            self.ids.fix(id);
        }
        let mut pieces = raw.pieces.iter();
        if let Some(first) = pieces.next() {
            self.push(first);
        }
        let span = start..start + html.trim_end().len().min(self.input.text.len() - start);
        for ((target, is_source), piece) in raw.links.iter().zip(pieces) {
            self.address(target, &span, *is_source);
            self.push(piece);
        }
        for (target, is_source) in &raw.outside {
            self.link(target, &span, *is_source);
        }
    }

    // Everything else.

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
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.push("</code></pre>\n");
            }
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

    fn alert(&mut self, kind: BlockQuoteKind) {
        let (class, word) = match kind {
            BlockQuoteKind::Note => ("note", "alert_note"),
            BlockQuoteKind::Tip => ("tip", "alert_tip"),
            BlockQuoteKind::Important => ("important", "alert_important"),
            BlockQuoteKind::Warning => ("warning", "alert_warning"),
            BlockQuoteKind::Caution => ("caution", "alert_caution"),
        };
        self.block("<div class=\"alert alert-");
        self.push(class);
        self.push("\"><p class=\"alert-title\">");
        self.out.hole(HoleKind::Word(word));
        self.push("</p>\n");
    }

    fn code_block(&mut self, kind: &CodeBlockKind<'_>) {
        self.in_code = true;
        let info = match kind {
            CodeBlockKind::Fenced(info) => unmask(info).0.into_owned(),
            CodeBlockKind::Indented => String::new(),
        };
        match info.split_whitespace().next() {
            Some(language) => {
                self.block("<pre tabindex=\"0\"><code class=\"language-");
                self.push_attribute(language);
                self.push("\">");
            }
            None => self.block("<pre tabindex=\"0\"><code>"),
        }
    }

    fn list(&mut self, at: usize, first: Option<u64>) {
        match (first, self.is_task(at + 1)) {
            (None, false) => self.block("<ul>\n"),
            (None, true) => self.block("<ul class=\"tasks\">\n"),
            (Some(1), _) => self.block("<ol>\n"),
            (Some(start), _) => self.block(&format!("<ol start=\"{start}\">\n")),
        }
    }

    /// Whether the item that starts at event `at` has a check box.
    fn is_task(&self, at: usize) -> bool {
        let event = |offset: usize| self.events.get(at + offset).map(|(event, _)| event);
        match event(1) {
            Some(Event::TaskListMarker(_)) => true,
            Some(Event::Start(Tag::Paragraph)) => {
                matches!(event(2), Some(Event::TaskListMarker(_)))
            }
            _ => false,
        }
    }

    fn table_cell(&mut self, at: usize) {
        // An empty cell is no heading of anything.
        self.is_heading_cell = self.in_head && !self.inner(at).is_empty();
        let name = match self.is_heading_cell {
            true => "th scope=\"col\"",
            false => "td",
        };
        let align = match self.alignments.get(self.column) {
            Some(Alignment::Left) => " class=\"left\"",
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            _ => "",
        };
        self.push("<");
        self.push(name);
        self.push(align);
        self.push(">");
    }

    // Footnotes: numbered in the order of their first use, written at the end.

    fn footnote_reference(&mut self, name: &str) {
        let number = match self.footnote_numbers.get(name) {
            Some(number) => *number,
            None => {
                self.footnote_uses.push((name.to_owned(), 0));
                let number = self.footnote_uses.len();
                self.footnote_numbers.insert(name.to_owned(), number);
                number
            }
        };
        let Some((_, uses)) = self.footnote_uses.get_mut(number - 1) else {
            return;
        };
        *uses += 1;
        let id = reference_id(number, *uses);
        self.ids.fix(&id);
        self.push(&format!(
            "<sup class=\"footnote-ref\"><a href=\"#fn-{number}\" id=\"{id}\">{number}</a></sup>"
        ));
    }

    fn end_footnote(&mut self) {
        if let Some((name, outer)) = self.open_footnotes.pop() {
            let content = std::mem::replace(&mut self.out, outer);
            self.footnotes.entry(name).or_insert(content);
        }
    }

    fn footnote_section(&mut self) {
        if self.footnote_uses.is_empty() {
            return;
        }
        self.block("<section class=\"footnotes\" aria-label=\"");
        self.out.hole(HoleKind::Word("footnotes"));
        self.push("\"><ol>\n");
        for (at, (name, uses)) in std::mem::take(&mut self.footnote_uses)
            .into_iter()
            .enumerate()
        {
            let number = at + 1;
            let mut content = self.footnotes.remove(&name).unwrap_or_default();
            // The way back stands in the last paragraph, not below it.
            let in_paragraph = content.html.ends_with("</p>\n");
            if in_paragraph {
                content.html.truncate(content.html.len() - "</p>\n".len());
            }
            self.ids.fix(&format!("fn-{number}"));
            self.push(&format!("<li id=\"fn-{number}\">"));
            self.out.append(content);
            for time in 1..=uses {
                self.push(&format!(
                    " <a class=\"backref\" href=\"#{}\" aria-label=\"",
                    reference_id(number, time)
                ));
                self.out.hole(HoleKind::Word("back_to_text"));
                self.push(&format!(" {number}\">↩</a>"));
            }
            self.push(if in_paragraph {
                "</p>\n</li>\n"
            } else {
                "</li>\n"
            });
        }
        self.push("</ol></section>\n");
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

/// The id of the `time`th reference to a footnote.
fn reference_id(number: usize, time: usize) -> String {
    match time {
        1 => format!("fnref-{number}"),
        _ => format!("fnref-{number}-{time}"),
    }
}

/// Whether an address leads out of the library.
pub(crate) fn is_outside(target: &str) -> bool {
    let scheme = target.split(['/', '?', '#']).next().unwrap_or_default();
    target.starts_with("//")
        || scheme.split_once(':').is_some_and(|(name, _)| {
            name.len() > 1
                && name
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
        })
}

fn excerpt(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(EXCERPT) {
        None => text,
        Some((end, _)) => {
            let cut = text[..end].rfind(' ').unwrap_or(end);
            format!(
                "{}…",
                text[..cut].trim_end_matches([',', ';', ':', '.', ' '])
            )
        }
    }
}

/// Words between spaces; two characters of a script without spaces count as one word.
fn count_words(text: &str) -> u32 {
    let mut words = 0;
    let mut wide = 0;
    for word in text.split_whitespace() {
        let ideographs = match word.is_ascii() {
            true => 0,
            false => word
                .chars()
                .filter(|c| matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}'))
                .count(),
        };
        wide += ideographs;
        words += usize::from(ideographs == 0);
    }
    (words + wide.div_ceil(2)) as u32
}
