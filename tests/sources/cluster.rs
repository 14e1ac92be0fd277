//! A cluster's objects, as a real API server gives them.

use std::future::Future;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use rollgate_engine::Artifact;
use rollgate_sources::cluster::{Live, Objects, WatchOptions, read_once};
use rollgate_testkit::control_plane::{ControlPlane, User};

/// How long something may take to come about: a kind that was missing is asked for every 30 s.
const PATIENCE: Duration = Duration::from_secs(100);

#[test]
fn objects_are_followed_through_changes_and_restarts() {
    let test = "objects_are_followed_through_changes_and_restarts";
    let Some(cluster) = ControlPlane::start(test) else { return };
    run(async {
        // Before OpenShift's kinds are installed: they are absent, which is no gap.
        let mut live = synced(&cluster, &User::admin()).await;
        assert_eq!(shown(&live.objects()), [""; 0]);
        if !cluster.install_machine_config_crds(test) {
            return;
        }
        cluster.apply(&machine_config("10-worker", "a=1"));
        let seen = wait(&mut live, |objects| shown(objects) == ["MachineConfig/10-worker"]).await;
        let stored = text(&seen, "10-worker");
        assert!(stored.contains(r#""kernelArguments":["a=1"]"#), "{stored}");
        assert!(
            !stored.contains("managedFields") && !stored.contains("resourceVersion"),
            "{stored}"
        );

        changes_are_seen(&cluster, &mut live).await;
        a_heartbeat_is_no_change(&cluster).await;

        cluster.stop_api_server();
        let before = live.objects();
        cluster.start_api_server();
        cluster.apply(&machine_config("40-worker", "d=1"));
        let after = wait(&mut live, |objects| shown(objects).contains(&"MachineConfig/40-worker"));
        let after = after.await;
        assert_eq!(after.objects.len(), before.objects.len() + 1);
        for (key, artifact) in &before.objects {
            assert!(Arc::ptr_eq(artifact, &after.objects[key]), "{key} was read anew");
        }
        assert_eq!((live.stale(), live.not_synced()), (None, None));

        let once = read_once(&options(&cluster, &User::admin())).await.unwrap();
        assert_eq!(digests(&once), digests(&after));
        assert_eq!(once.gaps, []);
    });
}

async fn changes_are_seen(cluster: &ControlPlane, live: &mut Live) {
    cluster.apply(&machine_config("20-worker", "b=1"));
    let made = wait(live, |objects| objects.objects.len() == 2).await;
    cluster.apply(&machine_config("20-worker", "b=2"));
    let updated = wait(live, |objects| text(objects, "20-worker").contains("b=2")).await;
    let first = |objects: &Objects| objects.objects.values().next().unwrap().clone();
    assert!(Arc::ptr_eq(&first(&made), &first(&updated)), "what did not change was read anew");
    let admin = User::admin();
    cluster.kubectl(&admin, &["delete", "machineconfig", "20-worker"], "").succeed();
    wait(live, |objects| shown(objects) == ["MachineConfig/10-worker"]).await;
}

async fn a_heartbeat_is_no_change(cluster: &ControlPlane) {
    let live = &mut synced(cluster, &User::admin()).await;
    let node = |name: &str| {
        format!("apiVersion: v1\nkind: Node\nmetadata: {{name: {name}, labels: {{a: b}}}}\n")
    };
    cluster.apply(&node("one"));
    let before = wait(live, |objects| shown(objects).contains(&"Node/one")).await;
    let beat = r#"{"status": {"conditions": [{"type": "Ready", "status": "True",
        "lastHeartbeatTime": "2026-11-21T10:00:00Z"}], "capacity": {"cpu": "4"}}}"#;
    let admin = User::admin();
    let patch = |patch: &str| {
        let patch = ["patch", "node", "one", "--subresource=status", "--type=merge", "-p", patch];
        cluster.kubectl(&admin, &patch, "").succeed();
    };
    patch(beat);
    // It became ready, which matters; the beats after it do not.
    let ready = wait(live, |objects| objects.generation > before.generation).await;
    for minute in 1..4 {
        patch(&beat.replace("10:00", &format!("10:0{minute}")));
    }
    cluster.apply(&node("two"));
    let after = wait(live, |objects| shown(objects).contains(&"Node/two")).await;
    assert_eq!(after.generation, ready.generation + 1);
}

#[test]
fn what_is_forbidden_is_a_gap() {
    let test = "what_is_forbidden_is_a_gap";
    let Some(cluster) = ControlPlane::start(test) else { return };
    if !cluster.install_machine_config_crds(test) {
        return;
    }
    cluster.apply(&machine_config("10-worker", "a=1"));
    cluster.apply(
        "apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: reader}
rules:
- {apiGroups: [machineconfiguration.openshift.io], resources: ['*'], verbs: [list, watch]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: reader}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader}
subjects: [{kind: User, apiGroup: rbac.authorization.k8s.io, name: developer}]
",
    );
    run(async {
        let live = synced(&cluster, &User::developer()).await;
        let objects = live.objects();
        assert_eq!(shown(&objects), ["MachineConfig/10-worker"]);
        // Of the kinds that it may not read, those that the cluster has.
        let forbidden: Vec<_> = objects.gaps.iter().map(ToString::to_string).collect();
        let expected: Vec<_> = [
            "machineconfigurations.operator.openshift.io",
            "imagedigestmirrorsets.config.openshift.io",
            "imagetagmirrorsets.config.openshift.io",
            "clusterimagepolicies.config.openshift.io",
            "nodes",
        ]
        .iter()
        .map(|kind| format!("`{kind}` may not be read: the cluster forbids it to this account"))
        .collect();
        assert_eq!(forbidden, expected);
        let once = read_once(&options(&cluster, &User::developer())).await.unwrap();
        assert_eq!((digests(&once), once.gaps.len()), (digests(&objects), expected.len()));
    });
}

#[test]
fn an_api_server_that_streams_no_lists_is_listed_page_by_page() {
    let test = "an_api_server_that_streams_no_lists_is_listed_page_by_page";
    let flags = ["--feature-gates=WatchList=false"];
    let Some(cluster) = ControlPlane::start_with_flags(test, &[], &flags) else { return };
    let nodes = (0..260).map(|index| {
        format!("apiVersion: v1\nkind: Node\nmetadata: {{name: node-{index:03}}}\n---\n")
    });
    cluster.apply(&nodes.collect::<String>());
    run(async {
        let live = synced(&cluster, &User::admin()).await;
        assert_eq!(live.objects().objects.len(), 260);
        let once = read_once(&options(&cluster, &User::admin())).await.unwrap();
        assert_eq!(digests(&once), digests(&live.objects()));
    });
}

#[test]
fn a_cluster_that_does_not_answer_is_waited_for() {
    let test = "a_cluster_that_does_not_answer_is_waited_for";
    let Some(cluster) = ControlPlane::start(test) else { return };
    cluster.stop_api_server();
    run(async {
        let options = options(&cluster, &User::admin());
        let error = read_once(&options).await.unwrap_err().to_string();
        assert!(error.starts_with("the cluster does not answer: "), "{error}");
        let live = Live::watch(options).await.unwrap();
        let refused = until(|| live.not_synced().filter(|why| why.contains("onnect"))).await;
        assert!(refused.starts_with("`machineconfigs` and 19 more kinds"), "{refused}");
        cluster.start_api_server();
        until(|| live.not_synced().is_none().then_some(())).await;
    });
}

#[test]
fn a_fleet_is_watched_in_little_memory() {
    let test = "a_fleet_is_watched_in_little_memory";
    let Some(cluster) = ControlPlane::start(test) else { return };
    if !cluster.install_machine_config_crds(test) {
        return;
    }
    cluster.apply(&rollgate_testkit::cluster::yaml(300, 3));
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "--nocapture", "cluster::a_process_that_watches"])
        .env(WATCHED, cluster.kubeconfig(&User::admin()))
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let peak = said.lines().find_map(|line| line.strip_prefix("kilobytes ")?.parse::<usize>().ok());
    let peak = peak.unwrap_or_else(|| panic!("{said}{}", String::from_utf8_lossy(&output.stderr)));
    assert!(peak < 96 << 10, "watching took {} MiB", peak >> 10);
    println!("watching took {} MiB", peak >> 10);
}

/// Names the kubeconfig of the cluster that the process below watches.
const WATCHED: &str = "ROLLGATE_TEST_WATCHED";

/// A process of its own, so that its memory is nobody else's; started by the test above.
#[test]
fn a_process_that_watches() {
    let Some(kubeconfig) = std::env::var_os(WATCHED) else { return };
    let options = WatchOptions { kubeconfig: Some(kubeconfig.into()), context: None };
    run(async {
        let live = Live::watch(options).await.unwrap();
        until(|| live.not_synced().is_none().then_some(())).await;
        assert_eq!(live.objects().objects.len(), 303);
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        println!("\nkilobytes {}", peak.trim().trim_end_matches(" kB"));
    });
}

fn run(test: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(test);
}

fn options(cluster: &ControlPlane, user: &User) -> WatchOptions {
    WatchOptions { kubeconfig: Some(cluster.kubeconfig(user)), context: None }
}

async fn synced(cluster: &ControlPlane, user: &User) -> Live {
    let live = Live::watch(options(cluster, user)).await.unwrap();
    until(|| live.not_synced().is_none().then_some(())).await;
    live
}

/// Waits for objects like these.
async fn wait(live: &mut Live, wanted: impl Fn(&Objects) -> bool) -> Arc<Objects> {
    let end = tokio::time::Instant::now() + PATIENCE;
    loop {
        let objects = live.objects();
        if wanted(&objects) {
            return objects;
        }
        let changed = tokio::time::timeout_at(end, live.changed()).await;
        assert!(changed.is_ok(), "only {:?} came", shown(&live.objects()));
    }
}

async fn until<T>(mut wanted: impl FnMut() -> Option<T>) -> T {
    let end = tokio::time::Instant::now() + PATIENCE;
    loop {
        if let Some(value) = wanted() {
            return value;
        }
        assert!(tokio::time::Instant::now() < end, "it did not come about");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn shown(objects: &Objects) -> Vec<&str> {
    objects.objects.values().map(|artifact| artifact.name()).collect()
}

fn digests(objects: &Objects) -> Vec<(&str, String)> {
    let digest = |artifact: &Arc<Artifact>| artifact.digest().to_string();
    objects.objects.values().map(|artifact| (artifact.name(), digest(artifact))).collect()
}

fn text(objects: &Objects, name: &str) -> String {
    let object = objects.objects.iter().find(|(key, _)| key.name == name);
    object
        .map(|(_, object)| String::from_utf8_lossy(object.bytes()).into_owned())
        .unwrap_or_default()
}

fn machine_config(name: &str, argument: &str) -> String {
    rollgate_testkit::MachineConfig::new(name).role("worker").kernel_argument(argument).yaml()
}
