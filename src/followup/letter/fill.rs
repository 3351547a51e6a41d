//! Filling a template: Tera, then Markdown. What people and pieces are called is text in it, never
//! Markdown: a star in a name stays a star.

use serde::Serialize;
use tera::{Context, ErrorKind, Tera};

use super::names::{self, Unknown};
use super::template::Template;
use super::{Address, Letter};
use crate::diagnostics::{Diagnostic, Place, did_you_mean};
use crate::followup::markdown;

/// What a template may name. What is not known is not there: `{{ person?.company or "…" }}` has
/// words for that case, and `{{ person.company }}` is an error.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Fields {
    /// To whom.
    pub person: Someone,
    /// Whom they are introduced to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<Someone>,
    /// Why they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Who writes.
    pub me: Someone,
    /// The pieces to give.
    pub pieces: Vec<PieceFields>,
    /// The first of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub piece: Option<PieceFields>,
    /// Where they met.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// What was promised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promise: Option<String>,
    /// What the writer adds in their own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<String>,
    /// The name of the library.
    pub library: String,
}

/// What is known of somebody.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Someone {
    /// The name, where the card has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The given name, or the full one where it is not sure which part of it that is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given: Option<String>,
    /// The full name with titles, without degrees after it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub full: Option<String>,
    /// The company.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// What they do there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The email address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The phone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

/// A piece to give.
#[derive(Clone, Debug, Serialize)]
pub struct PieceFields {
    /// What it is called.
    pub title: String,
    /// What the reader gets from it, on one line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// The short address, in full.
    pub url: String,
    /// `article`, `book`, `link` or `file`; `handout` for a page with several of them.
    pub kind: String,
}

/// The name of the template of the body; text in it is escaped.
const BODY: &str = "body.md";
/// The name of the template of the subject; text in it is as it is.
const SUBJECT: &str = "subject";

impl Template {
    /// Fills the template.
    ///
    /// # Errors
    /// It has a mistake, or names what is not known, with its place.
    pub fn fill(
        &self,
        fields: &Fields,
        to: Vec<Address>,
        from: Address,
    ) -> Result<Letter, Box<Diagnostic>> {
        let mut tera = Tera::new();
        tera.set_escape_fn(|text, out| out.write_all(markdown::escape(text).as_bytes()));
        tera.autoescape_on(vec![".md"]);
        let parts = [(SUBJECT, self.subject.as_str()), (BODY, self.body())];
        for (name, text) in parts {
            if let Some(unknown) = names::unknown(text) {
                return Err(self.tell_unknown(name, &unknown));
            }
            let added = tera.add_raw_template(name, text);
            added.map_err(|error| self.diagnose(&error, name))?;
        }
        let context =
            Context::from_serialize(fields).map_err(|error| self.diagnose(&error, BODY))?;
        let render = |name| {
            let text = tera.render(name, &context);
            text.map_err(|error| self.diagnose(&error, name))
        };
        let subject = render(SUBJECT)?;
        let body = render(BODY)?;
        for (said, what) in [(&subject, "subject"), (&body, "text")] {
            if said.trim().is_empty() {
                return Err(self.says_nothing(what));
            }
        }
        Ok(Letter {
            to,
            from,
            subject: subject.split_whitespace().collect::<Vec<_>>().join(" "),
            text: markdown::to_plain(&body),
            html: markdown::to_html(&body),
            lang: self.lang.clone(),
        })
    }

    /// A field that nobody knows.
    fn tell_unknown(&self, part: &str, unknown: &Unknown<'_>) -> Box<Diagnostic> {
        let problem = Diagnostic::error(format!("letters know nothing called `{}`", unknown.name))
            .at(self.place(part, unknown.span.clone()))
            .maybe_help(did_you_mean(unknown.name, unknown.known.iter().copied()))
            .help(format!("what is known: {}", unknown.known.join(", ")));
        Box::new(problem)
    }

    /// A letter without a subject, or without a text.
    fn says_nothing(&self, what: &str) -> Box<Diagnostic> {
        let problem = Diagnostic::error(format!("the {what} of this letter is empty"));
        let help = match what {
            "subject" => "write what it is about at the top: subject: \"…\"",
            _ => "write what it says below its head",
        };
        Box::new(problem.at(Place::file(self.file.as_str())).help(help))
    }

    /// An error of the engine as a problem with a place.
    fn diagnose(&self, error: &tera::Error, name: &str) -> Box<Diagnostic> {
        let report = match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => report,
            // Filters and functions that are not there come as the engine's own report.
            kind => {
                let told = kind.to_string();
                let first = told.lines().next().unwrap_or_default();
                let first = first.trim_start_matches("error: ");
                let problem = Diagnostic::error(format!("in this letter: {first}"));
                return Box::new(problem.at(self.reported(&told, name)));
            }
        };
        let problem = Diagnostic::error(format!("in this letter: {}", report.message()))
            .at(self.place(name, report.span().range.clone()))
            .help(
                "what may be missing has a way round it: {% if event %}…{% endif %}, or \
                 {{ person?.company or \"your company\" }}",
            );
        Box::new(problem.help(
            "letters know: person and me (name, given, full, company, title, email, phone), pieces and \
             piece (title, summary, url, kind), event, promise, line, library; introductions also other (like person) and why",
        ))
    }

    /// The place that a report of the engine names, such as `--> body.md:2:14`: line and column
    /// (in characters) of one of the two parts.
    fn reported(&self, told: &str, name: &str) -> Place {
        let place = told.split_once("--> ").and_then(|(_, rest)| {
            let mut parts = rest.lines().next()?.trim().rsplit(':');
            let column: usize = parts.next()?.parse().ok()?;
            let line: usize = parts.next()?.parse().ok()?;
            Some((line.checked_sub(1)?, column.checked_sub(1)?))
        });
        let text = if name == BODY {
            self.body()
        } else {
            &self.subject
        };
        let at = place.and_then(|(line, column)| {
            let before: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
            let line = text.get(before..)?.lines().next()?;
            let (within, character) = line.char_indices().nth(column)?;
            Some(before + within..before + within + character.len_utf8())
        });
        match at {
            Some(at) => self.place(name, at),
            None => Place::file(self.file.as_str()),
        }
    }

    /// A part of the subject or of the body, in the file.
    fn place(&self, name: &str, span: std::ops::Range<usize>) -> Place {
        let start = match name {
            BODY => Some(self.body_start),
            // A subject with escapes of YAML in it stands there in other letters.
            _ => self.text.find(&self.subject),
        };
        match start {
            Some(start) => Place::span(self.file.as_str(), start + span.start..start + span.end)
                .with_text(std::sync::Arc::clone(&self.text)),
            None => Place::file(self.file.as_str()),
        }
    }
}
