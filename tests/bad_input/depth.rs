//! Markdown that is nested beyond all sense: no stack runs over, and nothing takes the square of
//! its length. (What does would take minutes here; the test runner stops it.)

use crate::Library;

#[test]
fn markdown_nested_a_hundred_thousand_deep() {
    const DEEP: usize = 100_000;
    let library = Library::new()
        .write("content/quotes.md", format!("{}x\n", ">".repeat(DEEP)))
        .write("content/lists.md", format!("{}x\n", "- ".repeat(DEEP)))
        .write(
            "content/brackets.md",
            format!("{}x{}\n", "[".repeat(DEEP), "]".repeat(DEEP)),
        )
        .write(
            "content/links.md",
            format!("{}x{}\n", "[".repeat(DEEP), "](fine.md)".repeat(DEEP)),
        )
        .write(
            "content/pictures.md",
            format!(
                "{}x{}\n",
                "![".repeat(DEEP),
                "](https://a.org)".repeat(DEEP)
            ),
        )
        .write(
            "content/emphasis.md",
            format!("{}x{}\n", "*a **b ".repeat(DEEP), "*".repeat(DEEP)),
        )
        .write(
            "content/underscores.md",
            format!("{}\n", "_a __b".repeat(DEEP)),
        )
        .write("content/ticks.md", format!("{}\n", "`a``".repeat(DEEP)))
        .write("content/html.md", format!("{}\n", "<div>".repeat(DEEP)))
        .write("content/inline.md", format!("a {}\n", "<b>".repeat(DEEP)))
        .write(
            "content/addresses.md",
            format!("{} {}\n", "www.".repeat(DEEP), "@a".repeat(DEEP)),
        )
        .write(
            "content/table.md",
            format!("{}\n{}\n", "|a".repeat(5_000), "|-".repeat(5_000)),
        )
        .write(
            "content/backslashes.md",
            format!("{}{{{{ x\n", "\\".repeat(DEEP)),
        );
    library.build().built();
}

#[test]
fn braces_without_end() {
    const MANY: usize = 30_000;
    for text in [
        "{{ ",
        "{% ",
        "{{<",
        "{{ a",
        "{{ a(",
        "{{ a(b=\"",
        "{% end ",
        "{{{%",
    ] {
        let library = Library::with("content/a.md", &format!("{}\n", text.repeat(MANY)));
        let run = library.build();
        assert!(matches!(run.code, Some(0 | 1)), "{text}");
    }
}

#[test]
fn many_footnotes() {
    const MANY: usize = 20_000;
    let mut text = String::new();
    for number in 0..MANY {
        text += &format!("[^n{number}] ");
    }
    for number in 0..MANY {
        text += &format!("\n\n[^n{number}]: Note\n");
    }
    Library::with("content/a.md", &text).build().built();
}

#[test]
fn blocks_in_blocks() {
    let open = "{% callout(kind=\"tip\") %}\n".repeat(10_000);
    let close = "{% end %}\n".repeat(10_000);
    let library = Library::with("content/a.md", &format!("{open}x\n{close}"));
    insta::assert_snapshot!(library.build().refused(), @r#"
    error: blocks lie in each other more than 16 deep
      --> content/a.md:17:1
       |
    17 | {% callout(kind="tip") %}
       | ^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: end the outer blocks first: {% end %}

    1 error
    "#);
}

#[test]
fn html_that_is_to_be_sanitised() {
    let library = Library::with("goodturn.yaml", "html: sanitize\n")
        .write(
            "content/a.md",
            format!("Before\n\n{}\n\nAfter\n", "<div><p>".repeat(50_000)),
        )
        .write("content/b.md", format!("{}\n", "<div></b>".repeat(50_000)));
    insta::assert_snapshot!(library.build().refused(), @"
    error: this HTML is nested too deep to be sanitised
     --> content/a.md:3:1
      |
    3 | <div><p><div><p><div><p><div><p><div><p><div><p><div><p><div><p><div><p><div><p><div><p><div><p><div><p><div><p><...
      | ^
      |
      = help: close the elements that are open, or leave them away

    error: this HTML is nested too deep to be sanitised
     --> content/b.md:1:1
      |
    1 | <div></b><div></b><div></b><div></b><div></b><div></b><div></b><div></b><div></b><div></b><div></b><div></b><div>...
      | ^
      |
      = help: close the elements that are open, or leave them away

    2 errors
    ");
}

#[test]
fn chapters_below_chapters() {
    let mut summary = String::new();
    let library = Library::new();
    for depth in 0..2_000 {
        summary += &format!("{}- [c](c{depth}.md)\n", "\t".repeat(depth));
        library.put(&format!("content/b/c{depth}.md"), "Text\n");
    }
    let library = library.write("content/b/SUMMARY.md", summary);
    let told = library.build().refused();
    let first: Vec<&str> = told
        .lines()
        .filter(|line| line.starts_with("error"))
        .collect();
    insta::assert_snapshot!(first.join("\n"), @"error: chapters lie below chapters more than 8 deep");
}
