//! Artifacts: the only door through which bytes enter the engine.
//!
//! Owns a name for people, the bytes, and their digest. Must not know where the bytes came from.

use std::fmt;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

/// Bytes with a name and a digest. Cheap to clone: a cluster's objects are judged again and again.
#[derive(Clone)]
pub struct Artifact {
    name: Arc<str>,
    bytes: Arc<Vec<u8>>,
    digest: Digest,
}

/// A SHA-256 digest, printed as `sha256:<hex>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl Artifact {
    /// Takes bytes in; `name` is what diagnostics call them (a path, `<stdin>`).
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        let digest = Digest::of(&bytes);
        Self { name: name.into().into(), bytes: Arc::new(bytes), digest }
    }

    /// What diagnostics call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The digest of the bytes.
    pub const fn digest(&self) -> Digest {
        self.digest
    }
}

impl fmt::Debug for Artifact {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The bytes may hold secrets.
        write!(formatter, "Artifact({}, {})", self.name, self.digest)
    }
}

impl Digest {
    /// The digest of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The digest of these texts, one after the other.
    pub(crate) fn of_parts<T: AsRef<str>>(texts: impl Iterator<Item = T>) -> Self {
        let hash = texts.fold(Sha256::new(), |hash, text| hash.chain_update(text.as_ref()));
        Self(hash.finalize().into())
    }

    /// The digest in lower-case hex, without the algorithm.
    pub fn hex(&self) -> String {
        use fmt::Write as _;
        self.0.iter().fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "sha256:{}", self.hex())
    }
}
