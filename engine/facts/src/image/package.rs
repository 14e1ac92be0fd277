//! Packages of an image.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Image;
use crate::{Architecture, Locator, Text};

/// What the RPM database of an image holds; `gpg-pubkey` apart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PackageSet {
    /// Where the database stands.
    pub at: Locator,
    /// The packages, sorted by name, then by version.
    pub packages: Vec<Package>,
    /// The short ids of the keys that were imported (`gpg-pubkey`), in hex.
    #[serde(default)]
    pub keys: Vec<String>,
    /// The files of packages that one layer has and a later one removed, where nothing says that they
    /// may be missing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Text>,
    /// Of each package that others require, by name: the names of those that require something that
    /// it provides.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub required_by: BTreeMap<String, Vec<String>>,
}

/// One installed package.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Package {
    /// The name.
    pub name: String,
    /// The epoch; 0 where the header has none.
    pub epoch: u32,
    /// The version.
    pub version: String,
    /// The release.
    pub release: String,
    /// The architecture, as RPM names it; empty where the header has none.
    pub arch: String,
    /// Where the database stands that holds it.
    pub at: Locator,
    /// The source RPM.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_rpm: Option<String>,
    /// The vendor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vendor: Option<String>,
    /// The licence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub license: Option<String>,
    /// The size of its files, in bytes.
    #[serde(default)]
    pub size: u64,
    /// Whether its header carries a signature; not whether that was verified.
    #[serde(default)]
    pub signed: bool,
    /// The id of the key of the signature, in hex, where it can be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_id: Option<String>,
    /// Whether the base has the same package; absent where nothing tells what the base has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_base: Option<bool>,
    /// The modularity label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub module: Option<String>,
}

/// What the facts of a pool tell of an image that its nodes get.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PoolImage {
    /// Where the image stands.
    pub at: Locator,
    /// The reference by which it was found.
    pub reference: String,
    /// The digest of its manifest.
    pub digest: String,
    /// The architecture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub architecture: Option<Architecture>,
    /// The labels.
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
    /// The fields of `os-release`.
    #[serde(default)]
    pub os_release: BTreeMap<String, String>,
    /// The packages, `<epoch>:<version>-<release>.<arch>` by name (without an epoch of 0); absent
    /// where they could not be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub packages: Option<BTreeMap<String, String>>,
    /// The `diff_id`s of the layers, the lowest first.
    #[serde(default)]
    pub diff_ids: Vec<String>,
    /// What an extensions image offers: the name of a package, and `<evr>.<arch>`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extensions: Option<BTreeMap<String, String>>,
}

impl Package {
    /// `[<epoch>:]<version>-<release>.<arch>`, without an epoch of 0.
    pub fn version_text(&self) -> String {
        let epoch = if self.epoch == 0 { String::new() } else { format!("{}:", self.epoch) };
        let arch = if self.arch.is_empty() { String::new() } else { format!(".{}", self.arch) };
        format!("{epoch}{}-{}{arch}", self.version, self.release)
    }
}

impl PoolImage {
    /// What the facts of a pool tell of this image.
    pub fn of(image: &Image) -> Self {
        let packages = image.packages.as_ref().map(|set| {
            set.packages.iter().map(|one| (one.name.clone(), one.version_text())).collect()
        });
        let os_release = image.os_release.as_ref();
        Self {
            at: image.at.clone(),
            reference: image.reference.clone(),
            digest: image.digest.clone(),
            architecture: image.architecture,
            labels: image.labels.clone(),
            os_release: os_release.map(|release| release.fields.clone()).unwrap_or_default(),
            packages,
            diff_ids: image.layers.iter().map(|layer| layer.diff_id.clone()).collect(),
            extensions: image.extensions.clone(),
        }
    }
}
