//! An OS image: from the bytes of its layers to facts.
//!
//! Owns the way `layer` (one pass over a blob) → `tree` (what the layers come to) → `database`
//! (packages) → `evidence` (facts, and the files that policies ask for). Must not know where blobs
//! come from, or what a policy makes of the facts. Nothing is written to a disk, and no layer is held
//! in memory: of a file only what is known to be wanted is kept.

mod database;
mod evidence;
mod facts;
mod layer;
mod packages;
mod saved;
mod secret;
mod tree;

pub use database::{
    Database, DatabaseError, HeaderError, InstalledFile, InstalledPackage, check_header,
    read_database,
};
pub use evidence::{ImageEvidence, ImageManifest, LayerDescriptor};
pub use facts::{base_layers, compare, evidence, wanted};
pub use layer::{
    EntryKind, LayerContents, LayerEntry, LayerError, LayerFault, LayerProblem, LayerRequest,
    NotKept, read_layer,
};
pub use packages::{Accounts, Packages, compare as compare_packages, packages};
pub use saved::SavedError;
pub use secret::{recognise, redact};
pub use tree::{Tree, TreeEntry, TreeError};
