//! Books as GitBook keeps them, through `goodturn book`.

use super::Desk;
use super::lone::{contents, inside};

const PAGE: &str = r#"---
description: Every block.
---

# Every block

{% hint style="danger" %}
Mind the **gap**.
{% endhint %}

{% tabs %}
{% tab title="First_tab" %}
One.
{% endtab %}

{% tab title="Second" %}
{% code title="a.js" overflow="wrap" %}
```js
{% hint %} stays
```
{% endcode %}
{% endtab %}
{% endtabs %}

1. In a list

   {% hint style="success" %}
   Inside.
   {% endhint %}

{% content-ref url="other.md" %}
[other.md](other.md)
{% endcontent-ref %}

{% content-ref url="other.md#deep" %}
{% endcontent-ref %}

{% page-ref page="other.md" %}

{% embed url="https://example.org/film" %}
A film
{% endembed %}

{% file src=".gitbook/assets/price list.pdf" %}
Prices
{% endfile %}

{% stepper %}
{% step %}
## Call

Ring.
{% endstep %}

{% step %}
Write.
{% endstep %}
{% endstepper %}

{% columns %}
{% column %}
Left.
{% endcolumn %}
{% column %}
Right.
{% endcolumn %}
{% endcolumns %}

{% swagger src="api.yaml" path="/people" method="get" %}
[api.yaml](api.yaml)
{% endswagger %}

{% raw %}
{{ name }} and {% tag %}
{% endraw %}

{% include ".gitbook/includes/shared.md" %}

{% exercise %}
Kept words, [nowhere](gone.md).
{% endexercise %}

<figure><img src=".gitbook/assets/hat.svg" alt="A hat"><figcaption><p>My hat</p></figcaption></figure>
"#;

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write(
        "kit/.gitbook.yaml",
        "root: ./docs/\n\nstructure:\n  readme: start.md\n  summary: nav/LIST.md\n",
    );
    desk.write("kit/README.md", "# How to build\n");
    desk.write(
        "kit/docs/nav/LIST.md",
        "# Table of contents\n\n* [Welcome](../start.md)\n* [GitHub](https://example.org/code)\n\n## The blocks\n\n* [Every \\[block\\]](../all.md)\n  * [Deep](../other.md#deep)\n    * [Deeper](../other.md#deeper)\n* Only words\n  * [Last](<../last page.md>)\n\n* * *\n\n## Away\n\n* [Site](https://example.org/)\n",
    );
    desk.write("kit/docs/start.md", "# The kit\n\nWelcome.\n");
    desk.write("kit/docs/all.md", PAGE);
    desk.write(
        "kit/docs/other.md",
        "# Other\n\n## Deep\n\nText.\n\n### Deeper\n\nText.\n",
    );
    desk.write("kit/docs/last page.md", "# Last\n\nText.\n");
    desk.write(
        "kit/docs/.gitbook/includes/shared.md",
        "---\ntitle: Shared\n---\n\n{% hint style=\"info\" %}\nShared words.\n{% endhint %}\n",
    );
    desk.write(
        "kit/docs/.gitbook/assets/hat.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>",
    );
    desk.write("kit/docs/.gitbook/assets/price list.pdf", "%PDF-1.4\n");
    desk.write("kit/docs/api.yaml", "openapi: 3\n");
    desk
}

#[test]
fn a_gitbook_is_a_book_as_it_stands() {
    let desk = desk();
    let ran = desk.run(&["book", "kit", "--epub", "a.epub"]);
    assert!(ran.out.starts_with("Made The kit\n"), "{ran:?}");
    insta::assert_snapshot!(ran.err, @"
    warning: GitBook's `{% exercise %}` is not known here
      --> docs/all.md:79:1
       |
    79 | {% exercise %}
       | ^^^^^^^^^^^^^^
       |
       = help: the tag is left out, the text around it stays

    warning: there is no file docs/gone.md
      --> docs/all.md:80:13
       |
    80 | Kept words, [nowhere](gone.md).
       |             ^^^^^^^^^^^^^^^^^^
    ");
    insta::assert_snapshot!(contents(&desk, "a.epub").join("\n"), @"
    Contents
    Contents
    1 Welcome
    The blocks
    2 Every [block]
    2.1 Deep
    3 Only words
    3.1 Last
    ");
    let page = inside(&desk, "a.epub", "chapter-002.xhtml");
    let page = page
        .split_once("<body")
        .map_or(page.as_str(), |(_, body)| body);
    insta::assert_snapshot!(page);
}

#[test]
fn the_older_gitbook_says_what_it_is_called_in_json() {
    let desk = Desk::new();
    desk.write(
        "old/book.json",
        "{\"gitbook\": \"3.x\", \"title\": \"The old way\", \"author\": \"Ann\", \"language\": \"fr\", \"structure\": {\"summary\": \"LISTE.md\"}, \"plugins\": []}",
    );
    desk.write("old/LISTE.md", "* [Un](un.md)\n");
    desk.write("old/un.md", "# Un\n\nTexte.\n");
    let ran = desk.run(&["book", "old", "--epub", "a.epub"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{ran:?}");
    let package = inside(&desk, "a.epub", ".opf");
    for words in ["The old way", "Ann", ">fr<"] {
        assert!(package.contains(words), "{words}: {package}");
    }
    // On a site it is the same book.
    let desk = Desk::library(&["hvac"]);
    desk.write(
        "content/old/book.json",
        "{\"title\": \"The old way\", \"description\": \"All of it.\", \"industries\": [\"hvac\"]}",
    );
    desk.write(
        "content/old/SUMMARY.md",
        "* [Start](README.md)\n* [One](one.md)\n",
    );
    desk.write("content/old/README.md", "# Start here\n\nText.\n");
    desk.write(
        "content/old/one.md",
        "# One\n\n{% hint style=\"info\" %}\nText.\n{% endhint %}\n",
    );
    let built = desk.run(&["build"]);
    assert_eq!(built.code, Some(0), "{built:?}");
    assert!(desk.read("public/old/index.html").contains("The old way"));
    assert!(desk.path("public/old/chapter-readme/index.html").exists());
    let one = desk.read("public/old/one/index.html");
    assert!(
        one.contains("class=\"alert alert-note\"") && !one.contains("hint style"),
        "{one}"
    );
}
