//! Effect: what the Machine Config Daemon does to a running node to bring it from one rendered
//! config to another.
//!
//! Follows `pkg/daemon/update.go`, `newMachineConfigDiff` and
//! `calculatePostConfigChangeNodeDisruptionAction`, and `pkg/daemon/drain.go`. Must not know pools,
//! nodes or wording. What a release does of its own accord comes in as [`DisruptionPolicies`].
//!
//! A file `/etc/containers/policy.json` that changes → `Reload` of `crio.service`, without a drain;
//! any other file → `Reboot`, with one.

mod policies;
mod registries;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::extract::ignition::{Config, Item};
use crate::extract::render::Rendered;

pub use policies::{
    DisruptionPolicies, DisruptionPolicy, DisruptionTable, GivenPolicies, PolicySource,
    given_policies, operator_knobs,
};
pub use registries::{REGISTRIES, SafeMirrors, Unreadable, drained_for};

/// A rendered config, and the operating system image that goes with it.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// The config.
    pub rendered: &'a Rendered,
    /// The image: that of a MachineConfig, or of the release where it is known.
    pub os_image: Option<&'a str>,
    /// Whether a MachineConfig overrides the image of the release.
    pub os_image_overridden: bool,
}

/// What differs between two rendered configs, by the names that the operator gives it.
#[expect(clippy::struct_excessive_bools, reason = "the operator's own structure")]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Difference {
    /// The operating system image.
    pub os_update: bool,
    /// The kernel arguments, or their order.
    pub kargs: bool,
    /// FIPS mode.
    pub fips: bool,
    /// The kernel.
    pub kernel_type: bool,
    /// The extensions, or their order.
    pub extensions: bool,
    /// The files, or their order.
    pub files: bool,
    /// The units, or their order.
    pub units: bool,
    /// The users and groups.
    pub passwd: bool,
}

/// One thing that is done to a node.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct Step {
    /// What is done, by the operator's name.
    #[serde(rename = "type")]
    pub action: Action,
    /// The unit that is reloaded or restarted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
}

/// What may be done to a node (openshift/api `operator/v1`, `NodeDisruptionPolicyStatusActionType`).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub enum Action {
    /// Nothing.
    None,
    /// A unit is reloaded.
    Reload,
    /// A unit is restarted.
    Restart,
    /// systemd reads its units again.
    DaemonReload,
    /// The node is drained.
    Drain,
    /// CRI-O is reloaded, and the node drained before where the registries change for the worse.
    Special,
    /// The node is drained and rebooted.
    Reboot,
}

/// An entry of a list that differs: a file, a unit or a user.
#[derive(Debug, Clone, Copy)]
pub struct Changed<'a> {
    /// Its path or name.
    pub name: &'a str,
    /// The entry as it was.
    pub old: Option<&'a Item>,
    /// The entry as it will be.
    pub new: Option<&'a Item>,
}

impl Difference {
    /// Compares two rendered configs.
    pub fn of(old: &Side<'_>, new: &Side<'_>) -> Self {
        let texts = |rendered: &Rendered, of: fn(&Rendered) -> &Vec<rollgate_facts::Text>| {
            of(rendered).iter().map(|text| text.text.clone()).collect::<Vec<_>>()
        };
        let differ = |of| texts(old.rendered, of) != texts(new.rendered, of);
        let fips = |side: &Side<'_>| side.rendered.fips.as_ref().is_some_and(|fips| fips.value);
        let kernel = |side: &Side<'_>| side.rendered.kernel_type().to_owned();
        let sections_differ = |path: &[&str]| {
            let (old, new) = (&old.rendered.config.root, &new.rendered.config.root);
            !Item::same_or_absent(old.path(path), new.path(path))
        };
        Self {
            os_update: os_update(old, new),
            kargs: differ(|rendered| &rendered.kernel_arguments),
            fips: fips(old) != fips(new),
            kernel_type: kernel(old) != kernel(new),
            extensions: differ(|rendered| &rendered.extensions),
            files: sections_differ(FILES),
            units: sections_differ(UNITS),
            passwd: sections_differ(&["passwd"]),
        }
    }

    /// Whether the node reboots whatever the policies say.
    pub const fn always_reboots(self) -> bool {
        self.deploys() || self.kargs || self.fips
    }

    /// Whether the node deploys another tree of its operating system.
    pub const fn deploys(self) -> bool {
        self.os_update || self.kernel_type || self.extensions
    }

    /// Whether on-cluster layering has to build a new image
    /// (`pkg/controller/common/layered_pool_state.go`, `RequiresRebuild`).
    pub const fn requires_rebuild(self) -> bool {
        self.deploys() || self.kargs
    }
}

/// Where files stand in an Ignition config.
pub const FILES: &[&str] = &["storage", "files"];

/// Where units stand in an Ignition config.
pub const UNITS: &[&str] = &["systemd", "units"];

/// An image that is known on one side only is that of the release, which stays as it is, unless a
/// MachineConfig sets it.
fn os_update(old: &Side<'_>, new: &Side<'_>) -> bool {
    match (old.os_image, new.os_image) {
        (Some(old), Some(new)) => old != new,
        (Some(_), None) => old.os_image_overridden,
        (None, Some(_)) => new.os_image_overridden,
        (None, None) => false,
    }
}

/// The entries of a list that are new, gone or different, sorted by `key`.
pub fn changed<'a>(old: &'a Config, new: &'a Config, path: &[&str], key: &str) -> Vec<Changed<'a>> {
    let by_name = |config: &'a Config| -> BTreeMap<&'a str, &'a Item> {
        config.root.list_at(path).iter().map(|item| (item.text(key), item)).collect()
    };
    let (old, new) = (by_name(old), by_name(new));
    let mut names: Vec<&str> = old.keys().chain(new.keys()).copied().collect();
    names.sort_unstable();
    names.dedup();
    let entry = |name| Changed { name, old: old.get(name).copied(), new: new.get(name).copied() };
    names
        .into_iter()
        .map(entry)
        .filter(|entry| !Item::same_or_absent(entry.old, entry.new))
        .collect()
}

/// What is done to a node, in the operator's order. Nothing at all where only the order of files or
/// units differs.
pub fn steps(
    difference: Difference,
    files: &[Changed<'_>],
    units: &[Changed<'_>],
    policies: &DisruptionPolicies,
) -> Vec<Step> {
    let reboot = || vec![Step::plain(Action::Reboot)];
    if difference.always_reboots() {
        return reboot();
    }
    if !difference.files && !difference.units && !difference.passwd {
        return vec![Step::plain(Action::None)];
    }
    let files = files.iter().map(|file| policies.file(file.name));
    let units = units.iter().map(|unit| policies.unit(unit.name));
    let ssh_keys = difference.passwd.then(|| policies.ssh_keys());
    let policies: Option<Vec<&DisruptionPolicy>> = files.chain(units).chain(ssh_keys).collect();
    let Some(policies) = policies else { return reboot() };
    let mut steps: Vec<Step> =
        policies.into_iter().flat_map(|policy| &policy.steps).cloned().collect();
    if steps.iter().any(|step| step.action == Action::Reboot) {
        return reboot();
    }
    if steps.iter().any(|step| step.action != Action::None) {
        steps.retain(|step| step.action != Action::None);
    } else {
        steps.truncate(1);
    }
    steps
}

impl Step {
    /// A step that names no unit.
    pub const fn plain(action: Action) -> Self {
        Self { action, service: None }
    }
}

impl Action {
    /// The operator's name of the action.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Reload => "Reload",
            Self::Restart => "Restart",
            Self::DaemonReload => "DaemonReload",
            Self::Drain => "Drain",
            Self::Special => "Special",
            Self::Reboot => "Reboot",
        }
    }

    /// Every action that MachineConfiguration may name, `Special` in its status only.
    pub const ALL: [Self; 7] = [
        Self::None,
        Self::Reload,
        Self::Restart,
        Self::DaemonReload,
        Self::Drain,
        Self::Special,
        Self::Reboot,
    ];
}
