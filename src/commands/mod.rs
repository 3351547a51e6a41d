//! The command line: what was typed becomes one call, and its outcome an exit code.
//!
//! One file per command. Commands are thin: they talk to the user and call the other rooms.
//! [`workspace`] is what several of them begin with: finding and loading the library.

mod acts;
mod ask;
mod book;
mod build;
mod check;
mod completions;
mod connect;
mod due;
mod find;
mod followup;
mod git;
mod given;
mod giving;
mod handout;
mod industries;
mod init;
mod introduce;
mod leaks;
mod links;
mod list;
#[cfg(feature = "smtp")]
mod mail;
mod man;
mod me;
mod new;
mod outcome;
mod people;
mod private;
mod sent;
mod serve;
mod sheet;
mod suggest;
mod table;
mod trades;
mod workspace;
mod write;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ColorChoice, CommandFactory, FromArgMatches, Parser, Subcommand};

use outcome::{Failure, Outcome};

/// Serve first: a resource library by industry, and the right piece for the right person.
#[derive(Debug, Parser)]
#[command(name = "goodturn", version, about, propagate_version = true)]
#[command(after_help = "Example:
  goodturn init my-library
  goodturn -C my-library build

Exit codes: 0 fine, 1 problems in the content, 2 wrong use.")]
pub struct Cli {
    #[command(flatten)]
    globals: Globals,
    #[command(subcommand)]
    command: Command,
}

/// What holds for every command.
#[derive(Clone, Debug, Args)]
pub struct Globals {
    /// The library's folder; else the nearest one with a goodturn.yaml, from here upwards
    #[arg(
        short = 'C',
        long = "directory",
        value_name = "DIR",
        global = true,
        help_heading = "For every command"
    )]
    directory: Option<PathBuf>,
    /// The settings, if not goodturn.yaml in the library
    #[arg(
        long,
        value_name = "FILE",
        global = true,
        help_heading = "For every command"
    )]
    config: Option<PathBuf>,
    /// Say only what is wrong
    #[arg(
        short,
        long,
        global = true,
        conflicts_with = "verbose",
        help_heading = "For every command"
    )]
    quiet: bool,
    /// Say more: every warning, every changed address
    #[arg(short, long, global = true, help_heading = "For every command")]
    verbose: bool,
    /// When to use colours
    #[arg(
        long,
        value_name = "WHEN",
        default_value = "auto",
        global = true,
        help_heading = "For every command"
    )]
    color: ColorChoice,
}

#[derive(Debug, Subcommand)]
#[expect(
    clippy::large_enum_variant,
    reason = "there is one of it in a run, and it is never moved"
)]
enum Command {
    /// Make a new library
    Init(init::InitArgs),
    /// Begin an article, a book, a link, a file or a page
    New(new::NewArgs),
    /// Make the site
    Build(build::BuildArgs),
    /// Show the site in a browser while you write
    Serve(serve::ServeArgs),
    /// Make an e-book and a PDF of a book or an article
    Book(book::BookArgs),
    /// Find everything that is wrong, and write nothing
    Check(check::CheckArgs),
    /// Show what the library holds
    List(list::ListArgs),
    /// Find pieces by words, with links to paste
    Find(find::FindArgs),
    /// Show industries, and which one a word means
    Industries(industries::IndustriesArgs),
    /// Keep the people you meet, in private
    People(people::PeopleArgs),
    /// Suggest what to give to somebody, and say why
    Suggest(suggest::SuggestArgs),
    /// Draft the letter that hands over the right piece
    Followup(followup::FollowupArgs),
    /// Make a page for one person or one event, that nothing leads to
    Handout(handout::HandoutArgs),
    /// Print pieces with QR codes, for a table at an event
    Sheet(sheet::SheetArgs),
    /// Show your own card, or hand it out
    Me(me::MeArgs),
    /// Try the mail server that sends your letters
    #[cfg(feature = "smtp")]
    Mail(mail::MailArgs),
    /// Bring two people together, each asked first
    Introduce(introduce::IntroduceArgs),
    /// Show who among the people could help whom
    Connect(connect::ConnectArgs),
    /// Show who is to hear from you
    Due(due::DueArgs),
    /// Show what was given to whom
    Given(given::GivenArgs),
    /// Record what you gave to somebody
    Sent(sent::SentArgs),
    /// Record that somebody replied
    Replied(sent::RepliedArgs),
    /// Record that you kept a promise
    Kept(sent::KeptArgs),
    /// Write what a shell needs to complete commands
    Completions(completions::CompletionsArgs),
    /// Write the manual pages
    Man(man::ManArgs),
    /// Hold what was copied until something else is
    #[cfg(feature = "clipboard")]
    #[command(hide = true)]
    HoldClipboard,
}

/// The stack of each worker, in bytes: what reads nested input calls itself for each level.
const STACK: usize = 8 << 20;

/// Runs the command line that the program was called with.
pub fn main() -> ExitCode {
    let matches = Cli::command().get_matches();
    let cli = match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    };
    outcome::choose_colors(cli.globals.color);
    // Where there is a pool already, or no thread to be had, work goes on as it can.
    let _ = rayon::ThreadPoolBuilder::new()
        .stack_size(STACK)
        .build_global();
    let outcome = run(&cli);
    outcome::report(&cli.globals, outcome)
}

fn run(cli: &Cli) -> Result<Outcome, Failure> {
    match &cli.command {
        Command::Init(args) => init::run(&cli.globals, args),
        Command::New(args) => new::run(&cli.globals, args),
        Command::Build(args) => build::run(&cli.globals, args),
        Command::Serve(args) => serve::run(&cli.globals, args),
        Command::Book(args) => book::run(&cli.globals, args),
        Command::Check(args) => check::run(&cli.globals, args),
        Command::List(args) => list::run(&cli.globals, args),
        Command::Find(args) => find::run(&cli.globals, args),
        Command::Industries(args) => industries::run(&cli.globals, args),
        Command::People(args) => people::run(&cli.globals, args),
        Command::Suggest(args) => suggest::run(&cli.globals, args),
        Command::Followup(args) => followup::run(&cli.globals, args),
        Command::Handout(args) => handout::run(&cli.globals, args),
        Command::Sheet(args) => sheet::run(&cli.globals, args),
        Command::Me(args) => me::run(&cli.globals, args),
        #[cfg(feature = "smtp")]
        Command::Mail(args) => mail::run(&cli.globals, args),
        Command::Introduce(args) => introduce::run(&cli.globals, args),
        Command::Connect(args) => connect::run(&cli.globals, args),
        Command::Due(args) => due::run(&cli.globals, args),
        Command::Given(args) => given::run(&cli.globals, args),
        Command::Sent(args) => sent::sent(&cli.globals, args),
        Command::Replied(args) => sent::replied(&cli.globals, args),
        Command::Kept(args) => sent::kept(&cli.globals, args),
        Command::Completions(args) => completions::run(args),
        Command::Man(args) => man::run(args),
        #[cfg(feature = "clipboard")]
        Command::HoldClipboard => followup::hold_clipboard(),
    }
}
