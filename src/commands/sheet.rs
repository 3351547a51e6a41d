//! `goodturn sheet`: a page with QR codes for a table at an event.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::links::{self, Link};
use super::outcome::{Failure, Outcome, count};
use super::workspace::{self, Options, Workspace};
use super::{Globals, acts, write};
use crate::config::BaseUrl;
use crate::diagnostics::{Diagnostic, any_error};
use crate::followup::index::{Hold, Index, Piece};
use crate::followup::shelf::Shelf;
use crate::library::handout::State;
use crate::sheet::{Offer, Paper, Sheet};

/// What `sheet` can be told.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  goodturn sheet --pick xw5bc --pick sstts --event \"Chamber breakfast\"
  goodturn sheet --pick xw5bc --cards --paper letter --out cards.pdf
  goodturn sheet --pick xw5bc --out code.svg

A .svg or .png is the code alone, for a design of your own. The codes lead to the
short addresses, which keep working when a piece is renamed or moved.")]
pub struct SheetArgs {
    /// A piece to put on it, by its id or its short address (may be repeated)
    #[arg(long = "pick", value_name = "ID", required_unless_present = "handout")]
    picks: Vec<String>,
    /// A handout to put on it: one code for all that is in it
    #[arg(long, value_name = "TOKEN")]
    handout: Option<String>,
    /// The event that it is for
    #[arg(long, value_name = "NAME")]
    event: Option<String>,
    /// The heading; else the event, else the library's name
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// As cards to cut out, eight on a page
    #[arg(long)]
    cards: bool,
    /// The paper
    #[arg(long, value_name = "SIZE", default_value = "a4")]
    paper: Size,
    /// Where to write it: a .pdf or .html, or a .svg or .png with one code alone
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// The size of the paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Size {
    /// 210 × 297 mm
    A4,
    /// 8½ × 11 inches
    Letter,
}

/// How wide a square of a code is in a PNG, in pixels.
const SCALE: usize = 16;

/// The file without `--out`.
const DEFAULT: &str = if cfg!(feature = "pdf") {
    "sheet.pdf"
} else {
    "sheet.html"
};

/// Makes the sheet.
pub fn run(globals: &Globals, args: &SheetArgs) -> Result<Outcome, Failure> {
    let out = args.out.clone().unwrap_or_else(|| DEFAULT.into());
    let form = Form::of(&out)?;
    let workspace = workspace::open(globals)?;
    let base = base(&workspace)?;
    let mut problems = Vec::new();
    let mut offers = Vec::new();
    if let Some(token) = &args.handout {
        offers.push(handout(globals, &workspace, &base, token)?);
    }
    if !args.picks.is_empty() {
        let root = workspace.folders.root.clone();
        let shelf = Shelf::open(&workspace, globals.quiet);
        let shelf = shelf.map_err(|told| Failure::Problems(root.clone(), told))?;
        let failed = || Failure::Problems(root.clone(), shelf.problems.clone());
        let index = shelf.index().ok_or_else(failed)?;
        for piece in picked(&index, &args.picks)? {
            let link = Link::new(&base, &piece);
            offers.push(Offer {
                title: link.title.to_owned(),
                address: link.url,
                why: link.summary,
            });
        }
        problems.extend(shelf.problems.iter().cloned());
    }
    let sheet = sheet(&workspace, args, offers);
    let made = form.make(&sheet)?;
    problems.extend(made.warnings);
    if any_error(&problems) {
        return Err(Failure::Problems(workspace.folders.root, problems));
    }
    std::fs::write(&out, made.bytes).map_err(|error| write::failed(&out, &error))?;
    let pieces = count(sheet.offers.len(), "code", "codes");
    Ok(Outcome {
        root: workspace.folders.root,
        problems,
        summary: format!("Made {} with {pieces}{}", write::shown(&out), made.more),
    })
}

/// Where the site is: a code on paper must lead there for good.
fn base(workspace: &Workspace) -> Result<BaseUrl, Failure> {
    let base = links::base(workspace, &mut Vec::new());
    match base.is_known() {
        true => Ok(base),
        false => Err(Failure::usage(
            "the codes would lead nowhere: the library does not say where its site is",
            "write the address of the site into goodturn.yaml: base_url: https://…",
        )),
    }
}

fn sheet(workspace: &Workspace, args: &SheetArgs, offers: Vec<Offer>) -> Sheet {
    let library = workspace.config.title.clone();
    let title = [args.title.as_ref(), args.event.as_ref()];
    let title = title.into_iter().flatten().next().unwrap_or(&library);
    Sheet {
        title: title.clone(),
        library,
        event: args.event.clone(),
        lang: workspace.config.language.clone(),
        offers,
        paper: match args.paper {
            Size::A4 => Paper::A4,
            Size::Letter => Paper::Letter,
        },
        cards: args.cards,
    }
}

/// The pieces that were typed, in this order, each once.
fn picked<'a>(index: &Index<'a>, typed: &[String]) -> Result<Vec<Piece<'a>>, Failure> {
    let now = workspace::now()?;
    let mut found: Vec<Piece<'a>> = Vec::new();
    for typed in typed {
        let bare = acts::bare_id(typed);
        let mut pieces = index.pieces().map(|(_, piece)| piece);
        let Some(piece) = pieces.find(|piece| piece.id() == bare) else {
            let ids = index.pieces().map(|(_, piece)| piece.id());
            return Err(acts::no_piece(&bare, ids));
        };
        let why = match piece.hold(now) {
            Some(Hold::Draft) => "is a draft",
            Some(Hold::Scheduled) => "is to be published on a later day",
            Some(Hold::Expired) => "has expired",
            Some(Hold::Overdue) | None => {
                if !found.iter().any(|known| known.id() == piece.id()) {
                    found.push(piece);
                }
                continue;
            }
        };
        let message = format!("`{}` {why}: the code would lead to nothing", piece.title());
        return Err(Failure::usage(message, "pick a piece that is published"));
    }
    Ok(found)
}

/// The page of a handout, as one piece.
fn handout(
    globals: &Globals,
    workspace: &Workspace,
    base: &BaseUrl,
    token: &str,
) -> Result<Offer, Failure> {
    let loaded = workspace.load(globals, &Options::default())?;
    let Some(handout) = loaded.library.handout(token) else {
        return Err(Failure::usage(
            format!("there is no handout `{token}`"),
            "give the last part of its address: `goodturn handout list` shows them",
        ));
    };
    if !matches!(handout.state(), State::Open(_)) {
        let message = format!("the handout `{}` is over", handout.token());
        return Err(Failure::usage(
            message,
            "make a new one: goodturn handout new",
        ));
    }
    let front = &handout.document.source.front;
    Ok(Offer {
        title: handout.document.title.clone(),
        why: front.summary.clone().unwrap_or_default(),
        address: base.full(&handout.document.address),
    })
}

/// What is written, by the ending of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    #[cfg(feature = "pdf")]
    Pdf,
    Html,
    Svg,
    Png,
}

/// A file that was made.
struct Made {
    bytes: Vec<u8>,
    warnings: Vec<Diagnostic>,
    /// What to say of it besides.
    more: String,
}

impl Form {
    fn of(path: &Path) -> Result<Form, Failure> {
        let ending = path.extension().unwrap_or_default().to_string_lossy();
        match ending.to_lowercase().as_str() {
            #[cfg(feature = "pdf")]
            "pdf" => Ok(Form::Pdf),
            "html" | "htm" => Ok(Form::Html),
            "svg" => Ok(Form::Svg),
            "png" => Ok(Form::Png),
            _ => Err(Failure::usage(
                format!("{} is no name of a sheet", path.display()),
                match cfg!(feature = "pdf") {
                    true => "end it with .pdf or .html; with .svg or .png for one code alone",
                    false => "end it with .html; with .svg or .png for one code alone",
                },
            )),
        }
    }

    fn make(self, sheet: &Sheet) -> Result<Made, Failure> {
        let failed = |told| Failure::Problems(PathBuf::from("."), told);
        let plain = |bytes: Vec<u8>| Made {
            bytes,
            warnings: Vec::new(),
            more: String::new(),
        };
        match self {
            #[cfg(feature = "pdf")]
            Form::Pdf => {
                let pdf = sheet.pdf().map_err(failed)?;
                Ok(Made {
                    bytes: pdf.bytes,
                    warnings: pdf.warnings,
                    more: format!(", {}", count(pdf.pages, "page", "pages")),
                })
            }
            Form::Html => {
                let html = sheet.html().map_err(|long| failed(vec![long.told()]))?;
                Ok(plain(html.into_bytes()))
            }
            Form::Svg | Form::Png => {
                let code = alone(sheet)?;
                let bytes = match self {
                    Form::Png => code.png(SCALE),
                    _ => Ok(code.svg().into_bytes()),
                };
                let bytes = bytes.map_err(|why| failed(vec![Diagnostic::error(why)]))?;
                Ok(plain(bytes))
            }
        }
    }
}

/// The code of the only piece.
fn alone(sheet: &Sheet) -> Result<crate::sheet::qr::Code, Failure> {
    let [offer] = sheet.offers.as_slice() else {
        return Err(Failure::usage(
            "a picture holds one code alone",
            "pick one piece, or write a sheet: --out sheet.pdf",
        ));
    };
    let code = crate::sheet::qr::Code::of(&offer.address);
    code.map_err(|long| Failure::Problems(PathBuf::from("."), vec![long.told()]))
}
