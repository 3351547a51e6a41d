//! Telling browsers that there is a new view, by Server-Sent Events.
//!
//! A view holds a whole site. A browser that sleeps must not keep an old one in memory, so each
//! view is turned at once into a short message, and only the newest message is kept. A listener
//! that missed one sees a gap in the numbers, and looks at everything anew.

use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde_json::{Value, json};
use tokio::sync::{broadcast, watch};

use super::stage::{Stage, View};
use crate::diagnostics::{self, Diagnostic, Renderer, line_column, read_text};

/// How often a word is said on a silent line.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// How long a browser waits before it tries again.
const RETRY: Duration = Duration::from_millis(500);

/// How many errors, and how many warnings, are told with their text.
const TOLD: usize = 50;

/// What browsers are told of the newest view.
pub type News = watch::Receiver<Arc<str>>;

/// Turns views into messages, for as long as the preview runs.
pub struct Herald {
    /// The library's folder, where the places of problems start.
    pub root: PathBuf,
    /// A word that no other run of the program has.
    pub run: String,
    /// Whether browsers are told where the piece is that was saved.
    pub follow: bool,
}

impl Herald {
    /// Begins to tell of the views of a stage.
    pub async fn announce(self, stage: Arc<Stage>) -> News {
        let mut views = stage.subscribe();
        let herald = Arc::new(self);
        let first = stage.view();
        let mut number = first.number;
        let (sender, news) = watch::channel(herald.message(first).await);
        tokio::spawn(async move {
            loop {
                let view = match views.recv().await {
                    Ok(view) => view,
                    // Only the newest counts.
                    Err(broadcast::error::RecvError::Lagged(_)) => stage.view(),
                    Err(broadcast::error::RecvError::Closed) => return,
                };
                if view.number > number {
                    number = view.number;
                    sender.send_replace(herald.message(view).await);
                }
            }
        });
        news
    }

    /// The message of a view, which is let go of.
    async fn message(self: &Arc<Self>, view: Arc<View>) -> Arc<str> {
        let herald = Arc::clone(self);
        // Problems are shown with lines of the files, which are read for it.
        let made = tokio::task::spawn_blocking(move || herald.describe(&view)).await;
        made.unwrap_or_else(|_| Value::Null).to_string().into()
    }

    fn describe(&self, view: &View) -> Value {
        let mut problems = view.problems.clone();
        diagnostics::sort(&mut problems);
        problems.dedup();
        let (errors, warnings): (Vec<_>, Vec<_>) =
            problems.iter().partition(|problem| problem.is_error());
        let mut renderer = Renderer::new(&self.root, false);
        let mut told = |problems: &[&Diagnostic]| -> Vec<Value> {
            let some = problems.iter().take(TOLD);
            some.map(|problem| described(&self.root, &mut renderer, problem))
                .collect()
        };
        json!({
            "run": self.run,
            "view": view.number,
            "files": view.files,
            "saved": view.saved.as_ref().filter(|_| self.follow),
            "errors": { "count": errors.len(), "told": told(&errors) },
            "warnings": { "count": warnings.len(), "told": told(&warnings) },
        })
    }
}

/// A problem with its parts, and as the terminal shows it.
fn described(root: &Path, renderer: &mut Renderer, problem: &Diagnostic) -> Value {
    let place = problem.place.as_ref();
    let spot = place.and_then(|place| {
        let start = place.span.as_ref()?.start;
        match &place.text {
            Some(text) => Some(line_column(text, start)),
            None => read_text(&root.join(place.file.as_ref()), &place.file)
                .ok()
                .map(|text| line_column(&text, start)),
        }
    });
    json!({
        "message": problem.message,
        "file": place.map(|place| place.file.as_ref()),
        "line": spot.map(|(line, _)| line),
        "column": spot.map(|(_, column)| column),
        "text": renderer.render(problem),
    })
}

/// A line to one browser: the newest message now, and each one after it.
pub fn stream(mut news: News) -> Response {
    news.mark_changed();
    let events = stream::unfold((news, true), |(mut news, is_first)| async move {
        // The herald lives as long as the server.
        news.changed().await.ok()?;
        let message = Arc::clone(&news.borrow_and_update());
        let event = Event::default().data(message.as_ref());
        let event = match is_first {
            true => event.retry(RETRY),
            false => event,
        };
        Some((Ok::<_, Infallible>(event), (news, false)))
    });
    Sse::new(events)
        .keep_alive(KeepAlive::new().interval(KEEP_ALIVE))
        .into_response()
}
