//! Whole runs of the `rollgate-webhook` command, and of what it prints against a real API server.

#![cfg(unix)]
#![expect(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests, which read files and run the binary"
)]

mod deploy;
mod exemptions;
mod manifests;
mod refusing;
