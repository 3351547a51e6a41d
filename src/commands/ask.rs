//! Asking somebody who sits at a terminal.

use inquire::validator::Validation;
use inquire::{InquireError, Text};

use super::outcome::Failure;

/// Whether somebody sits at a terminal who can be asked.
pub fn can_ask() -> bool {
    use std::io::IsTerminal;
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// Asks to choose one of several; gives its place.
///
/// # Errors
/// The user stopped it, or there is no terminal.
pub fn choose(question: &str, choices: Vec<String>) -> Result<usize, Failure> {
    plain();
    let answer = inquire::Select::new(question, choices).raw_prompt();
    answer.map(|choice| choice.index).map_err(stopped)
}

/// Asks to choose any of several, the first of which is chosen already; gives their places.
///
/// # Errors
/// The user stopped it, or there is no terminal.
pub fn choose_some(question: &str, choices: Vec<String>) -> Result<Vec<usize>, Failure> {
    plain();
    let answer = inquire::MultiSelect::new(question, choices)
        .with_default(&[0])
        .raw_prompt();
    let chosen = answer.map_err(stopped)?;
    Ok(chosen.into_iter().map(|choice| choice.index).collect())
}

/// Asks a question whose answer is yes or no; an empty answer is no.
///
/// # Errors
/// The user stopped it, or there is no terminal.
pub fn yes(question: &str) -> Result<bool, Failure> {
    plain();
    let confirm = inquire::Confirm::new(question).with_default(false);
    confirm.prompt().map_err(stopped)
}

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
    plain();
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
    answer
        .map(|answer| answer.trim().to_owned())
        .map_err(stopped)
}

/// Asks for something that nobody is to read over a shoulder.
///
/// # Errors
/// The user stopped it, or there is no terminal.
#[cfg(feature = "smtp")]
pub fn secret(question: &str) -> Result<String, Failure> {
    plain();
    let question = inquire::Password::new(question).without_confirmation();
    question.prompt().map_err(stopped)
}

/// Without colours, where none are wanted.
fn plain() {
    if anstream::ColorChoice::global() == anstream::ColorChoice::Never {
        inquire::set_global_render_config(inquire::ui::RenderConfig::empty());
    }
}

fn stopped(error: InquireError) -> Failure {
    match error {
        InquireError::OperationCanceled | InquireError::OperationInterrupted => Failure::usage(
            "stopped: nothing more was written",
            "run it again whenever you like",
        ),
        error => Failure::usage(
            format!("the question could not be asked: {error}"),
            "answer by options instead: --help lists them",
        ),
    }
}
