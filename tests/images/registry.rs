//! Images in registries: the real one, and ones that mean no good.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rollgate_facts::Architecture;
use rollgate_sources::image::{HostPaths, ImageOptions, NetworkLimits};
use rollgate_testkit::image::{Built, Image, Layer, write_oci_index};
use rollgate_testkit::registry::{
    Answer, Asked, End, HostileRegistry, PASSWORD, Registry, USER, image,
};

use crate::layouts::outcome;

/// Something of some size, so that a connection can break in the midst of it.
fn derived() -> Image {
    let noise = std::iter::successors(Some(1_u64), |state| {
        Some(state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407))
    });
    let noise: Vec<u8> = noise.take(200_000).map(|state| state.to_be_bytes()[0]).collect();
    Image::empty("amd64").layer(Layer::new().file("/etc/noise", 0o644, noise))
}

/// Limits with which a test need not wait.
fn quick() -> NetworkLimits {
    NetworkLimits {
        idle: Duration::from_millis(300),
        pause: Duration::from_millis(1),
        longest_pause: Duration::from_millis(2),
        retries: 2,
        ..NetworkLimits::default()
    }
}

/// What asks a hostile registry, whose host is marked insecure.
fn options_for(folder: &Path, host: &str) -> ImageOptions {
    let conf = folder.join("registries.conf");
    fs::write(&conf, format!("[[registry]]\nlocation = \"{host}\"\ninsecure = true\n")).unwrap();
    ImageOptions { registries_conf: Some(conf), network: quick(), ..ImageOptions::default() }
}

fn auth_file(folder: &Path, host: &str, user: &str, password: &str) -> PathBuf {
    use base64::Engine as _;
    let auth = base64::engine::general_purpose::STANDARD.encode(format!("{user}:{password}"));
    let path = folder.join("auth.json");
    let auths = BTreeMap::from([(host, serde_json::json!({"auth": auth}))]);
    fs::write(&path, serde_json::json!({"auths": auths}).to_string()).unwrap();
    path
}

#[test]
fn a_real_registry_serves_an_image_with_tls_and_a_password() {
    let test = "a_real_registry_serves_an_image_with_tls_and_a_password";
    let folder = tempfile::tempdir().unwrap();
    let Some(registry) = Registry::start(test, folder.path()) else { return };
    let layout = folder.path().join("layout");
    let built = derived().write_oci(&layout, "a");
    let lists = write_oci_index(&layout, "multi", &[&Image::empty("amd64"), &derived()]);
    for (choice, name) in [("a", "team/os:4.19"), ("multi", "team/multi:1")] {
        let source = format!("oci:{}:{choice}", layout.display());
        if registry.push(test, &source, name).is_none() {
            return;
        }
    }
    let certificates = folder.path().join("certs.d");
    fs::create_dir_all(certificates.join(&registry.host)).unwrap();
    fs::write(certificates.join(&registry.host).join("ca.crt"), &registry.authority).unwrap();
    let host = HostPaths { certificates: vec![certificates], ..HostPaths::default() };
    let authfile = auth_file(folder.path(), &registry.host, USER, PASSWORD);
    let options = ImageOptions {
        architecture: Some(Architecture::X86_64),
        authfile: Some(authfile),
        host,
        ..ImageOptions::default()
    };

    let reference = format!("{}/team/os:4.19", registry.host);
    let found = outcome(&options, &reference).unwrap();
    assert_eq!(found.image.digest, built.digest);
    assert_eq!(found.image.reference, format!("docker://{reference}"));
    assert_eq!(found.image.pinned, Some(false));
    let pinned = format!("docker://{}/team/os@{}", registry.host, built.digest);
    let same = outcome(&options, &pinned).unwrap();
    assert_eq!((same.image.pinned, same.files), (Some(true), found.files));
    let multi = outcome(&options, &format!("{}/team/multi:1", registry.host));
    assert!(lists.len() == 2 && multi.is_err(), "two images for one architecture");

    // A digest whose source is another registry, which is never asked.
    let mirror = rollgate_engine::ImageMirror {
        source: "quay.example.com/vendor".to_owned(),
        mirrors: vec![format!("{}/team", registry.host)],
        tags: false,
        never_source: true,
    };
    let mirrored = ImageOptions { mirrors: vec![mirror], ..options.clone() };
    let by_mirror = outcome(&mirrored, &format!("quay.example.com/vendor/os@{}", built.digest));
    assert_eq!(by_mirror.unwrap().image.digest, built.digest);

    let missing = outcome(&options, &format!("{}/team/os:none", registry.host)).unwrap_err();
    assert!(missing.ends_with("does not exist (HTTP 404)"), "{missing}");
    let wrong = auth_file(folder.path(), &registry.host, USER, "wrong-password");
    let wrong = ImageOptions { authfile: Some(wrong), ..options.clone() };
    let refused = outcome(&wrong, &reference).unwrap_err();
    assert!(refused.contains("may not be read with these credentials"), "{refused}");
    assert!(!refused.contains("wrong-password"), "{refused}");
    let untrusting = ImageOptions { host: HostPaths::default(), network: quick(), ..options };
    let refused = outcome(&untrusting, &reference).unwrap_err();
    assert!(refused.contains("cannot be connected to: invalid peer certificate"), "{refused}");
}

/// What comes of a registry that answers so, for the blob of the layer or else for everything.
fn of_hostile(
    answer: impl Fn(&Built, &Asked) -> Answer + Send + Sync + 'static,
) -> (Result<(), String>, Vec<Asked>) {
    let folder = tempfile::tempdir().unwrap();
    let built = Arc::new(derived().build());
    let registry = HostileRegistry::start(move |asked| answer(&built, asked));
    let host = registry.host.clone();
    let outcome = outcome(&options_for(folder.path(), &host), &format!("{host}/team/os:1"));
    let message = outcome.map(drop).map_err(|error| error.replace(&host, "HOST"));
    (message, registry.asked())
}

fn is_layer(built: &Built, asked: &Asked) -> bool {
    asked.path.ends_with(&built.layers.last().unwrap().digest)
}

#[test]
fn an_image_comes_through_broken_connections() {
    let (outcome, asked) = of_hostile(|built, asked| {
        let answer = image(built, asked);
        if is_layer(built, asked) && asked.header("range").is_none() {
            answer.ending(End::Broken(50_000))
        } else {
            answer
        }
    });
    assert_eq!(outcome, Ok(()));
    let ranges: Vec<_> = asked.iter().filter_map(|asked| asked.header("range")).collect();
    assert_eq!(ranges.len(), 1, "{ranges:?}");

    // A manifest is asked for anew.
    let (outcome, _) = of_hostile(|built, asked| {
        let answer = image(built, asked);
        if asked.before == 0 { answer.ending(End::Broken(10)) } else { answer }
    });
    assert_eq!(outcome, Ok(()));

    // One that does not serve ranges begins anew.
    let (outcome, _) = of_hostile(|built, asked| {
        let plain = Asked { headers: Vec::new(), ..asked.clone() };
        let answer = image(built, &plain);
        if is_layer(built, asked) && asked.header("range").is_none() {
            answer.ending(End::Broken(50_000))
        } else {
            answer
        }
    });
    assert_eq!(outcome, Ok(()));
}

#[test]
fn a_registry_that_asks_for_patience_is_asked_again() {
    let (outcome, asked) = of_hostile(|built, asked| match asked.before {
        2 => Answer::new(429, "").header("retry-after", "3600"),
        3 => Answer::new(503, ""),
        _ => image(built, asked),
    });
    assert_eq!(outcome, Ok(()));
    let layer = asked.last().unwrap();
    assert_eq!(asked.iter().filter(|asked| asked.path == layer.path).count(), 3, "{asked:?}");
}

#[test]
fn a_registry_that_means_no_good_is_named_with_what_it_did() {
    type Change = fn(Answer) -> Answer;
    let changes: [(Change, &str); 8] = [
        (|_| Answer::new(404, "x"), "`HOST/v2/team/os/blobs/D` does not exist (HTTP 404)"),
        (|_| Answer::new(429, "x"), "`HOST/v2/team/os/blobs/D` is asked too often (HTTP 429)"),
        (
            |_| Answer::new(500, "x"),
            "`HOST/v2/team/os/blobs/D` cannot be had: the registry failed (HTTP 500)",
        ),
        (
            |_| {
                Answer::new(401, "x")
                    .header("www-authenticate", "Bearer realm=\"http://192.0.2.1/token\"")
            },
            "`HOST/v2/team/os/blobs/D` asks for a token of an address without TLS",
        ),
        (
            |answer| answer.header("content-length", "7"),
            "`HOST/v2/team/os/blobs/D` comes with 7 bytes, where the manifest says N",
        ),
        (
            |answer| answer.header("transfer-encoding", "identity").ending(End::Stalled(10_000)),
            "`HOST/v2/team/os/blobs/D` did not say anything for 0.3 s",
        ),
        (
            |answer| answer.ending(End::Stalled(10_000)),
            "`HOST/v2/team/os/blobs/D` did not say anything for 0.3 s",
        ),
        (
            |answer| answer.ending(End::Broken(0)),
            "`HOST/v2/team/os/blobs/D` broke off after 0 of N bytes",
        ),
    ];
    for (change, message) in changes {
        let built = derived().build();
        let layer = built.layers.last().unwrap().clone();
        let (outcome, _) = of_hostile(move |built, asked| {
            let answer = image(built, asked);
            if is_layer(built, asked) { change(answer) } else { answer }
        });
        let outcome = outcome.unwrap_err().replace(&layer.digest, "D");
        assert_eq!(outcome.replace(&layer.size.to_string(), "N"), message);
    }
}

#[test]
fn redirects_lead_to_no_place_that_is_never_asked_and_end() {
    let redirected = |location: &'static str| {
        let (outcome, asked) = of_hostile(move |built, asked| {
            if is_layer(built, asked) || asked.path.starts_with("/again") {
                let location = location.replace("/again", &format!("/again{}", asked.before));
                return Answer::new(307, "").header("location", location);
            }
            image(built, asked)
        });
        (outcome.unwrap_err(), asked.len())
    };
    let (message, asked) = redirected("/again");
    assert!(message.ends_with("redirects more than 5 times"), "{message}");
    assert!(asked < 20, "{asked}");
    for location in [
        "http://169.254.169.254/latest/meta-data?token=secret",
        "http://[fd00:ec2::254]/",
        "http://0x64646464/../",
    ] {
        let (message, _) = redirected(location);
        let expected = "is an address that is never asked";
        let reached = location.contains("0x64646464");
        assert!(reached || message.ends_with(expected), "{message}");
        assert!(!message.contains("secret"), "{message}");
    }
    let (message, _) = redirected("file:///etc/passwd");
    assert!(message.ends_with("is an address that is never asked"), "{message}");
}

#[test]
fn credentials_go_to_their_own_host_only() {
    let folder = tempfile::tempdir().unwrap();
    let built = Arc::new(derived().build());
    let of_other = Arc::clone(&built);
    let other = HostileRegistry::start(move |asked| image(&of_other, asked));
    let elsewhere = other.host.clone();
    let registry = HostileRegistry::start(move |asked| {
        if asked.path == "/v2/" {
            return Answer::new(200, "{}");
        }
        if asked.header("authorization").is_none() {
            return Answer::new(401, "").header("www-authenticate", "Basic realm=\"x\"");
        }
        if is_layer(&built, asked) {
            let location = format!("http://{elsewhere}{}", asked.path);
            return Answer::new(307, "").header("location", location);
        }
        image(&built, asked)
    });
    let host = registry.host.clone();
    let authfile = Some(auth_file(folder.path(), &host, "me", "hunter2"));
    let options = ImageOptions { authfile, ..options_for(folder.path(), &host) };
    outcome(&options, &format!("{host}/team/os:1")).unwrap();
    let given = |asked: &Asked| asked.header("authorization").is_some();
    assert!(registry.asked().iter().any(given));
    assert!(!other.asked().is_empty() && !other.asked().iter().any(given));
}

#[test]
fn a_token_is_asked_for_pulling_alone() {
    let folder = tempfile::tempdir().unwrap();
    let built = Arc::new(derived().build());
    let registry = HostileRegistry::start(move |asked| {
        if asked.path.starts_with("/token") {
            return Answer::new(200, "{\"token\":\"t0ken\"}");
        }
        if asked.path == "/v2/" || asked.header("authorization") == Some("Bearer t0ken") {
            return image(&built, asked);
        }
        let host = asked.header("host").unwrap_or_default();
        let realm = format!(
            "Bearer realm=\"http://{host}/token\",service=\"s\",scope=\"repository:a:push\""
        );
        Answer::new(401, "").header("www-authenticate", realm)
    });
    let host = registry.host.clone();
    outcome(&options_for(folder.path(), &host), &format!("{host}/team/os:1")).unwrap();
    let tokens: Vec<_> =
        registry.asked().into_iter().filter(|asked| asked.path.starts_with("/token")).collect();
    assert_eq!(tokens.len(), 1, "{tokens:?}");
    assert_eq!(tokens[0].path, "/token?service=s&scope=repository%3Ateam%2Fos%3Apull");
}

#[test]
fn a_registry_without_tls_is_asked_only_if_it_is_marked() {
    let registry = HostileRegistry::start(|_| Answer::new(200, "{}"));
    let options = ImageOptions { network: quick(), ..ImageOptions::default() };
    let refused = outcome(&options, &format!("{}/team/os:1", registry.host)).unwrap_err();
    assert!(refused.contains("cannot be connected to"), "{refused}");
}
