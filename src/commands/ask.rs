//! Asking somebody who sits at a terminal.

use inquire::validator::Validation;
use inquire::{InquireError, Text};

use super::outcome::Failure;

/// Asks for a line of text until `check` lets the answer pass. An empty answer is the default,
/// where there is one.
///
/// # Errors
/// The user stopped it, or there is no terminal.
pub fn text(
    question: &str,
    default: Option<&str>,
    check: impl Fn(&str) -> Result<(), String> + Clone + 'static,
) -> Result<String, Failure> {
    if anstream::ColorChoice::global() == anstream::ColorChoice::Never {
        inquire::set_global_render_config(inquire::ui::RenderConfig::empty());
    }
    let mut text = Text::new(question);
    if let Some(default) = default {
        text = text.with_default(default);
    }
    let answer = text
        .with_validator(move |answer: &str| {
            Ok(match check(answer.trim()) {
                Ok(()) => Validation::Valid,
                Err(message) => Validation::Invalid(message.into()),
            })
        })
        .prompt();
    match answer {
        Ok(answer) => Ok(answer.trim().to_owned()),
        Err(InquireError::OperationCanceled | InquireError::OperationInterrupted) => {
            Err(Failure::usage(
                "stopped: nothing was written",
                "run it again whenever you like",
            ))
        }
        Err(error) => Err(Failure::usage(
            format!("the question could not be asked: {error}"),
            "answer by options instead: --help lists them",
        )),
    }
}
