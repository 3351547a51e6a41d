//! The code that trees become.

use std::collections::BTreeMap;

use super::facts::{self, Facts};
use super::pictures::Pictures;
use super::writer::Writer;
use crate::book::{Book, Chapter, Element, Node, Part};

/// A tree from a few brackets: `tag attribute="value"(children)` would be a parser of its own, so
/// trees are put together by hand.
fn element(name: &str, attributes: &[(&str, &str)], children: Vec<Node>) -> Node {
    let own = |(key, value): &(&str, &str)| (key.to_string(), value.to_string());
    Node::Element(Element {
        name: name.into(),
        attributes: attributes.iter().map(own).collect(),
        children,
    })
}

fn text(text: &str) -> Node {
    Node::Text(text.into())
}

fn tag(name: &str, inside: &str) -> Node {
    element(name, &[], vec![text(inside)])
}

/// The code of a chapter with this tree.
fn code(tree: Vec<Node>) -> String {
    let chapter = Chapter {
        key: "one".into(),
        title: "One".into(),
        tree,
        ..Chapter::default()
    };
    let parts = vec![Part {
        title: None,
        chapters: vec![chapter],
    }];
    let book = Book {
        parts,
        pictures: BTreeMap::new(),
        ..Book::default()
    };
    let chapters = facts::chapters(&book);
    let facts = Facts::of(&chapters);
    let pictures = Pictures::default();
    let mut writer = Writer::new(&facts, &pictures, 324.0);
    writer.chapter_text(&chapters[0].chapter.tree)
}

#[test]
fn space_between_words_is_one_and_stays_outside() {
    let tree = element(
        "p",
        &[],
        vec![
            text("\n  a  b\n"),
            tag("em", " c "),
            text("d "),
            tag("code", "e  f"),
            text(" "),
        ],
    );
    insta::assert_snapshot!(code(vec![tree]), @r##"p({"a b";" ";emph({"c";});" d";" ";short-code("e  f");});"##);
}

#[test]
fn what_an_author_writes_is_never_code() {
    let nasty = "#import \"x\": * $a$ @b <c> */ // \\ \u{0} `d` = e";
    insta::assert_snapshot!(code(vec![tag("p", nasty), tag("pre", nasty)]), @r##"p({"#import \"x\": * $a$ @b <c> */ // \\ `d` = e";});plain-code(true,"#import \"x\": * $a$ @b <c> */ // \\  `d` = e");"##);
}

#[test]
fn headings_skip_no_level() {
    let tree = ["h2", "h4", "h3", "h2", "h1"].map(|name| tag(name, name));
    insta::assert_snapshot!(code(tree.into()), @r##"section(2,1,none,{"h2";});section(3,2,none,{"h4";});section(3,2,none,{"h3";});section(2,1,none,{"h2";});section(2,1,none,{"h1";});"##);
}

#[test]
fn notes_stand_where_they_are_referred_to() {
    let reference = |to: &str| {
        element(
            "sup",
            &[],
            vec![element(
                "a",
                &[("role", "doc-noteref"), ("href", to)],
                vec![text("1")],
            )],
        )
    };
    let back = element(
        "a",
        &[("role", "doc-backlink"), ("href", "#r")],
        vec![text("↩")],
    );
    let note = element(
        "aside",
        &[("role", "doc-footnote"), ("id", "n")],
        vec![element("p", &[], vec![text("The note. "), back])],
    );
    let line = element(
        "p",
        &[],
        vec![
            text("Said"),
            reference("#n"),
            text(" twice"),
            reference("#n"),
            text(", "),
            reference("#gone"),
        ],
    );
    insta::assert_snapshot!(code(vec![line, note]), @r##"p({"Said";note("note n","1",{"";"The note.";});/**/" twice";note-again("note n","1");/**/",";" 1";});"##);
}

#[test]
fn links_lead_to_what_is_there() {
    let link = |to: &str| element("a", &[("href", to)], vec![text(to)]);
    let line = element(
        "p",
        &[],
        vec![
            link("#two"),
            text(" "),
            link("#gone"),
            text(" "),
            link("https://example.org/a?b"),
            text(" "),
            link("javascript:alert(1)"),
        ],
    );
    let heading = element("h2", &[("id", "two")], vec![text("Two")]);
    insta::assert_snapshot!(code(vec![line, heading]), @r##"p({link(label("two"),{"#two";});" #gone";" ";link("https://example.org/a?b",{"https://example.org/a?b";});" javascript:alert(1)";});section(2,1,"two",{"Two";});"##);
}

#[test]
fn cells_stand_where_html_puts_them() {
    let cell = |name: &str, attributes: &[(&str, &str)], inside: &str| {
        element(name, attributes, vec![text(inside)])
    };
    let row = |cells: Vec<Node>| element("tr", &[], cells);
    let head = element(
        "thead",
        &[],
        vec![row(vec![
            cell("th", &[], "a"),
            cell("th", &[("align", "right")], "b"),
            cell("th", &[], "c"),
        ])],
    );
    let body = element(
        "tbody",
        &[],
        vec![
            row(vec![
                cell("td", &[("rowspan", "9")], "d"),
                cell("td", &[("colspan", "2")], "e"),
            ]),
            row(vec![
                cell("td", &[("class", "align-right")], "f"),
                cell("th", &[], "g"),
            ]),
        ],
    );
    insta::assert_snapshot!(code(vec![element("table", &[], vec![head, body])]), @r##"rows(9.2pt,true,3,head(repeat:true,cell(x:0,y:0,{"";strong({"a";});}),cell(x:1,y:0,align:end,{"";strong({"b";});}),cell(x:2,y:0,{"";strong({"c";});}),),cell(x:0,y:1,rowspan:2,{"";"d";}),cell(x:1,y:1,colspan:2,{"";"e";}),cell(x:1,y:2,align:end,{"";"f";}),cell(x:2,y:2,{"";strong({"g";});}),);"##);
}

#[test]
fn lists_of_all_kinds() {
    let tree = vec![
        element(
            "ul",
            &[],
            vec![element(
                "li",
                &[],
                vec![text("a\n"), element("ul", &[], vec![tag("li", "b")])],
            )],
        ),
        element(
            "ol",
            &[("start", "3")],
            vec![element("li", &[], vec![tag("p", "c")])],
        ),
        element(
            "ul",
            &[],
            vec![
                element("li", &[], vec![text("☑ d")]),
                element("li", &[], vec![element("p", &[], vec![text("☐ e")])]),
            ],
        ),
        element(
            "dl",
            &[],
            vec![tag("dt", "f"), tag("dt", "g"), tag("dd", "h")],
        ),
    ];
    insta::assert_snapshot!(code(tree), @r##"list(..near,{[];"a";list(..near,{[];"b";},);},);enum(numbering:"1.",start:3,reversed:false,..apart,{[];"c";},);tasks(("☑","☐",),..apart,{[];"d";},{[];"e";},);terms(tight:false,terms.item({"";"f";linebreak();"g";},{"";"h";}),);"##);
}

#[test]
fn text_that_lies_too_deep_keeps_its_words() {
    let mut node = text("bottom");
    for _ in 0..60 {
        node = element("blockquote", &[], vec![node]);
    }
    let code = code(vec![node]);
    assert!(code.contains("\"bottom\""), "{code}");
    assert!(
        code.matches("quoted(").count() <= super::writer::DEEPEST,
        "{code}"
    );
}
