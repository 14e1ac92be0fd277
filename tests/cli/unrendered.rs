//! Templates that nobody rendered: inconclusive, named once each, never judged as if rendered.

use insta::assert_snapshot;

use crate::harness::Folder;
use crate::inputs::{FAULTY, with_spec};

const TARGET: &str = "--release 4.20 --day 1";

#[test]
fn a_chart_that_was_not_rendered() {
    let template = "{{- if .Values.enabled }}
apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfig
metadata:
  name: {{ .Values.name }}
spec:
  {{- toYaml .Values.spec | nindent 2 }}
---
apiVersion: v1
kind: ConfigMap
metadata: {{ include \"x\" . }}
{{- end }}
";
    let quoted = FAULTY.replace("name: 99-worker", "name: \"{{ .Values.name }}\"");
    let folder = Folder::with(&[
        ("Chart.yaml", "apiVersion: v2\nname: nodes\nversion: 0.1.0\n"),
        ("templates/a.yaml", template),
        ("templates/b.yaml", &quoted),
        ("values.yaml", "enabled: true\nname: 99-worker\n"),
        ("plain.yaml", FAULTY),
    ]);
    assert_snapshot!(folder.check_by_one_rule(&format!("{TARGET} .")));
}

/// In a name, in contents and in a URL; and what a unit or a script says in the same signs.
#[test]
fn placeholders_and_texts_that_use_their_signs() {
    let config = |name: &str, source: &str| {
        let spec = format!(
            "  config:
    ignition:
      version: 3.4.0
    storage:
      files:
      - path: /etc/a
        mode: 420
        overwrite: true
        contents:
          source: {source}
    systemd:
      units:
      - name: a.service
        contents: |
          [Service]
          ExecStart=/usr/bin/podman run --format '{{{{.Names}}}}' ${{IMAGE}}
---
"
        );
        with_spec(name, &spec)
    };
    let text = [
        config("98-fine", "data:,a"),
        config("99-${ROLE}", "data:,PS1=$HOME"),
        config("99-contents", "data:;base64,${CONTENT}"),
        config("99-url", "'https://{{ host }}/a'"),
    ]
    .concat();
    assert_snapshot!(Folder::with(&[("a.yaml", &text)]).check_by_one_rule(&format!("{TARGET} .")));
}

/// The last characters of a document, which another follows; and in a text inside of one.
#[test]
fn a_marker_ends_a_document() {
    let object = "apiVersion: machineconfiguration.openshift.io/v1\nkind: MachineConfig\nmetadata:\n  \
                  name: {{ .Values.name }}\n";
    let inside = object.replace('\n', "\n    ");
    let text = format!(
        "{object}---\napiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a}}\ndata:\n  config: |\n    \
         {}\n---\napiVersion: v1\nkind: Secret\nmetadata: {{name: b}}\n",
        inside.trim_end()
    );
    assert_snapshot!(Folder::with(&[("a.yaml", &text)]).check(&format!("{TARGET} .")));
}

/// What a Template's parameter stands in is not judged; the objects without one are.
#[test]
fn an_openshift_template_and_a_policy() {
    let template = "apiVersion: template.openshift.io/v1
kind: Template
parameters:
- name: ROLE
  value: worker
- name: LEVEL
  required: true
objects:
- apiVersion: machineconfiguration.openshift.io/v1
  kind: MachineConfig
  metadata:
    name: 99-${ROLE}
    labels: {machineconfiguration.openshift.io/role: worker}
  spec: {kernelArguments: [mitigations=off]}
- apiVersion: machineconfiguration.openshift.io/v1
  kind: KubeletConfig
  metadata: {name: level}
  spec:
    logLevel: ${{LEVEL}}
- apiVersion: machineconfiguration.openshift.io/v1
  kind: MachineConfig
  metadata:
    name: 98-fine
    labels: {machineconfiguration.openshift.io/role: worker}
  spec: {kernelArguments: [mitigations=off]}
";
    let policy = "apiVersion: policy.open-cluster-management.io/v1
kind: ConfigurationPolicy
metadata: {name: p}
spec:
  object-templates:
  - complianceType: musthave
    objectDefinition:
      apiVersion: machineconfiguration.openshift.io/v1
      kind: MachineConfig
      metadata:
        name: 97-hub
        labels: {machineconfiguration.openshift.io/role: worker}
      spec:
        config:
          ignition: {version: 3.4.0}
          systemd:
            units:
            - name: a.service
              contents: |
                [Service]
                ExecStart=/bin/echo {{hub .ManagedClusterName hub}}
---
apiVersion: policy.open-cluster-management.io/v1
kind: ConfigurationPolicy
metadata: {name: raw}
spec:
  object-templates-raw: |
    {{- range (lookup \"v1\" \"Node\" \"\" \"\").items }}
    - complianceType: musthave
      objectDefinition:
        kind: MachineConfig
    {{- end }}
";
    let folder = Folder::with(&[("policy.yaml", policy), ("template.yaml", template)]);
    assert_snapshot!(folder.check_by_one_rule(&format!("{TARGET} .")));
}

/// As web pages print objects: one finding for each key that is empty, and nothing that follows.
#[test]
fn indentation_that_is_lost() {
    let flat = "apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfig
metadata:
labels:
machineconfiguration.openshift.io/role: worker
name: 99-flat
spec:
config:
ignition:
version: 3.4.0
systemd:
units:
- name: a.service
  enabled: true
---
apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfig
metadata:
  labels:
  machineconfiguration.openshift.io/role: worker
  name: 99-labels
spec:
  config:
    ignition:
    version: 3.4.0
---
apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfig
metadata:
  name: 99-misplaced
  labels:
    machineconfiguration.openshift.io/role: worker
spec:
  config:
    ignition:
      version: 3.4.0
      systemd: {}
    files: []
  storage: {}
kernelArguments: [audit=1]
";
    assert_snapshot!(Folder::with(&[("flat.yaml", flat)]).check(&format!("{TARGET} .")));
}

#[test]
fn digests_that_are_cut_short() {
    let with = |image: &str| {
        FAULTY
            .replace("kernelArguments:\n    - \"mitigations=off\"", &format!("osImageURL: {image}"))
    };
    let short = with("quay.io/acme/os@sha256:0123456789ab");
    let dots = with("quay.io/acme/os@sha256...").replace("99-worker", "98-worker");
    let folder = Folder::with(&[("a.yaml", &short), ("b.yaml", &dots)]);
    assert_snapshot!(folder.check(&format!("{TARGET} .")));
}

/// Hooks run like anything else; those that run when all is taken down leave nothing behind.
#[test]
fn hooks_of_deployment_tools() {
    let hook = |name: &str, key: &str, value: &str| {
        FAULTY
            .replace("99-worker", name)
            .replace("  labels:", &format!("  annotations: {{{key}: \"{value}\"}}\n  labels:"))
    };
    let text = [
        hook("99-pre-sync", "argocd.argoproj.io/hook", "PreSync"),
        hook("99-post-delete", "argocd.argoproj.io/hook", "PostDelete"),
        hook("99-install", "helm.sh/hook", "pre-install,pre-delete"),
        hook("99-test", "helm.sh/hook", "test"),
    ];
    let text = format!("# Source: nodes/templates/hooks.yaml\n{}", text.join("---\n"));
    assert_snapshot!(Folder::with(&[("a.yaml", &text)]).check(&format!("{TARGET} .")));
}
