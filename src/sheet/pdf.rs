//! A sheet as PDF: Typst code in which every piece of text is a string literal.

use std::fmt::Write as _;

use super::qr::Code;
use super::{CARD_MARGIN, CARDS, GAP, HEAD, MARGIN, MOST, Placed, Sheet};
use crate::book::Book;
use crate::book::pdf::code::{literal, one_line};
use crate::book::pdf::{self, Pdf};
use crate::diagnostics::Diagnostic;

/// What the functions that a sheet calls look like.
const STYLE: &str = include_str!("sheet.typ");

/// Sets the sheet.
///
/// # Errors
/// Typst cannot set it.
pub(super) fn set(sheet: &Sheet, placed: &[Placed]) -> Result<Pdf, Vec<Diagnostic>> {
    let drawings: Vec<Vec<u8>> = placed
        .iter()
        .map(|offer| offer.code.svg().into_bytes())
        .collect();
    let mut shown = format!("{}{}{}", sheet.title, sheet.above(), sheet.hint());
    for offer in placed {
        shown.extend([offer.title.as_str(), &offer.why, &offer.typed]);
    }
    let addresses: Vec<&str> = placed.iter().map(|offer| offer.address.as_str()).collect();
    let about = Book {
        // The same sheet is the same file.
        id: format!("sheet:{}:{}", sheet.title, addresses.join(" ")),
        title: sheet.title.clone(),
        lang: sheet.lang.clone(),
        ..Book::default()
    };
    pdf::leaf(&about, code(sheet, placed), &shown, &drawings)
}

/// Sets a card of 85 by 55 mm.
///
/// # Errors
/// Typst cannot set it.
pub(super) fn name_card(code: &Code, name: &str, below: &str) -> Result<Pdf, Vec<Diagnostic>> {
    let about = Book {
        id: format!("card:{name}"),
        title: name.to_owned(),
        ..Book::default()
    };
    let (name, below) = (one_line(name), one_line(below));
    let text = format!(
        "#let width = 85mm\n#let height = 55mm\n#let margin = 4mm\n{STYLE}\n\
         #set document(title: {0})\n#show: design.with(\"en\", none)\n#name-card({0}, {1})\n",
        literal(&name),
        literal(&below)
    );
    let drawing = code.svg().into_bytes();
    pdf::leaf(&about, text, &format!("{name}{below}"), &[drawing])
}

fn code(sheet: &Sheet, placed: &[Placed]) -> String {
    let layout = sheet.layout();
    let (width, height) = sheet.paper.size();
    let margin = if sheet.cards { CARD_MARGIN } else { MARGIN };
    let mut code = String::new();
    // Writing to a String cannot fail.
    let _ = writeln!(
        code,
        "#let width = {width}mm\n#let height = {height}mm\n#let margin = {margin}mm\n\
         #let head-height = {HEAD}mm\n#let gap = {GAP}mm\n#let columns-count = {}\n\
         #let row-height = {:.3}mm\n#let code-size = {:.3}mm\n#let title-size = {}pt",
        layout.columns, layout.height, layout.code, layout.title
    );
    code += STYLE;
    let (language, region) = pdf::language(&sheet.lang);
    let region = region.map_or_else(|| "none".to_owned(), |region| literal(&region));
    let _ = writeln!(
        code,
        "#set document(title: {})\n#show: design.with({}, {region})",
        literal(&one_line(&sheet.title)),
        literal(&language)
    );
    let most = if sheet.cards { CARDS } else { MOST };
    let mut number = 0;
    for (at, page) in placed.chunks(most).enumerate() {
        if at > 0 {
            code += "#pagebreak()\n";
        }
        if !sheet.cards {
            let _ = writeln!(
                code,
                "#head({}, {}, {}, {})",
                sheet.offers.len() == 1,
                literal(&one_line(&sheet.above())),
                literal(&one_line(&sheet.title)),
                literal(sheet.hint())
            );
        }
        let kind = match (sheet.cards, sheet.offers.len()) {
            (true, _) => "cards",
            (false, 1) => "only",
            (false, _) => "offers",
        };
        let _ = write!(code, "#{kind}(");
        for offer in page {
            code += &item(sheet, offer, number);
            number += 1;
        }
        code += ")\n";
    }
    code
}

/// The arguments of one piece: `(picture, above, title, why, address, typed, size),`.
fn item(sheet: &Sheet, offer: &Placed, number: usize) -> String {
    let size = sheet.address_size(&offer.typed);
    let texts = [
        &sheet.library,
        &offer.title,
        &offer.why,
        &offer.address,
        &offer.typed,
    ];
    let texts: Vec<String> = texts.iter().map(|text| literal(&one_line(text))).collect();
    format!("({number}, {}, {size}pt),", texts.join(", "))
}
