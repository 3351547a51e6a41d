//! `goodturn build`: make the site.

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use super::Globals;
use super::leaks::Watch;
use super::outcome::{Failure, Outcome, count, holdings};
use super::workspace::{self, Loaded, Options, Workspace};
use crate::diagnostics::{Diagnostic, Place, Progress, any_error, io_reason};
use crate::library::lock::LOCK_FILE;
use crate::publish::{self, Cache, Faces, PublishError, Report};
use crate::site::{Content, Site};

/// What `build` can be told.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  goodturn build
  goodturn build --drafts --out preview")]
pub struct BuildArgs {
    /// Where the site goes
    #[arg(short, long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// With drafts
    #[arg(long)]
    drafts: bool,
    /// With what is to be published on a later day, and what has expired
    #[arg(long)]
    future: bool,
    /// Instead of `base_url` in goodturn.yaml
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Fail if goodturn.lock would change (for machines that publish)
    #[arg(long)]
    locked: bool,
    /// Do not use what earlier runs remember
    #[arg(long)]
    no_cache: bool,
    /// Carry over files in the output folder that Goodturn did not write
    #[arg(long)]
    keep_foreign: bool,
}

/// Makes the site.
pub fn run(globals: &Globals, args: &BuildArgs) -> Result<Outcome, Failure> {
    let started = Instant::now();
    let workspace = workspace::open(globals)?;
    let root = workspace.folders.root.clone();
    let (mut loaded, site) = workspace.load_site(
        globals,
        &Options {
            drafts: args.drafts,
            future: args.future,
            base_url: args.base_url.clone(),
            locked: args.locked,
        },
    )?;
    if any_error(&loaded.problems) {
        let problems = Workspace::with_unusable_covers(&site, loaded.problems);
        return Err(Failure::Problems(root, problems));
    }
    let out = args
        .out
        .clone()
        .unwrap_or_else(|| workspace.folders.part("public"));
    let cache = Cache::of(&root);
    let cache = Some(&cache).filter(|_| !args.no_cache);
    let faces = match Faces::make(&site, cache, globals.quiet, &mut loaded.problems) {
        Ok(faces) => faces,
        Err(told) => {
            loaded.problems.extend(told);
            return Err(Failure::Problems(root, loaded.problems));
        }
    };
    let site = site.with_sizes(faces.sizes());
    let (watch, told) = Watch::new(&workspace);
    loaded.problems.extend(told);
    if any_error(&loaded.problems) {
        return Err(Failure::Problems(root, loaded.problems));
    }
    let files = Files {
        site: &site,
        faces: &faces,
        watch: watch.as_ref(),
    };
    let report = match write(globals, args, &workspace, &loaded, &files, &out) {
        Ok(report) => report,
        Err(told) => {
            loaded.problems.extend(told);
            loaded
                .problems
                .extend(watch.iter().flat_map(|watch| watch.told(&site)));
            return Err(Failure::Problems(root, loaded.problems));
        }
    };
    loaded.problems.extend(told_by(&report));
    let doubts = watch.iter().flat_map(Watch::doubts);
    loaded.problems.extend(doubts);
    Ok(Outcome {
        summary: summary(globals, &loaded, &report, &out, started),
        root,
        problems: loaded.problems,
    })
}

/// Where the files of the site come from.
struct Files<'a> {
    site: &'a Site,
    faces: &'a Faces,
    watch: Option<&'a Watch>,
}

impl Files<'_> {
    /// The file at a path of the plan, looked through for what is private.
    fn get(&self, path: &str) -> Result<Content, Vec<Diagnostic>> {
        let content = match self.faces.get(path) {
            Some(content) => content.clone(),
            None => self.site.render(path)?,
        };
        match self.watch {
            Some(watch) => watch.pass(path, content),
            None => Ok(content),
        }
    }
}

/// Renders every file and puts the site in place; the lock is written just before.
fn write(
    globals: &Globals,
    args: &BuildArgs,
    workspace: &Workspace,
    loaded: &Loaded,
    files: &Files<'_>,
    out: &Path,
) -> Result<Report, Vec<Diagnostic>> {
    let folders = &workspace.folders;
    let options = publish::Options {
        keep_foreign: args.keep_foreign,
    };
    let target = workspace
        .with_output(out, |folders| publish::guard(folders, options))
        .map_err(|error| error.diagnostics())?;
    let paths: Vec<&str> = files.site.plan().paths().collect();
    let progress = Progress::new("rendering", paths.len(), globals.quiet);
    let render = |path: &str| {
        progress.step();
        files.get(path)
    };
    let keep_lock = || write_lock(folders.part(LOCK_FILE).as_path(), loaded);
    publish::publish(target, &paths, render, keep_lock).map_err(|error| match error {
        PublishError::Produce(failed) => failed.into_iter().flat_map(|(_, told)| told).collect(),
        PublishError::BeforeSwap(told) => told,
        PublishError::Publish(error) => error.diagnostics(),
    })
}

/// Writes the lock beside itself first, so that it is never half written.
fn write_lock(path: &Path, loaded: &Loaded) -> Result<(), Vec<Diagnostic>> {
    if !loaded.lock_changes() && path.exists() {
        return Ok(());
    }
    let staged = path.with_extension("lock.new");
    let write = || -> std::io::Result<()> {
        std::fs::write(&staged, loaded.lock.to_string())?;
        std::fs::File::open(&staged)?.sync_all()?;
        std::fs::rename(&staged, path)
    };
    write().map_err(|error| {
        // What is left of it is of no use to anybody.
        let _ = std::fs::remove_file(&staged);
        let problem = format!("cannot be written: {}", io_reason(&error));
        vec![Diagnostic::error(problem).at(Place::file(LOCK_FILE))]
    })
}

/// What the user should know of how the site was put in place.
fn told_by(report: &Report) -> Vec<Diagnostic> {
    let rescued = report.rescued.iter().map(|path| {
        Diagnostic::warning(format!(
            "a file that Goodturn did not write was in the way; it is now {}",
            path.display()
        ))
    });
    let uncleared = report.uncleared.iter().map(|error| {
        Diagnostic::warning(format!(
            "the old site could not be taken away wholly: {error}"
        ))
    });
    rescued.chain(uncleared).collect()
}

fn summary(
    globals: &Globals,
    loaded: &Loaded,
    report: &Report,
    out: &Path,
    started: Instant,
) -> String {
    let library = &loaded.library;
    let mut lines = vec![format!(
        "Built {} in {}",
        library.config.title,
        out.strip_prefix(".").unwrap_or(out).display()
    )];
    lines.push(format!("  {}", holdings(library)));
    let mut files = vec![format!("{} written", report.written)];
    if report.unchanged > 0 {
        files.push(format!("{} unchanged", report.unchanged));
    }
    if report.removed > 0 {
        files.push(format!("{} removed", report.removed));
    }
    if report.kept > 0 {
        files.push(format!("{} kept", report.kept));
    }
    let total = count(report.written + report.unchanged, "file", "files");
    lines.push(format!("  {total}: {}", files.join(", ")));
    let moved = loaded.changes.moved.len();
    if moved > 0 {
        lines.push(format!(
            "  {}: the old ones lead there",
            count(moved, "new address", "new addresses")
        ));
    }
    if globals.verbose {
        let changes = loaded.changes.to_string();
        lines.extend(changes.lines().map(|line| format!("    {line}")));
    }
    let warnings = loaded.problems.len();
    if warnings > 0 {
        lines.push(format!("  {}", count(warnings, "warning", "warnings")));
    }
    if !library.base.is_known() {
        lines.push(
            "  no base_url yet: feeds and short addresses need it once the site has a home".into(),
        );
    }
    lines.push(format!("  {:.2} s", started.elapsed().as_secs_f64()));
    lines.join("\n")
}
