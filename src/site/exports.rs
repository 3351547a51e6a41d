//! Files for other programs: the sitemap, robots.txt, resources.json and llms.txt.

use serde_json::{Value, json};

use super::Site;
use super::feeds::{Xml, escape, pretty};
use super::plan::{List, Output, SITEMAP_LIMIT, file_at, list_address, page_address};
use crate::library::{Document, Library};
use crate::source::front_matter::Kind;

/// The version of resources.json; it changes when a program that reads it would have to.
const RESOURCES_VERSION: u32 = 1;

impl Site {
    /// sitemap.xml, or one of its parts where there are more than 50,000 addresses
    /// (sitemaps.org protocol 0.9).
    pub(super) fn sitemap(&self, part: Option<usize>) -> String {
        let addresses = self.sitemap_addresses();
        let parts = addresses.len().div_ceil(SITEMAP_LIMIT);
        let mut xml = Xml::new();
        if part.is_none() && parts > 1 {
            xml.raw("<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
            for part in 1..=parts {
                let url = self.library.base.full(&format!("/sitemap-{part}.xml"));
                xml.raw(&format!("<sitemap><loc>{}</loc></sitemap>\n", escape(&url)));
            }
            xml.raw("</sitemapindex>\n");
            return xml.text;
        }
        xml.raw("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
        let chunk = addresses.chunks(SITEMAP_LIMIT).nth(part.unwrap_or(1) - 1);
        for (address, changed) in chunk.unwrap_or_default() {
            let url = escape(&self.library.base.full(address));
            let changed = changed
                .as_deref()
                .map(|day| format!("<lastmod>{day}</lastmod>"));
            xml.raw(&format!(
                "<url><loc>{url}</loc>{}</url>\n",
                changed.unwrap_or_default()
            ));
        }
        xml.raw("</urlset>\n");
        xml.text
    }

    /// The pages that search engines are told of, and when they last changed.
    fn sitemap_addresses(&self) -> Vec<(String, Option<String>)> {
        let page = |output: &Output| match output {
            Output::Document(id) => {
                let document = self.library.document(*id);
                let is_public = !document.draft && !document.scheduled;
                let date = document.source.front.updated.or(document.date);
                is_public.then(|| (document.address.clone(), date.map(|date| date.to_string())))
            }
            Output::List(page) => {
                let address = page_address(&self.library, &page.lang, &page.list, page.page);
                Some((address, None))
            }
            _ => None,
        };
        self.plan
            .iter()
            .filter_map(|(_, output)| page(output))
            .collect()
    }

    /// robots.txt (RFC 9309).
    pub(super) fn robots(&self) -> String {
        let mut text = String::from("User-agent: *\nAllow: /\n");
        if self.library.base.is_known() {
            let sitemap = self.library.base.full("/sitemap.xml");
            text.push_str(&format!("\nSitemap: {sitemap}\n"));
        }
        text
    }

    /// resources.json: every resource, for other programs. docs/resources.schema.json describes it.
    pub(super) fn resources(&self) -> String {
        let resources = self
            .library
            .resources()
            .filter(|(_, d)| !d.draft && !d.scheduled);
        let resources: Vec<Value> = resources
            .map(|(_, document)| resource(&self.library, document))
            .collect();
        pretty(&json!({
            "version": RESOURCES_VERSION,
            "title": self.library.config.title,
            "url": self.library.base.full("/"),
            "resources": resources,
        }))
    }

    /// llms.txt: what the library holds, in Markdown, for language models (llmstxt.org).
    pub(super) fn llms(&self) -> String {
        let config = &self.library.config;
        let lang = &config.language;
        let mut text = format!("# {}\n\n", one_line(&config.title));
        if !config.description.is_empty() {
            text.push_str(&format!("> {}\n\n", one_line(&config.description)));
        }
        let Some(shelves) = self.library.shelves.get(lang) else {
            return text;
        };
        for (kind, shelf) in &shelves.kinds {
            let heading = self
                .theme
                .words
                .plain(lang, &format!("kinds_{}", kind.name()))
                .to_owned();
            text.push_str(&format!("## {heading}\n\n"));
            for id in shelf {
                let document = self.library.document(*id);
                let url = self.library.base.full(&document.address);
                let about = match (&document.source.front.why, document.summary.is_empty()) {
                    (Some(why), true) => why,
                    _ => &document.summary,
                };
                text.push_str(&format!("- [{}]({url})", one_line(&document.title)));
                if !about.is_empty() {
                    text.push_str(&format!(": {}", one_line(about)));
                }
                text.push('\n');
            }
            text.push('\n');
        }
        let industries = list_address(&self.library, lang, &List::Industries);
        if self.plan.get(&file_at(&industries)).is_some() {
            let url = self.library.base.full(&industries);
            text.push_str(&format!(
                "## Optional\n\n- [{}]({url})\n",
                self.theme.words.plain(lang, "industries")
            ));
        }
        text
    }
}

/// A resource as resources.json and `goodturn list --json` describe it.
pub fn resource(library: &Library, document: &Document) -> Value {
    let base = &library.base;
    let front = &document.source.front;
    let vocabulary = &library.vocabulary;
    let industries: Vec<Value> = document
        .industries
        .iter()
        .map(|id| {
            let industry = vocabulary.get(*id);
            json!({"slug": industry.slug, "name": vocabulary.name(*id, document.lang()), "naics": industry.naics})
        })
        .collect();
    let authors: Vec<&str> = document
        .authors
        .iter()
        .map(|id| library.authors[id.index()].name.as_str())
        .collect();
    let mut resource = json!({
        "id": document.id.as_str(),
        "kind": document.kind.name(),
        "title": document.title,
        "summary": document.summary,
        "url": base.full(&document.address),
        "short_url": base.full(&document.short_address()),
        "lang": document.lang(),
        "date": document.date.map(|date| date.to_string()),
        "updated": front.updated.map(|date| date.to_string()),
        "industries": industries,
        "general": front.general,
        "topics": document.topics,
        "authors": authors,
    });
    let mut set = |key: &str, value: Value| resource[key] = value;
    if let Some(why) = &front.why {
        set("why", json!(why));
    }
    match document.kind {
        Kind::Link => set("link", json!(front.link.as_ref().map(|link| &link.text))),
        Kind::File => {
            if let Some(file) = &document.file {
                set(
                    "file",
                    json!({
                        "url": format!("{}{}", base.origin, file.url),
                        "format": file.format,
                        "size": file.size,
                        "pages": file.pages,
                    }),
                );
            }
        }
        Kind::Article => set("minutes", json!(document.minutes())),
        _ => {}
    }
    resource
}

/// Text on one line, so that it cannot begin a line of its own.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
