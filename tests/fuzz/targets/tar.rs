//! Tars of layers: refused, read with a problem, or read as the crate `tar` reads them by itself; and
//! every path stays below the root.
#![no_main]

use globset::{Glob, GlobSet};
use libfuzzer_sys::fuzz_target;
use rollgate_engine::ImageLimits;
use rollgate_engine::extract::image::{
    EntryKind, LayerContents, LayerRequest, Tree, read_layer,
};
use sha2::{Digest as _, Sha256};

fuzz_target!(|bytes: &[u8]| {
    let tar = summed(bytes);
    let Some(layer) = read(&tar) else { return };
    for entry in &layer.entries {
        let is_plain = |step: &str| !matches!(step, "" | "." | "..");
        assert!(entry.path.is_empty() || entry.path.split('/').all(is_plain), "{entry:?}");
        assert_eq!(entry.digest.is_some(), entry.kind == EntryKind::File, "{entry:?}");
    }
    assert!(layer.contents.iter().all(|(entry, _)| layer.entries.get(*entry as usize).is_some()));
    if layer.problems.is_empty() {
        compare(&layer, &tar);
    }
    let tree = Tree::of([layer.into()], &ImageLimits::default()).expect("it is within the limits");
    assert!(tree.entries.is_sorted_by(|one, other| one.path < other.path), "{tree:#?}");
    for entry in &tree.entries {
        assert!(tree.resolve(&entry.path).is_none_or(|it| it.target.is_none()), "{entry:?}");
    }
});

fn read(tar: &[u8]) -> Option<LayerContents> {
    let digest = digest(tar);
    let request = LayerRequest {
        media_type: "application/vnd.oci.image.layer.v1.tar",
        digest: &digest,
        diff_id: &digest,
        inspect_files: true,
        wanted: &GlobSet::new([Glob::new("/etc/**").expect("a glob")]).expect("globs"),
        limits: &ImageLimits { content_bytes: 1 << 20, ..ImageLimits::default() },
    };
    read_layer(tar, &request).ok()
}

/// Holds what was read without a problem to what another reader finds.
fn compare(layer: &LayerContents, tar: &[u8]) {
    let mut archive = tar::Archive::new(tar);
    let mut found = Vec::new();
    for entry in archive.entries().expect("an archive") {
        let entry = entry.expect("what is read without a problem is plain");
        if entry.header().entry_type() != tar::EntryType::XGlobalHeader {
            found.push((plain(&entry.path_bytes()), entry.size()));
        }
    }
    let names = |path: &str| path.rsplit('/').next().is_some_and(|it| it.starts_with(".wh."));
    let expected = found.iter().filter(|(path, _)| !names(path));
    let is_entry = |kind| !matches!(kind, EntryKind::Whiteout | EntryKind::Opaque);
    let entries = layer.entries.iter().filter(|entry| is_entry(entry.kind));
    let entries: Vec<_> = entries.map(|entry| (&*entry.path, entry.size)).collect();
    let expected: Vec<_> = expected.map(|(path, size)| (path.as_str(), *size)).collect();
    assert_eq!(entries, expected);
    assert_eq!(layer.entries.len(), found.len());
}

fn plain(name: &[u8]) -> String {
    let name = String::from_utf8_lossy(name).into_owned();
    name.split('/').filter(|step| !matches!(*step, "" | ".")).collect::<Vec<_>>().join("/")
}

fn digest(bytes: &[u8]) -> String {
    let hex = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    format!("sha256:{hex}")
}

/// The archive with the sums that its headers ought to have: else next to nothing would be read.
fn summed(tar: &[u8]) -> Vec<u8> {
    let mut tar = tar.to_vec();
    let is_header = |block: &&mut [u8]| block[257..262] == *b"ustar" || block[257..265] == [0; 8];
    let headers = tar.chunks_exact_mut(512).filter(|block| block.iter().any(|byte| *byte != 0));
    for header in headers.filter(is_header) {
        header[148..156].fill(b' ');
        let sum: u32 = header.iter().map(|&byte| u32::from(byte)).sum();
        header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    }
    tar
}
