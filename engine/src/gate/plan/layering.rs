//! On-cluster layering: the image that a MachineOSConfig has built for a pool.
//!
//! Owns whether that image is another after a change. A set of objects without a MachineOSConfig
//! and without a MachineConfigPool says nothing of layering: then that of the other set stands.

use rollgate_facts::Locator;

use crate::extract::effect::{Action, Step};
use crate::extract::{self, Object};
use crate::gate::OriginPlace;
use crate::gate::evidence::{Before, Evidence};
use crate::plan::{Change, ChangeKind, ChangeSide, ChangeWay};
use crate::text::Node;

use super::assumptions::before;

/// The MachineOSConfig of a pool before and after a change; at least one of both is there.
pub(super) struct BuiltImage<'e> {
    old: Option<&'e Object<'e>>,
    new: Option<&'e Object<'e>>,
}

impl<'e> BuiltImage<'e> {
    /// That of a pool; none where the pool has no MachineOSConfig.
    pub(super) fn of(evidence: &'e Evidence<'e>, pool: &str) -> Option<Self> {
        let find = |objects: &'e [Object<'e>]| {
            objects.iter().rfind(|object| extract::layered_pool(object) == Some(pool))
        };
        let (old, new) = (find(before(evidence)), find(&evidence.objects));
        let told_before = evidence.before.as_ref().is_some_and(tells_before);
        match (old, new) {
            (None, None) => None,
            (None, Some(_)) if !told_before => Some(Self { old: new, new }),
            (Some(_), None) if !tells(evidence) => Some(Self { old, new: old }),
            _ => Some(Self { old, new }),
        }
    }

    /// Whether an image is built at all after the change.
    pub(super) const fn is_built(&self) -> bool {
        self.new.is_some()
    }

    /// What of it changes by itself, whatever the pool's MachineConfigs do.
    pub(super) fn change(&self, find: &dyn Fn(&Locator) -> OriginPlace) -> Option<Change> {
        let spec = |object: &Object<'_>| object.node.get("spec").map(Node::to_json);
        let (change, because) = match (self.old, self.new) {
            (None, _) => (ChangeWay::Added, "nodes boot the image that it builds"),
            (_, None) => (
                ChangeWay::Removed,
                "nodes go back to the image of the release, and reboot a second time for their files",
            ),
            (Some(old), Some(new)) if spec(old) == spec(new) => return None,
            _ => (ChangeWay::Modified, "nodes boot the image that it builds anew"),
        };
        let side = |object: &Object<'_>| ChangeSide {
            origin: Some(find(&object.at)),
            ..ChangeSide::default()
        };
        Some(Change {
            kind: ChangeKind::BuiltImage,
            item: self.new.or(self.old).map(|object| object.name.to_owned()).unwrap_or_default(),
            change,
            fields: Vec::new(),
            old: self.old.map(side),
            new: self.new.map(side),
            steps: vec![Step::plain(Action::Reboot)],
            because: because.to_owned(),
        })
    }
}

/// What is taken for granted where a pool has an image built.
pub(super) fn assumptions(evidence: &Evidence<'_>) -> Vec<String> {
    let (old, new) = (any_built(before(evidence)), any_built(&evidence.objects));
    let told_before = evidence.before.as_ref().is_none_or(tells_before);
    let rows = [
        (
            old || new,
            "on-cluster layering builds an image where its MachineOSConfig, the operating system, the \
             kernel, its arguments or the extensions change; up to 4.19 it may for any change, and \
             reboot",
        ),
        (
            new && !told_before,
            "the MachineOSConfigs of the change are there already: rendered configs do not tell",
        ),
        (
            old && !tells(evidence),
            "the MachineOSConfigs stay: they are given for what runs now only",
        ),
    ];
    rows.into_iter().filter(|(holds, _)| *holds).map(|(_, text)| text.to_owned()).collect()
}

/// Whether the change tells which pools have a MachineOSConfig.
fn tells(evidence: &Evidence<'_>) -> bool {
    evidence.pools.iter().any(|pool| pool.declared) || any_built(&evidence.objects)
}

/// Whether what runs now tells; rendered configs alone do not.
fn tells_before(before: &Before<'_>) -> bool {
    before.machine_configs.iter().any(|source| !source.is_rendered())
        || before.pools.iter().any(|pool| pool.declared)
        || any_built(&before.objects)
}

fn any_built(objects: &[Object<'_>]) -> bool {
    objects.iter().any(|object| extract::layered_pool(object).is_some())
}
