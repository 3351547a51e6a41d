//! What the program says of itself: help, completions, manual pages.

use super::*;

#[test]
fn help_is_short_and_plain() {
    let desk = Desk::new();
    let help = |command: &str| {
        let words = command.split_whitespace();
        desk.run(&words.chain(["--help"]).collect::<Vec<_>>())
            .fine()
    };
    insta::assert_snapshot!(help(""), @"
    Turn Markdown articles, books, links and files into a resource library sorted by
    industry, and give the right piece to the right person.

    Usage: goodturn [OPTIONS] <COMMAND>

    Commands:
      init         Make a new library
      new          Begin an article, a book, a link, a file or a page
      build        Make the site
      serve        Show the site in a browser while you write
      book         Make an e-book and a PDF of a book or an article
      check        Find everything that is wrong, and write nothing
      list         Show what the library holds
      find         Find pieces by words, with links to paste
      industries   Show industries, and which one a word means
      people       Keep the people you meet, in private
      suggest      Suggest what to give to somebody, and say why
      followup     Draft the letter that hands over the right piece
      handout      Make a page for one person or one event, that nothing leads to
      sheet        Print pieces with QR codes, for a table at an event
      me           Show your own card, or hand it out
      mail         Try the mail server that sends your letters
      introduce    Bring two people together, each asked first
      connect      Show who among the people could help whom
      due          Show who is to hear from you
      given        Show what was given to whom
      sent         Record what you gave to somebody
      replied      Record that somebody replied
      kept         Record that you kept a promise
      completions  Write what a shell needs to complete commands
      man          Write the manual pages
      help         Print this message or the help of the given subcommand(s)

    Options:
      -h, --help     Print help
      -V, --version  Print version

    For every command:
      -C, --directory <DIR>  The library's folder; else the nearest one with a
                             goodturn.yaml, from here upwards
          --config <FILE>    The settings, if not goodturn.yaml in the library
      -q, --quiet            Say only what is wrong
      -v, --verbose          Say more: every warning, every changed address
          --color <WHEN>     When to use colours [default: auto] [possible values:
                             auto, always, never]

    Example:
      goodturn init my-library
      goodturn -C my-library build

    Exit codes: 0 fine, 1 problems in the content, 2 wrong use.
    ");
    insta::assert_snapshot!(help("init"), @r#"
    Make a new library

    Usage: goodturn init [OPTIONS] [DIR]

    Arguments:
      [DIR]  The folder for it: a new or an empty one

    Options:
          --title <TITLE>        What the library is called
          --name <NAME>          Your name, as readers see it
          --email <EMAIL>        Your email address, for letters; never published
          --base-url <URL>       Where the site will be, such as
                                 https://example.org/
      -i, --industry <INDUSTRY>  A trade that you write for, in your own words (may
                                 be repeated)
      -y, --yes                  Ask nothing
      -h, --help                 Print help
      -V, --version              Print version

    For every command:
      -C, --directory <DIR>  The library's folder; else the nearest one with a
                             goodturn.yaml, from here upwards
          --config <FILE>    The settings, if not goodturn.yaml in the library
      -q, --quiet            Say only what is wrong
      -v, --verbose          Say more: every warning, every changed address
          --color <WHEN>     When to use colours [default: auto] [possible values:
                             auto, always, never]

    Examples:
      goodturn init my-library
      goodturn init shelf --title "Ann's shelf" -i dentist -i hvac

    At a terminal it asks for what you do not give. Your email address stays in
    private/, which is never published.
    "#);
    insta::assert_snapshot!(help("new"), @r#"
    Begin an article, a book, a link, a file or a page

    Usage: goodturn new [OPTIONS] <KIND> <TITLE>

    Arguments:
      <KIND>   What it is [possible values: article, book, link, file, page]
      <TITLE>  What it is called

    Options:
      -i, --industry <INDUSTRY>  A trade that it is for, in your own words (may be
                                 repeated); none: for everybody
      -t, --topic <TOPIC>        A topic (may be repeated)
          --link <URL>           The page that a link leads to
          --file <PATH>          The file to give; copied into the library if it
                                 lies elsewhere
          --why <TEXT>           Why it helps (links and files)
      -l, --lang <LANG>          Its language, if not the library's first
          --draft                Do not publish it yet
      -h, --help                 Print help
      -V, --version              Print version

    For every command:
      -C, --directory <DIR>  The library's folder; else the nearest one with a
                             goodturn.yaml, from here upwards
          --config <FILE>    The settings, if not goodturn.yaml in the library
      -q, --quiet            Say only what is wrong
      -v, --verbose          Say more: every warning, every changed address
          --color <WHEN>     When to use colours [default: auto] [possible values:
                             auto, always, never]

    Examples:
      goodturn new article "What to ask before winter" --industry hvac
      goodturn new link "Safe sites" --link https://www.osha.gov/smallbusiness
      goodturn new file "Estimate sheet" --file ~/Documents/estimate.pdf

    Prints the path of the new file and nothing else.
    "#);
    insta::assert_snapshot!(help("build"), @"
    Make the site

    Usage: goodturn build [OPTIONS]

    Options:
      -o, --out <DIR>       Where the site goes
          --drafts          With drafts
          --future          With what is to be published on a later day, and what
                            has expired
          --base-url <URL>  Instead of `base_url` in goodturn.yaml
          --locked          Fail if goodturn.lock would change (for machines that
                            publish)
          --no-cache        Do not use what earlier runs remember
          --keep-foreign    Carry over files in the output folder that Goodturn did
                            not write
      -h, --help            Print help
      -V, --version         Print version

    For every command:
      -C, --directory <DIR>  The library's folder; else the nearest one with a
                             goodturn.yaml, from here upwards
          --config <FILE>    The settings, if not goodturn.yaml in the library
      -q, --quiet            Say only what is wrong
      -v, --verbose          Say more: every warning, every changed address
          --color <WHEN>     When to use colours [default: auto] [possible values:
                             auto, always, never]

    Examples:
      goodturn build
      goodturn build --drafts --out preview
    ");
    insta::assert_snapshot!(help("list"), @"
    Show what the library holds

    Usage: goodturn list [OPTIONS]

    Options:
      -k, --kind <KIND>          Only this kind [possible values: article, book,
                                 link, file]
      -i, --industry <INDUSTRY>  Only what is for this trade or sector
      -t, --topic <TOPIC>        Only this topic
      -l, --lang <LANG>          Only this language
          --drafts               With drafts, and with what is to be published on a
                                 later day
          --json                 As JSON, for other programs
      -h, --help                 Print help
      -V, --version              Print version

    For every command:
      -C, --directory <DIR>  The library's folder; else the nearest one with a
                             goodturn.yaml, from here upwards
          --config <FILE>    The settings, if not goodturn.yaml in the library
      -q, --quiet            Say only what is wrong
      -v, --verbose          Say more: every warning, every changed address
          --color <WHEN>     When to use colours [default: auto] [possible values:
                             auto, always, never]

    Examples:
      goodturn list --industry dentist
      goodturn list --kind book --json

    --json gives a list of objects with the fields of resources.json, and with
    `path` (the file in the library), `draft` and `scheduled`.
    ");
    insta::assert_snapshot!(help("industries"), @"
    Show industries, and which one a word means

    Usage: goodturn industries [OPTIONS] [WORDS]...
           goodturn industries <COMMAND>

    Commands:
      coverage  Show what the library has for each industry, and where it is empty

    Arguments:
      [WORDS]...  What somebody calls their trade, or a NAICS code; nothing shows
                  all industries

    Options:
          --json     As JSON, for other programs
      -h, --help     Print help
      -V, --version  Print version

    For every command:
      -C, --directory <DIR>  The library's folder; else the nearest one with a
                             goodturn.yaml, from here upwards
          --config <FILE>    The settings, if not goodturn.yaml in the library
      -q, --quiet            Say only what is wrong
      -v, --verbose          Say more: every warning, every changed address
          --color <WHEN>     When to use colours [default: auto] [possible values:
                             auto, always, never]

    Examples:
      goodturn industries realtor
      goodturn industries I run a small dentist office
      goodturn industries coverage

    --json gives a list of objects with `slug`, `name`, `naics` and `reason`.
    A library's industries.yaml counts; without a library the built-in list does.
    ");
    insta::assert_snapshot!(help("industries coverage"), @"
    Show what the library has for each industry, and where it is empty

    Usage: goodturn industries coverage [OPTIONS]

    Options:
          --json     As JSON, for other programs
      -h, --help     Print help
      -V, --version  Print version

    For every command:
      -C, --directory <DIR>  The library's folder; else the nearest one with a
                             goodturn.yaml, from here upwards
          --config <FILE>    The settings, if not goodturn.yaml in the library
      -q, --quiet            Say only what is wrong
      -v, --verbose          Say more: every warning, every changed address
          --color <WHEN>     When to use colours [default: auto] [possible values:
                             auto, always, never]

    Example:
      goodturn industries coverage

    A piece for a trade counts for its sector, too; translations count once.
    --json gives `general`, `sectors` (each with `trades` and `empty`) and
    `empty_sectors`.
    ");
    insta::assert_snapshot!(help("completions"), @"
    Write what a shell needs to complete commands

    Usage: goodturn completions [OPTIONS] <SHELL>

    Arguments:
      <SHELL>  The shell that you use [possible values: bash, elvish, fish,
               powershell, zsh]

    Options:
      -h, --help     Print help
      -V, --version  Print version

    For every command:
      -C, --directory <DIR>  The library's folder; else the nearest one with a
                             goodturn.yaml, from here upwards
          --config <FILE>    The settings, if not goodturn.yaml in the library
      -q, --quiet            Say only what is wrong
      -v, --verbose          Say more: every warning, every changed address
          --color <WHEN>     When to use colours [default: auto] [possible values:
                             auto, always, never]

    Example:
      goodturn completions fish > ~/.config/fish/completions/goodturn.fish
    ");
    insta::assert_snapshot!(help("man"), @"
    Write the manual pages

    Usage: goodturn man [OPTIONS] [DIR]

    Arguments:
      [DIR]  Where the pages go, one for each command; else the main page is shown

    Options:
      -h, --help     Print help
      -V, --version  Print version

    For every command:
      -C, --directory <DIR>  The library's folder; else the nearest one with a
                             goodturn.yaml, from here upwards
          --config <FILE>    The settings, if not goodturn.yaml in the library
      -q, --quiet            Say only what is wrong
      -v, --verbose          Say more: every warning, every changed address
          --color <WHEN>     When to use colours [default: auto] [possible values:
                             auto, always, never]

    Example:
      goodturn man ~/.local/share/man/man1
    ");
}

#[test]
fn the_help_of_handouts_says_what_a_page_shows() {
    let desk = Desk::new();
    let own = |command: &str| {
        let help = desk.run(&["handout", command, "--help"]).fine();
        let (before, after) = help.split_once("For every command:").unwrap();
        let after = after.split_once("\n\n").map_or("", |(_, after)| after);
        format!("{before}{after}")
    };
    insta::assert_snapshot!(own("new"), @r#"
    Make one, for a person or an event

    Usage: goodturn handout new [OPTIONS] --pick <ID> <--for <PERSON>|--event <NAME>>

    Options:
          --for <PERSON>   For whom: a handle, a name or an email address
          --event <NAME>   For everybody at an event
      -p, --pick <ID>      A piece to give, by its id or its short address (may be
                           repeated)
      -l, --line <TEXT>    A line of your own, on the page
          --title <TEXT>   What the page is called; without it: "For Ana", or the
                           event
          --expires <DAY>  From which day on it is closed: 2026-12-24, or in how
                           many days: 30d
          --surname        With the surname as well
      -h, --help           Print help
      -V, --version        Print version

    Examples:
      goodturn handout new --for ana --pick xw5bc --pick 6s5fq --expires 30d
      goodturn handout new --event "Chamber breakfast" --pick xw5bc

    Anybody who has the address of the page can read it. It shows the given name,
    the line and the pieces, and nothing else of what you know.
    "#);
    insta::assert_snapshot!(own("end"), @"
    End one: its page then says that it is closed

    Usage: goodturn handout end [OPTIONS] <TOKEN>

    Arguments:
      <TOKEN>  Which one: its token or its address (see `goodturn handout list`)

    Options:
      -h, --help     Print help
      -V, --version  Print version

    The address keeps working: its page says that it is closed, with a way to the
    library. What its readers have copied before is not in Goodturn's hands.
    ");
}

#[test]
fn every_shell_is_served() {
    let desk = Desk::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = desk.run(&["-q", "completions", shell]).fine();
        assert!(
            script.contains("industries") && script.contains("coverage"),
            "{shell}"
        );
    }
    desk.run(&["completions", "cmd"]).refused();
}

#[test]
fn there_is_a_manual_page_for_each_command() {
    let desk = Desk::new();
    let main = desk.run(&["man"]).fine();
    assert!(main.contains(".TH goodturn 1"), "{main}");
    desk.run(&["man", "pages/man1"]).fine();
    for command in [
        "",
        "-init",
        "-new",
        "-build",
        "-list",
        "-industries",
        "-industries-coverage",
        "-man",
        "-handout-new",
    ] {
        let page = desk.read(&format!("pages/man1/goodturn{command}.1"));
        assert!(page.contains(".SH SYNOPSIS"), "{command}");
    }
    desk.write("file", "x");
    assert_eq!(desk.run(&["man", "file"]).code, Some(1));
}
