//! The key that signatures of bundles are checked by: the public half of a pair, in PEM.
//!
//! Owns which keys and algorithms there are. Must not know what is signed. The key decides which
//! algorithms count: a token that names another one is refused, whatever it says of itself.
//!
//! `-----BEGIN PUBLIC KEY-----…` of 2048 bits of RSA checks `RS256` and `PS256`, and never `ES256`.

use aws_lc_rs::signature::{self, ParsedPublicKey, VerificationAlgorithm};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// What an RSA key must have at least, in bytes: the modulus of one of 2048 bits.
const RSA_BYTES: usize = 2048 / 8;

/// A public key, and the scope that tokens must have beside it.
#[derive(Clone)]
pub struct VerificationKey {
    kind: KeyKind,
    /// The key, as `SubjectPublicKeyInfo` or PKCS #1 in DER.
    bytes: Vec<u8>,
    pub(super) scope: Option<String>,
}

/// Why a text is no public key that signatures can be checked by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// It has no block of PEM that can be decoded.
    #[error("is no public key in PEM")]
    NotPem,
    /// It is the half that signs.
    #[error("is a private key, which checks nothing and should not lie here")]
    Private,
    /// It is a certificate.
    #[error("is a certificate, not a public key")]
    Certificate,
    /// Its signatures can be forged.
    #[error("is an RSA key of less than 2048 bits")]
    Short,
    /// It is of another kind.
    #[error("is a key that is neither RSA nor on the curves P-256, P-384 and P-521")]
    OtherKind,
}

/// Why a token's signature does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SignatureFault {
    /// The key is of a kind that makes no signatures of this algorithm.
    Algorithm,
    /// It is another key's, or of another text.
    Signature,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum KeyKind {
    Rsa,
    P256,
    P384,
    P521,
}

impl VerificationKey {
    /// The public key of a file in PEM, as `openssl pkey -pubout` writes it.
    ///
    /// # Errors
    ///
    /// Where it is anything else.
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        let (label, bytes) = block(text).ok_or(KeyError::NotPem)?;
        match label {
            "PUBLIC KEY" | "RSA PUBLIC KEY" => {}
            "CERTIFICATE" => return Err(KeyError::Certificate),
            _ if label.ends_with("PRIVATE KEY") => return Err(KeyError::Private),
            _ => return Err(KeyError::NotPem),
        }
        let kinds = [KeyKind::Rsa, KeyKind::P256, KeyKind::P384, KeyKind::P521];
        let mut reads = kinds.into_iter().filter(|kind| {
            let Some((_, algorithm)) = kind.algorithms().first() else { return false };
            ParsedPublicKey::new(*algorithm, &bytes).is_ok()
        });
        let kind = reads.next().ok_or(KeyError::OtherKind)?;
        if kind == KeyKind::Rsa && bytes.len() < RSA_BYTES {
            return Err(KeyError::Short);
        }
        Ok(Self { kind, bytes, scope: None })
    }

    /// The same key for tokens of this `scope` only; without one, for tokens without.
    #[must_use]
    pub fn with_scope(self, scope: Option<String>) -> Self {
        Self { scope, ..self }
    }

    /// The names of the algorithms that the key checks.
    pub(super) fn algorithms(&self) -> impl Iterator<Item = &'static str> {
        self.kind.algorithms().iter().map(|(name, _)| *name)
    }

    /// Checks a signature of this algorithm, by its name in a token (RFC 7518 section 3.1).
    pub(super) fn check(
        &self,
        algorithm: &str,
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), SignatureFault> {
        let mut known = self.kind.algorithms().iter().filter(|(name, _)| *name == algorithm);
        let (_, algorithm) = known.next().ok_or(SignatureFault::Algorithm)?;
        let key = signature::UnparsedPublicKey::new(*algorithm, &self.bytes);
        key.verify(message, signature).map_err(|_| SignatureFault::Signature)
    }
}

impl KeyError {
    /// What to do.
    pub const fn help(self) -> &'static str {
        match self {
            Self::NotPem | Self::OtherKind => {
                "give the public half of the key that `opa build --signing-key` was given"
            }
            Self::Short => "sign with a key of 2048 bits or more: `openssl genrsa 2048`",
            Self::Private => "give its public half: `openssl pkey -pubout -in KEY -out KEY.pub`",
            Self::Certificate => {
                "give the key in it: `openssl x509 -pubkey -noout -in FILE > KEY.pub`"
            }
        }
    }
}

impl KeyKind {
    fn algorithms(self) -> &'static [(&'static str, &'static dyn VerificationAlgorithm)] {
        match self {
            Self::Rsa => &[
                ("RS256", &signature::RSA_PKCS1_2048_8192_SHA256),
                ("RS384", &signature::RSA_PKCS1_2048_8192_SHA384),
                ("RS512", &signature::RSA_PKCS1_2048_8192_SHA512),
                ("PS256", &signature::RSA_PSS_2048_8192_SHA256),
                ("PS384", &signature::RSA_PSS_2048_8192_SHA384),
                ("PS512", &signature::RSA_PSS_2048_8192_SHA512),
            ],
            Self::P256 => &[("ES256", &signature::ECDSA_P256_SHA256_FIXED)],
            Self::P384 => &[("ES384", &signature::ECDSA_P384_SHA384_FIXED)],
            Self::P521 => &[("ES512", &signature::ECDSA_P521_SHA512_FIXED)],
        }
    }
}

impl std::fmt::Debug for VerificationKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "VerificationKey({:?}, scope {:?})", self.kind, self.scope)
    }
}

/// The label and the bytes of the first block of PEM (RFC 7468).
fn block(text: &str) -> Option<(&str, Vec<u8>)> {
    let (_, rest) = text.split_once("-----BEGIN ")?;
    let (label, rest) = rest.split_once("-----")?;
    let (body, _) = rest.split_once(&format!("-----END {label}-----"))?;
    let body: String = body.split_ascii_whitespace().collect();
    Some((label, STANDARD.decode(body).ok()?))
}
