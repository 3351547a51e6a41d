//! Questions at a terminal, answered through a pseudo-terminal that Python holds.

use super::*;

/// Starts the program at a terminal; types each answer once its question is on the screen.
pub const TERMINAL: &str = r#"
import os, pty, sys, time, select
program, steps = sys.argv[1:sys.argv.index("--")], sys.argv[sys.argv.index("--") + 1:]
pid, screen = pty.fork()
if pid == 0:
    os.execv(program[0], program)
seen, steps, end = b"", list(zip(steps[::2], steps[1::2])), time.time() + 60
while time.time() < end:
    if steps and steps[0][0].encode() in seen:
        seen = b""
        os.write(screen, steps.pop(0)[1].encode() + b"\r")
    if select.select([screen], [], [], 0.1)[0]:
        try:
            data = os.read(screen, 65536)
        except OSError:
            break
        if not data:
            break
        # Terminals are asked where their cursor is; somebody has to answer.
        if b"\x1b[6n" in data:
            os.write(screen, b"\x1b[1;1R")
        seen += data
        sys.stdout.buffer.write(data)
if time.time() >= end:
    os.kill(pid, 9)
status = os.waitpid(pid, 0)[1]
sys.exit(os.waitstatus_to_exitcode(status) if not steps else 99)
"#;

pub fn at_a_terminal(desk: &Desk, args: &[&str], steps: &[(&str, &str)]) -> Ran {
    at_a_terminal_with(desk, args, steps, &[])
}

/// The same with variables in the environment.
pub fn at_a_terminal_with(
    desk: &Desk,
    args: &[&str],
    steps: &[(&str, &str)],
    variables: &[(&str, &str)],
) -> Ran {
    let program = desk.command().get_program().to_owned();
    let mut python = Command::new("python3");
    python
        .args(["-c", TERMINAL])
        .arg(program)
        .args(args)
        .arg("--");
    for (question, answer) in steps {
        python.args([question, answer]);
    }
    python
        .current_dir(desk.dir.path())
        .env("SOURCE_DATE_EPOCH", NOW)
        .env("TERM", "xterm")
        .envs(variables.iter().copied());
    Ran::of(python.output().unwrap())
}

#[test]
fn init_asks_for_what_it_does_not_know() {
    let desk = Desk::new();
    let ran = at_a_terminal(
        &desk,
        &["init", "lib", "--name", "Ann"],
        &[
            ("called?", "Ann's shelf"),
            ("email", "ann"),
            ("is no email address", "@example.org"),
            ("Where will the site be", ""),
            ("Which trades", "dentist, roofng"),
            ("did you mean", "\u{7f}\u{7f}ing"),
        ],
    );
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let settings = desk.read("lib/goodturn.yaml");
    assert!(settings.contains("title: Ann's shelf") && settings.contains("name: Ann"));
    assert!(desk.read("lib/private/me.vcf").contains("ann@example.org"));
    let article = desk.read("lib/content/articles/five-questions.md");
    assert!(article.contains("industries: [dental-practice, roofing]"));
}

#[test]
fn nothing_is_written_when_it_is_stopped() {
    let desk = Desk::new();
    let ran = at_a_terminal(&desk, &["init", "lib"], &[("called?", "\u{3}")]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.out.contains("stopped: nothing more was written"));
    assert_eq!(desk.files(), Vec::<String>::new());
}

#[test]
fn yes_asks_nothing() {
    let desk = Desk::new();
    let ran = at_a_terminal(&desk, &["init", "lib", "--yes"], &[]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(desk.read("lib/goodturn.yaml").contains("title: Lib"));
}

#[test]
fn a_link_is_asked_for() {
    let desk = Desk::library(&[]);
    let steps = [("Which page", "https://a.org/")];
    let ran = at_a_terminal(&desk, &["new", "link", "A"], &steps);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(
        desk.read("content/links/a.md")
            .contains("link: \"https://a.org/\"")
    );
}
