//! A letter on the clipboard of a real X server, pasted after the program has ended.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use super::followup::{FROM, hiring, with_people};
use super::*;

/// An X server without a screen, as long as this lives.
struct Display {
    server: Child,
    name: String,
}

impl Display {
    fn start() -> Self {
        let mut server = Command::new("Xvfb")
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                "640x480x24",
                "-nolisten",
                "tcp",
            ])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb is there; `bash tests/run` installs it");
        let mut number = String::new();
        let mut out = BufReader::new(server.stdout.take().unwrap());
        out.read_line(&mut number).unwrap();
        let name = format!(":{}", number.trim());
        Display { server, name }
    }

    /// What is pasted in one of the forms that the clipboard offers.
    fn pasted(&self, form: &str) -> String {
        let mut xclip = Command::new("xclip");
        xclip.args(["-selection", "clipboard", "-out", "-target", form]);
        let out = xclip.env("DISPLAY", &self.name).output();
        Ran::of(out.expect("xclip is there; `bash tests/run` installs it")).fine()
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        // What holds the clipboard ends with the server.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn copy(desk: &Desk, display: Option<&str>, line: &str) -> Ran {
    let mut command = desk.command();
    command.env_remove("WAYLAND_DISPLAY").env_remove("DISPLAY");
    command.envs(display.map(|name| ("DISPLAY", name)));
    command.args(["followup", "ana", "--to", "copy", "--line", line]);
    Ran::of(command.args(FROM).output().unwrap())
}

#[test]
fn a_copied_letter_can_be_pasted() {
    let (desk, display) = (with_people(), Display::start());
    let told = copy(&desk, Some(&display.name), "Grüße <b>&</b> 検索.").fine();
    let id = hiring(&desk);
    insta::assert_snapshot!(told.replace(&id, "ID"), @"
    Copied: Hiring *your* first apprentice
      once it is sent: goodturn sent ana-ruiz --pick ID
    ");
    let text = display.pasted("UTF8_STRING");
    assert!(
        text.starts_with("Hello Ana,\n") && text.contains("\nGrüße <b>&</b> 検索.\n"),
        "{text}"
    );
    let html = display.pasted("text/html");
    assert!(html.contains("<p>Hello Ana,</p>"), "{html}");
    assert!(
        html.contains(&format!("<a href=\"https://shelf.example/r/{id}/\">")),
        "{html}"
    );
    // The next one takes its place.
    copy(&desk, Some(&display.name), "Another line.").fine();
    assert!(display.pasted("UTF8_STRING").contains("Another line."));
    let ledger = desk.read("private/ledger.jsonl");
    assert_eq!(ledger.matches("\"drafted\"").count(), 2, "{ledger}");
}

#[test]
fn without_a_clipboard_the_letter_is_a_draft() {
    let desk = with_people();
    let ran = copy(&desk, None, "Short.");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(
        ran.out
            .starts_with("Drafted for Ana Ruiz: private/letters/drafts/"),
        "{ran:?}"
    );
    assert!(
        ran.err.starts_with("warning: nothing can be copied here: "),
        "{ran:?}"
    );
}
