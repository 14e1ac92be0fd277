//! Secrets in the files of an image, by what they hold.
//!
//! Owns how a file is recognised from its first bytes, and what is left of one whose contents are
//! kept. Must not keep or tell a value. A certificate or public key is no secret; an encrypted private
//! key is one, for its passphrase can be tried at leisure. Samples in documentation and the keys of
//! test suites are none: they let nobody in.
//!
//! `/root/.ssh/id_ed25519` with `-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl…` → a private key.

use std::sync::LazyLock;

use regex::bytes::Regex;
use rollgate_facts::SecretKind;

use crate::text::mask;

/// How much of the beginning tells whether a file is text: what is not has a NUL early.
const SNIFFED: usize = 1024;

/// Folders whose files are samples.
const SAMPLES: &[&str] = &[
    "/usr/share/doc/",
    "/usr/share/man/",
    "/usr/share/info/",
    "/usr/share/licenses/",
    "/usr/share/help/",
    "/usr/share/gtk-doc/",
];

/// Folders by their name that hold the material of tests.
const TESTS: &[&str] = &["/test/", "/tests/", "/testing/", "/testdata/", "/test_data/"];

/// A header of PEM or `OpenPGP` with something encoded after it; on one line where JSON escapes the
/// end of a line. A program that only names the header goes on with a quote.
static PRIVATE_KEY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let header = r"-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----";
    let line_end = r"(?:\r?\n|\\r\\n|\\n)[ \t]*";
    let body = r"(?:[A-Za-z0-9+/=]{32}|Proc-Type:|Version:|Comment:|\r?\n[A-Za-z0-9+/=]{32})";
    Regex::new(&format!("(?-u){header}{line_end}{body}")).ok()
});

/// What logs in to a registry (containers-auth.json(5)).
static REGISTRY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"(?-u)"(?:auth|identitytoken|registrytoken|password)"\s*:\s*"[^"\s]{4}"#).ok()
});

/// The same in a Secret of Kubernetes: `{"` in base64.
static REGISTRY_SECRET: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"(?-u)\.docker(?:configjson|cfg)"?\s*:\s*"?eyJ[A-Za-z0-9+/=]{8}"#).ok()
});

/// What logs in to a cluster, in YAML or JSON.
static CLUSTER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let key = r#"(?:token|client-key-data|password)"?\s*:[ \t]*"#;
    Regex::new(&format!(r#"(?-u)[\s"{{,-]{key}["']?[A-Za-z0-9+/=._~-]{{6}}"#)).ok()
});

static KIND_CONFIG: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?-u)\bkind"?\s*:\s*["']?Config\b"#).ok());

/// What logs in to a repository: a value that is no variable, or a part of an address.
static REPOSITORY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let pair = r"(?m:^[ \t]*(?:proxy_)?password[ \t]*=[ \t]*[^\s$])";
    Regex::new(&format!(r"(?-u){pair}|://[^/\s@:]+:[^/\s@$]+@")).ok()
});

/// A hash of crypt(5) as long as one has to be.
static HASH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let hash = "[./A-Za-z0-9]";
    let sha =
        format!(r"\$[56]\$(?:rounds=[0-9]+\$)?[^$\s:]{{1,16}}\$(?:{hash}{{86}}|{hash}{{43}})");
    let yescrypt = format!(r"\$g?y\$[^$\s:]{{1,16}}\$[^$\s:]{{1,86}}\${hash}{{43}}");
    Regex::new(&format!(r"(?-u){sha}|{yescrypt}|\$2[aby]\$[0-9]{{2}}\${hash}{{53}}")).ok()
});

/// What secret a file holds, by its absolute path and its beginning.
pub fn recognise(path: &str, head: &[u8]) -> Option<SecretKind> {
    if is_sample(path) || is_binary(head) {
        return None;
    }
    if is_shadow(path) {
        return has_password(head).then_some(SecretKind::PasswordHash);
    }
    if head.starts_with(b"PuTTY-User-Key-File-") {
        return Some(SecretKind::PrivateKey);
    }
    let found = |pattern: &LazyLock<Option<Regex>>| {
        pattern.as_ref().is_none_or(|pattern| pattern.is_match(head))
    };
    if found(&KIND_CONFIG) && found(&CLUSTER) {
        return Some(SecretKind::Kubeconfig);
    }
    if (is_registry_file(path, head) && found(&REGISTRY)) || found(&REGISTRY_SECRET) {
        return Some(SecretKind::RegistryCredentials);
    }
    if found(&PRIVATE_KEY) {
        return Some(SecretKind::PrivateKey);
    }
    if is_repository(path) && found(&REPOSITORY) {
        return Some(SecretKind::RepositoryCredentials);
    }
    (is_configuration(path) && found(&HASH)).then_some(SecretKind::PasswordHash)
}

/// What may be kept of the contents of a file: of `/etc/shadow` who has a password, of any other
/// text all but its secrets. What is not text is kept as it is; no reader of it tells values.
pub fn redact(path: &str, content: Vec<u8>) -> Vec<u8> {
    if is_shadow(path) {
        return redacted_shadow(&content);
    }
    if is_binary(&content) {
        return content;
    }
    match std::str::from_utf8(&content).map(mask) {
        Ok(std::borrow::Cow::Owned(masked)) => masked.into_bytes(),
        _ => content,
    }
}

fn is_binary(content: &[u8]) -> bool {
    content.iter().take(SNIFFED).any(|byte| *byte == 0)
}

fn is_sample(path: &str) -> bool {
    let in_usr = path.starts_with("/usr/");
    SAMPLES.iter().any(|folder| path.starts_with(folder))
        || (in_usr && TESTS.iter().any(|folder| path.contains(folder)))
}

fn is_shadow(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    matches!(name, "shadow" | "shadow-" | "gshadow" | "gshadow-")
}

fn is_repository(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending);
    ending == Some("repo") || matches!(path, "/etc/dnf/dnf.conf" | "/etc/yum.conf")
}

/// Whether a hash in the file is somebody's, and no vector of a program's own tests.
fn is_configuration(path: &str) -> bool {
    !path.starts_with("/usr/") || path.starts_with("/usr/etc/") || path.contains("/ignition")
}

/// Whether the file is one of `docker login`: JSON with `auths`, or an old one by its name.
fn is_registry_file(path: &str, head: &[u8]) -> bool {
    let json = head.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
    json && (path.ends_with("/.dockercfg") || contains(head, b"\"auths\""))
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}

/// Whether a line of shadow(5) has a password that is not locked.
fn has_password(shadow: &[u8]) -> bool {
    shadow.split(|byte| *byte == b'\n').any(|line| password(line).is_some_and(is_usable))
}

fn password(line: &[u8]) -> Option<&[u8]> {
    line.split(|byte| *byte == b':').nth(1)
}

/// `!` and `*` lock an account. No password at all logs in as well, but is no secret.
fn is_usable(password: &[u8]) -> bool {
    !password.is_empty() && !matches!(password.first(), Some(b'!' | b'*')) && password != b"x"
}

/// The lines of shadow(5), `name:` with `$` where there is a password that is not locked, `!` where
/// it is locked, and nothing where none is asked for.
fn redacted_shadow(shadow: &[u8]) -> Vec<u8> {
    let mut kept = Vec::new();
    for line in shadow.split_inclusive(|byte| *byte == b'\n') {
        let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
        let state: &[u8] = match password(line) {
            Some(password) if is_usable(password) => b"$",
            Some([]) => b"",
            _ => b"!",
        };
        if line.contains(&b':') {
            kept.extend_from_slice(name);
            kept.push(b':');
            kept.extend_from_slice(state);
        }
        kept.push(b'\n');
    }
    kept
}

#[cfg(test)]
mod tests {
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
}
