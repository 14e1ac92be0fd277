//! The images that objects name: what has to be fetched before an input can be judged wholly.
//!
//! Owns whose references count. A rendered config and what the operator's controllers make name the
//! images of the release, or those that users' MachineConfigs name already. Must not fetch.

use std::collections::BTreeMap;

use rollgate_facts::{ImageReference, Target};

use crate::extract::{self, Inventory, Object, open};
use crate::text::{Node, Source};
use crate::{Artifact, Limits};

/// What the objects of an input say of images.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NamedImages {
    /// The images that the nodes of pools would get, and those of their extensions, each once.
    pub references: Vec<ImageReference>,
    /// The operating system image of the release.
    pub release: Option<String>,
    /// What mirrors what.
    pub mirrors: Vec<ImageMirror>,
    /// The target, as far as the objects tell it.
    pub target: Target,
}

/// One source of an `ImageDigestMirrorSet`, `ImageTagMirrorSet` or `ImageContentSourcePolicy`.
///
/// Source: openshift/api, `config/v1/types_image_digest_mirror_set.go`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageMirror {
    /// What is mirrored: a registry, a namespace in one, or a repository; `*.example.com` is every host
    /// below.
    pub source: String,
    /// Where, the first asked first.
    pub mirrors: Vec<String>,
    /// Whether for references by tag, or else for those by digest.
    pub tags: bool,
    /// Whether the source itself is never asked.
    pub never_source: bool,
}

/// What has to stand in a text for it to name an image that matters; looking for it is much cheaper
/// than reading the text twice.
const MARKS: &[&str] = &["osImageURL", "baseOSExtensionsContainerImage", "MachineOSConfig"];

/// The kinds whose objects say what mirrors what, with the list that does, and whether it is of tags.
const MIRROR_KINDS: &[(&str, &str, bool)] = &[
    ("ImageDigestMirrorSet", "imageDigestMirrors", false),
    ("ImageTagMirrorSet", "imageTagMirrors", true),
    ("ImageContentSourcePolicy", "repositoryDigestMirrors", false),
];

/// What the objects of these texts say of images; nothing, where none names one and none is asked
/// for by `always`.
pub(super) fn named(limits: &Limits, artifacts: &[Artifact], always: bool) -> NamedImages {
    let marked = |artifact: &Artifact| {
        let text = String::from_utf8_lossy(artifact.bytes());
        MARKS.iter().any(|mark| text.contains(mark))
    };
    if !always && !artifacts.iter().any(marked) {
        return NamedImages::default();
    }
    let sources: Vec<Source> =
        artifacts.iter().map(|artifact| open(limits, artifact.clone())).collect();
    let inventory = Inventory::of(&sources);
    let objects = &inventory.objects;
    let release = extract::release_images(objects, None);
    let of_release = |reference: &ImageReference| {
        [&release.os_image, &release.extensions_image]
            .iter()
            .any(|image| image.as_deref() == Some(&reference.text))
    };
    let mut by_text = BTreeMap::new();
    for reference in objects.iter().flat_map(references) {
        if reference.valid && !of_release(&reference) {
            by_text.entry(reference.text.clone()).or_insert(reference);
        }
    }
    NamedImages {
        references: by_text.into_values().collect(),
        mirrors: objects.iter().flat_map(mirrors).collect(),
        target: extract::target(objects),
        release: release.os_image,
    }
}

/// The images that an object of a user puts on nodes.
fn references(object: &Object<'_>) -> Vec<ImageReference> {
    match object.kind.name {
        "MachineConfig" => {
            let source = extract::machine_config_outline(object);
            if source.is_rendered() || source.facts.generated {
                return Vec::new();
            }
            let facts = source.facts;
            facts.os_image_url.into_iter().chain(facts.base_os_extensions_container_image).collect()
        }
        _ => Vec::new(),
    }
}

fn mirrors(object: &Object<'_>) -> Vec<ImageMirror> {
    let kind = MIRROR_KINDS.iter().find(|(kind, ..)| *kind == object.kind.name);
    let Some((_, list, tags)) = kind else { return Vec::new() };
    let listed = object.node.get("spec").and_then(|spec| spec.get(list)?.as_sequence());
    let text = |node: &Node, key: &str| node.get(key)?.as_str().map(ToOwned::to_owned);
    let one = |node: &Node| {
        let mirrors = node.get("mirrors").and_then(Node::as_sequence).unwrap_or_default();
        Some(ImageMirror {
            source: text(node, "source")?,
            mirrors: mirrors.iter().filter_map(Node::as_str).map(ToOwned::to_owned).collect(),
            tags: *tags,
            never_source: text(node, "mirrorSourcePolicy").as_deref() == Some("NeverContactSource"),
        })
    };
    listed.unwrap_or_default().iter().filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_name_images_and_mirror_sets_their_mirrors() {
        let digest = format!("sha256:{}", "1".repeat(64));
        let text = format!(
            "kind: MachineConfig
apiVersion: machineconfiguration.openshift.io/v1
metadata: {{name: 99-os, labels: {{machineconfiguration.openshift.io/role: worker}}}}
spec: {{osImageURL: quay.io/a/os@{digest}, baseOSExtensionsContainerImage: quay.io/a/extensions@{digest}}}
---
kind: MachineConfig
apiVersion: machineconfiguration.openshift.io/v1
metadata: {{name: 98-os, labels: {{machineconfiguration.openshift.io/role: worker}}}}
spec: {{osImageURL: quay.io/release/os@{digest}}}
---
kind: ControllerConfig
apiVersion: machineconfiguration.openshift.io/v1
metadata: {{name: machine-config-controller}}
spec: {{baseOSContainerImage: quay.io/release/os@{digest}}}
---
kind: ImageTagMirrorSet
apiVersion: config.openshift.io/v1
metadata: {{name: a}}
spec: {{imageTagMirrors: [{{source: quay.io/a, mirrors: [m.example.com/a], mirrorSourcePolicy: NeverContactSource}}]}}
---
kind: ImageContentSourcePolicy
apiVersion: operator.openshift.io/v1alpha1
metadata: {{name: b}}
spec: {{repositoryDigestMirrors: [{{source: quay.io/b, mirrors: []}}, {{mirrors: [x]}}]}}
"
        );
        let found = named(&Limits::default(), &[Artifact::new("all.yaml", text)], false);
        let texts: Vec<_> = found.references.iter().map(|named| named.text.clone()).collect();
        let expected = ["quay.io/a/extensions", "quay.io/a/os"];
        assert_eq!(texts, expected.map(|name| format!("{name}@{digest}")));
        assert_eq!(found.release, Some(format!("quay.io/release/os@{digest}")));
        let mirror = |source: &str, mirrors: &[&str], tags, never_source| ImageMirror {
            source: source.to_owned(),
            mirrors: mirrors.iter().map(|&mirror| mirror.to_owned()).collect(),
            tags,
            never_source,
        };
        let tags = mirror("quay.io/a", &["m.example.com/a"], true, true);
        assert_eq!(found.mirrors, [tags, mirror("quay.io/b", &[], false, false)]);

        let nothing = named(&Limits::default(), &[Artifact::new("a.yaml", "kind: Pod")], false);
        assert_eq!(nothing, NamedImages::default());
    }
}
