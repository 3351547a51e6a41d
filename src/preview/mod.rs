//! The live preview: the site as it would be built now, made page by page when it is looked at.
//!
//! In: a library that somebody is writing. Out: answers to a browser, from the same
//! [`crate::site::Site::render`] that `build` uses, and the news that something changed. Nothing
//! is written to the disk.

use std::time::Duration;

use crate::diagnostics::Diagnostic;

mod inputs;
mod keeper;
mod looks;
mod stage;
#[cfg(test)]
mod tests;
mod touched;
mod watch;

pub use keeper::{Clock, Hint, Keeper, Step};
pub use stage::{Stage, View};
pub use touched::Touched;
pub use watch::Watch;

/// Follows the files of a library: shows a new view after each change, and tells of it. Does not
/// end.
pub fn follow(mut keeper: Keeper, mut watch: Watch, stage: &Stage, tell: impl Fn(&Told)) -> ! {
    loop {
        let hint = watch.wait_for_change();
        if let Some(step) = keeper.look(&hint, &stage.recent()) {
            let told = Told {
                files: step.files,
                touched: step.touched,
                took: step.took,
                problems: step.view.problems.clone(),
            };
            stage.show(step.view);
            tell(&told);
        }
    }
}

/// What there is to tell of a change.
pub struct Told {
    /// The files that changed, relative to the library.
    pub files: Vec<String>,
    /// What they touched.
    pub touched: Touched,
    /// How long it took to make the new view.
    pub took: Duration,
    /// What is wrong with the files as they are now.
    pub problems: Vec<Diagnostic>,
}
