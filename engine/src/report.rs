//! Reports: outcomes, rendered for people and machines.
//!
//! Owns the report type and its renderers. Must not look anything up: places come in resolved,
//! cropped and masked.
