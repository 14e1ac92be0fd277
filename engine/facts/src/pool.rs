//! What the nodes of one pool would get.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Flag, Ignition, ImageReference, Integer, LabelSelector, Locator, ObjectReference, PoolImage,
    PoolNode, PoolStatus, Problem, Text,
};

/// What the nodes of one pool would get: its MachineConfigs merged as the Machine Config Operator
/// merges them (`pkg/controller/common/helpers.go`, `MergeMachineConfigs`). Every item carries the
/// locator of the MachineConfig that won, and of those it overrode.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Pool {
    /// Where the MachineConfigPool stands, or `MachineConfigPool/<name>#` where the pool is only
    /// known from a role label.
    pub at: Locator,
    /// The pool's name.
    pub name: String,
    /// Whether the input holds the MachineConfigPool; if not, role labels made the pool.
    pub declared: bool,
    /// Whether everything that may belong to the pool could be read.
    pub complete: bool,
    /// `spec.paused`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paused: Option<Flag>,
    /// `spec.maxUnavailable` as written: a number, a percentage, or in quotes a number that is a string,
    /// which the API takes for neither.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_unavailable: Option<Text>,
    /// `spec.osImageStream.name`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub os_image_stream: Option<Text>,
    /// The streams of `status.availableStreams` of the OSImageStream; absent where that is not in
    /// the input.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub available_streams: Option<Vec<String>>,
    /// `spec.machineConfigSelector` of a MachineConfigPool of the input, where it could be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine_config_selector: Option<LabelSelector>,
    /// `spec.nodeSelector` of a MachineConfigPool of the input, where it could be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node_selector: Option<LabelSelector>,
    /// `spec.pinnedImageSets`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pinned_image_sets: Vec<ObjectReference>,
    /// The `KubeletConfig` objects that select the pool, as they stand in the input.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kubelet_configs: Vec<ObjectReference>,
    /// The `ContainerRuntimeConfig` objects that select the pool, as they stand in the input.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub container_runtime_configs: Vec<ObjectReference>,
    /// The operating system image of the release, which the pool gets where no MachineConfig
    /// overrides it; absent where neither ControllerConfig nor OSImageStream tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release_os_image: Option<ImageReference>,
    /// The MachineConfigs that the pool selects, in merge order: the last wins.
    #[serde(default)]
    pub machine_configs: Vec<Member>,
    /// The merged `osImageURL`; absent where no MachineConfig overrides the release's image.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub os_image_url: Option<ImageReference>,
    /// The merged `baseOSExtensionsContainerImage`; absent as above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_os_extensions_container_image: Option<ImageReference>,
    /// What is known of the image that `os_image_url` names, where it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<PoolImage>,
    /// What is known of the image that `base_os_extensions_container_image` names, where it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extensions_image: Option<PoolImage>,
    /// All kernel arguments, in merge order, duplicates kept.
    #[serde(default)]
    pub kernel_arguments: Vec<Text>,
    /// All extensions, in merge order, duplicates kept.
    #[serde(default)]
    pub extensions: Vec<Text>,
    /// The merged kernel type; absent means `default`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kernel_type: Option<Text>,
    /// Every `kernelType` that its MachineConfigs write, in merge order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kernel_types: Vec<Text>,
    /// Every `fips` that its MachineConfigs write, in merge order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fips_settings: Vec<Flag>,
    /// The merged `fips`; absent means false.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fips: Option<Flag>,
    /// The merged Ignition config.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ignition: Option<Ignition>,
    /// The size of the rendered MachineConfig as JSON, in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rendered_size: Option<Integer>,
    /// Files that a later MachineConfig of the pool rewrites.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shadowed_files: Vec<Shadow>,
    /// What its MachineConfigs write of a unit and a later one of the pool rewrites.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shadowed_units: Vec<UnitShadow>,
    /// Files, directories and links that a later MachineConfig of the pool takes away by writing
    /// something of another kind at their path.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaced_paths: Vec<ReplacedPath>,
    /// What runs on the pool's nodes now, where given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current: Option<Current>,
    /// The nodes that the operator counts to the pool; absent where the input holds no Node.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nodes: Option<Vec<PoolNode>>,
    /// The nodes that the pool selects and that the operator counts to another pool, or to none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nodes_elsewhere: Vec<PoolNode>,
    /// `status`, where the input holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<PoolStatus>,
    /// What is wrong with the merged config that is wrong with none of its MachineConfigs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
}

/// A MachineConfig of a pool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Member {
    /// Where the MachineConfig stands.
    pub at: Locator,
    /// Its name.
    pub name: String,
    /// The value of its role label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Whether the operator's own controllers made it.
    pub generated: bool,
    /// Whether it could be merged; if not, its own problems say why, and the rest is merged.
    pub merged: bool,
    /// The rules of the Compliance Operator that its remediation waits for (annotation
    /// `complianceascode.io/depends-on`): others of the set bring what they ask for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub depends_on: Vec<String>,
}

/// A file whose contents come from a later MachineConfig than the one that first wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Shadow {
    /// The file's path.
    pub path: String,
    /// Where the winning contents stand.
    pub at: Locator,
    /// The MachineConfig that won.
    pub winner: String,
    /// Where the contents stand that lost.
    pub loser_at: Locator,
    /// The MachineConfig that lost.
    pub loser: String,
    /// Whether the operator's own controllers made the one that lost.
    pub loser_generated: bool,
    /// Whether the order of names alone, within one role, decided.
    pub by_name: bool,
    /// Whether both write the same bytes.
    pub same_contents: bool,
}

/// A part of a unit that comes from a later MachineConfig than the one that first wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnitShadow {
    /// The unit's name.
    pub unit: String,
    /// The drop-in's name, where it is the contents of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dropin: Option<String>,
    /// The field: `contents`, `enabled` or `mask`.
    pub field: String,
    /// Where the winning value stands.
    pub at: Locator,
    /// The MachineConfig that won.
    pub winner: String,
    /// Where the value stands that lost.
    pub loser_at: Locator,
    /// The MachineConfig that lost.
    pub loser: String,
    /// Whether the operator's own controllers made the one that lost.
    pub loser_generated: bool,
    /// Whether the order of names alone, within one role, decided.
    pub by_name: bool,
    /// Whether both write the same value.
    pub same_value: bool,
}

/// A file, directory or link that something of another kind at the same path took away: Ignition
/// merges the three by path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReplacedPath {
    /// The path.
    pub path: String,
    /// Where what won is written.
    pub at: Locator,
    /// What won: `file`, `directory` or `link`.
    pub kind: String,
    /// The MachineConfig that won.
    pub winner: String,
    /// Where what lost is written.
    pub loser_at: Locator,
    /// What lost: `file`, `directory` or `link`.
    pub loser_kind: String,
    /// The MachineConfig that lost.
    pub loser: String,
    /// Whether the operator's own controllers made the one that lost.
    pub loser_generated: bool,
}

/// What runs on a pool's nodes now, and what stands between it and the new config.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Current {
    /// `fips` of the running config.
    pub fips: bool,
    /// The kernel type of the running config.
    pub kernel_type: String,
    /// `osImageURL` of the running config, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub os_image_url: Option<String>,
    /// The kernel arguments of the running config, in order.
    #[serde(default)]
    pub kernel_arguments: Vec<String>,
    /// How many SSH keys the user `core` has in the running config.
    #[serde(default)]
    pub core_ssh_keys: usize,
    /// Changes that the operator refuses on running nodes (`pkg/controller/common/reconcile.go`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub irreconcilable: Vec<Change>,
}

/// A change between the running and the new config.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// What part of the config changes: `fips`, `disks`, `filesystems`, `raid`, `directories`,
    /// `links`, `append`, `force_file`, `kernel_arguments`, `groups`, `users` or `unreadable`.
    pub kind: String,
    /// Where the new value stands; for a removal, the pool.
    pub at: Locator,
    /// What changes.
    pub text: String,
}
