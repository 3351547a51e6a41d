//! Blocks: the calls in Markdown, checked against the components that answer them, and rendered.

use std::cell::RefCell;

use pulldown_cmark_escape::{escape_href, escape_html};
use tera::{ComponentArgType, Context, Tera, Value};

use super::Site;
use super::context::file_value;
use super::templates::diagnose;
use super::theme::Theme;
use crate::diagnostics::{Diagnostic, Place, Severity, did_you_mean};
use crate::library::{DocId, Document, FileFacts, Library, Target};
use crate::source::front_matter::Kind;
use crate::source::markdown::{Arg, Call, Fill};

/// Arguments that are addresses: paths of the library are understood there.
const ADDRESSES: &[&str] = &["href", "src", "image", "url"];

/// Checks every call of some documents against the templates.
pub(super) fn check(
    library: &Library,
    documents: &[&Document],
    tera: &Tera,
    theme: &Theme,
    severity: Severity,
) -> Vec<Diagnostic> {
    let names: Vec<&str> = theme
        .templates
        .keys()
        .filter_map(|name| name.strip_prefix("blocks/")?.strip_suffix(".html"))
        .collect();
    let mut problems = Vec::new();
    for document in documents {
        for call in &document.source.body.calls {
            let mut checker = Checker {
                document,
                severity,
                problems: &mut problems,
            };
            match tera.get_component_definition(&call.name) {
                Some(block) if names.contains(&call.name.as_str()) => checker.args(call, &block),
                _ => {
                    let help = did_you_mean(&call.name, names.iter().copied())
                        .unwrap_or_else(|| format!("the blocks are: {}", names.join(", ")));
                    let message = format!("there is no block `{}`", call.name);
                    checker.tell(message, &call.span, Some(help));
                }
            }
            checker.addresses(library, call);
        }
    }
    problems
}

struct Checker<'a> {
    document: &'a Document,
    severity: Severity,
    problems: &'a mut Vec<Diagnostic>,
}

impl Checker<'_> {
    fn args(&mut self, call: &Call, block: &tera::ComponentInfo) {
        let known = || block.args().iter().filter(|arg| !arg.is_implicit());
        for arg in &call.args {
            match known().find(|known| known.name() == arg.name) {
                Some(known) => {
                    // `of` and `file` are written as a path and arrive as a map.
                    let is_path =
                        arg.value.is_string() && matches!(arg.name.as_str(), "of" | "file");
                    if let Some(expected) = known.arg_type().filter(|_| !is_path)
                        && !fits(&arg.value, expected)
                    {
                        let message = format!("`{}` must be {}", arg.name, in_words(expected));
                        self.tell(message, &arg.span, None);
                    }
                }
                None if block.rest_param().is_some() => {}
                None => {
                    let help = did_you_mean(&arg.name, known().map(|arg| arg.name()))
                        .unwrap_or_else(|| {
                            let names: Vec<&str> = known().map(|arg| arg.name()).collect();
                            match names.is_empty() {
                                true => "it takes no arguments".to_owned(),
                                false => format!("its arguments are: {}", names.join(", ")),
                            }
                        });
                    let message =
                        format!("the block `{}` has no argument `{}`", call.name, arg.name);
                    self.tell(message, &arg.span, Some(help));
                }
            }
        }
        for missing in known().filter(|arg| arg.is_required()) {
            if !call.args.iter().any(|arg| arg.name == missing.name()) {
                let message = format!("the block `{}` needs `{}`", call.name, missing.name());
                let help = format!("write {}=\"…\" between its parentheses", missing.name());
                self.tell(message, &call.span, Some(help));
            }
        }
    }

    /// Addresses in arguments must lead somewhere, as links do.
    fn addresses(&mut self, library: &Library, call: &Call) {
        for arg in &call.args {
            if let Err(message) = argument(library, self.document, arg) {
                self.tell(message.0, &arg.span, message.1);
            }
        }
    }

    fn tell(&mut self, message: String, span: &std::ops::Range<usize>, help: Option<String>) {
        self.problems.push(
            Diagnostic::new(self.severity, message)
                .at(Place::span(self.document.source.file.clone(), span.clone()))
                .maybe_help(help),
        );
    }
}

fn fits(value: &serde_json::Value, expected: ComponentArgType) -> bool {
    match expected {
        ComponentArgType::String => value.is_string(),
        ComponentArgType::Bool => value.is_boolean(),
        ComponentArgType::Integer => value.is_i64() || value.is_u64(),
        ComponentArgType::Float => value.is_f64(),
        ComponentArgType::Number => value.is_number(),
        ComponentArgType::Array => value.is_array(),
        ComponentArgType::Map => value.is_object(),
        _ => true,
    }
}

fn in_words(expected: ComponentArgType) -> &'static str {
    match expected {
        ComponentArgType::String => "text in quotes",
        ComponentArgType::Bool => "true or false",
        ComponentArgType::Integer => "a whole number",
        ComponentArgType::Float | ComponentArgType::Number => "a number",
        ComponentArgType::Array => "a list: [\"a\", \"b\"]",
        ComponentArgType::Map => "a path of this library in quotes",
        _ => "of another type",
    }
}

/// What an argument becomes.
enum Argument {
    Plain(Value),
    Card(DocId),
    File(FileFacts),
}

type Wrong = (String, Option<String>);

/// Understands an argument: addresses, resources and files by their path.
fn argument(library: &Library, document: &Document, arg: &Arg) -> Result<Argument, Wrong> {
    let plain = || Ok(Argument::Plain(Value::from_serializable(&arg.value)));
    let Some(text) = arg.value.as_str() else {
        return plain();
    };
    let find = |path: &str| {
        let direct = library.target(document, path);
        // Beside the file first, then from content/: both are what people write.
        direct.or_else(|broken| {
            library
                .target(document, &format!("@/{path}"))
                .map_err(|_| broken)
        })
    };
    match arg.name.as_str() {
        "of" => match library.by_id(text) {
            Some(id) if library.document(id).kind == Kind::Handout => {
                Err((format!("`{text}` is no resource of this library"), None))
            }
            Some(id) => Ok(Argument::Card(id)),
            None => match find(text) {
                Ok(Target::Document(id, _)) => Ok(Argument::Card(id)),
                Ok(_) => Err((format!("`{text}` is no resource of this library"), None)),
                Err(broken) => Err((broken.message, broken.help)),
            },
        },
        "file" => match find(text) {
            Ok(Target::Asset(path)) => match library.file_facts(&path) {
                Some(facts) => Ok(Argument::File(facts)),
                None => Err((
                    format!("there is no file {}", library.config.shown(&path)),
                    None,
                )),
            },
            Ok(Target::Document(id, _)) => match &library.document(id).file {
                Some(facts) => Ok(Argument::File(facts.clone())),
                None => Err((format!("`{text}` gives no file"), None)),
            },
            Ok(_) => Err((format!("`{text}` is no file of this library"), None)),
            Err(broken) => Err((broken.message, broken.help)),
        },
        name if ADDRESSES.contains(&name) && !text.is_empty() => match find(text) {
            Ok(target) => Ok(Argument::Plain(Value::from(library.href(&target, text)))),
            Err(broken) => Err((broken.message, broken.help)),
        },
        _ => plain(),
    }
}

/// Fills the holes of a document's body.
pub(super) struct BodyFill<'a> {
    site: &'a Site,
    document: &'a Document,
    /// What went wrong; the page is not published then.
    pub problems: RefCell<Vec<Diagnostic>>,
}

impl<'a> BodyFill<'a> {
    pub fn new(site: &'a Site, document: &'a Document) -> Self {
        BodyFill {
            site,
            document,
            problems: RefCell::default(),
        }
    }

    fn context(&self, call: &Call) -> Context {
        let mut args = Context::new();
        for arg in &call.args {
            let value = match argument(&self.site.library, self.document, arg) {
                Ok(Argument::Plain(value)) => value,
                Ok(Argument::Card(id)) => self.site.cards.get(id),
                Ok(Argument::File(facts)) => file_value(&facts),
                // Told when the calls were checked.
                Err(_) => continue,
            };
            args.insert_value(arg.name.clone(), value);
        }
        args
    }
}

impl Fill for BodyFill<'_> {
    fn link(&mut self, number: u32, out: &mut String) {
        if let Some(href) = self.document.hrefs.get(number as usize) {
            // Writing to a String cannot fail.
            let _ = escape_href(out, href);
        }
    }

    fn size(&mut self, number: u32, out: &mut String) {
        let size = self.document.sizes.iter().find(|(link, _)| *link == number);
        if let Some((_, (width, height))) = size {
            out.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
        }
    }

    fn word(&mut self, key: &'static str, out: &mut String) {
        let word = self.site.theme.words.plain(self.document.lang(), key);
        let _ = escape_html(&mut *out, word);
    }

    fn call(&mut self, number: u32, body: Option<String>, out: &mut String) {
        let Some(call) = self.document.source.body.calls.get(number as usize) else {
            return;
        };
        if self
            .site
            .tera
            .get_component_definition(&call.name)
            .is_none()
        {
            // A foreign block in a library that is not strict: its body stays.
            out.push_str(body.as_deref().unwrap_or_default());
            return;
        }
        let args = self.context(call);
        let mut implicit = Context::new();
        implicit.insert("lang", self.document.lang());
        if let Some(site) = self.site.shared.get(self.document.lang()) {
            implicit.insert_value("site", site.clone());
        }
        let body = body.or_else(|| call.has_body.then(String::new));
        let rendered = self.site.tera.render_component_with_implicits(
            &call.name,
            &args,
            &implicit,
            body.as_deref(),
            true,
        );
        match rendered {
            Ok(html) => out.push_str(html.trim()),
            Err(error) => {
                let template = format!("blocks/{}.html", call.name);
                let told = diagnose(&error, &self.site.theme, &template);
                let place = Place::span(self.document.source.file.clone(), call.span.clone());
                let severity = self.site.library.config.severity();
                let reason = match told.message.contains("recursion depth") {
                    true => {
                        "it calls itself without end, by itself or through another block".into()
                    }
                    false => told.message,
                };
                self.problems.borrow_mut().push(
                    Diagnostic::new(
                        severity,
                        format!("the block `{}` cannot be made", call.name),
                    )
                    .at(place)
                    .help(reason),
                );
            }
        }
    }
}
