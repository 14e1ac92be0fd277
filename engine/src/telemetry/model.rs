//! What is told of a fleet. Grown only by adding; its schema is committed as
//! `policies/telemetry.schema.json`.
//!
//! What is not known is absent, and [`PoolTelemetry::unknown`] says why; zero is only what was counted.
//! Nothing here is a MachineConfig's name, a path on a node, a content or a user.

use rollgate_facts::{Architecture, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::report::Tool;
use crate::telemetry::Totals;

/// The version of the schema that this build writes.
pub const TELEMETRY_VERSION: &str = "1";

/// What several clusters ask for and run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FleetTelemetry {
    /// The version of this schema, [`TELEMETRY_VERSION`].
    pub version: String,
    /// What counted.
    pub tool: Tool,
    /// The clusters, in the order in which they were given.
    pub clusters: Vec<ClusterTelemetry>,
    /// What they come to.
    pub totals: Totals,
}

/// What one cluster asks for and runs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ClusterTelemetry {
    /// What it is called here.
    pub name: String,
    /// The minor release that it runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release: Option<String>,
    /// The minor release that it is to run, where that is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_release: Option<String>,
    /// The operating system stream that pools have which name none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stream: Option<Stream>,
    /// The pools, sorted by name.
    pub pools: Vec<PoolTelemetry>,
    /// How many machines belong to no pool; absent where no machine is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machines_in_no_pool: Option<u64>,
    /// What could not be read, and may bear on any pool.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<Unread>,
}

/// What one pool asks for and its machines run.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PoolTelemetry {
    /// The pool's name.
    pub name: String,
    /// Whether updates are held back; absent where the MachineConfigPool is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paused: Option<bool>,
    /// The operating system stream of its machines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stream: Option<Stream>,
    /// The architectures of its machines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub architectures: Vec<Architecture>,
    /// Its machines; absent where nothing tells of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machines: Option<MachineCounts>,
    /// The extensions that it asks for or machines still run, sorted by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extensions: Vec<ExtensionTelemetry>,
    /// The kernels that it asks for or machines still run, sorted by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kernel_types: Vec<KernelTelemetry>,
    /// The operating system image in place of the release's own, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub os_image: Option<ImageOverride>,
    /// The image of the extensions in place of the release's own, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extensions_image: Option<ImageOverride>,
    /// What is not known of the pool, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unknown: Vec<Unknown>,
}

/// The machines of a pool.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MachineCounts {
    /// How many there are.
    pub total: u64,
    /// How many run what they should.
    pub done: u64,
    /// How many are being changed.
    pub working: u64,
    /// How many failed to change.
    pub degraded: u64,
    /// How many do not say.
    pub unknown: u64,
    /// Of how many it is known what they run: they are done, and their rendered config was given.
    pub known: u64,
}

/// One extension of a pool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ExtensionTelemetry {
    /// Its name, as it is asked for.
    pub name: String,
    /// Whether any release knows an extension of this name.
    pub known: bool,
    /// Whether the pool asks for it; else machines only still run it.
    pub asked: bool,
    /// How many MachineConfigs ask for it; absent where only the rendered config was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine_configs: Option<u64>,
    /// How many machines are known to run it; absent where that is known of none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machines: Option<u64>,
    /// Whether the release that the cluster runs has it for this stream and architecture.
    pub supported: Answer,
    /// The same for the release that the cluster is to run, where that is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supported_on_target: Option<Answer>,
}

/// One kernel of a pool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct KernelTelemetry {
    /// The kernel type: `default`, `realtime` or `64k-pages`, and `other` for what is none of them.
    pub kernel_type: String,
    /// Whether the pool asks for it; else machines only still run it.
    pub asked: bool,
    /// How many machines are known to run it; absent where that is known of none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machines: Option<u64>,
}

/// An image in place of the release's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ImageOverride {
    /// How it is named.
    pub by: ImageReferenceKind,
    /// Whether its signature is trusted.
    pub signed: Answer,
    /// How many machines are known to run it; absent where that is known of none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machines: Option<u64>,
    /// The minor release that it was built for, where the machines that run it tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release: Option<String>,
    /// How many minor releases that is behind the cluster's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub releases_behind: Option<u32>,
    /// The day on which it was built, where the machines that run it tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub built: Option<String>,
    /// How many days that is before the release's own image was built, where other machines of the
    /// cluster run that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days_behind: Option<u32>,
    /// The reference itself, only where it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

/// How an image is named.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ImageReferenceKind {
    /// By its digest.
    Digest,
    /// By a tag, or by nothing, which is the tag `latest`.
    Tag,
    /// On-cluster layering builds it.
    Build,
    /// What is written is no reference.
    Invalid,
}

/// An answer that may not be known.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It is.
    Yes,
    /// It is not.
    No,
    /// Something that decides is not known.
    Unknown,
}

/// Something that is not known of a pool.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Unknown {
    /// What.
    pub what: UnknownPart,
    /// Why.
    pub reason: String,
}

/// The parts of what is told of a pool.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum UnknownPart {
    /// What the pool asks for.
    Asked,
    /// How many machines it has.
    Machines,
    /// What some or all of its machines run.
    Running,
    /// Whether an extension is supported on the release that the cluster runs.
    Supported,
    /// The same for the release that the cluster is to run.
    SupportedOnTarget,
    /// The kernel that it asks for.
    KernelType,
    /// Whether another image takes the place of the release's own.
    OsImage,
    /// How old that image is.
    OsImageAge,
}

/// Something that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Unread {
    /// Which input, and where in it: `pools.yaml:3:1`.
    pub name: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl FleetTelemetry {
    /// The JSON Schema of what is told of a fleet, as committed.
    pub fn schema() -> serde_json::Value {
        schemars::schema_for!(Self).to_value()
    }

    /// The same as JSON.
    pub fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self).map(|json| json + "\n")
    }

    /// Whether anything could not be read.
    pub fn is_complete(&self) -> bool {
        self.clusters.iter().all(|cluster| cluster.unread.is_empty())
    }
}

impl Answer {
    /// The word for it, which is a label value as well.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "unknown",
        }
    }
}

impl ImageReferenceKind {
    /// The word for it, which is a label value as well.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Digest => "digest",
            Self::Tag => "tag",
            Self::Build => "build",
            Self::Invalid => "invalid",
        }
    }
}

impl UnknownPart {
    /// The word for it, which is a label value as well.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Machines => "machines",
            Self::Running => "running",
            Self::Supported => "supported",
            Self::SupportedOnTarget => "supported_on_target",
            Self::KernelType => "kernel_type",
            Self::OsImage => "os_image",
            Self::OsImageAge => "os_image_age",
        }
    }
}
