use rollgate_facts::SecretKind;

use super::{recognise, redact};

const BODY: &str = "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAAB";

#[test]
fn secrets_are_known_by_what_they_hold() {
    let hash = format!("$6$salt${}", "a".repeat(86));
    let secrets = [
        (
            "/root/k",
            format!("-----BEGIN OPENSSH PRIVATE KEY-----\n{BODY}\n"),
            SecretKind::PrivateKey,
        ),
        (
            "/etc/a.yaml",
            format!("k: |\n  -----BEGIN RSA PRIVATE KEY-----\n  {BODY}"),
            SecretKind::PrivateKey,
        ),
        (
            "/etc/a.pem",
            format!("-----BEGIN ENCRYPTED PRIVATE KEY-----\r\n{BODY}"),
            SecretKind::PrivateKey,
        ),
        (
            "/etc/b.pem",
            "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n".into(),
            SecretKind::PrivateKey,
        ),
        (
            "/etc/sa.json",
            format!(r#"{{"private_key": "-----BEGIN PRIVATE KEY-----\n{BODY}"}}"#),
            SecretKind::PrivateKey,
        ),
        (
            "/a.asc",
            format!("-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n{BODY}"),
            SecretKind::PrivateKey,
        ),
        ("/a.ppk", "PuTTY-User-Key-File-3: ssh-ed25519".into(), SecretKind::PrivateKey),
        (
            "/root/.docker/config.json",
            r#"{"auths": {"quay.io": {"auth": "dTpw"}}}"#.into(),
            SecretKind::RegistryCredentials,
        ),
        (
            "/root/.dockercfg",
            r#"{"quay.io": {"auth": "dTpw"}}"#.into(),
            SecretKind::RegistryCredentials,
        ),
        (
            "/etc/s.yaml",
            "data:\n  .dockerconfigjson: eyJhdXRocyI6e30=".into(),
            SecretKind::RegistryCredentials,
        ),
        (
            "/root/k",
            "kind: Config\nusers:\n- user:\n    token: sha256~abcdef\n".into(),
            SecretKind::Kubeconfig,
        ),
        (
            "/root/j",
            r#"{"kind":"Config","users":[{"user":{"client-key-data":"LS0tLS1"}}]}"#.into(),
            SecretKind::Kubeconfig,
        ),
        (
            "/etc/yum.repos.d/a.repo",
            "[a]\nusername=u\npassword = secret\n".into(),
            SecretKind::RepositoryCredentials,
        ),
        (
            "/etc/yum.repos.d/b.repo",
            "[a]\nbaseurl=https://u:p@host/\n".into(),
            SecretKind::RepositoryCredentials,
        ),
        ("/etc/shadow", format!("core:*::\nroot:{hash}:19000::\n"), SecretKind::PasswordHash),
        (
            "/etc/currentconfig",
            format!(r#"{{"passwordHash": "{hash}"}}"#),
            SecretKind::PasswordHash,
        ),
    ];
    for (path, text, kind) in secrets {
        assert_eq!(recognise(path, text.as_bytes()), Some(kind), "{path}: {text}");
    }
}

#[test]
fn what_is_public_a_sample_or_a_program_is_no_secret() {
    let key = format!("-----BEGIN PRIVATE KEY-----\n{BODY}\n");
    let harmless = [
        ("/etc/ca.pem", format!("-----BEGIN CERTIFICATE-----\n{BODY}\n")),
        ("/etc/key.pub", format!("-----BEGIN PUBLIC KEY-----\n{BODY}\n")),
        ("/etc/a.asc", format!("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n{BODY}\n")),
        ("/usr/share/doc/openssl/key.pem", key.clone()),
        ("/usr/lib/python3.12/site-packages/x/tests/key.pem", key.clone()),
        ("/usr/lib/x.py", "BEGIN = '-----BEGIN PRIVATE KEY-----'\nEND = 1\n".into()),
        ("/usr/bin/x", format!("\u{0}ELF{key}")),
        ("/etc/auth.json", r#"{"auths": {}}"#.into()),
        ("/etc/auth.json", r#"{"auths": {"quay.io": {"auth": ""}}}"#.into()),
        (
            "/etc/kubernetes/kubeconfig",
            "kind: Config\nusers:\n- user:\n    tokenFile: /var/token\n".into(),
        ),
        (
            "/etc/yum.repos.d/a.repo",
            "[a]\n#password=x\nbaseurl=https://host/$releasever\npassword=$PASS\n".into(),
        ),
        ("/etc/shadow", "root:!locked:1::\ncore:*::\nbin:!!::\ndaemon:::\n".into()),
        ("/etc/empty", String::new()),
    ];
    for (path, text) in harmless {
        assert_eq!(recognise(path, text.as_bytes()), None, "{path}: {text}");
    }
}

#[test]
fn what_is_kept_of_a_file_holds_no_secret() {
    let shadow = "root:$6$salt$hash:19000:0:\nbin:*:1::\nopen::1::\nold:!$6$x$y:1\n\n";
    let kept = redact("/etc/shadow", shadow.into());
    assert_eq!(String::from_utf8(kept).unwrap(), "root:$\nbin:!\nopen:\nold:!\n\n");
    let kept = redact("/etc/yum.repos.d/a.repo", "[a]\npassword=hunter2\ngpgcheck=1\n".into());
    assert_eq!(String::from_utf8(kept).unwrap(), "[a]\npassword=<masked>\ngpgcheck=1\n");
    let database = b"SQLite format 3\0password=x".to_vec();
    assert_eq!(redact("/usr/share/rpm/rpmdb.sqlite", database.clone()), database);
}
