//! Text with places: one reader for Kubernetes YAML and JSON.
//!
//! Owns spans, YAML 1.1 typing, and the way from a locator back to a line. Must not know any
//! Kubernetes kind.

mod node;

pub use node::{Entry, Node, Span, Value};
