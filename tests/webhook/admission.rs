//! The whole way: `kubectl`, a real API server, the webhook and its policies.
//!
//! The configuration of the webhook is the one that `rollgate-webhook manifests` prints for phase
//! `enforce`, but for the address, which is this machine's.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;

use rollgate_testkit::MachineConfig;
use rollgate_testkit::certificate::{Authority, GOOD};
use rollgate_testkit::control_plane::{Answer, ControlPlane, User};
use rollgate_testkit::https::Client;
use rollgate_testkit::webhook::Webhook;
use serde_json::json;
use tempfile::TempDir;

use crate::balancer::Balancer;
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

/// What became of the calls of a load, half of which are to be refused.
#[derive(Default)]
struct Load {
    stored: AtomicU32,
    refused: AtomicU32,
    failed: AtomicU32,
    wrong: AtomicU32,
    ended: AtomicBool,
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
        guarded.cluster.apply(&guarded.registration(guarded.webhook.reviews));
        // The API server takes a moment to ask a new webhook.
        let probe = MachineConfig::new("00-probe").kernel_argument("mitigations=off");
        guarded.webhook.wait("the API server to ask", |_| {
            guarded.call(&User::admin(), &["create", "--dry-run=server", "-f", "-"], &probe).code
                != 0
        });
        Some(guarded)
    }

    /// The printed configuration, with this address for the webhook's.
    fn registration(&self, address: SocketAddr) -> String {
        let printed = objects(&printed(&["--phase", "enforce"]));
        let mut registration = object(&printed, "ValidatingWebhookConfiguration", "rollgate");
        registration["metadata"]["annotations"] = json!({});
        registration["webhooks"][0]["clientConfig"] = json!({
            "url": format!("https://{address}/validate"),
            "caBundle": rollgate_testkit::encode::base64(self.authority.pem.as_bytes()),
        });
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
}

impl Load {
    /// Runs calls of the API server on some threads while something else happens.
    fn during(guarded: &Guarded, happens: impl FnOnce(&Self)) -> Self {
        let load = Self::default();
        thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| load.call(guarded));
            }
            happens(&load);
            load.ended.store(true, Ordering::Relaxed);
        });
        load
    }

    fn call(&self, guarded: &Guarded) {
        let authority = fs::read_to_string(guarded.cluster.certificate_authority()).unwrap();
        let client = Client::new(&authority);
        let address = guarded.cluster.url().replace("https://", "").parse().unwrap();
        let safe = MachineConfig::new("99-safe").role("worker").kernel_argument("psi=1").json();
        let bad = unsafe_config("99-unsafe").json();
        while !self.ended.load(Ordering::Relaxed) {
            for (body, expected, count) in [(&safe, 201, &self.stored), (&bad, 422, &self.refused)]
            {
                match create(&client, address, body) {
                    Ok(status) if status == expected => count,
                    // The API server could not ask the webhook: it refuses, for no reason of ours.
                    Ok(500) | Err(_) => &self.failed,
                    Ok(_) => &self.wrong,
                }
                .fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    /// Waits for so many further calls of each kind.
    fn go_on(&self, webhook: &Webhook, calls: u32) {
        let count = || {
            let (stored, refused) = (&self.stored, &self.refused);
            stored.load(Ordering::Relaxed).min(refused.load(Ordering::Relaxed))
        };
        let before = count();
        webhook.wait("further calls", |_| count() >= before + calls);
    }
}

/// Creates an object without storing it; the status of the answer.
fn create(client: &Client, address: SocketAddr, object: &str) -> io::Result<u16> {
    let mut connection = client.connect(address)?;
    connection.send(
        format!(
            "POST /apis/machineconfiguration.openshift.io/v1/machineconfigs?dryRun=All HTTP/1.1\r\n\
             Host: localhost\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{object}",
            User::admin().token(),
            object.len(),
        )
        .as_bytes(),
    )?;
    Ok(connection.answer()?.status)
}

fn serve(cluster: &ControlPlane, tls: &TempDir, config: &TempDir) -> Webhook {
    let kubeconfig = cluster.kubeconfig(&User::admin());
    let config = config.path().join(CONFIGURATION);
    let (kubeconfig, config) = (kubeconfig.to_str().unwrap(), config.to_str().unwrap());
    let arguments = ["--kubeconfig", kubeconfig, "--config", config, "--drain-delay", "2s"];
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
        let Answer { code, stdout, stderr } = answer;
        let _ = writeln!(told, "## {title}: {code}\n{stdout}{stderr}");
    };

    let refused = guarded.apply(&admin, &unsafe_config("99-unsafe"));
    assert!(refused.code != 0 && !guarded.stored("99-unsafe"));
    tell("an unsafe one", &refused);

    let safe = MachineConfig::new("99-safe").role("worker").kernel_argument("psi=1");
    let stored = guarded.apply(&admin, &safe);
    assert!(stored.code == 0 && guarded.stored("99-safe"));
    tell("a safe one", &stored);

    guarded.webhook.wait("what was stored to be known", |_| {
        let dry = ["create", "--dry-run=server", "-f", "-"];
        guarded.call(&admin, &dry, &unsafe_config("99-gitops")).stderr.contains("pool worker")
    });
    let gitops = guarded.apply(&User::gitops(), &unsafe_config("99-gitops"));
    assert!(gitops.code != 0 && !guarded.stored("99-gitops"));
    tell("by GitOps", &gitops);

    let operator = guarded.apply(&User::node_tuning_operator(), &unsafe_config("50-nto"));
    assert!(operator.code == 0 && guarded.stored("50-nto"));
    tell("by an operator that is warned", &operator);

    let half = MachineConfig::new("50-nto").role("worker").kernel_argument("nopti");
    let repaired = guarded.apply(&admin, &half);
    assert_eq!(repaired.code, 0);
    assert!(repaired.stderr.contains("was there before"), "{}", repaired.stderr);
    tell("half of a repair", &repaired);

    let deleted = guarded.cluster.kubectl(
        &admin,
        &["delete", "machineconfigs", "-l", "machineconfiguration.openshift.io/role=worker"],
        "",
    );
    assert!(deleted.code == 0 && !guarded.stored("50-nto") && !guarded.stored("99-safe"));
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

    write(guarded.config.path(), &format!("{TARGET}admission: {{mode: report}}\n"));
    guarded.webhook.signal("HUP");
    guarded.webhook.wait("silence", |_| {
        let reported = refused();
        reported.code == 0 && !reported.stderr.contains("Warning")
    });
}

#[test]
fn certificates_rotate_under_load_with_no_failed_call() {
    let test = "certificates_rotate_under_load_with_no_failed_call";
    let Some(guarded) = Guarded::start(test) else { return };
    let served = || {
        let client = Client::new(&guarded.authority.pem);
        client.connect(guarded.webhook.reviews).unwrap().certificate()
    };
    let load = Load::during(&guarded, |load| {
        for _ in 0..3 {
            load.go_on(&guarded.webhook, 3);
            let before = served();
            guarded.authority.sign(&GOOD).write(guarded.tls.path());
            guarded.webhook.signal("HUP");
            guarded.webhook.wait("another certificate", |_| served() != before);
        }
        load.go_on(&guarded.webhook, 3);
    });
    let count = |count: &AtomicU32| count.load(Ordering::Relaxed);
    assert_eq!((count(&load.failed), count(&load.wrong)), (0, 0));
}

#[test]
fn one_of_two_ends_or_is_killed_under_load() {
    let test = "one_of_two_ends_or_is_killed_under_load";
    let Some(mut guarded) = Guarded::start(test) else { return };
    let mut second = serve(&guarded.cluster, &guarded.tls, &guarded.config);
    let third = serve(&guarded.cluster, &guarded.tls, &guarded.config);
    let targets = [&guarded.webhook, &second, &third].map(|one| (one.reviews, one.health));
    let balancer = Balancer::start(&targets);
    guarded.cluster.apply(&guarded.registration(balancer.address));
    let count = |count: &AtomicU32| count.load(Ordering::Relaxed);

    // It ends as a pod does: nothing is lost.
    let load = Load::during(&guarded, |load| {
        load.go_on(&guarded.webhook, 5);
        second.signal("TERM");
        assert_eq!(second.ended().code(), Some(0));
        load.go_on(&guarded.webhook, 5);
    });
    assert_eq!((count(&load.failed), count(&load.wrong)), (0, 0));

    // It is gone at once: calls may fail, but none has a wrong answer, and others take over.
    let load = Load::during(&guarded, |load| {
        load.go_on(&third, 5);
        guarded.webhook.signal("KILL");
        load.go_on(&third, 10);
    });
    assert_eq!(count(&load.wrong), 0);
    guarded.webhook.ended();
}
