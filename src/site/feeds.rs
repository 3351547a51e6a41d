//! Feeds: Atom (RFC 4287) and JSON Feed 1.1, for everything and for each industry.

use serde_json::json;

use super::Site;
use super::plan::{Feed, FeedFormat, List, feed_address, home_address, list_address};
use crate::diagnostics::Diagnostic;
use crate::library::vocabulary::IndustryId;
use crate::library::{DocId, Document};
use crate::source::front_matter::Kind;

impl Site {
    /// The feeds that a page names: of everything, and of its industry.
    pub(super) fn feeds_of(
        &self,
        lang: &str,
        industry: Option<IndustryId>,
    ) -> Vec<(String, String, &'static str)> {
        let title = self.feed_site_title(lang);
        let mut feeds = Vec::new();
        let mut add = |title: String, industry: Option<IndustryId>| {
            for (format, kind, name) in [
                (FeedFormat::Atom, "application/atom+xml", "Atom"),
                (FeedFormat::Json, "application/feed+json", "JSON"),
            ] {
                let feed = Feed {
                    lang: lang.to_owned(),
                    industry,
                    format,
                };
                let address = feed_address(&self.library, &feed);
                feeds.push((format!("{title} ({name})"), address, kind));
            }
        };
        if let Some(id) = industry {
            add(self.library.vocabulary.name(id, lang).to_owned(), Some(id));
        }
        add(title, None);
        feeds
    }

    fn feed_site_title(&self, lang: &str) -> String {
        let own = self
            .library
            .config
            .languages
            .get(lang)
            .and_then(|l| l.title.clone());
        own.unwrap_or_else(|| self.library.config.title.clone())
    }

    /// The text of a feed.
    pub(super) fn feed(&self, feed: &Feed) -> Result<String, Vec<Diagnostic>> {
        let shelves = self.library.shelves.get(&feed.lang);
        let mut ids: Vec<DocId> = match (shelves, feed.industry) {
            (Some(shelves), None) => shelves.all.clone(),
            (Some(shelves), Some(id)) => shelves.industries.get(&id).cloned().unwrap_or_default(),
            (None, _) => Vec::new(),
        };
        ids.sort_by_key(|id| (std::cmp::Reverse(self.library.document(*id).timestamp), *id));
        ids.truncate(self.library.config.feed_items);
        match feed.format {
            FeedFormat::Atom => self.atom(feed, &ids),
            FeedFormat::Json => self.json_feed(feed, &ids),
        }
    }

    fn feed_title(&self, feed: &Feed) -> String {
        let title = self.feed_site_title(&feed.lang);
        match feed.industry {
            Some(id) => format!("{title}: {}", self.library.vocabulary.name(id, &feed.lang)),
            None => title,
        }
    }

    fn feed_home(&self, feed: &Feed) -> String {
        self.library.base.full(&match feed.industry {
            Some(id) => list_address(&self.library, &feed.lang, &List::Industry(id, None)),
            None => home_address(&self.library, &feed.lang),
        })
    }

    fn atom(&self, feed: &Feed, ids: &[DocId]) -> Result<String, Vec<Diagnostic>> {
        let base = &self.library.base;
        let newest = ids
            .iter()
            .map(|id| updated(self.library.document(*id)))
            .max();
        let own = base.full(&feed_address(&self.library, feed));
        let mut xml = Xml::new();
        xml.raw(&format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n",
            escape(&feed.lang)
        ));
        xml.element("title", &self.feed_title(feed));
        xml.element("id", &identifier(&own));
        xml.element("updated", &newest.unwrap_or_else(|| UNDATED.to_owned()));
        xml.raw(&format!(
            "<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n",
            escape(&own)
        ));
        xml.raw(&format!(
            "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n",
            escape(&self.feed_home(feed))
        ));
        xml.raw("<author>");
        xml.element("name", &self.feed_site_title(&feed.lang));
        xml.raw("</author>\n");
        xml.element("generator", "Goodturn");
        for id in ids {
            self.atom_entry(&mut xml, *id)?;
        }
        xml.raw("</feed>\n");
        Ok(xml.text)
    }

    fn atom_entry(&self, xml: &mut Xml, id: DocId) -> Result<(), Vec<Diagnostic>> {
        let document = self.library.document(id);
        let base = &self.library.base;
        xml.raw("<entry>\n");
        xml.element("title", &document.title);
        // The short address never changes, whatever the piece is called later.
        xml.element("id", &identifier(&base.full(&document.short_address())));
        xml.raw(&format!(
            "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n",
            escape(&base.full(&document.address))
        ));
        xml.element("updated", &updated(document));
        if let Some(date) = document.date {
            xml.element("published", &date.rfc3339());
        }
        for author in &document.authors {
            xml.raw("<author>");
            xml.element("name", &self.library.authors[author.index()].name);
            xml.raw("</author>\n");
        }
        for industry in &document.industries {
            let name = self.library.vocabulary.name(*industry, document.lang());
            xml.raw(&format!(
                "<category term=\"{}\" label=\"{}\"/>\n",
                escape(&self.library.vocabulary.get(*industry).slug),
                escape(name)
            ));
        }
        let summary = summary(document);
        if !summary.is_empty() {
            xml.element("summary", summary);
        }
        xml.raw(&format!(
            "<content type=\"html\">{}</content>\n",
            escape(&self.feed_html(id)?)
        ));
        xml.raw("</entry>\n");
        Ok(())
    }

    /// A document's HTML with full addresses, as it is read away from the site.
    fn feed_html(&self, id: DocId) -> Result<String, Vec<Diagnostic>> {
        let document = self.library.document(id);
        let html = self.body(id)?;
        let page = self.library.base.full(&document.address);
        let html = html.replace("href=\"#", &format!("href=\"{}#", escape(&page)));
        let origin = &self.library.base.origin;
        let html = match origin.is_empty() {
            true => html,
            false => html
                .replace("href=\"/", &format!("href=\"{origin}/"))
                .replace("src=\"/", &format!("src=\"{origin}/")),
        };
        let link = document
            .source
            .front
            .link
            .as_ref()
            .filter(|_| document.kind == Kind::Link);
        Ok(match (link, &document.source.front.why) {
            (Some(link), why) => {
                let why = why
                    .as_deref()
                    .map(|why| format!("<p>{}</p>", escape(why)))
                    .unwrap_or_default();
                let url = escape(&link.text);
                format!("{why}{html}<p><a href=\"{url}\">{url}</a></p>")
            }
            (None, _) => html,
        })
    }

    fn json_feed(&self, feed: &Feed, ids: &[DocId]) -> Result<String, Vec<Diagnostic>> {
        let base = &self.library.base;
        let mut items = Vec::new();
        for id in ids {
            let document = self.library.document(*id);
            let mut item = json!({
                "id": base.full(&document.short_address()),
                "url": base.full(&document.address),
                "title": document.title,
                "content_html": self.feed_html(*id)?,
                "language": document.lang(),
            });
            let mut set = |key: &str, value: serde_json::Value| item[key] = value;
            if !summary(document).is_empty() {
                set("summary", json!(summary(document)));
            }
            if let Some(date) = document.date {
                set("date_published", json!(date.rfc3339()));
            }
            if let Some(link) = document
                .source
                .front
                .link
                .as_ref()
                .filter(|_| document.kind == Kind::Link)
            {
                set("external_url", json!(link.text));
            }
            if let Some(image) = &document.image {
                set("image", json!(format!("{}{}", base.origin, image.url)));
            }
            if !document.authors.is_empty() {
                let names = document
                    .authors
                    .iter()
                    .map(|id| json!({"name": self.library.authors[id.index()].name}));
                set("authors", json!(names.collect::<Vec<_>>()));
            }
            let industries = document
                .industries
                .iter()
                .map(|id| self.library.vocabulary.get(*id).slug.clone());
            let tags: Vec<String> = industries.chain(document.topics.iter().cloned()).collect();
            if !tags.is_empty() {
                set("tags", json!(tags));
            }
            items.push(item);
        }
        let text = json!({
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed_title(feed),
            "home_page_url": self.feed_home(feed),
            "feed_url": base.full(&feed_address(&self.library, feed)),
            "language": feed.lang,
            "items": items,
        });
        Ok(pretty(&text))
    }
}

/// The date of a feed in which nothing has a date.
const UNDATED: &str = "1970-01-01T00:00:00Z";

fn updated(document: &Document) -> String {
    let date = document.source.front.updated.or(document.date);
    date.map_or_else(|| UNDATED.to_owned(), |date| date.rfc3339())
}

fn summary(document: &Document) -> &str {
    match document.summary.is_empty() {
        true => document.source.front.why.as_deref().unwrap_or_default(),
        false => &document.summary,
    }
}

/// An address as an Atom id, which must be an absolute IRI even where no base address is known.
fn identifier(address: &str) -> String {
    match address.starts_with('/') {
        true => format!(
            "urn:goodturn:{}",
            address.trim_matches('/').replace('/', ":")
        ),
        false => address.to_owned(),
    }
}

/// JSON that people can read, with a line break at its end.
pub(super) fn pretty(value: &serde_json::Value) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_else(|_| value.to_string());
    text.push('\n');
    text
}

/// Text as XML has it. Characters that XML 1.0 does not allow are left out.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(c),
            c if (c as u32) < 0x20 || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => out.push(c),
        }
    }
    out
}

/// An XML document that grows.
pub(super) struct Xml {
    pub text: String,
}

impl Xml {
    pub fn new() -> Self {
        Xml {
            text: "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".to_owned(),
        }
    }

    /// Markup as it is.
    pub fn raw(&mut self, markup: &str) {
        self.text.push_str(markup);
    }

    /// An element that holds text.
    pub fn element(&mut self, name: &str, text: &str) {
        self.text
            .push_str(&format!("<{name}>{}</{name}>\n", escape(text)));
    }
}
