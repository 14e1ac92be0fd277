//! systemd units of an image.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Locator;

/// A unit of the system manager, and what a node starts of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct ImageUnit {
    /// Where its file stands that has effect; of a masked unit, where the mask stands.
    pub at: Locator,
    /// Whether it is masked: a link to `/dev/null`, or empty.
    #[serde(default)]
    pub masked: bool,
    /// Whether links enable it in the image.
    #[serde(default)]
    pub enabled: bool,
    /// What the presets say of it, which the first boot of a node follows; absent where they say
    /// nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preset: Option<bool>,
    /// Whether it has an `[Install]` section, without which it cannot be enabled.
    #[serde(default)]
    pub installable: bool,
    /// Where its drop-ins stand, in the order in which they have effect.
    #[serde(default)]
    pub drop_ins: Vec<Locator>,
    /// Whether everything of it comes from the base.
    #[serde(default)]
    pub in_base: bool,
}

/// A link by which a unit is enabled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnitLink {
    /// Where the link stands.
    pub at: Locator,
    /// The name of the unit that it should enable.
    pub unit: String,
    /// Where it leads, as written.
    pub target: String,
    /// Whether it comes from the base.
    #[serde(default)]
    pub in_base: bool,
}
