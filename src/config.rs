//! goodturn.yaml: the settings of a library.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_yaml::Spanned;

use crate::diagnostics::{Diagnostic, Place, Severity};
use crate::yaml;

/// The name of the settings file.
pub const FILE_NAME: &str = "goodturn.yaml";

/// The settings, as written. Every key has a default, so an empty file is a valid one.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The name of the library.
    pub title: String,
    /// What it is for, in a sentence.
    pub description: String,
    /// Where it will be published, for instance `https://example.org/library/`.
    pub base_url: Option<Spanned<String>>,
    /// The language of documents that do not say otherwise (BCP 47, for instance `en`).
    pub language: String,
    /// The other languages, by their code.
    pub languages: BTreeMap<String, Language>,
    /// Who wrote what does not name an author: a key of `authors`, or a name.
    pub author: Option<String>,
    /// Profiles of authors, by the word used in front matter.
    pub authors: BTreeMap<String, AuthorProfile>,
    /// The theme: `default`, or a folder under themes/.
    pub theme: String,
    /// Whether a broken link, an unknown industry or a foreign shortcode is an error (the
    /// default) or a warning.
    pub strict: bool,
    /// What becomes of raw HTML in Markdown.
    pub html: RawHtml,
    /// Whether straight quotes, `--` and `...` become typographic ones.
    pub smart_punctuation: bool,
    /// How many pieces a page of a list holds.
    pub paginate: usize,
    /// How many pieces a feed holds.
    pub feed_items: usize,
    /// The links at the top of every page.
    pub menu: Option<Vec<MenuItem>>,
    /// A line at the foot of every page, in Markdown.
    pub footer: Option<String>,
    /// A picture for pages that have none of their own when they are shared.
    pub image: Option<Spanned<String>>,
    /// The logo: a file under static/ or content/.
    pub logo: Option<Spanned<String>>,
    /// Markdown files larger than this are refused, in megabytes.
    pub max_file_mb: u64,
    /// What messages put before the paths of files in content/: nothing for a book that lies
    /// outside of any library.
    #[serde(skip)]
    pub content: &'static str,
    /// Anything else that templates want to know.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

/// A language besides the first one.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Language {
    /// What its speakers call it; known for the theme's own languages.
    pub name: Option<String>,
    /// The library's name in this language.
    pub title: Option<String>,
    /// What the library is for, in this language.
    pub description: Option<String>,
    /// The links at the top of every page in this language.
    pub menu: Option<Vec<MenuItem>>,
    /// A line at the foot of every page in this language, in Markdown.
    pub footer: Option<String>,
}

/// A link at the top of every page.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MenuItem {
    /// What it says.
    pub title: String,
    /// Where it leads: an address of the site, a path of a document, or a full address.
    pub url: String,
}

/// Who somebody is.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AuthorProfile {
    /// The name to show.
    pub name: Option<String>,
    /// What they do, in a few words.
    pub role: Option<String>,
    /// A few sentences, in Markdown.
    pub bio: Option<String>,
    /// A picture: a path under content/ or static/.
    pub photo: Option<Spanned<String>>,
    /// Where to find them.
    pub links: Vec<AuthorLink>,
}

/// Where to find an author.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthorLink {
    /// What it is: "Website", "LinkedIn".
    pub name: String,
    /// The full address.
    pub url: String,
}

/// What becomes of raw HTML in Markdown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RawHtml {
    /// It stays as it is: the author is trusted.
    #[default]
    Allow,
    /// Scripts, styles, frames and event handlers are taken out.
    Sanitize,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            title: "My library".into(),
            description: String::new(),
            base_url: None,
            language: "en".into(),
            languages: BTreeMap::new(),
            author: None,
            authors: BTreeMap::new(),
            theme: "default".into(),
            strict: true,
            html: RawHtml::Allow,
            smart_punctuation: true,
            paginate: 24,
            feed_items: 20,
            menu: None,
            footer: None,
            image: None,
            logo: None,
            max_file_mb: 16,
            content: "content/",
            extra: serde_json::Map::new(),
        }
    }
}

impl Config {
    /// What a problem in the content is: an error, unless the library is not strict.
    pub fn severity(&self) -> Severity {
        match self.strict {
            true => Severity::Error,
            false => Severity::Warning,
        }
    }

    /// A file of content/ as messages name it, by its path there.
    pub fn shown(&self, path: &str) -> String {
        format!("{}{path}", self.content)
    }

    /// Reads the text of a settings file; `file` is its name in messages.
    ///
    /// # Errors
    /// Every problem with its place: YAML that cannot be read, an unknown key with the nearest
    /// right one, a value that makes no sense.
    pub fn parse(file: &str, text: &str) -> Result<Config, Vec<Diagnostic>> {
        let config: Config = match text.trim().is_empty() {
            true => Config::default(),
            false => yaml::from_file(file, text).map_err(|problem| vec![*problem])?,
        };
        let problems = config.problems(file, text);
        if problems.is_empty() {
            Ok(config)
        } else {
            Err(problems)
        }
    }

    fn problems(&self, file: &str, text: &str) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        if let Some(url) = &self.base_url
            && let Err(problem) = BaseUrl::parse(&url.value)
        {
            problems.push(
                Diagnostic::error(problem)
                    .at(place_of(file, text, url))
                    .help("write the full address of the site: base_url: https://example.org/"),
            );
        }
        for (key, value) in [
            ("paginate", self.paginate),
            ("feed_items", self.feed_items),
            ("max_file_mb", self.max_file_mb as usize),
        ] {
            if value == 0 {
                problems.push(
                    Diagnostic::error(format!("`{key}` must be at least 1"))
                        .at(key_place(file, text, key)),
                );
            }
        }
        for code in std::iter::once(&self.language).chain(self.languages.keys()) {
            if !is_language_code(code) {
                problems.push(
                    Diagnostic::error(format!("`{code}` is not a language code"))
                        .at(key_place(file, text, "language"))
                        .help("use a code such as en, es, fr or pt-BR"),
                );
            }
        }
        if self.theme.contains(['/', '\\']) || self.theme.starts_with('.') {
            problems.push(
                Diagnostic::error("a theme is the name of a folder under themes/")
                    .at(key_place(file, text, "theme")),
            );
        }
        problems
    }

    /// The codes of all languages, the first one first.
    pub fn language_codes(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.language.as_str())
            .chain(self.languages.keys().map(String::as_str))
            .enumerate()
            .filter(|(at, code)| *at == 0 || *code != self.language)
            .map(|(_, code)| code)
    }
}

/// The place of a value that remembers where it stood.
pub fn place_of<T>(file: &str, text: &str, value: &Spanned<T>) -> Place {
    let span = value.referenced.span();
    // The reader of YAML does not see a byte order mark.
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let start = mark + span.byte_offset().unwrap_or_default() as usize;
    let len = span.byte_len().unwrap_or_default() as usize;
    Place::span(file, start..start + len).with_text(text)
}

/// The place of a top-level key, found by its text.
fn key_place(file: &str, text: &str, key: &str) -> Place {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let mark = line.len() - line.trim_start_matches('\u{feff}').len();
        if line[mark..].starts_with(key) {
            return Place::span(file, at + mark..at + mark + key.len()).with_text(text);
        }
        at += line.len();
    }
    Place::file(file)
}

fn is_language_code(code: &str) -> bool {
    let mut parts = code.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=3).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_lowercase())
        && parts.all(|part| {
            (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

/// The address that a site is published at, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    /// Scheme and host: `https://example.org`. Empty when no address is known.
    pub origin: String,
    /// The path, without a slash at its end: `/library`, or empty.
    pub prefix: String,
}

impl BaseUrl {
    /// No address yet: the site lies at the root of whatever host it is put on.
    pub fn unknown() -> Self {
        BaseUrl {
            origin: String::new(),
            prefix: String::new(),
        }
    }

    /// Takes a full `http` or `https` address apart.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn parse(url: &str) -> Result<Self, String> {
        let rest = url
            .strip_prefix("https://")
            .or_else(|| url.strip_prefix("http://"))
            .ok_or_else(|| format!("`{url}` is not an address that starts with https://"))?;
        if rest.contains(['?', '#', ' ', '"', '<', '>', '\\']) {
            return Err(format!(
                "`{url}` holds a character that a base address cannot have"
            ));
        }
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        if host.is_empty() {
            return Err(format!("`{url}` names no host"));
        }
        let path = path.trim_matches('/');
        Ok(BaseUrl {
            origin: url[..url.len() - rest.len() + host.len()].to_owned(),
            prefix: match path {
                "" => String::new(),
                path => format!("/{path}"),
            },
        })
    }

    /// A path of the site as a page links to it: `/articles/a/` becomes `/library/articles/a/`.
    pub fn path(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }

    /// A path of the site as the full address.
    pub fn full(&self, path: &str) -> String {
        format!("{}{}{path}", self.origin, self.prefix)
    }

    /// Whether the address is known.
    pub fn is_known(&self) -> bool {
        !self.origin.is_empty()
    }
}

/// Where the parts of a library lie.
#[derive(Clone, Debug)]
pub struct Folders {
    /// The library itself.
    pub root: PathBuf,
    /// The settings file.
    pub config: PathBuf,
}

impl Folders {
    /// The library in `root`, with its settings in `config` (else in goodturn.yaml).
    pub fn new(root: impl Into<PathBuf>, config: Option<PathBuf>) -> Self {
        let root = root.into();
        let config = config.unwrap_or_else(|| root.join(FILE_NAME));
        Folders { root, config }
    }

    /// The same folders by their full paths, as the system tells of changes in them.
    ///
    /// # Errors
    /// The current folder is gone.
    pub fn absolute(&self) -> std::io::Result<Self> {
        Ok(Folders {
            root: std::path::absolute(&self.root)?,
            config: std::path::absolute(&self.config)?,
        })
    }

    /// A part of the library by its name: content, templates, static, themes, private.
    pub fn part(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// The settings file as messages name it: relative to the library where it lies inside.
    pub fn config_name(&self) -> String {
        display_path(&self.root, &self.config)
    }
}

/// A path as messages name it: relative to `root`, with forward slashes.
pub fn display_path(root: &Path, path: &Path) -> String {
    let shown = path.strip_prefix(root).unwrap_or(path);
    let shown = shown.to_string_lossy();
    // A backslash is part of a name where it parts no folders; a line break would look like two.
    let shown = match cfg!(windows) {
        true => shown.replace('\\', "/"),
        false => shown.into_owned(),
    };
    shown.replace(char::is_control, "\u{fffd}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Renderer;

    fn problems(text: &str) -> String {
        let mut renderer = Renderer::new(".", false);
        let problems = Config::parse(FILE_NAME, text).expect_err("a problem");
        let shown: Vec<_> = problems.iter().map(|p| renderer.render(p)).collect();
        shown.join("\n\n")
    }

    #[test]
    fn an_empty_file_is_valid() {
        assert_eq!(Config::parse(FILE_NAME, "").map(|c| c.paginate), Ok(24));
    }

    #[test]
    fn a_misspelt_key_is_answered_with_the_right_one() {
        insta::assert_snapshot!(problems("title: A\nbase_ulr: https://a.org\n"), @"
        error: unknown key `base_ulr`
         --> goodturn.yaml:2:1
          |
        2 | base_ulr: https://a.org
          | ^^^^^^^^
          |
          = help: did you mean `base_url`?
        ");
    }

    #[test]
    fn values_are_checked_all_at_once() {
        insta::assert_snapshot!(problems("base_url: a.org\npaginate: 0\n"), @"
        error: `a.org` is not an address that starts with https://
         --> goodturn.yaml:1:11
          |
        1 | base_url: a.org
          |           ^^^^^
          |
          = help: write the full address of the site: base_url: https://example.org/

        error: `paginate` must be at least 1
         --> goodturn.yaml:2:1
          |
        2 | paginate: 0
          | ^^^^^^^^
        ");
    }

    #[test]
    fn a_base_url_is_taken_apart() {
        let url = BaseUrl::parse("https://a.org/lib/").expect("valid");
        assert_eq!(url.full("/r/x/"), "https://a.org/lib/r/x/");
        assert_eq!(
            BaseUrl::parse("https://a.org").map(|u| u.path("/")),
            Ok("/".into())
        );
    }
}
