//! An image of the size of RHCOS, made on the spot: the same bytes each time.
//!
//! Owns what stands in it: objects of an ostree repository with a hard link each, as
//! `rpm-ostree compose container-encapsulate` writes them, and plain files in the last layers.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::Result;

/// How large the image is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    /// The number of layers.
    pub(crate) layers: usize,
    /// How many small, middle-sized and large files a layer has.
    pub(crate) files: [usize; 3],
}

impl Size {
    /// About 60 000 files of 2.7 GB in 50 layers, which compress to 0.9 GB.
    pub(crate) const RHCOS: Self = Self { layers: 50, files: [1100, 98, 2] };

    /// A hundredth of it.
    pub(crate) const QUICK: Self = Self { layers: 10, files: [55, 5, 1] };
}

/// How many layers at the end are not the base's.
pub(crate) const DERIVED: usize = 3;

/// Writes an image as an OCI layout, and says what it holds.
pub(crate) fn write(folder: &Path, size: Size) -> Result<String> {
    let blobs = folder.join("blobs/sha256");
    fs::create_dir_all(&blobs)?;
    let store = |bytes: &[u8]| -> Result<String> {
        let digest = hex(bytes);
        fs::write(blobs.join(&digest), bytes)?;
        Ok(format!("sha256:{digest}"))
    };
    let (mut layers, mut diff_ids): (Vec<Value>, Vec<Value>) = (Vec::new(), Vec::new());
    let (mut unpacked, mut packed) = (0, 0);
    for index in 0..size.layers {
        let tar = layer(index, size)?;
        let mut encoder = GzEncoder::new(Vec::new(), Compression::new(4));
        encoder.write_all(&tar)?;
        let blob = encoder.finish()?;
        (unpacked, packed) = (unpacked + tar.len(), packed + blob.len());
        let media_type = "application/vnd.oci.image.layer.v1.tar+gzip";
        let digest = store(&blob)?;
        layers.push(json!({"mediaType": media_type, "digest": digest, "size": blob.len()}));
        diff_ids.push(json!(format!("sha256:{}", hex(&tar))));
    }
    let rootfs = json!({"type": "layers", "diff_ids": diff_ids});
    let config = json!({"architecture": "amd64", "os": "linux", "config": {}, "rootfs": rootfs});
    let config = serde_json::to_vec(&config)?;
    let described = json!({
        "mediaType": "application/vnd.oci.image.config.v1+json",
        "digest": store(&config)?,
        "size": config.len(),
    });
    let media_type = "application/vnd.oci.image.manifest.v1+json";
    let manifest =
        json!({"schemaVersion": 2, "mediaType": media_type, "config": described, "layers": layers});
    let manifest = serde_json::to_vec(&manifest)?;
    let name = json!({"org.opencontainers.image.ref.name": "latest"});
    let (digest, length) = (store(&manifest)?, manifest.len());
    let described = json!({
        "mediaType": media_type, "digest": digest, "size": length, "annotations": name,
    });
    let index = json!({"schemaVersion": 2, "manifests": [described]});
    fs::write(folder.join("index.json"), serde_json::to_vec(&index)?)?;
    fs::write(folder.join("oci-layout"), r#"{"imageLayoutVersion":"1.0.0"}"#)?;
    let files = size.layers * size.files.iter().sum::<usize>();
    let megabytes = |bytes: usize| bytes / 1_000_000;
    let (packed, unpacked) = (megabytes(packed), megabytes(unpacked));
    Ok(format!("{} layers, {packed} MB, {unpacked} MB unpacked, {files} files", size.layers))
}

/// The tar of a layer.
fn layer(index: usize, size: Size) -> Result<Vec<u8>> {
    let mut random = Random(0x9e37_79b9_7f4a_7c15 ^ (index as u64 + 1));
    let mut builder = tar::Builder::new(Vec::new());
    let is_derived = index + DERIVED >= size.layers;
    let [small, middle, large] = size.files;
    let files =
        [(small, 4_000, 12_000), (middle, 100_000, 300_000), (large, 6_000_000, 18_000_000)];
    let files = files.iter().flat_map(|(count, from, to)| (0..*count).map(|_| (*from, *to)));
    for (number, (from, to)) in files.enumerate() {
        let bytes = contents(&mut random, number % 4 == 0, from, to);
        let name = match number % 20 {
            0 => format!("etc/layer{index}/file{number}.conf"),
            1 => format!("usr/lib/systemd/system/unit{index}-{number}.service"),
            _ => format!("usr/share/layer{index}/folder{}/file{number}", number % 97),
        };
        add(&mut builder, &name, &bytes, (index, number), is_derived)?;
    }
    if index == 1 {
        let mut database = b"SQLite format 3\0".to_vec();
        database.extend(contents(&mut random, false, 20_000_000, 20_000_001));
        add(&mut builder, "usr/share/rpm/rpmdb.sqlite", &database, (index, usize::MAX), false)?;
    }
    Ok(builder.into_inner()?)
}

fn add(
    builder: &mut tar::Builder<Vec<u8>>,
    name: &str,
    bytes: &[u8],
    (layer, number): (usize, usize),
    is_derived: bool,
) -> Result<()> {
    let mut header = tar::Header::new_ustar();
    header.set_mode(0o644);
    header.set_size(bytes.len() as u64);
    if is_derived {
        return Ok(builder.append_data(&mut header, name, bytes)?);
    }
    let checksum = hex(format!("{layer} {number}").as_bytes());
    let (start, rest) = checksum.split_at_checked(2).unwrap_or_default();
    let object = format!("sysroot/ostree/repo/objects/{start}/{rest}.file");
    builder.append_data(&mut header, &object, bytes)?;
    header.set_size(0);
    header.set_entry_type(tar::EntryType::Link);
    Ok(builder.append_link(&mut header, name, &object)?)
}

/// Text of words, or bytes that hardly compress.
fn contents(random: &mut Random, is_dense: bool, from: u64, to: u64) -> Vec<u8> {
    const WORDS: [&str; 16] = [
        "kernel ",
        "module ",
        "static ",
        "return ",
        "[Unit]\n",
        "After=",
        "network",
        ".target\n",
        "0x00ff",
        "struct ",
        "int ",
        "const ",
        "\t",
        "\n",
        "/usr/lib/",
        "option ",
    ];
    let length = usize::try_from(from + random.next() % (to - from)).unwrap_or_default();
    let mut bytes = Vec::with_capacity(length + 64);
    while bytes.len() < length {
        let number = random.next();
        if is_dense && !number.is_multiple_of(4) {
            bytes.extend(number.to_le_bytes());
        } else {
            for shift in 0..6 {
                let word = usize::try_from(number >> (shift * 4) & 15).unwrap_or_default();
                bytes.extend(WORDS.get(word).map_or(&[][..], |word| word.as_bytes()));
            }
            bytes.extend(format!("{}", number >> 50).bytes());
        }
    }
    bytes.truncate(length);
    bytes
}

fn hex(bytes: &[u8]) -> String {
    written(&Sha256::digest(bytes))
}

/// A digest as it is written.
pub(crate) fn written(digest: &[u8]) -> String {
    digest.iter().fold(String::new(), |mut text, byte| {
        _ = write!(text, "{byte:02x}");
        text
    })
}

/// Marsaglia's xorshift: the same numbers everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}
