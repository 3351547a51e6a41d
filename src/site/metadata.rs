//! What pages say of themselves to programs: schema.org as JSON-LD.

use serde_json::{Value, json};

use super::Site;
use super::context::host;
use crate::library::{DocId, Document};
use crate::source::front_matter::Kind;

impl Site {
    /// The JSON-LD of a document (schema.org), safe inside a `<script>` element.
    pub(super) fn document_json_ld(&self, id: DocId) -> String {
        let library = &self.library;
        let document = library.document(id);
        let front = &document.source.front;
        let mut data = json!({
            "@context": "https://schema.org",
            "@type": schema_type(document),
            "@id": library.base.full(&document.short_address()),
            "headline": document.title,
            "name": document.title,
            "url": library.base.full(&document.address),
            "inLanguage": document.lang(),
            "isAccessibleForFree": true,
        });
        let mut set = |key: &str, value: Value| {
            if !value.is_null() && value != json!("") && value != json!([]) {
                data[key] = value;
            }
        };
        set("description", json!(document.summary));
        set(
            "datePublished",
            json!(document.date.map(|date| date.to_string())),
        );
        set(
            "dateModified",
            json!(front.updated.map(|date| date.to_string())),
        );
        let authors: Vec<Value> = document
            .authors
            .iter()
            .map(|id| json!({"@type": "Person", "name": library.authors[id.index()].name}))
            .collect();
        set("author", json!(authors));
        let audience: Vec<Value> = document
            .industries
            .iter()
            .map(|id| json!({"@type": "BusinessAudience", "name": library.vocabulary.name(*id, document.lang())}))
            .collect();
        set("audience", json!(audience));
        set("keywords", json!(document.topics.join(", ")));
        if let Some((image, _)) = self.share_image(document) {
            set(
                "image",
                json!(format!("{}{}", library.base.origin, image.url)),
            );
        }
        match document.kind {
            Kind::Link => {
                let url = front
                    .link
                    .as_ref()
                    .map(|link| link.text.as_str())
                    .unwrap_or_default();
                set(
                    "mainEntity",
                    json!({"@type": "WebPage", "url": url, "provider": {"@type": "Organization", "name": host(url)}}),
                );
            }
            Kind::File => {
                if let Some(file) = &document.file {
                    set(
                        "contentUrl",
                        json!(format!("{}{}", library.base.origin, file.url)),
                    );
                    set("contentSize", json!(file.size.to_string()));
                }
            }
            Kind::Chapter => {
                if let Some(chapter) = &document.chapter {
                    let book = library.document(chapter.book);
                    set(
                        "isPartOf",
                        json!({"@type": "Book", "name": book.title, "url": library.base.full(&book.address)}),
                    );
                }
            }
            _ => {}
        }
        script_safe(&data)
    }

    /// The JSON-LD of a home page.
    pub(super) fn site_json_ld(&self, lang: &str, title: &str, description: &str) -> String {
        script_safe(&json!({
            "@context": "https://schema.org",
            "@type": "WebSite",
            "name": title,
            "description": description,
            "url": self.library.base.full(&super::plan::home_address(&self.library, lang)),
            "inLanguage": lang,
        }))
    }
}

fn schema_type(document: &Document) -> &'static str {
    match document.kind {
        Kind::Article => "Article",
        Kind::Book => "Book",
        Kind::Chapter => "Chapter",
        Kind::Link | Kind::Page | Kind::Author | Kind::Handout => "WebPage",
        Kind::File => "DigitalDocument",
    }
}

/// JSON that cannot end the script element that it stands in.
fn script_safe(data: &Value) -> String {
    data.to_string()
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
}
