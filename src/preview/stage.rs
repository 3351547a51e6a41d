//! What the preview shows: the newest view, and the news that there is one.
//!
//! A view is whole and never changes; a new one takes its place in one step. Whoever answers a
//! request takes the view that is there and keeps it to the end of the answer.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, RwLock};

use tokio::sync::broadcast;

use crate::diagnostics::Diagnostic;
use crate::site::Site;

/// How many views a slow listener may fall behind before it is told to look at everything anew.
const NEWS: usize = 64;

/// The library as the preview shows it, from one change to the next.
pub struct View {
    /// Counts up with each view of one run of the program.
    pub number: u64,
    /// The last good site; none while nothing could be loaded yet.
    pub site: Option<Arc<Site>>,
    /// What is wrong with the files as they are now. With an error among them the site is older
    /// than the files.
    pub problems: Vec<Diagnostic>,
    /// Addresses of styles, pictures and other files that changed since the view before, with the
    /// path of the base address: `/library/style.css`.
    pub files: Vec<String>,
    /// The address of the piece that was saved, with the path of the base address.
    pub saved: Option<String>,
}

/// How many paths are remembered as looked at.
const RECENT: usize = 8;

/// Holds the newest view.
pub struct Stage {
    view: RwLock<Arc<View>>,
    news: broadcast::Sender<Arc<View>>,
    recent: Mutex<VecDeque<String>>,
}

impl Stage {
    /// A stage that shows a first view.
    pub fn new(view: View) -> Self {
        Stage {
            view: RwLock::new(Arc::new(view)),
            news: broadcast::channel(NEWS).0,
            recent: Mutex::default(),
        }
    }

    /// The newest view.
    pub fn view(&self) -> Arc<View> {
        // A poisoned lock only means that another thread panicked: what is there is whole.
        let view = self.view.read().unwrap_or_else(|held| held.into_inner());
        Arc::clone(&view)
    }

    /// Puts a view in the place of the one before, and tells of it.
    pub fn show(&self, view: View) {
        let view = Arc::new(view);
        *self.view.write().unwrap_or_else(|held| held.into_inner()) = Arc::clone(&view);
        // Nobody may be listening.
        let _ = self.news.send(view);
    }

    /// Notes that somebody looks at a page, by its path in the plan.
    pub fn look_at(&self, path: &str) {
        let mut recent = self.recent.lock().unwrap_or_else(|held| held.into_inner());
        recent.retain(|other| other != path);
        recent.push_front(path.to_owned());
        recent.truncate(RECENT);
    }

    /// The pages that were looked at last, by their paths in the plan.
    pub fn recent(&self) -> Vec<String> {
        let recent = self.recent.lock().unwrap_or_else(|held| held.into_inner());
        recent.iter().cloned().collect()
    }

    /// Every view from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<Arc<View>> {
        self.news.subscribe()
    }
}
