//! The `rollgate` command: reads arguments, calls the engine, prints what comes back.

mod args;
mod bundles;
mod command;
mod configuration;
mod exit;
mod images;
mod log;
mod output;
mod progress;
mod scope;
mod settings;

use std::process::ExitCode;

use clap::Parser as _;

/// Judging is hundreds of thousands of small allocations, on every core at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = args::Arguments::parse();
    log::start(&arguments.global);
    exit::code(&arguments.global, command::run(&arguments))
}
