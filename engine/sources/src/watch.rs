//! Waiting for files to change.
//!
//! Owns what counts as a change, and that many at once are one. Must not know what the files are.
//! An editor that saves `rule.rego` through a temporary file makes four events, and one change.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

/// How long nothing may happen before a change is over: editors take a few milliseconds to save, a
/// checkout somewhat longer.
const QUIET: Duration = Duration::from_millis(100);

/// Changes below some folders.
#[derive(Debug)]
pub struct Changes {
    events: Receiver<()>,
    /// Stops watching when it is dropped.
    _watcher: RecommendedWatcher,
}

/// Why changes cannot be waited for.
#[derive(Debug, thiserror::Error)]
#[error("`{folder}` cannot be watched: {reason}")]
pub struct WatchError {
    folder: String,
    reason: String,
}

impl Changes {
    /// Watches these folders, and what is below them, from now on.
    ///
    /// # Errors
    ///
    /// When one of them is not there, or the system has no more watches to give.
    pub fn below(folders: &[PathBuf]) -> Result<Self, WatchError> {
        let failed = |folder: &str, error: &notify::Error| WatchError {
            folder: folder.to_owned(),
            reason: error.to_string(),
        };
        let (sender, events) = channel();
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            // To be read is no change, and every run reads all of them.
            if event.is_ok_and(|event| !matches!(event.kind, EventKind::Access(_))) {
                // Nobody waits any more.
                let _ = sender.send(());
            }
        });
        let mut watcher = watcher.map_err(|error| failed("", &error))?;
        for folder in folders {
            let added = watcher.watch(folder, RecursiveMode::Recursive);
            added.map_err(|error| failed(&folder.display().to_string(), &error))?;
        }
        Ok(Self { events, _watcher: watcher })
    }

    /// Waits for a change, and until it is over. `false` where there will be none any more.
    pub fn wait(&self) -> bool {
        if self.events.recv().is_err() {
            return false;
        }
        loop {
            match self.events.recv_timeout(QUIET) {
                Ok(()) => {}
                Err(RecvTimeoutError::Timeout) => return true,
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
    }
}
