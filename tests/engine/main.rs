//! Configuration, waivers and reports; and what a gate must not overlook.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test, which reads files")]

mod admission;
mod configuration;
mod containerfiles;
mod gaps;
mod nodes;
mod report;
mod rpm_changes;
mod rpm_database;
mod rpm_hostile;
mod rpm_packages;
mod rpm_tree;
mod rpm_verify;
mod sample;
mod waiver;
