//! What the tables say of extensions: which release has them, for which stream and architecture.
//!
//! Owns the answer where a part of the target is not known: it is given for every value that the tables
//! know, and counts only where all agree. Must not know pools.
//!
//! `usbguard` on 4.20, whatever the stream and architecture → yes; `wasm` on 4.20 without a stream →
//! unknown, for one of them ships it and another does not.

use std::collections::{BTreeMap, BTreeSet};

use rollgate_facts::{Architecture, Stream};
use serde::Deserialize;
use serde_json::Value;

use crate::extract::Rendering;
use crate::telemetry::Answer;

/// The last release whose nodes may run Fedora CoreOS, on which an extension is any package
/// (policies `machineconfig.unknown-extension`).
const LAST_WITH_ANY_PACKAGE: &str = "4.16";

/// The tables that telemetry reads.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Tables {
    extensions: Extensions,
    kernel_types: BTreeMap<String, Value>,
    releases: BTreeMap<String, Rendering>,
}

/// Architectures by release, stream and name.
type Available = BTreeMap<String, BTreeMap<String, BTreeMap<String, BTreeSet<Architecture>>>>;

#[derive(Debug, Clone, Deserialize)]
struct Extensions {
    allowed: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    available: Available,
}

/// What an extension is asked for, as far as it is known.
#[derive(Debug, Clone, Default)]
pub(super) struct Place {
    /// The minor release.
    pub(super) release: Option<String>,
    /// The stream.
    pub(super) stream: Option<Stream>,
    /// The architectures of the machines, all of which have to be served; none where not known.
    pub(super) architectures: Vec<Architecture>,
}

impl Tables {
    /// Reads the tables of a set of policies.
    pub(super) fn read(tables: &Value) -> serde_json::Result<Self> {
        Self::deserialize(tables)
    }

    /// Whether any release knows an extension of this name.
    pub(super) fn knows_extension(&self, name: &str) -> bool {
        self.extensions.allowed.values().any(|allowed| allowed.contains_key(name))
    }

    /// The names of all extensions of all releases.
    pub(super) fn extensions(&self) -> BTreeSet<String> {
        self.extensions.allowed.values().flat_map(BTreeMap::keys).cloned().collect()
    }

    /// The kernel types.
    pub(super) fn kernel_types(&self) -> BTreeSet<String> {
        self.kernel_types.keys().cloned().collect()
    }

    /// Whether the tables know this release.
    pub(super) fn knows_release(&self, release: &str) -> bool {
        self.releases.contains_key(release)
    }

    /// The known releases, oldest first.
    pub(super) fn releases(&self) -> Vec<&str> {
        let mut releases: Vec<_> = self.releases.iter().collect();
        releases.sort_by_key(|(_, rendering)| rendering.order);
        releases.into_iter().map(|(release, _)| release.as_str()).collect()
    }

    /// How many minor releases one is before another, where both are known.
    pub(super) fn behind(&self, release: &str, of: &str) -> Option<u32> {
        let order = |release: &str| Some(self.releases.get(release)?.order);
        Some(order(of)?.saturating_sub(order(release)?))
    }

    /// The distinct ways in which the release renders, or any release where it is not known.
    pub(super) fn renderings(&self, release: Option<&str>) -> Vec<&Rendering> {
        if let Some(rendering) = release.and_then(|release| self.releases.get(release)) {
            return vec![rendering];
        }
        let mut all: Vec<_> = self.releases.values().collect();
        all.sort_by_key(|rendering| rendering.order);
        all.dedup_by(|later, earlier| later.renders_like(earlier));
        all
    }

    /// Whether the extension is there for all machines of a place.
    pub(super) fn supports(&self, extension: &str, place: &Place) -> Answer {
        let releases = match &place.release {
            Some(release) => vec![release.as_str()],
            None => self.releases(),
        };
        let answers = releases
            .iter()
            .flat_map(|release| {
                self.streams(release, place).into_iter().map(move |it| (*release, it))
            })
            .map(|(release, stream)| self.answer(extension, release, stream, place));
        agreed(answers)
    }

    /// The streams in question: that of the place, or all that the release has.
    fn streams(&self, release: &str, place: &Place) -> Vec<Option<Stream>> {
        if let Some(stream) = place.stream {
            return vec![Some(stream)];
        }
        let available = self.extensions.available.get(release);
        let names = available.into_iter().flat_map(BTreeMap::keys);
        let mut streams: Vec<_> = names.map(|name| name.parse().ok()).collect();
        if self.takes_any_package(release) {
            streams.push(Some(Stream::Fcos));
        }
        if streams.is_empty() { vec![None] } else { streams }
    }

    fn answer(
        &self,
        extension: &str,
        release: &str,
        stream: Option<Stream>,
        place: &Place,
    ) -> Answer {
        let Some(allowed) = self.extensions.allowed.get(release) else { return Answer::Unknown };
        if stream == Some(Stream::Fcos) && self.takes_any_package(release) {
            return Answer::Unknown;
        }
        if !allowed.contains_key(extension) {
            return Answer::No;
        }
        // Streams without an extensions image of their own definition are not in the table.
        let shipped =
            stream.and_then(|stream| self.extensions.available.get(release)?.get(stream.name()));
        let Some(shipped) = shipped else { return Answer::Unknown };
        let serves = |architecture: &Architecture| {
            shipped.get(extension).is_some_and(|served| served.contains(architecture))
        };
        if place.architectures.is_empty() {
            let each = Architecture::ALL.iter().map(serves);
            return agreed(each.map(|it| if it { Answer::Yes } else { Answer::No }));
        }
        if place.architectures.iter().all(serves) { Answer::Yes } else { Answer::No }
    }

    fn takes_any_package(&self, release: &str) -> bool {
        self.behind(LAST_WITH_ANY_PACKAGE, release) == Some(0)
    }
}

/// What all answers say, or that it is not known.
fn agreed(mut answers: impl Iterator<Item = Answer>) -> Answer {
    let first = answers.next().unwrap_or(Answer::Unknown);
    if answers.all(|answer| answer == first) { first } else { Answer::Unknown }
}

#[cfg(test)]
mod tests {
    use rollgate_facts::{Architecture, Stream};

    use super::{Place, Tables};
    use crate::policy::PolicySet;
    use crate::telemetry::Answer::{self, No, Unknown, Yes};

    #[test]
    fn support_turns_on_release_stream_and_architecture() {
        let policies = PolicySet::embedded().unwrap();
        let tables = Tables::read(policies.tables()).unwrap();
        let rows: &[(&str, &str, &str, &str, Answer)] = &[
            ("usbguard", "4.20", "rhel-9", "x86_64", Yes),
            ("usbguard", "4.20", "", "", Yes),
            ("usbguard", "", "", "", Unknown),
            ("wasm", "4.20", "rhel-9", "x86_64", Yes),
            ("wasm", "4.20", "rhel-10", "x86_64", No),
            ("wasm", "4.20", "", "x86_64", Unknown),
            ("wasm", "4.20", "rhel-9", "x86_64 s390x", No),
            ("sandboxed-containers", "4.20", "rhel-9", "", Unknown),
            ("sandboxed-containers", "4.20", "rhel-9", "aarch64", No),
            ("sysstat", "4.17", "rhel-9", "x86_64", No),
            ("usbgard", "4.20", "", "", No),
            ("usbgard", "4.16", "rhel-9", "", No),
            ("usbgard", "4.16", "fcos", "x86_64", Unknown),
            ("usbgard", "4.16", "", "", Unknown),
            ("usbgard", "4.17", "", "", No),
            ("usbguard", "4.20", "fcos", "x86_64", Unknown),
            ("usbguard", "4.10", "rhel-9", "x86_64", Unknown),
            ("usbguard", "9.9", "rhel-9", "x86_64", Unknown),
        ];
        for (extension, release, stream, architectures, expected) in rows {
            let place = Place {
                release: Some((*release).to_owned()).filter(|release| !release.is_empty()),
                stream: stream.parse::<Stream>().ok(),
                architectures: architectures
                    .split_whitespace()
                    .map(|name| name.parse::<Architecture>().unwrap())
                    .collect(),
            };
            assert_eq!(tables.supports(extension, &place), *expected, "{extension} {place:?}");
        }
    }
}
