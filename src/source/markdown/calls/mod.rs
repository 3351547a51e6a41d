//! Blocks: the calls in Markdown that templates answer.
//!
//! `{{ button(href="…", text="…") }}` stands alone; `{% callout(kind="tip") %}` has a body that
//! ends at `{% end %}`. Tags inside code are left as they are, and `\{{` is a plain brace.
//!
//! Each tag is masked by a placeholder **of the same length in bytes** before the Markdown is
//! parsed, so that every position that the parser reports is a position in the author's file:
//! a tag alone on its line becomes an HTML processing instruction (which can interrupt a
//! paragraph), any other a private-use character, zeros, and another private-use character.

mod finder;
mod literal;
mod mask;
mod scanner;

use std::ops::Range;

use serde_json::Value;

pub(super) use finder::find;
pub(super) use literal::literal_ranges;
pub(super) use mask::{mask, unmask};

/// One call of a block.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The block's name.
    pub name: String,
    /// Its arguments in the order in which they were written.
    pub args: Vec<Arg>,
    /// The bytes of the (opening) tag in the file.
    pub span: Range<usize>,
    /// Whether it has a body.
    pub has_body: bool,
}

impl Call {
    /// Whether an argument may lead to a heading of a page.
    pub fn names_fragment(&self) -> bool {
        let mut texts = self.args.iter().filter_map(|arg| arg.value.as_str());
        texts.any(|text| text.contains('#'))
    }
}

/// One argument of a call.
#[derive(Clone, Debug, PartialEq)]
pub struct Arg {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: Value,
    /// The bytes of name and value in the file.
    pub span: Range<usize>,
}

/// A tag found in a text, by its bytes there.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tag {
    pub span: Range<usize>,
    pub what: TagKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TagKind {
    /// A call without a body: its number in [`Found::calls`].
    Alone(u32),
    /// The start of a call's body.
    Open(u32),
    /// The end of the innermost open body.
    Close,
    /// Another generator's tag, or a broken one: left out.
    Dropped,
}

/// All tags of a text, and the calls that they make.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub tags: Vec<Tag>,
    pub calls: Vec<Call>,
}

impl Found {
    /// The tags that start in a stretch of the text.
    pub fn within(&self, range: &Range<usize>) -> &[Tag] {
        let from = self
            .tags
            .partition_point(|tag| tag.span.start < range.start);
        let to = self.tags.partition_point(|tag| tag.span.start < range.end);
        self.tags.get(from..to).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::Options;

    use super::*;

    fn run(text: &str) -> (Found, Vec<String>) {
        let mut problems = Vec::new();
        let found = find("a.md", text, 0, Options::all(), false, &mut problems);
        let mask = mask(text, &found.tags);
        assert_eq!(mask.len(), text.len(), "a mask never moves the text");
        (found, problems.into_iter().map(|p| p.message).collect())
    }

    #[test]
    fn a_call_with_arguments_of_every_type() {
        let (found, problems) =
            run(r#"{{ x(a="q \" )", b='s', c=3, d=-1.5, e=true, f=["g", 2]) }}"#);
        assert_eq!(problems, Vec::<String>::new());
        let values: Vec<String> = found.calls[0]
            .args
            .iter()
            .map(|arg| arg.value.to_string())
            .collect();
        assert_eq!(
            values,
            [r#""q \" )""#, r#""s""#, "3", "-1.5", "true", r#"["g",2]"#]
        );
    }

    #[test]
    fn code_comments_and_escapes_are_left_alone() {
        let (found, problems) = run(
            "`{{ a() }}`\n\n```\n{{ b() }}\n```\n\n    {{ c() }}\n\n<!-- {{ d() }} -->\n\n\\{{ e }}\n",
        );
        assert_eq!(problems, Vec::<String>::new());
        assert!(found.tags.is_empty());
    }

    #[test]
    fn bodies_nest_and_unended_ones_are_told() {
        let (found, problems) = run("{% a() %}\n{% b() %}\nx\n{% end %}\n{% end %}\n");
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!(found.tags.len(), 4);
        assert_eq!(run("{% a() %}\nx\n").1, ["the block `a` is never ended"]);
        assert_eq!(
            run("x\n\n{% end %}\n").1,
            ["there is no open block to end here"]
        );
    }

    #[test]
    fn foreign_tags_are_told() {
        let told = |text| run(text).1.len();
        assert_eq!(told("{{< youtube x >}}"), 1);
        assert_eq!(told("{{% note %}}"), 1);
        assert_eq!(told("{% include a.html %} and {{ site.title }}"), 2);
        assert_eq!(told("a {{ brace that never closes"), 0);
    }

    #[test]
    fn what_is_wrong_in_a_call_is_said() {
        let told = |text| run(text).1.join("; ");
        assert!(told("{{ a(b=“c”) }}").contains("curly quotes"));
        assert_eq!(
            told("{{ a(b=c) }}"),
            "a value that is text stands in quotes: \"c\""
        );
        assert_eq!(told("{{ a(b=\"c) }}"), "this \" is never closed");
        assert_eq!(told("{{ a(b=1, b=2) }}"), "the argument `b` is given twice");
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "[{}%<>()a=\",'\\\\ \n\\-`“é]{0,80}") {
            run(&text);
        }
    }
}
