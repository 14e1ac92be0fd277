//! Objects that are neither MachineConfigs nor pools, and pools with their nodes.

use insta::assert_snapshot;

use crate::harness::Folder;

#[test]
fn a_cluster_and_its_nodes() {
    let folder = Folder::with(&[("cluster.yaml", include_str!("cluster/objects.yaml"))]);
    assert_snapshot!(folder.check("cluster.yaml --release 4.20 --stream rhel-9"));
}

/// Where a value has another type than the API gives it, no rule fails over it: it is a finding, and
/// counts as not written.
#[test]
fn values_of_other_types_than_the_api_has() {
    let folder = Folder::with(&[("wrong.yaml", include_str!("cluster/wrong-types.yaml"))]);
    let run = folder.check("wrong.yaml --release 4.20 --stream rhel-9 --day 1");
    assert!(!run.stdout.contains("the rule fails"), "{run}");
    assert_snapshot!(run);
}

/// What a cluster holds that nobody did anything wrong with, as its API and the product's documentation
/// print it, is no reason for a word: neither now nor for the next upgrade.
#[test]
fn a_plain_cluster_is_passed_in_silence() {
    let folder = Folder::with(&[("plain.yaml", include_str!("cluster/plain.yaml"))]);
    assert_snapshot!(folder.check("plain.yaml --fail-on low"));
    let upgrade = folder.check("plain.yaml --fail-on low --upgrade-to 4.22");
    assert_eq!(upgrade.code, 0, "{upgrade}");
}

/// On one node that does everything, no node is in the pool `worker`.
#[test]
fn a_cluster_of_one_node_is_passed_in_silence() {
    let folder = Folder::with(&[("single.yaml", include_str!("cluster/single-node.yaml"))]);
    assert_snapshot!(folder.check("single.yaml --release 4.20 --stream rhel-9 --fail-on low"));
}

/// What an upgrade takes away from objects that are sound before it.
#[test]
fn what_an_upgrade_takes_from_a_cluster() {
    let folder = Folder::with(&[("old.yaml", include_str!("cluster/before-4.20.yaml"))]);
    assert_snapshot!(folder.check("old.yaml --release 4.18 --upgrade-to 4.20 --stream rhel-9"));
}
