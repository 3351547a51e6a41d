//! Tells that long work is under way: a bar on a terminal, after half a second; nothing in a pipe.

use std::io::IsTerminal;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// Work shorter than this shows no bar.
const PATIENCE: Duration = Duration::from_millis(500);

/// Counts the steps of one stage of work; safe to share between threads.
pub struct Progress {
    label: &'static str,
    total: u64,
    done: AtomicU64,
    started: Instant,
    wanted: bool,
    bar: Mutex<Option<ProgressBar>>,
}

impl Progress {
    /// Starts a stage of `total` steps. With `quiet`, or where standard error is no terminal,
    /// nothing is ever shown.
    pub fn new(label: &'static str, total: usize, quiet: bool) -> Self {
        Progress {
            label,
            total: total as u64,
            done: AtomicU64::new(0),
            started: Instant::now(),
            wanted: !quiet && std::io::stderr().is_terminal(),
            bar: Mutex::new(None),
        }
    }

    /// Says that one more step is done.
    pub fn step(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
        if !self.wanted || self.started.elapsed() < PATIENCE {
            return;
        }
        // A poisoned lock only means that another thread panicked while drawing.
        let mut bar = self
            .bar
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        bar.get_or_insert_with(|| self.draw())
            .set_position(self.done.load(Ordering::Relaxed));
    }

    fn draw(&self) -> ProgressBar {
        let bar = ProgressBar::new(self.total);
        if let Ok(style) = ProgressStyle::with_template("{msg:>12} {bar:32} {pos}/{len} {eta}") {
            bar.set_style(style);
        }
        bar.set_message(self.label);
        bar
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        let bar = self
            .bar
            .get_mut()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some(bar) = bar.take() {
            bar.finish_and_clear();
        }
    }
}
