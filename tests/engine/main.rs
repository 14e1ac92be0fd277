//! Configuration, waivers and reports; and what a gate must not overlook.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test, which reads files")]

mod admission;
mod configuration;
mod gaps;
mod nodes;
mod report;
mod rpm_database;
mod rpm_packages;
mod sample;
mod waiver;
