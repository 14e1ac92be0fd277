//! OPA bundles wherever a folder of policies is taken.

use insta::assert_snapshot;
use rollgate_testkit::archive::{Entry, tar_gz, tar_gz_of};

use crate::harness::Folder;
use crate::inputs::FAULTY;
use crate::policies::{OWN, rule};
use crate::policy_authors::session;

/// Made by OPA itself.
const SIGNED: &[u8] = include_bytes!("../fixtures/opa/signed.tar.gz");

/// Says that `own.rego` has the digest `00`, and lists `gone.rego`.
const TOKEN: &str = "eyJhbGciOiJIUzI1NiJ9.eyJmaWxlcyI6W3sibmFtZSI6Im93bi5yZWdvIiwiaGFzaCI6IjAwIiwi\
                     YWxnb3JpdGhtIjoiU0hBLTI1NiJ9LHsibmFtZSI6ImdvbmUucmVnbyIsImhhc2giOiIwMCJ9LHsib\
                     mFtZSI6Im9sZC5yZWdvIiwiaGFzaCI6IjAwIiwiYWxnb3JpdGhtIjoiTUQ1In1dfQ.c2ln";

/// `{"alg":"none"}` and no files.
const UNSIGNED: &str = "eyJhbGciOiJub25lIn0.eyJmaWxlcyI6W119.";

#[test]
fn a_bundle_is_read_as_a_folder_is() {
    let own = rule("own", OWN);
    let folder = Folder::with(&[
        ("b/.manifest", "{\"revision\": \"7\", \"roots\": [\"custom/site\"]}"),
        ("b/site/own.rego", &own),
        ("a.yaml", FAULTY),
    ]);
    folder.write("b.tar.gz", tar_gz(&[("/site/own.rego", own.as_bytes())]));
    folder.write("signed.tar.gz", SIGNED);
    let commands = [
        "policy list b",
        "policy check b.tar.gz",
        "check --no-config --quiet --policy b.tar.gz a.yaml",
        "policy list signed.tar.gz",
        "policy list signed.tar.gz --skip-bundle-verification",
    ];
    assert_snapshot!(session(&folder, &commands));
}

#[test]
fn a_bundle_is_what_it_says_or_does_not_load() {
    let own = rule("own", OWN);
    let signed = |tokens: &str| format!("{{\"signatures\": [{tokens}]}}");
    let cases = [
        ("malformed", ".manifest", "{\"roots\": [\"custom\"".to_owned()),
        ("shape", ".manifest", "{\n\"roots\": \"custom\"}".to_owned()),
        ("outside", ".manifest", "{\"roots\": [\"custom/other\", \"teams\"]}".to_owned()),
        ("old", ".manifest", "{\"rego_version\": 0}".to_owned()),
        ("compiled", ".manifest", "{\"wasm\": [{\"module\": \"/policy.wasm\"}]}".to_owned()),
        ("signature", ".signatures.json", "{\"signatures\": [".to_owned()),
        ("several", ".signatures.json", signed("\"a.b.c\", \"a.b.c\"")),
        ("token", ".signatures.json", signed("\"a.b\"")),
        ("header", ".signatures.json", signed("\"a.b.c\"")),
        ("none", ".signatures.json", signed(&format!("\"{UNSIGNED}\""))),
        ("other", ".signatures.json", signed(&format!("\"{TOKEN}\""))),
    ];
    let folder = Folder::with(&[("outside/data.json", "{\"teams\": 1, \"other\": {\"a\": 1}}")]);
    folder.write("other/unlisted.rego", "package custom.site.unlisted\n");
    folder.write("other/old.rego", "package custom.site.old\n");
    let mut commands = Vec::new();
    for (name, file, text) in cases {
        folder.write(&format!("{name}/{file}"), text);
        folder.write(&format!("{name}/own.rego"), &own);
        commands.push(format!("policy check {name} --skip-bundle-verification"));
    }
    let commands: Vec<_> = commands.iter().map(String::as_str).collect();
    assert_snapshot!(session(&folder, &commands));
}

#[test]
fn an_archive_that_climbs_out_or_explodes_is_refused() {
    let folder = Folder::with(&[]);
    let link = Entry { path: "own.rego", kind: b'2', bytes: b"" };
    folder.write("climbs.tar.gz", tar_gz(&[("../own.rego", b"package a")]));
    folder.write("link.tar.gz", tar_gz_of(&[link]));
    folder.write("bomb.tar.gz", tar_gz(&[("own.rego", &vec![b' '; 16 << 20])]));
    folder.write("text.tar.gz", "not an archive");
    folder.write("empty.tar.gz", tar_gz(&[]));
    let commands = [
        "policy check climbs.tar.gz",
        "policy check link.tar.gz",
        "policy check bomb.tar.gz",
        "policy check text.tar.gz",
        "policy check empty.tar.gz",
    ];
    assert_snapshot!(session(&folder, &commands));
}
