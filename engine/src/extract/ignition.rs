//! Ignition configs: read, validated, translated, merged, decoded and printed.
//!
//! Owns what coreos/ignition and the Machine Config Operator make of a config: spec 2.2 and 3.0 to
//! 3.5. What is wrong with a config comes back as problems, never as an error. Must not know pools,
//! merge order or what a cluster allows.
//!
//! `{"ignition": {"version": "3.4.0"}, "storage": {"files": [{"path": "etc/a"}]}}` → a config, and the
//! problem that `etc/a` is not absolute.

mod contents;
mod facts;
mod merge;
mod operator;
mod path;
mod print;
mod problem;
mod read;
mod schema;
mod translate;
mod tree;
mod url;
mod validate;
mod version;

pub use contents::ContentBudget;
pub use facts::facts;
pub use merge::merge;
pub use operator::{accept, accept_valid, merge_all, validate_merged};
pub(super) use path::clean as clean_path;
pub use print::to_json;
pub use read::read;
pub use translate::{Translation, translate};
pub use tree::{Config, Item, Object, Value};
pub use validate::validate;
use validate::validate_again;
pub use version::{ParseVersionError, SpecVersion};
