//! Books as GitBook keeps them: where their files lie ([`Layout`]), and the blocks in their text.
//!
//! In: the text of a chapter. Out: the same with GitBook's tags turned into blocks of ours or plain
//! Markdown, before it is read. The tags are those of GitBook's documentation ("Blocks") and of the
//! Markdown that it exports to Git: `{% hint style="info" %} … {% endhint %}`. Ours cannot be taken
//! for them: they have parentheses, `{% callout(kind="tip") %} … {% end %}`.

mod layout;
mod pages;
mod tag;

use std::borrow::Cow;
use std::ops::Range;

use super::include::Expanded;
use super::markdown;
use crate::diagnostics::{Diagnostic, Place, Severity};
pub(super) use layout::Layout;
pub(super) use pages::Pages;
use tag::Tag;

/// Turns the tags of a chapter into what is known here, from `start` on. Nothing where there are
/// none. An unknown tag is told and left out; the text around it stays. Links that name a file are
/// called by the title of its page.
pub(super) fn translate(
    file: &str,
    text: &str,
    start: usize,
    mut pages: Pages<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Option<Expanded> {
    if !text.get(start..)?.contains("{%") {
        return None;
    }
    let mut translator = Translator {
        file,
        text,
        written: Vec::new(),
        hints: 0,
        steps: Vec::new(),
        unknown: Vec::new(),
        in_raw: false,
        pages: &mut pages,
        problems,
    };
    translator.run(start);
    let mut translated = Expanded::with(text, translator.written);
    translated.files = pages.seen;
    Some(translated)
}

struct Translator<'a, 'p> {
    file: &'a str,
    text: &'a str,
    /// What stands in place of which bytes, in order.
    written: Vec<(Range<usize>, String)>,
    /// How many boxes are open.
    hints: usize,
    /// The steps that were counted, in each list of steps that is open.
    steps: Vec<usize>,
    /// The names of tags that were told.
    unknown: Vec<String>,
    in_raw: bool,
    pages: &'a mut Pages<'p>,
    problems: &'a mut Vec<Diagnostic>,
}

impl Translator<'_, '_> {
    fn run(&mut self, start: usize) {
        let literal = markdown::literal_ranges(self.text, start);
        let mut literal = literal.iter().peekable();
        let mut at = start;
        while let Some(found) = self.text.get(at..).and_then(next_brace) {
            let here = at + found;
            while literal.next_if(|range| range.end <= here).is_some() {}
            at = match literal.peek() {
                Some(range) if range.start <= here => range.end,
                _ if self.text[..here].ends_with('\\') => here + 2,
                _ => self.brace(here),
            };
        }
    }

    /// Looks at two braces, or a brace and a percent sign; gives where to go on.
    fn brace(&mut self, at: usize) -> usize {
        let found = Tag::read(self.text, at);
        if self.in_raw && found.as_ref().is_none_or(|tag| tag.name != "endraw") {
            self.written.push((at..at, "\\".to_owned()));
            return at + 2;
        }
        let Some(tag) = found else {
            return at + 2;
        };
        let end = match tag.name {
            "content-ref" => self.end_of_reference(&tag),
            _ => tag.span.end,
        };
        let instead = self.instead(&tag, end);
        self.written.push((tag.span.start..end, instead));
        end
    }

    /// What stands for a tag, and for the text behind it up to `end`.
    fn instead(&mut self, tag: &Tag<'_>, end: usize) -> String {
        let line = |text: String| match tag.is_alone(self.text) {
            // An empty line parts it from what follows.
            true if !text.is_empty() => format!("{text}\n"),
            _ => text,
        };
        let bold = |text: &str| format!("**{}**", plain(text));
        match tag.name {
            "hint" => {
                self.hints += 1;
                format!("{{% callout(kind=\"{}\") %}}", kind_of(tag.value("style")))
            }
            "endhint" if self.hints > 0 => {
                self.hints -= 1;
                "{% end %}".to_owned()
            }
            "code" | "tab" | "prompt" => line(tag.value("title").map(bold).unwrap_or_default()),
            "update" => line(tag.value("date").map(bold).unwrap_or_default()),
            "content-ref" if end > tag.span.end || self.is_empty(tag) => {
                line(self.reference(tag.value("url")))
            }
            "content-ref" => String::new(),
            "page-ref" => line(self.reference(tag.value("page"))),
            "embed" => line(link(tag.value("url"))),
            "file" => line(link(tag.value("src"))),
            "include" => {
                let path = tag.words().unwrap_or_default();
                format!("{{{{#include {path}}}}}")
            }
            "swagger" | "openapi" | "openapi-operation" | "api-method" => line(operation(tag)),
            "api-method-summary" | "api-method-path" => line(String::new()),
            "stepper" => {
                self.steps.push(0);
                String::new()
            }
            "endstepper" => {
                self.steps.pop();
                String::new()
            }
            "step" => {
                let number = self.steps.last_mut().map_or(1, |count| {
                    *count += 1;
                    *count
                });
                match self.begins_with_heading(tag) {
                    true => String::new(),
                    false => line(bold(&number.to_string())),
                }
            }
            "raw" => {
                self.in_raw = true;
                String::new()
            }
            "endraw" => {
                self.in_raw = false;
                String::new()
            }
            name if is_frame(name) => String::new(),
            _ => {
                self.tell(tag);
                String::new()
            }
        }
    }

    /// Whether nothing stands between a tag and its end.
    fn is_empty(&self, tag: &Tag<'_>) -> bool {
        let rest = self.text.get(tag.span.end..).unwrap_or_default();
        rest.trim_start().starts_with("{% end")
    }

    /// Where what a reference holds ends, if that is a link by the name of its file, as GitBook
    /// writes it; else where its tag does.
    fn end_of_reference(&self, tag: &Tag<'_>) -> usize {
        let rest = self.text.get(tag.span.end..).unwrap_or_default();
        let inside = rest.split("{%").next().unwrap_or_default();
        let words = inside.trim().strip_prefix('[');
        let words = words
            .and_then(|link| link.split_once("]("))
            .map(|(words, _)| words);
        let named = tag.value("url").map(file_name);
        let is_by_name = words.is_some_and(|words| Some(words) == named.as_deref());
        let is_one = inside.matches("](").count() == 1;
        match is_by_name && is_one && inside.trim_end().ends_with(')') {
            true => tag.span.end + inside.len(),
            false => tag.span.end,
        }
    }

    /// A link to a page, called by its title.
    fn reference(&mut self, to: Option<&str>) -> String {
        match to.and_then(|to| Some((to, self.pages.title(to)?))) {
            Some((to, title)) => format!("[{}](<{to}>)", plain(&title)),
            None => link(to),
        }
    }

    fn begins_with_heading(&self, tag: &Tag<'_>) -> bool {
        let rest = self.text.get(tag.span.end..).unwrap_or_default();
        rest.trim_start().starts_with('#')
    }

    fn tell(&mut self, tag: &Tag<'_>) {
        // The end of what was told is not told again.
        let opened = tag.name.strip_prefix("end");
        if opened.is_some_and(|name| self.unknown.iter().any(|known| known == name)) {
            return;
        }
        self.unknown.push(tag.name.to_owned());
        let message = match tag.name {
            "endhint" => "there is no open box to end here".to_owned(),
            name => format!("GitBook's `{{% {name} %}}` is not known here"),
        };
        self.problems.push(
            Diagnostic::new(Severity::Warning, message)
                .at(Place::span(self.file, tag.span.clone()))
                .help("the tag is left out, the text around it stays"),
        );
    }
}

/// Where two braces, or a brace and a percent sign, stand next.
fn next_brace(text: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        at += text.get(at..)?.find('{')?;
        match text.as_bytes().get(at + 1) {
            Some(b'{' | b'%') => return Some(at),
            _ => at += 1,
        }
    }
}

/// Tags that only hold what stands in them together, and the ends of those that are known.
fn is_frame(name: &str) -> bool {
    const FRAMES: [&str; 16] = [
        "tabs",
        "tab",
        "code",
        "columns",
        "column",
        "step",
        "content-ref",
        "embed",
        "file",
        "updates",
        "update",
        "prompt",
        "swagger",
        "openapi",
        "openapi-operation",
        "api-method",
    ];
    let opened = name.strip_prefix("end").unwrap_or(name);
    FRAMES.contains(&opened) || opened.starts_with("swagger-") || opened.starts_with("api-method-")
}

/// The kind of box for one of GitBook's.
fn kind_of(style: Option<&str>) -> &'static str {
    match style {
        Some("success") => "tip",
        Some("warning") => "warning",
        Some("danger" | "working") => "caution",
        _ => "note",
    }
}

/// A link to a page, a file or another site, called by its address or the name of the file.
fn link(to: Option<&str>) -> String {
    let Some(to) = to.filter(|to| !to.is_empty()) else {
        return String::new();
    };
    format!("[{}](<{to}>)", plain(&file_name(to)))
}

/// What a link is called by which only its address is known.
fn file_name(to: &str) -> Cow<'_, str> {
    let name = match markdown::is_outside(to) {
        true => to,
        false => to.rsplit('/').find(|part| !part.is_empty()).unwrap_or(to),
    };
    percent_encoding::percent_decode_str(name).decode_utf8_lossy()
}

/// An operation of an interface for programs: its method and its path.
fn operation(tag: &Tag<'_>) -> String {
    let method = tag.value("method").unwrap_or_default().to_uppercase();
    let path = tag
        .value("path")
        .or_else(|| tag.value("src"))
        .unwrap_or_default();
    let summary = tag.value("summary").map(plain).unwrap_or_default();
    let parts = [
        (!method.is_empty()).then(|| format!("**{method}**")),
        (!path.is_empty()).then(|| format!("`{path}`")),
        (!summary.is_empty()).then_some(summary),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Text that is no markup.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '{' | '|' | '&'
        ) {
            plain.push('\\');
        }
        plain.push(c);
    }
    plain
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::LazyLock;

    use super::*;
    use crate::source::dialect::Dialect;
    use crate::source::include::Bounds;

    /// The pages of a library that holds none.
    fn nowhere() -> Pages<'static> {
        static BOUNDS: LazyLock<Bounds> = LazyLock::new(|| Bounds {
            root: "/nowhere".into(),
            most: 0,
            severity: Severity::Error,
            dialect: Dialect::GitBook,
            what: "the library",
        });
        Pages::new(&BOUNDS, Path::new("/nowhere/a.md"))
    }

    fn translated(text: &str) -> (String, Vec<String>) {
        let mut problems = Vec::new();
        let expanded = translate("a.md", text, 0, nowhere(), &mut problems);
        let text = expanded.map_or_else(|| text.to_owned(), |expanded| expanded.text);
        (
            text,
            problems
                .into_iter()
                .map(|problem| problem.message)
                .collect(),
        )
    }

    #[test]
    fn places_lead_back_to_the_tags() {
        let text = "a\n\n{% hint style=\"info\" %}\n[b](c.md)\n{% endhint %}\n";
        let expanded = translate("a.md", text, 0, nowhere(), &mut Vec::new()).expect("tags");
        let find = |part: &str, whole: &str| {
            let start = whole.find(part).expect("it is there");
            start..start + part.len()
        };
        let place = |part| expanded.place(&find(part, &expanded.text));
        assert_eq!(place("[b](c.md)"), find("[b](c.md)", text));
        assert_eq!(place("callout"), find("{% hint style=\"info\" %}", text));
    }

    #[test]
    fn code_and_blocks_of_ours_are_left_alone() {
        let text = "`{% hint %}` {% callout(kind=\"tip\") %}x{% end %} \\{% hint %}\n\n```\n{% tab %}\n```\n";
        assert_eq!(translated(text), (text.to_owned(), Vec::new()));
    }

    #[test]
    fn raw_text_stays() {
        let text = "{% raw %}{{ x }} {% hint %}{% endraw %}{% endhint %}";
        let (text, told) = translated(text);
        assert_eq!(text, "\\{{ x }} \\{% hint %}");
        assert_eq!(told, ["there is no open box to end here"]);
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "[{}%a-d=\" \n`\\\\é]{0,60}|(\\{% (hint|tab|raw|endraw|step|x) ?(style=\"a\"|\")? ?%\\}\n?){0,8}") {
            translated(&text);
        }
    }
}
