//! Secrets in an image, also where a later layer removes them. None of them opens anything.

use rollgate_testkit::image::{Image, Layer};

use super::{Fault, fault, on_top};

const KEY: &str = "-----BEGIN PRIVATE KEY-----\nbm90IGEga2V5IGF0IGFsbCwgYnV0IGFzIGxvbmcgYXMgb25lIGlz\n-----END PRIVATE KEY-----\n";
const CERTIFICATE: &str = "-----BEGIN CERTIFICATE-----\nbm90IG9uZQ==\n-----END CERTIFICATE-----\n";
const AUTH: &str = "{\"auths\":{\"registry.example.com\":{\"auth\":\"bm9ib2R5Om5vdGhpbmc=\"}}}";
const KUBECONFIG: &str = "apiVersion: v1\nkind: Config\nclusters: []\nusers:\n- name: example\n  user:\n    token: bm90LWEtdG9rZW4\n";

/// A file of an image that whoever has the image can read.
fn file(path: &str, text: &str) -> Layer {
    Layer::new().file(path, 0o600, text)
}

pub(super) fn faults() -> Vec<Fault> {
    let certificate = || file("/etc/pki/example.pem", CERTIFICATE);
    vec![
        on_top(
            "entitlement_in_image",
            "a certificate of a subscription",
            file("/etc/pki/entitlement/1234-key.pem", KEY),
            certificate(),
        ),
        fault(
            "entitlement_in_image",
            "removed by a later layer",
            Image::rhcos()
                .layer(file("/etc/pki/entitlement/1234-key.pem", KEY))
                .layer(Layer::new().whiteout("/etc/pki/entitlement")),
            Image::rhcos()
                .layer(certificate())
                .layer(Layer::new().whiteout("/etc/pki/example.pem")),
        ),
        fault(
            "registry_credentials_in_image",
            "replaced by a later layer",
            Image::rhcos()
                .layer(file("/etc/ostree/auth.json", AUTH))
                .layer(file("/etc/ostree/auth.json", "{\"auths\":{}}")),
            Image::rhcos()
                .layer(file("/etc/example.json", "{\"auths\":{}}"))
                .layer(file("/etc/example.json", "{}")),
        ),
        on_top(
            "cluster_credentials_in_image",
            "a kubeconfig",
            file("/etc/example/kubeconfig", KUBECONFIG),
            file("/etc/example/kubeconfig", "apiVersion: v1\nkind: Config\nusers: []\n"),
        ),
        on_top(
            "private_key_in_image",
            "the key of a server",
            file("/etc/pki/tls/private/server.key", KEY),
            file("/etc/pki/tls/certs/server.crt", CERTIFICATE),
        ),
        on_top(
            "node_identity_in_image",
            "a host key of SSH",
            file("/etc/ssh/ssh_host_ed25519_key", &KEY.replace("PRIVATE", "OPENSSH PRIVATE")),
            file("/etc/ssh/ssh_host_ed25519_key.pub", "ssh-ed25519 AAAA example\n"),
        ),
        on_top(
            "build_secret_in_image",
            "a secret of the build",
            file("/run/secrets/token", "not-a-token\n"),
            Layer::new().directory("/run/secrets", 0o755),
        ),
        on_top(
            "login_key_in_image",
            "a key of root",
            Layer::new()
                .directory("/var/roothome", 0o700)
                .directory("/var/roothome/.ssh", 0o700)
                .file("/var/roothome/.ssh/authorized_keys", 0o600, "ssh-ed25519 AAAA example\n"),
            Layer::new(),
        ),
        on_top(
            "repository_credentials_in_image",
            "a password",
            repository("username=example\npassword=not-a-password\n"),
            repository(""),
        ),
    ]
}

fn repository(text: &str) -> Layer {
    let about = "[example]\nname=Example\nbaseurl=https://packages.example.com/\ngpgcheck=1\n";
    Layer::new().directory("/etc/yum.repos.d", 0o755).file(
        "/etc/yum.repos.d/example.repo",
        0o600,
        format!("{about}{text}"),
    )
}
