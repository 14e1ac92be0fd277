//! Whole runs of the `rollgate` command: what it is given, and everything that it says.
//!
//! Each test makes a folder, runs the real binary in it and compares exit code, standard output and
//! standard error with a snapshot. What a module cannot snapshot (a schema, a time, a pipe) it
//! asserts. The links, pipes and permissions among the inputs are those of Unix.

#![cfg(unix)]
#![expect(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests, which read files and run the binary"
)]

mod annotations;
mod baseline;
mod bundles;
mod changes;
mod cluster;
mod configuration;
mod conftest;
mod diff;
mod formats;
mod harness;
mod help;
mod images;
mod init;
mod inputs;
mod integrations;
mod limits;
mod node_files;
mod outputs;
mod plan;
mod plan_objects;
mod policies;
mod policies_page;
mod policy_authors;
mod recorded;
mod render;
mod secrets;
mod selection;
mod target;
mod telemetry;
mod unrendered;
mod upgrade;
mod waivers;
mod wrapped;
