//! Which nodes a pool has, as the operator counts them.

use std::fmt::Write as _;

use jiff::civil::date;
use rollgate_engine::policy::PolicySet;
use rollgate_engine::{Artifact, Gate, Input, Settings};
use rollgate_facts::Subject;

/// A pool of the nodes that have a label.
fn pool(name: &str, node_selector: &str) -> String {
    format!(
        "---\n{{apiVersion: machineconfiguration.openshift.io/v1, kind: MachineConfigPool, \
         metadata: {{name: {name}}}, spec: {{nodeSelector: {node_selector}, machineConfigSelector: \
         {{matchLabels: {{machineconfiguration.openshift.io/role: {name}}}}}}}}}\n"
    )
}

fn of_role(name: &str) -> String {
    pool(name, &format!("{{matchLabels: {{node-role.kubernetes.io/{name}: ''}}}}"))
}

fn node(name: &str, roles: &[&str], rest: &str) -> String {
    let labels: Vec<_> =
        roles.iter().map(|role| format!("node-role.kubernetes.io/{role}: ''")).collect();
    let labels = labels.join(", ");
    format!(
        "---\n{{apiVersion: v1, kind: Node, metadata: {{name: {name}, labels: {{{labels}}}}}{rest}}}\n"
    )
}

/// Each pool with its nodes, and with those that it selects besides.
fn membership(input: &str) -> String {
    let policies = PolicySet::embedded().unwrap();
    let gate = Gate::new(&policies, Settings::on(date(2026, 11, 21)));
    let input = Input::new(vec![Artifact::new("cluster.yaml", input)]);
    let mut told = String::new();
    for facts in gate.facts(input).unwrap() {
        let Subject::Pool(pool) = facts.subject else { continue };
        let nodes = pool
            .nodes
            .map(|nodes| nodes.into_iter().map(|node| node.name).collect::<Vec<_>>().join(" "));
        writeln!(told, "{}: {}.", pool.name, nodes.as_deref().unwrap_or("not known")).unwrap();
        for node in pool.nodes_elsewhere {
            let whose = node.pool.as_deref().unwrap_or("nobody's");
            writeln!(told, "  {} is {whose}, of {}", node.name, node.selected_by.join(" "))
                .unwrap();
        }
    }
    told
}

#[test]
fn a_custom_pool_comes_before_worker_and_the_control_plane_before_all() {
    let pools = ["master", "worker", "infra", "storage"].map(of_role).concat();
    let all = pool("all", "{}") + &pool("typo", "{matchLabel: {a: b}}");
    let nodes = [
        node("m0", &["master", "control-plane"], ""),
        node("m1", &["master", "worker"], ""),
        node("m2", &["master", "infra"], ""),
        node("w0", &["worker"], ""),
        node("i0", &["infra", "worker"], ""),
        node("torn", &["infra", "storage", "worker"], ""),
        node("none", &["other"], ""),
        node("windows", &["worker"], "").replace("''}", "'', kubernetes.io/os: windows}"),
    ];
    insta::assert_snapshot!(membership(&(pools + &all + &nodes.concat())), @r"
    all: .
    infra: i0.
      torn is nobody's, of infra storage worker
      m2 is master, of infra master
    master: m0 m1 m2.
    storage: .
      torn is nobody's, of infra storage worker
    typo: .
    worker: w0.
      torn is nobody's, of infra storage worker
      m1 is master, of master worker
      i0 is infra, of infra worker
    ");
}

#[test]
fn pools_of_every_cluster_count_where_they_are_not_given() {
    let nodes = node("m0", &["master", "infra"], "") + &node("i0", &["infra", "worker"], "");
    insta::assert_snapshot!(membership(&(of_role("infra") + &nodes)), @r"
    infra: i0.
      m0 is master, of infra master
    ");
    insta::assert_snapshot!(membership(&of_role("infra")), @"infra: not known.");
}
