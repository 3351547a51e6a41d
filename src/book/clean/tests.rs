use std::collections::HashSet;

use proptest::prelude::*;

use super::*;
use crate::book::Element;
use crate::book::markup::{self, Syntax};

/// A book whose other chapter is `other.md`; every picture named `known…` is in it.
struct Known;

impl Addresses for Known {
    fn link(&self, _: &str, href: &str) -> Destination {
        match href.split_once('#') {
            Some(("other.md", fragment)) => Destination::Chapter {
                key: "other".into(),
                fragment: Some(fragment.into()),
            },
            _ if href.contains(':') => Destination::Web(href.into()),
            _ => Destination::Nowhere,
        }
    }
    fn picture(&self, _: &str, src: &str) -> Option<String> {
        src.starts_with("known").then(|| src.to_owned())
    }
}

struct AsIs;

impl markup::Links for AsIs {
    fn href(&self, href: &str) -> Option<String> {
        Some(href.to_owned())
    }
    fn src(&self, src: &str) -> Option<String> {
        Some(src.to_owned())
    }
}

fn trees(chapters: &[(&str, &str)]) -> (Vec<Vec<Node>>, Vec<String>) {
    let chapters: Vec<Rendered> = chapters
        .iter()
        .map(|(key, html)| Rendered {
            key: (*key).into(),
            html: (*html).into(),
            file: "a.md".into(),
            pictures: HashMap::new(),
        })
        .collect();
    let mut problems = Vec::new();
    let trees = clean(&chapters, &Known, &mut problems);
    (trees, problems.into_iter().map(|p| p.message).collect())
}

/// A chapter `c`, cleaned and written.
fn written(html: &str) -> String {
    let (trees, _) = trees(&[("c", html), ("other", "<h2 id=there>x</h2>")]);
    let mut out = String::new();
    markup::write(&trees[0], Syntax::Epub, &AsIs, &mut out);
    out.replace('\n', "")
}

#[test]
fn blocks_never_stand_in_a_line() {
    assert_eq!(
        written("<em>a<p>b</p>c</em>"),
        "<p><em>a</em></p><p><em>b</em></p><p><em>c</em></p>"
    );
    assert_eq!(
        written("<a href='https://e.org/x'><div><p>b</p><a href='https://f.org'>n</a></div></a>"),
        "<p><a href=\"https://e.org/x\">b</a></p><p><a href=\"https://f.org/\">n</a></p>"
    );
    assert_eq!(
        written("<pre><div>a</div></pre>"),
        "<pre dir=\"ltr\"> a </pre>"
    );
}

#[test]
fn headings_go_down_one_level_at_a_time() {
    assert_eq!(
        written("<h4>a</h4><h6>b</h6><h5>c</h5><h2>d</h2><h3>e</h3>"),
        "<h2>a</h2><h3>b</h3><h3>c</h3><h2>d</h2><h3>e</h3>"
    );
}

#[test]
fn links_are_settled_and_dead_ones_leave_their_text() {
    assert_eq!(
        written(
            "<p id=here><a href='#here'>a</a> <a href='#gone'>b</a> <a href='other.md#there'>c</a> <a href='other.md#lost'>d</a> <a href='lost.md'>e</a> <a href='javascript:x'>f</a> <a href='https://../'>g</a></p>"
        ),
        "<p id=\"c-here\"><a href=\"#c-here\">a</a> b <a href=\"#other-there\">c</a> <a href=\"#other\">d</a> e f g</p>"
    );
}

#[test]
fn an_id_whose_element_goes_leads_to_what_comes_next() {
    assert_eq!(
        written(
            "<div id=a></div><a name=b></a><p id=c>x</p><p><a href='#a'>1</a><a href='#b'>2</a><a href='#end'>3</a></p><h2 id=end></h2>"
        ),
        "<p id=\"c-c\">x</p><p><a href=\"#c-c\">1</a><a href=\"#c-c\">2</a><a href=\"#c\">3</a></p>"
    );
}

#[test]
fn ids_of_chapters_never_meet() {
    let (trees, _) = trees(&[("a", "<p id='b-c'>x</p>"), ("a-b", "<p id='c'>y</p>")]);
    let id = |at: usize| match &trees[at][0] {
        Node::Element(element) => element.attribute("id").map(str::to_owned),
        Node::Text(_) => None,
    };
    assert_eq!(
        (id(0), id(1)),
        (Some("a-b-c".into()), Some("a-b-c-2".into()))
    );
}

#[test]
fn footnotes_have_one_shape_and_stand_at_the_end() {
    let html = written(
        "<p>a<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1\">1</a></sup></p>\
         <section class=\"footnotes\"><ol><li id=\"fn-1\"><p>Note. <a class=\"backref\" href=\"#fnref-1\">b</a></p></li></ol></section><p>z</p>",
    );
    assert_eq!(
        html,
        "<p>a<sup><a id=\"c-fnref-1\" href=\"#c-fn-1\" epub:type=\"noteref\" role=\"doc-noteref\">1</a></sup></p><p>z</p>\
         <aside epub:type=\"footnote\" role=\"doc-footnote\" id=\"c-fn-1\"><p><a role=\"doc-backlink\" href=\"#c-fnref-1\">1</a> Note.</p></aside>"
    );
}

#[test]
fn cells_never_overlap_and_each_column_begins_somewhere() {
    assert_eq!(
        written("<table><tr><td rowspan=5>a<td rowspan=0>b<tr><td colspan=2>c</table>"),
        "<table><tbody><tr><td rowspan=\"2\">a</td><td rowspan=\"2\">b</td></tr><tr><td>c</td></tr></tbody></table>"
    );
}

#[test]
fn lists_hold_items_and_terms_come_first() {
    assert_eq!(
        written("<ul>x<li>a</li><ul><li>b</li></ul></ul><li>c</li>"),
        "<ul><li>x</li><li>a<ul><li>b</li></ul></li></ul><ul><li>c</li></ul>"
    );
    assert_eq!(
        written("<dl><dd>a</dd><dt>b</dt></dl>"),
        "<p>a</p><dl><dt>b</dt><dd></dd></dl>"
    );
}

#[test]
fn what_cannot_be_shown_is_told_once() {
    let (_, told) = trees(&[(
        "a",
        "<img src='https://e.org/a.png' alt='Far'><img src=x.png><img src=//e.org/b.png><svg></svg>",
    )]);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].starts_with("2 pictures"));
    assert_eq!(
        written("<p>see <img src='https://e.org/a.png' alt='a hat'></p>"),
        "<p>see a hat</p>"
    );
    let (_, told) = trees(&[("a", "<img src=x.png alt=Gone>")]);
    assert_eq!(told, Vec::<String>::new());
    let (_, told) = trees(&[("a", "<img src='data:image/png;base64,AA=='>")]);
    assert!(told[0].contains("`data:`"), "{told:?}");
}

#[test]
fn keys_are_names_of_xml_and_unique() {
    assert_eq!(
        keys(["Intro", "01 intro", "intro", "", "日本"])[..3],
        ["intro", "c01-intro", "intro-2"]
    );
}

/// Whether the tree keeps to what `rules` promises.
fn check(element: &Element, parents: &mut Vec<String>) {
    let name = element.name.as_str();
    let parent = parents.last().map_or("", String::as_str).to_owned();
    let in_line = [
        "p",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "dt",
        "pre",
        "caption",
        "figcaption",
        "a",
        "em",
        "b",
        "span",
    ];
    if rules::fate(name).is_block() {
        assert!(!in_line.contains(&parent.as_str()), "{name} in {parent}");
    }
    let fits = match name {
        "li" => matches!(parent.as_str(), "ul" | "ol"),
        "dt" | "dd" => parent == "dl",
        "td" | "th" => parent == "tr",
        "tr" => matches!(parent.as_str(), "thead" | "tbody" | "tfoot"),
        "thead" | "tbody" | "tfoot" | "caption" => parent == "table",
        "figcaption" => parent == "figure",
        "a" => !parents.iter().any(|parent| parent == "a") && element.attribute("href").is_some(),
        "script" | "style" | "iframe" | "form" | "input" | "video" | "svg" => false,
        _ => true,
    };
    assert!(fits, "{name} in {parents:?}");
    if matches!(
        name,
        "ul" | "ol" | "dl" | "table" | "tr" | "blockquote" | "p" | "figure"
    ) {
        assert!(!element.children.is_empty(), "an empty {name}");
    }
    parents.push(name.to_owned());
    for child in &element.children {
        if let Node::Element(child) = child {
            check(child, parents);
        }
    }
    parents.pop();
}

fn ids(nodes: &[Node], found: &mut Vec<String>) {
    for node in nodes {
        if let Node::Element(element) = node {
            found.extend(element.attribute("id").map(str::to_owned));
            ids(&element.children, found);
        }
    }
}

/// Tags of every kind, well and badly formed.
fn soup() -> impl Strategy<Value = String> {
    const NAMES: [&str; 48] = [
        "p",
        "div",
        "span",
        "em",
        "a",
        "b",
        "h1",
        "h3",
        "h6",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "caption",
        "figure",
        "figcaption",
        "img",
        "br",
        "hr",
        "pre",
        "code",
        "blockquote",
        "details",
        "summary",
        "section",
        "aside",
        "ruby",
        "rt",
        "rp",
        "video",
        "iframe",
        "form",
        "input",
        "button",
        "select",
        "svg",
        "math",
        "script",
        "template",
    ];
    let name = prop::sample::select(&NAMES[..]);
    let attribute = prop::sample::select(
        &[
            "",
            " id=a",
            " id='b c'",
            " class=footnotes",
            " class='alert x'",
            " href='#a'",
            " href='https://e.org/ x'",
            " src=known.png alt",
            " rowspan=3",
            " colspan=4",
            " type=checkbox",
            " hidden",
            " lang=de",
            " dir=rtl",
            " name=n",
            " title='\"<'",
        ][..],
    );
    let piece = prop_oneof![
        4 => (name.clone(), attribute).prop_map(|(name, attribute)| format!("<{name}{attribute}>")),
        2 => name.prop_map(|name| format!("</{name}>")),
        2 => "[a-c &<>\"\u{1}\u{7}\n]{0,6}",
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn whatever_comes_in_a_sound_tree_goes_out(html in soup()) {
        let (trees, _) = trees(&[("c", &html), ("d", &html)]);
        let mut all = Vec::new();
        for tree in &trees {
            for node in tree {
                match node {
                    Node::Element(element) => check(element, &mut Vec::new()),
                    Node::Text(text) => prop_assert!(false, "bare text: {text}"),
                }
            }
            ids(tree, &mut all);
            let mut out = String::from("<body xmlns:epub=\"e\">");
            markup::write(tree, Syntax::Epub, &AsIs, &mut out);
            out.push_str("</body>");
            let parsed = roxmltree::Document::parse(&out);
            prop_assert!(parsed.is_ok(), "{:?}: {out}", parsed.err());
        }
        let unique: HashSet<&String> = all.iter().collect();
        prop_assert_eq!(unique.len(), all.len());
    }
}
