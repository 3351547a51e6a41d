//! Addresses that open a window to write in, with the letter in it: `mailto:` (RFC 6068), Gmail
//! and Outlook on the web. They carry plain text only.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::Letter;

/// The longest `mailto:` that mail programs and browsers take, in characters.
pub const LONGEST: usize = 1_900;

/// What need not be encoded in the parts (RFC 3986, section 2.3).
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Where a letter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// The mail program of the computer.
    Mailto,
    /// <https://mail.google.com>
    Gmail,
    /// <https://outlook.office.com>
    Outlook,
}

/// The address that opens the letter.
pub fn address(letter: &Letter, window: Window) -> String {
    // RFC 6068, section 5: line breaks are `%0D%0A`.
    let body = encoded(&letter.text.trim_end().replace('\n', "\r\n"));
    let subject = encoded(&letter.subject);
    // RFC 6068, section 2: a comma between addresses stands as it is.
    let to = letter.to.iter().filter_map(|to| to.email.as_deref());
    let to = to.map(encoded).collect::<Vec<_>>().join(",");
    match window {
        Window::Mailto => {
            let to = to.replace("%40", "@");
            format!("mailto:{to}?subject={subject}&body={body}")
        }
        Window::Gmail => {
            format!("https://mail.google.com/mail/?view=cm&fs=1&to={to}&su={subject}&body={body}")
        }
        Window::Outlook => format!(
            "https://outlook.office.com/mail/deeplink/compose?to={to}&subject={subject}&body={body}"
        ),
    }
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}
