//! The facts document: what a policy sees of one subject, and nothing else.
//!
//! Owns the types of the contract between the extractors (Rust says what *is*) and the policies
//! (Rego says what is *allowed*). Must not know how facts are gathered, judged or reported: there is
//! no threshold, allow-list or severity here.
//!
//! The contract grows only by adding. Absent means *absent in the input*; what could not be
//! collected is missing as well, and the gate keeps the reason (see `needs` in a rule's METADATA).
//! The JSON Schema of [`Facts`] is committed as `policies/facts.schema.json`.
//!
//! ```json
//! {"version": "1", "target": {"release": "4.20"},
//!  "machine_config": {"at": "MachineConfig/99-worker#", "name": "99-worker", "role": {...}}}
//! ```

mod cluster_object;
mod containerfile;
mod ignition;
mod image;
mod item;
mod locator;
mod machine_config;
mod node;
mod pool;
mod pool_status;
mod problem;
mod reference;
mod target;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use cluster_object::{
    CLUSTER_KINDS, ClusterObject, ContradictedSource, RegistryLists, SelectedPool,
};
pub use containerfile::{Command, Containerfile, Instruction, Stage};
pub use ignition::{
    Compression, Contents, Directory, DropIn, File, Group, Ignition, IgnitionReference, Link,
    Owner, StorageItem, StorageKind, Unit, UnitEntry, User,
};
pub use image::{
    BaseEvidence, FileFilter, FileKind, Image, ImageBase, ImageChange, ImageFile, ImageGroup,
    ImageLayer, ImageProblem, ImageProblemKind, ImageSettings, ImageUnit, ImageUser, ImportFate,
    Kernel, LayerScope, Modification, ModprobeLine, NamedBy, NamedSetting, OsRelease, Package,
    PackageChange, PackageSet, PoolImage, Repository, Secret, SecretKind, TmpfilesLine, UnitLink,
};
pub use item::{Flag, Integer, Text};
pub use locator::{Locator, ObjectId, ParseLocatorError};
pub use machine_config::{ImageReference, MachineConfig};
pub use node::PoolNode;
pub use pool::{Change, Current, Member, Pool, ReplacedPath, Shadow, UnitShadow};
pub use pool_status::{Certificate, Condition, PoolStatus};
pub use problem::{Problem, ProblemKind};
pub use reference::{LabelOperator, LabelRequirement, LabelSelector, ObjectReference};
pub use target::{Architecture, Day, Stream, Target};

/// The version of the facts contract that this build writes; a number, raised only when a field
/// changes its meaning.
pub const FACTS_VERSION: &str = "1";

/// The document that one rule judges: the target, and exactly one subject.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Facts {
    /// The version of this contract, [`FACTS_VERSION`].
    pub version: String,
    /// What the change is meant for.
    pub target: Target,
    /// The subject.
    #[serde(flatten)]
    pub subject: Subject,
}

/// The thing that a rule judges; the key names the kind, as a rule's METADATA does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// One MachineConfig as written.
    MachineConfig(Box<MachineConfig>),
    /// What the nodes of one pool would get: its MachineConfigs, merged.
    Pool(Box<Pool>),
    /// Any other object of a known kind.
    ClusterObject(Box<ClusterObject>),
    /// One OS image.
    Image(Box<Image>),
    /// One Containerfile.
    Containerfile(Box<Containerfile>),
}

/// The kinds of subject, as METADATA writes them.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum SubjectKind {
    /// `machine_config`
    MachineConfig,
    /// `pool`
    Pool,
    /// `cluster_object`
    ClusterObject,
    /// `image`
    Image,
    /// `containerfile`
    Containerfile,
}

impl SubjectKind {
    /// Every kind, in order.
    pub const ALL: &[Self] =
        &[Self::MachineConfig, Self::Pool, Self::ClusterObject, Self::Image, Self::Containerfile];

    /// The key of the subject in the facts document.
    pub const fn key(self) -> &'static str {
        match self {
            Self::MachineConfig => "machine_config",
            Self::Pool => "pool",
            Self::ClusterObject => "cluster_object",
            Self::Image => "image",
            Self::Containerfile => "containerfile",
        }
    }
}

impl Subject {
    /// Which kind of subject this is.
    pub const fn kind(&self) -> SubjectKind {
        match self {
            Self::MachineConfig(_) => SubjectKind::MachineConfig,
            Self::Pool(_) => SubjectKind::Pool,
            Self::ClusterObject(_) => SubjectKind::ClusterObject,
            Self::Image(_) => SubjectKind::Image,
            Self::Containerfile(_) => SubjectKind::Containerfile,
        }
    }

    /// Where the subject itself stands.
    pub const fn at(&self) -> &Locator {
        match self {
            Self::MachineConfig(subject) => &subject.at,
            Self::Pool(subject) => &subject.at,
            Self::ClusterObject(subject) => &subject.at,
            Self::Image(subject) => &subject.at,
            Self::Containerfile(subject) => &subject.at,
        }
    }
}

impl From<MachineConfig> for Subject {
    fn from(subject: MachineConfig) -> Self {
        Self::MachineConfig(Box::new(subject))
    }
}

impl From<Pool> for Subject {
    fn from(subject: Pool) -> Self {
        Self::Pool(Box::new(subject))
    }
}

impl From<ClusterObject> for Subject {
    fn from(subject: ClusterObject) -> Self {
        Self::ClusterObject(Box::new(subject))
    }
}

impl From<Image> for Subject {
    fn from(subject: Image) -> Self {
        Self::Image(Box::new(subject))
    }
}

impl From<Containerfile> for Subject {
    fn from(subject: Containerfile) -> Self {
        Self::Containerfile(Box::new(subject))
    }
}

impl Facts {
    /// A document of the current version.
    pub fn new(target: Target, subject: Subject) -> Self {
        Self { version: FACTS_VERSION.to_owned(), target, subject }
    }

    /// The JSON Schema of the contract, as committed.
    pub fn schema() -> serde_json::Value {
        schemars::schema_for!(Self).to_value()
    }
}
