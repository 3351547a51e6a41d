//! `goodturn new`: begin an article, a book, a link, a file or a page.

mod file;

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::outcome::{self, Failure, Outcome};
use super::workspace::{self, Workspace};
use super::{Globals, ask, trades, write};
use crate::config::Config;
use crate::diagnostics::{any_error, did_you_mean};
use crate::library::slug;
use crate::library::vocabulary::Vocabulary;
use crate::yaml;

/// What `new` can be told.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  goodturn new article \"What to ask before winter\" --industry hvac
  goodturn new link \"Safe sites\" --link https://www.osha.gov/smallbusiness
  goodturn new file \"Estimate sheet\" --file ~/Documents/estimate.pdf

Prints the path of the new file and nothing else.")]
pub struct NewArgs {
    /// What it is
    kind: NewKind,
    /// What it is called
    title: String,
    /// A trade that it is for, in your own words (may be repeated); none: for everybody
    #[arg(short, long = "industry", value_name = "INDUSTRY")]
    industries: Vec<String>,
    /// A topic (may be repeated)
    #[arg(short, long = "topic", value_name = "TOPIC")]
    topics: Vec<String>,
    /// The page that a link leads to
    #[arg(long, value_name = "URL")]
    link: Option<String>,
    /// The file to give; copied into the library if it lies elsewhere
    #[arg(long, value_name = "PATH")]
    file: Option<PathBuf>,
    /// Why it helps (links and files)
    #[arg(long, value_name = "TEXT")]
    why: Option<String>,
    /// Its language, if not the library's first
    #[arg(short, long, value_name = "LANG")]
    lang: Option<String>,
    /// Do not publish it yet
    #[arg(long)]
    draft: bool,
}

/// What can be begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum NewKind {
    // A Markdown page worth giving
    Article,
    // A folder of chapters
    Book,
    // Somebody else's page, with why it helps
    Link,
    // A file to download
    File,
    // A page of the site, such as "About"
    Page,
}

impl NewKind {
    fn name(self) -> &'static str {
        match self {
            NewKind::Article => "article",
            NewKind::Book => "book",
            NewKind::Link => "link",
            NewKind::File => "file",
            NewKind::Page => "page",
        }
    }

    /// The folder in content/ that it goes to.
    fn folder(self) -> &'static str {
        match self {
            NewKind::Article => "articles",
            NewKind::Book => "books",
            NewKind::Link => "links",
            NewKind::File => "files",
            NewKind::Page => "",
        }
    }
}

/// Writes the new file and prints its path.
pub fn run(globals: &Globals, args: &NewArgs) -> Result<Outcome, Failure> {
    check(args)?;
    let workspace = workspace::open(globals)?;
    let mut problems = Vec::new();
    let vocabulary = workspace.vocabulary(&mut problems);
    if any_error(&problems) {
        return Err(Failure::Problems(workspace.folders.root, problems));
    }
    let title = one_line(&args.title);
    let place = Place::find(&workspace, args, &title)?;
    let mut head = head(&vocabulary, args, &title)?;
    match args.kind {
        NewKind::Link => {
            let link = link(args)?;
            head.push(format!("link: {}", yaml::scalar(&link)));
        }
        NewKind::File => {
            let given = file::Given::find(&workspace, args.file.as_deref())?;
            let word = given.put(&place.folder)?;
            head.push(format!("file: {}", yaml::scalar(&word)));
        }
        NewKind::Page => head.push("page: true".to_owned()),
        NewKind::Article | NewKind::Book => {}
    }
    if matches!(args.kind, NewKind::Link | NewKind::File) {
        head.push(match &args.why {
            Some(why) => format!("why: {}", yaml::scalar(&one_line(why))),
            None => "# why: Whom it helps, and how".to_owned(),
        });
    }
    let path = match args.kind {
        NewKind::Book => write_book(&place, &head)?,
        _ => write_file(&place, &head)?,
    };
    outcome::print(&write::shown(&path));
    Ok(Outcome {
        root: workspace.folders.root,
        problems,
        summary: String::new(),
    })
}

/// What was typed but does not go together.
fn check(args: &NewArgs) -> Result<(), Failure> {
    if one_line(&args.title).is_empty() {
        return Err(Failure::usage(
            "the title is empty",
            "say what it is called: goodturn new article \"A title\"",
        ));
    }
    let name = args.kind.name();
    let wrong = |option: &str, help: &str| {
        let message = format!("`--{option}` makes no sense with a new {name}");
        Err(Failure::usage(message, help))
    };
    let has_reason = matches!(args.kind, NewKind::Link | NewKind::File);
    if args.link.is_some() && args.kind != NewKind::Link {
        return wrong("link", "`goodturn new link` gives somebody else's page");
    }
    if args.file.is_some() && args.kind != NewKind::File {
        return wrong("file", "`goodturn new file` gives a file");
    }
    if args.why.is_some() && !has_reason {
        return wrong("why", "an article says for itself why it helps");
    }
    let help = "a page belongs to the site and is not given to people; write an article instead";
    match args.kind {
        NewKind::Page if !args.industries.is_empty() => wrong("industry", help),
        NewKind::Page if !args.topics.is_empty() => wrong("topic", help),
        _ => Ok(()),
    }
}

/// Text on one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lines at the head that all kinds share.
fn head(vocabulary: &Vocabulary, args: &NewArgs, title: &str) -> Result<Vec<String>, Failure> {
    let industries = trades::resolve(vocabulary, &args.industries)?;
    let mut head = vec![format!("title: {}", yaml::scalar(title))];
    head.push("# summary: What the reader gets from it, in a sentence or two".to_owned());
    head.push(format!("date: {}", workspace::today()?));
    if args.kind != NewKind::Page {
        head.push(match industries.is_empty() {
            true => "general: true".to_owned(),
            false => {
                let slugs = industries
                    .iter()
                    .map(|id| vocabulary.get(*id).slug.as_str());
                format!("industries: {}", yaml::list(slugs))
            }
        });
    }
    if !args.topics.is_empty() {
        let topics: Vec<String> = args.topics.iter().map(|topic| one_line(topic)).collect();
        let topics = topics.iter().map(String::as_str);
        head.push(format!("topics: {}", yaml::list(topics)));
    }
    if args.draft {
        head.push("draft: true".to_owned());
    }
    Ok(head)
}

/// The address that a link leads to; asked for where somebody can answer.
fn link(args: &NewArgs) -> Result<String, Failure> {
    let link = match &args.link {
        Some(link) => link.trim().to_owned(),
        None if can_ask() => ask::text("Which page does it lead to?", None, check_link)?,
        None => {
            return Err(Failure::usage(
                "a link needs the page that it leads to",
                "add it: --link https://example.org/page",
            ));
        }
    };
    match check_link(&link) {
        Ok(()) => Ok(link),
        Err(message) => Err(Failure::usage(
            message,
            "write it with https:// at its start",
        )),
    }
}

fn check_link(link: &str) -> Result<(), String> {
    let lower = link.trim().to_ascii_lowercase();
    let rest = lower
        .strip_prefix("https://")
        .or_else(|| lower.strip_prefix("http://"));
    match rest {
        Some(rest) if !rest.is_empty() && !lower.contains(char::is_whitespace) => Ok(()),
        _ => Err(format!("`{link}` is no full address of a page")),
    }
}

/// Whether somebody sits at a terminal.
fn can_ask() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// Where something new goes.
struct Place {
    /// The folder in content/.
    folder: PathBuf,
    /// The name of the file or the book's folder, without an extension.
    name: String,
    /// The language, where the file's name has to say it.
    lang: Option<String>,
}

impl Place {
    fn find(workspace: &Workspace, args: &NewArgs, title: &str) -> Result<Self, Failure> {
        let lang = language(&workspace.config, args.lang.as_deref())?;
        let mut folder = workspace.folders.part("content");
        let mut suffix = None;
        match (args.kind, lang) {
            // The name of a book's folder cannot carry a language; a folder above it does.
            (NewKind::Book, Some(lang)) => folder.push(lang),
            (_, lang) => suffix = lang,
        }
        folder.push(args.kind.folder());
        let name = name(args.kind, title);
        let taken = |name: &str| taken(&folder, name, suffix.as_deref());
        if let Some(there) = taken(&name) {
            let free = (2..).find(|number| taken(&format!("{name}-{number}")).is_none());
            let free = free.unwrap_or(2);
            let title = title.replace('"', "");
            return Err(Failure::usage(
                format!("{} is there already", write::shown(&there)),
                format!(
                    "write on in that one, or choose another title, such as \"{title} {free}\""
                ),
            ));
        }
        Ok(Place {
            folder,
            name,
            lang: suffix,
        })
    }

    /// The Markdown file.
    fn markdown(&self) -> PathBuf {
        let Place { name, lang, .. } = self;
        self.folder.join(match lang {
            Some(lang) => format!("{name}.{lang}.md"),
            None => format!("{name}.md"),
        })
    }
}

/// The language as the file's name has to say it: none for the library's first.
fn language(config: &Config, typed: Option<&str>) -> Result<Option<String>, Failure> {
    let Some(typed) = typed else {
        return Ok(None);
    };
    let known = config
        .language_codes()
        .find(|code| code.eq_ignore_ascii_case(typed));
    match known {
        Some(code) if code == config.language => Ok(None),
        Some(code) => Ok(Some(code.to_owned())),
        None => {
            let codes: Vec<&str> = config.language_codes().collect();
            let help = did_you_mean(typed, codes.iter().copied())
                .unwrap_or_else(|| format!("this library is in {}", codes.join(", ")));
            Err(Failure::usage(
                format!("`{typed}` is no language of this library"),
                format!("{help}; add one in goodturn.yaml: languages: {{ {typed}: {{}} }}"),
            ))
        }
    }
}

/// The title as a file name. Names that would make the file the page of its folder, and titles
/// without a letter that could be spelled, get the kind with them.
fn name(kind: NewKind, title: &str) -> String {
    match slug(title) {
        slug if slug.is_empty() => kind.name().to_owned(),
        slug if matches!(slug.as_str(), "index" | "readme" | "summary") => {
            format!("{slug}-{}", kind.name())
        }
        slug => slug,
    }
}

/// What stands at a name already, whatever its case and whether it is a file or a folder.
fn taken(folder: &Path, name: &str, lang: Option<&str>) -> Option<PathBuf> {
    let stem = match lang {
        Some(lang) => format!("{name}.{lang}").to_lowercase(),
        None => name.to_owned(),
    };
    let names = [format!("{stem}.md"), format!("{stem}.markdown"), stem];
    let entries = std::fs::read_dir(folder).ok()?;
    entries.flatten().map(|entry| entry.path()).find(|path| {
        let own = path.file_name().unwrap_or_default().to_string_lossy();
        names.contains(&own.to_lowercase())
    })
}

fn write_file(place: &Place, head: &[String]) -> Result<PathBuf, Failure> {
    let path = place.markdown();
    write::create(&path, &format!("---\n{}\n---\n\n", head.join("\n")))?;
    Ok(path)
}

/// A book's settings and its first chapter.
fn write_book(place: &Place, head: &[String]) -> Result<PathBuf, Failure> {
    let folder = place.folder.join(&place.name);
    let settings = folder.join("book.yaml");
    let order =
        "# Chapters follow the numbers in their names: 01-….md, 02-….md. To order them here:
# chapters: [01-introduction.md]";
    write::create(&settings, &format!("{}\n\n{order}\n", head.join("\n")))?;
    let chapter = "---\ntitle: Introduction\n---\n\n";
    write::create(&folder.join("01-introduction.md"), chapter)?;
    Ok(settings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_a_name_that_is_a_document_of_its_own() {
        assert_eq!(name(NewKind::Article, "What's new?"), "whats-new");
        assert_eq!(name(NewKind::Article, "README"), "readme-article");
        assert_eq!(name(NewKind::Page, "Index"), "index-page");
        assert_eq!(name(NewKind::Link, "!?"), "link");
    }

    #[test]
    fn a_link_is_a_full_address() {
        assert!(check_link("https://a.org/b?c#d").is_ok());
        for wrong in ["", "a.org", "ftp://a.org", "https://", "https://a b"] {
            assert!(check_link(wrong).is_err(), "{wrong}");
        }
    }
}
