//! The templates, ready to render: functions, filters, and errors with a place.

use std::sync::Arc;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tera::{Error, ErrorKind, Kwargs, ReportError, State, Tera, TeraResult, Value};

use super::remembered::{self, Engine};
use super::theme::Theme;
use crate::config::BaseUrl;
use crate::diagnostics::{Diagnostic, Place, did_you_mean};

/// Compiles the templates of a theme.
///
/// # Errors
/// Every template that has a mistake, with its place.
pub fn compile(theme: &Arc<Theme>, base: &BaseUrl) -> Result<Arc<Tera>, Vec<Diagnostic>> {
    let mut tera = Tera::new();
    let engine = Engine::default();
    register(&mut tera, theme, base);
    remembered::register(&mut tera, &engine);
    let empty = tera.clone();
    let texts = theme
        .templates
        .iter()
        .map(|(name, t)| (name.as_str(), t.text.as_ref()));
    match tera.add_raw_templates(texts) {
        Ok(()) => {
            let tera = Arc::new(tera);
            engine.get_or_init(|| Arc::downgrade(&tera));
            Ok(tera)
        }
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
        ErrorKind::MissingParent { current, parent } => {
            let message = format!("there is no template `{parent}` to extend");
            let near = did_you_mean(parent, theme.templates.keys().map(String::as_str));
            named(message, theme, current, parent).maybe_help(near)
        }
        ErrorKind::CircularExtend { tpl, .. } => named(
            "this template extends itself in the end".into(),
            theme,
            tpl,
            "extends",
        )
        .help("take one `extends` of the circle out"),
        ErrorKind::CircularInclude { tpl, .. } => named(
            "this template includes itself in the end".into(),
            theme,
            tpl,
            "include",
        )
        .help("take one `include` of the circle out"),
        ErrorKind::Msg(text) => reported(text, theme, template),
        kind => {
            let problem = Diagnostic::error(decapitalize(&kind.to_string()));
            match theme.templates.get(template) {
                Some(template) => problem.at(Place::file(template.file.as_str())),
                None => problem,
            }
        }
    }
}

/// A problem with the first tag of a template that holds a word.
fn named(message: String, theme: &Theme, template: &str, word: &str) -> Diagnostic {
    let problem = Diagnostic::error(message);
    let Some(template) = theme.templates.get(template) else {
        return problem;
    };
    let place = match template.text.find(word) {
        Some(at) => Place::span(template.file.as_str(), at..at + word.len())
            .with_text(Arc::clone(&template.text)),
        None => Place::file(template.file.as_str()),
    };
    problem.at(place)
}

/// What the engine tells as text with a drawing in it: `error: …` and ` --> file:line:column`.
/// Where there are several, the first is told; the others show when that is mended.
fn reported(text: &str, theme: &Theme, template: &str) -> Diagnostic {
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    let message = first.strip_prefix("error: ").unwrap_or(first);
    let problem = Diagnostic::error(format!("in a template: {}", decapitalize(message)));
    let place = lines.find_map(|line| {
        let (name, at) = line.trim_start().strip_prefix("--> ")?.split_once(':')?;
        let (line, column) = at.trim_end().split_once(':')?;
        let template = theme.templates.get(name)?;
        let before = template.text.split_inclusive('\n');
        let start: usize = before
            .take(line.parse::<usize>().ok()?.checked_sub(1)?)
            .map(str::len)
            .sum();
        let start = start + column.parse::<usize>().ok()?.checked_sub(1)?;
        // The word that stands there.
        let rest = template.text.get(start..).unwrap_or_default();
        let len = rest
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(rest.len());
        Some(
            Place::span(template.file.as_str(), start..start + len)
                .with_text(Arc::clone(&template.text)),
        )
    });
    match (place, theme.templates.get(template)) {
        (Some(place), _) => problem.at(place),
        (None, Some(template)) => problem.at(Place::file(template.file.as_str())),
        (None, None) => problem,
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
