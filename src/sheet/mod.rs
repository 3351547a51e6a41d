//! Sheets for a table at an event: pieces with a QR code each, to be read off with a phone.
//!
//! In: a [`Sheet`]: what stands on it. Out: a page to print, as PDF or HTML; and [`Code`], a QR
//! code by itself. Nothing here knows of people.

mod html;
#[cfg(feature = "pdf")]
mod pdf;
pub mod qr;

use crate::language;
use qr::{Code, TooLong};

/// How many pieces stand on one page.
pub const MOST: usize = 12;
/// How many cards are cut out of one page.
const CARDS: usize = 8;

/// The paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// 210 by 297 mm (ISO 216).
    A4,
    /// 8.5 by 11 inches (ANSI/ASME Y14.1).
    Letter,
}

impl Paper {
    /// Width and height in millimetres.
    fn size(self) -> (f64, f64) {
        match self {
            Paper::A4 => (210.0, 297.0),
            Paper::Letter => (215.9, 279.4),
        }
    }
}

/// One piece on a sheet.
#[derive(Clone, Debug)]
pub struct Offer {
    /// What it is called.
    pub title: String,
    /// Why to read it; may be empty.
    pub why: String,
    /// Its permanent address, in full.
    pub address: String,
}

/// What stands on a sheet.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The library's name.
    pub library: String,
    /// The heading.
    pub title: String,
    /// The event, where the heading says something else.
    pub event: Option<String>,
    /// The language of the library.
    pub lang: String,
    /// The pieces, in order.
    pub offers: Vec<Offer>,
    /// The paper.
    pub paper: Paper,
    /// Whether it is to be cut into cards.
    pub cards: bool,
}

/// An offer with its code, and what there is room for.
struct Placed {
    title: String,
    why: String,
    address: String,
    /// The address as people type it.
    typed: String,
    code: Code,
}

/// How a page is divided. Lengths in millimetres.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Layout {
    columns: usize,
    rows: usize,
    /// The height of a row.
    height: f64,
    /// The width and height of a code with its quiet zone.
    code: f64,
    /// The width that is left for text.
    text: f64,
    /// How large the title is, in points.
    title: f64,
    /// How many characters of title and reason there is room for.
    room: (usize, usize),
}

/// The margin of a page, in millimetres.
const MARGIN: f64 = 16.0;
/// What the heading of a sheet takes, in millimetres.
const HEAD: f64 = 38.0;
/// What rows leave free at the end, so that no rounding drives the last one to the next page.
const SLACK: f64 = 1.0;
/// The margin of a page of cards: what printers can print.
const CARD_MARGIN: f64 = 10.0;
/// The space inside a card, between its columns, and between the columns of a sheet.
const GAP: f64 = 6.0;

impl Sheet {
    /// The sheet as a page for browsers, which prints as it looks. It asks for no other file.
    ///
    /// # Errors
    /// An address is too long for a code.
    pub fn html(&self) -> Result<String, TooLong> {
        Ok(html::write(self, &self.placed()?))
    }

    /// The sheet as PDF.
    ///
    /// # Errors
    /// An address is too long for a code; Typst cannot set it.
    #[cfg(feature = "pdf")]
    pub fn pdf(&self) -> Result<crate::book::pdf::Pdf, Vec<crate::diagnostics::Diagnostic>> {
        let placed = self.placed().map_err(|long| vec![long.told()])?;
        pdf::set(self, &placed)
    }

    /// How many pages it takes.
    pub fn pages(&self) -> usize {
        match self.cards {
            true => self.offers.len().div_ceil(CARDS),
            false => self.offers.len().div_ceil(MOST),
        }
    }

    /// The offers as they are printed. The last page of cards is filled: a sheet with one piece
    /// gives eight cards of it.
    fn placed(&self) -> Result<Vec<Placed>, TooLong> {
        let room = self.layout().room;
        let count = match self.cards {
            true => self.pages() * CARDS,
            false => self.offers.len(),
        };
        let offers = self.offers.iter().cycle().take(count);
        offers
            .map(|offer| {
                Ok(Placed {
                    title: shortened(&offer.title, room.0),
                    why: shortened(&offer.why, room.1),
                    address: offer.address.clone(),
                    typed: typed(&offer.address).to_owned(),
                    code: Code::of(&offer.address)?,
                })
            })
            .collect()
    }

    fn layout(&self) -> Layout {
        let (width, height) = self.paper.size();
        if self.cards {
            let height = (height - 2.0 * CARD_MARGIN - SLACK) / 4.0;
            let width = (width - 2.0 * CARD_MARGIN) / 2.0;
            let code = height - 2.0 * GAP - 7.0;
            return Layout {
                columns: 2,
                rows: CARDS / 2,
                height,
                code,
                text: width - 3.0 * GAP - code,
                title: 12.0,
                room: (60, 80),
            };
        }
        let (width, height) = (width - 2.0 * MARGIN, height - 2.0 * MARGIN - HEAD - SLACK);
        let count = self.offers.len().min(MOST);
        let (columns, rows) = match count {
            ..=3 => (1, count.max(1)),
            _ => (2, count.div_ceil(2)),
        };
        let row = height / rows as f64;
        let column = (width - (columns - 1) as f64 * GAP) / columns as f64;
        let (code, title, room) = match (columns, rows) {
            (1, 1) => (118.0, 26.0, (90, 180)),
            (1, 2) => (78.0, 22.0, (80, 160)),
            (1, _) => (56.0, 18.0, (80, 150)),
            (_, 2 | 3) => (40.0, 13.0, (64, 110)),
            (_, 4) => (36.0, 12.0, (64, 96)),
            (_, 5) => (33.0, 11.5, (60, 84)),
            _ => (29.0, 10.5, (56, 72)),
        };
        Layout {
            columns,
            rows,
            height: row,
            code,
            text: match columns {
                1 if rows == 1 => column,
                _ => column - code - GAP,
            },
            title,
            room,
        }
    }

    /// How large an address can be printed, in points: letters of the font for code are six tenths
    /// of its size wide.
    fn address_size(&self, typed: &str) -> f64 {
        const POINT: f64 = 25.4 / 72.0;
        let layout = self.layout();
        let (width, most) = match (self.cards, self.offers.len()) {
            (true, _) => (layout.text + layout.code + GAP, 10.0),
            (false, 1) => (layout.text, 14.0),
            (false, _) => (layout.text, 10.0),
        };
        let fits = width / POINT / 0.6 / typed.chars().count().max(1) as f64;
        (fits * 10.0).floor().clamp(45.0, most * 10.0) / 10.0
    }

    /// The line above the heading: the library, and the event where the heading is another.
    fn above(&self) -> String {
        let parts = [Some(self.library.as_str()), self.event.as_deref()];
        let parts = parts.into_iter().flatten();
        let parts: Vec<&str> = parts.filter(|part| *part != self.title).collect();
        parts.join(" · ")
    }

    /// What to do with a code, in the language of the library.
    fn hint(&self) -> &'static str {
        match (language::base(&self.lang), self.offers.len()) {
            ("de", 1) => "Halten Sie die Kamera Ihres Telefons auf den Code.",
            ("de", _) => "Halten Sie die Kamera Ihres Telefons auf einen Code.",
            ("es", 1) => "Apunte la cámara de su teléfono al código.",
            ("es", _) => "Apunte la cámara de su teléfono a un código.",
            ("fr", 1) => "Visez le code avec l’appareil photo de votre téléphone.",
            ("fr", _) => "Visez un code avec l’appareil photo de votre téléphone.",
            ("pt", 1) => "Aponte a câmera do seu telefone para o código.",
            ("pt", _) => "Aponte a câmera do seu telefone para um código.",
            (_, 1) => "Point your phone’s camera at the code.",
            _ => "Point your phone’s camera at a code.",
        }
    }
}

/// A card of 85 by 55 mm with the code of somebody's own card, their name, and a line below it.
///
/// # Errors
/// Typst cannot set it.
#[cfg(feature = "pdf")]
pub fn name_card(
    code: &Code,
    name: &str,
    below: &str,
) -> Result<crate::book::pdf::Pdf, Vec<crate::diagnostics::Diagnostic>> {
    pdf::name_card(code, name, below)
}

/// An address as people type it: browsers add `https://` by themselves.
fn typed(address: &str) -> &str {
    address.strip_prefix("https://").unwrap_or(address)
}

/// Text on one line, cut after a word so that it has no more than `most` characters.
fn shortened(text: &str, most: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= most {
        return text;
    }
    let cut: String = text.chars().take(most.saturating_sub(1)).collect();
    let end = match cut.rfind(' ') {
        Some(at) if at * 2 > cut.len() => at,
        _ => cut.len(),
    };
    let words = cut.get(..end).unwrap_or(&cut);
    let words = words.trim_end_matches([' ', ',', ';', ':', '–', '—', '.']);
    format!("{words}…")
}
