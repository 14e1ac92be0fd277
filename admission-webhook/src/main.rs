//! The `rollgate-webhook` command: reads arguments, starts what they ask for.

mod args;
mod exit;
mod judging;
mod log;
mod manifests;
mod review;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    let arguments = args::Arguments::parse();
    log::start(&arguments.global);
    exit::code(args::run(arguments))
}
