//! `strict: false`: what other generators' folders are full of becomes a warning with its place.

use crate::Library;

#[test]
fn the_site_builds_and_the_text_stays() {
    let library = Library::with("goodturn.yaml", "title: T\nstrict: false\n").write(
        "content/a.md",
        "---\ntitle: A\nindustries: [plumbling]\ndate: 2024-02-30\n---\n\
         Before one {{< ref \"b.md\" >}} after one.\n\n\
         Before two {{% note %}} after two.\n\n\
         Before three {% include x.html %} after three.\n\n\
         Before four {{ site.url }} after four.\n\n\
         Before five [text](nowhere.md#x) after five.\n\n\
         {% unknown(a=\"b\") %}\nInside six\n{% end %}\n\n\
         Before seven {{ button(herf=\"x\") }} after seven.\n\n\
         Before eight [text]({{< ref \"b.md\" >}}) after eight.\n",
    );
    insta::assert_snapshot!(library.build().built(), @r#"
    warning: unknown industry `plumbling`
     --> content/a.md:3:14
      |
    3 | industries: [plumbling]
      |              ^^^^^^^^^
      |
      = help: did you mean `plumbing`?

    warning: there is no day 30 in February 2024: it has 29 days
     --> content/a.md:4:7
      |
    4 | date: 2024-02-30
      |       ^^^^^^^^^^

    warning: `{{< ref "b.md" >}}` is no block of Goodturn
     --> content/a.md:6:12
      |
    6 | Before one {{< ref "b.md" >}} after one.
      |            ^^^^^^^^^^^^^^^^^^
      |
      = help: a block is written {{ name(argument="value") }}; for plain braces write \{{ or put the text in `code`

    warning: `{{% note %}}` is no block of Goodturn
     --> content/a.md:8:12
      |
    8 | Before two {{% note %}} after two.
      |            ^^^^^^^^^^^^
      |
      = help: a block is written {{ name(argument="value") }}; for plain braces write \{{ or put the text in `code`

    warning: `{% include x.html %}` is no block of Goodturn
      --> content/a.md:10:14
       |
    10 | Before three {% include x.html %} after three.
       |              ^^^^^^^^^^^^^^^^^^^^
       |
       = help: a block is written {{ name(argument="value") }}; for plain braces write \{{ or put the text in `code`

    warning: `{{ site.url }}` is no block of Goodturn
      --> content/a.md:12:13
       |
    12 | Before four {{ site.url }} after four.
       |             ^^^^^^^^^^^^^^
       |
       = help: a block is written {{ name(argument="value") }}; for plain braces write \{{ or put the text in `code`

    warning: there is no file content/nowhere.md
      --> content/a.md:14:13
       |
    14 | Before five [text](nowhere.md#x) after five.
       |             ^^^^^^^^^^^^^^^^^^^^

    warning: there is no block `unknown`
      --> content/a.md:16:1
       |
    16 | {% unknown(a="b") %}
       | ^^^^^^^^^^^^^^^^^^^^
       |
       = help: the blocks are: button, callout, card, checklist, download, gallery, quote, video

    warning: the block `button` needs `href`
      --> content/a.md:20:14
       |
    20 | Before seven {{ button(herf="x") }} after seven.
       |              ^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: write href="…" between its parentheses

    warning: the block `button` needs `text`
      --> content/a.md:20:14
       |
    20 | Before seven {{ button(herf="x") }} after seven.
       |              ^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: write text="…" between its parentheses

    warning: the block `button` has no argument `herf`
      --> content/a.md:20:24
       |
    20 | Before seven {{ button(herf="x") }} after seven.
       |                        ^^^^^^^^
       |
       = help: did you mean `href`?

    warning: `{{< ref "b.md" >}}` is no block of Goodturn
      --> content/a.md:22:21
       |
    22 | Before eight [text]({{< ref "b.md" >}}) after eight.
       |                     ^^^^^^^^^^^^^^^^^^
       |
       = help: a block is written {{ name(argument="value") }}; for plain braces write \{{ or put the text in `code`
    "#);
    let page = library.read("public/a/index.html");
    for word in ["one", "two", "three", "four", "five", "seven", "eight"] {
        assert!(page.contains(&format!("Before {word} ")), "{word}: {page}");
        assert!(page.contains(&format!(" after {word}.")), "{word}: {page}");
    }
    assert!(page.contains("Inside six"));
    for foreign in ["{{<", "{%", "{{"] {
        assert!(!page.contains(foreign), "{page}");
    }
}

#[test]
fn strictly_these_are_errors() {
    let library = Library::with(
        "content/a.md",
        "# A\n\n{{< x >}} {{% y %}} {% include z %} {{ site.url }}\n\n`{{ code }}` \\{{ plain }}\n",
    );
    insta::assert_snapshot!(library.build().refused(), @r#"
    error: `{{< x >}}` is no block of Goodturn
     --> content/a.md:3:1
      |
    3 | {{< x >}} {{% y %}} {% include z %} {{ site.url }}
      | ^^^^^^^^^
      |
      = help: a block is written {{ name(argument="value") }}; for plain braces write \{{ or put the text in `code`

    error: `{{% y %}}` is no block of Goodturn
     --> content/a.md:3:11
      |
    3 | {{< x >}} {{% y %}} {% include z %} {{ site.url }}
      |           ^^^^^^^^^
      |
      = help: a block is written {{ name(argument="value") }}; for plain braces write \{{ or put the text in `code`

    error: `{% include z %}` is no block of Goodturn
     --> content/a.md:3:21
      |
    3 | {{< x >}} {{% y %}} {% include z %} {{ site.url }}
      |                     ^^^^^^^^^^^^^^^
      |
      = help: a block is written {{ name(argument="value") }}; for plain braces write \{{ or put the text in `code`

    error: `{{ site.url }}` is no block of Goodturn
     --> content/a.md:3:37
      |
    3 | {{< x >}} {{% y %}} {% include z %} {{ site.url }}
      |                                     ^^^^^^^^^^^^^^
      |
      = help: a block is written {{ name(argument="value") }}; for plain braces write \{{ or put the text in `code`

    4 errors
    "#);
}
