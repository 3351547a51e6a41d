//! Reading a head key by key.

use std::ops::Range;

use super::keys::{FOREIGN, HANDOUT_KEYS, KEYS};
use super::{FrontMatter, Kind, shown};
use crate::diagnostics::{Diagnostic, Place, Severity, did_you_mean, nearest};
use crate::source::split::Rule;
use crate::yaml::{Key, Node, NodeValue};

/// Reads front matter from a tree of values; also the head of book.yaml, which may have `more` keys
/// that were taken out of the tree before.
pub fn from_node(
    file: &str,
    node: Node,
    more: &[&'static str],
    lenient: bool,
    problems: &mut Vec<Diagnostic>,
) -> FrontMatter {
    let mut reader = Reader {
        file,
        lenient,
        is_handout: is_handout(&node),
        more,
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

pub(super) struct Reader<'a> {
    pub(super) file: &'a str,
    lenient: bool,
    is_handout: bool,
    /// The keys that can stand there besides [`KEYS`].
    more: &'a [&'static str],
    pub(super) problems: &'a mut Vec<Diagnostic>,
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
    /// What a wrong value is.
    pub(super) fn severity(&self) -> Severity {
        match self.lenient {
            true => Severity::Warning,
            false => Severity::Error,
        }
    }

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
            "lang" => self.front.lang = self.language(&value),
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
                let severity = self.severity();
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
        let names = || {
            let ours = KEYS.iter().flat_map(|names| names.iter());
            ours.chain(self.more).copied()
        };
        if nearest(name, names()).is_empty() {
            return;
        }
        self.problems.push(
            Diagnostic::warning(format!("`{name}` is no key that Goodturn knows"))
                .at(Place::span(self.file, span.clone()))
                .maybe_help(did_you_mean(name, names())),
        );
    }
}

/// The place of a value whose own place is of no further use.
fn value_span(key: &Range<usize>) -> Range<usize> {
    key.end..key.end
}
