//! The log: tracing to standard error, one JSON object a line.
//!
//! A line is about what was decided or what went wrong, never about what an object holds.

use std::error::Error;
use std::fmt::Write as _;
use std::io;
use std::panic;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use tracing::error;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

use crate::args::{Global, LogFormat};

/// What anybody can cause is logged once in this time.
const SELDOM: Duration = Duration::from_secs(10);

/// Starts the log at the level that the flags ask for; `RUST_LOG` sets it in detail.
pub(crate) fn start(global: &Global) {
    let level = match global.verbose {
        0 => LevelFilter::INFO,
        1 => LevelFilter::DEBUG,
        _ => LevelFilter::TRACE,
    };
    let filter = EnvFilter::builder().with_default_directive(level.into()).from_env_lossy();
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        // On a full disk, to tell of a line that could not be written would panic.
        .log_internal_errors(false);
    match global.log_format {
        LogFormat::Json => log.json().flatten_event(true).with_span_list(false).init(),
        LogFormat::Text => log.init(),
    }
    panic::set_hook(Box::new(panicked));
}

/// Tells where the program panicked. What it says itself can quote an object, so it stays unsaid.
fn panicked(panic: &panic::PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    error!(place, "panicked");
}

/// An error and what caused it, in one line.
pub(crate) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let _infallible = write!(text, ": {error}");
        cause = error.source();
    }
    text
}

/// Lets a line through once in a while, for what anybody can cause at any rate.
#[derive(Debug, Default)]
pub(crate) struct Seldom(Mutex<Said>);

#[derive(Debug, Default)]
struct Said {
    last: Option<Instant>,
    unsaid: u64,
}

impl Seldom {
    /// Whether the line may be written now; if so, how many were not since the last one.
    pub(crate) fn now(&self) -> Option<u64> {
        let mut said = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if said.last.is_some_and(|last| last.elapsed() < SELDOM) {
            said.unsaid += 1;
            return None;
        }
        said.last = Some(Instant::now());
        Some(std::mem::take(&mut said.unsaid))
    }
}
