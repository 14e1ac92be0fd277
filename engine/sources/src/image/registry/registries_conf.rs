//! `registries.conf`, version 2: mirrors, blocked and insecure registries.
//!
//! Owns what it says and where a reference is asked for (containers-registries.conf(5)). Short names
//! are not followed.

use std::path::Path;

use serde::Deserialize;

use crate::file::{self, Unread};
use crate::image::RegistryReference;
use crate::image::error::ImageError;
use rollgate_engine::ImageMirror;

/// The size of the file, in bytes; those that a cluster writes have a few KB.
const FILE_BYTES: usize = 1 << 20;

/// The mirrors and registries of a host.
#[derive(Debug, Clone, Default)]
pub struct RegistriesConf {
    registries: Vec<Registry>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Registry {
    prefix: Option<String>,
    location: Option<String>,
    #[serde(default)]
    insecure: bool,
    #[serde(default)]
    blocked: bool,
    #[serde(default)]
    mirror_by_digest_only: bool,
    #[serde(default)]
    mirror: Vec<RawMirror>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct RawMirror {
    location: String,
    #[serde(default)]
    insecure: bool,
    #[serde(default)]
    pull_from_mirror: Pull,
}

/// Which references a mirror serves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Pull {
    #[default]
    All,
    DigestOnly,
    TagOnly,
}

#[derive(Deserialize)]
struct RawFile {
    #[serde(default)]
    registry: Vec<Registry>,
    registries: Option<toml::Value>,
}

/// Where an image is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Endpoint {
    /// Host and port.
    pub(crate) host: String,
    /// The repository there.
    pub(crate) repository: String,
    /// Whether its certificate is not verified, and plain HTTP is spoken where there is no TLS.
    pub(crate) insecure: bool,
}

impl RegistriesConf {
    /// Reads the first of these files that is there.
    pub(crate) fn read(
        named: Option<&Path>,
        found: &[std::path::PathBuf],
    ) -> Result<Self, ImageError> {
        let first = || found.iter().map(AsRef::as_ref).find(|path: &&Path| path.exists());
        let Some(path) = named.or_else(first) else { return Ok(Self::default()) };
        let invalid =
            |unread: Unread| ImageError::Invalid { place: unread.name, message: unread.message };
        let artifact = file::read(FILE_BYTES, path).map_err(invalid)?;
        let text = std::str::from_utf8(artifact.bytes()).map_err(|error| error.to_string());
        let parsed = text.and_then(Self::parse);
        parsed.map_err(|message| ImageError::invalid(artifact.name(), message))
    }

    /// Reads the text of a file.
    ///
    /// # Errors
    ///
    /// When it is none, or one of version 1.
    pub fn parse(text: &str) -> Result<Self, String> {
        let raw: RawFile = toml::from_str(text)
            .map_err(|error| format!("is no `registries.conf`: {}", error.message()))?;
        if raw.registries.is_some() {
            return Err(
                "is a `registries.conf` of version 1, which the tools of containers gave up"
                    .to_owned(),
            );
        }
        if raw.registry.iter().any(|one| one.prefix.is_none() && one.location.is_none()) {
            return Err("has a `registry` with neither `prefix` nor `location`".to_owned());
        }
        Ok(Self { registries: raw.registry })
    }

    /// Where a reference is asked for, the first place first.
    ///
    /// # Errors
    ///
    /// When nothing may be asked for it.
    pub(crate) fn endpoints(
        &self,
        mirrors: &[ImageMirror],
        reference: &RegistryReference,
    ) -> Result<Vec<Endpoint>, ImageError> {
        let name = format!("{}/{}", reference.host, reference.repository);
        let by_digest = reference.digest.is_some();
        let registry = self
            .registries
            .iter()
            .filter_map(|one| matched(one.key(), &name).map(|length| (length, one)))
            .max_by_key(|(length, _)| *length)
            .map(|(_, one)| one);
        let mut endpoints = Vec::new();
        let set = mirrors
            .iter()
            .filter(|mirror| mirror.tags != by_digest)
            .filter_map(|mirror| matched(&mirror.source, &name).map(|length| (length, mirror)));
        let longest = set.clone().map(|(length, _)| length).max();
        let mut source = true;
        for (length, mirror) in set.filter(|(length, _)| Some(*length) == longest) {
            source &= !mirror.never_source;
            let moved = mirror.mirrors.iter().map(|location| moved(location, &name, length));
            endpoints.extend(moved.filter_map(|place| self.endpoint(&place, false)));
        }
        if let Some(registry) = registry {
            // The Machine Config Operator writes it for `NeverContactSource`, beside the mirrors.
            source &= !registry.blocked;
            let length = matched(registry.key(), &name).unwrap_or_default();
            let serves = |mirror: &&RawMirror| match mirror.pull_from_mirror {
                _ if registry.mirror_by_digest_only => by_digest,
                Pull::All => true,
                Pull::DigestOnly => by_digest,
                Pull::TagOnly => !by_digest,
            };
            for mirror in registry.mirror.iter().filter(serves) {
                endpoints.extend(
                    self.endpoint(&moved(&mirror.location, &name, length), mirror.insecure),
                );
            }
            if source {
                let location = registry.location.as_deref().filter(|location| !location.is_empty());
                let place =
                    location.map_or(name.clone(), |location| moved(location, &name, length));
                endpoints.extend(self.endpoint(&place, registry.insecure));
            }
        } else if source {
            endpoints.extend(self.endpoint(&name, false));
        }
        if endpoints.is_empty() && registry.is_some_and(|registry| registry.blocked) {
            return Err(refused(reference, "is blocked in `registries.conf`"));
        }
        if endpoints.is_empty() {
            return Err(refused(
                reference,
                "has no mirror that may be asked, and its source may not be",
            ));
        }
        endpoints.dedup();
        Ok(endpoints)
    }

    /// A place, which is insecure also where the file says so of its own registry.
    fn endpoint(&self, place: &str, insecure: bool) -> Option<Endpoint> {
        let (host, repository) = place.split_once('/')?;
        let marked = self.registries.iter().any(|one| {
            one.insecure
                && one.location.as_deref().is_none_or(|location| location == one.key())
                && matched(one.key(), place).is_some()
        });
        let (host, repository) = (host.to_owned(), repository.to_owned());
        Some(Endpoint { host, repository, insecure: insecure || marked })
    }
}

impl Registry {
    fn key(&self) -> &str {
        let prefix = self.prefix.as_deref().filter(|prefix| !prefix.is_empty());
        prefix.or(self.location.as_deref()).unwrap_or_default()
    }
}

/// How much of a name a prefix is; `*.example.com` is every host below.
fn matched(prefix: &str, name: &str) -> Option<usize> {
    if let Some(domain) = prefix.strip_prefix('*') {
        let host = name.split('/').next().unwrap_or_default();
        let bare = host.split(':').next().unwrap_or_default();
        return (domain.starts_with('.') && bare.ends_with(domain)).then_some(host.len());
    }
    let rest = name.strip_prefix(prefix).filter(|_| !prefix.is_empty())?;
    (rest.is_empty() || rest.starts_with('/')).then_some(prefix.len())
}

/// A name with its first bytes replaced by a location.
fn moved(location: &str, name: &str, length: usize) -> String {
    let rest = name.get(length..).unwrap_or_default();
    format!("{}{rest}", location.trim_end_matches('/'))
}

fn refused(reference: &RegistryReference, message: &str) -> ImageError {
    ImageError::Unsupported {
        place: reference.to_string(),
        message: message.to_owned(),
        help: "use another copy of the image, or change `registries.conf` or the mirror sets of the input",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"
unqualified-search-registries = ["docker.io"]
[[registry]]
prefix = "quay.io/team"
location = "inner.example.com/team"
[[registry.mirror]]
location = "mirror.example.com:5000/quay"
insecure = true
[[registry.mirror]]
location = "digests.example.com"
pull-from-mirror = "digest-only"
[[registry]]
location = "bad.example.com"
blocked = true
[[registry]]
location = "localhost:5000"
insecure = true
[[registry]]
prefix = "*.wild.example.com"
location = "wild.example.com"
"#;

    fn outcome(mirrors: &[ImageMirror], reference: &str) -> Vec<String> {
        let Ok(crate::image::ImageSource::Registry(reference)) = reference.parse() else {
            panic!()
        };
        let conf = RegistriesConf::parse(FILE).unwrap();
        match conf.endpoints(mirrors, &reference) {
            Ok(found) => found
                .iter()
                .map(|one| {
                    format!(
                        "{}/{}{}",
                        one.host,
                        one.repository,
                        if one.insecure { " !" } else { "" }
                    )
                })
                .collect(),
            Err(error) => vec![error.to_string()],
        }
    }

    #[test]
    fn references_are_asked_for_where_the_file_says() {
        let digest = format!("@sha256:{}", "0a".repeat(32));
        let mirror = "mirror.example.com:5000/quay/os !";
        assert_eq!(outcome(&[], "quay.io/team/os:1"), [mirror, "inner.example.com/team/os"]);
        let all = [mirror, "digests.example.com/os", "inner.example.com/team/os"];
        assert_eq!(outcome(&[], &format!("quay.io/team/os{digest}")), all);
        assert_eq!(outcome(&[], "quay.io/teams/os"), ["quay.io/teams/os"]);
        assert_eq!(outcome(&[], "localhost:5000/os"), ["localhost:5000/os !"]);
        assert_eq!(outcome(&[], "a.wild.example.com/os"), ["wild.example.com/os"]);
        let blocked = "`bad.example.com/os:latest` is blocked in `registries.conf`";
        assert_eq!(outcome(&[], "bad.example.com/os"), [blocked]);
    }

    #[test]
    fn mirror_sets_serve_digests_or_tags() {
        let set = |source: &str, tags, never_source| ImageMirror {
            source: source.to_owned(),
            mirrors: vec!["localhost:5000/m".to_owned()],
            tags,
            never_source,
        };
        let digest = format!("example.com/a/os@sha256:{}", "0a".repeat(32));
        let sets = [set("example.com", false, false), set("example.com/a", false, true)];
        assert_eq!(outcome(&sets, &digest), ["localhost:5000/m/os !"]);
        assert_eq!(outcome(&sets, "example.com/a/os:1"), ["example.com/a/os"]);
        let tags = [set("example.com/a/os", true, false)];
        assert_eq!(
            outcome(&tags, "example.com/a/os:1"),
            ["localhost:5000/m !", "example.com/a/os"]
        );
    }
}
