//! Text with places: one reader for Kubernetes YAML and JSON.
//!
//! Owns spans, YAML 1.1 typing, and the way from a locator back to a line. Must not know any
//! Kubernetes kind.
//!
//! ```
//! use rollgate_engine::{Artifact, Limits, text};
//! let artifact = Artifact::new("file.yaml", "mode: 0644\nenabled: on\n");
//! let documents = text::read(&Limits::default(), &artifact);
//! let root = &documents[0].as_ref().unwrap().root;
//! assert_eq!(root.get("mode").unwrap().value, text::Value::Integer(420));
//! assert_eq!(root.get("enabled").unwrap().value, text::Value::Boolean(true));
//! ```

mod excerpt;
mod inside;
mod json;
mod lines;
mod locate;
mod mask;
mod mask_json;
mod node;
mod place;
mod print;
mod read;
mod scalar;
mod split;
mod tree;
mod written;
mod yaml;

pub(crate) use excerpt::is_obeyed;
pub use locate::Places;
pub use mask::{MASK, is_secret_key, is_secret_path, mask, mask_script};
pub use mask_json::mask_json;
pub use node::{Entry, Node, Reached, Span, Value};
pub use place::{Source, place};
pub use print::print;
pub use read::{Document, Fault, FaultKind, ReadError, read};
pub(crate) use tree::escape;
