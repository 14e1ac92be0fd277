//! Upgrades: the releases on the way, and what only they bring.
//!
//! Owns which upgrades there are, and how the judgements for several releases become one. Must not
//! evaluate. An upgrade goes from a minor release to the next; of two releases with extended update
//! support the workers may pause for the one between, whose operator judges their configs all the
//! same (<https://docs.redhat.com/en/documentation/openshift_container_platform/4.20/html/updating_clusters/performing-a-cluster-update>).
//! `4.20` to `4.22` is judged for 4.20, 4.21 and 4.22.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::gate::GateError;
use crate::gate::judge::{Found, Judgement};
use crate::gate::release::{self, Renderings};
use crate::policy::{PolicySet, RawFinding};
use crate::report::{Finding, Status, UpgradeInfo};

/// The releases of an upgrade.
#[derive(Debug)]
pub(super) struct Way {
    /// The present release, or those from which the upgrade is possible.
    pub(super) present: Renderings,
    /// Those after it, oldest first; the last is the one asked for.
    pub(super) later: Renderings,
}

/// A row of the table `releases`, as far as upgrades go by it.
#[derive(Debug, Deserialize)]
struct Support {
    #[serde(default)]
    extended_update_support: bool,
}

impl Way {
    /// The way from the present release, where it is known, to another.
    pub(super) fn find(
        policies: &PolicySet,
        known: &Renderings,
        present: Option<&str>,
        to: &str,
    ) -> Result<Self, GateError> {
        let position = |release: &str| {
            release::require(known, release)?;
            Ok(known.iter().position(|(name, _)| name == release).unwrap_or_default())
        };
        let last = position(to)?;
        let earliest = earliest(policies, known, last)?;
        let first = match present {
            Some(present) => Some(position(present)?),
            None => None,
        };
        let slice = |range: std::ops::Range<usize>| known.get(range).unwrap_or_default().to_vec();
        match first {
            Some(first) if first >= last => Err(GateError::NotNewer {
                release: to.to_owned(),
                present: present.unwrap_or_default().to_owned(),
            }),
            Some(first) if first < earliest => Err(GateError::TooFar {
                from: present.unwrap_or_default().to_owned(),
                to: to.to_owned(),
                between: listed(known.get(first + 1..last).unwrap_or_default()),
            }),
            Some(first) => {
                Ok(Self { present: slice(first..first + 1), later: slice(first + 1..last + 1) })
            }
            None if last == 0 => Err(GateError::FirstRelease(to.to_owned())),
            None => Ok(Self { present: slice(earliest..last), later: slice(last..last + 1) }),
        }
    }

    /// As reports tell it.
    pub(super) fn info(&self, findings: &[Finding]) -> UpgradeInfo {
        let names = |releases: &Renderings| releases.iter().map(|(name, _)| name.clone()).collect();
        UpgradeInfo {
            from: names(&self.present),
            through: names(&self.later),
            findings: findings.iter().filter(|finding| finding.only_after_upgrade).count(),
        }
    }
}

/// The position of the oldest release from which there is an upgrade to the one at `last`.
fn earliest(policies: &PolicySet, known: &Renderings, last: usize) -> Result<usize, GateError> {
    let table = policies.tables().get("releases").cloned().unwrap_or_default();
    let table: BTreeMap<String, Support> =
        serde_json::from_value(table).map_err(GateError::Tables)?;
    let extended = |position: usize| {
        let row = known.get(position).and_then(|(name, _)| table.get(name));
        row.is_some_and(|row| row.extended_update_support)
    };
    let step = if last >= 2 && extended(last) && extended(last - 2) { 2 } else { 1 };
    Ok(last.saturating_sub(step))
}

/// `` `4.19`, `4.20` ``
fn listed(releases: &[(String, crate::extract::Rendering)]) -> String {
    releases.iter().map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// Rules by their codes and subjects that could not be decided for the present release.
pub(super) struct Undecided(BTreeSet<(String, String)>);

/// Says of all findings so far that they are of the present release.
pub(super) fn mark_present(judgements: &mut [Judgement<'_>], present: &Renderings) -> Undecided {
    let names: Vec<String> = present.iter().map(|(name, _)| name.clone()).collect();
    for found in judgements.iter_mut().flat_map(|judgement| &mut judgement.findings) {
        found.releases.clone_from(&names);
    }
    let open = judgements.iter().filter(|judgement| judgement.status == Status::Inconclusive);
    Undecided(open.map(key).collect())
}

fn key(judgement: &Judgement<'_>) -> (String, String) {
    (judgement.rule.code.clone(), judgement.subject.clone())
}

/// Adds what was judged for a later release. A rule that was not judged again says the same of it.
pub(super) fn add(
    judgements: &mut [Judgement<'_>],
    undecided: &Undecided,
    release: &str,
    later: Vec<Judgement<'_>>,
) {
    let mut later: BTreeMap<(String, String), Judgement<'_>> =
        later.into_iter().map(|one| (key(&one), one)).collect();
    for judgement in judgements {
        let key = key(judgement);
        if let Some(later) = later.remove(&key) {
            // What could not be decided for a release between says nothing of the present one.
            join(judgement, !undecided.0.contains(&key), release, later);
        } else {
            let same = judgement.findings.iter_mut();
            same.for_each(|found| found.releases.push(release.to_owned()));
        }
    }
}

/// `known` says whether the present release is decided.
fn join(judgement: &mut Judgement<'_>, known: bool, release: &str, later: Judgement<'_>) {
    let mut new: Vec<RawFinding> = Vec::new();
    let mut open: Vec<&mut Found> = judgement.findings.iter_mut().collect();
    // What is found at the same place is the same fault, though its message may name the release;
    // the same message goes first, as there may be several faults at one place.
    let mut rest: Vec<RawFinding> = Vec::new();
    for found in later.findings {
        match open.iter().position(|one| one.raw == found.raw) {
            Some(index) => open.swap_remove(index).releases.push(release.to_owned()),
            None => rest.push(found.raw),
        }
    }
    for raw in rest {
        match open.iter().position(|one| one.raw.at == raw.at) {
            Some(index) => open.swap_remove(index).releases.push(release.to_owned()),
            None => new.push(raw),
        }
    }
    let new = new.into_iter().map(|raw| Found {
        raw,
        releases: vec![release.to_owned()],
        only_after_upgrade: known,
    });
    judgement.findings.extend(new);
    let (status, reason) = match (judgement.status, later.status) {
        (Status::Inconclusive, _) => return,
        (_, Status::Inconclusive) => {
            let reason = later.reason.unwrap_or_default();
            (Status::Inconclusive, Some(format!("after the upgrade to {release}: {reason}")))
        }
        (Status::NotApplicable, Status::NotApplicable) => return,
        (Status::Fail, _) | (_, Status::Fail) => (Status::Fail, None),
        _ => (Status::Pass, None),
    };
    judgement.status = status;
    judgement.reason = reason;
}
