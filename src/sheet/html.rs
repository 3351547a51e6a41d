//! A sheet as HTML: one file that asks for no other, and prints as it looks.

use std::fmt::Write as _;

use pulldown_cmark_escape::{escape_href, escape_html};

use super::{CARD_MARGIN, CARDS, GAP, HEAD, MARGIN, MOST, Placed, Sheet};
use crate::language;

/// What it looks like; the sizes are written above it.
const STYLE: &str = include_str!("sheet.css");

/// Writes the page.
pub(super) fn write(sheet: &Sheet, placed: &[Placed]) -> String {
    let lang = escaped(&sheet.lang);
    let direction = match language::is_right_to_left(&sheet.lang) {
        true => " dir=\"rtl\"",
        false => "",
    };
    let title = escaped(&sheet.title);
    let mut html = format!(
        "<!doctype html>\n<html lang=\"{lang}\"{direction}>\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<title>{title}</title>\n\
         <style>\n{}{STYLE}</style>\n</head>\n<body>\n<main>\n",
        sizes(sheet)
    );
    let (most, kind) = match (sheet.cards, sheet.offers.len()) {
        (true, _) => (CARDS, "cards"),
        (false, 1) => (MOST, "one"),
        (false, _) => (MOST, "sheet"),
    };
    for (number, page) in placed.chunks(most).enumerate() {
        let _ = writeln!(html, "<section class=\"page {kind}\">");
        if !sheet.cards {
            html.push_str(&head(sheet, number == 0));
        }
        html.push_str("<ul>\n");
        for offer in page {
            html.push_str(&item(sheet, offer));
        }
        html.push_str("</ul>\n</section>\n");
    }
    html.push_str("</main>\n</body>\n</html>\n");
    html
}

/// What the style has to know.
fn sizes(sheet: &Sheet) -> String {
    let layout = sheet.layout();
    let (width, height) = sheet.paper.size();
    let margin = if sheet.cards { CARD_MARGIN } else { MARGIN };
    format!(
        "@page {{ size: {width}mm {height}mm; margin: 0 }}\n\
         :root {{ --width: {width}mm; --height: {height}mm; --margin: {margin}mm; --head: {HEAD}mm; \
         --gap: {GAP}mm; --columns: {}; --rows: {}; --row: {:.2}mm; --code: {:.2}mm; --title: {}pt }}\n",
        layout.columns, layout.rows, layout.height, layout.code, layout.title
    )
}

fn head(sheet: &Sheet, is_first: bool) -> String {
    let mut head = String::from("<header>\n");
    let above = sheet.above();
    if !above.is_empty() {
        let _ = writeln!(head, "<p class=\"above\">{}</p>", escaped(&above));
    }
    // A page has one heading of the first level.
    let level = if is_first { "h1" } else { "p" };
    let _ = writeln!(
        head,
        "<{level} class=\"heading\">{}</{level}>\n<p class=\"hint\">{}</p>\n</header>",
        escaped(&sheet.title),
        sheet.hint()
    );
    head
}

fn item(sheet: &Sheet, offer: &Placed) -> String {
    let size = sheet.address_size(&offer.typed);
    let mut item = String::from("<li>\n");
    item.push_str(offer.code.svg().trim_end());
    item.push_str("\n<div class=\"words\">\n");
    if sheet.cards {
        let above = escaped(&sheet.library);
        let _ = writeln!(item, "<p class=\"above\">{above}</p>");
    }
    // A page of cards has no heading above them.
    let level = if sheet.cards { "h1" } else { "h2" };
    let _ = writeln!(
        item,
        "<{level} class=\"title\">{}</{level}>",
        escaped(&offer.title)
    );
    if !offer.why.is_empty() {
        let _ = writeln!(item, "<p class=\"why\">{}</p>", escaped(&offer.why));
    }
    let mut href = String::new();
    // Writing to a String cannot fail.
    let _ = escape_href(&mut href, &offer.address);
    let link = format!(
        "<p class=\"address\" style=\"font-size: {size}pt\"><a href=\"{href}\">{}</a></p>\n",
        escaped(&offer.typed)
    );
    match sheet.cards {
        true => item + "</div>\n" + &link + "</li>\n",
        false => item + &link + "</div>\n</li>\n",
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    // Writing to a String cannot fail.
    let _ = escape_html(&mut escaped, text);
    escaped
}
