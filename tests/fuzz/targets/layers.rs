//! Layers over layers: a tree has folders on every way, holds what the last layer brings and nothing
//! that it removes; and a blob of which a bit was turned is refused.
//!
//! An input says how each layer is compressed, and what stands in it: three bytes an entry.
#![no_main]

use std::io::Write as _;
use std::sync::Arc;

use flate2::Compression;
use flate2::write::GzEncoder;
use globset::GlobSet;
use libfuzzer_sys::fuzz_target;
use rollgate_engine::ImageLimits;
use rollgate_engine::extract::image::{
    EntryKind, LayerContents, LayerError, LayerRequest, Tree, read_layer,
};
use rollgate_facts::FileKind;
use sha2::{Digest as _, Sha256};

const NAMES: [&str; 16] = [
    "usr",
    "usr/bin",
    "usr/bin/a",
    "usr/bin-b",
    "usr/lib/os-release",
    "etc",
    "etc/a",
    "etc/a/b",
    "etc/a/b/c",
    "etc/../usr/x",
    "/etc/y",
    "./",
    "opt/local/share",
    "sysroot/ostree/repo/objects/aa/bb.file",
    "sysroot/ostree/repo/objects/aa/cc.file",
    "\u{fffd}",
];

fuzz_target!(|bytes: &[u8]| {
    let layers: Vec<_> = bytes.split(|byte| *byte == 0xff).take(6).map(layer).collect();
    let last = layers.last().cloned().unwrap_or_default();
    let tree = Tree::of(layers.clone(), &ImageLimits::default()).expect("it is within the limits");
    check_form(&tree);
    let is_clear = tree.problems.is_empty();
    for entry in last.entries.iter().filter(|_| is_clear) {
        let found = tree.get(&format!("/{}", entry.path));
        match entry.kind {
            EntryKind::Whiteout => assert!(found.is_none(), "{entry:?}"),
            EntryKind::Opaque => {
                let under = tree.under(&format!("/{}", entry.path));
                assert!(under.iter().all(|it| it.layer + 1 == layers.len()), "{under:#?}");
            }
            _ => assert_eq!(found.map(|it| it.layer + 1), Some(layers.len()), "{entry:?}"),
        }
    }
});

fn check_form(tree: &Tree) {
    assert!(tree.entries.is_sorted_by(|one, other| one.path < other.path), "{tree:#?}");
    assert!(tree.removed.is_sorted_by_key(|entry| (entry.path.clone(), entry.layer)));
    for entry in &tree.entries {
        let folder = entry.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let above = tree.get(folder).map(|it| it.kind);
        assert!(folder.is_empty() || above == Some(FileKind::Directory), "{entry:?}: {above:?}");
        let resolved = tree.resolve(&entry.path);
        assert!(resolved.is_none_or(|it| it.kind != FileKind::Link), "{entry:?}");
        let prefix = format!("{}/", entry.path.trim_end_matches('/'));
        let under = tree.entries.iter().filter(|it| it.path.starts_with(&prefix) && *it.path != *prefix);
        assert_eq!(tree.under(&entry.path).len(), under.count(), "{entry:?}");
    }
}

/// The layer that some bytes stand for.
fn layer(bytes: &[u8]) -> Arc<LayerContents> {
    let (form, entries) = bytes.split_first().unwrap_or((&0, &[]));
    let mut tar: Vec<u8> = entries.chunks_exact(3).flat_map(|it| entry(it[0], it[1], it[2])).collect();
    tar.extend([0; 1024]);
    let (media_type, blob) = match form % 3 {
        0 => ("application/vnd.oci.image.layer.v1.tar", tar.clone()),
        1 => ("application/vnd.oci.image.layer.v1.tar+gzip", gzip(&tar)),
        _ => ("application/vnd.oci.image.layer.v1.tar+zstd", zstd::encode_all(&*tar, 1).expect("zstd")),
    };
    let mut damaged = blob.clone();
    let place = usize::from(*form) * 7 % damaged.len();
    damaged[place] ^= 1 << (form % 8);
    assert!(read(media_type, &damaged, &blob, &tar).is_err());
    Arc::new(read(media_type, &blob, &blob, &tar).expect("a layer"))
}

fn entry(kind: u8, name: u8, target: u8) -> Vec<u8> {
    let of = |index: u8| NAMES[usize::from(index) % NAMES.len()];
    let name = of(name).to_owned();
    let (folder, last) = name.trim_end_matches('/').rsplit_once('/').unwrap_or(("", &name));
    match kind % 8 {
        // A file cannot be the root.
        _ if name == "./" => header(b'5', "./", "", 0),
        0 | 1 => header(b'0', &name, "", 3).into_iter().chain(block(b"abc")).collect(),
        2 => header(b'5', &name, "", 0),
        3 => header(b'2', &name, of(target), 0),
        4 | 5 => header(b'1', &name, of(target), 0),
        6 => header(b'0', &format!("{folder}/.wh.{last}"), "", 0),
        _ => header(b'0', &format!("{folder}/.wh..wh..opq"), "", 0),
    }
}

fn block(bytes: &[u8]) -> [u8; 512] {
    let mut block = [0; 512];
    block[..bytes.len()].copy_from_slice(bytes);
    block
}

fn header(kind: u8, name: &str, target: &str, size: u64) -> Vec<u8> {
    let mut block = block(name.as_bytes());
    block[100..108].copy_from_slice(b"0000644\0");
    block[124..136].copy_from_slice(format!("{size:011o}\0").as_bytes());
    block[156] = kind;
    block[157..157 + target.len()].copy_from_slice(target.as_bytes());
    block[257..265].copy_from_slice(b"ustar\x0000");
    block[148..156].fill(b' ');
    let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    block.to_vec()
}

fn read(media_type: &str, blob: &[u8], whole: &[u8], tar: &[u8]) -> Result<LayerContents, LayerError> {
    let request = LayerRequest {
        media_type,
        digest: &digest(whole),
        diff_id: &digest(tar),
        inspect_files: true,
        wanted: &GlobSet::empty(),
        limits: &ImageLimits::default(),
    };
    read_layer(blob, &request)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("a vector takes all");
    encoder.finish().expect("a vector takes all")
}

fn digest(bytes: &[u8]) -> String {
    let hex = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    format!("sha256:{hex}")
}
