//! Blobs: compressed in every way, cut, forged, and larger than they look.

use std::io::{self, Read};

use rollgate_engine::ImageLimits;
use rollgate_engine::extract::image::{LayerRequest, read_layer};

use super::tar::{Tar, digest, gzip, header, zstd};
use super::{TAR, globs, read_blob};

const GZIP: &str = "application/vnd.oci.image.layer.v1.tar+gzip";
const ZSTD: &str = "application/vnd.oci.image.layer.v1.tar+zstd";

fn sample() -> Vec<u8> {
    let text: String = (0..20_000).map(|number| format!("{number}\n")).collect();
    Tar::default().file("usr/a", text).file("etc/b", "b").end()
}

/// The number of entries and of problems, or why there are none.
fn outcome(media_type: &str, blob: &[u8], tar: &[u8]) -> Result<(usize, usize), String> {
    let layer = read_blob(media_type, blob, tar, &[], &ImageLimits::default());
    layer
        .map(|layer| (layer.entries.len(), layer.problems.len()))
        .map_err(|error| error.fault.to_string())
}

#[test]
fn each_media_type_is_decompressed() {
    let tar = sample();
    let (gzip, zstd) = (gzip(&tar), zstd(&tar));
    for (media_type, blob) in [
        (TAR, &tar),
        ("application/vnd.docker.image.rootfs.diff.tar", &tar),
        (GZIP, &gzip),
        ("application/vnd.docker.image.rootfs.diff.tar.gzip", &gzip),
        ("application/vnd.oci.image.layer.nondistributable.v1.tar+gzip", &gzip),
        (ZSTD, &zstd),
        ("application/vnd.oci.image.layer.nondistributable.v1.tar+zstd", &zstd),
    ] {
        assert_eq!(outcome(media_type, blob, &tar), Ok((2, 0)), "{media_type}");
    }
}

#[test]
fn streams_of_several_members_and_frames_are_one() {
    let tar = sample();
    let (gzips, zstds): (Vec<_>, Vec<_>) =
        tar.chunks(1000).map(|chunk| (gzip(chunk), zstd(chunk))).unzip();
    assert_eq!(outcome(GZIP, &gzips.concat(), &tar), Ok((2, 0)));
    assert_eq!(outcome(ZSTD, &zstds.concat(), &tar), Ok((2, 0)));
    // What zstd:chunked appends: a frame that is skipped.
    let mut chunked = zstd(&tar);
    chunked.extend([0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4]);
    assert_eq!(outcome(ZSTD, &chunked, &tar), Ok((2, 0)));
}

#[test]
fn a_media_type_that_the_bytes_belie_is_refused() {
    let tar = sample();
    let cases = [
        (TAR, gzip(&tar), "an uncompressed tar", "gzip"),
        (TAR, zstd(&tar), "an uncompressed tar", "zstd"),
        (GZIP, tar.clone(), "gzip", "an uncompressed tar"),
        (ZSTD, gzip(&tar), "zstd", "gzip"),
        (GZIP, Vec::new(), "gzip", "an uncompressed tar"),
    ];
    for (media_type, blob, said, found) in cases {
        let expected =
            format!("its media type `{media_type}` says {said}, and its first bytes say {found}");
        assert_eq!(outcome(media_type, &blob, &tar), Err(expected));
    }
    let expected = "`application/json` is no media type of a layer".to_owned();
    assert_eq!(outcome("application/json", &tar, &tar), Err(expected));
}

#[test]
fn digests_are_those_that_were_announced() {
    let (tar, other) = (sample(), Tar::default().end());
    let blob = gzip(&tar);
    let read = |digest: &str, diff_id: &str| {
        let limits = &ImageLimits::default();
        let (media_type, wanted) = (GZIP, &globs(&[]));
        let inspect_files = false;
        let request = LayerRequest { media_type, digest, diff_id, inspect_files, wanted, limits };
        read_layer(blob.as_slice(), &request).map(|layer| layer.entries.len())
    };
    let (right, diff_id) = (digest(&blob), digest(&tar));
    assert_eq!(read(&right, &diff_id).unwrap(), 2);

    let wrong = digest(&other);
    let error = read(&wrong, &diff_id).unwrap_err().to_string();
    assert_eq!(error, format!("layer `{wrong}`: its blob has the digest `{right}`"));

    let error = read(&right, &wrong).unwrap_err().to_string();
    let expected = format!(
        "layer `{right}`: its tar has the digest `{diff_id}`, and the image's configuration says \
         `{wrong}`"
    );
    assert_eq!(error, expected);

    for name in ["", "sha512:00", &right.to_uppercase(), &right[..70], &format!("{right}0")] {
        let error = read(name, &diff_id).unwrap_err().fault.to_string();
        assert_eq!(error, format!("`{name}` is no SHA-256 digest"));
    }
}

#[test]
fn a_blob_that_is_cut_or_damaged_is_never_read() {
    let tar = sample();
    for (media_type, blob) in [(GZIP, gzip(&tar)), (ZSTD, zstd(&tar))] {
        for cut in (4..blob.len()).step_by(97) {
            assert!(outcome(media_type, &blob[..cut], &tar).is_err(), "{media_type} {cut}");
        }
        for place in (4..blob.len()).step_by(211) {
            let mut damaged = blob.clone();
            damaged[place] ^= 0x10;
            let request = LayerRequest {
                media_type,
                digest: &digest(&blob),
                diff_id: &digest(&tar),
                inspect_files: false,
                wanted: &globs(&[]),
                limits: &ImageLimits::default(),
            };
            assert!(read_layer(damaged.as_slice(), &request).is_err(), "{media_type} {place}");
        }
    }
}

#[test]
fn what_stands_behind_the_compressed_data_is_hashed_and_told() {
    let tar = sample();
    let mut blob = gzip(&tar);
    blob.extend([0; 300_000]);
    let layer = read_blob(GZIP, &blob, &tar, &[], &ImageLimits::default()).unwrap();
    let problems: Vec<_> = layer.problems.iter().map(|problem| problem.text.as_str()).collect();
    assert_eq!(problems, ["300000 bytes stand behind the end of the compressed data"]);

    let mut blob = zstd(&tar);
    blob.extend(b"more");
    assert!(outcome(ZSTD, &blob, &tar).is_err());
}

/// A source that fails once it gave some bytes.
struct Failing<'a>(&'a [u8]);

impl Read for Failing<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self.0.read(into)? {
            0 => Err(io::Error::other("the registry stalls")),
            read => Ok(read),
        }
    }
}

#[test]
fn a_source_that_fails_is_told_apart_from_a_layer_that_is_wrong() {
    let tar = sample();
    for (media_type, blob) in [(TAR, tar.clone()), (GZIP, gzip(&tar)), (ZSTD, zstd(&tar))] {
        let request = LayerRequest {
            media_type,
            digest: &digest(&blob),
            diff_id: &digest(&tar),
            inspect_files: false,
            wanted: &globs(&[]),
            limits: &ImageLimits::default(),
        };
        for length in [0, 3, 400, blob.len()] {
            let error = read_layer(Failing(&blob[..length]), &request).unwrap_err();
            let text = error.fault.to_string();
            assert_eq!(text, "its blob cannot be read: the registry stalls", "{length}");
        }
    }
}

/// A limit that is reached, by the tar.
fn limit(limits: &ImageLimits, media_type: &str, blob: &[u8], tar: &[u8]) -> String {
    read_blob(media_type, blob, tar, &[], limits).unwrap_err().fault.to_string()
}

#[test]
fn limits_are_named() {
    let limits = ImageLimits {
        layer_bytes: 1 << 20,
        compressed_bytes: 1 << 18,
        layer_entries: 10,
        path_bytes: 200,
        extended_bytes: 4096,
        ..ImageLimits::default()
    };
    let zeros = Tar::default().file("usr/zeros", vec![0; 8 << 20]).end();
    for (media_type, blob) in [(GZIP, gzip(&zeros)), (ZSTD, zstd(&zeros))] {
        let expected = "the limit `layer_bytes` of 1048576 is reached, at the entry `usr/zeros`";
        assert_eq!(limit(&limits, media_type, &blob, &zeros), expected);
    }
    let compressed = ImageLimits { layer_bytes: 1 << 30, ..limits.clone() };
    let expected = "the limit `compressed_bytes` of 262144 is reached, at the entry `usr/zeros`";
    assert_eq!(limit(&compressed, TAR, &zeros, &zeros), expected);

    let many = (0..11).fold(Tar::default(), |tar, file| tar.file(&format!("usr/{file}"), ""));
    let expected = "the limit `layer_entries` of 10 is reached, at the entry `usr/10`";
    assert_eq!(limit(&limits, TAR, &many.clone().end(), &many.end()), expected);

    let long = Tar::default().extended(b'L', &[b'a'; 201]).file("a", "").end();
    let expected =
        format!("the limit `path_bytes` of 200 is reached, at the entry `{}…`", "a".repeat(200));
    assert_eq!(limit(&limits, TAR, &long, &long), expected);

    let attributes = Tar::default().extended(b'x', &[b' '; 4097]).file("a", "").end();
    assert_eq!(
        limit(&limits, TAR, &attributes, &attributes),
        "the limit `extended_bytes` of 4096 is reached"
    );
}

#[test]
fn a_claim_of_ten_gigabytes_costs_nothing() {
    let claim = Tar::default().block(header(b'0', "etc/large", 10 << 30)).data(b"x").0;
    let error = read_blob(TAR, &claim, &claim, &["/etc/*"], &ImageLimits::default()).unwrap_err();
    let text = error.fault.to_string();
    assert!(text.starts_with("its tar cannot be taken as it is: "), "{text}");
    let claim = Tar::default().block(header(b'x', "etc/large", 10 << 30)).data(b"x").0;
    let error = read_blob(TAR, &claim, &claim, &[], &ImageLimits::default()).unwrap_err();
    assert_eq!(error.fault.to_string(), "the limit `extended_bytes` of 1048576 is reached");
}

#[test]
fn a_stream_of_empty_members_ends() {
    let blob = gzip(b"").repeat((1 << 20) + 1);
    let text = outcome(GZIP, &blob, &[]).unwrap_err();
    assert_eq!(text, "it cannot be decompressed: more than 1048576 gzip members");
}

#[test]
fn a_window_beyond_the_limit_is_refused() {
    // A frame whose header asks for a window of 2^31 bytes, with one raw block.
    let frame = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa8, 0x01, 0x00, 0x00];
    let text = outcome(ZSTD, &frame, &[]).unwrap_err();
    assert!(text.starts_with("it cannot be decompressed: "), "{text}");
    assert!(text.contains("too much memory"), "{text}");
}
