//! An Ignition config, decoded: the same shape for one MachineConfig and for a merged pool.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Flag, Integer, Locator, Text};

/// An Ignition config with its contents decoded (coreos/ignition `config/v3_5/types/schema.go`;
/// 2.2 configs are shown in the same shape).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Ignition {
    /// Where the config stands.
    pub at: Locator,
    /// The spec version as written (in a pool, the one that the operator merges in).
    pub version: Text,
    /// `storage.files` by path.
    #[serde(default)]
    pub files: BTreeMap<String, File>,
    /// `storage.directories`, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub directories: Vec<Directory>,
    /// `storage.links`, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Disks, filesystems, RAID arrays and LUKS volumes, in that order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub storage: Vec<StorageItem>,
    /// `systemd.units` by name.
    #[serde(default)]
    pub units: BTreeMap<String, Unit>,
    /// `passwd.users`, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub users: Vec<User>,
    /// `passwd.groups`, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group>,
    /// Ignition's own `kernelArguments.shouldExist`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kernel_arguments_should_exist: Vec<Text>,
    /// Ignition's own `kernelArguments.shouldNotExist`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kernel_arguments_should_not_exist: Vec<Text>,
    /// Other configs that this one names: `ignition.config.merge` (2.2: `append`) and `replace`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<IgnitionReference>,
}

/// A file to be written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct File {
    /// Where the entry stands (in a pool: in the MachineConfig that set its contents last).
    pub at: Locator,
    /// The absolute path on the node.
    pub path: String,
    /// The mode as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<Integer>,
    /// The owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<Owner>,
    /// The owning group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Owner>,
    /// Whether an existing file is replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overwrite: Option<Flag>,
    /// What is written; absent where the entry has no source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contents: Option<Contents>,
    /// What is appended.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub append: Vec<Contents>,
    /// Where the entries stand that lost to this one in a merge, last loser first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<Locator>,
}

/// Contents: where they come from, and what they decode to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Contents {
    /// Where the source stands.
    pub at: Locator,
    /// The scheme of the source: `data`, `http`, `https`, `tftp`, `s3`, `gs`, …; empty for an
    /// empty source.
    pub scheme: String,
    /// The source itself where it is remote, user info removed; never a data URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The compression as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compression: Option<Compression>,
    /// The verification hash as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hash: Option<Text>,
    /// Whether the bytes match `hash`; absent where either is unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hash_matches: Option<bool>,
    /// The decoded bytes as text, where none is NUL; what is not UTF-8 in them is U+FFFD here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What the text says, where the file is a configuration of the node in JSON, TOML or YAML that
    /// rules read (`/etc/containers/policy.json`, `/etc/crio/crio.conf.d/*`, …) and it parses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parsed: Option<serde_json::Value>,
    /// The decoded bytes in base64, where they are not UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base64: Option<String>,
    /// How many bytes the decoded content has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// The SHA-256 of the decoded content, in hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// Why the content was not decoded, where a limit stopped it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_collected: Option<String>,
}

/// A compression as written.
pub type Compression = Text;

/// A user or group by id or name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Owner {
    /// Where it stands.
    pub at: Locator,
    /// The numeric id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<i64>,
    /// The name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A directory to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Directory {
    /// Where the entry stands.
    pub at: Locator,
    /// The absolute path on the node.
    pub path: String,
    /// The mode as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<Integer>,
}

/// A link to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Link {
    /// Where the entry stands.
    pub at: Locator,
    /// The absolute path of the link.
    pub path: String,
    /// What it points at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// Whether it is a hard link.
    pub hard: bool,
}

/// A disk, filesystem, RAID array or LUKS volume.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StorageItem {
    /// Where the entry stands.
    pub at: Locator,
    /// Which list it stands in.
    pub kind: StorageKind,
    /// The device or name that identifies it.
    pub name: String,
}

/// The lists of storage items.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum StorageKind {
    /// `storage.disks`
    Disk,
    /// `storage.filesystems`
    Filesystem,
    /// `storage.raid`
    Raid,
    /// `storage.luks`
    Luks,
}

/// A systemd unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Unit {
    /// Where the entry stands.
    pub at: Locator,
    /// The unit's name, with its type (`kubelet.service`).
    pub name: String,
    /// `enabled`, where set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enabled: Option<Flag>,
    /// `mask`, where set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mask: Option<Flag>,
    /// The unit file, where given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contents: Option<Text>,
    /// The parsed unit file, in order; absent where there is none or it does not parse.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entries: Option<Vec<UnitEntry>>,
    /// The path that the name of a mount or automount unit stands for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mount_point: Option<String>,
    /// Its drop-ins, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dropins: Vec<DropIn>,
    /// Where the entries stand that lost to this one in a merge, last loser first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<Locator>,
}

/// A drop-in of a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DropIn {
    /// Where the entry stands.
    pub at: Locator,
    /// The drop-in's file name.
    pub name: String,
    /// The text, where given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contents: Option<Text>,
    /// The parsed text, in order; absent where there is none or it does not parse.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entries: Option<Vec<UnitEntry>>,
}

/// One assignment of a unit file, continuation lines joined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnitEntry {
    /// Where the line stands (with the line of the decoded text).
    pub at: Locator,
    /// The section without brackets.
    pub section: String,
    /// The key.
    pub key: String,
    /// The value, trimmed.
    pub value: String,
}

/// A user account. Passwords are never part of the facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct User {
    /// Where the entry stands.
    pub at: Locator,
    /// The account's name.
    pub name: String,
    /// Whether a password hash is set.
    pub has_password_hash: bool,
    /// Its SSH keys.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ssh_authorized_keys: Vec<Text>,
    /// The names of the other fields that are set (`shell`, `uid`, …).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_fields: Vec<String>,
}

/// A group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Group {
    /// Where the entry stands.
    pub at: Locator,
    /// The group's name.
    pub name: String,
}

/// Another config that this one names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct IgnitionReference {
    /// Where it stands.
    pub at: Locator,
    /// Whether it replaces this config (`replace`) or is merged into it.
    pub replace: bool,
    /// The scheme of its source.
    pub scheme: String,
}
