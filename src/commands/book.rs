//! `goodturn book`: an e-book and a PDF of a book or an article, without a site, and of folders and
//! files that lie in no library.

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use super::Globals;
use super::leaks::Watch;
use super::outcome::{self, Failure, Outcome};
use super::workspace::{self, Options};
use crate::book::{Face, Printed};
use crate::config::Folders;
use crate::diagnostics::{Diagnostic, Place, any_error, did_you_mean, io_reason};
use crate::library::{DocId, Library};
use crate::site::{Site, human_size};
use crate::source::front_matter::Kind;
use crate::source::lone::{self, Lone};
use crate::workspace::alone as alone_site;

/// What `book` can be told.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  goodturn book content/books/pricing
  goodturn book content/articles/five-questions.md --epub five-questions.epub
  goodturn book ~/manuscript.md --split 1")]
pub struct BookArgs {
    /// The book's folder, or a Markdown file; in a library or anywhere else
    #[arg(value_name = "PATH")]
    path: PathBuf,
    /// Write the EPUB there; without --epub, --pdf and --cover both are written into this folder
    #[arg(long, value_name = "FILE")]
    epub: Option<PathBuf>,
    /// Write the PDF there
    #[cfg(feature = "pdf")]
    #[arg(long, value_name = "FILE")]
    pdf: Option<PathBuf>,
    /// Take one long file apart: 1 begins a chapter at each `# heading`, 2 at each `## heading`
    #[arg(long, value_name = "LEVEL", value_parser = clap::value_parser!(u8).range(1..=2))]
    split: Option<u8>,
    /// Write the cover there: a .svg, .png or .jpg
    #[arg(long, value_name = "FILE")]
    cover: Option<PathBuf>,
}

/// Makes the files that were asked for.
pub fn run(globals: &Globals, args: &BookArgs) -> Result<Outcome, Failure> {
    let started = Instant::now();
    let asked_for = globals.directory.is_some() || globals.config.is_some();
    match workspace::folders_around(globals, &args.path) {
        Some(folders) => of_library(globals, args, folders, started),
        None if asked_for => of_library(globals, args, workspace::folders(globals)?, started),
        None => alone(globals, args, started),
    }
}

/// Makes the files of a book or an article in a library.
fn of_library(
    globals: &Globals,
    args: &BookArgs,
    folders: Folders,
    started: Instant,
) -> Result<Outcome, Failure> {
    let workspace = workspace::open_in(folders)?;
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
    if args.split.is_some() {
        return Err(Failure::usage(
            "--split is for a file outside of a library",
            "write `split: 1` at the head of the file, or into its book.yaml",
        ));
    }
    let document = site.library().document(id);
    let problems = concerning(loaded.problems, &document.source.path);
    let stem = document.address.trim_matches('/').rsplit('/').next();
    let stem = stem.unwrap_or("book").to_owned();
    let (watch, told) = Watch::new(&workspace);
    if any_error(&told) {
        return Err(Failure::Problems(root, told));
    }
    let made = Made {
        site: &site,
        id,
        watch,
    };
    print(args, started, root, &made, &stem, problems)
}

/// Makes the files of a book or a text outside of any library.
fn alone(globals: &Globals, args: &BookArgs, started: Instant) -> Result<Outcome, Failure> {
    if let Err(error) = args.path.metadata() {
        return Err(no_such(&args.path, &error));
    }
    let found = Lone::find(&args.path)
        .map_err(|(root, problem)| Failure::Problems(root, vec![*problem]))?;
    let Some(lone) = found else {
        return Err(no_book(&args.path));
    };
    let mut problems = Vec::new();
    let now = workspace::now()?;
    let site = alone_site(&lone, args.split, now, globals.quiet, &mut problems)
        .map_err(|told| Failure::Problems(lone.root.clone(), told))?;
    let Some(id) = site.library().by_path(&lone.path) else {
        // What is wrong with it has been told.
        return Err(Failure::Problems(lone.root, problems));
    };
    // Outside of a library there is nobody.
    let made = Made {
        site: &site,
        id,
        watch: None,
    };
    print(args, started, lone.root, &made, &lone.name, problems)
}

/// What files are made of.
struct Made<'a> {
    site: &'a Site,
    id: DocId,
    /// Looks through each file for what is private, before it is written.
    watch: Option<Watch>,
}

/// Makes the files of a document and writes them.
fn print(
    args: &BookArgs,
    started: Instant,
    root: PathBuf,
    made: &Made<'_>,
    stem: &str,
    mut problems: Vec<Diagnostic>,
) -> Result<Outcome, Failure> {
    let Made { site, id, watch } = made;
    if any_error(&problems) {
        return Err(Failure::Problems(root, problems));
    }
    let press = match site.press(*id, false, &mut problems) {
        Ok(press) => press,
        Err(told) => {
            problems.extend(told);
            return Err(Failure::Problems(root, problems));
        }
    };
    let mut lines = vec![format!("Made {}", press.book().title)];
    for (face, path) in wanted(args, stem)? {
        let made = press
            .print(face)
            .map_err(|told| site.placed(*id, told))
            .and_then(|printed| {
                let name = path.to_string_lossy();
                let watch = watch.as_ref();
                if let Some(watch) = watch.filter(|watch| !watch.lets_pass(&name, &printed.bytes)) {
                    return Err(watch.told(site));
                }
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

/// Why nothing can be made of a path, with the books that lie below it.
fn no_book(path: &Path) -> Failure {
    let folders = lone::books_in(path);
    let message = format!("{} is no book and no Markdown file", path.display());
    let help = match folders.as_slice() {
        [] => "a book is a folder with book.yaml, SUMMARY.md or Markdown files".to_owned(),
        books => {
            let shown: Vec<String> = books
                .iter()
                .map(|book| book.display().to_string())
                .collect();
            format!("give one of the books in it: {}", shown.join(", "))
        }
    };
    Failure::usage(message, help)
}

fn no_such(path: &Path, error: &std::io::Error) -> Failure {
    Failure::usage(
        format!("{}: {}", path.display(), io_reason(error)),
        "give the folder of a book, or a Markdown file",
    )
}

/// The document that a path on the disk is.
fn find(library: &Library, content: &Path, path: &Path) -> Result<DocId, Failure> {
    let full = path.canonicalize().map_err(|error| no_such(path, &error))?;
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
