//! References to images: where one is, as a user writes it.
//!
//! Owns the grammar, which is skopeo's (containers-transports(5)). Must not look whether anything is
//! there. `oci:layout:4.19` is the image `4.19` of the folder `layout`; `quay.io/team/os:1` is
//! `docker://quay.io/team/os:1`.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use oci_spec::distribution::Reference;

use super::digest::{BlobDigest, shown};
use super::error::ImageError;

/// Where an image is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImageSource {
    /// A folder that is an OCI image layout.
    Layout {
        /// The folder.
        folder: PathBuf,
        /// Which of its images.
        choice: Choice,
    },
    /// An OCI image layout as a tar archive.
    Archive {
        /// The file.
        file: PathBuf,
        /// Which of its images.
        choice: Choice,
    },
    /// What `docker save` and `podman save` write.
    DockerArchive {
        /// The file.
        file: PathBuf,
        /// Which of its images.
        choice: Choice,
    },
    /// An image in a registry.
    Registry(RegistryReference),
}

/// Which of several images is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// The only one.
    Only,
    /// The one of this name.
    Named(String),
    /// The one at this place, from 0.
    At(usize),
}

/// A name in a registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistryReference {
    /// The host, with its port where one is named.
    pub host: String,
    /// The repository, without the host.
    pub repository: String,
    /// The tag; of a reference without tag and digest `latest`.
    pub tag: Option<String>,
    /// The digest.
    pub digest: Option<BlobDigest>,
}

impl ImageSource {
    /// Whether the reference itself names a digest, where it is a registry's.
    pub const fn pinned(&self) -> Option<bool> {
        match self {
            Self::Registry(reference) => Some(reference.digest.is_some()),
            _ => None,
        }
    }
}

impl FromStr for ImageSource {
    type Err = ImageError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refused = |message: &str, help: String| ImageError::Reference {
            text: shown(text),
            message: message.to_owned(),
            help,
        };
        if let Some(name) = text.strip_prefix("docker://") {
            return registry(text, name).map(Self::Registry);
        }
        let local = |rest: &str| -> Result<(PathBuf, Choice), ImageError> {
            let (path, choice) = rest.split_once(':').unwrap_or((rest, ""));
            if path.is_empty() {
                let help = "write the path behind the colon, as in `oci:layout:tag`".to_owned();
                return Err(refused("names no path", help));
            }
            Ok((path.into(), Choice::of(choice)))
        };
        match text.split_once(':') {
            Some(("oci", rest)) => {
                local(rest).map(|(folder, choice)| Self::Layout { folder, choice })
            }
            Some(("oci-archive", rest)) => {
                local(rest).map(|(file, choice)| Self::Archive { file, choice })
            }
            Some(("docker-archive", rest)) => {
                local(rest).map(|(file, choice)| Self::DockerArchive { file, choice })
            }
            Some((
                "containers-storage" | "dir" | "docker-daemon" | "ostree" | "sif" | "tarball",
                _,
            )) => Err(refused(
                "is of a kind that is not read",
                format!(
                    "copy it first: `skopeo copy {} oci:DIR`, then name `oci:DIR`",
                    shown(text)
                ),
            )),
            _ => registry(text, text).map(Self::Registry),
        }
    }
}

impl Choice {
    fn of(text: &str) -> Self {
        let number = text.strip_prefix('@').and_then(|number| number.parse().ok());
        match number {
            _ if text.is_empty() => Self::Only,
            Some(number) => Self::At(number),
            None => Self::Named(text.to_owned()),
        }
    }
}

/// The reference grammar is that of the distribution specification; a host is asked for.
fn registry(text: &str, name: &str) -> Result<RegistryReference, ImageError> {
    let refused = |message: &str, help: String| ImageError::Reference {
        text: without_credentials(text),
        message: message.to_owned(),
        help,
    };
    let form = || "write `HOST/REPOSITORY:TAG` or `HOST/REPOSITORY@sha256:DIGEST`".to_owned();
    let is_host = |host: &str| host.contains(['.', ':']) || host == "localhost";
    let host = name.split_once('/').map(|(host, _)| host).filter(|host| is_host(host));
    let Some(host) = host.filter(|host| !host.contains('@')) else {
        let hub = format!("docker.io/{}{name}", if name.contains('/') { "" } else { "library/" });
        let help = match hub.parse::<Reference>() {
            Ok(_) => format!(
                "name the registry, as in `{}`; `unqualified-search-registries` are not followed",
                shown(&hub)
            ),
            Err(_) => form(),
        };
        return Err(refused("names no registry", help));
    };
    let parsed: Reference =
        name.parse().map_err(|error| refused(&format!("is no reference: {error}"), form()))?;
    let digest = parsed.digest().map(str::parse).transpose();
    let digest = digest.map_err(|error: String| {
        refused(&format!("has a digest that is not taken: {error}"), form())
    })?;
    Ok(RegistryReference {
        host: host.to_owned(),
        repository: parsed.repository().to_owned(),
        tag: parsed.tag().map(str::to_owned).filter(|_| digest.is_none()),
        digest,
    })
}

/// What is shown of a reference that may be an address with a password.
fn without_credentials(text: &str) -> String {
    match text.rsplit_once('@') {
        Some((_, digest)) if digest.starts_with("sha256:") || digest.starts_with("sha512:") => {
            shown(text)
        }
        Some((_, rest)) => format!("…@{}", shown(rest)),
        None => shown(text),
    }
}

impl fmt::Display for ImageSource {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, path, choice) = match self {
            Self::Layout { folder, choice } => ("oci", folder, choice),
            Self::Archive { file, choice } => ("oci-archive", file, choice),
            Self::DockerArchive { file, choice } => ("docker-archive", file, choice),
            Self::Registry(reference) => return write!(formatter, "docker://{reference}"),
        };
        write!(formatter, "{kind}:{}", path.display())?;
        match choice {
            Choice::Only => Ok(()),
            Choice::Named(name) => write!(formatter, ":{name}"),
            Choice::At(number) => write!(formatter, ":@{number}"),
        }
    }
}

impl fmt::Display for RegistryReference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.host, self.repository)?;
        match (&self.digest, &self.tag) {
            (Some(digest), _) => write!(formatter, "@{digest}"),
            (None, Some(tag)) => write!(formatter, ":{tag}"),
            (None, None) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(text: &str) -> String {
        match text.parse::<ImageSource>() {
            Ok(source) => source.to_string(),
            Err(error) => format!("{error} => {}", error.help()),
        }
    }

    #[test]
    fn references_are_those_of_skopeo() {
        let digest = format!("quay.io/a/b@sha256:{}", "0a".repeat(32));
        let pinned = format!("docker://{digest}");
        let both = digest.replace('@', ":4.19@");
        for (text, source) in [
            ("oci:layout", "oci:layout"),
            ("oci:a/layout:4.19", "oci:a/layout:4.19"),
            ("oci:a:quay.io/x:1", "oci:a:quay.io/x:1"),
            ("oci-archive:a.tar:@2", "oci-archive:a.tar:@2"),
            ("docker-archive:a.tar:localhost/a:b", "docker-archive:a.tar:localhost/a:b"),
            ("docker://quay.io/a/b", "docker://quay.io/a/b:latest"),
            ("localhost:5000/a:1", "docker://localhost:5000/a:1"),
            (&digest, &pinned),
            (&both, &pinned),
        ] {
            assert_eq!(outcome(text), source);
        }
    }

    #[test]
    fn what_is_not_read_is_refused_with_a_remedy() {
        let short = "`ubi9:1` names no registry => name the registry, as in `docker.io/library/ubi9:1`; \
            `unqualified-search-registries` are not followed";
        assert_eq!(outcome("ubi9:1"), short);
        let storage = "`containers-storage:localhost/os` is of a kind that is not read => copy it first: \
            `skopeo copy containers-storage:localhost/os oci:DIR`, then name `oci:DIR`";
        assert_eq!(outcome("containers-storage:localhost/os"), storage);
        assert!(outcome("oci:").starts_with("`oci:` names no path"));
        assert!(outcome("quay.io/A").starts_with("`quay.io/A` is no reference"));
        assert!(!outcome("docker://me:secret@quay.io/a/b").contains("secret"));
    }
}
