//! Whole runs of the `rollgate-webhook` command, and of what comes with it.

#![cfg(unix)]
#![expect(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests, which read files and run the binary"
)]

mod monitoring;
