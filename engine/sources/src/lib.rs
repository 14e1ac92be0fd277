//! Sources: all of rollgate's input and output.
//!
//! Owns reading files, directories, standard input and, with the feature `cluster`, the objects of a
//! cluster, under limits. Must not interpret what it
//! reads. What a user named wrongly is an `Err`; what turns out to be unreadable is said beside
//! the rest, which is still judged.
//!
//! ```no_run
//! use rollgate_engine::Limits;
//! let inputs = rollgate_sources::read(&Limits::default(), &["node/".into(), "-".into()])?;
//! for unread in &inputs.unread {
//!     eprintln!("{}: {}", unread.name, unread.message);
//! }
//! # Ok::<(), rollgate_sources::SourceError>(())
//! ```

mod bundle;
#[cfg(feature = "cluster")]
pub mod cluster;
mod configuration;
mod file;
mod git;
pub mod image;
mod input;
mod must_gather;
mod output;
mod policy_root;
mod profile;
mod watch;

pub use bundle::read_archive;
pub use configuration::{FolderFile, find_above, read_file, read_policies};
pub use file::Unread;
pub use git::{Before, ChangedFiles, GitError};
pub use input::{Inputs, SourceError, read};
pub use must_gather::{is_must_gather, read_must_gather};
pub use output::{write, write_new, write_private};
pub use policy_root::{PolicyRootError, policy_root, policy_roots};
pub use profile::{ProfileError, beside, chosen_profile, profile, profile_beside};
pub use watch::{Changes, WatchError};
