//! The sources against what they read.

#![expect(clippy::unwrap_used, reason = "tests")]

mod cluster;
