//! Links, trades and files that are not there.

use crate::Library;

#[test]
fn a_link_to_a_missing_file() {
    let library = Library::with("content/guides/start.md", "# Start\n")
        .write("content/a.md", "# A\n\nSee [start](guides/strat.md), [that](start.md), [x](nowhere/at/all.md)\nand ![a picture](pic.png).\n");
    insta::assert_snapshot!(library.build().refused(), @"
    error: there is no file content/guides/strat.md
     --> content/a.md:3:5
      |
    3 | See [start](guides/strat.md), [that](start.md), [x](nowhere/at/all.md)
      |     ^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `guides/start.md`?

    error: there is no file content/start.md
     --> content/a.md:3:31
      |
    3 | See [start](guides/strat.md), [that](start.md), [x](nowhere/at/all.md)
      |                               ^^^^^^^^^^^^^^^^
      |
      = help: did you mean `@/guides/start.md`?

    error: there is no file content/nowhere/at/all.md
     --> content/a.md:3:49
      |
    3 | See [start](guides/strat.md), [that](start.md), [x](nowhere/at/all.md)
      |                                                 ^^^^^^^^^^^^^^^^^^^^^^

    error: there is no file content/pic.png
     --> content/a.md:4:5
      |
    4 | and ![a picture](pic.png).
      |     ^^^^^^^^^^^^^^^^^^^^^

    4 errors
    ");
}

#[test]
fn a_link_to_a_missing_heading() {
    let library = Library::with("content/b.md", "# B\n\n## First steps\n\n## Later\n").write(
        "content/a.md",
        "# A\n\n[x](b.md#first-step)\n[y](b.md#nothing-like-it)\n[z](#own)\n",
    );
    insta::assert_snapshot!(library.build().refused(), @"
    error: content/b.md has no heading `#first-step`
     --> content/a.md:3:1
      |
    3 | [x](b.md#first-step)
      | ^^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `first-steps`?

    error: content/b.md has no heading `#nothing-like-it`
     --> content/a.md:4:1
      |
    4 | [y](b.md#nothing-like-it)
      | ^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: its headings are: #first-steps, #later

    error: content/a.md has no heading `#own`
     --> content/a.md:5:1
      |
    5 | [z](#own)
      | ^^^^^^^^^

    3 errors
    ");
}

#[test]
fn a_link_to_a_missing_page_of_the_site() {
    let library = Library::with("content/a.md", "# A\n\n[x](/industires/) [y](/fin/)\n");
    insta::assert_snapshot!(library.build().refused(), @"
    error: there is no page /industires/
     --> content/a.md:3:1
      |
    3 | [x](/industires/) [y](/fin/)
      | ^^^^^^^^^^^^^^^^^

    error: there is no page /fin/
     --> content/a.md:3:19
      |
    3 | [x](/industires/) [y](/fin/)
      |                   ^^^^^^^^^^
      |
      = help: did you mean `/fine/`?

    2 errors
    ");
}

#[test]
fn links_that_are_no_addresses() {
    let library = Library::with(
        "content/a.md",
        "# A\n\n[a](%ff%fe.md) [b](<  >) [c](@/) [d](#) [e](?x) [f](/) [g](//) [h](.) [i](..) [j](%00)\n",
    );
    insta::assert_snapshot!(library.build().refused(), @"
    error: there is no file content/��.md
     --> content/a.md:3:1
      |
    3 | [a](%ff%fe.md) [b](<  >) [c](@/) [d](#) [e](?x) [f](/) [g](//) [h](.) [i](..) [j](%00)
      | ^^^^^^^^^^^^^^

    error: there is no file content/  
     --> content/a.md:3:16
      |
    3 | [a](%ff%fe.md) [b](<  >) [c](@/) [d](#) [e](?x) [f](/) [g](//) [h](.) [i](..) [j](%00)
      |                ^^^^^^^^^

    error: there is no file content/
     --> content/a.md:3:26
      |
    3 | [a](%ff%fe.md) [b](<  >) [c](@/) [d](#) [e](?x) [f](/) [g](//) [h](.) [i](..) [j](%00)
      |                          ^^^^^^^

    error: there is no file content/
     --> content/a.md:3:71
      |
    3 | [a](%ff%fe.md) [b](<  >) [c](@/) [d](#) [e](?x) [f](/) [g](//) [h](.) [i](..) [j](%00)
      |                                                                       ^^^^^^^

    error: there is no file content/␀
     --> content/a.md:3:79
      |
    3 | [a](%ff%fe.md) [b](<  >) [c](@/) [d](#) [e](?x) [f](/) [g](//) [h](.) [i](..) [j](%00)
      |                                                                               ^^^^^^^^

    5 errors
    ");
}

#[test]
fn an_unknown_industry() {
    let library = Library::with(
        "content/a.md",
        "---\ntitle: A\nindustries:\n  - hvac\n  - plumbling\n  - xyzzy\n---\nText\n",
    );
    insta::assert_snapshot!(library.build().refused(), @"
    error: unknown industry `plumbling`
     --> content/a.md:5:5
      |
    5 |   - plumbling
      |     ^^^^^^^^^
      |
      = help: did you mean `plumbing`?

    error: unknown industry `xyzzy`
     --> content/a.md:6:5
      |
    6 |   - xyzzy
      |     ^^^^^
      |
      = help: `goodturn industries WORDS…` finds the right word; industries.yaml adds one of your own

    2 errors
    ");
}

#[test]
fn a_missing_file_to_give() {
    let library = Library::with("content/checklist.pdf", "%PDF-1.4")
        .write(
            "content/a.md",
            "---\ntitle: A\nfile: cheklist.pdf\nwhy: W\n---\n",
        )
        .write("content/b.md", "---\ntitle: B\nkind: file\nwhy: W\n---\n")
        .write(
            "content/c.md",
            "---\ntitle: C\nfile: fine.md\nwhy: W\n---\n",
        )
        .write(
            "content/d.md",
            "---\ntitle: D\nlink: example.org\nwhy: W\n---\n",
        )
        .write("content/e.md", "---\ntitle: E\nkind: link\n---\n");
    insta::assert_snapshot!(library.build().refused(), @"
    error: there is no file `cheklist.pdf` to give
     --> content/a.md:3:7
      |
    3 | file: cheklist.pdf
      |       ^^^^^^^^^^^^
      |
      = help: did you mean `checklist.pdf`?

    error: this file has no `file:`
    --> content/b.md
     = help: add file: with the name of the file beside this one

    error: there is no file `fine.md` to give
     --> content/c.md:3:7
      |
    3 | file: fine.md
      |       ^^^^^^^
      |
      = help: put it into content/, beside this page

    error: `example.org` is no full address of a page
     --> content/d.md:3:7
      |
    3 | link: example.org
      |       ^^^^^^^^^^^
      |
      = help: write it with https:// at its start

    error: this link has no `link:`
    --> content/e.md
     = help: add link: with the full address of the page

    warning: this link does not say why it helps
    --> content/e.md
     = help: say in a line whom it helps and how: why: …

    5 errors, 1 warning
    ");
}
