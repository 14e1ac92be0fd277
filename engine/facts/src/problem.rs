//! Problems: what the extractors found wrong with a content, as facts for policies to judge.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Locator;

/// Something wrong with a content, found while reading it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    /// What kind of fault it is; one rule denies each kind.
    pub kind: ProblemKind,
    /// Where the value at fault stands.
    pub at: Locator,
    /// What is wrong, lower case, literals in backticks; never a secret value.
    pub text: String,
}

/// The kinds of problem. Each has one rule of the same name under `policies/machineconfig/` (and
/// others under `policies/pool/` and `policies/cluster/`).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ProblemKind {
    /// A mapping has a key twice; readers keep one of them silently.
    DuplicateKey,
    /// A value is not of the type that its field takes.
    WrongType,
    /// A field that the object's type does not have; it is dropped silently.
    UnknownField,
    /// A field that Ignition 2 had and later versions have not, and that says nothing.
    LeftoverField,
    /// The object's `apiVersion` is not one that serves its kind.
    UnknownApiVersion,
    /// Two objects of one kind and name.
    DuplicateObject,
    /// The object lacks a name.
    MissingName,
    /// Keys stand beside an empty key that they belong under.
    LostIndentation,
    /// `ignition.version` is missing, malformed or not one that the operator takes.
    IgnitionVersion,
    /// A path is relative, unclean, empty or a link under a link.
    InvalidPath,
    /// A list names one thing twice.
    DuplicateEntry,
    /// A file, directory or link stands where a systemd unit or drop-in would be written.
    PathConflict,
    /// A mode that is no file mode, or sets bits beyond 0777.
    InvalidMode,
    /// A source that is no URL, or of a scheme that Ignition does not know.
    InvalidSource,
    /// A `data:` URL that does not decode.
    InvalidDataUrl,
    /// A compression other than gzip.
    InvalidCompression,
    /// Content that is not what its compression says; a node cannot write it.
    UndecodableContents,
    /// A verification hash that is malformed, or does not match the content.
    InvalidVerification,
    /// A user or group given by both id and name.
    InvalidOwner,
    /// `overwrite: true` without a source to write.
    OverwriteWithoutSource,
    /// HTTP headers that are malformed, or stand beside a source that is not HTTP.
    InvalidHttpHeaders,
    /// A disk, partition, filesystem, RAID array or LUKS volume that Ignition refuses.
    InvalidStorage,
    /// A unit or drop-in name that systemd or Ignition refuses.
    InvalidUnitName,
    /// A unit or drop-in whose text does not parse.
    InvalidUnitContents,
    /// A line of a unit or drop-in that systemd passes over.
    IgnoredUnitSetting,
    /// A configuration file of the node that its reader would not take.
    InvalidConfigFile,
    /// Something stands under a path that the config writes as a file.
    PathUnderFile,
    /// A selector of a pool without requirements, which selects nothing.
    EmptySelector,
    /// Units that wait for each other.
    OrderingCycle,
    /// A password hash that is none.
    MalformedPasswordHash,
    /// An SSH key that is none, or not a public one.
    MalformedSshKey,
    /// A user, group or SSH key that Ignition or the operator refuses.
    InvalidUser,
    /// Ignition's own `kernelArguments` that contradict each other.
    InvalidKernelArguments,
    /// A proxy, timeout or certificate authority that Ignition refuses.
    InvalidIgnition,
    /// A key or certificate that is not base64 of PEM.
    InvalidKey,
    /// A config that cannot be translated to the version that the operator merges in.
    Untranslatable,
}
