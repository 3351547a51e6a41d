//! Chapters with every trap that was met in real books.

use super::{bound, tools, written};
use goodturn::book::{Element, Node, Picture};

/// Every trap, one to a chapter: key, title and HTML.
pub fn chapters() -> Vec<(&'static str, &'static str, String)> {
    let trap = |key, title, html: &str| (key, title, html.to_owned());
    vec![
        trap(
            "unclosed",
            "Unclosed tags",
            "<p>one<p>two<b>bold<i>both</b>italic<ul><li>a<li>b<div>c</ul>after<table><tr><td>x<td>y</table><blockquote>quote<p>in it",
        ),
        trap(
            "attributes",
            "Attributes without values",
            "<p align=center class>a <input disabled checked type=checkbox> b</p><ol reversed start=3 type=a><li value=x>c<li value=7>d</ol><a href>nowhere</a><img alt><td>stray</td><p onclick='x()' style='color:red' data-x=1 lang='not a language' dir=sideways>e</p><p lang=de dir=ltr>f</p>",
        ),
        trap(
            "ids",
            "The same id twice",
            "<h2 id=a>A</h2><h2 id=a>Again</h2><p id='b c'>x</p><p id='1'>y</p><p id=''>z</p><a name=old></a><p>after</p><p><a href='#old'>old</a> <a href='#a'>a</a> <a href='#b%20c'>b</a> <a href='#1'>1</a> <a href='#gone'>gone</a> <a href='#'>top</a></p><div id=empty></div><p><a href='#empty'>empty</a></p><h2 id=ends></h2>",
        ),
        trap(
            "ids-a",
            "Ids that meet",
            "<h2 id='a'>Meets <code>ids</code> and a link <a href='ids.md#a'>there</a></h2><p><a href='ids.md'>chapter</a> <a href='ids.md#lost'>lost</a> <a href='gone.md'>gone</a></p>",
        ),
        trap(
            "notes",
            "Footnotes in odd places",
            "<h2 id=h>Heading<sup class=footnote-ref><a href='#fn-1' id=fnref-1>1</a></sup></h2><table><tr><td>cell<sup class=footnote-ref><a href='#fn-2' id=fnref-2>2</a></sup></td></tr></table><p>again<sup class=footnote-ref><a href='#fn-1' id=fnref-1-2>1</a></sup> dead<sup class=footnote-ref><a href='#fn-9' id=fnref-9>9</a></sup> <a href='https://e.org'>in a link<sup class=footnote-ref><a href='#fn-1' id=fnref-1-3>1</a></sup></a></p><section class=footnotes aria-label=Footnotes><ol><li id=fn-1><p>One. <a class=backref href='#fnref-1'>↩</a></p></li><li id=fn-2><blockquote>Two with a note<sup class=footnote-ref><a href='#fn-1' id=fnref-1-4>1</a></sup>.</blockquote><pre>code</pre></li><li id=fn-3></li></ol></section>",
        ),
        trap(
            "links",
            "Links",
            "<p><a href='https://example.org/a b|c?d={e}#f[g]'>odd</a> <a href='http://'>none</a> <a href='javascript:alert(1)'>script</a> <a href='made-up:x'>scheme</a> <a href='mailto:a@b.org'>mail</a> <a href='tel:+1 2'>tel</a> <a href='https://[::1]/'>six</a> <a href='https://e.org/100%'>percent</a> <a href='HTTPS://Ö.example/ü'>idn</a><a href='https://e.org'></a></p><a href='https://e.org'><div><p>a block</p><h3>a heading</h3><a href='https://f.org'>nested</a></div></a>",
        ),
        trap(
            "control",
            "Control characters",
            "<p>bell \u{7} null \u{1} \u{b} \u{fffe} \u{ffff} \u{85} \u{7f} &#13; &#7; end</p><pre><code class='language-a\u{7}b'>x\u{8}y</code></pre><p title='\u{1}'>t</p>",
        ),
        trap(
            "lists",
            "Tables in lists",
            "<ul><li><table><thead><tr><th>a<th></tr><tbody><tr><td rowspan=9>b<td colspan=0>c<tr><td colspan=3>d</table><li>e</ul><ul>text<li>f</li><ul><li>nested</li></ul><p>p</p></ul><ul></ul><ol> </ol><li>stray<li>more<dl><dd>no term</dd><dt>term<dt>two<dd>meaning<div><dt>x</dt><dd>y</dd></div>loose<dt>last</dl><dl></dl><dt>alone</dt><menu><li>m</menu>",
        ),
        trap(
            "tables",
            "Tables",
            "<table><caption>C<p>d</p></caption><caption>E</caption><colgroup><col></colgroup><thead><tr><th>1</thead><thead><tr><th scope=col>2</thead><tfoot><tr><td>f</tfoot><tbody><tr><tr><td rowspan=3 align=right>x<td rowspan=2>y<tr><td colspan=2>z<h2>in</h2></tbody></table><table></table><table><caption>Only</caption></table><tr><td>no table</td></tr><table><tr><td><table><tr><td>inner</table></table>foster<table>parent<tr>ed<td>q</table>",
        ),
        trap(
            "headings",
            "Headings that skip",
            "<h4>four</h4><h2>two</h2><h6>six</h6><h3>three</h3><h1>one</h1><h6>six</h6><h2></h2><h3><img src=remote.png alt=''></h3><blockquote><h5>in a quote</h5></blockquote><ul><li><h3>in a list</h3></ul><p><h3>in a paragraph</h3></p><table><tr><th><h3>in a cell</h3></table><details><summary><h3>in a summary</h3></summary>text</details><dl><dt><h4>term</h4><dd><h4>meaning</h4></dl><button><h3>in a button</h3></button>",
        ),
        trap(
            "media",
            "Media and forms",
            "<video controls poster=p.png><source src='https://v.org/a.mp4'>no video <a href='https://v.org'>here</a></video><iframe src='https://y.org/embed' title='A talk'></iframe><iframe src='local.html'>x</iframe><audio src=a.mp3></audio><object data='https://o.org/x.swf'>fall <b>back</b></object><embed src='https://e.org/e'><form action=x><fieldset><legend>Who</legend><label>Name <input name=n value=v></label><select><option>o</select><textarea>t</textarea><button>Send</button></fieldset></form><script>alert('</p>')</script><style>p{}</style><noscript><p>no script</p></noscript><template><p>t</p></template><canvas>c</canvas><svg aria-hidden=true><path d='M0'/></svg><svg><title>Chart</title><foreignObject><p>f</p></foreignObject></svg><math><mi>x</mi></math><marquee><p>m</p></marquee><x-own><p>own</p></x-own><map name=m><area href=x></map><progress value=1></progress><dialog>hi</dialog><p hidden>gone</p>",
        ),
        trap(
            "inline",
            "Blocks within lines",
            "<em>a<p>b</p>c</em><span lang=fr><div>d</div></span><p><span><div>e</div></span></p><strong><ul><li>f</ul></strong><pre><div>g</div>  <p>h</p></pre><code><pre>i</pre></code><q cite=x>j</q><bdo>k</bdo><bdo dir=rtl>l</bdo><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby><ruby><rt>m</ruby><rt>n</rt><abbr title=''>o</abbr><acronym title='P'>p</acronym><time datetime=x>q</time><font color=red>r</font><center>s</center><big>t</big><tt>u</tt><wbr><br clear=all><hr noshade><figure><figcaption>only a caption</figcaption></figure><figure><figcaption>first</figcaption><img src=fake.jpg alt=x><figcaption>second</figcaption>text</figure><figcaption>stray</figcaption><legend>v</legend><summary>w</summary><address>x<h2>y</h2></address>",
        ),
        trap(
            "pictures",
            "Pictures",
            "<p><img src=fake.jpg alt='A PNG that is called JPEG' width=10% height=20><img src=drawing.svg alt='A drawing' id=drawing><img src='https://e.org/far.png' alt='A far picture'><img src=missing.png><picture><source srcset='a.webp'><img src=moving.gif alt=''></picture></p><figure><img src='https://e.org/far.png' alt='Far'><figcaption>Its caption</figcaption></figure><p><img src=fake.jpg alt='x' usemap='#m' ismap srcset='y 2x' sizes='1'></p>",
        ),
        trap(
            "blocks",
            "Goodturn's blocks",
            "<div class=\"alert alert-note mine\" role=note><p class=alert-title>Note</p><p>text</p></div><div class=checklist role=group aria-label=X><p class=checklist-title aria-hidden=true>X</p><ul><li>a</li></ul></div><ul class=tasks><li class=task><input type=checkbox disabled checked aria-label=done /> done</li><li class=task><input type=checkbox disabled /> open</li></ul><div class=table tabindex=0 role=group aria-label=Table><table><tr><td class=right>1</td></tr></table></div><details open><summary>More <b>to</b> see</summary>hidden<p>text</p></details><h2 id=x>Head <a class=anchor href='#x' aria-label='Link'>#</a></h2>",
        ),
        trap(
            "deep",
            "Too deep",
            &("<blockquote>".repeat(100_000) + "deep"),
        ),
        trap(
            "deeper",
            "Too deep within lines",
            &("<b><i class=x>".repeat(2_000) + "deep" + &"<ul><li>".repeat(2_000)),
        ),
        trap("empty", "An empty one", "  <!-- nothing --> "),
    ]
}

/// A PNG of one pixel.
pub fn dot() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 1, 1);
    encoder.set_color(png::ColorType::Grayscale);
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&[0]).expect("a pixel");
    writer.finish().expect("an end");
    bytes
}

const DRAWING: &str = r##"<?xml version="1.0" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [<!ENTITY red "#f00">]>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:tool="urn:tool" viewBox="0 0 20 10" onload="alert(1)" tool:version="1">
<metadata><tool:x/></metadata><script>alert(1)</script><style>@import url(https://e.org/a.css); rect { fill: blue }</style>
<defs><rect id="1 a" width="5" height="5"/></defs><image xlink:href="https://e.org/a.png" width="1" height="1"/>
<a xlink:href="https://e.org"><text x="1" y="9" tool:kind="t">Red</text></a><rect width="20" height="5" fill="&red;"/></svg>"##;

/// A GIF of one pixel.
pub fn gif() -> Vec<u8> {
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;".to_vec()
}

fn pictures() -> Vec<(&'static str, Picture)> {
    let read = |bytes| Picture::read(bytes).expect("a picture");
    vec![
        ("fake.jpg", read(dot())),
        ("drawing.svg", read(DRAWING.into())),
        ("moving.gif", read(gif())),
    ]
}

fn elements<'a>(nodes: &'a [Node], found: &mut Vec<&'a Element>) {
    for node in nodes {
        if let Node::Element(element) = node {
            found.push(element);
            elements(&element.children, found);
        }
    }
}

#[test]
fn nasty_chapters_make_an_epub_without_findings() {
    let (book, problems) = bound("Every trap", &chapters(), pictures());
    let told: Vec<&str> = problems.iter().map(|p| p.message.as_str()).collect();
    assert!(
        told.iter().any(|told| told.contains("100 levels")),
        "{told:?}"
    );
    assert!(
        told.iter()
            .any(|told| told.contains("pictures of other websites")),
        "{told:?}"
    );
    assert_eq!(book.pictures["fake.jpg"].media_type, "image/png");
    tools::epubcheck(&written(&book, "nasty"));
}

#[test]
fn a_right_to_left_book_of_parts_makes_an_epub_without_findings() {
    let (mut book, _) = bound("كتاب", &chapters(), pictures());
    book.lang = "ar".into();
    book.subtitle = None;
    book.date = Some("yesterday".into());
    let chapters = std::mem::take(&mut book.parts[0].chapters);
    let mut chapters = chapters.into_iter();
    let mut first = chapters.next().expect("a chapter");
    first.number = Some("1".into());
    first.children = chapters.by_ref().take(3).collect();
    book.parts[0].chapters = vec![first];
    book.parts.push(goodturn::book::Part {
        title: Some("Part & <more>".into()),
        chapters: chapters.collect(),
    });
    tools::epubcheck(&written(&book, "right-to-left"));
}

#[test]
fn a_sane_book_is_accessible() {
    let html = chapters()
        .into_iter()
        .filter(|(key, ..)| matches!(*key, "notes" | "blocks" | "lists"));
    let mut chapters: Vec<_> = html.collect();
    chapters.push(("plain", "A plain chapter", "<p>Text with a <a href='notes.md'>link</a>.</p><figure><img src=fake.jpg alt='A dot'><figcaption>The dot</figcaption></figure><h2 id=a>A heading</h2><p>Text.</p><h3 id=b>Below it</h3><p>More.</p>".to_owned()));
    let (book, _) = bound("A sane book", &chapters, pictures());
    let path = written(&book, "sane");
    tools::epubcheck(&path);
    tools::ace(&path);
}

#[test]
fn the_same_book_gives_the_same_bytes() {
    let make = || {
        let (book, _) = bound("Every trap", &chapters(), pictures());
        let picture = Picture::read(dot()).expect("a picture");
        goodturn::book::epub::epub(&book, &picture, &Default::default()).expect("an EPUB")
    };
    let first = make();
    assert_eq!(first, make());
    // OCF: the type of the file is named at a fixed place, unpacked.
    assert_eq!(&first[30..58], b"mimetypeapplication/epub+zip");
}

#[test]
fn a_book_without_text_is_told() {
    let (book, _) = bound("Empty", &[("a", "A", String::new())], Vec::new());
    let picture = Picture::read(dot()).expect("a picture");
    let told = goodturn::book::epub::epub(&book, &picture, &Default::default());
    let told = told.expect_err("an error");
    assert_eq!(told[0].message, "the book \"Empty\" has no text");
}

#[test]
fn ids_are_unique_and_every_link_inside_leads_to_one() {
    let (book, _) = bound("Every trap", &chapters(), pictures());
    let mut found = Vec::new();
    let chapters = &book.parts[0].chapters;
    for chapter in chapters {
        elements(&chapter.tree, &mut found);
    }
    let mut ids: Vec<&str> = found.iter().filter_map(|e| e.attribute("id")).collect();
    ids.extend(chapters.iter().map(|chapter| chapter.key.as_str()));
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
    let links: Vec<&str> = found
        .iter()
        .filter_map(|e| e.attribute("href")?.strip_prefix('#'))
        .collect();
    assert!(links.len() > 10);
    for link in links {
        assert!(ids.binary_search(&link).is_ok(), "{link}");
    }
}
