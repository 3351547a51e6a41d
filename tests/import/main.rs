//! Folders written for other generators build where the library is not strict: what is foreign
//! becomes a warning with its place, and the text around it stays.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(name)
}

/// Builds a copy of a fixture; gives the output and the folder of the site.
fn build(name: &str) -> (Output, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let copied = Command::new("cp")
        .arg("-r")
        .arg(fixture(name))
        .arg(folder.path().join("library"))
        .status();
    assert!(copied.expect("cp runs").success());
    let output = Command::new(env!("CARGO_BIN_EXE_goodturn"))
        .args(["--color", "never", "build", "--verbose", "-C"])
        .arg(folder.path().join("library"))
        .env("SOURCE_DATE_EPOCH", "1763900000")
        .output()
        .expect("goodturn runs");
    (output, folder)
}

fn page(folder: &tempfile::TempDir, path: &str) -> String {
    let path = folder.path().join("library/public").join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_jekyll_blog_builds_with_warnings() {
    let (output, site) = build("jekyll");
    assert!(output.status.success(), "{}", stderr(&output));
    insta::assert_snapshot!(stderr(&output), @r#"
    warning: some topics name an industry
    help: `hvac` (1) is Heating and air conditioning (HVAC)
    help: write them as `industries:` so that people of that trade find the pieces

    warning: unknown industry `hvaac`
     --> content/_posts/2024-01-12-spring-tune-up.md:4:14
      |
    4 | industries: [hvaac]
      |              ^^^^^
      |
      = help: did you mean `hvac`?

    warning: there is no file content/_posts/gone.md
     --> content/_posts/2024-01-12-spring-tune-up.md:7:3
      |
    7 | A [broken link](gone.md) keeps its text. ![A missing picture](/assets/gone.png)
      |   ^^^^^^^^^^^^^^^^^^^^^^

    warning: there is no page /assets/gone.png
     --> content/_posts/2024-01-12-spring-tune-up.md:7:42
      |
    7 | A [broken link](gone.md) keeps its text. ![A missing picture](/assets/gone.png)
      |                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

    warning: content/_posts/2024-01-12-spring-tune-up.md has the address /posts/spring-tune-up/ already
    --> content/_posts/2024-03-09-spring-tune-up.md
     = help: this one is at /posts/spring-tune-up-2024-03-09/; a `slug:` gives it another

    warning: the alias `/2024/03/tune-up.html` already leads to content/_posts/2024-01-12-spring-tune-up.md
     --> content/_posts/2024-03-09-spring-tune-up.md:9:5
      |
    9 |   - /2024/03/tune-up.html
      |     ^^^^^^^^^^^^^^^^^^^^^

    warning: `{% post_url 2024-01-12-spring-tune-up %}` is no block of Goodturn
      --> content/_posts/2024-03-09-spring-tune-up.md:11:22
       |
    11 | Read [the other one]({% post_url 2024-01-12-spring-tune-up %}) and {{ site.baseurl }}/contact.
       |                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: a block is written {{ name(argument="value") }}; for plain braces write \{{ or put the text in `code`

    warning: `{{ site.baseurl }}` is no block of Goodturn
      --> content/_posts/2024-03-09-spring-tune-up.md:11:68
       |
    11 | Read [the other one]({% post_url 2024-01-12-spring-tune-up %}) and {{ site.baseurl }}/contact.
       |                                                                    ^^^^^^^^^^^^^^^^^^
       |
       = help: a block is written {{ name(argument="value") }}; for plain braces write \{{ or put the text in `code`

    warning: `{% include signup.html %}` is no block of Goodturn
      --> content/_posts/2024-03-09-spring-tune-up.md:13:1
       |
    13 | {% include signup.html %}
       | ^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: a block is written {{ name(argument="value") }}; for plain braces write \{{ or put the text in `code`

    warning: `{% highlight ruby %}` is no block of Goodturn
      --> content/_posts/2024-03-09-spring-tune-up.md:17:1
       |
    17 | {% highlight ruby %}
       | ^^^^^^^^^^^^^^^^^^^^
       |
       = help: a block is written {{ name(argument="value") }}; for plain braces write \{{ or put the text in `code`

    warning: `{% endhighlight %}` is no block of Goodturn
      --> content/_posts/2024-03-09-spring-tune-up.md:19:1
       |
    19 | {% endhighlight %}
       | ^^^^^^^^^^^^^^^^^^
       |
       = help: a block is written {{ name(argument="value") }}; for plain braces write \{{ or put the text in `code`
    "#);
    let newer = page(&site, "posts/spring-tune-up-2024-03-09/index.html");
    assert!(newer.contains("The text after the tag stays."));
    assert!(newer.contains("Read the other one and /contact."));
    assert!(newer.contains("March 9, 2024"));
    let older = page(&site, "posts/spring-tune-up/index.html");
    assert!(older.contains(">broken link</a> keeps its text"));
    assert!(page(&site, "2024/03/tune-up.html").contains("/posts/spring-tune-up/"));
}

#[test]
fn a_hugo_site_builds_with_warnings() {
    let (output, site) = build("hugo");
    assert!(output.status.success(), "{}", stderr(&output));
    insta::assert_snapshot!(stderr(&output), @r#"
    warning: some topics name an industry
    help: `Café` (1) is Café
    help: write them as `industries:` so that people of that trade find the pieces

    warning: `{{< youtube dQw4w9WgXcQ >}}` is no block of Goodturn
      --> content/posts/first.md:10:1
       |
    10 | {{< youtube dQw4w9WgXcQ >}}
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: a block is written {{ name(argument="value") }}; for plain braces write \{{ or put the text in `code`

    warning: `{{< icon "star" >}}` is no block of Goodturn
      --> content/posts/first.md:12:8
       |
    12 | Before {{< icon "star" >}} after. [Second]({{< ref "second.md" >}})
       |        ^^^^^^^^^^^^^^^^^^^
       |
       = help: a block is written {{ name(argument="value") }}; for plain braces write \{{ or put the text in `code`

    warning: `{{< ref "second.md" >}}` is no block of Goodturn
      --> content/posts/first.md:12:44
       |
    12 | Before {{< icon "star" >}} after. [Second]({{< ref "second.md" >}})
       |                                            ^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: a block is written {{ name(argument="value") }}; for plain braces write \{{ or put the text in `code`

    warning: `{{% note %}}` is no block of Goodturn
      --> content/posts/first.md:14:1
       |
    14 | {{% note %}}
       | ^^^^^^^^^^^^
       |
       = help: a block is written {{ name(argument="value") }}; for plain braces write \{{ or put the text in `code`

    warning: `{{% /note %}}` is no block of Goodturn
      --> content/posts/first.md:16:1
       |
    16 | {{% /note %}}
       | ^^^^^^^^^^^^^
       |
       = help: a block is written {{ name(argument="value") }}; for plain braces write \{{ or put the text in `code`
    "#);
    let first = page(&site, "posts/first/index.html");
    assert!(first.contains("Before  after. Second"));
    assert!(first.contains("A note’s <em>text</em> stays."));
    let second = page(&site, "posts/second/index.html");
    assert!(second.matches("href=\"/posts/first/\"").count() >= 2);
    assert!(page(&site, "old/second/index.html").contains("/posts/second/"));
    // Hugo's own address of the page goes on working.
    assert!(page(&site, "elsewhere/index.html").contains("/posts/second/"));
}

#[test]
fn an_mdbook_builds_as_it_stands() {
    let (output, site) = build("mdbook");
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(stderr(&output), "");
    let cover = page(&site, "guide/index.html");
    assert!(cover.contains("A guide from elsewhere"));
    assert!(cover.contains("href=\"/guide/first/\""));
    let first = page(&site, "guide/first/index.html");
    assert!(first.contains("href=\"/guide/part/second/#its-end\""));
    assert!(page(&site, "guide/part/second/index.html").contains("href=\"/guide/first/\""));
    // Lines of Rust that are there for the compiler are for no reader.
    let code: Vec<&str> = first
        .split("<pre")
        .skip(1)
        .filter_map(|rest| rest.split_once("<code")?.1.split_once("</code>"))
        .map(|(code, _)| code)
        .collect();
    assert_eq!(
        code,
        [
            " class=\"language-rust\">#[allow(unused)]\nlet fee = 12;\n# not hidden\n",
            " class=\"language-rust\">fmt::format(fee);\n",
            " class=\"language-sh\"># a comment stays\n",
        ]
    );
}
