//! Why a layer cannot be read.
//!
//! Owns the wording. Each of these leaves the image unjudged: what a layer holds is known wholly, or
//! not at all.

use std::io;

use thiserror::Error;

/// Why a layer cannot be read.
#[derive(Debug, Error)]
#[error("layer `{layer}`: {fault}")]
pub struct LayerError {
    /// The digest that the layer is known by.
    pub layer: String,
    /// What is wrong.
    pub fault: LayerFault,
}

/// What is wrong with a layer.
#[derive(Debug, Error)]
pub enum LayerFault {
    /// Its bytes did not arrive.
    #[error("its blob cannot be read: {0}")]
    Read(io::Error),
    /// Its media type is not one of a layer.
    #[error("`{0}` is no media type of a layer")]
    MediaType(String),
    /// A digest that it must have is not written as one.
    #[error("`{0}` is no SHA-256 digest")]
    DigestName(String),
    /// Its first bytes say otherwise than its media type.
    #[error("its media type `{media_type}` says {said}, and its first bytes say {found}")]
    Compression {
        /// The media type.
        media_type: String,
        /// What the media type says.
        said: &'static str,
        /// What the bytes say.
        found: &'static str,
    },
    /// It cannot be decompressed.
    #[error("it cannot be decompressed: {0}")]
    Decompress(io::Error),
    /// The blob is another.
    #[error("its blob has the digest `{found}`")]
    Digest {
        /// The digest of what was read.
        found: String,
    },
    /// The tar is another than the configuration says.
    #[error("its tar has the digest `{found}`, and the image's configuration says `{expected}`")]
    DiffId {
        /// The digest that the configuration names.
        expected: String,
        /// The digest of what was read.
        found: String,
    },
    /// A limit is reached.
    #[error("the limit `{limit}` of {value} is reached{}", at(entry.as_deref()))]
    Limit {
        /// The name of the limit.
        limit: &'static str,
        /// Its value.
        value: u64,
        /// The entry at which it was reached, where it was at one.
        entry: Option<Box<str>>,
    },
    /// The tar is malformed, or its readers would not agree on what it holds.
    #[error("its tar cannot be taken as it is: {text}{}", at(entry.as_deref()))]
    Tar {
        /// What is wrong.
        text: String,
        /// The entry at which it is, where it is at one.
        entry: Option<Box<str>>,
    },
}

impl LayerFault {
    /// A malformed tar, before the entry is known.
    pub(super) fn tar(text: impl Into<String>) -> Self {
        Self::Tar { text: text.into(), entry: None }
    }

    /// The same, at an entry where none is named yet.
    pub(super) fn at(mut self, path: &[u8]) -> Self {
        if let Self::Tar { entry, .. } | Self::Limit { entry, .. } = &mut self
            && entry.is_none()
            && !path.is_empty()
        {
            *entry = Some(shown(path));
        }
        self
    }
}

/// A name as messages show it: no longer than a line, and without control characters.
pub(super) fn shown(path: &[u8]) -> Box<str> {
    const LONGEST: usize = 200;
    let start = path.get(..LONGEST).unwrap_or(path);
    let text = String::from_utf8_lossy(start).replace(char::is_control, "\u{fffd}");
    if start.len() < path.len() { format!("{text}…").into() } else { text.into() }
}

fn at(entry: Option<&str>) -> String {
    entry.map(|entry| format!(", at the entry `{entry}`")).unwrap_or_default()
}
