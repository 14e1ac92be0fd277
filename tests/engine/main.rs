//! The engine's parts that read no Kubernetes object: configuration, waivers and reports.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test, which reads files")]

mod configuration;
mod report;
mod waiver;
