//! What differs between an image and its base.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Locator, Package};

/// What differs from the base image.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ImageChange {
    /// The reference of the base image.
    pub reference: String,
    /// The digest of the base image.
    pub digest: String,
    /// Whether the image begins with all layers of the base image.
    pub derived: bool,
    /// The packages that were added, removed or changed; absent where those of one of the images
    /// could not be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub packages: Option<Vec<PackageChange>>,
    /// The kernels that are new.
    #[serde(default)]
    pub kernels_added: Vec<String>,
    /// The kernels that are gone.
    #[serde(default)]
    pub kernels_removed: Vec<String>,
    /// The units that are new.
    #[serde(default)]
    pub units_added: Vec<String>,
    /// The units that are gone.
    #[serde(default)]
    pub units_removed: Vec<String>,
    /// The units that are enabled now and were not.
    #[serde(default)]
    pub units_enabled: Vec<String>,
    /// The units that were enabled and are not now.
    #[serde(default)]
    pub units_disabled: Vec<String>,
    /// The users that are new.
    #[serde(default)]
    pub users_added: Vec<String>,
    /// The users that are gone.
    #[serde(default)]
    pub users_removed: Vec<String>,
    /// The files that run with the rights of another user or with capabilities, and did not.
    #[serde(default)]
    pub privileged_added: Vec<String>,
    /// How many files are new.
    pub files_added: usize,
    /// How many files were changed.
    pub files_changed: usize,
    /// How many files are gone.
    pub files_removed: usize,
}

/// A package that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PackageChange {
    /// Where the database stands.
    pub at: Locator,
    /// The name.
    pub name: String,
    /// The package in the base; absent where it was added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Package>,
    /// The package in the image; absent where it was removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Package>,
    /// How the version changed: below 0 is a downgrade, above 0 an upgrade, 0 the same version of
    /// another build or architecture; absent where it was added or removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<i8>,
    /// Of an added package, whether another added package requires something that it provides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
}
