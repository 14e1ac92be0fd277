//! One MachineConfig as written.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Flag, Ignition, Locator, Problem, Text};

/// One MachineConfig as written (`machineconfiguration.openshift.io/v1`, openshift/api
/// `machineconfiguration/v1/types.go`), its Ignition config in the version that it declares.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MachineConfig {
    /// Where the object stands.
    pub at: Locator,
    /// `metadata.name`.
    pub name: String,
    /// `metadata.labels`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    /// The value of the label `machineconfiguration.openshift.io/role`, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Text>,
    /// The role of the operator's own (`master`, `worker`, `arbiter`) that `role` is a slip of: one
    /// letter more, less, other or elsewhere, or in another case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role_resembles: Option<String>,
    /// The names of the pools that select this MachineConfig.
    #[serde(default)]
    pub pools: Vec<String>,
    /// Whether the input holds MachineConfigPools, so that no pool in `pools` means that none of
    /// them selects it.
    #[serde(default)]
    pub pools_declared: bool,
    /// Whether the Machine Config Operator's own controllers made it (annotation
    /// `machineconfiguration.openshift.io/generated-by-controller-version`).
    #[serde(default)]
    pub generated: bool,
    /// Whether it is a rendered config (generated, and named `rendered-<pool>-<hash>`).
    #[serde(default)]
    pub rendered: bool,
    /// `spec.osImageURL`, where not empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub os_image_url: Option<ImageReference>,
    /// `spec.baseOSExtensionsContainerImage`, where not empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_os_extensions_container_image: Option<ImageReference>,
    /// `spec.kernelArguments`, in order.
    #[serde(default)]
    pub kernel_arguments: Vec<Text>,
    /// `spec.extensions`, in order.
    #[serde(default)]
    pub extensions: Vec<Text>,
    /// `spec.kernelType`, where not empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kernel_type: Option<Text>,
    /// `spec.fips`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fips: Option<Flag>,
    /// `spec.config`, where it could be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ignition: Option<Ignition>,
    /// What is wrong with the object.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
}

/// A container image reference, taken apart (distribution `reference/reference.go`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ImageReference {
    /// Where the value stands; in a merged subject, in the MachineConfig that won.
    pub at: Locator,
    /// The reference as written.
    pub text: String,
    /// Whether it parses as a reference.
    pub valid: bool,
    /// What keeps it from parsing, where that can be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
    /// Registry host with port, where the reference names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registry: Option<String>,
    /// The repository without the registry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repository: Option<String>,
    /// The tag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// The digest, as `sha256:<hex>`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// In a merged subject, the name of the MachineConfig that won.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine_config: Option<String>,
    /// Where the values stand that lost to this one in a merge, last loser first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<Locator>,
}
