//! What goes wrong, and where: problems are values that pile up while a command works and are
//! shown together at its end.
//!
//! In: messages with a place from every other room. Out: text that names file, line and column,
//! shows the line itself and, where there is one, the way out. [`suggest`] finds the nearest right
//! word for a wrong one; [`Progress`] tells that long work is under way.

mod progress;
mod render;
mod suggest;

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

pub use progress::Progress;
pub use render::{Renderer, line_column};
pub use suggest::{did_you_mean, nearest};

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The command cannot do what was asked: it ends with exit code 1.
    Error,
    /// Worth a look; the command goes on.
    Warning,
}

/// A stretch of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file as people name it: its path relative to the library, with forward slashes.
    pub file: Arc<str>,
    /// The bytes meant, counted from the start of the file. An empty range is a point;
    /// `None` means the file as a whole.
    pub span: Option<Range<usize>>,
    /// The file's text, where it cannot be read from the disk again (the built-in theme).
    pub text: Option<Arc<str>>,
}

impl Place {
    /// A file as a whole.
    pub fn file(file: impl Into<Arc<str>>) -> Self {
        Place {
            file: file.into(),
            span: None,
            text: None,
        }
    }

    /// The bytes `span` of `file`.
    pub fn span(file: impl Into<Arc<str>>, span: Range<usize>) -> Self {
        Place {
            file: file.into(),
            span: Some(span),
            text: None,
        }
    }

    /// The same place, with the text of its file at hand.
    pub fn with_text(mut self, text: impl Into<Arc<str>>) -> Self {
        self.text = Some(text.into());
        self
    }
}

/// One problem: what, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Where, if it is anywhere.
    pub place: Option<Place>,
    /// What to say right at the marked text: what was expected there.
    pub label: Option<String>,
    /// What to do, each a paragraph of its own.
    pub help: Vec<String>,
}

impl Diagnostic {
    /// An error with this message.
    pub fn error(message: impl Into<String>) -> Self {
        Self::new(Severity::Error, message)
    }

    /// A warning with this message.
    pub fn warning(message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, message)
    }

    /// A problem of the given severity.
    pub fn new(severity: Severity, message: impl Into<String>) -> Self {
        Diagnostic {
            severity,
            message: message.into(),
            place: None,
            label: None,
            help: Vec::new(),
        }
    }

    /// Says where.
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Says, right at the marked text, what was expected.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Adds a way out.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Adds a way out where there is one.
    pub fn maybe_help(self, help: Option<impl Into<String>>) -> Self {
        match help {
            Some(help) => self.help(help),
            None => self,
        }
    }

    /// Whether this is an error.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Why a file could not be read or written, in words and without a number.
pub fn io_reason(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::PermissionDenied => "permission denied".into(),
        ErrorKind::NotFound => "it does not exist".into(),
        ErrorKind::StorageFull => "the disk is full".into(),
        ErrorKind::IsADirectory => "it is a folder".into(),
        _ => {
            let text = error.to_string();
            text.split(" (os error")
                .next()
                .unwrap_or(&text)
                .to_lowercase()
        }
    }
}

/// The text of a file that messages call `file`.
///
/// # Errors
/// Why it cannot be read, or where it ceases to be UTF-8.
pub fn read_text(path: &Path, file: &str) -> Result<String, Box<Diagnostic>> {
    let bytes = std::fs::read(path).map_err(|error| {
        let problem = format!("cannot be read: {}", io_reason(&error));
        Diagnostic::error(problem).at(Place::file(file))
    })?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let shown = String::from_utf8_lossy(error.as_bytes()).into_owned();
        Box::new(
            Diagnostic::error("this file is not UTF-8 text")
                .at(Place::span(file, at..at + 1).with_text(shown))
                .label("the first byte that is no letter")
                .help("save it as UTF-8 in your editor (\"Save with encoding\")"),
        )
    })
}

/// Whether any of the problems is an error.
pub fn any_error(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(Diagnostic::is_error)
}

/// Puts problems in the order in which they are shown: those without a place first, then by file
/// and position.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    let start = |place: &Place| place.span.as_ref().map(|span| (span.start, span.end));
    diagnostics.sort_by(|a, b| match (&a.place, &b.place) {
        (None, None) => a.severity.cmp(&b.severity),
        (None, Some(_)) => std::cmp::Ordering::Less,
        (Some(_), None) => std::cmp::Ordering::Greater,
        (Some(x), Some(y)) => (&x.file, start(x), a.severity).cmp(&(&y.file, start(y), b.severity)),
    });
}
