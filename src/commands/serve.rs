//! `goodturn serve`: the site in a browser while it is written.

use std::io;
use std::sync::Arc;

use clap::Args;

use super::outcome::{self, Failure, Outcome};
use super::workspace::{self, Options};
use super::{Globals, STACK};
use crate::config::Folders;
use crate::diagnostics::io_reason;
use crate::preview::{PORT, Server, Settings, Stage, View};

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

/// Serves the site until Ctrl-C.
pub fn run(globals: &Globals, args: &ServeArgs) -> Result<Outcome, Failure> {
    let folders = workspace::folders(globals)?;
    let server = Server::bind(&args.host, args.port).map_err(|error| refused(args, &error))?;
    let view = first_view(globals, args, &folders)?;
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
    let settings = Settings {
        folders,
        follow: args.follow,
        stack: STACK,
    };
    server.run(stage, settings).map_err(unexpected)?;
    Ok(Outcome::default())
}

/// The library as it is at the start. With errors the site is shown as far as it goes; where
/// nothing can be loaded, the errors are.
fn first_view(globals: &Globals, args: &ServeArgs, folders: &Folders) -> Result<View, Failure> {
    let options = Options {
        drafts: args.drafts,
        future: args.future,
        ..Options::default()
    };
    let loaded = workspace::open(globals).and_then(|place| place.load_site(globals, &options));
    let (site, problems) = match loaded {
        Ok((loaded, site)) => (Some(Arc::new(site)), loaded.problems),
        Err(Failure::Problems(_, problems)) => (None, problems),
        Err(usage) => return Err(usage),
    };
    let _ = folders;
    Ok(View {
        number: 1,
        site,
        problems,
        files: Vec::new(),
        saved: None,
    })
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
