//! The `rollgate-webhook` command: reads arguments, starts what they ask for.

mod args;
mod exit;
mod judging;
mod log;
#[expect(dead_code, unused_imports, reason = "set by what watches the cluster")]
mod metrics;
mod review;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    let arguments = args::Arguments::parse();
    log::start(&arguments.global);
    exit::code(args::run(arguments))
}
