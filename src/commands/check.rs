//! `goodturn check`: everything that a build would find, writing nothing.

use std::collections::HashSet;
use std::path::Path;
use std::time::Duration;

use clap::Args;
use rayon::prelude::*;

use super::Globals;
use super::git;
use super::leaks::Watch;
use super::outcome::{Failure, Outcome, count, holdings};
use super::workspace::{self, Loaded, Options, Workspace};
use crate::diagnostics::{Diagnostic, Progress};
use crate::external::{self, Report};
use crate::library;
use crate::library::lock::LOCK_FILE;
use crate::publish;
use crate::site::{Content, Output, Site};

/// What `check` can be told.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// With drafts
    #[arg(long)]
    drafts: bool,
    /// With what is to be published on a later day, and what has expired
    #[arg(long)]
    future: bool,
    /// Fail if goodturn.lock would change
    #[arg(long)]
    locked: bool,
    /// Ask every outside link whether it still answers
    #[arg(long)]
    external: bool,
    /// How long an outside link may take to answer
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 20,
        value_parser = clap::value_parser!(u64).range(1..=600),
        requires = "external"
    )]
    timeout: u64,
    /// Ask outside links that answered in the last seven days, too
    #[arg(long, requires = "external")]
    no_cache: bool,
}

/// Looks for everything that is wrong.
pub fn run(globals: &Globals, args: &CheckArgs) -> Result<Outcome, Failure> {
    let workspace = workspace::open(globals)?;
    let (mut loaded, site) = workspace.load_site(
        globals,
        &Options {
            drafts: args.drafts,
            future: args.future,
            base_url: None,
            locked: args.locked,
        },
    )?;
    let overdue = library::overdue(&loaded.library, workspace::now()?);
    loaded.problems.extend(overdue);
    let out = workspace.folders.part("public");
    loaded
        .problems
        .extend(unpublishable(&workspace, &site, &out));
    loaded
        .problems
        .extend(git::problems(&workspace.folders.root));
    let (watch, told) = Watch::new(&workspace);
    loaded.problems.extend(told);
    let rendered = render(globals, &site, watch.as_ref(), &loaded.problems);
    loaded.problems.extend(rendered);
    loaded
        .problems
        .extend(watch.iter().flat_map(|watch| watch.told(&site)));
    let doubts = watch.iter().flat_map(Watch::doubts);
    loaded.problems.extend(doubts);
    let of_books = unprintable(&site);
    let of_books = of_books
        .into_iter()
        .filter(|told| !loaded.problems.contains(told));
    loaded.problems.extend(of_books.collect::<Vec<_>>());
    let asked = args.external.then(|| {
        let options = external::Options {
            timeout: Duration::from_secs(args.timeout),
            use_cache: !args.no_cache,
            quiet: globals.quiet,
        };
        let mut report = external::check(&site, &workspace.folders, options);
        loaded.problems.append(&mut report.problems);
        report
    });
    Ok(Outcome {
        summary: summary(globals, &loaded, asked.as_ref()),
        root: workspace.folders.root,
        problems: loaded.problems,
    })
}

/// What would stop the site from being put in place.
fn unpublishable(workspace: &Workspace, site: &Site, out: &Path) -> Vec<Diagnostic> {
    let paths: Vec<&str> = site.plan().paths().collect();
    let options = publish::Options::default();
    let looked = workspace.with_output(out, |folders| publish::look(folders, options));
    [looked, publish::check_paths(&paths)]
        .into_iter()
        .filter_map(Result::err)
        .flat_map(|error| error.diagnostics())
        .collect()
}

/// Renders every page, for the errors alone.
///
/// The page of a document that is known to be wrong is left out: its template fails for want of
/// what the document lacks, which would only be told twice.
fn render(
    globals: &Globals,
    site: &Site,
    watch: Option<&Watch>,
    known: &[Diagnostic],
) -> Vec<Diagnostic> {
    let wrong: HashSet<&str> = known
        .iter()
        .filter(|problem| problem.is_error())
        .filter_map(|problem| Some(problem.place.as_ref()?.file.as_ref()))
        .collect();
    let is_wrong = |output: &Output| match output {
        // These take long: their books are looked through instead.
        Output::Face(..) => true,
        Output::Document(id) | Output::Handout(id) => {
            wrong.contains(site.library().document(*id).source.file.as_ref())
        }
        _ => false,
    };
    let paths: Vec<&str> = site
        .plan()
        .iter()
        .filter(|(_, output)| !is_wrong(output))
        .map(|(path, _)| path)
        .collect();
    let progress = Progress::new("checking", paths.len(), globals.quiet);
    paths
        .par_iter()
        .flat_map_iter(|path| {
            progress.step();
            let rendered = site.render(path);
            let watched = match watch {
                Some(watch) => rendered.and_then(|content| watch.pass(path, content)),
                None => rendered,
            };
            match watched {
                Ok(Content::Bytes(_)) => Vec::new(),
                Ok(Content::File(from)) => match publish::check_copy(path, &from) {
                    Ok(()) => Vec::new(),
                    Err(error) => error.diagnostics(),
                },
                Err(told) => told,
            }
        })
        .collect()
}

/// What is wrong with books as far as it shows without making their files.
fn unprintable(site: &Site) -> Vec<Diagnostic> {
    let books: Vec<_> = site.faces().into_keys().collect();
    let look = |id| {
        let mut problems = Vec::new();
        match site.press(id, false, &mut problems) {
            Ok(_) => problems,
            Err(told) => told,
        }
    };
    books.into_par_iter().flat_map_iter(look).collect()
}

fn summary(globals: &Globals, loaded: &Loaded, asked: Option<&Report>) -> String {
    let held = holdings(&loaded.library);
    let mut lines = vec![match loaded.problems.len() {
        0 => format!("No problems in {held}"),
        warnings => format!("{} in {held}", count(warnings, "warning", "warnings")),
    }];
    if let Some(report) = asked {
        lines.push(format!("  outside links: {}", told_by(report)));
    }
    if loaded.lock_changes() {
        lines.push(format!(
            "  {LOCK_FILE} would change: `goodturn build` writes it"
        ));
        if globals.verbose {
            let changes = loaded.changes.to_string();
            lines.extend(changes.lines().map(|line| format!("    {line}")));
        }
    }
    lines.join("\n")
}

/// How many outside links there are, by what became of them.
fn told_by(report: &Report) -> String {
    let parts = [
        (report.asked, "asked"),
        (report.known, "answered in the last seven days"),
        (report.own, "of this site"),
        (report.skipped, "left out (mail, phone, reserved hosts)"),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, what)| count(*number, what, what))
        .collect();
    match parts.is_empty() {
        true => "none".to_owned(),
        false => parts.join(", "),
    }
}
