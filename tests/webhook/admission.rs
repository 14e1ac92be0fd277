//! The whole way: `kubectl`, a real API server, the webhook and its policies.
//!
//! The configuration of the webhook is the one that `rollgate-webhook manifests` prints for phase
//! `enforce`, but for the address, which is this machine's.

use std::fs;
use std::path::Path;

use rollgate_testkit::MachineConfig;
use rollgate_testkit::certificate::{Authority, GOOD};
use rollgate_testkit::control_plane::{Answer, ControlPlane, User};
use rollgate_testkit::webhook::Webhook;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::manifests::{object, objects, printed};
use crate::support::BINARY;

/// What this machine's webhook is called by.
const CONFIGURATION: &str = "rollgate.yaml";

/// A cluster of which nothing is left to guess.
const TARGET: &str =
    "target: {release: \"4.20\", stream: rhel-9, architecture: x86_64, platform: none, day: 2}\n";

/// Everyone may write everything, so that only the webhook refuses.
const RIGHTS: &str = "
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: everyone}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects:
  - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: 'system:authenticated'}
";

/// An API server, and a webhook that it asks.
struct Guarded {
    cluster: ControlPlane,
    webhook: Webhook,
    authority: Authority,
    tls: TempDir,
    config: TempDir,
}

impl Guarded {
    fn start(test: &str) -> Option<Self> {
        let cluster = ControlPlane::start(test)?;
        if !cluster.install_machine_config_crds(test) {
            return None;
        }
        cluster.apply(RIGHTS);
        let authority = Authority::new();
        let (tls, config) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        authority.sign(&GOOD).write(tls.path());
        write(config.path(), TARGET);
        let webhook = serve(&cluster, &tls, &config);
        let guarded = Self { cluster, webhook, authority, tls, config };
        guarded.cluster.apply(&guarded.registration(&[&guarded.webhook]));
        // The API server takes a moment to ask a new webhook.
        let probe = MachineConfig::new("00-probe").kernel_argument("mitigations=off");
        guarded.webhook.wait("the API server to ask", |_| {
            guarded.call(&User::admin(), &["create", "--dry-run=server", "-f", "-"], &probe).code
                != 0
        });
        Some(guarded)
    }

    /// The printed configuration, which calls these webhooks.
    fn registration(&self, webhooks: &[&Webhook]) -> String {
        let printed = objects(&printed(&["--phase", "enforce"]));
        let mut registration =
            object(&printed, "ValidatingWebhookConfiguration", "rollgate").clone();
        registration["metadata"]["annotations"] = json!({});
        let template = registration["webhooks"][0].clone();
        let entries = webhooks.iter().enumerate().map(|(index, webhook)| {
            let mut entry = template.clone();
            if index > 0 {
                entry["name"] = json!(format!("second{index}.rollgate.io"));
            }
            entry["clientConfig"] = json!({
                "url": format!("https://{}/validate", webhook.reviews),
                "caBundle": rollgate_testkit::encode::base64(self.authority.pem.as_bytes()),
            });
            entry
        });
        registration["webhooks"] = Value::Array(entries.collect());
        registration.to_string()
    }

    fn call(&self, user: &User, arguments: &[&str], object: &MachineConfig) -> Answer {
        self.cluster.kubectl(user, arguments, &object.yaml())
    }

    fn apply(&self, user: &User, object: &MachineConfig) -> Answer {
        self.call(user, &["apply", "-f", "-"], object)
    }

    fn stored(&self, name: &str) -> bool {
        self.cluster.kubectl(&User::admin(), &["get", "machineconfig", name], "").code == 0
    }

    /// Waits until the webhook has taken in what was stored.
    fn settle(&self, change: &MachineConfig, expected: impl Fn(&Answer) -> bool) -> Answer {
        let dry = ["apply", "--dry-run=server", "-f", "-"];
        self.webhook.wait("the webhook to know what was stored", |_| {
            expected(&self.call(&User::admin(), &dry, change))
        });
        self.apply(&User::admin(), change)
    }
}

fn serve(cluster: &ControlPlane, tls: &TempDir, config: &TempDir) -> Webhook {
    let kubeconfig = cluster.kubeconfig(&User::admin());
    let config = config.path().join(CONFIGURATION);
    let arguments =
        ["--kubeconfig", kubeconfig.to_str().unwrap(), "--config", config.to_str().unwrap()];
    let webhook = Webhook::serve(BINARY, tls.path(), &arguments);
    webhook.wait("ready", |webhook| webhook.get("/readyz").status == 200);
    webhook
}

fn write(folder: &Path, text: &str) {
    fs::write(folder.join(CONFIGURATION), text).unwrap();
}

fn unsafe_config(name: &str) -> MachineConfig {
    MachineConfig::new(name)
        .role("worker")
        .kernel_argument("mitigations=off")
        .kernel_argument("nopti")
}

#[test]
fn kubectl_is_refused_with_causes_and_warned() {
    let Some(guarded) = Guarded::start("kubectl_is_refused_with_causes_and_warned") else { return };
    let admin = User::admin();
    let mut told = String::new();
    let mut tell = |title: &str, answer: &Answer| {
        told += &format!("## {title}: {}\n{}{}\n", answer.code, answer.stdout, answer.stderr);
    };

    let refused = guarded.apply(&admin, &unsafe_config("99-unsafe"));
    assert!(refused.code != 0 && !guarded.stored("99-unsafe"));
    tell("an unsafe one", &refused);

    let safe = MachineConfig::new("99-safe").role("worker").kernel_argument("psi=1");
    let stored = guarded.apply(&admin, &safe);
    assert!(stored.code == 0 && guarded.stored("99-safe"));
    tell("a safe one", &stored);

    let gitops = guarded.apply(&User::gitops(), &unsafe_config("99-gitops"));
    assert!(gitops.code != 0 && !guarded.stored("99-gitops"));
    tell("by GitOps", &gitops);

    let operator = guarded.apply(&User::node_tuning_operator(), &unsafe_config("50-nto"));
    assert!(operator.code == 0 && guarded.stored("50-nto"));
    tell("by an operator that is warned", &operator);

    let half = unsafe_config("50-nto");
    let half = MachineConfig::new("50-nto")
        .role("worker")
        .kernel_argument("nopti")
        .annotation("example.com/was", &half.value()["spec"]["kernelArguments"].to_string());
    let repaired = guarded.settle(&half, |answer| answer.code == 0);
    assert!(repaired.stderr.contains("was there before"), "{}", repaired.stderr);
    tell("half of a repair", &repaired);

    let deleted = guarded.cluster.kubectl(
        &admin,
        &["delete", "machineconfigs", "-l", "machineconfiguration.openshift.io/role=worker"],
        "",
    );
    assert!(deleted.code == 0 && !guarded.stored("50-nto"));
    tell("a collection is deleted", &deleted);
    insta::assert_snapshot!("kubectl", told);
}

#[test]
fn the_operator_is_never_blocked_even_with_the_webhook_down() {
    let test = "the_operator_is_never_blocked_even_with_the_webhook_down";
    let Some(mut guarded) = Guarded::start(test) else { return };
    let rendered = |name: &str| {
        unsafe_config(name).annotation(
            "machineconfiguration.openshift.io/generated-by-controller-version",
            "v4.20",
        )
    };
    let controller = User::machine_config_controller();
    guarded.apply(&controller, &rendered("rendered-worker-0123")).succeed();
    let forged = guarded.apply(&User::developer(), &rendered("rendered-worker-4567"));
    assert!(forged.code != 0 && !guarded.stored("rendered-worker-4567"), "{}", forged.stderr);

    guarded.webhook.signal("KILL");
    guarded.webhook.ended();
    guarded.apply(&controller, &rendered("rendered-worker-89ab")).succeed();
    let down = guarded.apply(&User::developer(), &MachineConfig::new("99-safe").role("worker"));
    assert!(down.code != 0 && !guarded.stored("99-safe"), "{}", down.stderr);
    let admin = User::admin();
    let glass = ["delete", "validatingwebhookconfiguration", "rollgate"];
    guarded.cluster.kubectl(&admin, &glass, "").succeed();
}

#[test]
fn policies_reload_and_a_broken_set_keeps_the_old_one() {
    let test = "policies_reload_and_a_broken_set_keeps_the_old_one";
    let Some(guarded) = Guarded::start(test) else { return };
    let refused = || {
        guarded.call(
            &User::admin(),
            &["create", "--dry-run=server", "-f", "-"],
            &unsafe_config("99-unsafe"),
        )
    };
    assert!(refused().code != 0);
    let failed = |webhook: &Webhook| webhook.metric("rollgate_policy_reload_failed");

    write(guarded.config.path(), &format!("{TARGET}admission: {{mode: whatever}}\n"));
    guarded.webhook.signal("HUP");
    guarded.webhook.wait("the failure to be told", |webhook| failed(webhook) == Some(1.0));
    assert!(refused().code != 0, "a broken set let something through");

    write(guarded.config.path(), &format!("{TARGET}admission: {{mode: warn}}\n"));
    guarded.webhook.signal("HUP");
    guarded.webhook.wait("the new set", |webhook| failed(webhook) == Some(0.0));
    let warned = refused();
    assert_eq!(warned.code, 0, "{}", warned.stderr);
    assert!(warned.stderr.contains("would be refused"), "{}", warned.stderr);
}
