//! What may stand in a cleaned tree, and what becomes of everything else.
//!
//! The elements that are left, with what they hold and the attributes they may have beside `id`,
//! `lang` and `dir` (`ltr`, `rtl`, `auto`):
//!
//! | element | holds | attributes |
//! | --- | --- | --- |
//! | `p` | phrasing | `class`: `alert-title`, `checklist-title`, `summary`, `act`, `download`, `video`, `kicker`, `card-title` |
//! | `h2` … `h6` | phrasing; never deeper than one level below the heading before | |
//! | `blockquote` | blocks | |
//! | `div` | blocks | `class`: `alert` with `alert-note`, `-tip`, `-important`, `-warning` or `-caution`; `checklist`, `gallery`, `card` |
//! | `pre` | phrasing, spaces kept | |
//! | `ul` | `li`, at least one | `class`: `tasks` |
//! | `ol` | `li`, at least one | `start`, a whole number |
//! | `li` | phrasing, blocks, or phrasing before blocks | `value`, a whole number |
//! | `dl` | one or more `dt`, then one or more `dd`, and again | |
//! | `dt` | phrasing | |
//! | `dd` | as `li` | |
//! | `table` | at most one `caption`, `thead`, any number of `tbody`, at most one `tfoot` | |
//! | `caption` | phrasing | |
//! | `thead`, `tbody`, `tfoot` | `tr`, at least one | |
//! | `tr` | `th`, `td`, at least one | |
//! | `th`, `td` | as `li`; no headings | `colspan`, `rowspan` (no two cells overlap, none reaches below its group), `class`: `left`, `center`, `right`; `scope` on `th` |
//! | `figure` | phrasing (pictures) or blocks, and one `figcaption` at most, as its last | `class`: `quote` |
//! | `figcaption` | phrasing | |
//! | `aside` | blocks; only footnotes, at the end of a chapter | `role`: `doc-footnote`, and always `id` |
//! | `hr` | nothing | |
//! | `a` | phrasing without `a` | `href` always: `#id` inside the book, else a full address; `title`; `role`: `doc-noteref` on a footnote's number |
//! | `img` | nothing | `src` always: a key of [`Book::pictures`](crate::book::Book::pictures); `alt` always; `title`, `width`, `height` |
//! | `code` | phrasing | `class`: `language-…` |
//! | `abbr`, `dfn` | phrasing | `title` |
//! | `bdo` | phrasing | `dir` always |
//! | `ruby` | phrasing, `rt`, `rp` | |
//! | `rt`, `rp` | phrasing | |
//! | `b`, `bdi`, `cite`, `del`, `em`, `i`, `ins`, `kbd`, `mark`, `q`, `s`, `samp`, `small`, `span`, `strong`, `sub`, `sup`, `u`, `var` | phrasing | |
//! | `br`, `wbr` | nothing | |
//!
//! A box of a task list is the text `☐` or `☑`. `details` stands open; a video, a frame and the
//! like is a link with its title; a form leaves its text.

/// What becomes of an element of HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// Left out with all that is in it.
    Dropped,
    /// Its content stays in its place.
    Opened,
    /// Stays within a line, under this name.
    Inline(&'static str),
    /// A link, a line break, a picture …: each has a rule of its own.
    Link,
    Break(&'static str),
    Picture,
    Box,
    Embed,
    Ruby,
    RubyText(&'static str),
    /// A paragraph, and what is one in a book.
    Paragraph,
    Heading(u8),
    Preformatted,
    /// Holds blocks; stays only if it says something.
    Group,
    Quote,
    Rule,
    List(&'static str),
    Item,
    Terms,
    Term,
    Definition,
    Table,
    /// A part of a table; elsewhere only its content is left.
    TablePart,
    Figure,
    Caption,
}

impl Fate {
    /// Whether it cannot stand within a line.
    pub fn is_block(self) -> bool {
        use Fate::*;
        !matches!(
            self,
            Dropped
                | Opened
                | Inline(_)
                | Link
                | Break(_)
                | Picture
                | Box
                | Embed
                | Ruby
                | RubyText(_)
        )
    }
}

/// What becomes of the element with this name.
pub(super) fn fate(name: &str) -> Fate {
    use Fate::*;
    match name {
        "abbr" | "acronym" => Inline("abbr"),
        "b" => Inline("b"),
        "bdi" => Inline("bdi"),
        "bdo" => Inline("bdo"),
        "cite" => Inline("cite"),
        "code" | "tt" => Inline("code"),
        "del" => Inline("del"),
        "dfn" => Inline("dfn"),
        "em" => Inline("em"),
        "i" => Inline("i"),
        "ins" => Inline("ins"),
        "kbd" => Inline("kbd"),
        "mark" => Inline("mark"),
        "q" => Inline("q"),
        "s" | "strike" => Inline("s"),
        "samp" => Inline("samp"),
        "small" => Inline("small"),
        "span" => Inline("span"),
        "strong" => Inline("strong"),
        "sub" => Inline("sub"),
        "sup" => Inline("sup"),
        "u" => Inline("u"),
        "var" => Inline("var"),
        "a" => Link,
        "br" => Break("br"),
        "wbr" => Break("wbr"),
        "img" | "image" => Picture,
        "input" => Box,
        "audio" | "embed" | "iframe" | "object" | "video" => Embed,
        "ruby" => Ruby,
        "rt" => RubyText("rt"),
        "rp" => RubyText("rp"),
        "p" | "summary" | "legend" => Paragraph,
        "h1" => Heading(1),
        "h2" => Heading(2),
        "h3" => Heading(3),
        "h4" => Heading(4),
        "h5" => Heading(5),
        "h6" => Heading(6),
        "pre" | "listing" | "plaintext" | "xmp" => Preformatted,
        "address" | "article" | "aside" | "center" | "details" | "dialog" | "div" | "fieldset"
        | "footer" | "form" | "header" | "hgroup" | "main" | "nav" | "search" | "section" => Group,
        "blockquote" => Quote,
        "hr" => Rule,
        "ul" | "menu" | "dir" => List("ul"),
        "ol" => List("ol"),
        "li" => Item,
        "dl" => Terms,
        "dt" => Term,
        "dd" => Definition,
        "table" => Table,
        "caption" | "tbody" | "td" | "tfoot" | "th" | "thead" | "tr" => TablePart,
        "figure" => Figure,
        "figcaption" => Caption,
        "area" | "base" | "basefont" | "bgsound" | "col" | "colgroup" | "datalist" | "frame"
        | "frameset" | "head" | "link" | "map" | "math" | "meta" | "noembed" | "noframes"
        | "param" | "script" | "select" | "source" | "style" | "svg" | "template" | "textarea"
        | "title" | "track" => Dropped,
        _ => Opened,
    }
}

/// The classes that a group may keep.
const GROUP_CLASSES: &[&str] = &[
    "alert",
    "alert-note",
    "alert-tip",
    "alert-important",
    "alert-warning",
    "alert-caution",
    "checklist",
    "gallery",
    "card",
];

/// The classes that an element of this name may keep.
pub(super) fn classes(name: &str) -> &'static [&'static str] {
    match name {
        "div" => GROUP_CLASSES,
        "p" => &[
            "alert-title",
            "checklist-title",
            "summary",
            "act",
            "download",
            "video",
            "kicker",
            "card-title",
        ],
        "ul" => &["tasks"],
        "th" | "td" => &["left", "center", "right"],
        "figure" => &["quote"],
        _ => &[],
    }
}

/// What Goodturn's own pages have for the screen alone: the anchors beside headings, the way back
/// from a footnote, the small pictures of cards.
pub(super) const ONLY_ON_SCREEN: &[&str] = &["anchor", "backref", "card-media"];

/// The attributes whose value is text, which an element of this name may keep.
pub(super) fn text_attributes(name: &str) -> &'static [&'static str] {
    match name {
        "a" | "abbr" | "dfn" | "img" => &["title"],
        _ => &[],
    }
}

/// The attributes whose value is a whole number, with the least and the greatest.
pub(super) fn number_attributes(name: &str) -> &'static [(&'static str, i64, i64)] {
    match name {
        "ol" => &[("start", -999_999_999, 999_999_999)],
        "li" => &[("value", -999_999_999, 999_999_999)],
        "img" => &[("width", 1, 100_000), ("height", 1, 100_000)],
        _ => &[],
    }
}

/// Whether a language is written as BCP 47 wants it: subtags of letters and digits, of one to
/// eight characters, the first of letters (RFC 5646, section 2.1).
pub(in crate::book) fn is_language(tag: &str) -> bool {
    let mut subtags = tag.split('-');
    let first = subtags.next().unwrap_or_default();
    let is_alphabetic = first.bytes().all(|b| b.is_ascii_alphabetic());
    is_alphabetic
        && (2..=8).contains(&first.len())
        && subtags.all(|subtag| {
            (2..=8).contains(&subtag.len()) && subtag.bytes().all(|b| b.is_ascii_alphanumeric())
        })
}

/// Whether XML 1.0 has this character (`Char`, section 2.2), and it is no leftover control.
pub(in crate::book) fn is_character(c: char) -> bool {
    match c {
        '\t' | '\n' => true,
        '\u{0}'..='\u{1F}' | '\u{7F}'..='\u{9F}' => false,
        c => (c as u32) & 0xFFFE != 0xFFFE && !('\u{FDD0}'..='\u{FDEF}').contains(&c),
    }
}
