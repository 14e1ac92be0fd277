//! What a cluster runs, as its objects tell: releases, machines, and the operating system on them.
//!
//! Owns reading that from ClusterVersion, Node, `MachineConfigNode`, MachineConfigPool and
//! MachineOSConfig.
//! What an object does not say is unknown, never zero. Must not know what a rendered config holds.
//!
//! A Node whose annotations say `currentConfig: rendered-worker-1, state: Done` → a machine that runs
//! `rendered-worker-1`; one without annotations → a machine of which nothing more is known.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use jiff::civil::Date;
use rollgate_facts::{Architecture, PoolNode};

use crate::extract::cluster::layered_pool;
use crate::extract::nodes::is_windows;
use crate::extract::object::Object;
use crate::extract::pools::PoolSource;
use crate::text::Node;

/// The minor releases of a cluster.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Releases {
    /// The one that it runs: the last update that was completed.
    pub current: Option<String>,
    /// The one that it is asked to run.
    pub desired: Option<String>,
}

/// The machines of a cluster.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Machines {
    /// Those of each pool, by its name.
    pub by_pool: BTreeMap<String, Vec<Machine>>,
    /// How many the operator counts to no pool.
    pub in_no_pool: u64,
}

/// A machine of a pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Machine {
    /// What the operator's daemon does on it.
    pub state: MachineState,
    /// The rendered config that it runs, where that is told.
    pub current_config: Option<String>,
    /// Its architecture.
    pub architecture: Option<Architecture>,
    /// The operating system that it booted.
    pub os: OsVersion,
}

/// What the operator's daemon does on a machine (`pkg/daemon/constants/constants.go`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MachineState {
    /// It runs what it should, or waits to be told otherwise.
    Done,
    /// It is being changed.
    Working,
    /// The change failed.
    Degraded,
    /// Nobody says.
    Unknown,
}

/// The version of an operating system image, as far as its name tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OsVersion {
    /// The minor release that it was built for. Since 4.19 the name has the version of RHEL instead.
    pub release: Option<String>,
    /// The day on which it was built.
    pub built: Option<Date>,
}

/// The rendered configs that a pool names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Configuration {
    /// `spec.configuration.name`: what its machines are to run.
    pub desired: Option<String>,
    /// `status.configuration.name`: what all of them ran last.
    pub current: Option<String>,
}

/// The releases that the ClusterVersion tells (openshift/api `config/v1/types_cluster_version.go`): the
/// history begins with the newest update, which may still be under way.
pub fn releases(objects: &[Object<'_>]) -> Releases {
    let Some(object) = objects.iter().find(|object| object.kind.name == "ClusterVersion") else {
        return Releases::default();
    };
    let desired = text(object.node, &["spec", "desiredUpdate", "version"])
        .filter(|version| !version.is_empty())
        .or_else(|| text(object.node, &["status", "desired", "version"]))
        .and_then(minor);
    let history = at(object.node, &["status", "history"]).and_then(Node::as_sequence);
    let completed = |update: &&Node| text(update, &["state"]) == Some("Completed");
    let current = history
        .unwrap_or_default()
        .iter()
        .find(completed)
        .and_then(|update| minor(text(update, &["version"])?));
    // A cluster that tells no history has nothing to tell it from what it is asked to run.
    let current = if history.is_some() { current } else { desired.clone() };
    Releases { current, desired }
}

/// The machines of each pool, which were given their nodes before: from Nodes, or else from
/// `MachineConfigNode`s, which name their pool. Nothing where the input holds neither.
pub fn machines(objects: &[Object<'_>], pools: &[PoolSource]) -> Option<Machines> {
    let noted: BTreeMap<&str, &Node> = objects
        .iter()
        .filter(|object| object.kind.name == "MachineConfigNode")
        .map(|object| (object.name, object.node))
        .collect();
    let nodes: BTreeMap<&str, &Object<'_>> = objects
        .iter()
        .filter(|object| object.kind.is_machine() && !is_windows(object))
        .map(|object| (object.name, object))
        .collect();
    if nodes.is_empty() {
        return (!noted.is_empty()).then(|| from_notes(&noted));
    }
    let mut machines = Machines::default();
    let mut counted = BTreeSet::new();
    for pool in pools {
        let own = pool.nodes.iter().flatten().filter(|node| counted.insert(node.name.clone()));
        let own = own.map(|node| {
            let object = nodes.get(node.name.as_str());
            machine(node, object.map(|object| object.node), noted.get(node.name.as_str()).copied())
        });
        let own = own.collect();
        machines.by_pool.insert(pool.name.clone(), own);
    }
    let stray = nodes.keys().filter(|name| !counted.contains(**name)).count();
    machines.in_no_pool = u64::try_from(stray).unwrap_or(u64::MAX);
    Some(machines)
}

/// Whether on-cluster layering builds the image of a pool: it has a MachineOSConfig.
pub fn is_layered(objects: &[Object<'_>], pool: &str) -> bool {
    objects.iter().any(|object| layered_pool(object) == Some(pool))
}

/// The rendered configs that the MachineConfigPool of this name names.
pub fn configuration(objects: &[Object<'_>], pool: &str) -> Configuration {
    let is_pool =
        |object: &&Object<'_>| object.kind.name == "MachineConfigPool" && object.name == pool;
    let name = |part| {
        let object = objects.iter().rfind(is_pool)?;
        let name = text(object.node, &[part, "configuration", "name"])?;
        Some(name.to_owned()).filter(|name| !name.is_empty())
    };
    Configuration { desired: name("spec"), current: name("status") }
}

/// A machine as its Node tells, and where that does not, its `MachineConfigNode`.
fn machine(node: &PoolNode, object: Option<&Node>, noted: Option<&Node>) -> Machine {
    let image = object.and_then(|object| text(object, &["status", "nodeInfo", "osImage"]));
    let state = match node.state.as_deref() {
        Some("Done") => MachineState::Done,
        Some("Working" | "Rebooting") => MachineState::Working,
        Some("Degraded" | "Unreconcilable") => MachineState::Degraded,
        _ => noted.map_or(MachineState::Unknown, noted_state),
    };
    Machine {
        state,
        current_config: node
            .current_config
            .clone()
            .filter(|name| !name.is_empty())
            .or_else(|| noted_config(noted?)),
        architecture: node.architecture,
        os: image.map(os_version).unwrap_or_default(),
    }
}

fn from_notes(noted: &BTreeMap<&str, &Node>) -> Machines {
    let mut machines = Machines::default();
    for node in noted.values() {
        let machine = Machine {
            state: noted_state(node),
            current_config: noted_config(node),
            architecture: None,
            os: OsVersion::default(),
        };
        match text(node, &["spec", "pool", "name"]) {
            Some(pool) => machines.by_pool.entry(pool.to_owned()).or_default().push(machine),
            None => machines.in_no_pool += 1,
        }
    }
    machines
}

/// `status.configVersion.current`; the operator writes `NotYetSet` where it does not know it.
fn noted_config(node: &Node) -> Option<String> {
    let name = text(node, &["status", "configVersion", "current"])?;
    (!["", "NotYetSet"].contains(&name)).then(|| name.to_owned())
}

/// The state that the conditions of a `MachineConfigNode` come to.
fn noted_state(node: &Node) -> MachineState {
    let conditions = at(node, &["status", "conditions"]).and_then(Node::as_sequence);
    let status = |kind| {
        let of_kind = |condition: &&Node| text(condition, &["type"]) == Some(kind);
        conditions?.iter().find(of_kind).and_then(|condition| text(condition, &["status"]))
    };
    match (status("NodeDegraded"), status("Updated")) {
        (Some("True"), _) => MachineState::Degraded,
        (_, Some("True")) => MachineState::Done,
        (_, Some("False")) => MachineState::Working,
        _ => MachineState::Unknown,
    }
}

/// What the name of an image tells, as nodes have it in `status.nodeInfo.osImage`:
/// `Red Hat Enterprise Linux CoreOS 418.94.202501221327-0 (…)` up to 4.18,
/// `Red Hat Enterprise Linux CoreOS 9.6.20250925-0 (Plow)` since.
fn os_version(image: &str) -> OsVersion {
    let version = image
        .split_whitespace()
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
        .unwrap_or_default();
    let mut parts = version.split(['.', '-']);
    let is_rhel = image.starts_with("Red Hat") || image.starts_with("CentOS Stream");
    let release = parts.clone().next().filter(|_| is_rhel).and_then(|first| {
        match first.parse::<u32>().ok()? {
            number @ 46..=49 => Some(format!("4.{}", number - 40)),
            number @ 410..=499 => Some(format!("4.{}", number - 400)),
            _ => None,
        }
    });
    OsVersion { release, built: parts.find_map(day) }
}

/// The day with which a time stamp begins, as `202501221327`.
fn day(stamp: &str) -> Option<Date> {
    let digits = stamp.get(..8).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))?;
    let number = |range: Range<usize>| digits.get(range)?.parse::<i16>().ok();
    let (year, month, day) = (number(0..4)?, number(4..6)?, number(6..8)?);
    // A version of eight digits that is no day of this product's life is something else.
    let plausible = (2018..2100).contains(&year);
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().filter(|_| plausible)
}

/// `4.20` of `4.20.3`.
fn minor(version: &str) -> Option<String> {
    let mut parts = version.split('.');
    let (major, minor) = (parts.next()?, parts.next()?);
    let numeric = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (numeric(major) && numeric(minor)).then(|| format!("{major}.{minor}"))
}

fn at<'a>(node: &'a Node, path: &[&str]) -> Option<&'a Node> {
    path.iter().try_fold(node, |node, key| node.get(key))
}

fn text<'a>(node: &'a Node, path: &[&str]) -> Option<&'a str> {
    at(node, path)?.as_str()
}

#[cfg(test)]
mod tests {
    use super::os_version;

    #[test]
    fn the_name_of_an_image_tells_its_release_and_day() {
        let cases = [
            ("Red Hat Enterprise Linux CoreOS 418.94.202501221327-0 (Plow)", "4.18", "2025-01-22"),
            ("Red Hat Enterprise Linux CoreOS 49.84.202110081407-0 (Ootpa)", "4.9", "2021-10-08"),
            ("Red Hat Enterprise Linux CoreOS 9.6.20250925-0 (Plow)", "", "2025-09-25"),
            ("Red Hat Enterprise Linux CoreOS 10.0.20260101-0 (Coughlan)", "", "2026-01-01"),
            ("Fedora CoreOS 39.20231101.3.0", "", "2023-11-01"),
            ("Red Hat Enterprise Linux 8.10 (Ootpa)", "", ""),
            ("Red Hat Enterprise Linux CoreOS 418.94.202513451327-0", "4.18", ""),
            ("Ubuntu", "", ""),
        ];
        for (image, release, built) in cases {
            let version = os_version(image);
            assert_eq!(version.release.unwrap_or_default(), release, "{image}");
            let day = version.built.map(|day| day.to_string()).unwrap_or_default();
            assert_eq!(day, built, "{image}");
        }
    }
}
