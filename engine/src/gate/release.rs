//! Releases: those that the tables know, and which of them are judged for.
//!
//! Owns what an unknown release means: one that was given is an error, as it is a mistake; one that
//! the objects tell is a gap in what rollgate knows, so that nothing passes. Must not know rules.

use std::collections::BTreeMap;

use rollgate_facts::Target;

use crate::extract::Rendering;
use crate::gate::evidence::Evidence;
use crate::gate::{GateError, Input};
use crate::policy::PolicySet;
use crate::report::Unjudged;

/// Releases and how they render, oldest first.
pub(super) type Renderings = Vec<(String, Rendering)>;

/// Every release that the tables know.
pub(super) fn all(policies: &PolicySet) -> Result<Renderings, GateError> {
    let table = policies.tables().get("releases").cloned().unwrap_or_default();
    let table: BTreeMap<String, Rendering> =
        serde_json::from_value(table).map_err(GateError::Tables)?;
    let mut renderings: Renderings = table.into_iter().collect();
    renderings.sort_by_key(|(_, rendering)| rendering.order);
    Ok(renderings)
}

/// The target's release alone, or all where it is not known.
pub(super) fn possible(
    mut renderings: Renderings,
    target: &Target,
) -> Result<Renderings, GateError> {
    if let Some(release) = &target.release {
        require(&renderings, release)?;
        renderings.retain(|(name, _)| name == release);
    }
    Ok(renderings)
}

/// Forgets a release of the objects that the tables do not know, and says so: what turns on the
/// release is not decided by it then.
pub(super) fn forget_unknown(
    renderings: &Renderings,
    input: &Input,
    evidence: &mut Evidence<'_>,
) -> Result<(), GateError> {
    if let Some(given) = &input.target.release {
        return require(renderings, given);
    }
    let told = evidence.target.release.take_if(|release| !knows(renderings, release));
    if let Some(release) = told {
        let place = evidence.cluster_version_place();
        evidence.unjudged.push(Unjudged {
            name: place.as_ref().map_or_else(String::new, |place| place.name.clone()),
            place,
            message: format!(
                "release `{release}` of the cluster is not known; the tables know {}",
                range(renderings)
            ),
            help: "use a newer rollgate, or give the nearest of these with `--release`".to_owned(),
        });
    }
    Ok(())
}

fn knows(renderings: &Renderings, release: &str) -> bool {
    renderings.iter().any(|(name, _)| name == release)
}

/// An error for a release that is not known.
pub(super) fn require(renderings: &Renderings, release: &str) -> Result<(), GateError> {
    if knows(renderings, release) {
        return Ok(());
    }
    Err(GateError::UnknownRelease { release: release.to_owned(), known: range(renderings) })
}

/// Sorts the names of releases, oldest first, each once.
pub(super) fn in_order(releases: &mut Vec<String>) {
    let numbers = |release: &str| -> Vec<u32> {
        release.split('.').filter_map(|part| part.parse().ok()).collect()
    };
    releases.sort_by_cached_key(|release| numbers(release));
    releases.dedup();
}

/// `` `4.6` to `5.2` ``
fn range(renderings: &Renderings) -> String {
    match (renderings.first(), renderings.last()) {
        (Some((first, _)), Some((last, _))) => format!("`{first}` to `{last}`"),
        _ => "none".to_owned(),
    }
}
