//! Signatures as packets: they say whose key made them, and no key verifies them.
//!
//! Source: RFC 9580 §4.2 and §5.2; the tags of rpm `include/rpm/rpmtag.h`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::Value;

/// The signature of a header, by the id of its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signature {
    /// Of an RSA key, over the header; what RHEL's packages have.
    Rsa([u8; 8]),
    /// Of a DSA or `EdDSA` key, over the header.
    Dsa([u8; 8]),
    /// As version 6 of the format has it.
    OpenPgp([u8; 8]),
    /// Over header and payload, as old packages have it, in a packet of version 3.
    Legacy([u8; 8]),
}

impl Signature {
    /// The entry of a header whose region this is.
    pub(super) fn entry(self, region: &[u8]) -> (u32, Value) {
        match self {
            Self::Rsa(key) => (268, Value::Binary(version_4(1, key, region))),
            Self::Dsa(key) => (267, Value::Binary(version_4(17, key, region))),
            Self::OpenPgp(key) => {
                (278, Value::Texts(vec![STANDARD.encode(version_4(1, key, region))]))
            }
            Self::Legacy(key) => (259, Value::Binary(version_3(key))),
        }
    }
}

fn version_4(algorithm: u8, key: [u8; 8], region: &[u8]) -> Vec<u8> {
    let hashed = [4, 0, algorithm, 8, 0, 6, 5, 2, 0x66, 0xde, 0xf8, 0x8a];
    let issuer = [[9, 16].as_slice(), &key].concat();
    // What verifies first compares the beginning of the digest, which is the right one.
    let digest = Sha256::digest([region, &hashed, &[4, 0xff, 0, 0, 0, 12]].concat());
    let beginning: Vec<u8> = digest.iter().take(2).copied().collect();
    let numbers = if algorithm == 1 { 1 } else { 2 };
    let number = [[0, 160].as_slice(), &[0x80; 20]].concat();
    packet(&[&hashed, &[0, 10], &issuer, &beginning, &number.repeat(numbers)])
}

fn version_3(key: [u8; 8]) -> Vec<u8> {
    packet(&[&[3, 5, 0, 0x66, 0xde, 0xf8, 0x8a], &key, &[1, 8, 0xab, 0xcd, 0, 8, 0x80]])
}

/// A signature packet in the old format, with a length of two bytes.
fn packet(parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    let length = u16::try_from(body.len()).unwrap_or(u16::MAX).to_be_bytes();
    [&[0x89], length.as_slice(), &body].concat()
}
