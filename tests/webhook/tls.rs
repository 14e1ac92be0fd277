//! TLS: versions, certificates that are wrong, and ones that change.

use std::fs;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use rollgate_testkit::certificate::{Authority, Certificate, GOOD, Wanted};
use rollgate_testkit::https::{self, Client, version};
use rollgate_testkit::webhook::Webhook;
use tempfile::TempDir;

use crate::support::{BINARY, PATH, Served, assert_refused, review};

#[test]
fn tls_1_3_and_1_2_are_spoken_and_probes_are_no_errors() {
    let served = Served::new(&[]);
    for (version, name) in [(&version::TLS13, "TLSv1_3"), (&version::TLS12, "TLSv1_2")] {
        let client = Client::with(&served.authority.pem, &[version], None);
        let mut connection = client.connect(served.webhook.reviews).unwrap();
        assert_eq!(connection.version(), format!("Some({name})"));
        assert_refused(&connection.post(PATH, &review("a", 10)).unwrap(), "a");
    }
    drop(https::connect(served.webhook.reviews).unwrap());
    drop(served.client.connect(served.webhook.reviews).unwrap());
    let open = "rollgate_connections{port=\"reviews\"}";
    served.webhook.wait("ended", |webhook| webhook.metric(open) == Some(0.0));
    let log = served.webhook.log();
    let worse = |line: &&String| line.contains("WARN") || line.contains("ERROR");
    assert_eq!(log.iter().filter(worse).count(), 0, "{log:#?}");
}

/// An `APIServer` object with this TLS profile.
fn api_server(profile: &str) -> String {
    format!(
        r#"{{"apiVersion":"config.openshift.io/v1","kind":"APIServer",
        "metadata":{{"name":"cluster"}},"spec":{{"tlsSecurityProfile":{profile}}}}}"#
    )
}

#[test]
fn the_clusters_tls_profile_is_followed_while_connections_are_open() {
    let served = Served::new(&[]);
    let reviews = served.webhook.reviews;
    let old = Client::with(&served.authority.pem, &[&version::TLS12], None);
    let new = Client::with(&served.authority.pem, &[&version::TLS13], None);
    let mut kept = old.connect(reviews).unwrap();
    let ask_for = |profile| {
        fs::write(served.objects.path().join("api-server.json"), api_server(profile)).unwrap();
    };
    ask_for(r#"{"type":"Modern","modern":{}}"#);
    served.webhook.wait("Modern", |_| old.connect(reviews).is_err());
    assert_refused(&new.connect(reviews).unwrap().post(PATH, &review("new", 10)).unwrap(), "new");
    assert_refused(&kept.post(PATH, &review("kept", 10)).unwrap(), "kept");
    ask_for(
        r#"{"type":"Custom","custom":{"minTLSVersion":"VersionTLS11",
        "ciphers":["ECDHE-ECDSA-AES256-GCM-SHA384","AES128-SHA"]}}"#,
    );
    served.webhook.wait("Custom", |_| old.connect(reviews).is_ok());
    let line = served.webhook.logged(|line| line["left_out"] == "AES128-SHA");
    assert_eq!(line["level"], "WARN");
}

#[test]
fn a_client_that_does_not_trust_the_certificate_is_told_of() {
    let served = Served::new(&[]);
    let stranger = Client::new(&Authority::new().pem);
    assert!(stranger.connect(served.webhook.reviews).is_err());
    let line = served.webhook.logged(|line| line["message"] == "a TLS handshake failed");
    assert!(line["error"].as_str().unwrap().contains("fatal alert"), "{line}");
    let counted = "rollgate_tls_handshake_failures_total\
                   {port=\"reviews\",reason=\"refused_by_client\"}";
    assert_eq!(served.webhook.metric(counted), Some(1.0));
}

/// What `serve` says of a folder of certificates, where it does not start.
fn refused(tls: &TempDir) -> String {
    let mut command = Command::new(BINARY);
    command.args(["serve", "--refuse-unjudged", "--listen=127.0.0.1:0"]);
    command.args(["--metrics-listen=127.0.0.1:0", "--tls-dir"]).arg(tls.path());
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let text = String::from_utf8(output.stderr).unwrap();
    text.replace(tls.path().to_str().unwrap(), "DIR")
}

#[test]
fn a_pair_that_cannot_be_served_is_told_with_its_file_and_remedy() {
    let authority = Authority::new();
    let good = authority.sign(&GOOD);
    let tls = TempDir::new().unwrap();
    let mut said = vec![("missing", refused(&tls))];
    let mut of = |name, certificate: &Certificate| {
        certificate.write(tls.path());
        said.push((name, refused(&tls)));
    };
    let other = Certificate { key: authority.sign(&GOOD).key, ..good.clone() };
    of("mismatched", &other);
    of("expired", &authority.sign(&Wanted { until: 2001, ..GOOD }));
    of("without a name", &authority.sign(&Wanted { names: &[], ..GOOD }));
    of("no PEM", &Certificate { certificate: "hello".to_owned(), ..good.clone() });
    of("no key", &Certificate { key: good.certificate.clone(), ..good });
    let said: Vec<_> = said.iter().map(|(name, text)| format!("# {name}\n{text}")).collect();
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn a_broken_pair_keeps_the_old_one_and_turns_a_metric_red() {
    let served = Served::new(&[]);
    let (webhook, reviews) = (&served.webhook, served.webhook.reviews);
    let shown = || served.client.connect(reviews).unwrap().certificate();
    let failed = |value| {
        move |webhook: &Webhook| webhook.metric("rollgate_cert_reload_failed") == Some(value)
    };
    let before = shown();
    fs::write(served.tls.path().join("tls.key"), "broken").unwrap();
    webhook.signal("HUP");
    webhook.wait("red", failed(1.0));
    assert_eq!(shown(), before);
    let other = served.authority.sign(&Wanted { until: 2098, ..GOOD });
    other.write(served.tls.path());
    webhook.signal("HUP");
    webhook.wait("well again", failed(0.0));
    assert_ne!(shown(), before);
    // 2098-12-31T00:00:00Z
    assert_eq!(webhook.metric("rollgate_cert_expiry_timestamp_seconds"), Some(4_070_822_400.0));
    let line = webhook.logged(|line| line["level"] == "ERROR");
    assert!(line["reason"].as_str().unwrap().contains("tls.key"), "{line}");
    assert!(!webhook.log().concat().contains("broken"), "the log quotes a key");
}

#[test]
fn certificates_change_under_load_without_a_failed_call() {
    let served = Served::new(&[]);
    let (webhook, reviews) = (&served.webhook, served.webhook.reviews);
    let stop = AtomicBool::new(false);
    let kept = || {
        let mut connection = served.client.connect(reviews).unwrap();
        let mut calls = 0;
        while !stop.load(Ordering::Relaxed) {
            assert_refused(&connection.post(PATH, &review("kept", 2_000)).unwrap(), "kept");
            calls += 1;
        }
        calls
    };
    let fresh = || {
        let mut calls = 0;
        while !stop.load(Ordering::Relaxed) {
            assert_refused(&served.review(&review("new", 2_000)), "new");
            calls += 1;
        }
        calls
    };
    let calls: u32 = thread::scope(|scope| {
        let threads = [scope.spawn(kept), scope.spawn(kept), scope.spawn(fresh)];
        for round in 1..=3 {
            let until = 2090 + round;
            let names = Wanted { until, ..GOOD };
            let before = served.client.connect(reviews).unwrap().certificate();
            served.authority.sign(&names).write(served.tls.path());
            webhook.signal("HUP");
            let now = || served.client.connect(reviews).unwrap().certificate();
            webhook.wait("a new certificate", |_| now() != before);
        }
        stop.store(true, Ordering::Relaxed);
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    assert!(calls > 3, "{calls}");
    assert_eq!(webhook.metric("rollgate_connections{port=\"reviews\"}").map(|_| ()), Some(()));
}

#[test]
fn metrics_with_tls_are_for_a_named_client_only() {
    let clients = Authority::new();
    let folder = TempDir::new().unwrap();
    let ca = folder.path().join("ca.crt");
    fs::write(&ca, &clients.pem).unwrap();
    let served = Served::new(&[
        "--metrics-tls-listen=127.0.0.1:0",
        "--metrics-client-ca",
        ca.to_str().unwrap(),
        "--metrics-client-name=prometheus",
    ]);
    let address = served.webhook.port("metrics");
    let named = |authority: &Authority, common_name| {
        authority.sign(&Wanted { common_name, names: &[], until: 2099 })
    };
    let ask = |certificate: Option<&Certificate>, path: &str| {
        let versions = [&version::TLS13, &version::TLS12];
        let client = Client::with(&served.authority.pem, &versions, certificate);
        let answer = client.connect(address)?.get(path)?;
        Ok::<_, std::io::Error>((answer.status, answer.body))
    };
    let prometheus = named(&clients, "prometheus");
    let (status, text) = ask(Some(&prometheus), "/metrics").unwrap();
    assert_eq!(status, 200);
    assert!(text.contains("rollgate_connections{port=\"metrics\"} 1"), "{text}");
    assert_eq!(ask(Some(&prometheus), "/readyz").unwrap().0, 404);
    assert!(ask(None, "/metrics").is_err());
    assert!(ask(Some(&named(&clients, "somebody")), "/metrics").is_err());
    assert!(ask(Some(&named(&Authority::new(), "prometheus")), "/metrics").is_err());
    let refused = "rollgate_tls_handshake_failures_total\
                   {port=\"metrics\",reason=\"client_certificate\"}";
    assert_eq!(served.webhook.metric(refused), Some(3.0));

    let others = Authority::new();
    fs::write(&ca, &others.pem).unwrap();
    served.webhook.signal("HUP");
    let other = named(&others, "prometheus");
    served.webhook.wait("the new CA", |_| ask(Some(&other), "/metrics").is_ok());
    assert!(ask(Some(&prometheus), "/metrics").is_err());
}
