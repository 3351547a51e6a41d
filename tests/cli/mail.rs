//! Letters that are sent, by a real mail server on this computer (tests/cli/smtpd.py).

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use super::ask::at_a_terminal_with;
use super::followup::{FROM, hiring, with_people};
use super::*;

/// The variable of the environment with the password.
const PASSWORD: (&str, &str) = ("GOODTURN_SMTP_PASSWORD", "s3cret!");

/// A mail server that runs as long as this lives.
struct Server {
    process: Child,
    folder: TempDir,
    port: u16,
}

impl Server {
    fn start(mode: &str) -> Self {
        Server::with(mode, &[])
    }

    fn with(mode: &str, variables: &[(&str, PathBuf)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/smtpd.py");
        let mut process = Command::new(python())
            .arg(script)
            .arg(mode)
            .arg(folder.path())
            .envs(variables.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut out = BufReader::new(process.stdout.take().unwrap());
        out.read_line(&mut line).unwrap();
        let port = line.trim().parse().expect("the mail server did not start");
        Server {
            process,
            folder,
            port,
        }
    }

    /// What the server did, line by line.
    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Lets the library on the desk send by this server; `more` are further lines of settings.
    fn known_to(&self, desk: &Desk, security: &str, more: &str) {
        fs::copy(self.file("ca.pem"), desk.path("private/ca.pem")).unwrap();
        let text = format!(
            "host: localhost\nport: {}\nsecurity: {security}\n{more}",
            self.port
        );
        desk.write("private/mail.yaml", &text);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

const TRUSTED: &str = "user: ann@shelf.example\nca: ca.pem\n";

/// The Python that tests/run puts the packages of the tests into.
fn python() -> PathBuf {
    let python = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(
            || Path::new(env!("CARGO_MANIFEST_DIR")).join("target"),
            PathBuf::from,
        )
        .join("test-tools/python/bin/python");
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/test-tools/python/bin/python");
    let found = [here, python].into_iter().find(|python| python.exists());
    found.expect("the packages for Python are not there: `bash tests/run` installs them")
}

/// Runs a command with the password in the environment, without a keyring.
fn run(desk: &Desk, args: &[&str]) -> Ran {
    let mut command = without_keyring(desk);
    Ran::of(
        command
            .env(PASSWORD.0, PASSWORD.1)
            .args(args)
            .output()
            .unwrap(),
    )
}

fn without_keyring(desk: &Desk) -> Command {
    let mut command = desk.command();
    command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
    command.env_remove(PASSWORD.0);
    command
}

fn send(desk: &Desk, args: &[&str]) -> Ran {
    run(
        desk,
        &[&["followup"], args, &["--to", "smtp", "--yes"], &FROM].concat(),
    )
}

/// The acts of the ledger, in order.
fn acts(desk: &Desk) -> Vec<String> {
    let ledger = fs::read_to_string(desk.path("private/ledger.jsonl")).unwrap_or_default();
    let act = |line: &str| {
        let entry: Value = serde_json::from_str(line).unwrap();
        entry["act"].as_str().unwrap().to_owned()
    };
    ledger.lines().map(act).collect()
}

/// The letters that are kept.
fn letters(desk: &Desk) -> Vec<String> {
    let files = desk.files().into_iter();
    files.filter(|file| file.ends_with(".eml")).collect()
}

#[test]
fn a_letter_is_sent_and_remembered() {
    for (mode, security) in [("tls", "tls"), ("starttls", "starttls")] {
        let (desk, server) = (with_people(), Server::start(mode));
        server.known_to(&desk, security, TRUSTED);
        let tried = run(&desk, &["mail"]).fine();
        assert_eq!(
            tried.trim(),
            "localhost lets you in as ann@shelf.example. Letters can be sent: goodturn followup PERSON --to smtp"
        );
        let told = send(&desk, &["ana"]).fine();
        assert_eq!(told, "Sent to Ana Ruiz: Hiring *your* first apprentice\n");
        assert_eq!(server.log(), "login\nlogin\nto ana@ruiz.example\ntext\n");
        let facts: Value =
            serde_json::from_str(&fs::read_to_string(server.file("1.json")).unwrap()).unwrap();
        assert_eq!(facts["from"], "ann@shelf.example");
        assert_eq!(facts["to"], serde_json::json!(["ana@ruiz.example"]));
        assert_eq!(facts["tls"], true);
        // What arrived is what is kept, and no draft.
        let arrived = fs::read_to_string(server.file("1.eml")).unwrap();
        assert_eq!(
            letters(&desk),
            ["private/letters/sent/2026-01-02-ana-ruiz.eml"]
        );
        let kept = desk.read("private/letters/sent/2026-01-02-ana-ruiz.eml");
        assert_eq!(kept.trim_end(), arrived.trim_end());
        assert!(!arrived.contains("X-Unsent"), "{arrived}");
        strictly_read(&server.file("1.eml"));
        // The ledger knows, and the piece is not suggested again.
        assert_eq!(acts(&desk), ["drafted", "sent"]);
        assert!(!desk.run(&["suggest", "ana"]).out.contains(&hiring(&desk)));
        assert!(desk.run(&["given", "ana"]).fine().contains("Hiring"));
        desk.run(&["people", "forget", "ana", "--yes"]).fine();
        assert_eq!(letters(&desk), Vec::<String>::new());
    }
}

/// Python's own package for mail reads it without a complaint.
fn strictly_read(path: &Path) {
    let script = "import email, email.policy, sys\n\
        message = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=email.policy.strict)\n\
        for part in message.walk():\n    assert not part.defects, part.defects\n\
        assert message['Message-ID'] and message['Date'].datetime, 'no id or date'\n";
    let python = Command::new(python())
        .args(["-c", script])
        .arg(path)
        .output();
    Ran::of(python.unwrap()).fine();
}

#[test]
fn letters_of_an_event_go_over_one_connection() {
    let (desk, server) = (with_people(), Server::start("refuse-recipient"));
    server.known_to(&desk, "tls", TRUSTED);
    let ran = send(
        &desk,
        &["--event", "Chamber breakfast", "--pick", &hiring(&desk)],
    );
    assert_eq!(ran.code, Some(1), "{ran:?}");
    insta::assert_snapshot!(ran.out.replace(&hiring(&desk), "ID"), @"
    Drafted for Ana Ruiz: private/letters/drafts/2026-01-02-ana-ruiz.eml
      once it is sent: goodturn sent ana-ruiz --pick ID
    Sent to Bo Li: Hiring *your* first apprentice
    ");
    insta::assert_snapshot!(ran.err, @"
    error: the letter to Ana Ruiz was not sent: the mail server does not take the letter: 550 5.1.1 Nobody here has that name
    help: it is kept as a draft, which mail programs open as well

    1 error
    ");
    assert_eq!(
        server.log(),
        "login\nto ana@ruiz.example\nto bo@li.example\ntext\n"
    );
    assert_eq!(acts(&desk), ["drafted", "drafted", "sent"]);
}

#[test]
fn what_is_not_sent_is_kept_as_a_draft() {
    let refused = |mode: &str, security: &str, more: &str| {
        let (desk, server) = (with_people(), Server::start(mode));
        server.known_to(&desk, security, more);
        let ran = send(&desk, &["ana"]);
        assert_eq!(ran.code, Some(1), "{ran:?}");
        assert_eq!(
            letters(&desk),
            ["private/letters/drafts/2026-01-02-ana-ruiz.eml"]
        );
        assert_eq!(acts(&desk), ["drafted"]);
        let id = hiring(&desk);
        assert!(
            ran.out.contains(&format!(
                "once it is sent: goodturn sent ana-ruiz --pick {id}"
            )),
            "{ran:?}"
        );
        ran.err.replace(&id, "ID")
    };
    let impatient = format!("{TRUSTED}timeout: 1\n");
    insta::assert_snapshot!(refused("refuse-letter", "tls", TRUSTED), @"
    error: the letter to Ana Ruiz was not sent: the mail server does not take the letter: 554 5.7.1 That looks like spam
    help: it is kept as a draft, which mail programs open as well

    1 error
    ");
    insta::assert_snapshot!(refused("tls", "tls", "user: ann@shelf.example\n"), @"
    error: the letter to Ana Ruiz was not sent: no safe connection to the mail server: invalid peer certificate: unknownissuer
    help: it is kept as a draft, which mail programs open as well
    help: see `host`, `port` and `security` in private/mail.yaml; `ca:` names the certificate of an authority of your own

    1 error
    ");
    insta::assert_snapshot!(refused("tls", "tls", "user: ben@shelf.example\nca: ca.pem\n"), @"
    error: the letter to Ana Ruiz was not sent: the mail server does not let you in: 535 5.7.8 Authentication credentials invalid
    help: it is kept as a draft, which mail programs open as well
    help: see `user` in private/mail.yaml; many providers want a password for apps, made in the settings of your account; `goodturn mail` tries it, `goodturn mail --forget-password` lets you type another

    1 error
    ");
    insta::assert_snapshot!(refused("tls", "tls", "user: ann@shelf.example\nca: mail.yaml\n"), @"
    error: the letter to Ana Ruiz was not sent: the file that `ca` names cannot be used: ./private/mail.yaml: it holds no certificate in PEM form
    help: it is kept as a draft, which mail programs open as well

    1 error
    ");
    insta::assert_snapshot!(refused("tls", "starttls", &impatient), @"
    error: the letter to Ana Ruiz was not sent: the mail server cannot be reached: no answer within 1 s
    help: it is kept as a draft, which mail programs open as well
    help: see `host` and `port` in private/mail.yaml, and whether this computer is online

    1 error
    ");
    insta::assert_snapshot!(refused("plain", "starttls", TRUSTED), @"
    error: the letter to Ana Ruiz was not sent: no safe connection to the mail server: it offers no STARTTLS; nothing was told to it
    help: it is kept as a draft, which mail programs open as well
    help: see `host`, `port` and `security` in private/mail.yaml; `ca:` names the certificate of an authority of your own

    1 error
    ");
    insta::assert_snapshot!(refused("silent", "none", &impatient), @"
    error: the letter to Ana Ruiz was not sent: the mail server cannot be reached: no answer within 1 s
    help: it is kept as a draft, which mail programs open as well
    help: see `host` and `port` in private/mail.yaml, and whether this computer is online

    1 error
    ");
    insta::assert_snapshot!(refused("silent", "tls", &impatient), @"
    error: the letter to Ana Ruiz was not sent: the mail server cannot be reached: no answer within 1 s
    help: it is kept as a draft, which mail programs open as well
    help: see `host` and `port` in private/mail.yaml, and whether this computer is online

    1 error
    ");
    insta::assert_snapshot!(refused("silent-after-text", "tls", &impatient), @"
    error: it is not known whether the letter to Ana Ruiz was sent: the mail server did not say whether it took the letter: no answer within 1 s
    help: ask, or look at what your provider keeps of sent letters, before you send it again
    help: if it arrived: goodturn sent ana-ruiz --pick ID

    1 error
    ");
    insta::assert_snapshot!(refused("hang-up-after-text", "tls", TRUSTED), @"
    error: it is not known whether the letter to Ana Ruiz was sent: the mail server did not say whether it took the letter: it hung up
    help: ask, or look at what your provider keeps of sent letters, before you send it again
    help: if it arrived: goodturn sent ana-ruiz --pick ID

    1 error
    ");
}

#[test]
fn a_wrong_password_is_not_tried_for_each_person() {
    let (desk, server) = (with_people(), Server::start("tls"));
    server.known_to(&desk, "tls", TRUSTED);
    let event = [
        "followup",
        "--event",
        "Chamber breakfast",
        "--to",
        "smtp",
        "--yes",
    ];
    let mut command = without_keyring(&desk);
    let command = command.env(PASSWORD.0, "guessed");
    let ran = Ran::of(command.args(event).args(FROM).output().unwrap());
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert_eq!(server.log(), "wrong password\n");
    assert_eq!(letters(&desk).len(), 2);
    insta::assert_snapshot!(ran.err, @"
    error: the letter to Ana Ruiz was not sent: the mail server does not let you in: 535 5.7.8 Authentication credentials invalid
    help: it is kept as a draft, which mail programs open as well
    help: see `user` in private/mail.yaml; many providers want a password for apps, made in the settings of your account; `goodturn mail` tries it, `goodturn mail --forget-password` lets you type another

    error: the letter to Bo Li was not sent: the mail server does not let you in: 535 5.7.8 Authentication credentials invalid
    help: it is kept as a draft, which mail programs open as well
    help: see `user` in private/mail.yaml; many providers want a password for apps, made in the settings of your account; `goodturn mail` tries it, `goodturn mail --forget-password` lets you type another

    warning: the library has nothing to give to Bo Li now
    help: goodturn suggest bo-li says why

    2 errors, 1 warning
    ");
    // No password at all, and nobody to ask.
    let ran = Ran::of(without_keyring(&desk).arg("mail").output().unwrap());
    insta::assert_snapshot!(ran.err, @"
    error: the mail server does not let you in: there is no password (this system has no keyring that can be reached)
    help: run `goodturn mail` at a terminal, or set the variable GOODTURN_SMTP_PASSWORD

    1 error
    ");
}

#[test]
fn a_server_that_is_not_there() {
    let desk = with_people();
    let server = Server::start("tls");
    server.known_to(&desk, "tls", TRUSTED);
    drop(server);
    let ran = send(&desk, &["ana"]);
    assert_eq!(acts(&desk), ["drafted"]);
    insta::assert_snapshot!(ran.err, @"
    error: the letter to Ana Ruiz was not sent: the mail server cannot be reached: connection refused
    help: it is kept as a draft, which mail programs open as well
    help: see `host` and `port` in private/mail.yaml, and whether this computer is online

    1 error
    ");
    fs::remove_file(desk.path("private/mail.yaml")).unwrap();
    insta::assert_snapshot!(send(&desk, &["ana"]).refused(), @"
    error: no mail server is known
    help: run `goodturn mail` at a terminal, which asks for it; or write private/mail.yaml, for example:
          host: smtp.example.org
          port: 465
          user: ann@example.org

    1 error
    ");
    insta::assert_snapshot!(run(&desk, &["mail"]).refused(), @"
    error: no mail server is known
    help: run `goodturn mail` at a terminal, which asks for it; or write private/mail.yaml, for example:
          host: smtp.example.org
          port: 465
          user: ann@example.org

    1 error
    ");
}

#[test]
fn nothing_is_sent_before_somebody_said_yes() {
    let (desk, server) = (with_people(), Server::start("tls"));
    server.known_to(&desk, "tls", TRUSTED);
    let unasked = [&["followup", "ana", "--to", "smtp"], &FROM[..]].concat();
    insta::assert_snapshot!(run(&desk, &unasked).refused(), @"
    error: a letter is sent only after somebody said yes to it
    help: look at it with --dry-run, then add --yes

    1 error
    ");
    let introduced = [&["introduce", "ana", "bo", "--to", "smtp"], &FROM[..]].concat();
    run(&desk, &introduced).refused();
    let shown = run(&desk, &[&unasked[..], &["--dry-run"]].concat()).fine();
    assert!(shown.starts_with("To: Ana Ruiz <ana@ruiz.example>\n"));
    assert_eq!((server.log().as_str(), acts(&desk)), ("", Vec::new()));
    let no = at_a_terminal_with(
        &desk,
        &unasked,
        &[("Send it to Ana Ruiz", "n")],
        &[PASSWORD],
    );
    assert_eq!(no.code, Some(0), "{no:?}");
    assert_eq!((server.log().as_str(), acts(&desk)), ("", Vec::new()));
    let yes = at_a_terminal_with(
        &desk,
        &unasked,
        &[("Send it to Ana Ruiz", "y")],
        &[PASSWORD],
    );
    assert_eq!(yes.code, Some(0), "{yes:?}");
    assert_eq!(acts(&desk), ["drafted", "sent"]);
}

#[test]
fn the_whole_conversation_at_a_terminal() {
    let (desk, server) = (with_people(), Server::start("tls"));
    server.known_to(&desk, "tls", TRUSTED);
    let talk = |steps: &[(&str, &str)]| {
        let args = [&["followup", "ana"], &FROM[..]].concat();
        let ran = at_a_terminal_with(&desk, &args, steps, &[PASSWORD]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        ran.out
    };
    let begin = [
        ("What to give?", ""),
        ("A line of your own", "See you soon."),
    ];
    let left = talk(&[&begin[..], &[("What now?", "Leave")]].concat());
    assert!(
        left.contains("Subject: Hiring") && left.contains("See you soon."),
        "{left}"
    );
    assert_eq!((acts(&desk), letters(&desk)), (Vec::new(), Vec::new()));
    let end = [
        ("What now?", "Change my line"),
        ("A line of your own", "How is the van?"),
        ("What now?", "Save it as a draft"),
    ];
    talk(&[&begin[..], &end].concat());
    let draft = desk.read("private/letters/drafts/2026-01-02-ana-ruiz.eml");
    assert!(
        draft.contains("How is the van?") && !draft.contains("See you soon."),
        "{draft}"
    );
    let end = [
        ("What now?", "Send it by"),
        ("Send it to Ana Ruiz <ana@ruiz.example>?", "n"),
        ("What now?", "Send it by"),
        ("Send it to Ana Ruiz <ana@ruiz.example>?", "y"),
    ];
    let sent = talk(&[&begin[..], &end].concat());
    assert!(sent.contains("Sent to Ana Ruiz: Hiring"), "{sent}");
    assert_eq!(acts(&desk), ["drafted", "drafted", "sent"]);
    let arrived = fs::read_to_string(server.file("1.eml")).unwrap();
    assert!(arrived.contains("See you soon."), "{arrived}");
    assert!(!server.file("2.eml").exists());
}

#[test]
fn introductions_are_sent_and_remembered() {
    let (desk, server) = (with_people(), Server::start("open"));
    server.known_to(&desk, "none", "");
    let introduce = ["introduce", "ana", "bo", "--to", "smtp", "--yes"];
    run(&desk, &[&introduce[..], &FROM].concat()).fine();
    run(&desk, &[&introduce[..], &["--agreed"], &FROM].concat()).fine();
    assert_eq!(
        acts(&desk),
        [
            "drafted",
            "sent",
            "drafted",
            "sent",
            "drafted",
            "introduced"
        ]
    );
    assert!(
        server
            .log()
            .ends_with("to ana@ruiz.example\nto bo@li.example\ntext\n")
    );
}

#[test]
fn what_cannot_be_kept_is_said_after_the_letter_went() {
    let (desk, server) = (with_people(), Server::start("tls"));
    server.known_to(&desk, "tls", TRUSTED);
    // The copy of the letter: a file stands in the folder's place.
    desk.write("private/letters/sent", "");
    let ran = send(&desk, &["ana"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    insta::assert_snapshot!(ran.err, @"
    warning: the letter is sent, but no copy of it is kept: file exists
    help: the draft is there still: private/letters/drafts/2026-01-02-ana-ruiz.eml
    ");
    assert_eq!(acts(&desk), ["drafted", "sent"]);
    // The ledger: it becomes a folder while the server has the letter.
    let server = Server::with("spoil", &[("SPOIL", desk.path("private/ledger.jsonl"))]);
    server.known_to(&desk, "tls", TRUSTED);
    let ran = send(&desk, &["ana", "--pick", &hiring(&desk)]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    insta::assert_snapshot!(ran.err.replace(&hiring(&desk), "ID"), @"
    error: the ledger cannot be written: it is a folder
    --> private/ledger.jsonl
     = help: see who owns it and who may write there
     = help: the letter itself is sent; to record that: goodturn sent ana-ruiz --pick ID

    1 error
    ");
    assert!(server.file("1.eml").exists());
}

#[test]
fn settings_with_mistakes() {
    let desk = with_people();
    let told = |text: &str| {
        desk.write("private/mail.yaml", text);
        let ran = run(&desk, &["mail"]);
        assert_eq!(ran.code, Some(1), "{ran:?}");
        ran.err
    };
    insta::assert_snapshot!(told("host: smtp.example.org\nuser: ann\npassword: s3cret!\n"), @"
    error: a password does not belong into a file: copies of it go around
     --> private/mail.yaml:3:11
      |
    3 | password: s3cret!
      |           ^^^^^^^
      |
      = help: take the line out; `goodturn mail` asks for the password and keeps it in the system's keyring

    1 error
    ");
    insta::assert_snapshot!(told("host: smtps://smtp.example.org\n"), @"
    error: this is no name of a mail server
     --> private/mail.yaml:1:7
      |
    1 | host: smtps://smtp.example.org
      |       ^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write the name alone, for example smtp.example.org

    1 error
    ");
    insta::assert_snapshot!(told("host: smtp.example.org\nsecurity: none\n"), @"
    error: letters and passwords would go over the network for all to read
     --> private/mail.yaml:2:11
      |
    2 | security: none
      |           ^^^^
      |
      = help: write `tls` or `starttls`; `none` is only for a server on this computer

    1 error
    ");
    insta::assert_snapshot!(told("host: smtp.example.org\nsecurity: ssl\n"), @"
    error: this YAML cannot be read: unknown variant `ssl`, expected one of tls, starttls, none
     --> private/mail.yaml:2:11
      |
    2 | security: ssl
      |           ^^^

    1 error
    ");
    insta::assert_snapshot!(told("host: smtp.example.org\nport: 123456\n"), @"
    error: there is no such port
     --> private/mail.yaml:2:7
      |
    2 | port: 123456
      |       ^^^^^^
      |
      = help: ports go up to 65535; most servers take letters at 465 or 587

    1 error
    ");
    insta::assert_snapshot!(told("host: smtp.example.org\ntimeout: 0\n"), @"
    error: no server answers in no time
     --> private/mail.yaml:2:10
      |
    2 | timeout: 0
      |          ^
      |
      = help: write a number of seconds, or leave it out for 30

    1 error
    ");
    insta::assert_snapshot!(told("hots: smtp.example.org\n"), @"
    error: unknown key `hots`
     --> private/mail.yaml:1:1
      |
    1 | hots: smtp.example.org
      | ^^^^
      |
      = help: did you mean `host`?

    1 error
    ");
}

#[test]
fn a_server_is_told_at_a_terminal_and_its_password_kept_by_the_keyring() {
    let (desk, server) = (with_people(), Server::start("tls"));
    // The questions, at a terminal, with a keyring of its own that is unlocked.
    let steps = [
        ("mail server that sends", "localhost"),
        ("How does it connect", ""),
        ("Your name there", "ann@shelf.example"),
    ];
    // The port is not asked for: the server is not on the usual one.
    let ran = at_a_terminal_with(&desk, &["mail"], &steps, &[PASSWORD]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    insta::assert_snapshot!(desk.read("private/mail.yaml"), @r#"
    # The mail server that sends your letters. The password is not here: see `goodturn mail`.
    host: localhost
    port: 465
    security: tls
    user: "ann@shelf.example"
    "#);
    server.known_to(&desk, "tls", TRUSTED);
    let home = tempfile::tempdir().unwrap();
    let session = |script: &str| {
        let mut session = Command::new("dbus-run-session");
        session.args(["--", "sh", "-ec"]);
        session.arg(format!(
            "printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1\n{script}"
        ));
        session.current_dir(desk.dir.path());
        session.env("GOODTURN", desk.command().get_program());
        session
            .env("HOME", home.path())
            .env("XDG_DATA_HOME", home.path());
        session
            .env("XDG_RUNTIME_DIR", home.path())
            .env("PYTHON", python());
        session
            .env("TERMINAL", super::ask::TERMINAL)
            .env("TERM", "xterm");
        session.env_remove("DISPLAY").env_remove(PASSWORD.0);
        Ran::of(
            session
                .output()
                .expect("dbus is there; `bash tests/run` installs it"),
        )
    };
    let typed = session(
        "\"$PYTHON\" -c \"$TERMINAL\" \"$GOODTURN\" mail -- 'Password of ann' 's3cret!' 'Keep the password' y",
    );
    assert!(typed.out.contains("lets you in as"), "{typed:?}");
    let kept = session(
        "\"$GOODTURN\" mail; \"$GOODTURN\" mail --forget-password; \"$GOODTURN\" mail --forget-password",
    );
    assert_eq!(kept.code, Some(0), "{kept:?}");
    insta::assert_snapshot!(kept.out, @"
    localhost lets you in as ann@shelf.example. Letters can be sent: goodturn followup PERSON --to smtp
    The keyring has no password for localhost any more.
    The keyring had no password for localhost.
    ");
    let forgotten = session("\"$GOODTURN\" mail");
    assert_eq!(forgotten.code, Some(1), "{forgotten:?}");
    assert_eq!(server.log(), "login\nlogin\n");
    // Nowhere in the library, nor in the keyring's files, can it be read.
    for file in desk.files() {
        let bytes = fs::read(desk.path(&file)).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("s3cret!"), "{file}");
    }
}
