//! The head of a Markdown file: what the author says about the piece.
//!
//! YAML between `---` lines or TOML between `+++` lines, with the keys that Hugo, Zola and Jekyll
//! writers already use. A problem with one key leaves the others as they are.

use std::ops::Range;

use jiff::civil::Date;

use super::dates::Moment;
use super::split::Rule;
use crate::diagnostics::{Diagnostic, Place, Severity, did_you_mean, nearest};
use crate::yaml::{Key, Node, NodeValue};

/// A word that an author wrote, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word.
    pub text: String,
    /// Its bytes in the file.
    pub span: Range<usize>,
}

/// What the author asked a document to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A Markdown page worth giving.
    Article,
    /// A folder of chapters.
    Book,
    /// A part of a book.
    Chapter,
    /// Somebody else's page, with why it helps.
    Link,
    /// A file to download, with a landing page.
    File,
    /// A page of the site that is not given to people.
    Page,
    /// The profile of an author.
    Author,
    /// An unlisted page with the pieces picked for one person or one event.
    Handout,
}

impl Kind {
    /// The kinds of resources, in the order in which lists show them.
    pub const RESOURCES: [Kind; 4] = [Kind::Article, Kind::Book, Kind::Link, Kind::File];

    /// The word for one: `article`.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Article => "article",
            Kind::Book => "book",
            Kind::Chapter => "chapter",
            Kind::Link => "link",
            Kind::File => "file",
            Kind::Page => "page",
            Kind::Author => "author",
            Kind::Handout => "handout",
        }
    }

    /// The word for many, as in the address of their list: `articles`.
    pub fn plural(self) -> &'static str {
        match self {
            Kind::Article => "articles",
            Kind::Book => "books",
            Kind::Chapter => "chapters",
            Kind::Link => "links",
            Kind::File => "files",
            Kind::Page => "pages",
            Kind::Author => "authors",
            Kind::Handout => "handouts",
        }
    }

    /// Whether a document of this kind is a resource: something to give.
    pub fn is_resource(self) -> bool {
        Kind::RESOURCES.contains(&self)
    }

    /// Whether a document of this kind can be given to somebody: a resource, or a part of one.
    pub fn is_given(self) -> bool {
        self.is_resource() || self == Kind::Chapter
    }
}

/// A file that a book or an article is also given as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BookFormat {
    /// An e-book.
    Epub,
    /// Pages to print, or to read on a large screen.
    Pdf,
}

impl BookFormat {
    /// All of them, in the order in which pages show them.
    pub const ALL: [BookFormat; 2] = [BookFormat::Epub, BookFormat::Pdf];

    /// The word for it: `epub`.
    pub fn name(self) -> &'static str {
        match self {
            BookFormat::Epub => "epub",
            BookFormat::Pdf => "pdf",
        }
    }
}

/// Everything an author can say at the head of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FrontMatter {
    /// The bytes of the whole head in the file, its fences included.
    pub span: Range<usize>,
    /// What the piece is called.
    pub title: Option<String>,
    /// What it is called where there is little room.
    pub short_title: Option<String>,
    /// What the reader gets from it, in a sentence or two.
    pub summary: Option<String>,
    /// When it was written.
    pub date: Option<Moment>,
    /// When it was last changed in substance.
    pub updated: Option<Moment>,
    /// From when on it is published.
    pub publish: Option<Moment>,
    /// From when on it is no longer shown.
    pub expires: Option<Moment>,
    /// When the author wants to look at it again.
    pub review_by: Option<Date>,
    /// The last part of its address, instead of the file's name.
    pub slug: Option<Word>,
    /// Its short id, where the author fixes it.
    pub id: Option<Word>,
    /// Other addresses that lead to it.
    pub aliases: Vec<Word>,
    /// The trades it is for.
    pub industries: Vec<Word>,
    /// Free tags.
    pub topics: Vec<Word>,
    /// Hugo's and Jekyll's categories: topics, unless they name an industry.
    pub categories: Vec<Word>,
    /// Who wrote it.
    pub authors: Vec<Word>,
    /// Whether it is for everybody.
    pub general: bool,
    /// Why it helps (links and files).
    pub why: Option<String>,
    /// Not for publishing yet.
    pub draft: bool,
    /// Its picture.
    pub image: Option<Word>,
    /// Its place among its neighbours; smaller is earlier.
    pub weight: Option<i64>,
    /// Its language.
    pub lang: Option<Word>,
    /// The page that a link leads to.
    pub link: Option<Word>,
    /// The file that is given.
    pub file: Option<Word>,
    /// The files that a book or an article is also given as; none where nothing is said of it.
    pub formats: Option<Vec<BookFormat>>,
    /// Fonts for the letters that the bundled ones lack.
    pub fonts: Vec<Word>,
    /// That the file is taken apart into the chapters of a book.
    pub split: Option<Rule>,
    /// Said outright: the kind.
    pub kind: Option<Kind>,
    /// What a handout says to whom it is for.
    pub line: Option<String>,
    /// The ids of the pieces in a handout.
    pub resources: Vec<Word>,
    /// No longer given, with the reason where there is one.
    pub retired: Option<Retired>,
    /// What took its place: a path of the library or a full address.
    pub replaced_by: Option<Word>,
    /// Keys of the author's own, for templates.
    pub extra: serde_json::Map<String, serde_json::Value>,
    /// Where each key stood.
    keys: Vec<(&'static str, Range<usize>)>,
}

/// `retired: true`, or `retired:` with a reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retired {
    /// What to tell people who come by an old link.
    pub reason: Option<String>,
}

impl FrontMatter {
    /// The bytes of a key, by its first name, if the author wrote it.
    pub fn key_span(&self, key: &str) -> Option<Range<usize>> {
        self.keys
            .iter()
            .find(|(name, _)| *name == key)
            .map(|(_, span)| span.clone())
    }
}

/// Each key with the other names it goes by; the first name wins where several are written.
const KEYS: &[&[&str]] = &[
    &["title"],
    &["short_title", "linkTitle"],
    &["summary", "description", "excerpt"],
    &["date"],
    &["updated", "lastmod"],
    &["publish", "publishDate"],
    &["expires", "expiryDate"],
    &["review_by"],
    &["slug"],
    &["id"],
    &["aliases", "redirect_from"],
    &["industries", "industry"],
    &["topics", "tags"],
    &["categories", "category"],
    &["authors", "author"],
    &["general"],
    &["why"],
    &["draft"],
    &["image", "cover"],
    &["weight", "order"],
    &["lang"],
    &["link", "source_url"],
    &["file"],
    &["formats"],
    &["fonts"],
    &["split"],
    &["page"],
    &["kind"],
    &["retired"],
    &["replaced_by"],
];

/// Keys that mean something in a handout only; elsewhere they are the author's own.
const HANDOUT_KEYS: [&str; 2] = ["line", "resources"];

/// Keys that other generators give a meaning to: kept for templates, and never taken for slips.
const FOREIGN: &[&str] = &[
    "layout",
    "links",
    "role",
    "type",
    "url",
    "permalink",
    "permalinks",
    "published",
    "template",
    "path",
    "menu",
    "toc",
    "math",
    "keywords",
    "series",
    "tag",
    "comments",
    "params",
    "extra",
    "taxonomies",
    "name",
    "outputs",
    "cascade",
    "resources",
    "images",
    "videos",
    "markup",
    "headless",
    "build",
    "_build",
    "sitemap",
    "text",
    "subtitle",
    "edition",
    "licence",
    "license",
    "hidden",
    "status",
    "version",
];

/// The head and the rest of a file's text.
#[derive(Debug)]
pub struct Split<'a> {
    /// The inside of the head, if there is one.
    pub head: Option<Head>,
    /// Where the body starts.
    pub body_start: usize,
    /// The body.
    pub body: &'a str,
}

/// The inside of a head, without its fences.
#[derive(Debug, PartialEq, Eq)]
pub struct Head {
    /// How it is written.
    pub format: Format,
    /// Its bytes.
    pub inside: Range<usize>,
}

/// How a head is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Between `---` lines.
    Yaml,
    /// Between `+++` lines.
    Toml,
}

/// Parts the head from the body. A fence that is never closed is no head but a line.
pub fn split(text: &str) -> Split<'_> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let whole = Split {
        head: None,
        body_start: start,
        body: &text[start..],
    };
    let mut lines = text[start..].split_inclusive('\n');
    let Some(first) = lines.next() else {
        return whole;
    };
    let (format, closers): (Format, &[&str]) = match first.trim_end() {
        "---" => (Format::Yaml, &["---", "..."]),
        "+++" => (Format::Toml, &["+++"]),
        _ => return whole,
    };
    let mut at = start + first.len();
    let inside_start = at;
    for line in lines {
        let end = at + line.len();
        if closers.contains(&line.trim_end()) {
            let inside = inside_start..at;
            return Split {
                head: Some(Head { format, inside }),
                body_start: end,
                body: &text[end..],
            };
        }
        at = end;
    }
    whole
}

/// The first line of a head that is begun and never closed: a fence, and below it a key.
pub fn unclosed(text: &str) -> Option<Range<usize>> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut lines = text.get(start..)?.lines();
    let fence = lines.next()?.trim_end();
    let separator = match fence {
        "---" => ':',
        "+++" => '=',
        _ => return None,
    };
    let (key, _) = lines.next()?.split_once(separator)?;
    let is_key = KEYS.iter().any(|names| names.contains(&key.trim_end()));
    is_key.then_some(start..start + fence.len())
}

/// Reads a head. `lenient` turns a value of a wrong type into a warning; the value is left out.
///
/// # Errors
/// Text that is no YAML or TOML at all, with its place.
pub fn parse(
    file: &str,
    text: &str,
    head: &Head,
    lenient: bool,
    problems: &mut Vec<Diagnostic>,
) -> Result<FrontMatter, Box<Diagnostic>> {
    let node = match head.format {
        Format::Yaml => Node::from_yaml(file, text, head.inside.clone())?,
        Format::Toml => crate::toml::node(file, text, head.inside.clone())?,
    };
    Ok(from_node(file, node, lenient, problems))
}

/// Reads front matter from a tree of values; also the head of book.yaml.
pub fn from_node(
    file: &str,
    node: Node,
    lenient: bool,
    problems: &mut Vec<Diagnostic>,
) -> FrontMatter {
    let mut reader = Reader {
        file,
        lenient,
        is_handout: is_handout(&node),
        problems,
        front: FrontMatter {
            span: node.span.clone(),
            ..FrontMatter::default()
        },
    };
    match node.value {
        NodeValue::Map(entries) => {
            // The first name of a key wins over its other names, whatever their order.
            let (first, others): (Vec<_>, Vec<_>) = entries
                .into_iter()
                .partition(|(key, _)| KEYS.iter().any(|names| names[0] == key.name));
            for (key, value) in first.into_iter().chain(others) {
                reader.entry(key, value);
            }
        }
        NodeValue::Null => {}
        _ => reader.wrong(
            &node.span,
            "the head of a file is made of lines `key: value`",
        ),
    }
    reader.settle_reason();
    reader.front
}

struct Reader<'a> {
    file: &'a str,
    lenient: bool,
    is_handout: bool,
    problems: &'a mut Vec<Diagnostic>,
    front: FrontMatter,
}

/// Whether a head says that its document is a handout: some keys mean something only then.
fn is_handout(node: &Node) -> bool {
    let NodeValue::Map(entries) = &node.value else {
        return false;
    };
    let says = |(key, value): &(Key, Node)| {
        key.name.eq_ignore_ascii_case("kind")
            && matches!(&value.value, NodeValue::Text(text) if shown(text) == Kind::Handout.name())
    };
    entries.iter().any(says)
}

impl Reader<'_> {
    fn entry(&mut self, key: Key, value: Node) {
        let name = KEYS
            .iter()
            .find(|names| {
                names
                    .iter()
                    .any(|name| name.eq_ignore_ascii_case(&key.name))
            })
            .map(|names| names[0]);
        let own = HANDOUT_KEYS.iter().copied();
        let own = own.filter(|_| self.is_handout).find(|own| *own == key.name);
        match name.or(own) {
            Some(name) if self.front.key_span(name).is_some() => {
                self.front.extra.insert(key.name, value.to_json());
            }
            Some(name) => {
                if !matches!(value.value, NodeValue::Null) {
                    self.front.keys.push((name, key.span.clone()));
                    self.known(name, &key, value);
                }
            }
            None => self.unknown(key, value),
        }
    }

    fn known(&mut self, name: &'static str, key: &Key, value: Node) {
        match name {
            "title" => self.front.title = self.text(&value),
            "short_title" => self.front.short_title = self.text(&value),
            "summary" => self.front.summary = self.text(&value),
            "why" => self.front.why = self.text(&value),
            "date" => self.front.date = self.moment(&value),
            "updated" => self.front.updated = self.moment(&value),
            "publish" => self.front.publish = self.moment(&value),
            "expires" => self.front.expires = self.moment(&value),
            "review_by" => self.front.review_by = self.moment(&value).map(|moment| moment.date()),
            "slug" => self.front.slug = self.word(&value),
            "id" => self.front.id = self.word(&value),
            "lang" => self.front.lang = self.word(&value),
            "link" => self.front.link = self.word(&value),
            "file" => self.front.file = self.word(&value),
            "image" => self.front.image = self.picture(value),
            "replaced_by" => self.front.replaced_by = self.word(&value),
            "aliases" => self.front.aliases = self.words(value),
            "industries" => self.front.industries = self.words(value),
            "topics" => self.front.topics = self.words(value),
            "categories" => self.front.categories = self.words(value),
            "authors" => self.front.authors = self.authors(value),
            "formats" => self.front.formats = Some(self.formats(value)),
            "fonts" => self.front.fonts = self.words(value),
            "split" => {
                let severity = match self.lenient {
                    true => Severity::Warning,
                    false => Severity::Error,
                };
                self.front.split = Rule::read(self.file, &value, severity, self.problems);
            }
            "general" => self.front.general = self.truth(&value),
            "draft" => self.front.draft = self.truth(&value),
            "page" if self.truth(&value) => {
                self.front.kind.get_or_insert(Kind::Page);
            }
            "kind" => self.front.kind = self.kind(&value, key),
            "line" => self.front.line = self.text(&value),
            "resources" => self.front.resources = self.words(value),
            "weight" => self.front.weight = self.whole_number(&value),
            "retired" => self.front.retired = self.retired(&value),
            _ => {}
        }
    }

    /// `retired: true` may have its reason on a line of its own.
    fn settle_reason(&mut self) {
        if let Some(retired) = &mut self.front.retired
            && retired.reason.is_none()
        {
            let reason = self
                .front
                .extra
                .get("reason")
                .and_then(|value| value.as_str());
            retired.reason = reason.map(shown);
        }
    }

    /// A key that is not ours: kept for templates, and a near miss is told.
    fn unknown(&mut self, key: Key, value: Node) {
        match (key.name.as_str(), value.value) {
            ("taxonomies", NodeValue::Map(entries)) => {
                for (key, value) in entries {
                    self.entry(key, value);
                }
            }
            ("extra" | "params", NodeValue::Map(entries)) => {
                for (key, value) in entries {
                    self.front.extra.insert(key.name, value.to_json());
                }
            }
            ("published", NodeValue::Bool(false)) => self.front.draft = true,
            (name, value) => {
                self.tell_near_miss(name, &key.span);
                let span = value_span(&key.span);
                let json = Node { span, value }.to_json();
                self.front.extra.insert(key.name, json);
            }
        }
    }

    fn tell_near_miss(&mut self, name: &str, span: &Range<usize>) {
        if FOREIGN.contains(&name) || name.chars().count() < 4 {
            return;
        }
        let names = || KEYS.iter().flat_map(|names| names.iter().copied());
        if nearest(name, names()).is_empty() {
            return;
        }
        self.problems.push(
            Diagnostic::warning(format!("`{name}` is no key that Goodturn knows"))
                .at(Place::span(self.file, span.clone()))
                .maybe_help(did_you_mean(name, names())),
        );
    }

    fn wrong(&mut self, span: &Range<usize>, message: impl Into<String>) {
        let severity = match self.lenient {
            true => Severity::Warning,
            false => Severity::Error,
        };
        self.problems
            .push(Diagnostic::new(severity, message).at(Place::span(self.file, span.clone())));
    }

    fn wrong_type(&mut self, value: &Node, expected: &str) {
        self.wrong(
            &value.span,
            format!("expected {expected}, found {}", value.kind()),
        );
    }

    fn text(&mut self, value: &Node) -> Option<String> {
        let text = match &value.value {
            NodeValue::Text(text) => shown(text),
            NodeValue::Integer(number) => number.to_string(),
            NodeValue::Float(number) => number.to_string(),
            NodeValue::Bool(truth) => truth.to_string(),
            _ => {
                self.wrong_type(value, "text");
                return None;
            }
        };
        Some(text).filter(|text| !text.is_empty())
    }

    fn word(&mut self, value: &Node) -> Option<Word> {
        let text = self.text(value)?;
        let span = value.span.clone();
        Some(Word { text, span })
    }

    /// A list of words: a YAML list, or one text with commas.
    fn words(&mut self, value: Node) -> Vec<Word> {
        match value.value {
            NodeValue::List(items) => items.iter().filter_map(|item| self.word(item)).collect(),
            NodeValue::Text(text) if text.contains(',') => {
                let part = |text: &str| Word {
                    text: text.trim().to_owned(),
                    span: value.span.clone(),
                };
                let parts = text.split(',').map(part);
                parts.filter(|word| !word.text.is_empty()).collect()
            }
            NodeValue::Map(_) => {
                self.wrong_type(&value, "a list of words");
                Vec::new()
            }
            _ => self.word(&value).into_iter().collect(),
        }
    }

    /// Authors as words, or as Hugo themes have them: `{name: …}`.
    fn authors(&mut self, value: Node) -> Vec<Word> {
        let items = match value.value {
            NodeValue::List(items) => items,
            NodeValue::Map(_) => vec![value],
            _ => return self.words(value),
        };
        items
            .into_iter()
            .filter_map(|item| self.word_or_part(item, &["name"]))
            .collect()
    }

    /// The files that a piece is also given as, without doubles: `[epub, pdf]`, or `false`.
    fn formats(&mut self, value: Node) -> Vec<BookFormat> {
        match value.value {
            NodeValue::Bool(true) => return BookFormat::ALL.to_vec(),
            NodeValue::Bool(false) => return Vec::new(),
            _ => {}
        }
        let mut formats = Vec::new();
        for word in self.words(value) {
            let name = word.text.to_lowercase();
            match BookFormat::ALL.into_iter().find(|f| f.name() == name) {
                Some(format) if formats.contains(&format) => {}
                Some(format) => formats.push(format),
                None => self.unknown_format(&word),
            }
        }
        formats.sort();
        formats
    }

    fn unknown_format(&mut self, word: &Word) {
        let names = BookFormat::ALL.map(BookFormat::name);
        let help = did_you_mean(&word.text, names)
            .unwrap_or_else(|| format!("the formats are {}", names.join(" and ")));
        self.wrong(
            &word.span,
            format!("`{}` is no format of a book", word.text),
        );
        if let Some(problem) = self.problems.last_mut() {
            problem.help.push(help);
        }
    }

    /// A picture as a path, or as Hugo themes have it: `{image: …}`.
    fn picture(&mut self, value: Node) -> Option<Word> {
        self.word_or_part(value, &["image", "src", "url", "path", "relative"])
    }

    fn word_or_part(&mut self, value: Node, parts: &[&str]) -> Option<Word> {
        match value.value {
            NodeValue::Map(entries) => {
                let part = entries
                    .iter()
                    .find(|(key, _)| parts.contains(&key.name.as_str()))?;
                self.word(&part.1)
            }
            NodeValue::List(items) => self.word(items.first()?),
            _ => self.word(&value),
        }
    }

    fn moment(&mut self, value: &Node) -> Option<Moment> {
        let text = self.text(value)?;
        match Moment::parse(&text) {
            Ok(moment) => Some(moment),
            Err(message) => {
                self.wrong(&value.span, message);
                None
            }
        }
    }

    fn truth(&mut self, value: &Node) -> bool {
        match &value.value {
            NodeValue::Bool(truth) => *truth,
            NodeValue::Text(text) if text.eq_ignore_ascii_case("true") => true,
            NodeValue::Text(text) if text.eq_ignore_ascii_case("false") => false,
            _ => {
                self.wrong_type(value, "true or false");
                false
            }
        }
    }

    fn whole_number(&mut self, value: &Node) -> Option<i64> {
        let number = match &value.value {
            NodeValue::Integer(number) => Some(*number),
            NodeValue::Text(text) => text.trim().parse().ok(),
            _ => None,
        };
        if number.is_none() {
            self.wrong_type(value, "a whole number");
        }
        number
    }

    fn kind(&mut self, value: &Node, key: &Key) -> Option<Kind> {
        const KINDS: [Kind; 6] = [
            Kind::Article,
            Kind::Link,
            Kind::File,
            Kind::Page,
            Kind::Author,
            Kind::Handout,
        ];
        let text = self.text(value)?;
        let found = KINDS.into_iter().find(|kind| kind.name() == text);
        if found.is_none() {
            let names = KINDS.map(Kind::name);
            let help = did_you_mean(&text, names)
                .unwrap_or_else(|| format!("the kinds are {}", names.join(", ")));
            let severity = match self.lenient {
                true => Severity::Warning,
                false => Severity::Error,
            };
            self.problems.push(
                Diagnostic::new(severity, format!("`{text}` is no kind of document"))
                    .at(Place::span(self.file, key.span.start..value.span.end))
                    .help(help),
            );
        }
        found
    }

    fn retired(&mut self, value: &Node) -> Option<Retired> {
        match &value.value {
            NodeValue::Bool(false) => None,
            NodeValue::Bool(true) => Some(Retired { reason: None }),
            _ => self.text(value).map(|reason| Retired {
                reason: Some(reason),
            }),
        }
    }
}

/// Text as it can be shown: without space around it, and with a space for each control character
/// (`"\x07"`), which no XML may hold. Line breaks stay.
pub(crate) fn shown(text: &str) -> String {
    let text = match text.contains(char::is_control) {
        true => text.replace(|c: char| c.is_control() && c != '\n', " "),
        false => text.to_owned(),
    };
    text.trim().to_owned()
}

/// The place of a value whose own place is of no further use.
fn value_span(key: &Range<usize>) -> Range<usize> {
    key.end..key.end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (FrontMatter, Vec<String>) {
        let split = split(text);
        let mut problems = Vec::new();
        let head = split.head.expect("a head");
        let front = parse("a.md", text, &head, false, &mut problems).expect("valid");
        (front, problems.into_iter().map(|p| p.message).collect())
    }

    #[test]
    fn keys_of_other_generators_are_understood() {
        let (front, problems) = read(
            "---\ndescription: S\nlastmod: 2024-03-09\ntags: [a, b]\nauthor: {name: Ann}\n\
             redirect_from: /old/\ncover: {image: c.png, alt: x}\norder: 3\nlayout: post\n---\n",
        );
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!(front.summary.as_deref(), Some("S"));
        assert_eq!(
            front.updated.map(|m| m.to_string()).as_deref(),
            Some("2024-03-09")
        );
        assert_eq!(front.topics.len(), 2);
        assert_eq!(front.authors[0].text, "Ann");
        assert_eq!(front.aliases[0].text, "/old/");
        assert_eq!(front.image.map(|word| word.text).as_deref(), Some("c.png"));
        assert_eq!(front.weight, Some(3));
        assert_eq!(front.extra["layout"], "post");
    }

    #[test]
    fn the_first_name_of_a_key_wins() {
        let (front, _) = read("---\ndescription: D\nsummary: S\n---\n");
        assert_eq!(front.summary.as_deref(), Some("S"));
        assert_eq!(front.extra["description"], "D");
    }

    #[test]
    fn toml_is_read_as_well() {
        let text = "+++\ntitle = \"T\"\ndate = 2024-03-09\n[taxonomies]\ntags = [\"a\"]\n[extra]\nx = 1\n+++\nBody";
        let (front, problems) = read(text);
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!(front.title.as_deref(), Some("T"));
        assert_eq!(
            front.date.map(|m| m.to_string()).as_deref(),
            Some("2024-03-09")
        );
        assert_eq!(&text[front.topics[0].span.clone()], "\"a\"");
        assert_eq!(front.extra["x"], 1);
    }

    #[test]
    fn a_near_miss_is_told_and_a_stranger_is_kept() {
        let (front, problems) = read("---\nindustres: [hvac]\ncolour: red\n---\n");
        assert_eq!(problems, ["`industres` is no key that Goodturn knows"]);
        assert_eq!(front.extra["colour"], "red");
    }

    #[test]
    fn a_wrong_value_leaves_the_others() {
        let (front, problems) = read("---\ntitle: T\ndate: 2024-02-30\ndraft: maybe\n---\n");
        assert_eq!(front.title.as_deref(), Some("T"));
        assert_eq!(
            problems,
            [
                "there is no day 30 in February 2024: it has 29 days",
                "expected true or false, found text"
            ]
        );
    }

    #[test]
    fn a_rule_at_the_top_is_no_head() {
        assert!(split("---\nnever closed\n").head.is_none());
        assert_eq!(split("\u{feff}---\r\na: 1\r\n---\r\nx").body, "x");
    }
}
