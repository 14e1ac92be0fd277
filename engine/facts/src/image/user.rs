//! Users and groups of an image.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Locator;

/// A user of `/etc/passwd` or `/usr/lib/passwd` (nss-altfiles).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ImageUser {
    /// Where its line stands.
    pub at: Locator,
    /// The user id.
    pub uid: u64,
    /// The id of its group.
    pub gid: u64,
    /// The home directory.
    pub home: String,
    /// The shell.
    pub shell: String,
    /// Whether `sysusers.d` makes it too.
    #[serde(default)]
    pub in_sysusers: bool,
    /// Whether `/etc/shadow` has a password for it that is not locked.
    #[serde(default)]
    pub has_password: bool,
    /// The user id in the base, where it is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_uid: Option<u64>,
    /// Whether the base has it; absent where nothing tells what the base has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_base: Option<bool>,
}

/// A group of `/etc/group` or `/usr/lib/group`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ImageGroup {
    /// Where its line stands.
    pub at: Locator,
    /// The group id.
    pub gid: u64,
    /// The names of its members.
    #[serde(default)]
    pub members: Vec<String>,
    /// Whether `sysusers.d` makes it too.
    #[serde(default)]
    pub in_sysusers: bool,
    /// The group id in the base, where it is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_gid: Option<u64>,
    /// Whether the base has it; absent where nothing tells what the base has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_base: Option<bool>,
}
