//! `goodturn book`: an e-book and a PDF of a book or an article, without a site.

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use super::Globals;
use super::outcome::{self, Failure, Outcome};
use super::workspace::{self, Options};
use crate::book::{Face, Printed};
use crate::diagnostics::{Diagnostic, Place, any_error, did_you_mean, io_reason};
use crate::library::{DocId, Library};
use crate::site::human_size;
use crate::source::front_matter::Kind;

/// What `book` can be told.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  goodturn book content/books/pricing
  goodturn book content/articles/five-questions.md --epub five-questions.epub")]
pub struct BookArgs {
    /// The book's folder, or the file of an article
    #[arg(value_name = "PATH")]
    path: PathBuf,
    /// Write the EPUB there; without --epub, --pdf and --cover both are written into this folder
    #[arg(long, value_name = "FILE")]
    epub: Option<PathBuf>,
    /// Write the PDF there
    #[cfg(feature = "pdf")]
    #[arg(long, value_name = "FILE")]
    pdf: Option<PathBuf>,
    /// Write the cover there: a .svg, .png or .jpg
    #[arg(long, value_name = "FILE")]
    cover: Option<PathBuf>,
}

/// Makes the files that were asked for.
pub fn run(globals: &Globals, args: &BookArgs) -> Result<Outcome, Failure> {
    let started = Instant::now();
    let workspace = workspace::open(globals)?;
    let root = workspace.folders.root.clone();
    // A book may be made of what is not published yet.
    let options = Options {
        drafts: true,
        future: true,
        ..Options::default()
    };
    let (loaded, site) = workspace.load_site(globals, &options)?;
    let content = workspace.folders.part("content");
    let id = find(site.library(), &content, &args.path)?;
    let document = site.library().document(id);
    let mut problems = concerning(loaded.problems, &document.source.path);
    if any_error(&problems) {
        return Err(Failure::Problems(root, problems));
    }
    let press = site.press(id, false, &mut problems);
    let press = press.map_err(|told| Failure::Problems(root.clone(), told))?;
    let mut lines = vec![format!("Made {}", press.book().title)];
    let stem = document.address.trim_matches('/').rsplit('/').next();
    for (face, path) in wanted(args, stem.unwrap_or("book"))? {
        let made = press
            .print(face)
            .map_err(|told| site.placed(id, told))
            .and_then(|printed| {
                lines.push(put(&path, &printed)?);
                Ok(printed.warnings)
            });
        match made {
            // Each face that shows the cover tells of it.
            Ok(warnings) => problems.extend(warnings),
            Err(told) => {
                problems.extend(told);
                return Err(Failure::Problems(root, problems));
            }
        }
    }
    lines.push(format!("  {:.2} s", started.elapsed().as_secs_f64()));
    Ok(Outcome {
        root,
        problems,
        summary: lines.join("\n"),
    })
}

/// The document that a path on the disk is.
fn find(library: &Library, content: &Path, path: &Path) -> Result<DocId, Failure> {
    let full = path.canonicalize().map_err(|error| {
        let message = format!("{}: {}", path.display(), io_reason(&error));
        Failure::usage(
            message,
            "give the folder of a book, or the file of an article",
        )
    })?;
    let content = content
        .canonicalize()
        .unwrap_or_else(|_| content.to_owned());
    let Ok(inside) = full.strip_prefix(&content) else {
        let message = format!("{} is not in content/ of this library", path.display());
        return Err(Failure::usage(
            message,
            "-C DIR names the folder of another library",
        ));
    };
    let inside = inside
        .to_string_lossy()
        .replace(std::path::MAIN_SEPARATOR, "/");
    library.by_path(&inside).ok_or_else(|| {
        let books = library.iter().map(|(_, document)| document);
        let books = books.filter(|document| document.kind == Kind::Book);
        let names: Vec<&str> = books.map(|book| book.source.path.as_ref()).collect();
        let help = did_you_mean(&inside, names.iter().copied()).unwrap_or_else(|| {
            "a book is a folder with book.yaml or SUMMARY.md; an article is a Markdown file".into()
        });
        Failure::usage(
            format!("{} is no book and no article", path.display()),
            help,
        )
    })
}

/// The problems that a book has to do with: those of its own files, and those of no single file.
fn concerning(problems: Vec<Diagnostic>, path: &str) -> Vec<Diagnostic> {
    let own = format!("content/{path}");
    let is_own = |problem: &Diagnostic| match &problem.place {
        Some(place) => !place.file.starts_with("content/") || place.file.starts_with(&own),
        None => false,
    };
    problems.into_iter().filter(is_own).collect()
}

/// The files that were asked for, with the faces that belong there; without any, an EPUB and a PDF.
fn wanted(args: &BookArgs, stem: &str) -> Result<Vec<(Face, PathBuf)>, Failure> {
    #[cfg(feature = "pdf")]
    let pdf = args.pdf.clone();
    #[cfg(not(feature = "pdf"))]
    let pdf = None;
    let mut wanted = Vec::new();
    wanted.extend(args.epub.clone().map(|path| (Face::Epub, path)));
    wanted.extend(pdf.map(|path| (Face::Pdf, path)));
    if let Some(path) = &args.cover {
        wanted.push((cover_face(path)?, path.clone()));
    }
    if wanted.is_empty() {
        let faces = [Face::Epub, Face::Pdf].into_iter();
        let faces = faces.filter(|face| face.can_be_made());
        wanted.extend(faces.map(|face| (face, format!("{stem}.{}", face.ending()).into())));
    }
    Ok(wanted)
}

/// The kind of cover that a file's name asks for.
fn cover_face(path: &Path) -> Result<Face, Failure> {
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    match ending.to_lowercase().as_str() {
        "svg" => Ok(Face::CoverSvg),
        "png" => Ok(Face::CoverPng),
        "jpg" | "jpeg" => Ok(Face::CoverJpeg),
        _ => {
            let message = format!("{} is no name of a picture", path.display());
            Err(Failure::usage(message, "end it with .svg, .png or .jpg"))
        }
    }
}

/// Writes a file; says what it is.
fn put(path: &Path, printed: &Printed) -> Result<String, Vec<Diagnostic>> {
    std::fs::write(path, &printed.bytes).map_err(|error| {
        let problem = format!("cannot be written: {}", io_reason(&error));
        let place = Place::file(path.display().to_string());
        vec![Diagnostic::error(problem).at(place)]
    })?;
    let size = human_size(printed.bytes.len() as u64);
    let pages = printed
        .pages
        .map(|pages| format!(", {}", outcome::count(pages, "page", "pages")));
    Ok(format!(
        "  {}: {size}{}",
        path.display(),
        pages.unwrap_or_default()
    ))
}
