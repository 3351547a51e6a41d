//! The pages of documents, and what every page has in its head.

use tera::{Context, Value};

use super::Site;
use super::context::map;
use super::faces::made_cover;
use super::plan::{List, home_address, list_address};
use crate::book::Face;
use crate::diagnostics::Diagnostic;
use crate::library::{DocId, Document, Picture, Standing};
use crate::source::front_matter::Kind;

/// What the head of a page says.
pub(super) struct Head {
    pub lang: String,
    pub title: String,
    pub description: String,
    /// The address on the site, without the base address's path.
    pub address: String,
    /// The template's name, without `.html`.
    pub kind: &'static str,
    pub og_type: &'static str,
    pub robots: Option<&'static str>,
    pub image: Option<(Picture, String)>,
    pub published: Option<String>,
    pub updated: Option<String>,
    pub json_ld: Option<String>,
    /// Language and address of this page in other languages, this one included.
    pub alternates: Vec<(String, String)>,
    /// Titles and addresses from the home page down to the parent.
    pub crumbs: Vec<(String, String)>,
    pub feeds: Vec<(String, String, &'static str)>,
}

impl Head {
    pub fn new(lang: &str, kind: &'static str, title: &str, address: String) -> Self {
        Head {
            lang: lang.to_owned(),
            title: title.to_owned(),
            description: String::new(),
            address,
            kind,
            og_type: "website",
            robots: None,
            image: None,
            published: None,
            updated: None,
            json_ld: None,
            alternates: Vec::new(),
            crumbs: Vec::new(),
            feeds: Vec::new(),
        }
    }
}

impl Site {
    /// The variables that every template has.
    pub(super) fn context(&self, head: Head) -> Context {
        let base = &self.library.base;
        let site = self
            .shared
            .get(&head.lang)
            // A single page may be in a language that the library is not.
            .or_else(|| self.shared.get(&self.library.config.language))
            .cloned()
            .unwrap_or_else(Value::none);
        let site_title = site
            .get_from_path("title")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let head_title = match head.title == site_title {
            true => head.title.clone(),
            false => format!("{} · {site_title}", head.title),
        };
        let crumb = |(title, address): &(String, String)| {
            Value::from(map! { "title" => title.as_str(), "url" => base.path(address) })
        };
        let feed = |(title, address, kind): &(String, String, &'static str)| {
            Value::from(
                map! { "title" => title.as_str(), "url" => base.path(address), "type" => *kind },
            )
        };
        let image = head.image.as_ref();
        let page = map! {
            "title" => head.title.as_str(),
            "head_title" => head_title,
            "description" => head.description.as_str(),
            "url" => base.path(&head.address),
            "canonical" => base.full(&head.address),
            "kind" => head.kind,
            "robots" => head.robots,
            "image" => image.map(|(picture, _)| absolute(&base.origin, &picture.url)),
            "image_alt" => image.map(|(_, alt)| alt.as_str()),
            "image_width" => image.and_then(|(picture, _)| picture.size).map(|size| size.0),
            "image_height" => image.and_then(|(picture, _)| picture.size).map(|size| size.1),
            "og_type" => head.og_type,
            "published" => head.published,
            "updated" => head.updated,
            "json_ld" => head.json_ld.as_deref().map(Value::safe_string),
            "feeds" => head.feeds.iter().map(feed).collect::<Vec<_>>(),
            "alternates" => self.alternates(&head.alternates),
            "crumbs" => head.crumbs.iter().map(crumb).collect::<Vec<_>>(),
        };
        let mut context = Context::new();
        context.insert("dir", super::direction(&head.lang));
        context.insert("lang", &head.lang);
        context.insert_value("site", site);
        context.insert_value("page", Value::from(page));
        context
    }

    fn alternates(&self, alternates: &[(String, String)]) -> Value {
        if alternates.len() < 2 {
            return Value::from(Vec::<Value>::new());
        }
        let mut values: Vec<Value> = Vec::new();
        let value = |lang: &str, name: String, address: &str| {
            let url = self.library.base.full(address);
            Value::from(map! { "lang" => lang, "name" => name, "url" => url })
        };
        for (lang, address) in alternates {
            values.push(value(lang, self.language_name(lang), address));
        }
        let first = &self.library.config.language;
        if let Some((_, address)) = alternates.iter().find(|(lang, _)| lang == first) {
            values.push(value("x-default", String::new(), address));
        }
        Value::from(values)
    }

    /// The home page of a language as the first crumb.
    pub(super) fn home_crumb(&self, lang: &str) -> (String, String) {
        let title = self.theme.words.plain(lang, "home").to_owned();
        (title, home_address(&self.library, lang))
    }

    /// The page of a document.
    pub(super) fn document_page(&self, id: DocId) -> Result<String, Vec<Diagnostic>> {
        let document = self.library.document(id);
        let html = self.body(id)?;
        let mut context = self.context(self.document_head(id, document));
        context.insert_value("doc", self.doc(id, html));
        self.template(&format!("{}.html", document.kind.name()), &context)
    }

    fn document_head(&self, id: DocId, document: &Document) -> Head {
        let front = &document.source.front;
        let mut head = Head::new(
            document.lang(),
            document.kind.name(),
            &document.title,
            document.address.clone(),
        );
        head.description = match document.summary.is_empty() {
            true => front.why.clone().unwrap_or_default(),
            false => document.summary.clone(),
        };
        head.og_type = match document.kind {
            Kind::Book => "book",
            Kind::Article | Kind::Chapter => "article",
            _ => "website",
        };
        if document.draft || document.scheduled {
            head.robots = Some("noindex");
        }
        head.image = self.share_image(document);
        if head.og_type == "article" {
            head.published = document.date.map(|date| date.rfc3339());
            head.updated = front.updated.map(|date| date.rfc3339());
        }
        head.json_ld = Some(self.document_json_ld(id));
        head.alternates = self.document_alternates(document);
        head.crumbs = self.document_crumbs(document);
        head.feeds = self.feeds_of(document.lang(), None);
        head
    }

    /// The picture that is shown when a page is shared: other sites show no drawings (SVG).
    pub(super) fn share_image(&self, document: &Document) -> Option<(Picture, String)> {
        let is_pixels = |picture: &Picture| !picture.is_drawing();
        let made = || made_cover(&self.library, document, Face::CoverJpeg);
        let own = document.image.clone().filter(is_pixels).or_else(made);
        let own = own.map(|image| (image, document.title.clone()));
        own.or_else(|| {
            self.image
                .clone()
                .filter(is_pixels)
                .map(|image| (image, self.library.config.title.clone()))
        })
    }

    pub(super) fn document_alternates(&self, document: &Document) -> Vec<(String, String)> {
        let others = document
            .translations
            .iter()
            .map(|id| self.library.document(*id));
        let mut all: Vec<(String, String)> = std::iter::once(document)
            .chain(others)
            .map(|d| (d.lang().to_owned(), d.address.clone()))
            .collect();
        all.sort();
        all
    }

    pub(super) fn document_crumbs(&self, document: &Document) -> Vec<(String, String)> {
        let lang = document.lang();
        let mut crumbs = vec![self.home_crumb(lang)];
        let mut kind_crumb = |kind: Kind| {
            let has_list = self
                .library
                .shelves
                .get(lang)
                .is_some_and(|s| s.kinds.contains_key(&kind));
            if has_list {
                let title = self
                    .theme
                    .words
                    .plain(lang, &format!("kinds_{}", kind.name()))
                    .to_owned();
                crumbs.push((title, list_address(&self.library, lang, &List::Kind(kind))));
            }
        };
        match &document.chapter {
            Some(chapter) => {
                kind_crumb(Kind::Book);
                let book = self.library.document(chapter.book);
                let short = book
                    .source
                    .front
                    .short_title
                    .as_ref()
                    .unwrap_or(&book.title);
                crumbs.push((short.clone(), book.address.clone()));
            }
            None if document.kind.is_resource() => kind_crumb(document.kind),
            None => {}
        }
        crumbs
    }

    /// The page of a document that is no longer given: what it was, and what may help instead.
    pub(super) fn tombstone(&self, id: DocId) -> Result<String, Vec<Diagnostic>> {
        let document = self.library.document(id);
        let lang = document.lang();
        let mut head = Head::new(lang, "tombstone", &document.title, document.address.clone());
        head.robots = Some("noindex");
        head.crumbs = vec![self.home_crumb(lang)];
        let reason = match &document.standing {
            Standing::Retired(reason) => reason.as_deref(),
            _ => None,
        };
        let mut context = self.context(head);
        context.insert("title", &document.title);
        context.insert_value("reason", Value::from(reason));
        context.insert_value("replaced_by", Value::none());
        context.insert_value("suggestions", self.suggestions(document));
        self.template("tombstone.html", &context)
    }

    /// What is on the shelves of a document's industries, else the latest.
    fn suggestions(&self, document: &Document) -> Value {
        const SUGGESTED: usize = 4;
        let Some(shelves) = self.library.shelves.get(document.lang()) else {
            return Value::from(Vec::<Value>::new());
        };
        let of_trade = document
            .industries
            .iter()
            .filter_map(|id| shelves.industries.get(id))
            .flatten();
        let mut ids: Vec<DocId> = Vec::new();
        for id in of_trade.chain(&shelves.all) {
            if !ids.contains(id) && ids.len() < SUGGESTED {
                ids.push(*id);
            }
        }
        self.cards.all(ids)
    }

    /// What people see at an address that is not there.
    pub(super) fn not_found(&self) -> Result<String, Vec<Diagnostic>> {
        let lang = &self.library.config.language;
        let title = self.theme.words.plain(lang, "not_found_title");
        let mut head = Head::new(lang, "404", title, "/404.html".to_owned());
        head.robots = Some("noindex");
        let mut context = self.context(head);
        context.insert_value("industries", self.industry_index(lang));
        context.insert_value("latest", self.latest(lang));
        self.template("404.html", &context)
    }
}

/// An address of the site with its host; a full address stays as it is.
fn absolute(origin: &str, url: &str) -> String {
    match url.starts_with('/') {
        true => format!("{origin}{url}"),
        false => url.to_owned(),
    }
}
