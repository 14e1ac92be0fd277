//! Digests of blobs, as images name them.
//!
//! Owns which ones are taken: `sha256:` and 64 hexadecimal digits in lower case, which is also what
//! makes them safe as the name of a file.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

/// The digest of a blob, `sha256:<hex>`.
///
/// Source: OCI image specification 1.1, `descriptor.md`, "Digests".
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct BlobDigest(String);

impl BlobDigest {
    /// The digest of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self::from_hash(&Sha256::digest(bytes))
    }

    /// The digest that a hash came to.
    pub(crate) fn from_hash(hash: &[u8]) -> Self {
        use fmt::Write as _;
        let text = hash.iter().fold("sha256:".to_owned(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        });
        Self(text)
    }

    /// The digest with its algorithm.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The digest without its algorithm.
    pub fn hex(&self) -> &str {
        self.0.strip_prefix("sha256:").unwrap_or_default()
    }
}

impl fmt::Display for BlobDigest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for BlobDigest {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let hex = text.strip_prefix("sha256:");
        let digits = |hex: &str| hex.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        match hex {
            Some(hex) if hex.len() == 64 && digits(hex) => Ok(Self(text.to_owned())),
            Some(_) => Err(format!("`{}` is no SHA-256 digest", shown(text))),
            None => Err(format!("`{}` is a digest of an algorithm other than sha256", shown(text))),
        }
    }
}

/// What of a text from outside is shown: not more than a digest's length.
pub(crate) fn shown(text: &str) -> String {
    let plain = |letter: char| if letter.is_control() { '?' } else { letter };
    let mut short: String = text.chars().take(100).map(plain).collect();
    if text.chars().nth(100).is_some() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lower_case_sha256_is_a_digest() {
        let good = format!("sha256:{}", "0a".repeat(32));
        assert_eq!(good.parse::<BlobDigest>().unwrap().hex(), "0a".repeat(32));
        for bad in ["", "sha256:", "sha256:../../etc", &good.to_uppercase(), &format!("{good}0")] {
            assert!(bad.parse::<BlobDigest>().is_err(), "{bad}");
        }
        let other = "sha512:00".parse::<BlobDigest>().unwrap_err();
        assert_eq!(other, "`sha512:00` is a digest of an algorithm other than sha256");
        assert!(BlobDigest::of(b"").as_str().starts_with("sha256:e3b0c44298fc1c14"));
    }
}
