//! The page of a handout: the pieces picked for one person or one event, and a line to them.
//!
//! Nothing leads to it and nothing tells of it; see the tests in tests/cli/handout.rs for every
//! place that it must be missing from. Once it is over, the page stays and says so.

use tera::Value;

use super::Site;
use super::context::{file_value, map};
use super::pages::Head;
use crate::diagnostics::{Diagnostic, Place};
use crate::library::handout::{Handout, State};
use crate::library::{DocId, Document};
use crate::source::front_matter::Kind;

/// What its head must say, whatever theme makes it: to search engines, and to the pages that it
/// leads to.
const HEAD: [&str; 2] = ["noindex", "no-referrer"];

/// The template.
const TEMPLATE: &str = "handout.html";

impl Site {
    /// The page of a handout.
    pub(super) fn handout_page(&self, id: DocId) -> Result<String, Vec<Diagnostic>> {
        let document = self.library.document(id);
        let state = Handout { id, document }.state();
        let lang = document.lang();
        let title = match state {
            State::Open(_) => self.title_of(document),
            // The name of somebody that may stand in it is nobody's business any more.
            _ => self.theme.words.plain(lang, "handout_over"),
        };
        let mut head = Head::new(lang, "handout", title, document.address.clone());
        head.robots = Some("noindex, nofollow");
        let mut context = self.context(head);
        context.insert_value("handout", self.handout(id, document, state)?);
        let page = self.template(TEMPLATE, &context)?;
        match HEAD.into_iter().find(|word| !page.contains(word)) {
            None => Ok(page),
            Some(word) => Err(vec![self.gives_away(word)]),
        }
    }

    fn handout(
        &self,
        id: DocId,
        document: &Document,
        state: State,
    ) -> Result<Value, Vec<Diagnostic>> {
        let (until, is_open) = match state {
            State::Open(until) => (until, true),
            State::Expired(until) => (Some(until), false),
            State::Ended => (None, false),
        };
        let mut handout = map! {
            "is_open" => is_open,
            "until" => until.map(|until| until.date().to_string()),
            "draft" => document.draft,
            "scheduled" => document.scheduled,
            "expired" => document.expired,
        };
        if is_open {
            let authors = document.authors.iter();
            let authors = authors.map(|author| self.author(*author, document.lang()));
            let pieces = document.pieces.iter().map(|id| self.handed(*id));
            handout.extend(map! {
                "title" => self.title_of(document),
                "line" => document.source.front.line.as_deref(),
                "html" => Value::safe_string(&self.body(id)?),
                "pieces" => pieces.collect::<Vec<_>>(),
                "authors" => authors.collect::<Vec<_>>(),
            });
        }
        Ok(Value::from(handout))
    }

    /// What it is called; the name of its file would be none.
    fn title_of<'a>(&'a self, document: &'a Document) -> &'a str {
        let (front, body) = (&document.source.front, &document.source.body);
        match front.title.is_some() || body.title.is_some() || !body.headings.is_empty() {
            true => &document.title,
            false => self.theme.words.plain(document.lang(), "handout_for_you"),
        }
    }

    /// A piece with what can be had of it at once: its files, or the page that it leads to.
    fn handed(&self, id: DocId) -> Value {
        let document = self.library.document(id);
        let link = document.source.front.link.as_ref();
        let link = link.filter(|_| document.kind == Kind::Link);
        let file = document.file.as_ref();
        Value::from(map! {
            "card" => self.cards.get(id),
            "downloads" => self.downloads(document),
            "file" => file.map(file_value),
            "short_url" => self.library.base.full(&document.short_address()),
            "link" => link.map(|link| link.text.as_str()),
        })
    }

    /// A theme whose page would give the address away.
    fn gives_away(&self, word: &str) -> Diagnostic {
        let file = self.theme.templates.get(TEMPLATE);
        let file = file.map_or(TEMPLATE, |template| template.file.as_str());
        let problem = format!("the page of a handout must say `{word}` in its head");
        Diagnostic::error(problem)
            .at(Place::file(file))
            .help("take over the block `head` of the built-in handout.html")
    }
}
