//! What manifest and configuration say: the image itself, its layers, and what is wrong with them.
//!
//! Owns locators of layers, `image/<digest>#/rootfs/diff_ids/<n>`.

use std::collections::{BTreeMap, BTreeSet};

use rollgate_facts::{
    Image, ImageBase, ImageLayer, ImageProblem, ImageProblemKind, ImageSettings, Locator,
};

use super::architecture;
use crate::extract::image::{ImageManifest, LayerProblem};

/// The image as its manifest and configuration tell it, with nothing of its tree.
pub(super) fn image(manifest: &ImageManifest, base: Option<&ImageBase>, at: &Locator) -> Image {
    let of_base = base.map_or(0, |base| base.layers);
    let layers = manifest.layers.iter().enumerate().map(|(index, layer)| ImageLayer {
        at: layer_at(at, index),
        digest: layer.digest.clone(),
        diff_id: layer.diff_id.clone(),
        media_type: layer.media_type.clone(),
        size: layer.size,
        entries: None,
        in_base: index < of_base,
        created_by: layer.created_by.clone(),
    });
    Image {
        at: at.clone(),
        reference: manifest.reference.clone(),
        digest: manifest.digest.clone(),
        pinned: manifest.pinned,
        architecture: architecture(&manifest.architecture),
        platform_architecture: manifest.architecture.clone(),
        created: manifest.created.clone(),
        labels: manifest.labels.clone(),
        annotations: manifest.annotations.clone(),
        layers: layers.collect(),
        base: base.cloned(),
        os_release: None,
        packages: None,
        kernels: Vec::new(),
        units: BTreeMap::new(),
        dangling_links: Vec::new(),
        users: BTreeMap::new(),
        groups: BTreeMap::new(),
        settings: ImageSettings::default(),
        repositories: Vec::new(),
        secrets: Vec::new(),
        change: None,
        extensions: None,
        release_image: None,
        named_by: Vec::new(),
        problems: Vec::new(),
        not_collected: BTreeMap::new(),
    }
}

/// A problem of a layer; one without a path stands at the layer.
pub(super) fn problem(at: &Locator, layer: usize, problem: &LayerProblem) -> ImageProblem {
    let at = match &*problem.path {
        "" => layer_at(at, layer),
        path => at.entry(&format!("/{}", path.trim_start_matches('/'))),
    };
    ImageProblem { kind: problem.kind, at, text: format!("{} (layer {layer})", problem.text) }
}

/// The layers that stand a second time.
pub(super) fn duplicates(layers: &[ImageLayer]) -> Vec<ImageProblem> {
    let mut seen = BTreeSet::new();
    let again = layers.iter().filter(|layer| !seen.insert(&*layer.digest));
    let problem = |layer: &ImageLayer| ImageProblem {
        kind: ImageProblemKind::DuplicateLayer,
        at: layer.at.clone(),
        text: format!("the layer `{}` stands in the image more than once", layer.digest),
    };
    again.map(problem).collect()
}

/// Whether layers come from several builds, so that a later layer was made later. Those that one
/// build cut from one tree carry annotations that say what each of them holds.
pub(super) fn are_built_apart(manifest: &ImageManifest) -> bool {
    manifest.layers.iter().any(|layer| layer.annotations.is_empty())
}

/// The architecture as `uname -m` has it, by which files in the image name it.
pub(super) fn kernel_architecture(name: &str) -> &str {
    match name {
        "amd64" => "x86_64",
        "arm64" => "aarch64",
        "ppc64le" => "powerpc64",
        other => other,
    }
}

fn layer_at(image: &Locator, index: usize) -> Locator {
    image.key("rootfs").key("diff_ids").index(index)
}
