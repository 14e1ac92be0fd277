//! What a plan takes for granted, so that its reader can tell what it would change.

use crate::extract::{self, Object, effect};
use crate::gate::evidence::Evidence;

use super::{half, layering, pools};

/// Everything that a plan over this evidence takes for granted, but for times; `ignored` says whether
/// the release is older than the node disruption policies that are given.
pub(super) fn of(evidence: &Evidence<'_>, ignored: bool) -> Vec<String> {
    let policies = if ignored { Some(NOT_TAKEN.to_owned()) } else { disruption_policies(evidence) };
    let mut all: Vec<String> = policies.into_iter().collect();
    all.extend(half::images_assumption(evidence));
    all.extend(layering::assumptions(evidence));
    all.extend(pools::lost_generated(evidence));
    all.extend(not_drained(evidence));
    all
}

const NOT_TAKEN: &str = "the node disruption policies of the MachineConfiguration do not count: the \
                         release takes none";

/// Whether the control plane is a single node.
pub(super) fn single_control_plane(evidence: &Evidence<'_>) -> bool {
    extract::single_control_plane(&evidence.objects)
        || extract::single_control_plane(before(evidence))
}

/// The objects of what runs now.
pub(super) fn before<'e>(evidence: &'e Evidence<'_>) -> &'e [Object<'e>] {
    evidence.before.as_ref().map(|before| before.objects.as_slice()).unwrap_or_default()
}

fn disruption_policies(evidence: &Evidence<'_>) -> Option<String> {
    if effect::operator_knobs(&evidence.objects).is_some() {
        return None;
    }
    let text = if effect::operator_knobs(before(evidence)).is_some() {
        "the node disruption policies stay: MachineConfiguration is given for what runs now only"
    } else {
        "no MachineConfiguration was given: the node disruption policies are those of the release"
    };
    Some(text.to_owned())
}

fn not_drained(evidence: &Evidence<'_>) -> Option<String> {
    single_control_plane(evidence).then(|| {
        "the control plane is a single node, in whose cluster the operator drains none".to_owned()
    })
}
