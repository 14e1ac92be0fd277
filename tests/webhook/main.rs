//! The `rollgate-webhook` binary, running: what it is sent, and what it answers.
//!
//! Each test starts the real program on ports of its own and speaks to it over loopback.

#![cfg(unix)]
#![expect(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests, which read files and run the binary"
)]

mod admission;
mod audit;
mod balancer;
mod certs;
mod deploy;
mod drain;
mod exemptions;
mod installed;
mod manifests;
mod monitoring;
mod refusing;
mod requests;
mod reviews;
mod scraped;
mod stress;
mod support;
mod tls;
