//! The stretches of a text in which a tag is none.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag as Markup, TagEnd};

/// Code and comments: what stands there is shown or hidden, never called.
pub(in crate::source::markdown) fn literal_ranges(
    text: &str,
    options: Options,
) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut block: Option<usize> = None;
    let mut in_comment = false;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Code(_) => ranges.push(range),
            Event::Start(Markup::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented)) => {
                block = Some(range.start);
            }
            Event::End(TagEnd::CodeBlock) => {
                let from = block.take().unwrap_or(range.start);
                ranges.push(from..range.end);
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                in_comment |= html.trim_start().starts_with("<!--");
                if in_comment {
                    ranges.push(range);
                }
                in_comment &= !html.contains("-->");
            }
            _ => {}
        }
    }
    ranges
}
