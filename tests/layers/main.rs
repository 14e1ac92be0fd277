//! Layers of images: blobs and tars as they are, and as nobody should write them.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

mod blobs;
mod kept;
mod taken;
mod tar;
mod tree;
mod unclear;

use std::sync::Arc;

use globset::{Glob, GlobSet, GlobSetBuilder};
use rollgate_engine::ImageLimits;
use rollgate_engine::extract::image::{
    LayerContents, LayerError, LayerRequest, Tree, TreeEntry, read_layer,
};
use rollgate_facts::FileKind;

const TAR: &str = "application/vnd.oci.image.layer.v1.tar";

fn globs(globs: &[&str]) -> GlobSet {
    let mut builder = GlobSetBuilder::new();
    for glob in globs {
        builder.add(Glob::new(glob).unwrap());
    }
    builder.build().unwrap()
}

/// Reads a blob whose tar is given, and which has the digests that it must have.
fn read_blob(
    media_type: &str,
    blob: &[u8],
    tar: &[u8],
    wanted: &[&str],
    limits: &ImageLimits,
) -> Result<LayerContents, LayerError> {
    let request = LayerRequest {
        media_type,
        digest: &tar::digest(blob),
        diff_id: &tar::digest(tar),
        inspect_files: true,
        wanted: &globs(wanted),
        limits,
    };
    read_layer(blob, &request)
}

fn read(tar: &[u8]) -> Result<LayerContents, LayerError> {
    read_blob(TAR, tar, tar, &["/etc/**", "/usr/**"], &ImageLimits::default())
}

/// Why a tar is not read, without the name of the layer.
fn refusal(tar: &[u8]) -> String {
    match read(tar) {
        Ok(layer) => panic!("it was read: {layer:#?}"),
        Err(error) => error.fault.to_string(),
    }
}

/// The problems of a tar, as `<kind> <path>: <text>`.
fn problems(tar: &[u8]) -> Vec<String> {
    let layer = read(tar).unwrap();
    let line = |it: &rollgate_engine::extract::image::LayerProblem| {
        format!("{:?} {}: {}", it.kind, it.path, it.text)
    };
    layer.problems.iter().map(line).collect()
}

fn tree(tars: &[Vec<u8>]) -> Tree {
    let layers = tars.iter().map(|tar| Arc::new(read(tar).unwrap()));
    Tree::of(layers, &ImageLimits::default()).unwrap()
}

/// The entries as `<kind> <path> <size or target> <layer>`.
fn lines(entries: &[TreeEntry]) -> Vec<String> {
    let line = |entry: &TreeEntry| {
        let (path, layer) = (&entry.path, entry.layer);
        match entry.kind {
            FileKind::File => format!("f {path} {} {layer}", entry.size),
            FileKind::Directory => format!("d {path} {layer}"),
            FileKind::Link => format!("l {path} -> {} {layer}", entry.target.as_deref().unwrap()),
            FileKind::Special => format!("s {path} {layer}"),
        }
    };
    entries.iter().map(line).collect()
}

fn tree_problems(tree: &Tree) -> Vec<String> {
    let line = |(layer, it): &(usize, rollgate_engine::extract::image::LayerProblem)| {
        format!("{layer} {:?} {}: {}", it.kind, it.path, it.text)
    };
    tree.problems.iter().map(line).collect()
}
