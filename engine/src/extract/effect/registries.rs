//! Whether a change of `registries.conf` drains the node: CRI-O is reloaded for any, but a node is
//! drained before where images may come from elsewhere than they did.
//!
//! Follows `pkg/daemon/drain.go`, `isSafeContainerRegistryConfChanges`.
//!
//! A mirror that is added with `pull-from-mirror = "digest-only"` → no drain; a mirror removed → a
//! drain, since a running workload may need it.

use std::collections::BTreeMap;

use rollgate_facts::Contents;
use serde::Deserialize;
use thiserror::Error;

/// The file of which changes are looked into.
pub const REGISTRIES: &str = "/etc/containers/registries.conf";

/// What makes a mirror safe: what it serves is the same image or none.
const DIGEST_ONLY: &str = "digest-only";

/// Why a `registries.conf` cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Unreadable {
    /// The daemon cannot read it either, and stops there.
    #[error("`{REGISTRIES}` is not TOML that nodes can read: {0}")]
    Invalid(String),
    /// A limit kept it from being decoded.
    #[error("`{REGISTRIES}` could not be compared: {0}")]
    NotCollected(String),
}

/// `containers-registries.conf(5)`, as far as it is compared.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
struct Registries {
    registry: Vec<Registry>,
    unqualified_search_registries: Vec<String>,
}

#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
struct Registry {
    prefix: String,
    location: String,
    insecure: bool,
    blocked: bool,
    mirror_by_digest_only: bool,
    mirror: Vec<Mirror>,
}

#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
struct Mirror {
    location: String,
    pull_from_mirror: String,
}

/// By what a release tells that a mirror is safe: that it serves digests only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SafeMirrors {
    /// By `mirror-by-digest-only` of its registry.
    ByRegistry,
    /// By its own `pull-from-mirror`.
    ByMirror,
}

/// Why nodes are drained for the change; none where they are not.
pub fn drained_for(
    mirrors: SafeMirrors,
    old: Option<&Contents>,
    new: Option<&Contents>,
) -> Result<Option<String>, Unreadable> {
    let (old, new) = (Registries::read(old)?, Registries::read(new)?);
    if !new.unqualified_search_registries.starts_with(&old.unqualified_search_registries) {
        return Ok(Some("the search registries are not only added to".to_owned()));
    }
    let (old, new) = (old.by_scope(), new.by_scope());
    if let Some(gone) = old.keys().find(|scope| !new.contains_key(*scope)) {
        return Ok(Some(format!("registry `{gone}` is removed")));
    }
    Ok(new.iter().find_map(|(scope, registry)| match old.get(scope) {
        Some(before) => {
            registry.worse_than(before, mirrors).map(|why| format!("{why} of registry `{scope}`"))
        }
        None => (!registry.pulls_by_digest_only(mirrors))
            .then(|| format!("registry `{scope}` is added, but not for digests only")),
    }))
}

impl Registries {
    fn read(contents: Option<&Contents>) -> Result<Self, Unreadable> {
        let Some(contents) = contents else { return Ok(Self::default()) };
        if let Some(reason) = &contents.not_collected {
            return Err(Unreadable::NotCollected(reason.clone()));
        }
        let invalid = |why: &str| Unreadable::Invalid(why.to_owned());
        let text = match (&contents.text, contents.scheme.as_str()) {
            (Some(text), _) => text,
            (None, "") => return Ok(Self::default()),
            (None, _) => return Err(invalid("it is no text")),
        };
        // The message of the parser quotes the text, which may hold a secret.
        toml::from_str(text).map_err(|error: toml::de::Error| invalid(error.message()))
    }

    /// The registries by what they serve; of several the last counts.
    fn by_scope(self) -> BTreeMap<String, Registry> {
        let scope = |registry: &Registry| match registry.prefix.as_str() {
            "" => registry.location.clone(),
            prefix => prefix.to_owned(),
        };
        self.registry.into_iter().map(|registry| (scope(&registry), registry)).collect()
    }
}

impl Registry {
    fn pulls_by_digest_only(&self, mirrors: SafeMirrors) -> bool {
        match (mirrors, self.mirror.as_slice()) {
            (SafeMirrors::ByRegistry, _) | (_, []) => self.mirror_by_digest_only,
            (_, mirrors) => mirrors.iter().all(|mirror| mirror.pull_from_mirror == DIGEST_ONLY),
        }
    }

    /// What of the registry changes so that running workloads may miss it.
    fn worse_than(&self, before: &Self, mirrors: SafeMirrors) -> Option<String> {
        if self == before {
            return None;
        }
        let fields = [
            ("the prefix", self.prefix != before.prefix),
            ("the location", self.location != before.location),
            ("`blocked`", self.blocked != before.blocked),
            ("`insecure`", self.insecure != before.insecure),
            (
                "`mirror-by-digest-only`",
                mirrors == SafeMirrors::ByRegistry
                    && self.mirror_by_digest_only != before.mirror_by_digest_only,
            ),
        ];
        if let Some((field, _)) = fields.iter().find(|(_, changed)| *changed) {
            return Some(format!("{field} changes"));
        }
        let gone = before.mirror.iter().find(|mirror| self.mirror(&mirror.location).is_none());
        if let Some(mirror) = gone {
            return Some(format!("mirror `{}` is removed", mirror.location));
        }
        let by_mirror = mirrors == SafeMirrors::ByMirror;
        let worse = self.mirror.iter().find(|mirror| match before.mirror(&mirror.location) {
            _ if by_mirror && mirror.pull_from_mirror == DIGEST_ONLY => false,
            Some(before) => by_mirror && before.pull_from_mirror != mirror.pull_from_mirror,
            None => !self.mirror_by_digest_only,
        })?;
        Some(format!("mirror `{}` is not for digests only", worse.location))
    }

    fn mirror(&self, location: &str) -> Option<&Mirror> {
        self.mirror.iter().find(|mirror| mirror.location == location)
    }
}
