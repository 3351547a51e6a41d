//! `goodturn serve`: the site in a browser while it is written.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::outcome::{self, Failure, Outcome};
use super::workspace::{self, Options};
use super::{Globals, STACK};
use crate::diagnostics::{Diagnostic, any_error, io_reason};
use crate::preview::{self, Keeper, PORT, Server, Settings, Stage, Told, View, Watch};

/// What `serve` can be told.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  goodturn serve --open
  goodturn serve --drafts --follow

Ctrl-C ends it, with exit code 0.")]
pub struct ServeArgs {
    /// The port; else 4114, or the next free one
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    port: Option<u16>,
    /// The address to listen at; 0.0.0.0 for other devices in the same network
    #[arg(long, value_name = "H", default_value = "127.0.0.1")]
    host: String,
    /// Open the browser
    #[arg(long)]
    open: bool,
    /// Bring the browser to the piece that was saved
    #[arg(long)]
    follow: bool,
    /// With drafts
    #[arg(long)]
    drafts: bool,
    /// With what is to be published on a later day, and what has expired
    #[arg(long)]
    future: bool,
    /// Look at the files twice a second, where the system does not tell of changes
    #[arg(long)]
    poll: bool,
}

/// The moment that counts as now. A `SOURCE_DATE_EPOCH` that is no number was told at the start.
fn clock() -> i64 {
    workspace::now().unwrap_or_default()
}

/// Serves the site until Ctrl-C.
pub fn run(globals: &Globals, args: &ServeArgs) -> Result<Outcome, Failure> {
    let folders = workspace::folders(globals)?;
    let folders = folders.absolute().map_err(unexpected)?;
    let server = Server::bind(&args.host, args.port).map_err(|error| refused(args, &error))?;
    if !folders.config.exists() {
        let message = format!("there is no {}", folders.config.display());
        return Err(Failure::usage(message, "`goodturn init` makes a library"));
    }
    // What changes while the library is read for the first time is looked at afterwards.
    let (watch, polls_for) = Watch::new(&folders, args.poll);
    let (keeper, view) = Keeper::new(folders.clone(), options(args)?, clock);
    let prefix = match &view.site {
        Some(site) => site.library().base.prefix.clone(),
        None => String::new(),
    };
    let url = server.url(&format!("{prefix}/")).map_err(unexpected)?;
    if !globals.quiet {
        outcome::print(&greeting(args, &server, &view, &url).map_err(unexpected)?);
    }
    outcome::show(globals, &folders.root, view.problems.clone());
    if args.open
        && let Err(error) = open::that_detached(&url)
    {
        anstream::eprintln!("The browser could not be opened: {}", io_reason(&error));
    }
    let stage = Arc::new(Stage::new(view));
    if let Some(reason) = polls_for {
        anstream::eprintln!("Files are looked at twice a second: {reason}");
    }
    follow(globals, keeper, watch, stage.clone()).map_err(unexpected)?;
    let settings = Settings {
        folders,
        follow: args.follow,
        stack: STACK,
    };
    server.run(stage, settings).map_err(unexpected)?;
    Ok(Outcome::default())
}

/// What the library is loaded with, at first and after each change.
fn options(args: &ServeArgs) -> Result<crate::workspace::Options, Failure> {
    let options = Options {
        drafts: args.drafts,
        future: args.future,
        ..Options::default()
    };
    options.to_load()
}

/// Follows the files in a thread of its own, which ends with the program.
fn follow(globals: &Globals, keeper: Keeper, watch: Watch, stage: Arc<Stage>) -> io::Result<()> {
    let (globals, root) = (globals.clone(), keeper.folders().root.clone());
    let follow = move || {
        let mut teller = Teller {
            globals,
            root,
            last: stage.view().problems.clone(),
        };
        preview::follow(keeper, watch, &stage, |told| teller.tell(told))
    };
    let thread = std::thread::Builder::new().stack_size(STACK);
    thread.spawn(follow).map(drop)
}

/// Tells in the terminal of what changed.
struct Teller {
    globals: Globals,
    root: PathBuf,
    /// What was wrong when last told.
    last: Vec<Diagnostic>,
}

impl Teller {
    /// One line for each change; what is wrong is shown when it is something else than before.
    fn tell(&mut self, told: &Told) {
        let is_new = told.problems != self.last;
        let was_wrong = any_error(&self.last);
        if is_new {
            self.last.clone_from(&told.problems);
            outcome::show(&self.globals, &self.root, told.problems.clone());
        }
        if self.globals.quiet {
            return;
        }
        let after = match (any_error(&told.problems), was_wrong) {
            (true, _) => "; what has errors is shown as it was",
            (false, true) => "; all is well again",
            (false, false) => "",
        };
        let took = told.took.as_millis().max(1);
        let files = match told.files.as_slice() {
            [] => "something".to_owned(),
            [one] => one.clone(),
            many => outcome::count(many.len(), "file", "files"),
        };
        outcome::print(&format!("{files} → {}, {took} ms{after}", told.touched));
    }
}

/// What stands in the terminal while the preview runs.
fn greeting(args: &ServeArgs, server: &Server, view: &View, url: &str) -> io::Result<String> {
    let mut lines = Vec::new();
    match &view.site {
        Some(site) => {
            let library = site.library();
            lines.push(format!("Showing {}", library.config.title));
            lines.push(format!("  {}", outcome::holdings(library)));
        }
        None => lines.push("Nothing can be shown yet; the errors are below".into()),
    }
    lines.push(format!("  {url}"));
    let port = server.port()?;
    if args.port.is_none() && port != PORT {
        lines.push(format!("  port {PORT} is taken, so this is port {port}"));
    }
    if is_open(&args.host) {
        lines.push("  open to every device in this network".into());
    }
    lines.push("  Ctrl-C ends it".into());
    Ok(lines.join("\n"))
}

/// Whether a host means every address of this machine.
fn is_open(host: &str) -> bool {
    let ip = host.trim_start_matches('[').trim_end_matches(']');
    ip.parse::<std::net::IpAddr>()
        .is_ok_and(|ip| ip.is_unspecified())
}

fn refused(args: &ServeArgs, error: &io::Error) -> Failure {
    match (error.kind(), args.port) {
        (io::ErrorKind::AddrInUse, Some(port)) => Failure::usage(
            format!("port {port} is taken by another program"),
            "give another one, or leave --port away: then the next free one is found",
        ),
        (io::ErrorKind::PermissionDenied, Some(port)) => Failure::usage(
            format!("port {port} may not be used: {}", io_reason(error)),
            "give one from 1024 on, or leave --port away",
        ),
        _ => Failure::usage(
            format!("cannot listen at {}: {}", args.host, io_reason(error)),
            "--host takes an address of this machine, such as 127.0.0.1 or 0.0.0.0",
        ),
    }
}

fn unexpected(error: io::Error) -> Failure {
    let message = format!("the preview cannot go on: {}", io_reason(&error));
    Failure::usage(message, "start it again")
}
