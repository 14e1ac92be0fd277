//! `rollgate-webhook certs`: what it makes can be served, and is not lightly replaced.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rollgate_testkit::https::Client;
use rollgate_testkit::webhook::Webhook;
use tempfile::TempDir;

use crate::support::{BINARY, PATH, assert_refused, review};

fn certs(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(BINARY).arg("certs").arg(folder).args(arguments).output().unwrap()
}

#[test]
fn a_pair_is_made_served_and_trusted_by_its_bundle() {
    let folder = TempDir::new().unwrap();
    let tls = folder.path().join("deep/tls");
    let made = certs(&tls, &["--name=webhook.example.svc", "--name=192.0.2.1"]);
    assert!(made.status.success(), "{made:?}");
    let authority = fs::read_to_string(tls.join("ca.crt")).unwrap();
    let bundle = String::from_utf8(made.stdout).unwrap();
    assert_eq!(bundle.trim_end(), STANDARD.encode(&authority));
    let key = fs::metadata(tls.join("tls.key")).unwrap();
    assert_eq!(key.permissions().mode() & 0o777, 0o600);
    let objects = folder.path().to_str().unwrap();
    let webhook = Webhook::serve(BINARY, &tls, &["--refuse-unjudged", "--objects", objects]);
    let client = Client::new(&authority);
    let mut connection = client.connect(webhook.reviews).unwrap();
    assert_refused(&connection.post(PATH, &review("a", 10)).unwrap(), "a");
}

#[test]
fn what_is_there_is_replaced_only_when_asked() {
    let folder = TempDir::new().unwrap();
    let read = || fs::read(folder.path().join("tls.crt")).unwrap();
    assert!(certs(folder.path(), &[]).status.success());
    let before = read();
    let refused = certs(folder.path(), &[]);
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("is there already") && said.contains("--force"), "{said}");
    assert_eq!(read(), before);
    assert!(certs(folder.path(), &["--force"]).status.success());
    assert_ne!(read(), before);
}
