//! Objects that are neither MachineConfigs nor pools.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ImageReference, Locator, Problem, Text};

/// The kinds of the objects that are judged as they stand, in the order of the alphabet.
pub const CLUSTER_KINDS: &[&str] = &[
    "ClusterImagePolicy",
    "ClusterVersion",
    "ContainerRuntimeConfig",
    "ControllerConfig",
    "Image",
    "ImageContentSourcePolicy",
    "ImageDigestMirrorSet",
    "ImagePolicy",
    "ImageTagMirrorSet",
    "Infrastructure",
    "KubeletConfig",
    "MachineConfigNode",
    "MachineConfigPool",
    "MachineConfiguration",
    "MachineOSBuild",
    "MachineOSConfig",
    "Node",
    "NodePool",
    "OSImageStream",
    "PinnedImageSet",
];

/// An object of a kind that bears on the node operating system: KubeletConfig, MachineOSConfig,
/// ClusterImagePolicy, Node, ….
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ClusterObject {
    /// Where the object stands.
    pub at: Locator,
    /// `apiVersion`.
    pub api_version: String,
    /// `kind`.
    #[schemars(extend("enum" = CLUSTER_KINDS))]
    pub kind: String,
    /// `metadata.name`.
    pub name: String,
    /// `metadata.namespace`, for kinds that have one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// `metadata.labels`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    /// `spec` as written, without what has another type than the API gives it, which is a problem. A
    /// rule that complains about a value in it extends `at` with
    /// `result.at(object.at, ["spec", …])`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spec: Option<serde_json::Value>,
    /// `status` as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<serde_json::Value>,
    /// The pools that a KubeletConfig or ContainerRuntimeConfig selects, that a MachineOSConfig names,
    /// or whose MachineConfigs a `PinnedImageSet` stands among by its labels, or that name it, by name.
    /// Absent where there is none among the pools of the input, and others may exist that the input
    /// does not hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pools: Option<Vec<SelectedPool>>,
    /// The image of the release that the ClusterVersion of the input runs or is asked to run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release_image: Option<ImageReference>,
    /// What the Image config of the input lets nodes pull from, for the kinds that speak of images.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registries: Option<RegistryLists>,
    /// The sources for which the mirror sets of the input name a mirror; told to the Image config.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mirrored_sources: Vec<String>,
    /// The sources of a mirror set for which another has another `mirrorSourcePolicy`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contradicted_sources: Vec<ContradictedSource>,
    /// What is wrong with the object.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
}

/// A pool that an object selects or names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SelectedPool {
    /// The pool's name.
    pub name: String,
    /// `spec.osImageStream.name`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub os_image_stream: Option<String>,
}

/// `spec.registrySources` of the Image config.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RegistryLists {
    /// `allowedRegistries`: where there are any, nothing else may be pulled.
    #[serde(default)]
    pub allowed: Vec<Text>,
    /// `blockedRegistries`.
    #[serde(default)]
    pub blocked: Vec<Text>,
}

/// A source for which two mirror sets disagree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ContradictedSource {
    /// Where this set names the source.
    pub at: Locator,
    /// The source.
    pub source: String,
    /// The `mirrorSourcePolicy` here, its default where none is written.
    pub policy: String,
    /// Where the other set names it.
    pub other_at: Locator,
    /// The `mirrorSourcePolicy` there.
    pub other_policy: String,
}
