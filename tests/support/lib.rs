//! Builders of real bytes for rollgate's tests.
//!
//! Owns MachineConfigs as text, encodings of file contents, clusters of a given size, recorded cases
//! as objects, OS images and RPM databases, certificates, a plain client of HTTPS, the running
//! webhook, a real API server, and finding the shared corpus and tools that a test may need. Knows no
//! rollgate crate, so that a parser's bug cannot hide in its own fixture.
//!
//! ```
//! use rollgate_testkit::MachineConfig;
//! let yaml = MachineConfig::new("99-worker").role("worker").kernel_argument("audit=1").yaml();
//! assert!(yaml.contains("  kernelArguments:\n    - \"audit=1\"\n"));
//! ```

#![expect(clippy::panic, reason = "a fixture that cannot be built must stop its test")]

pub mod archive;
pub mod certificate;
pub mod cluster;
pub mod control_plane;
pub mod encode;
pub mod https;
pub mod image;
mod machine_config;
mod need;
pub mod recorded;
pub mod registry;
pub mod rpmdb;
pub mod webhook;
mod yaml;

pub use machine_config::MachineConfig;
pub use need::{shared_corpus, tool};
pub use yaml::to_yaml;
