//! What rollgate makes of an image that was built in memory.

use std::collections::BTreeMap;
use std::sync::Arc;

use globset::{Glob, GlobSet, GlobSetBuilder};
use rollgate_engine::extract::image::{LayerContents, LayerRequest, Tree, TreeEntry, read_layer};
use rollgate_engine::limits::ImageLimits;
use rollgate_facts::FileKind;
use rollgate_testkit::image::Built;

use crate::unpacked::Told;

/// The tree of an image, or why it cannot be told.
pub(crate) fn tree(built: &Built, limits: &ImageLimits) -> Result<Tree, String> {
    let wanted = everything();
    let mut layers: Vec<Arc<LayerContents>> = Vec::new();
    for blob in &built.layers {
        let request = LayerRequest {
            media_type: &blob.media_type,
            digest: &blob.digest,
            diff_id: &blob.diff_id,
            inspect_files: true,
            wanted: &wanted,
            limits,
        };
        let bytes = blob.bytes.as_deref().unwrap_or_default();
        layers.push(Arc::new(read_layer(bytes, &request).map_err(|error| chain(&error))?));
    }
    Tree::of(layers, limits).map_err(|error| chain(&error))
}

/// The files of a tree, by absolute path, as they are told of those that `umoci` unpacks.
pub(crate) fn files(tree: &Tree) -> BTreeMap<String, Told> {
    let told = |entry: &TreeEntry| Told {
        kind: match entry.kind {
            FileKind::File => "file",
            FileKind::Directory => "directory",
            FileKind::Link => "link",
            FileKind::Special => "special",
        },
        mode: if entry.kind == FileKind::Link { 0 } else { entry.mode },
        size: if entry.kind == FileKind::File { entry.size } else { 0 },
        target: entry.target.as_deref().map(str::to_owned),
        digest: entry.digest,
    };
    tree.entries.iter().map(|entry| (entry.path.to_string(), told(entry))).collect()
}

/// An error with what it comes from.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

fn everything() -> GlobSet {
    GlobSetBuilder::new().add(Glob::new("/**").unwrap()).build().unwrap()
}
