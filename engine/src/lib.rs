//! The engine of rollgate: bytes to facts to outcomes to a report.
//!
//! Owns the verdict. Must not do I/O of any kind: no files, network, environment or clock; the
//! binaries hand in [`Artifact`]s and the date, and print what comes back.

pub mod admission;
mod artifact;
mod baseline;
mod complaint;
pub mod configuration;
pub mod example;
pub mod extract;
mod gate;
pub mod inspect;
pub mod limits;
pub mod page;
mod pattern;
pub mod plan;
pub mod policy;
pub mod profile;
pub mod report;
pub mod selection;
mod suggestion;
pub mod telemetry;
pub mod text;
pub mod waiver;

pub use artifact::{Artifact, Digest};
pub use baseline::{Baseline, Seen};
pub use gate::{
    Change, Cluster, Doubt, Gate, GateError, GivenImage, ImageMirror, ImageRole, Input,
    NamedImages, ObjectChange, Origin, OriginPlace, RenderedPool, Reviewed, Reviewing, Settings,
    Undecided,
};
pub use limits::{ImageLimits, Limits};
pub use suggestion::closest;
