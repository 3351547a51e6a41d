//! `goodturn book`: an e-book and a PDF of a book or an article, without a site.

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use super::Globals;
use super::outcome::{self, Failure, Outcome};
use super::workspace::{self, Options};
use crate::book::{Book, Picture, cover, epub};
use crate::diagnostics::{Diagnostic, Place, any_error, did_you_mean, io_reason};
use crate::library::{DocId, Library};
use crate::site::{Site, human_size};
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
    /// Write the EPUB there; without --epub and --pdf both are written into this folder
    #[arg(long, value_name = "FILE")]
    epub: Option<PathBuf>,
    /// Write the PDF there
    #[cfg(feature = "pdf")]
    #[arg(long, value_name = "FILE")]
    pdf: Option<PathBuf>,
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
    let made = site
        .ebook(id, &mut problems)
        .and_then(|book| covered(book, &mut problems));
    let (book, picture) = made.map_err(|told| Failure::Problems(root.clone(), told))?;
    let maker = Maker {
        site: &site,
        book: &book,
        cover: &picture,
        stem: document
            .address
            .trim_matches('/')
            .rsplit('/')
            .next()
            .unwrap_or("book")
            .to_owned(),
    };
    let mut lines = vec![format!("Made {}", book.title)];
    let written = maker.write(args, &mut problems, &mut lines);
    if let Err(told) = written {
        problems.extend(told);
        return Err(Failure::Problems(root, problems));
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

/// Makes the files of a book.
struct Maker<'a> {
    site: &'a Site,
    book: &'a Book,
    cover: &'a Picture,
    /// What the files are called where no name is given.
    stem: String,
}

impl Maker<'_> {
    fn write(
        &self,
        args: &BookArgs,
        problems: &mut Vec<Diagnostic>,
        lines: &mut Vec<String>,
    ) -> Result<(), Vec<Diagnostic>> {
        let named = |name: &Option<PathBuf>, is_alone: bool, ending: &str| {
            let default = PathBuf::from(format!("{}.{ending}", self.stem));
            name.clone().or(is_alone.then_some(default))
        };
        #[cfg(feature = "pdf")]
        let wants_all = args.epub.is_none() && args.pdf.is_none();
        #[cfg(not(feature = "pdf"))]
        let wants_all = args.epub.is_none();
        if let Some(path) = named(&args.epub, wants_all, "epub") {
            let words = self.site.book_words(&self.book.lang);
            let bytes = epub::epub(self.book, self.cover, &words)?;
            lines.push(put(&path, &bytes, None)?);
        }
        #[cfg(feature = "pdf")]
        if let Some(path) = named(&args.pdf, wants_all, "pdf") {
            let made = crate::book::pdf::pdf(self.book, &[])?;
            problems.extend(made.warnings);
            lines.push(put(&path, &made.bytes, Some(made.pages))?);
        }
        Ok(())
    }
}

/// A book with its cover: the author's own, else a designed one.
fn covered(
    mut book: Book,
    problems: &mut Vec<Diagnostic>,
) -> Result<(Book, Picture), Vec<Diagnostic>> {
    let picture = match book.cover.take() {
        Some(own) => own,
        None => cover::cover(&book, &[], problems)
            .and_then(|designed| designed.picture())
            .map_err(|problem| vec![*problem])?,
    };
    book.cover = Some(picture.clone());
    Ok((book, picture))
}

/// Writes a file; says what it is.
fn put(path: &Path, bytes: &[u8], pages: Option<usize>) -> Result<String, Vec<Diagnostic>> {
    std::fs::write(path, bytes).map_err(|error| {
        let problem = format!("cannot be written: {}", io_reason(&error));
        let place = Place::file(path.display().to_string());
        vec![Diagnostic::error(problem).at(place)]
    })?;
    let size = human_size(bytes.len() as u64);
    let pages = pages.map(|pages| format!(", {}", outcome::count(pages, "page", "pages")));
    Ok(format!(
        "  {}: {size}{}",
        path.display(),
        pages.unwrap_or_default()
    ))
}
