//! The templates, ready to render: functions, filters, and errors with a place.

use std::sync::Arc;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tera::{Error, ErrorKind, Kwargs, ReportError, State, Tera, TeraResult, Value};

use super::theme::Theme;
use crate::config::BaseUrl;
use crate::diagnostics::{Diagnostic, Place};

/// Compiles the templates of a theme.
///
/// # Errors
/// Every template that has a mistake, with its place.
pub fn compile(theme: &Arc<Theme>, base: &BaseUrl) -> Result<Tera, Vec<Diagnostic>> {
    let mut tera = Tera::new();
    register(&mut tera, theme, base);
    let empty = tera.clone();
    let texts = theme
        .templates
        .iter()
        .map(|(name, t)| (name.as_str(), t.text.as_ref()));
    match tera.add_raw_templates(texts) {
        Ok(()) => Ok(tera),
        Err(error) => Err(all_syntax_errors(&empty, theme, &error)),
    }
}

/// The engine stops at the first mistake; each template alone shows the others.
fn all_syntax_errors(empty: &Tera, theme: &Theme, first: &Error) -> Vec<Diagnostic> {
    let mut problems: Vec<Diagnostic> = Vec::new();
    for (name, template) in &theme.templates {
        let mut alone = empty.clone();
        if let Err(error) = alone.add_raw_template(name, &template.text)
            && matches!(error.kind(), ErrorKind::SyntaxError(_))
        {
            problems.push(diagnose(&error, theme, name));
        }
    }
    if problems.is_empty() {
        problems.push(diagnose(first, theme, ""));
    }
    problems
}

/// An error of the engine as a problem with a place.
pub fn diagnose(error: &Error, theme: &Theme, template: &str) -> Diagnostic {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            located(report, theme, template)
        }
        kind => {
            let problem = Diagnostic::error(decapitalize(&kind.to_string()));
            match theme.templates.get(template) {
                Some(template) => problem.at(Place::file(template.file.as_str())),
                None => problem,
            }
        }
    }
}

fn located(report: &ReportError, theme: &Theme, template: &str) -> Diagnostic {
    let name = match report.filename() {
        "" => template,
        name => name,
    };
    let problem = Diagnostic::error(format!("in a template: {}", decapitalize(report.message())));
    match theme.templates.get(name) {
        Some(template) => problem.at(Place::span(
            template.file.as_str(),
            report.span().range.clone(),
        )
        .with_text(Arc::clone(&template.text))),
        None => problem,
    }
}

fn decapitalize(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => String::new(),
    }
}

fn register(tera: &mut Tera, theme: &Arc<Theme>, base: &BaseUrl) {
    let words = Arc::clone(theme);
    tera.register_function(
        "t",
        move |args: Kwargs, state: &State| -> TeraResult<String> {
            let key: &str = args.must_get("key")?;
            let filled: Vec<(String, String)> = args
                .iter()
                .map(|(name, value)| (name.to_string(), value.to_string()))
                .collect();
            words
                .words
                .say(&language(state)?, key, &filled)
                .map_err(Error::message)
        },
    );
    let statics = Arc::clone(theme);
    let base = base.clone();
    tera.register_function(
        "asset",
        move |args: Kwargs, _: &State| -> TeraResult<String> {
            let path: &str = args.must_get("path")?;
            match statics.marks.get(path) {
                Some(mark) => Ok(base.path(&format!("/{path}?v={mark}"))),
                None => Err(Error::message(format!("there is no file static/{path}"))),
            }
        },
    );
    tera.register_function("fail", |args: Kwargs, _: &State| -> TeraResult<String> {
        Err(Error::message(args.must_get::<String>("message")?))
    });
    let words = Arc::clone(theme);
    tera.register_filter(
        "date",
        move |date: &str, args: Kwargs, state: &State| -> TeraResult<String> {
            let short = args.get::<String>("format")?.as_deref() == Some("short");
            let day = date.split('T').next().unwrap_or(date);
            let mut parts = day.splitn(3, '-');
            let (Some(year), Some(month), Some(day)) = (parts.next(), parts.next(), parts.next())
            else {
                return Err(Error::message(format!("`{date}` is no date")));
            };
            let month = month
                .parse()
                .map_err(|_| Error::message(format!("`{date}` is no date")))?;
            Ok(words.words.date(&language(state)?, year, month, day, short))
        },
    );
    tera.register_filter(
        "json",
        |value: Value, _: Kwargs, _: &State| -> TeraResult<String> {
            serde_json::to_string(&value).map_err(Error::message)
        },
    );
    tera.register_filter("urlencode", |text: &str, _: Kwargs, _: &State| -> String {
        utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
    });
    tera.register_filter("size", |bytes: u64, _: Kwargs, _: &State| -> String {
        human_size(bytes)
    });
    tera.register_filter("hue", |text: &str, _: Kwargs, _: &State| -> u64 {
        (xxhash_rust::xxh3::xxh3_64(text.as_bytes()) >> 32) % 8
    });
}

/// The language of the page that is being rendered.
fn language(state: &State) -> TeraResult<String> {
    state
        .get::<String>("lang")?
        .ok_or_else(|| Error::message("`lang` is not known here: declare @lang in the component"))
}

/// Bytes in the unit that people use: 1000 bytes are a kB.
pub fn human_size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", (bytes + 500) / 1_000),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}
