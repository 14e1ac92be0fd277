//! Trees with an RPM database, from layers as a reader of blobs gives them.

use std::sync::Arc;

use rollgate_engine::extract::image::{
    EntryKind, LayerContents, LayerEntry, Packages, Tree, packages,
};
use rollgate_engine::limits::ImageLimits;
use rollgate_facts::Locator;
use rollgate_testkit::rpmdb::{RpmFile, RpmPackage};
use sha2::{Digest as _, Sha256};

/// A layer in the making.
#[derive(Default)]
pub(crate) struct Layer(pub(crate) LayerContents);

impl Layer {
    pub(crate) fn entry(mut self, path: &str, kind: EntryKind, mode: u32) -> Self {
        self.0.entries.push(LayerEntry {
            path: path.into(),
            kind,
            mode,
            uid: 0,
            gid: 0,
            size: 0,
            mtime: 0,
            target: None,
            digest: None,
            capabilities: None,
            secret: None,
        });
        self
    }

    pub(crate) fn last(mut self, change: impl FnOnce(&mut LayerEntry)) -> Self {
        change(self.0.entries.last_mut().unwrap());
        self
    }

    pub(crate) fn file(self, path: &str, mode: u32, content: &[u8]) -> Self {
        let digest = Sha256::digest(content).into();
        self.entry(path, EntryKind::File, mode).last(|entry| {
            entry.size = content.len() as u64;
            entry.digest = Some(digest);
        })
    }

    pub(crate) fn kept(self, path: &str, content: &[u8]) -> Self {
        let mut layer = self.file(path, 0o644, content);
        let number = u32::try_from(layer.0.entries.len() - 1).unwrap();
        layer.0.contents.push((number, content.to_vec()));
        layer
    }

    pub(crate) fn folder(self, path: &str) -> Self {
        self.entry(path, EntryKind::Directory, 0o755)
    }

    pub(crate) fn link(self, path: &str, target: &str) -> Self {
        let layer = self.entry(path, EntryKind::Link, 0o777);
        layer.last(|entry| entry.target = Some(target.into()))
    }

    pub(crate) fn whiteout(self, path: &str) -> Self {
        self.entry(path, EntryKind::Whiteout, 0)
    }
}

pub(crate) fn tree(layers: impl IntoIterator<Item = Layer>) -> Tree {
    let layers = layers.into_iter().map(|layer| Arc::new(layer.0));
    Tree::of(layers, &ImageLimits::default()).unwrap()
}

pub(crate) fn collect(tree: &Tree) -> Packages {
    packages(tree, &Locator::image("sha256:1"), &ImageLimits::default())
}

pub(crate) fn base() -> Layer {
    Layer::default()
        .folder("usr")
        .folder("usr/bin")
        .folder("usr/lib64")
        .folder("usr/share")
        .folder("usr/share/rpm")
        .folder("var")
        .folder("var/lib")
        .link("bin", "usr/bin")
        .link("lib64", "usr/lib64")
        .link("var/lib/rpm", "../../usr/share/rpm")
}

pub(crate) fn bash() -> RpmPackage {
    RpmPackage::new("bash", "5.1.8", "9.el9")
        .file(RpmFile::regular("/bin/bash", 0o755, b"bash"))
        .file(RpmFile::link("/usr/bin/sh", "bash"))
        .file(RpmFile::regular("/etc/bashrc", 0o644, b"alias").flags(1 | 16))
        .provides("/bin/sh")
}

pub(crate) fn ping() -> RpmPackage {
    let file = RpmFile::regular("/usr/bin/ping", 0o755, b"ping").owner("root", "network");
    RpmPackage::new("iputils", "1", "1").file(file.capabilities("cap_net_raw=ep"))
}
