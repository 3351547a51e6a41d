//! The marks of footnotes, in the text and before the note.
//!
//! Typst asks its counters for the number of each note, and what they say changes from one round
//! of its work to the next: every paragraph with a note would be set once more. The numbers are
//! known here before, so these marks ask nobody.

use comemo::Tracked;
use typst::diag::{At, SourceResult};
use typst::engine::Engine;
use typst::foundations::{Content, Context, NativeElement, Packed, Scope, Str, func};
use typst::layout::HElem;
use typst::model::{DirectLinkElem, FootnoteElem};
use typst::pdf::PdfMarkerTag;
use typst::syntax::Span;
use typst::text::{SuperElem, TextElem};

/// Makes the marks known to the code of a book.
pub(super) fn define(scope: &mut Scope) {
    scope.define_func::<note_mark>();
    scope.define_func::<entry_mark>();
}

/// The number of a note in the text, which leads to the note.
#[func]
fn note_mark(
    engine: &mut Engine,
    context: Tracked<Context>,
    span: Span,
    /// The note, or a second reference to it.
    note: Packed<FootnoteElem>,
    /// Its number.
    number: Str,
) -> SourceResult<Content> {
    let styles = context.styles().at(span)?;
    // The place of the entry, as Typst makes it from that of the note.
    let to = note.declaration_location(engine).at(span)?.variant(1);
    let alt = FootnoteElem::alt_text(styles, &number);
    let mark = DirectLinkElem::new(to, TextElem::packed(number), Some(alt));
    let mark = SuperElem::new(mark.pack().spanned(span)).pack();
    Ok(HElem::hole().clone() + PdfMarkerTag::Label(mark.spanned(span)))
}

/// The number before a note, which leads back to the text.
#[func]
fn entry_mark(
    span: Span,
    /// The note.
    note: Packed<FootnoteElem>,
    /// Its number.
    number: Str,
) -> Content {
    let text = TextElem::packed(number.clone());
    let mark = match note.location() {
        Some(to) => DirectLinkElem::new(to, text, Some(number.into())).pack(),
        None => text,
    };
    PdfMarkerTag::Label(SuperElem::new(mark.spanned(span)).pack().spanned(span))
}
