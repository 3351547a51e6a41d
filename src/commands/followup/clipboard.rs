//! A letter on the clipboard, as HTML and as plain text, to be pasted into whatever is open.
//!
//! On Linux and the BSDs a clipboard holds nothing itself: whoever copied is asked for it at each
//! paste (ICCCM, section 2; Wayland's data-control protocol alike). So the program starts itself
//! once more, as the hidden command `hold-clipboard`, which stays until something else is copied.

use std::io::Read;

use arboard::Clipboard;
use serde::{Deserialize, Serialize};

use crate::commands::outcome::{Failure, Outcome};
use crate::followup::letter::Letter;

/// The hidden command that holds what was copied.
pub const HOLDER: &str = "hold-clipboard";

/// What is copied.
#[derive(Serialize, Deserialize)]
struct Copied {
    html: String,
    text: String,
}

/// Copies a letter. Once this returns well it can be pasted, also after the program ended.
///
/// # Errors
/// There is no clipboard here, with the reason in words.
pub fn copy(letter: &Letter) -> Result<(), String> {
    let copied = Copied {
        html: letter.html.clone(),
        text: letter.text.trim_end().to_owned(),
    };
    // Where there is none, this is where it shows; a holder could tell nobody.
    let clipboard = Clipboard::new().map_err(|error| error.to_string())?;
    hold_elsewhere(clipboard, &copied)
}

/// Puts what comes on standard input onto the clipboard, and stays as long as it is there.
pub fn hold() -> Result<Outcome, Failure> {
    let mut input = String::new();
    let read = std::io::stdin().read_to_string(&mut input);
    let copied = read
        .map_err(|error| error.to_string())
        .and_then(|_| serde_json::from_str(&input).map_err(|error| error.to_string()));
    let held = copied.and_then(|copied: Copied| hold_here(&copied));
    held.map(|()| Outcome::default()).map_err(|reason| {
        Failure::usage(
            format!("nothing was copied: {reason}"),
            "`goodturn followup PERSON --to copy` copies a letter",
        )
    })
}

#[cfg(all(unix, not(target_os = "macos")))]
fn hold_here(copied: &Copied) -> Result<(), String> {
    use arboard::SetExtLinux;
    let mut clipboard = Clipboard::new().map_err(|error| error.to_string())?;
    let set = clipboard.set().wait();
    set.html(copied.html.as_str(), Some(copied.text.as_str()))
        .map_err(|error| error.to_string())
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn hold_here(copied: &Copied) -> Result<(), String> {
    let mut clipboard = Clipboard::new().map_err(|error| error.to_string())?;
    set(&mut clipboard, copied)
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn hold_elsewhere(mut clipboard: Clipboard, copied: &Copied) -> Result<(), String> {
    set(&mut clipboard, copied)
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn set(clipboard: &mut Clipboard, copied: &Copied) -> Result<(), String> {
    clipboard
        .set_html(copied.html.as_str(), Some(copied.text.as_str()))
        .map_err(|error| error.to_string())
}

/// Starts the holder, and waits until the clipboard has what was copied.
#[cfg(all(unix, not(target_os = "macos")))]
fn hold_elsewhere(mut clipboard: Clipboard, copied: &Copied) -> Result<(), String> {
    use std::os::unix::process::CommandExt;
    use std::process::{Command, Stdio};
    use std::time::Duration;

    /// How often, and how long at most, the clipboard is looked at.
    const LOOKS: u32 = 300;
    const PAUSE: Duration = Duration::from_millis(10);

    let failed = |error: std::io::Error| error.to_string();
    let mut holder = Command::new(std::env::current_exe().map_err(failed)?);
    holder.arg(HOLDER).current_dir("/").stdin(Stdio::piped());
    holder.stdout(Stdio::null()).stderr(Stdio::null());
    // What ends the program by Ctrl-C does not end the holder.
    let mut holder = holder.process_group(0).spawn().map_err(failed)?;
    if let Some(input) = holder.stdin.take() {
        serde_json::to_writer(input, copied).map_err(|error| error.to_string())?;
    }
    for _ in 0..LOOKS {
        if clipboard.get_text().is_ok_and(|text| text == copied.text) {
            return Ok(());
        }
        if holder.try_wait().map_err(failed)?.is_some() {
            break;
        }
        std::thread::sleep(PAUSE);
    }
    // It holds nothing that anybody could paste.
    let _ = holder.kill();
    let _ = holder.wait();
    Err("it does not take what is copied".to_owned())
}
