//! What lets somebody in: the form of password hashes and SSH public keys.
//!
//! Owns what crypt(5) and sshd(8) can use at all. Must not keep what it looks at: what is wrong is
//! told without the value.
//!
//! `$6$salt$PASTE_HERE` → the hash is not one of SHA-512; `ssh-rsa AAAA…` → the key does not decode.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Methods of crypt(5) by their prefix, and how long the hash after the last `$` is.
const METHODS: &[(&str, &str, usize)] = &[
    ("$y$", "yescrypt", 43),
    ("$gy$", "gost-yescrypt", 43),
    ("$7$", "scrypt", 43),
    ("$2b$", "bcrypt", 53),
    ("$2a$", "bcrypt", 53),
    ("$2y$", "bcrypt", 53),
    ("$6$", "SHA-512", 86),
    ("$5$", "SHA-256", 43),
    ("$1$", "MD5", 22),
];

/// The length of a hash of the oldest method, which has no prefix.
const DES: usize = 13;

/// Algorithms of public keys that OpenSSH knows; certificates have a suffix of their own.
const ALGORITHMS: &[&str] = &[
    "ssh-ed25519",
    "ssh-rsa",
    "ssh-dss",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
];

/// Why nobody can log in with this password hash; none where it is a hash, or locks the account
/// on purpose (`*`, or `!` before a hash).
pub(super) fn password_hash_fault(hash: &str) -> Option<String> {
    let unlocked = hash.trim_start_matches('!');
    if unlocked == "*" || (unlocked.is_empty() && !hash.is_empty()) {
        return None;
    }
    let hash = unlocked;
    let is_salt =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"./".contains(&byte));
    let Some((prefix, method, length)) =
        METHODS.iter().find(|(prefix, ..)| hash.starts_with(prefix))
    else {
        let old = hash.len() == DES && is_salt(hash);
        return (!old).then(|| "the password hash is none of crypt(5)".to_owned());
    };
    let rest = hash.strip_prefix(prefix).unwrap_or_default();
    let last = rest.rsplit('$').next().unwrap_or_default();
    (last.len() != *length || !is_salt(last) || !rest.contains('$')).then(|| {
        format!("the password hash does not end in the {length} characters of one of {method}")
    })
}

/// Why sshd takes none of these lines of `authorized_keys`; none where it takes them all.
pub(super) fn ssh_key_fault(lines: &str) -> Option<String> {
    if lines.contains("PRIVATE KEY-----") {
        return Some("the SSH key is a private key, which was to stay with its owner".to_owned());
    }
    let lines = lines.lines().map(str::trim);
    let mut keys = lines.filter(|line| !line.is_empty() && !line.starts_with('#')).peekable();
    if keys.peek().is_none() {
        return Some("the SSH key is empty".to_owned());
    }
    keys.find_map(key_fault)
}

fn key_fault(line: &str) -> Option<String> {
    let mut words = line.split_whitespace();
    let Some(algorithm) = words.find(|word| is_algorithm(word)) else {
        return Some("the SSH key names no algorithm of OpenSSH".to_owned());
    };
    let blob = words.next().and_then(|word| STANDARD.decode(word).ok());
    let whole = blob
        .as_deref()
        .and_then(fields)
        .is_some_and(|fields| fields.len() > 1 && fields.first() == Some(&algorithm.as_bytes()));
    (!whole).then(|| format!("what follows `{algorithm}` in the SSH key is no such key"))
}

fn is_algorithm(word: &str) -> bool {
    let plain = word.strip_suffix("-cert-v01@openssh.com").unwrap_or(word);
    ALGORITHMS.iter().any(|known| {
        *known == plain || known.strip_suffix("@openssh.com") == Some(plain) && plain != word
    })
}

/// The fields of a key, each with its length before it (RFC 4253, section 6.6); none where the
/// lengths do not fill it.
fn fields(mut blob: &[u8]) -> Option<Vec<&[u8]>> {
    let mut fields = Vec::new();
    while !blob.is_empty() {
        let (length, rest) = blob.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        fields.push(rest.get(..length)?);
        blob = rest.get(length..)?;
    }
    Some(fields)
}

#[cfg(test)]
mod tests {
    use super::{password_hash_fault, ssh_key_fault};

    const KEY: &str =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";

    #[test]
    fn hashes_are_told_from_placeholders() {
        let sha512 = format!("$6$rounds=5000$salt${}", "a".repeat(86));
        let locked = format!("!{sha512}");
        let yescrypt = format!("$y$j9T$salt${}", "b".repeat(43));
        let bcrypt = format!("$2b$12${}", "c".repeat(53));
        for hash in [&sha512, &locked, &yescrypt, &bcrypt, "*", "!", "!!", "!*", "ab12345678901"] {
            assert_eq!(password_hash_fault(hash), None, "{hash}");
        }
        for hash in ["", "secret", "$6$salt$hash", "$6$", "$y$j9T$REPLACE_ME", "<hash>"] {
            assert!(password_hash_fault(hash).is_some(), "{hash}");
        }
    }

    #[test]
    fn keys_are_told_from_placeholders() {
        let several = format!("# mine\n{KEY} me@example.com\n\nfrom=\"10.0.0.0/8\",no-pty {KEY}\n");
        assert_eq!(ssh_key_fault(&several), None);
        let faults = [
            ("", "the SSH key is empty"),
            ("<your key>", "the SSH key names no algorithm of OpenSSH"),
            ("ssh-rsa AAAA...", "what follows `ssh-rsa` in the SSH key is no such key"),
            ("ssh-rsa", "what follows `ssh-rsa` in the SSH key is no such key"),
            (
                "-----BEGIN OPENSSH PRIVATE KEY-----",
                "the SSH key is a private key, which was to stay with its owner",
            ),
        ];
        for (key, fault) in faults {
            assert_eq!(ssh_key_fault(key).as_deref(), Some(fault), "{key}");
        }
        let cut = KEY.get(..60).unwrap();
        assert!(ssh_key_fault(cut).is_some());
    }
}
