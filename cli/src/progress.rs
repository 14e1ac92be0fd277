//! Progress on standard error, for what takes long.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::args::Global;

/// How long a run may take before it says what it is doing; shorter runs would only flicker.
const PATIENCE: Duration = Duration::from_millis(700);

/// A spinner that shows itself once a run takes long, on a terminal and unless `--quiet`.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// Starts waiting.
    pub(crate) fn start(global: &Global, message: &'static str) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if !global.quiet {
            let style = ProgressStyle::with_template("{spinner} {msg} ({elapsed})");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
            bar.set_message(message);
            let shown = bar.clone();
            std::thread::spawn(move || {
                std::thread::sleep(PATIENCE);
                if !shown.is_finished() {
                    shown.set_draw_target(ProgressDrawTarget::stderr());
                    shown.enable_steady_tick(Duration::from_millis(100));
                }
            });
        }
        Self(bar)
    }

    /// Says what is being done now.
    pub(crate) fn say(&self, message: &'static str) {
        self.0.set_message(message);
    }
}

impl rollgate_sources::image::Progress for Progress {
    fn layer_done(&self, done: usize, total: usize, _: u64) {
        self.0.set_message(format!("reading images: layer {done} of {total}"));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
