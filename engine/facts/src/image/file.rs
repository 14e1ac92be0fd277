//! Files of an image: what policies ask for through `image.file` and `image.files`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Locator;

/// One entry of an image's tree, as its layers come to, or one that a later layer removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ImageFile {
    /// Where it stands: `image/<digest>!<path>`.
    pub at: Locator,
    /// The path, absolute, without `.` or `..`; what is not UTF-8 is replaced.
    pub path: String,
    /// What it is. A hard link is the file that it leads to.
    pub kind: FileKind,
    /// The permission bits with setuid, setgid and sticky; a plain number (`0644` is 420).
    pub mode: u32,
    /// The user id.
    pub uid: u64,
    /// The group id.
    pub gid: u64,
    /// The size of a file, in bytes.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub size: u64,
    /// The target of a symbolic link, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// The SHA-256 of a file, in hex, where it was computed: of files in layers that are not the
    /// base's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// The extended attribute `security.capability`, in hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capabilities: Option<String>,
    /// The layer that holds it, from 0.
    pub layer: usize,
    /// Whether that is one of the base's.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_base: bool,
    /// Whether a later layer removed or replaced it: it is in the image, and on no node.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub removed: bool,
    /// The packages that own it, by name; absent where the packages were not collected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub packages: Option<Vec<String>>,
    /// In what it differs from what its package installed; only of files outside the base.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub modified: Vec<Modification>,
    /// What becomes of it when a node imports the image.
    pub import: ImportFate,
    /// Under `/var`, whether `tmpfiles.d` makes it too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_tmpfiles: Option<bool>,
}

impl ImageFile {
    /// The JSON Schema of what `image.file` answers.
    pub fn schema() -> serde_json::Value {
        schemars::schema_for!(Self).to_value()
    }
}

/// What an entry of an image's tree is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// A regular file.
    File,
    /// A directory.
    Directory,
    /// A symbolic link.
    Link,
    /// A device node, FIFO or socket.
    Special,
}

/// In what a file differs from what its package installed (`rpm --verify`).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Modification {
    /// Its contents.
    Digest,
    /// Its size.
    Size,
    /// Its mode or kind.
    Mode,
    /// Its owner or group.
    Owner,
    /// The target of the link.
    Target,
    /// Its capabilities.
    Capabilities,
}

/// What becomes of an entry when a node imports the image (ostree-ext `tar/write.rs`).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ImportFate {
    /// It is there, and updated with the image: `/usr`.
    Kept,
    /// It is merged with what the node has: `/etc`.
    Merged,
    /// It is written at the first installation only: `/var`.
    FirstInstallOnly,
    /// It is dropped in silence.
    Dropped,
    /// It is the repository that the image came in.
    Repository,
}

/// Which files are asked for; every field that is there has to hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct FileFilter {
    /// The path stands under one of these folders; a folder does not stand under itself.
    pub under: Vec<String>,
    /// The path is one of these.
    pub paths: Vec<String>,
    /// The path matches one of these globs (`*` within a folder, `**` across).
    pub globs: Vec<String>,
    /// It is one of these.
    pub kinds: Vec<FileKind>,
    /// One of these mode bits is set.
    pub mode_any: Option<u32>,
    /// Its owner or group is not root.
    pub not_root: Option<bool>,
    /// It has capabilities.
    pub capabilities: Option<bool>,
    /// Which layers it comes from.
    pub layers: LayerScope,
    /// Whether a package owns it.
    pub owned: Option<bool>,
    /// Whether it differs from what its package installed.
    pub modified: Option<bool>,
    /// It has at least this size, in bytes.
    pub min_size: Option<u64>,
    /// Whether it was removed by a later layer; without it, only what is there is found.
    pub removed: Option<bool>,
    /// What becomes of it on import is one of these.
    pub import: Vec<ImportFate>,
    /// Whether `tmpfiles.d` makes it too.
    pub in_tmpfiles: Option<bool>,
}

/// Which layers a file comes from.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum LayerScope {
    /// Any.
    #[default]
    All,
    /// Those of the base.
    Base,
    /// Those that are not the base's; all, where nothing tells which are.
    Derived,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
const fn is_zero(size: &u64) -> bool {
    *size == 0
}
