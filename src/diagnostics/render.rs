//! Problems as text, in the form that people know from compilers.

use std::collections::HashMap;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Snippet};

use super::{Diagnostic, Place, Severity};

/// A marked line longer than this is cut around the mark, in bytes.
const LONG_LINE: usize = 240;

/// Turns problems into text. Reads each file named by a problem once.
pub struct Renderer {
    root: PathBuf,
    style: annotate_snippets::Renderer,
    texts: HashMap<Arc<str>, Option<Arc<Text>>>,
}

impl Renderer {
    /// `root` is the folder that the places' paths start from; `color` allows ANSI styles.
    pub fn new(root: impl Into<PathBuf>, color: bool) -> Self {
        let style = if color {
            annotate_snippets::Renderer::styled()
        } else {
            annotate_snippets::Renderer::plain()
        };
        Renderer {
            root: root.into(),
            style: style.decor_style(DecorStyle::Ascii).term_width(120),
            texts: HashMap::new(),
        }
    }

    /// The text of one problem, without a line break at its end.
    pub fn render(&mut self, diagnostic: &Diagnostic) -> String {
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let window = diagnostic
            .place
            .as_ref()
            .and_then(|place| self.window(place));
        let mut group = Group::with_title(level.primary_title(diagnostic.message.as_str()));
        if let Some(place) = &diagnostic.place {
            group = match &window {
                Some(window) => {
                    let mark = AnnotationKind::Primary.span(window.mark.clone());
                    group.element(
                        Snippet::source(window.text.as_str())
                            .line_start(window.first_line)
                            .path(place.file.as_ref())
                            .fold(false)
                            .annotation(match &diagnostic.label {
                                Some(label) => mark.label(label.as_str()),
                                None => mark,
                            }),
                    )
                }
                None => group.element(Origin::path(place.file.as_ref())),
            };
        }
        if diagnostic.place.is_none() {
            // Without a place there is no margin to hang the help on: each stands by itself.
            let helps = diagnostic.help.iter();
            let helps =
                helps.map(|help| Group::with_title(Level::HELP.secondary_title(help.as_str())));
            let parts: Vec<String> = std::iter::once(group)
                .chain(helps)
                .map(|part| self.style.render(&[part]))
                .collect();
            return parts.join("\n");
        }
        for help in &diagnostic.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        self.style.render(&[group])
    }

    /// The lines to show for a place, and where the mark lies in them.
    fn window(&mut self, place: &Place) -> Option<Window> {
        let span = place.span.clone()?;
        let text = self.text(place)?;
        Some(Window::around(&text, span))
    }

    fn text(&mut self, place: &Place) -> Option<Arc<Text>> {
        if let Some(text) = &place.text {
            return Some(Arc::new(Text::new(Arc::clone(text))));
        }
        self.texts
            .entry(Arc::clone(&place.file))
            .or_insert_with(|| {
                let bytes = std::fs::read(self.root.join(place.file.as_ref())).ok()?;
                let text = Arc::from(String::from_utf8_lossy(&bytes).as_ref());
                Some(Arc::new(Text::new(text)))
            })
            .clone()
    }
}

/// A file's text and where its lines start: found once, however many problems it has.
struct Text {
    text: Arc<str>,
    line_starts: Vec<usize>,
}

impl Text {
    fn new(text: Arc<str>) -> Self {
        let after_breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        let line_starts = std::iter::once(0).chain(after_breaks).collect();
        Text { text, line_starts }
    }

    /// The number of the line that holds a byte, counted from 1, and its bytes without the break.
    fn line(&self, at: usize) -> (usize, Range<usize>) {
        let number = self
            .line_starts
            .partition_point(|start| *start <= at)
            .max(1);
        let start = self
            .line_starts
            .get(number - 1)
            .copied()
            .unwrap_or_default();
        let end = match self.line_starts.get(number) {
            Some(next) => next - 1,
            None => self.text.len(),
        };
        (number, start..end)
    }
}

/// The part of a file that is shown.
struct Window {
    text: String,
    first_line: usize,
    mark: Range<usize>,
}

impl Window {
    /// The line that `span` starts in, cut where it is very long. A span over several lines is
    /// marked to the end of its first line.
    fn around(file: &Text, span: Range<usize>) -> Self {
        let text = file.text.as_ref();
        let start = floor_boundary(text, span.start);
        let end = floor_boundary(text, span.end.max(span.start));
        let (first_line, line) = file.line(start);
        let (line_start, line_end) = (line.start, line.end);
        let from = if start - line_start > LONG_LINE {
            floor_boundary(text, start - LONG_LINE / 4)
        } else {
            line_start
        };
        let to = if line_end - start > LONG_LINE {
            floor_boundary(text, start + LONG_LINE)
        } else {
            line_end
        };
        let mark_end = end.clamp(start, to);
        Window {
            // A control character would confuse the terminal; each stays one byte long.
            text: text[from..to]
                .chars()
                .map(|c| {
                    if c.is_ascii_control() && c != '\t' {
                        ' '
                    } else {
                        c
                    }
                })
                .collect(),
            first_line,
            mark: start - from..mark_end - from,
        }
    }
}

/// The nearest character boundary at or before `at`.
fn floor_boundary(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at)
}

/// The line and column of a byte position, both counted from 1, the column in characters.
pub fn line_column(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..floor_boundary(text, at)];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.matches('\n').count() + 1;
    (line, before[line_start..].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(diagnostic: Diagnostic) -> String {
        Renderer::new("/nowhere", false).render(&diagnostic)
    }

    #[test]
    fn shows_file_line_column_the_line_and_the_way_out() {
        let text = "---\ntitle: A\nindustres: [hvac]\n---\n";
        let place = Place::span("content/a.md", 13..22).with_text(text);
        let shown = show(
            Diagnostic::warning("unknown key `industres`")
                .at(place)
                .help("did you mean `industries`?"),
        );
        insta::assert_snapshot!(shown, @r"
        warning: unknown key `industres`
         --> content/a.md:3:1
          |
        3 | industres: [hvac]
          | ^^^^^^^^^
          |
          = help: did you mean `industries`?
        ");
    }

    #[test]
    fn a_span_outside_the_file_is_no_panic() {
        let place = Place::span("a.md", 90..95).with_text("é");
        assert!(show(Diagnostic::error("x").at(place)).contains("a.md:1:2"));
    }

    #[test]
    fn a_very_long_line_is_cut() {
        let text = "x".repeat(100_000);
        let place = Place::span("a.md", 50_000..50_003).with_text(text);
        assert!(show(Diagnostic::error("x").at(place)).len() < 2_000);
    }
}
