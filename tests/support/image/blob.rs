//! How a layer is stored: compressed, with digests, and what may be wrong with both.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::layer::{Compression, Damage};
use crate::encode::gzip;

/// A layer as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blob {
    /// The media type that the manifest names.
    pub media_type: String,
    /// The digest that the manifest names, as `sha256:<hex>`.
    pub digest: String,
    /// The digest of the tar that the configuration names, as `sha256:<hex>`.
    pub diff_id: String,
    /// The size that the manifest names, in bytes.
    pub size: u64,
    /// The bytes; none where the blob is missing.
    pub bytes: Option<Vec<u8>>,
    /// The tar.
    pub tar: Vec<u8>,
    /// The command that made it.
    pub created_by: String,
    /// The annotation `ostree.components`.
    pub components: Option<String>,
}

impl Blob {
    /// Stores a tar.
    pub(super) fn new(
        mut tar: Vec<u8>,
        compression: Compression,
        damage: &[Damage],
        created_by: &str,
    ) -> Self {
        for damage in damage {
            match damage {
                Damage::TarTail(tail) => tar.extend(tail),
                Damage::TarCut => tar.truncate(tar.len().saturating_sub(1024 + 300)),
                _ => {}
            }
        }
        let mut bytes = compress(&tar, compression);
        for damage in damage {
            match damage {
                Damage::BlobTail(tail) => bytes.extend(tail),
                Damage::TruncatedBefore => bytes.truncate(bytes.len() / 2),
                _ => {}
            }
        }
        let mut blob = Self {
            media_type: format!("{MEDIA_TYPE}{}", suffix(compression)),
            digest: digest(&bytes),
            diff_id: digest(&tar),
            size: bytes.len() as u64,
            bytes: Some(bytes),
            tar,
            created_by: created_by.to_owned(),
            components: None,
        };
        for damage in damage {
            blob.damage(damage);
        }
        blob
    }

    fn damage(&mut self, damage: &Damage) {
        match damage {
            Damage::WrongDigest => self.digest = digest(b"something else"),
            Damage::WrongDiffId => self.diff_id = digest(b"something else"),
            Damage::WrongSize(size) => self.size = *size,
            Damage::Missing => self.bytes = None,
            Damage::MediaType(name) => (*name).clone_into(&mut self.media_type),
            Damage::Truncated => {
                if let Some(bytes) = &mut self.bytes {
                    bytes.truncate(bytes.len() / 2);
                }
            }
            Damage::Corrupt => {
                let bytes = self.bytes.as_deref_mut().unwrap_or_default();
                let middle = bytes.len() / 2;
                if let Some(byte) = bytes.get_mut(middle) {
                    *byte ^= 0x55;
                }
            }
            Damage::TarTail(_) | Damage::TarCut | Damage::BlobTail(_) | Damage::TruncatedBefore => {
            }
        }
    }
}

/// The digest of some bytes, as `sha256:<hex>`.
pub(super) fn digest(bytes: &[u8]) -> String {
    format!("sha256:{}", sha256(bytes))
}

/// The SHA-256 of some bytes, in hex.
pub(super) fn sha256(bytes: &[u8]) -> String {
    let mut hex = String::new();
    for byte in Sha256::digest(bytes) {
        _ = write!(hex, "{byte:02x}");
    }
    hex
}

fn compress(tar: &[u8], compression: Compression) -> Vec<u8> {
    match compression {
        Compression::None => tar.to_vec(),
        Compression::Gzip => gzip(tar),
        Compression::Zstd => zstd::encode_all(tar, 3)
            .unwrap_or_else(|error| panic!("cannot compress in memory: {error}")),
    }
}

const fn suffix(compression: Compression) -> &'static str {
    match compression {
        Compression::None => "",
        Compression::Gzip => "+gzip",
        Compression::Zstd => "+zstd",
    }
}

const MEDIA_TYPE: &str = "application/vnd.oci.image.layer.v1.tar";
