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
mod tests;
