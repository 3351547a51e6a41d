//! Blocks that are called wrongly, or that call themselves.

use crate::Library;

#[test]
fn an_unknown_block() {
    let library = Library::with(
        "content/a.md",
        "# A\n\n{{ buton(href=\"fine.md\", text=\"Go\") }}\n\n{% xyzzy() %}\nInside\n{% end %}\n",
    );
    insta::assert_snapshot!(library.build().refused(), @r#"
    error: there is no block `buton`
     --> content/a.md:3:1
      |
    3 | {{ buton(href="fine.md", text="Go") }}
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `button`?

    error: there is no block `xyzzy`
     --> content/a.md:5:1
      |
    5 | {% xyzzy() %}
      | ^^^^^^^^^^^^^
      |
      = help: the blocks are: button, callout, card, checklist, download, gallery, quote, video

    2 errors
    "#);
}

#[test]
fn wrong_and_missing_arguments() {
    let library = Library::with(
        "content/a.md",
        "# A\n\n{{ button(herf=\"fine.md\", text=\"Go\") }}\n\n{{ button(href=\"nowhere.md\", text=3) }}\n\n{{ card(of=\"xyzzy\") }}\n\n{{ card() }}\n",
    );
    insta::assert_snapshot!(library.build().refused(), @r#"
    error: the block `button` needs `href`
     --> content/a.md:3:1
      |
    3 | {{ button(herf="fine.md", text="Go") }}
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write href="…" between its parentheses

    error: the block `button` has no argument `herf`
     --> content/a.md:3:11
      |
    3 | {{ button(herf="fine.md", text="Go") }}
      |           ^^^^^^^^^^^^^^
      |
      = help: did you mean `href`?

    error: there is no file content/nowhere.md
     --> content/a.md:5:11
      |
    5 | {{ button(href="nowhere.md", text=3) }}
      |           ^^^^^^^^^^^^^^^^^

    error: `text` must be text in quotes
     --> content/a.md:5:30
      |
    5 | {{ button(href="nowhere.md", text=3) }}
      |                              ^^^^^^

    error: there is no file content/xyzzy
     --> content/a.md:7:9
      |
    7 | {{ card(of="xyzzy") }}
      |         ^^^^^^^^^^

    error: the block `card` needs `of`
     --> content/a.md:9:1
      |
    9 | {{ card() }}
      | ^^^^^^^^^^^^
      |
      = help: write of="…" between its parentheses

    6 errors
    "#);
}

#[test]
fn calls_that_are_badly_written() {
    let library = Library::with(
        "content/a.md",
        "# A\n\n{{ button(href=fine.md) }}\n\n{{ button(href=“fine.md”) }}\n\n{{ button(href=\"fine.md) }}\n\n{{ button(href=\"a\", href=\"b\") }}\n\n{{ button(href=\"fine.md\" }}\n\n{{ site.url }}\n",
    );
    insta::assert_snapshot!(library.build().refused(), @r#"
    error: a value that is text stands in quotes: "fine.md"
     --> content/a.md:3:16
      |
    3 | {{ button(href=fine.md) }}
      |                ^^^^^^^

    error: these are curly quotes: values stand in straight ones, "like this"
     --> content/a.md:5:16
      |
    5 | {{ button(href=“fine.md”) }}
      |                ^

    error: expected `,` or `)` after an argument
     --> content/a.md:9:17
      |
    9 | {{ button(href="a", href="b") }}
      |                 ^

    error: the argument `href` is given twice
     --> content/a.md:9:21
      |
    9 | {{ button(href="a", href="b") }}
      |                     ^^^^^^^^

    error: expected `,` or `)` after an argument
      --> content/a.md:11:26
       |
    11 | {{ button(href="fine.md" }}
       |                          ^

    error: `{{ site.url }}` is no block of Goodturn
      --> content/a.md:13:1
       |
    13 | {{ site.url }}
       | ^^^^^^^^^^^^^^
       |
       = help: a block is written {{ name(argument="value") }}; for plain braces write \{{ or put the text in `code`

    6 errors
    "#);
    let library = Library::with(
        "content/a.md",
        "# A\n\n{% callout(kind=\"tip\") %}\nNever ended\n",
    );
    insta::assert_snapshot!(library.build().refused(), @r#"
    error: the block `callout` is never ended
     --> content/a.md:3:1
      |
    3 | {% callout(kind="tip") %}
      | ^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write {% end %} on a line of its own after the body

    1 error
    "#);
    let library = Library::with("content/a.md", "# A\n\nEnded twice\n\n{% end %}\n");
    insta::assert_snapshot!(library.build().refused(), @r#"
    error: there is no open block to end here
     --> content/a.md:5:1
      |
    5 | {% end %}
      | ^^^^^^^^^
      |
      = help: take the line out, or begin the block: {% callout(kind="tip") %}

    1 error
    "#);
}

#[test]
fn an_address_ends_where_a_block_is_called() {
    let library = Library::with(
        "content/a.md",
        "# A\n\nhttps://a.org/{{ button(href=\"https://b.org\", text=\"B\") }} on\n",
    );
    library.build().built();
    let page = library.read("public/a/index.html");
    assert!(
        page.contains("<a href=\"https://a.org/\">https://a.org/</a>"),
        "{page}"
    );
    assert!(
        !page.contains('\u{e000}') && !page.contains("%EE"),
        "{page}"
    );
}

#[test]
fn a_block_that_calls_itself() {
    let library = Library::with("content/a.md", "# A\n\n{{ again(text=\"x\") }}\n").write(
        "templates/blocks/again.html",
        "{% component again(text: string) %}\n{{ text }} {{<again text={text} />}}\n{% endcomponent again %}\n",
    );
    insta::assert_snapshot!(library.build().refused(), @r#"
    error: the block `again` cannot be made
     --> content/a.md:3:1
      |
    3 | {{ again(text="x") }}
      | ^^^^^^^^^^^^^^^^^^^^^
      |
      = help: it calls itself without end, by itself or through another block

    1 error
    "#);
}

#[test]
fn blocks_that_call_each_other() {
    let library = Library::with("content/a.md", "# A\n\n{{ ping() }}\n")
        .write(
            "templates/blocks/ping.html",
            "{% component ping() %}{{<pong />}}{% endcomponent ping %}\n",
        )
        .write(
            "templates/blocks/pong.html",
            "{% component pong() %}{{<ping />}}{% endcomponent pong %}\n",
        );
    insta::assert_snapshot!(library.build().refused(), @"
    error: the block `ping` cannot be made
     --> content/a.md:3:1
      |
    3 | {{ ping() }}
      | ^^^^^^^^^^^^
      |
      = help: it calls itself without end, by itself or through another block

    1 error
    ");
}
