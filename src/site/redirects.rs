//! Redirects: pages that work on any host, and rules for servers that can do better.

use tera::Value;

use super::Site;
use super::context::map;
use super::pages::Head;
use super::plan::{Output, Server};
use crate::diagnostics::Diagnostic;
use crate::library::{DocId, Document, Standing};
use crate::source::front_matter::Kind;

impl Site {
    /// A page that leads to a document: works without script, and with it keeps the `#fragment`.
    pub(super) fn redirect_page(&self, id: DocId) -> Result<String, Vec<Diagnostic>> {
        let document = self.library.document(id);
        let (url, canonical) = self.destination(document);
        let mut head = Head::new(
            document.lang(),
            "redirect",
            &document.title,
            document.address.clone(),
        );
        head.robots = Some("noindex");
        head.description.clone_from(&document.summary);
        head.og_type = "website";
        let image = document
            .image
            .clone()
            .filter(|image| !image.url.ends_with(".svg"));
        head.image = image.map(|image| (image, document.title.clone()));
        let mut context = self.context(head);
        context.insert_value(
            "target",
            Value::from(map! {
                "url" => url,
                "canonical" => canonical,
                "title" => document.title.as_str(),
                "summary" => document.summary.as_str(),
            }),
        );
        self.template("redirect.html", &context)
    }

    /// Where a document is to be found: its own address, or what took its place. As a path of
    /// the site, and in full.
    fn destination(&self, document: &Document) -> (String, String) {
        let base = &self.library.base;
        match &document.standing {
            Standing::Replaced(url) if url.starts_with('/') => {
                (url.clone(), format!("{}{url}", base.origin))
            }
            Standing::Replaced(url) => (url.clone(), url.clone()),
            _ => (base.path(&document.address), base.full(&document.address)),
        }
    }

    /// The redirects as a server's own rules.
    pub(super) fn rules(&self, server: Server) -> String {
        let base = &self.library.base;
        let mut moves: Vec<(String, String)> = Vec::new();
        for (path, output) in self.plan.iter() {
            if let Output::Redirect(id) = output
                // Everybody can read these rules, and nobody may find a handout in them.
                && self.library.document(*id).kind != Kind::Handout
            {
                let from = match path.strip_suffix("index.html") {
                    Some(folder) => format!("/{folder}"),
                    None => format!("/{path}"),
                };
                let (to, _) = self.destination(self.library.document(*id));
                moves.push((base.path(&from), to));
            }
        }
        // Moved addresses first: some hosts read only so many lines.
        moves.sort_by_key(|(from, _)| (from.starts_with(&base.path("/r/")), from.clone()));
        let mut text = match server {
            Server::Netlify => "# Redirects for Netlify, Cloudflare Pages and others.\n".to_owned(),
            Server::Apache => format!(
                "# Redirects for Apache.\nErrorDocument 404 {}\n",
                base.path("/404.html")
            ),
            Server::Nginx => "# Redirects for nginx: include this in http {}, and in server {}:\n\
                 #   if ($goodturn_moved) { return 301 $goodturn_moved; }\n\
                 map $uri $goodturn_moved {\n"
                .to_owned(),
        };
        for (from, to) in moves {
            match server {
                Server::Netlify => text.push_str(&format!("{from} {to} 301\n")),
                Server::Apache => text.push_str(&format!(
                    "RedirectMatch 301 \"^{}$\" \"{to}\"\n",
                    regex_escape(&from)
                )),
                Server::Nginx => text.push_str(&format!("  \"{from}\" \"{to}\";\n")),
            }
        }
        if server == Server::Nginx {
            text.push_str("}\n");
        }
        text
    }
}

/// Text as a regular expression that means just that text.
fn regex_escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if matches!(
            c,
            '.' | '+' | '*' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '^' | '$' | '|' | '\\'
        ) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
