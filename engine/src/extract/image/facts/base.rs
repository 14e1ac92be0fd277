//! How the layers of an image are divided into the base's and its own.
//!
//! Owns the label `ostree.final-diffid`, which the end of an encapsulated base has, and the beginning
//! that an image shares with its base image. The base image wins where there is one: a node image of
//! OpenShift is itself built on a base and hands on that base's label, and whoever builds an image may
//! write into the label what he likes.
//!
//! Layers `a b c d` with the label `b`, and a base image of `a b c` → three layers, by the base image.

use rollgate_facts::{BaseEvidence, ImageBase};

use crate::extract::image::ImageManifest;

/// The label (and annotation) with the `diff_id` of the last layer that ostree wrote (ostree-ext
/// `container/mod.rs`).
pub(super) const FINAL_DIFF_ID: &str = "ostree.final-diffid";

/// Which layers are the base's; none where nothing tells.
pub fn base_layers(manifest: &ImageManifest, base: Option<&ImageManifest>) -> Option<ImageBase> {
    let by_label = label(manifest).and_then(|label| position(manifest, label)).map(|last| last + 1);
    let shared = base.filter(|base| begins_with(diff_ids(manifest), diff_ids(base)));
    let by_image = shared.map(|base| (base.layers.len(), BaseEvidence::BaseImage));
    let by_label = by_label.map(|layers| (layers, BaseEvidence::FinalDiffId));
    let (layers, known_by) = by_image.or(by_label)?;
    Some(ImageBase {
        layers,
        known_by,
        reference: shared.map(|base| base.reference.clone()),
        digest: shared.map(|base| base.digest.clone()),
    })
}

/// The label, where it names no layer of the image.
pub(super) fn unknown_label(manifest: &ImageManifest) -> Option<&str> {
    label(manifest).filter(|label| position(manifest, label).is_none())
}

/// Whether an image begins with all layers of another, by their `diff_id`s.
pub(super) fn begins_with<'a>(
    layers: impl ExactSizeIterator<Item = &'a String>,
    base: impl ExactSizeIterator<Item = &'a String>,
) -> bool {
    base.len() > 0
        && base.len() <= layers.len()
        && base.zip(layers).all(|(one, other)| one == other)
}

fn label(manifest: &ImageManifest) -> Option<&str> {
    let label =
        manifest.labels.get(FINAL_DIFF_ID).or_else(|| manifest.annotations.get(FINAL_DIFF_ID));
    label.map(String::as_str).filter(|label| !label.is_empty())
}

fn diff_ids(manifest: &ImageManifest) -> impl ExactSizeIterator<Item = &String> {
    manifest.layers.iter().map(|layer| &layer.diff_id)
}

fn position(manifest: &ImageManifest, diff_id: &str) -> Option<usize> {
    manifest.layers.iter().position(|layer| layer.diff_id == diff_id)
}

#[cfg(test)]
mod tests {
    use rollgate_facts::BaseEvidence;

    use super::{base_layers, unknown_label};
    use crate::extract::image::{ImageManifest, LayerDescriptor};

    fn manifest(layers: &[&str], label: Option<&str>) -> ImageManifest {
        let layer = |diff_id: &&str| LayerDescriptor {
            diff_id: (*diff_id).to_owned(),
            ..LayerDescriptor::default()
        };
        let label = label.map(|label| ("ostree.final-diffid".to_owned(), label.to_owned()));
        ImageManifest {
            reference: layers.concat(),
            layers: layers.iter().map(layer).collect(),
            labels: label.into_iter().collect(),
            ..ImageManifest::default()
        }
    }

    #[test]
    fn the_label_or_the_base_image_tells() {
        let image = manifest(&["a", "b", "c", "d"], Some("b"));
        let plain = manifest(&["a", "b", "c"], None);
        let split = |image: &ImageManifest, base: Option<&ImageManifest>| {
            base_layers(image, base).map(|it| (it.layers, it.known_by, it.reference))
        };
        let (label, given) = (BaseEvidence::FinalDiffId, BaseEvidence::BaseImage);
        assert_eq!(split(&image, None), Some((2, label, None)));
        assert_eq!(split(&image, Some(&plain)), Some((3, given, Some("abc".into()))));
        assert_eq!(
            split(&image, Some(&manifest(&["a", "b"], None))),
            Some((2, given, Some("ab".into())))
        );
        // A label that takes in what is built on top hides nothing from who knows the base.
        let on_top = split(&image, Some(&manifest(&["a"], None)));
        assert_eq!(on_top, Some((1, given, Some("a".into()))));
        assert_eq!(split(&image, Some(&manifest(&["b"], None))), Some((2, label, None)));
        assert_eq!(
            split(&plain, Some(&manifest(&["a"], None))),
            Some((1, given, Some("a".into())))
        );
        assert_eq!(split(&plain, Some(&image)), None);
        assert_eq!(split(&plain, Some(&manifest(&[], None))), None);
        let broken = manifest(&["a"], Some("z"));
        assert_eq!((split(&broken, None), unknown_label(&broken)), (None, Some("z")));
        assert_eq!(unknown_label(&image), None);
    }
}
