//! The `rollgate-webhook` command: reads arguments, starts what they ask for.

mod args;
mod audit;
mod certs;
mod exit;
mod health;
mod images;
mod judging;
mod log;
mod manifests;
mod metrics;
mod reload;
mod review;
mod reviewer;
mod serve;
mod server;
mod state;
mod tls;
mod watch;

use std::process::ExitCode;

use clap::Parser as _;

use args::Command;

/// A decision is tens of thousands of small allocations, which this one makes a third faster.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = args::Arguments::parse();
    log::start(&arguments.global);
    exit::code(match &arguments.command {
        Command::Serve(arguments) => serve::run(arguments),
        Command::Certs(arguments) => certs::run(arguments),
        Command::Watch(arguments) => watch::run(arguments),
        Command::Manifests(chosen) => manifests::print(chosen),
    })
}
