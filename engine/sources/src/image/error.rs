//! What can go wrong with an image, where, and what to do about it.
//!
//! Owns the wording. No message holds credentials: of an address only host and path are shown.

use std::error::Error;
use std::io;

/// Why an image could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ImageError {
    /// The reference is none, or one of a kind that is not read.
    #[error("`{text}` {message}")]
    Reference {
        /// The reference.
        text: String,
        /// What is wrong.
        message: String,
        /// What to do.
        help: String,
    },
    /// A file or folder cannot be read.
    #[error("`{place}` cannot be read")]
    Unreadable {
        /// The file.
        place: String,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// What is there is not what it should be.
    #[error("`{place}` {message}")]
    Invalid {
        /// The file, blob or address.
        place: String,
        /// What is wrong.
        message: String,
    },
    /// There are several images, or none of that name.
    #[error("`{place}` {message}: {}", listed(.names))]
    Choice {
        /// Where.
        place: String,
        /// What cannot be chosen.
        message: String,
        /// What there is.
        names: Vec<String>,
        /// What to do.
        help: &'static str,
    },
    /// Something that is not read at all.
    #[error("`{place}` {message}")]
    Unsupported {
        /// The file, blob or address.
        place: String,
        /// What it is.
        message: String,
        /// What to do.
        help: &'static str,
    },
    /// More than a limit.
    #[error("`{place}` has {what} of {found}; the limit is {limit}")]
    Limit {
        /// The file, blob or address.
        place: String,
        /// What is counted.
        what: &'static str,
        /// How much there is.
        found: u64,
        /// How much there may be.
        limit: u64,
    },
    /// The content of a blob is another one.
    #[error("`{place}` has the digest `{found}` and not `{expected}`")]
    Digest {
        /// The file, blob or address.
        place: String,
        /// What it should be.
        expected: String,
        /// What it is.
        found: String,
    },
    /// The network would have to be asked, and may not.
    #[error("`{reference}` is in a registry, and the network may not be used")]
    Offline {
        /// The reference.
        reference: String,
    },
    /// A registry does not answer as it should.
    #[error("`{place}` {message}")]
    Registry {
        /// The address, without its query.
        place: String,
        /// What happened.
        message: String,
        /// What to do.
        help: &'static str,
        /// Whether another attempt may end better.
        again: bool,
    },
    /// A layer cannot be read.
    #[error("layer {} of `{reference}` (`{digest}`) cannot be read", .layer.saturating_add(1))]
    Layer {
        /// The image.
        reference: String,
        /// The layer, from 0.
        layer: usize,
        /// The digest of its blob.
        digest: String,
        /// Why.
        #[source]
        error: Box<dyn Error + Send + Sync>,
    },
    /// The layers come to no tree.
    #[error("the layers of `{reference}` cannot be put together")]
    Tree {
        /// The image.
        reference: String,
        /// Why.
        #[source]
        error: Box<dyn Error + Send + Sync>,
    },
    /// A glob of what policies read is none.
    #[error("`{glob}` is no glob")]
    Glob {
        /// The glob.
        glob: String,
        /// Why.
        #[source]
        error: globset::Error,
    },
    /// Reading ended because something else failed first.
    #[error("reading was stopped")]
    Stopped,
}

impl ImageError {
    /// What to do.
    pub fn help(&self) -> &str {
        match self {
            Self::Reference { help, .. } => help,
            Self::Unreadable { error, .. } if error.kind() == io::ErrorKind::NotFound => {
                "check the path: it is taken from the working directory"
            }
            Self::Unreadable { .. } => "check the file and who may read it",
            Self::Invalid { .. } | Self::Tree { .. } => {
                "do not use this image before it was made or copied anew; `skopeo inspect` shows what another reader makes of it"
            }
            Self::Choice { help, .. }
            | Self::Unsupported { help, .. }
            | Self::Registry { help, .. } => help,
            Self::Limit { .. } => "check the image; the limit is there against images made to harm",
            Self::Digest { .. } => {
                "do not use this copy: it was damaged or changed; copy the image anew"
            }
            Self::Offline { .. } => {
                "run without `--offline`, or copy the image with `skopeo copy docker://… oci:DIR` and name that"
            }
            Self::Layer { .. } => {
                "make or copy the image anew; no node could be trusted to read this layer as it was meant"
            }
            Self::Glob { .. } => "correct the `reads` of the policy",
            Self::Stopped => "see what failed first",
        }
    }

    /// Whether another attempt may end better.
    #[cfg(feature = "registry")]
    pub(crate) const fn may_pass(&self) -> bool {
        matches!(self, Self::Registry { again: true, .. })
    }

    pub(crate) fn invalid(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Invalid { place: place.into(), message: message.into() }
    }

    pub(crate) fn unreadable(place: impl Into<String>, error: io::Error) -> Self {
        Self::Unreadable { place: place.into(), error }
    }

    /// As an error of input and output, from which [`Self::from_io`] takes it again.
    pub(crate) fn into_io(self) -> io::Error {
        io::Error::other(self)
    }

    /// What a reader of ours failed with, or what the operating system says.
    pub(crate) fn from_io(place: &str, error: io::Error) -> Self {
        match error.downcast::<Self>() {
            Ok(inner) => inner,
            Err(error) => Self::unreadable(place, error),
        }
    }
}

/// How many names a message shows.
const SHOWN: usize = 5;

fn listed(names: &[String]) -> String {
    let shown: Vec<_> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    match names.len().saturating_sub(SHOWN) {
        _ if names.is_empty() => "there is none".to_owned(),
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
