//! Where templates of letters come from: `private/letters/NAME.LANG.md`, `private/letters/NAME.md`,
//! then the built-in ones in the language, then those in English.

use std::path::Path;
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use serde::Deserialize;

use crate::diagnostics::{Diagnostic, Place, did_you_mean, read_text};
use crate::language;
use crate::source::front_matter::{self, Format};
use crate::yaml;

/// The folder of the user's own templates, in private/.
pub const FOLDER: &str = "letters";

/// The built-in ones, a folder for each language.
static BUILTIN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/followup/letter/texts");

/// The language that every built-in template is there in.
const FALLBACK: &str = "en";

/// The template of a letter.
#[derive(Clone, Debug)]
pub struct Template {
    /// The file, as messages name it.
    pub file: String,
    /// Its whole text.
    pub text: Arc<str>,
    /// The template of the subject, and where it stands in the text.
    pub subject: String,
    /// Where the template of the body begins in the text.
    pub body_start: usize,
    /// The language that it is written in.
    pub lang: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    subject: String,
}

impl Template {
    /// Finds the template called `name` for a language (BCP 47). `private` is the library's
    /// private/ folder.
    ///
    /// # Errors
    /// There is none of that name, or it cannot be read.
    pub fn find(private: &Path, name: &str, lang: &str) -> Result<Template, Box<Diagnostic>> {
        let base = language::base(lang);
        // A name is never a path: it could lead anywhere.
        let is_plain = !name.is_empty() && !name.contains(['/', '\\', '.']);
        for file in [format!("{name}.{base}.md"), format!("{name}.md")] {
            let path = private.join(FOLDER).join(&file);
            if is_plain && path.is_file() {
                let shown = format!("private/{FOLDER}/{file}");
                let text = read_text(&path, &shown)?;
                return Template::read(shown, text, lang);
            }
        }
        for lang in [base, FALLBACK] {
            let file = BUILTIN.get_file(format!("{lang}/{name}.md"));
            if let Some(text) = file.and_then(|file| file.contents_utf8()) {
                let shown = format!("the built-in letter {name}");
                return Template::read(shown, text.to_owned(), lang);
            }
        }
        let known = names(private);
        let near = did_you_mean(name, known.iter().map(String::as_str));
        Err(Box::new(
            Diagnostic::error(format!("there is no letter called `{name}`"))
                .maybe_help(near)
                .help(format!("there are: {}", known.join(", ")))
                .help(format!("one of your own goes to private/{FOLDER}/NAME.md")),
        ))
    }

    /// Reads a template that messages call `file`.
    ///
    /// # Errors
    /// It has no head with a subject, or no text.
    pub fn read(file: String, text: String, lang: &str) -> Result<Template, Box<Diagnostic>> {
        let split = front_matter::split(&text);
        let body_start = split.body_start;
        let inside = match split.head {
            Some(head) if head.format == Format::Yaml => head.inside,
            _ => {
                let place = Place::span(file.as_str(), 0..0).with_text(text);
                return Err(Box::new(
                    Diagnostic::error("a letter begins with its subject")
                        .at(place)
                        .help("write at the top: ---, subject: \"…\", ---, each on a line"),
                ));
            }
        };
        let head: Head = yaml::from_part(&file, &text, inside)?;
        if text.get(body_start..).unwrap_or_default().trim().is_empty() {
            return Err(Box::new(
                Diagnostic::error("this letter says nothing below its subject")
                    .at(Place::file(file))
                    .help("write what it is to say after the second ---"),
            ));
        }
        Ok(Template {
            file,
            text: text.into(),
            subject: head.subject,
            body_start,
            lang: lang.to_owned(),
        })
    }

    /// Whether it has a place for a line of the writer's own.
    pub fn takes_line(&self) -> bool {
        self.body().contains("line")
    }

    /// The template of the body.
    pub fn body(&self) -> &str {
        self.text.get(self.body_start..).unwrap_or_default()
    }
}

/// The names of all templates, the user's own included, sorted.
pub fn names(private: &Path) -> Vec<String> {
    let own = std::fs::read_dir(private.join(FOLDER))
        .into_iter()
        .flatten();
    let own = own.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let builtin = BUILTIN.get_dir(FALLBACK).into_iter().flat_map(Dir::files);
    let builtin = builtin.filter_map(|file| Some(file.path().file_name()?.to_str()?.to_owned()));
    let mut names: Vec<String> = own
        .chain(builtin)
        .filter_map(|file| {
            let stem = file.strip_suffix(".md")?;
            Some(stem.split('.').next().unwrap_or(stem).to_owned())
        })
        .collect();
    names.sort();
    names.dedup();
    names
}
