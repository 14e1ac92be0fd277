//! What the configuration files of an image set, and what in them is secret.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Locator, Text};

/// What the configuration files of an image set.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ImageSettings {
    /// What `sysctl.d` sets in the end, by key with dots.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub sysctl: BTreeMap<String, Text>,
    /// The lines of `modprobe.d`, in the order in which they are read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub modprobe: Vec<ModprobeLine>,
    /// What `sshd_config` and its drop-ins set in the end outside of `Match`, by key in lower case.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub sshd: BTreeMap<String, Text>,
    /// What `/etc/audit/auditd.conf` sets, by key in lower case.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub auditd: BTreeMap<String, Text>,
    /// The lines of `/etc/audit/rules.d/*.rules`, in the order in which they are read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub audit_rules: Vec<Text>,
    /// The crypto policy (`/etc/crypto-policies/config`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crypto_policy: Option<Text>,
    /// The kernel arguments of `/usr/lib/bootc/kargs.d` for the image's architecture.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kernel_arguments: Vec<Text>,
    /// The lines of `tmpfiles.d`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tmpfiles: Vec<TmpfilesLine>,
    /// What `/usr/lib/ostree/prepare-root.conf` sets, as `section.key`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub prepare_root: Vec<NamedSetting>,
}

/// A setting of an INI file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NamedSetting {
    /// Where it stands.
    pub at: Locator,
    /// The section and the key, as `composefs.enabled`.
    pub name: String,
    /// The value.
    pub value: String,
}

/// A line of `modprobe.d` (modprobe.d(5)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ModprobeLine {
    /// Where it stands.
    pub at: Locator,
    /// The command: `blacklist`, `install`, `options`, …
    pub command: String,
    /// The module.
    pub module: String,
    /// The rest of the line.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rest: String,
}

/// A line of `tmpfiles.d` (tmpfiles.d(5)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TmpfilesLine {
    /// Where it stands.
    pub at: Locator,
    /// The type, with its modifiers.
    pub kind: String,
    /// The path, or the glob.
    pub path: String,
}

/// A package repository (`/etc/yum.repos.d/*.repo`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Repository {
    /// Where its section stands.
    pub at: Locator,
    /// Its id.
    pub id: String,
    /// Whether it is enabled; it is where its file does not say.
    pub enabled: bool,
    /// `gpgcheck`; absent where its file does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gpgcheck: Option<bool>,
    /// `sslverify`; absent where its file does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sslverify: Option<bool>,
    /// `baseurl`, `metalink` and `mirrorlist`, without credentials.
    #[serde(default)]
    pub addresses: Vec<String>,
    /// Whether its file comes from the base.
    #[serde(default)]
    pub in_base: bool,
}

/// A secret that was recognised by what a file holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Secret {
    /// Where.
    pub at: Locator,
    /// The path.
    pub path: String,
    /// What it is.
    pub kind: SecretKind,
    /// The layer, from 0.
    pub layer: usize,
    /// Whether a later layer removed or replaced the file: whoever has the image has it still.
    #[serde(default)]
    pub removed: bool,
}

/// What a secret is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum SecretKind {
    /// A private key (a PEM header).
    PrivateKey,
    /// The credentials of registries.
    RegistryCredentials,
    /// The credentials of a cluster (a kubeconfig with a token or key).
    Kubeconfig,
    /// A password or key in the file of a repository.
    RepositoryCredentials,
    /// A password hash that is not locked.
    PasswordHash,
}
