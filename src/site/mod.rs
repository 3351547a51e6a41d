//! The site: from the model to bytes.
//!
//! In: a [`Library`] and a [`Theme`]. Out: a [`Plan`] of every file, and [`Site::render`], which
//! makes any one of them. Rendering is a pure function of the snapshot and the path, so `build`
//! calls it for every path in parallel and a preview for the one that is looked at.

mod blocks;
mod context;
mod ebook;
mod exports;
mod faces;
mod feeds;
mod handout;
mod lists;
mod metadata;
mod pages;
mod plan;
mod reader;
mod redirects;
mod remembered;
mod templates;
mod theme;
mod words;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use tera::{Context, Tera, Value};

use crate::config::{BaseUrl, Folders};
use crate::diagnostics::{Diagnostic, Place, any_error};
use crate::language::quotes::Quotes;
use crate::library::handout::token_of_address;
use crate::library::{DocId, Document, Library, Picture, Target};
use crate::source::front_matter::Kind;
use crate::source::markdown;
use context::{Cards, map};

pub use exports::resource;
pub use faces::Sizes;
pub use plan::{Feed, FeedFormat, List, ListPage, Output, Plan, Server};
pub use templates::human_size;
pub use theme::{StaticFile, TemplateText, Theme, built_in as built_in_theme, load as load_theme};
pub use words::Words;

use reader::Readers;

/// Who made the site.
const GENERATOR: &str = concat!("Goodturn ", env!("CARGO_PKG_VERSION"));

/// What a file of the site consists of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// A file that is copied byte for byte.
    File(PathBuf),
}

/// A library with its look: everything that rendering needs.
#[derive(Clone)]
pub struct Site {
    library: Arc<Library>,
    theme: Arc<Theme>,
    tera: Arc<Tera>,
    plan: Arc<Plan>,
    cards: Cards,
    readers: Readers,
    /// The variable `site`, by language.
    shared: Arc<HashMap<String, Value>>,
    /// Authors' lines about themselves, as HTML.
    bios: Arc<Vec<String>>,
    photos: Arc<Vec<Option<Picture>>>,
    logo: Option<String>,
    image: Option<Picture>,
    sizes: Arc<Sizes>,
}

impl Site {
    /// Joins library and theme, plans the site and checks what only the plan can tell.
    ///
    /// # Errors
    /// Templates that cannot be compiled. Everything else goes to `problems`; a site with errors
    /// may be looked at but should not be published.
    pub fn new(
        library: Arc<Library>,
        theme: Arc<Theme>,
        folders: &Folders,
        problems: &mut Vec<Diagnostic>,
    ) -> Result<Site, Vec<Diagnostic>> {
        let tera = templates::compile(&theme, &library.base)?;
        let plan = plan::plan(&library, &theme, problems);
        let mut site = Site {
            cards: Cards::new(&library),
            readers: Readers::new(&library, &plan),
            plan: Arc::new(plan),
            tera,
            theme,
            shared: Arc::default(),
            bios: Arc::default(),
            photos: Arc::default(),
            logo: None,
            image: None,
            sizes: Arc::default(),
            library,
        };
        let library = site.library.clone();
        let documents: Vec<&Document> = library.iter().map(|(_, document)| document).collect();
        problems.extend(site.check(&documents));
        site.settle_pictures(folders, problems);
        let authors = library.authors.iter();
        let bios = authors.map(|author| site.short_markdown(author.bio.as_deref()));
        site.bios = Arc::new(bios.collect());
        let languages = library.shelves.keys();
        let shared = languages.map(|lang| {
            let value = site.shared_value(lang, folders, problems);
            (lang.clone(), value)
        });
        site.shared = Arc::new(shared.collect());
        Ok(site)
    }

    /// The site of a library in which one document was read anew ([`Library::refreshed`]): all
    /// the rest is shared. Nothing when something is wrong with that document.
    pub fn refreshed(&self, library: Library, id: DocId) -> Option<Site> {
        let library = Arc::new(library);
        let site = Site {
            cards: self.cards.refreshed(&library, id),
            readers: self.readers.refreshed(&library, &self.plan, id),
            library: library.clone(),
            ..self.clone()
        };
        let problems = site.check(&[library.document(id)]);
        problems.is_empty().then_some(site)
    }

    /// What only templates and plan can tell of documents: calls of blocks, links to lists.
    fn check(&self, documents: &[&Document]) -> Vec<Diagnostic> {
        let (library, theme) = (&self.library, &self.theme);
        let severity = self.library.config.severity();
        let mut problems = blocks::check(library, documents, &self.tera, theme, severity);
        for document in documents {
            self.check_links_to_the_plan(document, &mut problems);
        }
        problems
    }

    /// Every file of the site.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The library that the site shows.
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// The same library, to build another site from.
    pub fn shared_library(&self) -> Arc<Library> {
        Arc::clone(&self.library)
    }

    /// The addresses of static files that are others than in a site before, or new.
    pub fn changed_statics(&self, before: &Site) -> Vec<String> {
        let marks = self.theme.marks.iter();
        let changed = marks.filter(|(name, mark)| before.theme.marks.get(*name) != Some(mark));
        let base = &self.library.base;
        changed
            .map(|(name, _)| base.path(&format!("/{name}")))
            .collect()
    }

    /// Makes the page of a document.
    ///
    /// # Errors
    /// As [`Site::render`].
    pub fn render_document(&self, id: DocId) -> Result<Content, Vec<Diagnostic>> {
        self.render(&plan::file_at(&self.library.document(id).address))
    }

    /// Makes the file at a path of the plan.
    ///
    /// # Errors
    /// What went wrong in a template or a block, with its place; a path that is not planned.
    pub fn render(&self, path: &str) -> Result<Content, Vec<Diagnostic>> {
        let Some(output) = self.plan.get(path) else {
            return Err(vec![Diagnostic::error(format!(
                "/{path} is no part of the site"
            ))]);
        };
        let text = match output {
            Output::Document(id) => self.document_page(*id)?,
            Output::Print(id) => self.print_page(*id)?,
            Output::BookSearch(id) => self.book_search(*id)?,
            Output::Tombstone(id) => self.tombstone(*id)?,
            Output::Handout(id) => self.handout_page(*id)?,
            Output::Redirect(id) => self.redirect_page(*id)?,
            Output::List(list) => self.list_page(list)?,
            Output::NotFound => self.not_found()?,
            Output::Feed(feed) => self.feed(feed)?,
            Output::Sitemap(part) => self.sitemap(*part),
            Output::Robots => self.robots(),
            Output::Resources => self.resources(),
            Output::Llms => self.llms(),
            Output::Rules(server) => self.rules(*server),
            Output::Static => return self.static_file(path),
            Output::Asset(asset) => return self.asset(asset),
            Output::Face(id, face) => return self.face(*id, *face),
        };
        Ok(Content::Bytes(text.into_bytes()))
    }

    fn static_file(&self, path: &str) -> Result<Content, Vec<Diagnostic>> {
        match self.theme.statics.get(path) {
            Some(StaticFile::Disk(disk)) => Ok(Content::File(disk.clone())),
            Some(StaticFile::BuiltIn(bytes)) => Ok(Content::Bytes(bytes.to_vec())),
            None => Err(vec![Diagnostic::error(format!(
                "there is no file static/{path}"
            ))]),
        }
    }

    fn asset(&self, path: &str) -> Result<Content, Vec<Diagnostic>> {
        match self.library.assets.get(path) {
            Some(entry) => Ok(Content::File(entry.disk.clone())),
            None => Err(vec![Diagnostic::error(format!(
                "there is no file content/{path}"
            ))]),
        }
    }

    /// Renders a template.
    fn template(&self, name: &str, context: &Context) -> Result<String, Vec<Diagnostic>> {
        self.tera
            .render(name, context)
            .map_err(|error| vec![templates::diagnose(&error, &self.theme, name)])
    }

    /// The HTML of a document's body: what a book's chapter is made from.
    ///
    /// # Errors
    /// What went wrong in a block, with its place.
    fn body(&self, id: DocId) -> Result<String, Vec<Diagnostic>> {
        let document = self.library.document(id);
        let mut fill = blocks::BodyFill::new(self, document);
        let html = document.source.body.fragment.fill(&mut fill);
        let problems = fill.problems.into_inner();
        match any_error(&problems) {
            true => Err(problems),
            false => Ok(html),
        }
    }

    /// Links to `/addresses` that are neither documents nor files: the plan knows.
    fn check_links_to_the_plan(&self, document: &Document, problems: &mut Vec<Diagnostic>) {
        for link in &document.source.body.links {
            if !link.target.starts_with('/') || link.target.starts_with("//") {
                continue;
            }
            if let Ok(Target::Path(path)) = self.library.target(document, &link.target)
                && !self.plan.answers(&path)
            {
                problems.push(
                    Diagnostic::new(
                        self.library.config.severity(),
                        format!("there is no page {path}"),
                    )
                    .at(Place::span(document.source.file.clone(), link.span.clone()))
                    .maybe_help(self.plan.nearest(&path)),
                );
            }
        }
    }

    /// Pictures named in goodturn.yaml.
    fn settle_pictures(&mut self, folders: &Folders, problems: &mut Vec<Diagnostic>) {
        let config = self.library.config.clone();
        let named = |word: &serde_yaml::Spanned<String>, problems: &mut Vec<Diagnostic>| {
            let found = self.picture(&word.value);
            if found.is_none() {
                let file = folders.config_name();
                let text = std::fs::read_to_string(&folders.config).unwrap_or_default();
                let place = crate::config::place_of(&file, &text, word);
                let help = "give its path below content/ or static/";
                let problem = format!("there is no picture `{}`", word.value);
                problems.push(Diagnostic::error(problem).at(place).help(help));
            }
            found
        };
        let logo = config.logo.as_ref().and_then(|word| named(word, problems));
        let image = config.image.as_ref().and_then(|word| named(word, problems));
        for profile in config.authors.values() {
            if let Some(photo) = &profile.photo {
                named(photo, problems);
            }
        }
        let authors = self.library.authors.iter();
        let photos = authors.map(|author| self.picture(author.photo.as_deref()?));
        self.photos = Arc::new(photos.collect());
        self.logo = logo.map(|picture| picture.url);
        self.image = image;
    }

    /// A picture by its path below content/ or static/, or its full address.
    fn picture(&self, path: &str) -> Option<Picture> {
        if markdown::is_outside(path) {
            let url = path.to_owned();
            return Some(Picture { url, size: None });
        }
        let path = path.trim_start_matches("@/").trim_start_matches('/');
        if !self.plan.answers(path) {
            return None;
        }
        Some(Picture {
            url: self.library.base.path(&format!("/{path}")),
            size: self.library.assets.picture_size(path),
        })
    }

    /// A few sentences of Markdown from goodturn.yaml, as HTML.
    fn short_markdown(&self, text: Option<&str>) -> String {
        struct ToSite<'a>(&'a markdown::Body, &'a BaseUrl);
        impl markdown::Fill for ToSite<'_> {
            fn link(&mut self, number: u32, out: &mut String) {
                let target = self
                    .0
                    .links
                    .get(number as usize)
                    .map(|link| link.target.as_str());
                let target = target.unwrap_or_default();
                let href = match target.starts_with('/') {
                    true => self.1.path(target),
                    false => target.to_owned(),
                };
                // Writing to a String cannot fail.
                let _ = pulldown_cmark_escape::escape_href(out, &href);
            }
            fn size(&mut self, _: u32, _: &mut String) {}
            fn word(&mut self, _: &'static str, _: &mut String) {}
            fn call(&mut self, _: u32, body: Option<String>, out: &mut String) {
                out.push_str(&body.unwrap_or_default());
            }
        }
        let config = &self.library.config;
        let settings = markdown::Settings {
            quotes: config
                .smart_punctuation
                .then(|| Quotes::of(&config.language)),
            raw_html: config.html,
            lenient: true,
            lift_title: false,
            hides_lines: false,
            above: 0,
        };
        let text = text.unwrap_or_default();
        let (body, _) = markdown::render("goodturn.yaml", text, 0, None, settings, &mut Vec::new());
        body.fragment.fill(&mut ToSite(&body, &self.library.base))
    }

    /// The variable `site` of a language.
    fn shared_value(&self, lang: &str, folders: &Folders, problems: &mut Vec<Diagnostic>) -> Value {
        let config = &self.library.config;
        let own = config.languages.get(lang);
        let text = |ours: Option<&String>, theirs: &str| {
            ours.cloned().unwrap_or_else(|| theirs.to_owned())
        };
        let footer = own
            .and_then(|o| o.footer.as_deref())
            .or(config.footer.as_deref());
        let footer = footer.map(|text| Value::safe_string(&self.short_markdown(Some(text))));
        let author = config.author.as_deref().and_then(|word| {
            let slug = crate::library::slug(word);
            let at = self
                .library
                .authors
                .iter()
                .position(|a| a.slug == slug || a.name == word)?;
            self.library.author_id(at).map(|id| self.author(id, lang))
        });
        let year = self
            .library
            .documents
            .iter()
            .filter_map(|d| d.date)
            .max_by_key(|d| d.timestamp());
        Value::from(map! {
            "title" => text(own.and_then(|o| o.title.as_ref()), &config.title),
            "description" => text(own.and_then(|o| o.description.as_ref()), &config.description),
            "base_url" => self.library.base.full("/"),
            "url" => self.home_url(lang),
            "logo" => self.logo.as_deref(),
            "footer" => footer,
            "menu" => self.menu(lang, folders, problems),
            "languages" => self.languages(),
            "extra" => Value::from_serializable(&config.extra),
            "generator" => GENERATOR,
            "author" => author,
            "year" => year.map(|date| i64::from(date.date().year())),
        })
    }

    /// The links at the top: the author's, else industries, kinds and about.
    fn menu(&self, lang: &str, folders: &Folders, problems: &mut Vec<Diagnostic>) -> Value {
        let config = &self.library.config;
        let own = config
            .languages
            .get(lang)
            .and_then(|language| language.menu.as_ref());
        let chosen = own.or(config.menu.as_ref().filter(|_| lang == config.language));
        let item = |title: &str, url: String| Value::from(map! { "title" => title, "url" => url });
        if let Some(items) = chosen {
            let mut values = Vec::new();
            for entry in items {
                match self.menu_url(&entry.url) {
                    Some(url) => values.push(item(&entry.title, url)),
                    None => problems.push(
                        Diagnostic::error(format!(
                            "the menu leads to `{}`, which is not there",
                            entry.url
                        ))
                        .at(Place::file(folders.config_name()))
                        .maybe_help(self.plan.nearest(&entry.url)),
                    ),
                }
            }
            return Value::from(values);
        }
        let words = &self.theme.words;
        let mut values = Vec::new();
        if let Some(shelves) = self.library.shelves.get(lang) {
            let list = |list: &List| {
                self.library
                    .base
                    .path(&plan::list_address(&self.library, lang, list))
            };
            if !shelves.industries.is_empty() {
                values.push(item(
                    words.plain(lang, "industries"),
                    list(&List::Industries),
                ));
            }
            for kind in shelves.kinds.keys() {
                let title = format!("kinds_{}", kind.name());
                values.push(item(words.plain(lang, &title), list(&List::Kind(*kind))));
            }
            if !shelves.topics.is_empty() {
                values.push(item(words.plain(lang, "topics"), list(&List::Topics)));
            }
        }
        Value::from(values)
    }

    fn menu_url(&self, written: &str) -> Option<String> {
        if markdown::is_outside(written) {
            return Some(written.to_owned());
        }
        let path = written.trim_start_matches("@/").trim_start_matches('/');
        if let Some(id) = self.library.by_path(path)
            && self.library.document(id).kind != Kind::Handout
        {
            return Some(self.library.base.path(&self.library.document(id).address));
        }
        let address = format!("/{path}");
        let plain = address.split(['#', '?']).next().unwrap_or(&address);
        let is_handout = token_of_address(plain).is_some();
        (self.plan.answers(plain) && !is_handout).then(|| self.library.base.path(&address))
    }

    fn languages(&self) -> Value {
        if self.library.shelves.len() < 2 {
            return Value::from(Vec::<Value>::new());
        }
        let language = |code: &str| {
            Value::from(map! {
                "code" => code,
                "name" => self.language_name(code),
                "url" => self.home_url(code),
                "dir" => direction(code),
            })
        };
        // The first language first, then by code.
        let first = self.library.config.language.as_str();
        let others = self
            .library
            .shelves
            .keys()
            .map(String::as_str)
            .filter(|code| *code != first);
        Value::from(
            std::iter::once(first)
                .chain(others)
                .map(language)
                .collect::<Vec<_>>(),
        )
    }
}

/// The direction that a language is written in.
fn direction(lang: &str) -> &'static str {
    match crate::language::is_right_to_left(lang) {
        true => "rtl",
        false => "ltr",
    }
}
