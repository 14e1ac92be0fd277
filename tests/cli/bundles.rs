//! OPA bundles wherever a folder of policies is taken.

use insta::assert_snapshot;
use rollgate_testkit::archive::{Entry, tar_gz, tar_gz_of};

use crate::harness::Folder;
use crate::inputs::FAULTY;
use crate::policies::{OWN, rule};
use crate::policy_authors::session;

/// Made by OPA itself, with a shared secret.
const SIGNED: &[u8] = include_bytes!("../fixtures/opa/signed.tar.gz");

/// Made by OPA itself, with the private halves of keys.
const BUNDLES: [(&str, &[u8]); 6] = [
    ("rs256.tar.gz", include_bytes!("../fixtures/opa/rs256.tar.gz")),
    ("ps512.tar.gz", include_bytes!("../fixtures/opa/ps512.tar.gz")),
    ("es256.tar.gz", include_bytes!("../fixtures/opa/es256.tar.gz")),
    ("es384.tar.gz", include_bytes!("../fixtures/opa/es384.tar.gz")),
    ("es512.tar.gz", include_bytes!("../fixtures/opa/es512.tar.gz")),
    ("scoped.tar.gz", include_bytes!("../fixtures/opa/scoped.tar.gz")),
];

/// The public halves.
const KEYS: [(&str, &str); 4] = [
    ("rsa.pub", include_str!("../fixtures/opa/rsa.pub")),
    ("es256.pub", include_str!("../fixtures/opa/es256.pub")),
    ("es384.pub", include_str!("../fixtures/opa/es384.pub")),
    ("es512.pub", include_str!("../fixtures/opa/es512.pub")),
];

/// A key of 1024 bits.
const SHORT: &str = "-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDEnZuIBZQTJ9uFxI5XYrfbvLFb
EjlLarsYW8BAa8C3gVaho6p5bZwO9aVGopMgX8N6uD5RL038egyXB5tfhSxmK0IX
/ouhvQesBwItvCDys+zNkPlpLrLzXmW3P6aAW4xa4VTob3mAXohDTBUNBE9SU86c
DP8wjI29uKSxwCkZYQIDAQAB
-----END PUBLIC KEY-----
";

/// The same policy as a folder, signed by `opa sign` with the key of `es256.pub`.
const FOLDER: [(&str, &str); 4] = [
    (".manifest", include_str!("../fixtures/opa/bundle/.manifest")),
    (".signatures.json", include_str!("../fixtures/opa/bundle/.signatures.json")),
    ("data.json", include_str!("../fixtures/opa/bundle/data.json")),
    ("acme/debug_argument.rego", include_str!("../fixtures/opa/bundle/acme/debug_argument.rego")),
];

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
        ("nothing", ".signatures.json", String::new()),
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
fn a_signed_bundle_loads_by_its_key() {
    let folder = Folder::with(&KEYS);
    for (name, bytes) in BUNDLES {
        folder.write(name, bytes);
    }
    for (path, text) in FOLDER {
        folder.write(&format!("bundle/{path}"), text);
        folder.write(&format!("renamed/{path}"), text);
    }
    let commands = [
        "policy list rs256.tar.gz --bundle-verification-key rsa.pub",
        "policy list ps512.tar.gz --bundle-verification-key rsa.pub",
        "policy list es256.tar.gz --bundle-verification-key es256.pub",
        "policy list es384.tar.gz --bundle-verification-key es384.pub",
        "policy list es512.tar.gz --bundle-verification-key es512.pub",
        "policy list scoped.tar.gz --bundle-verification-key es256.pub --bundle-scope nodes",
        "policy list bundle --bundle-verification-key es256.pub",
        "policy list renamed --bundle-verification-key es256.pub",
    ];
    assert_snapshot!(session(&folder, &commands));
}

/// Another signer, another algorithm, another scope, no signature, and keys that are none.
#[test]
fn a_bundle_that_its_key_does_not_vouch_for_does_not_load() {
    let folder = Folder::with(&KEYS);
    for (name, bytes) in BUNDLES {
        folder.write(name, bytes);
    }
    folder.write("secret.tar.gz", SIGNED);
    folder.write("plain/own.rego", rule("own", OWN));
    folder.write("private.pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    folder.write("cert.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    folder.write("other.pem", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n");
    folder.write("short.pem", SHORT);
    folder.write("cut.pem", "-----BEGIN PUBLIC KEY-----\nAAAA\n");
    let commands = [
        "policy check es256.tar.gz",
        "policy check es256.tar.gz --bundle-verification-key rsa.pub",
        "policy check secret.tar.gz --bundle-verification-key rsa.pub",
        "policy check scoped.tar.gz --bundle-verification-key es256.pub",
        "policy check es256.tar.gz --bundle-verification-key es256.pub --bundle-scope nodes",
        "policy check scoped.tar.gz --bundle-verification-key es256.pub --bundle-scope pods",
        "policy check plain --bundle-verification-key es256.pub",
        "policy check es256.tar.gz --bundle-verification-key private.pem",
        "policy check es256.tar.gz --bundle-verification-key cert.pem",
        "policy check es256.tar.gz --bundle-verification-key other.pem",
        "policy check es256.tar.gz --bundle-verification-key cut.pem",
        "policy check es256.tar.gz --bundle-verification-key short.pem",
        "policy check es256.tar.gz --bundle-verification-key gone.pub",
        "policy check es256.tar.gz --bundle-verification-key es256.pub --skip-bundle-verification",
        "policy check es256.tar.gz --bundle-scope nodes",
    ];
    assert_snapshot!(session(&folder, &commands));
}

/// What was changed after it was signed: a rule, a file more, a file less, and the signature itself.
#[test]
fn a_signed_bundle_that_was_changed_does_not_load() {
    let folder = Folder::with(&KEYS);
    let mut commands = Vec::new();
    for case in ["rule", "more", "less", "list"] {
        for (path, text) in FOLDER {
            folder.write(&format!("{case}/{path}"), text);
        }
        commands.push(format!("policy check {case} --bundle-verification-key es256.pub"));
    }
    folder.write("rule/acme/debug_argument.rego", FOLDER[3].1.replace("high", "low"));
    folder.write("more/acme/other.rego", "package custom.acme.other\n");
    std::fs::remove_file(folder.path().join("less/data.json")).unwrap();
    let (message, signature) = FOLDER[1].1.rsplit_once('.').unwrap();
    let (first, rest) = signature.split_at(1);
    let other = if first == "A" { "B" } else { "A" };
    folder.write("list/.signatures.json", format!("{message}.{other}{rest}"));
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
