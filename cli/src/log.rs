//! The log: tracing to standard error, quiet unless asked.

use std::io::{self, IsTerminal as _};

use clap::ColorChoice;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

use crate::args::Global;

/// Starts the log at the level that the flags ask for; `RUST_LOG` sets it in detail.
pub(crate) fn start(global: &Global) {
    let level = match global.verbose {
        0 => LevelFilter::WARN,
        1 => LevelFilter::INFO,
        2 => LevelFilter::DEBUG,
        _ => LevelFilter::TRACE,
    };
    let filter = EnvFilter::builder().with_default_directive(level.into()).from_env_lossy();
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_ansi(colored(global.color, io::stderr().is_terminal()))
        .without_time()
        .init();
}

/// Whether to use colour on a stream that is or is not a terminal. `NO_COLOR` is honoured
/// (<https://no-color.org>).
pub(crate) fn colored(choice: ColorChoice, terminal: bool) -> bool {
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => {
            terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        }
    }
}
