//! The live preview: the site as it would be built now, made page by page when it is looked at.
//!
//! In: a library that somebody is writing. Out: answers to a browser, from the same
//! [`crate::site::Site::render`] that `build` uses, and the news that something changed. Nothing
//! is written to the disk.
//!
//! - `watch` waits for changes; `keeper` reads what changed and makes the next view, from `inputs`
//!   and the `looks` of the other files; `touched` says in words what a change reached.
//! - `stage` holds the newest view, which never changes and is replaced as a whole.
//! - `server` answers requests: `host` says whom, `address` finds the file of the plan, `files`
//!   opens it, `answer` puts it into HTTP, `media` names its type, `pages` are for what cannot be
//!   shown.
//! - `events` tells browsers of each view. In the browser, `line.js` listens there, in `worker.js`
//!   for all tabs at once; `preview.js` brings its page up to date by `patch.js` (what changed in
//!   the source) and `refresh.js` (styles and pictures), and says what is wrong by `panel.js`.

mod address;
mod answer;
mod events;
mod files;
mod host;
mod inputs;
mod keeper;
mod looks;
mod media;
mod pages;
mod server;
mod shelf;
mod stage;
#[cfg(test)]
mod tests;
mod touched;
mod watch;

use std::time::Duration;

use crate::diagnostics::Diagnostic;

pub use keeper::{Clock, Hint, Keeper, Step};
pub use server::{PORT, Server, Settings};
pub use stage::{Stage, View};
pub use touched::Touched;
pub use watch::Watch;

/// Follows the files of a library: shows a new view after each change, and tells of it. Does not
/// end.
pub fn follow(
    mut keeper: Keeper,
    mut watch: Watch,
    stage: &Stage,
    mut tell: impl FnMut(&Told),
) -> ! {
    loop {
        let change = watch.wait_for_change();
        if let Some(step) = keeper.look(&change.hint, &stage.recent()) {
            let told = Told {
                files: step.files,
                touched: step.touched,
                took: change.since.elapsed(),
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
    /// How long it took from the save to the new view.
    pub took: Duration,
    /// What is wrong with the files as they are now.
    pub problems: Vec<Diagnostic>,
}
