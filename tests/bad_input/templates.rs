//! Templates of the author's own with a mistake in them.

use crate::Library;

#[test]
fn a_syntax_error() {
    let library = Library::new()
        .write("templates/article.html", "{% extends \"base.html\" %}\n{% block content %}\n<h1>{{ page.title | }}</h1>\n{% endblock %}\n")
        .write("templates/link.html", "<p>{% if page.title %}</p>\n");
    insta::assert_snapshot!(library.build().refused(), @"
    error: in a template: found `}}` but expected identifier.
     --> templates/article.html:3:21
      |
    3 | <h1>{{ page.title | }}</h1>
      |                     ^^

    error: in a template: unexpected end of input
     --> templates/link.html:1:23
      |
    1 | <p>{% if page.title %}</p>
      |                       ^^^^

    2 errors
    ");
}

#[test]
fn a_missing_variable() {
    let library = Library::with(
        "templates/article.html",
        "<p>\n  {{ page.titel }} {{ nothing.at.all }}\n</p>\n",
    );
    insta::assert_snapshot!(library.build().refused(), @"
    error: in a template: field `titel` is not defined. Available fields: alternates, canonical, crumbs, description, feeds, head_title, image, image_alt, image_height, image_width, json_ld, kind, og_type, published, robots, title, updated, url
     --> templates/article.html:2:11
      |
    2 |   {{ page.titel }} {{ nothing.at.all }}
      |           ^^^^^

    1 error
    ");
}

#[test]
fn missing_templates_filters_and_files() {
    let library = Library::with("templates/article.html", "{% extends \"bsae.html\" %}\n");
    insta::assert_snapshot!(library.build().refused(), @r#"
    error: there is no template `bsae.html` to extend
     --> templates/article.html:1:13
      |
    1 | {% extends "bsae.html" %}
      |             ^^^^^^^^^
      |
      = help: did you mean `base.html`, `book.html` or `file.html`?

    1 error
    "#);
    let library = Library::with("templates/article.html", "{{ page.title | shout }}\n");
    insta::assert_snapshot!(library.build().refused(), @"
    error: in a template: unknown filter `shout`
     --> templates/article.html:1:17
      |
    1 | {{ page.title | shout }}
      |                 ^^^^^

    1 error
    ");
    let library = Library::with("templates/article.html", "{{ asset(path=\"no.css\") }}\n");
    insta::assert_snapshot!(library.build().refused(), @r#"
    error: in a template: there is no file static/no.css
     --> templates/article.html:1:4
      |
    1 | {{ asset(path="no.css") }}
      |    ^^^^^^^^^^^^^^^^^^^^

    1 error
    "#);
}

#[test]
fn templates_that_include_each_other() {
    let library = Library::with("templates/article.html", "{% include \"article.html\" %}\n");
    insta::assert_snapshot!(library.build().refused(), @r#"
    error: this template includes itself in the end
     --> templates/article.html:1:4
      |
    1 | {% include "article.html" %}
      |    ^^^^^^^
      |
      = help: take one `include` of the circle out

    1 error
    "#);
    let library = Library::with("templates/article.html", "{% extends \"article.html\" %}\n");
    insta::assert_snapshot!(library.build().refused(), @r#"
    error: this template extends itself in the end
     --> templates/article.html:1:4
      |
    1 | {% extends "article.html" %}
      |    ^^^^^^^
      |
      = help: take one `extends` of the circle out

    1 error
    "#);
}

#[test]
fn a_template_nested_beyond_all_sense() {
    for text in [
        format!("{{{{ {}1 }}}}", "(".repeat(10_000)),
        format!("{{{{ {}1 }}}}", "[".repeat(10_000)),
        "{% if true %}".repeat(10_000),
        format!("{{{{ {}1 }}}}", "not ".repeat(10_000)),
    ] {
        Library::with("templates/article.html", &text)
            .build()
            .refused();
    }
}
