//! What rollgate takes an image for is what `umoci` unpacks of it.

use std::collections::BTreeMap;

use rollgate_engine::limits::ImageLimits;
use rollgate_testkit::image::{Compression, Entry, Image, Layer, Layout};
use rollgate_testkit::tool;

use crate::reading::{files, tree};
use crate::unpacked::{Told, unpack};

/// Images of each layout, and with each kind of entry on top.
fn images() -> Vec<(&'static str, Image)> {
    let plain = || Image::rhcos().layout(Layout::Chunks);
    let objects = || Image::rhcos().layout(Layout::Ostree);
    vec![
        ("objects", objects()),
        ("chunks", plain()),
        ("derived from objects", objects().layer(changes()).layer(changes_again())),
        ("derived from chunks", plain().layer(changes()).layer(changes_again())),
        (
            "an object written anew",
            objects().layer(Layer::new().rewrite("/usr/bin/bash", b"another", true)),
        ),
        (
            "a file written anew, and its object a link to it",
            objects().layer(Layer::new().rewrite("/usr/bin/bash", b"another", false)),
        ),
        ("names as `./usr`", plain().layer(dotted())),
        ("long names", plain().layer(long_names())),
    ]
}

fn changes() -> Layer {
    Layer::new()
        .directory("/usr/share/tool", 0o755)
        .file("/usr/share/tool/data", 0o640, b"data")
        .file("/usr/bin/tool", 0o6755, b"\x7fELF tool")
        .hard_link("/usr/bin/other", "/usr/bin/tool")
        .symlink("/usr/bin/alias", "tool")
        .hard_link("/usr/bin/linked-alias", "/usr/bin/alias")
        .file("/usr/bin/empty", 0o755, b"")
        .whiteout("/usr/bin/podman")
        .whiteout("/usr/lib/ostree")
        .opaque("/usr/lib/sysusers.d")
        .file("/usr/lib/sysusers.d/other.conf", 0o644, b"u tool - - /\n")
}

/// What a later layer makes of an earlier one: files that become folders and links, and back.
fn changes_again() -> Layer {
    Layer::new()
        .directory("/usr/bin/tool", 0o755)
        .file("/usr/bin/tool/inside", 0o644, b"inside")
        .file("/usr/bin/alias", 0o755, b"no link any more")
        .symlink("/usr/share/tool", "rpm")
        .directory("/usr/lib/ostree", 0o700)
        .file("/usr/lib/ostree/back", 0o644, b"back")
        .whiteout("/usr/bin/other")
}

fn dotted() -> Layer {
    Layer::new()
        .entry(Entry::directory("./", 0o755))
        .entry(Entry::directory("./usr/", 0o755))
        .entry(Entry::directory("./usr/share/dotted/", 0o750))
        .entry(Entry::file("./usr/share/dotted/file", 0o600, b"dotted"))
        .entry(Entry::hard_link("./usr/share/dotted/link", "./usr/share/dotted/file"))
}

fn long_names() -> Layer {
    let folder = format!("/usr/share/{}", "long".repeat(30));
    let file = format!("{folder}/{}", "name".repeat(40));
    Layer::new()
        .directory(&folder, 0o755)
        .file(&file, 0o644, b"long")
        .hard_link(&format!("{folder}/link"), &file)
        .symlink(&format!("{folder}/symlink"), &file)
}

#[test]
fn files_are_those_that_umoci_unpacks() {
    let Some(umoci) = tool("files_are_those_that_umoci_unpacks", "umoci") else { return };
    for (name, image) in images() {
        let folder = tempfile::tempdir().unwrap();
        image.write_oci(folder.path(), "os");
        let unpacked = unpack(&umoci, folder.path(), "os");
        // `umoci` knows no zstd.
        for compression in [Compression::None, Compression::Gzip, Compression::Zstd] {
            let built = image.clone().compression(compression).build();
            let tree = tree(&built, &ImageLimits::default());
            let tree = tree.unwrap_or_else(|error| panic!("{name}: {error}"));
            compare(name, files(&tree), &unpacked);
        }
    }
}

fn compare(name: &str, mut read: BTreeMap<String, Told>, unpacked: &BTreeMap<String, Told>) {
    read.remove("/");
    for (path, told) in unpacked {
        assert_eq!(read.get(path), Some(told), "{name}: {path}");
    }
    let more: Vec<_> = read.keys().filter(|&path| !unpacked.contains_key(path)).collect();
    assert!(more.is_empty(), "{name}: {more:?}");
}
