//! Who and what reaches the webhook, by the configuration that is printed, and what goes on without it.
//!
//! The API server is a real one, the webhook refuses whatever it is asked: what is stored all the same
//! was never sent. The second half has no webhook at all, under `failurePolicy: Fail`.

use std::time::{Duration, Instant};

use rollgate_testkit::control_plane::{ControlPlane, User};
use serde_json::{Value, json};

use crate::manifests::{object, objects, printed};
use crate::refusing::Refusing;

const ADMIN_BINDING: &str = "
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: whoever}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects:
  - {apiGroup: rbac.authorization.k8s.io, kind: User, name: developer}
  - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: 'system:serviceaccounts'}
";

/// What is there before anything is refused.
const BEFORE: &str = "
apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfig
metadata: {name: 90-tools, labels: {team: tools}}
spec: {kernelArguments: [audit=1]}
---
apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfig
metadata: {name: 91-tools, labels: {team: tools}}
spec: {kernelArguments: [audit=1]}
---
apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfig
metadata: {name: 92-without-spec}
---
apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfigPool
metadata: {name: worker}
spec: {paused: false}
";

/// MachineConfigs about as large as etcd stores them, the one by a file, the other by how many: conditions
/// compare them as a whole, within what the API server spends on an expression.
fn large() -> [String; 2] {
    let of = |name: &str, files: Vec<Value>| {
        json!({
            "apiVersion": "machineconfiguration.openshift.io/v1",
            "kind": "MachineConfig",
            "metadata": {"name": name},
            "spec": {"config": {"ignition": {"version": "3.5.0"}, "storage": {"files": files}}},
        })
        .to_string()
    };
    let file = |path: String, text: &str| json!({"path": path, "mode": 420, "contents": {"source": format!("data:,{text}")}});
    let many =
        (0..6_000).map(|number| file(format!("/etc/tools.d/{number}.conf"), &"a".repeat(90)));
    [
        of("95-large-file", vec![file("/etc/tools".to_owned(), &"a".repeat(1_300_000))]),
        of("96-many-files", many.collect()),
    ]
}

/// A MachineConfig of this name.
fn machine_config(name: &str, annotations: &str) -> String {
    format!(
        "apiVersion: machineconfiguration.openshift.io/v1\n\
         kind: MachineConfig\n\
         metadata: {{name: {name}, annotations: {{{annotations}}}, labels: {{team: {name}}}}}\n\
         spec: {{kernelArguments: [audit=1]}}\n"
    )
}

/// One user's calls, and what came of each.
struct Run<'a> {
    cluster: &'a ControlPlane,
    webhook: Option<&'a Refusing>,
    told: Vec<String>,
}

impl Run<'_> {
    /// Notes whether the call went through, whether the webhook refused it or the API server for want
    /// of one, and what the webhook was asked.
    fn call(&mut self, what: &str, user: &User, arguments: &[&str], stdin: &str) {
        let answer = self.cluster.kubectl(user, arguments, stdin);
        let outcome = if answer.code == 0 {
            "stored".to_owned()
        } else if answer.stderr.contains("admission webhook \"admission.rollgate.io\" denied") {
            "refused".to_owned()
        } else if answer.stderr.contains("failed calling webhook \"admission.rollgate.io\"") {
            "not answered".to_owned()
        } else {
            answer.stderr.trim().to_owned()
        };
        let calls = self.webhook.map(Refusing::calls).unwrap_or_default();
        let calls =
            if calls.is_empty() { String::new() } else { format!(", asked {}", calls.join(", ")) };
        self.told.push(format!("{what}: {outcome}{calls}"));
    }

    fn create(&mut self, what: &str, user: &User, yaml: &str) {
        self.call(what, user, &["create", "-f", "-"], yaml);
    }

    fn patch(&mut self, what: &str, user: &User, arguments: &[&str]) {
        let mut all = vec!["patch", "--type=merge"];
        all.extend(arguments);
        self.call(what, user, &all, "");
    }

    /// Deletes all MachineConfigs with this label by one call, of which the API server makes one for each.
    fn delete_all(&mut self, what: &str, user: &User, label: &str) {
        let path = "/apis/machineconfiguration.openshift.io/v1/machineconfigs";
        let path = format!("{path}?labelSelector={label}");
        self.call(what, user, &["delete", "--raw", &path], "");
    }

    fn told(&self) -> String {
        self.told.join("\n")
    }
}

#[test]
fn the_operator_is_never_asked_about_and_people_always_are() {
    let test = "the_operator_is_never_asked_about_and_people_always_are";
    let Some(cluster) = cluster(test) else { return };
    let webhook = Refusing::start();
    install(&cluster, webhook.client_config());
    assert!(is_asked(&cluster, &webhook), "the configuration has no effect");

    let mut run = Run { cluster: &cluster, webhook: Some(&webhook), told: Vec::new() };
    with_a_webhook_that_refuses(&mut run);
    insta::assert_snapshot!("with_a_webhook_that_refuses", run.told());
    drop(webhook);

    let mut run = Run { cluster: &cluster, webhook: None, told: Vec::new() };
    without_a_webhook(&mut run);
    insta::assert_snapshot!("without_a_webhook", run.told());
}

fn with_a_webhook_that_refuses(run: &mut Run<'_>) {
    let operator = User::machine_config_controller();
    let person = User::developer();
    run.create("the operator renders", &operator, &machine_config("rendered-worker-1", ""));
    rendered_anew(run, &operator);
    run.delete_all("the operator deletes a collection", &operator, "team=rendered-worker-1");
    status(run, &User::machine_config_operator());
    annotated(run, &person, "90-tools");
    annotated(run, &person, "92-without-spec");
    annotated(run, &person, "95-large-file");
    annotated(run, &person, "96-many-files");

    let forged = machine_config("rendered-worker-forged", "");
    run.create("a person forges a rendered config", &person, &forged);
    let marked = "machineconfiguration.openshift.io/generated-by-controller-version: x";
    let marked = machine_config("99-worker-generated-kubelet", marked);
    run.create("a person forges a generated config", &person, &marked);
    run.create("GitOps creates", &User::gitops(), &machine_config("90-gitops", ""));
    let tuned = machine_config("50-nto-worker", "");
    run.create("the Node Tuning Operator creates", &User::node_tuning_operator(), &tuned);
    let master = machine_config("90-admin", "");
    run.create("an administrator creates", &User::admin(), &master);
    let applied = machine_config("90-applied", "");
    let apply = ["apply", "--server-side", "-f", "-"];
    run.call("a person applies", &person, &apply, &applied);
    let asked = ["create", "--dry-run=server", "-f", "-"];
    run.call("a person tries", &person, &asked, &applied);
    run.patch("a person labels", &person, &["mc", "90-tools", "-p", LABEL]);
    run.patch("a person changes", &person, &["mc", "90-tools", "-p", ARGUMENTS]);
    run.patch("a person changes a large one", &person, &["mc", "95-large-file", "-p", ARGUMENTS]);
    run.patch(
        "a person changes one of many files",
        &person,
        &["mc", "96-many-files", "-p", ARGUMENTS],
    );
    let spec = &["mc", "92-without-spec", "-p", ARGUMENTS];
    run.patch("a person gives one without spec a spec", &person, spec);
    run.patch("a person pauses", &person, &["mcp", "worker", "-p", "{\"spec\":{\"paused\":true}}"]);
    run.call("a person deletes", &person, &["delete", "mc", "90-tools"], "");
    for (kind, yaml) in OTHER_KINDS {
        run.create(&format!("a person creates a {kind}"), &person, yaml);
    }
    let map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: other, namespace: default}\n";
    run.create("a person creates what is none of its business", &person, map);

    run.delete_all("a person deletes a collection", &person, "team=tools");
    if let Some(webhook) = run.webhook {
        webhook.lets_through(true);
    }
    run.delete_all("a person deletes a collection that is let through", &person, "team=tools");
}

fn without_a_webhook(run: &mut Run<'_>) {
    let operator = User::machine_config_controller();
    let person = User::developer();
    run.create("the operator renders", &operator, &machine_config("rendered-worker-1", ""));
    rendered_anew(run, &operator);
    run.delete_all("the operator deletes a collection", &operator, "team=rendered-worker-1");
    status(run, &User::machine_config_operator());
    annotated(run, &person, "92-without-spec");
    run.create("a person creates", &person, &machine_config("93-person", ""));
    run.create("GitOps creates", &User::gitops(), &machine_config("90-gitops", ""));
    let path = ["delete", "validatingwebhookconfiguration", "rollgate"];
    run.call("an administrator breaks the glass", &User::admin(), &path, "");
    let gone = || {
        run.cluster.kubectl(
            &person,
            &["create", "--dry-run=server", "-f", "-"],
            &machine_config("x", ""),
        )
    };
    assert!(eventually(|| gone().code == 0), "the configuration is still in effect");
    run.create("a person creates once more", &person, &machine_config("93-person", ""));
}

const LABEL: &str =
    "{\"metadata\":{\"labels\":{\"machineconfiguration.openshift.io/role\":\"worker\"}}}";
const ARGUMENTS: &str = "{\"spec\":{\"kernelArguments\":[\"mitigations=off\"]}}";

const OTHER_KINDS: [(&str, &str); 5] = [
    (
        "pool",
        "{apiVersion: machineconfiguration.openshift.io/v1, kind: MachineConfigPool, metadata: {name: infra}, spec: {paused: false}}",
    ),
    (
        "KubeletConfig",
        "{apiVersion: machineconfiguration.openshift.io/v1, kind: KubeletConfig, metadata: {name: a}, spec: {logLevel: 2}}",
    ),
    (
        "ContainerRuntimeConfig",
        "{apiVersion: machineconfiguration.openshift.io/v1, kind: ContainerRuntimeConfig, metadata: {name: a}, \
         spec: {containerRuntimeConfig: {pidsLimit: 2048}}}",
    ),
    (
        "MachineOSConfig",
        "{apiVersion: machineconfiguration.openshift.io/v1, kind: MachineOSConfig, metadata: {name: worker}, spec: \
         {machineConfigPool: {name: worker}, imageBuilder: {imageBuilderType: Job}, \
         renderedImagePushSecret: {name: push}, renderedImagePushSpec: 'registry.example.com/os/worker:latest'}}",
    ),
    (
        "ClusterImagePolicy",
        "{apiVersion: config.openshift.io/v1, kind: ClusterImagePolicy, metadata: {name: a}, spec: {scopes: \
         [registry.example.com], policy: {rootOfTrust: {policyType: PublicKey, publicKey: {keyData: \
         LS0tLS1CRUdJTiBQVUJMSUMgS0VZLS0tLS0KYQotLS0tLUVORCBQVUJMSUMgS0VZLS0tLS0K}}}}}",
    ),
];

fn rendered_anew(run: &mut Run<'_>, user: &User) {
    let arguments = ["mc", "rendered-worker-1", "-p", ARGUMENTS];
    run.patch("the operator updates what it rendered", user, &arguments);
}

fn status(run: &mut Run<'_>, user: &User) {
    let status = "{\"status\":{\"observedGeneration\":7}}";
    let arguments = ["mcp", "worker", "--subresource=status", "-p", status];
    run.patch("the operator reports a pool's status", user, &arguments);
    let arguments =
        ["mcp", "worker", "--subresource=status", "-p", "{\"status\":{\"machineCount\":3}}"];
    run.patch("a person reports a pool's status", &User::developer(), &arguments);
}

fn annotated(run: &mut Run<'_>, user: &User, name: &str) {
    let annotation =
        format!("{{\"metadata\":{{\"annotations\":{{\"seen\":\"{}\"}}}}}}", run.told.len());
    run.patch(&format!("a person annotates {name}"), user, &["mc", name, "-p", &annotation]);
}

/// A cluster in which everybody may do everything, so that only the webhook refuses.
fn cluster(test: &str) -> Option<ControlPlane> {
    let cluster = ControlPlane::start(test)?;
    if !cluster.install_machine_config_crds(test) {
        return None;
    }
    cluster.apply(ADMIN_BINDING);
    cluster.apply(BEFORE);
    for yaml in large() {
        // As the operator stores it: an apply would have it all a second time in `managedFields`.
        cluster.kubectl(&User::admin(), &["create", "-f", "-"], &yaml).succeed();
    }
    Some(cluster)
}

/// Installs the configuration of the last phase, with another place to call and nothing else changed.
fn install(cluster: &ControlPlane, client_config: Value) {
    let printed = objects(&printed(&["--phase", "enforce"]));
    let mut validation = object(&printed, "ValidatingWebhookConfiguration", "rollgate");
    validation["webhooks"][0]["clientConfig"] = client_config;
    cluster.apply(&json!(validation).to_string());
}

/// Whether the API server has come to call the webhook, which takes it a moment.
fn is_asked(cluster: &ControlPlane, webhook: &Refusing) -> bool {
    let yaml = machine_config("asked", "");
    let try_out = ["create", "--dry-run=server", "-f", "-"];
    let asked = eventually(|| cluster.kubectl(&User::developer(), &try_out, &yaml).code != 0);
    asked && webhook.calls() == ["CREATE machineconfigs asked"]
}

fn eventually(mut done: impl FnMut() -> bool) -> bool {
    let end = Instant::now() + Duration::from_mins(1);
    while !done() {
        if Instant::now() > end {
            return false;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    true
}
