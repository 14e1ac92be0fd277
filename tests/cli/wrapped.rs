//! What MachineConfigs come wrapped in: each is judged where it stands.

use insta::assert_snapshot;

use crate::harness::Folder;
use crate::inputs::FAULTY;

const TARGET: &str = "--release 4.20 --day 1";

/// Puts `inner` into `outer` at the line that says `%`, as far indented as that.
fn wrap(outer: &str, inner: &str) -> String {
    let line = outer.lines().find(|line| line.trim_start().ends_with('%')).unwrap();
    let indent = line.find(['%', '-']).unwrap();
    let dash = if line.trim_start().starts_with('-') { "- " } else { "" };
    let inner = inner.lines().enumerate().map(|(index, text)| {
        let lead = if index == 0 { dash } else { "  ".get(..dash.len()).unwrap() };
        format!("{}{lead}{text}\n", " ".repeat(indent))
    });
    outer.replace(&format!("{line}\n"), &inner.collect::<String>())
}

#[test]
fn a_config_map_of_a_node_pool() {
    let bare =
        FAULTY.replace("  labels:\n    machineconfiguration.openshift.io/role: worker\n", "");
    let text = wrap(
        "apiVersion: hypershift.openshift.io/v1beta1
kind: NodePool
metadata: {name: edge, namespace: clusters}
spec:
  config:
  - name: kernel
---
apiVersion: v1
kind: ConfigMap
metadata: {name: kernel, namespace: clusters}
data:
  config: |
    %
    ---
    apiVersion: machineconfiguration.openshift.io/v1
    kind: KubeletConfig
    metadata: {name: pods}
    sepc: {}
",
        &bare,
    );
    let folder = Folder::with(&[("node-pool.yaml", &text)]);
    assert_snapshot!(folder.check(&format!("{TARGET} .")));
}

/// One that no NodePool names, in JSON; and one whose name another ConfigMap's object has as well.
#[test]
fn config_maps_without_a_node_pool() {
    let json = |name: &str| {
        let data = serde_json::json!({"config": FAULTY.replace("99-worker", "99-é")});
        let map = serde_json::json!({"apiVersion": "v1", "kind": "ConfigMap",
            "metadata": {"name": name}, "data": data});
        map.to_string()
    };
    let folder = Folder::with(&[("a.json", &json("a")), ("b.json", &json("b"))]);
    assert_snapshot!(folder.check(&format!("{TARGET} .")));
}

/// Under any other key it is what an installer applies: an object like others.
#[test]
fn a_config_map_of_manifests() {
    let text = wrap(
        "apiVersion: v1
kind: ConfigMap
metadata: {name: manifests}
data:
  README: MachineConfigs for the edge
  run.sh: |
    oc apply -f - <<EOF
    kind: MachineConfig
    metadata: [
    EOF
  99-worker.yaml: |
    %
",
        &FAULTY.replace("role: worker", "role: wroker"),
    );
    assert_snapshot!(Folder::with(&[("a.yaml", &text)]).check(&format!("{TARGET} .")));
}

#[test]
fn policies_templates_and_works() {
    let policy = wrap(
        "apiVersion: policy.open-cluster-management.io/v1
kind: Policy
metadata: {name: p}
spec:
  policy-templates:
  - objectDefinition:
      apiVersion: policy.open-cluster-management.io/v1
      kind: ConfigurationPolicy
      metadata: {name: p}
      spec:
        object-templates:
        - complianceType: mustnothave
          objectDefinition:
            apiVersion: machineconfiguration.openshift.io/v1
            kind: MachineConfig
            metadata: {name: 00-gone}
        - complianceType: musthave
          objectDefinition:
            %
  - objectDefinition:
      apiVersion: policy.open-cluster-management.io/v1beta1
      kind: OperatorPolicy
",
        FAULTY,
    );
    let template = wrap(
        "apiVersion: template.openshift.io/v1
kind: Template
objects:
- %
",
        &FAULTY.replace("99-worker", "98-template"),
    );
    let work = wrap(
        "apiVersion: work.open-cluster-management.io/v1
kind: ManifestWork
spec:
  workload:
    manifests:
    - %
",
        &FAULTY.replace("99-worker", "97-work"),
    );
    let sync = wrap(
        "apiVersion: hive.openshift.io/v1
kind: SelectorSyncSet
spec:
  resources:
  - %
",
        &FAULTY.replace("99-worker", "96-sync"),
    );
    let folder = Folder::with(&[
        ("policy.yaml", &policy),
        ("sync.yaml", &sync),
        ("template.yaml", &template),
        ("work.yaml", &work),
    ]);
    assert_snapshot!(folder.check(&format!("{TARGET} .")));
}

#[test]
fn a_wrapped_text_that_is_broken() {
    let text = "apiVersion: v1
kind: ConfigMap
metadata: {name: broken}
data:
  config: |

    kind: MachineConfig
    metadata: [
  other.yaml: >
    kind: MachineConfig

    metadata: ]
";
    assert_snapshot!(Folder::with(&[("a.yaml", text)]).check(&format!("{TARGET} .")));
}

/// A text in a text in a text in a text, and one small text that aliases make many of.
#[test]
fn wrapping_bombs() {
    let wrapped = |inner: &str| {
        let config = serde_json::json!({"kind: MachineConfig": inner});
        serde_json::json!({"apiVersion": "v1", "kind": "ConfigMap", "data": config}).to_string()
    };
    let deep = (0..4).fold(FAULTY.to_owned(), |inner, _| wrapped(&inner));
    let text = "kind: List # kind: MachineConfig\\nitems: []\\na: [1,2,3,4,5,6,7,8,9]";
    let items = vec!["*a"; 2_000].join(", ");
    let wide = format!(
        "kind: List\napiVersion: v1\nitems:\n- &a {{apiVersion: v1, kind: ConfigMap, data: {{config: \"{text}\"}}}}\n- {{kind: List, items: [{items}]}}\n"
    );
    let folder = Folder::with(&[("deep.json", &deep), ("wide.yaml", &wide)]);
    folder.write("rollgate.yaml", "limits: {nodes: 20000}\n");
    assert_snapshot!(folder.rollgate(&format!("check --date 2026-11-21 {TARGET} .")));
}
