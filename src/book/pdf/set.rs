//! Typst at work: from code to pages, from pages to a file.

use ecow::EcoVec;
use typst::diag::{SourceDiagnostic, Warned};
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::world::BookWorld;
use crate::book::Book;
use crate::diagnostics::Diagnostic;

/// A book that is set.
pub(super) struct Set {
    pub bytes: Vec<u8>,
    pub pages: usize,
    /// Whether the file claims PDF/UA-1.
    pub accessible: bool,
    pub warnings: Vec<Diagnostic>,
}

/// Sets the book that `world` holds. It claims PDF/UA-1 if it `may_conform` and Typst finds that
/// it does; if it may but does not, a warning says why.
///
/// # Errors
/// What Typst does not take.
pub(super) fn set(
    book: &Book,
    world: &BookWorld,
    may_conform: bool,
) -> Result<Set, Vec<Diagnostic>> {
    let Warned { output, warnings } = typst::compile::<PagedDocument>(world);
    let document = output.map_err(|errors| troubles(book, &errors))?;
    let mut warnings: Vec<Diagnostic> = warnings
        .iter()
        .map(|warning| Diagnostic::warning(format!("setting the PDF: {}", words(warning))))
        .collect();
    let pages = document.pages().len();
    if may_conform {
        match export(book, &document, &[PdfStandard::Ua_1]) {
            Ok(bytes) => {
                return Ok(Set {
                    bytes,
                    pages,
                    accessible: true,
                    warnings,
                });
            }
            Err(errors) => warnings.extend(errors.first().map(|why| {
                Diagnostic::warning(format!(
                    "the PDF does not conform to PDF/UA-1: {}",
                    words(why)
                ))
                .help("it is tagged for screen readers all the same")
            })),
        }
    }
    let bytes = export(book, &document, &[]).map_err(|errors| troubles(book, &errors))?;
    Ok(Set {
        bytes,
        pages,
        accessible: false,
        warnings,
    })
}

fn export(
    book: &Book,
    document: &PagedDocument,
    standards: &[PdfStandard],
) -> Result<Vec<u8>, EcoVec<SourceDiagnostic>> {
    let options = PdfOptions {
        ident: Smart::Custom(book.id.clone()),
        creator: Smart::Custom(Some("Goodturn".to_owned())),
        timestamp: timestamp(book.modified),
        standards: PdfStandards::new(standards).unwrap_or_default(),
        ..PdfOptions::default()
    };
    typst_pdf::pdf(document, &options)
}

/// The moment `seconds` after 1970 began, as PDF writes it.
fn timestamp(seconds: i64) -> Option<Timestamp> {
    let moment = jiff::Timestamp::from_second(seconds).ok()?;
    let moment = jiff::tz::Offset::UTC.to_datetime(moment);
    let small = |number: i8| u8::try_from(number).ok();
    let moment = Datetime::from_ymd_hms(
        i32::from(moment.year()),
        small(moment.month())?,
        small(moment.day())?,
        small(moment.hour())?,
        small(moment.minute())?,
        small(moment.second())?,
    )?;
    Some(Timestamp::new_utc(moment))
}

fn troubles(book: &Book, errors: &[SourceDiagnostic]) -> Vec<Diagnostic> {
    let errors: Vec<_> = errors
        .iter()
        .map(|error| trouble(book, &words(error)))
        .collect();
    match errors.is_empty() {
        true => vec![trouble(book, "it does not say why")],
        false => errors,
    }
}

/// What Typst says that no author can mend.
pub(super) fn trouble(book: &Book, why: &str) -> Diagnostic {
    let title = super::code::one_line(&book.title);
    Diagnostic::error(format!("Typst cannot set \u{201c}{title}\u{201d}: {why}"))
        .help("this is a mistake of Goodturn; please report it with the book")
}

fn words(said: &SourceDiagnostic) -> String {
    said.message.to_string()
}
