//! One OS image, as a node would pull it: a custom RHCOS, FCOS or bootc image.
//!
//! Owns the eager part of what is known of an image; its files are asked for one by one (see
//! [`ImageFile`]). Locators are `image/<digest>#<pointer>` for what the image's configuration says,
//! and `image/<digest>!<path>[:<line>]` for what its layers hold.

mod change;
mod file;
mod kernel;
mod package;
mod settings;
mod unit;
mod user;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Architecture, Locator};

pub use change::{ImageChange, PackageChange};
pub use file::{FileFilter, FileKind, ImageFile, ImportFate, LayerScope, Modification};
pub use kernel::Kernel;
pub use package::{Package, PackageSet, PoolImage};
pub use settings::{
    ImageSettings, ModprobeLine, NamedSetting, Repository, Secret, SecretKind, TmpfilesLine,
};
pub use unit::{ImageUnit, UnitLink};
pub use user::{ImageGroup, ImageUser};

/// One OS image: its manifest, its configuration, and what its layers come to.
///
/// Source: OCI image specification 1.1, `config.md` and `manifest.md`; ostree-rs-ext and bootc for
/// the labels.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Image {
    /// Where the image stands: `image/<digest>#`.
    pub at: Locator,
    /// The reference by which it was found, without credentials.
    pub reference: String,
    /// The digest of its manifest, as `sha256:<hex>`.
    pub digest: String,
    /// Whether the reference itself names a digest; absent where it is no registry's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pinned: Option<bool>,
    /// The architecture, where it is one that nodes have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub architecture: Option<Architecture>,
    /// The architecture as the configuration writes it (`amd64`).
    pub platform_architecture: String,
    /// When it was made, in RFC 3339, as its configuration says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created: Option<String>,
    /// The labels of the configuration.
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
    /// The annotations of the manifest.
    #[serde(default)]
    pub annotations: BTreeMap<String, String>,
    /// The layers, the lowest first.
    pub layers: Vec<ImageLayer>,
    /// How its layers are divided into the base's and its own; absent where nothing tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<ImageBase>,
    /// `/usr/lib/os-release`; absent where the image has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub os_release: Option<OsRelease>,
    /// What the RPM database holds; absent where it could not be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub packages: Option<PackageSet>,
    /// The folders under `/usr/lib/modules` that are, or were, a kernel's.
    #[serde(default)]
    pub kernels: Vec<Kernel>,
    /// The systemd units of the system, by name.
    #[serde(default)]
    pub units: BTreeMap<String, ImageUnit>,
    /// The links by which units are enabled that lead to no unit.
    #[serde(default)]
    pub dangling_links: Vec<UnitLink>,
    /// The users of `/etc/passwd` and `/usr/lib/passwd`, by name.
    #[serde(default)]
    pub users: BTreeMap<String, ImageUser>,
    /// The groups of `/etc/group` and `/usr/lib/group`, by name.
    #[serde(default)]
    pub groups: BTreeMap<String, ImageGroup>,
    /// What the image's configuration files set.
    #[serde(default)]
    pub settings: ImageSettings,
    /// The package repositories.
    #[serde(default)]
    pub repositories: Vec<Repository>,
    /// Secrets by their contents, in the layers that are not the base's.
    #[serde(default)]
    pub secrets: Vec<Secret>,
    /// What differs from the base image; absent where no base image was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<ImageChange>,
    /// What an extensions image offers (`/usr/share/rpm-ostree/extensions.json`): the name of a
    /// package, and `<evr>.<arch>`; absent where the image is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extensions: Option<BTreeMap<String, String>>,
    /// What the release of the target ships, as far as it was given: its base OS image.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release_image: Option<PoolImage>,
    /// The MachineConfigs and other objects of the input that name it.
    #[serde(default)]
    pub named_by: Vec<NamedBy>,
    /// What is wrong with the image as such: names, entries and files that readers disagree about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<ImageProblem>,
    /// What could not be collected of the image: the field, as `packages`, and why.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub not_collected: BTreeMap<String, String>,
}

/// An object that names the image.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NamedBy {
    /// Where it is named.
    pub at: Locator,
    /// The kind of the object.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// The annotation `rollgate.io/override-reason`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub override_reason: Option<String>,
    /// The annotation `rollgate.io/override-until`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub override_until: Option<String>,
    /// Whether that date is past; absent where there is none, or it is no date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overdue: Option<bool>,
}

/// One layer of an image.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ImageLayer {
    /// Where the layer stands.
    pub at: Locator,
    /// The digest of the blob.
    pub digest: String,
    /// The digest of the uncompressed tar.
    pub diff_id: String,
    /// The media type of the blob.
    pub media_type: String,
    /// The size of the blob, in bytes.
    pub size: u64,
    /// How many entries the tar has; absent where it was not read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entries: Option<u64>,
    /// Whether it is one of the base's.
    #[serde(default)]
    pub in_base: bool,
    /// The command that made it, as the history says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_by: Option<String>,
}

/// How the layers of an image are divided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ImageBase {
    /// How many layers are the base's.
    pub layers: usize,
    /// What tells.
    pub known_by: BaseEvidence,
    /// The reference of the base image, where it was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The digest of the base image, where it was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
}

/// What tells which layers are the base's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BaseEvidence {
    /// The label `ostree.final-diffid`, which the layer at the end of the base has.
    FinalDiffId,
    /// The base image that was given, whose layers the image begins with.
    BaseImage,
}

/// `/usr/lib/os-release` (os-release(5)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OsRelease {
    /// Where the file stands.
    pub at: Locator,
    /// Every field, as written, without quotes.
    pub fields: BTreeMap<String, String>,
}

/// Something wrong with an image, found while it was read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct ImageProblem {
    /// What kind of fault it is; one rule denies each kind.
    pub kind: ImageProblemKind,
    /// Where.
    pub at: Locator,
    /// What is wrong, lower case, literals in backticks; never a secret value.
    pub text: String,
}

/// The kinds of problem of an image.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ImageProblemKind {
    /// A file name or a link's target is not UTF-8.
    NameNotUtf8,
    /// A device node or FIFO, which cannot be imported.
    SpecialFile,
    /// A name with `..`, an absolute one, or one that leads out through a link.
    EscapingName,
    /// One name twice in one layer.
    DuplicateName,
    /// A hard link whose target no layer holds.
    HardLinkToNothing,
    /// A hard link between top-level folders that are imported apart, or into `/sysroot`.
    HardLinkAcrossFolders,
    /// A tar that readers may take differently: something behind its end, an attribute twice.
    AmbiguousLayer,
    /// An object of the ostree repository that a later layer wrote anew.
    ModifiedObject,
    /// A layer that stands twice.
    DuplicateLayer,
    /// Two RPM databases in one image that differ.
    SeveralDatabases,
    /// An RPM header in which something outside its signed part contradicts it.
    UnsignedHeaderEntries,
    /// A file of the image's configuration that its reader would not take (`kargs.d`).
    InvalidFile,
    /// A label that names a layer which the image does not have (`ostree.final-diffid`).
    UnknownBase,
}
