//! Images that are broken or made to deceive: none of them is silently taken for whole.
//!
//! The snapshot names for each what is told of it: an error, which leaves the image unjudged, or a
//! problem, which a rule denies.

use std::fmt::Write as _;

use rollgate_engine::limits::ImageLimits;
use rollgate_testkit::image::{Compression, Damage, Entry, Image, Layer, tar};

use crate::reading::tree;

fn damaged(damage: Damage) -> Layer {
    Layer::new().file("/usr/bin/tool", 0o755, noise(4000)).damage(damage)
}

/// Bytes that no compression makes smaller.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[0]
    };
    std::iter::repeat_with(&mut next).take(length).collect()
}

/// How the blob of a layer is broken.
fn blobs() -> Vec<(&'static str, Layer)> {
    let zstd = |damage| damaged(damage).compression(Compression::Zstd);
    let plain = |damage| damaged(damage).compression(Compression::None);
    let tail = b"behind the end".to_vec();
    vec![
        ("a blob that is cut", damaged(Damage::Truncated)),
        ("gzip that was cut before its digest was taken", damaged(Damage::TruncatedBefore)),
        ("zstd that was cut before its digest was taken", zstd(Damage::TruncatedBefore)),
        ("a corrupt blob in gzip", damaged(Damage::Corrupt)),
        ("a corrupt blob in zstd", zstd(Damage::Corrupt)),
        ("a corrupt blob", plain(Damage::Corrupt)),
        ("another blob under the digest", damaged(Damage::WrongDigest)),
        ("another diff_id", damaged(Damage::WrongDiffId)),
        ("a tar that is cut", damaged(Damage::TarCut)),
        ("an empty blob", damaged(Damage::Missing)),
        ("gzip with something behind it", damaged(Damage::BlobTail(tail.clone()))),
        ("zstd with something behind it", zstd(Damage::BlobTail(tail.clone()))),
        ("a tar with something behind it", damaged(Damage::TarTail(tail))),
        ("a tar with a tar behind it", damaged(Damage::TarTail(second_tar()))),
        ("gzip said to be zstd", damaged(Damage::MediaType(ZSTD))),
        ("zstd said to be gzip", zstd(Damage::MediaType(GZIP))),
        ("a tar said to be gzip", plain(Damage::MediaType(GZIP))),
        ("gzip said to be a tar", damaged(Damage::MediaType(TAR))),
        ("an encrypted layer", damaged(Damage::MediaType(ENCRYPTED))),
        ("no layer at all", damaged(Damage::MediaType("text/plain"))),
        ("a huge window in zstd", huge_window()),
    ]
}

const TAR: &str = "application/vnd.oci.image.layer.v1.tar";
const GZIP: &str = "application/vnd.oci.image.layer.v1.tar+gzip";
const ZSTD: &str = "application/vnd.oci.image.layer.v1.tar+zstd";
const ENCRYPTED: &str = "application/vnd.oci.image.layer.v1.tar+gzip+encrypted";

fn second_tar() -> Vec<u8> {
    tar(&[Entry::file("usr/bin/hidden", 0o755, b"hidden")])
}

/// A frame whose window is 2 GiB (RFC 8878 §3.1.1.1.2), with one block that is stored as it is.
fn huge_window() -> Layer {
    let tar = second_tar();
    let header = u32::try_from(tar.len() << 3 | 1).unwrap().to_le_bytes();
    let frame = [&[0x28, 0xb5, 0x2f, 0xfd, 0x00, 21 << 3][..], &header[..3], &tar].concat();
    Layer::new().tar(frame).compression(Compression::None).damage(Damage::MediaType(ZSTD))
}

/// How the entries of a layer are broken.
fn entries() -> Vec<(&'static str, Layer)> {
    let file = |path: &[u8]| Entry::file(path, 0o644, b"x");
    let one = |entry: Entry| Layer::new().entry(entry);
    let two = |first: Entry, second: Entry| Layer::new().entry(first).entry(second);
    let sparse = Entry { claimed_size: Some(10 << 30), ..file(b"usr/bin/sparse") };
    vec![
        ("a name with `..`", one(file(b"usr/../../etc/shadow"))),
        ("a name that begins with `..`", one(file(b"../etc/shadow"))),
        ("an absolute name", one(file(b"/etc/shadow"))),
        ("a name that is not UTF-8", one(file(b"usr/share/caf\xe9"))),
        ("a target that is not UTF-8", one(Entry::symlink("usr/share/link", b"caf\xe9"))),
        ("an empty name", one(file(b""))),
        ("a name with NUL in its pax header", one(file(b"usr/x").pax("path", b"usr/bin/a\0b"))),
        ("one name twice", two(file(b"usr/bin/x"), Entry::file("usr/bin/x", 0o755, b"other"))),
        ("one name twice, once with a dot", two(file(b"usr/bin/x"), file(b"./usr/bin/x"))),
        ("a hard link to nothing", one(Entry::hard_link("usr/bin/x", "usr/bin/nothing"))),
        ("a hard link to itself", one(Entry::hard_link("usr/bin/x", "usr/bin/x"))),
        (
            "hard links in a circle",
            two(
                Entry::hard_link("usr/bin/x", "usr/bin/y"),
                Entry::hard_link("usr/bin/y", "usr/bin/x"),
            ),
        ),
        ("a hard link out of the image", one(Entry::hard_link("usr/bin/x", "../../etc/shadow"))),
        ("a hard link to a folder", one(Entry::hard_link("usr/bin/x", "usr/lib"))),
        (
            "a hard link from `/etc` into `/usr`",
            two(file(b"usr/share/x"), Entry::hard_link("etc/x", "usr/share/x")),
        ),
        (
            "a file behind a link that leads out",
            two(Entry::symlink("usr/share/out", "../../../.."), file(b"usr/share/out/etc/shadow")),
        ),
        ("a whiteout of nothing", one(file(b"usr/bin/.wh."))),
        ("a whiteout of `..`", one(file(b"usr/bin/.wh..."))),
        ("a whiteout of what the layer brings", two(file(b"usr/bin/x"), file(b"usr/bin/.wh.x"))),
        ("a whiteout that is a folder", one(Entry::directory("usr/bin/.wh.podman", 0o755))),
        ("a device", one(Entry::new(b'3', "usr/share/device", 0o666))),
        ("a FIFO", one(Entry::new(b'6', "usr/share/fifo", 0o644))),
        ("an entry of an unknown type", one(Entry::new(b'Z', "usr/share/unknown", 0o644))),
        ("a folder with contents", one(Entry { kind: b'5', ..file(b"usr/share/folder") })),
        ("a file of 10 GB that is not there", one(sparse.clone())),
        ("a sparse file of GNU", one(Entry { kind: b'S', ..sparse })),
        (
            "a sparse file in pax headers",
            one(file(b"usr/x")
                .pax("GNU.sparse.realsize", b"10737418240")
                .pax("GNU.sparse.major", b"1")),
        ),
        ("two sizes", one(Entry::file("usr/x", 0o644, [b'x'; 600]).pax("size", b"1"))),
        ("a size on a link", one(Entry::symlink("usr/x", "y").pax("size", b"512"))),
        ("a negative size", one(file(b"usr/x").pax("size", b"-1"))),
        ("one attribute twice", one(file(b"usr/x").pax("path", b"usr/a").pax("path", b"usr/b"))),
        ("a pax header without `=`", one(malformed(b"9 foobar\n"))),
        ("a pax header whose length lies", one(malformed(b"99 path=usr/y\n"))),
        ("a pax header for all that follows", one(global())),
        ("a sum that is wrong", wrong_sum()),
    ]
}

/// A pax header with these records, as they are.
fn malformed(records: &[u8]) -> Entry {
    Entry { kind: b'x', ..Entry::file("PaxHeaders.0/x", 0o644, records) }
}

fn global() -> Entry {
    Entry { kind: b'g', ..Entry::file("pax_global_header", 0o644, b"18 path=usr/bin/x\n") }
}

fn wrong_sum() -> Layer {
    let mut tar = second_tar();
    tar[100] ^= 1;
    Layer::new().tar(tar)
}

/// What is more than the limits allow.
fn limits() -> Vec<(&'static str, Layer, ImageLimits)> {
    let zeros = || Layer::new().file("/usr/share/zeros", 0o644, vec![0; 8 << 20]);
    let small = ImageLimits { layer_bytes: 1 << 20, ..ImageLimits::default() };
    let tiny = (0..2000).fold(Layer::new(), |layer, number| {
        layer.file(&format!("/usr/share/tiny/{number}"), 0o644, b"")
    });
    let long = "/long".repeat(1000);
    let record = Entry::file("usr/x", 0o644, b"").pax("comment", vec![b'x'; 2 << 20]);
    vec![
        ("zeros in gzip", zeros(), small.clone()),
        ("zeros in zstd", zeros().compression(Compression::Zstd), small.clone()),
        ("zeros", zeros().compression(Compression::None), small),
        ("many tiny files", tiny, ImageLimits { layer_entries: 1000, ..ImageLimits::default() }),
        ("a long name", Layer::new().file(&long, 0o644, b""), ImageLimits::default()),
        ("a large pax header", Layer::new().entry(record), ImageLimits::default()),
        (
            "all layers together",
            Layer::new(),
            ImageLimits { total_entries: 20, ..ImageLimits::default() },
        ),
    ]
}

#[test]
fn nothing_broken_is_taken_for_whole() {
    let mut told = String::new();
    let plain = blobs().into_iter().chain(entries());
    let all = plain.map(|(name, layer)| (name, layer, ImageLimits::default())).chain(limits());
    for (name, layer, limits) in all {
        let outcome = outcome(&Image::rhcos().layer(layer), &limits);
        writeln!(told, "{name}\n{outcome}").unwrap();
    }
    insta::with_settings!({ filters => vec![("sha256:[0-9a-f]{64}", "[digest]")] }, {
        insta::assert_snapshot!("broken", told);
    });
    assert!(!told.contains("nothing is told"));
}

/// Links that lead nowhere are no fault of a tree, and whoever follows them finds nothing.
#[test]
fn links_in_a_circle_lead_to_nothing() {
    let layer = Layer::new()
        .symlink("/usr/lib/os-release", "other")
        .symlink("/usr/lib/other", "os-release")
        .symlink("/usr/bin", "bin");
    let tree = tree(&Image::rhcos().layer(layer).build(), &ImageLimits::default()).unwrap();
    assert!(tree.resolve("/usr/lib/os-release").is_none());
    assert!(tree.resolve("/etc/os-release").is_none());
    assert!(tree.resolve("/usr/bin/bash").is_none());
}

fn outcome(image: &Image, limits: &ImageLimits) -> String {
    match tree(&image.build(), limits) {
        Err(error) => format!("  error: {error}\n"),
        Ok(tree) if tree.problems.is_empty() => "  nothing is told\n".to_owned(),
        Ok(tree) => {
            let problems = tree.problems.iter();
            let line = |(layer, problem): &(usize, _)| {
                let rollgate_engine::extract::image::LayerProblem { kind, path, text } = problem;
                format!("  {kind:?} in layer {layer} at `{path}`: {text}\n")
            };
            problems.map(line).collect()
        }
    }
}
